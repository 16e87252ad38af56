//! References to a cell of a population: `../pop/3/cell`, `../pop[3]`, or a bare index.

use std::hash::BuildHasher;

use nml_base::{Column, Indices};
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::MISSING;

/// How a reference is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CellRefStyle {
    /// `pop/3` or `pop/3/cell`: an instance of a population list.
    Path,
    /// `pop[3]`: a cell of a population with a size.
    Bracket,
    /// `3`: a cell of the projection's own population (electrical and continuous connections).
    Index,
    /// None of these.
    Malformed,
}

/// All of a reference but the index; few distinct ones exist in a table.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct CellRefForm {
    /// How it is written.
    pub style: CellRefStyle,
    /// Whether it starts with `../`.
    pub relative: bool,
    /// The population named; the whole text where malformed; empty for a bare index.
    pub population: Box<str>,
    /// The component named at the end of a path.
    pub component: Option<Box<str>>,
}

/// One reference of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CellRef<'t> {
    /// How and to which population.
    pub form: &'t CellRefForm,
    /// Index of the cell, or [`MISSING`].
    pub index: u32,
}

/// A column of references.
#[derive(Clone, Debug)]
pub struct CellRefs {
    forms: Vec<CellRefForm>,
    /// Places in `forms` by the hash of the form.
    by_hash: FxHashMap<u64, Vec<u16>>,
    /// The form of the last row.
    last: u16,
    form: Column<u16>,
    index: Indices,
}

/// What tells one form from another.
type Key<'a> = (CellRefStyle, bool, &'a str, Option<&'a str>);

impl CellRefForm {
    fn key(&self) -> Key<'_> {
        (self.style, self.relative, &self.population, self.component.as_deref())
    }
}

impl Default for CellRefs {
    fn default() -> Self {
        Self {
            forms: Vec::new(),
            by_hash: FxHashMap::default(),
            last: 0,
            form: Column::new(0),
            index: Indices::new(),
        }
    }
}

struct Parsed<'a> {
    style: CellRefStyle,
    relative: bool,
    population: &'a str,
    component: Option<&'a str>,
    index: u32,
}

fn parse(text: &str) -> Parsed<'_> {
    let malformed = Parsed {
        style: CellRefStyle::Malformed,
        relative: false,
        population: text,
        component: None,
        index: MISSING,
    };
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        let (style, population) = (CellRefStyle::Index, "");
        return Parsed { style, population, index: super::integer(text), ..malformed };
    }
    let (relative, rest) = text.strip_prefix("../").map_or((false, text), |rest| (true, rest));
    let Some(cut) = rest.bytes().position(|b| matches!(b, b'/' | b'[')) else { return malformed };
    let (population, tail) = rest.split_at(cut);
    if population.is_empty() {
        return malformed;
    }
    if let Some(tail) = tail.strip_prefix('[') {
        let Some(digits) = tail.strip_suffix(']') else { return malformed };
        let index = super::integer(digits);
        if index == MISSING {
            return malformed;
        }
        return Parsed {
            style: CellRefStyle::Bracket,
            relative,
            population,
            component: None,
            index,
        };
    }
    let mut parts = tail[1..].splitn(2, '/');
    let index = super::integer(parts.next().unwrap_or(""));
    let component =
        parts.next().map(|c| c.strip_suffix('/').unwrap_or(c)).filter(|c| !c.is_empty());
    if index == MISSING || component.is_some_and(|c| c.contains('/')) {
        return malformed;
    }
    Parsed { style: CellRefStyle::Path, relative, population, component, index }
}

impl CellRefs {
    /// Adds a reference as written.
    pub fn push(&mut self, text: &str) {
        let (form, index) = self.read(text);
        self.push_index(form, index);
    }

    /// Form and index of a reference as written, for [`CellRefs::push_index`].
    pub fn read(&mut self, text: &str) -> (u16, u32) {
        let parsed = parse(text);
        let key = (parsed.style, parsed.relative, parsed.population, parsed.component);
        let last = self.forms.get(usize::from(self.last));
        // Neighbours mostly have the same form.
        let same = last.is_some_and(|form| form.key() == key);
        let known = if same { Some(self.last) } else { self.find(key) };
        (known.unwrap_or_else(|| self.add(&parsed)), parsed.index)
    }

    /// Makes a form known and gives its index, for [`CellRefs::push_index`].
    pub fn form(&mut self, form: &CellRefForm) -> u16 {
        self.find(form.key()).unwrap_or_else(|| {
            self.add(&Parsed {
                style: form.style,
                relative: form.relative,
                population: &form.population,
                component: form.component.as_deref(),
                index: MISSING,
            })
        })
    }

    /// Adds a reference of a known form.
    pub fn push_index(&mut self, form: u16, index: u32) {
        self.last = form;
        self.form.push(form);
        self.index.push(index);
    }

    fn find(&self, key: Key<'_>) -> Option<u16> {
        let candidates = self.by_hash.get(&FxBuildHasher.hash_one(key))?;
        candidates.iter().copied().find(|&at| {
            let known = self.forms.get(usize::from(at));
            known.is_some_and(|form| form.key() == key)
        })
    }

    fn add(&mut self, parsed: &Parsed<'_>) -> u16 {
        let full = usize::from(u16::MAX);
        // Thousands of different malformed texts tell no more than that there are more.
        let form = match self.forms.len() {
            n if n > full => return u16::MAX,
            n if n == full => CellRefForm {
                style: CellRefStyle::Malformed,
                relative: false,
                population: "…".into(),
                component: None,
            },
            _ => CellRefForm {
                style: parsed.style,
                relative: parsed.relative,
                population: parsed.population.into(),
                component: parsed.component.map(Into::into),
            },
        };
        let at = u16::try_from(self.forms.len()).unwrap_or(u16::MAX);
        if at < u16::MAX {
            let hash = FxBuildHasher.hash_one(form.key());
            self.by_hash.entry(hash).or_default().push(at);
        }
        self.forms.push(form);
        at
    }

    /// The reference of a row.
    pub fn get(&self, row: usize) -> Option<CellRef<'_>> {
        let form = self.forms.get(usize::from(self.form.get(row)))?;
        Some(CellRef { form, index: self.index.get(row)? })
    }

    /// The distinct forms, in order of appearance.
    pub fn forms(&self) -> &[CellRefForm] {
        &self.forms
    }

    /// The form of all rows, where they have the same.
    pub fn same_form(&self) -> Option<usize> {
        self.form.same().map(usize::from)
    }

    /// The form of a row, as an index into [`CellRefs::forms`].
    pub fn form_index(&self, row: usize) -> usize {
        usize::from(self.form.get(row))
    }

    /// The cell indices in row order; [`MISSING`] where malformed.
    pub fn indices(&self) -> &Indices {
        &self.index
    }
}

#[cfg(test)]
mod tests {
    use super::CellRefStyle::{Bracket, Index, Malformed, Path};
    use super::*;

    #[test]
    fn forms_beyond_the_last_are_malformed() {
        let mut refs = CellRefs::default();
        for i in 0..70_000 {
            refs.push(&format!("p{i}/0/c"));
        }
        refs.push("p3/9/c");
        assert_eq!(refs.get(65_534).map(|r| r.form.style), Some(Path));
        assert_eq!(refs.get(65_535).map(|r| r.form.style), Some(Malformed));
        assert_eq!(refs.get(69_999).map(|r| r.form.style), Some(Malformed));
        let last = refs.get(70_000).unwrap();
        assert_eq!((&*last.form.population, last.index), ("p3", 9));
        assert_eq!(refs.forms().len(), 65_536);
    }

    #[test]
    fn every_form_is_read() {
        let mut refs = CellRefs::default();
        for text in
            ["../p/3/c", "../p[4]", "p/5", "6", "../p/x/c", "../p/7/c/", "", "../p[", "../p/1/2/c"]
        {
            refs.push(text);
        }
        let seen: Vec<_> = (0..9)
            .map(|row| refs.get(row).map(|r| (r.form.style, &*r.form.population, r.index)).unwrap())
            .collect();
        assert_eq!(seen[0], (Path, "p", 3));
        assert_eq!(seen[1], (Bracket, "p", 4));
        assert_eq!(seen[2], (Path, "p", 5));
        assert_eq!(seen[3], (Index, "", 6));
        assert_eq!(seen[4], (Malformed, "../p/x/c", MISSING));
        assert_eq!(seen[5], (Path, "p", 7));
        assert!(seen[6..].iter().all(|s| s.0 == Malformed));
        assert_eq!(refs.form_index(5), refs.form_index(0));
        assert_eq!(refs.get(0).unwrap().form.component.as_deref(), Some("c"));
    }
}
