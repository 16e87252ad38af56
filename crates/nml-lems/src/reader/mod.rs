//! Reads definitions from XML trees.

mod component_type;
mod dynamics;
mod item;
mod structure;

use nml_base::Diagnostics;
use nml_xml::{Element, Tree};

pub use self::component_type::COMPONENT_TYPE_ELEMENTS;
use self::item::{Item, Spec};
use crate::{
    Assertion, ComponentType, Constant, Definitions, Dimension, Include, Str, Target, Unit,
};

/// Reads all definitions of a file, whatever its root.
///
/// Elements of the root that are no definitions (components, and everything of a NeuroML document) are
/// passed over: they belong to whoever loads the model.  So does comparing the names of one file with each
/// other and with those of others.
pub fn read_definitions(tree: &Tree, sink: &mut Diagnostics) -> Definitions {
    let mut out = Definitions::default();
    let Some(root) = tree.root() else { return out };
    out.span = Some(root.span());
    if let Some(description) = root.attr("description") {
        out.description = Str::Owned(description.to_owned());
    }
    for element in root.children() {
        match element.name() {
            "Include" => out.includes.extend(include(element, sink)),
            "Dimension" => out.dimensions.push(dimension(element, sink)),
            "Unit" => out.units.push(unit(element, sink)),
            "Constant" => out.constants.push(constant(element, true, sink)),
            "ComponentType" => out.component_types.push(read_component_type(element, sink)),
            "Target" => out.targets.push(target(element, sink)),
            "DefaultRun" => {
                sink.push(crate::rules::renamed_element(element, "Target"));
                out.targets.push(target(element, sink));
            }
            "Assertion" => out.assertions.push(assertion(element, sink)),
            _ => {}
        }
    }
    out
}

/// Reads one `ComponentType` element.
pub fn read_component_type(element: Element<'_>, sink: &mut Diagnostics) -> ComponentType {
    component_type::read(element, sink)
}

/// Reads one `Include` element; `None` where neither `file` nor `url` is written, which is reported.
fn include(element: Element<'_>, sink: &mut Diagnostics) -> Option<Include> {
    let is_url = element.attribute("file").is_none() && element.attribute("url").is_some();
    let spec = if is_url { Spec::new(&["url"], &[]) } else { Spec::new(&["file"], &["url"]) };
    let item = Item::leaf(element, &spec, sink);
    let file = item.text(if is_url { "url" } else { "file" });
    (!file.is_empty()).then_some(Include { file, is_url })
}

fn dimension(element: Element<'_>, sink: &mut Diagnostics) -> Dimension {
    const SPEC: Spec = Spec::new(&["name"], &["m", "l", "t", "i", "k", "n", "j"]);
    let item = Item::leaf(element, &SPEC, sink);
    let mut power = |name| item.number(name, 0_i8, "a whole number from -128 to 127", sink);
    Dimension {
        name: item.text("name"),
        m: power("m"),
        l: power("l"),
        t: power("t"),
        i: power("i"),
        k: power("k"),
        n: power("n"),
        j: power("j"),
        description: item.description(),
        file: Str::Borrowed(""),
    }
}

fn unit(element: Element<'_>, sink: &mut Diagnostics) -> Unit {
    const SPEC: Spec = Spec::new(&["symbol", "dimension"], &["name", "power", "scale", "offset"]);
    let item = Item::leaf(element, &SPEC, sink);
    let name = item.option("name").map(|n| n.value).unwrap_or_default();
    let description = item.description();
    Unit {
        symbol: item.text("symbol"),
        dimension: item.dimension(),
        power: item.number("power", 0, "a whole number", sink),
        scale: finite(&item, "scale", 1.0, sink),
        offset: finite(&item, "offset", 0.0, sink),
        description: if description.is_empty() { name } else { description },
        file: Str::Borrowed(""),
    }
}

fn finite(item: &Item<'_>, name: &str, default: f64, sink: &mut Diagnostics) -> f64 {
    let parse = |text: &str| text.parse::<f64>().ok().filter(|v| v.is_finite());
    item.word(name, parse, "a number", sink).unwrap_or(default)
}

fn constant(element: Element<'_>, of_file: bool, sink: &mut Diagnostics) -> Constant {
    const OF_TYPE: Spec = Spec::new(&["name", "dimension", "value"], &["symbol"]);
    const OF_FILE: Spec = Spec::new(&["symbol", "dimension", "value"], &["name"]);
    let item = Item::leaf(element, if of_file { &OF_FILE } else { &OF_TYPE }, sink);
    Constant {
        name: item.text("name"),
        symbol: item.option("symbol"),
        dimension: item.dimension(),
        value: item.text("value"),
        description: item.description(),
    }
}

fn target(element: Element<'_>, sink: &mut Diagnostics) -> Target {
    const SPEC: Spec = Spec::new(&["component"], &["reportFile", "timesFile"]);
    let item = Item::open(element, &SPEC, sink);
    // Holds Meta elements of particular simulators.
    item.children(&[], sink);
    Target {
        component: item.text("component"),
        report_file: item.option("reportFile"),
        times_file: item.option("timesFile"),
    }
}

fn assertion(element: Element<'_>, sink: &mut Diagnostics) -> Assertion {
    const SPEC: Spec = Spec::new(&["dimension", "matches"], &[]);
    let item = Item::leaf(element, &SPEC, sink);
    Assertion { dimension: item.text("dimension"), matches: item.text("matches") }
}
