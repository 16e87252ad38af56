//! Random numbers: those that `nml simulate` draws.

use nml_expr::{BinaryOp, BuildId, Builder, Expr, Function, Node};
use nml_flat::Formula;

use super::mechanism::Lowering;
use super::scope::Problem;
use crate::nmodl::{Draw, Parameter};

/// What targets have to know of a mechanism that draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Random {
    /// The parameter that takes the number of an instance, [`nml_flat::Numbers::id`].
    pub number: String,
    /// Streams, and the variable of each.
    pub streams: Vec<(String, u16)>,
    /// Whether some numbers are of a step, which needs steps of one length.
    pub by_step: bool,
}

impl Lowering<'_> {
    /// A formula in which each call of `random` is a factor: the next number of its stream.
    pub(super) fn drawn(&mut self, formula: &Formula) -> Result<Expr, Problem> {
        if !formula.expr.is_random() {
            return Ok(formula.expr.clone());
        }
        let mut sites = Vec::new();
        for (id, node) in formula.expr.nodes() {
            if matches!(node, Node::Call(Function::Random, _)) {
                let stream = self.streams.get(formula, id);
                sites.push((id, format!("{}()", self.draw(stream))));
            }
        }
        let mut b = Builder::new();
        let expr = &formula.expr;
        let ids: Vec<BuildId> = expr.map(|id, node, done: &[BuildId]| match node {
            Node::Number(x) => b.number(x).unwrap_or_else(|| b.variable("nan")),
            Node::Variable(symbol) => b.variable(expr.symbol(symbol)),
            Node::Neg(a) => b.neg(done[a.index()]),
            Node::Call(f, a) => match sites.iter().find(|(site, _)| *site == id) {
                Some((_, draw)) => {
                    let draw = b.variable(draw);
                    b.binary(BinaryOp::Mul, done[a.index()], draw)
                }
                None => b.call(f, done[a.index()]),
            },
            Node::Binary(op, x, y) => b.binary(op, done[x.index()], done[y.index()]),
        });
        let made = ids.last().and_then(|root| b.finish(*root).ok());
        made.ok_or_else(|| self.too_large(formula))
    }

    /// The function that draws from a stream: the next number in what happens at once, that of the step elsewhere.
    fn draw(&mut self, stream: u16) -> String {
        let by_step = !self.handling;
        if let Some(draw) = self.draws.iter().find(|draw| draw.stream == stream) {
            return draw.function.clone();
        }
        let function = self.namer.give(if by_step { "noise" } else { "draw" });
        let variable = self.namer.give("rng");
        let draw = Draw { stream, variable, function: function.clone(), by_step };
        self.draws.push(draw);
        function
    }

    /// Declares what has been drawn from.
    pub(super) fn declare_draws(&mut self) -> Option<Random> {
        if self.draws.is_empty() {
            return None;
        }
        let draws = std::mem::take(&mut self.draws);
        let streams = draws.iter().map(|draw| (draw.variable.clone(), draw.stream)).collect();
        let by_step = draws.iter().any(|draw| draw.by_step);
        self.mechanism.draws = draws;
        let number = self.namer.give("number");
        let (name, value) = (number.clone(), "0".to_owned());
        self.mechanism.range.push(name.clone());
        self.mechanism.parameters.push(Parameter { name, value, unit: None });
        Some(Random { number, streams, by_step })
    }
}
