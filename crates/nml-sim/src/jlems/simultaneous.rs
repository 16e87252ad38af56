//! `<Dynamics simultaneous="true">`: a component and all inside it as one system, by the classical
//! Runge–Kutta method of fourth order.
//!
//! As in the reference (`StateType.rk4Advance`) the four slopes are taken at the end of the step, half a step
//! and a whole step behind it, which matters to equations in `t` only; derived quantities keep the value they
//! have with the states before the step.  The reference drops conditions, events and Markov schemes of such a
//! component; here conditions and events work as anywhere else, and a Markov scheme is refused.

use nml_flat::{Formula, Kind, NodeId, QuantityId, Seen, Selection, Value as Made};
use nml_kernel::{Column, Value};
use rustc_hash::FxHashSet;

use super::compile::{one, react, select, show};
use crate::emit::{Emitter, Untranslatable};
use crate::engine::formula::derived;

/// Something computed at every evaluation.
#[derive(Clone, Copy, Debug)]
enum Step {
    Require(NodeId, usize),
    Select(NodeId, usize),
    Derive(NodeId, usize),
}

/// Advances a node and all inside it by a step.
pub(super) fn integrate(
    e: &mut Emitter<'_>,
    kind: &Kind,
    root: NodeId,
    fed: &[Option<Column>],
) -> Result<(), Untranslatable> {
    let nodes = inside(kind, root);
    for &node in &nodes {
        if !kind.node(node).dynamics.schemes.is_empty() {
            let what = "a kinetic scheme within `simultaneous` dynamics is not simulated";
            return Err(Untranslatable(what.to_owned()));
        }
    }
    let steps = in_order(kind, &nodes)?;
    let dt = e.b.uniform(e.layout.dt);
    let half = e.b.constant(0.5);
    let half = e.b.mul(half, dt);
    let end = e.b.uniform(e.layout.t);
    let states: Vec<QuantityId> = nodes
        .iter()
        .flat_map(|&node| kind.node(node).dynamics.rates.iter().map(|(state, _)| *state))
        .collect();
    let before: Vec<Value> = states.iter().map(|&state| load(e, state)).collect();
    for &node in &nodes {
        show(e, kind, node);
    }
    let mut sum: Vec<Value> = Vec::new();
    let mut last: Vec<Value> = Vec::new();
    let mut kept: Vec<Value> = Vec::new();
    for (part, weight) in [1.0, 2.0, 2.0, 1.0].into_iter().enumerate() {
        let ahead = match part {
            0 => None,
            3 => Some(dt),
            _ => Some(half),
        };
        if let Some(ahead) = ahead {
            for ((&state, &before), &slope) in states.iter().zip(&before).zip(&last) {
                let change = e.b.mul(ahead, slope);
                let value = e.b.add(before, change);
                store(e, state, value);
            }
            for &node in &nodes {
                show(e, kind, node);
            }
            e.time = Some(e.b.add(end, ahead));
        }
        evaluate(e, kind, &steps, fed)?;
        if part == 0 {
            kept = steps.iter().map(|&step| load(e, quantity(kind, step))).collect();
        }
        last.clear();
        for &node in &nodes {
            for (_, rate) in &kind.node(node).dynamics.rates {
                last.push(e.formula(rate, None)?);
            }
        }
        let weight = e.b.constant(weight);
        for (at, &slope) in last.iter().enumerate() {
            let slope = e.b.mul(weight, slope);
            match sum.get_mut(at) {
                Some(total) => *total = e.b.add(*total, slope),
                None => sum.push(slope),
            }
        }
    }
    e.time = None;
    let six = e.b.constant(6.0);
    for ((&state, &before), &sum) in states.iter().zip(&before).zip(&sum) {
        let slope = e.b.div(sum, six);
        let change = e.b.mul(dt, slope);
        let value = e.b.add(before, change);
        store(e, state, value);
    }
    for (&step, &value) in steps.iter().zip(&kept) {
        store(e, quantity(kind, step), value);
    }
    for &node in &nodes {
        react(e, kind, node)?;
    }
    Ok(())
}

fn load(e: &mut Emitter<'_>, quantity: QuantityId) -> Value {
    let place = e.layout.quantity(quantity);
    e.load(place)
}

fn store(e: &mut Emitter<'_>, quantity: QuantityId, value: Value) {
    let place = e.layout.quantity(quantity);
    e.store(place, value);
}

/// A node and all inside it, children first.
fn inside(kind: &Kind, root: NodeId) -> Vec<NodeId> {
    let (mut open, mut found) = (vec![root], Vec::new());
    while let Some(node) = open.pop() {
        found.push(node);
        open.extend(kind.node(node).children());
    }
    found.reverse();
    found
}

/// The quantity that a step computes.
fn quantity(kind: &Kind, step: Step) -> QuantityId {
    match step {
        Step::Require(node, at) => kind.node(node).dynamics.requirements[at].0,
        Step::Select(node, at) => kind.node(node).dynamics.selected[at].0,
        Step::Derive(node, at) => kind.node(node).dynamics.derived[at].0,
    }
}

/// Computes everything once with the states as they are, and shows it.
fn evaluate(
    e: &mut Emitter<'_>,
    kind: &Kind,
    steps: &[Step],
    fed: &[Option<Column>],
) -> Result<(), Untranslatable> {
    for &step in steps {
        let node = match step {
            Step::Require(node, at) => {
                let (quantity, view) = &kind.node(node).dynamics.requirements[at];
                one(e, *quantity, view, fed);
                node
            }
            Step::Select(node, at) => {
                let (quantity, selection) = &kind.node(node).dynamics.selected[at];
                select(e, *quantity, selection, fed);
                node
            }
            Step::Derive(node, at) => {
                let (quantity, made) = &kind.node(node).dynamics.derived[at];
                let value = derived(e, made, None)?;
                store(e, *quantity, value);
                node
            }
        };
        let made = quantity(kind, step);
        for (exposure, at) in kind.exposures.iter().zip(0..) {
            if exposure.node == node && exposure.quantity == Some(made) {
                let value = load(e, made);
                let place = e.layout.seen(Seen::Exposure(nml_flat::ExposureId(at)));
                e.store(place, value);
            }
        }
    }
    Ok(())
}

/// What is computed, each after what it needs.
fn in_order(kind: &Kind, nodes: &[NodeId]) -> Result<Vec<Step>, Untranslatable> {
    let mut waiting: Vec<(Step, Vec<QuantityId>)> = Vec::new();
    for &node in nodes {
        let dynamics = &kind.node(node).dynamics;
        for (at, (_, view)) in dynamics.requirements.iter().enumerate() {
            let needs = if view.hops.is_empty() { seen(kind, view.seen) } else { None };
            waiting.push((Step::Require(node, at), needs.into_iter().collect()));
        }
        for (at, (_, selection)) in dynamics.selected.iter().enumerate() {
            let needs = match selection {
                Selection::One(view) if view.hops.is_empty() => {
                    seen(kind, view.seen).into_iter().collect()
                }
                Selection::One(_) => Vec::new(),
                Selection::Reduce { inside, .. } => {
                    inside.iter().filter_map(|&s| seen(kind, s)).collect()
                }
            };
            waiting.push((Step::Select(node, at), needs));
        }
        for (at, (_, made)) in dynamics.derived.iter().enumerate() {
            waiting.push((Step::Derive(node, at), operands(made)));
        }
    }
    let mut open: FxHashSet<QuantityId> =
        waiting.iter().map(|(step, _)| quantity(kind, *step)).collect();
    let mut found = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|(step, needs)| {
            let ready = !needs.iter().any(|need| open.contains(need));
            if ready {
                open.remove(&quantity(kind, *step));
                found.push(*step);
            }
            !ready
        });
        if waiting.len() == before {
            let name = &kind.quantity(quantity(kind, waiting[0].0)).name;
            let what = format!("`{name}` and others depend on one another in a circle");
            return Err(Untranslatable(what));
        }
    }
    Ok(found)
}

fn seen(kind: &Kind, seen: Seen) -> Option<QuantityId> {
    match seen {
        Seen::Quantity(quantity) => Some(quantity),
        Seen::Exposure(exposure) => kind.exposures[exposure.index()].quantity,
        Seen::Time => None,
    }
}

fn operands(made: &Made) -> Vec<QuantityId> {
    let of = |formula: &Formula| {
        let operands = formula.operands.iter();
        let quantities = operands.filter_map(|operand| match operand {
            nml_flat::Operand::Quantity(quantity) => Some(*quantity),
            _ => None,
        });
        quantities.collect::<Vec<_>>()
    };
    match made {
        Made::Formula(formula) => of(formula),
        Made::Cases(cases) => cases
            .iter()
            .flat_map(|(condition, value)| condition.iter().chain([value]))
            .flat_map(of)
            .collect(),
    }
}
