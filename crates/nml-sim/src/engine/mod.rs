//! What schemes share: the right-hand sides of a model by level, stages, wires, the queue of events, recording.
//!
//! A scheme plans [`phase::Phase`]s, looks at right-hand sides at one moment, and adds entries of its own that
//! compute what a kind makes of what it sees.  An [`Engine`] holds the programs and columns of all kinds and
//! carries stages out.

pub(crate) mod flow;
pub(crate) mod formula;
pub(crate) mod markov;
pub(crate) mod phase;
pub(crate) mod queue;
pub(crate) mod recorder;
pub(crate) mod shape;
pub(crate) mod stage;
pub(crate) mod values;
pub(crate) mod wires;

use nml_flat::{Flat, KindId};
use nml_kernel::passes::{Options, optimize};
use nml_kernel::{Columns, Entry, Isa, Program, RunContext, Tape, oracle};

use crate::RunError;
use shape::Shape;
use stage::Stage;

/// Programs and columns of all kinds at work.
#[derive(Debug)]
pub(crate) struct Engine<'f> {
    pub(crate) flat: &'f Flat,
    programs: Vec<Program>,
    pub(crate) memory: Vec<Columns>,
    /// By kind and entry; made when an entry first runs on all instances.
    tapes: Vec<Vec<Option<Tape>>>,
    /// What every [`shape::Clock`] shows.
    pub(crate) clocks: [f64; 5],
    pub(crate) seed: u64,
    markov: markov::Work,
}

impl<'f> Engine<'f> {
    /// Takes finished shapes; columns are filled with what is there before the start.
    pub(crate) fn new(flat: &'f Flat, shapes: Vec<Shape>, seed: u64) -> Self {
        let (mut programs, mut memory, mut tapes) = (Vec::new(), Vec::new(), Vec::new());
        for (id, mut shape) in flat.kind_ids().zip(shapes) {
            let builder = std::mem::take(&mut shape.program);
            let mut program = builder.finish();
            optimize(&mut program, Options::default(), |_, _| {});
            let mut columns = Columns::new(&program, flat.kind(id).parents.len());
            shape.fill(flat, id, &mut columns);
            tapes.push(vec![None; program.entries.len()]);
            programs.push(program);
            memory.push(columns);
        }
        let markov = markov::Work::default();
        Self { flat, programs, memory, tapes, clocks: [0.0; 5], seed, markov }
    }

    /// Carries stages out.
    pub(crate) fn run(&mut self, stages: &[Stage]) -> Result<(), RunError> {
        for stage in stages {
            match stage {
                Stage::Gather { kind, column, from, instances } => {
                    let to = (*kind, *column);
                    stage::gather(&mut self.memory, to, *from, instances, &self.clocks);
                }
                Stage::Reduce { kind, column, op, members } => {
                    let to = (*kind, *column);
                    stage::reduce(self.flat, &mut self.memory, to, *op, members, &self.clocks);
                }
                Stage::Run { kind, entry } => self.run_entry(*kind, *entry),
                Stage::Markov(markov) => {
                    let columns = &mut self.memory[markov.kind.index()];
                    if !markov.run(columns, &self.clocks, &mut self.markov) {
                        let node = self.flat.kind(markov.kind).path(markov.node);
                        return Err(RunError::Rates { node, time: self.clocks[1] });
                    }
                }
            }
        }
        Ok(())
    }

    /// Runs an entry on all instances of a kind.
    fn run_entry(&mut self, kind: KindId, entry: Entry) {
        let (k, e) = (kind.index(), entry.0 as usize);
        let program = &self.programs[k];
        let tape =
            self.tapes[k][e].get_or_insert_with(|| Tape::compile(program, entry, Isa::best()));
        let context = RunContext { seed: self.seed, uniforms: &self.clocks };
        tape.run(&mut self.memory[k], &context);
    }

    /// Runs an entry on one instance.
    pub(crate) fn run_one(&mut self, kind: KindId, entry: Entry, instance: u32) {
        let (k, lane) = (kind.index(), instance as usize);
        let context = RunContext { seed: self.seed, uniforms: &self.clocks };
        oracle::run_some(&self.programs[k], entry, lane..lane + 1, &mut self.memory[k], &context);
    }
}
