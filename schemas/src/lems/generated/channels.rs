// Written by `cargo xtask codegen` from schemas/lems; edit there.

use nml_lems::{Action, Case, Child, ComponentType, ConditionalDerivedVariable, Constant, DerivedVariable, Dynamics, Exposure, Fixed, KineticScheme, NameOnly, OnStart, Parameter, Reduce, Reference, Requirement, Select, Source, StateVariable, TimeDerivative};

pub(crate) const T0: ComponentType = ComponentType {
    name: text!("baseVoltageDepRate"),
    extends: None,
    description: string!("Rate that depends on the membrane potential"),
    file: string!("Channels.xml"),
    exposures: list![
        Exposure { name: text!("r"), dimension: text!("per_time"), description: string!("Rate at the present voltage") },
    ],
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("Membrane potential") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T1: ComponentType = ComponentType {
    name: text!("baseVoltageConcDepRate"),
    extends: Some(text!("baseVoltageDepRate")),
    description: string!("Rate that depends on the membrane potential and the calcium concentration"),
    file: string!("Channels.xml"),
    requirements: list![
        Requirement { name: text!("caConc"), dimension: text!("concentration"), description: string!("Calcium concentration inside") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T2: ComponentType = ComponentType {
    name: text!("baseHHRate"),
    extends: Some(text!("baseVoltageDepRate")),
    description: string!("Rate of one of the three forms of Hodgkin and Huxley (1952)"),
    file: string!("Channels.xml"),
    parameters: list![
        Parameter { name: text!("rate"), dimension: text!("per_time"), description: string!("Rate at the midpoint; for a sigmoid, the largest rate") },
        Parameter { name: text!("midpoint"), dimension: text!("voltage"), description: string!("Voltage at the middle of the curve") },
        Parameter { name: text!("scale"), dimension: text!("voltage"), description: string!("Voltage over which the curve changes; negative turns it round") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T3: ComponentType = ComponentType {
    name: text!("HHExpRate"),
    extends: Some(text!("baseHHRate")),
    description: string!("Rate that grows exponentially with voltage: rate · exp((v - midpoint) / scale)"),
    file: string!("Channels.xml"),
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("r"), dimension: Some(text!("per_time")), exposure: Some(text!("r")), source: Source::Value(text!("rate * exp((v - midpoint)/scale)")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T4: ComponentType = ComponentType {
    name: text!("HHSigmoidRate"),
    extends: Some(text!("baseHHRate")),
    description: string!("Rate that saturates with voltage: rate / (1 + exp(-(v - midpoint) / scale))"),
    file: string!("Channels.xml"),
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("r"), dimension: Some(text!("per_time")), exposure: Some(text!("r")), source: Source::Value(text!("rate / (1 + exp(0 - (v - midpoint)/scale))")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T5: ComponentType = ComponentType {
    name: text!("HHExpLinearRate"),
    extends: Some(text!("baseHHRate")),
    description: string!("Rate that turns from exponential to linear: rate · x / (1 - exp(-x)), x = (v - midpoint) / scale"),
    file: string!("Channels.xml"),
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("x"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("(v - midpoint) / scale")), description: string!("") },
        ],
        conditional_derived_variables: list![
            ConditionalDerivedVariable { name: text!("r"), dimension: Some(text!("per_time")), exposure: Some(text!("r")), cases: list![
                Case { condition: Some(text!("x .neq. 0")), value: text!("rate * x / (1 - exp(0 - x))") },
                Case { condition: Some(text!("x .eq. 0")), value: text!("rate") },
            ], description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T6: ComponentType = ComponentType {
    name: text!("baseVoltageDepVariable"),
    extends: None,
    description: string!("Dimensionless variable that depends on the membrane potential"),
    file: string!("Channels.xml"),
    exposures: list![
        Exposure { name: text!("x"), dimension: text!("none"), description: string!("Value at the present voltage") },
    ],
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("Membrane potential") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T7: ComponentType = ComponentType {
    name: text!("baseVoltageConcDepVariable"),
    extends: Some(text!("baseVoltageDepVariable")),
    description: string!("Dimensionless variable that depends on the membrane potential and the calcium concentration"),
    file: string!("Channels.xml"),
    requirements: list![
        Requirement { name: text!("caConc"), dimension: text!("concentration"), description: string!("Calcium concentration inside") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T8: ComponentType = ComponentType {
    name: text!("baseHHVariable"),
    extends: Some(text!("baseVoltageDepVariable")),
    description: string!("Dimensionless variable of one of the three forms of Hodgkin and Huxley (1952)"),
    file: string!("Channels.xml"),
    parameters: list![
        Parameter { name: text!("rate"), dimension: text!("none"), description: string!("Value that sets the scale, 1 for a steady state") },
        Parameter { name: text!("midpoint"), dimension: text!("voltage"), description: string!("Voltage at the middle of the curve") },
        Parameter { name: text!("scale"), dimension: text!("voltage"), description: string!("Voltage over which the curve changes; negative turns it round") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T9: ComponentType = ComponentType {
    name: text!("HHExpVariable"),
    extends: Some(text!("baseHHVariable")),
    description: string!("Variable that grows exponentially with voltage"),
    file: string!("Channels.xml"),
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("x"), dimension: Some(text!("none")), exposure: Some(text!("x")), source: Source::Value(text!("rate * exp((v - midpoint)/scale)")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T10: ComponentType = ComponentType {
    name: text!("HHSigmoidVariable"),
    extends: Some(text!("baseHHVariable")),
    description: string!("Variable that saturates with voltage, the usual steady state of a gate"),
    file: string!("Channels.xml"),
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("x"), dimension: Some(text!("none")), exposure: Some(text!("x")), source: Source::Value(text!("rate / (1 + exp(0 - (v - midpoint)/scale))")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T11: ComponentType = ComponentType {
    name: text!("HHExpLinearVariable"),
    extends: Some(text!("baseHHVariable")),
    description: string!("Variable that turns from exponential to linear with voltage"),
    file: string!("Channels.xml"),
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("a"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("(v - midpoint) / scale")), description: string!("") },
            DerivedVariable { name: text!("x"), dimension: Some(text!("none")), exposure: Some(text!("x")), source: Source::Value(text!("rate * a / (1 - exp(0 - a))")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T12: ComponentType = ComponentType {
    name: text!("baseVoltageDepTime"),
    extends: None,
    description: string!("Time constant that depends on the membrane potential"),
    file: string!("Channels.xml"),
    exposures: list![
        Exposure { name: text!("t"), dimension: text!("time"), description: string!("Time constant at the present voltage") },
    ],
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("Membrane potential") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T13: ComponentType = ComponentType {
    name: text!("baseVoltageConcDepTime"),
    extends: Some(text!("baseVoltageDepTime")),
    description: string!("Time constant that depends on the membrane potential and the calcium concentration"),
    file: string!("Channels.xml"),
    requirements: list![
        Requirement { name: text!("caConc"), dimension: text!("concentration"), description: string!("Calcium concentration inside") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T14: ComponentType = ComponentType {
    name: text!("fixedTimeCourse"),
    extends: Some(text!("baseVoltageDepTime")),
    description: string!("Time constant that is the same at all voltages"),
    file: string!("Channels.xml"),
    parameters: list![
        Parameter { name: text!("tau"), dimension: text!("time"), description: string!("The time constant") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("t"), dimension: Some(text!("time")), exposure: Some(text!("t")), source: Source::Value(text!("tau")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T15: ComponentType = ComponentType {
    name: text!("baseQ10Settings"),
    extends: None,
    description: string!("Factor by which temperature speeds up a gate"),
    file: string!("Channels.xml"),
    exposures: list![
        Exposure { name: text!("q10"), dimension: text!("none"), description: string!("The factor at the present temperature") },
    ],
    requirements: list![
        Requirement { name: text!("temperature"), dimension: text!("temperature"), description: string!("Temperature of the surroundings") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T16: ComponentType = ComponentType {
    name: text!("q10Fixed"),
    extends: Some(text!("baseQ10Settings")),
    description: string!("Factor on the rates that does not depend on the temperature given"),
    file: string!("Channels.xml"),
    parameters: list![
        Parameter { name: text!("fixedQ10"), dimension: text!("none"), description: string!("The factor") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("q10"), dimension: Some(text!("none")), exposure: Some(text!("q10")), source: Source::Value(text!("fixedQ10")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T17: ComponentType = ComponentType {
    name: text!("q10ExpTemp"),
    extends: Some(text!("baseQ10Settings")),
    description: string!("Factor on the rates that grows by Q10 for each ten degrees above that of the experiment"),
    file: string!("Channels.xml"),
    parameters: list![
        Parameter { name: text!("q10Factor"), dimension: text!("none"), description: string!("Change of speed per ten degrees") },
        Parameter { name: text!("experimentalTemp"), dimension: text!("temperature"), description: string!("Temperature at which the kinetics were measured") },
    ],
    constants: list![
        Constant { name: text!("TENDEGREES"), symbol: None, dimension: text!("temperature"), value: text!("10K"), description: string!("Temperature difference that Q10 refers to") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("q10"), dimension: Some(text!("none")), exposure: Some(text!("q10")), source: Source::Value(text!("q10Factor^((temperature - experimentalTemp)/TENDEGREES)")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T18: ComponentType = ComponentType {
    name: text!("baseConductanceScaling"),
    extends: None,
    description: string!("Factor by which the surroundings change a conductance"),
    file: string!("Channels.xml"),
    exposures: list![
        Exposure { name: text!("factor"), dimension: text!("none"), description: string!("The factor now") },
    ],
    requirements: list![
        Requirement { name: text!("temperature"), dimension: text!("temperature"), description: string!("Temperature of the surroundings") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T19: ComponentType = ComponentType {
    name: text!("q10ConductanceScaling"),
    extends: Some(text!("baseConductanceScaling")),
    description: string!("Factor on the conductance that grows by Q10 for each ten degrees above that of the experiment"),
    file: string!("Channels.xml"),
    parameters: list![
        Parameter { name: text!("q10Factor"), dimension: text!("none"), description: string!("Change of speed per ten degrees") },
        Parameter { name: text!("experimentalTemp"), dimension: text!("temperature"), description: string!("Temperature at which the kinetics were measured") },
    ],
    constants: list![
        Constant { name: text!("TENDEGREES"), symbol: None, dimension: text!("temperature"), value: text!("10K"), description: string!("Temperature difference that Q10 refers to") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("factor"), dimension: Some(text!("none")), exposure: Some(text!("factor")), source: Source::Value(text!("q10Factor^((temperature - experimentalTemp)/TENDEGREES)")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T20: ComponentType = ComponentType {
    name: text!("baseConductanceScalingCaDependent"),
    extends: Some(text!("baseConductanceScaling")),
    description: string!("Factor on the conductance that depends on the calcium concentration as well"),
    file: string!("Channels.xml"),
    requirements: list![
        Requirement { name: text!("caConc"), dimension: text!("concentration"), description: string!("Calcium concentration inside") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T21: ComponentType = ComponentType {
    name: text!("baseGate"),
    extends: None,
    description: string!("Part of a channel that opens and closes"),
    file: string!("Channels.xml"),
    parameters: list![
        Parameter { name: text!("instances"), dimension: text!("none"), description: string!("Number of equal gates in series; the open fraction is raised to this power") },
    ],
    children: list![
        Child { name: text!("notes"), ty: text!("notes"), many: false, substitute: None, description: string!("Remarks for human readers") },
    ],
    exposures: list![
        Exposure { name: text!("fcond"), dimension: text!("none"), description: string!("Fraction of the conductance that this gate lets pass, q to the power of instances") },
        Exposure { name: text!("q"), dimension: text!("none"), description: string!("Fraction that is open") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T22: ComponentType = ComponentType {
    name: text!("gate"),
    extends: Some(text!("baseGate")),
    description: string!("Gate of any kind; the element gate takes its kind from its type attribute"),
    file: string!("Channels.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T23: ComponentType = ComponentType {
    name: text!("gateHHrates"),
    extends: Some(text!("gate")),
    description: string!("Gate of Hodgkin and Huxley given by an opening and a closing rate"),
    file: string!("Channels.xml"),
    children: list![
        Child { name: text!("forwardRate"), ty: text!("baseVoltageDepRate"), many: false, substitute: None, description: string!("Opening rate as a function of voltage") },
        Child { name: text!("reverseRate"), ty: text!("baseVoltageDepRate"), many: false, substitute: None, description: string!("Closing rate as a function of voltage") },
        Child { name: text!("q10Settings"), ty: text!("baseQ10Settings"), many: true, substitute: None, description: string!("Corrections of the rates for temperature") },
    ],
    exposures: list![
        Exposure { name: text!("alpha"), dimension: text!("per_time"), description: string!("Opening rate at the present voltage") },
        Exposure { name: text!("beta"), dimension: text!("per_time"), description: string!("Closing rate at the present voltage") },
        Exposure { name: text!("tau"), dimension: text!("time"), description: string!("Time constant at the present voltage") },
        Exposure { name: text!("inf"), dimension: text!("none"), description: string!("Steady-state value at the present voltage") },
        Exposure { name: text!("rateScale"), dimension: text!("none"), description: string!("Factor on all rates from the temperature corrections") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("q"), dimension: text!("none"), exposure: Some(text!("q")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("rateScale"), dimension: Some(text!("none")), exposure: Some(text!("rateScale")), source: Source::Select(Select { path: text!("q10Settings[*]/q10"), reduce: Some(Reduce::Multiply), required: true }), description: string!("") },
            DerivedVariable { name: text!("alpha"), dimension: Some(text!("per_time")), exposure: Some(text!("alpha")), source: Source::Select(Select { path: text!("forwardRate/r"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("beta"), dimension: Some(text!("per_time")), exposure: Some(text!("beta")), source: Source::Select(Select { path: text!("reverseRate/r"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("fcond"), dimension: Some(text!("none")), exposure: Some(text!("fcond")), source: Source::Value(text!("q^instances")), description: string!("") },
            DerivedVariable { name: text!("inf"), dimension: Some(text!("none")), exposure: Some(text!("inf")), source: Source::Value(text!("alpha/(alpha+beta)")), description: string!("") },
            DerivedVariable { name: text!("tau"), dimension: Some(text!("time")), exposure: Some(text!("tau")), source: Source::Value(text!("1/((alpha+beta) * rateScale)")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("q"), value: text!("(inf - q) / tau") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("q"), value: text!("inf") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T24: ComponentType = ComponentType {
    name: text!("gateHHtauInf"),
    extends: Some(text!("gate")),
    description: string!("Gate of Hodgkin and Huxley given by a time constant and a steady state"),
    file: string!("Channels.xml"),
    children: list![
        Child { name: text!("timeCourse"), ty: text!("baseVoltageDepTime"), many: false, substitute: None, description: string!("Voltage dependence of the time constant") },
        Child { name: text!("steadyState"), ty: text!("baseVoltageDepVariable"), many: false, substitute: None, description: string!("Voltage dependence of the steady-state value") },
        Child { name: text!("q10Settings"), ty: text!("baseQ10Settings"), many: true, substitute: None, description: string!("Corrections of the rates for temperature") },
    ],
    exposures: list![
        Exposure { name: text!("tau"), dimension: text!("time"), description: string!("Time constant at the present voltage") },
        Exposure { name: text!("inf"), dimension: text!("none"), description: string!("Steady-state value at the present voltage") },
        Exposure { name: text!("rateScale"), dimension: text!("none"), description: string!("Factor on all rates from the temperature corrections") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("q"), dimension: text!("none"), exposure: Some(text!("q")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("rateScale"), dimension: Some(text!("none")), exposure: Some(text!("rateScale")), source: Source::Select(Select { path: text!("q10Settings[*]/q10"), reduce: Some(Reduce::Multiply), required: true }), description: string!("") },
            DerivedVariable { name: text!("fcond"), dimension: Some(text!("none")), exposure: Some(text!("fcond")), source: Source::Value(text!("q^instances")), description: string!("") },
            DerivedVariable { name: text!("inf"), dimension: Some(text!("none")), exposure: Some(text!("inf")), source: Source::Select(Select { path: text!("steadyState/x"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("tauUnscaled"), dimension: Some(text!("time")), exposure: None, source: Source::Select(Select { path: text!("timeCourse/t"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("tau"), dimension: Some(text!("time")), exposure: Some(text!("tau")), source: Source::Value(text!("tauUnscaled / rateScale")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("q"), value: text!("(inf - q) / tau") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("q"), value: text!("inf") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T25: ComponentType = ComponentType {
    name: text!("gateHHInstantaneous"),
    extends: Some(text!("gate")),
    description: string!("Gate that follows its steady state without delay"),
    file: string!("Channels.xml"),
    constants: list![
        Constant { name: text!("SEC"), symbol: None, dimension: text!("time"), value: text!("1 s"), description: string!("One second, to make equations in plain numbers dimensional") },
    ],
    children: list![
        Child { name: text!("steadyState"), ty: text!("baseVoltageDepVariable"), many: false, substitute: None, description: string!("Voltage dependence of the steady-state value") },
    ],
    exposures: list![
        Exposure { name: text!("tau"), dimension: text!("time"), description: string!("Zero: there is no delay") },
        Exposure { name: text!("inf"), dimension: text!("none"), description: string!("Steady-state value at the present voltage") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("inf"), dimension: Some(text!("none")), exposure: Some(text!("inf")), source: Source::Select(Select { path: text!("steadyState/x"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("tau"), dimension: Some(text!("time")), exposure: Some(text!("tau")), source: Source::Value(text!("0 * SEC")), description: string!("") },
            DerivedVariable { name: text!("q"), dimension: Some(text!("none")), exposure: Some(text!("q")), source: Source::Value(text!("inf")), description: string!("") },
            DerivedVariable { name: text!("fcond"), dimension: Some(text!("none")), exposure: Some(text!("fcond")), source: Source::Value(text!("q^instances")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T26: ComponentType = ComponentType {
    name: text!("gateHHratesTau"),
    extends: Some(text!("gate")),
    description: string!("Gate with a steady state from its rates and a time constant of its own"),
    file: string!("Channels.xml"),
    children: list![
        Child { name: text!("forwardRate"), ty: text!("baseVoltageDepRate"), many: false, substitute: None, description: string!("Opening rate as a function of voltage") },
        Child { name: text!("reverseRate"), ty: text!("baseVoltageDepRate"), many: false, substitute: None, description: string!("Closing rate as a function of voltage") },
        Child { name: text!("timeCourse"), ty: text!("baseVoltageDepTime"), many: false, substitute: None, description: string!("Voltage dependence of the time constant") },
        Child { name: text!("q10Settings"), ty: text!("baseQ10Settings"), many: true, substitute: None, description: string!("Corrections of the rates for temperature") },
    ],
    exposures: list![
        Exposure { name: text!("alpha"), dimension: text!("per_time"), description: string!("Opening rate at the present voltage") },
        Exposure { name: text!("beta"), dimension: text!("per_time"), description: string!("Closing rate at the present voltage") },
        Exposure { name: text!("tau"), dimension: text!("time"), description: string!("Time constant at the present voltage") },
        Exposure { name: text!("inf"), dimension: text!("none"), description: string!("Steady-state value at the present voltage") },
        Exposure { name: text!("rateScale"), dimension: text!("none"), description: string!("Factor on all rates from the temperature corrections") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("q"), dimension: text!("none"), exposure: Some(text!("q")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("rateScale"), dimension: Some(text!("none")), exposure: Some(text!("rateScale")), source: Source::Select(Select { path: text!("q10Settings[*]/q10"), reduce: Some(Reduce::Multiply), required: true }), description: string!("") },
            DerivedVariable { name: text!("alpha"), dimension: Some(text!("per_time")), exposure: Some(text!("alpha")), source: Source::Select(Select { path: text!("forwardRate/r"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("beta"), dimension: Some(text!("per_time")), exposure: Some(text!("beta")), source: Source::Select(Select { path: text!("reverseRate/r"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("fcond"), dimension: Some(text!("none")), exposure: Some(text!("fcond")), source: Source::Value(text!("q^instances")), description: string!("") },
            DerivedVariable { name: text!("inf"), dimension: Some(text!("none")), exposure: Some(text!("inf")), source: Source::Value(text!("alpha/(alpha+beta)")), description: string!("") },
            DerivedVariable { name: text!("tauUnscaled"), dimension: Some(text!("time")), exposure: None, source: Source::Select(Select { path: text!("timeCourse/t"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("tau"), dimension: Some(text!("time")), exposure: Some(text!("tau")), source: Source::Value(text!("tauUnscaled / rateScale")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("q"), value: text!("(inf - q) / tau") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("q"), value: text!("inf") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T27: ComponentType = ComponentType {
    name: text!("gateHHratesInf"),
    extends: Some(text!("gate")),
    description: string!("Gate with a time constant from its rates and a steady state of its own"),
    file: string!("Channels.xml"),
    children: list![
        Child { name: text!("forwardRate"), ty: text!("baseVoltageDepRate"), many: false, substitute: None, description: string!("Opening rate as a function of voltage") },
        Child { name: text!("reverseRate"), ty: text!("baseVoltageDepRate"), many: false, substitute: None, description: string!("Closing rate as a function of voltage") },
        Child { name: text!("steadyState"), ty: text!("baseVoltageDepVariable"), many: false, substitute: None, description: string!("Voltage dependence of the steady-state value") },
        Child { name: text!("q10Settings"), ty: text!("baseQ10Settings"), many: true, substitute: None, description: string!("Corrections of the rates for temperature") },
    ],
    exposures: list![
        Exposure { name: text!("alpha"), dimension: text!("per_time"), description: string!("Opening rate at the present voltage") },
        Exposure { name: text!("beta"), dimension: text!("per_time"), description: string!("Closing rate at the present voltage") },
        Exposure { name: text!("tau"), dimension: text!("time"), description: string!("Time constant at the present voltage") },
        Exposure { name: text!("inf"), dimension: text!("none"), description: string!("Steady-state value at the present voltage") },
        Exposure { name: text!("rateScale"), dimension: text!("none"), description: string!("Factor on all rates from the temperature corrections") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("q"), dimension: text!("none"), exposure: Some(text!("q")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("rateScale"), dimension: Some(text!("none")), exposure: Some(text!("rateScale")), source: Source::Select(Select { path: text!("q10Settings[*]/q10"), reduce: Some(Reduce::Multiply), required: true }), description: string!("") },
            DerivedVariable { name: text!("alpha"), dimension: Some(text!("per_time")), exposure: Some(text!("alpha")), source: Source::Select(Select { path: text!("forwardRate/r"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("beta"), dimension: Some(text!("per_time")), exposure: Some(text!("beta")), source: Source::Select(Select { path: text!("reverseRate/r"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("fcond"), dimension: Some(text!("none")), exposure: Some(text!("fcond")), source: Source::Value(text!("q^instances")), description: string!("") },
            DerivedVariable { name: text!("inf"), dimension: Some(text!("none")), exposure: Some(text!("inf")), source: Source::Select(Select { path: text!("steadyState/x"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("tau"), dimension: Some(text!("time")), exposure: Some(text!("tau")), source: Source::Value(text!("1/((alpha+beta) * rateScale)")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("q"), value: text!("(inf - q) / tau") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("q"), value: text!("inf") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T28: ComponentType = ComponentType {
    name: text!("gateHHratesTauInf"),
    extends: Some(text!("gate")),
    description: string!("Gate whose time constant and steady state are given and may refer to its rates"),
    file: string!("Channels.xml"),
    children: list![
        Child { name: text!("forwardRate"), ty: text!("baseVoltageDepRate"), many: false, substitute: None, description: string!("Opening rate as a function of voltage") },
        Child { name: text!("reverseRate"), ty: text!("baseVoltageDepRate"), many: false, substitute: None, description: string!("Closing rate as a function of voltage") },
        Child { name: text!("timeCourse"), ty: text!("baseVoltageDepTime"), many: false, substitute: None, description: string!("Voltage dependence of the time constant") },
        Child { name: text!("steadyState"), ty: text!("baseVoltageDepVariable"), many: false, substitute: None, description: string!("Voltage dependence of the steady-state value") },
        Child { name: text!("q10Settings"), ty: text!("baseQ10Settings"), many: true, substitute: None, description: string!("Corrections of the rates for temperature") },
    ],
    exposures: list![
        Exposure { name: text!("alpha"), dimension: text!("per_time"), description: string!("Opening rate at the present voltage") },
        Exposure { name: text!("beta"), dimension: text!("per_time"), description: string!("Closing rate at the present voltage") },
        Exposure { name: text!("tau"), dimension: text!("time"), description: string!("Time constant at the present voltage") },
        Exposure { name: text!("inf"), dimension: text!("none"), description: string!("Steady-state value at the present voltage") },
        Exposure { name: text!("rateScale"), dimension: text!("none"), description: string!("Factor on all rates from the temperature corrections") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("q"), dimension: text!("none"), exposure: Some(text!("q")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("rateScale"), dimension: Some(text!("none")), exposure: Some(text!("rateScale")), source: Source::Select(Select { path: text!("q10Settings[*]/q10"), reduce: Some(Reduce::Multiply), required: true }), description: string!("") },
            DerivedVariable { name: text!("alpha"), dimension: Some(text!("per_time")), exposure: Some(text!("alpha")), source: Source::Select(Select { path: text!("forwardRate/r"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("beta"), dimension: Some(text!("per_time")), exposure: Some(text!("beta")), source: Source::Select(Select { path: text!("reverseRate/r"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("inf"), dimension: Some(text!("none")), exposure: Some(text!("inf")), source: Source::Select(Select { path: text!("steadyState/x"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("tauUnscaled"), dimension: Some(text!("time")), exposure: None, source: Source::Select(Select { path: text!("timeCourse/t"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("tau"), dimension: Some(text!("time")), exposure: Some(text!("tau")), source: Source::Value(text!("tauUnscaled / rateScale")), description: string!("") },
            DerivedVariable { name: text!("fcond"), dimension: Some(text!("none")), exposure: Some(text!("fcond")), source: Source::Value(text!("q^instances")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("q"), value: text!("(inf - q) / tau") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("q"), value: text!("inf") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T29: ComponentType = ComponentType {
    name: text!("gateFractional"),
    extends: Some(text!("gate")),
    description: string!("Gate made of parts, each with its share of the conductance"),
    file: string!("Channels.xml"),
    children: list![
        Child { name: text!("q10Settings"), ty: text!("baseQ10Settings"), many: true, substitute: None, description: string!("Corrections of the rates for temperature") },
        Child { name: text!("subGate"), ty: text!("subGate"), many: true, substitute: None, description: string!("The parts") },
    ],
    exposures: list![
        Exposure { name: text!("rateScale"), dimension: text!("none"), description: string!("Factor on all rates from the temperature corrections") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("q"), dimension: Some(text!("none")), exposure: Some(text!("q")), source: Source::Select(Select { path: text!("subGate[*]/qfrac"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("fcond"), dimension: Some(text!("none")), exposure: Some(text!("fcond")), source: Source::Value(text!("q^instances")), description: string!("") },
            DerivedVariable { name: text!("rateScale"), dimension: Some(text!("none")), exposure: Some(text!("rateScale")), source: Source::Select(Select { path: text!("q10Settings[*]/q10"), reduce: Some(Reduce::Multiply), required: true }), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T30: ComponentType = ComponentType {
    name: text!("subGate"),
    extends: None,
    description: string!("Part of a fractional gate, with its own time constant and steady state"),
    file: string!("Channels.xml"),
    parameters: list![
        Parameter { name: text!("fractionalConductance"), dimension: text!("none"), description: string!("Share of the conductance; the shares of a gate add up to 1") },
    ],
    children: list![
        Child { name: text!("notes"), ty: text!("notes"), many: false, substitute: None, description: string!("Remarks for human readers") },
        Child { name: text!("timeCourse"), ty: text!("baseVoltageDepTime"), many: false, substitute: None, description: string!("Voltage dependence of the time constant") },
        Child { name: text!("steadyState"), ty: text!("baseVoltageDepVariable"), many: false, substitute: None, description: string!("Voltage dependence of the steady-state value") },
    ],
    exposures: list![
        Exposure { name: text!("tau"), dimension: text!("time"), description: string!("Time constant at the present voltage") },
        Exposure { name: text!("inf"), dimension: text!("none"), description: string!("Steady-state value at the present voltage") },
        Exposure { name: text!("qfrac"), dimension: text!("none"), description: string!("Open fraction times share") },
        Exposure { name: text!("q"), dimension: text!("none"), description: string!("Open fraction") },
    ],
    requirements: list![
        Requirement { name: text!("rateScale"), dimension: text!("none"), description: string!("Factor on the rates, from the gate around it") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("q"), dimension: text!("none"), exposure: Some(text!("q")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("inf"), dimension: Some(text!("none")), exposure: Some(text!("inf")), source: Source::Select(Select { path: text!("steadyState/x"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("tauUnscaled"), dimension: Some(text!("time")), exposure: None, source: Source::Select(Select { path: text!("timeCourse/t"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("tau"), dimension: Some(text!("time")), exposure: Some(text!("tau")), source: Source::Value(text!("tauUnscaled / rateScale")), description: string!("") },
            DerivedVariable { name: text!("qfrac"), dimension: Some(text!("none")), exposure: Some(text!("qfrac")), source: Source::Value(text!("q * fractionalConductance")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("q"), value: text!("(inf - q) / tau") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("q"), value: text!("inf") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T31: ComponentType = ComponentType {
    name: text!("baseIonChannel"),
    extends: None,
    description: string!("Ion channel: a conductance that depends on voltage, and perhaps on concentrations"),
    file: string!("Channels.xml"),
    parameters: list![
        Parameter { name: text!("conductance"), dimension: text!("conductance"), description: string!("Conductance of one open channel") },
    ],
    children: list![
        Child { name: text!("notes"), ty: text!("notes"), many: false, substitute: None, description: string!("Remarks for human readers") },
        Child { name: text!("annotation"), ty: text!("annotation"), many: false, substitute: None, description: string!("Structured metadata about the model, in RDF") },
    ],
    exposures: list![
        Exposure { name: text!("g"), dimension: text!("conductance"), description: string!("Conductance of one channel now") },
        Exposure { name: text!("fopen"), dimension: text!("none"), description: string!("Open fraction now, 0 to 1") },
    ],
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("Membrane potential") },
    ],
    texts: list![
        NameOnly { name: text!("neuroLexId"), description: string!("Entry in the NeuroLex ontology") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T32: ComponentType = ComponentType {
    name: text!("ionChannelPassive"),
    extends: Some(text!("ionChannel")),
    description: string!("Ion channel that is always open, such as a leak"),
    file: string!("Channels.xml"),
    texts: list![
        NameOnly { name: text!("species"), description: string!("Ion that is carried") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("fopen"), dimension: Some(text!("none")), exposure: Some(text!("fopen")), source: Source::Value(text!("1")), description: string!("") },
            DerivedVariable { name: text!("g"), dimension: Some(text!("conductance")), exposure: Some(text!("g")), source: Source::Value(text!("conductance")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T33: ComponentType = ComponentType {
    name: text!("ionChannelHH"),
    extends: Some(text!("baseIonChannel")),
    description: string!("Ion channel with gates in the manner of Hodgkin and Huxley (1952)"),
    file: string!("Channels.xml"),
    children: list![
        Child { name: text!("conductanceScaling"), ty: text!("baseConductanceScaling"), many: true, substitute: None, description: string!("Corrections of the conductance for temperature") },
        Child { name: text!("gates"), ty: text!("gate"), many: true, substitute: None, description: string!("Gates in series, whose open fractions multiply") },
    ],
    texts: list![
        NameOnly { name: text!("species"), description: string!("Ion that is carried") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("conductanceScale"), dimension: Some(text!("none")), exposure: None, source: Source::Select(Select { path: text!("conductanceScaling[*]/factor"), reduce: Some(Reduce::Multiply), required: true }), description: string!("") },
            DerivedVariable { name: text!("fopen0"), dimension: Some(text!("none")), exposure: None, source: Source::Select(Select { path: text!("gates[*]/fcond"), reduce: Some(Reduce::Multiply), required: true }), description: string!("") },
            DerivedVariable { name: text!("fopen"), dimension: Some(text!("none")), exposure: Some(text!("fopen")), source: Source::Value(text!("conductanceScale * fopen0")), description: string!("") },
            DerivedVariable { name: text!("g"), dimension: Some(text!("conductance")), exposure: Some(text!("g")), source: Source::Value(text!("conductance * fopen")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T34: ComponentType = ComponentType {
    name: text!("ionChannel"),
    extends: Some(text!("ionChannelHH")),
    description: string!("The same as ionChannelHH, under a shorter name"),
    file: string!("Channels.xml"),
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("conductanceScale"), dimension: Some(text!("none")), exposure: None, source: Source::Select(Select { path: text!("conductanceScaling[*]/factor"), reduce: Some(Reduce::Multiply), required: true }), description: string!("") },
            DerivedVariable { name: text!("fopen0"), dimension: Some(text!("none")), exposure: None, source: Source::Select(Select { path: text!("gates[*]/fcond"), reduce: Some(Reduce::Multiply), required: true }), description: string!("") },
            DerivedVariable { name: text!("fopen"), dimension: Some(text!("none")), exposure: Some(text!("fopen")), source: Source::Value(text!("conductanceScale * fopen0")), description: string!("") },
            DerivedVariable { name: text!("g"), dimension: Some(text!("conductance")), exposure: Some(text!("g")), source: Source::Value(text!("conductance * fopen")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T35: ComponentType = ComponentType {
    name: text!("ionChannelVShift"),
    extends: Some(text!("ionChannel")),
    description: string!("Ion channel whose voltage dependence can be shifted where it is placed"),
    file: string!("Channels.xml"),
    parameters: list![
        Parameter { name: text!("vShift"), dimension: text!("voltage"), description: string!("Shift of the voltage dependence, for use in the rates") },
    ],
    texts: list![
        NameOnly { name: text!("species"), description: string!("Ion that is carried") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T36: ComponentType = ComponentType {
    name: text!("KSState"),
    extends: None,
    description: string!("State of a kinetic scheme"),
    file: string!("Channels.xml"),
    parameters: list![
        Parameter { name: text!("relativeConductance"), dimension: text!("none"), description: string!("Conductance in this state as a fraction of the channel's") },
    ],
    exposures: list![
        Exposure { name: text!("occupancy"), dimension: text!("none"), description: string!("Fraction of the channels in this state") },
        Exposure { name: text!("q"), dimension: text!("none"), description: string!("Occupancy times relative conductance") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("occupancy"), dimension: text!("none"), exposure: Some(text!("occupancy")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("q"), dimension: Some(text!("none")), exposure: Some(text!("q")), source: Source::Value(text!("relativeConductance * occupancy")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T37: ComponentType = ComponentType {
    name: text!("closedState"),
    extends: Some(text!("KSState")),
    description: string!("State of a kinetic scheme in which nothing flows"),
    file: string!("Channels.xml"),
    fixed: list![
        Fixed { parameter: text!("relativeConductance"), value: text!("0"), description: string!("Nothing flows") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T38: ComponentType = ComponentType {
    name: text!("openState"),
    extends: Some(text!("KSState")),
    description: string!("State of a kinetic scheme in which the channel conducts"),
    file: string!("Channels.xml"),
    fixed: list![
        Fixed { parameter: text!("relativeConductance"), value: text!("1"), description: string!("All flows") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T39: ComponentType = ComponentType {
    name: text!("ionChannelKS"),
    extends: Some(text!("baseIonChannel")),
    description: string!("Ion channel with gates that are kinetic schemes (Markov models)"),
    file: string!("Channels.xml"),
    children: list![
        Child { name: text!("conductanceScaling"), ty: text!("baseConductanceScaling"), many: true, substitute: None, description: string!("Corrections of the conductance for temperature") },
        Child { name: text!("gates"), ty: text!("gateKS"), many: true, substitute: None, description: string!("Gates in series, whose open fractions multiply") },
    ],
    texts: list![
        NameOnly { name: text!("species"), description: string!("Ion that is carried") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("fopen"), dimension: Some(text!("none")), exposure: Some(text!("fopen")), source: Source::Select(Select { path: text!("gates[*]/fcond"), reduce: Some(Reduce::Multiply), required: true }), description: string!("") },
            DerivedVariable { name: text!("g"), dimension: Some(text!("conductance")), exposure: Some(text!("g")), source: Source::Value(text!("fopen * conductance")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T40: ComponentType = ComponentType {
    name: text!("KSTransition"),
    extends: None,
    description: string!("Transition between two states of a kinetic scheme"),
    file: string!("Channels.xml"),
    links: list![
        Reference { name: text!("from"), ty: text!("KSState"), local: false, required: true, is_any: false, default_component: None, description: string!("State the channel leaves") },
        Reference { name: text!("to"), ty: text!("KSState"), local: false, required: true, is_any: false, default_component: None, description: string!("State the channel enters") },
    ],
    exposures: list![
        Exposure { name: text!("rf"), dimension: text!("per_time"), description: string!("Rate forward, from the first state to the second") },
        Exposure { name: text!("rr"), dimension: text!("per_time"), description: string!("Rate in reverse") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T41: ComponentType = ComponentType {
    name: text!("forwardTransition"),
    extends: Some(text!("KSTransition")),
    description: string!("One-way transition with a rate from the first state to the second"),
    file: string!("Channels.xml"),
    constants: list![
        Constant { name: text!("SEC"), symbol: None, dimension: text!("time"), value: text!("1s"), description: string!("One second, to make equations in plain numbers dimensional") },
    ],
    children: list![
        Child { name: text!("rate"), ty: text!("baseHHRate"), many: false, substitute: None, description: string!("Rate as a function of voltage") },
    ],
    links: list![
        Reference { name: text!("from"), ty: text!("KSState"), local: false, required: true, is_any: false, default_component: None, description: string!("State the channel leaves") },
        Reference { name: text!("to"), ty: text!("KSState"), local: false, required: true, is_any: false, default_component: None, description: string!("State the channel enters") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("rf0"), dimension: Some(text!("per_time")), exposure: None, source: Source::Select(Select { path: text!("rate/r"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("rf"), dimension: Some(text!("per_time")), exposure: Some(text!("rf")), source: Source::Value(text!("rf0")), description: string!("") },
            DerivedVariable { name: text!("rr"), dimension: Some(text!("per_time")), exposure: Some(text!("rr")), source: Source::Value(text!("0/SEC")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T42: ComponentType = ComponentType {
    name: text!("reverseTransition"),
    extends: Some(text!("KSTransition")),
    description: string!("One-way transition with a rate from the second state back to the first"),
    file: string!("Channels.xml"),
    constants: list![
        Constant { name: text!("SEC"), symbol: None, dimension: text!("time"), value: text!("1s"), description: string!("One second, to make equations in plain numbers dimensional") },
    ],
    children: list![
        Child { name: text!("rate"), ty: text!("baseHHRate"), many: false, substitute: None, description: string!("Rate as a function of voltage") },
    ],
    links: list![
        Reference { name: text!("from"), ty: text!("KSState"), local: false, required: true, is_any: false, default_component: None, description: string!("State the channel leaves") },
        Reference { name: text!("to"), ty: text!("KSState"), local: false, required: true, is_any: false, default_component: None, description: string!("State the channel enters") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("rr0"), dimension: Some(text!("per_time")), exposure: None, source: Source::Select(Select { path: text!("rate/r"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("rr"), dimension: Some(text!("per_time")), exposure: Some(text!("rr")), source: Source::Value(text!("rr0")), description: string!("") },
            DerivedVariable { name: text!("rf"), dimension: Some(text!("per_time")), exposure: Some(text!("rf")), source: Source::Value(text!("0/SEC")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T43: ComponentType = ComponentType {
    name: text!("vHalfTransition"),
    extends: Some(text!("KSTransition")),
    description: string!("Transition over an energy barrier, given by the voltage at which both directions are equally fast"),
    file: string!("Channels.xml"),
    parameters: list![
        Parameter { name: text!("vHalf"), dimension: text!("voltage"), description: string!("Voltage at which both rates are equal") },
        Parameter { name: text!("z"), dimension: text!("none"), description: string!("Charge that is moved, in elementary charges") },
        Parameter { name: text!("gamma"), dimension: text!("none"), description: string!("Position of the barrier in the field, 0 to 1") },
        Parameter { name: text!("tau"), dimension: text!("time"), description: string!("Reciprocal of both rates at vHalf, before tauMin is added") },
        Parameter { name: text!("tauMin"), dimension: text!("time"), description: string!("Shortest time of a transition, added to the reciprocal of each rate") },
    ],
    constants: list![
        Constant { name: text!("kte"), symbol: None, dimension: text!("voltage"), value: text!("25.3mV"), description: string!("Thermal voltage kT/e, at about 20 degrees Celsius") },
    ],
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("Membrane potential") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("rf0"), dimension: Some(text!("per_time")), exposure: None, source: Source::Value(text!("exp(z * gamma * (v - vHalf) / kte) / tau")), description: string!("") },
            DerivedVariable { name: text!("rr0"), dimension: Some(text!("per_time")), exposure: None, source: Source::Value(text!("exp(-z * (1 - gamma) * (v - vHalf) / kte) / tau")), description: string!("") },
            DerivedVariable { name: text!("rf"), dimension: Some(text!("per_time")), exposure: Some(text!("rf")), source: Source::Value(text!("1 / (1/rf0 + tauMin)")), description: string!("") },
            DerivedVariable { name: text!("rr"), dimension: Some(text!("per_time")), exposure: Some(text!("rr")), source: Source::Value(text!("1 / (1/rr0 + tauMin)")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T44: ComponentType = ComponentType {
    name: text!("tauInfTransition"),
    extends: Some(text!("KSTransition")),
    description: string!("Transition given by its time constant and steady state"),
    file: string!("Channels.xml"),
    children: list![
        Child { name: text!("timeCourse"), ty: text!("baseVoltageDepTime"), many: false, substitute: None, description: string!("Voltage dependence of the time constant") },
        Child { name: text!("steadyState"), ty: text!("baseVoltageDepVariable"), many: false, substitute: None, description: string!("Voltage dependence of the steady-state value") },
    ],
    links: list![
        Reference { name: text!("from"), ty: text!("KSState"), local: false, required: true, is_any: false, default_component: None, description: string!("State the channel leaves") },
        Reference { name: text!("to"), ty: text!("KSState"), local: false, required: true, is_any: false, default_component: None, description: string!("State the channel enters") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("tau"), dimension: Some(text!("time")), exposure: None, source: Source::Select(Select { path: text!("timeCourse/t"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("inf"), dimension: Some(text!("none")), exposure: None, source: Source::Select(Select { path: text!("steadyState/x"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("rf"), dimension: Some(text!("per_time")), exposure: Some(text!("rf")), source: Source::Value(text!("inf/tau")), description: string!("") },
            DerivedVariable { name: text!("rr"), dimension: Some(text!("per_time")), exposure: Some(text!("rr")), source: Source::Value(text!("(1-inf)/tau")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T45: ComponentType = ComponentType {
    name: text!("gateKS"),
    extends: Some(text!("baseGate")),
    description: string!("Gate that is a kinetic scheme: states, and transitions between them"),
    file: string!("Channels.xml"),
    children: list![
        Child { name: text!("states"), ty: text!("KSState"), many: true, substitute: None, description: string!("The states") },
        Child { name: text!("transitions"), ty: text!("KSTransition"), many: true, substitute: None, description: string!("The transitions between them") },
        Child { name: text!("q10Settings"), ty: text!("baseQ10Settings"), many: true, substitute: None, description: string!("Corrections of the rates for temperature") },
    ],
    exposures: list![
        Exposure { name: text!("rateScale"), dimension: text!("none"), description: string!("Factor on all rates from the temperature corrections") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("rateScale"), dimension: Some(text!("none")), exposure: Some(text!("rateScale")), source: Source::Select(Select { path: text!("q10Settings[*]/q10"), reduce: Some(Reduce::Multiply), required: true }), description: string!("") },
            DerivedVariable { name: text!("q"), dimension: Some(text!("none")), exposure: Some(text!("q")), source: Source::Select(Select { path: text!("states[*]/q"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("fcond"), dimension: Some(text!("none")), exposure: Some(text!("fcond")), source: Source::Value(text!("q^instances")), description: string!("") },
        ],
        kinetic_schemes: list![
            KineticScheme { name: text!("ks"), nodes: text!("states"), state_variable: text!("occupancy"), edges: text!("transitions"), edge_source: text!("from"), edge_target: text!("to"), forward_rate: text!("rf"), reverse_rate: text!("rr"), dependency: None, step: None, description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};
