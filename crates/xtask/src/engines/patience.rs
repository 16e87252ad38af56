//! Programs that are stopped where they take too long.

use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Runs a program to its end; answers what it said on its error stream.  A failure says the last lines of it.
pub(super) fn run(command: &mut Command, patience: Duration) -> crate::Result<String> {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let stream = child.stderr.take();
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // What can be read is enough.
        let _ = stream.map(|mut stream| stream.read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let began = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if began.elapsed() > patience {
            child.kill()?;
            child.wait()?;
            return Err(format!("longer than {} s", patience.as_secs()).into());
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let told = reader.join().map_err(|_| "its words could not be read")?;
    if status.success() {
        return Ok(told);
    }
    let last: Vec<&str> = told.lines().rev().filter(|l| !l.trim().is_empty()).take(3).collect();
    Err(last.into_iter().rev().collect::<Vec<_>>().join(" / ").into())
}
