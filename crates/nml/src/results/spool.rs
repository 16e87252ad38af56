//! Rows that wait on disk, because what a file needs first is known at the end only.

use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

use super::Store;

/// What is kept in memory until the end; more goes to a file of its own.
const IN_MEMORY: usize = 32 << 20;
/// The most rows of a block.
const MOST_ROWS: usize = 1024;
/// About the most numbers of a block, where that leaves enough rows.
const MOST_NUMBERS: usize = 1 << 22;
const LEAST_ROWS: usize = 64;

/// A file or what stands for one.
trait Disk: Read + Write + Seek {
    /// Sees to it that a failure of power costs nothing.
    fn sync(&mut self) -> Result<()>;
}

impl Disk for File {
    fn sync(&mut self) -> Result<()> {
        self.sync_data()
    }
}

impl Disk for SpooledTempFile {
    /// Nobody goes on with a file without a name.
    fn sync(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Rows of numbers in blocks, column after column within a block, each after the number of its rows.
///
/// A block that was written stays as it is, so a file that is cut to a length it once had goes on from there.
pub(super) struct Spool {
    disk: Box<dyn Disk>,
    width: usize,
    /// The most rows of a block.
    most: usize,
    /// Rows of each block on disk.
    blocks: Vec<usize>,
    /// The end of the last one.
    end: u64,
    /// Rows that wait for a block, one after the other.
    waiting: Vec<f64>,
    bytes: Vec<u8>,
}

impl Spool {
    /// Rows of so many numbers, at least one, after those that are there.
    pub(super) fn new(store: Store, width: usize) -> Result<Self> {
        let (disk, length): (Box<dyn Disk>, u64) = match store {
            Store::Folder(folder) => {
                (Box::new(tempfile::spooled_tempfile_in(IN_MEMORY, folder)), 0)
            }
            Store::File { file, length } => (Box::new(file), length),
        };
        let most = (MOST_NUMBERS / width).clamp(LEAST_ROWS, MOST_ROWS);
        let (blocks, waiting, bytes) = (Vec::new(), Vec::new(), Vec::new());
        let mut spool = Self { disk, width, most, blocks, end: 0, waiting, bytes };
        while spool.end < length {
            let mut rows = [0; 8];
            spool.disk.seek(SeekFrom::Start(spool.end))?;
            spool.disk.read_exact(&mut rows)?;
            let rows = usize::try_from(u64::from_le_bytes(rows)).unwrap_or(0);
            if !(1..=most).contains(&rows) || spool.end + spool.size(rows) > length {
                return Err(Error::new(ErrorKind::InvalidData, "its rows are not as they were"));
            }
            spool.end += spool.size(rows);
            spool.blocks.push(rows);
        }
        Ok(spool)
    }

    /// The bytes of a block.
    fn size(&self, rows: usize) -> u64 {
        8 + (rows * self.width * 8) as u64
    }

    /// Adds a row.
    pub(super) fn row(&mut self, row: impl IntoIterator<Item = f64>) -> Result<()> {
        self.waiting.extend(row);
        if self.waiting.len() >= self.most * self.width { self.put() } else { Ok(()) }
    }

    /// Makes a block of what waits.
    fn put(&mut self) -> Result<()> {
        let rows = self.waiting.len() / self.width;
        if rows == 0 {
            return Ok(());
        }
        self.bytes.clear();
        self.bytes.extend((rows as u64).to_le_bytes());
        for column in 0..self.width {
            let values = self.waiting.iter().skip(column).step_by(self.width);
            self.bytes.extend(values.flat_map(|value| value.to_le_bytes()));
        }
        self.disk.seek(SeekFrom::Start(self.end))?;
        self.disk.write_all(&self.bytes)?;
        self.end += self.size(rows);
        self.blocks.push(rows);
        self.waiting.clear();
        Ok(())
    }

    /// Sees to it that all rows are on disk; the length of what is there.
    pub(super) fn length(&mut self) -> Result<u64> {
        self.put()?;
        self.disk.sync()?;
        Ok(self.end)
    }

    pub(super) fn rows(&self) -> u64 {
        let here = self.blocks.iter().sum::<usize>() + self.waiting.len() / self.width;
        here as u64
    }

    /// Hands on a column, in blocks.
    pub(super) fn column(
        &mut self,
        column: usize,
        mut to: impl FnMut(&[f64]) -> Result<()>,
    ) -> Result<()> {
        self.put()?;
        let (mut start, mut values) = (0, Vec::new());
        for at in 0..self.blocks.len() {
            let rows = self.blocks[at];
            self.read(start + 8 + (column * rows * 8) as u64, rows, &mut values)?;
            to(&values)?;
            start += self.size(rows);
        }
        Ok(())
    }

    /// Hands on all rows, in blocks of whole rows, one row after the other.
    pub(super) fn all_rows(&mut self, mut to: impl FnMut(&[f64]) -> Result<()>) -> Result<()> {
        self.put()?;
        let (mut start, mut values, mut turned) = (0, Vec::new(), Vec::new());
        for at in 0..self.blocks.len() {
            let rows = self.blocks[at];
            self.read(start + 8, rows * self.width, &mut values)?;
            turned.clear();
            for row in 0..rows {
                turned.extend(values.iter().skip(row).step_by(rows));
            }
            to(&turned)?;
            start += self.size(rows);
        }
        Ok(())
    }

    /// Reads so many numbers.
    fn read(&mut self, start: u64, count: usize, values: &mut Vec<f64>) -> Result<()> {
        self.bytes.resize(count * 8, 0);
        self.disk.seek(SeekFrom::Start(start))?;
        self.disk.read_exact(&mut self.bytes)?;
        values.clear();
        values.extend(self.bytes.as_chunks::<8>().0.iter().map(|x| f64::from_le_bytes(*x)));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(width: usize, from: usize, to: usize) -> Vec<Vec<f64>> {
        let number = |row: usize, column: usize| row as f64 + column as f64 / 1000.0;
        (from..to).map(|row| (0..width).map(|column| number(row, column)).collect()).collect()
    }

    #[test]
    fn a_spool_that_is_cut_goes_on_where_it_was() {
        for width in [1, 3] {
            let most = (MOST_NUMBERS / width).clamp(LEAST_ROWS, MOST_ROWS);
            let total = most * 2 + 7;
            for cut in [0, 1, most - 1, most, most + 1, 2 * most, total] {
                let file = tempfile::tempfile().unwrap();
                let store = |length| Store::File { file: file.try_clone().unwrap(), length };
                let mut spool = Spool::new(store(0), width).unwrap();
                for row in rows(width, 0, cut) {
                    spool.row(row).unwrap();
                }
                let length = spool.length().unwrap();
                for row in rows(width, 7, 7 + most) {
                    spool.row(row).unwrap();
                }
                spool.length().unwrap();
                drop(spool);
                file.set_len(length).unwrap();
                let mut spool = Spool::new(store(length), width).unwrap();
                for row in rows(width, cut, total) {
                    spool.row(row).unwrap();
                }
                assert_eq!(spool.rows(), total as u64);
                let mut all = Vec::new();
                let take = |values: &[f64]| {
                    all.extend_from_slice(values);
                    Ok(())
                };
                spool.all_rows(take).unwrap();
                assert!(all == rows(width, 0, total).concat(), "{width} {cut}");
                let mut last = Vec::new();
                let take = |values: &[f64]| {
                    last.extend_from_slice(values);
                    Ok(())
                };
                spool.column(width - 1, take).unwrap();
                let expected: Vec<f64> =
                    rows(width, 0, total).iter().map(|row| row[width - 1]).collect();
                assert!(last == expected, "{width} {cut}");
            }
        }
        let file = tempfile::tempfile().unwrap();
        assert!(Spool::new(Store::File { file, length: 20 }, 3).is_err());
    }
}
