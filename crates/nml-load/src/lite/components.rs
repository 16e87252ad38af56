//! Cells, synapses and inputs that a network names.

use std::fmt::Write as _;

use nml_base::format_f64;
use nml_schemas::lems::COMPONENT_TYPES;
use nml_xml::escape_value;
use rustc_hash::FxHashSet;

use super::Maker;
use super::value::{self, Value};

/// The elements of synapses that PyNN defines.
const PYNN: [(&str, &str); 4] = [
    ("cond_exp", "expCondSynapse"),
    ("cond_alpha", "alphaCondSynapse"),
    ("curr_exp", "expCurrSynapse"),
    ("curr_alpha", "alphaCurrSynapse"),
];

impl Maker<'_> {
    /// Includes and components, in the order of the document grammar.
    pub(super) fn components(&mut self) -> String {
        let mut includes: Vec<String> = Vec::new();
        let mut seen: FxHashSet<String> = FxHashSet::default();
        let mut components: Vec<String> = Vec::new();
        for (list, standard) in
            [("cells", "neuroml2_cell"), ("synapses", ""), ("input_sources", "neuroml2_input")]
        {
            for (id, value) in self.list(list) {
                let known = [
                    "parameters",
                    "neuroml2_source_file",
                    "lems_source_file",
                    standard,
                    "pynn_synapse_type",
                    "pynn_receptor_type",
                    "notes",
                ];
                self.only_known(&id, &value, &known);
                let parameters = value.get("parameters").filter(|p| p.is_set());
                let file = ["neuroml2_source_file", "lems_source_file"].iter().find_map(|name| {
                    value.get(name).and_then(Value::text).filter(|file| !file.is_empty())
                });
                if let Some(file) = file {
                    if parameters.is_some() {
                        self.refuse(&id, &format!("new values for what a file defines, `{id}`"));
                    }
                    if seen.insert(file.to_owned()) {
                        includes.push(file.to_owned());
                    }
                    continue;
                }
                let element = value.get(standard).and_then(Value::text).filter(|e| !e.is_empty());
                if let Some(element) = element {
                    components.push(self.component(&id, element, parameters));
                    continue;
                }
                let pynn = value.get("pynn_synapse_type").and_then(Value::text);
                match PYNN.iter().find(|(name, _)| Some(*name) == pynn) {
                    Some((_, element)) => {
                        components.push(self.component(&id, element, parameters));
                    }
                    None => self.refuse(&id, &format!("`{id}`, which no file or type defines")),
                }
            }
        }
        let mut out = String::new();
        for file in includes {
            let _ = writeln!(out, "<include href=\"{}\"/>", escape_value(&file));
        }
        self.silent(&mut components);
        out + &crate::grammar::ordered(components)
    }

    /// A component of a type of the standard; names may be written as Python has them.
    fn component(&mut self, id: &str, element: &str, parameters: Option<&Value>) -> String {
        let named = COMPONENT_TYPES.iter().find(|ty| ty.name.eq_ignore_ascii_case(element));
        let Some(ty) = named else {
            self.refuse(element, &format!("the type `{element}`"));
            return String::new();
        };
        let plain = |name: &str| name.replace('_', "").to_ascii_lowercase();
        let mut names: Vec<&str> = Vec::new();
        let mut at = Some(ty);
        while let Some(ty) = at {
            names.extend(ty.parameters.iter().map(|p| p.name.as_str()));
            names.extend(ty.component_references.iter().map(|r| r.name.as_str()));
            names.extend(ty.texts.iter().map(|t| t.name.as_str()));
            names.extend(ty.paths.iter().map(|p| p.name.as_str()));
            let parent = ty.extends.as_ref();
            at = parent.and_then(|name| COMPONENT_TYPES.iter().find(|ty| ty.name == *name));
        }
        let mut out = format!("<{} id=\"{}\"", ty.name, escape_value(id));
        for (name, value) in parameters.map_or(&[][..], Value::members) {
            let Some(known) = names.iter().find(|known| plain(known) == plain(name)) else {
                self.refuse(name, &format!("the parameter `{name}` of `{id}`"));
                continue;
            };
            let number = value::evaluate(value, self.parameters, &mut self.random);
            let named = value.text().and_then(|text| self.parameters.get(text)).unwrap_or(value);
            let text = match (number, named) {
                (Some(x), _) => format_f64(x),
                // A quantity with its unit.
                (None, Value::Text(text)) => text.clone(),
                (None, _) => {
                    self.refuse(name, &format!("the value of `{name}` of `{id}`"));
                    continue;
                }
            };
            let _ = write!(out, " {known}=\"{}\"", escape_value(&text));
        }
        out.push_str("/>\n");
        out
    }

    /// What is on the other side of graded synapses where nothing else is named.
    fn silent(&self, components: &mut Vec<String>) {
        for (id, value) in self.list("projections") {
            let continuous =
                value.get("type").and_then(Value::text) == Some("continuousProjection");
            if continuous && !value.get("pre_synapse").is_some_and(Value::is_set) {
                components
                    .push(format!("<silentSynapse id=\"silentSyn_{}\"/>\n", escape_value(&id)));
            }
        }
    }
}
