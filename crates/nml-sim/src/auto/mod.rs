//! Symmetric splitting of second order on the grid of the file; everything recorded belongs to one time.
//!
//! A step goes from row to row: half a step of all states but membrane potentials, one after the other; a full step
//! of membrane potentials at the middle of the step; the half step again in reverse order (Strang 1968).  Each
//! state moves exactly where its rate is linear in it, else by the exponential Rosenbrock–Euler step.  Then
//! conditions act at the new row, and events arrive.
//!
//! * Row k is at k·dt, and all its numbers are those of that time.
//! * Rates see time at the middle of the step, rows at the row, conditions an instant after it: a spike at 100 ms is
//!   sent in the row of 100 ms, even if the product of steps is the last bit less.
//! * The conductance of synapses and inputs is part of the derivative by which membrane potentials move.
//! * Initial values are definitions: each is computed once, after what it is made of.  Markov schemes start at rest.
//! * `random` is a function of seed, instance, place in the model and count (Philox), so no order of evaluation
//!   changes it.
//!
//! Reasons and sources stand in `docs/semantics.md`.

mod compile;
mod membrane;
mod states;
mod substep;

use std::collections::BTreeSet;
use std::io::Read;

use nml_base::Diagnostics;
use nml_flat::{Flat, KindId};
use nml_kernel::Column;

use crate::engine::calendar::{Basket, Calendar};
use crate::engine::queue::{Due, Queue};
use crate::engine::recorder::Recorder;
use crate::engine::shape::{Clock, ports};
use crate::engine::stage::{Source, Stage};
use crate::engine::wires::{Network, Receiver};
use crate::engine::{Cell, Engine, Parts, Plan};
use crate::record::{EventRow, Sink};
use crate::snapshot::{self, Keep, Snapshot, SnapshotError, State};
use crate::{Report, Request, RunError};

/// How many events one moment may see.
const MAX_STORM: u64 = 1 << 24;

/// A part of the step within which a delayed event counts as arrived, and by which conditions see time ahead: delays
/// and times are whole steps only up to rounding.
const GRACE: f64 = 1e-9;

/// A model at work under this scheme.
#[derive(Debug)]
pub(crate) struct Machine<'f> {
    flat: &'f Flat,
    request: Request,
    engine: Engine<'f>,
    lists: Lists,
    /// By stage of [`Lists::again`]: the kinds after whose events it has to be carried out.
    after: Vec<After>,
    /// By kind: whether an event has arrived in this step.
    touched: Vec<bool>,
    network: Network,
    queue: Queue,
    calendar: Calendar,
    sent: Vec<Sent>,
    /// Instances that have sent, and how often; empty but while that is looked at.
    found: Vec<(u32, f64)>,
    recorder: Recorder<Slot>,
    report: Report,
}

/// Where recorded numbers come from.
#[derive(Clone, Copy, Debug)]
enum Slot {
    Constant(f64),
    Time,
    Cell(Cell),
}

/// Where the events are counted that instances of a kind send from one port.
#[derive(Clone, Debug)]
struct Sent {
    kind: KindId,
    /// The index of the port among the kind's outlets.
    outlet: usize,
    column: Column,
}

/// After which events a stage is to be carried out again.
#[derive(Clone, Debug)]
enum After {
    Any,
    Of(Vec<KindId>),
}

impl After {
    fn ever(&self) -> bool {
        match self {
            Self::Any => true,
            Self::Of(kinds) => !kinds.is_empty(),
        }
    }
}

/// Stages in the order of a step.
#[derive(Debug, Default)]
struct Lists {
    /// From the beginning to the middle of the first step.
    start: Vec<Stage>,
    /// From the middle of a step to that of the next, without events.
    step: Vec<Stage>,
    /// From the row to the middle of the next step, where events have arrived.
    again: Vec<Stage>,
}

/// Whether a model can be compiled; findings where it cannot.
pub(crate) fn check(flat: &Flat, request: &Request, sink: &mut Diagnostics) -> bool {
    compile::compile(flat, request, &ports(flat, &request.events), sink).is_some()
}

/// By stage: the kinds whose states, changed by an event, change what it computes.  Lists are in order.
fn after_events(list: &[Stage], targets: &BTreeSet<KindId>) -> Vec<After> {
    let mut after = vec![Vec::new(); list.len()];
    for &target in targets {
        let mut changed = BTreeSet::from([target]);
        for (stage, after) in list.iter().zip(&mut after) {
            let (to, from) = stage.kinds();
            if from.iter().any(|kind| changed.contains(kind)) {
                after.push(target);
                changed.extend(to);
            }
        }
    }
    after.into_iter().map(After::Of).collect()
}

impl<'f> Machine<'f> {
    /// Compiles a model; `None`, and findings, where that is not possible.
    pub(crate) fn new(flat: &'f Flat, request: Request, sink: &mut Diagnostics) -> Option<Self> {
        let ports = ports(flat, &request.events);
        let compiled = compile::compile(flat, &request, &ports, sink)?;
        let inlets = || {
            let all = flat.kind_ids().zip(&compiled.events);
            all.flat_map(|(kind, events)| events.iter().map(move |inlet| (kind, inlet)))
        };
        let adding = || inlets().filter_map(|(kind, inlet)| Some((kind, inlet, inlet.amount?)));
        let baskets = adding().map(|(kind, inlet, amount)| Basket::new(kind, inlet.entry, amount));
        let calendar = Calendar::new(baskets.collect());
        let receiver = |kind: KindId, end| {
            let (_, found) = inlets().find(|(k, inlet)| *k == kind && inlet.end == end)?;
            let basket = adding().position(|(k, inlet, _)| k == kind && inlet.end == end);
            Some(Receiver { entry: found.entry, basket })
        };
        let steps = |delay: f64| (delay / request.step - GRACE).ceil().max(0.0);
        let network = Network::new(flat, &ports, &request.events, receiver, steps);
        let events: Vec<_> = inlets().map(|(kind, inlet)| (kind, inlet.entry)).collect();
        let traced = compiled.traces.iter().flatten();
        let read = traced.filter_map(|&(kind, instance, source)| match source {
            Source::Column(column) => Some((kind, column, instance)),
            Source::Constant(_) | Source::Clock(_) => None,
        });
        let read = read.collect();
        let counted: Vec<(KindId, usize, Column)> = flat
            .kind_ids()
            .zip(&compiled.shapes)
            .flat_map(|(kind, shape)| {
                let outlets = shape.sent.iter().enumerate();
                outlets.map(move |(outlet, &(_, column))| (kind, outlet, column))
            })
            .collect();
        let to_mid =
            || compiled.settle.iter().chain(&compiled.observe).chain(&compiled.to_mid).cloned();
        let has_events = !events.is_empty();
        let mut lists = Lists::default();
        lists.start.extend(compiled.start.iter().cloned().chain(to_mid()));
        for part in [&compiled.membrane, &compiled.to_row, &compiled.conditions] {
            lists.step.extend(part.iter().cloned());
        }
        let targets: BTreeSet<KindId> = events.iter().map(|&(kind, _)| kind).collect();
        if has_events {
            let all: Vec<Stage> = to_mid().collect();
            let after = after_events(&all, &targets);
            let due = all.into_iter().zip(after).filter(|(_, after)| after.ever());
            lists.again.extend(due.map(|(stage, _)| stage));
        }
        let parts = Parts::new(flat, compiled.shapes);
        lists.step.extend(to_mid());
        let linked = parts.are_better_linked(&lists.step);
        let sent = counted.iter().map(|&(kind, _, column)| (kind, column)).collect();
        let all = vec![&mut lists.start, &mut lists.step, &mut lists.again];
        let plan =
            Plan { lists: all, events, read, sent, step: request.step, tables: request.tables };
        let work = (request.seed.unwrap_or(nml_flat::DEFAULT_SEED), request.threads);
        let engine = Engine::new(flat, parts, linked, work, plan);
        let after = if linked {
            lists.again.iter().map(|_| After::Any).collect()
        } else {
            after_events(&lists.again, &targets)
        };
        let touched = vec![false; flat.kinds.len()];
        let sent = counted.into_iter();
        let sent = sent.map(|(kind, outlet, column)| Sent { kind, outlet, column });
        let sent = sent.collect();
        let slot = |&(kind, instance, source): &(KindId, u32, Source)| match source {
            Source::Constant(value) => Slot::Constant(value),
            Source::Clock(_) => Slot::Time,
            Source::Column(column) => Slot::Cell(engine.cell(kind, column, instance)),
        };
        let slots = compiled.traces.iter().map(|output| output.iter().map(slot).collect());
        let recorder = Recorder::new(&request, slots.collect());
        let report = Report { tables: engine.proofs(), ..Report::default() };
        let queue = Queue::default();
        Some(Self {
            flat,
            request,
            engine,
            lists,
            after,
            touched,
            network,
            queue,
            calendar,
            sent,
            found: Vec::new(),
            recorder,
            report,
        })
    }

    /// Runs from the start to the end.
    pub(crate) fn run(&mut self, sink: &mut dyn Sink) -> Result<Report, RunError> {
        let result = self.begin(sink).and_then(|()| self.steps(sink));
        // What was good before a fault is not lost.
        self.recorder.finish(sink)?;
        result.map(|()| self.report.clone())
    }

    /// Goes on to the end from where a run was saved.
    pub(crate) fn resume(
        &mut self,
        from: &mut dyn Read,
        sink: &mut dyn Sink,
    ) -> Result<Report, RunError> {
        snapshot::restore(self, from)?;
        let result = self.steps(sink);
        self.recorder.finish(sink)?;
        result.map(|()| self.report.clone())
    }

    /// Offers the run as it is to who may want to save it.
    fn offer(&mut self, sink: &mut dyn Sink) -> Result<(), RunError> {
        let time = self.time();
        if sink.wants_to_save(time) {
            self.recorder.finish(sink)?;
            sink.save(&mut Snapshot::new(self.report.steps, time, self))?;
        }
        Ok(())
    }

    fn begin(&mut self, sink: &mut dyn Sink) -> Result<(), RunError> {
        self.set_clocks();
        self.engine.run(&self.lists.start)?;
        self.record(sink)?;
        self.offer(sink)
    }

    fn steps(&mut self, sink: &mut dyn Sink) -> Result<(), RunError> {
        let steps = (self.request.length / self.request.step + 0.5).floor();
        while (self.report.steps as f64) < steps {
            self.report.steps += 1;
            self.set_clocks();
            sink.step(self.time())?;
            self.engine.run(&self.lists.step)?;
            if self.deliver()? {
                for (stage, after) in self.lists.again.iter().zip(&self.after) {
                    let due = match after {
                        After::Any => true,
                        After::Of(kinds) => kinds.iter().any(|kind| self.touched[kind.index()]),
                    };
                    if due {
                        self.engine.run(std::slice::from_ref(stage))?;
                    }
                }
                self.touched.fill(false);
            }
            self.record(sink)?;
            self.offer(sink)?;
        }
        Ok(())
    }

    fn time(&self) -> f64 {
        self.engine.clock(Clock::Row)
    }

    fn set_clocks(&mut self) {
        let (step, dt) = (self.report.steps as f64, self.request.step);
        // In the order of `Clock`.
        self.engine.set_clocks([dt, step * dt, (step - 0.5) * dt, (step + 0.5) * dt, step]);
    }

    fn record(&mut self, sink: &mut dyn Sink) -> Result<(), RunError> {
        let (engine, time) = (&self.engine, self.time());
        let read = |slot| match slot {
            Slot::Constant(value) => value,
            Slot::Time => time,
            Slot::Cell(cell) => engine.get(cell),
        };
        self.recorder.row(self.flat, time, read, sink)
    }

    /// Sends what conditions have sent, and lets all arrive that is due, until nothing is; tells whether any did.
    fn deliver(&mut self) -> Result<bool, RunError> {
        if self.engine.may_have_sent() {
            let mut found = std::mem::take(&mut self.found);
            for at in 0..self.sent.len() {
                let Sent { kind, column, .. } = self.sent[at];
                self.engine.take_all(kind, column, &mut found);
                for (instance, sent) in found.drain(..) {
                    self.send(at, instance, sent);
                }
            }
            self.found = found;
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
            self.touched[due.kind.index()] = true;
            for at in 0..self.sent.len() {
                if self.sent[at].kind == due.kind {
                    let sent = self.engine.take(due.kind, self.sent[at].column, due.instance);
                    self.send(at, due.instance, sent);
                }
            }
        }
        let (calendar, step) = (&mut self.calendar, self.report.steps);
        let added = calendar.deliver(&mut self.engine, &self.network, step, &mut self.touched);
        self.report.events += added;
        Ok(delivered + added > 0)
    }

    /// Puts events on their way.
    fn send(&mut self, at: usize, instance: u32, mut sent: f64) {
        let time = self.time();
        let Sent { kind, outlet, .. } = self.sent[at];
        while sent > 0.5 {
            sent -= 1.0;
            let outlets = &self.network.outlets[kind.index()][outlet];
            for &(output, port) in outlets.recorders_of(instance) {
                self.recorder.event(output, EventRow { time, port });
            }
            let from = (kind, outlet, instance);
            self.calendar.send(&self.network, from, self.report.steps);
            for wire in outlets.wires_of(instance) {
                self.queue.push(Due {
                    time: time + wire.delay.max(0.0),
                    kind: wire.kind,
                    instance: wire.instance,
                    entry: wire.entry,
                    source: (kind, instance, wire.at),
                });
            }
        }
    }
}

impl Keep for Machine<'_> {
    fn keep(&mut self, state: &mut State<'_>) -> Result<(), SnapshotError> {
        state.count(&mut self.report.steps)?;
        state.count(&mut self.report.events)?;
        self.recorder.keep(state)?;
        self.engine.keep(state)?;
        self.engine.keep_queue(&mut self.queue, state)?;
        self.calendar.keep(&self.network, state)?;
        if state.restores() {
            self.set_clocks();
        }
        Ok(())
    }
}
