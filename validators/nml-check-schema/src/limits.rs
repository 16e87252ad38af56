//! Bounded memory: findings of one kind are counted after so many.

use nml_base::{Diagnostic, Diagnostics};
use nml_schemas::structure::TypeId;
use rustc_hash::FxHashMap;

/// Findings of one rule about elements of one type that are kept as they are; further ones are
/// counted in `repeats` of the last one kept.  A file with a million wrong lines stays readable.
const KEPT: u32 = 1000;

#[derive(Debug, Default)]
pub(crate) struct Findings {
    kept: Vec<Diagnostic>,
    counts: FxHashMap<(&'static str, Option<TypeId>), (u32, usize)>,
}

impl Findings {
    /// Adds a finding about an element of type `ty`; its place in the list if it was kept.
    pub(crate) fn push(&mut self, ty: Option<TypeId>, finding: Diagnostic) -> Option<usize> {
        let (count, last) = self.counts.entry((finding.rule.code, ty)).or_default();
        if *count == KEPT {
            let last = &mut self.kept[*last];
            last.repeats = last.repeats.saturating_add(1);
            return None;
        }
        *count += 1;
        *last = self.kept.len();
        self.kept.push(finding);
        Some(*last)
    }

    /// Counts a finding without words, where it would not be kept.
    pub(crate) fn only_counted(&mut self, ty: Option<TypeId>, rule: &nml_base::Rule) -> bool {
        match self.counts.get(&(rule.code, ty)) {
            Some(&(KEPT, last)) => {
                let last = &mut self.kept[last];
                last.repeats = last.repeats.saturating_add(1);
                true
            }
            _ => false,
        }
    }

    /// A finding that was kept.
    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut Diagnostic> {
        self.kept.get_mut(index)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// All findings in the order of the text.
    pub(crate) fn finish(mut self) -> Diagnostics {
        self.kept.sort_by_key(|d| (d.primary.span.start, d.primary.span.end, d.rule.code));
        self.kept.into_iter().collect()
    }
}
