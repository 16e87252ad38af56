//! Results as SONATA reports and spikes: HDF5 by population, cell and place on the cell.
//!
//! Source: the SONATA data format, developer guide, sections "Spike file" and "Multi-compartment variable report"
//! (Dai et al. 2020).  Of the two spellings of the index that are about, `index_pointer`
//! and `index_pointers`, both are written.

use std::collections::BTreeMap;
use std::io::{BufWriter, Result};

use nml_flat::{KindId, NodeId};
use nml_hdf5::{Layout, Type, Value};
use nml_sim::{EventRow, Rows};

use super::hdf5::other;
use super::names::{FileName, NameError};
use super::spool::Spool;
use super::{Opening, Store, Writer};
use crate::simulate::Prepared;

/// What says that a file is one of SONATA, and of version 0.1.
const MAGIC: u32 = 0x0A7A;
const VERSION: [u32; 2] = [0, 1];
/// The ways in which spikes are sorted, by number.
const SORTING: &[&str] = &["none", "by_id", "by_time"];
const UNSORTED: u8 = 0;
const BY_TIME: u8 = 2;

/// A place on a cell.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Place {
    population: String,
    /// The cell, by the number that paths give it.
    node: u64,
    /// The segment, by its identifier; 0 where none is named.
    element: u32,
    /// From there on, the quantity last.
    rest: String,
}

/// Takes a path apart: `pop[3]/v`, `pop/3/cell/7/bio/mp/na/m/q`; without a network all of it is of one cell.
fn place(prepared: &Prepared, path: &str) -> Option<Place> {
    let root = prepared.flat.kind(KindId(0));
    let mut parts = path.split('/').map(str::trim).filter(|part| !part.is_empty()).peekable();
    let (population, node) = if root.node(NodeId::ROOT).is_a("network") {
        let first = parts.next()?;
        if let Some((population, index)) = first.split_once('[') {
            (population, index.strip_suffix(']')?)
        } else {
            let index = parts.next()?;
            // The name of the cell.
            parts.next()?;
            (first, index)
        }
    } else {
        (root.name.as_str(), "0")
    };
    let (population, node) = (population.to_owned(), node.parse().ok()?);
    let segment = parts.peek().and_then(|part| part.parse().ok());
    if segment.is_some() {
        parts.next();
    }
    let rest = parts.collect::<Vec<_>>().join("/");
    Some(Place { population, node, element: segment.unwrap_or(0), rest })
}

/// One file for each quantity of an output, named after it where there are several; columns in the order of places.
pub(super) fn files(
    prepared: &Prepared,
    all: FileName,
) -> std::result::Result<Vec<FileName>, NameError> {
    if all.events {
        for selection in &prepared.experiment.event_outputs[all.output].selections {
            let found = place(prepared, &format!("{}/", selection.path));
            if found.is_none_or(|place| !place.rest.is_empty()) {
                return Err(NameError::NoCell(selection.path.clone()));
            }
        }
        return Ok(vec![all]);
    }
    let mut by_quantity: BTreeMap<String, Vec<(Place, usize)>> = BTreeMap::new();
    for (at, column) in prepared.columns[all.output].iter().enumerate() {
        let found = place(prepared, &column.path).filter(|place| !place.rest.is_empty());
        let place = found.ok_or_else(|| NameError::NoCell(column.path.clone()))?;
        by_quantity.entry(place.rest.clone()).or_default().push((place, at));
    }
    let several = by_quantity.len() > 1;
    let named = by_quantity.into_iter().map(|(quantity, mut places)| {
        places.sort();
        let mut path = all.path.clone();
        if several {
            let plain = |c: char| if c.is_alphanumeric() || "-_".contains(c) { c } else { '_' };
            let quantity: String = quantity.chars().map(plain).collect();
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let end = path.extension().map(|e| format!(".{}", e.to_string_lossy()));
            path.set_file_name(format!("{stem}_{quantity}{}", end.unwrap_or_default()));
        }
        let columns = places.into_iter().map(|(_, at)| at).collect();
        FileName { path, columns, ..all.clone() }
    });
    Ok(named.collect())
}

/// The unit that tools for SONATA take for granted, and how many of it an SI unit has.
fn unit(si: &str) -> (&str, f64) {
    match si {
        "V" => ("mV", 1e3),
        "A" => ("nA", 1e9),
        "S" => ("uS", 1e6),
        "mol_per_m3" => ("mM", 1.0),
        "" => ("1", 1.0),
        other => (other, 1.0),
    }
}

/// A time in ms, without the last digits that come from the conversion: a row is a whole number of steps.
fn milliseconds(seconds: f64) -> f64 {
    let ms = seconds * 1e3;
    // Beyond that there are no digits to spare.
    if ms.abs() < 1e6 { (ms * 1e9).round() / 1e9 } else { ms }
}

fn begun() -> Result<Layout> {
    let mut layout = Layout::new();
    layout.attribute("/", "magic", Value::U32(MAGIC)).map_err(other)?;
    layout.attribute("/", "version", Value::U32s(VERSION.to_vec())).map_err(other)?;
    Ok(layout)
}

/// A quantity of places on cells: `/report/POPULATION/data`, rows by places.
pub(super) struct Report {
    spool: Spool,
    /// By population: its places, and the first of its columns.
    populations: Vec<(String, Vec<Place>, usize)>,
    columns: Vec<usize>,
    unit: String,
    dt_s: f64,
}

impl Report {
    pub(super) fn new(store: Store, prepared: &Prepared, file: &FileName) -> Result<Self> {
        let columns = &prepared.columns[file.output];
        let mut populations: Vec<(String, Vec<Place>, usize)> = Vec::new();
        for (at, &column) in file.columns.iter().enumerate() {
            let Some(place) = place(prepared, &columns[column].path) else { continue };
            match populations.last_mut() {
                Some((name, places, _)) if *name == place.population => places.push(place),
                _ => populations.push((place.population.clone(), vec![place], at)),
            }
        }
        let unit = file.columns.first().map_or("", |&at| &columns[at].unit).to_owned();
        let spool = Spool::new(store, file.columns.len().max(1))?;
        let columns = file.columns.clone();
        Ok(Self { spool, populations, columns, unit, dt_s: prepared.request.step })
    }
}

impl Writer for Report {
    fn rows(&mut self, rows: Rows<'_>) -> Result<()> {
        for (_, values) in rows.iter() {
            self.spool.row(self.columns.iter().map(|&at| values[at]))?;
        }
        Ok(())
    }

    fn events(&mut self, _: &[EventRow]) -> Result<()> {
        Ok(())
    }

    fn length(&mut self) -> Result<u64> {
        self.spool.length()
    }

    fn finish(mut self: Box<Self>, open: Opening<'_>) -> Result<()> {
        let rows = self.spool.rows();
        let (unit, scale) = unit(&self.unit);
        let mut layout = begun()?;
        let width = self.columns.len();
        for (name, places, _) in &self.populations {
            let (count, nodes) = (places.len() as u64, nodes(places).len() as u64);
            let path = |rest: &str| format!("/report/{name}/{rest}");
            layout.dataset(&path("data"), Type::F32, &[rows, count]).map_err(other)?;
            layout.attribute(&path("data"), "units", unit).map_err(other)?;
            for (rest, ty, length) in [
                ("mapping/node_ids", Type::U64, nodes),
                ("mapping/index_pointer", Type::U64, nodes + 1),
                ("mapping/index_pointers", Type::U64, nodes + 1),
                ("mapping/element_ids", Type::U32, count),
                ("mapping/element_pos", Type::F32, count),
                ("mapping/time", Type::F64, 3),
            ] {
                layout.dataset(&path(rest), ty, &[length]).map_err(other)?;
            }
            layout.attribute(&path("mapping/node_ids"), "sorted", Value::U32(1)).map_err(other)?;
            layout.attribute(&path("mapping/time"), "units", "ms").map_err(other)?;
        }
        let mut file = layout.begin(BufWriter::new(open()?)).map_err(other)?;
        for (name, places, first) in &self.populations {
            let path = |rest: &str| format!("/report/{name}/{rest}");
            let mut row: Vec<f32> = Vec::new();
            self.spool.all_rows(|values| {
                row.clear();
                for values in values.chunks_exact(width) {
                    let own = &values[*first..first + places.len()];
                    #[expect(clippy::cast_possible_truncation, reason = "the format has 32 bits")]
                    row.extend(own.iter().map(|value| (value * scale) as f32));
                }
                file.write(&path("data"), &row).map_err(other)
            })?;
            let (mut ids, mut starts) = (Vec::new(), Vec::new());
            for (node, start) in nodes(places) {
                ids.push(node);
                starts.push(start);
            }
            starts.push(places.len() as u64);
            let elements: Vec<u32> = places.iter().map(|place| place.element).collect();
            // What is recorded of a segment is that of its middle.
            let middles = vec![0.5_f32; places.len()];
            let (step, stop) = (milliseconds(self.dt_s), milliseconds(self.dt_s * rows as f64));
            file.write(&path("mapping/node_ids"), &ids).map_err(other)?;
            file.write(&path("mapping/index_pointer"), &starts).map_err(other)?;
            file.write(&path("mapping/index_pointers"), &starts).map_err(other)?;
            file.write(&path("mapping/element_ids"), &elements).map_err(other)?;
            file.write(&path("mapping/element_pos"), &middles).map_err(other)?;
            file.write(&path("mapping/time"), &[0.0, stop, step]).map_err(other)?;
        }
        file.finish().map_err(other)?;
        Ok(())
    }
}

/// Each cell once, with the first of its places.
fn nodes(places: &[Place]) -> Vec<(u64, u64)> {
    let mut found: Vec<(u64, u64)> = Vec::new();
    for (place, at) in places.iter().zip(0..) {
        if found.last().is_none_or(|(node, _)| *node != place.node) {
            found.push((place.node, at));
        }
    }
    found
}

/// Spikes: `/spikes/POPULATION/{timestamps,node_ids}`.
pub(super) struct Spikes {
    spool: Spool,
    /// By port: the population, as an index, and the cell.
    ports: Vec<(usize, u64)>,
    populations: Vec<String>,
}

impl Spikes {
    pub(super) fn new(store: Store, prepared: &Prepared, file: &FileName) -> Result<Self> {
        let selections = &prepared.experiment.event_outputs[file.output].selections;
        let places = selections.iter().filter_map(|selection| {
            place(prepared, &format!("{}/", selection.path))
                .map(|place| (place.population, place.node))
        });
        let places: Vec<(String, u64)> = places.collect();
        let mut populations: Vec<String> = places.iter().map(|(name, _)| name.clone()).collect();
        populations.sort();
        populations.dedup();
        let index = |name: &String| populations.binary_search(name).unwrap_or(0);
        let ports = places.iter().map(|(name, node)| (index(name), *node)).collect();
        Ok(Self { spool: Spool::new(store, 2)?, ports, populations })
    }
}

/// Time in seconds and port of events, as they lie in a spool.
fn pairs(values: &[f64]) -> impl Iterator<Item = (f64, usize)> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "made of a u32")]
    values.as_chunks::<2>().0.iter().map(|&[time, port]| (time, port as usize))
}

impl Writer for Spikes {
    fn rows(&mut self, _: Rows<'_>) -> Result<()> {
        Ok(())
    }

    fn events(&mut self, events: &[EventRow]) -> Result<()> {
        events.iter().try_for_each(|event| self.spool.row([event.time, f64::from(event.port)]))
    }

    fn length(&mut self) -> Result<u64> {
        self.spool.length()
    }

    fn finish(mut self: Box<Self>, open: Opening<'_>) -> Result<()> {
        let none = (0_u64, BY_TIME, f64::NEG_INFINITY);
        let mut found = vec![none; self.populations.len()];
        let (ports, spool) = (&self.ports, &mut self.spool);
        spool.all_rows(|values| {
            for (time, port) in pairs(values) {
                let (count, sorting, last) = &mut found[ports[port].0];
                *count += 1;
                if time < *last {
                    *sorting = UNSORTED;
                }
                *last = time;
            }
            Ok(())
        })?;
        let mut layout = begun()?;
        layout.group("/spikes").map_err(other)?;
        for (name, (count, sorting, _)) in self.populations.iter().zip(found) {
            let path = format!("/spikes/{name}");
            let times = format!("{path}/timestamps");
            layout.dataset(&times, Type::F64, &[count]).map_err(other)?;
            layout.attribute(&times, "units", "ms").map_err(other)?;
            layout.dataset(&format!("{path}/node_ids"), Type::U64, &[count]).map_err(other)?;
            layout.attribute(&path, "sorting", Value::Named(sorting, SORTING)).map_err(other)?;
        }
        let mut file = layout.begin(BufWriter::new(open()?)).map_err(other)?;
        for (at, name) in self.populations.iter().enumerate() {
            let own = |(_, port): &(f64, usize)| ports[*port].0 == at;
            let path = format!("/spikes/{name}/timestamps");
            spool.all_rows(|values| {
                let own = pairs(values).filter(own).map(|(time, _)| milliseconds(time));
                file.write(&path, &own.collect::<Vec<f64>>()).map_err(other)
            })?;
            let path = format!("/spikes/{name}/node_ids");
            spool.all_rows(|values| {
                let own = pairs(values).filter(own).map(|(_, port)| ports[port].1);
                file.write(&path, &own.collect::<Vec<u64>>()).map_err(other)
            })?;
        }
        file.finish().map_err(other)?;
        Ok(())
    }
}
