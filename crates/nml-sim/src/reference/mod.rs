//! The equations in continuous time, to as many digits as double precision allows within reason.
//!
//! What the grid schemes approach as their step goes to 0, computed without a grid:
//! * an explicit Runge–Kutta method of order 8 with dense output, see [`dop853`], at a tolerance relative to each
//!   state's scale;
//! * every comparison, `H` and `ceil` is a constant during a step; where its outcome would change, the step is cut at
//!   that instant, found by bisection to the last bit, and the integration starts anew behind it ([`freeze`],
//!   [`locate`], [`machine`]);
//! * at an instant, conditions act as often as they hold and change something, and events arrive, until all is quiet
//!   ([`handle`]);
//! * a quick run ahead finds the scales; then the run is made twice, at two tolerances; the more exact one is what is reported, and the largest difference of
//!   every column is the estimate of its error.
//!
//! `docs/reference.md` says what that means for models.

mod axial;
mod coefficients;
mod compile;
mod dop853;
mod freeze;
mod handle;
mod locate;
mod machine;
mod shape;
mod start;
mod wires;
mod world;

use std::collections::VecDeque;

use nml_base::{Diagnostic, Diagnostics};
use nml_flat::{Flat, KindId, NodeId, QuantityId};

use crate::engine::flow::{Circle, Flow};
use crate::engine::recorder::not_finite;
use crate::record::{BLOCK, Buffer, EventRow, Sink};
use crate::{Accuracy, Report, Request, RunError, rules};

/// The tolerances of the two runs, per step and relative to each state's scale; the second run is the result.
const TOLERANCES: [f64; 2] = [1e-10, 1e-12];

/// The tolerance of the run ahead.
const SCOUT: f64 = 1e-4;

/// How many rows both runs make before they are compared.
const STRETCH: usize = 64;

/// A model ready to be solved.
#[derive(Debug)]
pub struct Reference<'f> {
    request: Request,
    starting: Flow<'f>,
    /// A quick run ahead that finds out how large states become.
    scout: Option<machine::Machine<'f>>,
    runs: [machine::Machine<'f>; 2],
}

impl<'f> Reference<'f> {
    /// Compiles a model; `None`, and findings, where that is not possible.
    pub(crate) fn new(flat: &'f Flat, request: Request, sink: &mut Diagnostics) -> Option<Self> {
        let mut circle = |Circle(places): Circle| tell_circle(flat, &places, sink);
        let running = Flow::continuous(flat).map_err(&mut circle).ok();
        let starting = Flow::starting(flat).map_err(&mut circle).ok();
        let (running, starting) = (running?, starting?);
        let order = compile::order(&running);
        let changes = compile::changes(&running, &order);
        let mut tell = |id: KindId, node: NodeId, what: &str| {
            let kind = flat.kind(id);
            let declared = kind.quantities.iter().find(|q| q.node == node && q.span.is_some());
            let span = declared.and_then(|q| q.span).unwrap_or(kind.span);
            let what = format!("{what} in {}", kind.path(node));
            sink.push(Diagnostic::new(&rules::NOT_COMPILED, span, what));
        };
        let mut whole = true;
        for id in flat.kind_ids() {
            for (node, error) in compile::refuse(&running, id, &changes[id.index()]) {
                tell(id, node, &error.0);
                whole = false;
            }
        }
        let mut make = |tolerance: f64| {
            let mut compiled = Vec::new();
            for id in flat.kind_ids() {
                match compile::compile(&running, id, &order, &changes[id.index()]) {
                    Ok(kind) => compiled.push(kind),
                    Err((node, error)) => tell(id, node, &error.0),
                }
            }
            let all = whole && compiled.len() == flat.kinds.len();
            let changes = changes.clone();
            all.then(|| machine::Machine::new(&running, compiled, changes, &request, tolerance))
        };
        let scout = make(SCOUT)?;
        let rough = make(TOLERANCES[0])?;
        let fine = make(TOLERANCES[1])?;
        Some(Self { request, starting, scout: Some(scout), runs: [rough, fine] })
    }

    /// Runs from the start to the end.
    pub(crate) fn run(&mut self, sink: &mut dyn Sink) -> Result<Report, RunError> {
        let widths: Vec<usize> = self.request.traces.iter().map(Vec::len).collect();
        let mut out = Out {
            buffers: vec![Buffer::default(); widths.len()],
            events: vec![VecDeque::new(); self.request.events.len()],
            accuracy: Accuracy {
                columns: widths.iter().map(|&width| vec![0.0; width]).collect(),
                sizes: widths.iter().map(|&width| vec![0.0; width]).collect(),
                ..Accuracy::default()
            },
            last: None,
        };
        let result = self.stretches(&mut out, sink);
        for (output, buffer) in out.buffers.iter_mut().enumerate() {
            buffer.pass_on(output, sink)?;
        }
        result?;
        let fine = &self.runs[1];
        let effort = fine.integrator.effort;
        out.accuracy.unmatched += out.events.iter().flatten().count() as u64;
        out.accuracy.evaluations = effort.evaluations;
        out.accuracy.stiff = effort.stiff as f64 / (effort.steps.max(1)) as f64;
        let events = fine.report.events;
        Ok(Report {
            steps: effort.steps,
            events,
            accuracy: Some(out.accuracy),
            ..Report::default()
        })
    }

    fn stretches(&mut self, out: &mut Out, sink: &mut dyn Sink) -> Result<(), RunError> {
        // What goes wrong ahead goes wrong again, with results up to there.
        let peaks = match self.scout.take() {
            Some(scout) => {
                match scout.peaks(&self.starting, || sink.go_on().map_err(RunError::from)) {
                    Err(RunError::Sink(stop)) => return Err(RunError::Sink(stop)),
                    peaks => peaks.ok(),
                }
            }
            None => None,
        };
        for run in &mut self.runs {
            if let Some(peaks) = &peaks {
                run.integrator.peak.copy_from_slice(peaks);
            }
            run.begin(&self.starting)?;
        }
        let width = 1 + self.request.traces.iter().map(Vec::len).sum::<usize>();
        let mut rows = [Vec::new(), Vec::new()];
        while !self.runs[1].is_over() {
            sink.go_on()?;
            let mut made = Ok(());
            for (run, rows) in self.runs.iter_mut().zip(&mut rows) {
                made = made.and(run.rows(STRETCH * width, rows));
            }
            // A step may bring more rows than were wanted; they wait for those of the other run.
            let [rough, fine] = &mut rows;
            let whole = if made.is_ok() { rough.len().min(fine.len()) } else { fine.len() };
            for (at, row) in fine[..whole].chunks_exact(width).enumerate() {
                self.keep(row, rough.get(at * width..(at + 1) * width), out, sink)?;
            }
            for rows in [rough, fine] {
                rows.drain(..whole.min(rows.len()));
            }
            made?;
            let [rough, fine] = &mut self.runs;
            for (output, (mine, other)) in fine.events.iter_mut().zip(&mut rough.events).enumerate()
            {
                sink.events(output, mine)?;
                out.compare_events(output, mine, other);
            }
        }
        Ok(())
    }

    /// Passes on a row, and looks how far the other run is from it.
    fn keep(
        &self,
        row: &[f64],
        other: Option<&[f64]>,
        out: &mut Out,
        sink: &mut dyn Sink,
    ) -> Result<(), RunError> {
        let (time, mut rest) = (row[0], &row[1..]);
        if out.last.is_some() {
            sink.step(time)?;
        }
        let mut others = other.map(|other| &other[1..]);
        for (output, probes) in self.request.traces.iter().enumerate() {
            let (values, behind) = rest.split_at(probes.len());
            rest = behind;
            let sizes = &mut out.accuracy.sizes[output];
            for ((probe, &value), size) in probes.iter().zip(values).zip(sizes) {
                *size = size.max(value.abs());
                if !value.is_finite() {
                    return Err(not_finite(self.runs[1].world.flat, *probe, value, time, out.last));
                }
            }
            if let Some(both) = others {
                let (theirs, behind) = both.split_at(probes.len());
                others = Some(behind);
                let errors = &mut out.accuracy.columns[output];
                for ((error, value), other) in errors.iter_mut().zip(values).zip(theirs) {
                    *error = error.max((value - other).abs());
                }
            }
            let buffer = &mut out.buffers[output];
            buffer.times.push(time);
            buffer.values.extend_from_slice(values);
            if buffer.times.len() >= BLOCK {
                buffer.pass_on(output, sink)?;
            }
        }
        out.last = Some(time);
        Ok(())
    }
}

/// Results on their way out.
struct Out {
    buffers: Vec<Buffer>,
    /// Events that one of the runs has had and the other not yet: those of the fine run have a positive sign.
    events: Vec<VecDeque<(EventRow, bool)>>,
    accuracy: Accuracy,
    /// The time of the last good row.
    last: Option<f64>,
}

impl Out {
    /// Matches events of the two runs, port by port and in their order.
    fn compare_events(
        &mut self,
        output: usize,
        mine: &mut Vec<EventRow>,
        other: &mut Vec<EventRow>,
    ) {
        let waiting = &mut self.events[output];
        let both = mine.drain(..).map(|e| (e, true)).chain(other.drain(..).map(|e| (e, false)));
        for (event, fine) in both {
            let partner = waiting.iter().position(|(e, f)| e.port == event.port && *f != fine);
            match partner.and_then(|at| waiting.remove(at)) {
                Some((partner, _)) => {
                    let difference = (partner.time - event.time).abs();
                    self.accuracy.events = self.accuracy.events.max(difference);
                }
                None => waiting.push_back((event, fine)),
            }
        }
    }
}

fn tell_circle(flat: &Flat, places: &[(KindId, QuantityId)], sink: &mut Diagnostics) {
    let name = |(kind, at): &(KindId, QuantityId)| {
        let (kind, quantity) = (flat.kind(*kind), flat.kind(*kind).quantity(*at));
        format!("{}/{}", kind.path(quantity.node), quantity.name)
    };
    let names: Vec<String> = places.iter().map(name).collect();
    let kind = places.first().map_or(KindId(0), |place| place.0);
    let declared = places.iter().find_map(|(kind, at)| flat.kind(*kind).quantity(*at).span);
    let span = declared.unwrap_or(flat.kind(kind).span);
    let what = format!("quantities are made of one another: {}", names.join(", "));
    sink.push(Diagnostic::new(&rules::CIRCULAR, span, what));
}
