//! Passes over programs, one per file; each takes a block and gives an equivalent one.
//!
//! *Exact* passes keep every bit of every result; only [`fuse_fma`], [`expand_pow`], [`find_exprelr`],
//! [`cancel_reciprocals`] and [`share_exponentials`] round differently from what was written, which is why they are passes
//! that everything downstream sees, and not choices of a back end.

mod cse;
mod dce;
mod derivative;
mod exponential_euler;
mod exprelr;
mod fma;
mod fold;
mod hoist;
mod linear;
mod part;
mod pow;
mod reciprocal;
mod share;
mod strength;

pub use cse::eliminate_common_subexpressions;
pub use dce::eliminate_dead_code;
pub use derivative::{differentiate, push_forward};
pub use exponential_euler::exponential_euler;
pub use exprelr::find_exprelr;
pub use fma::fuse_fma;
pub use fold::fold_constants;
pub use hoist::hoist;
pub use linear::{Linear, linear_in, linear_with};
pub use part::{Parted, part};
pub use pow::expand_pow;
pub use reciprocal::cancel_reciprocals;
pub use share::share_exponentials;
pub use strength::reduce_strength;

use crate::ir::{Block, BlockBuilder, Op, Program, Value};

/// A pass of [`optimize`], for listings after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// [`fold_constants`].
    Fold,
    /// [`reduce_strength`].
    Strength,
    /// [`expand_pow`].
    Pow,
    /// [`find_exprelr`].
    Exprelr,
    /// [`cancel_reciprocals`].
    Reciprocal,
    /// [`share_exponentials`].
    Share,
    /// [`eliminate_common_subexpressions`].
    Cse,
    /// [`fuse_fma`].
    Fma,
    /// [`eliminate_dead_code`].
    Dce,
}

impl Pass {
    /// The name used to ask for a listing.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fold => "fold",
            Self::Strength => "strength",
            Self::Pow => "pow",
            Self::Exprelr => "exprelr",
            Self::Reciprocal => "reciprocal",
            Self::Share => "share",
            Self::Cse => "cse",
            Self::Fma => "fma",
            Self::Dce => "dce",
        }
    }

    fn run(self, block: &Block) -> Block {
        match self {
            Self::Fold => fold_constants(block),
            Self::Strength => reduce_strength(block),
            Self::Pow => expand_pow(block),
            Self::Exprelr => find_exprelr(block),
            Self::Reciprocal => cancel_reciprocals(block),
            Self::Share => share_exponentials(block),
            Self::Cse => eliminate_common_subexpressions(block),
            Self::Fma => fuse_fma(block),
            Self::Dce => eliminate_dead_code(block),
        }
    }
}

/// Which inexact passes [`optimize`] may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Write small powers as products, x / (1 − e⁻ˣ) as one function, and divisions as products where that is possible.
    pub simplify: bool,
    /// Fuse products with sums.  Off where another simulator's roundings are reproduced.
    pub fuse_fma: bool,
}

impl Options {
    /// Every bit stays what the oracle makes of the program as built.
    pub const EXACT: Self = Self { simplify: false, fuse_fma: false };
}

impl Default for Options {
    fn default() -> Self {
        Self { simplify: true, fuse_fma: true }
    }
}

/// Runs the usual passes on all entries; `after` is called with the program after each pass.
pub fn optimize(program: &mut Program, options: Options, mut after: impl FnMut(Pass, &Program)) {
    let mut passes = Vec::with_capacity(14);
    if options.simplify {
        passes.push(Pass::Pow);
    }
    passes.extend([Pass::Fold, Pass::Strength]);
    if options.simplify {
        passes.extend([Pass::Cse, Pass::Exprelr, Pass::Reciprocal]);
    }
    passes.extend([Pass::Fold, Pass::Strength, Pass::Cse, Pass::Dce]);
    if options.simplify {
        passes.extend([Pass::Share, Pass::Dce]);
    }
    if options.fuse_fma {
        passes.extend([Pass::Fma, Pass::Strength, Pass::Fold, Pass::Dce]);
    }
    for pass in passes {
        for block in &mut program.entries {
            *block = pass.run(block);
        }
        debug_assert_eq!(program.validate(), Ok(()), "after pass {}", pass.name());
        after(pass, program);
    }
}

/// Rebuilds a block operation by operation: `rule` gets each operation with its operands already rebuilt, and gives the
/// value that takes its place.
fn rewrite(block: &Block, mut rule: impl FnMut(&mut BlockBuilder, Value, Op) -> Value) -> Block {
    let mut builder = BlockBuilder::new(block.name.clone());
    let mut new: Vec<Value> = Vec::with_capacity(block.ops.len());
    for (i, op) in block.ops.iter().enumerate() {
        let op = op.map_operands(|v| new[v.index()]);
        let value = rule(&mut builder, Value::new(i), op);
        new.push(value);
    }
    for store in &block.stores {
        builder.store(store.column, new[store.value.index()]);
    }
    builder.finish()
}
