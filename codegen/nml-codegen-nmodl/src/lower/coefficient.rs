//! The capacitance of cells without shape: how a current moves their potential.

use nml_flat::{Formula, QuantityId, Selection, Value};
use nml_units::Dimension;

use super::constant;
use super::scope::{DEEPEST, Problem, Scope, Symbol};

/// How attached currents move the potential of a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Capacity {
    /// In nF.
    pub(crate) capacitance_nf: Option<f64>,
    /// By sum of attached currents: the factor from its number in the units of points to nA.
    pub(crate) factors: Vec<(QuantityId, f64)>,
}

impl Capacity {
    pub(super) fn of(scope: &Scope<'_>) -> Result<Self, Problem> {
        let Some(v) = scope.v else { return Ok(Self::default()) };
        let mut sums = Vec::new();
        for id in scope.nodes() {
            for (q, selection) in &scope.kind.node(id).dynamics.selected {
                let Selection::Reduce { members, .. } = selection else { continue };
                if members.iter().any(|(kind, _)| scope.world.flat.kind(*kind).count() > 0) {
                    sums.push(*q);
                }
            }
        }
        let dynamics = &scope.kind.node(scope.kind.quantity(v).node).dynamics;
        let regimes = dynamics.regimes.iter().flat_map(|regime| &regime.rates);
        let rates = dynamics.rates.iter().chain(regimes);
        let rates: Vec<&Formula> = rates.filter(|(q, _)| *q == v).map(|(_, f)| f).collect();
        let mut made = Self { capacitance_nf: Some(1.0), factors: Vec::new() };
        for sum in sums {
            let mut slopes = Vec::new();
            for formula in &rates {
                let slope = slope(scope, formula, sum, 0)?;
                let Some(slope) = slope.filter(|k| k.is_finite()) else {
                    let name = &scope.kind.quantity(sum).name;
                    let what =
                        format!("a membrane potential that does not follow `{name}` linearly");
                    return Err(scope.problem_of(sum, what));
                };
                slopes.push(slope);
            }
            let first = slopes.first().copied().unwrap_or(0.0);
            // A regime that holds the potential has no rate.
            if slopes.iter().any(|k| *k != first) {
                let what = "a capacitance that differs between regimes";
                return Err(scope.problem_of(sum, what));
            }
            let dimension = scope.dimension(scope.kind, sum);
            let power = scope.units.power(dimension);
            if dimension == Dimension::CURRENT && made.factors.is_empty() && first > 0.0 {
                made.capacitance_nf = Some(rounded(1e9 / first));
                made.factors.push((sum, 1.0));
            } else {
                let nf = made.capacitance_nf.unwrap_or(1.0);
                let unit: f64 = format!("1e{power}").parse().unwrap_or(1.0);
                made.factors.push((sum, rounded(nf * first * unit)));
            }
        }
        Ok(made)
    }
}

/// To 15 digits, so that a reciprocal of a reciprocal is what was written.
fn rounded(x: f64) -> f64 {
    format!("{x:.14e}").parse().unwrap_or(x)
}

/// The derivative of a formula by a sum, all parts in between included; `None` where it is no fixed number.
fn slope(
    scope: &Scope<'_>,
    formula: &Formula,
    by: QuantityId,
    depth: usize,
) -> Result<Option<f64>, Problem> {
    if depth > DEEPEST {
        return Ok(None);
    }
    let mut total = 0.0;
    let symbols = scope.symbols(formula)?;
    for (name, symbol) in formula.expr.symbols().zip(&symbols) {
        let Symbol::Own(q) = symbol else { continue };
        let Some(inner) = slope_of(scope, *q, by, depth)? else { return Ok(None) };
        if inner == 0.0 {
            continue;
        }
        let Ok(partial) = formula.expr.differentiate(name) else { return Ok(None) };
        let partial = partial.simplify();
        let mut values = Vec::new();
        for used in partial.symbols() {
            let at = formula.expr.symbols().position(|known| known == used);
            let symbol = at.and_then(|at| symbols.get(at));
            let value = match symbol {
                Some(Symbol::Number(x, _)) => Some(*x),
                Some(Symbol::Own(q)) => constant::of(scope.world, scope.id, *q),
                _ => None,
            };
            let Some(value) = value else { return Ok(None) };
            values.push(value);
        }
        total += partial.eval_with(&values, || 0.0).number() * inner;
    }
    Ok(Some(total))
}

fn slope_of(
    scope: &Scope<'_>,
    q: QuantityId,
    by: QuantityId,
    depth: usize,
) -> Result<Option<f64>, Problem> {
    if q == by {
        return Ok(Some(1.0));
    }
    let dynamics = &scope.kind.node(scope.kind.quantity(q).node).dynamics;
    if let Some((_, value)) = dynamics.derived.iter().find(|(known, _)| *known == q) {
        return match value {
            Value::Formula(formula) => slope(scope, formula, by, depth + 1),
            Value::Cases(cases) => {
                // Cases may choose between currents, as long as none of them is attached.
                for (condition, formula) in cases {
                    for formula in condition.iter().chain([formula]) {
                        if slope(scope, formula, by, depth + 1)? != Some(0.0) {
                            return Ok(None);
                        }
                    }
                }
                Ok(Some(0.0))
            }
        };
    }
    if let Some((_, Selection::Reduce { op, inside, .. })) =
        dynamics.selected.iter().find(|(known, _)| *known == q)
    {
        let mut total = 0.0;
        for seen in inside {
            let Symbol::Own(part) = scope.seen(*seen)? else { continue };
            let Some(own) = slope_of(scope, part, by, depth + 1)? else { return Ok(None) };
            total += own;
        }
        let product = matches!(op, nml_flat::Reduce::Multiply);
        return Ok(if product && total != 0.0 { None } else { Some(total) });
    }
    Ok(Some(0.0))
}
