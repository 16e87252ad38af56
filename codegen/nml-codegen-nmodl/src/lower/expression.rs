//! Formulas as expressions of NMODL.

use nml_codegen::number::moved;
use nml_expr::{BinaryOp, BuildId, Builder, Expr, Node};
use nml_flat::{Formula, Operand, QuantityId, Role};
use nml_units::Dimension;
use rustc_hash::FxHashMap;

use super::mechanism::Lowering;
use super::scope::{Outer, Problem, Symbol};

/// The largest power that is written as a product.
const MOST_FACTORS: f64 = 4.0;

impl Lowering<'_> {
    /// A formula with the names and units of the mechanism; its value is in the unit of `dimension`.
    pub(super) fn formula(
        &mut self,
        formula: &Formula,
        dimension: Dimension,
    ) -> Result<Expr, Problem> {
        let symbols = self.scope.symbols(formula)?;
        let (inner, outer) = self.conversion(formula, dimension);
        let exponents = exponents(&formula.expr);
        let mut values: FxHashMap<String, Expr> = FxHashMap::default();
        for (name, symbol) in formula.expr.symbols().zip(&symbols) {
            let expr = match symbol {
                Symbol::Own(q) if exponents.contains(&name) => match self.whole_number(*q) {
                    Some(expr) => expr,
                    None => self.symbol(symbol, formula)?,
                },
                _ => self.symbol(symbol, formula)?,
            };
            let power = inner.as_ref().and_then(|powers| powers.get(name)).copied().unwrap_or(0);
            let expr = scaled(expr, power);
            values.insert(name.to_owned(), expr);
        }
        let expr = self.drawn(formula)?;
        let put = expr.substitute(|name| values.get(name).cloned());
        let Ok(expr) = put else { return Err(self.too_large(formula)) };
        powers(&scaled(expr.simplify(), outer)).ok_or_else(|| self.too_large(formula))
    }

    pub(super) fn too_large(&self, formula: &Formula) -> Problem {
        let span = formula.span.unwrap_or(self.scope.kind.span);
        Problem { span, what: "an expression of this size".to_owned() }
    }

    /// The literal for an exponent that is a whole number.
    fn whole_number(&self, q: QuantityId) -> Option<Expr> {
        match self.scope.kind.quantity(q).role {
            Role::Parameter(x) if x.fract() == 0.0 => Expr::number(x),
            _ => None,
        }
    }

    /// What stands for a symbol.
    pub(super) fn symbol(&mut self, symbol: &Symbol, at: &Formula) -> Result<Expr, Problem> {
        let span = at.span.unwrap_or(self.scope.kind.span);
        match symbol {
            Symbol::Time => Ok(Expr::variable("t")),
            Symbol::Number(x, dimension) => {
                let value = moved(*x, -self.scope.units.power(*dimension));
                Expr::number(value)
                    .ok_or_else(|| Problem { span, what: "a number that is not finite".to_owned() })
            }
            Symbol::Own(q) if self.summed.contains(q) => {
                if !self.in_membrane {
                    let name = &self.scope.kind.quantity(*q).name;
                    let what = format!("what follows from the sum `{name}` of attached currents");
                    return Err(Problem { span, what });
                }
                Ok(Expr::number(0.0).unwrap_or_else(|| Expr::variable("t")))
            }
            Symbol::Own(q) => Ok(Expr::variable(&self.name(*q)?)),
            Symbol::Outer(outer) => Ok(self.outer(outer)),
        }
    }

    /// What stands for something outside.
    pub(super) fn outer(&mut self, outer: &Outer) -> Expr {
        // 1 µm² is 1e-8 cm².
        const AREA: &str = "area * 1e-8";
        let parsed = |text: &str| text.parse::<Expr>().unwrap_or_else(|_| Expr::variable("area"));
        match outer {
            Outer::V => Expr::variable("v"),
            Outer::Inside(ion) => Expr::variable(&self.reads(ion, format!("{ion}i"))),
            Outer::Outside(ion) => Expr::variable(&self.reads(ion, format!("{ion}o"))),
            Outer::IonCurrent(ion) => {
                let current = self.reads(ion, format!("i{ion}"));
                self.area_used = true;
                parsed(&format!("-({current} * {AREA})"))
            }
            Outer::Area => {
                self.area_used = true;
                parsed(AREA)
            }
            Outer::Peer(_) | Outer::Given(..) => Expr::variable(&self.range_from(outer)),
        }
    }

    /// Where the dimensions of a formula do not agree, it means its numbers in SI: by variable the power of ten
    /// that brings it there, and the power that brings the result back.
    fn conversion(
        &self,
        formula: &Formula,
        dimension: Dimension,
    ) -> (Option<FxHashMap<String, i32>>, i32) {
        let units = self.scope.units;
        let mut by_name: FxHashMap<&str, Dimension> = FxHashMap::default();
        for (name, operand) in formula.expr.symbols().zip(&formula.operands) {
            let known = match operand {
                Operand::Time => Dimension::TIME,
                Operand::Constant(_) => Dimension::NONE,
                Operand::Quantity(q) => self.scope.dimension(self.scope.kind, *q),
            };
            by_name.insert(name, known);
        }
        let inference = formula.expr.infer(|name| by_name.get(name).copied());
        let condition = formula.expr.is_condition();
        if inference.mismatches.is_empty() {
            let result = inference.result();
            let back = match result.dimension() {
                Some(found) if !condition && !result.agrees_with(dimension) => {
                    units.power(found) - units.power(dimension)
                }
                _ => 0,
            };
            return (None, back);
        }
        let inner = by_name.iter().map(|(name, d)| ((*name).to_owned(), units.power(*d)));
        let back = if condition { 0 } else { -units.power(dimension) };
        (Some(inner.collect()), back)
    }
}

/// An expression times a power of ten.
fn scaled(expr: Expr, power: i32) -> Expr {
    if power == 0 {
        return expr;
    }
    let mut b = Builder::new();
    let x = b.import(&expr);
    let Some(factor) = b.number(moved(1.0, power)) else { return expr };
    let root = b.binary(BinaryOp::Mul, x, factor);
    b.finish(root).unwrap_or(expr)
}

/// The names of variables that are exponents by themselves, and nothing else anywhere.
fn exponents(expr: &Expr) -> Vec<&str> {
    let mut found = Vec::new();
    for (_, node) in expr.nodes() {
        if let Node::Binary(BinaryOp::Pow, _, b) = node
            && let Node::Variable(symbol) = expr.node(b)
        {
            found.push(expr.symbol(symbol));
        }
    }
    found
}

/// Small whole powers of variables as products; `None` where that grows too large.
fn powers(expr: &Expr) -> Option<Expr> {
    if !expr.nodes().any(|(_, n)| matches!(n, Node::Binary(BinaryOp::Pow, ..))) {
        return Some(expr.clone());
    }
    let mut b = Builder::new();
    let ids: Vec<BuildId> = expr.map(|_, node, done: &[BuildId]| match node {
        Node::Number(x) => b.number(x).unwrap_or_else(|| b.variable("nan")),
        Node::Variable(symbol) => b.variable(expr.symbol(symbol)),
        Node::Neg(a) => b.neg(done[a.index()]),
        Node::Call(f, a) => b.call(f, done[a.index()]),
        Node::Binary(BinaryOp::Pow, base, exponent) => {
            let times = match (expr.node(base), expr.node(exponent)) {
                (Node::Variable(_), Node::Number(n)) if n.fract() == 0.0 && n <= MOST_FACTORS => n,
                _ => 0.0,
            };
            let x = done[base.index()];
            if times < 1.0 {
                return b.binary(BinaryOp::Pow, x, done[exponent.index()]);
            }
            let mut all = x;
            let mut n = 1.0;
            while n < times {
                all = b.binary(BinaryOp::Mul, all, x);
                n += 1.0;
            }
            all
        }
        Node::Binary(op, x, y) => b.binary(op, done[x.index()], done[y.index()]),
    });
    b.finish(*ids.last()?).ok()
}
