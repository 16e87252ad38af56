// Written by `cargo xtask codegen` from schemas/lems; edit there.

use nml_lems::{Child, ComponentType, Dynamics, NameOnly, Parameter, Reference, Simulation, SimulationItem, StateVariable};

pub(crate) const T0: ComponentType = ComponentType {
    name: text!("Simulation"),
    extends: None,
    description: string!("Run of a component, with what is shown and written"),
    file: string!("Simulation.xml"),
    parameters: list![
        Parameter { name: text!("length"), dimension: text!("time"), description: string!("Time to be simulated") },
        Parameter { name: text!("step"), dimension: text!("time"), description: string!("Time step") },
    ],
    children: list![
        Child { name: text!("metas"), ty: text!("Meta"), many: true, substitute: None, description: string!("Settings for particular simulators") },
        Child { name: text!("displays"), ty: text!("Display"), many: true, substitute: None, description: string!("Windows with traces") },
        Child { name: text!("outputs"), ty: text!("OutputFile"), many: true, substitute: None, description: string!("Files with traces") },
        Child { name: text!("events"), ty: text!("EventOutputFile"), many: true, substitute: None, description: string!("Files with events") },
    ],
    component_references: list![
        Reference { name: text!("target"), ty: text!("Component"), local: false, required: true, is_any: false, default_component: None, description: string!("What is simulated, mostly a network") },
    ],
    texts: list![
        NameOnly { name: text!("seed"), description: string!("Start of the random numbers, a whole number") },
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
    description: string!("Window with traces"),
    file: string!("Simulation.xml"),
    parameters: list![
        Parameter { name: text!("xmin"), dimension: text!("none"), description: string!("Left end of the time axis") },
        Parameter { name: text!("xmax"), dimension: text!("none"), description: string!("Right end of the time axis") },
        Parameter { name: text!("ymin"), dimension: text!("none"), description: string!("Lower end of the other axis") },
        Parameter { name: text!("ymax"), dimension: text!("none"), description: string!("Upper end of the other axis") },
        Parameter { name: text!("timeScale"), dimension: text!("time"), description: string!("Time that is one on the axis") },
    ],
    children: list![
        Child { name: text!("lines"), ty: text!("Line"), many: true, substitute: None, description: string!("The traces") },
    ],
    texts: list![
        NameOnly { name: text!("title"), description: string!("Heading of the window") },
    ],
    simulation: Some(Simulation { span: None, items: list![
        SimulationItem::DataDisplay { title: text!("title"), data_region: text!("xmin,xmax,ymin,ymax") },
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T2: ComponentType = ComponentType {
    name: text!("Line"),
    extends: None,
    description: string!("One trace of a window"),
    file: string!("Simulation.xml"),
    parameters: list![
        Parameter { name: text!("scale"), dimension: text!("*"), description: string!("Value that is one on the axis") },
        Parameter { name: text!("timeScale"), dimension: text!("*"), description: string!("Time that is one on the axis") },
    ],
    paths: list![
        NameOnly { name: text!("quantity"), description: string!("Path to the quantity") },
    ],
    texts: list![
        NameOnly { name: text!("color"), description: string!("Colour, #rrggbb") },
    ],
    simulation: Some(Simulation { span: None, items: list![
        SimulationItem::Record { quantity: text!("quantity"), time_scale: Some(text!("timeScale")), scale: Some(text!("scale")), color: Some(text!("color")), destination: None },
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T3: ComponentType = ComponentType {
    name: text!("OutputFile"),
    extends: None,
    description: string!("File with traces: time in the first column, all in SI units"),
    file: string!("Simulation.xml"),
    children: list![
        Child { name: text!("outputColumn"), ty: text!("OutputColumn"), many: true, substitute: None, description: string!("The columns after time") },
    ],
    texts: list![
        NameOnly { name: text!("path"), description: string!("Folder of the file") },
        NameOnly { name: text!("fileName"), description: string!("Name of the file") },
    ],
    simulation: Some(Simulation { span: None, items: list![
        SimulationItem::DataWriter { path: text!("path"), file_name: text!("fileName") },
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T4: ComponentType = ComponentType {
    name: text!("OutputColumn"),
    extends: None,
    description: string!("One column of a file"),
    file: string!("Simulation.xml"),
    paths: list![
        NameOnly { name: text!("quantity"), description: string!("Path to the quantity") },
    ],
    simulation: Some(Simulation { span: None, items: list![
        SimulationItem::Record { quantity: text!("quantity"), time_scale: None, scale: None, color: None, destination: None },
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T5: ComponentType = ComponentType {
    name: text!("EventOutputFile"),
    extends: None,
    description: string!("File with events: when, and from which selection"),
    file: string!("Simulation.xml"),
    children: list![
        Child { name: text!("eventSelection"), ty: text!("EventSelection"), many: true, substitute: None, description: string!("Whose events") },
    ],
    texts: list![
        NameOnly { name: text!("path"), description: string!("Folder of the file") },
        NameOnly { name: text!("fileName"), description: string!("Name of the file") },
        NameOnly { name: text!("format"), description: string!("Order of the columns: TIME_ID or ID_TIME") },
    ],
    simulation: Some(Simulation { span: None, items: list![
        SimulationItem::EventWriter { path: text!("path"), file_name: text!("fileName"), format: text!("format") },
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T6: ComponentType = ComponentType {
    name: text!("EventSelection"),
    extends: None,
    description: string!("Source of events for a file"),
    file: string!("Simulation.xml"),
    paths: list![
        NameOnly { name: text!("select"), description: string!("Path to the instance that sends them") },
    ],
    texts: list![
        NameOnly { name: text!("eventPort"), description: string!("Port they leave through") },
    ],
    simulation: Some(Simulation { span: None, items: list![
        SimulationItem::EventRecord { quantity: text!("select"), event_port: text!("eventPort") },
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T7: ComponentType = ComponentType {
    name: text!("Meta"),
    extends: None,
    description: string!("Setting for one simulator, passed over by others"),
    file: string!("Simulation.xml"),
    texts: list![
        NameOnly { name: text!("for"), description: string!("The simulator") },
        NameOnly { name: text!("method"), description: string!("Its integration method") },
        NameOnly { name: text!("abs_tolerance"), description: string!("Its absolute tolerance") },
        NameOnly { name: text!("rel_tolerance"), description: string!("Its relative tolerance") },
    ],
    ..ComponentType::EMPTY
};
