//! The kernel language: what any dynamics is compiled to, its passes, its oracle and its fast path.
//!
//! A [`Program`] is a list of [`Column`]s (one `f64` per instance) and of entry points.
//! An entry point is one straight-line [`Block`] in static single assignment form: it reads columns,
//! computes, and writes columns.
//! There are no branches (`select` instead), no names that mean anything, and no memory but the columns.
//!
//! ```
//! use nml_kernel::{BinaryOp, BlockBuilder, ColumnRole, Columns, Isa, ProgramBuilder, RunContext, Tape};
//!
//! let mut p = ProgramBuilder::new();
//! let x = p.column("x", ColumnRole::State);
//! let dt = p.uniform("dt");
//! let mut b = BlockBuilder::new("state");
//! let (old, step) = (b.load(x), b.uniform(dt));
//! let rate = b.neg(old);
//! let change = b.binary(BinaryOp::Mul, step, rate);
//! let new = b.binary(BinaryOp::Add, old, change);
//! b.store(x, new);
//! let state = p.add(b.finish());
//! let program = p.finish();
//!
//! let mut columns = Columns::new(&program, 3);
//! columns.fill(x, 1.0);
//! let mut tape = Tape::compile(&program, state, Isa::best());
//! tape.run(&mut columns, &RunContext { seed: 0, uniforms: &[0.25] });
//! assert_eq!(columns.get(x), [0.75; 3]);
//! ```
//!
//! **Numbers.**
//! [`oracle::run`] is the meaning of a program; [`Tape`] gives the same bits on every instruction set, for any number
//! of instances and any split over threads at multiples of [`LANES`], and so do [`Native`] for one instance and
//! [`Wide`] for many.
//! Only the sign and payload of a NaN are left open.
//! That holds because products are fused with sums in the IR ([`passes::fuse_fma`]) and nowhere else, because there is one
//! implementation of each function ([`math`]), and because no tail is finished by other code.

mod columns;
mod eval;
pub mod hines;
mod ir;
pub mod math;
mod native;
pub mod oracle;
pub mod passes;
mod prologue;
pub mod random;
mod simd;
pub mod tables;
mod tape;

pub use columns::{Columns, ColumnsMut, LANES, RunContext};
pub use ir::{
    BinaryOp, Block, BlockBuilder, Column, ColumnInfo, ColumnRole, CompareOp, Entry, MaskOp,
    Number, Op, Program, ProgramBuilder, Store, Type, UnaryOp, Uniform, ValidationError, Value,
};
pub use native::{Native, Wide};
pub use simd::Isa;
pub use tape::Tape;
