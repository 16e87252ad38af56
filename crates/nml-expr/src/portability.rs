//! Places that other readers of LEMS take to mean something else.

use nml_base::TextRange;

use crate::{BinaryOp, Expr, ExprId, Function, Node};

/// A place where jLEMS and readers with the precedences of C or Python differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PortabilityNote {
    /// The part of the text.
    pub range: TextRange,
    /// What differs, in words: lower case, no full stop.
    pub message: String,
    /// One thing to do about it.
    pub help: String,
}

impl Expr {
    /// Lists such places, for an expression that was just parsed.
    ///
    /// Only differences of the value count.  `a * b / c` is read in two orders, with the same value up to
    /// rounding, and is not listed.
    pub fn portability(&self) -> Vec<PortabilityNote> {
        let literals = self.literals();
        let bare = |id: ExprId| (!self.info(id).parentheses).then(|| self.node(id));
        let note = |id, message: &str, help: &str| {
            let (message, help) = (message.to_owned(), help.to_owned());
            Some(PortabilityNote { range: self.range(id), message, help })
        };
        let found = self.nodes().filter_map(|(id, node)| match node {
            Node::Binary(BinaryOp::Pow, a, _) => match bare(a)? {
                Node::Binary(BinaryOp::Pow, ..) => note(
                    id,
                    "jLEMS reads `a^b^c` as `(a^b)^c`, other readers as `a^(b^c)`",
                    "put parentheses around one of the powers",
                ),
                Node::Neg(_) => note(
                    id,
                    "jLEMS reads `-a^b` after an operator as `(-a)^b`, other readers as `-(a^b)`",
                    "put parentheses around the power or around its base",
                ),
                _ => None,
            },
            Node::Neg(a) => match bare(a)? {
                Node::Binary(BinaryOp::Pow, ..) => note(
                    id,
                    "jLEMS reads `-a^b` at the beginning as `-(a^b)`, other readers as `(-a)^b`",
                    "put parentheses around the power or around its base",
                ),
                _ => None,
            },
            Node::Binary(BinaryOp::And, a, _) => match bare(a)? {
                Node::Binary(BinaryOp::Or, ..) => note(
                    id,
                    "jLEMS reads `a .or. b .and. c` as `(a .or. b) .and. c`, other readers as \
                     `a .or. (b .and. c)`",
                    "put parentheses around the part that belongs together",
                ),
                _ => None,
            },
            Node::Call(Function::Factorial, a) if literals[a.index()] >= Some(13.0) => note(
                id,
                "jLEMS computes factorials in 32 bits, wrong from 13 on",
                "write the value of the factorial",
            ),
            _ => None,
        });
        found.collect()
    }
}
