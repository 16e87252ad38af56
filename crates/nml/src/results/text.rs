//! Results as text.

use std::fs::File;
use std::io::{Error, ErrorKind, Result, Seek, SeekFrom, Write};

use nml_sim::{EventRow, Rows};

use super::float::{Digits, Spelled, push_double};
use super::{Column, Opening, Store, Writer, ids};
use crate::simulate::{EventFormat, EventOutput};

/// How much text waits before it is written.
const FULL: usize = 256 * 1024;

struct Text {
    file: File,
    waiting: Vec<u8>,
}

impl Text {
    /// Text after what is there, which begins with `header`.
    fn new(store: Store, header: impl FnOnce() -> Vec<u8>) -> Result<Self> {
        let Store::File { mut file, length } = store else {
            return Err(Error::new(ErrorKind::InvalidInput, "text needs a file"));
        };
        file.seek(SeekFrom::Start(length))?;
        Ok(Self { file, waiting: if length == 0 { header() } else { Vec::new() } })
    }

    /// Sees to it that all text is in the file; how long that is.
    fn length(&mut self) -> Result<u64> {
        self.pass_on(0)?;
        self.file.sync_data()?;
        self.file.stream_position()
    }

    fn pass_on(&mut self, least: usize) -> Result<()> {
        if self.waiting.len() > least {
            self.file.write_all(&self.waiting)?;
            self.waiting.clear();
        }
        Ok(())
    }
}

/// As other programs write: a row per step, time in seconds, then the columns in SI units, each
/// number followed by a tab; or a row per event, time and identifier or the reverse.
pub(super) struct Dat {
    text: Text,
    ids: Vec<String>,
    time_first: bool,
    digits: Digits,
    /// By column.
    last: Vec<Spelled>,
}

impl Dat {
    pub(super) fn rows(store: Store, digits: Digits) -> Result<Self> {
        let (text, ids) = (Text::new(store, Vec::new)?, Vec::new());
        Ok(Self { text, ids, time_first: true, digits, last: Vec::new() })
    }

    pub(super) fn events(store: Store, output: &EventOutput, digits: Digits) -> Result<Self> {
        let time_first = output.format == EventFormat::TimeId;
        let text = Text::new(store, Vec::new)?;
        Ok(Self { text, ids: ids(output), time_first, digits, last: Vec::new() })
    }
}

impl Writer for Dat {
    fn rows(&mut self, rows: Rows<'_>) -> Result<()> {
        let text = &mut self.text.waiting;
        for (time, values) in rows.iter() {
            self.digits.push_row(text, time);
            text.push(b'\t');
            self.last.resize(values.len(), Spelled::default());
            for (&value, last) in values.iter().zip(&mut self.last) {
                self.digits.push_cell(text, value, last);
            }
            text.push(b'\n');
        }
        self.text.pass_on(FULL)
    }

    fn events(&mut self, events: &[EventRow]) -> Result<()> {
        let text = &mut self.text.waiting;
        for event in events {
            let id = self.ids.get(event.port as usize).map_or("", String::as_str);
            if self.time_first {
                self.digits.push_event(text, event.time);
                text.push(b'\t');
                text.extend_from_slice(id.as_bytes());
            } else {
                text.extend_from_slice(id.as_bytes());
                text.push(b'\t');
                self.digits.push_event(text, event.time);
            }
            text.push(b'\n');
        }
        self.text.pass_on(FULL)
    }

    fn length(&mut self) -> Result<u64> {
        self.text.length()
    }

    fn finish(mut self: Box<Self>, _: Opening<'_>) -> Result<()> {
        self.text.pass_on(0)
    }
}

/// Comma-separated values (RFC 4180) with a header: time in seconds first, then the columns in SI units, in
/// double precision; events as time and identifier.
pub(super) struct Csv {
    text: Text,
    ids: Vec<String>,
}

impl Csv {
    pub(super) fn rows(store: Store, columns: &[Column]) -> Result<Self> {
        let header = || {
            let mut text = "t (s)".to_owned();
            for Column { id, unit, .. } in columns {
                let unit = if unit.is_empty() { String::new() } else { format!(" ({unit})") };
                text.push(',');
                text.push_str(&cell(&format!("{id}{unit}")));
            }
            text.push('\n');
            text.into_bytes()
        };
        Ok(Self { text: Text::new(store, header)?, ids: Vec::new() })
    }

    pub(super) fn events(store: Store, output: &EventOutput) -> Result<Self> {
        let text = Text::new(store, || b"t (s),id\n".to_vec())?;
        Ok(Self { text, ids: ids(output).iter().map(|id| cell(id)).collect() })
    }
}

/// A text as a cell, quoted if need be.
fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

impl Writer for Csv {
    fn rows(&mut self, rows: Rows<'_>) -> Result<()> {
        let text = &mut self.text.waiting;
        for (time, values) in rows.iter() {
            push_double(text, time);
            for &value in values {
                text.push(b',');
                push_double(text, value);
            }
            text.push(b'\n');
        }
        self.text.pass_on(FULL)
    }

    fn events(&mut self, events: &[EventRow]) -> Result<()> {
        let text = &mut self.text.waiting;
        for event in events {
            push_double(text, event.time);
            text.push(b',');
            text.extend_from_slice(
                self.ids.get(event.port as usize).map_or("", String::as_str).as_bytes(),
            );
            text.push(b'\n');
        }
        self.text.pass_on(FULL)
    }

    fn length(&mut self) -> Result<u64> {
        self.text.length()
    }

    fn finish(mut self: Box<Self>, _: Opening<'_>) -> Result<()> {
        self.text.pass_on(0)
    }
}
