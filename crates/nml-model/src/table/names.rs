//! Few distinct names used by many rows.

use rustc_hash::FxHashMap;

/// Distinct names in order of appearance; a row keeps 1 + index, 0 where it has none.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    names: Vec<Box<str>>,
    by_name: FxHashMap<Box<str>, u32>,
}

impl Names {
    /// 1 + index of a name.
    pub(super) fn intern(&mut self, name: &str) -> u32 {
        if let Some(&known) = self.by_name.get(name) {
            return known;
        }
        self.names.push(name.into());
        let at = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.by_name.insert(name.into(), at);
        at
    }

    /// The name that a row keeps.
    pub(super) fn get(&self, at: u32) -> Option<&str> {
        self.names.get(usize::try_from(at.checked_sub(1)?).ok()?).map(|name| &**name)
    }

    /// All names.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }
}
