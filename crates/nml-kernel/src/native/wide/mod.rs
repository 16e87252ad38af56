//! Machine code for many instances, eight at a time.

mod compile;
mod emit;
mod encode;
mod functions;
mod pack;
mod schedule;
mod trace;

use std::sync::Arc;

use memmap2::Mmap;

use super::compile::Compiled;
use super::here::executable;
use crate::columns::{Columns, ColumnsMut, LANES, RunContext};
use crate::ir::{Block, Entry, Program};
use crate::prologue::Prologue;
use crate::simd::Isa;
use compile::compile;
use pack::pack;
use schedule::schedule;
pub(super) use trace::Line;
use trace::{Lane, Low, trace};

/// More bytes of code than this are not made: they would not stay in the caches of a processor.
const MOST_CODE: usize = 1 << 17;

/// Code's arguments: the first lanes of the first column, lines, frame, how many times eight lanes.
pub(super) type Code = unsafe extern "sysv64" fn(*mut f64, *const f64, *mut f64, usize);

/// One vector of working memory.
#[repr(C, align(64))]
#[derive(Clone, Copy, Debug)]
pub(super) struct Vector(pub(super) [f64; LANES]);

/// Instructions in longer lists stay in the order in which they were made; looking for a better one would take too
/// long.
const MOST_ORDERED: usize = 4000;

/// Compiles a block for one instance with equal operations side by side; none where that is not possible on this machine.
pub(super) fn packed(program: &Program, block: &Block, uniform: &[bool]) -> Option<Compiled> {
    if !Isa::Avx512.is_available() {
        return None;
    }
    let mut trace = pack(program, block, uniform);
    if trace.list.len() <= MOST_ORDERED {
        schedule(&mut trace);
    }
    let cost = trace.list.iter().map(cost).sum::<usize>() + trace.scattered.len();
    let compiled = compile(&trace, program.columns.len(), LANES)?;
    Some(Compiled { bytes: compiled.bytes, lines: compiled.lines, frame: compiled.frame, cost })
}

/// What an instruction takes, compared with an operation on one number: as much, where both wait for their operands most
/// of the time.
fn cost(low: &Low) -> usize {
    match low {
        Low::Load(_) | Low::First(_) | Low::Line(_) | Low::Lines(_) => 0,
        Low::Gather(lanes) => lanes.iter().filter(|lane| **lane != Lane::Any).count(),
        Low::Call(.., lanes) => super::CALL * usize::from(*lanes),
        _ => 1,
    }
}

/// An entry point as machine code for columns of one length.
///
/// It holds its working memory, so each thread wants its own: clone it.
#[derive(Clone, Debug)]
pub struct Wide {
    code: Arc<Mmap>,
    prologue: Prologue,
    lines: Vec<f64>,
    what: Vec<Line>,
    frame: Vec<Vector>,
    columns: usize,
    stride: usize,
}

impl Wide {
    /// Compiles an entry; none where that is not possible on this machine, or not worth while.
    ///
    /// # Panics
    /// If the program is not valid or the entry not of it.
    pub fn compile(program: &Program, entry: Entry, columns: &Columns) -> Option<Self> {
        if !Isa::Avx512.is_available() {
            return None;
        }
        let block = program.block(entry);
        let uniform = block.uniform_values();
        let stride = columns.len().next_multiple_of(LANES);
        let mut trace = trace(block, &uniform);
        schedule(&mut trace);
        let compiled = compile(&trace, program.columns.len(), stride)?;
        if compiled.bytes.len() > MOST_CODE {
            return None;
        }
        Some(Self {
            code: Arc::new(executable(&compiled.bytes)?),
            prologue: Prologue::new(&block.ops, &uniform),
            lines: vec![0.0; compiled.lines.len()],
            what: compiled.lines,
            frame: vec![Vector([0.0; LANES]); compiled.frame],
            columns: program.columns.len(),
            stride,
        })
    }

    /// How many bytes of code there are.
    pub fn len(&self) -> usize {
        self.code.len()
    }

    /// Whether there is no code.
    pub fn is_empty(&self) -> bool {
        self.code.is_empty()
    }

    /// Runs the entry on some instances.
    ///
    /// # Panics
    /// If columns or uniforms are not those of the program, or of another length than it was compiled for.
    pub fn run(&mut self, columns: &mut ColumnsMut<'_>, context: &RunContext<'_>) {
        assert_eq!(columns.count(), self.columns, "columns of another program");
        assert_eq!(columns.stride(), self.stride, "columns of another length");
        let Some(base) = columns.base() else { return };
        if self.prologue.update(context) {
            Line::fill(&mut self.lines, &self.what, &self.prologue, context);
        }
        // SAFETY: the memory is executable and starts with the code that `compile` made, which has the calling
        // convention of `Code`, keeps to it, and needs AVX-512 F and DQ, found available there.  It reads and writes
        // whole lines of lanes of the program's columns, as many as the view has, at the distance it was compiled for;
        // reads the lines; and reads and writes the frame, which are of the lengths it was made for and belong to it.
        unsafe {
            let code: Code = std::mem::transmute(self.code.as_ptr());
            let frame = self.frame.as_mut_ptr().cast();
            code(base, self.lines.as_ptr(), frame, columns.len() / LANES);
        }
    }
}
