//! How computed quantities are written.

use nml_expr::{BinaryOp, Builder, Expr, Node};
use nml_flat::{Formula, QuantityId, Reduce, Role, Seen, Value};

use super::definition::Definition;
use super::mechanism::Lowering;
use super::scope::{Problem, Symbol};
use crate::nmodl::Stmt;

impl Lowering<'_> {
    /// The statements that compute a quantity from its parts.
    pub(super) fn assign(&mut self, q: QuantityId) -> Result<Vec<Stmt>, Problem> {
        let name = self.name(q)?;
        let dimension = self.scope.dimension(self.scope.kind, q);
        match self.all.computed.get(&q).cloned() {
            Some(Definition::Value(Value::Formula(formula))) => {
                Ok(vec![Stmt::Assign(name, self.formula(formula, dimension)?)])
            }
            Some(Definition::Value(Value::Cases(cases))) => {
                let mut written = Vec::new();
                for (condition, formula) in cases {
                    let value = self.formula(formula, dimension)?;
                    let body = vec![Stmt::Assign(name.clone(), value)];
                    let condition = match condition {
                        Some(c) => Some(self.formula(c, nml_units::Dimension::NONE)?),
                        None => None,
                    };
                    let last = condition.is_none();
                    written.push((condition, body));
                    if last {
                        break;
                    }
                }
                Ok(complete(&name, written))
            }
            Some(Definition::Reduce(op, inside)) => {
                Ok(vec![Stmt::Assign(name, self.reduced(q, op, inside)?)])
            }
            Some(Definition::Held(list)) => {
                let mut body = Vec::new();
                for (condition, formula) in list {
                    let when = self.formula(condition, nml_units::Dimension::NONE)?;
                    let value = self.formula(formula, dimension)?;
                    let set = vec![Stmt::Assign(name.clone(), value)];
                    body.push(Stmt::If(vec![(Some(when), set)]));
                }
                Ok(body)
            }
            None => Ok(Vec::new()),
        }
    }

    /// A sum or product as an expression.
    pub(super) fn reduced(
        &mut self,
        q: QuantityId,
        op: Reduce,
        inside: &[Seen],
    ) -> Result<Expr, Problem> {
        let (infix, neutral) = match op {
            Reduce::Add => (BinaryOp::Add, 0.0),
            Reduce::Multiply => (BinaryOp::Mul, 1.0),
        };
        let node = self.scope.kind.quantity(q).node;
        let mut b = Builder::new();
        let mut all = None;
        for seen in inside {
            let symbol = self.scope.seen(*seen)?;
            if matches!(symbol, Symbol::Number(x, _) if x == neutral) {
                continue;
            }
            let term = self.symbol_at(&symbol, node)?;
            let term = b.import(&term);
            all = Some(match all {
                Some(before) => b.binary(infix, before, term),
                None => term,
            });
        }
        let all = match all {
            Some(all) => Some(all),
            None => b.number(neutral),
        };
        let made = all.and_then(|root| b.finish(root).ok());
        made.ok_or_else(|| self.scope.problem_of(q, "an expression of this size"))
    }

    /// A computed quantity as one expression of its parts, where it is one.
    pub(super) fn plain(&mut self, q: QuantityId) -> Result<Option<Expr>, Problem> {
        let dimension = self.scope.dimension(self.scope.kind, q);
        match self.all.computed.get(&q).cloned() {
            Some(Definition::Value(Value::Formula(formula))) => {
                self.formula(formula, dimension).map(Some)
            }
            Some(Definition::Reduce(op, inside)) => self.reduced(q, op, inside).map(Some),
            _ => Ok(None),
        }
    }

    /// Whether a name is that of a fixed number.
    pub(super) fn is_fixed(&self, name: &str) -> bool {
        self.known_names().any(|(q, known)| {
            let role = &self.scope.kind.quantity(q).role;
            known == name && matches!(role, Role::Parameter(_) | Role::Property(_))
        })
    }

    /// The statement that gives a quantity its value at the start, before conditions are looked at.
    pub(super) fn first_value(
        &mut self,
        q: QuantityId,
        formula: Option<&Formula>,
    ) -> Result<Stmt, Problem> {
        let name = self.name(q)?;
        let dimension = self.scope.dimension(self.scope.kind, q);
        self.handling = true;
        let value = formula.map(|formula| self.formula(formula, dimension)).transpose();
        self.handling = false;
        let value = match value? {
            Some(value) => value,
            None => Expr::number(0.0).unwrap_or_else(|| Expr::variable("v")),
        };
        Ok(Stmt::Assign(name, value))
    }
}

/// Cases with one for all the rest: the last, where it is the opposite of the first, else 0.
fn complete(name: &str, mut cases: Vec<(Option<Expr>, Vec<Stmt>)>) -> Vec<Stmt> {
    if let [(Some(first), _), (second, _)] = &mut *cases
        && second.as_ref().is_some_and(|second| opposite(first, second))
    {
        *second = None;
    }
    if cases.last().is_none_or(|(condition, _)| condition.is_some())
        && let Some(zero) = Expr::number(0.0)
    {
        cases.push((None, vec![Stmt::Assign(name.to_owned(), zero)]));
    }
    vec![Stmt::If(cases)]
}

/// Whether two comparisons are of the same operands, and one holds exactly where the other does not.
fn opposite(a: &Expr, b: &Expr) -> bool {
    let (Node::Binary(x, ..), Node::Binary(y, ..)) = (a.node(a.root()), b.node(b.root())) else {
        return false;
    };
    let pair = matches!(
        (x, y),
        (BinaryOp::Eq, BinaryOp::Neq)
            | (BinaryOp::Neq, BinaryOp::Eq)
            | (BinaryOp::Lt, BinaryOp::Geq)
            | (BinaryOp::Geq, BinaryOp::Lt)
            | (BinaryOp::Gt, BinaryOp::Leq)
            | (BinaryOp::Leq, BinaryOp::Gt)
    );
    let same = |(i, j): ((_, Node), (_, Node))| i.1 == j.1;
    let inner = a.len() == b.len() && a.nodes().zip(b.nodes()).take(a.len() - 1).all(same);
    pair && inner && a.symbols().eq(b.symbols())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposites_are_found() {
        let parse = |text: &str| text.parse::<Expr>().expect("it is an expression");
        assert!(opposite(&parse("x .neq. 0"), &parse("x .eq. 0")));
        assert!(!opposite(&parse("x .neq. 0"), &parse("y .eq. 0")));
        assert!(!opposite(&parse("x .gt. 0"), &parse("x .lt. 0")));
    }
}
