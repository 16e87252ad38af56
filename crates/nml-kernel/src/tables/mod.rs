//! Functions of one column from tables, with a proven bound.
//!
//! Rates of gates are functions of the potential alone.  Where that is asked for, an entry that computes them, made by
//! [`passes::part`](crate::passes::part), is replaced by cubics over equal pieces of an interval.  The error of each is
//! bounded by interval arithmetic on the operations themselves; outside of the interval, and on pieces where the bound
//! cannot be proven, such as at a kink, the entry itself runs.
#![expect(unsafe_code, reason = "whole lines of columns are read and written")]

#[cfg(target_arch = "x86_64")]
mod avx512;
mod cubic;
mod enclose;
mod interval;
mod jet;

use std::sync::Arc;

use smallvec::SmallVec;

use crate::columns::{ColumnsMut, LANES, RunContext};
use crate::ir::{Block, Column, Entry, Op, Program, Value};
use crate::simd::Isa;
use crate::tape::Tape;
use cubic::{CUBIC, Cubics};

/// What tables are to be like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// The first and the last argument.
    pub range: (f64, f64),
    /// The largest error of each function, as a part of the largest value that it takes in the range.
    pub tolerance: f64,
}

/// What is known of tables.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proof {
    /// No function is further off than this part of its largest value.
    pub bound: f64,
    /// How many functions there are.
    pub functions: usize,
    /// Into how many pieces the range is cut.
    pub pieces: usize,
    /// How many of them are computed exactly.
    pub exact: usize,
}

/// An entry that computes functions of one column, by tables.
///
/// It holds working memory, so each thread wants its own: clone it.
#[derive(Clone, Debug)]
pub struct Tables {
    cubics: Arc<Cubics>,
    functions: Functions,
    from: Column,
    to: Vec<Column>,
    exact: Tape,
    isa: Isa,
    /// By function: the numbers of the lanes at hand.
    lanes: Vec<Lanes>,
}

/// What a block computes, wherever its columns lie.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Functions {
    ops: Vec<Op>,
    stored: Vec<Value>,
}

impl Functions {
    fn of(block: &Block) -> Self {
        let bare = |op: &Op| if let Op::Load(_) = op { Op::Load(Column(0)) } else { *op };
        Self {
            ops: block.ops.iter().map(bare).collect(),
            stored: block.stores.iter().map(|store| store.value).collect(),
        }
    }
}

#[repr(C, align(64))]
#[derive(Clone, Copy, Debug)]
struct Lanes([f64; LANES]);

impl Tables {
    /// Tables of an entry with the same functions as these of another, which are shared.
    ///
    /// None if they are not the same.
    pub fn like(&self, program: &Program, entry: Entry, from: Column) -> Option<Self> {
        let block = program.block(entry);
        (Functions::of(block) == self.functions).then(|| Self {
            from,
            to: block.stores.iter().map(|store| store.column).collect(),
            exact: Tape::compile(program, entry, Isa::best()),
            ..self.clone()
        })
    }

    /// Makes the tables of an entry that loads no column but `from`; none where too little can be proven.
    ///
    /// # Panics
    /// If the entry is not of the program, or loads another column.
    pub fn new(program: &Program, entry: Entry, from: Column, wanted: Wanted) -> Option<Self> {
        let block = program.block(entry);
        assert!(
            block.loaded_columns().iter().all(|column| *column == from),
            "functions of one column"
        );
        let cubics = Cubics::new(block, wanted.range, wanted.tolerance)?;
        Some(Self {
            cubics: Arc::new(cubics),
            functions: Functions::of(block),
            from,
            to: block.stores.iter().map(|store| store.column).collect(),
            exact: Tape::compile(program, entry, Isa::best()),
            isa: Isa::best(),
            lanes: vec![Lanes([0.0; LANES]); block.stores.len().next_multiple_of(2)],
        })
    }

    /// What is known of them.
    pub fn proof(&self) -> Proof {
        let Cubics { bound, unproven, pairs, ref lines, .. } = *self.cubics;
        Proof {
            bound,
            functions: self.to.len(),
            pieces: lines.len() / pairs.max(1),
            exact: unproven,
        }
    }

    /// The same on another instruction set; the bits are the same.
    ///
    /// # Panics
    /// If the machine does not have it.
    #[must_use]
    pub fn on(mut self, isa: Isa) -> Self {
        assert!(isa.is_available(), "the instruction set is not there");
        self.isa = isa;
        self
    }

    /// Fills the columns of the functions for some instances.
    ///
    /// # Panics
    /// If the columns are not those of the program.
    pub fn run(&mut self, columns: &mut ColumnsMut<'_>, context: &RunContext<'_>) {
        let arguments: *const f64 = columns.pointer(self.from);
        let to: SmallVec<[*mut f64; 16]> =
            self.to.iter().map(|column| columns.pointer(*column)).collect();
        for first in (0..columns.len()).step_by(LANES) {
            // SAFETY: a column of a view is readable for its length, a whole number of lines.
            let x: [f64; LANES] = unsafe { *arguments.wrapping_add(first).cast() };
            let sure = self.look_up(&x);
            if sure != u8::MAX {
                self.exact.run_view(&mut columns.part(first..first + LANES), context);
            }
            for (to, lanes) in to.iter().zip(&self.lanes) {
                // SAFETY: a column of a view is writable for its length, a whole number of lines, and it alone has the
                // right to it.
                let to: &mut [f64; LANES] = unsafe { &mut *to.wrapping_add(first).cast() };
                if sure == u8::MAX {
                    *to = lanes.0;
                    continue;
                }
                for lane in (0..LANES).filter(|lane| sure & (1 << lane) != 0) {
                    to[lane] = lanes.0[lane];
                }
            }
        }
    }

    /// Takes the functions at eight arguments from the tables; tells for which that is right.
    fn look_up(&mut self, x: &[f64; LANES]) -> u8 {
        #[cfg(target_arch = "x86_64")]
        if self.isa == Isa::Avx512 {
            // SAFETY: the instruction set is there.
            return unsafe { avx512::evaluate(&self.cubics, x, &mut self.lanes) };
        }
        let Cubics { low, high, per, pairs, ref lines, .. } = *self.cubics;
        let last = (lines.len() / pairs) as f64 - 1.0;
        let mut sure = 0_u8;
        for (lane, &x) in x.iter().enumerate() {
            let inside = x >= low && x < high;
            let scaled = if inside { (x - low) * per } else { 0.0 };
            let piece = scaled.floor().min(last);
            let t = scaled - piece;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a whole number from 0 to the last piece"
            )]
            let lines = &lines[piece as usize * pairs..][..pairs];
            // A piece without proof begins with what is no number.
            sure |= u8::from(inside && !lines[0].0[0].is_nan()) << lane;
            for (line, functions) in lines.iter().zip(self.lanes.chunks_mut(2)) {
                for (to, c) in functions.iter_mut().zip(line.0.chunks(CUBIC)) {
                    to.0[lane] = c[3].mul_add(t, c[2]).mul_add(t, c[1]).mul_add(t, c[0]);
                }
            }
        }
        sure
    }
}
