//! Results on their way out.

use crate::snapshot::Snapshot;

/// Someone who takes results.
pub trait Sink {
    /// Takes consecutive rows of an output.
    ///
    /// # Errors
    /// [`SinkError`] to stop the run.
    fn rows(&mut self, output: usize, rows: Rows<'_>) -> Result<(), SinkError>;

    /// Takes consecutive events of an output, in the order they were sent.
    ///
    /// # Errors
    /// [`SinkError`] to stop the run.
    fn events(&mut self, output: usize, events: &[EventRow]) -> Result<(), SinkError>;

    /// Is told before every step to what time it leads, in seconds.  Rows may come much later.
    ///
    /// # Errors
    /// [`SinkError`] to stop the run; the rows before this step still come.
    fn step(&mut self, time: f64) -> Result<(), SinkError> {
        let _ = time;
        Ok(())
    }

    /// Is asked after the row of every step whether it wants to [save](Sink::save) the run as it is then, except
    /// under [`Scheme::Reference`](crate::Scheme).  `time` is that of the row, in seconds.
    fn wants_to_save(&mut self, time: f64) -> bool {
        let _ = time;
        false
    }

    /// Takes the state of a run, if it wanted to; all rows and events up to there have come.
    ///
    /// # Errors
    /// [`SinkError`] to stop the run.
    fn save(&mut self, snapshot: &mut Snapshot<'_>) -> Result<(), SinkError> {
        let _ = snapshot;
        Ok(())
    }

    /// Is asked now and then while no step is made, whether to go on.
    ///
    /// # Errors
    /// [`SinkError`] to stop the run.
    fn go_on(&mut self) -> Result<(), SinkError> {
        Ok(())
    }
}

/// Why results were not taken.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct SinkError(pub String);

/// Consecutive rows of an output, in SI units.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// Simulated time of each row in seconds.
    pub times: &'a [f64],
    /// The values of one row after the other.
    pub values: &'a [f64],
}

impl<'a> Rows<'a> {
    /// Each row: its time and its values.
    pub fn iter(self) -> impl Iterator<Item = (f64, &'a [f64])> {
        let width = self.values.len() / self.times.len().max(1);
        let row = move |i: usize| &self.values[i * width..(i + 1) * width];
        self.times.iter().enumerate().map(move |(i, &time)| (time, row(i)))
    }
}

/// An event sent.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct EventRow {
    /// When, in seconds.
    pub time: f64,
    /// Which of the output's ports, as an index.
    pub port: u32,
}

/// How many rows are kept before they are passed on.
pub(crate) const BLOCK: usize = 1024;

/// The rows of one output, waiting.
#[derive(Clone, Debug, Default)]
pub(crate) struct Buffer {
    pub(crate) times: Vec<f64>,
    pub(crate) values: Vec<f64>,
}

impl Buffer {
    pub(crate) fn pass_on(&mut self, output: usize, sink: &mut dyn Sink) -> Result<(), SinkError> {
        if !self.times.is_empty() {
            sink.rows(output, Rows { times: &self.times, values: &self.values })?;
        }
        self.times.clear();
        self.values.clear();
        Ok(())
    }
}
