// Written by `cargo xtask codegen` from schemas/lems; edit there.

use nml_lems::{Action, Build, Case, Child, ChildInstance, ComponentType, ConditionalDerivedVariable, Constant, DerivedParameter, DerivedVariable, Direction, Dynamics, EventConnection, EventPort, Exposure, InstanceRequirement, NameOnly, OnCondition, OnEvent, OnStart, Parameter, Property, Reduce, Reference, Requirement, Select, Source, StateVariable, Structure, TimeDerivative, With};

pub(crate) const T0: ComponentType = ComponentType {
    name: text!("baseSynapse"),
    extends: Some(text!("basePointCurrent")),
    description: string!("Current into a cell that answers to spikes"),
    file: string!("Synapses.xml"),
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("A spike arrives") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T1: ComponentType = ComponentType {
    name: text!("baseVoltageDepSynapse"),
    extends: Some(text!("baseSynapse")),
    description: string!("Synapse whose current depends on the potential of the cell"),
    file: string!("Synapses.xml"),
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("Membrane potential") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T2: ComponentType = ComponentType {
    name: text!("baseSynapseDL"),
    extends: Some(text!("baseVoltageDepPointCurrentDL")),
    description: string!("Synapse whose current and potential are plain numbers"),
    file: string!("Synapses.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T3: ComponentType = ComponentType {
    name: text!("baseCurrentBasedSynapse"),
    extends: Some(text!("baseSynapse")),
    description: string!("Synapse with a current that does not depend on the potential"),
    file: string!("Synapses.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T4: ComponentType = ComponentType {
    name: text!("alphaCurrentSynapse"),
    extends: Some(text!("baseCurrentBasedSynapse")),
    description: string!("Current shaped as an alpha function after each spike"),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("tau"), dimension: text!("time"), description: string!("Time from the spike to the peak") },
        Parameter { name: text!("ibase"), dimension: text!("current"), description: string!("Peak current for one spike at weight 1") },
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
    description: string!("Synapse with a conductance and a reversal potential"),
    file: string!("Synapses.xml"),
    parameters: list![
        Parameter { name: text!("gbase"), dimension: text!("conductance"), description: string!("Peak conductance for one spike at weight 1") },
        Parameter { name: text!("erev"), dimension: text!("voltage"), description: string!("Reversal potential") },
    ],
    exposures: list![
        Exposure { name: text!("g"), dimension: text!("conductance"), description: string!("Conductance now") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T6: ComponentType = ComponentType {
    name: text!("baseConductanceBasedSynapseTwo"),
    extends: Some(text!("baseVoltageDepSynapse")),
    description: string!("Synapse with two conductances and a reversal potential"),
    file: string!("Synapses.xml"),
    parameters: list![
        Parameter { name: text!("gbase1"), dimension: text!("conductance"), description: string!("Peak of the first conductance for one spike at weight 1") },
        Parameter { name: text!("gbase2"), dimension: text!("conductance"), description: string!("Peak of the second conductance for one spike at weight 1") },
        Parameter { name: text!("erev"), dimension: text!("voltage"), description: string!("Reversal potential") },
    ],
    exposures: list![
        Exposure { name: text!("g"), dimension: text!("conductance"), description: string!("Conductance now") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T7: ComponentType = ComponentType {
    name: text!("expOneSynapse"),
    extends: Some(text!("baseConductanceBasedSynapse")),
    description: string!("Conductance that jumps at a spike and decays exponentially"),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("tauDecay"), dimension: text!("time"), description: string!("Time constant of the decay") },
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
    description: string!("Conductance shaped as an alpha function after each spike"),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("tau"), dimension: text!("time"), description: string!("Time from the spike to the peak") },
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
    description: string!("Conductance that rises and decays exponentially after each spike"),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("tauRise"), dimension: text!("time"), description: string!("Time constant of the rise") },
        Parameter { name: text!("tauDecay"), dimension: text!("time"), description: string!("Time constant of the decay") },
    ],
    derived_parameters: list![
        DerivedParameter { name: text!("peakTime"), dimension: Some(text!("time")), source: Source::Value(text!("log(tauDecay / tauRise) * (tauRise * tauDecay)/(tauDecay - tauRise)")), description: string!("Time from the spike to the peak") },
        DerivedParameter { name: text!("waveformFactor"), dimension: Some(text!("none")), source: Source::Value(text!("1 / (-exp(-peakTime / tauRise) + exp(-peakTime / tauDecay))")), description: string!("Factor that makes the peak equal to gbase") },
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
    description: string!("Conductance with one rise and two decays, fast and slow"),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("tauRise"), dimension: text!("time"), description: string!("Time constant of the rise") },
        Parameter { name: text!("tauDecay1"), dimension: text!("time"), description: string!("Time constant of the first decay") },
        Parameter { name: text!("tauDecay2"), dimension: text!("time"), description: string!("Time constant of the second decay") },
    ],
    derived_parameters: list![
        DerivedParameter { name: text!("peakTime1"), dimension: Some(text!("time")), source: Source::Value(text!("log(tauDecay1 / tauRise) * (tauRise * tauDecay1)/(tauDecay1 - tauRise)")), description: string!("Time from the spike to the first peak") },
        DerivedParameter { name: text!("waveformFactor1"), dimension: Some(text!("none")), source: Source::Value(text!("1 / (-exp(-peakTime1 / tauRise) + exp(-peakTime1 / tauDecay1))")), description: string!("Factor that makes the first peak equal to gbase1") },
        DerivedParameter { name: text!("peakTime2"), dimension: Some(text!("time")), source: Source::Value(text!("log(tauDecay2 / tauRise) * (tauRise * tauDecay2)/(tauDecay2 - tauRise)")), description: string!("Time from the spike to the second peak") },
        DerivedParameter { name: text!("waveformFactor2"), dimension: Some(text!("none")), source: Source::Value(text!("1 / (-exp(-peakTime2 / tauRise) + exp(-peakTime2 / tauDecay2))")), description: string!("Factor that makes the second peak equal to gbase2") },
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
    description: string!("Block of a synapse, as a factor on its conductance"),
    file: string!("Synapses.xml"),
    exposures: list![
        Exposure { name: text!("blockFactor"), dimension: text!("none"), description: string!("The factor now, 0 blocked to 1 free") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T12: ComponentType = ComponentType {
    name: text!("voltageConcDepBlockMechanism"),
    extends: Some(text!("baseBlockMechanism")),
    description: string!("Block by an ion that depends on the potential, such as magnesium at the NMDA receptor"),
    file: string!("Synapses.xml"),
    parameters: list![
        Parameter { name: text!("blockConcentration"), dimension: text!("concentration"), description: string!("Concentration of the blocking ion") },
        Parameter { name: text!("scalingConc"), dimension: text!("concentration"), description: string!("Concentration that blocks half at zero potential") },
        Parameter { name: text!("scalingVolt"), dimension: text!("voltage"), description: string!("Voltage over which the block is lifted") },
    ],
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("Membrane potential") },
    ],
    texts: list![
        NameOnly { name: text!("species"), description: string!("The blocking ion") },
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
    description: string!("Short-term plasticity of a synapse, as a factor on its weight"),
    file: string!("Synapses.xml"),
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("A spike arrives") },
    ],
    exposures: list![
        Exposure { name: text!("plasticityFactor"), dimension: text!("none"), description: string!("The factor now") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T14: ComponentType = ComponentType {
    name: text!("tsodyksMarkramDepMechanism"),
    extends: Some(text!("basePlasticityMechanism")),
    description: string!("Short-term depression after Tsodyks and Markram: each spike uses up resources"),
    file: string!("Synapses.xml"),
    parameters: list![
        Parameter { name: text!("initReleaseProb"), dimension: text!("none"), description: string!("Release probability at rest") },
        Parameter { name: text!("tauRec"), dimension: text!("time"), description: string!("Time constant with which resources recover") },
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
    description: string!("Short-term depression and facilitation after Tsodyks and Markram"),
    file: string!("Synapses.xml"),
    parameters: list![
        Parameter { name: text!("initReleaseProb"), dimension: text!("none"), description: string!("Release probability at rest") },
        Parameter { name: text!("tauRec"), dimension: text!("time"), description: string!("Time constant with which resources recover") },
        Parameter { name: text!("tauFac"), dimension: text!("time"), description: string!("Time constant with which facilitation fades") },
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
    description: string!("Conductance that rises and decays, with plasticity and block as options"),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    children: list![
        Child { name: text!("plasticityMechanisms"), ty: text!("basePlasticityMechanism"), many: true, substitute: None, description: string!("Short-term plasticity") },
        Child { name: text!("blockMechanisms"), ty: text!("baseBlockMechanism"), many: true, substitute: None, description: string!("Block of the conductance") },
    ],
    event_ports: list![
        EventPort { name: text!("relay"), direction: Direction::Out, description: string!("Spikes that came in, passed on to the parts inside") },
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
    description: string!("Two synapses that take the same spikes, such as AMPA and NMDA"),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    component_references: list![
        Reference { name: text!("synapse1"), ty: text!("baseSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("The first synapse") },
        Reference { name: text!("synapse2"), ty: text!("baseSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("The second synapse") },
    ],
    event_ports: list![
        EventPort { name: text!("relay"), direction: Direction::Out, description: string!("Spikes that came in, passed on to the parts inside") },
    ],
    paths: list![
        NameOnly { name: text!("synapse1Path"), description: string!("Path to the first synapse, to pass spikes on") },
        NameOnly { name: text!("synapse2Path"), description: string!("Path to the second synapse, to pass spikes on") },
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
    description: string!("Synapse prepared for plasticity that depends on spike timing; the rule itself is not in the standard"),
    file: string!("Synapses.xml"),
    constants: list![
        Constant { name: text!("tsinceRate"), symbol: None, dimension: text!("none"), value: text!("1"), description: string!("One: time counts up") },
        Constant { name: text!("longTime"), symbol: None, dimension: text!("time"), value: text!("1000s"), description: string!("Time since the last spike at the start") },
    ],
    exposures: list![
        Exposure { name: text!("tsince"), dimension: text!("time"), description: string!("Time since the last spike") },
        Exposure { name: text!("M"), dimension: text!("none"), description: string!("Variable for depression; stays 1 here") },
        Exposure { name: text!("P"), dimension: text!("none"), description: string!("Variable for potentiation; stays 1 here") },
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
    description: string!("Electrical synapse: a conductance between two cells"),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("conductance"), dimension: text!("conductance"), description: string!("Conductance of the junction") },
    ],
    exposures: list![
        Exposure { name: text!("i"), dimension: text!("current"), description: string!("Current now; positive charges the cell") },
    ],
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("Membrane potential") },
    ],
    instance_requirements: list![
        InstanceRequirement { name: text!("peer"), ty: text!("gapJunction"), description: string!("The instance at the other end") },
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
    description: string!("Synapse that follows the presynaptic potential without spikes"),
    file: string!("Synapses.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T21: ComponentType = ComponentType {
    name: text!("silentSynapse"),
    extends: Some(text!("baseGradedSynapse")),
    description: string!("Side of a continuous connection at which nothing happens"),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    constants: list![
        Constant { name: text!("AMP"), symbol: None, dimension: text!("current"), value: text!("1A"), description: string!("One ampere, to make equations in plain numbers dimensional") },
    ],
    exposures: list![
        Exposure { name: text!("i"), dimension: text!("current"), description: string!("Current now; positive charges the cell") },
    ],
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("Membrane potential") },
    ],
    instance_requirements: list![
        InstanceRequirement { name: text!("peer"), ty: text!("baseGradedSynapse"), description: string!("The instance at the other end") },
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
    description: string!("Current proportional to the difference of the two potentials, on one side only"),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("conductance"), dimension: text!("conductance"), description: string!("Conductance") },
    ],
    exposures: list![
        Exposure { name: text!("i"), dimension: text!("current"), description: string!("Current now; positive charges the cell") },
    ],
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("Membrane potential") },
    ],
    instance_requirements: list![
        InstanceRequirement { name: text!("peer"), ty: text!("baseGradedSynapse"), description: string!("The instance at the other end") },
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
    description: string!("Chemical synapse without spikes, a gate that follows the presynaptic potential (Prinz and others 2004)"),
    file: string!("Synapses.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("conductance"), dimension: text!("conductance"), description: string!("Largest conductance") },
        Parameter { name: text!("delta"), dimension: text!("voltage"), description: string!("Voltage over which the gate opens") },
        Parameter { name: text!("k"), dimension: text!("per_time"), description: string!("Rate at which transmitter leaves the receptor") },
        Parameter { name: text!("Vth"), dimension: text!("voltage"), description: string!("Presynaptic potential at half activation") },
        Parameter { name: text!("erev"), dimension: text!("voltage"), description: string!("Reversal potential") },
    ],
    exposures: list![
        Exposure { name: text!("i"), dimension: text!("current"), description: string!("Current now; positive charges the cell") },
        Exposure { name: text!("inf"), dimension: text!("none"), description: string!("Steady-state activation") },
        Exposure { name: text!("tau"), dimension: text!("time"), description: string!("Time constant of the activation") },
    ],
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("Membrane potential") },
    ],
    instance_requirements: list![
        InstanceRequirement { name: text!("peer"), ty: text!("baseGradedSynapse"), description: string!("The instance at the other end") },
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
