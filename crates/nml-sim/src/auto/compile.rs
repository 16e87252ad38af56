//! A model to the stages of a step.

use nml_base::{Diagnostic, Diagnostics, Span};
use nml_flat::{Flat, KindId, NodeId, Operand, QuantityId, Seen};
use nml_kernel::{Column, Entry};

use super::GRACE;
use super::states::States;
use super::substep::substep;
use crate::engine::flow::{Circle, Definition, Flow, Place};
use crate::engine::markov::{Markov, Move};
use crate::engine::phase::{Fault, Look, Phase, lies, source_of};
use crate::engine::shape::{Clock, Ports, Shape};
use crate::engine::stage::{Source, Stage};
use crate::engine::values::{Values, Version};
use crate::{Request, rules};

/// A model as lists of stages.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) shapes: Vec<Shape>,
    /// From what is there before the start to row 0.
    pub(super) start: Vec<Stage>,
    /// Full step of membrane potentials.
    pub(super) membrane: Vec<Stage>,
    /// Half step of all other states to the row.
    pub(super) to_row: Vec<Stage>,
    /// Conditions at the row.
    pub(super) conditions: Vec<Stage>,
    /// What has no membrane, at the row.
    pub(super) settle: Vec<Stage>,
    /// What is recorded.
    pub(super) observe: Vec<Stage>,
    /// Half step of all other states to the middle of the next step.
    pub(super) to_mid: Vec<Stage>,
    /// By kind: what events do that come in at a node and port.
    pub(super) events: Vec<Vec<Inlet>>,
    /// Where recorded quantities lie, by output.
    pub(super) traces: Vec<Vec<(KindId, u32, Source)>>,
}

/// What events do that come in at a node and port.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inlet {
    pub(super) end: (NodeId, u32),
    pub(super) entry: Entry,
    /// The column in which events are added up before the entry runs; none where it runs for each.
    pub(super) amount: Option<Column>,
}

/// Compiles; none, and findings, where that is not possible.
pub(super) fn compile(
    flat: &Flat,
    request: &Request,
    ports: &[Ports],
    sink: &mut Diagnostics,
) -> Option<Compiled> {
    let flows = Flow::running(flat).and_then(|running| Ok((running, Flow::starting(flat)?)));
    let (running, starting) = match flows {
        Ok(flows) => flows,
        Err(circle) => {
            sink.push(circular(flat, &circle));
            return None;
        }
    };
    match Compiler::new(&running, ports).compile(&starting, request) {
        Ok(compiled) => Some(compiled),
        Err((kind, node, error)) => {
            let what = format!("{} in {}", error.0, flat.kind(kind).path(node));
            sink.push(Diagnostic::new(&rules::NOT_COMPILED, span_of(flat, kind, node), what));
            None
        }
    }
}

/// A place in the source that has to do with a node.
fn span_of(flat: &Flat, kind: KindId, node: NodeId) -> Span {
    let kind = flat.kind(kind);
    let mut declared = kind.quantities.iter().filter(|q| q.node == node);
    declared.find_map(|quantity| quantity.span).unwrap_or(kind.span)
}

fn circular(flat: &Flat, circle: &Circle) -> Diagnostic {
    let shown = |(kind, quantity): &Place| {
        let kind = flat.kind(*kind);
        let quantity = kind.quantity(*quantity);
        format!("`{}` of {}", quantity.name, kind.path(quantity.node))
    };
    let mut names: Vec<String> = circle.0.iter().take(8).map(shown).collect();
    if circle.0.len() > names.len() {
        names.push("…".to_owned());
    }
    let first = circle.0.first().copied();
    let span = first.map_or(flat.kind(KindId(0)).span, |(kind, quantity)| {
        let own = flat.kind(kind).quantity(quantity);
        own.span.unwrap_or_else(|| span_of(flat, kind, own.node))
    });
    let what = format!("quantities are made of one another: {}", names.join(", then "));
    Diagnostic::new(&rules::CIRCULAR, span, what)
}

pub(super) struct Compiler<'a, 'f> {
    pub(super) flow: &'a Flow<'f>,
    pub(super) flat: &'f Flat,
    ports: &'a [Ports],
    pub(super) states: Vec<States>,
    pub(super) shapes: Vec<Shape>,
}

impl<'a, 'f> Compiler<'a, 'f> {
    fn new(flow: &'a Flow<'f>, ports: &'a [Ports]) -> Self {
        let flat = flow.flat;
        let states: Vec<States> = flat.kind_ids().map(|id| States::new(flow, id)).collect();
        let shapes = flat.kind_ids().zip(ports).zip(&states).map(|((id, ports), states)| {
            Shape::new(flat, id, ports, |quantity| states.moves(flow, id, quantity))
        });
        let shapes = shapes.collect();
        Self { flow, flat, ports, states, shapes }
    }

    fn compile(mut self, starting: &Flow<'f>, request: &Request) -> Result<Compiled, Fault> {
        let start = self.start(starting)?;
        let membrane = self.membrane()?;
        let to_row = self.half_step("to row", true)?;
        let (conditions, events) = self.conditions()?;
        let settle = self.settle()?;
        let (observe, traces) = self.observe(request)?;
        let to_mid = self.half_step("to middle", false)?;
        let shapes = self.shapes;
        Ok(Compiled {
            shapes,
            start,
            membrane,
            to_row,
            conditions,
            settle,
            observe,
            to_mid,
            events,
            traces,
        })
    }

    /// What the rates of a state are made of.
    pub(super) fn made_of(&self, kind: KindId, state: QuantityId) -> Vec<Place> {
        let here = self.flat.kind(kind);
        let dynamics = &here.node(here.quantity(state).node).dynamics;
        let regimes = dynamics.regimes.iter().flat_map(|regime| &regime.rates);
        let rates = dynamics.rates.iter().chain(regimes).filter(|(of, _)| *of == state);
        let operands = rates.flat_map(|(_, rate)| &rate.operands);
        operands.filter_map(|o| quantity_of(kind, *o)).collect()
    }

    pub(super) fn values<'b>(
        &'b mut self,
        name: &str,
        kind: KindId,
        phase: &'b Phase,
        at: (Version, Clock),
    ) -> Values<'b, 'f> {
        let shape = &mut self.shapes[kind.index()];
        Values::new(name, self.flow, kind, shape, &phase.fed[kind.index()], at)
    }

    /// Half step of all other states, from the middle of a step to the row at its end or from there to the middle of
    /// the next step, one after the other; in reverse order to the row.
    fn half_step(&mut self, name: &'static str, to_row: bool) -> Result<Vec<Stage>, Fault> {
        let (from, to, clock) = if to_row {
            (Version::Mid, Version::Row, Clock::Mid)
        } else {
            (Version::Row, Version::Mid, Clock::NextMid)
        };
        let mut stages = Vec::new();
        // Markov schemes are at the outer end.
        if !to_row {
            stages.extend(self.relax(name, (from, to), clock)?);
        }
        let mut look = Look::new(name, from, clock);
        for id in self.flat.kind_ids() {
            for &state in &self.states[id.index()].others {
                look.used.extend(self.made_of(id, state));
            }
        }
        let mut phase = Phase::new(self.flow, &mut self.shapes, &look)?;
        for id in self.flat.kind_ids() {
            let mut order = self.states[id.index()].others.clone();
            if to_row {
                order.reverse();
            }
            if order.is_empty() {
                continue;
            }
            let here = self.flat.kind(id);
            let mut values = self.values(name, id, &phase, (from, clock));
            let dt = values.clock(Clock::Dt);
            let half = values.b.constant(0.5);
            let h = values.b.mul(dt, half);
            for state in order {
                let fault = |error| (id, here.quantity(state).node, error);
                let x = values.value(state).map_err(fault)?;
                let new = match values.rate(state).map_err(fault)? {
                    Some(f) => {
                        let frozen = values.moved(state);
                        substep(&mut values.b, f, x, h, &frozen)
                    }
                    None => x,
                };
                values.set(state, new);
            }
            values.store(to);
            if let Some(entry) = values.finish() {
                phase.stages.push(Stage::Run { kind: id, entry });
            }
        }
        stages.append(&mut phase.stages);
        if to_row {
            stages.extend(self.relax(name, (from, to), clock)?);
        }
        Ok(stages)
    }

    /// Half step of all Markov schemes.
    fn relax(
        &mut self,
        name: &'static str,
        (from, to): (Version, Version),
        clock: Clock,
    ) -> Result<Vec<Stage>, Fault> {
        let all = self.schemes();
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let mut look = Look::new(name, from, clock);
        for &(kind, node, scheme) in &all {
            look.shown.extend(self.rates_of(kind, node, scheme));
        }
        let mut phase = Phase::new(self.flow, &mut self.shapes, &look)?;
        for (kind, node, scheme) in all {
            let columns = |version| self.occupancies(kind, node, scheme, version);
            let source = |seen| {
                let shown = &phase.shown;
                source_of(self.flow, &self.shapes, shown, from, clock, (kind, seen))
            };
            let of = &self.flat.kind(kind).node(node).dynamics.schemes[scheme];
            let ends = (columns(from), columns(to));
            let relax = Move::Relax(0.5);
            let path = self.flat.kind(kind).path(node);
            phase.stages.push(Stage::Markov(Markov::new((kind, path), of, ends, source, relax)));
        }
        Ok(phase.stages)
    }

    fn schemes(&self) -> Vec<(KindId, NodeId, usize)> {
        let kinds = self.flat.kind_ids().zip(&self.states);
        let schemes = kinds.flat_map(|(kind, states)| {
            states.schemes.iter().map(move |&(node, scheme)| (kind, node, scheme))
        });
        schemes.collect()
    }

    fn rates_of(&self, kind: KindId, node: NodeId, scheme: usize) -> Vec<Place> {
        let edges = &self.flat.kind(kind).node(node).dynamics.schemes[scheme].edges;
        let seen = edges.iter().flat_map(|edge| [edge.forward, edge.reverse]);
        seen.filter_map(|seen| Some((kind, self.flow.seen(kind, seen)?))).collect()
    }

    fn occupancies(
        &self,
        kind: KindId,
        node: NodeId,
        scheme: usize,
        version: Version,
    ) -> Vec<Column> {
        let shape = &self.shapes[kind.index()];
        let columns = match version {
            Version::Row => &shape.row,
            Version::Mid => &shape.mid,
        };
        let states = &self.flat.kind(kind).node(node).dynamics.schemes[scheme].states;
        states.iter().filter_map(|state| columns[state.index()]).collect()
    }

    /// Conditions at the row, and what events do there.
    fn conditions(&mut self) -> Result<(Vec<Stage>, Vec<Vec<Inlet>>), Fault> {
        let at = (Version::Row, Clock::Row);
        let mut look = Look::new("conditions", at.0, at.1);
        for id in self.flat.kind_ids() {
            for node in &self.flat.kind(id).nodes {
                let operands = handled(&node.dynamics);
                look.used.extend(operands.filter_map(|o| quantity_of(id, o)));
            }
        }
        let mut phase = Phase::new(self.flow, &mut self.shapes, &look)?;
        let mut events = Vec::new();
        for (id, ports) in self.flat.kind_ids().zip(self.ports) {
            let mut values = self.values("conditions", id, &phase, at);
            values.see_ahead(GRACE);
            values.conditions().map_err(|(node, error)| (id, node, error))?;
            values.store(Version::Row);
            values.store_sent();
            if let Some(entry) = values.finish() {
                phase.stages.push(Stage::Run { kind: id, entry });
            }
            let mut of_kind = Vec::new();
            let adds_up = self.flat.kind(id).adds_up_events(&ports.inlets, &ports.outlets);
            for &(node, port) in &ports.inlets {
                let amount = adds_up.then(|| self.shapes[id.index()].amount());
                let mut values = self.values("event", id, &phase, at);
                let done = match amount {
                    Some(amount) => values.events(node, port, amount),
                    None => values.event(node, port),
                };
                done.map_err(|error| (id, node, error))?;
                values.store(Version::Row);
                values.store_sent();
                if let Some(entry) = values.finish() {
                    of_kind.push(Inlet { end: (node, port), entry, amount });
                }
            }
            events.push(of_kind);
        }
        Ok((phase.stages, events))
    }

    /// What is recorded, as it is at the row.
    #[expect(clippy::type_complexity, reason = "the places of what the stages bring there")]
    fn observe(
        &mut self,
        request: &Request,
    ) -> Result<(Vec<Stage>, Vec<Vec<(KindId, u32, Source)>>), Fault> {
        let (version, clock) = (Version::Row, Clock::Row);
        let mut look = Look::new("observe", version, clock);
        for probe in request.traces.iter().flatten() {
            let quantity = self.flow.seen(probe.kind, probe.seen);
            let place = quantity.map(|quantity| (probe.kind, quantity));
            look.shown.extend(place.filter(|place| !lies(self.flow, *place)));
        }
        let phase = Phase::new(self.flow, &mut self.shapes, &look)?;
        let place = |kind: KindId, seen: Seen| {
            source_of(self.flow, &self.shapes, &phase.shown, version, clock, (kind, seen))
        };
        let traces = request.traces.iter().map(|output| {
            output.iter().map(|p| (p.kind, p.instance, place(p.kind, p.seen))).collect()
        });
        let traces = traces.collect();
        Ok((phase.stages, traces))
    }

    /// Initial values: definitions, each evaluated once after what it is made of.
    fn start(&mut self, starting: &Flow<'f>) -> Result<Vec<Stage>, Fault> {
        let (version, clock) = (Version::Row, Clock::Row);
        let flat = self.flat;
        let mut look = Look::new("start", version, clock);
        for (id, kind) in flat.kind_ids().zip(&flat.kinds) {
            for at in (0..).take(kind.quantities.len()).map(QuantityId) {
                if matches!(starting.definition((id, at)), Definition::Started(_)) {
                    look.shown.push((id, at));
                }
            }
        }
        let schemes = self.schemes();
        for &(kind, node, scheme) in &schemes {
            look.shown.extend(self.rates_of(kind, node, scheme));
            let states = &flat.kind(kind).node(node).dynamics.schemes[scheme].states;
            look.shown.extend(states.iter().map(|state| (kind, *state)));
        }
        let mut stages = Phase::new(starting, &mut self.shapes, &look)?.stages;
        // What is done on entry to first regimes sees the states that have been started.
        for id in flat.kind_ids() {
            let any = flat.kind(id).nodes.iter().any(|node| !node.dynamics.regimes.is_empty());
            if !any {
                continue;
            }
            let mut look = Look::new("entry", version, clock);
            for node in &flat.kind(id).nodes {
                let entries =
                    node.dynamics.regimes.iter().flat_map(|r| r.on_entry.iter().flatten());
                let operands = entries.flat_map(operands_of);
                look.used.extend(operands.filter_map(|o| quantity_of(id, *o)));
            }
            let phase = Phase::new(self.flow, &mut self.shapes, &look)?;
            let mut values = self.values("entry", id, &phase, (version, clock));
            values.enter_first().map_err(|(node, error)| (id, node, error))?;
            values.store(version);
            let entry = values.finish();
            stages.extend(phase.stages);
            stages.extend(entry.map(|entry| Stage::Run { kind: id, entry }));
        }
        Ok(stages)
    }
}

fn quantity_of(kind: KindId, operand: Operand) -> Option<Place> {
    match operand {
        Operand::Quantity(quantity) => Some((kind, quantity)),
        Operand::Time | Operand::Constant(_) => None,
    }
}

fn operands_of(action: &nml_flat::Action) -> &[Operand] {
    match action {
        nml_flat::Action::Assign(_, formula) => &formula.operands,
        nml_flat::Action::Send(_) | nml_flat::Action::Enter(_) => &[],
    }
}

/// The operands of all handlers of a node.
fn handled(dynamics: &nml_flat::Dynamics) -> impl Iterator<Item = Operand> {
    let regimes = || dynamics.regimes.iter();
    let conditions =
        dynamics.on_condition.iter().chain(regimes().flat_map(|regime| &regime.on_condition));
    let conditions = conditions.flat_map(|(test, actions)| {
        test.operands.iter().chain(actions.iter().flat_map(operands_of))
    });
    let events = dynamics.on_event.iter().chain(regimes().flat_map(|regime| &regime.on_event));
    let events = events.flat_map(|(_, actions)| actions.iter().flat_map(operands_of));
    let entries = regimes().flat_map(|regime| regime.on_entry.iter().flatten());
    conditions.chain(events).chain(entries.flat_map(operands_of)).copied()
}
