//! Numbers that are the same for all instances at all times.

use nml_flat::{Formula, KindId, Operand, QuantityId, Reduce, Role, Selection, Value};

use super::scope::{Shown, Way, World, quantity_of, way};

/// How deep definitions are followed.
const DEEPEST: usize = 60;

/// The value of a quantity in SI, where it is the same for all instances at all times.
pub fn of(world: &World<'_>, kind: KindId, q: QuantityId) -> Option<f64> {
    value(world, kind, q, 0).filter(|x| x.is_finite())
}

/// The value of a formula in SI, where it is the same for all instances at all times.
pub(super) fn formula(world: &World<'_>, kind: KindId, it: &Formula) -> Option<f64> {
    evaluate(world, kind, it, 0).filter(|x| x.is_finite())
}

fn value(world: &World<'_>, id: KindId, q: QuantityId, depth: usize) -> Option<f64> {
    if let Some(known) = world.constants.borrow().get(&(id, q)) {
        return *known;
    }
    let found = compute(world, id, q, depth);
    world.constants.borrow_mut().insert((id, q), found);
    found
}

fn compute(world: &World<'_>, id: KindId, q: QuantityId, depth: usize) -> Option<f64> {
    let differs = world.varying.contains(&(id, q)) || world.differing.contains_key(&(id, q));
    if depth > DEEPEST || differs {
        return None;
    }
    let kind = world.flat.kind(id);
    let quantity = kind.quantity(q);
    match &quantity.role {
        Role::Parameter(x) => return Some(*x),
        Role::Property(values) => {
            let first = *values.first()?;
            return values.iter().all(|x| *x == first).then_some(first);
        }
        Role::State => return None,
        Role::Derived => {
            let dynamics = &kind.node(quantity.node).dynamics;
            let (_, value) = dynamics.derived.iter().find(|(known, _)| *known == q)?;
            return match value {
                Value::Formula(formula) => evaluate(world, id, formula, depth + 1),
                Value::Cases(cases) => {
                    for (condition, formula) in cases {
                        let holds = match condition {
                            Some(condition) => evaluate(world, id, condition, depth + 1)? != 0.0,
                            None => true,
                        };
                        if holds {
                            return evaluate(world, id, formula, depth + 1);
                        }
                    }
                    Some(0.0)
                }
            };
        }
        Role::Requirement | Role::Selected => {}
    }
    match way(kind, q)? {
        Way::View(view) => match quantity_of(world.flat.kind(view.kind), view.seen) {
            Shown::Quantity(next) => value(world, view.kind, next, depth + 1),
            Shown::Nothing => Some(0.0),
            Shown::Time => None,
        },
        Way::Reduce => {
            let dynamics = &kind.node(quantity.node).dynamics;
            let (_, selection) = dynamics.selected.iter().find(|(known, _)| *known == q)?;
            let Selection::Reduce { op, inside, members } = selection else { return None };
            if members.iter().any(|(kind, _)| world.flat.kind(*kind).count() > 0) {
                return None;
            }
            let mut all = match op {
                Reduce::Add => 0.0,
                Reduce::Multiply => 1.0,
            };
            for &seen in inside {
                let x = match quantity_of(kind, seen) {
                    Shown::Quantity(next) => value(world, id, next, depth + 1)?,
                    Shown::Nothing => 0.0,
                    Shown::Time => return None,
                };
                match op {
                    Reduce::Add => all += x,
                    Reduce::Multiply => all *= x,
                }
            }
            Some(all)
        }
    }
}

fn evaluate(world: &World<'_>, kind: KindId, it: &Formula, depth: usize) -> Option<f64> {
    if it.expr.is_random() {
        return None;
    }
    let mut values = Vec::with_capacity(it.operands.len());
    for &operand in &it.operands {
        values.push(match operand {
            Operand::Time => return None,
            Operand::Constant(x) => x,
            Operand::Quantity(q) => value(world, kind, q, depth + 1)?,
        });
    }
    Some(it.expr.eval_with(&values, || 0.0).number())
}

/// A formula for one instance, whose properties count.
pub fn for_instance(world: &World<'_>, kind: KindId, it: &Formula, instance: usize) -> Option<f64> {
    if it.expr.is_random() {
        return None;
    }
    let mut values = Vec::with_capacity(it.operands.len());
    for &operand in &it.operands {
        values.push(match operand {
            Operand::Time => return None,
            Operand::Constant(x) => x,
            Operand::Quantity(q) => match &world.flat.kind(kind).quantity(q).role {
                Role::Property(values) => *values.get(instance)?,
                _ => value(world, kind, q, 0)?,
            },
        });
    }
    Some(it.expr.eval_with(&values, || 0.0).number()).filter(|x| x.is_finite())
}
