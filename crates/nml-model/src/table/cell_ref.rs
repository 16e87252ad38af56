//! References to a cell of a population: `../pop/3/cell`, `../pop[3]`, or a bare index.

use super::{Column, MISSING};

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
#[derive(Clone, Debug, Default)]
pub struct CellRefs {
    forms: Vec<CellRefForm>,
    form: Column<u16>,
    index: Vec<u32>,
}

impl Default for Column<u16> {
    fn default() -> Self {
        Self::new(0)
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
        let parsed = parse(text);
        let same = |form: &CellRefForm| {
            form.style == parsed.style
                && form.relative == parsed.relative
                && *form.population == *parsed.population
                && form.component.as_deref() == parsed.component
        };
        let known = self.forms.iter().position(same);
        let at = known.unwrap_or_else(|| {
            // Thousands of different malformed texts tell no more than the last one.
            if self.forms.len() < usize::from(u16::MAX) {
                self.forms.push(CellRefForm {
                    style: parsed.style,
                    relative: parsed.relative,
                    population: parsed.population.into(),
                    component: parsed.component.map(Into::into),
                });
            }
            self.forms.len() - 1
        });
        self.form.push(u16::try_from(at).unwrap_or(u16::MAX));
        self.index.push(parsed.index);
    }

    /// The reference of a row.
    pub fn get(&self, row: usize) -> Option<CellRef<'_>> {
        let form = self.forms.get(usize::from(self.form.get(row)))?;
        Some(CellRef { form, index: *self.index.get(row)? })
    }

    /// The distinct forms, in order of appearance.
    pub fn forms(&self) -> &[CellRefForm] {
        &self.forms
    }

    /// The form of a row, as an index into [`CellRefs::forms`].
    pub fn form_index(&self, row: usize) -> usize {
        usize::from(self.form.get(row))
    }

    /// The cell indices in row order; [`MISSING`] where malformed.
    pub fn indices(&self) -> &[u32] {
        &self.index
    }
}

#[cfg(test)]
mod tests {
    use super::CellRefStyle::{Bracket, Index, Malformed, Path};
    use super::*;

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
