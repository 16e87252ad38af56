//! Results as arrays for numpy: a zip file of `.npy` files, not packed.
//!
//! The format of arrays is version 1.0 of numpy's, as `numpy.lib.format` describes it.

use std::fs::File;
use std::io::{Result, Write};

use nml_sim::{EventRow, Rows};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::spool::Spool;
use super::{Column, Opening, Store, Writer, array_names, ids};
use crate::simulate::EventOutput;

/// A zip file of arrays.
pub(super) struct Npz {
    spool: Spool,
    /// Names and units of the columns after time; for events one column, the index of the source.
    names: Vec<String>,
    units: Vec<String>,
    events: bool,
}

/// Names that are not for columns.
const OWN: [&str; 3] = ["t", "columns", "units"];

impl Npz {
    pub(super) fn rows(store: Store, columns: &[Column]) -> Result<Self> {
        Ok(Self {
            spool: Spool::new(store, columns.len() + 1)?,
            names: array_names(&OWN, columns.iter().map(|c| c.id.clone())),
            units: columns.iter().map(|c| c.unit.clone()).collect(),
            events: false,
        })
    }

    pub(super) fn events(store: Store, output: &EventOutput) -> Result<Self> {
        let spool = Spool::new(store, 2)?;
        Ok(Self { spool, names: ids(output), units: Vec::new(), events: true })
    }
}

impl Writer for Npz {
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
        let mut file = open()?;
        let mut zip = ZipWriter::new(&mut file);
        let rows = self.spool.rows();
        let large = rows * 8 + 4096 > u64::from(u32::MAX);
        // The date in the archive is the same each time, so that the same run gives the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(zip::DateTime::default())
            .large_file(large);
        let spool = &mut self.spool;
        let begin = |zip: &mut ZipWriter<&mut File>, name: &str, ty: &str, len: u64| {
            zip.start_file(format!("{name}.npy"), options)?;
            zip.write_all(&header(ty, len))
        };
        let bytes = |values: &[f64]| -> Vec<u8> {
            values.iter().flat_map(|value| value.to_le_bytes()).collect()
        };
        begin(&mut zip, "t", "<f8", rows)?;
        spool.column(0, |values| zip.write_all(&bytes(values)))?;
        if self.events {
            begin(&mut zip, "source", "<i8", rows)?;
            spool.column(1, |values| {
                #[expect(clippy::cast_possible_truncation, reason = "made of a u32")]
                let whole = values.iter().flat_map(|&n| (n as i64).to_le_bytes());
                zip.write_all(&whole.collect::<Vec<u8>>())
            })?;
            let (ty, bytes) = texts(&self.names);
            begin(&mut zip, "ids", &ty, self.names.len() as u64)?;
            zip.write_all(&bytes)?;
        } else {
            for (at, name) in self.names.iter().enumerate() {
                begin(&mut zip, name, "<f8", rows)?;
                spool.column(at + 1, |values| zip.write_all(&bytes(values)))?;
            }
            for (name, list) in [("columns", &self.names), ("units", &self.units)] {
                let (ty, bytes) = texts(list);
                begin(&mut zip, name, &ty, list.len() as u64)?;
                zip.write_all(&bytes)?;
            }
        }
        zip.finish()?;
        Ok(())
    }
}

/// What stands before the bytes of a one-dimensional array.
fn header(ty: &str, len: u64) -> Vec<u8> {
    let mut text = format!("{{'descr': '{ty}', 'fortran_order': False, 'shape': ({len},), }}");
    // Magic word, version and length take 10 bytes; the whole is a multiple of 64 and ends a line.
    while !(10 + text.len() + 1).is_multiple_of(64) {
        text.push(' ');
    }
    text.push('\n');
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    let len = u16::try_from(text.len()).unwrap_or(u16::MAX);
    bytes.extend_from_slice(&len.to_le_bytes());
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

/// An array of texts: its type and bytes, UTF-32 of equal length.
fn texts(list: &[String]) -> (String, Vec<u8>) {
    let longest = list.iter().map(|text| text.chars().count()).max().unwrap_or(0).max(1);
    let mut bytes = Vec::with_capacity(list.len() * longest * 4);
    for text in list {
        let padded = text.chars().map(u32::from).chain(std::iter::repeat(0)).take(longest);
        bytes.extend(padded.flat_map(u32::to_le_bytes));
    }
    (format!("<U{longest}"), bytes)
}
