//! What instances take from one another between entries.

use std::ops::Range;

use nml_flat::{Flat, KindId, Reduce};
use nml_kernel::Column;

use super::Machine;
use super::compile::{KindProgram, Source};
use crate::layout::Place;

/// A column to be filled, and from where.
#[derive(Clone, Debug)]
pub(super) enum FeedTable {
    /// From one instance each.
    Gather { column: Column, from: (KindId, Place), instances: Vec<u32> },
    /// From all members.
    Reduce { column: Column, op: Reduce, members: Vec<(KindId, Place)> },
}

/// The feeds of a kind as tables.
pub(super) fn tables(flat: &Flat, id: KindId, programs: &[KindProgram]) -> Vec<FeedTable> {
    let place = |kind: KindId, seen| programs[kind.index()].layout.seen(seen);
    let feeds = programs[id.index()].feeds.iter();
    feeds
        .map(|feed| match &feed.from {
            Source::View { hops, kind, seen } => {
                let count = flat.kind(id).count();
                let instances = (0..count)
                    .map(|instance| flat.walk(id, instance, hops).map_or(0, |(_, found)| found))
                    .collect();
                let from = (*kind, place(*kind, *seen));
                FeedTable::Gather { column: feed.column, from, instances }
            }
            Source::Members { op, members } => {
                let members = members.iter().map(|&(kind, seen)| (kind, place(kind, seen)));
                FeedTable::Reduce { column: feed.column, op: *op, members: members.collect() }
            }
        })
        .collect()
}

impl Machine<'_> {
    /// Fills the fed columns of some instances.
    pub(super) fn feed(&mut self, kind: KindId, lanes: &Range<usize>) {
        let feeds = std::mem::take(&mut self.units[kind.index()].feeds);
        let mut values = Vec::new();
        for feed in &feeds {
            values.clear();
            let column = match feed {
                FeedTable::Gather { column, from, instances } => {
                    let instances = &instances[lanes.clone()];
                    match from.1 {
                        Place::Constant(value) => values.resize(lanes.len(), value),
                        Place::Time => values.resize(lanes.len(), self.time),
                        Place::Column(source) => {
                            let source = self.units[from.0.index()].columns.get(source);
                            values.extend(instances.iter().map(|&i| source[i as usize]));
                        }
                    }
                    *column
                }
                FeedTable::Reduce { column, op, members } => {
                    let start = match op {
                        Reduce::Add => 0.0,
                        Reduce::Multiply => 1.0,
                    };
                    values.resize(lanes.len(), start);
                    for &(member, place) in members {
                        self.reduce(member, place, *op, lanes, &mut values);
                    }
                    *column
                }
            };
            let target = self.units[kind.index()].columns.get_mut(column);
            target[lanes.clone()].copy_from_slice(&values);
        }
        self.units[kind.index()].feeds = feeds;
    }

    fn reduce(
        &self,
        member: KindId,
        place: Place,
        op: Reduce,
        lanes: &Range<usize>,
        totals: &mut [f64],
    ) {
        let unit = &self.units[member.index()];
        let column = match place {
            Place::Column(column) => Some(unit.columns.get(column)),
            Place::Constant(_) | Place::Time => None,
        };
        let value = |instance: u32| match (column, place) {
            (Some(column), _) => column[instance as usize],
            (None, Place::Constant(value)) => value,
            (None, _) => self.time,
        };
        let bring = |total: &mut f64, instance: u32| match op {
            Reduce::Add => *total += value(instance),
            Reduce::Multiply => *total *= value(instance),
        };
        let Some(home) = self.flat.kind(member).home else { return };
        if lanes.len() == self.units[home.kind.index()].count {
            for (&parent, instance) in self.flat.kind(member).parents.iter().zip(0..) {
                bring(&mut totals[parent as usize], instance);
            }
            return;
        }
        for (total, lane) in totals.iter_mut().zip(lanes.clone()) {
            for &instance in self.plan.members_of(member, lane) {
                bring(total, instance);
            }
        }
    }
}
