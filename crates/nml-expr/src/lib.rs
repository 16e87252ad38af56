//! Expressions of LEMS: values such as `g * (erev - v)` and conditions such as `v .gt. thresh`.
//!
//! An [`Expr`] means what jLEMS takes it to mean.  From tight to loose:
//!
//! | operators | |
//! |---|---|
//! | `-` directly after an operator | so `2 * -3^2` is 18 |
//! | `^` | from the left: `2^3^2` is 64 |
//! | `/` | before `*`: `a * b / c` is `a * (b / c)` |
//! | `*` | |
//! | `-`, also at the beginning and after `(` | so `-2^2` is −4 |
//! | `+` | |
//! | `.lt. .gt. .leq. .geq. .neq.` | |
//! | `.and. .or. .eq.` | one level, from the left |
//!
//! Because `.eq.` stands on the level of `.and.`, `x .eq. 3 .and. y .eq. 2` compares a condition with a
//! number.  jLEMS refuses it and so does [`Expr::parse`]; `x .eq. 3 .and. t .gt. y` is fine in both.
//! [`Expr::portability`] lists the places where other readers see another value.
//!
//! Functions take one argument: `sin cos tan sinh cosh tanh exp sqrt ceil ln log random factorial abs H`.
//! `log` is the natural logarithm, `H(0)` is ½, `random(x)` is uniform in 0…x.
//!
//! Nodes lie in one list with operands before their operator, so every walk is a loop over
//! [`Expr::nodes`] or [`Expr::map`].  Do not recurse: depth is not limited.

mod ast;
mod build;
mod differentiate;
mod error;
mod eval;
mod infer;
mod lexer;
pub mod maths;
mod ops;
mod parser;
mod portability;
mod print;
mod simplify;

pub use ast::{Expr, ExprId, Node, SymbolId};
pub use build::{BuildError, BuildId, Builder, MAX_NODES};
pub use differentiate::DifferentiateError;
pub use error::{ParseError, ParseErrorKind, Replacement};
pub use eval::{EvalError, Value};
pub use infer::{Inference, Inferred, Mismatch, MismatchKind, Operand};
pub use ops::{BinaryOp, Function};
pub use parser::MAX_TEXT;
pub use portability::PortabilityNote;
pub use print::{Form, Lems, Parentheses, Syntax};
