//! What has to be computed for something, and in which order.

use nml_flat::{Formula, QuantityId};
use rustc_hash::FxHashMap;

use super::definition::{Definition, Definitions};
use super::scope::{Problem, Scope, Symbol};

/// The quantities of the mechanism that formulas read directly.
pub(super) fn own<'f>(
    scope: &Scope<'_>,
    formulas: impl IntoIterator<Item = &'f Formula>,
) -> Result<Vec<QuantityId>, Problem> {
    let mut found = Vec::new();
    for formula in formulas {
        for symbol in scope.symbols(formula)? {
            if let Symbol::Own(q) = symbol {
                found.push(q);
            }
        }
    }
    Ok(found)
}

/// The quantities that a computed one reads directly.
pub(super) fn parts(
    scope: &Scope<'_>,
    all: &Definitions<'_>,
    q: QuantityId,
) -> Result<Vec<QuantityId>, Problem> {
    let mut found = own(scope, all.formulas(q))?;
    if let Some(Definition::Reduce(_, inside)) = all.computed.get(&q) {
        for seen in *inside {
            if let Symbol::Own(q) = scope.seen(*seen)? {
                found.push(q);
            }
        }
    }
    Ok(found)
}

/// The computed quantities among `roots` and all they are made of, each after its parts.
pub(super) fn sorted(
    scope: &Scope<'_>,
    all: &Definitions<'_>,
    roots: impl IntoIterator<Item = QuantityId>,
) -> Result<Vec<QuantityId>, Problem> {
    #[derive(PartialEq)]
    enum Mark {
        Open,
        Done,
    }
    let mut marks: FxHashMap<QuantityId, Mark> = FxHashMap::default();
    let mut sorted = Vec::new();
    for root in roots {
        let mut stack = vec![(root, false)];
        while let Some((q, leaving)) = stack.pop() {
            if !all.computed.contains_key(&q) {
                continue;
            }
            if leaving {
                marks.insert(q, Mark::Done);
                sorted.push(q);
                continue;
            }
            match marks.get(&q) {
                Some(Mark::Done) => continue,
                Some(Mark::Open) => {
                    let name = &scope.kind.quantity(q).name;
                    return Err(scope.problem_of(q, format!("`{name}`, which is made of itself")));
                }
                None => {}
            }
            marks.insert(q, Mark::Open);
            stack.push((q, true));
            let parts = parts(scope, all, q)?;
            // The first part is to be computed first.
            let fresh = parts.into_iter().rev().filter(|p| marks.get(p) != Some(&Mark::Done));
            stack.extend(fresh.map(|part| (part, false)));
        }
    }
    Ok(sorted)
}
