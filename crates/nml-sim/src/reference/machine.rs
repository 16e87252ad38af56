//! One integration, at one tolerance.

use nml_expr::ExprId;
use nml_flat::{Flat, Formula, KindId, Streams};
use nml_kernel::Column;
use rustc_hash::FxHashMap;

use super::compile::Compiled;
use super::dop853::{Integrator, Stuck};
use super::freeze::Change;
use super::handle::Past;
use super::locate::{bisect, crossing};
use super::shape::Place;
use super::wires::Wires;
use super::world::{Purpose, World};
use crate::engine::flow::Flow;
use crate::engine::recorder::path;
use crate::record::EventRow;
use crate::{Report, Request, RunError};

/// At how many places within a step conditions are looked at.
const LOOKS: usize = 8;

/// The longest step, in steps of the grid.
const LONGEST: f64 = 64.0;

/// The streams of random numbers of a kind, and how far each instance has drawn.
#[derive(Clone, Debug)]
pub(super) struct Dice {
    streams: Streams,
    counts: FxHashMap<(u16, usize), f64>,
}

impl Dice {
    /// The stream and the count of the next draw at a node of a formula.
    pub(super) fn next(&mut self, formula: &Formula, node: ExprId, lane: usize) -> (u16, f64) {
        let stream = self.streams.get(formula, node);
        let count = self.counts.entry((stream, lane)).or_insert(0.0);
        *count += 1.0;
        (stream, *count - 1.0)
    }
}

/// A model at work at one tolerance.
#[derive(Debug)]
pub(super) struct Machine<'f> {
    pub(super) world: World<'f>,
    pub(super) changes: Vec<Vec<Change>>,
    pub(super) wires: Wires,
    pub(super) dice: Vec<Dice>,
    pub(super) seed: u64,
    /// By kind, condition and instance.
    pub(super) past: Vec<Vec<Vec<Past>>>,
    /// Now, in seconds.
    pub(super) t: f64,
    /// The step of the grid on which rows lie, in seconds.
    pub(super) step: f64,
    /// Whether the start is over.
    pub(super) began: bool,
    /// Whether a state has changed since everything was computed.
    pub(super) stale: bool,
    pub(super) events: Vec<Vec<EventRow>>,
    pub(super) report: Report,
    pub(super) integrator: Integrator,
    traces: Vec<(KindId, u32, Place)>,
    /// Future times at which comparisons of time alone change, in order.
    stops: Vec<f64>,
    scratch: Vec<f64>,
    next_row: u64,
    last_row: u64,
}

impl<'f> Machine<'f> {
    /// Puts compiled kinds together for a run at a tolerance.
    pub(super) fn new(
        flow: &Flow<'f>,
        compiled: Vec<Compiled<'f>>,
        changes: Vec<Vec<Change>>,
        request: &Request,
        tolerance: f64,
    ) -> Self {
        let flat: &'f Flat = flow.flat;
        let traces: Vec<(KindId, u32, Place)> = request
            .traces
            .iter()
            .flatten()
            .map(|probe| {
                let shape = &compiled[probe.kind.index()].shape;
                (probe.kind, probe.instance, shape.seen(flat.kind(probe.kind), probe.seen))
            })
            .collect();
        let shown: Vec<(KindId, Place)> = traces.iter().map(|(kind, _, p)| (*kind, *p)).collect();
        let world = World::new(flow, compiled, &shown);
        let past = world
            .shapes
            .iter()
            .zip(flat.kind_ids())
            .map(|(shape, id)| vec![vec![Past::default(); world.count(id)]; shape.tests.len()])
            .collect();
        let rows = (request.length / request.step + 0.5).floor().max(0.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not negative, and more than 2^64 rows saturate"
        )]
        let last_row = rows as u64;
        Self {
            integrator: Integrator::new(world.states, tolerance, request.step),
            changes,
            wires: Wires::new(flat, &request.events),
            dice: flat
                .kinds
                .iter()
                .map(|kind| Dice { streams: Streams::of(kind), counts: FxHashMap::default() })
                .collect(),
            seed: request.seed.unwrap_or(nml_flat::DEFAULT_SEED),
            past,
            t: 0.0,
            step: request.step,
            began: false,
            stale: true,
            events: vec![Vec::new(); request.events.len()],
            report: Report::default(),
            traces,
            stops: Vec::new(),
            scratch: Vec::new(),
            next_row: 0,
            last_row,
            world,
        }
    }

    /// Starts, and settles the first instant.
    pub(super) fn begin(&mut self, starting: &Flow<'_>) -> Result<(), RunError> {
        self.start(starting)?;
        self.refresh()?;
        self.began = true;
        self.settle()?;
        self.go_on()
    }

    /// Whether all rows are made.
    pub(super) fn is_over(&self) -> bool {
        self.next_row > self.last_row
    }

    /// Adds rows to `out` until there are `wanted` values in it at least, each row a time and the recorded values, or the
    /// run is over.
    pub(super) fn rows(&mut self, wanted: usize, out: &mut Vec<f64>) -> Result<(), RunError> {
        let end = self.time_of(self.last_row);
        while !self.is_over() && out.len() < wanted {
            // The last row stands at the end itself.
            if self.t >= end {
                while !self.is_over() {
                    self.row(out, None);
                }
                break;
            }
            self.leg(end, out)?;
        }
        Ok(())
    }

    /// Runs to the end without results; gives the largest size of every state.  `look` is called now and then.
    pub(super) fn peaks<E: From<RunError>>(
        mut self,
        starting: &Flow<'_>,
        mut look: impl FnMut() -> Result<(), E>,
    ) -> Result<Vec<f64>, E> {
        self.begin(starting)?;
        self.traces.clear();
        let end = self.time_of(self.last_row);
        self.next_row = self.last_row + 1;
        let mut none = Vec::new();
        while self.t < end {
            look()?;
            self.leg(end, &mut none)?;
        }
        Ok(self.integrator.peak)
    }

    fn time_of(&self, row: u64) -> f64 {
        row as f64 * self.step
    }

    /// Goes on to the end of a step, or to the first discontinuity within it.
    fn leg(&mut self, end: f64, out: &mut Vec<f64>) -> Result<(), RunError> {
        let due = self.wires.next().filter(|&due| due < end);
        while self.stops.last().is_some_and(|&stop| stop <= self.t) {
            self.stops.pop();
        }
        let stop = self.stops.last().copied().unwrap_or(end);
        let limit = end.min(stop).min(due.unwrap_or(end));
        let longest = LONGEST * self.step;
        let made = self.integrator.step(&mut self.world, limit, longest);
        made.map_err(|stuck| self.stuck(stuck))?;
        self.integrator.interpolate(&mut self.world);
        let (from, to) = (self.integrator.t, self.integrator.t_new);
        let mut jump = None;
        let mut before = from;
        for look in 1..=LOOKS {
            let at = from + (to - from) * look as f64 / LOOKS as f64;
            let at = if look == LOOKS { to } else { at };
            if at > before && self.jumps(at) {
                jump = Some(bisect(before, at, |t| self.jumps(t)));
                break;
            }
            before = at;
        }
        let now = jump.unwrap_or(to);
        // Rows at a discontinuity show what is behind it.
        let near = 1e-9 * self.step;
        while !self.is_over() && self.time_of(self.next_row) < now - near {
            self.row(out, Some(()));
        }
        if jump.is_some() || due == Some(now) {
            self.look_at(now);
            self.t = now;
            self.settle()?;
            self.go_on()?;
        } else {
            self.integrator.accept();
            self.t = now;
        }
        Ok(())
    }

    /// Integrates on from the columns.
    fn go_on(&mut self) -> Result<(), RunError> {
        self.world.take(&mut self.integrator.y);
        if let Some(state) = self.integrator.y.iter().position(|y| !y.is_finite()) {
            return Err(self.stuck(Stuck { time: self.t, state }));
        }
        self.plan_stops();
        let longest = LONGEST * self.step;
        self.integrator.restart(&mut self.world, self.t, longest);
        Ok(())
    }

    /// Finds out when comparisons that depend on time alone will change.
    fn plan_stops(&mut self) {
        self.stops.clear();
        let gaps: Vec<(usize, Column)> = self
            .world
            .shapes
            .iter()
            .enumerate()
            .flat_map(|(k, s)| s.atoms.iter().filter_map(move |atom| Some((k, atom.gap?))))
            .collect();
        if gaps.is_empty() {
            return;
        }
        let mut seen: Vec<Vec<f64>> = Vec::new();
        for look in 0..3 {
            self.world.evaluate(Purpose::Watch, self.t + f64::from(look) * self.step);
            let all = gaps.iter().flat_map(|(k, gap)| self.world.columns[*k].get(*gap));
            seen.push(all.copied().collect());
        }
        for ((a, b), c) in seen[0].iter().zip(&seen[1]).zip(&seen[2]) {
            if let Some(after) = crossing([*a, *b, *c], self.step) {
                // A little later the change has surely happened.
                let stop = self.t + after * (1.0 + 1e-12);
                let stop = stop + 4.0 * (stop.next_up() - stop);
                self.stops.push(stop);
            }
        }
        self.stops.sort_unstable_by(|a, b| b.total_cmp(a));
        self.stops.dedup();
    }

    /// Whether any comparison has another outcome at a time within the last step.
    fn jumps(&mut self, t: f64) -> bool {
        self.look_at(t);
        self.world.evaluate(Purpose::Watch, t);
        self.world.has_jumped()
    }

    fn look_at(&mut self, t: f64) {
        let mut y = std::mem::take(&mut self.scratch);
        y.resize(self.world.states, 0.0);
        self.integrator.value(t, &mut y);
        self.world.put(&y);
        self.scratch = y;
    }

    /// Adds the next row: within the last step, or as things are now.
    fn row(&mut self, out: &mut Vec<f64>, within: Option<()>) {
        let t = self.time_of(self.next_row);
        match within {
            Some(()) => self.look_at(t),
            None => self.world.put(&self.integrator.y),
        }
        self.world.evaluate(Purpose::Show, t);
        out.push(t);
        for &(kind, instance, place) in &self.traces {
            out.push(self.world.read(kind, place, instance as usize, t));
        }
        self.next_row += 1;
    }

    fn stuck(&self, stuck: Stuck) -> RunError {
        let found = self.world.moving.iter().rev().find(|m| m.start <= stuck.state);
        let (quantity, component) = found.map_or((String::new(), String::new()), |m| {
            let quantity = self.world.flat.kind(m.kind).quantity(m.quantity);
            let instance = u32::try_from(stuck.state - m.start).unwrap_or(0);
            let component = path(self.world.flat, (m.kind, instance), quantity.node);
            (quantity.name.clone(), component)
        });
        RunError::Stuck { quantity, component, time: stuck.time }
    }
}
