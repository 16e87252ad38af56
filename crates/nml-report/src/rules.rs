//! The rules a report can speak of.

use nml_base::{Rule, nearest};

/// A name or code that is not a rule's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct UnknownRule {
    /// What was asked for.
    pub asked: String,
    /// The rule that was probably meant, as its code or name.
    pub suggestion: Option<&'static str>,
}

impl std::fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "there is no rule `{}`", self.asked)?;
        match self.suggestion {
            Some(name) => write!(f, ", did you mean `{name}`?"),
            None => Ok(()),
        }
    }
}

/// All rules of the program, found by code or by name.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a>(pub &'a [&'static Rule]);

impl Rules<'_> {
    /// The rule with this code (`NML0801`, in any case) or name (`dimension-mismatch`).
    ///
    /// # Errors
    /// [`UnknownRule`], with a suggestion where one is near.
    pub fn find(&self, code_or_name: &str) -> Result<&'static Rule, UnknownRule> {
        let asked = code_or_name.trim();
        let same = |r: &&&'static Rule| {
            r.code.eq_ignore_ascii_case(asked) || r.name.eq_ignore_ascii_case(asked)
        };
        if let Some(rule) = self.0.iter().find(same) {
            return Ok(rule);
        }
        let spellings = self.0.iter().flat_map(|r| [r.name, r.code]);
        Err(UnknownRule { asked: asked.to_owned(), suggestion: nearest(asked, spellings) })
    }
}
