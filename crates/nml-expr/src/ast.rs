//! The expression tree as a list.

use std::fmt;
use std::sync::Arc;

use nml_base::TextRange;

use crate::print::{Lems, Parentheses};
use crate::{BinaryOp, Function};

/// A node of one [`Expr`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ExprId(pub(crate) u32);

impl ExprId {
    /// The place in the list, for tables beside it.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A variable of one [`Expr`]; numbered in the order of first use.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SymbolId(pub(crate) u32);

impl SymbolId {
    /// The place in [`Expr::symbols`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What stands at one place of the tree.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Node {
    /// A literal: finite, not negative.  The author's digits are in [`Expr::digits`].
    Number(f64),
    /// The value of a variable.
    Variable(SymbolId),
    /// The negative.
    Neg(ExprId),
    /// Two operands.
    Binary(BinaryOp, ExprId, ExprId),
    /// A function of one argument.
    Call(Function, ExprId),
}

impl Node {
    /// The operands, left to right.
    pub fn operands(self) -> impl Iterator<Item = ExprId> {
        let (a, b) = match self {
            Self::Number(_) | Self::Variable(_) => (None, None),
            Self::Neg(a) | Self::Call(_, a) => (Some(a), None),
            Self::Binary(_, a, b) => (Some(a), Some(b)),
        };
        a.into_iter().chain(b)
    }

    /// Whether it is true or false rather than a number.
    pub const fn is_condition(self) -> bool {
        matches!(self, Self::Binary(op, ..) if !op.is_arithmetic())
    }
}

/// What is known of a node beside its meaning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Info {
    /// The place in the text, with the parentheses around it.
    pub(crate) range: TextRange,
    /// Whether parentheses stand around it.
    pub(crate) parentheses: bool,
    /// A number as written.
    pub(crate) digits: Option<Arc<str>>,
}

/// The parts of an [`Expr`]: post-order, left before right, each node used once, root last.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) nodes: Vec<Node>,
    pub(crate) infos: Vec<Info>,
    pub(crate) symbols: Vec<Arc<str>>,
}

/// An expression; immutable, cheap to clone.
///
/// Equal means: the same tree with the same names and values; blanks, superfluous parentheses, places and
/// the spelling of numbers do not count.
#[derive(Clone)]
pub struct Expr(Arc<Parts>);

impl Expr {
    pub(crate) fn from_parts(parts: Parts) -> Self {
        debug_assert!(!parts.nodes.is_empty() && parts.nodes.len() == parts.infos.len());
        Self(Arc::new(parts))
    }

    /// A literal; negative ones become the negative of a literal.  Not finite ones have no expression.
    pub fn number(value: f64) -> Option<Self> {
        let mut builder = crate::Builder::new();
        let root = builder.number(value)?;
        builder.finish(root).ok()
    }

    /// A variable.
    pub fn variable(name: &str) -> Self {
        let (nodes, infos) = (vec![Node::Variable(SymbolId(0))], vec![Info::default()]);
        Self::from_parts(Parts { nodes, infos, symbols: vec![name.into()] })
    }

    /// The number of nodes, at least 1.
    #[expect(clippy::len_without_is_empty, reason = "an expression is never empty")]
    pub fn len(&self) -> usize {
        self.0.nodes.len()
    }

    /// The outermost node, the last of the list.
    pub fn root(&self) -> ExprId {
        ExprId(u32::try_from(self.len() - 1).unwrap_or(u32::MAX))
    }

    /// The node at a place.
    ///
    /// # Panics
    /// With the id of a longer expression.
    pub fn node(&self, id: ExprId) -> Node {
        self.0.nodes[id.index()]
    }

    /// All nodes, operands before their operator, the root last.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = (ExprId, Node)> + ExactSizeIterator {
        self.0.nodes.iter().enumerate().map(|(i, &node)| {
            #[expect(clippy::cast_possible_truncation, reason = "never more than MAX_NODES")]
            let id = ExprId(i as u32);
            (id, node)
        })
    }

    /// Computes a value for each node from those of its operands (`done[operand.index()]`); the last one
    /// is the root's.
    pub fn map<T>(&self, mut f: impl FnMut(ExprId, Node, &[T]) -> T) -> Vec<T> {
        let mut done = Vec::with_capacity(self.len());
        for (id, node) in self.nodes() {
            let value = f(id, node, &done);
            done.push(value);
        }
        done
    }

    /// The place of a node in the text it was parsed from, with the parentheses around it; the place of
    /// the variable for what was put in its stead; empty at 0 for what was computed.
    pub fn range(&self, id: ExprId) -> TextRange {
        self.info(id).range
    }

    /// A number as the author wrote it.
    pub fn digits(&self, id: ExprId) -> Option<&str> {
        self.info(id).digits.as_deref()
    }

    pub(crate) fn info(&self, id: ExprId) -> &Info {
        &self.0.infos[id.index()]
    }

    /// The variables used, each once, in the order of first use.
    pub fn symbols(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.symbols.iter().map(AsRef::as_ref)
    }

    /// The name of a variable.
    ///
    /// # Panics
    /// With the id of another expression that has more variables.
    pub fn symbol(&self, id: SymbolId) -> &str {
        &self.0.symbols[id.index()]
    }

    /// Every use of a variable with its place, in the order of the text.
    pub fn uses(&self) -> impl Iterator<Item = (&str, TextRange)> {
        self.nodes().filter_map(|(id, node)| match node {
            Node::Variable(symbol) => Some((self.symbol(symbol), self.range(id))),
            _ => None,
        })
    }

    /// Whether a variable is used.
    pub fn uses_variable(&self, name: &str) -> bool {
        self.symbols().any(|symbol| symbol == name)
    }

    /// Whether `random` is called, so that two evaluations differ.
    pub fn is_random(&self) -> bool {
        self.nodes().any(|(_, node)| matches!(node, Node::Call(Function::Random, _)))
    }

    /// Whether it is true or false rather than a number.
    pub fn is_condition(&self) -> bool {
        self.node(self.root()).is_condition()
    }

    /// The value, where it is a literal or the negative of one.
    pub fn as_number(&self) -> Option<f64> {
        match (self.len(), self.node(self.root()), self.0.nodes[0]) {
            (1, Node::Number(value), _) => Some(value),
            (2, Node::Neg(_), Node::Number(value)) => Some(-value),
            _ => None,
        }
    }

    /// The name, where it is a single variable.
    pub fn as_variable(&self) -> Option<&str> {
        match self.node(self.root()) {
            Node::Variable(symbol) => Some(self.symbol(symbol)),
            _ => None,
        }
    }

    /// Other names for variables; `None` keeps one.
    #[must_use]
    pub fn rename(&self, mut name: impl FnMut(&str) -> Option<String>) -> Self {
        let mut builder = crate::Builder::new();
        let new = |builder: &mut crate::Builder, old: &str| match name(old) {
            Some(new) => builder.variable(&new),
            None => builder.variable(old),
        };
        let root = builder.import_with(self, new);
        // A renamed tree is as large and as well-formed as the old one.
        builder.finish(root).unwrap_or_else(|_| self.clone())
    }

    /// Puts expressions in the place of variables; `None` keeps one.
    ///
    /// # Errors
    /// [`BuildError`](crate::BuildError) where the result is too large, or a condition would stand in the
    /// place of a number.
    pub fn substitute(
        &self,
        mut value: impl FnMut(&str) -> Option<Self>,
    ) -> Result<Self, crate::BuildError> {
        let mut builder = crate::Builder::new();
        let root = builder.import_with(self, |builder, old| match value(old) {
            Some(new) => builder.import(&new),
            None => builder.variable(old),
        });
        builder.finish(root)
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.nodes == other.0.nodes && self.0.symbols == other.0.symbols)
    }
}

impl fmt::Debug for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expr({})", self.print(&Lems, Parentheses::Full))
    }
}

impl fmt::Display for Expr {
    /// LEMS text that parses to an equal expression, see [`Expr::print`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.print(&Lems, Parentheses::Minimal))
    }
}

impl std::str::FromStr for Expr {
    type Err = crate::ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}
