//! From recorded numbers to a verdict.

use nml_base::SourceLoader;

use crate::compare::{Mismatch, compare};
use crate::data::{DataError, Recorded, table};
use crate::spikes::{detect, rate};
use crate::test::{
    Check, Expected, Ids, Observable, SpikeFile, SpikeFormat, SpikeSource, TraceFile,
};

/// What came of a check.
#[derive(Clone, PartialEq, Debug)]
pub enum Verdict {
    /// As expected.
    Passed {
        /// The largest difference relative to the expected value, where there was something to compare.
        error: Option<f64>,
    },
    /// Not as expected.
    Failed(Failure),
    /// Nothing a finished run could be asked for; the words of the test file.
    Unsupported(&'static str),
}

/// Why a check failed.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum Failure {
    /// There are no numbers to look at.
    Data(DataError),
    /// The numbers differ.
    Mismatch(Box<Mismatch>),
    /// A spike file should hold the spikes of exactly one cell.
    NotOneCell {
        /// How many it holds.
        cells: usize,
    },
    /// A zero in a list of spike times; OMV takes it for a missing value.
    Zero {
        /// Whether it is among the expected ones.
        expected: bool,
    },
    /// Rows and columns do not fit.
    Shape {
        /// Rows and columns that came out.
        observed: (usize, usize),
        /// Rows and columns that should have.
        expected: (usize, usize),
    },
    /// Something outside of 0 to 1.
    OutOfBounds {
        /// The column of the file, from 0.
        column: usize,
        /// What the first column says there.
        time: f64,
        /// The value.
        value: f64,
    },
}

impl From<DataError> for Failure {
    fn from(error: DataError) -> Self {
        Self::Data(error)
    }
}

/// Forms an observable from what was recorded and compares it with what is expected; what is expected in a file
/// is read through `files`.
pub fn evaluate(check: &Check, recorded: &dyn Recorded, files: &dyn SourceLoader) -> Verdict {
    let verdict = match &check.observable {
        Observable::Dry => Ok(None),
        Observable::Unsupported(name) => return Verdict::Unsupported(name),
        Observable::ActivationVariables(file) => bounds(file, recorded),
        Observable::TimeSeries(file) => series(check, file, recorded, files),
        Observable::SpikeTimes(source) => spike_times(check, source, recorded),
        Observable::SpikeRate { source, method, start, end } => {
            cells(source, recorded).and_then(|cells| {
                let rates = cells.iter().map(|(_, times)| rate(times, *method, *start, *end));
                let mean =
                    if cells.is_empty() { 0.0 } else { rates.sum::<f64>() / cells.len() as f64 };
                scalar(check, mean)
            })
        }
        Observable::Resting { file, average_last } => {
            columns(file, recorded).and_then(|columns| {
                let values = columns.get(1).ok_or_else(|| no_second(file))?;
                // As Python slices: the last 0 values are all of them.
                let from =
                    if *average_last == 0 { 0 } else { values.len().saturating_sub(*average_last) };
                scalar(check, mean(values.iter().skip(from).copied()))
            })
        }
        Observable::InputResistance { voltage, current, holding, command } => {
            resistance(voltage, current, *holding, *command, recorded)
                .and_then(|ohms| scalar(check, ohms))
        }
    };
    match verdict {
        Ok(error) => Verdict::Passed { error },
        Err(failure) => Verdict::Failed(failure),
    }
}

fn no_second(file: &TraceFile) -> Failure {
    let (path, column) = (file.path.clone(), 1);
    Failure::Data(DataError::NoColumn { path, column, columns: file.columns.len() })
}

/// The columns of a file, scaled.
fn columns(file: &TraceFile, recorded: &dyn Recorded) -> Result<Vec<Vec<f64>>, Failure> {
    let mut out = Vec::with_capacity(file.columns.len());
    for (&column, &factor) in file.columns.iter().zip(&file.scaling) {
        let values = recorded.column(&file.path, column)?;
        out.push(values.into_iter().skip(file.header).map(|v| v * factor).collect());
    }
    Ok(out)
}

/// Spike times by cell, in the order in which cells spike first.
fn cells(source: &SpikeSource, recorded: &dyn Recorded) -> Result<Vec<(f64, Vec<f64>)>, Failure> {
    match source {
        SpikeSource::Trace(file, detection) => {
            let columns = columns(file, recorded)?;
            let (Some(times), Some(values)) = (columns.first(), columns.get(1)) else {
                return Err(no_second(file));
            };
            let found = detect(values, *detection);
            Ok(vec![(0.0, found.into_iter().filter_map(|i| times.get(i).copied()).collect())])
        }
        SpikeSource::Times(file) => {
            Ok(vec![(0.0, columns(file, recorded)?.into_iter().next().unwrap_or_default())])
        }
        SpikeSource::Spikes(file) => spikes(file, recorded),
    }
}

fn spikes(file: &SpikeFile, recorded: &dyn Recorded) -> Result<Vec<(f64, Vec<f64>)>, Failure> {
    let (first, second) = (recorded.column(&file.path, 0)?, recorded.column(&file.path, 1)?);
    let (ids, times, header) = match file.format {
        SpikeFormat::IdTime => (first, second, 0),
        SpikeFormat::TimeId => (second, first, 0),
        SpikeFormat::IdTimeNest => (first, second, 3),
    };
    let mut cells: Vec<(f64, Vec<f64>)> = Vec::new();
    let mut known: Vec<(u64, usize)> = Vec::new();
    for (id, time) in ids.into_iter().zip(times).skip(header) {
        if !matches!(file.ids, Ids::All) && file.ids != Ids::One(id) {
            continue;
        }
        // Sorted by bits, so that a million spikes of ten thousand cells take no time.
        let at = match known.binary_search_by_key(&id.to_bits(), |&(bits, _)| bits) {
            Ok(found) => known[found].1,
            Err(place) => {
                known.insert(place, (id.to_bits(), cells.len()));
                cells.push((id, Vec::new()));
                cells.len() - 1
            }
        };
        cells[at].1.push(time * file.scaling);
    }
    Ok(cells)
}

fn spike_times(
    check: &Check,
    source: &SpikeSource,
    recorded: &dyn Recorded,
) -> Result<Option<f64>, Failure> {
    let cells = cells(source, recorded)?;
    let listed = matches!(source, SpikeSource::Spikes(_));
    let [(_, observed)] = cells.as_slice() else {
        return Err(Failure::NotOneCell { cells: cells.len() });
    };
    let Expected::List(expected) = &check.expected else { return Ok(None) };
    // In lists a zero counts as missing; what is found in a trace is no list.
    if listed && observed.contains(&0.0) {
        return Err(Failure::Zero { expected: false });
    }
    if expected.contains(&0.0) {
        return Err(Failure::Zero { expected: true });
    }
    compare(observed, expected, check.tolerance).map_err(Failure::Mismatch)
}

fn scalar(check: &Check, observed: f64) -> Result<Option<f64>, Failure> {
    let Expected::Number(expected) = check.expected else { return Ok(None) };
    compare(&[observed], &[expected], check.tolerance).map_err(Failure::Mismatch)
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut number) = (0.0, 0.0);
    for value in values {
        sum += value;
        number += 1.0;
    }
    // Of nothing: not a number, which is close to nothing.
    sum / number
}

/// Source: OMV 0.4, `analyzers/utils/timeseries.py`, `input_resistance`: the rows of a window are those of the
/// file with the current.
fn resistance(
    voltage: &TraceFile,
    current: &TraceFile,
    holding: [f64; 2],
    command: [f64; 2],
    recorded: &dyn Recorded,
) -> Result<f64, Failure> {
    let (voltages, currents) = (columns(voltage, recorded)?, columns(current, recorded)?);
    let (Some(v), Some(i)) = (voltages.get(1), currents.get(1)) else {
        return Err(no_second(if voltages.len() < 2 { voltage } else { current }));
    };
    let times = currents.first().map_or(&[][..], Vec::as_slice);
    let rows = |[from, to]: [f64; 2]| {
        times.iter().enumerate().filter(move |(_, t)| **t >= from && **t <= to)
    };
    let over =
        |values: &[f64], window| mean(rows(window).filter_map(|(k, _)| values.get(k).copied()));
    Ok((over(v, command) - over(v, holding)) / (over(i, command) - over(i, holding)))
}

fn bounds(file: &TraceFile, recorded: &dyn Recorded) -> Result<Option<f64>, Failure> {
    let columns = columns(file, recorded)?;
    let times = columns.first().map_or(&[][..], Vec::as_slice);
    for (values, &column) in columns.iter().zip(&file.columns).skip(1) {
        let outside = values.iter().position(|v| !(0.0..=1.0).contains(v));
        if let Some(row) = outside {
            let time = times.get(row).copied().unwrap_or(f64::NAN);
            return Err(Failure::OutOfBounds { column, time, value: values[row] });
        }
    }
    Ok(None)
}

fn series(
    check: &Check,
    file: &TraceFile,
    recorded: &dyn Recorded,
    files: &dyn SourceLoader,
) -> Result<Option<f64>, Failure> {
    let observed = columns(file, recorded)?;
    let expected = match &check.expected {
        Expected::List(list) => vec![list.clone()],
        Expected::Rows(rows) => {
            let width = rows.first().map_or(0, Vec::len);
            (0..width).map(|c| rows.iter().map(|row| row[c]).collect()).collect()
        }
        Expected::File(file) => {
            let mut columns = table(files, &file.path, &file.columns, file.header)?;
            for (column, &factor) in columns.iter_mut().zip(&file.scaling) {
                for value in column {
                    *value *= factor;
                }
            }
            columns
        }
        Expected::Nothing | Expected::Number(_) => return Ok(None),
    };
    let shape = |columns: &[Vec<f64>]| (columns.first().map_or(0, Vec::len), columns.len());
    if shape(&observed) != shape(&expected) {
        return Err(Failure::Shape { observed: shape(&observed), expected: shape(&expected) });
    }
    compare(&observed.concat(), &expected.concat(), check.tolerance).map_err(Failure::Mismatch)
}
