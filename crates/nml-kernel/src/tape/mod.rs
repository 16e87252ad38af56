//! The fast path: a list of vector instructions that run on blocks of lanes in L1.
//!
//! Values that are the same for all instances are computed once per change of the uniforms and held as lines of equal
//! numbers; all others live in columns or in a few buffers of one block.
#![expect(unsafe_code, reason = "vector instructions on raw lanes")]

mod allocate;
mod code;
mod formula;
mod sweep;
mod tile;

use std::fmt::{Display, Formatter};

use crate::columns::{Columns, ColumnsMut, LANES, RunContext};
use crate::ir::{Entry, Program, Value};
use crate::prologue::Prologue;
use crate::simd::Isa;
use allocate::{Allocation, Line, Place, Placed};
use sweep::{FEW, Instruction, Slot};

/// Lanes per block, as long as all that a block touches stays well inside a first-level cache of 32 KiB.
const WIDE_BLOCK: usize = 128;
const NARROW_BLOCK: usize = 64;
const MAX_WIDE_VECTORS: usize = 32;

/// One cache line of working memory.
#[repr(C, align(64))]
#[derive(Clone, Copy, Debug)]
struct CacheLine([f64; LANES]);

/// An entry point compiled for one instruction set.
///
/// Compiling takes tens of microseconds; running allocates nothing.
/// A tape holds its working memory, so each thread wants its own: clone it.
#[derive(Debug)]
pub struct Tape {
    isa: Isa,
    block_lanes: usize,
    allocation: Allocation,
    prologue: Prologue,
    instructions: Vec<Instruction>,
    slots: Vec<Slot>,
    /// The lines, then the buffers.
    #[expect(dead_code, reason = "reached through `slots`")]
    memory: Vec<CacheLine>,
}

// SAFETY: the raw pointers in `slots` lead into `memory`, which the tape owns and never resizes, or are columns'
// addresses that are set anew at the start of every run.
unsafe impl Send for Tape {}

// SAFETY: nothing is reachable through a shared tape but reads of its listing.
unsafe impl Sync for Tape {}

impl Clone for Tape {
    fn clone(&self) -> Self {
        let mut prologue = self.prologue.clone();
        // The new lines are still to be filled.
        prologue.seed = None;
        Self::link(self.isa, self.allocation.clone(), prologue)
    }
}

impl Tape {
    /// Compiles an entry for an instruction set, which should be [available](Isa::is_available): if it is not, the
    /// tape is compiled for [`Isa::Portable`].
    ///
    /// # Panics
    /// If the program is not valid or the entry not of it.
    pub fn compile(program: &Program, entry: Entry, isa: Isa) -> Self {
        Self::compile_with(program, entry, isa, true)
    }

    /// As [`compile`](Self::compile), but with one instruction per operation; for measuring and testing.
    pub fn compile_unfused(program: &Program, entry: Entry, isa: Isa) -> Self {
        Self::compile_with(program, entry, isa, false)
    }

    fn compile_with(program: &Program, entry: Entry, isa: Isa, fuse: bool) -> Self {
        let block = program.block(entry);
        let uniform = block.uniform_values();
        let tiles = tile::tile(block, &uniform, fuse);
        let allocation = allocate::allocate(block, &uniform, &tiles);
        let prologue = Prologue::new(&block.ops, &uniform);
        let isa = if isa.is_available() { isa } else { Isa::Portable };
        Self::link(isa, allocation, prologue)
    }

    /// Gives places memory and operations their machine code.
    fn link(isa: Isa, allocation: Allocation, prologue: Prologue) -> Self {
        let (n_columns, n_lines) = (allocation.columns.len(), allocation.lines.len());
        let n_buffers = allocation.n_buffers as usize;
        let block_lanes =
            if n_columns + n_buffers <= MAX_WIDE_VECTORS { WIDE_BLOCK } else { NARROW_BLOCK };
        let buffer_lines = block_lanes / LANES;
        let mut memory = vec![CacheLine([0.0; LANES]); n_lines + n_buffers * buffer_lines];

        let column = Slot { pointer: std::ptr::null_mut(), lane_mask: usize::MAX };
        let mut slots = vec![column; n_columns];
        let base = memory.as_mut_ptr();
        slots.extend(
            (0..n_lines).map(|i| Slot { pointer: base.wrapping_add(i).cast(), lane_mask: 0 }),
        );
        slots.extend((0..n_buffers).map(|i| Slot {
            pointer: base.wrapping_add(n_lines + i * buffer_lines).cast(),
            lane_mask: usize::MAX,
        }));

        let slot = |place: Place| {
            let index = match place {
                Place::Column(i) => i as usize,
                Place::Line(i) => n_columns + i as usize,
                Place::Buffer(i) => n_columns + n_lines + i as usize,
            };
            debug_assert!(index < slots.len());
            Value::new(index).0
        };
        let instructions = allocation
            .instructions
            .iter()
            .map(|placed| Instruction {
                run: sweep::select(placed.code, isa),
                run_few: sweep::select_few(placed.code, isa),
                to: slot(placed.to),
                from: placed.from.map(slot),
            })
            .collect();
        Self { isa, block_lanes, allocation, prologue, instructions, slots, memory }
    }

    /// The instruction set the tape runs on.
    pub fn isa(&self) -> Isa {
        self.isa
    }

    /// The number of instructions.
    pub fn len(&self) -> usize {
        self.instructions.len()
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.instructions.is_empty()
    }

    /// Runs the entry on all instances.
    ///
    /// # Panics
    /// If columns or uniforms are fewer than the program's.
    pub fn run(&mut self, columns: &mut Columns, context: &RunContext<'_>) {
        let len = columns.len();
        for (slot, column) in self.slots.iter_mut().zip(&self.allocation.columns) {
            slot.pointer = columns.pointer(*column);
        }
        if (1..=FEW).contains(&len) {
            self.run_few(context);
        } else {
            self.run_blocks(len.next_multiple_of(LANES), context);
        }
    }

    /// Runs the entry on the instances of a view, with the same bits as a run on all.
    ///
    /// # Panics
    /// If columns or uniforms are fewer than the program's.
    pub fn run_view(&mut self, columns: &mut ColumnsMut<'_>, context: &RunContext<'_>) {
        let lanes = columns.len();
        for (slot, column) in self.slots.iter_mut().zip(&self.allocation.columns) {
            slot.pointer = columns.pointer(*column);
        }
        self.run_blocks(lanes, context);
    }

    /// Runs all instructions on [`FEW`] lanes.
    fn run_few(&mut self, context: &RunContext<'_>) {
        self.update_lines(context);
        let slots = self.slots.as_ptr();
        for ins in &self.instructions {
            // SAFETY: as in `run_blocks`; non-empty columns have at least `LANES` lanes, which is more than `FEW`, and
            // the function was selected for few.
            unsafe { (ins.run_few)(ins, slots, FEW) }
        }
    }

    /// Runs all instructions block by block; the column slots point to the first of `lanes` lanes.
    fn run_blocks(&mut self, lanes: usize, context: &RunContext<'_>) {
        self.update_lines(context);
        let n_columns = self.allocation.columns.len();
        let mut done = 0;
        while done < lanes {
            let now = (lanes - done).min(self.block_lanes);
            let slots = self.slots.as_ptr();
            for ins in &self.instructions {
                // SAFETY: the instruction set was found available by `compile`; `link` made all slot numbers below the
                // length of `slots`; columns have `lanes` exclusively borrowed lanes, buffers `block_lanes`, lines
                // `LANES`; `now` is a multiple of `LANES`; different slots never overlap.
                unsafe { (ins.run)(ins, slots, now) }
            }
            done += now;
            if done < lanes {
                for slot in &mut self.slots[..n_columns] {
                    slot.pointer = slot.pointer.wrapping_add(now);
                }
            }
        }
    }

    /// Recomputes the values common to all instances, if seed or uniforms changed.
    fn update_lines(&mut self, context: &RunContext<'_>) {
        if !self.prologue.update(context) {
            return;
        }
        for (i, line) in self.allocation.lines.iter().enumerate() {
            let x = match *line {
                Line::Uniform(v) => self.prologue.lane(v),
                Line::Seed => f64::from_bits(context.seed),
                Line::Stream(stream) => f64::from_bits(u64::from(stream)),
            };
            let to = self.slots[self.allocation.columns.len() + i].pointer;
            for lane in 0..LANES {
                // SAFETY: the slot of a line points to `LANES` numbers of `memory`, which is borrowed exclusively.
                unsafe { *to.add(lane) = x }
            }
        }
    }
}

impl Display for Tape {
    /// One instruction per line: `b0 = Rate(SubDiv, Exp, Mul) c0 k1 k2 k3`, with columns `c`, constants `k`, buffers `b`.
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let name = |place: &Place| match place {
            Place::Column(i) => format!("c{}", self.allocation.columns[*i as usize].0),
            Place::Line(i) => format!("k{i}"),
            Place::Buffer(i) => format!("b{i}"),
        };
        for Placed { code, to, from, n_operands } in &self.allocation.instructions {
            write!(f, "{} = {code:?}", name(to))?;
            for place in &from[..*n_operands] {
                write!(f, " {}", name(place))?;
            }
            writeln!(f)?;
        }
        writeln!(
            f,
            "# {} columns, {} constants, {} buffers, {} lanes per block",
            self.allocation.columns.len(),
            self.allocation.lines.len(),
            self.allocation.n_buffers,
            self.block_lanes
        )
    }
}
