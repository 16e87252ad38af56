//! Populations, projections and input lists.

use nml_base::{Diagnostics, Indices, Span};
use nml_codegen::{not_exported, written_differently};
use nml_hdf5::Hdf5Error;
use nml_model::Component;
use nml_model::table::{
    CellRefStyle, CellRefs, ConnectionKind, ConnectionTable, InputTable, InstanceTable, MISSING,
    RowSpans, attribute_range,
};

use super::columns::Columns;
use super::{File, Style, TARGET, delay_ms};

/// The network's children that are groups, in the order of the document grammar.
const PROJECTIONS: [&str; 3] = ["projection", "electricalProjection", "continuousProjection"];

/// What a file says in attributes of the group, not as children.
const IN_ATTRIBUTES: [&str; 2] = ["notes", "property"];

/// Attributes of rows that become columns, or say how they are written.
const IN_COLUMNS: &[&str] = &[
    "id",
    "x",
    "y",
    "z",
    "preCellId",
    "postCellId",
    "preCell",
    "postCell",
    "preSegmentId",
    "postSegmentId",
    "preSegment",
    "postSegment",
    "preFractionAlong",
    "postFractionAlong",
    "synapse",
    "preComponent",
    "postComponent",
    "weight",
    "delay",
    "target",
    "segmentId",
    "fractionAlong",
    "destination",
];

/// Attributes that rows may have besides.
const OTHERS: &[&str] = &["i", "j", "k", "neuroLexId", "metaid", "name", "type"];

impl File<'_> {
    /// Lays out the network with all its parts.
    pub(super) fn network(
        &mut self,
        network: Component<'_>,
        sink: &mut Diagnostics,
    ) -> Result<(), Hdf5Error> {
        let path = "/neuroml/network";
        self.layout.group(path)?;
        self.own(path, network)?;
        if network.attr("temperature").is_some() && network.attr("type").is_none() {
            // A temperature alone would be taken for a network that heeds it.
            self.text(path, "type", "network")?;
        }
        // Before the populations, after them, after the projections.
        let mut others: [Vec<Component<'_>>; 3] = Default::default();
        for child in network.children() {
            match child.name() {
                "notes" => {}
                "population" => self.population(path, child, sink)?,
                "inputList" => self.inputs(path, child, sink)?,
                name if PROJECTIONS.contains(&name) => self.projection(path, child, sink)?,
                "cellSet" | "synapticConnection" => others[1].push(child),
                "explicitInput" => others[2].push(child),
                _ => others[0].push(child),
            }
        }
        for (place, children) in others.iter().enumerate() {
            self.children(path, place, children, sink)?;
        }
        Ok(())
    }

    /// The group of a part, its attributes, and its children that are no rows.
    fn part(
        &mut self,
        (network, prefix): (&str, &str),
        part: Component<'_>,
        properties: bool,
        sink: &mut Diagnostics,
    ) -> Result<Option<String>, Hdf5Error> {
        let id = part.id().unwrap_or("");
        if id.is_empty() || id.contains('/') {
            sink.push(not_exported(
                part.id_span(),
                TARGET,
                format!("{} without a plain `id`", part.shown()),
            ));
            return Ok(None);
        }
        let path = format!("{network}/{prefix}_{id}");
        self.layout.group(&path)?;
        self.own(&path, part)?;
        let mut others = Vec::new();
        for child in part.children() {
            match (child.name(), child.attr("tag"), child.attr("value")) {
                ("property", Some(tag), Some(value)) if properties => {
                    self.text(&path, &format!("property:{tag}"), value)?;
                }
                (name, ..) if IN_ATTRIBUTES[..1].contains(&name) => {}
                _ => others.push(child),
            }
        }
        self.children(&path, 0, &others, sink)?;
        Ok(Some(path))
    }

    fn population(
        &mut self,
        network: &str,
        population: Component<'_>,
        sink: &mut Diagnostics,
    ) -> Result<(), Hdf5Error> {
        let Some(path) = self.part((network, "population"), population, true, sink)? else {
            return Ok(());
        };
        let Some(table) = population.instances() else { return Ok(()) };
        if population.attr("type").is_none() {
            self.text(&path, "type", "population")?;
        }
        let mut rows = Rows { part: population, spans: &table.spans, sink };
        rows.told_attributes();
        let Some(columns) = instances(table, self.style, &mut rows) else { return Ok(()) };
        self.table(&path, population.id().unwrap_or(""), columns)
    }

    fn projection(
        &mut self,
        network: &str,
        projection: Component<'_>,
        sink: &mut Diagnostics,
    ) -> Result<(), Hdf5Error> {
        let Some(path) = self.part((network, "projection"), projection, false, sink)? else {
            return Ok(());
        };
        if projection.attr("type").is_none() {
            self.text(&path, "type", projection.name())?;
        }
        let Some(table) = projection.connections() else { return Ok(()) };
        let mut rows = Rows { part: projection, spans: &table.spans, sink };
        rows.told_attributes();
        let Some(columns) = connections(table, self.style, &mut rows) else { return Ok(()) };
        let electrical = projection.name() == PROJECTIONS[1];
        if electrical || projection.name() == PROJECTIONS[2] {
            let names =
                if electrical { ["synapse", ""] } else { ["preComponent", "postComponent"] };
            let Some(first) = (!table.is_empty()).then_some(0) else {
                return self.table(&path, projection.id().unwrap_or(""), columns);
            };
            let same = (0..table.len()).find(|&row| {
                table.pre_component(row) != table.pre_component(first)
                    || table.post_component(row) != table.post_component(first)
            });
            if let Some(row) = same {
                rows.refuse(row, "connections of one projection through different components");
                return Ok(());
            }
            if let Some(component) = table.pre_component(first) {
                self.text(&path, names[0], component)?;
            }
            if let Some(component) = table.post_component(first) {
                self.text(&path, names[1], component)?;
            }
        }
        self.table(&path, projection.id().unwrap_or(""), columns)
    }

    fn inputs(
        &mut self,
        network: &str,
        list: Component<'_>,
        sink: &mut Diagnostics,
    ) -> Result<(), Hdf5Error> {
        let Some(path) = self.part((network, "inputList"), list, false, sink)? else {
            return Ok(());
        };
        let Some(table) = list.inputs() else { return Ok(()) };
        let mut rows = Rows { part: list, spans: &table.spans, sink };
        rows.told_attributes();
        let Some(columns) = inputs(table, self.style, &mut rows) else { return Ok(()) };
        self.table(&path, list.id().unwrap_or(""), columns)
    }
}

/// The rows of a part, for findings about them.
struct Rows<'a, 'm> {
    part: Component<'m>,
    spans: &'a RowSpans,
    sink: &'a mut Diagnostics,
}

impl Rows<'_, '_> {
    fn span(&self, row: usize) -> Span {
        self.spans.get(row, self.part.document().file().id())
    }

    /// Tells the first row that cannot be written.
    fn refuse(&mut self, row: usize, what: &str) {
        let span = self.span(row);
        self.sink.push(not_exported(span, TARGET, what));
    }

    /// Tells attributes of rows that have no column.
    fn told_attributes(&mut self) {
        if self.spans.are_counted() {
            return;
        }
        let file = self.part.document().file();
        for name in OTHERS {
            let has = |row: &usize| attribute_range(file.slice(self.span(*row)), name).is_some();
            if let Some(row) = (0..self.spans.len()).find(has) {
                let what = format!("`{name}` of rows has no column, and is left out");
                let span = self.span(row);
                self.sink.push(written_differently(span, what));
            }
        }
        debug_assert!(OTHERS.iter().all(|name| !IN_COLUMNS.contains(name)));
    }

    /// The indices of cells of one population.
    fn cells(&mut self, refs: &CellRefs, population: &str) -> Option<Vec<f64>> {
        let name = self.part.attr(population).unwrap_or("");
        let good: Vec<bool> = refs
            .forms()
            .iter()
            .map(|form| match form.style {
                CellRefStyle::Index => true,
                CellRefStyle::Path | CellRefStyle::Bracket => &*form.population == name,
                CellRefStyle::Malformed => false,
            })
            .collect();
        let bad = (0..refs.indices().len()).find(|&row| {
            !good.get(refs.form_index(row)).copied().unwrap_or(false)
                || refs.indices().get(row).is_none_or(|index| index == MISSING)
        });
        if let Some(row) = bad {
            self.refuse(row, &format!("a cell that is not one of the population `{name}`"));
            return None;
        }
        Some(refs.indices().iter().map(f64::from).collect())
    }

    /// Numbers of rows.
    fn ids(&mut self, ids: &Indices) -> Option<Ids> {
        let counted = ids.count_from() == Some(0)
            || ids.iter().zip(0_u32..).all(|(id, row)| id == row || id == MISSING);
        if counted {
            return Some(Ids::Counted(ids.len()));
        }
        if let Some(row) = ids.iter().position(|id| id == MISSING) {
            self.refuse(row, "a row without a number among others that have one");
            return None;
        }
        Some(Ids::Given(ids.iter().map(f64::from).collect()))
    }

    /// Columns of whole numbers and of places along segments.
    fn whole(&mut self, values: impl Iterator<Item = u32>, what: &str) -> Option<Vec<f64>> {
        let values: Vec<u32> = values.collect();
        if let Some(row) = values.iter().position(|v| *v == MISSING) {
            self.refuse(row, &format!("a {what} that is no whole number"));
            return None;
        }
        Some(values.into_iter().map(f64::from).collect())
    }

    fn real(&mut self, values: impl Iterator<Item = f64>, what: &str) -> Option<Vec<f64>> {
        let values: Vec<f64> = values.collect();
        if let Some(row) = values.iter().position(|v| !v.is_finite()) {
            self.refuse(row, &format!("a {what} that is no number"));
            return None;
        }
        Some(values)
    }
}

/// Numbers of rows.
enum Ids {
    /// From 0 up, so many: no column is needed.
    Counted(usize),
    Given(Vec<f64>),
}

impl Ids {
    fn are_counted(&self) -> bool {
        matches!(self, Self::Counted(_))
    }

    fn column(self) -> Vec<f64> {
        match self {
            Self::Counted(rows) => (0..rows).map(|row| row as f64).collect(),
            Self::Given(ids) => ids,
        }
    }
}

fn instances(table: &InstanceTable, style: Style, rows: &mut Rows<'_, '_>) -> Option<Columns> {
    let ids = rows.ids(&table.id)?;
    let mut columns = Columns::new(style == Style::Java);
    // Last for libNeuroML, where readers that count columns do not stumble over it.
    let mut ids = Some(ids).filter(|ids| style == Style::Java || !ids.are_counted());
    if style == Style::Java
        && let Some(ids) = ids.take()
    {
        columns.add("id", ids.column());
    }
    for (axis, name) in ["x", "y", "z"].into_iter().enumerate() {
        let values = table.position_um.iter().map(|p| p[axis]);
        columns.add(name, rows.real(values, "position")?);
    }
    if let Some(ids) = ids {
        columns.add("id", ids.column());
    }
    Some(columns)
}

fn connections(table: &ConnectionTable, style: Style, rows: &mut Rows<'_, '_>) -> Option<Columns> {
    let chemical = rows.part.name() == PROJECTIONS[0];
    let ids = rows.ids(&table.id)?;
    let pre = rows.cells(&table.pre_cell, "presynapticPopulation")?;
    let post = rows.cells(&table.post_cell, "postsynapticPopulation")?;
    let mut columns = Columns::new(false);
    // libNeuroML takes a first column `id` for the number of the row.
    let first = style == Style::Java || (!chemical && ids.are_counted());
    let mut ids = Some(ids).filter(|ids| first || !ids.are_counted());
    if first && let Some(ids) = ids.take() {
        columns.add("id", ids.column());
    }
    columns.add("pre_cell_id", pre);
    columns.add("post_cell_id", post);
    let on_segments = [&table.pre_segment, &table.post_segment].iter().any(|c| !c.is_default());
    let along = [&table.pre_fraction, &table.post_fraction].iter().any(|c| !c.is_default());
    if on_segments || along || !chemical || style == Style::Java {
        columns.add("pre_segment_id", rows.whole(table.pre_segment.iter(), "segment")?);
        columns.add("post_segment_id", rows.whole(table.post_segment.iter(), "segment")?);
        columns
            .add("pre_fraction_along", rows.real(table.pre_fraction.iter(), "place on a segment")?);
        columns.add(
            "post_fraction_along",
            rows.real(table.post_fraction.iter(), "place on a segment")?,
        );
    }
    let kind = table.kind.get(0);
    if let Some(row) = (0..table.len()).find(|&row| table.kind.get(row) != kind) {
        let names = [kind.name(), table.kind.get(row).name()];
        let span = rows.span(row);
        let what = format!(
            "`{}` beside `{}` comes back as one kind of connection, with weight 1 and delay 0",
            names[0], names[1]
        );
        rows.sink.push(written_differently(span, what));
    }
    let is = |wanted: &[ConnectionKind]| {
        (0..table.len()).any(|row| wanted.contains(&table.kind.get(row)))
    };
    let delayed = is(&[ConnectionKind::ConnectionWD]);
    let weighted = is(&[ConnectionKind::ElectricalInstanceW, ConnectionKind::ContinuousInstanceW]);
    if delayed || weighted {
        columns.add("weight", rows.real(table.weight.iter(), "weight")?);
    }
    if delayed {
        columns.add("delay", rows.real(table.delay_s.iter().map(delay_ms), "delay")?);
    }
    if let Some(ids) = ids {
        columns.add("id", ids.column());
    }
    Some(columns)
}

fn inputs(table: &InputTable, style: Style, rows: &mut Rows<'_, '_>) -> Option<Columns> {
    let ids = rows.ids(&table.id)?;
    let target = rows.cells(&table.target, "population")?;
    let elsewhere =
        (0..table.len()).find(|&row| table.destination(row).is_some_and(|d| d != "synapses"));
    if let Some(row) = elsewhere {
        rows.refuse(row, "an input to another place than `synapses`");
        return None;
    }
    let weighted = (0..table.len()).any(|row| table.weighted.get(row));
    let short = style == Style::Java && ids.are_counted() && !weighted;
    let mut columns = Columns::new(style == Style::Java);
    if !short {
        columns.add("id", ids.column());
    }
    columns.add("target_cell_id", target);
    columns.add("segment_id", rows.whole(table.segment.iter(), "segment")?);
    columns.add("fraction_along", rows.real(table.fraction.iter(), "place on a segment")?);
    if weighted {
        columns.add("weight", rows.real(table.weight.iter(), "weight")?);
    }
    Some(columns)
}
