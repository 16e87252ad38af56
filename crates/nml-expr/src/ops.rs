//! Operators and functions.

use std::fmt;

/// An operator between two operands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum BinaryOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `^`
    Pow,
    /// `.lt.`
    Lt,
    /// `.gt.`
    Gt,
    /// `.leq.`
    Leq,
    /// `.geq.`
    Geq,
    /// `.eq.`
    Eq,
    /// `.neq.`
    Neq,
    /// `.and.`
    And,
    /// `.or.`
    Or,
}

impl BinaryOp {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Add,
        Self::Sub,
        Self::Mul,
        Self::Div,
        Self::Pow,
        Self::Lt,
        Self::Gt,
        Self::Leq,
        Self::Geq,
        Self::Eq,
        Self::Neq,
        Self::And,
        Self::Or,
    ];

    /// As written in LEMS.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
            Self::Pow => "^",
            Self::Lt => ".lt.",
            Self::Gt => ".gt.",
            Self::Leq => ".leq.",
            Self::Geq => ".geq.",
            Self::Eq => ".eq.",
            Self::Neq => ".neq.",
            Self::And => ".and.",
            Self::Or => ".or.",
        }
    }

    /// How tightly it binds in LEMS, 1 (loosest) to 7; equal ones group from the left.
    pub const fn precedence(self) -> u8 {
        match self {
            Self::Pow => 7,
            Self::Div => 6,
            Self::Mul => 5,
            Self::Sub => 4,
            Self::Add => 3,
            Self::Lt | Self::Gt | Self::Leq | Self::Geq | Self::Neq => 2,
            Self::And | Self::Or | Self::Eq => 1,
        }
    }

    /// `+ - * / ^`: numbers in, number out.
    pub const fn is_arithmetic(self) -> bool {
        matches!(self, Self::Add | Self::Sub | Self::Mul | Self::Div | Self::Pow)
    }

    /// `.and. .or.`: conditions in, condition out.
    pub const fn is_logical(self) -> bool {
        matches!(self, Self::And | Self::Or)
    }

    /// `.lt.` to `.neq.`: numbers in, condition out.
    pub const fn is_comparison(self) -> bool {
        !self.is_arithmetic() && !self.is_logical()
    }
}

impl fmt::Display for BinaryOp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.symbol())
    }
}

/// A function of one argument.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Function {
    /// `sin`
    Sin,
    /// `cos`
    Cos,
    /// `tan`
    Tan,
    /// `sinh`
    Sinh,
    /// `cosh`
    Cosh,
    /// `tanh`
    Tanh,
    /// `exp`
    Exp,
    /// `sqrt`
    Sqrt,
    /// `ceil`
    Ceil,
    /// `ln`, the natural logarithm
    Ln,
    /// `log`, the natural logarithm too
    Log,
    /// `random(x)`, uniform in 0…x, drawn anew at each evaluation
    Random,
    /// `factorial` of a whole number ≥ 0
    Factorial,
    /// `abs`
    Abs,
    /// `H`, the step: 0 below 0, ½ at 0, 1 above
    Heaviside,
}

impl Function {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Sin,
        Self::Cos,
        Self::Tan,
        Self::Sinh,
        Self::Cosh,
        Self::Tanh,
        Self::Exp,
        Self::Sqrt,
        Self::Ceil,
        Self::Ln,
        Self::Log,
        Self::Random,
        Self::Factorial,
        Self::Abs,
        Self::Heaviside,
    ];

    /// As written in LEMS.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sin => "sin",
            Self::Cos => "cos",
            Self::Tan => "tan",
            Self::Sinh => "sinh",
            Self::Cosh => "cosh",
            Self::Tanh => "tanh",
            Self::Exp => "exp",
            Self::Sqrt => "sqrt",
            Self::Ceil => "ceil",
            Self::Ln => "ln",
            Self::Log => "log",
            Self::Random => "random",
            Self::Factorial => "factorial",
            Self::Abs => "abs",
            Self::Heaviside => "H",
        }
    }

    /// The function of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.name() == name)
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
