//! A progress line for checks that take long.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Nothing is shown before this time.
const PATIENCE: Duration = Duration::from_secs(2);
/// Time between two looks at the count.
const INTERVAL: Duration = Duration::from_millis(200);

/// Counts files done; shared by the threads of a check.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicUsize,
    total: AtomicUsize,
}

impl Progress {
    /// One more file is done.
    pub fn tick(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// There are so many.
    pub(crate) fn plan(&self, total: usize) {
        self.total.store(total, Ordering::Relaxed);
    }

    /// Files done.
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }
}

/// Runs `work`, with a line on standard error once it takes longer than two seconds: `verb` 3 of 4 `things`.
pub(crate) fn watched<T>(
    (verb, things): (&str, &str),
    show: bool,
    work: impl FnOnce(&Progress) -> T,
) -> T {
    let progress = Progress::default();
    if !show {
        return work(&progress);
    }
    std::thread::scope(|scope| {
        let (finished, wait) = channel::<()>();
        let progress = &progress;
        scope.spawn(move || {
            let mut pause = PATIENCE;
            let mut shown = false;
            while wait.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                let total = progress.total.load(Ordering::Relaxed);
                let line = format!("\r{verb} {} of {total} {things}", progress.done());
                let _ = std::io::stderr().write_all(line.as_bytes());
                (shown, pause) = (true, INTERVAL);
            }
            if shown {
                let _ = std::io::stderr().write_all(b"\r\x1b[K");
            }
        });
        let result = work(progress);
        drop(finished);
        result
    })
}
