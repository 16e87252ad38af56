//! Formulas as text of Brian's equations.

use nml_codegen::syntax;
use nml_expr::{BinaryOp, Expr, Form, Function, Node, Parentheses, Syntax};
use nml_flat::{Formula, Operand, QuantityId, Role};
use nml_units::Dimension;
use rustc_hash::FxHashMap;

use crate::group::Group;
use crate::resolve::{Problem, Symbol};
use crate::units;

/// Python, with Brian's functions and those of the written program.
struct Equations;

impl Syntax for Equations {
    fn binary(&self, op: BinaryOp) -> Form<'_> {
        let text = match op {
            BinaryOp::Add => " + ",
            BinaryOp::Sub => " - ",
            BinaryOp::Mul => "*",
            BinaryOp::Div => "/",
            BinaryOp::Pow => "**",
            BinaryOp::Lt => " < ",
            BinaryOp::Gt => " > ",
            BinaryOp::Leq => " <= ",
            BinaryOp::Geq => " >= ",
            BinaryOp::Eq => " == ",
            BinaryOp::Neq => " != ",
            BinaryOp::And => " and ",
            BinaryOp::Or => " or ",
        };
        Form::Infix { text, precedence: op.precedence() }
    }

    fn call(&self, function: Function) -> (&str, &str) {
        match function {
            Function::Random => ("(rand()*(", "))"),
            other => (syntax::call(other), ")"),
        }
    }
}

/// From where a formula is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum From {
    /// The group itself.
    Own,
    /// Synapses onto the group.
    Synapse,
}

impl Group<'_> {
    /// A formula as text; its value is of that dimension, or it is a condition.
    pub(crate) fn formula(
        &mut self,
        formula: &Formula,
        dimension: Dimension,
        from: From,
    ) -> Result<String, Problem> {
        let span = formula.span.unwrap_or(self.kind().span);
        let at = |what: &str| Problem { span, what: what.to_owned() };
        let is = |f: Function| {
            formula.expr.nodes().any(|(_, node)| matches!(node, Node::Call(g, _) if g == f))
        };
        if is(Function::Factorial) {
            return Err(at("`factorial`"));
        }
        if is(Function::Random) {
            self.random.get_or_insert(span);
        }
        let symbols = self.world.symbols(self.id, formula)?;
        let dimensions: FxHashMap<&str, Dimension> = formula
            .expr
            .symbols()
            .zip(&formula.operands)
            .map(|(name, operand)| {
                let dimension = match operand {
                    Operand::Time => Dimension::TIME,
                    Operand::Constant(_) => Dimension::NONE,
                    Operand::Quantity(q) => self.world.dimension(self.id, *q),
                };
                (name, dimension)
            })
            .collect();
        let inference = formula.expr.infer(|name| dimensions.get(name).copied());
        let condition = formula.expr.is_condition();
        let result = inference.result();
        // Where dimensions do not agree, a formula means its numbers in SI.
        let bare = !inference.mismatches.is_empty()
            || (!condition && !result.agrees_with(dimension))
            || zeros(&formula.expr, &inference.nodes);
        let exponents = exponents(&formula.expr);
        let mut texts: FxHashMap<String, String> = FxHashMap::default();
        for (name, symbol) in formula.expr.symbols().zip(&symbols) {
            let literal = match symbol {
                Symbol::Own(q) if exponents.contains(&name) => self.whole_number(*q),
                _ => None,
            };
            let plain = match literal {
                Some(text) => text,
                None => self.symbol(symbol, from).map_err(|p| Problem { span, ..p })?,
            };
            let unit = dimensions.get(name).copied().unwrap_or(Dimension::NONE);
            let text = if bare && !unit.is_none() {
                format!("({plain}/({}))", units::unit(unit))
            } else {
                plain
            };
            texts.insert(name.to_owned(), text);
        }
        let named = formula.expr.rename(|name| texts.get(name).cloned());
        let text = named.print(&Equations, Parentheses::Full);
        let pure = bare || matches!(result, nml_expr::Inferred::Zero);
        if condition || dimension.is_none() || !pure {
            return Ok(text);
        }
        let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
        let text = if plain { text } else { format!("({text})") };
        Ok(format!("{text}*{}", units::unit(dimension)))
    }

    /// The literal for an exponent that is a whole number.
    fn whole_number(&self, q: QuantityId) -> Option<String> {
        match self.kind().quantity(q).role {
            Role::Parameter(x) if x.fract() == 0.0 && x.abs() < 1e9 => {
                Some(nml_codegen::python::number(x))
            }
            _ => None,
        }
    }
}

/// The names of variables that are exponents by themselves.
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

/// Whether a literal 0 is added to, or compared with, what has a dimension: Brian wants it to have one too.
fn zeros(expr: &Expr, found: &[nml_expr::Inferred]) -> bool {
    use nml_expr::Inferred;
    let measured = |of: Inferred| matches!(of, Inferred::Known(d) if !d.is_none());
    expr.nodes().any(|(_, node)| match node {
        Node::Binary(op, a, b) if !matches!(op, BinaryOp::Mul | BinaryOp::Div | BinaryOp::Pow) => {
            let (a, b) = (found[a.index()], found[b.index()]);
            (a == Inferred::Zero && measured(b)) || (b == Inferred::Zero && measured(a))
        }
        _ => false,
    })
}
