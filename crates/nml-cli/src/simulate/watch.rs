//! A run under observation: its rows go to several places, it can be stopped, and it says how far it is.

use std::io::Write;
use std::time::{Duration, Instant};

use nml::simulate::{EventRow, Rows, Sink, SinkError, Snapshot};

use crate::interrupt;

/// Nothing is shown before this time.
const PATIENCE: Duration = Duration::from_secs(2);
/// Time between two lines.
const INTERVAL: Duration = Duration::from_millis(250);
/// About how often the clock is looked at.
const GLANCE: Duration = Duration::from_millis(20);

/// Passes results on to all `to`, and watches.
pub(super) struct Watch<'a> {
    pub(super) to: Vec<&'a mut dyn Sink>,
    /// The terminal to tell, and the length of the run in seconds.
    pub(super) tell: Option<(&'a mut dyn Write, f64)>,
    /// When the run is stopped in any case.
    pub(super) limit: Option<Duration>,
    /// Whether what comes is saved when the run is stopped.
    pub(super) keeps: bool,
    /// Whether it was, for that.
    kept: bool,
    clock: Clock,
    /// Steps begun.
    pub(super) steps: u64,
    /// When the first step began.
    first: Option<Instant>,
    /// Time that results took on their way.
    passing: Duration,
    /// Why the run was stopped from here.
    pub(super) stopped: Option<Stopped>,
}

/// Where time went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Spent {
    /// Before the first step.
    pub(super) before: Duration,
    /// In steps.
    pub(super) stepping: Duration,
    /// In results on their way to files and pictures.
    pub(super) results: Duration,
}

/// Why a run was stopped by who watches it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stopped {
    /// By Ctrl-C.
    Interrupt,
    /// By the limit of time.
    Limit,
}

/// Looks at the time now and then: often enough to be prompt, rarely enough to cost nothing.
struct Clock {
    started: Instant,
    last: Instant,
    shown: Option<Instant>,
    countdown: u32,
    stride: u32,
}

impl<'a> Watch<'a> {
    pub(super) fn new(to: Vec<&'a mut dyn Sink>) -> Self {
        let now = Instant::now();
        let clock = Clock { started: now, last: now, shown: None, countdown: 1, stride: 1 };
        Self {
            to,
            tell: None,
            limit: None,
            keeps: false,
            kept: false,
            clock,
            steps: 0,
            first: None,
            passing: Duration::ZERO,
            stopped: None,
        }
    }

    /// How long it has been running.
    pub(super) fn elapsed(&self) -> Duration {
        self.clock.started.elapsed()
    }

    /// How long the command had been at work at the first step, and what steps and results took since, given when it
    /// began.
    pub(super) fn times(&self, begun: Instant) -> Spent {
        let now = Instant::now();
        let first = self.first.unwrap_or(now);
        let stepping = (now - first).saturating_sub(self.passing);
        Spent { before: first - begun, stepping, results: self.passing }
    }

    fn pass(
        &mut self,
        on: impl Fn(&mut dyn Sink) -> Result<(), SinkError>,
    ) -> Result<(), SinkError> {
        let started = Instant::now();
        let done = self.to.iter_mut().try_for_each(|sink| on(*sink));
        self.passing += started.elapsed();
        done
    }

    /// Takes the line off the terminal.
    pub(super) fn clear(&mut self) {
        if let (Some((terminal, _)), Some(_)) = (&mut self.tell, self.clock.shown) {
            // Where standard error is closed there is nobody left to tell.
            let _ = terminal.write_all(b"\r\x1b[K");
        }
    }

    fn look(&mut self, time: f64) -> Option<Stopped> {
        let clock = &mut self.clock;
        let now = Instant::now();
        let passed = now - clock.last;
        if passed < GLANCE / 4 {
            clock.stride = clock.stride.saturating_mul(2).min(1 << 20);
        } else if passed > GLANCE {
            clock.stride = (clock.stride / 4).max(1);
        }
        (clock.last, clock.countdown) = (now, clock.stride);
        let elapsed = now - clock.started;
        if self.limit.is_some_and(|limit| elapsed > limit) {
            return Some(Stopped::Limit);
        }
        let due = clock.shown.map_or(elapsed > PATIENCE, |shown| now - shown > INTERVAL);
        if let (true, Some((terminal, length))) = (due, &mut self.tell) {
            clock.shown = Some(now);
            let line = line(time, *length, elapsed);
            let _ = terminal.write_all(line.as_bytes()).and_then(|()| terminal.flush());
        }
        None
    }
}

/// `42 %, 1.2 of 3 s, 12 s left`.
fn line(time: f64, length: f64, elapsed: Duration) -> String {
    let done = (time / length).clamp(1e-9, 1.0);
    let left = elapsed.as_secs_f64() * (1.0 - done) / done;
    format!("\r{:.0} % of {length} s simulated, {} left\x1b[K", done * 100.0, duration(left))
}

/// A time as a person would say it: `0.3 s`, `12 s`, `3 min 20 s`, `2.5 h`, `12 days`, `3 years`.
pub(super) fn duration(seconds: f64) -> String {
    let s = seconds.max(0.0);
    if s < 1e-3 {
        "less than 1 ms".to_owned()
    } else if s < 1.0 {
        format!("{:.0} ms", s * 1e3)
    } else if s < 9.95 {
        format!("{s:.1} s")
    } else if s < 59.5 {
        format!("{s:.0} s")
    } else if s < 3570.0 {
        format!("{:.0} min {:.0} s", ((s + 0.5) / 60.0).floor(), (s + 0.5).floor() % 60.0)
    } else if s < 86_400.0 {
        format!("{:.1} h", s / 3600.0)
    } else if s < 2.0 * 365.25 * 86_400.0 {
        format!("{:.1} days", s / 86_400.0)
    } else {
        format!("{:.0} years", s / (365.25 * 86_400.0))
    }
}

impl Sink for Watch<'_> {
    fn rows(&mut self, output: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        self.pass(|sink| sink.rows(output, rows))
    }

    fn events(&mut self, output: usize, events: &[EventRow]) -> Result<(), SinkError> {
        self.pass(|sink| sink.events(output, events))
    }

    fn step(&mut self, time: f64) -> Result<(), SinkError> {
        self.clock.countdown -= 1;
        // A run that can be saved is saved first, at the next row.
        let interrupted = interrupt::wanted() && (self.kept || !self.keeps);
        let mut stop = interrupted.then_some(Stopped::Interrupt);
        if self.clock.countdown == 0 {
            stop = stop.or(self.look(time));
        }
        if let Some(stop) = stop {
            self.stopped = Some(stop);
            return Err(SinkError("stopped".to_owned()));
        }
        self.steps += 1;
        if self.first.is_none() {
            self.first = Some(Instant::now());
        }
        self.to.iter_mut().try_for_each(|sink| sink.step(time))
    }

    fn wants_to_save(&mut self, time: f64) -> bool {
        self.kept = self.keeps && interrupt::wanted();
        // All are asked, whatever the first says.
        let asked = self.to.iter_mut().map(|sink| sink.wants_to_save(time));
        asked.fold(self.kept, |any, one| any || one)
    }

    fn save(&mut self, snapshot: &mut Snapshot<'_>) -> Result<(), SinkError> {
        let started = Instant::now();
        let done = self.to.iter_mut().try_for_each(|sink| sink.save(snapshot));
        self.passing += started.elapsed();
        done
    }

    fn go_on(&mut self) -> Result<(), SinkError> {
        if interrupt::wanted() {
            self.stopped = Some(Stopped::Interrupt);
            return Err(SinkError("stopped".to_owned()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_people_do() {
        let told = [1e-5, 0.25, 2.34, 12.3, 59.4, 59.6, 119.6, 200.0, 5000.0, 1e6, 1e10];
        let expected = [
            "less than 1 ms",
            "250 ms",
            "2.3 s",
            "12 s",
            "59 s",
            "1 min 0 s",
            "2 min 0 s",
            "3 min 20 s",
            "1.4 h",
            "11.6 days",
            "317 years",
        ];
        assert_eq!(told.map(duration), expected);
    }

    #[test]
    fn the_line_says_how_long_it_will_take() {
        let line = line(0.5, 2.0, Duration::from_secs(3));
        assert_eq!(line, "\r25 % of 2 s simulated, 9.0 s left\x1b[K");
    }

    #[test]
    fn a_limit_stops_a_run() {
        let mut watch = Watch::new(Vec::new());
        watch.limit = Some(Duration::from_millis(5));
        let mut steps = 0;
        while watch.step(0.0).is_ok() {
            steps += 1;
            std::thread::sleep(Duration::from_millis(1));
        }
        assert_eq!((watch.stopped, watch.steps), (Some(Stopped::Limit), steps));
        assert!((2..200).contains(&steps), "{steps}");
    }
}
