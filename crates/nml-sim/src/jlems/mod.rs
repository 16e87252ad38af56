//! The order of the reference interpreter (jLEMS 0.11, as in jNeuroML 0.14), step for step.
//!
//! * Time is accumulated, `t += dt`; row 0 is the state after initialisation; in a step `t` is already its end.
//! * First, delayed events that are due; then every instance advances, children before parents: requirements
//!   are copied from the parent, who has not advanced yet; `select`s, then expressions in the order written,
//!   conditional ones last; all rates, applied together (forward Euler); conditions, at every step at which they
//!   hold; then what is exposed is brought up to date; then the active regime, whose effect therefore shows one
//!   step later.
//! * Events without delay act within the sender's turn.
//! * Markov schemes multiply the occupancies by the matrix exponential; all start in their first state.
//! * Initialisation goes over everything several times, more often the deeper it lies, `OnStart` included.
//! * `random` draws from one stream, that of `java.util.Random`, seed 1234 unless another is given.
//!
//! One departure: events of one instance in one step leave when its whole turn is over, not in the middle of it.

mod compile;
mod deliver;
mod feed;
mod plan;
mod simultaneous;
mod start;
mod unit;

use std::collections::VecDeque;
use std::io::Read;
use std::ops::Range;

use nml_base::{Diagnostic, Diagnostics};
use nml_flat::{Flat, KindId, NodeId, Seen};
use nml_kernel::{Entry, RunContext, oracle};

use crate::engine::recorder::Recorder;
use crate::engine::shape;
use crate::engine::wires::{Network, Receiver};
use crate::java::JavaRandom;
use crate::kinetic::Matrix;
use crate::layout::Place;
use crate::record::Sink;
use crate::snapshot::{self, Keep, Snapshot, SnapshotError, State};
use crate::{Report, Request, RunError, rules};
use compile::Stage;
use deliver::Due;
use feed::FeedTable;
use plan::Plan;
use unit::{Unit, kept_columns};

/// The seed where none is given.
const DEFAULT_SEED: u64 = 1234;

/// A model at work under this scheme.
#[derive(Debug)]
pub struct Machine<'f> {
    flat: &'f Flat,
    request: Request,
    units: Vec<Unit>,
    plan: Plan,
    network: Network,
    due: VecDeque<Due>,
    /// The time that delays count from.
    queue_time: f64,
    time: f64,
    random: JavaRandom,
    starts: u64,
    report: Report,
    recorder: Recorder<(KindId, u32, Place)>,
}

impl<'f> Machine<'f> {
    /// Compiles a model; `None`, and findings, where that is not possible.
    pub(crate) fn new(flat: &'f Flat, request: Request, sink: &mut Diagnostics) -> Option<Self> {
        let ports = shape::ports(flat, &request.events);
        let mut programs = Vec::new();
        for (id, ports) in flat.kind_ids().zip(&ports) {
            match compile::compile(flat, id, ports) {
                Ok(compiled) => programs.push(compiled),
                Err((node, error)) => {
                    let kind = flat.kind(id);
                    let of_node = |q: &nml_flat::Quantity| q.node == node && q.span.is_some();
                    let declared = kind.quantities.iter().find(|q| of_node(q));
                    let span = declared.and_then(|q| q.span).unwrap_or(kind.span);
                    let what = format!("{} in {}", error.0, kind.path(node));
                    sink.push(Diagnostic::new(&rules::NOT_COMPILED, span, what));
                }
            }
        }
        if programs.len() < flat.kinds.len() {
            return None;
        }
        let random: Vec<bool> = programs.iter().map(compile::is_random).collect();
        let plan = Plan::new(flat, &random);
        let receiver = |kind: KindId, end| {
            let events = &programs[kind.index()].events;
            let found = events.iter().find(|(inlet, _)| *inlet == end);
            found.map(|&(_, entry)| Receiver { entry, basket: None })
        };
        let network = Network::new(flat, &ports, &request.events, receiver, |delay| delay);
        let kept = kept_columns(flat, &programs, &request);
        for (compiled, kept) in programs.iter_mut().zip(&kept) {
            crate::engine::prune::prune(&mut compiled.program, kept);
        }
        let slots = request.traces.iter().map(|output| {
            let place = |kind: KindId, seen| programs[kind.index()].layout.seen(seen);
            output.iter().map(|p| (p.kind, p.instance, place(p.kind, p.seen))).collect()
        });
        let recorder = Recorder::new(&request, slots.collect());
        let tables: Vec<Vec<FeedTable>> =
            flat.kind_ids().map(|id| feed::tables(flat, id, &programs)).collect();
        let ids = flat.kind_ids();
        let units =
            ids.zip(programs).zip(tables).map(|((id, p), t)| Unit::new(flat, id, p, t)).collect();
        Some(Self {
            flat,
            units,
            plan,
            network,
            due: VecDeque::new(),
            queue_time: 0.0,
            time: 0.0,
            random: JavaRandom::new(request.seed.unwrap_or(DEFAULT_SEED)),
            starts: 0,
            report: Report::default(),
            recorder,
            request,
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
        let time = self.time;
        if sink.wants_to_save(time) {
            self.recorder.finish(sink)?;
            sink.save(&mut Snapshot::new(self.report.steps, time, self))?;
        }
        Ok(())
    }

    fn begin(&mut self, sink: &mut dyn Sink) -> Result<(), RunError> {
        self.initialize(KindId(0), 0..1)?;
        self.record(sink)?;
        self.offer(sink)
    }

    fn steps(&mut self, sink: &mut dyn Sink) -> Result<(), RunError> {
        let dt = self.request.step;
        let steps = (self.request.length / dt + 0.5).floor();
        while (self.report.steps as f64) < steps {
            self.time += dt;
            sink.step(self.time)?;
            self.deliver_due()?;
            self.advance(KindId(0), 0..1)?;
            self.report.steps += 1;
            self.record(sink)?;
            self.offer(sink)?;
        }
        Ok(())
    }

    fn record(&mut self, sink: &mut dyn Sink) -> Result<(), RunError> {
        let (units, time) = (&self.units, self.time);
        let read = |(kind, instance, place): (KindId, u32, Place)| match place {
            Place::Constant(value) => value,
            Place::Time => time,
            Place::Column(column) => units[kind.index()].columns.get(column)[instance as usize],
        };
        self.recorder.row(self.flat, time, read, sink)
    }

    fn is_whole(&self, kind: KindId, lanes: &Range<usize>) -> bool {
        lanes.start == 0 && lanes.end == self.units[kind.index()].count
    }

    /// The members of some instances, in shares that may run together.
    fn shares(&self, kind: KindId, homes: &Range<usize>, whole: bool) -> Vec<Range<usize>> {
        let serial = self.plan.serial[kind.index()];
        let mut shares: Vec<Range<usize>> = Vec::new();
        if whole && !serial {
            shares.push(0..self.units[kind.index()].count);
            return shares;
        }
        for home in homes.clone() {
            for &member in self.plan.members_of(kind, home) {
                let member = member as usize;
                match shares.last_mut() {
                    Some(last) if !serial && last.end == member => last.end += 1,
                    _ => shares.push(member..member + 1),
                }
            }
        }
        shares
    }

    /// One step of some instances of a kind, their members first.
    fn advance(&mut self, kind: KindId, lanes: Range<usize>) -> Result<(), RunError> {
        let whole = self.is_whole(kind, &lanes);
        for at in 0..self.plan.members[kind.index()].len() {
            let members = self.plan.members[kind.index()][at];
            for share in self.shares(members, &lanes, whole) {
                self.advance(members, share)?;
            }
        }
        self.feed(kind, &lanes);
        for at in 0..self.units[kind.index()].compiled.advance.len() {
            match self.units[kind.index()].compiled.advance[at].clone() {
                Stage::Run(entry) => self.enter(kind, entry, &lanes)?,
                Stage::Scheme(node, scheme) => self.relax(kind, node, scheme, &lanes)?,
            }
        }
        Ok(())
    }

    /// Runs an entry on some instances and delivers what they send.
    fn enter(&mut self, kind: KindId, entry: Entry, lanes: &Range<usize>) -> Result<(), RunError> {
        if lanes.is_empty() {
            return Ok(());
        }
        let uniforms = [self.time, self.request.step];
        let context = RunContext { seed: 0, uniforms: &uniforms };
        let whole = self.is_whole(kind, lanes);
        let unit = &mut self.units[kind.index()];
        let (program, columns) = (&unit.compiled.program, &mut unit.columns);
        if program.block(entry).stores.is_empty() {
            return Ok(());
        }
        let draws = &unit.compiled.draws;
        if let Some(count) = draws.count {
            for lane in lanes.clone() {
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
            }
        } else if let (true, Some(tape)) = (whole, &mut unit.tapes[entry.0 as usize]) {
            tape.run(columns, &context);
        } else {
            oracle::run_some(program, entry, lanes.clone(), columns, &context);
        }
        self.send(kind, lanes)
    }

    /// One step of a Markov scheme.
    fn relax(
        &mut self,
        kind: KindId,
        node: NodeId,
        scheme: usize,
        lanes: &Range<usize>,
    ) -> Result<(), RunError> {
        let flat = self.flat;
        let scheme = &flat.kind(kind).node(node).dynamics.schemes[scheme];
        let (time, dt) = (self.time, self.request.step);
        let unit = &mut self.units[kind.index()];
        let n = scheme.states.len();
        for lane in lanes.clone() {
            let mut m = Matrix::zero(n);
            for edge in &scheme.edges {
                let (source, target) = (edge.source as usize, edge.target as usize);
                let (forward, reverse) =
                    (unit.at(edge.forward, lane, time), unit.at(edge.reverse, lane, time));
                m.add(source, source, -forward);
                m.add(target, source, forward);
                m.add(target, target, -reverse);
                m.add(source, target, reverse);
            }
            let old: Vec<f64> = scheme
                .states
                .iter()
                .map(|&state| unit.at(Seen::Quantity(state), lane, time))
                .collect();
            let Some(power) = m.exponential(dt) else {
                return Err(RunError::Rates { node: flat.kind(kind).path(node), time });
            };
            for (&state, new) in scheme.states.iter().zip(power.apply(&old)) {
                if let Place::Column(column) = unit.compiled.layout.quantity(state) {
                    unit.columns.get_mut(column)[lane] = new;
                }
            }
        }
        Ok(())
    }
}

impl Keep for Machine<'_> {
    fn keep(&mut self, state: &mut State<'_>) -> Result<(), SnapshotError> {
        state.count(&mut self.report.steps)?;
        state.count(&mut self.report.events)?;
        state.number(&mut self.time)?;
        state.number(&mut self.queue_time)?;
        self.random.keep(state)?;
        self.recorder.keep(state)?;
        state.same(self.units.len(), "kinds")?;
        for unit in &mut self.units {
            state.columns(&unit.compiled.program, &mut unit.columns)?;
        }
        let mut due: Vec<Due> = std::mem::take(&mut self.due).into();
        let kept = self.keep_due(&mut due, state);
        self.due = due.into();
        kept
    }
}

impl Machine<'_> {
    fn keep_due(&self, list: &mut Vec<Due>, state: &mut State<'_>) -> Result<(), SnapshotError> {
        let none = || Due { time: 0.0, kind: KindId(0), entry: Entry(0), instance: 0 };
        state.list(list, none, |state, due| {
            state.number(&mut due.time)?;
            state.index(&mut due.kind.0, self.units.len())?;
            let unit = &self.units[due.kind.index()];
            state.index(&mut due.entry.0, unit.compiled.program.entries.len())?;
            state.index(&mut due.instance, unit.count)
        })
    }
}
