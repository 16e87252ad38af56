//! Models of the corpus, exported, run in the real simulators, and compared with our own runs.

mod compare;
mod larger;
mod limits;
mod netpyne;
mod neuron;
mod page;
mod patience;
mod plain;
mod quick;
mod refusals;
mod report;
mod sonata;
mod traces;

use std::path::{Path, PathBuf};

use crate::Result;

pub(crate) use self::quick::quick;

/// What is asked for on the command line.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    target: String,
    write: bool,
    nml: Option<PathBuf>,
    python: Option<PathBuf>,
    /// Whether only the larger models are run; those of Brian 2 and Arbor are the examples alone.
    larger: bool,
    /// Parts of names of models; all of them where there is none.
    models: Vec<String>,
}

impl Wanted {
    /// Reads the command line; `None` where it is not understood.
    pub(crate) fn of(words: &[&str]) -> Option<Self> {
        let mut wanted = Self::default();
        let mut target = None;
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--target" => target = Some(*words.next()?),
                "--write" => wanted.write = true,
                "--larger" => wanted.larger = true,
                "--nml" => wanted.nml = Some(PathBuf::from(words.next()?)),
                "--python" => wanted.python = Some(PathBuf::from(words.next()?)),
                word if word.starts_with('-') => return None,
                word => wanted.models.push(word.to_owned()),
            }
        }
        target?.clone_into(&mut wanted.target);
        ["neuron", "netpyne", "sonata", "brian2", "arbor"]
            .contains(&&*wanted.target)
            .then_some(wanted)
    }
}

/// Where the corpus is.
fn corpus(root: &Path) -> PathBuf {
    let named = std::env::var_os("NML_CORPUS").map(PathBuf::from);
    named.unwrap_or_else(|| root.join("../shared/corpus"))
}

/// Runs everything and prints the table; with `write` it replaces that of the repository.
pub(crate) fn run(root: &Path, wanted: &Wanted) -> Result<()> {
    if ["brian2", "arbor"].contains(&&*wanted.target) {
        return plain::run(root, wanted);
    }
    if wanted.target == "netpyne" {
        return netpyne::run(root, wanted);
    }
    if wanted.target == "sonata" {
        return sonata::run(root, wanted);
    }
    let nml = match &wanted.nml {
        Some(file) => file.canonicalize()?,
        None => neuron::built(root)?,
    };
    let python = match &wanted.python {
        Some(file) => std::path::absolute(file)?,
        None => neuron::installed(root)?,
    };
    let folder = root.join("target/engines/runs");
    let corpus = corpus(root);
    let models = todo(&corpus, wanted)?;
    let version = neuron::version(&python)?;
    let page = root.join("benches/ENGINES.md");
    let mut rows = Vec::new();
    for (name, model, length_ms) in &models {
        let row = neuron::prove(&nml, &python, (name, model), *length_ms, &folder);
        println!("{}", report::line(&row));
        if wanted.write {
            // What is not run again, or by another run just now, stays as it was.
            rows = report::rows(&std::fs::read_to_string(&page).unwrap_or_default());
        }
        rows.retain(|(known, _)| *known != row.model);
        rows.push((row.model.clone(), report::row(&row)));
        rows.sort_by_key(|(name, _)| neuron::order(name));
        if wanted.write {
            // A run takes long; what is done is there.
            std::fs::write(&page, report::table(&rows, &version))?;
        }
    }
    if !wanted.write {
        print!("{}", report::table(&rows, &version));
    }
    Ok(())
}

/// The examples of the standard, or else the larger models: what is to be run.
fn examples_or_larger(root: &Path, wanted: &Wanted) -> Result<Vec<(String, PathBuf, Option<f64>)>> {
    let mut all = todo(&corpus(root), wanted)?;
    if !wanted.larger && wanted.models.is_empty() {
        all.retain(|(name, _, _)| name.starts_with("LEMS_NML2_Ex"));
    }
    Ok(all)
}

/// What is to be run: the name, the file and the length of its runs in ms, where it is not the file's own.
fn todo(corpus: &Path, wanted: &Wanted) -> Result<Vec<(String, PathBuf, Option<f64>)>> {
    let mut all = Vec::new();
    if !wanted.larger {
        for model in neuron::models(corpus, &wanted.models)? {
            let name = model.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            all.push((name, model, None));
        }
    }
    for model in &larger::LARGER {
        let name = model.name();
        let is_file = |part: &String| Path::new(part).is_file();
        let parts = wanted.models.iter().filter(|part| !is_file(part));
        let mut parts = parts.peekable();
        let asked = wanted.models.is_empty()
            || (parts.peek().is_some() && parts.any(|part| name.contains(part.as_str())));
        if asked {
            all.push((name, model.path(corpus), model.length_ms));
        }
    }
    Ok(all)
}
