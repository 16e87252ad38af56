//! Events on their way.

use std::ops::Range;

use nml_flat::KindId;
use nml_kernel::{Entry, RunContext, oracle};

use super::Machine;
use crate::RunError;
use crate::engine::wires::Wire;
use crate::record::EventRow;

/// How many events without delay one instance's turn may set off.
const MAX_STORM: u64 = 1 << 24;

/// An event on its way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Due {
    pub(super) time: f64,
    pub(super) kind: KindId,
    pub(super) entry: Entry,
    pub(super) instance: u32,
}

impl Machine<'_> {
    /// Delivers what some instances have sent since the last look, and what that sets off.
    pub(super) fn send(&mut self, kind: KindId, lanes: &Range<usize>) -> Result<(), RunError> {
        let mut open = Vec::new();
        self.collect(kind, lanes, &mut open);
        let mut delivered = 0_u64;
        while let Some((kind, outlet, instance)) = open.pop() {
            let outlets = &self.network.outlets[kind.index()][outlet];
            for &(output, port) in outlets.recorders_of(instance) {
                self.recorder.event(output, EventRow { time: self.time, port });
            }
            // The first wire is to be followed first, with all that comes of it.
            let mut then = Vec::new();
            let wires: Vec<Wire> = outlets.wires_of(instance).collect();
            for wire in wires {
                if wire.delay > 0.0 {
                    let time = self.queue_time + wire.delay;
                    let due =
                        Due { time, kind: wire.kind, entry: wire.entry, instance: wire.instance };
                    // Behind everything due at the same time or before.
                    let place = self.due.partition_point(|other| other.time <= time);
                    self.due.insert(place, due);
                    continue;
                }
                self.receive(wire.kind, wire.entry, wire.instance);
                let lane = wire.instance as usize;
                self.collect(wire.kind, &(lane..lane + 1), &mut then);
                delivered += 1;
                if delivered > MAX_STORM {
                    return Err(RunError::EventStorm { time: self.time });
                }
            }
            then.reverse();
            open.append(&mut then);
        }
        Ok(())
    }

    /// Takes the counts of events sent, last ones first.
    fn collect(
        &mut self,
        kind: KindId,
        lanes: &Range<usize>,
        open: &mut Vec<(KindId, usize, u32)>,
    ) {
        let unit = &mut self.units[kind.index()];
        let before = open.len();
        for (outlet, &(_, column)) in unit.compiled.layout.counters.iter().enumerate() {
            let counts = &mut unit.columns.get_mut(column)[lanes.clone()];
            for (count, instance) in counts.iter_mut().zip(lanes.clone()) {
                while *count > 0.5 {
                    *count -= 1.0;
                    open.push((kind, outlet, u32::try_from(instance).unwrap_or(u32::MAX)));
                }
                *count = 0.0;
            }
        }
        open[before..].sort_by_key(|&(_, outlet, instance)| std::cmp::Reverse((instance, outlet)));
    }

    /// Lets an instance take an event, without looking at what it sends.
    fn receive(&mut self, kind: KindId, entry: Entry, instance: u32) {
        let uniforms = [self.time, self.request.step];
        let context = RunContext { seed: 0, uniforms: &uniforms };
        let lane = instance as usize;
        self.report.events += 1;
        let unit = &mut self.units[kind.index()];
        let (program, columns) = (&unit.compiled.program, &mut unit.columns);
        let draws = &unit.compiled.draws;
        if let Some(count) = draws.count {
            let mut ahead = self.random.clone();
            for &column in &draws.columns {
                columns.get_mut(column)[lane] = ahead.next_double();
            }
            columns.get_mut(count)[lane] = 0.0;
            oracle::run_some(program, entry, lane..lane + 1, columns, &context);
            let mut drawn = columns.get(count)[lane];
            while drawn > 0.5 {
                self.random.next_double();
                drawn -= 1.0;
            }
        } else {
            oracle::run_some(program, entry, lane..lane + 1, columns, &context);
        }
    }

    pub(super) fn deliver_due(&mut self) -> Result<(), RunError> {
        while let Some(due) = self.due.front().copied().filter(|due| due.time <= self.time) {
            self.due.pop_front();
            self.receive(due.kind, due.entry, due.instance);
            let lane = due.instance as usize;
            self.send(due.kind, &(lane..lane + 1))?;
        }
        self.queue_time = self.time;
        Ok(())
    }
}
