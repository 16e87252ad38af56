// Written by `cargo xtask codegen` from schemas/lems; edit there.

use nml_lems::{Child, ComponentType, Dynamics, NameOnly, Parameter, Reference, Simulation, SimulationItem, StateVariable};

pub(crate) const T0: ComponentType = ComponentType {
    name: text!("Simulation"),
    extends: None,
    description: string!(""),
    file: string!("Simulation.xml"),
    parameters: list![
        Parameter { name: text!("length"), dimension: text!("time"), description: string!("") },
        Parameter { name: text!("step"), dimension: text!("time"), description: string!("") },
    ],
    children: list![
        Child { name: text!("metas"), ty: text!("Meta"), many: true, substitute: None, description: string!("") },
        Child { name: text!("displays"), ty: text!("Display"), many: true, substitute: None, description: string!("") },
        Child { name: text!("outputs"), ty: text!("OutputFile"), many: true, substitute: None, description: string!("") },
        Child { name: text!("events"), ty: text!("EventOutputFile"), many: true, substitute: None, description: string!("") },
    ],
    component_references: list![
        Reference { name: text!("target"), ty: text!("Component"), local: false, required: true, is_any: false, default_component: None, description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("seed"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("t"), dimension: text!("time"), exposure: None, description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    simulation: Some(Simulation { span: None, items: list![
        SimulationItem::Run { component: text!("target"), variable: text!("t"), increment: text!("step"), total: text!("length") },
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T1: ComponentType = ComponentType {
    name: text!("Display"),
    extends: None,
    description: string!(""),
    file: string!("Simulation.xml"),
    parameters: list![
        Parameter { name: text!("xmin"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("xmax"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("ymin"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("ymax"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("timeScale"), dimension: text!("time"), description: string!("") },
    ],
    children: list![
        Child { name: text!("lines"), ty: text!("Line"), many: true, substitute: None, description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("title"), description: string!("") },
    ],
    simulation: Some(Simulation { span: None, items: list![
        SimulationItem::DataDisplay { title: text!("title"), data_region: text!("xmin,xmax,ymin,ymax") },
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T2: ComponentType = ComponentType {
    name: text!("Line"),
    extends: None,
    description: string!(""),
    file: string!("Simulation.xml"),
    parameters: list![
        Parameter { name: text!("scale"), dimension: text!("*"), description: string!("") },
        Parameter { name: text!("timeScale"), dimension: text!("*"), description: string!("") },
    ],
    paths: list![
        NameOnly { name: text!("quantity"), description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("color"), description: string!("") },
    ],
    simulation: Some(Simulation { span: None, items: list![
        SimulationItem::Record { quantity: text!("quantity"), time_scale: Some(text!("timeScale")), scale: Some(text!("scale")), color: Some(text!("color")), destination: None },
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T3: ComponentType = ComponentType {
    name: text!("OutputFile"),
    extends: None,
    description: string!(""),
    file: string!("Simulation.xml"),
    children: list![
        Child { name: text!("outputColumn"), ty: text!("OutputColumn"), many: true, substitute: None, description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("path"), description: string!("") },
        NameOnly { name: text!("fileName"), description: string!("") },
    ],
    simulation: Some(Simulation { span: None, items: list![
        SimulationItem::DataWriter { path: text!("path"), file_name: text!("fileName") },
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T4: ComponentType = ComponentType {
    name: text!("OutputColumn"),
    extends: None,
    description: string!(""),
    file: string!("Simulation.xml"),
    paths: list![
        NameOnly { name: text!("quantity"), description: string!("") },
    ],
    simulation: Some(Simulation { span: None, items: list![
        SimulationItem::Record { quantity: text!("quantity"), time_scale: None, scale: None, color: None, destination: None },
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T5: ComponentType = ComponentType {
    name: text!("EventOutputFile"),
    extends: None,
    description: string!(""),
    file: string!("Simulation.xml"),
    children: list![
        Child { name: text!("eventSelection"), ty: text!("EventSelection"), many: true, substitute: None, description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("path"), description: string!("") },
        NameOnly { name: text!("fileName"), description: string!("") },
        NameOnly { name: text!("format"), description: string!("") },
    ],
    simulation: Some(Simulation { span: None, items: list![
        SimulationItem::EventWriter { path: text!("path"), file_name: text!("fileName"), format: text!("format") },
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T6: ComponentType = ComponentType {
    name: text!("EventSelection"),
    extends: None,
    description: string!(""),
    file: string!("Simulation.xml"),
    paths: list![
        NameOnly { name: text!("select"), description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("eventPort"), description: string!("") },
    ],
    simulation: Some(Simulation { span: None, items: list![
        SimulationItem::EventRecord { quantity: text!("select"), event_port: text!("eventPort") },
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T7: ComponentType = ComponentType {
    name: text!("Meta"),
    extends: None,
    description: string!(""),
    file: string!("Simulation.xml"),
    texts: list![
        NameOnly { name: text!("for"), description: string!("") },
        NameOnly { name: text!("method"), description: string!("") },
        NameOnly { name: text!("abs_tolerance"), description: string!("") },
        NameOnly { name: text!("rel_tolerance"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};
