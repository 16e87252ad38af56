//! What keeps a model from being flattened: `NML095x`.

use nml_base::{Diagnostic, Level, Rule, Span, Topic};

macro_rules! rules {
    ($($level:ident $ident:ident $code:literal $name:literal $summary:literal;)*) => {
        $(
            pub(crate) static $ident: Rule = Rule {
                code: $code,
                name: $name,
                topic: Topic::Simulation,
                default_level: Level::$level,
                summary: $summary,
                page: include_str!(concat!("../pages/", $name, ".md")),
            };
        )*
        /// All rules of this crate, by code.
        pub static RULES: &[&Rule] = &[$(&$ident),*];
    };
}

rules! {
    Error NOTHING_TO_SIMULATE "NML0950" "nothing-to-simulate" "a file does not say what to simulate";
    Error NOT_SIMULATED "NML0951" "not-simulated" "a part of the model cannot be simulated";
    Error UNRESOLVED_PATH "NML0952" "unresolved-path" "a path or name leads nowhere";
    Error UNUSABLE_VALUE "NML0953" "unusable-value" "a value needed for the simulation is missing or wrong";
    Warn WITHOUT_EFFECT "NML0954" "without-effect" "something written changes nothing";
}

/// A part that is understood and not carried out.
pub(crate) fn not_simulated(span: Span, what: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&NOT_SIMULATED, span, what)
}

/// A path that leads nowhere.
pub(crate) fn unresolved(span: Span, what: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&UNRESOLVED_PATH, span, what)
}

/// A value that is missing or wrong.
pub(crate) fn unusable(span: Span, what: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&UNUSABLE_VALUE, span, what)
}

/// The rule for a file that does not say what to simulate.
pub fn nothing_to_simulate_rule() -> &'static Rule {
    &NOTHING_TO_SIMULATE
}

/// The rule for something written that changes nothing.
pub fn without_effect_rule() -> &'static Rule {
    &WITHOUT_EFFECT
}

/// A value set for an instance whose type has no property of that name.
pub(crate) fn without_effect(span: Span, name: &str, shown: &str) -> Diagnostic {
    let what = format!("this sets `{name}`, but the type of {shown} has no property `{name}`");
    let help = format!("it changes nothing; use a type that declares `<Property name=\"{name}\">`");
    Diagnostic::new(&WITHOUT_EFFECT, span, what).help(help)
}
