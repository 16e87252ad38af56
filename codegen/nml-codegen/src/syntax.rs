//! How most languages write operators and functions; a target says where its own differs.

use nml_expr::{BinaryOp, Form, Function, Lems, Syntax};

/// An operator as C and its kin write it; a power is a call of `pow`.
pub fn operator(op: BinaryOp) -> Form<'static> {
    let (text, precedence) = match op {
        BinaryOp::Or => (" || ", 1),
        BinaryOp::And => (" && ", 2),
        BinaryOp::Eq => (" == ", 3),
        BinaryOp::Neq => (" != ", 3),
        BinaryOp::Lt => (" < ", 3),
        BinaryOp::Gt => (" > ", 3),
        BinaryOp::Leq => (" <= ", 3),
        BinaryOp::Geq => (" >= ", 3),
        BinaryOp::Add => (" + ", 4),
        BinaryOp::Sub => (" - ", 4),
        BinaryOp::Mul => (" * ", 5),
        BinaryOp::Div => (" / ", 5),
        BinaryOp::Pow => return Form::Call { before: "pow(", between: ", ", after: ")" },
    };
    Form::Infix { text, precedence }
}

/// The name of a function with the parenthesis before its argument.
///
/// The logarithm is the natural one.  `random`, `factorial` and `heaviside` are in no language: who uses them here
/// writes them along or refuses them.
pub fn call(function: Function) -> &'static str {
    static LEMS: Lems = Lems;
    match function {
        Function::Ln | Function::Log => "log(",
        Function::Heaviside => "heaviside(",
        other => LEMS.call(other).0,
    }
}
