//! Checkpoints of a run: when they are made, and going on from one.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Error, ErrorKind, Take};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use nml::checkpoint::{self, Checkpoint, CheckpointError};
use nml::results::FileName;
use nml::simulate::{SinkError, Snapshot};

use crate::{Stop, atomic};

/// About how often the clock is looked at.
const GLANCE: Duration = Duration::from_millis(20);

/// Makes checkpoints of a run.
pub(super) struct Checkpoints {
    path: PathBuf,
    /// As of the last checkpoint, that of an earlier process included.
    last: Checkpoint,
    /// Whether the run goes on from it.
    goes_on: bool,
    /// Simulated time from which the next one is due.
    next_s: f64,
    saved: Instant,
    looked: Instant,
    countdown: u32,
    stride: u32,
}

/// When to make them; one of both at least.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Every {
    /// Seconds of work.
    pub(super) worked_s: Option<f64>,
    /// Seconds of simulated time.
    pub(super) simulated_s: Option<f64>,
}

/// A checkpoint that is there.
pub(super) fn open(path: &Path) -> Result<Option<File>, Stop> {
    match OpenOptions::new().read(true).open(path) {
        Ok(file) => Ok(Some(file)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Stop(format!("cannot read {}: {e}", path.display()))),
    }
}

/// What a checkpoint says and the state in it, if the run is the same.
pub(super) fn read<'f>(
    file: &'f mut File,
    run: &Checkpoint,
) -> Result<(Checkpoint, Take<&'f mut File>), CheckpointError> {
    let (found, state) = checkpoint::read(file)?;
    found.fits(run)?;
    Ok((found, state))
}

impl Checkpoints {
    /// Of a run from the start, or from a checkpoint on; how often is that of the checkpoint where nothing is said.
    pub(super) fn new(
        path: PathBuf,
        run: Checkpoint,
        from: Option<&Checkpoint>,
        every: Every,
    ) -> Self {
        let mut last = from.cloned().unwrap_or(run);
        if every != Every::default() {
            (last.every_s, last.every_simulated_s) = (every.worked_s, every.simulated_s);
        }
        let now = Instant::now();
        let mut this = Self {
            path,
            goes_on: from.is_some(),
            next_s: 0.0,
            saved: now,
            looked: now,
            countdown: 1,
            stride: 1,
            last,
        };
        this.plan();
        this
    }

    /// Puts the next time off to after the last one.
    fn plan(&mut self) {
        self.next_s = self.last.every_simulated_s.map_or(f64::INFINITY, |every| {
            // A row is that of its time up to rounding.
            ((self.last.time_s / every + 1e-6).floor() + 1.0 - 1e-6) * every
        });
    }

    /// Steps made up to the last one.
    pub(super) fn steps(&self) -> u64 {
        self.last.steps
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// How many bytes a file had, if the run goes on.
    pub(super) fn length(&self, at: usize) -> Option<u64> {
        let known = self.last.files.get(at).map(|(_, length)| *length);
        known.filter(|_| self.goes_on)
    }

    /// Whether the run it goes on with had come to its end.
    pub(super) fn ended(&self) -> bool {
        self.goes_on && self.last.complete
    }

    /// The times of rows up to the last one.
    pub(super) fn times(&self) -> Option<&str> {
        self.last.times.as_deref()
    }

    /// Removes what is left of another run, before anything of this one is written.
    pub(super) fn forget(&self) -> Result<(), Stop> {
        if self.goes_on { Ok(()) } else { self.away() }
    }

    fn away(&self) -> Result<(), Stop> {
        let mut new = self.path.clone().into_os_string();
        new.push(".new");
        for path in [self.path.as_path(), Path::new(&new)] {
            match std::fs::remove_file(path) {
                Err(e) if e.kind() != ErrorKind::NotFound => {
                    return Err(Stop(format!("cannot remove {}: {e}", path.display())));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Removes the file: the run is done.
    pub(super) fn remove(self) -> Result<(), Stop> {
        self.away()
    }

    /// Whether one is to be made now; `time` is the simulated time in seconds.
    pub(super) fn are_due(&mut self, time: f64) -> bool {
        if time >= self.next_s {
            return true;
        }
        let Some(every) = self.last.every_s else { return false };
        self.countdown -= 1;
        if self.countdown > 0 {
            return false;
        }
        let now = Instant::now();
        let passed = now - self.looked;
        if passed < GLANCE / 4 {
            self.stride = self.stride.saturating_mul(2).min(1 << 20);
        } else if passed > GLANCE {
            self.stride = (self.stride / 4).max(1);
        }
        (self.looked, self.countdown) = (now, self.stride);
        (now - self.saved).as_secs_f64() >= every
    }

    /// Makes one.
    pub(super) fn save(
        &mut self,
        names: &[FileName],
        lengths: &[u64],
        times: Option<&str>,
        snapshot: &mut Snapshot<'_>,
    ) -> Result<(), SinkError> {
        (self.last.steps, self.last.time_s) = (snapshot.steps, snapshot.time);
        self.describe(names, lengths, times);
        self.write(Some(snapshot))?;
        self.saved = Instant::now();
        self.plan();
        Ok(())
    }

    /// Makes the last one: the run has come to its end, and files are about to get their names.
    pub(super) fn end(
        &mut self,
        names: &[FileName],
        lengths: &[u64],
        times: Option<&str>,
    ) -> Result<(), SinkError> {
        if self.ended() {
            return Ok(());
        }
        self.last.complete = true;
        self.describe(names, lengths, times);
        self.write(None)
    }

    fn describe(&mut self, names: &[FileName], lengths: &[u64], times: Option<&str>) {
        let name = |name: &FileName| name.path.to_string_lossy().replace('\\', "/");
        self.last.files = names.iter().map(name).zip(lengths.iter().copied()).collect();
        self.last.times = times.map(str::to_owned);
    }

    fn write(&self, snapshot: Option<&mut Snapshot<'_>>) -> Result<(), SinkError> {
        let written = atomic::write_with(&self.path, |file| {
            let mut file = BufWriter::new(file);
            checkpoint::write(&self.last, snapshot, &mut file).map_err(Error::other)
        });
        written.map_err(|e| SinkError(format!("cannot write {}: {e}", self.path.display())))
    }
}
