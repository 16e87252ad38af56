//! The words LEMS is made of, for dictionaries and for growing documents.

/// Elements.
pub const LEMS_ELEMENTS: [&str; 75] = [
    "About", "Apply", "Assertion", "Assign", "Attachments", "Behavior", "Build", "Case", "Child",
    "ChildInstance", "Children", "Choose", "CoInstantiate", "Collection", "Component",
    "ComponentReference", "ComponentRequirement", "ComponentType", "ComponentTypeReference",
    "ConditionalDerivedVariable", "Constant", "DataDisplay", "DataWriter", "DefaultRun",
    "DerivedParameter", "DerivedVariable", "Dimension", "Dynamics", "EventConnection", "EventOut",
    "EventPort", "EventRecord", "EventWriter", "Exposure", "Fixed", "ForEach", "Gather",
    "GatherPairs", "If", "Include", "IncludePair", "IndexParameter", "InstanceRequirement",
    "IntegerParameter", "KineticScheme", "Lems", "Link", "MultiInstantiate", "OnCondition",
    "OnEntry", "OnEvent", "OnStart", "PairCollection", "PairFilter", "PairsEventConnection",
    "Parameter", "Path", "PathParameter", "Property", "Record", "Regime", "Requirement", "Run",
    "Simulation", "StateAssignment", "StateVariable", "Structure", "Super", "Target", "Text",
    "TimeDerivative", "Transition", "Tunnel", "Unit", "With",
];

/// Attributes.
pub const ATTRIBUTES: [&str; 74] = [
    "name", "dimension", "value", "type", "id", "extends", "description", "exposure", "variable",
    "select", "condition", "port", "direction", "parameter", "defaultValue", "component", "regime",
    "initial", "symbol", "power", "scale", "offset", "m", "l", "t", "i", "k", "n", "j", "reduce",
    "required", "file", "href", "url", "to", "from", "local", "root", "destination", "instances",
    "as", "list", "index", "instance", "number", "indexVariable", "at", "sourcePort", "targetPort",
    "delay", "receiver", "receiverContainer", "pathParameter", "collection", "pFrom", "qFrom",
    "test", "components", "increment", "total", "quantity", "timeScale", "color", "eventPort",
    "title", "dataRegion", "path", "fileName", "format", "nodes", "edges", "stateVariable", "size",
    "segment",
];

/// Values that mean something somewhere.
pub const VALUES: [&str; 64] = [
    "", "a", "b", "c", "iafCell", "voltage", "time", "none", "current", "per_time", "v", "t", "w",
    "1", "0", "-1", "1e999", "NaN", "inf", "10 mV", "10mV", "1 nA", "0.5 ms", "3 um", "5 furlong",
    "99999999999999999999", "-99999999999", "0x10", "v .gt. 10", "v .gt. thresh .and. w .lt. 0",
    "exp(-v/10)", "(v - 1", "v ^ w ^ 2", "random(1)", "w * (erev - v) / c", "in", "out", "add",
    "multiply", "synapses[*]/i", "../v", "parent/child/x", "//", "*", "all", "this", "true",
    "false", "yes", "../pop/0/a", "../pop[0]", "pop", "0.5", "a.nml", "b.nml", "self.nml", "Cells.xml",
    "NeuroML2CoreTypes.xml", "&lt;&amp;&#65;", "é", "integrating", "cell", "baseCell", "Component",
];
