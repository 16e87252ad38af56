//! Reads component types.

use nml_base::Diagnostics;
use nml_xml::Element;

use super::item::{Item, Spec, duplicates};
use super::{constant, dynamics, structure};
use crate::{
    Attachments, Child, ComponentType, DerivedParameter, Direction, EventPort, Exposure, Fixed,
    InstanceRequirement, List, NameOnly, Parameter, Property, Reference, Requirement, Text, rules,
};

/// What may stand inside a component type.
pub const COMPONENT_TYPE_ELEMENTS: &[&str] = &[
    "Property",
    "Parameter",
    "DerivedParameter",
    "IndexParameter",
    "IntegerParameter",
    "PathParameter",
    "Constant",
    "Child",
    "Children",
    "Fixed",
    "Link",
    "ComponentReference",
    "ComponentTypeReference",
    "Attachments",
    "Collection",
    "PairCollection",
    "EventPort",
    "Exposure",
    "Requirement",
    "ComponentRequirement",
    "InstanceRequirement",
    "Path",
    "Text",
    "Dynamics",
    "Structure",
    "Simulation",
];

const QUANTITY: Spec = Spec::new(&["name", "dimension"], &[]);
const PARAMETER: Spec = QUANTITY.unsupported(&["exposure"]);
const NAME: Spec = Spec::new(&["name"], &[]);
const WHOLE_NUMBER: Spec = Spec::new(&["name"], &["dimension"]).unsupported(&["exposure"]);

pub(super) fn read(element: Element<'_>, sink: &mut Diagnostics) -> ComponentType {
    const SPEC: Spec = Spec::new(&["name"], &["extends", "standalone", "id"]);
    let item = Item::open(element, &SPEC, sink);
    let mut lists = Lists::default();
    let mut out = ComponentType {
        name: item.text("name"),
        extends: item.option("extends").filter(|t| !t.is_empty()),
        description: item.description(),
        span: Some(element.span()),
        ..ComponentType::default()
    };
    for child in item.children(COMPONENT_TYPE_ELEMENTS, sink) {
        match child.name() {
            "Dynamics" | "Behavior" | "Behaviour" => {
                let value = dynamics::read(child, out.name.as_str(), sink);
                once(&mut out.dynamics, value, child, sink);
            }
            "Structure" | "Build" => {
                once(&mut out.structure, structure::read(child, sink), child, sink);
            }
            "Simulation" => {
                once(&mut out.simulation, structure::read_simulation(child, sink), child, sink);
            }
            _ => lists.add(child, sink),
        }
    }
    lists.check(out.name.as_str(), sink);
    lists.finish(out)
}

/// Takes the first of what may occur once.
fn once<T>(slot: &mut Option<T>, value: T, element: Element<'_>, sink: &mut Diagnostics) {
    if slot.is_some() {
        sink.push(rules::second_element(element));
    } else {
        *slot = Some(value);
    }
}

/// The lists of a type while they grow.
#[derive(Default)]
struct Lists {
    properties: Vec<Property>,
    parameters: Vec<Parameter>,
    derived_parameters: Vec<DerivedParameter>,
    index_parameters: Vec<NameOnly>,
    integer_parameters: Vec<NameOnly>,
    path_parameters: Vec<NameOnly>,
    constants: Vec<crate::Constant>,
    children: Vec<Child>,
    fixed: Vec<Fixed>,
    links: Vec<Reference>,
    component_references: Vec<Reference>,
    component_type_references: Vec<NameOnly>,
    attachments: Vec<Attachments>,
    collections: Vec<NameOnly>,
    pair_collections: Vec<NameOnly>,
    event_ports: Vec<EventPort>,
    exposures: Vec<Exposure>,
    requirements: Vec<Requirement>,
    component_requirements: Vec<NameOnly>,
    instance_requirements: Vec<InstanceRequirement>,
    paths: Vec<NameOnly>,
    texts: Vec<NameOnly>,
}

impl Lists {
    fn add(&mut self, element: Element<'_>, sink: &mut Diagnostics) {
        match element.name() {
            "Property" => self.properties.push(property(element, sink)),
            "Parameter" => {
                let item = Item::leaf(element, &PARAMETER, sink);
                let (name, dimension) = (item.text("name"), item.dimension());
                self.parameters.push(Parameter {
                    name,
                    dimension,
                    description: item.description(),
                });
            }
            "DerivedParameter" => self.derived_parameters.push(derived_parameter(element, sink)),
            "IndexParameter" => self.index_parameters.push(name_only(element, &WHOLE_NUMBER, sink)),
            "IntegerParameter" => {
                self.integer_parameters.push(name_only(element, &WHOLE_NUMBER, sink));
            }
            "PathParameter" => self.path_parameters.push(name_only(element, &NAME, sink)),
            "Constant" => self.constants.push(constant(element, false, sink)),
            "Child" | "Children" => self.children.push(child(element, sink)),
            "Fixed" => self.fixed.push(fixed(element, sink)),
            "Link" => self.links.push(reference(element, sink)),
            "ComponentReference" => self.component_references.push(reference(element, sink)),
            "ComponentTypeReference" => {
                self.component_type_references.push(name_only(element, &NAME, sink));
            }
            "Attachments" => {
                const SPEC: Spec = Spec::new(&["name", "type"], &[]).unsupported(&["compClass"]);
                let (name, ty, description) = typed(element, &SPEC, sink);
                self.attachments.push(Attachments { name, ty, description });
            }
            "Collection" => self.collections.push(name_only(element, &NAME, sink)),
            "PairCollection" => self.pair_collections.push(name_only(element, &NAME, sink)),
            "EventPort" => self.event_ports.push(event_port(element, sink)),
            "Exposure" => {
                let item = Item::leaf(element, &QUANTITY, sink);
                let (name, dimension) = (item.text("name"), item.dimension());
                self.exposures.push(Exposure { name, dimension, description: item.description() });
            }
            "Requirement" => {
                let item = Item::leaf(element, &QUANTITY, sink);
                let (name, dimension) = (item.text("name"), item.dimension());
                let description = item.description();
                self.requirements.push(Requirement { name, dimension, description });
            }
            "ComponentRequirement" => {
                self.component_requirements.push(name_only(element, &NAME, sink));
            }
            "InstanceRequirement" => {
                const SPEC: Spec = Spec::new(&["name", "type"], &[]);
                let (name, ty, description) = typed(element, &SPEC, sink);
                self.instance_requirements.push(InstanceRequirement { name, ty, description });
            }
            "Path" => self.paths.push(name_only(element, &NAME, sink)),
            // The caller passes only what ELEMENTS lists, of which one is left.
            _ => self.texts.push(name_only(element, &NAME, sink)),
        }
    }

    /// Reports names that occur twice in one list.
    fn check(&self, owner: &str, sink: &mut Diagnostics) {
        duplicates("Property", owner, &self.properties, |x| &x.name, sink);
        duplicates("Parameter", owner, &self.parameters, |x| &x.name, sink);
        duplicates("DerivedParameter", owner, &self.derived_parameters, |x| &x.name, sink);
        duplicates("IndexParameter", owner, &self.index_parameters, |x| &x.name, sink);
        duplicates("IntegerParameter", owner, &self.integer_parameters, |x| &x.name, sink);
        duplicates("PathParameter", owner, &self.path_parameters, |x| &x.name, sink);
        duplicates("Constant", owner, &self.constants, |x| &x.name, sink);
        duplicates("Child", owner, &self.children, |x| &x.name, sink);
        duplicates("Fixed", owner, &self.fixed, |x| &x.parameter, sink);
        duplicates("Link", owner, &self.links, |x| &x.name, sink);
        let references = &self.component_references;
        duplicates("ComponentReference", owner, references, |x| &x.name, sink);
        let references = &self.component_type_references;
        duplicates("ComponentTypeReference", owner, references, |x| &x.name, sink);
        duplicates("Attachments", owner, &self.attachments, |x| &x.name, sink);
        duplicates("Collection", owner, &self.collections, |x| &x.name, sink);
        duplicates("PairCollection", owner, &self.pair_collections, |x| &x.name, sink);
        duplicates("EventPort", owner, &self.event_ports, |x| &x.name, sink);
        duplicates("Exposure", owner, &self.exposures, |x| &x.name, sink);
        duplicates("Requirement", owner, &self.requirements, |x| &x.name, sink);
        let requirements = &self.component_requirements;
        duplicates("ComponentRequirement", owner, requirements, |x| &x.name, sink);
        let requirements = &self.instance_requirements;
        duplicates("InstanceRequirement", owner, requirements, |x| &x.name, sink);
        duplicates("Path", owner, &self.paths, |x| &x.name, sink);
        duplicates("Text", owner, &self.texts, |x| &x.name, sink);
    }

    fn finish(self, start: ComponentType) -> ComponentType {
        ComponentType {
            properties: List::Owned(self.properties),
            parameters: List::Owned(self.parameters),
            derived_parameters: List::Owned(self.derived_parameters),
            index_parameters: List::Owned(self.index_parameters),
            integer_parameters: List::Owned(self.integer_parameters),
            path_parameters: List::Owned(self.path_parameters),
            constants: List::Owned(self.constants),
            children: List::Owned(self.children),
            fixed: List::Owned(self.fixed),
            links: List::Owned(self.links),
            component_references: List::Owned(self.component_references),
            component_type_references: List::Owned(self.component_type_references),
            attachments: List::Owned(self.attachments),
            collections: List::Owned(self.collections),
            pair_collections: List::Owned(self.pair_collections),
            event_ports: List::Owned(self.event_ports),
            exposures: List::Owned(self.exposures),
            requirements: List::Owned(self.requirements),
            component_requirements: List::Owned(self.component_requirements),
            instance_requirements: List::Owned(self.instance_requirements),
            paths: List::Owned(self.paths),
            texts: List::Owned(self.texts),
            ..start
        }
    }
}

fn name_only(element: Element<'_>, spec: &Spec, sink: &mut Diagnostics) -> NameOnly {
    let item = Item::leaf(element, spec, sink);
    if let Some(dimension) = element.attribute("dimension").filter(|d| d.value() != "none") {
        sink.push(rules::invalid_value(element, dimension, "`none`, since it is a whole number"));
    }
    NameOnly { name: item.text("name"), description: item.description() }
}

fn typed(element: Element<'_>, spec: &Spec, sink: &mut Diagnostics) -> (Text, Text, crate::Str) {
    let item = Item::leaf(element, spec, sink);
    (item.text("name"), item.text("type"), item.description())
}

fn property(element: Element<'_>, sink: &mut Diagnostics) -> Property {
    const SPEC: Spec = Spec::new(&["name", "dimension"], &["defaultValue"]);
    let item = Item::leaf(element, &SPEC, sink);
    let (name, dimension) = (item.text("name"), item.dimension());
    Property {
        name,
        dimension,
        default_value: item.option("defaultValue"),
        description: item.description(),
    }
}

fn derived_parameter(element: Element<'_>, sink: &mut Diagnostics) -> DerivedParameter {
    const SPEC: Spec = Spec::new(&["name"], &["dimension", "value", "select"]);
    let item = Item::leaf(element, &SPEC, sink);
    DerivedParameter {
        name: item.text("name"),
        dimension: item.option("dimension").filter(|t| !t.is_empty()),
        source: item.source(sink),
        description: item.description(),
    }
}

fn child(element: Element<'_>, sink: &mut Diagnostics) -> Child {
    const ONE: Spec = Spec::new(&["name", "type"], &["substitute"]);
    const MANY: Spec = Spec::new(&["type"], &["name"]).unsupported(&["min", "max"]);
    let many = element.name() == "Children";
    let item = Item::leaf(element, if many { &MANY } else { &ONE }, sink);
    Child {
        name: item.text("name"),
        ty: item.text("type"),
        many,
        substitute: item.option("substitute"),
        description: item.description(),
    }
}

fn fixed(element: Element<'_>, sink: &mut Diagnostics) -> Fixed {
    const SPEC: Spec = Spec::new(&["parameter", "value"], &[]);
    let item = Item::leaf(element, &SPEC, sink);
    Fixed {
        parameter: item.text("parameter"),
        value: item.text("value"),
        description: item.description(),
    }
}

fn reference(element: Element<'_>, sink: &mut Diagnostics) -> Reference {
    const SPEC: Spec =
        Spec::new(&["name", "type"], &["local", "required", "isAny", "defaultComponent"])
            .unsupported(&["root"]);
    let item = Item::leaf(element, &SPEC, sink);
    Reference {
        name: item.text("name"),
        ty: item.text("type"),
        local: item.flag("local", false, sink),
        required: item.flag("required", true, sink),
        is_any: item.flag("isAny", false, sink),
        default_component: item.option("defaultComponent"),
        description: item.description(),
    }
}

fn event_port(element: Element<'_>, sink: &mut Diagnostics) -> EventPort {
    const SPEC: Spec = Spec::new(&["name", "direction"], &[]);
    let item = Item::leaf(element, &SPEC, sink);
    let parse = |text: &str| match text {
        "in" => Some(Direction::In),
        "out" => Some(Direction::Out),
        _ => None,
    };
    EventPort {
        name: item.text("name"),
        direction: item.word("direction", parse, "`in` or `out`", sink).unwrap_or_default(),
        description: item.description(),
    }
}
