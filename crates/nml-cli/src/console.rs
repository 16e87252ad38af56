//! Where a command prints, and what is known of the terminal.

use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use crate::Stop;

/// What a command may know of its surroundings; `main` asks the system once.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The folder that relative names start from.
    pub working_folder: PathBuf,
    /// Columns of the terminal, where there is one.
    pub width: Option<usize>,
    /// Whether standard output may be coloured.
    pub stdout_color: bool,
    /// Whether more than ASCII can be shown.
    pub unicode: bool,
    /// Whether a progress line may be shown on standard error.
    pub progress: bool,
}

impl Default for Environment {
    /// No terminal at all.
    fn default() -> Self {
        Self {
            working_folder: PathBuf::from("."),
            width: None,
            stdout_color: false,
            unicode: true,
            progress: false,
        }
    }
}

/// The standard streams of a command.
pub struct Console<'a> {
    /// Read by `-`.
    pub input: &'a mut dyn std::io::Read,
    /// The result.
    pub output: &'a mut dyn Write,
    /// Everything that is not the result.
    pub error: &'a mut dyn Write,
    /// What is known of them.
    pub env: Environment,
}

impl std::fmt::Debug for Console<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Console").field("env", &self.env).finish_non_exhaustive()
    }
}

impl Console<'_> {
    /// Writes to standard output; a reader that went away (`nml … | head`) is no trouble.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), Stop> {
        match self.output.write_all(text.as_bytes()).and_then(|()| self.output.flush()) {
            Err(e) if e.kind() != ErrorKind::BrokenPipe => {
                Err(Stop(format!("cannot write to standard output: {e}")))
            }
            _ => Ok(()),
        }
    }

    /// Writes a line to standard error, as well as it can.
    pub(crate) fn note(&mut self, text: &str) {
        // Where standard error is closed there is nobody left to tell.
        let _ = writeln!(self.error, "{text}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that went away, or a full disk.
    struct Closed(ErrorKind);

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_went_away_is_no_trouble() {
        let printed = |kind| {
            let (input, output, error) =
                (&mut std::io::empty(), &mut Closed(kind), &mut Closed(kind));
            let mut console = Console { input, output, error, env: Environment::default() };
            console.note("nobody listens");
            console.print("text").is_ok()
        };
        assert!(printed(ErrorKind::BrokenPipe));
        assert!(!printed(ErrorKind::StorageFull));
    }
}
