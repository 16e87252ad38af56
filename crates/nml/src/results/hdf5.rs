//! Results as HDF5.

use std::io::{Error, Result};

use nml_hdf5::{Hdf5Error, TableWriter};
use nml_sim::{EventRow, Rows};

use super::{Column, Target, Writer, array_names, ids};
use crate::simulate::EventOutput;

/// One dataset per column; for events `t` and `source`, an index into the texts `ids`.
pub(super) struct Hdf5 {
    table: TableWriter,
    width: usize,
}

fn other(error: Hdf5Error) -> Error {
    Error::other(error)
}

fn column(name: &str, attributes: &[(&str, &str)]) -> nml_hdf5::Column {
    let given = attributes.iter().filter(|(_, value)| !value.is_empty());
    let attributes = given.map(|&(name, value)| (name.to_owned(), value.to_owned()));
    nml_hdf5::Column { name: name.to_owned(), attributes: attributes.collect() }
}

impl Hdf5 {
    pub(super) fn rows(target: &Target, columns: &[Column]) -> Result<Self> {
        let names = array_names(&["t"], columns.iter().map(|c| c.id.clone()));
        let described = columns.iter().zip(&names).map(|(c, name)| {
            let units = if c.unit.is_empty() { "1" } else { &c.unit };
            column(name, &[("units", units), ("id", &c.id), ("quantity", &c.path)])
        });
        let mut all = vec![column("t", &[("units", "s")])];
        all.extend(described);
        let table = TableWriter::create(&target.path, &all, &[]).map_err(other)?;
        Ok(Self { table, width: columns.len() })
    }

    pub(super) fn events(target: &Target, output: &EventOutput) -> Result<Self> {
        let all = [column("t", &[("units", "s")]), column("source", &[("units", "1")])];
        let texts: [(&str, &[String]); 1] = [("ids", &ids(output))];
        let table = TableWriter::create(&target.path, &all, &texts).map_err(other)?;
        Ok(Self { table, width: 1 })
    }
}

impl Writer for Hdf5 {
    fn rows(&mut self, rows: Rows<'_>) -> Result<()> {
        self.table.append(0, rows.times.iter().copied()).map_err(other)?;
        for column in 0..self.width {
            let values = rows.values.iter().skip(column).step_by(self.width).copied();
            self.table.append(column + 1, values).map_err(other)?;
        }
        Ok(())
    }

    fn events(&mut self, events: &[EventRow]) -> Result<()> {
        self.table.append(0, events.iter().map(|e| e.time)).map_err(other)?;
        self.table.append(1, events.iter().map(|e| f64::from(e.port))).map_err(other)
    }

    fn finish(self: Box<Self>) -> Result<()> {
        self.table.finish().map_err(other)
    }
}
