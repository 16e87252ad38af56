//! Tokens to tree: operator precedence with an explicit stack, so that depth costs memory, not stack.

use std::sync::Arc;

use nml_base::{TextRange, nearest};
use rustc_hash::FxHashMap;

use crate::ast::{Info, Parts};
use crate::lexer::{Lexer, Token, clipped};
use crate::{BinaryOp, Expr, ExprId, Function, Node, ParseError, ParseErrorKind as Kind, SymbolId};

/// The longest text taken for an expression, in bytes; bounds memory at some 100 times as much.
pub const MAX_TEXT: usize = 1 << 20;

/// Binds tighter than every operator.
const TIGHT: u8 = u8::MAX;

/// What waits for its (second) operand.
#[derive(Clone, Copy)]
enum Pending {
    Group { open: TextRange },
    Call { function: Function, name: TextRange },
    Neg { minus: TextRange, precedence: u8 },
    Binary { op: BinaryOp, at: TextRange },
}

struct Parser<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    parts: Parts,
    symbols: FxHashMap<&'a str, SymbolId>,
    pending: Vec<Pending>,
    operands: Vec<ExprId>,
}

impl Expr {
    /// Parses LEMS text; the whole of it.
    ///
    /// # Errors
    /// The first [`ParseError`], with its place.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        if text.len() > MAX_TEXT {
            let message = format!("the expression is longer than {MAX_TEXT} bytes");
            return Err(ParseError::new(Kind::TooLong, TextRange::new(0, text.len()), message));
        }
        let parts = Parts { nodes: Vec::new(), infos: Vec::new(), symbols: Vec::new() };
        let parser = Parser {
            text,
            lexer: Lexer::new(text),
            parts,
            symbols: FxHashMap::default(),
            pending: Vec::new(),
            operands: Vec::new(),
        };
        parser.run()
    }
}

impl<'a> Parser<'a> {
    fn run(mut self) -> Result<Expr, ParseError> {
        loop {
            self.operand()?;
            if self.after_operand()? {
                return Ok(Expr::from_parts(self.parts));
            }
        }
    }

    /// Reads up to the end of a number or a name.
    fn operand(&mut self) -> Result<(), ParseError> {
        loop {
            let (token, range) = self.lexer.next()?;
            match token {
                Token::Number(value) => {
                    let digits = Some(Arc::from(range.slice(self.text)));
                    self.push(Node::Number(value), Info { range, parentheses: false, digits });
                    return Ok(());
                }
                Token::Name if self.lexer.before_open() => {
                    let function = self.function(range)?;
                    self.lexer.next()?;
                    self.pending.push(Pending::Call { function, name: range });
                }
                Token::Name => {
                    let symbol = self.symbol(range.slice(self.text));
                    self.push(Node::Variable(symbol), Info { range, ..Info::default() });
                    return Ok(());
                }
                Token::Open => self.pending.push(Pending::Group { open: range }),
                Token::Op(BinaryOp::Sub) => {
                    let precedence = match self.pending.last() {
                        Some(Pending::Binary { .. } | Pending::Neg { .. }) => TIGHT,
                        _ => BinaryOp::Sub.precedence(),
                    };
                    self.pending.push(Pending::Neg { minus: range, precedence });
                }
                Token::Op(_) | Token::Close | Token::End => {
                    return Err(self.missing_operand(token, range));
                }
            }
        }
    }

    /// Reads closing parentheses and one operator; true at the end of the text.
    fn after_operand(&mut self) -> Result<bool, ParseError> {
        loop {
            let (token, range) = self.lexer.next()?;
            match token {
                Token::Op(op) => {
                    self.reduce(op.precedence(), Some(op))?;
                    self.pending.push(Pending::Binary { op, at: range });
                    return Ok(false);
                }
                Token::Close => {
                    self.reduce(0, None)?;
                    self.close(range)?;
                }
                Token::End => {
                    self.reduce(0, None)?;
                    return match self.pending.last() {
                        None => Ok(true),
                        Some(&(Pending::Group { open: at } | Pending::Call { name: at, .. })) => {
                            let message = "this parenthesis is never closed";
                            Err(ParseError::new(Kind::Parenthesis, at, message).help("add `)`"))
                        }
                        Some(Pending::Neg { .. } | Pending::Binary { .. }) => {
                            Err(self.missing_operand(token, range))
                        }
                    };
                }
                Token::Number(_) | Token::Name | Token::Open => {
                    return Err(self.missing_operator(range));
                }
            }
        }
    }

    fn symbol(&mut self, name: &'a str) -> SymbolId {
        if let Some(&symbol) = self.symbols.get(name) {
            return symbol;
        }
        let start = self.parts.symbols.len();
        let symbol = SymbolId(u32::try_from(start).unwrap_or(u32::MAX));
        self.parts.symbols.push(Arc::from(name));
        self.symbols.insert(name, symbol);
        symbol
    }

    fn push(&mut self, node: Node, info: Info) {
        let id = ExprId(u32::try_from(self.parts.nodes.len()).unwrap_or(u32::MAX));
        self.parts.nodes.push(node);
        self.parts.infos.push(info);
        self.operands.push(id);
    }

    fn range(&self, id: ExprId) -> TextRange {
        self.parts.infos[id.index()].range
    }

    fn is_condition(&self, id: ExprId) -> bool {
        self.parts.nodes[id.index()].is_condition()
    }

    /// Builds the operators on top of the stack that bind at least as tightly as `precedence`; `next` is
    /// the operator that follows.
    fn reduce(&mut self, precedence: u8, next: Option<BinaryOp>) -> Result<(), ParseError> {
        loop {
            match self.pending.last() {
                Some(&Pending::Neg { minus, precedence: own }) if own >= precedence => {
                    self.pending.pop();
                    let Some(operand) = self.operands.pop() else { return Ok(()) };
                    self.number_wanted(operand, "`-`", next)?;
                    let range = minus.cover(self.range(operand));
                    self.push(Node::Neg(operand), Info { range, ..Info::default() });
                }
                Some(&Pending::Binary { op, at }) if op.precedence() >= precedence => {
                    self.pending.pop();
                    let (Some(right), Some(left)) = (self.operands.pop(), self.operands.pop())
                    else {
                        return Ok(());
                    };
                    if op.is_logical() {
                        self.condition_wanted(left, op, next)?;
                        self.condition_wanted(right, op, next)?;
                    } else {
                        let name = format!("`{op}`");
                        self.number_wanted(left, &name, Some(op))?;
                        self.number_wanted(right, &name, next)?;
                    }
                    let range = self.range(left).cover(at).cover(self.range(right));
                    let node = Node::Binary(op, left, right);
                    self.push(node, Info { range, ..Info::default() });
                }
                _ => return Ok(()),
            }
        }
    }

    /// Ends a group or a call at its `)`.
    fn close(&mut self, close: TextRange) -> Result<(), ParseError> {
        match self.pending.pop() {
            Some(Pending::Group { open }) => {
                if let Some(&inner) = self.operands.last() {
                    let info = &mut self.parts.infos[inner.index()];
                    info.range = open.cover(close);
                    info.parentheses = true;
                }
                Ok(())
            }
            Some(Pending::Call { function, name }) => {
                let Some(argument) = self.operands.pop() else { return Ok(()) };
                self.number_wanted(argument, &format!("`{function}`"), None)?;
                let range = name.cover(close);
                self.push(Node::Call(function, argument), Info { range, ..Info::default() });
                Ok(())
            }
            _ => {
                let message = "there is no `(` for this `)`";
                Err(ParseError::new(Kind::Parenthesis, close, message).help("remove it"))
            }
        }
    }

    fn number_wanted(
        &self,
        operand: ExprId,
        by: &str,
        near: Option<BinaryOp>,
    ) -> Result<(), ParseError> {
        if !self.is_condition(operand) {
            return Ok(());
        }
        let message = format!("{by} needs a number, this is a condition");
        let error = ParseError::new(Kind::Kind, self.range(operand), message);
        Err(match near {
            Some(BinaryOp::Eq) => error.help(EQ_HELP),
            _ => error,
        })
    }

    fn condition_wanted(
        &self,
        operand: ExprId,
        by: BinaryOp,
        next: Option<BinaryOp>,
    ) -> Result<(), ParseError> {
        if self.is_condition(operand) {
            return Ok(());
        }
        let message = format!("`{by}` needs a condition, this is a number");
        let error = ParseError::new(Kind::Kind, self.range(operand), message);
        Err(if next == Some(BinaryOp::Eq) {
            error.help(EQ_HELP)
        } else {
            error.help("compare it with something, such as `x .gt. 0`")
        })
    }

    fn function(&self, range: TextRange) -> Result<Function, ParseError> {
        let name = range.slice(self.text);
        if let Some(function) = Function::from_name(name) {
            return Ok(function);
        }
        let message = format!("there is no function `{}`", clipped(name));
        let error = ParseError::new(Kind::UnknownFunction, range, message);
        let known = Function::ALL.iter().map(|f| f.name());
        Err(match name {
            "pow" | "power" => error.help("write `x^y`"),
            "sum" | "product" => {
                error.help("jLEMS knows the name, but its value is never a number")
            }
            "fabs" => error.replace("abs"),
            "heaviside" | "Heaviside" | "step" => error.replace("H"),
            "log10" => error.help("write `log(x) / log(10)`"),
            "floor" => error.help("write `-ceil(-x)`"),
            _ => match nearest(name, known) {
                Some(right) => error.replace(right),
                None => error.help(format!("for a product write `{} * (…)`", clipped(name))),
            },
        })
    }

    fn missing_operand(&self, token: Token, range: TextRange) -> ParseError {
        let error = |message: &str| ParseError::new(Kind::MissingOperand, range, message);
        let after = match self.pending.last() {
            None if token == Token::End => {
                let whole = TextRange::new(0, self.text.len());
                return ParseError::new(Kind::Empty, whole, "the expression is empty");
            }
            None | Some(Pending::Group { .. }) => String::new(),
            Some(Pending::Call { function, .. }) => format!(" after `{function}(`"),
            Some(Pending::Neg { .. }) => " after `-`".to_owned(),
            Some(Pending::Binary { op, .. }) => format!(" after `{op}`"),
        };
        match token {
            Token::Op(BinaryOp::Add) => {
                error("there is no number before `+`").help("remove the `+`")
            }
            Token::Op(op) => error(&format!("there is no number before `{op}`")),
            Token::Close if after.is_empty() && self.pending.is_empty() => {
                ParseError::new(Kind::Parenthesis, range, "there is no `(` for this `)`")
            }
            Token::Close if after.is_empty() => error("there is nothing between `(` and `)`"),
            _ => error(&format!("a number or a name is missing{after}")),
        }
    }

    fn missing_operator(&self, range: TextRange) -> ParseError {
        let left = self.operands.last().map(|&id| (self.parts.nodes[id.index()], self.range(id)));
        let part = |range: TextRange| clipped(range.slice(self.text));
        let error = ParseError::new(Kind::MissingOperator, range, "an operator is missing here");
        match left {
            Some((Node::Number(_), digits))
                if !self.text[range.start as usize..].starts_with('(') =>
            {
                error.help(format!(
                    "write `{} * {}`; a number with a unit has to be a Constant",
                    part(digits),
                    part(range)
                ))
            }
            _ => error.help(format!("for a product write `*` before `{}`", part(range))),
        }
    }
}

const EQ_HELP: &str =
    "`.eq.` binds no tighter than `.and.` and `.or.`: put each comparison in parentheses";
