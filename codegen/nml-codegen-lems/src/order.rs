//! Derived variables in the order of an interpreter that does not sort them.

use nml_flat::{Formula, Operand, QuantityId, Value};
use rustc_hash::FxHashMap;

/// A derived variable to be written.
#[derive(Clone, Debug)]
pub(crate) struct Derived {
    pub(crate) quantity: QuantityId,
    /// What it is computed from; none where its text is all there is.
    pub(crate) uses: Vec<QuantityId>,
    pub(crate) form: Form,
}

/// How a derived variable is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// By a path to others, which is followed before anything else is computed.
    Select { path: String, reduce: Option<&'static str> },
    /// By one expression.
    Value(String),
    /// By cases, computed after all that are no cases.
    Cases(Vec<(Option<String>, String)>),
}

/// The quantities that a formula names.
pub(crate) fn uses(formula: &Formula) -> impl Iterator<Item = QuantityId> {
    formula.operands.iter().filter_map(|operand| match operand {
        Operand::Quantity(id) => Some(*id),
        Operand::Time | Operand::Constant(_) => None,
    })
}

/// The quantities that a value names.
pub(crate) fn uses_of(value: &Value) -> Vec<QuantityId> {
    match value {
        Value::Formula(formula) => uses(formula).collect(),
        Value::Cases(cases) => cases
            .iter()
            .flat_map(|(test, value)| test.iter().chain(std::iter::once(value)))
            .flat_map(uses)
            .collect(),
    }
}

/// Each after those that it uses; an expression over cases becomes the only case of one.
///
/// `Err` is one of a circle.
pub(crate) fn ordered(derived: Vec<Derived>) -> Result<Vec<Derived>, QuantityId> {
    let at: FxHashMap<QuantityId, usize> =
        derived.iter().enumerate().map(|(at, d)| (d.quantity, at)).collect();
    let mut state = vec![0_u8; derived.len()];
    let mut late = vec![false; derived.len()];
    let mut order = Vec::with_capacity(derived.len());
    for first in 0..derived.len() {
        let mut open = vec![(first, 0_usize)];
        if state[first] != 0 {
            continue;
        }
        state[first] = 1;
        while let Some((here, next)) = open.last_mut() {
            let here = *here;
            let used = derived[here].uses.get(*next).copied();
            *next += 1;
            let Some(used) = used else {
                let over = |id: &QuantityId| at.get(id).is_some_and(|at| late[*at]);
                late[here] = matches!(derived[here].form, Form::Cases(_))
                    || derived[here].uses.iter().any(over);
                state[here] = 2;
                order.push(here);
                open.pop();
                continue;
            };
            let Some(&inner) = at.get(&used) else { continue };
            match state[inner] {
                0 => {
                    state[inner] = 1;
                    open.push((inner, 0));
                }
                1 => return Err(used),
                _ => {}
            }
        }
    }
    let mut slots: Vec<Option<Derived>> = derived.into_iter().map(Some).collect();
    let mut out = Vec::with_capacity(order.len());
    for at in order {
        let Some(mut one) = slots[at].take() else { continue };
        if let (true, Form::Value(text)) = (late[at], &one.form) {
            one.form = Form::Cases(vec![(None, text.clone())]);
        }
        out.push(one);
    }
    Ok(out)
}
