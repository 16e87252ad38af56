//! Results as arrays for numpy: a zip file of `.npy` files, not packed.
//!
//! The format of arrays is version 1.0 of numpy's, as `numpy.lib.format` describes it.

use std::fs::File;
use std::io::{Read, Result, Seek, SeekFrom, Write};
use std::path::Path;

use nml_sim::{EventRow, Rows};
use tempfile::SpooledTempFile;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Column, Target, Writer, array_names, ids};
use crate::simulate::EventOutput;

/// What is kept in memory until the end; more goes to a file of its own.
const IN_MEMORY: usize = 32 << 20;

/// Columns on their way, in blocks of so and so many rows, column after column within a block: a zip file needs
/// one column after the other, and how many rows there are is known at the end only.
struct Spool {
    file: SpooledTempFile,
    width: usize,
    /// Rows of each block.
    blocks: Vec<usize>,
    bytes: Vec<u8>,
}

impl Spool {
    fn new(folder: &Path, width: usize) -> Self {
        let file = tempfile::spooled_tempfile_in(IN_MEMORY, folder);
        Self { file, width, blocks: Vec::new(), bytes: Vec::new() }
    }

    /// Adds a block; `value` of column and row.
    fn add(&mut self, rows: usize, value: impl Fn(usize, usize) -> f64) -> Result<()> {
        self.bytes.clear();
        for column in 0..self.width {
            for row in 0..rows {
                self.bytes.extend_from_slice(&value(column, row).to_le_bytes());
            }
        }
        self.blocks.push(rows);
        self.file.write_all(&self.bytes)
    }

    fn rows(&self) -> usize {
        self.blocks.iter().sum()
    }

    /// Hands on the bytes of a column, block by block.
    fn column(&mut self, column: usize, mut to: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
        let mut start = 0_u64;
        for &rows in &self.blocks {
            let size = rows * 8;
            self.file.seek(SeekFrom::Start(start + (column * size) as u64))?;
            self.bytes.resize(size, 0);
            self.file.read_exact(&mut self.bytes)?;
            to(&self.bytes)?;
            start += (size * self.width) as u64;
        }
        Ok(())
    }
}

/// A zip file of arrays.
pub(super) struct Npz {
    file: File,
    spool: Spool,
    /// Names and units of the columns after time; for events one column, the index of the source.
    names: Vec<String>,
    units: Vec<String>,
    events: bool,
}

/// Names that are not for columns.
const OWN: [&str; 3] = ["t", "columns", "units"];

impl Npz {
    pub(super) fn rows(target: Target, columns: &[Column]) -> Self {
        let folder = target.path.parent().unwrap_or(Path::new("."));
        Self {
            spool: Spool::new(folder, columns.len() + 1),
            file: target.file,
            names: array_names(&OWN, columns.iter().map(|c| c.id.clone())),
            units: columns.iter().map(|c| c.unit.clone()).collect(),
            events: false,
        }
    }

    pub(super) fn events(target: Target, output: &EventOutput) -> Self {
        let folder = target.path.parent().unwrap_or(Path::new("."));
        Self {
            spool: Spool::new(folder, 2),
            file: target.file,
            names: ids(output),
            units: Vec::new(),
            events: true,
        }
    }
}

impl Writer for Npz {
    fn rows(&mut self, rows: Rows<'_>) -> Result<()> {
        let width = self.spool.width - 1;
        let value = |column: usize, row: usize| match column {
            0 => rows.times[row],
            column => rows.values[row * width + column - 1],
        };
        self.spool.add(rows.times.len(), value)
    }

    fn events(&mut self, events: &[EventRow]) -> Result<()> {
        let value = |column: usize, row: usize| match column {
            0 => events[row].time,
            _ => f64::from(events[row].port),
        };
        self.spool.add(events.len(), value)
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        let mut zip = ZipWriter::new(&mut self.file);
        let rows = self.spool.rows();
        let large = rows as u64 * 8 + 4096 > u64::from(u32::MAX);
        // The date in the archive is the same each time, so that the same run gives the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(zip::DateTime::default())
            .large_file(large);
        let spool = &mut self.spool;
        let begin = |zip: &mut ZipWriter<&mut File>, name: &str, ty: &str, len: usize| {
            zip.start_file(format!("{name}.npy"), options)?;
            zip.write_all(&header(ty, len))
        };
        begin(&mut zip, "t", "<f8", rows)?;
        spool.column(0, |bytes| zip.write_all(bytes))?;
        if self.events {
            begin(&mut zip, "source", "<i8", rows)?;
            spool.column(1, |bytes| {
                let (numbers, _) = bytes.as_chunks::<8>();
                #[expect(clippy::cast_possible_truncation, reason = "made of a u32")]
                let whole =
                    numbers.iter().flat_map(|n| (f64::from_le_bytes(*n) as i64).to_le_bytes());
                zip.write_all(&whole.collect::<Vec<u8>>())
            })?;
            let (ty, bytes) = texts(&self.names);
            begin(&mut zip, "ids", &ty, self.names.len())?;
            zip.write_all(&bytes)?;
        } else {
            for (at, name) in self.names.iter().enumerate() {
                begin(&mut zip, name, "<f8", rows)?;
                spool.column(at + 1, |bytes| zip.write_all(bytes))?;
            }
            for (name, list) in [("columns", &self.names), ("units", &self.units)] {
                let (ty, bytes) = texts(list);
                begin(&mut zip, name, &ty, list.len())?;
                zip.write_all(&bytes)?;
            }
        }
        zip.finish()?;
        Ok(())
    }
}

/// What stands before the bytes of a one-dimensional array.
fn header(ty: &str, len: usize) -> Vec<u8> {
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
