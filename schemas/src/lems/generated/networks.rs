// Written by `cargo xtask codegen` from schemas/lems; edit there.

use nml_lems::{Assign, Build, Child, ChildInstance, ComponentType, EventConnection, MultiInstantiate, NameOnly, Parameter, Reference, Structure, Tunnel, With};

pub(crate) const T0: ComponentType = ComponentType {
    name: text!("network"),
    extends: Some(text!("baseStandalone")),
    description: string!(""),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("regions"), ty: text!("region"), many: true, substitute: None, description: string!("") },
        Child { name: text!("populations"), ty: text!("basePopulation"), many: true, substitute: None, description: string!("") },
        Child { name: text!("projections"), ty: text!("projection"), many: true, substitute: None, description: string!("") },
        Child { name: text!("synapticConnections"), ty: text!("explicitConnection"), many: true, substitute: None, description: string!("") },
        Child { name: text!("electricalProjection"), ty: text!("electricalProjection"), many: true, substitute: None, description: string!("") },
        Child { name: text!("continuousProjection"), ty: text!("continuousProjection"), many: true, substitute: None, description: string!("") },
        Child { name: text!("explicitInputs"), ty: text!("explicitInput"), many: true, substitute: None, description: string!("") },
        Child { name: text!("inputs"), ty: text!("inputList"), many: true, substitute: None, description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T1: ComponentType = ComponentType {
    name: text!("networkWithTemperature"),
    extends: Some(text!("network")),
    description: string!(""),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("temperature"), dimension: text!("temperature"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T2: ComponentType = ComponentType {
    name: text!("basePopulation"),
    extends: Some(text!("baseStandalone")),
    description: string!(""),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("notes"), ty: text!("notes"), many: false, substitute: None, description: string!("") },
        Child { name: text!("annotation"), ty: text!("annotation"), many: false, substitute: None, description: string!("") },
        Child { name: text!("property"), ty: text!("property"), many: true, substitute: None, description: string!("") },
    ],
    component_references: list![
        Reference { name: text!("component"), ty: text!("baseCell"), local: false, required: true, is_any: false, default_component: None, description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T3: ComponentType = ComponentType {
    name: text!("population"),
    extends: Some(text!("basePopulation")),
    description: string!(""),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("size"), dimension: text!("none"), description: string!("") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::MultiInstantiate(MultiInstantiate { number: text!("size"), index_variable: None, component: Some(text!("component")), component_type: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T4: ComponentType = ComponentType {
    name: text!("populationList"),
    extends: Some(text!("basePopulation")),
    description: string!(""),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("instances"), ty: text!("instance"), many: true, substitute: None, description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("size"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T5: ComponentType = ComponentType {
    name: text!("instance"),
    extends: None,
    description: string!(""),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("location"), ty: text!("location"), many: false, substitute: None, description: string!("") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("../component")), component_type: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T6: ComponentType = ComponentType {
    name: text!("location"),
    extends: None,
    description: string!(""),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("x"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("y"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("z"), dimension: text!("none"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T7: ComponentType = ComponentType {
    name: text!("region"),
    extends: None,
    description: string!(""),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("rectangularExtent"), ty: text!("rectangularExtent"), many: false, substitute: None, description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T8: ComponentType = ComponentType {
    name: text!("rectangularExtent"),
    extends: None,
    description: string!(""),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("xStart"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("yStart"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("zStart"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("xLength"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("yLength"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("zLength"), dimension: text!("none"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T9: ComponentType = ComponentType {
    name: text!("projection"),
    extends: None,
    description: string!(""),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("connections"), ty: text!("connection"), many: true, substitute: None, description: string!("") },
        Child { name: text!("connectionsWD"), ty: text!("connectionWD"), many: true, substitute: None, description: string!("") },
    ],
    component_references: list![
        Reference { name: text!("synapse"), ty: text!("baseSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("") },
    ],
    paths: list![
        NameOnly { name: text!("presynapticPopulation"), description: string!("") },
        NameOnly { name: text!("postsynapticPopulation"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T10: ComponentType = ComponentType {
    name: text!("explicitConnection"),
    extends: None,
    description: string!(""),
    file: string!("Networks.xml"),
    paths: list![
        NameOnly { name: text!("from"), description: string!("") },
        NameOnly { name: text!("to"), description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("targetPort"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T11: ComponentType = ComponentType {
    name: text!("connection"),
    extends: None,
    description: string!(""),
    file: string!("Networks.xml"),
    paths: list![
        NameOnly { name: text!("preCellId"), description: string!("") },
        NameOnly { name: text!("postCellId"), description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("destination"), description: string!("") },
        NameOnly { name: text!("preFractionAlong"), description: string!("") },
        NameOnly { name: text!("postFractionAlong"), description: string!("") },
        NameOnly { name: text!("preSegmentId"), description: string!("") },
        NameOnly { name: text!("postSegmentId"), description: string!("") },
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
    description: string!(""),
    file: string!("Networks.xml"),
    component_references: list![
        Reference { name: text!("synapse"), ty: text!("baseSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("") },
    ],
    paths: list![
        NameOnly { name: text!("from"), description: string!("") },
        NameOnly { name: text!("to"), description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("destination"), description: string!("") },
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
    description: string!(""),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("weight"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("delay"), dimension: text!("time"), description: string!("") },
    ],
    paths: list![
        NameOnly { name: text!("from"), description: string!("") },
        NameOnly { name: text!("to"), description: string!("") },
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
    description: string!(""),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("weight"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("delay"), dimension: text!("time"), description: string!("") },
    ],
    paths: list![
        NameOnly { name: text!("preCellId"), description: string!("") },
        NameOnly { name: text!("postCellId"), description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("destination"), description: string!("") },
        NameOnly { name: text!("preFractionAlong"), description: string!("") },
        NameOnly { name: text!("postFractionAlong"), description: string!("") },
        NameOnly { name: text!("preSegmentId"), description: string!("") },
        NameOnly { name: text!("postSegmentId"), description: string!("") },
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
    description: string!(""),
    file: string!("Networks.xml"),
    index_parameters: list![
        NameOnly { name: text!("preCell"), description: string!("") },
        NameOnly { name: text!("postCell"), description: string!("") },
    ],
    component_references: list![
        Reference { name: text!("synapse"), ty: text!("gapJunction"), local: false, required: true, is_any: false, default_component: None, description: string!("") },
    ],
    component_requirements: list![
        NameOnly { name: text!("presynapticPopulation"), description: string!("") },
        NameOnly { name: text!("postsynapticPopulation"), description: string!("") },
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
    description: string!(""),
    file: string!("Networks.xml"),
    component_references: list![
        Reference { name: text!("synapse"), ty: text!("gapJunction"), local: false, required: true, is_any: false, default_component: None, description: string!("") },
    ],
    paths: list![
        NameOnly { name: text!("preCell"), description: string!("") },
        NameOnly { name: text!("postCell"), description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("preFractionAlong"), description: string!("") },
        NameOnly { name: text!("postFractionAlong"), description: string!("") },
        NameOnly { name: text!("preSegment"), description: string!("") },
        NameOnly { name: text!("postSegment"), description: string!("") },
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
    description: string!(""),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("weight"), dimension: text!("none"), description: string!("") },
    ],
    paths: list![
        NameOnly { name: text!("preCell"), description: string!("") },
        NameOnly { name: text!("postCell"), description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("preFractionAlong"), description: string!("") },
        NameOnly { name: text!("postFractionAlong"), description: string!("") },
        NameOnly { name: text!("preSegment"), description: string!("") },
        NameOnly { name: text!("postSegment"), description: string!("") },
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
    description: string!(""),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("connections"), ty: text!("electricalConnection"), many: true, substitute: None, description: string!("") },
        Child { name: text!("connectionInstances"), ty: text!("electricalConnectionInstance"), many: true, substitute: None, description: string!("") },
    ],
    component_references: list![
        Reference { name: text!("presynapticPopulation"), ty: text!("population"), local: true, required: true, is_any: false, default_component: None, description: string!("") },
        Reference { name: text!("postsynapticPopulation"), ty: text!("population"), local: true, required: true, is_any: false, default_component: None, description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T19: ComponentType = ComponentType {
    name: text!("continuousConnection"),
    extends: None,
    description: string!(""),
    file: string!("Networks.xml"),
    index_parameters: list![
        NameOnly { name: text!("preCell"), description: string!("") },
        NameOnly { name: text!("postCell"), description: string!("") },
    ],
    component_references: list![
        Reference { name: text!("preComponent"), ty: text!("baseGradedSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("") },
        Reference { name: text!("postComponent"), ty: text!("baseGradedSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("") },
    ],
    component_requirements: list![
        NameOnly { name: text!("presynapticPopulation"), description: string!("") },
        NameOnly { name: text!("postsynapticPopulation"), description: string!("") },
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
    description: string!(""),
    file: string!("Networks.xml"),
    component_references: list![
        Reference { name: text!("preComponent"), ty: text!("baseGradedSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("") },
        Reference { name: text!("postComponent"), ty: text!("baseGradedSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("") },
    ],
    paths: list![
        NameOnly { name: text!("preCell"), description: string!("") },
        NameOnly { name: text!("postCell"), description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("preFractionAlong"), description: string!("") },
        NameOnly { name: text!("postFractionAlong"), description: string!("") },
        NameOnly { name: text!("preSegment"), description: string!("") },
        NameOnly { name: text!("postSegment"), description: string!("") },
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
    description: string!(""),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("weight"), dimension: text!("none"), description: string!("") },
    ],
    paths: list![
        NameOnly { name: text!("preCell"), description: string!("") },
        NameOnly { name: text!("postCell"), description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("preFractionAlong"), description: string!("") },
        NameOnly { name: text!("postFractionAlong"), description: string!("") },
        NameOnly { name: text!("preSegment"), description: string!("") },
        NameOnly { name: text!("postSegment"), description: string!("") },
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
    description: string!(""),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("connections"), ty: text!("continuousConnection"), many: true, substitute: None, description: string!("") },
        Child { name: text!("connectionInstances"), ty: text!("continuousConnectionInstance"), many: true, substitute: None, description: string!("") },
    ],
    component_references: list![
        Reference { name: text!("presynapticPopulation"), ty: text!("population"), local: true, required: true, is_any: false, default_component: None, description: string!("") },
        Reference { name: text!("postsynapticPopulation"), ty: text!("population"), local: true, required: true, is_any: false, default_component: None, description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T23: ComponentType = ComponentType {
    name: text!("explicitInput"),
    extends: None,
    description: string!(""),
    file: string!("Networks.xml"),
    component_references: list![
        Reference { name: text!("input"), ty: text!("basePointCurrent"), local: false, required: true, is_any: false, default_component: None, description: string!("") },
    ],
    paths: list![
        NameOnly { name: text!("target"), description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("destination"), description: string!("") },
        NameOnly { name: text!("sourcePort"), description: string!("") },
        NameOnly { name: text!("targetPort"), description: string!("") },
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
    description: string!(""),
    file: string!("Networks.xml"),
    children: list![
        Child { name: text!("inputs"), ty: text!("input"), many: true, substitute: None, description: string!("") },
    ],
    component_references: list![
        Reference { name: text!("component"), ty: text!("basePointCurrent"), local: false, required: true, is_any: false, default_component: None, description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("population"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T25: ComponentType = ComponentType {
    name: text!("input"),
    extends: None,
    description: string!(""),
    file: string!("Networks.xml"),
    paths: list![
        NameOnly { name: text!("target"), description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("segmentId"), description: string!("") },
        NameOnly { name: text!("fractionAlong"), description: string!("") },
        NameOnly { name: text!("destination"), description: string!("") },
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
    description: string!(""),
    file: string!("Networks.xml"),
    parameters: list![
        Parameter { name: text!("weight"), dimension: text!("none"), description: string!("") },
    ],
    paths: list![
        NameOnly { name: text!("target"), description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("destination"), description: string!("") },
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
