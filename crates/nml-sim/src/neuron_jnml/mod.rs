//! What NEURON does with the programs that jNeuroML writes, known faults included.
//!
//! * Time is accumulated, half a step at a time, in ms; rows at the end of each step.
//! * In a step: thresholds and watched conditions are looked at; events due by mid-step are delivered; currents
//!   and their numerical slopes are taken at mid-step time; the potentials are advanced by backward Euler; then
//!   every mechanism advances its own states by forward Euler with the new potential.
//! * A mechanism with states computes its derived values only while it advances, before its states change.  So
//!   conductances of gates and currents of synapses lag by a step, and in the first step they are 0.
//! * Numbers go through 32-bit floats, see [`numbers`].
//!
//! Verified against NEURON 9.0 with programs of jNeuroML 0.14, row by row as printed.  What of a model cannot be
//! carried out in this way is a finding.

mod body;
mod channel;
mod geometry;
mod markov;
mod membrane;
mod model;
mod numbers;
mod queue;
mod record;
mod sort;
mod start;
mod state;
mod step;
mod write;
mod written;

pub(crate) use geometry::cutting;

use std::io::Read;

use nml_base::{Diagnostic, Diagnostics};
use nml_flat::{Flat, KindId, NodeId, Wire};
use rustc_hash::FxHashMap;

use crate::engine::recorder::Recorder;
use crate::java::JavaRandom;
use crate::record::{EventRow, Sink};
use crate::snapshot::{self, Snapshot};
use crate::{Report, Request, RunError, rules};
use model::{Mechanism, Model};
use queue::{Aim, Queue};
use record::Source;

/// The seed where none is given.
const DEFAULT_SEED: u64 = 123_456_789;

/// Where a spike goes.
#[derive(Clone, Debug, Default)]
struct Targets {
    /// Mechanism, lane, delay in ms.
    wires: Vec<(u32, u32, f64)>,
    /// Output and port.
    records: Vec<(usize, u32)>,
}

/// A compartment whose potential is watched for spikes.
#[derive(Clone, Debug)]
struct Threshold {
    compartment: u32,
    /// mV.
    level: f64,
    above: bool,
    targets: Targets,
}

/// A model at work under this scheme.
#[derive(Debug)]
pub struct Machine<'f> {
    flat: &'f Flat,
    request: Request,
    model: Model,
    /// ms.
    dt: f64,
    t: f64,
    v: Vec<f64>,
    rhs: Vec<f64>,
    d: Vec<f64>,
    queue: Queue,
    thresholds: Vec<Threshold>,
    /// By compartment.
    threshold_of: FxHashMap<u32, usize>,
    /// By mechanism: where the events of each lane go, for those that send events themselves.
    sources: Vec<Vec<Targets>>,
    recorder: Recorder<Source>,
    random: JavaRandom,
    report: Report,
}

/// A time in ms as the file has it.
fn milliseconds(seconds: f64) -> f64 {
    // Twelve digits bring back what was written.
    format!("{:.11e}", seconds * 1e3).parse().unwrap_or(seconds * 1e3)
}

impl<'f> Machine<'f> {
    /// Compiles a model; `None`, and findings, where that is not possible.
    pub(crate) fn new(flat: &'f Flat, request: Request, sink: &mut Diagnostics) -> Option<Self> {
        let mut found = Diagnostics::new();
        let model = model::build(flat, &mut found);
        let broken = found.has_errors();
        sink.extend(found.into_vec());
        if broken {
            return None;
        }
        let mut traces = Vec::new();
        let mut whole = true;
        for output in &request.traces {
            let mut columns = Vec::new();
            for probe in output {
                match model.source(flat, probe) {
                    Ok(source) => columns.push(source),
                    Err(what) => {
                        whole = false;
                        let span = flat.kind(probe.kind).span;
                        sink.push(Diagnostic::new(&rules::NOT_COMPILED, span, what));
                    }
                }
            }
            traces.push(columns);
        }
        let count = model.compartments.area.len();
        let mut machine = Self {
            flat,
            dt: milliseconds(request.step),
            t: 0.0,
            v: vec![0.0; count],
            rhs: vec![0.0; count],
            d: vec![0.0; count],
            queue: Queue::default(),
            thresholds: Vec::new(),
            threshold_of: FxHashMap::default(),
            sources: model
                .mechanisms
                .iter()
                .map(|m| vec![Targets::default(); m.instances.len()])
                .collect(),
            recorder: Recorder::new(&request, traces),
            random: JavaRandom::new(request.seed.unwrap_or(DEFAULT_SEED)),
            report: Report::default(),
            model,
            request,
        };
        machine.connect(sink);
        (whole && !sink.has_errors()).then_some(machine)
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
        let time = self.t / 1000.0;
        if sink.wants_to_save(time) {
            self.recorder.finish(sink)?;
            sink.save(&mut Snapshot::new(self.report.steps, time, self))?;
        }
        Ok(())
    }

    fn begin(&mut self, sink: &mut dyn Sink) -> Result<(), RunError> {
        self.start()?;
        self.record(sink)?;
        self.offer(sink)
    }

    fn steps(&mut self, sink: &mut dyn Sink) -> Result<(), RunError> {
        let stop = milliseconds(self.request.length);
        while self.t < stop - 0.5 * self.dt {
            sink.step((self.t + self.dt) / 1000.0)?;
            self.step()?;
            self.record(sink)?;
            self.deliver(self.t)?;
            self.report.steps += 1;
            self.offer(sink)?;
        }
        Ok(())
    }

    fn record(&mut self, sink: &mut dyn Sink) -> Result<(), RunError> {
        let (model, v, t) = (&self.model, &self.v, self.t);
        let read = |source| match source {
            Source::Constant(value) => value,
            Source::Time => t / 1000.0,
            Source::Potential(compartment) => v[compartment as usize] / 1000.0,
            Source::Inside(ion, compartment) => model.ions[ion].inside[compartment as usize],
            Source::Column { mechanism, lane, column, factor } => {
                model.mechanisms[mechanism].columns.get(column)[lane] / factor
            }
        };
        self.recorder.row(self.flat, t / 1000.0, read, sink)
    }

    /// The threshold of a compartment; made on first use, and the level given last counts.
    fn threshold(&mut self, compartment: u32, level: f64) -> &mut Targets {
        let at = *self.threshold_of.entry(compartment).or_insert_with(|| {
            let targets = Targets::default();
            self.thresholds.push(Threshold { compartment, level, above: false, targets });
            self.thresholds.len() - 1
        });
        self.thresholds[at].level = level;
        &mut self.thresholds[at].targets
    }

    /// The mechanism of a kind that takes or sends events, and the lane of an instance.
    fn mechanism_of(&self, kind: KindId, instance: u32) -> Option<(u32, u32)> {
        let is_it =
            |m: &Mechanism| m.kind == kind && m.instances.get(instance as usize) == Some(&instance);
        let at = self.model.mechanisms.iter().position(is_it)?;
        u32::try_from(at).ok().map(|at| (at, instance))
    }

    /// Where the spikes of an instance go; `None` where it sends none.
    fn targets(
        &mut self,
        kind: KindId,
        instance: u32,
        site: nml_flat::Site,
    ) -> Result<&mut Targets, String> {
        let root = self.flat.kind(kind).node(NodeId::ROOT);
        let of_itself =
            root.is_a("baseSpikeSource") || root.is_a("baseVoltageDepPointCurrentSpiking");
        if of_itself {
            let (mechanism, lane) =
                self.mechanism_of(kind, instance).ok_or("a source without a mechanism")?;
            return Ok(&mut self.sources[mechanism as usize][lane as usize]);
        }
        if self.model.first[kind.index()].is_empty() {
            return Err("the exporter takes no events from here".to_owned());
        }
        let level = record::threshold(self.flat, kind)?;
        let compartment = self.model.at(self.flat, kind, instance, site);
        Ok(self.threshold(compartment, level))
    }

    /// Makes connections of wires, and recorders of recorded events.
    fn connect(&mut self, sink: &mut Diagnostics) {
        let flat = self.flat;
        let mut fail = |kind: KindId, what: String| {
            let kind = flat.kind(kind);
            let what = format!("{what} ({})", kind.name);
            sink.push(Diagnostic::new(&rules::NOT_COMPILED, kind.span, what));
        };
        for table in &flat.wires {
            let timed = flat.kind(table.to.0).node(NodeId::ROOT).is_a("timedSynapticInput");
            if timed || self.model.first[table.from.0.index()].is_empty() {
                // What goes on inside of one program is not a connection.
                continue;
            }
            for (at, wire) in table.iter().enumerate() {
                let Wire { source, target, delay, .. } = wire;
                let site = table.sites.get(at);
                let delay = numbers::cast(delay, "time").unwrap_or(0.0);
                let Some((mechanism, lane)) = self.mechanism_of(table.to.0, target) else {
                    continue;
                };
                if self.model.mechanisms[mechanism as usize].written.receive.is_none() {
                    continue;
                }
                match self.targets(table.from.0, source, site) {
                    Ok(targets) => targets.wires.push((mechanism, lane, delay)),
                    Err(what) => {
                        fail(table.from.0, what);
                        break;
                    }
                }
            }
        }
        let recorded = self.request.events.clone();
        for (output, ports) in recorded.iter().enumerate() {
            for (outlet, port) in ports.iter().zip(0..) {
                match self.targets(outlet.kind, outlet.instance, nml_flat::Site::default()) {
                    Ok(targets) => targets.records.push((output, port)),
                    Err(what) => fail(outlet.kind, what),
                }
            }
        }
        self.schedule_inputs();
    }

    /// Inputs that are a list of times: the exporter makes an artificial source of each time.
    fn schedule_inputs(&mut self) {
        for at in 0..self.model.mechanisms.len() {
            let mechanism = &self.model.mechanisms[at];
            let kind = self.flat.kind(mechanism.kind);
            if !kind.node(NodeId::ROOT).is_a("timedSynapticInput") {
                continue;
            }
            let spikes = kind.node(NodeId::ROOT).children().filter(|&c| kind.node(c).is_a("spike"));
            let times: Vec<f64> = spikes
                .filter_map(|spike| model::parameter(kind, spike, "time"))
                .filter_map(|time| numbers::cast(time, "time"))
                .collect();
            for lane in 0..mechanism.instances.len() {
                for &time in &times {
                    let (at, lane) = (index(at), index(lane));
                    self.queue.push(time, Aim::Receive(at, lane));
                }
            }
        }
    }

    /// Sends a spike on its ways.
    fn spike(&mut self, stamp: f64, targets: &Targets) {
        for &(mechanism, lane, delay) in &targets.wires {
            self.queue.push(stamp + delay, Aim::Receive(mechanism, lane));
        }
        for &(output, port) in &targets.records {
            self.recorder.event(output, EventRow { time: stamp / 1000.0, port });
        }
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
