//! Expressions as text, for LEMS and for any other language.

use nml_base::format_f64;

use crate::{BinaryOp, Expr, ExprId, Function, Node};

/// How a language writes an operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form<'s> {
    /// Between its operands, which are grouped from the left.
    Infix {
        /// The operator with the blanks around it.
        text: &'s str,
        /// The larger, the tighter; at least 1.
        precedence: u8,
    },
    /// Around its operands, such as `pow(a, b)`.
    Call {
        /// Before the first operand.
        before: &'s str,
        /// Between the operands.
        between: &'s str,
        /// After the second operand.
        after: &'s str,
    },
}

/// How a language writes expressions.
pub trait Syntax {
    /// Writes a literal; `digits` are those of the author.
    fn number(&self, value: f64, digits: Option<&str>, out: &mut String) {
        match digits {
            Some(digits) => out.push_str(digits),
            None => out.push_str(&format_f64(value)),
        }
    }

    /// Writes a variable.
    fn variable(&self, name: &str, out: &mut String) {
        out.push_str(name);
    }

    /// The form of an operator.
    fn binary(&self, op: BinaryOp) -> Form<'_>;

    /// What stands before and after the argument of a function.  The two have to bind the argument and the
    /// whole together, as parentheses do.
    fn call(&self, function: Function) -> (&str, &str);
}

/// LEMS itself.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Lems;

impl Syntax for Lems {
    fn binary(&self, op: BinaryOp) -> Form<'_> {
        let text = match op {
            BinaryOp::Add => " + ",
            BinaryOp::Sub => " - ",
            BinaryOp::Mul => " * ",
            BinaryOp::Div => " / ",
            BinaryOp::Pow => "^",
            BinaryOp::Lt => " .lt. ",
            BinaryOp::Gt => " .gt. ",
            BinaryOp::Leq => " .leq. ",
            BinaryOp::Geq => " .geq. ",
            BinaryOp::Eq => " .eq. ",
            BinaryOp::Neq => " .neq. ",
            BinaryOp::And => " .and. ",
            BinaryOp::Or => " .or. ",
        };
        Form::Infix { text, precedence: op.precedence() }
    }

    fn call(&self, function: Function) -> (&str, &str) {
        let before = match function {
            Function::Sin => "sin(",
            Function::Cos => "cos(",
            Function::Tan => "tan(",
            Function::Sinh => "sinh(",
            Function::Cosh => "cosh(",
            Function::Tanh => "tanh(",
            Function::Exp => "exp(",
            Function::Sqrt => "sqrt(",
            Function::Ceil => "ceil(",
            Function::Ln => "ln(",
            Function::Log => "log(",
            Function::Random => "random(",
            Function::Factorial => "factorial(",
            Function::Abs => "abs(",
            Function::Heaviside => "H(",
        };
        (before, ")")
    }
}

/// How many parentheses to write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parentheses {
    /// Those without which the tree would be another one, and those that keep readers from taking it for
    /// another one: around the operands of a power unless they are names or literals, around a negative
    /// that does not stand at the beginning, between `.and.` and `.or.`.
    Minimal,
    /// Around every operator.
    Full,
}

/// Needs no parentheses anywhere.
const ATOM: u8 = u8::MAX;

enum Step<'a> {
    Text(&'a str),
    /// A node in a place where an operator must bind at least so tightly, and where a minus may stand
    /// first or not.
    Node(ExprId, u8, bool),
}

impl Expr {
    /// Writes the expression in a language.
    ///
    /// The operators are grouped exactly as in the tree, whatever the order of precedences; with [`Lems`]
    /// the text parses to an equal expression and has no [portability notes](Expr::portability) but for
    /// `factorial`.
    pub fn print(&self, syntax: &impl Syntax, parentheses: Parentheses) -> String {
        let mut out = String::new();
        let mut steps = vec![Step::Node(self.root(), 0, true)];
        while let Some(step) = steps.pop() {
            let (id, needed, first) = match step {
                Step::Text(text) => {
                    out.push_str(text);
                    continue;
                }
                Step::Node(id, needed, first) => (id, needed, first),
            };
            match self.node(id) {
                Node::Number(value) => syntax.number(value, self.digits(id), &mut out),
                Node::Variable(symbol) => syntax.variable(self.symbol(symbol), &mut out),
                Node::Call(function, a) => {
                    let (before, after) = syntax.call(function);
                    steps.extend([Step::Text(after), Step::Node(a, 0, true), Step::Text(before)]);
                }
                Node::Neg(a) => {
                    let outermost = id == self.root();
                    let wrap = !first || (parentheses == Parentheses::Full && !outermost);
                    // A sum, a negative or a power behind the minus would be read in two ways.
                    let inner = match self.node(a) {
                        Node::Binary(BinaryOp::Mul | BinaryOp::Div, ..) => minus(syntax) + 1,
                        _ => ATOM,
                    };
                    steps.extend(wrap.then_some(Step::Text(")")));
                    steps.extend([Step::Node(a, inner, false), Step::Text("-")]);
                    steps.extend(wrap.then_some(Step::Text("(")));
                }
                Node::Binary(op, a, b) => match syntax.binary(op) {
                    Form::Call { before, between, after } => {
                        steps.extend([Step::Text(after), Step::Node(b, 0, true)]);
                        steps.extend([Step::Text(between), Step::Node(a, 0, true)]);
                        steps.push(Step::Text(before));
                    }
                    Form::Infix { text, precedence } => {
                        let outermost = id == self.root();
                        let wrap =
                            precedence < needed || (parentheses == Parentheses::Full && !outermost);
                        let left_first = (first || wrap) && precedence <= minus(syntax);
                        let side = |child, needed| self.side(op, child, needed);
                        steps.extend(wrap.then_some(Step::Text(")")));
                        steps.push(Step::Node(b, side(b, precedence + 1), false));
                        steps.push(Step::Text(text));
                        steps.push(Step::Node(a, side(a, precedence), left_first));
                        steps.extend(wrap.then_some(Step::Text("(")));
                    }
                },
            }
        }
        out
    }

    /// The tightness needed of an operand, with the parentheses that are there for readers.
    fn side(&self, op: BinaryOp, operand: ExprId, needed: u8) -> u8 {
        match (op, self.node(operand)) {
            (BinaryOp::Pow, _)
            | (BinaryOp::And, Node::Binary(BinaryOp::Or, ..))
            | (BinaryOp::Or, Node::Binary(BinaryOp::And, ..)) => ATOM,
            _ => needed,
        }
    }
}

/// The precedence of a minus at the beginning: that of the operator.
fn minus(syntax: &impl Syntax) -> u8 {
    match syntax.binary(BinaryOp::Sub) {
        Form::Infix { precedence, .. } => precedence,
        Form::Call { .. } => 0,
    }
}
