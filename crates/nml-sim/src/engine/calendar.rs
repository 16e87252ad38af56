//! Events that add up: spikes on their way, and the sums of what arrives at once.
//!
//! What is on its way is a spike with the wires it goes along, not an event per wire.  When it arrives, the weights of
//! its wires are added into a column of the receiving kind; then one entry adds to the states of all instances.

use std::collections::BTreeMap;
use std::ops::Range;

use nml_flat::KindId;
use nml_kernel::{Column, Entry};

use super::Engine;
use super::wires::{Fan, Network};
use crate::snapshot::{SnapshotError, State};

/// An entry that runs on all instances is worth so many that run on one each.
const SPARSE: u64 = 64;

/// Where events of a port of a kind are added up.
#[derive(Clone, Debug)]
pub(crate) struct Basket {
    kind: KindId,
    entry: Entry,
    /// The sums, by instance; the entry sets them back.
    amount: Column,
    /// How many events arrive now.
    due: u64,
    /// The weight of all of them; NaN where they differ.
    weight: f64,
    /// How many arrive at each instance, while they are being counted.
    counts: Vec<u16>,
    counted: bool,
    /// The instances they arrive at, where those are few.
    few: Vec<u32>,
}

impl Basket {
    pub(crate) fn new(kind: KindId, entry: Entry, amount: Column) -> Self {
        Self {
            kind,
            entry,
            amount,
            due: 0,
            weight: 0.0,
            counts: Vec::new(),
            counted: false,
            few: Vec::new(),
        }
    }
}

/// Wires that an event goes along, all with the same delay.
#[derive(Clone, Debug, Default)]
struct Run {
    /// Sending kind and port, and the fan there.
    from: (u32, u32, u32),
    wires: Range<u32>,
}

impl Run {
    fn fan<'n>(&self, network: &'n Network) -> Option<&'n Fan> {
        let (kind, outlet, at) = self.from;
        network.outlets.get(kind as usize)?.get(outlet as usize)?.fans.get(at as usize)
    }
}

/// Spikes on their way, by the step at which they arrive.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calendar {
    days: BTreeMap<u64, Vec<Run>>,
    baskets: Vec<Basket>,
}

impl Calendar {
    pub(crate) fn new(baskets: Vec<Basket>) -> Self {
        Self { days: BTreeMap::new(), baskets }
    }

    /// Puts an event on its way along all wires that end in baskets.
    pub(crate) fn send(
        &mut self,
        network: &Network,
        (kind, outlet, instance): (KindId, usize, u32),
        step: u64,
    ) {
        let outlets = &network.outlets[kind.index()][outlet];
        for (fan, at) in outlets.fans.iter().zip(0..) {
            if fan.receiver.basket.is_none() {
                continue;
            }
            for (delay, wires) in fan.runs_of(instance) {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "whole and not negative; what is too large never arrives"
                )]
                let day = step.saturating_add(delay as u64);
                let from = (kind.0, u32::try_from(outlet).unwrap_or(u32::MAX), at);
                self.days.entry(day).or_default().push(Run { from, wires });
            }
        }
    }

    /// Saves or restores what is on its way.
    pub(crate) fn keep(
        &mut self,
        network: &Network,
        state: &mut State<'_>,
    ) -> Result<(), SnapshotError> {
        let days = std::mem::take(&mut self.days);
        let mut all: Vec<(u64, Run)> = days
            .into_iter()
            .flat_map(|(day, runs)| runs.into_iter().map(move |run| (day, run)))
            .collect();
        state.list(&mut all, Default::default, |state, (day, run)| {
            state.count(day)?;
            let Run { from, wires } = run;
            for part in [&mut from.0, &mut from.1, &mut from.2, &mut wires.start, &mut wires.end] {
                state.index(part, usize::MAX)?;
            }
            let there = run.fan(network).filter(|fan| fan.receiver.basket.is_some());
            if there.is_some_and(|fan| fan.has(&run.wires)) {
                return Ok(());
            }
            Err(SnapshotError::Damaged("an event has no receiver".to_owned()))
        })?;
        for (day, run) in all {
            self.days.entry(day).or_default().push(run);
        }
        Ok(())
    }

    /// Lets all arrive that is due by a step; tells how much did, and marks the kinds where.
    pub(crate) fn deliver(
        &mut self,
        engine: &mut Engine<'_>,
        network: &Network,
        step: u64,
        touched: &mut [bool],
    ) -> u64 {
        let mut total = 0;
        let mut due = Vec::new();
        while let Some(day) = self.days.first_entry().filter(|day| *day.key() <= step) {
            due.append(&mut day.remove());
        }
        for run in &due {
            let Some(fan) = run.fan(network) else { continue };
            let Some(basket) = fan.receiver.basket.and_then(|at| self.baskets.get_mut(at)) else {
                continue;
            };
            let weight = fan.weight().unwrap_or(f64::NAN);
            basket.weight = match basket.due {
                0 => weight,
                _ if basket.weight == weight => weight,
                _ => f64::NAN,
            };
            basket.due += u64::from(run.wires.end - run.wires.start);
        }
        for run in due {
            let Some(fan) = run.fan(network) else { continue };
            let Some(basket) = fan.receiver.basket.and_then(|at| self.baskets.get_mut(at)) else {
                continue;
            };
            let (kind, amount) = (basket.kind, basket.amount);
            let count = u64::from(engine.flat.kind(kind).count());
            let many = basket.due.saturating_mul(SPARSE) >= count;
            if let (true, Some(column)) = (many, engine.column_mut(kind, amount)) {
                // Whole numbers of two bytes stay in the nearest cache.
                if basket.weight.is_nan() || basket.due > u64::from(u16::MAX) {
                    fan.add(run.wires, column);
                } else {
                    let least = column.len().max(Fan::COUNTS);
                    basket.counts.resize(least, 0);
                    basket.counted = true;
                    fan.count(run.wires, &mut basket.counts);
                }
                continue;
            }
            fan.each(run.wires, |instance, weight| {
                basket.few.push(instance);
                engine.add(kind, amount, instance, weight);
            });
        }
        for basket in &mut self.baskets {
            let arrived = std::mem::take(&mut basket.due);
            if arrived == 0 {
                continue;
            }
            total += arrived;
            touched[basket.kind.index()] = true;
            if let (true, Some(column)) =
                (basket.counted, engine.column_mut(basket.kind, basket.amount))
            {
                for (sum, count) in column.iter_mut().zip(&mut basket.counts) {
                    *sum = f64::from(std::mem::take(count)) * basket.weight;
                }
            }
            basket.counted = false;
            if basket.few.is_empty() {
                engine.run_all(basket.kind, basket.entry);
                continue;
            }
            basket.few.sort_unstable();
            basket.few.dedup();
            for instance in basket.few.drain(..) {
                engine.run_one(basket.kind, basket.entry, instance);
            }
        }
        total
    }
}
