//! Results as text, as the reference interpreter writes them.
//!
//! A trace file has no header and one row per step: time in seconds, then the columns in SI units, each number
//! in single precision and followed by a tab.  An event file has a row per event: time and identifier, or the
//! reverse, with a tab between.

use std::fmt::Write;

use nml_sim::{EventRow, Rows, Sink, SinkError};

use crate::simulate::{EventFormat, Prepared};

/// Turns results to text and hands it on, file by file, in the order of [`Prepared::files`].
pub struct TextSink<'p, W> {
    prepared: &'p Prepared,
    write: W,
    text: String,
}

impl<W> std::fmt::Debug for TextSink<'_, W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TextSink")
    }
}

impl<'p, W: FnMut(usize, &str) -> Result<(), SinkError>> TextSink<'p, W> {
    /// `write` takes the index of a file and text to be added to it.
    pub fn new(prepared: &'p Prepared, write: W) -> Self {
        Self { prepared, write, text: String::new() }
    }
}

impl<W: FnMut(usize, &str) -> Result<(), SinkError>> Sink for TextSink<'_, W> {
    fn rows(&mut self, output: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        if output >= self.prepared.experiment.outputs.len() {
            return Ok(());
        }
        self.text.clear();
        for (time, values) in rows.iter() {
            push_float(&mut self.text, time);
            self.text.push('\t');
            for &value in values {
                push_float(&mut self.text, value);
                self.text.push('\t');
            }
            self.text.push('\n');
        }
        (self.write)(output, &self.text)
    }

    fn events(&mut self, output: usize, events: &[EventRow]) -> Result<(), SinkError> {
        let Some(file) = self.prepared.experiment.event_outputs.get(output) else { return Ok(()) };
        self.text.clear();
        for event in events {
            let id = file.selections.get(event.port as usize).map_or("", |s| s.id.as_str());
            match file.format {
                EventFormat::TimeId => {
                    push_float(&mut self.text, event.time);
                    let _ = writeln!(self.text, "\t{id}");
                }
                EventFormat::IdTime => {
                    let _ = write!(self.text, "{id}\t");
                    push_float(&mut self.text, event.time);
                    self.text.push('\n');
                }
            }
        }
        (self.write)(self.prepared.experiment.outputs.len() + output, &self.text)
    }
}

/// A number in single precision, the shortest digits that tell it from its neighbours, as Java writes it:
/// plain from 0.001 to ten million (`0.02`), else with an exponent (`1.0E-4`).
fn push_float(text: &mut String, value: f64) {
    #[expect(clippy::cast_possible_truncation, reason = "the format is single precision")]
    let value = value as f32;
    let size = value.abs();
    // Writing to a string does not fail.
    let _ = if value.is_nan() {
        text.write_str("NaN")
    } else if value.is_infinite() {
        text.write_str(if value > 0.0 { "Infinity" } else { "-Infinity" })
    } else if value == 0.0 || (1e-3..1e7).contains(&size) {
        write!(text, "{value:?}")
    } else {
        let digits = format!("{value:e}");
        let (mantissa, exponent) = digits.split_once('e').unwrap_or((&digits, "0"));
        let point = if mantissa.contains('.') { "" } else { ".0" };
        write!(text, "{mantissa}{point}E{exponent}")
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_look_as_java_writes_them() {
        for (value, expected) in [
            (0.0, "0.0"),
            (-0.065, "-0.065"),
            (1e-4, "1.0E-4"),
            (0.3, "0.3"),
            (5e-6, "5.0E-6"),
            (1.5e10, "1.5E10"),
            (1e7, "1.0E7"),
            (9_999_999.0, "9999999.0"),
            (-1.234e-12, "-1.234E-12"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            let mut text = String::new();
            push_float(&mut text, value);
            assert_eq!(text, expected);
        }
    }
}
