//! Everything that can be wrong with a model beyond the grammar of its documents.
//!
//! One file per rule: its declaration, and a function that looks at the whole model, or at one attribute
//! after the other.  Rules are grouped in folders by [`Topic`](nml_base::Topic), each with a list of its
//! rules.

use nml_base::{Diagnostics, Rule};
use nml_model::{Attr, Component, Model};

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
    run: Run,
}

enum Run {
    /// Looks at the whole model.
    Model(fn(&Model, &mut Diagnostics)),
    /// Looks at one attribute of a component; all such rules share one pass over the model.
    Attribute(fn(Component<'_>, Attr<'_>, &mut Diagnostics)),
}

impl Check {
    const fn model(rule: &'static Rule, run: fn(&Model, &mut Diagnostics)) -> Self {
        Self { rule, run: Run::Model(run) }
    }

    const fn attribute(
        rule: &'static Rule,
        run: fn(Component<'_>, Attr<'_>, &mut Diagnostics),
    ) -> Self {
        Self { rule, run: Run::Attribute(run) }
    }
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
    let mut of_attributes = Vec::new();
    for check in TOPICS.iter().copied().flatten() {
        match check.run {
            Run::Model(run) => run(model, sink),
            Run::Attribute(run) => of_attributes.push(run),
        }
    }
    for component in model.components() {
        let attributes = component.element().attributes();
        for attribute in attributes.filter(|a| a.namespace().is_empty()) {
            for run in &of_attributes {
                run(component, attribute, sink);
            }
        }
    }
}
