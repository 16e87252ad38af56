//! `NML0510` repeated-row-id.

use nml_base::{Diagnostic, Diagnostics, Indices};
use nml_model::table::{MISSING, RowSpans, Table};
use nml_model::{Component, Model};
use rustc_hash::FxHashMap;

use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0510",
    "repeated-row-id",
    Networks,
    Warn,
    "two instances, connections or inputs of one list have the same id"
);

/// Ids of rows have to differ within their list.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        for owner in network.component().children() {
            let (ids, spans) = match owner.table() {
                Some(Table::Instances(table)) => (&table.id, &table.spans),
                Some(Table::Connections(table)) => (&table.id, &table.spans),
                Some(Table::Inputs(table)) => (&table.id, &table.spans),
                None => continue,
            };
            // Ids that only ever grow cannot repeat.
            let counted = ids.count_from().is_some();
            if !counted && ids.iter().zip(ids.iter().skip(1)).any(|(one, next)| one >= next) {
                look(owner, ids, spans, sink);
            }
        }
    }
}

fn look(owner: Component<'_>, ids: &Indices, spans: &RowSpans, sink: &mut Diagnostics) {
    let mut first: FxHashMap<u32, usize> = FxHashMap::default();
    let mut found = Folded::new(sink);
    for (id, row) in ids.iter().zip(0..) {
        // Ids too large to be kept apart are equal by accident.
        if id >= MISSING - 1 {
            continue;
        }
        let earlier = *first.entry(id).or_insert(row);
        if earlier == row {
            continue;
        }
        found.push(|| {
            let message = format!("`{}` has two rows with id {id}", owner.shown());
            Diagnostic::new(&RULE, crate::rows::attribute(owner, spans, row, "id"), message)
                .label("used again here")
                .also(crate::rows::attribute(owner, spans, earlier, "id"), "first used here")
                .help("number the rows from 0")
        });
    }
}
