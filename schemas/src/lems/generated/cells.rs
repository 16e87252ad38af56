// Written by `cargo xtask codegen` from schemas/lems; edit there.

use nml_lems::{Action, Attachments, Build, Case, Child, ChildInstance, ComponentType, ConditionalDerivedVariable, Constant, DerivedVariable, Direction, Dynamics, EventPort, Exposure, NameOnly, OnCondition, OnEntry, OnStart, Parameter, Reduce, Reference, Regime, Requirement, Select, Source, StateVariable, Structure, TimeDerivative};

pub(crate) const T0: ComponentType = ComponentType {
    name: text!("baseCell"),
    extends: Some(text!("baseStandalone")),
    description: string!("Any cell that can stand in a population"),
    file: string!("Cells.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T1: ComponentType = ComponentType {
    name: text!("baseSpikingCell"),
    extends: Some(text!("baseCell")),
    description: string!("Cell that sends spikes"),
    file: string!("Cells.xml"),
    event_ports: list![
        EventPort { name: text!("spike"), direction: Direction::Out, description: string!("A spike leaves") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T2: ComponentType = ComponentType {
    name: text!("baseCellMembPot"),
    extends: Some(text!("baseSpikingCell")),
    description: string!("Spiking cell with a membrane potential"),
    file: string!("Cells.xml"),
    exposures: list![
        Exposure { name: text!("v"), dimension: text!("voltage"), description: string!("Membrane potential") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T3: ComponentType = ComponentType {
    name: text!("baseCellMembPotDL"),
    extends: Some(text!("baseSpikingCell")),
    description: string!("Spiking cell whose membrane potential is a plain number"),
    file: string!("Cells.xml"),
    exposures: list![
        Exposure { name: text!("V"), dimension: text!("none"), description: string!("Membrane potential, as a plain number") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T4: ComponentType = ComponentType {
    name: text!("baseChannelPopulation"),
    extends: Some(text!("baseVoltageDepPointCurrent")),
    description: string!("Current through a number of channels of one kind on a point cell"),
    file: string!("Cells.xml"),
    component_references: list![
        Reference { name: text!("ionChannel"), ty: text!("baseIonChannel"), local: false, required: true, is_any: false, default_component: None, description: string!("Channel that carries the current") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T5: ComponentType = ComponentType {
    name: text!("channelPopulation"),
    extends: Some(text!("baseChannelPopulation")),
    description: string!("Channels of one kind with a fixed reversal potential"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("number"), dimension: text!("none"), description: string!("Number of channels") },
        Parameter { name: text!("erev"), dimension: text!("voltage"), description: string!("Reversal potential") },
    ],
    constants: list![
        Constant { name: text!("vShift"), symbol: None, dimension: text!("voltage"), value: text!("0mV"), description: string!("No shift, for channels that ask for one") },
    ],
    texts: list![
        NameOnly { name: text!("ion"), description: string!("Ion that is carried") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("channelg"), dimension: Some(text!("conductance")), exposure: None, source: Source::Select(Select { path: text!("ionChannel/g"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("geff"), dimension: Some(text!("conductance")), exposure: None, source: Source::Value(text!("channelg * number")), description: string!("") },
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("geff * (erev - v)")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("ionChannel")), component_type: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T6: ComponentType = ComponentType {
    name: text!("channelPopulationNernst"),
    extends: Some(text!("baseChannelPopulation")),
    description: string!("Channels of one kind with a reversal potential from the calcium concentrations (Nernst equation)"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("number"), dimension: text!("none"), description: string!("Number of channels") },
    ],
    constants: list![
        Constant { name: text!("R"), symbol: None, dimension: text!("idealGasConstantDims"), value: text!("8.3144621 J_per_K_per_mol"), description: string!("Molar gas constant") },
        Constant { name: text!("zCa"), symbol: None, dimension: text!("none"), value: text!("2"), description: string!("Charge number of the calcium ion") },
        Constant { name: text!("F"), symbol: None, dimension: text!("charge_per_mole"), value: text!("96485.3 C_per_mol"), description: string!("Faraday constant") },
        Constant { name: text!("vShift"), symbol: None, dimension: text!("voltage"), value: text!("0mV"), description: string!("No shift, for channels that ask for one") },
    ],
    exposures: list![
        Exposure { name: text!("erev"), dimension: text!("voltage"), description: string!("Reversal potential now") },
    ],
    requirements: list![
        Requirement { name: text!("temperature"), dimension: text!("temperature"), description: string!("Temperature of the surroundings") },
        Requirement { name: text!("caConc"), dimension: text!("concentration"), description: string!("Calcium concentration inside") },
        Requirement { name: text!("caConcExt"), dimension: text!("concentration"), description: string!("Calcium concentration outside") },
    ],
    texts: list![
        NameOnly { name: text!("ion"), description: string!("Ion that is carried") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("singleChannelConductance"), dimension: Some(text!("conductance")), exposure: None, source: Source::Select(Select { path: text!("ionChannel/g"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("totalConductance"), dimension: Some(text!("conductance")), exposure: None, source: Source::Value(text!("singleChannelConductance * number")), description: string!("") },
            DerivedVariable { name: text!("erev"), dimension: Some(text!("voltage")), exposure: Some(text!("erev")), source: Source::Value(text!("(R * temperature / (zCa * F)) * log(caConcExt / caConc)")), description: string!("") },
            DerivedVariable { name: text!("i"), dimension: Some(text!("current")), exposure: Some(text!("i")), source: Source::Value(text!("totalConductance * (erev - v)")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("ionChannel")), component_type: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T7: ComponentType = ComponentType {
    name: text!("baseChannelDensity"),
    extends: None,
    description: string!("Current through channels spread over the membrane"),
    file: string!("Cells.xml"),
    component_references: list![
        Reference { name: text!("ionChannel"), ty: text!("baseIonChannel"), local: false, required: true, is_any: false, default_component: None, description: string!("Channel that carries the current") },
    ],
    exposures: list![
        Exposure { name: text!("iDensity"), dimension: text!("currentDensity"), description: string!("Current per area now") },
    ],
    requirements: list![
        Requirement { name: text!("v"), dimension: text!("voltage"), description: string!("Membrane potential") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T8: ComponentType = ComponentType {
    name: text!("baseChannelDensityCond"),
    extends: Some(text!("baseChannelDensity")),
    description: string!("Current through spread channels, given by a conductance per area"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("condDensity"), dimension: text!("conductanceDensity"), description: string!("Conductance per area with all channels open") },
    ],
    exposures: list![
        Exposure { name: text!("gDensity"), dimension: text!("conductanceDensity"), description: string!("Conductance per area now") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T9: ComponentType = ComponentType {
    name: text!("variableParameter"),
    extends: None,
    description: string!("Parameter of a channel density that varies over a segment group"),
    file: string!("Cells.xml"),
    children: list![
        Child { name: text!("inhomogeneousValue"), ty: text!("inhomogeneousValue"), many: false, substitute: None, description: string!("How it varies") },
    ],
    texts: list![
        NameOnly { name: text!("parameter"), description: string!("The parameter that varies, condDensity or permeability") },
        NameOnly { name: text!("segmentGroup"), description: string!("Segments it applies to") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T10: ComponentType = ComponentType {
    name: text!("inhomogeneousValue"),
    extends: None,
    description: string!("Expression for a parameter that varies over the cell"),
    file: string!("Cells.xml"),
    texts: list![
        NameOnly { name: text!("inhomogeneousParameter"), description: string!("Where the variable of the expression is declared, in the segment group") },
        NameOnly { name: text!("value"), description: string!("The expression, in SI units") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T11: ComponentType = ComponentType {
    name: text!("channelDensityNonUniform"),
    extends: Some(text!("baseChannelDensity")),
    description: string!("Channels whose density varies over the cell, with a fixed reversal potential"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("erev"), dimension: text!("voltage"), description: string!("Reversal potential") },
    ],
    constants: list![
        Constant { name: text!("ZERO_CURR_DENS"), symbol: None, dimension: text!("currentDensity"), value: text!("0 A_per_m2"), description: string!("No current: a single compartment cannot show what varies along a cell") },
    ],
    children: list![
        Child { name: text!("variableParameter"), ty: text!("variableParameter"), many: false, substitute: None, description: string!("The parameter that varies over the cell, and how") },
    ],
    texts: list![
        NameOnly { name: text!("segmentGroup"), description: string!("Segments it applies to") },
        NameOnly { name: text!("ion"), description: string!("Ion that is carried") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("iDensity"), dimension: Some(text!("currentDensity")), exposure: Some(text!("iDensity")), source: Source::Value(text!("ZERO_CURR_DENS")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("ionChannel")), component_type: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T12: ComponentType = ComponentType {
    name: text!("channelDensityNonUniformNernst"),
    extends: Some(text!("baseChannelDensity")),
    description: string!("Channels whose density varies over the cell, with a reversal potential from the concentrations"),
    file: string!("Cells.xml"),
    constants: list![
        Constant { name: text!("ZERO_CURR_DENS"), symbol: None, dimension: text!("currentDensity"), value: text!("0 A_per_m2"), description: string!("No current: a single compartment cannot show what varies along a cell") },
    ],
    children: list![
        Child { name: text!("variableParameter"), ty: text!("variableParameter"), many: false, substitute: None, description: string!("The parameter that varies over the cell, and how") },
    ],
    texts: list![
        NameOnly { name: text!("segmentGroup"), description: string!("Segments it applies to") },
        NameOnly { name: text!("ion"), description: string!("Ion that is carried") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("iDensity"), dimension: Some(text!("currentDensity")), exposure: Some(text!("iDensity")), source: Source::Value(text!("ZERO_CURR_DENS")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("ionChannel")), component_type: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T13: ComponentType = ComponentType {
    name: text!("channelDensityNonUniformGHK"),
    extends: Some(text!("baseChannelDensity")),
    description: string!("Channels whose permeability varies over the cell, with the current of Goldman, Hodgkin and Katz"),
    file: string!("Cells.xml"),
    constants: list![
        Constant { name: text!("ZERO_CURR_DENS"), symbol: None, dimension: text!("currentDensity"), value: text!("0 A_per_m2"), description: string!("No current: a single compartment cannot show what varies along a cell") },
    ],
    children: list![
        Child { name: text!("variableParameter"), ty: text!("variableParameter"), many: false, substitute: None, description: string!("The parameter that varies over the cell, and how") },
    ],
    texts: list![
        NameOnly { name: text!("segmentGroup"), description: string!("Segments it applies to") },
        NameOnly { name: text!("ion"), description: string!("Ion that is carried") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("iDensity"), dimension: Some(text!("currentDensity")), exposure: Some(text!("iDensity")), source: Source::Value(text!("ZERO_CURR_DENS")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("ionChannel")), component_type: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T14: ComponentType = ComponentType {
    name: text!("channelDensity"),
    extends: Some(text!("baseChannelDensityCond")),
    description: string!("Channels spread evenly over a segment group, with a fixed reversal potential"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("erev"), dimension: text!("voltage"), description: string!("Reversal potential") },
    ],
    constants: list![
        Constant { name: text!("vShift"), symbol: None, dimension: text!("voltage"), value: text!("0mV"), description: string!("No shift, for channels that ask for one") },
    ],
    texts: list![
        NameOnly { name: text!("segmentGroup"), description: string!("Segments it applies to") },
        NameOnly { name: text!("ion"), description: string!("Ion that is carried") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("channelf"), dimension: Some(text!("none")), exposure: None, source: Source::Select(Select { path: text!("ionChannel/fopen"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("gDensity"), dimension: Some(text!("conductanceDensity")), exposure: Some(text!("gDensity")), source: Source::Value(text!("condDensity * channelf")), description: string!("") },
            DerivedVariable { name: text!("iDensity"), dimension: Some(text!("currentDensity")), exposure: Some(text!("iDensity")), source: Source::Value(text!("gDensity * (erev - v)")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("ionChannel")), component_type: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T15: ComponentType = ComponentType {
    name: text!("channelDensityVShift"),
    extends: Some(text!("channelDensity")),
    description: string!("Channels spread evenly, with their voltage dependence shifted"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("vShift"), dimension: text!("voltage"), description: string!("Shift of the voltage dependence") },
    ],
    texts: list![
        NameOnly { name: text!("segmentGroup"), description: string!("Segments it applies to") },
        NameOnly { name: text!("ion"), description: string!("Ion that is carried") },
    ],
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("ionChannel")), component_type: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T16: ComponentType = ComponentType {
    name: text!("channelDensityNernst"),
    extends: Some(text!("baseChannelDensityCond")),
    description: string!("Channels spread evenly, with a reversal potential from the calcium concentrations (Nernst equation)"),
    file: string!("Cells.xml"),
    constants: list![
        Constant { name: text!("R"), symbol: None, dimension: text!("idealGasConstantDims"), value: text!("8.3144621 J_per_K_per_mol"), description: string!("Molar gas constant") },
        Constant { name: text!("zCa"), symbol: None, dimension: text!("none"), value: text!("2"), description: string!("Charge number of the calcium ion") },
        Constant { name: text!("F"), symbol: None, dimension: text!("charge_per_mole"), value: text!("96485.3 C_per_mol"), description: string!("Faraday constant") },
    ],
    exposures: list![
        Exposure { name: text!("erev"), dimension: text!("voltage"), description: string!("Reversal potential now") },
    ],
    requirements: list![
        Requirement { name: text!("temperature"), dimension: text!("temperature"), description: string!("Temperature of the surroundings") },
        Requirement { name: text!("caConc"), dimension: text!("concentration"), description: string!("Calcium concentration inside") },
        Requirement { name: text!("caConcExt"), dimension: text!("concentration"), description: string!("Calcium concentration outside") },
    ],
    texts: list![
        NameOnly { name: text!("segmentGroup"), description: string!("Segments it applies to") },
        NameOnly { name: text!("ion"), description: string!("Ion that is carried") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("channelf"), dimension: Some(text!("none")), exposure: None, source: Source::Select(Select { path: text!("ionChannel/fopen"), reduce: None, required: true }), description: string!("") },
        ],
        conditional_derived_variables: list![
            ConditionalDerivedVariable { name: text!("gDensity"), dimension: Some(text!("conductanceDensity")), exposure: Some(text!("gDensity")), cases: list![
                Case { condition: Some(text!("caConcExt .gt. 0")), value: text!("condDensity * channelf") },
                Case { condition: Some(text!("caConcExt .leq. 0")), value: text!("0") },
            ], description: string!("") },
            ConditionalDerivedVariable { name: text!("erev"), dimension: Some(text!("voltage")), exposure: Some(text!("erev")), cases: list![
                Case { condition: Some(text!("caConcExt .gt. 0")), value: text!("(R * temperature / (zCa * F)) * log(caConcExt / caConc)") },
                Case { condition: Some(text!("caConcExt .leq. 0")), value: text!("0") },
            ], description: string!("") },
            ConditionalDerivedVariable { name: text!("iDensity"), dimension: Some(text!("currentDensity")), exposure: Some(text!("iDensity")), cases: list![
                Case { condition: Some(text!("caConcExt .gt. 0")), value: text!("gDensity * (erev - v)") },
                Case { condition: Some(text!("caConcExt .leq. 0")), value: text!("0") },
            ], description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("ionChannel")), component_type: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T17: ComponentType = ComponentType {
    name: text!("channelDensityNernstCa2"),
    extends: Some(text!("baseChannelDensityCond")),
    description: string!("As channelDensityNernst, with the concentrations of the second calcium pool"),
    file: string!("Cells.xml"),
    constants: list![
        Constant { name: text!("R"), symbol: None, dimension: text!("idealGasConstantDims"), value: text!("8.3144621 J_per_K_per_mol"), description: string!("Molar gas constant") },
        Constant { name: text!("zCa"), symbol: None, dimension: text!("none"), value: text!("2"), description: string!("Charge number of the calcium ion") },
        Constant { name: text!("F"), symbol: None, dimension: text!("charge_per_mole"), value: text!("96485.3 C_per_mol"), description: string!("Faraday constant") },
    ],
    exposures: list![
        Exposure { name: text!("erev"), dimension: text!("voltage"), description: string!("Reversal potential now") },
    ],
    requirements: list![
        Requirement { name: text!("temperature"), dimension: text!("temperature"), description: string!("Temperature of the surroundings") },
        Requirement { name: text!("caConc2"), dimension: text!("concentration"), description: string!("Calcium concentration inside, second pool") },
        Requirement { name: text!("caConcExt2"), dimension: text!("concentration"), description: string!("Calcium concentration outside, second pool") },
    ],
    texts: list![
        NameOnly { name: text!("segmentGroup"), description: string!("Segments it applies to") },
        NameOnly { name: text!("ion"), description: string!("Ion that is carried") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("channelf"), dimension: Some(text!("none")), exposure: None, source: Source::Select(Select { path: text!("ionChannel/fopen"), reduce: None, required: true }), description: string!("") },
        ],
        conditional_derived_variables: list![
            ConditionalDerivedVariable { name: text!("gDensity"), dimension: Some(text!("conductanceDensity")), exposure: Some(text!("gDensity")), cases: list![
                Case { condition: Some(text!("caConcExt2 .gt. 0")), value: text!("condDensity * channelf") },
                Case { condition: Some(text!("caConcExt2 .leq. 0")), value: text!("0") },
            ], description: string!("") },
            ConditionalDerivedVariable { name: text!("erev"), dimension: Some(text!("voltage")), exposure: Some(text!("erev")), cases: list![
                Case { condition: Some(text!("caConcExt2 .gt. 0")), value: text!("(R * temperature / (zCa * F)) * log(caConcExt2 / caConc2)") },
                Case { condition: Some(text!("caConcExt2 .leq. 0")), value: text!("0") },
            ], description: string!("") },
            ConditionalDerivedVariable { name: text!("iDensity"), dimension: Some(text!("currentDensity")), exposure: Some(text!("iDensity")), cases: list![
                Case { condition: Some(text!("caConcExt2 .gt. 0")), value: text!("gDensity * (erev - v)") },
                Case { condition: Some(text!("caConcExt2 .leq. 0")), value: text!("0") },
            ], description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("ionChannel")), component_type: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T18: ComponentType = ComponentType {
    name: text!("channelDensityGHK"),
    extends: Some(text!("baseChannelDensity")),
    description: string!("Calcium channels given by a permeability, with the current of Goldman, Hodgkin and Katz"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("permeability"), dimension: text!("permeability"), description: string!("Permeability of the membrane with all channels open") },
    ],
    constants: list![
        Constant { name: text!("R"), symbol: None, dimension: text!("idealGasConstantDims"), value: text!("8.3144621 J_per_K_per_mol"), description: string!("Molar gas constant") },
        Constant { name: text!("zCa"), symbol: None, dimension: text!("none"), value: text!("2"), description: string!("Charge number of the calcium ion") },
        Constant { name: text!("F"), symbol: None, dimension: text!("charge_per_mole"), value: text!("96485.3 C_per_mol"), description: string!("Faraday constant") },
    ],
    requirements: list![
        Requirement { name: text!("temperature"), dimension: text!("temperature"), description: string!("Temperature of the surroundings") },
        Requirement { name: text!("caConc"), dimension: text!("concentration"), description: string!("Calcium concentration inside") },
        Requirement { name: text!("caConcExt"), dimension: text!("concentration"), description: string!("Calcium concentration outside") },
    ],
    texts: list![
        NameOnly { name: text!("segmentGroup"), description: string!("Segments it applies to") },
        NameOnly { name: text!("ion"), description: string!("Ion that is carried") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("K"), dimension: Some(text!("per_voltage")), exposure: None, source: Source::Value(text!("(zCa * F) / (R * temperature)")), description: string!("") },
            DerivedVariable { name: text!("expKv"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("exp(-1 * K * v)")), description: string!("") },
            DerivedVariable { name: text!("channelf"), dimension: Some(text!("none")), exposure: None, source: Source::Select(Select { path: text!("ionChannel/fopen"), reduce: None, required: true }), description: string!("") },
        ],
        conditional_derived_variables: list![
            ConditionalDerivedVariable { name: text!("iDensity"), dimension: Some(text!("currentDensity")), exposure: Some(text!("iDensity")), cases: list![
                Case { condition: Some(text!("caConcExt .gt. 0")), value: text!("-1 * channelf * permeability * zCa * F * K * v * ( caConc - (caConcExt * expKv) ) / (1 - expKv)") },
                Case { condition: Some(text!("caConcExt .leq. 0")), value: text!("0") },
            ], description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("ionChannel")), component_type: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T19: ComponentType = ComponentType {
    name: text!("channelDensityGHK2"),
    extends: Some(text!("baseChannelDensityCond")),
    description: string!("Calcium channels given by a conductance density, with a current after Goldman, Hodgkin and Katz"),
    file: string!("Cells.xml"),
    constants: list![
        Constant { name: text!("VOLT_SCALE"), symbol: None, dimension: text!("voltage"), value: text!("1 mV"), description: string!("One millivolt, to make equations in plain numbers dimensional") },
        Constant { name: text!("CONC_SCALE"), symbol: None, dimension: text!("concentration"), value: text!("1 mM"), description: string!("One millimolar, to make equations in plain numbers dimensional") },
        Constant { name: text!("TEMP_SCALE"), symbol: None, dimension: text!("temperature"), value: text!("1 K"), description: string!("One kelvin, to make equations in plain numbers dimensional") },
    ],
    requirements: list![
        Requirement { name: text!("temperature"), dimension: text!("temperature"), description: string!("Temperature of the surroundings") },
        Requirement { name: text!("caConc"), dimension: text!("concentration"), description: string!("Calcium concentration inside") },
        Requirement { name: text!("caConcExt"), dimension: text!("concentration"), description: string!("Calcium concentration outside") },
    ],
    texts: list![
        NameOnly { name: text!("segmentGroup"), description: string!("Segments it applies to") },
        NameOnly { name: text!("ion"), description: string!("Ion that is carried") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("V"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("v / VOLT_SCALE")), description: string!("") },
            DerivedVariable { name: text!("ca_conc_i"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("caConc / CONC_SCALE")), description: string!("") },
            DerivedVariable { name: text!("ca_conc_ext"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("caConcExt / CONC_SCALE")), description: string!("") },
            DerivedVariable { name: text!("T"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("temperature / TEMP_SCALE")), description: string!("") },
            DerivedVariable { name: text!("channelf"), dimension: Some(text!("none")), exposure: None, source: Source::Select(Select { path: text!("ionChannel/fopen"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("gDensity"), dimension: Some(text!("conductanceDensity")), exposure: Some(text!("gDensity")), source: Source::Value(text!("condDensity * channelf")), description: string!("") },
            DerivedVariable { name: text!("tmp"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("(25 * T) / (293.15 * 2)")), description: string!("") },
        ],
        conditional_derived_variables: list![
            ConditionalDerivedVariable { name: text!("pOpen"), dimension: Some(text!("voltage")), exposure: None, cases: list![
                Case { condition: Some(text!("V/tmp .eq. 0.")), value: text!("tmp * 1e-3 * (1 - ((ca_conc_i/ca_conc_ext) * exp(V/tmp))) * (1 - (V/tmp)/2)") },
                Case { condition: Some(text!("V/tmp .neq. 0.")), value: text!("tmp * 1e-3 * (1 - ((ca_conc_i/ca_conc_ext) * exp(V/tmp))) * ((V/tmp) / (exp(V/tmp) - 1))") },
            ], description: string!("") },
            ConditionalDerivedVariable { name: text!("iDensity"), dimension: Some(text!("currentDensity")), exposure: Some(text!("iDensity")), cases: list![
                Case { condition: Some(text!("ca_conc_ext .gt. 0")), value: text!("gDensity * pOpen") },
                Case { condition: Some(text!("ca_conc_ext .leq. 0")), value: text!("0") },
            ], description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("ionChannel")), component_type: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T20: ComponentType = ComponentType {
    name: text!("pointCellCondBased"),
    extends: Some(text!("baseCellMembPotCap")),
    description: string!("Single compartment with groups of ion channels"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("v0"), dimension: text!("voltage"), description: string!("Membrane potential at the start") },
        Parameter { name: text!("thresh"), dimension: text!("voltage"), description: string!("Potential at which a spike is sent") },
    ],
    children: list![
        Child { name: text!("populations"), ty: text!("baseChannelPopulation"), many: true, substitute: None, description: string!("Groups of ion channels of one kind") },
    ],
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("basePointCurrent"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("spiking"), dimension: text!("none"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iChannels"), dimension: Some(text!("current")), exposure: None, source: Source::Select(Select { path: text!("populations[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: Some(text!("iSyn")), source: Source::Select(Select { path: text!("synapses[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("iMemb"), dimension: Some(text!("current")), exposure: Some(text!("iMemb")), source: Source::Value(text!("iChannels + iSyn")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("v"), value: text!("iMemb / C") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("v0") },
                Action::StateAssignment { variable: text!("spiking"), value: text!("0") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("v .gt. thresh .and. spiking .lt. 0.5"), actions: list![
                Action::StateAssignment { variable: text!("spiking"), value: text!("1") },
                Action::EventOut { port: text!("spike") },
            ] },
            OnCondition { test: text!("v .lt. thresh"), actions: list![
                Action::StateAssignment { variable: text!("spiking"), value: text!("0") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T21: ComponentType = ComponentType {
    name: text!("pointCellCondBasedCa"),
    extends: Some(text!("baseCellMembPotCap")),
    description: string!("Single compartment with groups of ion channels and calcium concentrations"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("v0"), dimension: text!("voltage"), description: string!("Membrane potential at the start") },
        Parameter { name: text!("thresh"), dimension: text!("voltage"), description: string!("Potential at which a spike is sent") },
    ],
    children: list![
        Child { name: text!("populations"), ty: text!("baseChannelPopulation"), many: true, substitute: None, description: string!("Groups of ion channels of one kind") },
        Child { name: text!("concentrationModels"), ty: text!("concentrationModel"), many: true, substitute: None, description: string!("How the concentrations change") },
    ],
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("basePointCurrent"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    exposures: list![
        Exposure { name: text!("iCa"), dimension: text!("current"), description: string!("Calcium current into the cell") },
        Exposure { name: text!("caConc"), dimension: text!("concentration"), description: string!("Calcium concentration inside") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("spiking"), dimension: text!("none"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iChannels"), dimension: Some(text!("current")), exposure: None, source: Source::Select(Select { path: text!("populations[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("iCa"), dimension: Some(text!("current")), exposure: Some(text!("iCa")), source: Source::Select(Select { path: text!("populations[ion='ca']/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("caConc"), dimension: Some(text!("concentration")), exposure: Some(text!("caConc")), source: Source::Select(Select { path: text!("concentrationModels[species='ca']/concentration"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: Some(text!("iSyn")), source: Source::Select(Select { path: text!("synapses[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("iMemb"), dimension: Some(text!("current")), exposure: Some(text!("iMemb")), source: Source::Value(text!("iChannels + iSyn")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("v"), value: text!("iMemb / C") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("v0") },
                Action::StateAssignment { variable: text!("spiking"), value: text!("0") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("v .gt. thresh .and. spiking .lt. 0.5"), actions: list![
                Action::StateAssignment { variable: text!("spiking"), value: text!("1") },
                Action::EventOut { port: text!("spike") },
            ] },
            OnCondition { test: text!("v .lt. thresh"), actions: list![
                Action::StateAssignment { variable: text!("spiking"), value: text!("0") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T22: ComponentType = ComponentType {
    name: text!("distal"),
    extends: Some(text!("point3DWithDiam")),
    description: string!("End of a segment further from the root"),
    file: string!("Cells.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T23: ComponentType = ComponentType {
    name: text!("proximal"),
    extends: Some(text!("point3DWithDiam")),
    description: string!("End of a segment nearer to the root"),
    file: string!("Cells.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T24: ComponentType = ComponentType {
    name: text!("parent"),
    extends: None,
    description: string!("Segment to which a segment is attached"),
    file: string!("Cells.xml"),
    texts: list![
        NameOnly { name: text!("segment"), description: string!("Identifier of that segment") },
        NameOnly { name: text!("fractionAlong"), description: string!("Place on that segment, 0 proximal to 1 distal") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T25: ComponentType = ComponentType {
    name: text!("segment"),
    extends: None,
    description: string!("Piece of a cell: a truncated cone between two points, or a sphere where they coincide"),
    file: string!("Cells.xml"),
    constants: list![
        Constant { name: text!("LEN"), symbol: None, dimension: text!("length"), value: text!("1m"), description: string!("One metre, to make equations in plain numbers dimensional") },
    ],
    children: list![
        Child { name: text!("parent"), ty: text!("parent"), many: false, substitute: None, description: string!("Segment it grows from; the root has none") },
        Child { name: text!("distal"), ty: text!("distal"), many: false, substitute: None, description: string!("Its far end") },
        Child { name: text!("proximal"), ty: text!("proximal"), many: false, substitute: None, description: string!("Its near end; where it is missing, the end of the parent") },
    ],
    exposures: list![
        Exposure { name: text!("surfaceArea"), dimension: text!("area"), description: string!("Membrane area") },
        Exposure { name: text!("radDist"), dimension: text!("length"), description: string!("Radius at the far end") },
        Exposure { name: text!("length"), dimension: text!("length"), description: string!("Distance between its ends") },
    ],
    texts: list![
        NameOnly { name: text!("name"), description: string!("Its name, for people") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("radDist"), dimension: Some(text!("length")), exposure: Some(text!("radDist")), source: Source::Select(Select { path: text!("distal/radius"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("dx"), dimension: Some(text!("length")), exposure: None, source: Source::Select(Select { path: text!("distal/xLength"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("dy"), dimension: Some(text!("length")), exposure: None, source: Source::Select(Select { path: text!("distal/yLength"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("dz"), dimension: Some(text!("length")), exposure: None, source: Source::Select(Select { path: text!("distal/zLength"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("px"), dimension: Some(text!("length")), exposure: None, source: Source::Select(Select { path: text!("proximal/xLength"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("py"), dimension: Some(text!("length")), exposure: None, source: Source::Select(Select { path: text!("proximal/yLength"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("pz"), dimension: Some(text!("length")), exposure: None, source: Source::Select(Select { path: text!("proximal/zLength"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("length"), dimension: Some(text!("length")), exposure: Some(text!("length")), source: Source::Value(text!("sqrt(((dx - px) * (dx - px) + (dy - py) * (dy - py) + (dz - pz) * (dz - pz))/(LEN * LEN)) * LEN")), description: string!("") },
        ],
        conditional_derived_variables: list![
            ConditionalDerivedVariable { name: text!("surfaceArea"), dimension: Some(text!("area")), exposure: Some(text!("surfaceArea")), cases: list![
                Case { condition: Some(text!("length .eq. 0 * LEN")), value: text!("4 * radDist * radDist * 3.14159265") },
                Case { condition: Some(text!("length .gt. 0 * LEN")), value: text!("2 * radDist * 3.14159265 * length") },
            ], description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T26: ComponentType = ComponentType {
    name: text!("segmentGroup"),
    extends: None,
    description: string!("Named set of segments, such as the dendrites"),
    file: string!("Cells.xml"),
    children: list![
        Child { name: text!("notes"), ty: text!("notes"), many: false, substitute: None, description: string!("Remarks for human readers") },
        Child { name: text!("annotation"), ty: text!("annotation"), many: false, substitute: None, description: string!("Structured metadata about the model, in RDF") },
        Child { name: text!("property"), ty: text!("property"), many: true, substitute: None, description: string!("Free tag and value attached to the element") },
        Child { name: text!("members"), ty: text!("member"), many: true, substitute: None, description: string!("Segments, one by one") },
        Child { name: text!("paths"), ty: text!("path"), many: true, substitute: None, description: string!("Segments on the way between two") },
        Child { name: text!("subTrees"), ty: text!("subTree"), many: true, substitute: None, description: string!("Segments beyond one") },
        Child { name: text!("includes"), ty: text!("include"), many: true, substitute: None, description: string!("Other groups that belong to it") },
        Child { name: text!("inhomogeneousParameter"), ty: text!("inhomogeneousParameter"), many: true, substitute: None, description: string!("Distances that parameters may depend on") },
    ],
    texts: list![
        NameOnly { name: text!("neuroLexId"), description: string!("Entry in the NeuroLex ontology, such as that of an unbranched section") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T27: ComponentType = ComponentType {
    name: text!("member"),
    extends: None,
    description: string!("One segment of a group"),
    file: string!("Cells.xml"),
    texts: list![
        NameOnly { name: text!("segment"), description: string!("Identifier of a segment") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T28: ComponentType = ComponentType {
    name: text!("from"),
    extends: None,
    description: string!("Segment at which a path or a tree begins"),
    file: string!("Cells.xml"),
    texts: list![
        NameOnly { name: text!("segment"), description: string!("Identifier of a segment") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T29: ComponentType = ComponentType {
    name: text!("to"),
    extends: None,
    description: string!("Segment at which a path ends"),
    file: string!("Cells.xml"),
    texts: list![
        NameOnly { name: text!("segment"), description: string!("Identifier of a segment") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T30: ComponentType = ComponentType {
    name: text!("include"),
    extends: None,
    description: string!("Another file, or another segment group, that belongs here"),
    file: string!("Cells.xml"),
    texts: list![
        NameOnly { name: text!("href"), description: string!("The file") },
        NameOnly { name: text!("segmentGroup"), description: string!("The segment group") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T31: ComponentType = ComponentType {
    name: text!("path"),
    extends: None,
    description: string!("All segments between two"),
    file: string!("Cells.xml"),
    children: list![
        Child { name: text!("from"), ty: text!("from"), many: false, substitute: None, description: string!("The first one") },
        Child { name: text!("to"), ty: text!("to"), many: false, substitute: None, description: string!("The last one") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T32: ComponentType = ComponentType {
    name: text!("subTree"),
    extends: None,
    description: string!("All segments from one outwards"),
    file: string!("Cells.xml"),
    children: list![
        Child { name: text!("from"), ty: text!("from"), many: false, substitute: None, description: string!("The first one") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T33: ComponentType = ComponentType {
    name: text!("inhomogeneousParameter"),
    extends: None,
    description: string!("Distance along a segment group, for parameters that vary"),
    file: string!("Cells.xml"),
    children: list![
        Child { name: text!("proximal"), ty: text!("proximalDetails"), many: false, substitute: None, description: string!("What counts as the near end") },
        Child { name: text!("distal"), ty: text!("distalDetails"), many: false, substitute: None, description: string!("What counts as the far end") },
    ],
    texts: list![
        NameOnly { name: text!("variable"), description: string!("Name of the distance in expressions") },
        NameOnly { name: text!("metric"), description: string!("How distance is measured, such as the path length from the root") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T34: ComponentType = ComponentType {
    name: text!("proximalDetails"),
    extends: None,
    description: string!("Near end of a varying parameter"),
    file: string!("Cells.xml"),
    texts: list![
        NameOnly { name: text!("translationStart"), description: string!("Distance there; distances are shifted so that they start with it") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T35: ComponentType = ComponentType {
    name: text!("distalDetails"),
    extends: None,
    description: string!("Far end of a varying parameter"),
    file: string!("Cells.xml"),
    texts: list![
        NameOnly { name: text!("normalizationEnd"), description: string!("Distance there; distances are scaled so that they end with it") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T36: ComponentType = ComponentType {
    name: text!("morphology"),
    extends: None,
    description: string!("Shape of a cell: its segments and how they are grouped"),
    file: string!("Cells.xml"),
    children: list![
        Child { name: text!("segments"), ty: text!("segment"), many: true, substitute: None, description: string!("The segments") },
        Child { name: text!("segmentGroups"), ty: text!("segmentGroup"), many: true, substitute: None, description: string!("Named sets of segments") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T37: ComponentType = ComponentType {
    name: text!("specificCapacitance"),
    extends: None,
    description: string!("Membrane capacitance per area of a segment group"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("value"), dimension: text!("specificCapacitance"), description: string!("Capacitance per area") },
    ],
    exposures: list![
        Exposure { name: text!("specCap"), dimension: text!("specificCapacitance"), description: string!("Capacitance per area") },
    ],
    texts: list![
        NameOnly { name: text!("segmentGroup"), description: string!("Segments it applies to") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("specCap"), dimension: Some(text!("specificCapacitance")), exposure: Some(text!("specCap")), source: Source::Value(text!("value")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T38: ComponentType = ComponentType {
    name: text!("initMembPotential"),
    extends: None,
    description: string!("Membrane potential at the start"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("value"), dimension: text!("voltage"), description: string!("The potential") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T39: ComponentType = ComponentType {
    name: text!("spikeThresh"),
    extends: None,
    description: string!("Potential whose upward crossing counts as a spike"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("value"), dimension: text!("voltage"), description: string!("The potential") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T40: ComponentType = ComponentType {
    name: text!("membraneProperties"),
    extends: None,
    description: string!("What is in the membrane: channels, capacitance, potential at the start"),
    file: string!("Cells.xml"),
    children: list![
        Child { name: text!("initMembPotential"), ty: text!("initMembPotential"), many: false, substitute: None, description: string!("Membrane potential at the start") },
        Child { name: text!("spikeThresh"), ty: text!("spikeThresh"), many: false, substitute: None, description: string!("Potential whose upward crossing counts as a spike") },
        Child { name: text!("specificCapacitances"), ty: text!("specificCapacitance"), many: true, substitute: None, description: string!("Membrane capacitances per area, by segment group") },
        Child { name: text!("populations"), ty: text!("baseChannelPopulation"), many: true, substitute: None, description: string!("Groups of ion channels of one kind") },
        Child { name: text!("channelDensities"), ty: text!("baseChannelDensity"), many: true, substitute: None, description: string!("Ion channels spread over the membrane") },
    ],
    exposures: list![
        Exposure { name: text!("totChanCurrent"), dimension: text!("current"), description: string!("Current through all channels") },
        Exposure { name: text!("iCa"), dimension: text!("current"), description: string!("Calcium current into the cell") },
        Exposure { name: text!("totSpecCap"), dimension: text!("specificCapacitance"), description: string!("Membrane capacitance per area") },
    ],
    requirements: list![
        Requirement { name: text!("surfaceArea"), dimension: text!("area"), description: string!("Membrane area") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("totSpecCap"), dimension: Some(text!("specificCapacitance")), exposure: Some(text!("totSpecCap")), source: Source::Select(Select { path: text!("specificCapacitances[*]/specCap"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("totChanPopCurrent"), dimension: Some(text!("current")), exposure: None, source: Source::Select(Select { path: text!("populations[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("totChanDensCurrentDensity"), dimension: Some(text!("currentDensity")), exposure: None, source: Source::Select(Select { path: text!("channelDensities[*]/iDensity"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("totChanCurrent"), dimension: Some(text!("current")), exposure: Some(text!("totChanCurrent")), source: Source::Value(text!("totChanPopCurrent + (totChanDensCurrentDensity * surfaceArea)")), description: string!("") },
            DerivedVariable { name: text!("totChanPopCurrentCa"), dimension: Some(text!("current")), exposure: None, source: Source::Select(Select { path: text!("populations[ion='ca']/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("totChanDensCurrentDensityCa"), dimension: Some(text!("currentDensity")), exposure: None, source: Source::Select(Select { path: text!("channelDensities[ion='ca']/iDensity"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("iCa"), dimension: Some(text!("current")), exposure: Some(text!("iCa")), source: Source::Value(text!("totChanPopCurrentCa + (totChanDensCurrentDensityCa * surfaceArea)")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T41: ComponentType = ComponentType {
    name: text!("membraneProperties2CaPools"),
    extends: Some(text!("membraneProperties")),
    description: string!("What is in the membrane of a cell with two calcium pools"),
    file: string!("Cells.xml"),
    children: list![
        Child { name: text!("initMembPotential"), ty: text!("initMembPotential"), many: false, substitute: None, description: string!("Membrane potential at the start") },
        Child { name: text!("spikeThresh"), ty: text!("spikeThresh"), many: false, substitute: None, description: string!("Potential whose upward crossing counts as a spike") },
        Child { name: text!("specificCapacitances"), ty: text!("specificCapacitance"), many: true, substitute: None, description: string!("Membrane capacitances per area, by segment group") },
        Child { name: text!("populations"), ty: text!("baseChannelPopulation"), many: true, substitute: None, description: string!("Groups of ion channels of one kind") },
        Child { name: text!("channelDensities"), ty: text!("baseChannelDensity"), many: true, substitute: None, description: string!("Ion channels spread over the membrane") },
    ],
    exposures: list![
        Exposure { name: text!("totChanCurrent"), dimension: text!("current"), description: string!("Current through all channels") },
        Exposure { name: text!("iCa"), dimension: text!("current"), description: string!("Calcium current into the cell") },
        Exposure { name: text!("iCa2"), dimension: text!("current"), description: string!("Calcium current of the second calcium pool") },
        Exposure { name: text!("totSpecCap"), dimension: text!("specificCapacitance"), description: string!("Membrane capacitance per area") },
    ],
    requirements: list![
        Requirement { name: text!("surfaceArea"), dimension: text!("area"), description: string!("Membrane area") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("totSpecCap"), dimension: Some(text!("specificCapacitance")), exposure: Some(text!("totSpecCap")), source: Source::Select(Select { path: text!("specificCapacitances[*]/specCap"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("totChanPopCurrent"), dimension: Some(text!("current")), exposure: None, source: Source::Select(Select { path: text!("populations[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("totChanDensCurrentDensity"), dimension: Some(text!("currentDensity")), exposure: None, source: Source::Select(Select { path: text!("channelDensities[*]/iDensity"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("totChanCurrent"), dimension: Some(text!("current")), exposure: Some(text!("totChanCurrent")), source: Source::Value(text!("totChanPopCurrent + (totChanDensCurrentDensity * surfaceArea)")), description: string!("") },
            DerivedVariable { name: text!("totChanPopCurrentCa"), dimension: Some(text!("current")), exposure: None, source: Source::Select(Select { path: text!("populations[ion='ca']/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("totChanDensCurrentDensityCa"), dimension: Some(text!("currentDensity")), exposure: None, source: Source::Select(Select { path: text!("channelDensities[ion='ca']/iDensity"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("iCa"), dimension: Some(text!("current")), exposure: Some(text!("iCa")), source: Source::Value(text!("totChanPopCurrentCa + (totChanDensCurrentDensityCa * surfaceArea)")), description: string!("") },
            DerivedVariable { name: text!("totChanPopCurrentCa2"), dimension: Some(text!("current")), exposure: None, source: Source::Select(Select { path: text!("populations[ion='ca2']/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("totChanDensCurrentDensityCa2"), dimension: Some(text!("currentDensity")), exposure: None, source: Source::Select(Select { path: text!("channelDensities[ion='ca2']/iDensity"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("iCa2"), dimension: Some(text!("current")), exposure: Some(text!("iCa2")), source: Source::Value(text!("totChanPopCurrentCa2 + (totChanDensCurrentDensityCa2 * surfaceArea)")), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T42: ComponentType = ComponentType {
    name: text!("biophysicalProperties"),
    extends: None,
    description: string!("Electrical properties of a cell: its membrane and its inside"),
    file: string!("Cells.xml"),
    children: list![
        Child { name: text!("membraneProperties"), ty: text!("membraneProperties"), many: false, substitute: None, description: string!("What is in the membrane") },
        Child { name: text!("intracellularProperties"), ty: text!("intracellularProperties"), many: false, substitute: None, description: string!("What is inside") },
    ],
    exposures: list![
        Exposure { name: text!("totSpecCap"), dimension: text!("specificCapacitance"), description: string!("Membrane capacitance per area") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("totSpecCap"), dimension: Some(text!("specificCapacitance")), exposure: Some(text!("totSpecCap")), source: Source::Select(Select { path: text!("membraneProperties/totSpecCap"), reduce: None, required: true }), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T43: ComponentType = ComponentType {
    name: text!("biophysicalProperties2CaPools"),
    extends: None,
    description: string!("Electrical properties of a cell with two calcium pools"),
    file: string!("Cells.xml"),
    children: list![
        Child { name: text!("membraneProperties2CaPools"), ty: text!("membraneProperties2CaPools"), many: false, substitute: None, description: string!("What is in the membrane") },
        Child { name: text!("intracellularProperties2CaPools"), ty: text!("intracellularProperties2CaPools"), many: false, substitute: None, description: string!("What is inside") },
    ],
    exposures: list![
        Exposure { name: text!("totSpecCap"), dimension: text!("specificCapacitance"), description: string!("Membrane capacitance per area") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("totSpecCap"), dimension: Some(text!("specificCapacitance")), exposure: Some(text!("totSpecCap")), source: Source::Select(Select { path: text!("membraneProperties2CaPools/totSpecCap"), reduce: None, required: true }), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T44: ComponentType = ComponentType {
    name: text!("intracellularProperties"),
    extends: None,
    description: string!("Inside of a cell: resistivity and ion concentrations"),
    file: string!("Cells.xml"),
    children: list![
        Child { name: text!("resistivity"), ty: text!("resistivity"), many: true, substitute: None, description: string!("Resistivities of the cytoplasm, by segment group") },
        Child { name: text!("speciesList"), ty: text!("species"), many: true, substitute: None, description: string!("Ion species whose concentrations matter") },
    ],
    exposures: list![
        Exposure { name: text!("caConc"), dimension: text!("concentration"), description: string!("Calcium concentration inside") },
        Exposure { name: text!("caConcExt"), dimension: text!("concentration"), description: string!("Calcium concentration outside") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("caConc"), dimension: Some(text!("concentration")), exposure: Some(text!("caConc")), source: Source::Select(Select { path: text!("speciesList[ion='ca']/concentration"), reduce: Some(Reduce::Add), required: false }), description: string!("") },
            DerivedVariable { name: text!("caConcExt"), dimension: Some(text!("concentration")), exposure: Some(text!("caConcExt")), source: Source::Select(Select { path: text!("speciesList[ion='ca']/extConcentration"), reduce: Some(Reduce::Add), required: false }), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T45: ComponentType = ComponentType {
    name: text!("intracellularProperties2CaPools"),
    extends: Some(text!("intracellularProperties")),
    description: string!("Inside of a cell with two calcium pools"),
    file: string!("Cells.xml"),
    children: list![
        Child { name: text!("speciesList"), ty: text!("species"), many: true, substitute: None, description: string!("Ion species whose concentrations matter") },
        Child { name: text!("resistivity"), ty: text!("resistivity"), many: true, substitute: None, description: string!("Resistivities of the cytoplasm, by segment group") },
    ],
    exposures: list![
        Exposure { name: text!("caConc2"), dimension: text!("concentration"), description: string!("Calcium concentration inside, second pool") },
        Exposure { name: text!("caConcExt2"), dimension: text!("concentration"), description: string!("Calcium concentration outside, second pool") },
        Exposure { name: text!("caConc"), dimension: text!("concentration"), description: string!("Calcium concentration inside") },
        Exposure { name: text!("caConcExt"), dimension: text!("concentration"), description: string!("Calcium concentration outside") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("caConc2"), dimension: Some(text!("concentration")), exposure: Some(text!("caConc2")), source: Source::Select(Select { path: text!("speciesList[ion='ca2']/concentration"), reduce: Some(Reduce::Add), required: false }), description: string!("") },
            DerivedVariable { name: text!("caConcExt2"), dimension: Some(text!("concentration")), exposure: Some(text!("caConcExt2")), source: Source::Select(Select { path: text!("speciesList[ion='ca2']/extConcentration"), reduce: Some(Reduce::Add), required: false }), description: string!("") },
            DerivedVariable { name: text!("caConc"), dimension: Some(text!("concentration")), exposure: Some(text!("caConc")), source: Source::Select(Select { path: text!("speciesList[ion='ca']/concentration"), reduce: Some(Reduce::Add), required: false }), description: string!("") },
            DerivedVariable { name: text!("caConcExt"), dimension: Some(text!("concentration")), exposure: Some(text!("caConcExt")), source: Source::Select(Select { path: text!("speciesList[ion='ca']/extConcentration"), reduce: Some(Reduce::Add), required: false }), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T46: ComponentType = ComponentType {
    name: text!("resistivity"),
    extends: None,
    description: string!("Resistivity of the cytoplasm in a segment group, the axial resistance"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("value"), dimension: text!("resistivity"), description: string!("Resistivity") },
    ],
    texts: list![
        NameOnly { name: text!("segmentGroup"), description: string!("Segments it applies to") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T47: ComponentType = ComponentType {
    name: text!("concentrationModel"),
    extends: None,
    description: string!("How the concentration of an ion changes with the current it carries"),
    file: string!("Cells.xml"),
    exposures: list![
        Exposure { name: text!("concentration"), dimension: text!("concentration"), description: string!("Concentration just inside the membrane") },
        Exposure { name: text!("extConcentration"), dimension: text!("concentration"), description: string!("Concentration just outside the membrane") },
    ],
    requirements: list![
        Requirement { name: text!("surfaceArea"), dimension: text!("area"), description: string!("Membrane area") },
        Requirement { name: text!("initialConcentration"), dimension: text!("concentration"), description: string!("Concentration inside at the start") },
        Requirement { name: text!("initialExtConcentration"), dimension: text!("concentration"), description: string!("Concentration outside at the start") },
    ],
    texts: list![
        NameOnly { name: text!("ion"), description: string!("Ion whose concentration it is") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("concentration"), dimension: text!("concentration"), exposure: Some(text!("concentration")), description: string!("") },
            StateVariable { name: text!("extConcentration"), dimension: text!("concentration"), exposure: Some(text!("extConcentration")), description: string!("") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("concentration"), value: text!("initialConcentration") },
                Action::StateAssignment { variable: text!("extConcentration"), value: text!("initialExtConcentration") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T48: ComponentType = ComponentType {
    name: text!("decayingPoolConcentrationModel"),
    extends: Some(text!("concentrationModel")),
    description: string!("Calcium in a shell below the membrane: filled by the current, emptied exponentially"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("restingConc"), dimension: text!("concentration"), description: string!("Concentration without any current") },
        Parameter { name: text!("decayConstant"), dimension: text!("time"), description: string!("Time constant of the return to rest") },
        Parameter { name: text!("shellThickness"), dimension: text!("length"), description: string!("Thickness of the shell") },
    ],
    constants: list![
        Constant { name: text!("Faraday"), symbol: None, dimension: text!("charge_per_mole"), value: text!("96485.3C_per_mol"), description: string!("Faraday constant") },
        Constant { name: text!("AREA_SCALE"), symbol: None, dimension: text!("area"), value: text!("1m2"), description: string!("One square metre, to make equations in plain numbers dimensional") },
        Constant { name: text!("LENGTH_SCALE"), symbol: None, dimension: text!("length"), value: text!("1m"), description: string!("One metre, to make equations in plain numbers dimensional") },
    ],
    requirements: list![
        Requirement { name: text!("iCa"), dimension: text!("current"), description: string!("Calcium current into the cell") },
    ],
    texts: list![
        NameOnly { name: text!("ion"), description: string!("Ion whose concentration it is") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("concentration"), dimension: text!("concentration"), exposure: Some(text!("concentration")), description: string!("") },
            StateVariable { name: text!("extConcentration"), dimension: text!("concentration"), exposure: Some(text!("extConcentration")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("effectiveRadius"), dimension: Some(text!("length")), exposure: None, source: Source::Value(text!("LENGTH_SCALE * sqrt(surfaceArea/(AREA_SCALE * (4 * 3.14159)))")), description: string!("") },
            DerivedVariable { name: text!("innerRadius"), dimension: Some(text!("length")), exposure: None, source: Source::Value(text!("effectiveRadius - shellThickness")), description: string!("") },
            DerivedVariable { name: text!("shellVolume"), dimension: Some(text!("volume")), exposure: None, source: Source::Value(text!("(4 * (effectiveRadius * effectiveRadius * effectiveRadius) * 3.14159 / 3) - (4 * (innerRadius * innerRadius * innerRadius) * 3.14159 / 3)")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("concentration"), value: text!("iCa / (2 * Faraday * shellVolume) - ((concentration - restingConc) / decayConstant)") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("concentration"), value: text!("initialConcentration") },
                Action::StateAssignment { variable: text!("extConcentration"), value: text!("initialExtConcentration") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("concentration .lt. 0"), actions: list![
                Action::StateAssignment { variable: text!("concentration"), value: text!("0") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T49: ComponentType = ComponentType {
    name: text!("fixedFactorConcentrationModel"),
    extends: Some(text!("concentrationModel")),
    description: string!("Calcium filled by the current density times a fixed factor, emptied exponentially"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("restingConc"), dimension: text!("concentration"), description: string!("Concentration without any current") },
        Parameter { name: text!("decayConstant"), dimension: text!("time"), description: string!("Time constant of the return to rest") },
        Parameter { name: text!("rho"), dimension: text!("rho_factor"), description: string!("Concentration gained per current density and time") },
    ],
    requirements: list![
        Requirement { name: text!("iCa"), dimension: text!("current"), description: string!("Calcium current into the cell") },
        Requirement { name: text!("surfaceArea"), dimension: text!("area"), description: string!("Membrane area") },
    ],
    texts: list![
        NameOnly { name: text!("ion"), description: string!("Ion whose concentration it is") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("concentration"), dimension: text!("concentration"), exposure: Some(text!("concentration")), description: string!("") },
            StateVariable { name: text!("extConcentration"), dimension: text!("concentration"), exposure: Some(text!("extConcentration")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("concentration"), value: text!("(iCa/surfaceArea) * rho - ((concentration - restingConc) / decayConstant)") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("concentration"), value: text!("initialConcentration") },
                Action::StateAssignment { variable: text!("extConcentration"), value: text!("initialExtConcentration") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("concentration .lt. 0"), actions: list![
                Action::StateAssignment { variable: text!("concentration"), value: text!("0") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T50: ComponentType = ComponentType {
    name: text!("fixedFactorConcentrationModelTraub"),
    extends: Some(text!("concentrationModel")),
    description: string!("As fixedFactorConcentrationModel, with the parameters of Traub and others (2003)"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("restingConc"), dimension: text!("concentration"), description: string!("Concentration without any current") },
        Parameter { name: text!("beta"), dimension: text!("per_time"), description: string!("Rate of the return to rest") },
        Parameter { name: text!("phi"), dimension: text!("rho_factor"), description: string!("Concentration gained per current density and time, scaled by 1e-9") },
    ],
    requirements: list![
        Requirement { name: text!("iCa"), dimension: text!("current"), description: string!("Calcium current into the cell") },
        Requirement { name: text!("surfaceArea"), dimension: text!("area"), description: string!("Membrane area") },
    ],
    texts: list![
        NameOnly { name: text!("species"), description: string!("Ion whose concentration it is") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("concentration"), dimension: text!("concentration"), exposure: Some(text!("concentration")), description: string!("") },
            StateVariable { name: text!("extConcentration"), dimension: text!("concentration"), exposure: Some(text!("extConcentration")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("concentration"), value: text!("(iCa/surfaceArea) * 1e-9 * phi - ((concentration - restingConc) * beta)") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("concentration"), value: text!("initialConcentration") },
                Action::StateAssignment { variable: text!("extConcentration"), value: text!("initialExtConcentration") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("concentration .lt. 0"), actions: list![
                Action::StateAssignment { variable: text!("concentration"), value: text!("0") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T51: ComponentType = ComponentType {
    name: text!("species"),
    extends: None,
    description: string!("Ion with its concentrations in a segment group"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("initialConcentration"), dimension: text!("concentration"), description: string!("Concentration inside at the start") },
        Parameter { name: text!("initialExtConcentration"), dimension: text!("concentration"), description: string!("Concentration outside at the start") },
    ],
    component_references: list![
        Reference { name: text!("concentrationModel"), ty: text!("concentrationModel"), local: false, required: true, is_any: false, default_component: None, description: string!("How its concentration changes") },
    ],
    exposures: list![
        Exposure { name: text!("concentration"), dimension: text!("concentration"), description: string!("Concentration just inside the membrane") },
        Exposure { name: text!("extConcentration"), dimension: text!("concentration"), description: string!("Concentration just outside the membrane") },
    ],
    texts: list![
        NameOnly { name: text!("ion"), description: string!("Name of the ion, ca for calcium") },
        NameOnly { name: text!("segmentGroup"), description: string!("Segments it applies to") },
    ],
    dynamics: Some(Dynamics {
        derived_variables: list![
            DerivedVariable { name: text!("concentration"), dimension: Some(text!("concentration")), exposure: Some(text!("concentration")), source: Source::Select(Select { path: text!("concentrationModel/concentration"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("extConcentration"), dimension: Some(text!("concentration")), exposure: Some(text!("extConcentration")), source: Source::Select(Select { path: text!("concentrationModel/extConcentration"), reduce: None, required: true }), description: string!("") },
        ],
        ..Dynamics::EMPTY
    }),
    structure: Some(Structure { span: None, items: list![
        Build::ChildInstance(ChildInstance { component: Some(text!("concentrationModel")), component_type: None, assigns: list![] }),
    ] }),
    ..ComponentType::EMPTY
};

pub(crate) const T52: ComponentType = ComponentType {
    name: text!("cell"),
    extends: Some(text!("baseCellMembPot")),
    description: string!("Cell with a morphology and biophysical properties"),
    file: string!("Cells.xml"),
    children: list![
        Child { name: text!("morphology"), ty: text!("morphology"), many: false, substitute: None, description: string!("Its shape") },
        Child { name: text!("biophysicalProperties"), ty: text!("biophysicalProperties"), many: false, substitute: None, description: string!("Its electrical properties") },
    ],
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("basePointCurrent"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    exposures: list![
        Exposure { name: text!("spiking"), dimension: text!("none"), description: string!("1 while the potential is above the threshold, else 0") },
        Exposure { name: text!("iChannels"), dimension: text!("current"), description: string!("Current through all channels") },
        Exposure { name: text!("iSyn"), dimension: text!("current"), description: string!("Sum of all synaptic and input currents") },
        Exposure { name: text!("totSpecCap"), dimension: text!("specificCapacitance"), description: string!("Membrane capacitance per area") },
        Exposure { name: text!("surfaceArea"), dimension: text!("area"), description: string!("Membrane area") },
        Exposure { name: text!("iCa"), dimension: text!("current"), description: string!("Calcium current into the cell") },
        Exposure { name: text!("caConc"), dimension: text!("concentration"), description: string!("Calcium concentration inside") },
        Exposure { name: text!("caConcExt"), dimension: text!("concentration"), description: string!("Calcium concentration outside") },
    ],
    texts: list![
        NameOnly { name: text!("neuroLexId"), description: string!("Entry in the NeuroLex ontology") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("spiking"), dimension: text!("none"), exposure: Some(text!("spiking")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("initMembPot"), dimension: Some(text!("voltage")), exposure: None, source: Source::Select(Select { path: text!("biophysicalProperties/membraneProperties/initMembPotential/value"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("thresh"), dimension: Some(text!("voltage")), exposure: None, source: Source::Select(Select { path: text!("biophysicalProperties/membraneProperties/spikeThresh/value"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("surfaceArea"), dimension: Some(text!("area")), exposure: Some(text!("surfaceArea")), source: Source::Select(Select { path: text!("morphology/segments[*]/surfaceArea"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("totSpecCap"), dimension: Some(text!("specificCapacitance")), exposure: Some(text!("totSpecCap")), source: Source::Select(Select { path: text!("biophysicalProperties/totSpecCap"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("totCap"), dimension: Some(text!("capacitance")), exposure: None, source: Source::Value(text!("totSpecCap * surfaceArea ")), description: string!("") },
            DerivedVariable { name: text!("iChannels"), dimension: Some(text!("current")), exposure: Some(text!("iChannels")), source: Source::Select(Select { path: text!("biophysicalProperties/membraneProperties/totChanCurrent"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: Some(text!("iSyn")), source: Source::Select(Select { path: text!("synapses[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("iCa"), dimension: Some(text!("current")), exposure: Some(text!("iCa")), source: Source::Select(Select { path: text!("biophysicalProperties/membraneProperties/iCa"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("caConc"), dimension: Some(text!("concentration")), exposure: Some(text!("caConc")), source: Source::Select(Select { path: text!("biophysicalProperties/intracellularProperties/caConc"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("caConcExt"), dimension: Some(text!("concentration")), exposure: Some(text!("caConcExt")), source: Source::Select(Select { path: text!("biophysicalProperties/intracellularProperties/caConcExt"), reduce: None, required: true }), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("v"), value: text!("(iChannels + iSyn) / totCap") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("spiking"), value: text!("0") },
                Action::StateAssignment { variable: text!("v"), value: text!("initMembPot") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("v .gt. thresh .and. spiking .lt. 0.5"), actions: list![
                Action::StateAssignment { variable: text!("spiking"), value: text!("1") },
                Action::EventOut { port: text!("spike") },
            ] },
            OnCondition { test: text!("v .lt. thresh"), actions: list![
                Action::StateAssignment { variable: text!("spiking"), value: text!("0") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T53: ComponentType = ComponentType {
    name: text!("cell2CaPools"),
    extends: Some(text!("cell")),
    description: string!("Cell with two calcium pools"),
    file: string!("Cells.xml"),
    children: list![
        Child { name: text!("biophysicalProperties2CaPools"), ty: text!("biophysicalProperties2CaPools"), many: false, substitute: None, description: string!("Its electrical properties") },
    ],
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("basePointCurrent"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    exposures: list![
        Exposure { name: text!("iCa2"), dimension: text!("current"), description: string!("Calcium current of the second calcium pool") },
        Exposure { name: text!("caConc2"), dimension: text!("concentration"), description: string!("Calcium concentration inside, second pool") },
        Exposure { name: text!("caConcExt2"), dimension: text!("concentration"), description: string!("Calcium concentration outside, second pool") },
    ],
    texts: list![
        NameOnly { name: text!("neuroLexId"), description: string!("Entry in the NeuroLex ontology") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("spiking"), dimension: text!("none"), exposure: Some(text!("spiking")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("initMembPot"), dimension: Some(text!("voltage")), exposure: None, source: Source::Select(Select { path: text!("biophysicalProperties2CaPools/membraneProperties2CaPools/initMembPotential/value"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("thresh"), dimension: Some(text!("voltage")), exposure: None, source: Source::Select(Select { path: text!("biophysicalProperties2CaPools/membraneProperties2CaPools/spikeThresh/value"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("surfaceArea"), dimension: Some(text!("area")), exposure: Some(text!("surfaceArea")), source: Source::Select(Select { path: text!("morphology/segments[*]/surfaceArea"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("totSpecCap"), dimension: Some(text!("specificCapacitance")), exposure: Some(text!("totSpecCap")), source: Source::Select(Select { path: text!("biophysicalProperties2CaPools/totSpecCap"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("totCap"), dimension: Some(text!("capacitance")), exposure: None, source: Source::Value(text!("totSpecCap * surfaceArea ")), description: string!("") },
            DerivedVariable { name: text!("iChannels"), dimension: Some(text!("current")), exposure: Some(text!("iChannels")), source: Source::Select(Select { path: text!("biophysicalProperties2CaPools/membraneProperties2CaPools/totChanCurrent"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: Some(text!("iSyn")), source: Source::Select(Select { path: text!("synapses[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("iCa"), dimension: Some(text!("current")), exposure: Some(text!("iCa")), source: Source::Select(Select { path: text!("biophysicalProperties2CaPools/membraneProperties2CaPools/iCa"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("caConc"), dimension: Some(text!("concentration")), exposure: Some(text!("caConc")), source: Source::Select(Select { path: text!("biophysicalProperties2CaPools/intracellularProperties2CaPools/caConc"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("caConcExt"), dimension: Some(text!("concentration")), exposure: Some(text!("caConcExt")), source: Source::Select(Select { path: text!("biophysicalProperties2CaPools/intracellularProperties2CaPools/caConcExt"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("iCa2"), dimension: Some(text!("current")), exposure: Some(text!("iCa2")), source: Source::Select(Select { path: text!("biophysicalProperties2CaPools/membraneProperties2CaPools/iCa2"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("caConc2"), dimension: Some(text!("concentration")), exposure: Some(text!("caConc2")), source: Source::Select(Select { path: text!("biophysicalProperties2CaPools/intracellularProperties2CaPools/caConc2"), reduce: None, required: true }), description: string!("") },
            DerivedVariable { name: text!("caConcExt2"), dimension: Some(text!("concentration")), exposure: Some(text!("caConcExt2")), source: Source::Select(Select { path: text!("biophysicalProperties2CaPools/intracellularProperties2CaPools/caConcExt2"), reduce: None, required: true }), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("v"), value: text!("(iChannels + iSyn) / totCap") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("spiking"), value: text!("0") },
                Action::StateAssignment { variable: text!("v"), value: text!("initMembPot") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("v .gt. thresh .and. spiking .lt. 0.5"), actions: list![
                Action::StateAssignment { variable: text!("spiking"), value: text!("1") },
                Action::EventOut { port: text!("spike") },
            ] },
            OnCondition { test: text!("v .lt. thresh"), actions: list![
                Action::StateAssignment { variable: text!("spiking"), value: text!("0") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T54: ComponentType = ComponentType {
    name: text!("baseCellMembPotCap"),
    extends: Some(text!("baseCellMembPot")),
    description: string!("Spiking cell with a membrane capacitance"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("C"), dimension: text!("capacitance"), description: string!("Membrane capacitance") },
    ],
    exposures: list![
        Exposure { name: text!("iSyn"), dimension: text!("current"), description: string!("Sum of all synaptic and input currents") },
        Exposure { name: text!("iMemb"), dimension: text!("current"), description: string!("Sum of all currents that charge the membrane") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T55: ComponentType = ComponentType {
    name: text!("baseIaf"),
    extends: Some(text!("baseCellMembPot")),
    description: string!("Integrate-and-fire cell: a threshold and a reset"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("thresh"), dimension: text!("voltage"), description: string!("Potential at which a spike is sent") },
        Parameter { name: text!("reset"), dimension: text!("voltage"), description: string!("Potential after a spike") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T56: ComponentType = ComponentType {
    name: text!("iafTauCell"),
    extends: Some(text!("baseIaf")),
    description: string!("Leaky integrate-and-fire cell given by its time constant, without inputs"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("leakReversal"), dimension: text!("voltage"), description: string!("Potential the leak pulls towards") },
        Parameter { name: text!("tau"), dimension: text!("time"), description: string!("Membrane time constant") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("v"), value: text!("(leakReversal - v) / tau") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("leakReversal") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("v .gt. thresh"), actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("reset") },
                Action::EventOut { port: text!("spike") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T57: ComponentType = ComponentType {
    name: text!("iafTauRefCell"),
    extends: Some(text!("iafTauCell")),
    description: string!("As iafTauCell, with a refractory period"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("refract"), dimension: text!("time"), description: string!("Time after a spike during which the potential stays put") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("lastSpikeTime"), dimension: text!("time"), exposure: None, description: string!("") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("leakReversal") },
            ] },
        ],
        regimes: list![
            Regime {
                name: text!("refractory"),
                initial: false,
                on_entry: list![
                    OnEntry { actions: list![
                        Action::StateAssignment { variable: text!("lastSpikeTime"), value: text!("t") },
                        Action::StateAssignment { variable: text!("v"), value: text!("reset") },
                    ] },
                ],
                on_condition: list![
                    OnCondition { test: text!("t .gt. lastSpikeTime + refract"), actions: list![
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
                    TimeDerivative { variable: text!("v"), value: text!("(leakReversal - v) / tau") },
                ],
                on_condition: list![
                    OnCondition { test: text!("v .gt. thresh"), actions: list![
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

pub(crate) const T58: ComponentType = ComponentType {
    name: text!("baseIafCapCell"),
    extends: Some(text!("baseCellMembPotCap")),
    description: string!("Integrate-and-fire cell with a capacitance"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("thresh"), dimension: text!("voltage"), description: string!("Potential at which a spike is sent") },
        Parameter { name: text!("reset"), dimension: text!("voltage"), description: string!("Potential after a spike") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T59: ComponentType = ComponentType {
    name: text!("iafCell"),
    extends: Some(text!("baseIafCapCell")),
    description: string!("Leaky integrate-and-fire cell given by capacitance and leak conductance"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("leakConductance"), dimension: text!("conductance"), description: string!("Conductance of the leak") },
        Parameter { name: text!("leakReversal"), dimension: text!("voltage"), description: string!("Potential the leak pulls towards") },
    ],
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("basePointCurrent"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: Some(text!("iSyn")), source: Source::Select(Select { path: text!("synapses[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("iMemb"), dimension: Some(text!("current")), exposure: Some(text!("iMemb")), source: Source::Value(text!("leakConductance * (leakReversal - v) + iSyn")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("v"), value: text!("iMemb / C") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("leakReversal") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("v .gt. thresh"), actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("reset") },
                Action::EventOut { port: text!("spike") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T60: ComponentType = ComponentType {
    name: text!("iafRefCell"),
    extends: Some(text!("iafCell")),
    description: string!("As iafCell, with a refractory period"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("refract"), dimension: text!("time"), description: string!("Time after a spike during which the potential stays put") },
    ],
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("basePointCurrent"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("lastSpikeTime"), dimension: text!("time"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: Some(text!("iSyn")), source: Source::Select(Select { path: text!("synapses[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("iMemb"), dimension: Some(text!("current")), exposure: Some(text!("iMemb")), source: Source::Value(text!("leakConductance * (leakReversal - v) + iSyn")), description: string!("") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("leakReversal") },
            ] },
        ],
        regimes: list![
            Regime {
                name: text!("refractory"),
                initial: false,
                on_entry: list![
                    OnEntry { actions: list![
                        Action::StateAssignment { variable: text!("lastSpikeTime"), value: text!("t") },
                        Action::StateAssignment { variable: text!("v"), value: text!("reset") },
                    ] },
                ],
                on_condition: list![
                    OnCondition { test: text!("t .gt. lastSpikeTime + refract"), actions: list![
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
                    TimeDerivative { variable: text!("v"), value: text!("iMemb / C") },
                ],
                on_condition: list![
                    OnCondition { test: text!("v .gt. thresh"), actions: list![
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

pub(crate) const T61: ComponentType = ComponentType {
    name: text!("izhikevichCell"),
    extends: Some(text!("baseCellMembPot")),
    description: string!("Simple spiking cell of Izhikevich (2003), in plain numbers: mV and ms"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("v0"), dimension: text!("voltage"), description: string!("Membrane potential at the start") },
        Parameter { name: text!("a"), dimension: text!("none"), description: string!("Speed of the recovery variable, per ms") },
        Parameter { name: text!("b"), dimension: text!("none"), description: string!("Sensitivity of recovery to the potential") },
        Parameter { name: text!("c"), dimension: text!("none"), description: string!("Potential after a spike, mV") },
        Parameter { name: text!("d"), dimension: text!("none"), description: string!("Jump of the recovery variable at a spike") },
        Parameter { name: text!("thresh"), dimension: text!("voltage"), description: string!("Potential at which a spike is sent") },
    ],
    constants: list![
        Constant { name: text!("MSEC"), symbol: None, dimension: text!("time"), value: text!("1ms"), description: string!("One millisecond, to make equations in plain numbers dimensional") },
        Constant { name: text!("MVOLT"), symbol: None, dimension: text!("voltage"), value: text!("1mV"), description: string!("One millivolt, to make equations in plain numbers dimensional") },
    ],
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("basePointCurrentDL"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    exposures: list![
        Exposure { name: text!("U"), dimension: text!("none"), description: string!("Recovery variable") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("U"), dimension: text!("none"), exposure: Some(text!("U")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("ISyn"), dimension: Some(text!("none")), exposure: None, source: Source::Select(Select { path: text!("synapses[*]/I"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("v"), value: text!("(0.04 * v^2 / MVOLT + 5 * v + (140.0 - U + ISyn) * MVOLT)/MSEC") },
            TimeDerivative { variable: text!("U"), value: text!("a * (b * v / MVOLT - U) / MSEC") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("v0") },
                Action::StateAssignment { variable: text!("U"), value: text!("v0 * b / MVOLT") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("v .gt. thresh"), actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("c * MVOLT") },
                Action::StateAssignment { variable: text!("U"), value: text!("U + d") },
                Action::EventOut { port: text!("spike") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T62: ComponentType = ComponentType {
    name: text!("izhikevich2007Cell"),
    extends: Some(text!("baseCellMembPotCap")),
    description: string!("Simple spiking cell of Izhikevich (2007), with units"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("v0"), dimension: text!("voltage"), description: string!("Membrane potential at the start") },
        Parameter { name: text!("k"), dimension: text!("conductance_per_voltage"), description: string!("Curvature of the current between rest and threshold") },
        Parameter { name: text!("vr"), dimension: text!("voltage"), description: string!("Resting potential") },
        Parameter { name: text!("vt"), dimension: text!("voltage"), description: string!("Potential at which spikes take off") },
        Parameter { name: text!("vpeak"), dimension: text!("voltage"), description: string!("Potential at which the spike is cut off and sent") },
        Parameter { name: text!("a"), dimension: text!("per_time"), description: string!("Speed of the recovery current") },
        Parameter { name: text!("b"), dimension: text!("conductance"), description: string!("Sensitivity of the recovery current to the potential") },
        Parameter { name: text!("c"), dimension: text!("voltage"), description: string!("Potential after a spike") },
        Parameter { name: text!("d"), dimension: text!("current"), description: string!("Jump of the recovery current at a spike") },
    ],
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("basePointCurrent"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    exposures: list![
        Exposure { name: text!("u"), dimension: text!("current"), description: string!("Recovery current") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("u"), dimension: text!("current"), exposure: Some(text!("u")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: Some(text!("iSyn")), source: Source::Select(Select { path: text!("synapses[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("iMemb"), dimension: Some(text!("current")), exposure: Some(text!("iMemb")), source: Source::Value(text!("k * (v-vr) * (v-vt) + iSyn - u")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("v"), value: text!("iMemb / C") },
            TimeDerivative { variable: text!("u"), value: text!("a * (b * (v-vr) - u)") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("v0") },
                Action::StateAssignment { variable: text!("u"), value: text!("0") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("v .gt. vpeak"), actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("c") },
                Action::StateAssignment { variable: text!("u"), value: text!("u + d") },
                Action::EventOut { port: text!("spike") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T63: ComponentType = ComponentType {
    name: text!("adExIaFCell"),
    extends: Some(text!("baseCellMembPotCap")),
    description: string!("Adaptive exponential integrate-and-fire cell (Brette and Gerstner 2005)"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("gL"), dimension: text!("conductance"), description: string!("Leak conductance") },
        Parameter { name: text!("EL"), dimension: text!("voltage"), description: string!("Leak reversal potential") },
        Parameter { name: text!("VT"), dimension: text!("voltage"), description: string!("Potential at which spikes take off") },
        Parameter { name: text!("thresh"), dimension: text!("voltage"), description: string!("Potential at which a spike is sent") },
        Parameter { name: text!("reset"), dimension: text!("voltage"), description: string!("Potential after a spike") },
        Parameter { name: text!("delT"), dimension: text!("voltage"), description: string!("Sharpness of spike initiation") },
        Parameter { name: text!("tauw"), dimension: text!("time"), description: string!("Time constant of adaptation") },
        Parameter { name: text!("refract"), dimension: text!("time"), description: string!("Time after a spike during which the potential stays put") },
        Parameter { name: text!("a"), dimension: text!("conductance"), description: string!("Adaptation below threshold, per voltage") },
        Parameter { name: text!("b"), dimension: text!("current"), description: string!("Jump of the adaptation current at a spike") },
    ],
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("basePointCurrent"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    exposures: list![
        Exposure { name: text!("w"), dimension: text!("current"), description: string!("Adaptation current") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("w"), dimension: text!("current"), exposure: Some(text!("w")), description: string!("") },
            StateVariable { name: text!("lastSpikeTime"), dimension: text!("time"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: Some(text!("iSyn")), source: Source::Select(Select { path: text!("synapses[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("iMemb"), dimension: Some(text!("current")), exposure: Some(text!("iMemb")), source: Source::Value(text!("-1 * gL * (v - EL) + gL * delT * exp((v - VT) / delT) - w + iSyn")), description: string!("") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("EL") },
                Action::StateAssignment { variable: text!("w"), value: text!("0") },
            ] },
        ],
        regimes: list![
            Regime {
                name: text!("refractory"),
                initial: false,
                time_derivatives: list![
                    TimeDerivative { variable: text!("w"), value: text!("(a * (v - EL) - w) / tauw") },
                ],
                on_entry: list![
                    OnEntry { actions: list![
                        Action::StateAssignment { variable: text!("lastSpikeTime"), value: text!("t") },
                        Action::StateAssignment { variable: text!("v"), value: text!("reset") },
                        Action::StateAssignment { variable: text!("w"), value: text!("w + b") },
                    ] },
                ],
                on_condition: list![
                    OnCondition { test: text!("t .gt. lastSpikeTime + refract"), actions: list![
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
                    TimeDerivative { variable: text!("v"), value: text!("iMemb / C") },
                    TimeDerivative { variable: text!("w"), value: text!("(a * (v - EL) - w) / tauw") },
                ],
                on_condition: list![
                    OnCondition { test: text!("v .gt. thresh"), actions: list![
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

pub(crate) const T64: ComponentType = ComponentType {
    name: text!("fitzHughNagumo1969Cell"),
    extends: Some(text!("baseCellMembPotDL")),
    description: string!("Excitable cell of FitzHugh (1969), in plain numbers"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("a"), dimension: text!("none"), description: string!("Constant of the recovery equation") },
        Parameter { name: text!("b"), dimension: text!("none"), description: string!("Decay of the recovery variable") },
        Parameter { name: text!("I"), dimension: text!("none"), description: string!("Constant input") },
        Parameter { name: text!("phi"), dimension: text!("none"), description: string!("Speed of the recovery variable") },
        Parameter { name: text!("V0"), dimension: text!("none"), description: string!("Fast variable at the start") },
        Parameter { name: text!("W0"), dimension: text!("none"), description: string!("Recovery variable at the start") },
    ],
    constants: list![
        Constant { name: text!("TS"), symbol: None, dimension: text!("time"), value: text!("1ms"), description: string!("Unit of time of the equations") },
    ],
    exposures: list![
        Exposure { name: text!("W"), dimension: text!("none"), description: string!("Recovery variable") },
        Exposure { name: text!("F"), dimension: text!("none"), description: string!("Cubic current of the fast variable") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("V"), dimension: text!("none"), exposure: Some(text!("V")), description: string!("") },
            StateVariable { name: text!("W"), dimension: text!("none"), exposure: Some(text!("W")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("F"), dimension: Some(text!("none")), exposure: Some(text!("F")), source: Source::Value(text!("V - V^3 / 3")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("V"), value: text!("(F - W + I) / TS") },
            TimeDerivative { variable: text!("W"), value: text!("phi * (V + a - b * W) / TS") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("V"), value: text!("V0") },
                Action::StateAssignment { variable: text!("W"), value: text!("W0") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T65: ComponentType = ComponentType {
    name: text!("fitzHughNagumoCell"),
    extends: Some(text!("baseCellMembPotDL")),
    description: string!("Excitable cell of FitzHugh and Nagumo with the usual constants, in plain numbers"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("I"), dimension: text!("none"), description: string!("Constant input") },
    ],
    constants: list![
        Constant { name: text!("SEC"), symbol: None, dimension: text!("time"), value: text!("1s"), description: string!("One second, to make equations in plain numbers dimensional") },
    ],
    exposures: list![
        Exposure { name: text!("W"), dimension: text!("none"), description: string!("Recovery variable") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("V"), dimension: text!("none"), exposure: Some(text!("V")), description: string!("") },
            StateVariable { name: text!("W"), dimension: text!("none"), exposure: Some(text!("W")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("V"), value: text!("( (V - ((V^3) / 3)) - W + I) / SEC") },
            TimeDerivative { variable: text!("W"), value: text!("(0.08 * (V + 0.7 - 0.8 * W)) / SEC") },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T66: ComponentType = ComponentType {
    name: text!("pinskyRinzelCA3Cell"),
    extends: Some(text!("baseCellMembPot")),
    description: string!("Pyramidal cell of hippocampal CA3 with soma and dendrite (Pinsky and Rinzel 1994)"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("iSoma"), dimension: text!("currentDensity"), description: string!("Current per area injected into the soma") },
        Parameter { name: text!("iDend"), dimension: text!("currentDensity"), description: string!("Current per area injected into the dendrite") },
        Parameter { name: text!("gLs"), dimension: text!("conductanceDensity"), description: string!("Leak of the soma") },
        Parameter { name: text!("gLd"), dimension: text!("conductanceDensity"), description: string!("Leak of the dendrite") },
        Parameter { name: text!("gNa"), dimension: text!("conductanceDensity"), description: string!("Sodium conductance of the soma") },
        Parameter { name: text!("gKdr"), dimension: text!("conductanceDensity"), description: string!("Delayed rectifier of the soma") },
        Parameter { name: text!("gCa"), dimension: text!("conductanceDensity"), description: string!("Calcium conductance of the dendrite") },
        Parameter { name: text!("gKahp"), dimension: text!("conductanceDensity"), description: string!("Slow potassium conductance after spikes, in the dendrite") },
        Parameter { name: text!("gKC"), dimension: text!("conductanceDensity"), description: string!("Potassium conductance of the dendrite that depends on calcium and voltage") },
        Parameter { name: text!("gc"), dimension: text!("conductanceDensity"), description: string!("Conductance between soma and dendrite") },
        Parameter { name: text!("eNa"), dimension: text!("voltage"), description: string!("Reversal potential of sodium") },
        Parameter { name: text!("eCa"), dimension: text!("voltage"), description: string!("Reversal potential of calcium") },
        Parameter { name: text!("eK"), dimension: text!("voltage"), description: string!("Reversal potential of potassium") },
        Parameter { name: text!("eL"), dimension: text!("voltage"), description: string!("Reversal potential of the leak") },
        Parameter { name: text!("pp"), dimension: text!("none"), description: string!("Share of the soma in the membrane area") },
        Parameter { name: text!("cm"), dimension: text!("specificCapacitance"), description: string!("Membrane capacitance per area") },
        Parameter { name: text!("alphac"), dimension: text!("none"), description: string!("Rate of the calcium-dependent potassium gate; no equation uses it") },
        Parameter { name: text!("betac"), dimension: text!("none"), description: string!("Rate of the calcium-dependent potassium gate; no equation uses it") },
        Parameter { name: text!("gNmda"), dimension: text!("conductanceDensity"), description: string!("Conductance of NMDA synapses on the dendrite") },
        Parameter { name: text!("gAmpa"), dimension: text!("conductanceDensity"), description: string!("Conductance of AMPA synapses on the dendrite") },
        Parameter { name: text!("qd0"), dimension: text!("none"), description: string!("Slow potassium gate at the start") },
    ],
    constants: list![
        Constant { name: text!("MSEC"), symbol: None, dimension: text!("time"), value: text!("1 ms"), description: string!("One millisecond, to make equations in plain numbers dimensional") },
        Constant { name: text!("MVOLT"), symbol: None, dimension: text!("voltage"), value: text!("1 mV"), description: string!("One millivolt, to make equations in plain numbers dimensional") },
        Constant { name: text!("UAMP_PER_CM2"), symbol: None, dimension: text!("currentDensity"), value: text!("1 uA_per_cm2"), description: string!("One microampere per square centimetre, to make equations in plain numbers dimensional") },
        Constant { name: text!("Smax"), symbol: None, dimension: text!("none"), value: text!("125.0"), description: string!("Saturation of the NMDA gate") },
        Constant { name: text!("Vsyn"), symbol: None, dimension: text!("voltage"), value: text!("60.0 mV"), description: string!("Reversal potential of the synapses") },
        Constant { name: text!("betaqd"), symbol: None, dimension: text!("none"), value: text!("0.001"), description: string!("Closing rate of the slow potassium gate") },
    ],
    exposures: list![
        Exposure { name: text!("Vs"), dimension: text!("voltage"), description: string!("Potential of the soma") },
        Exposure { name: text!("Vd"), dimension: text!("voltage"), description: string!("Potential of the dendrite") },
        Exposure { name: text!("ICad"), dimension: text!("currentDensity"), description: string!("Calcium current of the dendrite, per area") },
        Exposure { name: text!("Cad"), dimension: text!("none"), description: string!("Calcium in the dendrite, as a plain number") },
        Exposure { name: text!("hs"), dimension: text!("none"), description: string!("Inactivation gate of sodium") },
        Exposure { name: text!("ns"), dimension: text!("none"), description: string!("Gate of the delayed rectifier") },
        Exposure { name: text!("sd"), dimension: text!("none"), description: string!("Gate of calcium") },
        Exposure { name: text!("cd"), dimension: text!("none"), description: string!("Voltage gate of the calcium-dependent potassium current") },
        Exposure { name: text!("qd"), dimension: text!("none"), description: string!("Gate of the slow potassium current") },
        Exposure { name: text!("Si"), dimension: text!("none"), description: string!("NMDA gate") },
        Exposure { name: text!("Wi"), dimension: text!("none"), description: string!("AMPA gate") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("Vs"), dimension: text!("voltage"), exposure: Some(text!("Vs")), description: string!("") },
            StateVariable { name: text!("Vd"), dimension: text!("voltage"), exposure: Some(text!("Vd")), description: string!("") },
            StateVariable { name: text!("Cad"), dimension: text!("none"), exposure: Some(text!("Cad")), description: string!("") },
            StateVariable { name: text!("hs"), dimension: text!("none"), exposure: Some(text!("hs")), description: string!("") },
            StateVariable { name: text!("ns"), dimension: text!("none"), exposure: Some(text!("ns")), description: string!("") },
            StateVariable { name: text!("sd"), dimension: text!("none"), exposure: Some(text!("sd")), description: string!("") },
            StateVariable { name: text!("cd"), dimension: text!("none"), exposure: Some(text!("cd")), description: string!("") },
            StateVariable { name: text!("qd"), dimension: text!("none"), exposure: Some(text!("qd")), description: string!("") },
            StateVariable { name: text!("Si"), dimension: text!("none"), exposure: Some(text!("Si")), description: string!("") },
            StateVariable { name: text!("Wi"), dimension: text!("none"), exposure: Some(text!("Wi")), description: string!("") },
            StateVariable { name: text!("Sisat"), dimension: text!("none"), exposure: None, description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("v"), dimension: Some(text!("voltage")), exposure: Some(text!("v")), source: Source::Value(text!("Vs")), description: string!("") },
            DerivedVariable { name: text!("ICad"), dimension: Some(text!("currentDensity")), exposure: Some(text!("ICad")), source: Source::Value(text!("gCa*sd*sd*(Vd-eCa)")), description: string!("") },
            DerivedVariable { name: text!("alphams_Vs"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("0.32*(-46.9-Vs/MVOLT)/(exp((-46.9-Vs/MVOLT)/4.0)-1.0)")), description: string!("") },
            DerivedVariable { name: text!("betams_Vs"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("0.28*(Vs/MVOLT+19.9)/(exp((Vs/MVOLT+19.9)/5.0)-1.0)")), description: string!("") },
            DerivedVariable { name: text!("Minfs_Vs"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("alphams_Vs/(alphams_Vs+betams_Vs)")), description: string!("") },
            DerivedVariable { name: text!("alphans_Vs"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("0.016*(-24.9-Vs/MVOLT)/(exp((-24.9-Vs/MVOLT)/5.0)-1.0)")), description: string!("") },
            DerivedVariable { name: text!("betans_Vs"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("0.25*exp(-1.0-0.025*Vs/MVOLT)")), description: string!("") },
            DerivedVariable { name: text!("alphahs_Vs"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("0.128*exp((-43.0-Vs/MVOLT)/18.0)")), description: string!("") },
            DerivedVariable { name: text!("betahs_Vs"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("4.0/(1.0+exp((-20.0-Vs/MVOLT)/5.0))")), description: string!("") },
            DerivedVariable { name: text!("alphasd_Vd"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("1.6/(1.0+exp(-0.072*(Vd/MVOLT-5.0)))")), description: string!("") },
            DerivedVariable { name: text!("betasd_Vd"), dimension: Some(text!("none")), exposure: None, source: Source::Value(text!("0.02*(Vd/MVOLT+8.9)/(exp((Vd/MVOLT+8.9)/5.0)-1.0)")), description: string!("") },
            DerivedVariable { name: text!("Iampa"), dimension: Some(text!("currentDensity")), exposure: None, source: Source::Value(text!("gAmpa*Wi*(Vd-Vsyn)")), description: string!("") },
            DerivedVariable { name: text!("Inmda"), dimension: Some(text!("currentDensity")), exposure: None, source: Source::Value(text!("gNmda*Sisat*(Vd-Vsyn)/(1.0+0.28*exp(-0.062*(Vd/MVOLT-60.0)))")), description: string!("") },
            DerivedVariable { name: text!("Isyn"), dimension: Some(text!("currentDensity")), exposure: None, source: Source::Value(text!("Iampa+Inmda")), description: string!("") },
        ],
        conditional_derived_variables: list![
            ConditionalDerivedVariable { name: text!("alphaqd"), dimension: Some(text!("none")), exposure: None, cases: list![
                Case { condition: Some(text!("0.00002*Cad .gt. 0.01")), value: text!("0.01") },
                Case { condition: None, value: text!("0.00002*Cad") },
            ], description: string!("") },
            ConditionalDerivedVariable { name: text!("chid"), dimension: Some(text!("none")), exposure: None, cases: list![
                Case { condition: Some(text!("Cad/250 .gt. 1")), value: text!("1") },
                Case { condition: None, value: text!("Cad/250") },
            ], description: string!("") },
            ConditionalDerivedVariable { name: text!("alphacd_Vd"), dimension: Some(text!("none")), exposure: None, cases: list![
                Case { condition: Some(text!("Vd .lt. -10*MVOLT")), value: text!("exp((Vd/MVOLT+50.0)/11-(Vd/MVOLT+53.5)/27)/18.975") },
                Case { condition: None, value: text!("2.0*exp((-53.5-Vd/MVOLT)/27.0)") },
            ], description: string!("") },
            ConditionalDerivedVariable { name: text!("betacd_Vd"), dimension: Some(text!("none")), exposure: None, cases: list![
                Case { condition: Some(text!("Vd .lt. -10*MVOLT")), value: text!("(2.0*exp((-53.5-Vd/MVOLT)/27.0)-alphacd_Vd)") },
                Case { condition: None, value: text!("0") },
            ], description: string!("") },
            ConditionalDerivedVariable { name: text!("Sisat"), dimension: Some(text!("none")), exposure: None, cases: list![
                Case { condition: Some(text!("Si .gt. Smax")), value: text!("Smax") },
                Case { condition: None, value: text!("Si") },
            ], description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("Vs"), value: text!("(-gLs*(Vs-eL)-gNa*(Minfs_Vs^2)*hs*(Vs-eNa)-gKdr*ns*(Vs-eK)+(gc/pp)*(Vd-Vs)+iSoma/pp) / cm") },
            TimeDerivative { variable: text!("Vd"), value: text!("(iDend/(1.0-pp)-Isyn/(1.0-pp)-gLd*(Vd-eL)-ICad-gKahp*qd*(Vd-eK)-gKC*cd*chid*(Vd-eK)+(gc*(Vs-Vd))/(1.0-pp)) / cm") },
            TimeDerivative { variable: text!("Cad"), value: text!("(-0.13*ICad/UAMP_PER_CM2-0.075*Cad) / MSEC") },
            TimeDerivative { variable: text!("hs"), value: text!("(alphahs_Vs-(alphahs_Vs+betahs_Vs)*hs) / MSEC") },
            TimeDerivative { variable: text!("ns"), value: text!("(alphans_Vs-(alphans_Vs+betans_Vs)*ns) / MSEC") },
            TimeDerivative { variable: text!("sd"), value: text!("(alphasd_Vd-(alphasd_Vd+betasd_Vd)*sd) / MSEC") },
            TimeDerivative { variable: text!("cd"), value: text!("(alphacd_Vd-(alphacd_Vd+betacd_Vd)*cd) / MSEC") },
            TimeDerivative { variable: text!("qd"), value: text!("(alphaqd-(alphaqd+betaqd)*qd) / MSEC") },
            TimeDerivative { variable: text!("Si"), value: text!("-Si/150.0") },
            TimeDerivative { variable: text!("Wi"), value: text!("-Wi/2.0") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("Vs"), value: text!("eL") },
                Action::StateAssignment { variable: text!("Vd"), value: text!("eL") },
                Action::StateAssignment { variable: text!("qd"), value: text!("qd0") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T67: ComponentType = ComponentType {
    name: text!("hindmarshRose1984Cell"),
    extends: Some(text!("baseCellMembPotCap")),
    description: string!("Bursting cell of Hindmarsh and Rose (1984)"),
    file: string!("Cells.xml"),
    parameters: list![
        Parameter { name: text!("a"), dimension: text!("none"), description: string!("Cubic term of the fast equation") },
        Parameter { name: text!("b"), dimension: text!("none"), description: string!("Quadratic term of the fast equation") },
        Parameter { name: text!("c"), dimension: text!("none"), description: string!("Constant of the spike recovery") },
        Parameter { name: text!("d"), dimension: text!("none"), description: string!("Quadratic term of the spike recovery") },
        Parameter { name: text!("r"), dimension: text!("none"), description: string!("Speed of the slow variable, small") },
        Parameter { name: text!("s"), dimension: text!("none"), description: string!("Sensitivity of the slow variable to the potential") },
        Parameter { name: text!("x1"), dimension: text!("none"), description: string!("Potential of the resting state, scaled") },
        Parameter { name: text!("v_scaling"), dimension: text!("voltage"), description: string!("Voltage that one unit of x stands for") },
        Parameter { name: text!("x0"), dimension: text!("none"), description: string!("Scaled potential at the start") },
        Parameter { name: text!("y0"), dimension: text!("none"), description: string!("Spike recovery at the start") },
        Parameter { name: text!("z0"), dimension: text!("none"), description: string!("Slow variable at the start") },
    ],
    constants: list![
        Constant { name: text!("MSEC"), symbol: None, dimension: text!("time"), value: text!("1ms"), description: string!("One millisecond, to make equations in plain numbers dimensional") },
    ],
    attachments: list![
        Attachments { name: text!("synapses"), ty: text!("basePointCurrent"), description: string!("Synapses and other inputs attached while the network is built") },
    ],
    exposures: list![
        Exposure { name: text!("x"), dimension: text!("none"), description: string!("Scaled membrane potential") },
        Exposure { name: text!("y"), dimension: text!("none"), description: string!("Spike recovery variable") },
        Exposure { name: text!("z"), dimension: text!("none"), description: string!("Slow variable that ends bursts") },
        Exposure { name: text!("phi"), dimension: text!("none"), description: string!("Right side of the fast equation without the slow variable") },
        Exposure { name: text!("chi"), dimension: text!("none"), description: string!("Right side of the spike recovery") },
        Exposure { name: text!("rho"), dimension: text!("none"), description: string!("Right side of the slow equation") },
        Exposure { name: text!("spiking"), dimension: text!("none"), description: string!("1 while the potential is above zero, else 0") },
    ],
    dynamics: Some(Dynamics {
        state_variables: list![
            StateVariable { name: text!("v"), dimension: text!("voltage"), exposure: Some(text!("v")), description: string!("") },
            StateVariable { name: text!("y"), dimension: text!("none"), exposure: Some(text!("y")), description: string!("") },
            StateVariable { name: text!("z"), dimension: text!("none"), exposure: Some(text!("z")), description: string!("") },
            StateVariable { name: text!("spiking"), dimension: text!("none"), exposure: Some(text!("spiking")), description: string!("") },
        ],
        derived_variables: list![
            DerivedVariable { name: text!("iSyn"), dimension: Some(text!("current")), exposure: Some(text!("iSyn")), source: Source::Select(Select { path: text!("synapses[*]/i"), reduce: Some(Reduce::Add), required: true }), description: string!("") },
            DerivedVariable { name: text!("x"), dimension: Some(text!("none")), exposure: Some(text!("x")), source: Source::Value(text!("v / v_scaling")), description: string!("") },
            DerivedVariable { name: text!("phi"), dimension: Some(text!("none")), exposure: Some(text!("phi")), source: Source::Value(text!("y - a * x^3 + b * x^2")), description: string!("") },
            DerivedVariable { name: text!("chi"), dimension: Some(text!("none")), exposure: Some(text!("chi")), source: Source::Value(text!("c - d * x^2 - y")), description: string!("") },
            DerivedVariable { name: text!("rho"), dimension: Some(text!("none")), exposure: Some(text!("rho")), source: Source::Value(text!("s * ( x - x1 ) - z")), description: string!("") },
            DerivedVariable { name: text!("iMemb"), dimension: Some(text!("current")), exposure: Some(text!("iMemb")), source: Source::Value(text!("(C * (v_scaling * (phi - z) / MSEC)) + iSyn")), description: string!("") },
        ],
        time_derivatives: list![
            TimeDerivative { variable: text!("v"), value: text!("iMemb/C") },
            TimeDerivative { variable: text!("y"), value: text!("chi / MSEC") },
            TimeDerivative { variable: text!("z"), value: text!("r * rho / MSEC") },
        ],
        on_start: list![
            OnStart { actions: list![
                Action::StateAssignment { variable: text!("v"), value: text!("x0 * v_scaling") },
                Action::StateAssignment { variable: text!("y"), value: text!("y0") },
                Action::StateAssignment { variable: text!("z"), value: text!("z0") },
            ] },
        ],
        on_condition: list![
            OnCondition { test: text!("v .gt. 0 .and. spiking .lt. 0.5"), actions: list![
                Action::StateAssignment { variable: text!("spiking"), value: text!("1") },
                Action::EventOut { port: text!("spike") },
            ] },
            OnCondition { test: text!("v .lt. 0"), actions: list![
                Action::StateAssignment { variable: text!("spiking"), value: text!("0") },
            ] },
        ],
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};
