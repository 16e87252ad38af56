//! `NML0503` malformed-cell-reference.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::table::{CellRefForm, CellRefStyle};
use nml_model::{DocumentKind, Model};

use super::sides::{RowAttribute, Side, sides};
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0503",
    "malformed-cell-reference",
    Networks,
    Error,
    "a reference to a cell is not written as one"
);

/// Connections say `../POPULATION/INDEX/COMPONENT` or `../POPULATION[INDEX]`; electrical and continuous
/// ones may give the bare index.  A path that begins without `../` would have to lead into the connection.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        for side in sides(network) {
            let grammar = side.owner.document().kind == DocumentKind::NeuroMl;
            let bad: Vec<bool> = side.refs.forms().iter().map(|form| is_bad(&side, form)).collect();
            if !bad.contains(&true) {
                continue;
            }
            let mut found = Folded::new(sink);
            for row in 0..side.len() {
                if !bad.get(side.refs.form_index(row)).copied().unwrap_or(false) {
                    continue;
                }
                let text = side.text(row, RowAttribute::Cell);
                let Some(cell) = side.refs.get(row) else { continue };
                let index = cell.form.style == CellRefStyle::Index;
                if index && side.takes_index(row) {
                    continue;
                }
                // What the document grammar forbids is told by it, and a missing attribute too.
                let checked = grammar && !side.takes_index(row);
                if text.is_empty() || (checked && !grammar_takes(text)) {
                    continue;
                }
                found.push(|| report(&side, row, text, cell.form));
            }
        }
    }
}

fn is_bad(side: &Side<'_>, form: &CellRefForm) -> bool {
    match form.style {
        CellRefStyle::Malformed | CellRefStyle::Index => true,
        CellRefStyle::Path | CellRefStyle::Bracket => side.needs_dots() && !form.relative,
    }
}

/// Whether a text is a `Nml2PopulationReferencePath`, which lets numbers follow each other.
fn grammar_takes(text: &str) -> bool {
    let rest = text.strip_prefix("../").unwrap_or(text);
    let name = |s: &str| {
        let mut bytes = s.bytes();
        bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
            && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    if let Some((population, index)) = rest.split_once('[') {
        return name(population) && index.strip_suffix(']').is_some_and(digits);
    }
    let parts: Vec<&str> = rest.split('/').collect();
    let [population, numbers @ ..] = parts.as_slice() else { return false };
    let numbers = match numbers {
        [inner @ .., last] if !inner.is_empty() && name(last) => inner,
        all => all,
    };
    name(population) && !numbers.is_empty() && numbers.iter().all(|n| digits(n))
}

fn report(side: &Side<'_>, row: usize, text: &str, form: &CellRefForm) -> Diagnostic {
    let name = side.name(row, RowAttribute::Cell);
    let population = side.own.and_then(nml_model::views::Population::id).unwrap_or("POPULATION");
    let dots = if side.needs_dots() { "../" } else { "" };
    let (message, help) = match form.style {
        CellRefStyle::Path | CellRefStyle::Bracket => (
            format!("`{name}` is `{text}`, a path that does not begin with `../`"),
            format!("write `../{text}`"),
        ),
        CellRefStyle::Index => (
            format!("`{name}` is the bare index `{text}`"),
            format!("write `{dots}{population}[{text}]`"),
        ),
        CellRefStyle::Malformed => (
            format!("`{name}` is `{text}`, which names no cell"),
            format!(
                "write `{dots}{population}/INDEX/COMPONENT` where instances are listed, `{dots}{population}[INDEX]` otherwise"
            ),
        ),
    };
    Diagnostic::new(&RULE, side.span(row, RowAttribute::Cell), message).help(help)
}
