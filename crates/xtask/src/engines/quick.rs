//! A few models of the repository, exported, compiled and run in NEURON: what is quick enough to be done each time.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{neuron, report};
use crate::Result;

/// A membrane, a network with events, a tree with compartments.
const MODELS: [&str; 3] = [
    "fixtures/hh-neuron/LEMS_hh.xml",
    "fixtures/network/LEMS_ring.xml",
    "fixtures/neuron-jnml/LEMS_tree.xml",
];

/// An interpreter that has NEURON, if one is to be taken.
const PYTHON: &str = "NML_ENGINES_PYTHON";

/// Runs them where the simulator is or can be installed, and tells how many cases it leaves out otherwise.
///
/// With `is_built` the program is taken as tests have just built it; they unite features in their own way, so building
/// it again would take minutes.
pub(crate) fn quick(root: &Path, is_built: bool) -> Result<()> {
    let python = match simulator(root) {
        Ok(python) => python,
        Err(why) => {
            println!("engines: {} of {} cases skipped: {why}", MODELS.len(), MODELS.len());
            return Ok(());
        }
    };
    let nml = root.join("target/debug").join(format!("nml{}", std::env::consts::EXE_SUFFIX));
    if !(is_built && nml.is_file()) {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let build = ["build", "--quiet", "--package", "nml-cli"];
        if !Command::new(cargo).args(build).current_dir(root).status()?.success() {
            return Err("the program does not build".into());
        }
    }
    let folder = root.join("target/engines/quick");
    let mut wrong = Vec::new();
    for model in MODELS {
        let name = Path::new(model).file_stem().unwrap_or_default().to_string_lossy();
        let row = neuron::prove(&nml, &python, (&name, &root.join(model)), None, &folder);
        println!("engines: {}", report::line(&row));
        if !report::agrees(&row) {
            wrong.push(model);
            continue;
        }
        match neuron::options(&python, &folder.join(&*name)) {
            Ok(all) => {
                for (option, outcome) in all {
                    println!("engines: {name} {option}: {outcome}");
                }
            }
            Err(why) => {
                println!("engines: {name}: {why}");
                wrong.push(model);
            }
        }
    }
    if wrong.is_empty() {
        println!("engines: NEURON {} agrees in {} cases", neuron::version(&python)?, MODELS.len());
        return Ok(());
    }
    Err(format!("NEURON does not do the same: {}", wrong.join(", ")).into())
}

/// An interpreter with NEURON; else why there is none.
fn simulator(root: &Path) -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(PYTHON) {
        let python = PathBuf::from(named);
        return match neuron::version(&python) {
            Ok(_) => compiler().map(|()| python),
            Err(_) => Err(format!("{} has no NEURON", python.display()).into()),
        };
    }
    compiler()?;
    let folder = root.join("target/engines/neuron");
    let python = folder.join("bin/python");
    if neuron::version(&python).is_ok() {
        return Ok(python);
    }
    let venv = ["-m", "venv"];
    if !succeeds(Command::new("python3").args(venv).arg(&folder)) {
        return Err("python3 makes no virtual environment".into());
    }
    // Without a network that ends soon.
    let pip = ["-m", "pip", "install", "--quiet", "--retries", "0", "--timeout", "10"];
    if !succeeds(Command::new(&python).args(pip).arg(neuron::PACKAGE)) {
        return Err(format!("pip does not install {}", neuron::PACKAGE).into());
    }
    neuron::version(&python).map(|_| python)
}

/// Mechanisms are compiled.
fn compiler() -> Result<()> {
    let has = |name: &str| succeeds(Command::new(name).arg("--version"));
    if cfg!(windows) {
        return Err("NEURON's wheel is not for Windows".into());
    }
    match (has("make"), has("c++") || has("g++")) {
        (true, true) => Ok(()),
        (false, _) => Err("there is no make".into()),
        (_, false) => Err("there is no C++ compiler".into()),
    }
}

fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
}
