//! One step.

use nml_kernel::{Entry, RunContext, oracle};

use super::channel::GAS_CONSTANT;
use super::model::NOWHERE;
use super::queue::Aim;
use super::sort::{Current, Sort};
use super::{Machine, index};
use crate::RunError;

/// How many events one time may bring.
const MAX_STORM: u64 = 1 << 24;

/// By how much the potential is moved to find the slope of a current, mV.
const PROBE_MV: f64 = 0.001;

/// The Faraday constant as NEURON has it, C/mol.
const FARADAY: f64 = 96_485.332_123_310_01;

impl Machine<'_> {
    pub(super) fn step(&mut self) -> Result<(), RunError> {
        self.look();
        self.deliver(self.t + 0.5 * self.dt)?;
        self.t += 0.5 * self.dt;
        self.currents();
        self.solve();
        self.t += 0.5 * self.dt;
        self.states()
    }

    /// Looks for spikes, then at watched conditions.
    fn look(&mut self) {
        for at in 0..self.thresholds.len() {
            let threshold = &mut self.thresholds[at];
            let above = self.v[threshold.compartment as usize] - threshold.level > 0.0;
            let spikes = above && !threshold.above;
            threshold.above = above;
            if spikes {
                let targets = std::mem::take(&mut self.thresholds[at].targets);
                self.spike(self.t + 1e-10, &targets);
                self.thresholds[at].targets = targets;
            }
        }
        for at in 0..self.model.mechanisms.len() {
            let mechanism = &self.model.mechanisms[at];
            if !mechanism.spikes.is_empty() {
                self.look_at_array(at);
                continue;
            }
            let Some(watched) = mechanism.written.watched else { continue };
            if !mechanism.watching.iter().any(|(watched, _)| *watched) {
                continue;
            }
            self.fill(at, 0.0);
            self.enter(at, watched);
            let mechanism = &mut self.model.mechanisms[at];
            let count = mechanism.instances.len();
            for (k, watch) in mechanism.written.watches.iter().enumerate() {
                let values = mechanism.columns.get(watch.value);
                for (lane, value) in values.iter().enumerate() {
                    let (watched, held) = &mut mechanism.watching[k * count + lane];
                    let holds = *value > 0.0;
                    if *watched && holds && !*held {
                        self.queue.push(self.t, Aim::Watch(index(at), index(lane), index(k)));
                    }
                    *held = holds;
                }
            }
        }
    }

    /// A spike array waits for one time after the other.
    fn look_at_array(&mut self, at: usize) {
        let t = self.t;
        let mechanism = &mut self.model.mechanisms[at];
        for (lane, (next, passed)) in mechanism.next_spike.iter_mut().enumerate() {
            let Some(&time) = mechanism.spikes.get(*next).filter(|_| !*passed) else { continue };
            if t - time > 0.0 {
                self.queue.push(t, Aim::Spike(index(at), index(lane)));
                *next += 1;
                *passed = mechanism.spikes.get(*next).is_some_and(|&time| t - time >= 0.0);
            }
        }
    }

    /// Delivers what is due by a time, and what comes of it.
    pub(super) fn deliver(&mut self, until: f64) -> Result<(), RunError> {
        let mut storm = 0;
        while let Some(event) = self.queue.pop(until) {
            storm += 1;
            if storm > MAX_STORM {
                return Err(RunError::EventStorm { time: self.t / 1000.0 });
            }
            let now = std::mem::replace(&mut self.t, event.time);
            match event.aim {
                Aim::Receive(at, lane) => {
                    self.report.events += 1;
                    if let Some(entry) = self.model.mechanisms[at as usize].written.receive {
                        self.enter_lane(at as usize, lane as usize, entry);
                    }
                }
                Aim::First(at, lane) => self.first(at as usize, lane as usize),
                Aim::Watch(at, lane, watch) => {
                    let (at, lane, k) = (at as usize, lane as usize, watch as usize);
                    let watch = self.model.mechanisms[at].written.watches[k].clone();
                    self.enter_lane(at, lane, watch.handler);
                    if watch.sends {
                        self.send(at, lane);
                        self.activate(at, lane, Some(k));
                    }
                }
                Aim::Spike(at, lane) => self.send(at as usize, lane as usize),
            }
            self.t = now;
        }
        Ok(())
    }

    fn send(&mut self, at: usize, lane: usize) {
        let targets = std::mem::take(&mut self.sources[at][lane]);
        self.spike(self.t, &targets);
        self.sources[at][lane] = targets;
    }

    /// The event at time 0: conditions are watched from now on, then the potential gets its initial value.
    fn first(&mut self, at: usize, lane: usize) {
        self.activate(at, lane, None);
        if let Some(first) = self.model.mechanisms[at].written.first {
            self.enter_lane(at, lane, first);
        }
    }

    /// Watches all conditions of an instance, or one and no other.  One that holds already must first cease.
    fn activate(&mut self, at: usize, lane: usize, only: Option<usize>) {
        let Some(watched) = self.model.mechanisms[at].written.watched else { return };
        self.enter_lane(at, lane, watched);
        let mechanism = &mut self.model.mechanisms[at];
        let count = mechanism.instances.len();
        for (k, watch) in mechanism.written.watches.iter().enumerate() {
            let holds = mechanism.columns.get(watch.value)[lane] >= 0.0;
            let wanted = only.is_none_or(|only| only == k);
            mechanism.watching[k * count + lane] = (wanted, holds);
        }
    }

    /// Fills in what a mechanism reads of its compartment, the potential moved by `probe` mV.
    pub(super) fn fill(&mut self, at: usize, probe: f64) {
        let mechanism = &mut self.model.mechanisms[at];
        let written = &mechanism.written;
        let place = |values: &[f64], compartment: u32| {
            values.get(compartment as usize).copied().unwrap_or(0.0)
        };
        let v = mechanism.columns.get_mut(written.v);
        for (v, &compartment) in v.iter_mut().zip(&mechanism.compartments) {
            *v = place(&self.v, compartment) + probe;
        }
        if let Some(peer) = written.peer {
            let column = mechanism.columns.get_mut(peer);
            for (v, &compartment) in column.iter_mut().zip(&mechanism.peers) {
                *v = place(&self.v, compartment);
            }
        }
        let read = mechanism.reads.or(mechanism.ion.filter(|_| mechanism.sort == Sort::Pool));
        if let Some(ion) = read {
            let ion = &self.model.ions[ion];
            for (column, values) in [(written.inside, &ion.inside), (written.outside, &ion.outside)]
            {
                let column = mechanism.columns.get_mut(column);
                for (x, &compartment) in column.iter_mut().zip(&mechanism.compartments) {
                    *x = place(values, compartment);
                }
            }
            if mechanism.sort == Sort::Pool {
                let column = mechanism.columns.get_mut(written.ion_current);
                for (x, &compartment) in column.iter_mut().zip(&mechanism.compartments) {
                    *x = place(&ion.current, compartment);
                }
            }
        }
    }

    /// Passes on what a mechanism wrote: a concentration.
    pub(super) fn write_ions(&mut self, at: usize) {
        let mechanism = &self.model.mechanisms[at];
        let (Sort::Pool, Some(ion)) = (mechanism.sort, mechanism.ion) else { return };
        let inside = mechanism.columns.get(mechanism.written.inside);
        for (&x, &compartment) in inside.iter().zip(&mechanism.compartments) {
            self.model.ions[ion].inside[compartment as usize] = x;
        }
    }

    /// Runs an entry on all lanes.
    pub(super) fn enter(&mut self, at: usize, entry: Entry) {
        let lanes = self.model.mechanisms[at].instances.len();
        if lanes == 0 {
            return;
        }
        if self.model.mechanisms[at].written.draws.count.is_some() {
            for lane in 0..lanes {
                self.run_lane(at, lane, entry);
            }
            return;
        }
        let uniforms = [self.t, self.dt];
        let context = RunContext { seed: 0, uniforms: &uniforms };
        let mechanism = &mut self.model.mechanisms[at];
        let written = &mechanism.written;
        let tape = if entry == written.breakpoint {
            &mut mechanism.breakpoint
        } else if Some(entry) == written.state {
            &mut mechanism.state
        } else if Some(entry) == written.watched {
            &mut mechanism.watched
        } else {
            &mut None
        };
        if written.program.block(entry).stores.is_empty() {
            return;
        }
        match tape {
            Some(tape) => tape.run(&mut mechanism.columns, &context),
            None => oracle::run(&written.program, entry, &mut mechanism.columns, &context),
        }
    }

    /// Runs an entry on one lane, random numbers included.
    fn run_lane(&mut self, at: usize, lane: usize, entry: Entry) {
        let uniforms = [self.t, self.dt];
        let context = RunContext { seed: 0, uniforms: &uniforms };
        let mechanism = &mut self.model.mechanisms[at];
        let (written, columns) = (&mechanism.written, &mut mechanism.columns);
        if let Some(count) = written.draws.count {
            let mut ahead = self.random.clone();
            for &column in &written.draws.columns {
                columns.get_mut(column)[lane] = ahead.next_double();
            }
            columns.get_mut(count)[lane] = 0.0;
        }
        oracle::run_some(&written.program, entry, lane..lane + 1, columns, &context);
        if let Some(count) = written.draws.count {
            let mut drawn = columns.get(count)[lane];
            while drawn > 0.5 {
                self.random.next_double();
                drawn -= 1.0;
            }
        }
    }

    /// Runs a handler on one lane, which may set the potential.
    pub(super) fn enter_lane(&mut self, at: usize, lane: usize, entry: Entry) {
        let mechanism = &mut self.model.mechanisms[at];
        let compartment = mechanism.compartments[lane] as usize;
        let (column, of_cell) = (mechanism.written.v, matches!(mechanism.sort, Sort::Cell(_)));
        if let Some(&v) = self.v.get(compartment) {
            mechanism.columns.get_mut(column)[lane] = v;
        }
        self.run_lane(at, lane, entry);
        if of_cell && let Some(v) = self.v.get_mut(compartment) {
            *v = self.model.mechanisms[at].columns.get(column)[lane];
        }
    }

    /// The current phase: what flows out of each compartment, and how that changes with its potential.
    pub(super) fn currents(&mut self) {
        self.rhs.fill(0.0);
        self.d.fill(0.0);
        for ion in &mut self.model.ions {
            ion.current.fill(0.0);
        }
        let mut moved = Vec::new();
        for at in 0..self.model.mechanisms.len() {
            self.nernst(at);
            let entry = self.model.mechanisms[at].written.breakpoint;
            self.fill(at, PROBE_MV);
            self.enter(at, entry);
            let mechanism = &self.model.mechanisms[at];
            moved.clear();
            if let Some(current) = mechanism.written.current {
                moved.extend_from_slice(mechanism.columns.get(current));
            }
            self.fill(at, 0.0);
            self.enter(at, entry);
            self.write_ions(at);
            let mechanism = &self.model.mechanisms[at];
            let Some(current) = mechanism.written.current else { continue };
            let currents = mechanism.columns.get(current);
            let lanes = currents.iter().zip(&moved).zip(&mechanism.compartments);
            for ((&i, &moved), &compartment) in lanes {
                if compartment == NOWHERE {
                    continue;
                }
                let compartment = compartment as usize;
                let slope = (moved - i) / PROBE_MV;
                match mechanism.sort {
                    Sort::Channel(_) => {
                        self.rhs[compartment] -= i;
                        self.d[compartment] += slope;
                        if let Some(ion) = mechanism.ion {
                            self.model.ions[ion].current[compartment] += i;
                        }
                    }
                    sort => {
                        let share = 1e2 / self.model.compartments.area[compartment];
                        let sign = if sort == Sort::Input { -1.0 } else { 1.0 };
                        self.rhs[compartment] -= sign * (i * share);
                        self.d[compartment] += sign * (slope * share);
                    }
                }
            }
        }
    }

    /// The reversal potential of a channel whose ion has concentrations.
    fn nernst(&mut self, at: usize) {
        let mechanism = &mut self.model.mechanisms[at];
        if mechanism.sort != Sort::Channel(Current::Nernst) {
            return;
        }
        let Some(ion) = mechanism.ion else { return };
        let scale = 1000.0 * GAS_CONSTANT * self.model.temperature / FARADAY / mechanism.valence;
        let ion = &self.model.ions[ion];
        let column = mechanism.columns.get_mut(mechanism.written.reversal);
        for (e, &compartment) in column.iter_mut().zip(&mechanism.compartments) {
            let (inside, outside) =
                (ion.inside[compartment as usize], ion.outside[compartment as usize]);
            *e = if inside <= 0.0 {
                1e6
            } else if outside <= 0.0 {
                -1e6
            } else {
                scale * nml_kernel::math::log(outside / inside)
            };
        }
    }

    /// Advances all potentials by backward Euler (Hines 1984).
    fn solve(&mut self) {
        let c = &self.model.compartments;
        let (rhs, d, v) = (&mut self.rhs, &mut self.d, &mut self.v);
        let rate = 0.001 / self.dt;
        for (d, &capacitance) in d.iter_mut().zip(&c.capacitance) {
            *d += rate * capacitance;
        }
        for at in 0..v.len() {
            let parent = c.parent[at];
            if parent == NOWHERE {
                continue;
            }
            let parent = parent as usize;
            // mA/cm² and mS/cm² of either side.
            let (own, other) = (c.own_share(at), c.parent_share(at, parent));
            let drop = v[parent] - v[at];
            rhs[at] += own * drop;
            rhs[parent] -= other * drop;
            d[at] += own;
            d[parent] += other;
        }
        for at in (0..v.len()).rev() {
            let parent = c.parent[at];
            if parent != NOWHERE {
                let parent = parent as usize;
                let factor = c.parent_share(at, parent) / d[at];
                d[parent] -= factor * c.own_share(at);
                rhs[parent] += factor * rhs[at];
            }
        }
        for at in 0..v.len() {
            let parent = c.parent[at];
            if parent != NOWHERE {
                rhs[at] += c.own_share(at) * rhs[parent as usize];
            }
            rhs[at] /= d[at];
            v[at] += rhs[at];
        }
    }

    /// The state phase.
    fn states(&mut self) -> Result<(), RunError> {
        for at in 0..self.model.mechanisms.len() {
            let (state, rates) = {
                let written = &self.model.mechanisms[at].written;
                (written.state, written.rates)
            };
            if state.is_none() && rates.is_none() {
                continue;
            }
            self.fill(at, 0.0);
            self.relax(at)?;
            if let Some(state) = state {
                self.enter(at, state);
            }
            self.write_ions(at);
        }
        Ok(())
    }
}
