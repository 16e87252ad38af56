//! Rows of projections and input lists: what the structure of their types would build, from the tables.

use nml_base::Span;
use nml_model::Component;
use nml_model::table::{CellRef, CellRefStyle, ConnectionKind, MISSING};

use crate::build::{Flattener, Given, Place};
use crate::flat::{NodeId, Site};
use crate::rules;
use crate::wire::Wire;

/// A place on a cell, as a row gives it.
pub(crate) fn site(segment: u32, fraction: f64) -> Site {
    Site { segment: (segment != MISSING).then_some(segment), fraction }
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
        place: Place,
        cell: Option<CellRef<'_>>,
        own: Option<&str>,
        span: Span,
    ) -> Option<Place> {
        let found = self.cell_named(place, cell, own);
        if found.is_none() {
            self.report(rules::unresolved(span, "this row names a cell that does not exist"));
        }
        found
    }

    /// As [`cell`](Self::cell), without a word.
    pub(crate) fn cell_named(
        &self,
        place: Place,
        cell: Option<CellRef<'_>>,
        own: Option<&str>,
    ) -> Option<Place> {
        let cell = cell.filter(|cell| cell.index != MISSING)?;
        let network = self.flat.outer(place)?;
        let name = match cell.form.style {
            CellRefStyle::Index => own?,
            _ => &cell.form.population,
        };
        let population = self.flat.inner(network, name)?;
        match cell.form.style {
            // Of a population without instances the number counts its cells.
            CellRefStyle::Path if self.flat.has_labels(population) => {
                self.flat.labelled(population, cell.index)
            }
            CellRefStyle::Path | CellRefStyle::Bracket => {
                self.flat.inner(population, &format!("[{}]", cell.index))
            }
            CellRefStyle::Index => self
                .flat
                .labelled(population, cell.index)
                .or_else(|| self.flat.inner(population, &format!("[{}]", cell.index))),
            CellRefStyle::Malformed => None,
        }
    }

    fn wire_connections(&mut self, place: Place, component: Component<'m>) {
        let Some(table) = component.connections() else { return };
        let file = component.document().file().id();
        let pre_population = self.attr(component, "presynapticPopulation");
        let post_population = self.attr(component, "postsynapticPopulation");
        let synapse =
            self.attr(component, "synapse").and_then(|_| self.required(component, "synapse"));
        for row in 0..table.len() {
            let span = table.spans.get(row, file);
            let from = self.cell(place, table.pre_cell.get(row), pre_population, span);
            let to = self.cell(place, table.post_cell.get(row), post_population, span);
            let (Some(from), Some(to)) = (from, to) else { continue };
            let kind = table.kind.get(row);
            let weight = table.weight.get(row);
            let delay = table.delay_s.get(row);
            if weight.is_nan() || delay.is_nan() {
                self.report(rules::unusable(span, "the weight or delay of this row is no number"));
                continue;
            }
            let pre_site = site(table.pre_segment.get(row), table.pre_fraction.get(row));
            let post_site = site(table.post_segment.get(row), table.post_fraction.get(row));
            let from = self.compartment(from, pre_site, span);
            let to = self.compartment(to, post_site, span);
            let (Some(from), Some(to)) = (from, to) else { continue };
            if kind.is_electrical() || kind.is_continuous() {
                let pre = self.named_component(table.pre_component(row), span);
                let post = if kind.is_electrical() {
                    pre
                } else {
                    self.named_component(table.post_component(row), span)
                };
                let (Some(pre), Some(post)) = (pre, post) else { continue };
                let weighted = matches!(
                    kind,
                    ConnectionKind::ElectricalInstanceW | ConnectionKind::ContinuousInstanceW
                );
                let given = Given { name: "weight", value: weight, span, free: false };
                let assigned = [given];
                let assigned = if weighted { &assigned[..] } else { &[] };
                let sites = Some((pre_site, post_site));
                self.join("peer", (from, pre), (to, post), assigned, sites, component);
                continue;
            }
            let Some(synapse) = synapse else { continue };
            let Some(made) = self.attach(to, None, synapse.into(), None, component) else {
                continue;
            };
            if kind == ConnectionKind::ConnectionWD {
                let given = Given { name: "weight", value: weight, span, free: false };
                self.assign(made.kind, made.instance, &given);
            }
            let source = self.port(from, None, false, component);
            let target = self.port(made, None, true, component);
            if let (Some(source), Some(target)) = (source, target) {
                let delay = if kind == ConnectionKind::ConnectionWD { delay } else { 0.0 };
                self.lay_at(Wire { from: (from, source), to: (made, target), delay }, pre_site);
            }
            self.seat(made, post_site);
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
        for row in 0..table.len() {
            let span = table.spans.get(row, file);
            let Some(to) = self.cell(place, table.target.get(row), population, span) else {
                continue;
            };
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
                self.lay(Wire { from: (to, 0), to: (made, 0), delay: 0.0 });
            }
        }
    }
}
