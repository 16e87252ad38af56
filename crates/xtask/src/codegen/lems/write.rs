//! Definitions as Rust struct literals.

use nml_lems::{
    Action, Assign, Build, Child, ComponentType, ConditionalDerivedVariable, Constant,
    DerivedParameter, DerivedVariable, Dimension, Direction, Dynamics, KineticScheme, NameOnly,
    Reduce, Reference, Regime, SimulationItem, Source, StateVariable, Str, Text, TimeDerivative,
    Unit,
};

use super::parts::{Literal, list, string, text};

/// The types that may occur in the text.
pub(super) const TYPES: &[&str] = &[
    "Action",
    "Assign",
    "Attachments",
    "Build",
    "Case",
    "Child",
    "ChildInstance",
    "ComponentType",
    "ConditionalDerivedVariable",
    "Constant",
    "DerivedParameter",
    "DerivedVariable",
    "Direction",
    "Dynamics",
    "EventConnection",
    "EventPort",
    "Exposure",
    "Fixed",
    "InstanceRequirement",
    "KineticScheme",
    "MultiInstantiate",
    "NameOnly",
    "OnCondition",
    "OnEntry",
    "OnEvent",
    "OnStart",
    "Parameter",
    "Property",
    "Reduce",
    "Reference",
    "Regime",
    "Requirement",
    "Select",
    "Simulation",
    "SimulationItem",
    "Source",
    "StateVariable",
    "Structure",
    "TimeDerivative",
    "Tunnel",
    "With",
];

pub(super) fn dimension(x: &Dimension, file: &str) -> String {
    let powers =
        [("m", x.m), ("l", x.l), ("t", x.t), ("i", x.i), ("k", x.k), ("n", x.n), ("j", x.j)];
    let mut out = Literal::new("Dimension").text("name", &x.name);
    for (name, power) in powers {
        out = out.raw(name, power.to_string());
    }
    format!("    {},\n", out.description(&x.description).raw("file", string(file)).line())
}

pub(super) fn unit(x: &Unit, file: &str) -> String {
    let out = Literal::new("Unit")
        .text("symbol", &x.symbol)
        .text("dimension", &x.dimension)
        .raw("power", x.power.to_string())
        .raw("scale", format!("{:?}", x.scale))
        .raw("offset", format!("{:?}", x.offset))
        .description(&x.description)
        .raw("file", string(file));
    format!("    {},\n", out.line())
}

/// A constant for one type; the table is made of these.
pub(super) fn component_type(index: usize, x: &ComponentType, file: &str) -> String {
    let mut out = Literal::new("ComponentType")
        .text("name", &x.name)
        .option("extends", x.extends.as_ref())
        .description(&x.description)
        .raw("file", string(file))
        .list("properties", &x.properties, |p| {
            quantity("Property", &p.name, &p.dimension)
                .option("default_value", p.default_value.as_ref())
                .description(&p.description)
                .line()
        })
        .list("parameters", &x.parameters, |p| {
            quantity("Parameter", &p.name, &p.dimension).description(&p.description).line()
        })
        .list("derived_parameters", &x.derived_parameters, derived_parameter)
        .list("index_parameters", &x.index_parameters, name_only)
        .list("integer_parameters", &x.integer_parameters, name_only)
        .list("constants", &x.constants, constant)
        .list("children", &x.children, child)
        .list("fixed", &x.fixed, |f| {
            let out = Literal::new("Fixed").text("parameter", &f.parameter);
            out.text("value", &f.value).description(&f.description).line()
        })
        .list("links", &x.links, reference)
        .list("component_references", &x.component_references, reference)
        .list("component_type_references", &x.component_type_references, name_only)
        .list("attachments", &x.attachments, |a| {
            typed("Attachments", &a.name, &a.ty, &a.description)
        })
        .list("collections", &x.collections, name_only)
        .list("pair_collections", &x.pair_collections, name_only)
        .list("event_ports", &x.event_ports, |p| {
            let direction = match p.direction {
                Direction::In => "Direction::In",
                Direction::Out => "Direction::Out",
            };
            let out = Literal::new("EventPort").text("name", &p.name);
            out.raw("direction", direction).description(&p.description).line()
        })
        .list("exposures", &x.exposures, |e| {
            quantity("Exposure", &e.name, &e.dimension).description(&e.description).line()
        })
        .list("requirements", &x.requirements, |r| {
            quantity("Requirement", &r.name, &r.dimension).description(&r.description).line()
        })
        .list("component_requirements", &x.component_requirements, name_only)
        .list("instance_requirements", &x.instance_requirements, |r| {
            typed("InstanceRequirement", &r.name, &r.ty, &r.description)
        })
        .list("paths", &x.paths, name_only)
        .list("path_parameters", &x.path_parameters, name_only)
        .list("texts", &x.texts, name_only);
    if let Some(d) = &x.dynamics {
        out = out.raw("dynamics", format!("Some({})", dynamics(d)));
    }
    if let Some(s) = &x.structure {
        out = out.raw("structure", some_items("Structure", list(&s.items, build)));
    }
    if let Some(s) = &x.simulation {
        out = out.raw("simulation", some_items("Simulation", list(&s.items, simulation_item)));
    }
    format!("pub(crate) const T{index}: ComponentType = {};\n", out.rest())
}

fn some_items(name: &str, items: String) -> String {
    format!("Some({})", Literal::new(name).raw("span", "None").raw("items", items).line())
}

fn quantity(ty: &str, name: &Text, dimension: &Text) -> Literal {
    Literal::new(ty).text("name", name).text("dimension", dimension)
}

fn typed(ty: &str, name: &Text, of: &Text, description: &Str) -> String {
    Literal::new(ty).text("name", name).text("ty", of).description(description).line()
}

fn name_only(x: &NameOnly) -> String {
    Literal::new("NameOnly").text("name", &x.name).description(&x.description).line()
}

fn constant(x: &Constant) -> String {
    Literal::new("Constant")
        .text("name", &x.name)
        .option("symbol", x.symbol.as_ref())
        .text("dimension", &x.dimension)
        .text("value", &x.value)
        .description(&x.description)
        .line()
}

fn child(x: &Child) -> String {
    Literal::new("Child")
        .text("name", &x.name)
        .text("ty", &x.ty)
        .raw("many", x.many.to_string())
        .option("substitute", x.substitute.as_ref())
        .description(&x.description)
        .line()
}

fn reference(x: &Reference) -> String {
    Literal::new("Reference")
        .text("name", &x.name)
        .text("ty", &x.ty)
        .raw("local", x.local.to_string())
        .raw("required", x.required.to_string())
        .raw("is_any", x.is_any.to_string())
        .option("default_component", x.default_component.as_ref())
        .description(&x.description)
        .line()
}

fn source(x: &Source) -> String {
    match x {
        Source::Value(value) => format!("Source::Value({})", text(value)),
        Source::Select(select) => {
            let reduce = match select.reduce {
                None => "None",
                Some(Reduce::Add) => "Some(Reduce::Add)",
                Some(Reduce::Multiply) => "Some(Reduce::Multiply)",
            };
            let out = Literal::new("Select").text("path", &select.path);
            let out = out.raw("reduce", reduce).raw("required", select.required.to_string());
            format!("Source::Select({})", out.line())
        }
    }
}

fn derived_parameter(x: &DerivedParameter) -> String {
    Literal::new("DerivedParameter")
        .text("name", &x.name)
        .option("dimension", x.dimension.as_ref())
        .raw("source", source(&x.source))
        .description(&x.description)
        .line()
}

fn dynamics(x: &Dynamics) -> String {
    let mut out = Literal::new("Dynamics");
    if x.simultaneous {
        out = out.raw("simultaneous", "true");
    }
    if x.with_super {
        out = out.raw("with_super", "true");
    }
    out.list("state_variables", &x.state_variables, state_variable)
        .list("derived_variables", &x.derived_variables, derived_variable)
        .list("conditional_derived_variables", &x.conditional_derived_variables, conditional)
        .list("time_derivatives", &x.time_derivatives, time_derivative)
        .list("on_start", &x.on_start, |h| handler("OnStart", None, &h.actions))
        .list("on_event", &x.on_event, |h| handler("OnEvent", Some(("port", &h.port)), &h.actions))
        .list("on_condition", &x.on_condition, |h| {
            handler("OnCondition", Some(("test", &h.test)), &h.actions)
        })
        .list("regimes", &x.regimes, regime)
        .list("kinetic_schemes", &x.kinetic_schemes, kinetic_scheme)
        .rest()
}

fn state_variable(x: &StateVariable) -> String {
    quantity("StateVariable", &x.name, &x.dimension)
        .option("exposure", x.exposure.as_ref())
        .description(&x.description)
        .line()
}

fn derived_variable(x: &DerivedVariable) -> String {
    Literal::new("DerivedVariable")
        .text("name", &x.name)
        .option("dimension", x.dimension.as_ref())
        .option("exposure", x.exposure.as_ref())
        .raw("source", source(&x.source))
        .description(&x.description)
        .line()
}

fn conditional(x: &ConditionalDerivedVariable) -> String {
    let cases = list(&x.cases, |c| {
        let out = Literal::new("Case").option("condition", c.condition.as_ref());
        out.text("value", &c.value).line()
    });
    Literal::new("ConditionalDerivedVariable")
        .text("name", &x.name)
        .option("dimension", x.dimension.as_ref())
        .option("exposure", x.exposure.as_ref())
        .raw("cases", cases)
        .description(&x.description)
        .line()
}

fn time_derivative(x: &TimeDerivative) -> String {
    Literal::new("TimeDerivative").text("variable", &x.variable).text("value", &x.value).line()
}

fn handler(name: &str, when: Option<(&str, &Text)>, actions: &[Action]) -> String {
    let mut out = Literal::new(name);
    if let Some((field, value)) = when {
        out = out.text(field, value);
    }
    let actions = list(actions, |action| match action {
        Action::StateAssignment { variable, value } => Literal::new("Action::StateAssignment")
            .text("variable", variable)
            .text("value", value)
            .line(),
        Action::EventOut { port } => Literal::new("Action::EventOut").text("port", port).line(),
        Action::Transition { regime } => {
            Literal::new("Action::Transition").text("regime", regime).line()
        }
    });
    out.raw("actions", actions).line()
}

fn regime(x: &Regime) -> String {
    Literal::new("Regime")
        .text("name", &x.name)
        .raw("initial", x.initial.to_string())
        .list("state_variables", &x.state_variables, state_variable)
        .list("derived_variables", &x.derived_variables, derived_variable)
        .list("time_derivatives", &x.time_derivatives, time_derivative)
        .list("on_start", &x.on_start, |h| handler("OnStart", None, &h.actions))
        .list("on_entry", &x.on_entry, |h| handler("OnEntry", None, &h.actions))
        .list("on_event", &x.on_event, |h| handler("OnEvent", Some(("port", &h.port)), &h.actions))
        .list("on_condition", &x.on_condition, |h| {
            handler("OnCondition", Some(("test", &h.test)), &h.actions)
        })
        .description(&x.description)
        .rest()
}

fn kinetic_scheme(x: &KineticScheme) -> String {
    Literal::new("KineticScheme")
        .text("name", &x.name)
        .text("nodes", &x.nodes)
        .text("state_variable", &x.state_variable)
        .text("edges", &x.edges)
        .text("edge_source", &x.edge_source)
        .text("edge_target", &x.edge_target)
        .text("forward_rate", &x.forward_rate)
        .text("reverse_rate", &x.reverse_rate)
        .option("dependency", x.dependency.as_ref())
        .option("step", x.step.as_ref())
        .description(&x.description)
        .line()
}

fn assign(x: &Assign) -> String {
    Literal::new("Assign")
        .text("property", &x.property)
        .text("value", &x.value)
        .option("expose_as", x.expose_as.as_ref())
        .line()
}

/// The orders the standard uses; what it does not use has no text, and the compiler of the table says so.
fn build(x: &Build) -> String {
    let (name, literal) = match x {
        Build::ChildInstance(x) => (
            "ChildInstance",
            Literal::new("ChildInstance")
                .option("component", x.component.as_ref())
                .option("component_type", x.component_type.as_ref())
                .raw("assigns", list(&x.assigns, assign)),
        ),
        Build::MultiInstantiate(x) => (
            "MultiInstantiate",
            Literal::new("MultiInstantiate")
                .text("number", &x.number)
                .option("index_variable", x.index_variable.as_ref())
                .option("component", x.component.as_ref())
                .option("component_type", x.component_type.as_ref())
                .raw("assigns", list(&x.assigns, assign)),
        ),
        Build::With(x) => (
            "With",
            Literal::new("With")
                .option("instance", x.instance.as_ref())
                .option("list", x.list.as_ref())
                .option("index", x.index.as_ref())
                .text("name", &x.name)
                .raw("body", list(&x.body, build)),
        ),
        Build::EventConnection(x) => (
            "EventConnection",
            Literal::new("EventConnection")
                .text("from", &x.from)
                .text("to", &x.to)
                .option("source_port", x.source_port.as_ref())
                .option("target_port", x.target_port.as_ref())
                .option("delay", x.delay.as_ref())
                .option("receiver", x.receiver.as_ref())
                .option("receiver_container", x.receiver_container.as_ref())
                .raw("assigns", list(&x.assigns, assign)),
        ),
        Build::Tunnel(x) => (
            "Tunnel",
            Literal::new("Tunnel")
                .text("name", &x.name)
                .text("end_a", &x.end_a)
                .text("end_b", &x.end_b)
                .text("component_a", &x.component_a)
                .text("component_b", &x.component_b)
                .raw("assigns", list(&x.assigns, assign)),
        ),
        other => return format!("compile_error!({:?})", format!("no text for {other:?}")),
    };
    format!("Build::{name}({})", literal.line())
}

fn simulation_item(x: &SimulationItem) -> String {
    let literal = match x {
        SimulationItem::Run { component, variable, increment, total } => {
            Literal::new("SimulationItem::Run")
                .text("component", component)
                .text("variable", variable)
                .text("increment", increment)
                .text("total", total)
        }
        SimulationItem::Record { quantity, time_scale, scale, color, destination } => {
            Literal::new("SimulationItem::Record")
                .text("quantity", quantity)
                .option("time_scale", time_scale.as_ref())
                .option("scale", scale.as_ref())
                .option("color", color.as_ref())
                .option("destination", destination.as_ref())
        }
        SimulationItem::EventRecord { quantity, event_port } => {
            Literal::new("SimulationItem::EventRecord")
                .text("quantity", quantity)
                .text("event_port", event_port)
        }
        SimulationItem::DataDisplay { title, data_region } => {
            Literal::new("SimulationItem::DataDisplay")
                .text("title", title)
                .text("data_region", data_region)
        }
        SimulationItem::DataWriter { path, file_name } => {
            Literal::new("SimulationItem::DataWriter")
                .text("path", path)
                .text("file_name", file_name)
        }
        SimulationItem::EventWriter { path, file_name, format } => {
            Literal::new("SimulationItem::EventWriter")
                .text("path", path)
                .text("file_name", file_name)
                .text("format", format)
        }
    };
    literal.line()
}
