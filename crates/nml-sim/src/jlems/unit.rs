//! One kind at work, and which of its columns matter.

use nml_flat::{Flat, KindId, Seen};
use nml_kernel::{Column, Columns, Entry, Isa, Tape};

use super::compile::{self, KindProgram, Stage};
use super::feed::FeedTable;
use crate::Request;
use crate::layout::Place;

/// One kind at work.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) compiled: KindProgram,
    pub(super) columns: Columns,
    pub(super) feeds: Vec<FeedTable>,
    /// By entry; compiled for those that run often.
    pub(super) tapes: Vec<Option<Tape>>,
    pub(super) count: usize,
}

impl Unit {
    pub(super) fn new(
        flat: &Flat,
        id: KindId,
        compiled: KindProgram,
        feeds: Vec<FeedTable>,
    ) -> Self {
        let kind = flat.kind(id);
        let count = kind.parents.len();
        let mut columns = Columns::new(&compiled.program, count);
        for (quantity, place) in kind.quantities.iter().zip(&compiled.layout.quantities) {
            if let (Some(values), Place::Column(column)) =
                (compile::initial(&quantity.role), *place)
            {
                columns.get_mut(column).copy_from_slice(values);
            }
        }
        for node in kind.node_ids() {
            let dynamics = &kind.node(node).dynamics;
            if let Some(column) = compiled.layout.regimes[node.index()] {
                let initial = dynamics.regimes.iter().position(|regime| regime.initial);
                columns.fill(column, initial.unwrap_or(0) as f64);
            }
            for scheme in &dynamics.schemes {
                if let Some(&first) = scheme.states.first()
                    && let Place::Column(column) = compiled.layout.quantity(first)
                {
                    columns.fill(column, 1.0);
                }
            }
        }
        columns.pad();
        let mut tapes: Vec<Option<Tape>> = Vec::new();
        for entry in 0..compiled.program.entries.len() {
            let often = compiled
                .advance
                .iter()
                .any(|stage| matches!(stage, Stage::Run(Entry(e)) if *e as usize == entry));
            let entry = Entry(u32::try_from(entry).unwrap_or(u32::MAX));
            tapes.push(often.then(|| Tape::compile(&compiled.program, entry, Isa::best())));
        }
        Self { compiled, columns, feeds, tapes, count }
    }

    pub(super) fn at(&self, seen: Seen, lane: usize, time: f64) -> f64 {
        match self.compiled.layout.seen(seen) {
            Place::Constant(value) => value,
            Place::Column(column) => self.columns.get(column)[lane],
            Place::Time => time,
        }
    }
}

/// The columns of each kind that others than its own entries read.
pub(super) fn kept_columns(
    flat: &Flat,
    programs: &[KindProgram],
    request: &Request,
) -> Vec<Vec<Column>> {
    let mut kept = vec![Vec::new(); programs.len()];
    let mut keep = |kind: KindId, seen: Seen| {
        if let Place::Column(column) = programs[kind.index()].layout.seen(seen) {
            kept[kind.index()].push(column);
        }
    };
    for (id, program) in flat.kind_ids().zip(programs) {
        for feed in &program.feeds {
            match &feed.from {
                compile::Source::View { kind, seen, .. } => keep(*kind, *seen),
                compile::Source::Members { members, .. } => {
                    for &(kind, seen) in members {
                        keep(kind, seen);
                    }
                }
            }
        }
        for node in &flat.kind(id).nodes {
            for scheme in &node.dynamics.schemes {
                scheme.states.iter().for_each(|&state| keep(id, Seen::Quantity(state)));
                for edge in &scheme.edges {
                    keep(id, edge.forward);
                    keep(id, edge.reverse);
                }
            }
        }
    }
    for probe in request.traces.iter().flatten() {
        keep(probe.kind, probe.seen);
    }
    for (program, kept) in programs.iter().zip(&mut kept) {
        kept.extend(program.layout.counters.iter().map(|&(_, column)| column));
        kept.extend(program.draws.count);
    }
    kept
}
