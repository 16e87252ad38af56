//! Everything that can be wrong with a model beyond the grammar of its documents.
//!
//! One file per rule: its declaration, and a function that looks at the whole model.  Rules are grouped
//! in folders by [`Topic`](nml_base::Topic), each with a list of its rules.

use nml_base::{Diagnostics, Rule};
use nml_model::Model;

mod biophysics;
mod channels;
mod expressions;
mod lems;
mod morphology;
mod networks;
mod references;
mod rows;
mod rule;
mod simulation;

/// One rule and how it looks at a model.
pub(crate) struct Check {
    rule: &'static Rule,
    run: fn(&Model, &mut Diagnostics),
}

/// The rules of all topics.
const TOPICS: &[&[Check]] = &[
    references::CHECKS,
    morphology::CHECKS,
    biophysics::CHECKS,
    networks::CHECKS,
    channels::CHECKS,
    lems::CHECKS,
    expressions::CHECKS,
    simulation::CHECKS,
];

/// All rules of this crate, by topic.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    TOPICS.iter().copied().flatten().map(|check| check.rule)
}

/// Runs every rule on a model.
pub fn check(model: &Model, sink: &mut Diagnostics) {
    for check in TOPICS.iter().copied().flatten() {
        (check.run)(model, sink);
    }
}
