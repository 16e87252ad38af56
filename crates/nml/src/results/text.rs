//! Results as text.

use std::fs::File;
use std::io::{Result, Write};

use nml_sim::{EventRow, Rows};

use super::float::{Digits, Spelled, push_double};
use super::{Column, Target, Writer, ids};
use crate::simulate::{EventFormat, EventOutput};

/// How much text waits before it is written.
const FULL: usize = 256 * 1024;

struct Text {
    file: File,
    waiting: Vec<u8>,
}

impl Text {
    fn new(target: Target) -> Self {
        Self { file: target.file, waiting: Vec::new() }
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
    pub(super) fn rows(target: Target, digits: Digits) -> Self {
        Self {
            text: Text::new(target),
            ids: Vec::new(),
            time_first: true,
            digits,
            last: Vec::new(),
        }
    }

    pub(super) fn events(target: Target, output: &EventOutput, digits: Digits) -> Self {
        let time_first = output.format == EventFormat::TimeId;
        Self { text: Text::new(target), ids: ids(output), time_first, digits, last: Vec::new() }
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

    fn finish(mut self: Box<Self>) -> Result<()> {
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
    pub(super) fn rows(target: Target, columns: &[Column]) -> Self {
        let mut text = Text::new(target);
        text.waiting.extend_from_slice(b"t (s)");
        for column in columns {
            let unit =
                if column.unit.is_empty() { String::new() } else { format!(" ({})", column.unit) };
            text.waiting.push(b',');
            text.waiting.extend_from_slice(cell(&format!("{}{unit}", column.id)).as_bytes());
        }
        text.waiting.push(b'\n');
        Self { text, ids: Vec::new() }
    }

    pub(super) fn events(target: Target, output: &EventOutput) -> Self {
        let mut text = Text::new(target);
        text.waiting.extend_from_slice(b"t (s),id\n");
        Self { text, ids: ids(output).iter().map(|id| cell(id)).collect() }
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

    fn finish(mut self: Box<Self>) -> Result<()> {
        self.text.pass_on(0)
    }
}
