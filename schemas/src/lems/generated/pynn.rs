// Written by `cargo xtask codegen` from schemas/lems; edit there.

use nml_lems::{Action, Attachments, Case, ComponentType, ConditionalDerivedVariable, Constant, DerivedParameter, DerivedVariable, Direction, Dynamics, EventPort, Exposure, OnCondition, OnEntry, OnEvent, OnStart, Parameter, Property, Reduce, Regime, Select, Source, StateVariable, TimeDerivative};

pub(crate) const T0: ComponentType = ComponentType {
    name: text!("basePyNNCell"),
    extends: Some(text!("baseCellMembPot")),
    description: string!("Cell of PyNN: all parameters are plain numbers in mV, ms, nF, nA, µS"),
    file: string!("PyNN.xml"),
    parameters: list![
        Parameter { name: text!("cm"), dimension: text!("none"), description: string!("Membrane capacitance, nF") },
        Parameter { name: text!("i_offset"), dimension: text!("none"), description: string!("Constant current, nA") },
        Parameter { name: text!("tau_syn_E"), dimension: text!("none"), description: string!("Time constant of excitation, ms") },
        Parameter { name: text!("tau_syn_I"), dimension: text!("none"), description: string!("Time constant of inhibition, ms") },
        Parameter { name: text!("v_init"), dimension: text!("none"), description: string!("Membrane potential at the start, mV") },
    ],
    constants: list![
        Constant { name: text!("MSEC"), symbol: None, dimension: text!("time"), value: text!("1ms"), description: string!("One millisecond, to make equations in plain numbers dimensional") },
        Constant { name: text!("MVOLT"), symbol: None, dimension: text!("voltage"), value: text!("1mV"), description: string!("One millivolt, to make equations in plain numbers dimensional") },
        Constant { name: text!("NFARAD"), symbol: None, dimension: text!("capacitance"), value: text!("1nF"), description: string!("One nanofarad, to make equations in plain numbers dimensional") },
    ],
    event_ports: list![
        EventPort { name: text!("spike_in_E"), direction: Direction::In, description: string!("An excitatory spike arrives") },
        EventPort { name: text!("spike_in_I"), direction: Direction::In, description: string!("An inhibitory spike arrives") },
    ],
    exposures: list![
        Exposure { name: text!("iSyn"), dimension: text!("current"), description: string!("Sum of all synaptic and input currents") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T1: ComponentType = ComponentType {
    name: text!("basePyNNIaFCell"),
    extends: Some(text!("basePyNNCell")),
    description: string!("Integrate-and-fire cell of PyNN"),
    file: string!("PyNN.xml"),
    parameters: list![
        Parameter { name: text!("tau_refrac"), dimension: text!("none"), description: string!("Refractory period, ms") },
        Parameter { name: text!("v_thresh"), dimension: text!("none"), description: string!("Potential at which a spike is sent, mV") },
        Parameter { name: text!("tau_m"), dimension: text!("none"), description: string!("Membrane time constant, ms") },
        Parameter { name: text!("v_rest"), dimension: text!("none"), description: string!("Resting potential, mV") },
        Parameter { name: text!("v_reset"), dimension: text!("none"), description: string!("Potential after a spike, mV") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T2: ComponentType = ComponentType {
    name: text!("basePyNNIaFCondCell"),
    extends: Some(text!("basePyNNIaFCell")),
    description: string!("Integrate-and-fire cell of PyNN with synapses that are conductances"),
    file: string!("PyNN.xml"),
    parameters: list![
        Parameter { name: text!("e_rev_E"), dimension: text!("none"), description: string!("Reversal potential of excitation, mV") },
        Parameter { name: text!("e_rev_I"), dimension: text!("none"), description: string!("Reversal potential of inhibition, mV") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T3: ComponentType = ComponentType {
    name: text!("IF_curr_alpha"),
    extends: Some(text!("basePyNNIaFCell")),
    description: string!("Leaky integrate-and-fire cell of PyNN with alpha-shaped synaptic currents"),
    file: string!("PyNN.xml"),
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("baseSynapse"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("lastSpikeTime"), dimension: text!("time"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: Some(text!("iSyn")), source: Source::Select(Select { path: text!("synapses[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("v_init * MVOLT") },
            ] },
        ],
        regimes: list![
            Regime {
                name: text!("refractory"),
                initial: false,
                on_entry: list![
                    OnEntry { actions: list![
                        Action::StateAssignment { variable: text!("lastSpikeTime"), value: text!("t") },
                        Action::StateAssignment { variable: text!("v"), value: text!("v_reset * MVOLT") },
                    ] },
                ],
                on_condition: list![
                    OnCondition { test: text!("t .gt. lastSpikeTime + (tau_refrac*MSEC)"), actions: list![
                        Action::Transition { regime: text!("integrating") },
                    ] },
                ],
                description: string!(""),
                ..Regime::EMPTY
            },
            Regime {
                name: text!("integrating"),
                initial: true,
                time_derivatives: list![
                    TimeDerivative { variable: text!("v"), value: text!("(MVOLT * ((i_offset/cm) +  ((v_rest - (v/MVOLT)) / tau_m))/MSEC) + (iSyn / (cm * NFARAD))") },
                ],
                on_condition: list![
                    OnCondition { test: text!("v .gt. v_thresh * MVOLT"), actions: list![
                        Action::EventOut { port: text!("spike") },
                        Action::Transition { regime: text!("refractory") },
                    ] },
                ],
                description: string!(""),
                ..Regime::EMPTY
            },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T4: ComponentType = ComponentType {
    name: text!("IF_curr_exp"),
    extends: Some(text!("basePyNNIaFCell")),
    description: string!("Leaky integrate-and-fire cell of PyNN with exponential synaptic currents"),
    file: string!("PyNN.xml"),
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("baseSynapse"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("lastSpikeTime"), dimension: text!("time"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: Some(text!("iSyn")), source: Source::Select(Select { path: text!("synapses[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("v_init * MVOLT") },
            ] },
        ],
        regimes: list![
            Regime {
                name: text!("refractory"),
                initial: false,
                on_entry: list![
                    OnEntry { actions: list![
                        Action::StateAssignment { variable: text!("lastSpikeTime"), value: text!("t") },
                        Action::StateAssignment { variable: text!("v"), value: text!("v_reset * MVOLT") },
                    ] },
                ],
                on_condition: list![
                    OnCondition { test: text!("t .gt. lastSpikeTime + (tau_refrac*MSEC)"), actions: list![
                        Action::Transition { regime: text!("integrating") },
                    ] },
                ],
                description: string!(""),
                ..Regime::EMPTY
            },
            Regime {
                name: text!("integrating"),
                initial: true,
                time_derivatives: list![
                    TimeDerivative { variable: text!("v"), value: text!("(MVOLT * (((i_offset)/cm) +  ((v_rest - (v/MVOLT)) / tau_m))/MSEC) + (iSyn / (cm * NFARAD))") },
                ],
                on_condition: list![
                    OnCondition { test: text!("v .gt. v_thresh * MVOLT"), actions: list![
                        Action::EventOut { port: text!("spike") },
                        Action::Transition { regime: text!("refractory") },
                    ] },
                ],
                description: string!(""),
                ..Regime::EMPTY
            },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T5: ComponentType = ComponentType {
    name: text!("IF_cond_alpha"),
    extends: Some(text!("basePyNNIaFCondCell")),
    description: string!("Leaky integrate-and-fire cell of PyNN with alpha-shaped synaptic conductances"),
    file: string!("PyNN.xml"),
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("baseSynapse"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("lastSpikeTime"), dimension: text!("time"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: Some(text!("iSyn")), source: Source::Select(Select { path: text!("synapses[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("v_init * MVOLT") },
            ] },
        ],
        regimes: list![
            Regime {
                name: text!("refractory"),
                initial: false,
                on_entry: list![
                    OnEntry { actions: list![
                        Action::StateAssignment { variable: text!("lastSpikeTime"), value: text!("t") },
                        Action::StateAssignment { variable: text!("v"), value: text!("v_reset * MVOLT") },
                    ] },
                ],
                on_condition: list![
                    OnCondition { test: text!("t .gt. lastSpikeTime + (tau_refrac*MSEC)"), actions: list![
                        Action::Transition { regime: text!("integrating") },
                    ] },
                ],
                description: string!(""),
                ..Regime::EMPTY
            },
            Regime {
                name: text!("integrating"),
                initial: true,
                time_derivatives: list![
                    TimeDerivative { variable: text!("v"), value: text!("(MVOLT * (((i_offset) / cm) +  ((v_rest - (v / MVOLT)) / tau_m)) / MSEC) + (iSyn / (cm * NFARAD))") },
                ],
                on_condition: list![
                    OnCondition { test: text!("v .gt. v_thresh * MVOLT"), actions: list![
                        Action::EventOut { port: text!("spike") },
                        Action::Transition { regime: text!("refractory") },
                    ] },
                ],
                description: string!(""),
                ..Regime::EMPTY
            },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T6: ComponentType = ComponentType {
    name: text!("IF_cond_exp"),
    extends: Some(text!("basePyNNIaFCondCell")),
    description: string!("Leaky integrate-and-fire cell of PyNN with exponential synaptic conductances"),
    file: string!("PyNN.xml"),
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("baseSynapse"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("lastSpikeTime"), dimension: text!("time"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: Some(text!("iSyn")), source: Source::Select(Select { path: text!("synapses[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("v_init * MVOLT") },
            ] },
        ],
        regimes: list![
            Regime {
                name: text!("refractory"),
                initial: false,
                on_entry: list![
                    OnEntry { actions: list![
                        Action::StateAssignment { variable: text!("lastSpikeTime"), value: text!("t") },
                        Action::StateAssignment { variable: text!("v"), value: text!("v_reset * MVOLT") },
                    ] },
                ],
                on_condition: list![
                    OnCondition { test: text!("t .gt. lastSpikeTime + (tau_refrac*MSEC)"), actions: list![
                        Action::Transition { regime: text!("integrating") },
                    ] },
                ],
                description: string!(""),
                ..Regime::EMPTY
            },
            Regime {
                name: text!("integrating"),
                initial: true,
                time_derivatives: list![
                    TimeDerivative { variable: text!("v"), value: text!("(MVOLT * (((i_offset)/cm) +  ((v_rest - (v / MVOLT)) / tau_m)) / MSEC) + (iSyn / (cm * NFARAD))") },
                ],
                on_condition: list![
                    OnCondition { test: text!("v .gt. v_thresh * MVOLT"), actions: list![
                        Action::EventOut { port: text!("spike") },
                        Action::Transition { regime: text!("refractory") },
                    ] },
                ],
                description: string!(""),
                ..Regime::EMPTY
            },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T7: ComponentType = ComponentType {
    name: text!("EIF_cond_exp_isfa_ista"),
    extends: Some(text!("basePyNNIaFCondCell")),
    description: string!("Adaptive exponential cell of PyNN (Brette and Gerstner 2005) with exponential synaptic conductances"),
    file: string!("PyNN.xml"),
    parameters: list![
        Parameter { name: text!("v_rest"), dimension: text!("none"), description: string!("Resting potential, mV") },
        Parameter { name: text!("v_spike"), dimension: text!("none"), description: string!("Potential at which a spike is detected, mV") },
        Parameter { name: text!("delta_T"), dimension: text!("none"), description: string!("Sharpness of spike initiation, mV") },
        Parameter { name: text!("tau_w"), dimension: text!("none"), description: string!("Time constant of adaptation, ms") },
        Parameter { name: text!("a"), dimension: text!("none"), description: string!("Adaptation below threshold, nA per mV") },
        Parameter { name: text!("b"), dimension: text!("none"), description: string!("Jump of the adaptation current at a spike, nA") },
        Parameter { name: text!("i_offset"), dimension: text!("none"), description: string!("Constant current, nA") },
        Parameter { name: text!("tau_refrac"), dimension: text!("none"), description: string!("Refractory period, ms") },
    ],
    derived_parameters: list![
        DerivedParameter { name: text!("eif_threshold"), dimension: Some(text!("none")), source: Source::Value(text!("v_spike * H(delta_T-1e-12) + v_thresh * H(-1*delta_T+1e-9)")), description: string!("Potential at which a spike counts, mV") },
    ],
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("baseSynapse"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    exposures: list![
        Exposure { name: text!("w"), dimension: text!("none"), description: string!("Adaptation current, nA") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("w"), dimension: text!("none"), exposure: Some(text!("w")), description: string!("") },
            StateVariable { name: text!("lastSpikeTime"), dimension: text!("time"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: Some(text!("iSyn")), source: Source::Select(Select { path: text!("synapses[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
        ],
        conditional_derived_variables: list![
            ConditionalDerivedVariable { name: text!("delta_I"), dimension: Some(text!("none")), exposure: None, cases: list![
                Case { condition: Some(text!("delta_T .gt. 0")), value: text!("delta_T * exp(((v / MVOLT) - v_thresh) / delta_T)") },
                Case { condition: Some(text!("delta_T .eq. 0")), value: text!("0") },
            ], description: string!("") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("v_init * MVOLT") },
                Action::StateAssignment { variable: text!("w"), value: text!("0") },
            ] },
        ],
        regimes: list![
            Regime {
                name: text!("refractory"),
                initial: false,
                time_derivatives: list![
                    TimeDerivative { variable: text!("w"), value: text!("(1 / tau_w) * (a * ((v / MVOLT) - v_rest) - w) / MSEC") },
                ],
                on_entry: list![
                    OnEntry { actions: list![
                        Action::StateAssignment { variable: text!("lastSpikeTime"), value: text!("t") },
                        Action::StateAssignment { variable: text!("v"), value: text!("v_reset * MVOLT") },
                        Action::StateAssignment { variable: text!("w"), value: text!("w+b") },
                    ] },
                ],
                on_condition: list![
                    OnCondition { test: text!("t .gt. lastSpikeTime + (tau_refrac*MSEC)"), actions: list![
                        Action::Transition { regime: text!("integrating") },
                    ] },
                ],
                description: string!(""),
                ..Regime::EMPTY
            },
            Regime {
                name: text!("integrating"),
                initial: true,
                time_derivatives: list![
                    TimeDerivative { variable: text!("v"), value: text!("(MVOLT * ((-1 * ((v / MVOLT) - v_rest) + delta_I) / tau_m + (i_offset - w) / cm) / MSEC) + (iSyn / (cm * NFARAD))") },
                    TimeDerivative { variable: text!("w"), value: text!("(1 / tau_w) * (a * ((v / MVOLT) - v_rest) - w) / MSEC") },
                ],
                on_condition: list![
                    OnCondition { test: text!("v .gt. eif_threshold * MVOLT"), actions: list![
                        Action::EventOut { port: text!("spike") },
                        Action::Transition { regime: text!("refractory") },
                    ] },
                ],
                description: string!(""),
                ..Regime::EMPTY
            },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T8: ComponentType = ComponentType {
    name: text!("EIF_cond_alpha_isfa_ista"),
    extends: Some(text!("basePyNNIaFCondCell")),
    description: string!("Adaptive exponential cell of PyNN (Brette and Gerstner 2005) with alpha-shaped synaptic conductances"),
    file: string!("PyNN.xml"),
    parameters: list![
        Parameter { name: text!("v_rest"), dimension: text!("none"), description: string!("Resting potential, mV") },
        Parameter { name: text!("v_spike"), dimension: text!("none"), description: string!("Potential at which a spike is detected, mV") },
        Parameter { name: text!("delta_T"), dimension: text!("none"), description: string!("Sharpness of spike initiation, mV") },
        Parameter { name: text!("tau_w"), dimension: text!("none"), description: string!("Time constant of adaptation, ms") },
        Parameter { name: text!("a"), dimension: text!("none"), description: string!("Adaptation below threshold, nA per mV") },
        Parameter { name: text!("b"), dimension: text!("none"), description: string!("Jump of the adaptation current at a spike, nA") },
        Parameter { name: text!("i_offset"), dimension: text!("none"), description: string!("Constant current, nA") },
        Parameter { name: text!("tau_refrac"), dimension: text!("none"), description: string!("Refractory period, ms") },
    ],
    derived_parameters: list![
        DerivedParameter { name: text!("eif_threshold"), dimension: Some(text!("none")), source: Source::Value(text!("v_spike * H(delta_T-1e-12) + v_thresh * H(-1*delta_T+1e-9)")), description: string!("Potential at which a spike counts, mV") },
    ],
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("baseSynapse"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    exposures: list![
        Exposure { name: text!("w"), dimension: text!("none"), description: string!("Adaptation current, nA") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("w"), dimension: text!("none"), exposure: Some(text!("w")), description: string!("") },
            StateVariable { name: text!("lastSpikeTime"), dimension: text!("time"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: Some(text!("iSyn")), source: Source::Select(Select { path: text!("synapses[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
        ],
        conditional_derived_variables: list![
            ConditionalDerivedVariable { name: text!("delta_I"), dimension: Some(text!("none")), exposure: None, cases: list![
                Case { condition: Some(text!("delta_T .gt. 0")), value: text!("delta_T * exp(((v / MVOLT) - v_thresh) / delta_T)") },
                Case { condition: Some(text!("delta_T .eq. 0")), value: text!("0") },
            ], description: string!("") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("v_init * MVOLT") },
                Action::StateAssignment { variable: text!("w"), value: text!("0") },
            ] },
        ],
        regimes: list![
            Regime {
                name: text!("refractory"),
                initial: false,
                time_derivatives: list![
                    TimeDerivative { variable: text!("w"), value: text!("(1 / tau_w) * (a * ((v / MVOLT) - v_rest) - w) / MSEC") },
                ],
                on_entry: list![
                    OnEntry { actions: list![
                        Action::StateAssignment { variable: text!("lastSpikeTime"), value: text!("t") },
                        Action::StateAssignment { variable: text!("v"), value: text!("v_reset * MVOLT") },
                        Action::StateAssignment { variable: text!("w"), value: text!("w + b") },
                    ] },
                ],
                on_condition: list![
                    OnCondition { test: text!("t .gt. lastSpikeTime + (tau_refrac * MSEC)"), actions: list![
                        Action::Transition { regime: text!("integrating") },
                    ] },
                ],
                description: string!(""),
                ..Regime::EMPTY
            },
            Regime {
                name: text!("integrating"),
                initial: true,
                time_derivatives: list![
                    TimeDerivative { variable: text!("v"), value: text!("(MVOLT * ((-1 * ( (v / MVOLT) - v_rest) + delta_I) / tau_m + (i_offset - w) / cm) / MSEC) + (iSyn / (cm * NFARAD))") },
                    TimeDerivative { variable: text!("w"), value: text!("(1/ tau_w) * (a*((v/MVOLT)-v_rest) - w) /MSEC") },
                ],
                on_condition: list![
                    OnCondition { test: text!("v .gt. eif_threshold * MVOLT"), actions: list![
                        Action::EventOut { port: text!("spike") },
                        Action::Transition { regime: text!("refractory") },
                    ] },
                ],
                description: string!(""),
                ..Regime::EMPTY
            },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T9: ComponentType = ComponentType {
    name: text!("HH_cond_exp"),
    extends: Some(text!("basePyNNCell")),
    description: string!("Hodgkin-Huxley cell of PyNN (Traub and Miles 1991) with exponential synaptic conductances"),
    file: string!("PyNN.xml"),
    parameters: list![
        Parameter { name: text!("gbar_K"), dimension: text!("none"), description: string!("Largest potassium conductance, µS") },
        Parameter { name: text!("gbar_Na"), dimension: text!("none"), description: string!("Largest sodium conductance, µS") },
        Parameter { name: text!("g_leak"), dimension: text!("none"), description: string!("Leak conductance, µS") },
        Parameter { name: text!("e_rev_K"), dimension: text!("none"), description: string!("Reversal potential of potassium, mV") },
        Parameter { name: text!("e_rev_Na"), dimension: text!("none"), description: string!("Reversal potential of sodium, mV") },
        Parameter { name: text!("e_rev_leak"), dimension: text!("none"), description: string!("Reversal potential of the leak, mV") },
        Parameter { name: text!("v_offset"), dimension: text!("none"), description: string!("Shift of the rates along the potential, mV") },
        Parameter { name: text!("e_rev_E"), dimension: text!("none"), description: string!("Reversal potential of excitation, mV") },
        Parameter { name: text!("e_rev_I"), dimension: text!("none"), description: string!("Reversal potential of inhibition, mV") },
    ],
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("baseSynapse"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    exposures: list![
        Exposure { name: text!("m"), dimension: text!("none"), description: string!("Activation gate of sodium") },
        Exposure { name: text!("h"), dimension: text!("none"), description: string!("Inactivation gate of sodium") },
        Exposure { name: text!("n"), dimension: text!("none"), description: string!("Activation gate of potassium") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("m"), dimension: text!("none"), exposure: Some(text!("m")), description: string!("") },
            StateVariable { name: text!("h"), dimension: text!("none"), exposure: Some(text!("h")), description: string!("") },
            StateVariable { name: text!("n"), dimension: text!("none"), exposure: Some(text!("n")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: Some(text!("iSyn")), source: Source::Select(Select { path: text!("synapses[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("iLeak"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("g_leak * (e_rev_leak - (v / MVOLT))")), description: string!("") },
            DerivedVariable { name: text!("iNa"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("gbar_Na * (m * m * m) * h * (e_rev_Na - (v / MVOLT))")), description: string!("") },
            DerivedVariable { name: text!("iK"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("gbar_K * (n * n * n * n) * (e_rev_K - (v / MVOLT))")), description: string!("") },
            DerivedVariable { name: text!("iMemb"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("iLeak + iNa + iK + i_offset")), description: string!("") },
            DerivedVariable { name: text!("alpham"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("0.32 * (13 - (v / MVOLT) + v_offset) / (exp((13 - (v / MVOLT) + v_offset) / 4.0) - 1)")), description: string!("") },
            DerivedVariable { name: text!("betam"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("0.28 * ((v / MVOLT) - v_offset - 40) / (exp(((v / MVOLT) - v_offset - 40) / 5.0) - 1)")), description: string!("") },
            DerivedVariable { name: text!("alphah"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("0.128 * exp((17 - (v / MVOLT) + v_offset) / 18.0)")), description: string!("") },
            DerivedVariable { name: text!("betah"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("4.0 / (1 + exp((40 - (v / MVOLT) + v_offset) / 5))")), description: string!("") },
            DerivedVariable { name: text!("alphan"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("0.032 * (15 - (v / MVOLT) + v_offset) / (exp((15 - (v / MVOLT) + v_offset) / 5) - 1)")), description: string!("") },
            DerivedVariable { name: text!("betan"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("0.5 * exp((10 - (v / MVOLT) + v_offset) / 40)")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("v"), value: text!("(MVOLT * (iMemb / cm) / MSEC) + (iSyn / (cm * NFARAD))") },
            TimeDerivative { variable: text!("m"), value: text!("(alpham * (1 - m) - betam * m) / MSEC") },
            TimeDerivative { variable: text!("h"), value: text!("(alphah * (1 - h) - betah * h) / MSEC") },
            TimeDerivative { variable: text!("n"), value: text!("(alphan * (1 - n) - betan * n) / MSEC") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("v_init * MVOLT") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T10: ComponentType = ComponentType {
    name: text!("basePynnSynapse"),
    extends: Some(text!("baseVoltageDepSynapse")),
    description: string!("Synapse of PyNN: all parameters are plain numbers in mV, ms, nA, µS"),
    file: string!("PyNN.xml"),
    parameters: list![
        Parameter { name: text!("tau_syn"), dimension: text!("none"), description: string!("Time constant of the synapse, ms") },
    ],
    constants: list![
        Constant { name: text!("MSEC"), symbol: None, dimension: text!("time"), value: text!("1ms"), description: string!("One millisecond, to make equations in plain numbers dimensional") },
        Constant { name: text!("MVOLT"), symbol: None, dimension: text!("voltage"), value: text!("1mV"), description: string!("One millivolt, to make equations in plain numbers dimensional") },
        Constant { name: text!("NAMP"), symbol: None, dimension: text!("current"), value: text!("1nA"), description: string!("One nanoampere, to make equations in plain numbers dimensional") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T11: ComponentType = ComponentType {
    name: text!("expCondSynapse"),
    extends: Some(text!("basePynnSynapse")),
    description: string!("Conductance of PyNN that jumps at a spike and decays exponentially"),
    file: string!("PyNN.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("e_rev"), dimension: text!("none"), description: string!("Reversal potential, mV") },
    ],
    exposures: list![
        Exposure { name: text!("g"), dimension: text!("none"), description: string!("Conductance now, µS") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("g"), dimension: text!("none"), exposure: Some(text!("g")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("g * (e_rev - (v/MVOLT)) * NAMP")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("g"), value: text!("-g / (tau_syn*MSEC)") },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![
                Action::StateAssignment { variable: text!("g"), value: text!("g+weight") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T12: ComponentType = ComponentType {
    name: text!("expCurrSynapse"),
    extends: Some(text!("basePynnSynapse")),
    description: string!("Current of PyNN that jumps at a spike and decays exponentially"),
    file: string!("PyNN.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("I"), dimension: text!("none"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("I * NAMP")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("I"), value: text!("-I / (tau_syn*MSEC)") },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![
                Action::StateAssignment { variable: text!("I"), value: text!("I + weight") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T13: ComponentType = ComponentType {
    name: text!("alphaCondSynapse"),
    extends: Some(text!("basePynnSynapse")),
    description: string!("Conductance of PyNN shaped as an alpha function"),
    file: string!("PyNN.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    parameters: list![
        Parameter { name: text!("e_rev"), dimension: text!("none"), description: string!("Reversal potential, mV") },
    ],
    exposures: list![
        Exposure { name: text!("g"), dimension: text!("none"), description: string!("Conductance now, µS") },
        Exposure { name: text!("A"), dimension: text!("none"), description: string!("Drive of the conductance, jumps at a spike") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("g"), dimension: text!("none"), exposure: Some(text!("g")), description: string!("") },
            StateVariable { name: text!("A"), dimension: text!("none"), exposure: Some(text!("A")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("g * (e_rev - (v/MVOLT)) * NAMP")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("g"), value: text!("(2.7182818*A - g)/(tau_syn*MSEC)") },
            TimeDerivative { variable: text!("A"), value: text!("-A /(tau_syn*MSEC)") },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![
                Action::StateAssignment { variable: text!("A"), value: text!("A + weight") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T14: ComponentType = ComponentType {
    name: text!("alphaCurrSynapse"),
    extends: Some(text!("basePynnSynapse")),
    description: string!("Current of PyNN shaped as an alpha function"),
    file: string!("PyNN.xml"),
    properties: list![
        Property { name: text!("weight"), dimension: text!("none"), default_value: Some(text!("1")), description: string!("Factor on the effect, set per connection or input") },
    ],
    exposures: list![
        Exposure { name: text!("A"), dimension: text!("current"), description: string!("Drive of the current, jumps at a spike") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("I"), dimension: text!("none"), exposure: None, description: string!("") },
            StateVariable { name: text!("A"), dimension: text!("none"), exposure: Some(text!("A")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("I * NAMP")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("I"), value: text!("(2.7182818*A - I)/(tau_syn*MSEC)") },
            TimeDerivative { variable: text!("A"), value: text!("-A /(tau_syn*MSEC)") },
        ],
        on_event: list![
            OnEvent { port: text!("in"), actions: list![
                Action::StateAssignment { variable: text!("A"), value: text!("A + weight") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T15: ComponentType = ComponentType {
    name: text!("SpikeSourcePoisson"),
    extends: Some(text!("baseSpikeSource")),
    description: string!("Source of spikes of PyNN as a Poisson process for a limited time"),
    file: string!("PyNN.xml"),
    parameters: list![
        Parameter { name: text!("start"), dimension: text!("time"), description: string!("Time of the first possible spike") },
        Parameter { name: text!("duration"), dimension: text!("time"), description: string!("How long spikes come") },
        Parameter { name: text!("rate"), dimension: text!("per_time"), description: string!("Mean number of spikes per time") },
    ],
    derived_parameters: list![
        DerivedParameter { name: text!("end"), dimension: Some(text!("time")), source: Source::Value(text!("start + duration")), description: string!("Time of the last possible spike") },
    ],
    constants: list![
        Constant { name: text!("LONG_TIME"), symbol: None, dimension: text!("time"), value: text!("1e9hour"), description: string!("Time beyond any simulation, so that no spike follows") },
        Constant { name: text!("SMALL_TIME"), symbol: None, dimension: text!("time"), value: text!("1e-9ms"), description: string!("Time far below any step, so that the next spike lies in the future") },
    ],
    event_ports: list![
        EventPort { name: text!("in"), direction: Direction::In, description: string!("Declared for connections; events have no effect") },
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
                Action::StateAssignment { variable: text!("isi"), value: text!("start - log(random(1))/rate") },
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::StateAssignment { variable: text!("tnextIdeal"), value: text!("isi + H(((isi) - (start+duration))/duration)*LONG_TIME") },
                Action::StateAssignment { variable: text!("tnextUsed"), value: text!("tnextIdeal") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("t .gt. tnextUsed"), actions: list![
                Action::StateAssignment { variable: text!("isi"), value: text!("-1 * log(random(1))/rate") },
                Action::StateAssignment { variable: text!("tnextIdeal"), value: text!("(tnextIdeal+isi) + H(((tnextIdeal+isi) - (start+duration))/duration)*LONG_TIME") },
                Action::StateAssignment { variable: text!("tnextUsed"), value: text!("tnextIdeal*H( (tnextIdeal-t)/t ) + (t+SMALL_TIME)*H( (t-tnextIdeal)/t )") },
                Action::StateAssignment { variable: text!("tsince"), value: text!("0") },
                Action::EventOut { port: text!("spike") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};
