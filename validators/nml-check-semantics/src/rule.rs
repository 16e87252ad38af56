//! How a rule of this crate is declared.

/// Declares `RULE`: code, name, topic, default level, summary.  Its page is `pages/NAME.md`.
macro_rules! rule {
    ($code:literal, $name:literal, $topic:ident, $level:ident, $summary:literal) => {
        /// The rule of this file.
        pub(crate) static RULE: nml_base::Rule = nml_base::Rule {
            code: $code,
            name: $name,
            topic: nml_base::Topic::$topic,
            default_level: nml_base::Level::$level,
            summary: $summary,
            page: include_str!(concat!("../../pages/", $name, ".md")),
        };
    };
}

pub(crate) use rule;
