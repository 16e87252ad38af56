//! The membrane of a cell without shape.

use nml_codegen::number::in_unit;
use nml_expr::{BinaryOp, Builder, Expr};
use nml_flat::Formula;
use nml_units::Dimension;

use super::mechanism::{Lowering, negative};
use super::order;
use super::scope::Problem;
use crate::nmodl::{Assigned, Parameter, Stmt};

/// How hard the potential is held, as conductance per capacitance, per ms.
const HOLD: f64 = 1e7;

impl Lowering<'_> {
    /// The current of the membrane: the capacitance times the rate of the potential, or what holds it.
    pub(super) fn membrane(&mut self) -> Result<(), Problem> {
        let Some(v) = self.scope.v else { return Ok(()) };
        let rates = self.all.rates.get(&v).cloned().unwrap_or_default();
        let node = self.scope.kind.quantity(v).node;
        let regimes = self.scope.kind.node(node).dynamics.regimes.len();
        let formulas = rates.always.iter().copied().chain(rates.regimes.iter().map(|(_, f)| *f));
        let roots = order::own(&self.scope, formulas)?;
        let (mut body, locals) = self.compute(roots)?;
        let current = self.namer.give("i");
        let c = self.namer.give("c_m");
        let farad = self.capacity.capacitance_nf.unwrap_or(1.0);
        self.mechanism.parameters.push(Parameter {
            name: c.clone(),
            value: in_unit(farad, 0),
            unit: Some("nF"),
        });
        let count = u32::try_from(regimes).unwrap_or(u32::MAX);
        let mut cases = Vec::new();
        for regime in 0..count {
            let own = rates.regimes.iter().find(|(at, _)| *at == regime).map(|(_, f)| *f);
            let value = self.outward(&c, rates.always, own)?;
            let active = self.in_regime(node, regime);
            cases.push((Some(active), vec![Stmt::Assign(current.clone(), value)]));
        }
        if let Some((condition, _)) = cases.last_mut() {
            *condition = None;
            body.push(Stmt::If(cases));
        } else {
            let value = self.outward(&c, rates.always, None)?;
            body.push(Stmt::Assign(current.clone(), value));
        }
        self.extra.push(Assigned { name: current.clone(), unit: Some("nA") });
        self.mechanism.range.push(current.clone());
        self.mechanism.nonspecific = Some(current);
        self.mechanism.breakpoint_locals = locals;
        self.mechanism.breakpoint = body;
        Ok(())
    }

    /// The current that leaves the cell.
    fn outward(
        &mut self,
        c: &str,
        always: Option<&Formula>,
        own: Option<&Formula>,
    ) -> Result<Expr, Problem> {
        let per_time = Dimension::VOLTAGE.div(Dimension::TIME).unwrap_or(Dimension::NONE);
        let mut b = Builder::new();
        let mut rate = None;
        for formula in always.iter().chain(&own) {
            let term = self.formula(formula, per_time)?;
            let term = b.import(&term);
            rate = Some(match rate {
                Some(before) => b.binary(BinaryOp::Add, before, term),
                None => term,
            });
        }
        let farad = b.variable(c);
        let root = if let Some(rate) = rate {
            b.binary(BinaryOp::Mul, farad, rate)
        } else {
            let held = self.held_at();
            let (v, held) = (b.variable("v"), b.variable(&held));
            let off = b.binary(BinaryOp::Sub, held, v);
            let hold = b.number(HOLD).unwrap_or(farad);
            let hard = b.binary(BinaryOp::Mul, hold, farad);
            b.binary(BinaryOp::Mul, hard, off)
        };
        let made = b.finish(root).map_err(|_| Problem {
            span: self.scope.kind.span,
            what: "an expression of this size".to_owned(),
        })?;
        Ok(negative(&made))
    }

    /// The variable for the potential that a regime without rate holds.
    fn held_at(&mut self) -> String {
        if let Some(known) = &self.holds_at {
            return known.clone();
        }
        let name = self.namer.give("v_hold");
        self.extra.push(Assigned { name: name.clone(), unit: Some("mV") });
        self.holds_at = Some(name.clone());
        name
    }
}
