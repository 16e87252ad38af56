//! Brian 2 and Arbor: one run at the step of the file, beside ours.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::compare::{self, Spikes};
use super::{Wanted, corpus, neuron, traces};
use crate::Result;

/// A target that is run so.
struct Engine {
    word: &'static str,
    title: &'static str,
    page: &'static str,
    /// What is installed, by name.
    packages: &'static [&'static str],
}

const ENGINES: [Engine; 2] = [
    Engine {
        word: "brian2",
        title: "Brian 2",
        page: "benches/ENGINES-BRIAN.md",
        packages: &["brian2>=2.9,<3", "numpy<2"],
    },
    Engine {
        word: "arbor",
        title: "Arbor",
        page: "benches/ENGINES-ARBOR.md",
        packages: &["arbor>=0.12,<0.13", "cmake", "numpy"],
    },
];

/// Runs everything and prints the table; with `write` it replaces that of the repository.
pub(super) fn run(root: &Path, wanted: &Wanted) -> Result<()> {
    let engine = ENGINES.iter().find(|engine| engine.word == wanted.target);
    let engine = engine.ok_or("no such target")?;
    let nml = match &wanted.nml {
        Some(file) => file.canonicalize()?,
        None => neuron::built(root)?,
    };
    let python = match &wanted.python {
        Some(file) => std::path::absolute(file)?,
        None => installed(root, engine)?,
    };
    let mut text = head(engine);
    for model in neuron::models(&corpus(root), &wanted.models)? {
        let name = model.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let folder = root.join(format!("target/engines/{}-runs", engine.word)).join(&name);
        // What was there before may be of another version.
        let _ = std::fs::remove_dir_all(&folder);
        let told = prove(engine, &nml, &python, &model, &folder);
        let told = told.unwrap_or_else(|error| format!("**failed**: {error} | | | "));
        let row = format!("| {name} | {} |", told.replace('\n', " "));
        println!("{row}");
        let _ = writeln!(text, "{row}");
        if wanted.write {
            // A run takes long; what is done is there.
            std::fs::write(root.join(engine.page), &text)?;
        }
    }
    Ok(())
}

/// An interpreter with the engine, installed by name into a virtual environment.
fn installed(root: &Path, engine: &Engine) -> Result<PathBuf> {
    let folder = root.join("target/engines").join(engine.word);
    let python = folder.join("bin/python");
    if !python.exists() {
        carry_out(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let pip = ["-m", "pip", "install", "--quiet"];
        carry_out(Command::new(&python).args(pip).args(engine.packages))?;
    }
    Ok(python)
}

fn carry_out(command: &mut Command) -> Result<String> {
    let output = command.output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        return Ok(told.into_owned());
    }
    let last: Vec<&str> = told.lines().rev().filter(|l| !l.trim().is_empty()).take(3).collect();
    Err(last.into_iter().rev().collect::<Vec<_>>().join(" / ").into())
}

/// Exports, runs and compares one model; answers the cells of its row.
fn prove(
    engine: &Engine,
    nml: &Path,
    python: &Path,
    model: &Path,
    folder: &Path,
) -> Result<String> {
    let package = folder.join("package");
    let mut export = Command::new(nml);
    export.args(["convert", "--to", engine.word, "-o"]).args([&package, &model.to_owned()]);
    let exported = export.output()?;
    let told = String::from_utf8_lossy(&exported.stderr).into_owned();
    if exported.status.code() == Some(1) {
        let mut lines: Vec<&str> =
            told.lines().filter_map(|line| line.trim().strip_prefix("× ")).collect();
        lines.dedup();
        return Ok(format!("refused: {} | | | ", lines.join("; ")));
    }
    if !exported.status.success() {
        return Err(told.into());
    }
    let (theirs, ours) = (folder.join("theirs"), folder.join("ours"));
    let mut command = Command::new(python);
    carry_out(command.args(["run.py", "-o"]).arg(&theirs).current_dir(&package))?;
    carry_out(Command::new(nml).args(["simulate", "--quiet", "-o"]).arg(&ours).arg(model))?;
    let mut spikes = Spikes::none();
    let mut worst = (0.0_f64, 0.0_f64);
    for file in neuron::files(&theirs)? {
        let read = |of: &Path| traces::read(&of.join(&file), 1);
        let Some((a, b)) = read(&ours).zip(read(&theirs)).filter(|(a, _)| !a.columns.is_empty())
        else {
            continue;
        };
        let Some(difference) = compare::difference(&a, &b) else { continue };
        compare::spikes(&a, &b, &mut spikes);
        worst = (worst.0.max(difference.0), worst.1.max(difference.1));
    }
    let random = told.contains("streams");
    let verdict = match (random, spikes.same) {
        (true, _) => "random",
        (false, true) => "counts",
        (false, false) => "**differs**",
    };
    Ok(format!(
        "{verdict} | {}/{}, {:.3} | {:.1e} | {:.1e}",
        spikes.ours,
        spikes.theirs,
        spikes.shift * 1e3,
        worst.0,
        worst.1
    ))
}

fn head(engine: &Engine) -> String {
    format!(
        "# Exports, run in {0}\n\n`cargo xtask engines --target {1} --write` makes this page: it exports the LEMS \
         simulations of the standard's\nexamples with `nml convert --to {1}`, runs them in {0} with the step of the \
         file, and compares with `nml simulate`.\n\n\
         - *spikes*: counts ours/{0} of rises through the middle of a column's range; the largest distance of two, ms.\n\
         - *difference*: of a column's range, the worst column: the largest, and what 95 % of the rows stay below.\n\
         - verdict: *counts* the same number in each column; *random* other random numbers.\n\n\
         | model | verdict | spikes | largest | 95 % |\n|---|---|---|---|---|\n",
        engine.title, engine.word
    )
}
