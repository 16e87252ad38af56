//! Making expressions other than by parsing.

use std::sync::Arc;

use indexmap::IndexSet;
use nml_base::TextRange;
use rustc_hash::FxBuildHasher;

use crate::ast::{Info, Parts};
use crate::{BinaryOp, Expr, ExprId, Function, Node, SymbolId};

/// The most nodes that [`Builder::finish`] makes.
pub const MAX_NODES: usize = 1 << 22;

/// A node of one [`Builder`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct BuildId(u32);

/// Why a built expression is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// More than [`MAX_NODES`] nodes.
    TooLarge,
    /// A condition stands where a number belongs, or the reverse.
    Kind,
}

impl std::fmt::Display for BuildError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge => write!(f, "the expression has more than {MAX_NODES} nodes"),
            Self::Kind => f.write_str("a condition stands where a number belongs, or the reverse"),
        }
    }
}

impl std::error::Error for BuildError {}

#[derive(Clone, Copy)]
enum Draft {
    Number(f64),
    Variable(u32),
    Neg(BuildId),
    Binary(BinaryOp, BuildId, BuildId),
    Call(Function, BuildId),
    /// Another node at its own place in the text.
    Alias(BuildId),
}

/// Collects nodes, which may be used more than once, and copies them out as an [`Expr`].
#[derive(Default)]
pub struct Builder {
    drafts: Vec<(Draft, Info)>,
    symbols: IndexSet<Arc<str>, FxBuildHasher>,
    wrong_kind: bool,
}

impl std::fmt::Debug for Builder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Builder({} nodes)", self.drafts.len())
    }
}

impl Builder {
    /// No nodes.
    pub fn new() -> Self {
        Self::default()
    }

    fn push(&mut self, draft: Draft, info: Info) -> BuildId {
        let id = BuildId(u32::try_from(self.drafts.len()).unwrap_or(u32::MAX));
        self.drafts.push((draft, info));
        id
    }

    fn draft(&self, id: BuildId) -> Draft {
        let mut draft = self.drafts[id.0 as usize].0;
        while let Draft::Alias(other) = draft {
            draft = self.drafts[other.0 as usize].0;
        }
        draft
    }

    fn wants(&mut self, id: BuildId, condition: bool) {
        let is = matches!(self.draft(id), Draft::Binary(op, ..) if !op.is_arithmetic());
        self.wrong_kind |= is != condition;
    }

    /// A literal; negative ones become the negative of a literal, not finite ones `None`.
    pub fn number(&mut self, value: f64) -> Option<BuildId> {
        if !value.is_finite() {
            return None;
        }
        let literal = self.push(Draft::Number(value.abs()), Info::default());
        Some(if value < 0.0 { self.neg(literal) } else { literal })
    }

    /// The value of a variable.
    pub fn variable(&mut self, name: &str) -> BuildId {
        self.variable_at(name, Info::default())
    }

    fn variable_at(&mut self, name: &str, info: Info) -> BuildId {
        let index = match self.symbols.get_index_of(name) {
            Some(index) => index,
            None => self.symbols.insert_full(Arc::from(name)).0,
        };
        self.push(Draft::Variable(u32::try_from(index).unwrap_or(u32::MAX)), info)
    }

    /// The negative.
    pub fn neg(&mut self, operand: BuildId) -> BuildId {
        self.wants(operand, false);
        self.push(Draft::Neg(operand), Info::default())
    }

    /// An operator between two operands.
    pub fn binary(&mut self, op: BinaryOp, left: BuildId, right: BuildId) -> BuildId {
        self.wants(left, op.is_logical());
        self.wants(right, op.is_logical());
        self.push(Draft::Binary(op, left, right), Info::default())
    }

    /// A function of one argument.
    pub fn call(&mut self, function: Function, argument: BuildId) -> BuildId {
        self.wants(argument, false);
        self.push(Draft::Call(function, argument), Info::default())
    }

    /// The value of a literal or of its negative.
    pub(crate) fn constant(&self, id: BuildId) -> Option<f64> {
        match self.draft(id) {
            Draft::Number(value) => Some(value),
            Draft::Neg(inner) => match self.draft(inner) {
                Draft::Number(value) => Some(-value),
                _ => None,
            },
            _ => None,
        }
    }

    /// The operand of a negative.
    pub(crate) fn negated(&self, id: BuildId) -> Option<BuildId> {
        match self.draft(id) {
            Draft::Neg(inner) => Some(inner),
            _ => None,
        }
    }

    /// Another node that stands at a place of the text.
    pub(crate) fn place(&mut self, id: BuildId, range: TextRange) -> BuildId {
        self.push(Draft::Alias(id), Info { range, ..Info::default() })
    }

    /// Copies one node of an expression, given its operands; keeps place and digits.
    pub(crate) fn copy(&mut self, expr: &Expr, id: ExprId, done: &[BuildId]) -> BuildId {
        let info = expr.info(id).clone();
        let operand = |id: ExprId| done[id.index()];
        let draft = match expr.node(id) {
            Node::Number(value) => Draft::Number(value),
            Node::Variable(symbol) => return self.variable_at(expr.symbol(symbol), info),
            Node::Neg(a) => {
                self.wants(operand(a), false);
                Draft::Neg(operand(a))
            }
            Node::Binary(op, a, b) => {
                self.wants(operand(a), op.is_logical());
                self.wants(operand(b), op.is_logical());
                Draft::Binary(op, operand(a), operand(b))
            }
            Node::Call(function, a) => {
                self.wants(operand(a), false);
                Draft::Call(function, operand(a))
            }
        };
        self.push(draft, info)
    }

    /// Copies an expression.
    pub fn import(&mut self, expr: &Expr) -> BuildId {
        let done = expr.map(|id, _, done: &[BuildId]| self.copy(expr, id, done));
        done[expr.root().index()]
    }

    /// Copies an expression with something else for each variable; asked once for each name.
    pub fn import_with(
        &mut self,
        expr: &Expr,
        mut variable: impl FnMut(&mut Self, &str) -> BuildId,
    ) -> BuildId {
        let values: Vec<_> = expr.symbols().map(|name| variable(self, name)).collect();
        let done = expr.map(|id, node, done: &[BuildId]| match node {
            Node::Variable(symbol) => self.place(values[symbol.index()], expr.range(id)),
            _ => self.copy(expr, id, done),
        });
        done[expr.root().index()]
    }

    /// Copies out the tree below `root`; nodes used twice are copied twice.
    ///
    /// # Errors
    /// [`BuildError::TooLarge`]; [`BuildError::Kind`] where any call mixed up numbers and conditions.
    pub fn finish(&self, root: BuildId) -> Result<Expr, BuildError> {
        enum Step {
            Enter(BuildId, Option<TextRange>),
            Leave(BuildId, Option<TextRange>),
        }
        if self.wrong_kind {
            return Err(BuildError::Kind);
        }
        let mut parts = Parts { nodes: Vec::new(), infos: Vec::new(), symbols: Vec::new() };
        let mut names: Vec<Option<SymbolId>> = vec![None; self.symbols.len()];
        let mut operands: Vec<ExprId> = Vec::new();
        let mut steps = vec![Step::Enter(root, None)];
        while let Some(step) = steps.pop() {
            let (id, place, entering) = match step {
                Step::Enter(id, place) => (id, place, true),
                Step::Leave(id, place) => (id, place, false),
            };
            let (draft, info) = &self.drafts[id.0 as usize];
            if entering {
                match *draft {
                    Draft::Number(_) | Draft::Variable(_) => {}
                    Draft::Alias(other) => {
                        steps.push(Step::Enter(other, place.or(Some(info.range))));
                        continue;
                    }
                    Draft::Neg(a) | Draft::Call(_, a) => {
                        steps.extend([Step::Leave(id, place), Step::Enter(a, place)]);
                        continue;
                    }
                    Draft::Binary(_, a, b) => {
                        steps.extend([Step::Leave(id, place), Step::Enter(b, place)]);
                        steps.push(Step::Enter(a, place));
                        continue;
                    }
                }
            }
            if parts.nodes.len() >= MAX_NODES {
                return Err(BuildError::TooLarge);
            }
            let mut pop = || operands.pop().unwrap_or(ExprId(0));
            let node = match *draft {
                Draft::Number(value) => Node::Number(value),
                Draft::Variable(name) => {
                    Node::Variable(*names[name as usize].get_or_insert_with(|| {
                        let new = u32::try_from(parts.symbols.len()).unwrap_or(u32::MAX);
                        parts.symbols.extend(self.symbols.get_index(name as usize).cloned());
                        SymbolId(new)
                    }))
                }
                Draft::Neg(_) => Node::Neg(pop()),
                Draft::Call(function, _) => Node::Call(function, pop()),
                Draft::Binary(op, ..) => {
                    let right = pop();
                    Node::Binary(op, pop(), right)
                }
                Draft::Alias(_) => continue,
            };
            operands.push(ExprId(u32::try_from(parts.nodes.len()).unwrap_or(u32::MAX)));
            parts.nodes.push(node);
            let mut info = info.clone();
            if let Some(range) = place {
                info.range = range;
                info.parentheses = true;
            }
            parts.infos.push(info);
        }
        Ok(Expr::from_parts(parts))
    }
}
