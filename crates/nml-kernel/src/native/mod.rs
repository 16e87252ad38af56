//! Machine code: for one instance, where a tape would mostly look up what to do next, and for many, where it would
//! mostly carry numbers to and fro.
//!
//! It computes exactly what the [oracle](crate::oracle) does: one instruction per operation, and the functions of
//! [`math`](crate::math).
//! Code for one instance that does many equal operations, as that of a linked model does, has them side by side in
//! vectors where that is expected to be faster.
//! There is code for x86-64 with AVX2 and FMA for one instance, with AVX-512 F and DQ for many; elsewhere, and where the
//! system lends no memory to run code in, a [`Tape`](crate::Tape) does the work.
#![expect(unsafe_code, reason = "machine code is run")]

/// The cost of a function call from machine code, in operations; those of several numbers included.
#[cfg(target_arch = "x86_64")]
const CALL: usize = 40;

#[cfg(target_arch = "x86_64")]
mod assembler;
#[cfg(target_arch = "x86_64")]
mod compile;
#[cfg(target_arch = "x86_64")]
mod frame;
#[cfg(target_arch = "x86_64")]
mod functions;
#[cfg(target_arch = "x86_64")]
mod schedule;
#[cfg(target_arch = "x86_64")]
mod wide;

#[cfg(not(target_arch = "x86_64"))]
pub use elsewhere::{Native, Wide};
#[cfg(target_arch = "x86_64")]
pub use here::Native;
#[cfg(target_arch = "x86_64")]
pub use wide::Wide;

#[cfg(target_arch = "x86_64")]
mod here {
    use memmap2::{Mmap, MmapOptions};

    use super::compile::{Compiled, compile};
    use super::wide::{Code, Line, Vector, packed};
    use crate::columns::{Columns, LANES, RunContext};
    use crate::ir::{Entry, Program};
    use crate::prologue::Prologue;
    use crate::simd::Isa;

    /// More bytes of code than this are not made: they would not stay in the caches of a processor.
    const MOST_CODE: usize = 1 << 20;

    /// An entry point as machine code for programs of one instance.
    #[derive(Debug)]
    pub struct Native {
        code: Mmap,
        prologue: Prologue,
        lines: Vec<f64>,
        what: Vec<Line>,
        frame: Vec<Vector>,
        columns: usize,
    }

    /// Memory that holds code and may be run; none if the system lends none.
    pub(super) fn executable(code: &[u8]) -> Option<Mmap> {
        let mut memory = MmapOptions::new().len(code.len()).map_anon().ok()?;
        memory.copy_from_slice(code);
        memory.make_exec().ok()
    }

    impl Native {
        /// Compiles an entry; none where that is not possible on this machine, or not worth while.
        ///
        /// # Panics
        /// If the program is not valid or the entry not of it.
        pub fn compile(program: &Program, entry: Entry) -> Option<Self> {
            if !Isa::Avx2.is_available() {
                return None;
            }
            let block = program.block(entry);
            let uniform = block.uniform_values();
            let single = compile(block, &uniform);
            match packed(program, block, &uniform).filter(|packed| packed.cost < single.cost) {
                Some(packed) => Self::new(program, entry, packed),
                None => Self::new(program, entry, single),
            }
        }

        /// As [`compile`](Self::compile), with equal operations side by side whatever that costs.
        ///
        /// # Panics
        /// As that.
        pub fn compile_packed(program: &Program, entry: Entry) -> Option<Self> {
            let block = program.block(entry);
            Self::new(program, entry, packed(program, block, &block.uniform_values())?)
        }

        fn new(program: &Program, entry: Entry, compiled: Compiled) -> Option<Self> {
            if compiled.bytes.len() > MOST_CODE {
                return None;
            }
            let block = program.block(entry);
            Some(Self {
                code: executable(&compiled.bytes)?,
                prologue: Prologue::new(&block.ops, &block.uniform_values()),
                lines: vec![0.0; compiled.lines.len()],
                what: compiled.lines,
                frame: vec![Vector([0.0; LANES]); compiled.frame],
                columns: program.columns.len(),
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

        /// Runs the entry.
        ///
        /// # Panics
        /// If there is not exactly one instance, or columns or uniforms are not those of the program.
        pub fn run(&mut self, columns: &mut Columns, context: &RunContext<'_>) {
            assert_eq!(columns.len(), 1, "machine code is for one instance");
            assert_eq!(columns.count(), self.columns, "columns of another program");
            if self.prologue.update(context) {
                Line::fill(&mut self.lines, &self.what, &self.prologue, context);
            }
            // SAFETY: the memory is executable and starts with the code that `compile` made, which has the calling
            // convention of `Code`, keeps to it, and needs AVX2 and FMA, or AVX-512 F and DQ, found available there.  It
            // reads and writes the first lanes of the program's columns, whose distance of `LANES` numbers holds for one instance; reads
            // the lines; and reads and writes the frame; all three are of the lengths it was made for, and the latter
            // two belong to it alone.
            unsafe {
                let code: Code = std::mem::transmute(self.code.as_ptr());
                code(columns.base(), self.lines.as_ptr(), self.frame.as_mut_ptr().cast(), 1);
            }
        }
    }
}

#[cfg(not(target_arch = "x86_64"))]
mod elsewhere {
    use crate::columns::{Columns, ColumnsMut, RunContext};
    use crate::ir::{Entry, Program};

    macro_rules! absent {
        ($name:ident($($of:ty),*) on $columns:ty) => {
            /// An entry point as machine code, of which there is none for this processor.
            #[derive(Clone, Debug)]
            pub enum $name {}

            impl $name {
                /// None.
                pub fn compile(_: &Program, _: Entry, $(_: $of),*) -> Option<Self> {
                    None
                }

                /// Never.
                pub fn len(&self) -> usize {
                    match *self {}
                }

                /// Never.
                pub fn is_empty(&self) -> bool {
                    match *self {}
                }

                /// Never.
                pub fn run(&mut self, _: &mut $columns, _: &RunContext<'_>) {
                    match *self {}
                }
            }
        };
    }

    absent!(Native() on Columns);

    impl Native {
        /// None.
        pub fn compile_packed(_: &Program, _: Entry) -> Option<Self> {
            None
        }
    }

    absent!(Wide(&Columns) on ColumnsMut<'_>);
}
