//! A circuit as the text of a LEMS document, and its rows as tables.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use nml_base::{Diagnostics, RowBlock, SourceMap, format_f64};
use nml_model::Document;
use nml_model::table::{InstanceTable, RowSpans, Table};
use nml_xml::escape_value;

use super::Whole;
use super::run::{Report, Run};
use crate::document::{self, ObserverFactory};

/// Rows for an element.
struct Part {
    /// Offset of the element.
    owner: u32,
    /// What stands for the rows.
    home: (u32, u32),
    name: String,
    table: Table,
}

/// The document that a circuit stands for.
pub(super) fn document(
    path: &Path,
    whole: Whole,
    sources: &SourceMap,
    observer: Option<&ObserverFactory>,
    sink: Diagnostics,
) -> Document {
    let mut writer = Writer { out: String::new(), parts: Vec::new() };
    writer.whole(path, whole);
    let Writer { out: text, parts } = writer;
    let mut next = u32::try_from(text.len()).unwrap_or(u32::MAX).saturating_add(1);
    let (mut blocks, mut firsts) = (Vec::new(), Vec::new());
    for part in &parts {
        let rows = u32::try_from(part.table.len()).unwrap_or(u32::MAX);
        blocks.push(RowBlock { name: part.name.clone(), first: next, rows, home: part.home });
        firsts.push(next);
        next = next.saturating_add(rows);
    }
    let file = sources.add_with_rows(path, text, blocks);
    let mut document = document::from_text(path, &file, observer, sink);
    let by_start: rustc_hash::FxHashMap<u32, nml_xml::NodeId> =
        document.tree.elements().map(|element| (element.span().start, element.id())).collect();
    for (mut part, first) in parts.into_iter().zip(firsts) {
        let Some(&owner) = by_start.get(&part.owner) else { continue };
        let spans = RowSpans::counted(first, part.table.len());
        match &mut part.table {
            Table::Instances(table) => table.spans = spans,
            Table::Connections(table) => table.spans = spans,
            Table::Inputs(table) => table.spans = spans,
        }
        document.tables.insert(owner, part.table);
    }
    document
}

/// The path of a file as an include of a document says it.
fn relative(folder: &Path, path: PathBuf) -> String {
    let inner = path.strip_prefix(folder).map(Path::to_owned).unwrap_or(path);
    inner.to_string_lossy().replace('\\', "/")
}

struct Writer {
    out: String,
    parts: Vec<Part>,
}

impl Writer {
    fn here(&self) -> u32 {
        u32::try_from(self.out.len()).unwrap_or(u32::MAX)
    }

    fn whole(&mut self, path: &Path, whole: Whole) {
        let folder = path.parent().unwrap_or(Path::new(""));
        self.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Lems>\n");
        let target = if whole.run.is_some() { "simulation" } else { "" };
        if !target.is_empty() {
            let _ = writeln!(self.out, "  <Target component=\"{target}\"/>");
        }
        self.out.push_str("  <Include file=\"NeuroML2CoreTypes.xml\"/>\n");
        for include in whole.includes {
            let include = relative(folder, include);
            let _ = writeln!(self.out, "  <Include file=\"{}\"/>", escape_value(&include));
        }
        self.out.push_str(&whole.out);
        self.out.push_str("  <network id=\"circuit\"");
        if let Some(celsius) = whole.run.as_ref().and_then(|run| run.celsius) {
            let celsius = format_f64(celsius);
            let _ =
                write!(self.out, " type=\"networkWithTemperature\" temperature=\"{celsius} degC\"");
        }
        self.out.push_str(">\n");
        for population in &whole.populations {
            let count = u32::try_from(population.ids.len()).unwrap_or(u32::MAX);
            let start = format!(
                "    <population id=\"{}\" component=\"{}\" type=\"populationList\" size=\"{count}\">",
                population.name, population.component
            );
            let mut table = InstanceTable::default();
            for &id in &population.ids {
                table.id.push(id);
            }
            table.position_um = match population.positions_um.as_slice() {
                [] => vec![[f64::NAN; 3]; population.ids.len()],
                positions => positions.to_vec(),
            };
            self.part(&start, "population", "nodes", Table::Instances(table));
        }
        for projection in whole.projections {
            let [pre, post] = projection.sides.map(|at| whole.populations[at].name.as_str());
            let start = format!(
                "    <projection id=\"{}\" presynapticPopulation=\"{pre}\" postsynapticPopulation=\"{post}\" synapse=\"{}\">",
                projection.name, projection.synapse
            );
            self.part(
                &start,
                "projection",
                "edges",
                Table::Connections(Box::new(projection.table)),
            );
        }
        for list in whole.lists {
            let population = &whole.populations[list.population].name;
            let start = format!(
                "    <inputList id=\"{}\" population=\"{population}\" component=\"{}\">",
                list.name, list.component
            );
            self.part(&start, "inputList", "inputs", Table::Inputs(Box::new(list.table)));
        }
        self.out.push_str("  </network>\n");
        if let Some(run) = &whole.run {
            self.simulation(run, &whole.reports, &whole.circuit, &whole.populations);
        }
        self.out.push_str("</Lems>\n");
    }

    /// An element with rows.
    fn part(&mut self, start: &str, name: &str, what: &str, table: Table) {
        let owner = self.here() + 4;
        self.out.push_str(start);
        self.out.push_str("\n      ");
        let from = self.here();
        let _ = write!(self.out, "<!-- {} {what} -->", table.len());
        let home = (from, self.here());
        let _ = writeln!(self.out, "\n    </{name}>");
        self.parts.push(Part { owner, home, name: what.to_owned(), table });
    }

    fn simulation(
        &mut self,
        run: &Run,
        reports: &[Report],
        circuit: &[String],
        populations: &[super::populations::Population],
    ) {
        let (stop, step) = (format_f64(run.stop_ms), format_f64(run.step_ms));
        let _ = write!(
            self.out,
            "  <Simulation id=\"simulation\" length=\"{stop} ms\" step=\"{step} ms\" target=\"circuit\""
        );
        if let Some(seed) = run.seed {
            let _ = write!(self.out, " seed=\"{}\"", format_f64(seed));
        }
        self.out.push_str(">\n");
        for report in reports {
            let name = escape_value(&report.name);
            let _ = writeln!(self.out, "    <OutputFile id=\"{name}\" fileName=\"{name}.dat\">");
            for (id, path) in &report.columns {
                let _ = writeln!(self.out, "      <OutputColumn id=\"{id}\" quantity=\"{path}\"/>");
            }
            self.out.push_str("    </OutputFile>\n");
        }
        let spiking =
            |at: usize| populations.iter().filter(move |p| p.nodes == at && !p.is_virtual);
        let several = (0..circuit.len()).filter(|&at| spiking(at).next().is_some()).count() > 1;
        for (at, name) in circuit.iter().enumerate() {
            if spiking(at).next().is_none() {
                continue;
            }
            let mut file = run.spikes_file.clone();
            if several {
                let _ = write!(file, "_{name}");
            }
            let file = escape_value(&file);
            let _ = writeln!(
                self.out,
                "    <EventOutputFile id=\"{file}\" fileName=\"{file}.dat\" format=\"TIME_ID\">"
            );
            for population in spiking(at) {
                for id in &population.ids {
                    let (name, component) = (&population.name, &population.component);
                    let _ = writeln!(
                        self.out,
                        "      <EventSelection id=\"{id}\" select=\"{name}/{id}/{component}\" eventPort=\"spike\"/>"
                    );
                }
            }
            self.out.push_str("    </EventOutputFile>\n");
        }
        self.out.push_str("  </Simulation>\n");
    }
}
