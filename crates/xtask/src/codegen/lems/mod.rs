//! The LEMS definitions in `schemas/lems/` become static Rust tables.

mod parts;
mod write;

use std::path::Path;
use std::sync::Arc;

use nml_base::{Diagnostics, SourceMap};
use nml_lems::{ComponentType, Definitions};
use nml_xml::{TreeBuilder, read_document};

use super::Output;
use crate::Result;

/// The definition files of the standard, in its order.  A type's place in the table follows from this.
const FILES: &[&str] = &[
    "NeuroML2CoreTypes.xml",
    "NeuroMLCoreDimensions.xml",
    "NeuroMLCoreCompTypes.xml",
    "Cells.xml",
    "Channels.xml",
    "Inputs.xml",
    "Networks.xml",
    "PyNN.xml",
    "Simulation.xml",
    "Synapses.xml",
];

const FOLDER: &str = "schemas/src/lems/generated";
const HEADER: &str = "// Written by `cargo xtask codegen` from schemas/lems; edit there.\n\n";

/// Everything that is written from the LEMS definitions.
pub(super) fn outputs(root: &Path) -> Result<Vec<Output>> {
    let sources = SourceMap::new();
    let mut outputs = Vec::new();
    let mut files = Vec::new();
    for name in FILES {
        let definitions = read(&root.join("schemas/lems").join(name), &sources)?;
        let module = module_name(name);
        if !definitions.component_types.is_empty() {
            outputs.push(output(&module, &types(name, &definitions.component_types)));
        }
        if !definitions.units.is_empty() {
            outputs.push(output(&module, &units(name, &definitions)));
        }
        files.push((*name, module, definitions));
    }
    outputs.push(output("mod", &index(&files)));
    Ok(outputs)
}

fn output(module: &str, text: &str) -> Output {
    Output { path: format!("{FOLDER}/{module}.rs").into(), text: format!("{HEADER}{text}") }
}

fn read(path: &Path, sources: &SourceMap) -> Result<Definitions> {
    let file = sources.add(path, std::fs::read_to_string(path)?);
    let mut builder = TreeBuilder::new(Arc::clone(&file));
    read_document(file.text(), &mut builder).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut sink = Diagnostics::new();
    let definitions = nml_lems::read_definitions(&builder.finish(), &mut sink);
    match sink.iter().next() {
        Some(d) => {
            let place = file.line_column(d.primary.span.start);
            Err(format!("{}:{place}: {}", path.display(), d.message).into())
        }
        None => Ok(definitions),
    }
}

/// `NeuroMLCoreDimensions.xml` → `neuroml_core_dimensions`.
fn module_name(file: &str) -> String {
    let stem = file.trim_end_matches(".xml").replace("NeuroML", "Neuroml").replace("PyNN", "Pynn");
    let mut out = String::new();
    for c in stem.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

fn types(file: &str, types: &[ComponentType]) -> String {
    let mut out = "use nml_lems::{".to_owned();
    let body: Vec<String> =
        types.iter().enumerate().map(|(i, ty)| write::component_type(i, ty, file)).collect();
    let body = body.join("\n");
    let used = write::TYPES
        .iter()
        .filter(|name| body.contains(&format!("{name} {{")) || body.contains(&format!("{name}::")));
    out.push_str(&used.copied().collect::<Vec<_>>().join(", "));
    out.push_str("};\n\n");
    out.push_str(&body);
    out
}

fn units(file: &str, definitions: &Definitions) -> String {
    let mut out = "use nml_lems::{Dimension, Unit};\n\n".to_owned();
    out.push_str("pub(crate) static DIMENSIONS: &[Dimension] = &[\n");
    for dimension in &definitions.dimensions {
        out.push_str(&write::dimension(dimension, file));
    }
    out.push_str("];\n\npub(crate) static UNITS: &[Unit] = &[\n");
    for unit in &definitions.units {
        out.push_str(&write::unit(unit, file));
    }
    out.push_str("];\n");
    out
}

fn index(files: &[(&str, String, Definitions)]) -> String {
    let mut modules = Vec::new();
    let mut rows = Vec::new();
    let mut table = Vec::new();
    let mut units = "";
    let mut names = Vec::new();
    for (name, module, definitions) in files {
        let includes: Vec<String> =
            definitions.includes.iter().map(|i| format!("{:?}", i.file.as_str())).collect();
        let first = names.len();
        for (i, ty) in definitions.component_types.iter().enumerate() {
            table.push(format!("    {module}::T{i}, // {}\n", ty.name));
            names.push(ty.name.as_str());
        }
        rows.push(format!(
            "    File {{ name: {name:?}, description: {:?}, includes: &[{}], types: {first}..{} }},\n",
            definitions.description,
            includes.join(", "),
            names.len(),
        ));
        if !definitions.component_types.is_empty() || !definitions.units.is_empty() {
            modules.push(format!("mod {module};\n"));
        }
        if !definitions.units.is_empty() {
            units = module;
        }
    }
    modules.sort_unstable();
    let mut by_name: Vec<usize> = (0..names.len()).collect();
    by_name.sort_by_key(|&i| names[i]);
    let by_name: Vec<String> =
        by_name.iter().map(|&i| format!("    {i}, // {}\n", names[i])).collect();
    let (modules, rows, table) = (modules.concat(), rows.concat(), table.concat());
    format!(
        "{modules}\nuse nml_lems::ComponentType;\n\nuse super::File;\n\npub(crate) use {units}::{{DIMENSIONS, \
         UNITS}};\n\npub(crate) static FILES: &[File] = &[\n{rows}];\n\npub(crate) static COMPONENT_TYPES: \
         &[ComponentType] = &[\n{table}];\n\npub(crate) static BY_NAME: [u16; {}] = [\n{}];\n",
        names.len(),
        by_name.concat(),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn modules_are_named_in_the_case_of_rust() {
        assert_eq!(super::module_name("NeuroMLCoreDimensions.xml"), "neuroml_core_dimensions");
        assert_eq!(super::module_name("PyNN.xml"), "pynn");
    }
}
