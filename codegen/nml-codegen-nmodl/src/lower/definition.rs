//! How the quantities of a mechanism come about.

use nml_flat::{Action, Formula, Node, QuantityId, Reduce, Seen, Selection, Value};
use rustc_hash::FxHashMap;

use super::scope::{Problem, Scope};

/// How a quantity that is computed comes about.
#[derive(Clone, Debug)]
pub(super) enum Definition<'a> {
    /// By a formula, or by cases.
    Value(&'a Value),
    /// A sum or product.
    Reduce(Reduce, &'a [Seen]),
    /// It keeps its value but where a condition holds.
    Held(Vec<(&'a Formula, &'a Formula)>),
}

/// All that is computed in a mechanism, and all that changes by rates.
#[derive(Debug, Default)]
pub(super) struct Definitions<'a> {
    pub(super) computed: FxHashMap<QuantityId, Definition<'a>>,
    /// By state: its rate in all regimes, and by regime.
    pub(super) rates: FxHashMap<QuantityId, Rates<'a>>,
    /// By state: its value at the start.
    pub(super) starts: FxHashMap<QuantityId, &'a Formula>,
}

/// The rates of a state; they add up.
#[derive(Debug, Default, Clone)]
pub(super) struct Rates<'a> {
    pub(super) always: Option<&'a Formula>,
    /// Index of the regime in its node, and the rate there.
    pub(super) regimes: Vec<(u32, &'a Formula)>,
}

impl<'a> Definitions<'a> {
    /// Collects them; `current` is summed by the simulator and computed nowhere.
    pub(super) fn of(scope: &Scope<'a>, current: &[QuantityId]) -> Result<Self, Problem> {
        let mut made = Self::default();
        for id in scope.nodes() {
            let node: &'a Node = scope.kind.node(id);
            let dynamics = &node.dynamics;
            for (q, value) in &dynamics.derived {
                made.computed.insert(*q, Definition::Value(value));
            }
            for (q, selection) in &dynamics.selected {
                let Selection::Reduce { op, inside, members } = selection else { continue };
                let others = members.iter().any(|(k, _)| scope.world.flat.kind(*k).count() > 0);
                if others && !current.contains(q) {
                    let name = &scope.kind.quantity(*q).name;
                    let what =
                        format!("the sum `{name}` over what is attached, other than a current");
                    return Err(scope.problem_of(*q, what));
                }
                made.computed.insert(*q, Definition::Reduce(*op, inside));
            }
            for (q, formula) in &dynamics.rates {
                // A rate of 0 is none.
                if super::constant::formula(scope.world, scope.id, formula) == Some(0.0) {
                    continue;
                }
                made.rates.entry(*q).or_default().always = Some(formula);
            }
            for (at, regime) in (0..).zip(&dynamics.regimes) {
                if let Some((q, _)) = regime.derived.first() {
                    return Err(scope.problem_of(*q, "a derived variable of a regime"));
                }
                for (q, formula) in &regime.rates {
                    made.rates.entry(*q).or_default().regimes.push((at, formula));
                }
            }
            for action in dynamics.on_start.iter().flatten() {
                if let Action::Assign(q, formula) = action {
                    made.starts.insert(*q, formula);
                }
            }
        }
        super::held::find(scope, &mut made);
        Ok(made)
    }

    /// The formulas that a computed quantity is made of.
    pub(super) fn formulas(&self, q: QuantityId) -> Vec<&'a Formula> {
        match self.computed.get(&q) {
            Some(Definition::Value(Value::Formula(formula))) => vec![formula],
            Some(Definition::Value(Value::Cases(cases))) => {
                cases.iter().flat_map(|(c, f)| c.iter().chain([f])).collect()
            }
            Some(Definition::Held(list)) => list.iter().flat_map(|(c, f)| [*c, *f]).collect(),
            Some(Definition::Reduce(..)) | None => Vec::new(),
        }
    }
}
