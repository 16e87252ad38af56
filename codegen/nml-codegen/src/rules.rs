//! What a target cannot say: `NML098x`.

use nml_base::{Diagnostic, Level, Rule, Span, Topic};

macro_rules! rules {
    ($($level:ident $ident:ident $code:literal $name:literal $summary:literal;)*) => {
        $(
            static $ident: Rule = Rule {
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
    Error NOT_EXPORTED "NML0980" "not-exported" "a target of an export cannot express a part of the model";
    Warn WRITTEN_DIFFERENTLY "NML0981" "written-differently" "a target of an export expresses a part of the model in another way";
}

/// A part of the model that a target cannot express.
pub fn not_exported(span: Span, target: &str, what: impl AsRef<str>) -> Diagnostic {
    Diagnostic::new(&NOT_EXPORTED, span, format!("{target} cannot express {}", what.as_ref()))
}

/// A part of the model that a target expresses in a way that a reader should know of.
pub fn written_differently(span: Span, what: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&WRITTEN_DIFFERENTLY, span, what)
}
