// Written by `cargo xtask codegen` from schemas/lems; edit there.

use nml_lems::{Action, Build, Case, Child, ChildInstance, ComponentType, ConditionalDerivedVariable, Constant, DerivedParameter, DerivedVariable, Direction, Dynamics, EventConnection, EventPort, Exposure, InstanceRequirement, NameOnly, OnCondition, OnEvent, OnStart, Parameter, Property, Reduce, Reference, Requirement, Select, Source, StateVariable, Structure, TimeDerivative, With};

pub(crate) const T0: ComponentType = ComponentType {
    name: text!("baseSynapse"),
    extends: Some(text!("basePointCurrent")),
    description: string!(""),
    file: string!("Synapses.xml"),
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T1: ComponentType = ComponentType {
    name: text!("baseVoltageDepSynapse"),
    extends: Some(text!("baseSynapse")),
    description: string!(""),
    file: string!("Synapses.xml"),
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T2: ComponentType = ComponentType {
    name: text!("baseSynapseDL"),
    extends: Some(text!("baseVoltageDepPointCurrentDL")),
    description: string!(""),
    file: string!("Synapses.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T3: ComponentType = ComponentType {
    name: text!("baseCurrentBasedSynapse"),
    extends: Some(text!("baseSynapse")),
    description: string!(""),
    file: string!("Synapses.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T4: ComponentType = ComponentType {
    name: text!("alphaCurrentSynapse"),
    extends: Some(text!("baseCurrentBasedSynapse")),
    description: string!(""),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("") },
    ],
    parameters: list![
        Parameter { name: text!("tau"), dimension: text!("time"), description: string!("") },
        Parameter { name: text!("ibase"), dimension: text!("current"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("I"), dimension: text!("current"), exposure: None, description: string!("") },
            StateVariable { name: text!("J"), dimension: text!("current"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("I")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("I"), value: text!("(2.7182818284590451*J - I)/tau") },
            TimeDerivative { variable: text!("J"), value: text!("-J/tau") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("I"), value: text!("0") },
                Action::StateAssignment { variable: text!("J"), value: text!("0") },
            ] },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![
                Action::StateAssignment { variable: text!("J"), value: text!("J + weight * ibase") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T5: ComponentType = ComponentType {
    name: text!("baseConductanceBasedSynapse"),
    extends: Some(text!("baseVoltageDepSynapse")),
    description: string!(""),
    file: string!("Synapses.xml"),
    parameters: list![
        Parameter { name: text!("gbase"), dimension: text!("conductance"), description: string!("") },
        Parameter { name: text!("erev"), dimension: text!("voltage"), description: string!("") },
    ],
    exposures: list![
        Exposure { name: text!("g"), dimension: text!("conductance"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T6: ComponentType = ComponentType {
    name: text!("baseConductanceBasedSynapseTwo"),
    extends: Some(text!("baseVoltageDepSynapse")),
    description: string!(""),
    file: string!("Synapses.xml"),
    parameters: list![
        Parameter { name: text!("gbase1"), dimension: text!("conductance"), description: string!("") },
        Parameter { name: text!("gbase2"), dimension: text!("conductance"), description: string!("") },
        Parameter { name: text!("erev"), dimension: text!("voltage"), description: string!("") },
    ],
    exposures: list![
        Exposure { name: text!("g"), dimension: text!("conductance"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T7: ComponentType = ComponentType {
    name: text!("expOneSynapse"),
    extends: Some(text!("baseConductanceBasedSynapse")),
    description: string!(""),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("") },
    ],
    parameters: list![
        Parameter { name: text!("tauDecay"), dimension: text!("time"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("g"), dimension: text!("conductance"), exposure: Some(text!("g")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("g * (erev - v)")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("g"), value: text!("-g / tauDecay") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("g"), value: text!("0") },
            ] },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![
                Action::StateAssignment { variable: text!("g"), value: text!("g + (weight * gbase)") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T8: ComponentType = ComponentType {
    name: text!("alphaSynapse"),
    extends: Some(text!("baseConductanceBasedSynapse")),
    description: string!(""),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("") },
    ],
    parameters: list![
        Parameter { name: text!("tau"), dimension: text!("time"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("g"), dimension: text!("conductance"), exposure: Some(text!("g")), description: string!("") },
            StateVariable { name: text!("A"), dimension: text!("conductance"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("g * (erev - v)")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("g"), value: text!("(2.7182818284590451 * A - g)/tau") },
            TimeDerivative { variable: text!("A"), value: text!("-A / tau") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("g"), value: text!("0") },
                Action::StateAssignment { variable: text!("A"), value: text!("0") },
            ] },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![
                Action::StateAssignment { variable: text!("A"), value: text!("A + (gbase*weight)") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T9: ComponentType = ComponentType {
    name: text!("expTwoSynapse"),
    extends: Some(text!("baseConductanceBasedSynapse")),
    description: string!(""),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("") },
    ],
    parameters: list![
        Parameter { name: text!("tauRise"), dimension: text!("time"), description: string!("") },
        Parameter { name: text!("tauDecay"), dimension: text!("time"), description: string!("") },
    ],
    derived_parameters: list![
        DerivedParameter { name: text!("peakTime"), dimension: Some(text!("time")), source: Source::Value(text!("log(tauDecay / tauRise) * (tauRise * tauDecay)/(tauDecay - tauRise)")), description: string!("") },
        DerivedParameter { name: text!("waveformFactor"), dimension: Some(text!("none")), source: Source::Value(text!("1 / (-exp(-peakTime / tauRise) + exp(-peakTime / tauDecay))")), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("A"), dimension: text!("none"), exposure: None, description: string!("") },
            StateVariable { name: text!("B"), dimension: text!("none"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("g"), dimension: Some(text!("conductance")), exposure: Some(text!("g")), source: Source::Value(text!("gbase * (B - A)")), description: string!("") },
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("g * (erev - v)")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("A"), value: text!("-A / tauRise") },
            TimeDerivative { variable: text!("B"), value: text!("-B / tauDecay") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("A"), value: text!("0") },
                Action::StateAssignment { variable: text!("B"), value: text!("0") },
            ] },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![
                Action::StateAssignment { variable: text!("A"), value: text!("A + (weight * waveformFactor)") },
                Action::StateAssignment { variable: text!("B"), value: text!("B + (weight * waveformFactor)") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T10: ComponentType = ComponentType {
    name: text!("expThreeSynapse"),
    extends: Some(text!("baseConductanceBasedSynapseTwo")),
    description: string!(""),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("") },
    ],
    parameters: list![
        Parameter { name: text!("tauRise"), dimension: text!("time"), description: string!("") },
        Parameter { name: text!("tauDecay1"), dimension: text!("time"), description: string!("") },
        Parameter { name: text!("tauDecay2"), dimension: text!("time"), description: string!("") },
    ],
    derived_parameters: list![
        DerivedParameter { name: text!("peakTime1"), dimension: Some(text!("time")), source: Source::Value(text!("log(tauDecay1 / tauRise) * (tauRise * tauDecay1)/(tauDecay1 - tauRise)")), description: string!("") },
        DerivedParameter { name: text!("waveformFactor1"), dimension: Some(text!("none")), source: Source::Value(text!("1 / (-exp(-peakTime1 / tauRise) + exp(-peakTime1 / tauDecay1))")), description: string!("") },
        DerivedParameter { name: text!("peakTime2"), dimension: Some(text!("time")), source: Source::Value(text!("log(tauDecay2 / tauRise) * (tauRise * tauDecay2)/(tauDecay2 - tauRise)")), description: string!("") },
        DerivedParameter { name: text!("waveformFactor2"), dimension: Some(text!("none")), source: Source::Value(text!("1 / (-exp(-peakTime2 / tauRise) + exp(-peakTime2 / tauDecay2))")), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("A"), dimension: text!("none"), exposure: None, description: string!("") },
            StateVariable { name: text!("B"), dimension: text!("none"), exposure: None, description: string!("") },
            StateVariable { name: text!("C"), dimension: text!("none"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("g"), dimension: Some(text!("conductance")), exposure: Some(text!("g")), source: Source::Value(text!("gbase1*(B - A) + gbase2*(C-A)")), description: string!("") },
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("g * (erev - v)")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("A"), value: text!("-A / tauRise") },
            TimeDerivative { variable: text!("B"), value: text!("-B / tauDecay1") },
            TimeDerivative { variable: text!("C"), value: text!("-C / tauDecay2") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("A"), value: text!("0") },
                Action::StateAssignment { variable: text!("B"), value: text!("0") },
                Action::StateAssignment { variable: text!("C"), value: text!("0") },
            ] },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![
                Action::StateAssignment { variable: text!("A"), value: text!("A + (gbase1*weight * waveformFactor1 + gbase2*weight*waveformFactor2 )/(gbase1+gbase2)") },
                Action::StateAssignment { variable: text!("B"), value: text!("B + (weight * waveformFactor1)") },
                Action::StateAssignment { variable: text!("C"), value: text!("C + (weight * waveformFactor2)") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T11: ComponentType = ComponentType {
    name: text!("baseBlockMechanism"),
    extends: None,
    description: string!(""),
    file: string!("Synapses.xml"),
    exposures: list![
        Exposure { name: text!("blockFactor"), dimension: text!("none"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T12: ComponentType = ComponentType {
    name: text!("voltageConcDepBlockMechanism"),
    extends: Some(text!("baseBlockMechanism")),
    description: string!(""),
    file: string!("Synapses.xml"),
    parameters: list![
        Parameter { name: text!("blockConcentration"), dimension: text!("concentration"), description: string!("") },
        Parameter { name: text!("scalingConc"), dimension: text!("concentration"), description: string!("") },
        Parameter { name: text!("scalingVolt"), dimension: text!("voltage"), description: string!("") },
    ],
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("species"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("blockFactor"), dimension: Some(text!("none")), exposure: Some(text!("blockFactor")), source: Source::Value(text!("1/(1 + (blockConcentration / scalingConc)* exp(-1 * (v / scalingVolt)))")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T13: ComponentType = ComponentType {
    name: text!("basePlasticityMechanism"),
    extends: None,
    description: string!(""),
    file: string!("Synapses.xml"),
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("") },
    ],
    exposures: list![
        Exposure { name: text!("plasticityFactor"), dimension: text!("none"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T14: ComponentType = ComponentType {
    name: text!("tsodyksMarkramDepMechanism"),
    extends: Some(text!("basePlasticityMechanism")),
    description: string!(""),
    file: string!("Synapses.xml"),
    parameters: list![
        Parameter { name: text!("initReleaseProb"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("tauRec"), dimension: text!("time"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("R"), dimension: text!("none"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("U"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("initReleaseProb")), description: string!("") },
            DerivedVariable { name: text!("plasticityFactor"), dimension: Some(text!("none")), exposure: Some(text!("plasticityFactor")), source: Source::Value(text!("R * U")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("R"), value: text!("(1 - R) / tauRec") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("R"), value: text!("1") },
            ] },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![
                Action::StateAssignment { variable: text!("R"), value: text!("R * (1 - U)") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::With(With { instance: Some(text!("parent")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("this")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::EventConnection(EventConnection { from: text!("a"), to: text!("b"), source_port: None, target_port: None, delay: None, receiver: None, receiver_container: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T15: ComponentType = ComponentType {
    name: text!("tsodyksMarkramDepFacMechanism"),
    extends: Some(text!("basePlasticityMechanism")),
    description: string!(""),
    file: string!("Synapses.xml"),
    parameters: list![
        Parameter { name: text!("initReleaseProb"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("tauRec"), dimension: text!("time"), description: string!("") },
        Parameter { name: text!("tauFac"), dimension: text!("time"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("R"), dimension: text!("none"), exposure: None, description: string!("") },
            StateVariable { name: text!("U"), dimension: text!("none"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("plasticityFactor"), dimension: Some(text!("none")), exposure: Some(text!("plasticityFactor")), source: Source::Value(text!("R * U")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("R"), value: text!("(1 - R) / tauRec") },
            TimeDerivative { variable: text!("U"), value: text!("(initReleaseProb - U) / tauFac") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("R"), value: text!("1") },
                Action::StateAssignment { variable: text!("U"), value: text!("initReleaseProb") },
            ] },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![
                Action::StateAssignment { variable: text!("R"), value: text!("R * (1 - U)") },
                Action::StateAssignment { variable: text!("U"), value: text!("U + initReleaseProb * (1 - U)") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::With(With { instance: Some(text!("parent")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("this")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::EventConnection(EventConnection { from: text!("a"), to: text!("b"), source_port: None, target_port: None, delay: None, receiver: None, receiver_container: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T16: ComponentType = ComponentType {
    name: text!("blockingPlasticSynapse"),
    extends: Some(text!("expTwoSynapse")),
    description: string!(""),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("") },
    ],
    children: list![
        Child { name: text!("plasticityMechanisms"), ty: text!("basePlasticityMechanism"), many: true, substitute: None, description: string!("") },
        Child { name: text!("blockMechanisms"), ty: text!("baseBlockMechanism"), many: true, substitute: None, description: string!("") },
    ],
    event_ports: list![
        EventPort { name: text!("relay"), direction: Direction::Out, description: string!("") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("A"), dimension: text!("none"), exposure: None, description: string!("") },
            StateVariable { name: text!("B"), dimension: text!("none"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("plasticityFactor"), dimension: Some(text!("none")), exposure: None, source: Source::Select(Select { path: text!("plasticityMechanisms[*]/plasticityFactor"), reduce: Some(Reduce::Multiply), required: true }), description: string!("") },
            DerivedVariable { name: text!("blockFactor"), dimension: Some(text!("none")), exposure: None, source: Source::Select(Select { path: text!("blockMechanisms[*]/blockFactor"), reduce: Some(Reduce::Multiply), required: true }), description: string!("") },
            DerivedVariable { name: text!("g"), dimension: Some(text!("conductance")), exposure: Some(text!("g")), source: Source::Value(text!("blockFactor * gbase * (B - A)")), description: string!("") },
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("g * (erev - v)")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("A"), value: text!("-A / tauRise") },
            TimeDerivative { variable: text!("B"), value: text!("-B / tauDecay") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("A"), value: text!("0") },
                Action::StateAssignment { variable: text!("B"), value: text!("0") },
            ] },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![
                Action::StateAssignment { variable: text!("A"), value: text!("A + (weight * plasticityFactor * waveformFactor)") },
                Action::StateAssignment { variable: text!("B"), value: text!("B + (weight * plasticityFactor * waveformFactor)") },
                Action::EventOut { port: text!("relay") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T17: ComponentType = ComponentType {
    name: text!("doubleSynapse"),
    extends: Some(text!("baseVoltageDepSynapse")),
    description: string!(""),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("") },
    ],
    component_references: list![
        Reference { name: text!("synapse1"), ty: text!("baseSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("") },
        Reference { name: text!("synapse2"), ty: text!("baseSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("") },
    ],
    event_ports: list![
        EventPort { name: text!("relay"), direction: Direction::Out, description: string!("") },
    ],
    paths: list![
        NameOnly { name: text!("synapse1Path"), description: string!("") },
        NameOnly { name: text!("synapse2Path"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("weightFactor"), dimension: text!("none"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("i1"), dimension: Some(text!("current")), exposure: None, source: Source::Select(Select { path: text!("synapse1/i"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("i2"), dimension: Some(text!("current")), exposure: None, source: Source::Select(Select { path: text!("synapse2/i"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("weightFactor * (i1 + i2)")), description: string!("") },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![
                Action::StateAssignment { variable: text!("weightFactor"), value: text!("weight") },
                Action::EventOut { port: text!("relay") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("synapse1")), component_type: None, assigns: list![] }),
        Build::ChildInstance(ChildInstance { component: Some(text!("synapse2")), component_type: None, assigns: list![] }),
        Build::With(With { instance: Some(text!("this")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("synapse1Path")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::With(With { instance: Some(text!("synapse2Path")), list: None, index: None, name: text!("c"), body: list![] }),
        Build::EventConnection(EventConnection { from: text!("a"), to: text!("c"), source_port: None, target_port: None, delay: None, receiver: None, receiver_container: None, assigns: list![] }),
        Build::EventConnection(EventConnection { from: text!("a"), to: text!("b"), source_port: None, target_port: None, delay: None, receiver: None, receiver_container: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T18: ComponentType = ComponentType {
    name: text!("stdpSynapse"),
    extends: Some(text!("expTwoSynapse")),
    description: string!(""),
    file: string!("Synapses.xml"),
    constants: list![
        Constant { name: text!("tsinceRate"), symbol: None, dimension: text!("none"), value: text!("1"), description: string!("") },
        Constant { name: text!("longTime"), symbol: None, dimension: text!("time"), value: text!("1000s"), description: string!("") },
    ],
    exposures: list![
        Exposure { name: text!("tsince"), dimension: text!("time"), description: string!("") },
        Exposure { name: text!("M"), dimension: text!("none"), description: string!("") },
        Exposure { name: text!("P"), dimension: text!("none"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("A"), dimension: text!("none"), exposure: None, description: string!("") },
            StateVariable { name: text!("B"), dimension: text!("none"), exposure: None, description: string!("") },
            StateVariable { name: text!("M"), dimension: text!("none"), exposure: Some(text!("M")), description: string!("") },
            StateVariable { name: text!("P"), dimension: text!("none"), exposure: Some(text!("P")), description: string!("") },
            StateVariable { name: text!("tsince"), dimension: text!("time"), exposure: Some(text!("tsince")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("g"), dimension: Some(text!("conductance")), exposure: Some(text!("g")), source: Source::Value(text!("gbase * (B - A)")), description: string!("") },
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("g * (erev - v)")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("A"), value: text!("-A / tauRise") },
            TimeDerivative { variable: text!("B"), value: text!("-B / tauDecay") },
            TimeDerivative { variable: text!("tsince"), value: text!("tsinceRate") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("A"), value: text!("0") },
                Action::StateAssignment { variable: text!("B"), value: text!("0") },
                Action::StateAssignment { variable: text!("M"), value: text!("1") },
                Action::StateAssignment { variable: text!("P"), value: text!("1") },
                Action::StateAssignment { variable: text!("tsince"), value: text!("longTime") },
            ] },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![
                Action::StateAssignment { variable: text!("A"), value: text!("A + waveformFactor") },
                Action::StateAssignment { variable: text!("B"), value: text!("B + waveformFactor") },
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T19: ComponentType = ComponentType {
    name: text!("gapJunction"),
    extends: Some(text!("baseSynapse")),
    description: string!(""),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("") },
    ],
    parameters: list![
        Parameter { name: text!("conductance"), dimension: text!("conductance"), description: string!("") },
    ],
    exposures: list![
        Exposure { name: text!("i"), dimension: text!("current"), description: string!("") },
    ],
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("") },
    ],
    instance_requirements: list![
        InstanceRequirement { name: text!("peer"), ty: text!("gapJunction"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("vpeer"), dimension: Some(text!("voltage")), exposure: None, source: Source::Select(Select { path: text!("peer/v"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("i"), dimension: None, exposure: Some(text!("i")), source: Source::Value(text!("weight * conductance * (vpeer - v)")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T20: ComponentType = ComponentType {
    name: text!("baseGradedSynapse"),
    extends: Some(text!("baseSynapse")),
    description: string!(""),
    file: string!("Synapses.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T21: ComponentType = ComponentType {
    name: text!("silentSynapse"),
    extends: Some(text!("baseGradedSynapse")),
    description: string!(""),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("") },
    ],
    constants: list![
        Constant { name: text!("AMP"), symbol: None, dimension: text!("current"), value: text!("1A"), description: string!("") },
    ],
    exposures: list![
        Exposure { name: text!("i"), dimension: text!("current"), description: string!("") },
    ],
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("") },
    ],
    instance_requirements: list![
        InstanceRequirement { name: text!("peer"), ty: text!("baseGradedSynapse"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("vpeer"), dimension: Some(text!("voltage")), exposure: None, source: Source::Select(Select { path: text!("peer/v"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("0 * AMP")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T22: ComponentType = ComponentType {
    name: text!("linearGradedSynapse"),
    extends: Some(text!("baseGradedSynapse")),
    description: string!(""),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("") },
    ],
    parameters: list![
        Parameter { name: text!("conductance"), dimension: text!("conductance"), description: string!("") },
    ],
    exposures: list![
        Exposure { name: text!("i"), dimension: text!("current"), description: string!("") },
    ],
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("") },
    ],
    instance_requirements: list![
        InstanceRequirement { name: text!("peer"), ty: text!("baseGradedSynapse"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("vpeer"), dimension: Some(text!("voltage")), exposure: None, source: Source::Select(Select { path: text!("peer/v"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("i"), dimension: None, exposure: Some(text!("i")), source: Source::Value(text!("weight * conductance * (vpeer - v)")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T23: ComponentType = ComponentType {
    name: text!("gradedSynapse"),
    extends: Some(text!("baseGradedSynapse")),
    description: string!(""),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("") },
    ],
    parameters: list![
        Parameter { name: text!("conductance"), dimension: text!("conductance"), description: string!("") },
        Parameter { name: text!("delta"), dimension: text!("voltage"), description: string!("") },
        Parameter { name: text!("k"), dimension: text!("per_time"), description: string!("") },
        Parameter { name: text!("Vth"), dimension: text!("voltage"), description: string!("") },
        Parameter { name: text!("erev"), dimension: text!("voltage"), description: string!("") },
    ],
    exposures: list![
        Exposure { name: text!("i"), dimension: text!("current"), description: string!("") },
        Exposure { name: text!("inf"), dimension: text!("none"), description: string!("") },
        Exposure { name: text!("tau"), dimension: text!("time"), description: string!("") },
    ],
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("") },
    ],
    instance_requirements: list![
        InstanceRequirement { name: text!("peer"), ty: text!("baseGradedSynapse"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("s"), dimension: text!("none"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("vpeer"), dimension: Some(text!("voltage")), exposure: None, source: Source::Select(Select { path: text!("peer/v"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("inf"), dimension: Some(text!("none")), exposure: Some(text!("inf")), source: Source::Value(text!("1/(1 + exp((Vth - vpeer)/delta))")), description: string!("") },
            DerivedVariable { name: text!("tau"), dimension: Some(text!("time")), exposure: Some(text!("tau")), source: Source::Value(text!("(1-inf)/k")), description: string!("") },
            DerivedVariable { name: text!("i"), dimension: None, exposure: Some(text!("i")), source: Source::Value(text!("weight * conductance * s * (erev-v)")), description: string!("") },
        ],
        conditional_derived_variables: list![
            ConditionalDerivedVariable { name: text!("s_rate"), dimension: Some(text!("per_time")), exposure: None, cases: list![
                Case { condition: Some(text!("(1-inf) .gt. 1e-4")), value: text!("(inf - s)/tau") },
                Case { condition: None, value: text!("0") },
            ], description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("s"), value: text!("s_rate") },
        ],
        on_condition: list![
            OnCondition { test: text!("(1-inf) .lt. 1e-4"), actions: list![
                Action::StateAssignment { variable: text!("s"), value: text!("inf") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};
