//! What connections and inputs attach to the cells of a network.

use rustc_hash::FxHashMap;

use crate::Component;
use crate::table::{CellRefStyle, CellRefs, MISSING, Table};

/// How many instances of which component each cell of one network gets.
#[derive(Debug, Default)]
pub(super) struct Attachments<'m> {
    /// By population, cell and component.
    counts: FxHashMap<(&'m str, u32, &'m str), u32>,
    /// The components on each cell, for suggestions.
    by_cell: FxHashMap<(&'m str, u32), Vec<&'m str>>,
    /// Whether something in the network may attach more: an element that the standard does not have.
    pub(super) open: bool,
}

impl<'m> Attachments<'m> {
    /// Counts in one walk over the network.
    pub(super) fn of(network: Component<'m>) -> Self {
        let mut found = Self::default();
        for part in network.children() {
            match part.name() {
                "projection" | "electricalProjection" | "continuousProjection" => {
                    found.projection(part);
                }
                "inputList" => found.inputs(part),
                "explicitInput" => found.one(part.attr("target"), part.attr("input")),
                "synapticConnection" | "synapticConnectionWD" => {
                    found.one(part.attr("to"), part.attr("synapse"));
                }
                "population"
                | "populationList"
                | "notes"
                | "annotation"
                | "property"
                | "space"
                | "region"
                | "layout"
                | "extracellularProperties"
                | "cellSet" => {}
                _ => found.open = true,
            }
        }
        found
    }

    /// How many instances of `component` are attached to a cell.
    pub(super) fn count(&self, population: &str, cell: u32, component: &str) -> u32 {
        self.counts.get(&(population, cell, component)).copied().unwrap_or(0)
    }

    /// The components attached to a cell, in document order.
    pub(super) fn on(&self, population: &'m str, cell: u32) -> &[&'m str] {
        self.by_cell.get(&(population, cell)).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, population: &'m str, cell: u32, component: &'m str) {
        if cell != MISSING {
            let count = self.counts.entry((population, cell, component)).or_default();
            *count += 1;
            if *count == 1 {
                self.by_cell.entry((population, cell)).or_default().push(component);
            }
        }
    }

    /// `pop[0]` or `../pop/0/cell` in an attribute.
    fn one(&mut self, target: Option<&'m str>, component: Option<&'m str>) {
        let (Some(target), Some(component)) = (target, component) else { return };
        let target = target.strip_prefix("../").unwrap_or(target);
        let parts = target.split_once('[').or_else(|| target.split_once('/'));
        let Some((population, rest)) = parts else { return self.open = true };
        let digits = rest.split(['/', ']']).next().unwrap_or("");
        match digits.parse() {
            Ok(cell) => self.add(population, cell, component),
            Err(_) => self.open = true,
        }
    }

    fn inputs(&mut self, list: Component<'m>) {
        let population = list.attr("population").unwrap_or("");
        let Some(component) = list.attr("component") else { return };
        if let Some(table) = list.inputs() {
            self.refs(&table.target, table.len(), population, |_| Some(component));
        }
        for input in list.children().filter(|c| matches!(c.name(), "input" | "inputW")) {
            self.one(input.attr("target"), Some(component));
        }
    }

    fn projection(&mut self, projection: Component<'m>) {
        let pre = projection.attr("presynapticPopulation").unwrap_or("");
        let post = projection.attr("postsynapticPopulation").unwrap_or("");
        let Some(Table::Connections(table)) = projection.table() else { return };
        match projection.name() {
            "projection" => {
                let synapse = projection.attr("synapse");
                self.refs(&table.post_cell, table.len(), post, |_| synapse);
            }
            "electricalProjection" => {
                self.refs(&table.pre_cell, table.len(), pre, |row| table.pre_component(row));
                self.refs(&table.post_cell, table.len(), post, |row| table.pre_component(row));
            }
            _ => {
                self.refs(&table.pre_cell, table.len(), pre, |row| table.pre_component(row));
                self.refs(&table.post_cell, table.len(), post, |row| table.post_component(row));
            }
        }
    }

    fn refs(
        &mut self,
        cells: &'m CellRefs,
        rows: usize,
        own: &'m str,
        component: impl Fn(usize) -> Option<&'m str>,
    ) {
        for row in 0..rows {
            let (Some(cell), Some(component)) = (cells.get(row), component(row)) else { continue };
            let population = match cell.form.style {
                CellRefStyle::Index => own,
                CellRefStyle::Path | CellRefStyle::Bracket => &*cell.form.population,
                CellRefStyle::Malformed => continue,
            };
            self.add(population, cell.index, component);
        }
    }
}
