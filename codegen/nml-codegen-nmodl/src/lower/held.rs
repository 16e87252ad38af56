//! States that nothing but conditions set: functions of all the rest, such as the current of a pulse.

use nml_flat::{Action, Formula, QuantityId, Role};
use rustc_hash::FxHashSet;

use super::definition::{Definition, Definitions};
use super::scope::Scope;

/// Turns such states into computed quantities, so that they follow their conditions at every time.
pub(super) fn find<'a>(scope: &Scope<'a>, made: &mut Definitions<'a>) {
    let mut held: FxHashSet<QuantityId> = FxHashSet::default();
    let mut not: FxHashSet<QuantityId> = FxHashSet::default();
    let mut conditions: Vec<(&'a Formula, &'a [Action])> = Vec::new();
    for id in scope.nodes() {
        let dynamics = &scope.kind.node(id).dynamics;
        let events = dynamics.on_event.iter().map(|(_, actions)| actions);
        let regimes = dynamics.regimes.iter().flat_map(|r| {
            let conditions = r.on_condition.iter().map(|(_, actions)| actions);
            let events = r.on_event.iter().map(|(_, actions)| actions);
            conditions.chain(events).chain(&r.on_entry)
        });
        for action in events.chain(regimes).flatten() {
            if let Action::Assign(q, _) = action {
                not.insert(*q);
            }
        }
        for (condition, actions) in &dynamics.on_condition {
            conditions.push((condition, actions));
        }
    }
    for (_, actions) in &conditions {
        for action in *actions {
            if let Action::Assign(q, formula) = action {
                let state = matches!(scope.kind.quantity(*q).role, Role::State);
                let rate = made.rates.contains_key(q) || scope.v == Some(*q);
                let itself = |f: &Formula| mentions(f, *q);
                let random = formula.expr.is_random();
                if state && !rate && !itself(formula) && !random {
                    held.insert(*q);
                } else {
                    not.insert(*q);
                }
            }
        }
    }
    held.retain(|q| !not.contains(q));
    // A handler that does something else as well acts once, not always.
    loop {
        let before = held.len();
        for (condition, actions) in &conditions {
            let plain = |a: &Action| matches!(a, Action::Assign(q, _) if held.contains(q));
            let pure = actions.iter().all(plain) && !condition.expr.is_random();
            for action in *actions {
                if let Action::Assign(q, _) = action
                    && (!pure || mentions(condition, *q))
                {
                    held.remove(q);
                }
            }
        }
        if held.len() == before {
            break;
        }
    }
    for (condition, actions) in conditions {
        for action in actions {
            let Action::Assign(q, formula) = action else { continue };
            if !held.contains(q) {
                continue;
            }
            let known = made.computed.entry(*q).or_insert_with(|| Definition::Held(Vec::new()));
            if let Definition::Held(list) = known {
                list.push((condition, formula));
            }
        }
    }
}

fn mentions(formula: &Formula, q: QuantityId) -> bool {
    formula.operands.iter().any(|o| matches!(o, nml_flat::Operand::Quantity(known) if *known == q))
}
