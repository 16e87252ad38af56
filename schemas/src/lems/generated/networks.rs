// Written by `cargo xtask codegen` from schemas/lems; edit there.

use nml_lems::{Assign, Build, Child, ChildInstance, ComponentType, EventConnection, MultiInstantiate, NameOnly, Parameter, Reference, Structure, Tunnel, With};

pub(crate) const T0: ComponentType = ComponentType {
    name: text!("network"),
    extends: Some(text!("baseStandalone")),
    description: string!("Network of cells: populations, connections, inputs"),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("regions"), ty: text!("region"), many: true, substitute: None, description: string!("Regions of space") },
        Child { name: text!("populations"), ty: text!("basePopulation"), many: true, substitute: None, description: string!("Populations of cells") },
        Child { name: text!("projections"), ty: text!("projection"), many: true, substitute: None, description: string!("Chemical projections between populations") },
        Child { name: text!("synapticConnections"), ty: text!("explicitConnection"), many: true, substitute: None, description: string!("Single connections outside projections") },
        Child { name: text!("electricalProjection"), ty: text!("electricalProjection"), many: true, substitute: None, description: string!("Projections by gap junctions") },
        Child { name: text!("continuousProjection"), ty: text!("continuousProjection"), many: true, substitute: None, description: string!("Projections by graded synapses") },
        Child { name: text!("explicitInputs"), ty: text!("explicitInput"), many: true, substitute: None, description: string!("Single inputs") },
        Child { name: text!("inputs"), ty: text!("inputList"), many: true, substitute: None, description: string!("Lists of inputs of one kind") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T1: ComponentType = ComponentType {
    name: text!("networkWithTemperature"),
    extends: Some(text!("network")),
    description: string!("Network at a given temperature"),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("temperature"), dimension: text!("temperature"), description: string!("Temperature of all cells") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T2: ComponentType = ComponentType {
    name: text!("basePopulation"),
    extends: Some(text!("baseStandalone")),
    description: string!("Set of cells of one kind"),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("notes"), ty: text!("notes"), many: false, substitute: None, description: string!("Remarks for human readers") },
        Child { name: text!("annotation"), ty: text!("annotation"), many: false, substitute: None, description: string!("Structured metadata about the model, in RDF") },
        Child { name: text!("property"), ty: text!("property"), many: true, substitute: None, description: string!("Free tag and value attached to the element") },
    ],
    component_references: list![
        Reference { name: text!("component"), ty: text!("baseCell"), local: false, required: true, is_any: false, default_component: None, description: string!("The cell that is instantiated") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T3: ComponentType = ComponentType {
    name: text!("population"),
    extends: Some(text!("basePopulation")),
    description: string!("Set of cells of one kind, given by their number"),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("size"), dimension: text!("none"), description: string!("Number of cells") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::MultiInstantiate(MultiInstantiate { number: text!("size"), index_variable: None, component: Some(text!("component")), component_type: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T4: ComponentType = ComponentType {
    name: text!("populationList"),
    extends: Some(text!("basePopulation")),
    description: string!("Set of cells of one kind, listed with their positions"),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("instances"), ty: text!("instance"), many: true, substitute: None, description: string!("The cells") },
    ],
    texts: list![
        NameOnly { name: text!("size"), description: string!("Number of cells, for readers; the list decides") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T5: ComponentType = ComponentType {
    name: text!("instance"),
    extends: None,
    description: string!("One cell of a population"),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("location"), ty: text!("location"), many: false, substitute: None, description: string!("Where it is") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("../component")), component_type: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T6: ComponentType = ComponentType {
    name: text!("location"),
    extends: None,
    description: string!("Position in space, in micrometres without a unit"),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("x"), dimension: text!("none"), description: string!("Coordinate x, in micrometres without a unit") },
        Parameter { name: text!("y"), dimension: text!("none"), description: string!("Coordinate y, in micrometres without a unit") },
        Parameter { name: text!("z"), dimension: text!("none"), description: string!("Coordinate z, in micrometres without a unit") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T7: ComponentType = ComponentType {
    name: text!("region"),
    extends: None,
    description: string!("Named region of space"),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("rectangularExtent"), ty: text!("rectangularExtent"), many: false, substitute: None, description: string!("The box that it is") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T8: ComponentType = ComponentType {
    name: text!("rectangularExtent"),
    extends: None,
    description: string!("Box in space, in micrometres without a unit"),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("xStart"), dimension: text!("none"), description: string!("Smallest x") },
        Parameter { name: text!("yStart"), dimension: text!("none"), description: string!("Smallest y") },
        Parameter { name: text!("zStart"), dimension: text!("none"), description: string!("Smallest z") },
        Parameter { name: text!("xLength"), dimension: text!("none"), description: string!("Extent in x") },
        Parameter { name: text!("yLength"), dimension: text!("none"), description: string!("Extent in y") },
        Parameter { name: text!("zLength"), dimension: text!("none"), description: string!("Extent in z") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T9: ComponentType = ComponentType {
    name: text!("projection"),
    extends: None,
    description: string!("Connections from one population to another by one kind of chemical synapse"),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("connections"), ty: text!("connection"), many: true, substitute: None, description: string!("Connections without weight and delay") },
        Child { name: text!("connectionsWD"), ty: text!("connectionWD"), many: true, substitute: None, description: string!("Connections with weight and delay") },
    ],
    component_references: list![
        Reference { name: text!("synapse"), ty: text!("baseSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("Synapse built for each connection") },
    ],
    paths: list![
        NameOnly { name: text!("presynapticPopulation"), description: string!("Path to the population the connections come from") },
        NameOnly { name: text!("postsynapticPopulation"), description: string!("Path to the population the connections go to") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T10: ComponentType = ComponentType {
    name: text!("explicitConnection"),
    extends: None,
    description: string!("Single connection from cell to cell, without a synapse"),
    file: string!("Networks.xml"),
    paths: list![
        NameOnly { name: text!("from"), description: string!("Path to the presynaptic cell") },
        NameOnly { name: text!("to"), description: string!("Path to the postsynaptic cell") },
    ],
    texts: list![
        NameOnly { name: text!("targetPort"), description: string!("Port of the target that takes the events") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T11: ComponentType = ComponentType {
    name: text!("connection"),
    extends: None,
    description: string!("One connection of a projection"),
    file: string!("Networks.xml"),
    paths: list![
        NameOnly { name: text!("preCellId"), description: string!("Path to the presynaptic cell") },
        NameOnly { name: text!("postCellId"), description: string!("Path to the postsynaptic cell") },
    ],
    texts: list![
        NameOnly { name: text!("destination"), description: string!("Attachments of the target that take it") },
        NameOnly { name: text!("preFractionAlong"), description: string!("Place on the presynaptic segment, 0 proximal to 1 distal") },
        NameOnly { name: text!("postFractionAlong"), description: string!("Place on the postsynaptic segment, 0 proximal to 1 distal") },
        NameOnly { name: text!("preSegmentId"), description: string!("Segment on the presynaptic cell") },
        NameOnly { name: text!("postSegmentId"), description: string!("Segment on the postsynaptic cell") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::With(With { instance: Some(text!("preCellId")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("postCellId")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::EventConnection(EventConnection { from: text!("a"), to: text!("b"), source_port: Some(text!("sourcePort")), target_port: Some(text!("targetPort")), delay: None, receiver: Some(text!("../synapse")), receiver_container: Some(text!("destination")), assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T12: ComponentType = ComponentType {
    name: text!("synapticConnection"),
    extends: Some(text!("explicitConnection")),
    description: string!("Single connection from cell to cell through a synapse"),
    file: string!("Networks.xml"),
    component_references: list![
        Reference { name: text!("synapse"), ty: text!("baseSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("Synapse built for each connection") },
    ],
    paths: list![
        NameOnly { name: text!("from"), description: string!("Path to the presynaptic cell") },
        NameOnly { name: text!("to"), description: string!("Path to the postsynaptic cell") },
    ],
    texts: list![
        NameOnly { name: text!("destination"), description: string!("Attachments of the target that take it") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::With(With { instance: Some(text!("from")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("to")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::EventConnection(EventConnection { from: text!("a"), to: text!("b"), source_port: Some(text!("sourcePort")), target_port: Some(text!("targetPort")), delay: None, receiver: Some(text!("synapse")), receiver_container: Some(text!("destination")), assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T13: ComponentType = ComponentType {
    name: text!("synapticConnectionWD"),
    extends: Some(text!("synapticConnection")),
    description: string!("Single connection through a synapse, with weight and delay"),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("weight"), dimension: text!("none"), description: string!("Strength of this connection, as a factor") },
        Parameter { name: text!("delay"), dimension: text!("time"), description: string!("Time a spike takes") },
    ],
    paths: list![
        NameOnly { name: text!("from"), description: string!("Path to the presynaptic cell") },
        NameOnly { name: text!("to"), description: string!("Path to the postsynaptic cell") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::With(With { instance: Some(text!("from")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("to")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::EventConnection(EventConnection { from: text!("a"), to: text!("b"), source_port: None, target_port: None, delay: Some(text!("delay")), receiver: Some(text!("synapse")), receiver_container: None, assigns: list![
            Assign { property: text!("weight"), value: text!("weight"), expose_as: None },
        ] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T14: ComponentType = ComponentType {
    name: text!("connectionWD"),
    extends: Some(text!("connection")),
    description: string!("One connection of a projection, with weight and delay"),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("weight"), dimension: text!("none"), description: string!("Strength of this connection, as a factor") },
        Parameter { name: text!("delay"), dimension: text!("time"), description: string!("Time a spike takes") },
    ],
    paths: list![
        NameOnly { name: text!("preCellId"), description: string!("Path to the presynaptic cell") },
        NameOnly { name: text!("postCellId"), description: string!("Path to the postsynaptic cell") },
    ],
    texts: list![
        NameOnly { name: text!("destination"), description: string!("Attachments of the target that take it") },
        NameOnly { name: text!("preFractionAlong"), description: string!("Place on the presynaptic segment, 0 proximal to 1 distal") },
        NameOnly { name: text!("postFractionAlong"), description: string!("Place on the postsynaptic segment, 0 proximal to 1 distal") },
        NameOnly { name: text!("preSegmentId"), description: string!("Segment on the presynaptic cell") },
        NameOnly { name: text!("postSegmentId"), description: string!("Segment on the postsynaptic cell") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::With(With { instance: Some(text!("preCellId")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("postCellId")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::EventConnection(EventConnection { from: text!("a"), to: text!("b"), source_port: None, target_port: None, delay: Some(text!("delay")), receiver: Some(text!("../synapse")), receiver_container: None, assigns: list![
            Assign { property: text!("weight"), value: text!("weight"), expose_as: None },
        ] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T15: ComponentType = ComponentType {
    name: text!("electricalConnection"),
    extends: None,
    description: string!("One gap junction between cells given by number"),
    file: string!("Networks.xml"),
    index_parameters: list![
        NameOnly { name: text!("preCell"), description: string!("Number of the first cell") },
        NameOnly { name: text!("postCell"), description: string!("Number of the second cell") },
    ],
    component_references: list![
        Reference { name: text!("synapse"), ty: text!("gapJunction"), local: false, required: true, is_any: false, default_component: None, description: string!("Gap junction built at both ends") },
    ],
    component_requirements: list![
        NameOnly { name: text!("presynapticPopulation"), description: string!("Population the connections come from") },
        NameOnly { name: text!("postsynapticPopulation"), description: string!("Population the connections go to") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::With(With { instance: None, list: Some(text!("presynapticPopulation")), index: Some(text!("preCell")), name: text!("a"), body: list![] }),
        Build::With(With { instance: None, list: Some(text!("postsynapticPopulation")), index: Some(text!("postCell")), name: text!("b"), body: list![] }),
        Build::Tunnel(Tunnel { name: text!("peer"), end_a: text!("a"), end_b: text!("b"), component_a: text!("synapse"), component_b: text!("synapse"), assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T16: ComponentType = ComponentType {
    name: text!("electricalConnectionInstance"),
    extends: None,
    description: string!("One gap junction between cells given by path"),
    file: string!("Networks.xml"),
    component_references: list![
        Reference { name: text!("synapse"), ty: text!("gapJunction"), local: false, required: true, is_any: false, default_component: None, description: string!("Gap junction built at both ends") },
    ],
    paths: list![
        NameOnly { name: text!("preCell"), description: string!("Path to the first cell") },
        NameOnly { name: text!("postCell"), description: string!("Path to the second cell") },
    ],
    texts: list![
        NameOnly { name: text!("preFractionAlong"), description: string!("Place on the presynaptic segment, 0 proximal to 1 distal") },
        NameOnly { name: text!("postFractionAlong"), description: string!("Place on the postsynaptic segment, 0 proximal to 1 distal") },
        NameOnly { name: text!("preSegment"), description: string!("Segment on the presynaptic cell") },
        NameOnly { name: text!("postSegment"), description: string!("Segment on the postsynaptic cell") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::With(With { instance: Some(text!("preCell")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("postCell")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::Tunnel(Tunnel { name: text!("peer"), end_a: text!("a"), end_b: text!("b"), component_a: text!("synapse"), component_b: text!("synapse"), assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T17: ComponentType = ComponentType {
    name: text!("electricalConnectionInstanceW"),
    extends: Some(text!("electricalConnectionInstance")),
    description: string!("One gap junction between cells given by path, with a weight"),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("weight"), dimension: text!("none"), description: string!("Strength of this connection, as a factor") },
    ],
    paths: list![
        NameOnly { name: text!("preCell"), description: string!("Path to the first cell") },
        NameOnly { name: text!("postCell"), description: string!("Path to the second cell") },
    ],
    texts: list![
        NameOnly { name: text!("preFractionAlong"), description: string!("Place on the presynaptic segment, 0 proximal to 1 distal") },
        NameOnly { name: text!("postFractionAlong"), description: string!("Place on the postsynaptic segment, 0 proximal to 1 distal") },
        NameOnly { name: text!("preSegment"), description: string!("Segment on the presynaptic cell") },
        NameOnly { name: text!("postSegment"), description: string!("Segment on the postsynaptic cell") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::With(With { instance: Some(text!("preCell")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("postCell")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::Tunnel(Tunnel { name: text!("peer"), end_a: text!("a"), end_b: text!("b"), component_a: text!("synapse"), component_b: text!("synapse"), assigns: list![
            Assign { property: text!("weight"), value: text!("weight"), expose_as: None },
        ] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T18: ComponentType = ComponentType {
    name: text!("electricalProjection"),
    extends: None,
    description: string!("Gap junctions between two populations"),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("connections"), ty: text!("electricalConnection"), many: true, substitute: None, description: string!("Junctions between cells given by number") },
        Child { name: text!("connectionInstances"), ty: text!("electricalConnectionInstance"), many: true, substitute: None, description: string!("Connections between cells of populations that list their cells") },
    ],
    component_references: list![
        Reference { name: text!("presynapticPopulation"), ty: text!("population"), local: true, required: true, is_any: false, default_component: None, description: string!("Population the connections come from") },
        Reference { name: text!("postsynapticPopulation"), ty: text!("population"), local: true, required: true, is_any: false, default_component: None, description: string!("Population the connections go to") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T19: ComponentType = ComponentType {
    name: text!("continuousConnection"),
    extends: None,
    description: string!("One graded connection between cells given by number"),
    file: string!("Networks.xml"),
    index_parameters: list![
        NameOnly { name: text!("preCell"), description: string!("Number of the presynaptic cell") },
        NameOnly { name: text!("postCell"), description: string!("Number of the postsynaptic cell") },
    ],
    component_references: list![
        Reference { name: text!("preComponent"), ty: text!("baseGradedSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("Component built on the presynaptic side") },
        Reference { name: text!("postComponent"), ty: text!("baseGradedSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("Component built on the postsynaptic side") },
    ],
    component_requirements: list![
        NameOnly { name: text!("presynapticPopulation"), description: string!("Population the connections come from") },
        NameOnly { name: text!("postsynapticPopulation"), description: string!("Population the connections go to") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::With(With { instance: None, list: Some(text!("presynapticPopulation")), index: Some(text!("preCell")), name: text!("a"), body: list![] }),
        Build::With(With { instance: None, list: Some(text!("postsynapticPopulation")), index: Some(text!("postCell")), name: text!("b"), body: list![] }),
        Build::Tunnel(Tunnel { name: text!("peer"), end_a: text!("a"), end_b: text!("b"), component_a: text!("preComponent"), component_b: text!("postComponent"), assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T20: ComponentType = ComponentType {
    name: text!("continuousConnectionInstance"),
    extends: None,
    description: string!("One graded connection between cells given by path"),
    file: string!("Networks.xml"),
    component_references: list![
        Reference { name: text!("preComponent"), ty: text!("baseGradedSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("Component built on the presynaptic side") },
        Reference { name: text!("postComponent"), ty: text!("baseGradedSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("Component built on the postsynaptic side") },
    ],
    paths: list![
        NameOnly { name: text!("preCell"), description: string!("Path to the presynaptic cell") },
        NameOnly { name: text!("postCell"), description: string!("Path to the postsynaptic cell") },
    ],
    texts: list![
        NameOnly { name: text!("preFractionAlong"), description: string!("Place on the presynaptic segment, 0 proximal to 1 distal") },
        NameOnly { name: text!("postFractionAlong"), description: string!("Place on the postsynaptic segment, 0 proximal to 1 distal") },
        NameOnly { name: text!("preSegment"), description: string!("Segment on the presynaptic cell") },
        NameOnly { name: text!("postSegment"), description: string!("Segment on the postsynaptic cell") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::With(With { instance: Some(text!("preCell")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("postCell")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::Tunnel(Tunnel { name: text!("peer"), end_a: text!("a"), end_b: text!("b"), component_a: text!("preComponent"), component_b: text!("postComponent"), assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T21: ComponentType = ComponentType {
    name: text!("continuousConnectionInstanceW"),
    extends: Some(text!("continuousConnectionInstance")),
    description: string!("One graded connection between cells given by path, with a weight"),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("weight"), dimension: text!("none"), description: string!("Strength of this connection, as a factor") },
    ],
    paths: list![
        NameOnly { name: text!("preCell"), description: string!("Path to the presynaptic cell") },
        NameOnly { name: text!("postCell"), description: string!("Path to the postsynaptic cell") },
    ],
    texts: list![
        NameOnly { name: text!("preFractionAlong"), description: string!("Place on the presynaptic segment, 0 proximal to 1 distal") },
        NameOnly { name: text!("postFractionAlong"), description: string!("Place on the postsynaptic segment, 0 proximal to 1 distal") },
        NameOnly { name: text!("preSegment"), description: string!("Segment on the presynaptic cell") },
        NameOnly { name: text!("postSegment"), description: string!("Segment on the postsynaptic cell") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::With(With { instance: Some(text!("preCell")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("postCell")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::Tunnel(Tunnel { name: text!("peer"), end_a: text!("a"), end_b: text!("b"), component_a: text!("preComponent"), component_b: text!("postComponent"), assigns: list![
            Assign { property: text!("weight"), value: text!("weight"), expose_as: None },
        ] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T22: ComponentType = ComponentType {
    name: text!("continuousProjection"),
    extends: None,
    description: string!("Graded connections between two populations"),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("connections"), ty: text!("continuousConnection"), many: true, substitute: None, description: string!("Connections between cells given by number") },
        Child { name: text!("connectionInstances"), ty: text!("continuousConnectionInstance"), many: true, substitute: None, description: string!("Connections between cells of populations that list their cells") },
    ],
    component_references: list![
        Reference { name: text!("presynapticPopulation"), ty: text!("population"), local: true, required: true, is_any: false, default_component: None, description: string!("Population the connections come from") },
        Reference { name: text!("postsynapticPopulation"), ty: text!("population"), local: true, required: true, is_any: false, default_component: None, description: string!("Population the connections go to") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T23: ComponentType = ComponentType {
    name: text!("explicitInput"),
    extends: None,
    description: string!("Single input to a cell"),
    file: string!("Networks.xml"),
    component_references: list![
        Reference { name: text!("input"), ty: text!("basePointCurrent"), local: false, required: true, is_any: false, default_component: None, description: string!("The input") },
    ],
    paths: list![
        NameOnly { name: text!("target"), description: string!("Path to the cell that takes the input") },
    ],
    texts: list![
        NameOnly { name: text!("destination"), description: string!("Attachments of the target that take it") },
        NameOnly { name: text!("sourcePort"), description: string!("Port of the source that sends the events") },
        NameOnly { name: text!("targetPort"), description: string!("Port of the target that takes the events") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::With(With { instance: Some(text!("target")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("target")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::EventConnection(EventConnection { from: text!("a"), to: text!("b"), source_port: None, target_port: None, delay: None, receiver: Some(text!("input")), receiver_container: Some(text!("destination")), assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T24: ComponentType = ComponentType {
    name: text!("inputList"),
    extends: None,
    description: string!("Inputs of one kind to cells of a population"),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("inputs"), ty: text!("input"), many: true, substitute: None, description: string!("Which cells take it, and where") },
    ],
    component_references: list![
        Reference { name: text!("component"), ty: text!("basePointCurrent"), local: false, required: true, is_any: false, default_component: None, description: string!("The input that is instantiated") },
    ],
    texts: list![
        NameOnly { name: text!("population"), description: string!("The population") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T25: ComponentType = ComponentType {
    name: text!("input"),
    extends: None,
    description: string!("One input of a list"),
    file: string!("Networks.xml"),
    paths: list![
        NameOnly { name: text!("target"), description: string!("Path to the cell that takes the input") },
    ],
    texts: list![
        NameOnly { name: text!("segmentId"), description: string!("Segment that takes the input") },
        NameOnly { name: text!("fractionAlong"), description: string!("Place on the segment, 0 proximal to 1 distal") },
        NameOnly { name: text!("destination"), description: string!("Attachments of the target that take it") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::With(With { instance: Some(text!("target")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("target")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::EventConnection(EventConnection { from: text!("a"), to: text!("b"), source_port: None, target_port: None, delay: None, receiver: Some(text!("../component")), receiver_container: Some(text!("destination")), assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T26: ComponentType = ComponentType {
    name: text!("inputW"),
    extends: Some(text!("input")),
    description: string!("One input of a list, with a weight"),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("weight"), dimension: text!("none"), description: string!("Factor on the effect of the input") },
    ],
    paths: list![
        NameOnly { name: text!("target"), description: string!("Path to the cell that takes the input") },
    ],
    texts: list![
        NameOnly { name: text!("destination"), description: string!("Attachments of the target that take it") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::With(With { instance: Some(text!("target")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("target")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::EventConnection(EventConnection { from: text!("a"), to: text!("b"), source_port: None, target_port: None, delay: None, receiver: Some(text!("../component")), receiver_container: Some(text!("destination")), assigns: list![
            Assign { property: text!("weight"), value: text!("weight"), expose_as: None },
        ] }),
    ] }),
    ..ComponentType::EMPTY
};
