//! What schemes share: the right-hand sides of a model by level, stages, wires, the queue of events, recording.
//!
//! A scheme plans [`phase::Phase`]s, looks at right-hand sides at one moment, and adds entries of its own that
//! compute what a kind makes of what it sees.  An [`Engine`] holds the programs and columns of all kinds and
//! carries stages out; small models are [linked](link) to one program.

pub(crate) mod cable;
pub(crate) mod calendar;
mod cells;
mod fixed;
pub(crate) mod flow;
pub(crate) mod formula;
mod fuse;
mod link;
pub(crate) mod markov;
pub(crate) mod phase;
pub(crate) mod prune;
pub(crate) mod queue;
pub(crate) mod recorder;
pub(crate) mod shape;
pub(crate) mod stage;
mod state;
mod tabled;
pub(crate) mod values;
pub(crate) mod wires;

use nml_flat::{Flat, KindId};
use nml_kernel::tables::Proof;
use nml_kernel::{
    Column, Columns, ColumnsMut, Entry, Isa, LANES, Native, Program, RunContext, Tape, Wide, oracle,
};
use rayon::ThreadPool;

use crate::RunError;
use cells::{Cells, Team};
use link::{Linked, Linker, WHOLE};
use shape::{Clock, Shape};
use stage::Stage;
use tabled::Tabled;

/// A model with more operations than this, counted over all instances and entries, is not linked: its code would not
/// stay in the caches of a processor, and would take longer to make than people like to wait.
const MOST_LINKED: usize = 40_000;

// What things cost, in operations of a linked program.

/// An operation of a tape on up to [`SWEEP`] instances.
const LOOK_UP: usize = 8;
const SWEEP: usize = 64;
/// A stage.
const STAGE: usize = 350;
/// A row of the system of a cell.
const ROW: usize = 30;

/// So many operations, counted over instances, are worth the hand-over to a thread.
const SHARE: usize = 100_000;

/// Where a number of an instance lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Cell {
    unit: u32,
    column: Column,
    lane: u32,
}

/// What a scheme runs, reads and sends.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    /// Lists of stages, each run as a whole.
    pub(crate) lists: Vec<&'a mut Vec<Stage>>,
    /// Entries that run on single instances.
    pub(crate) events: Vec<(KindId, Entry)>,
    /// Columns that are read from outside.
    pub(crate) read: Vec<(KindId, Column, u32)>,
    /// Columns that count events sent.
    pub(crate) sent: Vec<(KindId, Column)>,
    /// The length of a step, which stays.
    pub(crate) step: f64,
    /// The largest error of rates, if they may come from tables.
    pub(crate) tables: Option<f64>,
}

/// Programs and columns of all kinds at work, or of the whole as one.
#[derive(Debug)]
pub(crate) struct Engine<'f> {
    pub(crate) flat: &'f Flat,
    programs: Vec<Program>,
    memory: Vec<Columns>,
    /// By unit and entry; made when an entry first runs on all instances.
    code: Vec<Vec<Option<Code>>>,
    clocks: [f64; 5],
    seed: u64,
    markov: markov::Work,
    /// By number: those that work on the cells of a tree.
    teams: Vec<Option<Team>>,
    linked: Option<Linked>,
    tabled: Tabled,
    pool: Option<ThreadPool>,
}

/// An entry ready to run.
#[derive(Debug)]
enum Code {
    /// One for each share of the instances.
    Tape(Vec<Tape>),
    Wide(Vec<Wide>),
    Native(Box<Native>),
}

impl Code {
    /// What runs fastest on that many instances, by up to so many threads.
    fn new(program: &Program, entry: Entry, columns: &Columns, threads: usize) -> Self {
        let native = if columns.len() == 1 { Native::compile(program, entry) } else { None };
        if let Some(native) = native {
            return Self::Native(Box::new(native));
        }
        let work = program.block(entry).ops.len().saturating_mul(columns.len());
        let shares = (work / SHARE).clamp(1, threads.max(1));
        match Wide::compile(program, entry, columns) {
            Some(wide) => Self::Wide(vec![wide; shares]),
            None => Self::Tape(vec![Tape::compile(program, entry, Isa::best()); shares]),
        }
    }

    fn run(&mut self, columns: &mut Columns, context: &RunContext<'_>, pool: Option<&ThreadPool>) {
        match self {
            Self::Native(native) => native.run(columns, context),
            Self::Tape(tapes) => {
                shared(tapes, columns, pool, |tape, view| tape.run_view(view, context));
            }
            Self::Wide(all) => shared(all, columns, pool, |wide, view| wide.run(view, context)),
        }
    }
}

/// Runs each code on its share of the instances.
fn shared<T: Send>(
    codes: &mut [T],
    columns: &mut Columns,
    pool: Option<&ThreadPool>,
    run: impl Fn(&mut T, &mut ColumnsMut<'_>) + Sync,
) {
    if let [code] = codes {
        run(code, &mut columns.view());
        return;
    }
    let shares = columns.split(codes.len());
    let work = codes.iter_mut().zip(shares);
    match pool {
        Some(pool) if work.len() > 1 => pool.scope(|scope| {
            for (code, mut share) in work {
                let run = &run;
                scope.spawn(move |_| run(code, &mut share));
            }
        }),
        _ => work.for_each(|(code, mut share)| run(code, &mut share)),
    }
}

/// Programs and columns of all kinds, not yet at work.
#[derive(Debug)]
pub(crate) struct Parts {
    programs: Vec<Program>,
    memory: Vec<Columns>,
}

impl Parts {
    /// Takes finished shapes; columns are filled with what is there before the start.
    pub(crate) fn new(flat: &Flat, shapes: Vec<Shape>) -> Self {
        let (mut programs, mut memory) = (Vec::new(), Vec::new());
        for (id, mut shape) in flat.kind_ids().zip(shapes) {
            let builder = std::mem::take(&mut shape.program);
            let program = builder.finish();
            let mut columns = Columns::new(&program, flat.kind(id).parents.len());
            shape.fill(flat, id, &mut columns);
            programs.push(program);
            memory.push(columns);
        }
        Self { programs, memory }
    }

    /// Whether one program for the whole, with those `stages` in a step, is expected to run faster than one per kind.
    pub(crate) fn are_better_linked(&self, stages: &[Stage]) -> bool {
        let (mut alone, mut together) = (0_usize, stages.len().saturating_mul(STAGE));
        for stage in stages {
            let Stage::Cable(cable) = stage else { continue };
            if cable.settles() {
                return false;
            }
            let (rows, groups) = (cable.rows(), cable.groups().max(1));
            alone = alone.saturating_add(rows.saturating_mul(ROW));
            let group = (rows / cable.cells().max(1)).saturating_mul(ROW);
            together = together.saturating_add(groups.saturating_mul(group));
        }
        for (program, columns) in self.programs.iter().zip(&self.memory) {
            let operations: usize = program.entries.iter().map(|block| block.ops.len()).sum();
            let sweeps = columns.len().div_ceil(SWEEP).saturating_mul(LOOK_UP);
            alone = alone.saturating_add(operations.saturating_mul(columns.len()));
            together = together.saturating_add(operations.saturating_mul(sweeps));
        }
        alone <= MOST_LINKED && alone <= together
    }
}

impl<'f> Engine<'f> {
    /// Sets parts to work, as one program if they are to be `linked`, else by so many threads at most, 0 for as many
    /// as there are cores.  Lists are rewritten.
    pub(crate) fn new(
        flat: &'f Flat,
        parts: Parts,
        linked: bool,
        (seed, threads): (u64, usize),
        mut plan: Plan<'_>,
    ) -> Self {
        let Parts { mut programs, mut memory } = parts;
        let linked = linked.then(|| {
            let linker = Linker::new(flat, &programs, &memory, plan.step);
            let mut found = linker.link(&mut plan.lists, &plan.events, &plan.read, &plan.sent);
            programs = vec![std::mem::take(&mut found.program)];
            memory = vec![std::mem::take(&mut found.columns)];
            found
        });
        if linked.is_none() {
            fixed::bring(&mut plan.lists, &programs, &mut memory);
            for list in &mut plan.lists {
                **list = fuse::fuse(std::mem::take(*list), &mut programs);
            }
            prune::prune_kinds(&mut programs, &plan);
        }
        let clocks = linked.iter().flat_map(|linked| &linked.clocks);
        let stages = plan.lists.iter().flat_map(|list| list.iter());
        let set = clocks.map(|clock| (0, *clock));
        fixed::specialise(&mut programs, &mut memory, stages, (set, plan.step));
        for list in &mut plan.lists {
            list.retain(|stage| stage.does_something(&programs));
        }
        let tabled = match plan.tables.filter(|_| linked.is_none()) {
            Some(tolerance) => Tabled::new(&mut plan.lists, &mut programs, &mut memory, tolerance),
            None => Tabled::default(),
        };
        let mut teams = 0;
        for list in &mut plan.lists {
            **list = Cells::gather(std::mem::take(*list), &programs, &memory, &mut teams);
        }
        let teams = (0..teams).map(|_| None).collect();
        let none = |program: &Program| program.entries.iter().map(|_| None).collect();
        let code = programs.iter().map(none).collect();
        let markov = markov::Work::default();
        let pool = pool(&programs, &memory, threads);
        let clocks = [0.0; 5];
        Self { flat, programs, memory, code, clocks, seed, markov, teams, linked, tabled, pool }
    }

    /// What a clock shows.
    pub(crate) fn clock(&self, clock: Clock) -> f64 {
        self.clocks[clock as usize]
    }

    /// Sets all clocks, in the order of [`Clock`].
    pub(crate) fn set_clocks(&mut self, clocks: [f64; 5]) {
        self.clocks = clocks;
        if let Some(linked) = &self.linked {
            for (column, value) in linked.clocks.iter().zip(clocks) {
                self.memory[0].fill(*column, value);
            }
        }
    }

    /// Where a number of an instance lies.
    pub(crate) fn cell(&self, kind: KindId, column: Column, instance: u32) -> Cell {
        match &self.linked {
            None => Cell { unit: kind.0, column, lane: instance },
            Some(linked) => {
                let place = linked.places.get(&(kind, column, instance));
                Cell { unit: WHOLE.0, column: place.copied().unwrap_or(linked.any), lane: 0 }
            }
        }
    }

    /// A number of an instance.
    pub(crate) fn get(&self, cell: Cell) -> f64 {
        self.memory[cell.unit as usize].get(cell.column)[cell.lane as usize]
    }

    /// Takes a number of an instance and leaves 0.
    pub(crate) fn take(&mut self, kind: KindId, column: Column, instance: u32) -> f64 {
        let cell = self.cell(kind, column, instance);
        let column = self.memory[cell.unit as usize].get_mut(cell.column);
        std::mem::take(&mut column[cell.lane as usize])
    }

    /// Takes the numbers of all instances that are not 0, and leaves 0.
    pub(crate) fn take_all(&mut self, kind: KindId, column: Column, found: &mut Vec<(u32, f64)>) {
        let Some(numbers) = self.column_mut(kind, column) else {
            let instances = 0..self.flat.kind(kind).count();
            let taken = instances.map(|i| (i, self.take(kind, column, i)));
            found.extend(taken.filter(|(_, number)| *number != 0.0));
            return;
        };
        for (numbers, first) in numbers.chunks_mut(LANES).zip((0_u32..).step_by(LANES)) {
            // Mostly there are none.
            if numbers.iter().fold(0, |bits, number| bits | number.to_bits()) == 0 {
                continue;
            }
            for (number, instance) in numbers.iter_mut().zip(first..) {
                if *number != 0.0 {
                    found.push((instance, std::mem::take(number)));
                }
            }
        }
    }

    /// The numbers of all instances; none if they are linked.
    pub(crate) fn column_mut(&mut self, kind: KindId, column: Column) -> Option<&mut [f64]> {
        match self.linked {
            None => Some(self.memory[kind.index()].get_mut(column)),
            Some(_) => None,
        }
    }

    /// Adds to a number of an instance.
    pub(crate) fn add(&mut self, kind: KindId, column: Column, instance: u32, more: f64) {
        let cell = self.cell(kind, column, instance);
        self.memory[cell.unit as usize].get_mut(cell.column)[cell.lane as usize] += more;
    }

    /// Runs an entry on all instances of a kind; not of linked models.
    pub(crate) fn run_all(&mut self, kind: KindId, entry: Entry) {
        self.run_entry(kind, entry);
    }

    /// What is known of the tables that rates come from.
    pub(crate) fn proofs(&self) -> Vec<Proof> {
        self.tabled.proofs()
    }

    /// Whether events may have been sent by the list run last.
    pub(crate) fn may_have_sent(&self) -> bool {
        match &self.linked {
            Some(linked) => self.memory[0].get(linked.any)[0] > 0.0,
            None => true,
        }
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
                Stage::Cells(cells) => self.run_cells(cells),
                // Those that move are among the cells.
                Stage::Cable(cable) => cable.settle(&mut self.memory),
                Stage::Markov(markov) => {
                    let columns = &mut self.memory[markov.kind.index()];
                    if !markov.run(columns, &self.clocks, &mut self.markov) {
                        let node = markov.path.clone();
                        return Err(RunError::Rates { node, time: self.clock(Clock::Row) });
                    }
                }
            }
        }
        Ok(())
    }

    /// Carries out what concerns the cells of a tree.
    fn run_cells(&mut self, cells: &Cells) {
        let threads = self.pool.as_ref().map_or(1, ThreadPool::current_num_threads);
        let context = RunContext { seed: self.seed, uniforms: &self.clocks };
        let team = &mut self.teams[cells.team()];
        let team = team.get_or_insert_with(|| {
            Team::new(cells, (&self.programs, &self.memory, &self.tabled), threads)
        });
        let dt = self.clocks[Clock::Dt as usize];
        team.run(cells, &mut self.memory, (dt, &context), self.pool.as_ref());
    }

    /// Runs an entry on all instances of a unit.
    fn run_entry(&mut self, unit: KindId, entry: Entry) {
        let (k, e) = (unit.index(), entry.0 as usize);
        let program = &self.programs[k];
        let context = RunContext { seed: self.seed, uniforms: &self.clocks };
        let (columns, pool) = (&mut self.memory[k], self.pool.as_ref());
        let threads = pool.map_or(1, ThreadPool::current_num_threads);
        let code = &mut self.code[k][e];
        code.get_or_insert_with(|| Code::new(program, entry, columns, threads))
            .run(columns, &context, pool);
    }

    /// Runs an entry on one instance.
    pub(crate) fn run_one(&mut self, kind: KindId, entry: Entry, instance: u32) {
        if let Some(linked) = &self.linked {
            if let Some(&entry) = linked.events.get(&(kind, entry, instance)) {
                self.run_entry(WHOLE, entry);
            }
            return;
        }
        let (k, lane) = (kind.index(), instance as usize);
        let context = RunContext { seed: self.seed, uniforms: &self.clocks };
        oracle::run_some(&self.programs[k], entry, lane..lane + 1, &mut self.memory[k], &context);
    }
}

/// Threads, if more than one is wanted and there is work for them.
fn pool(programs: &[Program], memory: &[Columns], threads: usize) -> Option<ThreadPool> {
    let most = |program: &Program| program.entries.iter().map(|b| b.ops.len()).max().unwrap_or(0);
    let sizes = programs.iter().zip(memory);
    let work = sizes.map(|(p, columns)| most(p).saturating_mul(columns.len())).max()?;
    let wanted = match threads {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get),
        threads => threads,
    };
    let threads = wanted.min(work / SHARE);
    if threads < 2 {
        return None;
    }
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok()
}
