//! Symmetric splitting of second order on the grid of the file; everything recorded belongs to one time.
//!
//! A step goes from row to row: half a step of all states but membrane potentials, one after the other; a full step
//! of membrane potentials at the middle of the step; the half step again in reverse order (Strang 1968).  Each
//! state moves exactly where its rate is linear in it, else by the exponential Rosenbrock–Euler step.  Then
//! conditions act at the new row, and events arrive.
//!
//! * Row k is at k·dt, and all its numbers are those of that time.
//! * Rates see time at the middle of the step, conditions and rows see it at the row.
//! * The conductance of synapses and inputs is part of the derivative by which membrane potentials move.
//! * Initial values are definitions: each is computed once, after what it is made of.  Markov schemes start at rest.
//! * `random` is a function of seed, instance, place in the model and count (Philox), so no order of evaluation
//!   changes it.
//!
//! Reasons and sources stand in `docs/semantics.md`.

mod compile;
mod states;
mod substep;

use nml_base::Diagnostics;
use nml_flat::{Flat, KindId};
use nml_kernel::Column;

use crate::engine::queue::{Due, Queue};
use crate::engine::recorder::Recorder;
use crate::engine::shape::ports;
use crate::engine::stage::{Source, Stage};
use crate::engine::wires::Network;
use crate::engine::{Engine, shape};
use crate::record::{EventRow, Sink};
use crate::{Report, Request, RunError};

/// The seed where none is given.
const DEFAULT_SEED: u64 = 0x6E_6D6C;

/// How many events one moment may see.
const MAX_STORM: u64 = 1 << 24;

/// A part of the step within which a delayed event counts as arrived: delays are whole steps only up to rounding.
const GRACE: f64 = 1e-9;

/// A model at work under this scheme.
#[derive(Debug)]
pub(crate) struct Machine<'f> {
    flat: &'f Flat,
    request: Request,
    engine: Engine<'f>,
    lists: Lists,
    network: Network,
    queue: Queue,
    /// Columns that count events sent: kind, index of the outlet, column.
    sent: Vec<(KindId, usize, Column)>,
    recorder: Recorder<(KindId, u32, Source)>,
    report: Report,
}

/// Stages in the order of a step.
#[derive(Debug)]
struct Lists {
    start: Vec<Stage>,
    membrane: Vec<Stage>,
    to_row: Vec<Stage>,
    conditions: Vec<Stage>,
    observe: Vec<Stage>,
    to_mid: Vec<Stage>,
}

impl<'f> Machine<'f> {
    /// Compiles a model; `None`, and findings, where that is not possible.
    pub(crate) fn new(flat: &'f Flat, request: Request, sink: &mut Diagnostics) -> Option<Self> {
        let ports = ports(flat, &request.events);
        let compiled = compile::compile(flat, &request, &ports, sink)?;
        let network = Network::new(flat, &ports, &request.events, |kind, end| {
            let events = &compiled.events[kind.index()];
            events.iter().find(|(inlet, _)| *inlet == end).map(|&(_, entry)| entry)
        });
        let recorder = Recorder::new(&request, compiled.traces);
        let kinds = flat.kind_ids().zip(&compiled.shapes);
        let sent = kinds.flat_map(|(kind, shape)| {
            let outlets = shape.sent.iter().enumerate();
            outlets.map(move |(outlet, &(_, column))| (kind, outlet, column))
        });
        let sent = sent.collect();
        let seed = request.seed.unwrap_or(DEFAULT_SEED);
        let lists = Lists {
            start: compiled.start,
            membrane: compiled.membrane,
            to_row: compiled.to_row,
            conditions: compiled.conditions,
            observe: compiled.observe,
            to_mid: compiled.to_mid,
        };
        Some(Self {
            flat,
            engine: Engine::new(flat, compiled.shapes, seed),
            lists,
            network,
            queue: Queue::default(),
            sent,
            recorder,
            report: Report::default(),
            request,
        })
    }

    /// Runs from the start to the end.
    pub(crate) fn run(&mut self, sink: &mut dyn Sink) -> Result<Report, RunError> {
        let result = self.steps(sink);
        // What was good before a fault is not lost.
        self.recorder.finish(sink)?;
        result.map(|()| self.report)
    }

    fn steps(&mut self, sink: &mut dyn Sink) -> Result<(), RunError> {
        let steps = (self.request.length / self.request.step + 0.5).floor();
        self.set_clocks();
        self.engine.run(&self.lists.start)?;
        self.engine.run(&self.lists.observe)?;
        self.record(sink)?;
        self.engine.run(&self.lists.to_mid)?;
        while (self.report.steps as f64) < steps {
            self.report.steps += 1;
            self.set_clocks();
            sink.step(self.time())?;
            self.engine.run(&self.lists.membrane)?;
            self.engine.run(&self.lists.to_row)?;
            self.engine.run(&self.lists.conditions)?;
            self.deliver()?;
            self.engine.run(&self.lists.observe)?;
            self.record(sink)?;
            self.engine.run(&self.lists.to_mid)?;
        }
        Ok(())
    }

    fn time(&self) -> f64 {
        self.engine.clocks[shape::Clock::Row as usize]
    }

    fn set_clocks(&mut self) {
        let (step, dt) = (self.report.steps as f64, self.request.step);
        // In the order of `Clock`.
        self.engine.clocks = [dt, step * dt, (step - 0.5) * dt, (step + 0.5) * dt, step];
    }

    fn record(&mut self, sink: &mut dyn Sink) -> Result<(), RunError> {
        let (memory, clocks) = (&self.engine.memory, self.engine.clocks);
        let read = |(kind, instance, source): (KindId, u32, Source)| match source {
            Source::Constant(value) => value,
            Source::Clock(clock) => clocks[clock],
            Source::Column(column) => memory[kind.index()].get(column)[instance as usize],
        };
        self.recorder.row(self.flat, clocks[shape::Clock::Row as usize], read, sink)
    }

    /// Sends what conditions have sent, and lets all arrive that is due, until nothing is.
    fn deliver(&mut self) -> Result<bool, RunError> {
        for at in 0..self.sent.len() {
            let (kind, outlet, column) = self.sent[at];
            let count = self.engine.memory[kind.index()].len();
            for instance in 0..count {
                let sent = self.engine.memory[kind.index()].get(column)[instance];
                if sent > 0.5 {
                    self.send(kind, outlet, u32::try_from(instance).unwrap_or(u32::MAX), sent);
                }
            }
        }
        let until = self.time() + GRACE * self.request.step;
        let mut delivered = 0_u64;
        while let Some(due) = self.queue.pop(until) {
            self.report.events += 1;
            delivered += 1;
            if delivered > MAX_STORM {
                return Err(RunError::EventStorm { time: self.time() });
            }
            self.engine.run_one(due.kind, due.entry, due.instance);
            for at in 0..self.sent.len() {
                let (kind, outlet, column) = self.sent[at];
                if kind == due.kind {
                    let sent = self.engine.memory[kind.index()].get(column)[due.instance as usize];
                    self.send(kind, outlet, due.instance, sent);
                }
            }
        }
        Ok(delivered > 0)
    }

    /// Puts events on their way.
    fn send(&mut self, kind: KindId, outlet: usize, instance: u32, mut sent: f64) {
        let time = self.time();
        while sent > 0.5 {
            sent -= 1.0;
            let outlets = &self.network.outlets[kind.index()][outlet];
            for &(output, port) in outlets.recorders_of(instance) {
                self.recorder.event(output, EventRow { time, port });
            }
            for at in outlets.wires_of(instance) {
                let wire = outlets.wires[at];
                self.queue.push(Due {
                    time: time + wire.delay.max(0.0),
                    kind: wire.kind,
                    instance: wire.instance,
                    entry: wire.entry,
                    source: (kind, instance, u32::try_from(at).unwrap_or(u32::MAX)),
                });
            }
        }
    }
}
