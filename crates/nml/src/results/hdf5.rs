//! Results as HDF5.

use std::io::{BufWriter, Error, Result};

use nml_hdf5::{Hdf5Error, Layout, Type};
use nml_sim::{EventRow, Rows};

use super::spool::Spool;
use super::{Column, Opening, Store, Writer, array_names, ids};
use crate::simulate::EventOutput;

/// One dataset per column; for events `t` and `source`, an index into the texts `ids`.
pub(super) struct Hdf5 {
    spool: Spool,
    /// Names, with their attributes.
    columns: Vec<(String, Vec<(&'static str, String)>)>,
    ids: Vec<String>,
}

pub(super) fn other(error: Hdf5Error) -> Error {
    Error::other(error)
}

impl Hdf5 {
    pub(super) fn rows(store: Store, columns: &[Column]) -> Result<Self> {
        let names = array_names(&["t"], columns.iter().map(|c| c.id.clone()));
        let described = columns.iter().zip(names).map(|(c, name)| {
            let units = if c.unit.is_empty() { "1" } else { &c.unit };
            let told = [("units", units), ("id", &c.id), ("quantity", &c.path)];
            (name, told.map(|(name, text)| (name, text.to_owned())).to_vec())
        });
        let mut all = vec![("t".to_owned(), vec![("units", "s".to_owned())])];
        all.extend(described);
        let spool = Spool::new(store, all.len())?;
        Ok(Self { spool, columns: all, ids: Vec::new() })
    }

    pub(super) fn events(store: Store, output: &EventOutput) -> Result<Self> {
        let columns = [("t", "s"), ("source", "1")]
            .map(|(name, unit)| (name.to_owned(), vec![("units", unit.to_owned())]));
        let spool = Spool::new(store, 2)?;
        Ok(Self { spool, columns: columns.to_vec(), ids: ids(output) })
    }
}

impl Writer for Hdf5 {
    fn rows(&mut self, rows: Rows<'_>) -> Result<()> {
        for (time, values) in rows.iter() {
            self.spool.row(std::iter::once(time).chain(values.iter().copied()))?;
        }
        Ok(())
    }

    fn events(&mut self, events: &[EventRow]) -> Result<()> {
        events.iter().try_for_each(|event| self.spool.row([event.time, f64::from(event.port)]))
    }

    fn length(&mut self) -> Result<u64> {
        self.spool.length()
    }

    fn finish(mut self: Box<Self>, open: Opening<'_>) -> Result<()> {
        let rows = self.spool.rows();
        let mut layout = Layout::new();
        let place = |name: &str| format!("/{name}");
        for (name, attributes) in &self.columns {
            layout.dataset(&place(name), Type::F64, &[rows]).map_err(other)?;
            for (attribute, text) in attributes.iter().filter(|(_, text)| !text.is_empty()) {
                layout.attribute(&place(name), attribute, text.as_str()).map_err(other)?;
            }
        }
        if !self.ids.is_empty() {
            let ty = Type::of_texts(self.ids.iter().map(String::as_str));
            layout.dataset("/ids", ty, &[self.ids.len() as u64]).map_err(other)?;
        }
        let mut file = layout.begin(BufWriter::new(open()?)).map_err(other)?;
        for (column, (name, _)) in self.columns.iter().enumerate() {
            let name = place(name);
            self.spool.column(column, |values| file.write(&name, values).map_err(other))?;
        }
        if !self.ids.is_empty() {
            file.write_texts("/ids", self.ids.iter().map(String::as_str)).map_err(other)?;
        }
        file.finish().map_err(other)?;
        Ok(())
    }
}
