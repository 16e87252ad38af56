//! Legal names that are given once.

use rustc_hash::{FxHashMap, FxHashSet};

/// Gives out identifiers: letters, digits and underscores, a letter first, no reserved word, each once.
///
/// What a target counts as the same name is compared without regard to case only if it says so.
#[derive(Clone, Debug)]
pub struct Namer {
    taken: FxHashSet<String>,
    /// How often a stem was asked for, so that many equal names cost no search.
    next: FxHashMap<String, u32>,
    longest: usize,
    folds_case: bool,
}

impl Namer {
    /// A namer for a target with these reserved words.
    pub fn new<'w>(reserved: impl IntoIterator<Item = &'w str>) -> Self {
        let taken = reserved.into_iter().map(str::to_owned).collect();
        Self { taken, next: FxHashMap::default(), longest: 60, folds_case: false }
    }

    /// Names of at most so many characters.
    #[must_use]
    pub fn at_most(self, longest: usize) -> Self {
        Self { longest: longest.max(8), ..self }
    }

    /// Names that differ in more than the case of letters.
    #[must_use]
    pub fn folding_case(mut self) -> Self {
        self.taken = self.taken.iter().map(|word| word.to_lowercase()).collect();
        self.folds_case = true;
        self
    }

    /// A new name, as close to the wish as possible.
    pub fn give(&mut self, wish: &str) -> String {
        let stem = legal(wish, self.longest);
        if self.take(&stem) {
            return stem;
        }
        let key = if self.folds_case { stem.to_lowercase() } else { stem.clone() };
        loop {
            let next = self.next.entry(key.clone()).or_insert(1);
            *next += 1;
            let end = format!("_{next}");
            let head = stem.len().min(self.longest.saturating_sub(end.len()));
            let name = format!("{}{end}", &stem[..head]);
            if self.take(&name) {
                return name;
            }
        }
    }

    fn take(&mut self, name: &str) -> bool {
        let key = if self.folds_case { name.to_lowercase() } else { name.to_owned() };
        self.taken.insert(key)
    }
}

/// The wish with what is illegal replaced; all ASCII.
fn legal(wish: &str, longest: usize) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let mut name: String = wish.chars().map(plain).take(longest).collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.insert(0, 'x');
        name.truncate(longest);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_legal_and_differ() {
        let mut namer = Namer::new(["v", "exp"]);
        let given: Vec<String> =
            ["v", "a/b_c", "a_b/c", "3", "", "µ", "exp", "v"].map(|wish| namer.give(wish)).into();
        assert_eq!(given, ["v_2", "a_b_c", "a_b_c_2", "x3", "x", "x_", "exp_2", "v_3"]);
    }

    #[test]
    fn long_names_are_cut_and_differ() {
        let mut namer = Namer::new([]).at_most(10).folding_case();
        assert_eq!(namer.give("abcdefghijklmn"), "abcdefghij");
        assert_eq!(namer.give("ABCDEFGHIJ"), "ABCDEFGH_2");
    }
}
