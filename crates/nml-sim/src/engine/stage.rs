//! What is done between two looks at the clock, as a list.

use nml_flat::{Flat, Hop, KindId, Reduce};
use nml_kernel::{Column, Columns, Entry, Program};

/// Where a number comes from.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Source {
    /// It is always the same.
    Constant(f64),
    /// It lies in a column of its kind.
    Column(Column),
    /// It is what a clock shows, by its index.
    Clock(usize),
}

/// One thing done for all instances of a kind.
#[derive(Clone, Debug)]
pub(crate) enum Stage {
    /// A column is filled with a quantity of one other instance each.
    Gather { kind: KindId, column: Column, from: (KindId, Source), instances: Vec<u32> },
    /// A column is filled with the sums or products of a quantity of all members, instance by instance.
    Reduce { kind: KindId, column: Column, op: Reduce, members: Vec<(KindId, Source)> },
    /// An entry runs.
    Run { kind: KindId, entry: Entry },
    /// The membrane potentials of cells of several compartments move on.
    Cable(super::cable::Cable),
    /// Entries and potentials of the cells of a tree; made of the two at the end.
    Cells(super::cells::Cells),
    /// A Markov scheme moves on.
    Markov(super::markov::Markov),
}

impl Stage {
    /// Whether it changes anything.
    pub(super) fn does_something(&self, programs: &[Program]) -> bool {
        match self {
            Self::Run { kind, entry } => !programs[kind.index()].block(*entry).stores.is_empty(),
            _ => true,
        }
    }

    /// The kinds it changes, and those it depends on.
    pub(crate) fn kinds(&self) -> (Vec<KindId>, Vec<KindId>) {
        match self {
            Self::Gather { kind, from, .. } => (vec![*kind], vec![from.0]),
            Self::Reduce { kind, members, .. } => {
                (vec![*kind], members.iter().map(|(member, _)| *member).collect())
            }
            Self::Run { kind, .. } => (vec![*kind], vec![*kind]),
            Self::Cable(cable) => {
                let kinds: Vec<KindId> = cable.membranes.iter().map(|m| m.kind).collect();
                (kinds.clone(), kinds)
            }
            Self::Cells(cells) => (cells.kinds.clone(), cells.kinds.clone()),
            Self::Markov(markov) => (vec![markov.kind], vec![markov.kind]),
        }
    }
}

/// The instances that hops lead to.
pub(crate) fn instances(flat: &Flat, kind: KindId, hops: &[Hop]) -> Vec<u32> {
    let count = flat.kind(kind).count();
    (0..count).map(|from| flat.walk(kind, from, hops).map_or(0, |(_, found)| found)).collect()
}

/// Fills a column from instances of another kind.
pub(crate) fn gather(
    memory: &mut [Columns],
    (kind, column): (KindId, Column),
    (from, source): (KindId, Source),
    instances: &[u32],
    clocks: &[f64],
) {
    let mut taken = std::mem::take(&mut memory[kind.index()]);
    let to = taken.get_mut(column);
    match source {
        Source::Constant(value) => to.fill(value),
        Source::Clock(clock) => to.fill(clocks[clock]),
        Source::Column(from_column) => {
            let alone = from == kind;
            if alone {
                let values: Vec<f64> = {
                    let from = taken.get(from_column);
                    instances.iter().map(|&i| from[i as usize]).collect()
                };
                taken.get_mut(column).copy_from_slice(&values);
            } else {
                let from = memory[from.index()].get(from_column);
                for (to, &i) in to.iter_mut().zip(instances) {
                    *to = from[i as usize];
                }
            }
        }
    }
    memory[kind.index()] = taken;
}

/// Fills a column with sums or products over members, in the order of kinds and instances.
pub(crate) fn reduce(
    flat: &Flat,
    memory: &mut [Columns],
    (kind, column): (KindId, Column),
    op: Reduce,
    members: &[(KindId, Source)],
    clocks: &[f64],
) {
    let mut taken = std::mem::take(&mut memory[kind.index()]);
    let totals = taken.get_mut(column);
    let count: usize = members.iter().map(|(member, _)| flat.kind(*member).parents.len()).sum();
    match op {
        // Where few have members, the others are 0 from the beginning.
        Reduce::Add if count < totals.len() / 2 => {
            for (member, _) in members {
                flat.kind(*member).parents.iter().for_each(|&home| totals[home as usize] = 0.0);
            }
        }
        Reduce::Add => totals.fill(0.0),
        Reduce::Multiply => totals.fill(1.0),
    }
    for &(member, source) in members {
        let parents = &flat.kind(member).parents;
        let mut bring = |home: u32, value: f64| {
            let total = &mut totals[home as usize];
            match op {
                Reduce::Add => *total += value,
                Reduce::Multiply => *total *= value,
            }
        };
        match source {
            Source::Constant(value) => parents.iter().for_each(|&home| bring(home, value)),
            Source::Clock(clock) => parents.iter().for_each(|&home| bring(home, clocks[clock])),
            Source::Column(column) => {
                let values = memory[member.index()].get(column);
                for (&home, &value) in parents.iter().zip(values) {
                    bring(home, value);
                }
            }
        }
    }
    memory[kind.index()] = taken;
}
