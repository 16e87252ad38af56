//! Stages that concern nothing but the cells of one tree: carried out for a few cells at a time, as long as their
//! numbers are near, and by several threads.

use std::ops::Range;

use nml_flat::KindId;
use nml_kernel::hines::{self, GROUPS, System};
use nml_kernel::tables::Tables;
use nml_kernel::{Columns, ColumnsMut, Entry, Isa, LANES, Program, RunContext, Tape, Wide};
use rayon::ThreadPool;
use smallvec::SmallVec;

use super::cable::Cable;
use super::stage::Stage;
use super::tabled::Tabled;

/// So many bytes of columns stay in a cache of the second level.
const NEAR: usize = 384 << 10;

/// So many kinds of compartments have nearly all cells; lists as long cost no allocation.
const NEARLY_ALL: usize = 12;

type Views<'a> = SmallVec<[ColumnsMut<'a>; NEARLY_ALL]>;

/// One of the stages.
#[derive(Clone, Debug)]
enum Part {
    /// An entry of a kind, by its index among the kinds.
    Run(usize, Entry),
    /// All potentials.
    Cable(Cable),
}

/// The cells of a tree, and what is done with them.
#[derive(Clone, Debug)]
pub(crate) struct Cells {
    /// The kinds of their compartments, in the order of the cable's membranes.
    pub(crate) kinds: Vec<KindId>,
    parts: Vec<Part>,
    /// Which team does it.
    team: usize,
    groups: usize,
    /// By group, and once more at the end: the first instance of each kind.
    starts: Vec<Vec<usize>>,
    /// How many groups are done at a time.
    together: usize,
}

impl Cells {
    /// Finds stages of a list that concern one tree each, and puts them together.
    pub(super) fn gather(
        stages: Vec<Stage>,
        programs: &[Program],
        memory: &[Columns],
        teams: &mut usize,
    ) -> Vec<Stage> {
        let mut gathered = Vec::with_capacity(stages.len());
        let mut stretch: Vec<Stage> = Vec::new();
        let mut close = |stretch: &mut Vec<Stage>, gathered: &mut Vec<Stage>| {
            let mut rest = std::mem::take(stretch);
            while let Some(at) = rest.iter().position(|s| matches!(s, Stage::Cable(_))) {
                let Stage::Cable(cable) = &rest[at] else { break };
                let kinds: Vec<KindId> = cable.membranes.iter().map(|m| m.kind).collect();
                let ours = |stage: &Stage| match stage {
                    Stage::Run { kind, .. } => kinds.contains(kind),
                    Stage::Cable(other) => {
                        other.membranes.iter().map(|m| m.kind).eq(kinds.iter().copied())
                    }
                    _ => false,
                };
                let (own, others) = rest.iter().cloned().partition::<Vec<_>, _>(ours);
                gathered.push(Stage::Cells(Self::new(cable, own, (programs, memory), *teams)));
                *teams += 1;
                rest = others;
            }
            gathered.append(&mut rest);
        };
        for stage in stages {
            // Runs of kinds and cables of trees commute with those of others.
            let commutes = match &stage {
                Stage::Run { .. } => true,
                Stage::Cable(cable) => !cable.settles(),
                _ => false,
            };
            if commutes {
                stretch.push(stage);
            } else {
                close(&mut stretch, &mut gathered);
                gathered.push(stage);
            }
        }
        close(&mut stretch, &mut gathered);
        gathered
    }

    fn new(
        cable: &Cable,
        stages: Vec<Stage>,
        (programs, memory): (&[Program], &[Columns]),
        team: usize,
    ) -> Self {
        let kinds: Vec<KindId> = cable.membranes.iter().map(|m| m.kind).collect();
        debug_assert!(kinds.is_sorted(), "kinds are in the order of memory");
        let groups = cable.groups();
        let mut starts: Vec<Vec<usize>> = (0..groups).map(|group| cable.starts(group)).collect();
        let padded = |kind: &KindId| memory[kind.index()].len().next_multiple_of(LANES);
        let ends: Vec<usize> = kinds.iter().map(padded).collect();
        // Places that no cell has are nowhere.
        for start in &mut starts {
            start.iter_mut().zip(&ends).for_each(|(start, end)| *start = (*start).min(*end));
        }
        starts.push(ends);
        let bytes = |kind: &KindId| {
            let (program, columns) = (&programs[kind.index()], &memory[kind.index()]);
            program.columns.len() * columns.len() * size_of::<f64>()
        };
        let group = kinds.iter().map(bytes).sum::<usize>() / groups.max(1);
        let together = (NEAR / group.max(1)).max(1).next_multiple_of(GROUPS);
        let parts = stages.into_iter().filter_map(|stage| match stage {
            Stage::Run { kind, entry } => {
                kinds.iter().position(|known| *known == kind).map(|at| Part::Run(at, entry))
            }
            Stage::Cable(cable) => Some(Part::Cable(cable)),
            _ => None,
        });
        Self { parts: parts.collect(), kinds, team, groups, starts, together }
    }

    /// The number of the team that does it.
    pub(super) fn team(&self) -> usize {
        self.team
    }

    /// The cables, and the entries of kinds.
    pub(super) fn cables(&self) -> impl Iterator<Item = &Cable> {
        self.parts.iter().filter_map(|part| match part {
            Part::Cable(cable) => Some(cable),
            Part::Run(..) => None,
        })
    }

    /// The instances of a kind in some groups.
    fn lanes(&self, kind: usize, groups: &Range<usize>) -> Range<usize> {
        self.starts[groups.start][kind]..self.starts[groups.end][kind]
    }
}

/// What runs an entry on all of a view.
#[derive(Debug)]
enum Code {
    Wide(Wide),
    Tape(Tape),
    Tables(Tables),
}

impl Code {
    fn new(program: &Program, entry: Entry, columns: &Columns) -> Self {
        match Wide::compile(program, entry, columns) {
            Some(wide) => Self::Wide(wide),
            None => Self::Tape(Tape::compile(program, entry, Isa::best())),
        }
    }

    fn run(&mut self, view: &mut ColumnsMut<'_>, context: &RunContext<'_>) {
        match self {
            Self::Wide(wide) => wide.run(view, context),
            Self::Tape(tape) => tape.run_view(view, context),
            Self::Tables(tables) => tables.run(view, context),
        }
    }
}

/// One that works on cells: codes in the order of the runs.
#[derive(Debug)]
struct Worker {
    codes: Vec<Code>,
    work: hines::Work,
}

/// Those that work on the cells of a tree, each on a share of them.
#[derive(Debug)]
pub(super) struct Team {
    workers: Vec<Worker>,
    /// By cable: its matrix, and for which step.
    systems: Vec<(u64, System)>,
}

impl Team {
    /// As many as there are threads, but no more than there are cells for.
    pub(super) fn new(
        cells: &Cells,
        (programs, memory, tabled): (&[Program], &[Columns], &Tabled),
        threads: usize,
    ) -> Self {
        let workers = threads.min(cells.groups.div_ceil(GROUPS)).max(1);
        let codes = || {
            let runs = cells.parts.iter().filter_map(|part| match part {
                Part::Run(at, entry) => {
                    let kind = cells.kinds[*at];
                    let (program, columns) = (&programs[kind.index()], &memory[kind.index()]);
                    Some(match tabled.get(kind, *entry) {
                        Some(tables) => Code::Tables(tables.clone()),
                        None => Code::new(program, *entry, columns),
                    })
                }
                Part::Cable(_) => None,
            });
            Worker { codes: runs.collect(), work: hines::Work::default() }
        };
        let systems = cells.cables().map(|_| (f64::NAN.to_bits(), System::default()));
        Self { systems: systems.collect(), workers: (0..workers).map(|_| codes()).collect() }
    }

    /// Does a step of `dt`.
    pub(super) fn run(
        &mut self,
        cells: &Cells,
        memory: &mut [Columns],
        (dt, context): (f64, &RunContext<'_>),
        pool: Option<&ThreadPool>,
    ) {
        for (cable, (of, system)) in cells.cables().zip(&mut self.systems) {
            if *of != dt.to_bits() {
                (*of, *system) = (dt.to_bits(), cable.system(dt));
            }
        }
        let count = self.workers.len();
        let pairs = cells.groups.div_ceil(GROUPS);
        let bound = |share: usize| (pairs * share / count * GROUPS).min(cells.groups);
        let shares = (0..count).map(|i| bound(i)..bound(i + 1));
        let mut views: SmallVec<[Views<'_>; 2]> = (0..count).map(|_| Views::new()).collect();
        // Kinds are in the order of memory.
        let mut kinds = cells.kinds.iter().enumerate().peekable();
        for (unit, columns) in memory.iter_mut().enumerate() {
            let Some((at, _)) = kinds.next_if(|(_, kind)| kind.index() == unit) else { continue };
            let lanes = shares.clone().map(|share| cells.lanes(at, &share));
            for (views, view) in views.iter_mut().zip(columns.parts(lanes)) {
                views.push(view);
            }
        }
        let systems = &self.systems[..];
        let work = self.workers.iter_mut().zip(shares).zip(views);
        match pool {
            Some(pool) if count > 1 => pool.scope(|scope| {
                for ((worker, share), mut views) in work {
                    scope.spawn(move |_| worker.run(cells, share, &mut views, (systems, context)));
                }
            }),
            _ => {
                for ((worker, share), mut views) in work {
                    worker.run(cells, share, &mut views, (systems, context));
                }
            }
        }
    }
}

impl Worker {
    /// Does a share of the groups, a few at a time.
    fn run(
        &mut self,
        cells: &Cells,
        share: Range<usize>,
        views: &mut [ColumnsMut<'_>],
        (systems, context): (&[(u64, System)], &RunContext<'_>),
    ) {
        let origin: SmallVec<[usize; NEARLY_ALL]> =
            (0..views.len()).map(|kind| cells.lanes(kind, &share).start).collect();
        let mut group = share.start;
        while group < share.end {
            let now = group..(group + cells.together).min(share.end);
            let mut codes = self.codes.iter_mut();
            let mut matrices = systems.iter();
            for part in &cells.parts {
                match part {
                    Part::Run(kind, _) => {
                        let lanes = cells.lanes(*kind, &now);
                        let start = origin[*kind];
                        let view = &mut views[*kind];
                        if let Some(code) = codes.next() {
                            let part = lanes.start - start..lanes.end - start;
                            code.run(&mut view.part(part), context);
                        }
                    }
                    Part::Cable(cable) => {
                        if let Some((_, system)) = matrices.next() {
                            let work = &mut self.work;
                            cable.step(now.clone(), (views, &origin), system, work);
                        }
                    }
                }
            }
            group = now.end;
        }
    }
}
