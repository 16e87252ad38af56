//! Rows of projections and input lists: what the structure of their types would build, from the tables.

use nml_base::Span;
use nml_model::Component;
use nml_model::table::{ConnectionKind, MISSING};

use crate::build::{Flattener, Given, Place};
use crate::flat::{KindId, NodeId};
use crate::members::Cells;
use crate::merge::Way;
use crate::rules;
use crate::table::Site;
use crate::wire::Wire;

/// A place on a cell, as a row gives it.
pub(crate) fn site(segment: u32, fraction: f64) -> Site {
    Site { segment: (segment != MISSING).then_some(segment), fraction }
}

/// How the rows of a projection are being wired.
#[derive(Debug, Default)]
struct Laying {
    /// Kind and node of the cells of the last row.
    ends: Option<((KindId, NodeId), (KindId, NodeId))>,
    lines: Lines,
    /// How many synapses have been laid that are no instances of their own.
    merged: u64,
}

/// How rows between cells of two kinds are wired.
#[derive(Debug, Default)]
enum Lines {
    /// Not at all.
    #[default]
    None,
    /// Each synapse is an instance, with ports for sending and receiving.
    Apart { ports: Option<(u32, u32)>, kind: KindId },
    /// One instance stands for all synapses on a compartment; the weight where a row gives none.
    Sum { source: u32, kind: KindId, weight: Option<f64> },
    /// Events go straight to ports of the cell, after delays in seconds.
    Relay { source: u32, ports: Vec<(u32, f64)> },
}

impl<'m> Flattener<'m> {
    /// Builds and wires what the rows of a projection or input list say.
    pub(crate) fn wire_rows(&mut self, place: Place, component: Component<'m>) {
        if self.flat.kind(place.kind).home.is_some() {
            self.unsupported(component, component.name());
            return;
        }
        self.wire_connections(place, component);
        self.wire_inputs(place, component);
    }

    /// The cell that a row names, seen from the element around the row.
    fn cell(
        &mut self,
        cells: &mut Cells<'_>,
        row: usize,
        span: impl Fn() -> Span,
    ) -> Option<Place> {
        let found = cells.get(&self.flat, row);
        if found.is_none() {
            self.report(rules::unresolved(span(), "this row names a cell that does not exist"));
        }
        found
    }

    fn wire_connections(&mut self, place: Place, component: Component<'m>) {
        let Some(table) = component.connections() else { return };
        let file = component.document().file().id();
        let pre_population = self.attr(component, "presynapticPopulation");
        let post_population = self.attr(component, "postsynapticPopulation");
        let synapse =
            self.attr(component, "synapse").and_then(|_| self.required(component, "synapse"));
        let mut pre_cells = Cells::new(place, &table.pre_cell, pre_population);
        let mut post_cells = Cells::new(place, &table.post_cell, post_population);
        let mut laying = Laying::default();
        for row in 0..table.len() {
            let span = || table.spans.get(row, file);
            let from = self.cell(&mut pre_cells, row, span);
            let to = self.cell(&mut post_cells, row, span);
            let (Some(from), Some(to)) = (from, to) else { continue };
            let kind = table.kind.get(row);
            let weight = table.weight.get(row);
            let delay = table.delay_s.get(row);
            if weight.is_nan() || delay.is_nan() {
                let what = "the weight or delay of this row is no number";
                self.report(rules::unusable(span(), what));
                continue;
            }
            let pre_site = site(table.pre_segment.get(row), table.pre_fraction.get(row));
            let post_site = site(table.post_segment.get(row), table.post_fraction.get(row));
            let from = self.compartment(from, pre_site, span());
            let to = self.compartment(to, post_site, span());
            let (Some(from), Some(to)) = (from, to) else { continue };
            let given = Given { name: "weight", value: weight, span: span(), free: false };
            if kind.is_electrical() || kind.is_continuous() {
                let pre = self.named_component(table.pre_component(row), span());
                let post = if kind.is_electrical() {
                    pre
                } else {
                    self.named_component(table.post_component(row), span())
                };
                let (Some(pre), Some(post)) = (pre, post) else { continue };
                let weighted = matches!(
                    kind,
                    ConnectionKind::ElectricalInstanceW | ConnectionKind::ContinuousInstanceW
                );
                let assigned = [given];
                let assigned = if weighted { &assigned[..] } else { &[] };
                let sites = Some((pre_site, post_site));
                self.join("peer", (from, pre), (to, post), assigned, sites, component);
                continue;
            }
            let Some(synapse) = synapse else { continue };
            let with = kind == ConnectionKind::ConnectionWD;
            let delay = if with { delay } else { 0.0 };
            let given = with.then_some(given);
            self.wire_row(
                &mut laying,
                (from, pre_site),
                (to, post_site),
                (synapse, component),
                given,
                delay,
            );
        }
        self.count_laid(&laying, synapse);
    }

    /// Wires one row of a projection.
    fn wire_row(
        &mut self,
        laying: &mut Laying,
        (from, pre_site): (Place, Site),
        (to, post_site): (Place, Site),
        (synapse, component): (Component<'m>, Component<'m>),
        given: Option<Given<'_>>,
        delay: f64,
    ) {
        let ends = ((from.kind, from.node), (to.kind, to.node));
        if laying.ends != Some(ends) {
            laying.ends = Some(ends);
            laying.lines = self.lines(from, to, synapse, component);
        }
        match &laying.lines {
            Lines::None => {}
            Lines::Relay { source, ports } => {
                for &(target, later) in ports {
                    let (from, to) = ((from, *source), (to, target));
                    self.lay_at(Wire { from, to, delay: delay + later, weight: 1.0 }, pre_site);
                }
                laying.merged += 1;
            }
            &Lines::Sum { source, kind, weight: default } => {
                let (instance, new) = self.sum_at(kind, to.instance);
                let made = Place { kind, node: NodeId::ROOT, instance };
                let weight = match (default, given) {
                    (Some(default), given) => given.map_or(default, |given| given.value),
                    (None, given) => {
                        // Without effect, which is told where it would have been another.
                        let other = given.filter(|given| given.value != 1.0);
                        if let Some(given) = other {
                            self.assign(kind, instance, &given);
                        }
                        1.0
                    }
                };
                let (from, to) = ((from, source), (made, 0));
                self.lay_at(Wire { from, to, delay, weight }, pre_site);
                if new {
                    self.seat(made, post_site);
                }
                laying.merged += 1;
            }
            &Lines::Apart { ports, kind } => {
                let instance = self.add_instance(kind, to.instance);
                let made = Place { kind, node: NodeId::ROOT, instance };
                if let Some(given) = given {
                    self.assign(kind, instance, &given);
                }
                if let Some((source, target)) = ports {
                    let (from, to) = ((from, source), (made, target));
                    self.lay_at(Wire { from, to, delay, weight: 1.0 }, pre_site);
                }
                self.seat(made, post_site);
            }
        }
    }

    /// How rows between cells of two kinds are wired.
    fn lines(
        &mut self,
        from: Place,
        to: Place,
        synapse: Component<'m>,
        by: Component<'m>,
    ) -> Lines {
        let apart = |this: &mut Self| {
            let Some(kind) = this.kind_at(to, None, synapse.into(), by) else { return Lines::None };
            let source = this.port(from, None, false, by);
            let made = Place { kind, node: NodeId::ROOT, instance: 0 };
            let target = this.port(made, None, true, by);
            Lines::Apart { ports: source.zip(target), kind }
        };
        let way = self.way(synapse);
        if matches!(way, Way::Apart) || self.slot(to, None, by).is_none() {
            return apart(self);
        }
        let Some(source) = self.port(from, None, false, by) else { return apart(self) };
        match way {
            Way::Apart => Lines::None,
            Way::Sum(sum) => match self.kind_at(to, None, synapse.into(), by) {
                Some(kind) => Lines::Sum { source, kind, weight: sum.weight },
                None => Lines::None,
            },
            Way::Relay(on) => match self.relayed_to(to, &on) {
                Some(ports) => Lines::Relay { source, ports },
                None => apart(self),
            },
        }
    }

    fn count_laid(&mut self, laying: &Laying, synapse: Option<Component<'m>>) {
        if let (Some(synapse), 1..) = (synapse, laying.merged) {
            self.count_merged(synapse.handle(), laying.merged);
        }
    }

    fn named_component(&mut self, id: Option<&str>, span: Span) -> Option<Component<'m>> {
        let id = id?;
        let found = self.model.find(id);
        if found.is_none() {
            self.report(rules::unresolved(span, format!("there is no component `{id}`")));
        }
        found
    }

    fn wire_inputs(&mut self, place: Place, component: Component<'m>) {
        let Some(table) = component.inputs() else { return };
        let file = component.document().file().id();
        let population = self.attr(component, "population");
        let Some(input) = self.required(component, "component") else { return };
        let mut cells = Cells::new(place, &table.target, population);
        for row in 0..table.len() {
            let span = table.spans.get(row, file);
            let Some(to) = self.cell(&mut cells, row, || span) else { continue };
            let at = site(table.segment.get(row), table.fraction.get(row));
            let Some(to) = self.compartment(to, at, span) else { continue };
            let destination = table.destination(row);
            let Some(made) = self.attach(to, destination, input.into(), None, component) else {
                continue;
            };
            self.seat(made, at);
            if table.weighted.get(row) {
                let value = table.weight.get(row);
                let given = Given { name: "weight", value, span, free: false };
                self.assign(made.kind, made.instance, &given);
            }
            // The events of the cell come in, as the structure of the type has it.
            let takes = !self.flat.kind(made.kind).node(NodeId::ROOT).ports_in.is_empty();
            let sends = !self.flat.kind(to.kind).node(to.node).ports_out.is_empty();
            if takes && sends {
                self.lay(Wire { from: (to, 0), to: (made, 0), delay: 0.0, weight: 1.0 });
            }
        }
    }
}
