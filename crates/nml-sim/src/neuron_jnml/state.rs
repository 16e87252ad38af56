//! What changes from step to step.

use super::Machine;
use super::queue::{Aim, Event};
use crate::snapshot::{Keep, SnapshotError, State};

impl Keep for Machine<'_> {
    fn keep(&mut self, state: &mut State<'_>) -> Result<(), SnapshotError> {
        state.count(&mut self.report.steps)?;
        state.count(&mut self.report.events)?;
        state.number(&mut self.t)?;
        self.random.keep(state)?;
        self.recorder.keep(state)?;
        state.same(self.v.len(), "compartments")?;
        for column in [&mut self.v, &mut self.rhs, &mut self.d] {
            state.numbers(column)?;
        }
        state.same(self.model.ions.len(), "ions")?;
        for ion in &mut self.model.ions {
            for column in [&mut ion.inside, &mut ion.outside, &mut ion.current] {
                state.same(column.len(), "compartments")?;
                state.numbers(column)?;
            }
        }
        state.same(self.thresholds.len(), "thresholds")?;
        for threshold in &mut self.thresholds {
            state.flag(&mut threshold.above)?;
        }
        state.same(self.model.mechanisms.len(), "mechanisms")?;
        for mechanism in &mut self.model.mechanisms {
            state.columns(&mechanism.written.program, &mut mechanism.columns)?;
            state.same(mechanism.watching.len(), "watched conditions")?;
            for (watched, held) in &mut mechanism.watching {
                state.flag(watched)?;
                state.flag(held)?;
            }
            state.same(mechanism.next_spike.len(), "spike arrays")?;
            for (next, passed) in &mut mechanism.next_spike {
                let mut at = *next as u64;
                state.count(&mut at)?;
                *next = usize::try_from(at).unwrap_or(usize::MAX);
                state.flag(passed)?;
            }
        }
        self.keep_events(state)
    }
}

impl Machine<'_> {
    fn keep_events(&mut self, state: &mut State<'_>) -> Result<(), SnapshotError> {
        state.count(&mut self.queue.sent)?;
        let mut events = self.queue.all();
        let mechanisms = &self.model.mechanisms;
        let none = || Event { time: 0.0, aim: Aim::Spike(0, 0), order: 0 };
        state.list(&mut events, none, |state, event| {
            state.number(&mut event.time)?;
            state.count(&mut event.order)?;
            let (mut sort, mut at, mut lane, mut watch) = match event.aim {
                Aim::First(at, lane) => (0, at, lane, 0),
                Aim::Watch(at, lane, watch) => (1, at, lane, watch),
                Aim::Spike(at, lane) => (2, at, lane, 0),
                Aim::Receive(at, lane) => (3, at, lane, 0),
            };
            state.index(&mut sort, 4)?;
            state.index(&mut at, mechanisms.len())?;
            let mechanism = &mechanisms[at as usize];
            state.index(&mut lane, mechanism.instances.len())?;
            state.index(&mut watch, mechanism.written.watches.len().max(1))?;
            event.aim = match sort {
                0 => Aim::First(at, lane),
                1 if mechanism.written.watches.is_empty() => {
                    return Err(SnapshotError::Damaged("nothing is watched".to_owned()));
                }
                1 => Aim::Watch(at, lane, watch),
                2 => Aim::Spike(at, lane),
                _ => Aim::Receive(at, lane),
            };
            Ok(())
        })?;
        self.queue.refill(events);
        Ok(())
    }
}
