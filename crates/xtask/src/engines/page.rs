//! A page of a target: its models, one after the other, each a row.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Wanted, neuron, report};
use crate::Result;

/// The text of a page with its rows: models, and their lines.
type Text<'a> = &'a dyn Fn(&[(String, String)]) -> String;

/// A target and its page.
pub(super) struct Page<'a> {
    /// How the target is called on the command line.
    pub(super) target: &'a str,
    /// Where the page is in the repository.
    pub(super) file: &'a str,
    /// What is installed, by name.
    pub(super) packages: &'a [&'a str],
    /// What the page says, with these rows.
    pub(super) text: Text<'a>,
}

/// What a model is run with.
pub(super) struct Run<'a> {
    pub(super) nml: &'a Path,
    pub(super) python: &'a Path,
    pub(super) model: &'a Path,
    /// For so many ms, where the file's own length is too long.
    pub(super) length_ms: Option<f64>,
    /// Empty; for all that is written.
    pub(super) folder: &'a Path,
}

impl Page<'_> {
    /// Runs all models that are wanted and prints the page; `write` replaces that of the repository.
    ///
    /// `prove` answers the cells of a row, without bars around them.
    pub(super) fn run(
        &self,
        root: &Path,
        wanted: &Wanted,
        models: &[(String, PathBuf, Option<f64>)],
        prove: &dyn Fn(&Run<'_>) -> Result<String>,
    ) -> Result<()> {
        let nml = match &wanted.nml {
            Some(file) => file.canonicalize()?,
            None => neuron::built(root)?,
        };
        let python = match &wanted.python {
            Some(file) => std::path::absolute(file)?,
            None => self.installed(root)?,
        };
        let page = root.join(self.file);
        let all = root.join(format!("target/engines/{}-runs", self.target));
        let mut rows = Vec::new();
        for (name, model, length_ms) in models {
            let folder = all.join(name.replace(' ', "-"));
            // What was there before may be of another version.
            let _ = std::fs::remove_dir_all(&folder);
            let run =
                Run { nml: &nml, python: &python, model, length_ms: *length_ms, folder: &folder };
            let told = prove(&run).unwrap_or_else(|error| format!("**failed**: {error}"));
            let row = format!("| {name} | {} |", told.replace('\n', " "));
            println!("{row}");
            if wanted.write {
                // What is not run again, or by another run just now, stays as it was.
                rows = report::rows(&std::fs::read_to_string(&page).unwrap_or_default());
            }
            rows.retain(|(known, _)| known != name);
            rows.push((name.clone(), row));
            rows.sort_by_key(|(name, _)| neuron::order(name));
            if wanted.write {
                // A run takes long; what is done is there.
                std::fs::write(&page, (self.text)(&rows))?;
            }
        }
        if !wanted.write {
            print!("{}", (self.text)(&rows));
        }
        Ok(())
    }

    /// An interpreter with the simulator, installed by name into a virtual environment.
    fn installed(&self, root: &Path) -> Result<PathBuf> {
        let folder = root.join("target/engines").join(self.target);
        let python = folder.join("bin/python");
        if !python.exists() {
            carry_out(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
            let pip = ["-m", "pip", "install", "--quiet"];
            carry_out(Command::new(&python).args(pip).args(self.packages))?;
        }
        Ok(python)
    }
}

/// Runs a program to its end; answers what it wrote on its output and on its error stream.
///
/// # Errors
/// The last lines of its error stream, where it fails.
pub(super) fn carry_out(command: &mut Command) -> Result<(String, String)> {
    let output = command.output()?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() {
        return Ok((String::from_utf8_lossy(&output.stdout).into_owned(), told));
    }
    let last: Vec<&str> = told.lines().rev().filter(|l| !l.trim().is_empty()).take(3).collect();
    Err(last.into_iter().rev().collect::<Vec<_>>().join(" / ").into())
}
