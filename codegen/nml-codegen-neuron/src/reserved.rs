//! Words that cannot be names.

/// What variables of a mechanism cannot be called: words of NMODL and C, names that NEURON gives, functions.
pub(crate) const VARIABLES: &[&str] = &[
    "AFTER", "ARTIFICIAL_CELL", "ASSIGNED", "BEFORE", "BREAKPOINT", "COMPARTMENT", "CONDUCTANCE", "CONSERVE",
    "CONSTANT", "CONSTRUCTOR", "DEFINE", "DERIVATIVE", "DESTRUCTOR", "DISCRETE", "ELECTRODE_CURRENT", "FROM",
    "FUNCTION", "FUNCTION_TABLE", "GLOBAL", "INCLUDE", "INDEPENDENT", "INITIAL", "KINETIC", "LAG", "LINEAR", "LOCAL",
    "LONGITUDINAL_DIFFUSION", "METHOD", "NET_RECEIVE", "NEURON", "NONLINEAR", "NONSPECIFIC_CURRENT", "PARAMETER",
    "POINTER", "POINT_PROCESS", "PROCEDURE", "PROTECT", "RANDOM", "RANGE", "READ", "REPRESENTS", "SOLVE", "STATE",
    "STEADYSTATE", "SUFFIX", "TABLE", "THREADSAFE", "TITLE", "TO", "UNITS", "UNITSOFF", "UNITSON", "USEION",
    "VALENCE", "VERBATIM", "WATCH", "WITH", "WRITE", "abs", "acos", "area", "asin", "at_time", "atan", "atan2", "auto",
    "break", "case", "ceil", "celsius", "char", "class", "const", "continue", "cos", "cosh", "cvode_active", "dA_volt",
    "default", "delete", "delt", "diam", "do", "double", "dt", "else", "enum", "exp", "exprand", "extern", "fabs",
    "factorial", "flag", "float", "floor", "fmod", "for", "forall", "goto", "heaviside", "if", "int", "inline", "is",
    "lambda", "log", "log10", "long", "namespace", "net_event", "net_move", "net_send", "new", "nil", "none", "not",
    "operator", "or", "and", "pow", "printf", "private", "protected", "public", "register", "return", "secondorder",
    "setpointer", "short", "signed", "sin", "sinh", "sizeof", "sqrt", "static", "state_discontinuity", "struct",
    "switch", "t", "tan", "tanh", "template", "this", "throw", "try", "typedef", "uniform", "union", "unsigned", "using",
    "v", "v_before", "virtual", "void", "volatile", "while", "weight_index", "gind", "PI", "nai",
    "nao", "ina", "ena", "ki", "ko", "ik", "ek", "cai", "cao", "ica", "eca", "ca2i", "ca2o", "ica2", "eca2", "has_loc",
    "get_loc", "loc", "get_segment", "usetable", "steadystate",
    "random", "error", "threadargs", "tentry", "indx", "thread",
];

/// What mechanisms cannot be called: everything that NEURON's interpreter knows at the start.
pub(crate) fn mechanisms() -> impl Iterator<Item = &'static str> {
    include_str!("../reserved/interpreter.txt").lines()
}
