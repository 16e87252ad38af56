//! `NML0506` component-differs.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;
use nml_model::table::{CellRefForm, CellRefStyle};

use super::sides::{RowAttribute, Side, sides};
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0506",
    "component-differs",
    Networks,
    Error,
    "a path to a cell ends with another component than its population has"
);

/// `../POPULATION/INDEX/COMPONENT` ends with the `component` of the population.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        for side in sides(network) {
            let right: Vec<Option<&str>> =
                side.refs.forms().iter().map(|form| expected(&side, form)).collect();
            if right.iter().all(Option::is_none) {
                continue;
            }
            let mut found = Folded::new(sink);
            for row in 0..side.len() {
                let Some(&Some(right)) = right.get(side.refs.form_index(row)) else { continue };
                let Some(cell) = side.refs.get(row) else { continue };
                found.push(|| report(&side, row, cell.form, right));
            }
        }
    }
}

/// The component a path should end with, where it does not.
fn expected<'m>(side: &Side<'m>, form: &CellRefForm) -> Option<&'m str> {
    if form.style != CellRefStyle::Path {
        return None;
    }
    let component = side.population(form)?.component().attr("component")?;
    (form.component.as_deref() != Some(component)).then_some(component)
}

fn report(side: &Side<'_>, row: usize, form: &CellRefForm, right: &str) -> Diagnostic {
    let text = side.text(row, RowAttribute::Cell);
    let message = match &form.component {
        Some(wrong) => {
            format!(
                "`{text}` ends with `{wrong}`, but the cells of `{}` are `{right}`",
                form.population
            )
        }
        None => format!("`{text}` does not name the component of its cell, `{right}`"),
    };
    let mut found = Diagnostic::new(&RULE, side.span(row, RowAttribute::Cell), message);
    if let Some(population) = side.population(form) {
        found =
            found.also(population.component().span_of("component"), "the cells of the population");
    }
    let dots = if form.relative { "../" } else { "" };
    found.help(format!(
        "write `{dots}{}/{}/{right}`",
        form.population,
        side.refs.indices().get(row).unwrap_or_default()
    ))
}
