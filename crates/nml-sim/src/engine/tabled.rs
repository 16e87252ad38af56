//! Rates of gates from tables, where that is asked for.

use nml_flat::KindId;
use nml_kernel::tables::{Proof, Tables, Wanted};
use nml_kernel::{Columns, Entry, Program, passes};
use rustc_hash::FxHashMap;

use super::stage::Stage;

/// Where membranes are: V.  What leaves it is computed as written.
const RANGE: (f64, f64) = (-0.15, 0.1);

/// Entries that tables stand for.
#[derive(Debug, Default)]
pub(super) struct Tabled {
    known: FxHashMap<(KindId, Entry), Tables>,
}

impl Tabled {
    /// Parts what runs on the compartments of cells in functions of the potential, by tables no further off than
    /// `tolerance` of their largest values, and the rest.
    pub(super) fn new(
        lists: &mut [&mut Vec<Stage>],
        programs: &mut [Program],
        memory: &mut [Columns],
        tolerance: f64,
    ) -> Self {
        let mut tabled = Self::default();
        let all = lists.iter().flat_map(|list| list.iter());
        let potentials: FxHashMap<_, _> = all
            .filter_map(|stage| if let Stage::Cable(cable) = stage { Some(cable) } else { None })
            .flat_map(|cable| cable.membranes.iter().map(|m| (m.kind, m.v)))
            .collect();
        let wanted = Wanted { range: RANGE, tolerance };
        let mut parted: FxHashMap<(KindId, Entry), Option<[Entry; 2]>> = FxHashMap::default();
        for list in lists {
            // What potentials do not move in runs once, or seldom.
            if !list.iter().any(|stage| matches!(stage, Stage::Cable(_))) {
                continue;
            }
            let stages = std::mem::take(*list);
            for stage in stages {
                let Stage::Run { kind, entry } = stage else {
                    list.push(stage);
                    continue;
                };
                let parts = parted.entry((kind, entry)).or_insert_with(|| {
                    let v = *potentials.get(&kind)?;
                    let program = &mut programs[kind.index()];
                    let mut candidate = program.clone();
                    let parted = passes::part(&mut candidate, entry, v)?;
                    let mut others = tabled.known.values();
                    let functions = parted.functions;
                    let tables = others
                        .find_map(|other| other.like(&candidate, functions, v))
                        .or_else(|| Tables::new(&candidate, functions, v, wanted))?;
                    *program = candidate;
                    memory[kind.index()].grow(program);
                    tabled.known.insert((kind, parted.functions), tables);
                    Some([parted.functions, parted.rest])
                });
                match parts {
                    Some(parts) => {
                        list.extend(parts.map(|entry| Stage::Run { kind, entry }));
                    }
                    None => list.push(Stage::Run { kind, entry }),
                }
            }
        }
        tabled
    }

    /// The tables that stand for an entry.
    pub(super) fn get(&self, kind: KindId, entry: Entry) -> Option<&Tables> {
        self.known.get(&(kind, entry))
    }

    /// What is known of them, in the order of kinds and entries.
    pub(super) fn proofs(&self) -> Vec<Proof> {
        let mut all: Vec<_> = self.known.iter().collect();
        all.sort_unstable_by_key(|(place, _)| **place);
        all.into_iter().map(|(_, tables)| tables.proof()).collect()
    }
}
