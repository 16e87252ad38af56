//! Spike trains of virtual nodes.

use std::collections::BTreeMap;

use nml_base::Span;
use nml_hdf5::Group;
use rustc_hash::FxHashMap;

use super::columns::{Reader, whole};
use super::config::Named;
use super::desk::Desk;
use super::nodes::Nodes;
use super::sets::Selected;

/// The spikes that are taken over one by one.
const MOST_SPIKES: usize = 1 << 24;

/// Times in ms by population (an index) and row, ascending.
pub(super) type Trains = BTreeMap<(usize, u32), Vec<f64>>;

/// Gathers the trains of one input.
pub(super) struct Gatherer<'a> {
    pub(super) all: &'a [Nodes],
    pub(super) selected: &'a Selected,
    pub(super) trains: &'a mut Trains,
    /// Where the file is named.
    pub(super) span: Span,
    /// Spikes read so far, and those of nodes outside of the set.
    pub(super) count: usize,
    pub(super) strangers: usize,
}

impl Gatherer<'_> {
    /// Reads a file; `trial` is the one to take of a file with several.
    pub(super) fn read(&mut self, desk: &mut Desk<'_>, module: &str, file: &Named, trial: &str) {
        match module {
            "csv" => self.csv(desk, file),
            "nwb" => self.nwb(desk, file, trial),
            _ => self.hdf5(desk, file),
        }
        for times in self.trains.values_mut() {
            times.sort_by(f64::total_cmp);
        }
        if self.strangers > 0 {
            let message = format!("{} spikes are of nodes outside of the node set", self.strangers);
            desk.unread(self.span, message, "they have no effect");
        }
    }

    fn reader(file: &Named, left: u64) -> Reader {
        let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Reader { span: file.span, file: name, left }
    }

    fn hdf5(&mut self, desk: &mut Desk<'_>, file: &Named) {
        let Some((root, left)) = desk.hdf5(&file.path, file.span) else { return };
        let mut reader = Self::reader(file, left);
        let top = reader.groups(desk, &root).into_iter().find(|group| group.name() == "spikes");
        let Some(top) = top else {
            reader.bad(desk, "there is no group `/spikes`", "name a file of spikes");
            return;
        };
        // Files of an older version name no population.
        self.trains_of(desk, &mut reader, &top, None);
        for group in reader.groups(desk, &top) {
            let name = group.name().to_owned();
            self.trains_of(desk, &mut reader, &group, Some(&name));
        }
    }

    fn trains_of(
        &mut self,
        desk: &mut Desk<'_>,
        reader: &mut Reader,
        group: &Group,
        population: Option<&str>,
    ) {
        let tables = reader.tables(desk, group);
        let find = |name: &str| tables.iter().find(|table| table.name() == name);
        let ids = find("node_ids").or_else(|| find("gids"));
        let (Some(times), Some(ids)) = (find("timestamps"), ids) else {
            if population.is_some() || !tables.is_empty() {
                let message = format!("`{}` lacks `timestamps` or `node_ids`", group.path());
                reader.bad(desk, &message, "write both data sets");
            }
            return;
        };
        let scale = match times.attribute("units") {
            None | Some("ms" | "milliseconds") => 1.0,
            Some("s" | "seconds") => 1000.0,
            Some(other) => {
                let message = format!("times are in `{other}`");
                reader.bad(desk, &message, "write times in ms");
                return;
            }
        };
        let Some(ids) = reader.indices(desk, ids, None) else { return };
        let Some(times) = reader.column(desk, times, Some(ids.len())) else { return };
        for (id, time) in ids.into_iter().zip(times) {
            if !self.spike(desk, population, id, time * scale) {
                return;
            }
        }
    }

    fn nwb(&mut self, desk: &mut Desk<'_>, file: &Named, trial: &str) {
        let Some((root, left)) = desk.hdf5(&file.path, file.span) else { return };
        let mut reader = Self::reader(file, left);
        let mut at = root;
        for name in ["processing", trial, "spike_train"] {
            let inner = reader.groups(desk, &at).into_iter().find(|group| group.name() == name);
            let Some(inner) = inner else {
                let message = format!("there is no group `{}/{name}`", at.path());
                reader.bad(desk, &message, "name a file of NWB 1 with spike trains");
                return;
            };
            at = inner;
        }
        for group in reader.groups(desk, &at) {
            let tables = reader.tables(desk, &group);
            let id = group.name().parse().ok();
            let data = tables.iter().find(|table| table.name() == "data");
            let (Some(id), Some(data)) = (id, data) else {
                let message = format!("`{}` is no spike train", group.path());
                reader.bad(desk, &message, "name it like its node, with a data set `data`");
                continue;
            };
            let Some(times) = reader.column(desk, data, None) else { continue };
            for time in times {
                if !self.spike(desk, None, id, time) {
                    return;
                }
            }
        }
    }

    fn csv(&mut self, desk: &mut Desk<'_>, file: &Named) {
        let Some(text) = desk.text(&file.path, file.span) else { return };
        let mut columns: FxHashMap<&str, usize> = FxHashMap::default();
        let mut start = 0;
        for (row, line) in text.text().split_inclusive('\n').enumerate() {
            let span = text.span().sub(start, start + line.trim_end().len());
            start += line.len();
            let cells: Vec<&str> = line
                .split(|c: char| c.is_ascii_whitespace() || c == ',')
                .filter(|cell| !cell.is_empty())
                .collect();
            if cells.is_empty() {
                continue;
            }
            if row == 0 {
                columns.extend(cells.iter().enumerate().map(|(at, &name)| (name, at)));
                if !columns.contains_key("timestamps") || !columns.contains_key("node_ids") {
                    let message = "the first line does not name `timestamps` and `node_ids`";
                    desk.bad(span, message, "write `timestamps population node_ids`");
                    return;
                }
                continue;
            }
            let cell = |name: &str| cells.get(*columns.get(name)?).copied();
            let time = cell("timestamps").and_then(|text| text.parse().ok());
            let id = cell("node_ids").and_then(|text| text.parse().ok()).and_then(whole);
            let (Some(time), Some(id)) = (time, id) else {
                desk.bad(
                    span,
                    "this line is no spike",
                    "write a time in ms and the number of a node",
                );
                return;
            };
            if !self.spike(desk, cell("population"), id, time) {
                return;
            }
        }
    }

    /// Adds a spike; `false` where no more are to be read.
    fn spike(&mut self, desk: &mut Desk<'_>, population: Option<&str>, id: u32, time: f64) -> bool {
        if !(time.is_finite() && time >= 0.0) {
            desk.bad(
                self.span,
                format!("node {id} spikes at {time} ms"),
                "write times from 0 ms on",
            );
            return false;
        }
        let mut found = false;
        for (at, nodes) in self.all.iter().enumerate() {
            if population.is_some_and(|population| population != nodes.name) {
                continue;
            }
            let place = nodes.row(id).map(|row| (at, row)).filter(|p| self.selected.contains(p));
            if let Some(place) = place {
                self.trains.entry(place).or_default().push(time);
                found = true;
            }
        }
        self.strangers += usize::from(!found);
        self.count += 1;
        if self.count > MOST_SPIKES {
            let message = format!("there are more than {MOST_SPIKES} spikes");
            desk.bad(self.span, message, "make the trains shorter");
            return false;
        }
        true
    }
}
