// Written by `cargo xtask codegen` from schemas/lems; edit there.

use nml_lems::{Action, Build, Child, ChildInstance, ComponentType, Constant, DerivedParameter, DerivedVariable, Direction, Dynamics, EventConnection, EventPort, Exposure, NameOnly, OnCondition, OnEvent, OnStart, Parameter, Property, Reduce, Reference, Requirement, Select, Source, StateVariable, Structure, TimeDerivative, With};

pub(crate) const T0: ComponentType = ComponentType {
    name: text!("basePointCurrent"),
    extends: Some(text!("baseStandalone")),
    description: string!("Current into one point of a cell"),
    file: string!("Inputs.xml"),
    exposures: list![
        Exposure { name: text!("i"), dimension: text!("current"), description: string!("Current now; positive charges the cell") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T1: ComponentType = ComponentType {
    name: text!("baseVoltageDepPointCurrent"),
    extends: Some(text!("basePointCurrent")),
    description: string!("Current into one point of a cell that depends on the potential there"),
    file: string!("Inputs.xml"),
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("Membrane potential") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T2: ComponentType = ComponentType {
    name: text!("baseVoltageDepPointCurrentSpiking"),
    extends: Some(text!("baseVoltageDepPointCurrent")),
    description: string!("Current that depends on the potential and comes with spikes"),
    file: string!("Inputs.xml"),
    event_ports: list![
        EventPort { name: text!("spike"), direction: Direction::Out, description: string!("A spike leaves") },
    ],
    exposures: list![
        Exposure { name: text!("tsince"), dimension: text!("time"), description: string!("Time since the last spike") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T3: ComponentType = ComponentType {
    name: text!("basePointCurrentDL"),
    extends: None,
    description: string!("Current into one point of a cell, as a plain number"),
    file: string!("Inputs.xml"),
    exposures: list![
        Exposure { name: text!("I"), dimension: text!("none"), description: string!("Current now, as a plain number") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T4: ComponentType = ComponentType {
    name: text!("baseVoltageDepPointCurrentDL"),
    extends: Some(text!("basePointCurrentDL")),
    description: string!("Current as a plain number that depends on the potential"),
    file: string!("Inputs.xml"),
    requirements: list![
        Requirement { name: text!("V"), dimension: text!("none"), description: string!("Membrane potential, as a plain number") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T5: ComponentType = ComponentType {
    name: text!("baseSpikeSource"),
    extends: None,
    description: string!("Source of spikes without a membrane"),
    file: string!("Inputs.xml"),
    event_ports: list![
        EventPort { name: text!("spike"), direction: Direction::Out, description: string!("A spike leaves") },
    ],
    exposures: list![
        Exposure { name: text!("tsince"), dimension: text!("time"), description: string!("Time since the last spike") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T6: ComponentType = ComponentType {
    name: text!("spikeGenerator"),
    extends: Some(text!("baseSpikeSource")),
    description: string!("Source of spikes at regular intervals"),
    file: string!("Inputs.xml"),
    parameters: list![
        Parameter { name: text!("period"), dimension: text!("time"), description: string!("Interval between spikes") },
    ],
    constants: list![
        Constant { name: text!("SMALL_TIME"), symbol: None, dimension: text!("time"), value: text!("1e-9ms"), description: string!("Time far below any step, so that the next spike lies in the future") },
    ],
    exposures: list![
        Exposure { name: text!("tnext"), dimension: text!("time"), description: string!("Time of the next spike") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("tsince"), dimension: text!("time"), exposure: Some(text!("tsince")), description: string!("") },
            StateVariable { name: text!("tnext"), dimension: text!("time"), exposure: Some(text!("tnext")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("tsince"), value: text!("1") },
            TimeDerivative { variable: text!("tnext"), value: text!("0") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::StateAssignment { variable: text!("tnext"), value: text!("period") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("tnext - t .lt. SMALL_TIME"), actions: list![
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::StateAssignment { variable: text!("tnext"), value: text!("tnext+period") },
                Action::EventOut { port: text!("spike") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T7: ComponentType = ComponentType {
    name: text!("spikeGeneratorRandom"),
    extends: Some(text!("baseSpikeSource")),
    description: string!("Source of spikes at intervals drawn evenly between two limits"),
    file: string!("Inputs.xml"),
    parameters: list![
        Parameter { name: text!("maxISI"), dimension: text!("time"), description: string!("Longest interval") },
        Parameter { name: text!("minISI"), dimension: text!("time"), description: string!("Shortest interval") },
    ],
    constants: list![
        Constant { name: text!("MSEC"), symbol: None, dimension: text!("time"), value: text!("1ms"), description: string!("One millisecond, to make equations in plain numbers dimensional") },
    ],
    exposures: list![
        Exposure { name: text!("isi"), dimension: text!("time"), description: string!("Interval to the next spike as drawn") },
        Exposure { name: text!("tnext"), dimension: text!("time"), description: string!("Time of the next spike") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("tsince"), dimension: text!("time"), exposure: Some(text!("tsince")), description: string!("") },
            StateVariable { name: text!("tnext"), dimension: text!("time"), exposure: Some(text!("tnext")), description: string!("") },
            StateVariable { name: text!("isi"), dimension: text!("time"), exposure: Some(text!("isi")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("tsince"), value: text!("1") },
            TimeDerivative { variable: text!("tnext"), value: text!("0") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::StateAssignment { variable: text!("isi"), value: text!("minISI + MSEC * random((maxISI - minISI) / MSEC)") },
                Action::StateAssignment { variable: text!("tnext"), value: text!("isi") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("t .gt. tnext"), actions: list![
                Action::StateAssignment { variable: text!("isi"), value: text!("minISI + MSEC * random((maxISI - minISI) / MSEC)") },
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::StateAssignment { variable: text!("tnext"), value: text!("tnext+isi") },
                Action::EventOut { port: text!("spike") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T8: ComponentType = ComponentType {
    name: text!("spikeGeneratorPoisson"),
    extends: Some(text!("baseSpikeSource")),
    description: string!("Source of spikes as a Poisson process"),
    file: string!("Inputs.xml"),
    parameters: list![
        Parameter { name: text!("averageRate"), dimension: text!("per_time"), description: string!("Mean number of spikes per time") },
    ],
    constants: list![
        Constant { name: text!("SMALL_TIME"), symbol: None, dimension: text!("time"), value: text!("1e-9ms"), description: string!("Time far below any step, so that the next spike lies in the future") },
    ],
    exposures: list![
        Exposure { name: text!("isi"), dimension: text!("time"), description: string!("Interval to the next spike as drawn") },
        Exposure { name: text!("tnextIdeal"), dimension: text!("time"), description: string!("Time of the next spike as drawn") },
        Exposure { name: text!("tnextUsed"), dimension: text!("time"), description: string!("Time of the next spike, never in the past") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("tsince"), dimension: text!("time"), exposure: Some(text!("tsince")), description: string!("") },
            StateVariable { name: text!("tnextIdeal"), dimension: text!("time"), exposure: Some(text!("tnextIdeal")), description: string!("") },
            StateVariable { name: text!("tnextUsed"), dimension: text!("time"), exposure: Some(text!("tnextUsed")), description: string!("") },
            StateVariable { name: text!("isi"), dimension: text!("time"), exposure: Some(text!("isi")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("tsince"), value: text!("1") },
            TimeDerivative { variable: text!("tnextUsed"), value: text!("0") },
            TimeDerivative { variable: text!("tnextIdeal"), value: text!("0") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::StateAssignment { variable: text!("isi"), value: text!("-1 * log(random(1)) / averageRate") },
                Action::StateAssignment { variable: text!("tnextIdeal"), value: text!("isi") },
                Action::StateAssignment { variable: text!("tnextUsed"), value: text!("isi") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("t .gt. tnextUsed"), actions: list![
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::StateAssignment { variable: text!("isi"), value: text!("-1 * log(random(1)) / averageRate") },
                Action::StateAssignment { variable: text!("tnextIdeal"), value: text!("(tnextIdeal+isi)") },
                Action::StateAssignment { variable: text!("tnextUsed"), value: text!("tnextIdeal*H( (tnextIdeal-t)/t ) + (t+SMALL_TIME)*H( (t-tnextIdeal)/t )") },
                Action::EventOut { port: text!("spike") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T9: ComponentType = ComponentType {
    name: text!("spikeGeneratorRefPoisson"),
    extends: Some(text!("spikeGeneratorPoisson")),
    description: string!("Poisson source of spikes with a shortest interval"),
    file: string!("Inputs.xml"),
    parameters: list![
        Parameter { name: text!("minimumISI"), dimension: text!("time"), description: string!("Shortest interval between spikes") },
    ],
    derived_parameters: list![
        DerivedParameter { name: text!("averageIsi"), dimension: Some(text!("time")), source: Source::Value(text!("1 / averageRate")), description: string!("Mean interval between spikes") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("tsince"), dimension: text!("time"), exposure: Some(text!("tsince")), description: string!("") },
            StateVariable { name: text!("tnextIdeal"), dimension: text!("time"), exposure: Some(text!("tnextIdeal")), description: string!("") },
            StateVariable { name: text!("tnextUsed"), dimension: text!("time"), exposure: Some(text!("tnextUsed")), description: string!("") },
            StateVariable { name: text!("isi"), dimension: text!("time"), exposure: Some(text!("isi")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("tsince"), value: text!("1") },
            TimeDerivative { variable: text!("tnextUsed"), value: text!("0") },
            TimeDerivative { variable: text!("tnextIdeal"), value: text!("0") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::StateAssignment { variable: text!("isi"), value: text!("minimumISI - (averageIsi-minimumISI) * log(random(1))") },
                Action::StateAssignment { variable: text!("tnextIdeal"), value: text!("isi") },
                Action::StateAssignment { variable: text!("tnextUsed"), value: text!("isi") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("t .gt. tnextUsed"), actions: list![
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::StateAssignment { variable: text!("isi"), value: text!("minimumISI - (averageIsi-minimumISI) * log(random(1))") },
                Action::StateAssignment { variable: text!("tnextIdeal"), value: text!("(tnextIdeal+isi)") },
                Action::StateAssignment { variable: text!("tnextUsed"), value: text!("tnextIdeal*H( (tnextIdeal-t)/t ) + (t+SMALL_TIME)*H( (t-tnextIdeal)/t )") },
                Action::EventOut { port: text!("spike") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T10: ComponentType = ComponentType {
    name: text!("poissonFiringSynapse"),
    extends: Some(text!("baseVoltageDepPointCurrentSpiking")),
    description: string!("Synapse driven by its own Poisson source of spikes"),
    file: string!("Inputs.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("averageRate"), dimension: text!("per_time"), description: string!("Mean number of spikes per time") },
    ],
    derived_parameters: list![
        DerivedParameter { name: text!("averageIsi"), dimension: Some(text!("time")), source: Source::Value(text!("1 / averageRate")), description: string!("Mean interval between spikes") },
    ],
    constants: list![
        Constant { name: text!("SMALL_TIME"), symbol: None, dimension: text!("time"), value: text!("1e-9ms"), description: string!("Time far below any step, so that the next spike lies in the future") },
    ],
    component_references: list![
        Reference { name: text!("synapse"), ty: text!("baseSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("Synapse that is driven") },
    ],
    event_ports: list![
        EventPort { name: text!("spike"), direction: Direction::Out, description: string!("A spike leaves") },
        EventPort { name: text!("in"), direction: Direction::In, description: string!("Declared for connections; events have no effect") },
    ],
    exposures: list![
        Exposure { name: text!("tsince"), dimension: text!("time"), description: string!("Time since the last spike") },
        Exposure { name: text!("isi"), dimension: text!("time"), description: string!("Interval to the next spike as drawn") },
        Exposure { name: text!("tnextIdeal"), dimension: text!("time"), description: string!("Time of the next spike as drawn") },
        Exposure { name: text!("tnextUsed"), dimension: text!("time"), description: string!("Time of the next spike, never in the past") },
    ],
    paths: list![
        NameOnly { name: text!("spikeTarget"), description: string!("Path to the synapse that takes the spikes") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("tsince"), dimension: text!("time"), exposure: Some(text!("tsince")), description: string!("") },
            StateVariable { name: text!("tnextIdeal"), dimension: text!("time"), exposure: Some(text!("tnextIdeal")), description: string!("") },
            StateVariable { name: text!("tnextUsed"), dimension: text!("time"), exposure: Some(text!("tnextUsed")), description: string!("") },
            StateVariable { name: text!("isi"), dimension: text!("time"), exposure: Some(text!("isi")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: None, source: Source::Select(Select { path: text!("synapse/i"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("weight * iSyn")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("tsince"), value: text!("1") },
            TimeDerivative { variable: text!("tnextUsed"), value: text!("0") },
            TimeDerivative { variable: text!("tnextIdeal"), value: text!("0") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::StateAssignment { variable: text!("isi"), value: text!("- averageIsi * log(random(1))") },
                Action::StateAssignment { variable: text!("tnextIdeal"), value: text!("isi") },
                Action::StateAssignment { variable: text!("tnextUsed"), value: text!("isi") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("t .gt. tnextUsed"), actions: list![
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::StateAssignment { variable: text!("isi"), value: text!("- averageIsi * log(1 - random(1))") },
                Action::StateAssignment { variable: text!("tnextIdeal"), value: text!("(tnextIdeal+isi)") },
                Action::StateAssignment { variable: text!("tnextUsed"), value: text!("tnextIdeal*H( (tnextIdeal-t)/t ) + (t+SMALL_TIME)*H( (t-tnextIdeal)/t )") },
                Action::EventOut { port: text!("spike") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("synapse")), component_type: None, assigns: list![] }),
        Build::With(With { instance: Some(text!("this")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("spikeTarget")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::EventConnection(EventConnection { from: text!("a"), to: text!("b"), source_port: None, target_port: None, delay: None, receiver: None, receiver_container: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T11: ComponentType = ComponentType {
    name: text!("transientPoissonFiringSynapse"),
    extends: Some(text!("baseVoltageDepPointCurrentSpiking")),
    description: string!("Synapse driven by its own Poisson source of spikes for a limited time"),
    file: string!("Inputs.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("averageRate"), dimension: text!("per_time"), description: string!("Mean number of spikes per time") },
        Parameter { name: text!("delay"), dimension: text!("time"), description: string!("Time of the first possible spike") },
        Parameter { name: text!("duration"), dimension: text!("time"), description: string!("How long spikes come") },
    ],
    derived_parameters: list![
        DerivedParameter { name: text!("averageIsi"), dimension: Some(text!("time")), source: Source::Value(text!("1 / averageRate")), description: string!("Mean interval between spikes") },
    ],
    constants: list![
        Constant { name: text!("SMALL_TIME"), symbol: None, dimension: text!("time"), value: text!("1e-9ms"), description: string!("Time far below any step, so that the next spike lies in the future") },
        Constant { name: text!("LONG_TIME"), symbol: None, dimension: text!("time"), value: text!("1e9hour"), description: string!("Time beyond any simulation, so that no spike follows") },
    ],
    component_references: list![
        Reference { name: text!("synapse"), ty: text!("baseSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("Synapse that is driven") },
    ],
    event_ports: list![
        EventPort { name: text!("spike"), direction: Direction::Out, description: string!("A spike leaves") },
        EventPort { name: text!("in"), direction: Direction::In, description: string!("Declared for connections; events have no effect") },
    ],
    exposures: list![
        Exposure { name: text!("tsince"), dimension: text!("time"), description: string!("Time since the last spike") },
        Exposure { name: text!("isi"), dimension: text!("time"), description: string!("Interval to the next spike as drawn") },
        Exposure { name: text!("tnextIdeal"), dimension: text!("time"), description: string!("Time of the next spike as drawn") },
        Exposure { name: text!("tnextUsed"), dimension: text!("time"), description: string!("Time of the next spike, never in the past") },
    ],
    paths: list![
        NameOnly { name: text!("spikeTarget"), description: string!("Path to the synapse that takes the spikes") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("tsince"), dimension: text!("time"), exposure: Some(text!("tsince")), description: string!("") },
            StateVariable { name: text!("tnextIdeal"), dimension: text!("time"), exposure: Some(text!("tnextIdeal")), description: string!("") },
            StateVariable { name: text!("tnextUsed"), dimension: text!("time"), exposure: Some(text!("tnextUsed")), description: string!("") },
            StateVariable { name: text!("isi"), dimension: text!("time"), exposure: Some(text!("isi")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: None, source: Source::Select(Select { path: text!("synapse/i"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("weight * iSyn")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("tsince"), value: text!("1") },
            TimeDerivative { variable: text!("tnextUsed"), value: text!("0") },
            TimeDerivative { variable: text!("tnextIdeal"), value: text!("0") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::StateAssignment { variable: text!("isi"), value: text!("- averageIsi * log(1 - random(1))  +delay") },
                Action::StateAssignment { variable: text!("tnextIdeal"), value: text!("isi") },
                Action::StateAssignment { variable: text!("tnextUsed"), value: text!("isi") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("t .gt. tnextUsed"), actions: list![
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::StateAssignment { variable: text!("isi"), value: text!("- averageIsi * log(1 - random(1))") },
                Action::StateAssignment { variable: text!("tnextIdeal"), value: text!("(tnextIdeal+isi) + H(((t+isi) - (delay+duration))/duration)*LONG_TIME") },
                Action::StateAssignment { variable: text!("tnextUsed"), value: text!("tnextIdeal*H( (tnextIdeal-t)/t ) + (t+SMALL_TIME)*H( (t-tnextIdeal)/t )") },
                Action::EventOut { port: text!("spike") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("synapse")), component_type: None, assigns: list![] }),
        Build::With(With { instance: Some(text!("this")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("spikeTarget")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::EventConnection(EventConnection { from: text!("a"), to: text!("b"), source_port: None, target_port: None, delay: None, receiver: None, receiver_container: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T12: ComponentType = ComponentType {
    name: text!("timedSynapticInput"),
    extends: Some(text!("baseVoltageDepPointCurrentSpiking")),
    description: string!("Synapse driven by spikes at given times"),
    file: string!("Inputs.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    children: list![
        Child { name: text!("spikes"), ty: text!("spike"), many: true, substitute: None, description: string!("Spikes at given times") },
    ],
    component_references: list![
        Reference { name: text!("synapse"), ty: text!("baseSynapse"), local: false, required: true, is_any: false, default_component: None, description: string!("Synapse that is driven") },
    ],
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("A spike of the list is due") },
    ],
    exposures: list![
        Exposure { name: text!("tsince"), dimension: text!("time"), description: string!("Time since the last spike") },
    ],
    paths: list![
        NameOnly { name: text!("spikeTarget"), description: string!("Path to the synapse that takes the spikes") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("tsince"), dimension: text!("time"), exposure: Some(text!("tsince")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: None, source: Source::Select(Select { path: text!("synapse/i"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("weight * iSyn")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("tsince"), value: text!("1") },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::EventOut { port: text!("spike") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("synapse")), component_type: None, assigns: list![] }),
        Build::With(With { instance: Some(text!("this")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("spikeTarget")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::EventConnection(EventConnection { from: text!("a"), to: text!("b"), source_port: None, target_port: None, delay: None, receiver: None, receiver_container: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T13: ComponentType = ComponentType {
    name: text!("spikeArray"),
    extends: Some(text!("baseSpikeSource")),
    description: string!("Source of spikes at given times"),
    file: string!("Inputs.xml"),
    children: list![
        Child { name: text!("spikes"), ty: text!("spike"), many: true, substitute: None, description: string!("Spikes at given times") },
    ],
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("A spike of the list is due") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("tsince"), dimension: text!("time"), exposure: Some(text!("tsince")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("tsince"), value: text!("1") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
            ] },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::EventOut { port: text!("spike") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T14: ComponentType = ComponentType {
    name: text!("spike"),
    extends: Some(text!("baseSpikeSource")),
    description: string!("One spike at a given time"),
    file: string!("Inputs.xml"),
    parameters: list![
        Parameter { name: text!("time"), dimension: text!("time"), description: string!("When it is sent") },
    ],
    exposures: list![
        Exposure { name: text!("spiked"), dimension: text!("none"), description: string!("1 once it was sent") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("tsince"), dimension: text!("time"), exposure: Some(text!("tsince")), description: string!("") },
            StateVariable { name: text!("spiked"), dimension: text!("none"), exposure: Some(text!("spiked")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("tsince"), value: text!("1") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("(t .geq. time) .and. (spiked .eq. 0)"), actions: list![
                Action::StateAssignment { variable: text!("spiked"), value: text!("1") },
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::EventOut { port: text!("spike") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::With(With { instance: Some(text!("this")), list: None, index: None, name: text!("a"), body: list![] }),
        Build::With(With { instance: Some(text!("parent")), list: None, index: None, name: text!("b"), body: list![] }),
        Build::EventConnection(EventConnection { from: text!("a"), to: text!("b"), source_port: None, target_port: None, delay: None, receiver: None, receiver_container: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T15: ComponentType = ComponentType {
    name: text!("pulseGenerator"),
    extends: Some(text!("basePointCurrent")),
    description: string!("Constant current for a limited time"),
    file: string!("Inputs.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("delay"), dimension: text!("time"), description: string!("Time from the start of the simulation to the start of the stimulus") },
        Parameter { name: text!("duration"), dimension: text!("time"), description: string!("How long the stimulus lasts") },
        Parameter { name: text!("amplitude"), dimension: text!("current"), description: string!("Size of the current") },
    ],
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("Lets a connection name the input; events have no effect") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("i"), dimension: text!("current"), exposure: Some(text!("i")), description: string!("") },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![] },
        ],
        on_condition: list![
            OnCondition { test: text!("t .lt. delay"), actions: list![
                Action::StateAssignment { variable: text!("i"), value: text!("0") },
            ] },
            OnCondition { test: text!("t .geq. delay .and. t .lt. duration + delay"), actions: list![
                Action::StateAssignment { variable: text!("i"), value: text!("weight * amplitude") },
            ] },
            OnCondition { test: text!("t .geq. duration + delay"), actions: list![
                Action::StateAssignment { variable: text!("i"), value: text!("0") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T16: ComponentType = ComponentType {
    name: text!("compoundInput"),
    extends: Some(text!("basePointCurrent")),
    description: string!("Sum of several currents"),
    file: string!("Inputs.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    children: list![
        Child { name: text!("currents"), ty: text!("basePointCurrent"), many: true, substitute: None, description: string!("Currents that are added up") },
    ],
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("Lets a connection name the input; events have no effect") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("i_total"), dimension: Some(text!("current")), exposure: None, source: Source::Select(Select { path: text!("currents[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("weight * i_total")), description: string!("") },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T17: ComponentType = ComponentType {
    name: text!("compoundInputDL"),
    extends: Some(text!("basePointCurrentDL")),
    description: string!("Sum of several currents, as plain numbers"),
    file: string!("Inputs.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    children: list![
        Child { name: text!("currents"), ty: text!("basePointCurrentDL"), many: true, substitute: None, description: string!("Currents that are added up") },
    ],
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("Lets a connection name the input; events have no effect") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("I_total"), dimension: Some(text!("none")), exposure: None, source: Source::Select(Select { path: text!("currents[*]/I"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("I"), dimension: Some(text!("none")), exposure: Some(text!("I")), source: Source::Value(text!("weight * I_total")), description: string!("") },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T18: ComponentType = ComponentType {
    name: text!("pulseGeneratorDL"),
    extends: Some(text!("basePointCurrentDL")),
    description: string!("Constant current for a limited time, as a plain number"),
    file: string!("Inputs.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("delay"), dimension: text!("time"), description: string!("Time from the start of the simulation to the start of the stimulus") },
        Parameter { name: text!("duration"), dimension: text!("time"), description: string!("How long the stimulus lasts") },
        Parameter { name: text!("amplitude"), dimension: text!("none"), description: string!("Size of the current") },
    ],
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("Lets a connection name the input; events have no effect") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("I"), dimension: text!("none"), exposure: Some(text!("I")), description: string!("") },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![] },
        ],
        on_condition: list![
            OnCondition { test: text!("t .lt. delay"), actions: list![
                Action::StateAssignment { variable: text!("I"), value: text!("0") },
            ] },
            OnCondition { test: text!("t .geq. delay .and. t .lt. duration + delay"), actions: list![
                Action::StateAssignment { variable: text!("I"), value: text!("weight * amplitude") },
            ] },
            OnCondition { test: text!("t .geq. duration + delay"), actions: list![
                Action::StateAssignment { variable: text!("I"), value: text!("0") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T19: ComponentType = ComponentType {
    name: text!("sineGenerator"),
    extends: Some(text!("basePointCurrent")),
    description: string!("Sinusoidal current for a limited time"),
    file: string!("Inputs.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("phase"), dimension: text!("none"), description: string!("Phase of the sine at its start, in radians") },
        Parameter { name: text!("delay"), dimension: text!("time"), description: string!("Time from the start of the simulation to the start of the stimulus") },
        Parameter { name: text!("duration"), dimension: text!("time"), description: string!("How long the stimulus lasts") },
        Parameter { name: text!("amplitude"), dimension: text!("current"), description: string!("Largest current") },
        Parameter { name: text!("period"), dimension: text!("time"), description: string!("Duration of one cycle") },
    ],
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("Lets a connection name the input; events have no effect") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("i"), dimension: text!("current"), exposure: Some(text!("i")), description: string!("") },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![] },
        ],
        on_condition: list![
            OnCondition { test: text!("t .lt. delay"), actions: list![
                Action::StateAssignment { variable: text!("i"), value: text!("0") },
            ] },
            OnCondition { test: text!("t .geq. delay .and. t .lt. duration+delay"), actions: list![
                Action::StateAssignment { variable: text!("i"), value: text!("weight * amplitude * sin(phase + (2 * 3.14159265 * (t-delay)/period) )") },
            ] },
            OnCondition { test: text!("t .geq. duration+delay"), actions: list![
                Action::StateAssignment { variable: text!("i"), value: text!("0") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T20: ComponentType = ComponentType {
    name: text!("sineGeneratorDL"),
    extends: Some(text!("basePointCurrentDL")),
    description: string!("Sinusoidal current for a limited time, as a plain number"),
    file: string!("Inputs.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("phase"), dimension: text!("none"), description: string!("Phase of the sine at its start, in radians") },
        Parameter { name: text!("delay"), dimension: text!("time"), description: string!("Time from the start of the simulation to the start of the stimulus") },
        Parameter { name: text!("duration"), dimension: text!("time"), description: string!("How long the stimulus lasts") },
        Parameter { name: text!("amplitude"), dimension: text!("none"), description: string!("Largest current") },
        Parameter { name: text!("period"), dimension: text!("time"), description: string!("Duration of one cycle") },
    ],
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("Lets a connection name the input; events have no effect") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("I"), dimension: text!("none"), exposure: Some(text!("I")), description: string!("") },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![] },
        ],
        on_condition: list![
            OnCondition { test: text!("t .lt. delay"), actions: list![
                Action::StateAssignment { variable: text!("I"), value: text!("0") },
            ] },
            OnCondition { test: text!("t .geq. delay .and. t .lt. duration+delay"), actions: list![
                Action::StateAssignment { variable: text!("I"), value: text!("weight * amplitude * sin(phase + (2 * 3.14159265 * (t-delay)/period) )") },
            ] },
            OnCondition { test: text!("t .geq. duration+delay"), actions: list![
                Action::StateAssignment { variable: text!("I"), value: text!("0") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T21: ComponentType = ComponentType {
    name: text!("rampGenerator"),
    extends: Some(text!("basePointCurrent")),
    description: string!("Current that changes linearly for a limited time"),
    file: string!("Inputs.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("delay"), dimension: text!("time"), description: string!("Time from the start of the simulation to the start of the stimulus") },
        Parameter { name: text!("duration"), dimension: text!("time"), description: string!("How long the stimulus lasts") },
        Parameter { name: text!("startAmplitude"), dimension: text!("current"), description: string!("Current when the ramp begins") },
        Parameter { name: text!("finishAmplitude"), dimension: text!("current"), description: string!("Current when the ramp ends") },
        Parameter { name: text!("baselineAmplitude"), dimension: text!("current"), description: string!("Current before and after the ramp") },
    ],
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("Lets a connection name the input; events have no effect") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("i"), dimension: text!("current"), exposure: Some(text!("i")), description: string!("") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("i"), value: text!("baselineAmplitude") },
            ] },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![] },
        ],
        on_condition: list![
            OnCondition { test: text!("t .lt. delay"), actions: list![
                Action::StateAssignment { variable: text!("i"), value: text!("weight * baselineAmplitude") },
            ] },
            OnCondition { test: text!("t .geq. delay .and. t .lt. duration+delay"), actions: list![
                Action::StateAssignment { variable: text!("i"), value: text!("weight * (startAmplitude + (finishAmplitude - startAmplitude) * (t - delay) / (duration))") },
            ] },
            OnCondition { test: text!("t .geq. duration+delay"), actions: list![
                Action::StateAssignment { variable: text!("i"), value: text!("weight * baselineAmplitude") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T22: ComponentType = ComponentType {
    name: text!("rampGeneratorDL"),
    extends: Some(text!("basePointCurrentDL")),
    description: string!("Current that changes linearly for a limited time, as a plain number"),
    file: string!("Inputs.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("delay"), dimension: text!("time"), description: string!("Time from the start of the simulation to the start of the stimulus") },
        Parameter { name: text!("duration"), dimension: text!("time"), description: string!("How long the stimulus lasts") },
        Parameter { name: text!("startAmplitude"), dimension: text!("none"), description: string!("Current when the ramp begins") },
        Parameter { name: text!("finishAmplitude"), dimension: text!("none"), description: string!("Current when the ramp ends") },
        Parameter { name: text!("baselineAmplitude"), dimension: text!("none"), description: string!("Current before and after the ramp") },
    ],
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("Lets a connection name the input; events have no effect") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("I"), dimension: text!("none"), exposure: Some(text!("I")), description: string!("") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("I"), value: text!("baselineAmplitude") },
            ] },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![] },
        ],
        on_condition: list![
            OnCondition { test: text!("t .lt. delay"), actions: list![
                Action::StateAssignment { variable: text!("I"), value: text!("weight * baselineAmplitude") },
            ] },
            OnCondition { test: text!("t .geq. delay .and. t .lt. duration+delay"), actions: list![
                Action::StateAssignment { variable: text!("I"), value: text!("weight * (startAmplitude + (finishAmplitude - startAmplitude) * (t - delay) / (duration))") },
            ] },
            OnCondition { test: text!("t .geq. duration+delay"), actions: list![
                Action::StateAssignment { variable: text!("I"), value: text!("weight * baselineAmplitude") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T23: ComponentType = ComponentType {
    name: text!("voltageClamp"),
    extends: Some(text!("baseVoltageDepPointCurrent")),
    description: string!("Current through a resistance that holds the cell at a voltage for a limited time"),
    file: string!("Inputs.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("delay"), dimension: text!("time"), description: string!("Time from the start of the simulation to the start of the stimulus") },
        Parameter { name: text!("duration"), dimension: text!("time"), description: string!("How long the stimulus lasts") },
        Parameter { name: text!("targetVoltage"), dimension: text!("voltage"), description: string!("Voltage to be held") },
        Parameter { name: text!("simpleSeriesResistance"), dimension: text!("resistance"), description: string!("Resistance between the clamp and the cell") },
    ],
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("Lets a connection name the input; events have no effect") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("i"), dimension: text!("current"), exposure: Some(text!("i")), description: string!("") },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![] },
        ],
        on_condition: list![
            OnCondition { test: text!("t .lt. delay"), actions: list![
                Action::StateAssignment { variable: text!("i"), value: text!("0") },
            ] },
            OnCondition { test: text!("t .geq. delay"), actions: list![
                Action::StateAssignment { variable: text!("i"), value: text!("weight * (targetVoltage - v) / simpleSeriesResistance") },
            ] },
            OnCondition { test: text!("t .gt. duration + delay"), actions: list![
                Action::StateAssignment { variable: text!("i"), value: text!("0") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T24: ComponentType = ComponentType {
    name: text!("voltageClampTriple"),
    extends: Some(text!("baseVoltageDepPointCurrent")),
    description: string!("Voltage clamp with three levels in turn"),
    file: string!("Inputs.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("active"), dimension: text!("none"), description: string!("1 to clamp, 0 to leave the cell alone") },
        Parameter { name: text!("delay"), dimension: text!("time"), description: string!("Time until the testing level") },
        Parameter { name: text!("duration"), dimension: text!("time"), description: string!("How long the testing level lasts") },
        Parameter { name: text!("conditioningVoltage"), dimension: text!("voltage"), description: string!("Level before") },
        Parameter { name: text!("testingVoltage"), dimension: text!("voltage"), description: string!("Level during the test") },
        Parameter { name: text!("returnVoltage"), dimension: text!("voltage"), description: string!("Level afterwards") },
        Parameter { name: text!("simpleSeriesResistance"), dimension: text!("resistance"), description: string!("Resistance between the clamp and the cell") },
    ],
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("Lets a connection name the input; events have no effect") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("i"), dimension: text!("current"), exposure: Some(text!("i")), description: string!("") },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![] },
        ],
        on_condition: list![
            OnCondition { test: text!("active .eq. 1 .and. t .lt. delay"), actions: list![
                Action::StateAssignment { variable: text!("i"), value: text!("weight * (conditioningVoltage - v) / simpleSeriesResistance") },
            ] },
            OnCondition { test: text!("active .eq. 1 .and. t .geq. delay"), actions: list![
                Action::StateAssignment { variable: text!("i"), value: text!("weight * (testingVoltage - v) / simpleSeriesResistance") },
            ] },
            OnCondition { test: text!("active .eq. 1 .and. t .gt. duration + delay"), actions: list![
                Action::StateAssignment { variable: text!("i"), value: text!("weight * (returnVoltage - v) / simpleSeriesResistance") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};
