//! How results came about: a record beside them, and the files a model was read from.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use nml::Census;
use nml::simulate::{Accuracy, Prepared, Proof};
use nml_base::{LoadError, OsLoader, ReadSeek, SourceLoader};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::SimulateOptions;
use super::watch::Spent;

/// How many bytes of an open file are hashed at once.
const HASHED_AT_ONCE: usize = 1 << 16;

/// Reads files and remembers what they held.
#[derive(Debug, Default)]
pub(super) struct Remembering {
    files: OsLoader,
    read: Mutex<Vec<Read>>,
}

/// A file as it was read.
#[derive(Clone, Debug)]
struct Read {
    path: PathBuf,
    sha256: String,
    bytes: usize,
}

impl SourceLoader for Remembering {
    fn read(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        let bytes = self.files.read(path)?;
        let path = self.files.canonical(path);
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if read.iter().all(|r| r.path != path) {
            read.push(Read { path, sha256: hex(&Sha256::digest(&bytes)), bytes: bytes.len() });
        }
        Ok(bytes)
    }

    fn open(&self, path: &Path) -> Result<Box<dyn ReadSeek>, LoadError> {
        let mut file = self.files.open(path)?;
        let error = |e: std::io::Error| LoadError { path: path.to_owned(), reason: e.to_string() };
        let path = self.files.canonical(path);
        let known = |read: &[Read]| read.iter().any(|r| r.path == path);
        if known(&self.read.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(file);
        }
        let (mut sha, mut bytes) = (Sha256::new(), 0);
        let mut block = vec![0; HASHED_AT_ONCE];
        loop {
            let count = std::io::Read::read(&mut file, &mut block).map_err(error)?;
            if count == 0 {
                break;
            }
            sha.update(&block[..count]);
            bytes += count;
        }
        std::io::Seek::rewind(&mut file).map_err(error)?;
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if !known(&read) {
            read.push(Read { path, sha256: hex(&sha.finalize()), bytes });
        }
        Ok(file)
    }

    fn read_head(&self, path: &Path, limit: usize) -> Result<Vec<u8>, LoadError> {
        self.files.read_head(path, limit)
    }

    fn is_file(&self, path: &Path) -> bool {
        self.files.is_file(path)
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        self.files.canonical(path)
    }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

impl Remembering {
    /// All files, sorted, by their way from `folder`, and one hash over them.
    fn model(&self, folder: &Path) -> (String, Vec<Value>) {
        let folder = self.files.canonical(folder);
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let mut files: Vec<(String, &Read)> = read
            .iter()
            .map(|file| {
                let inside = file.path.strip_prefix(&folder).unwrap_or(&file.path);
                (inside.to_string_lossy().replace('\\', "/"), file)
            })
            .collect();
        files.sort_by(|a, b| a.0.cmp(&b.0));
        let mut all = Sha256::new();
        for (name, file) in &files {
            all.update(format!("{}  {name}\n", file.sha256));
        }
        let list = files.iter().map(
            |(name, file)| json!({ "path": name, "sha256": file.sha256, "bytes": file.bytes }),
        );
        (hex(&all.finalize()), list.collect())
    }
}

/// What happened, for the record.
pub(super) struct Outcome<'a> {
    pub(super) prepared: &'a Prepared,
    pub(super) options: &'a SimulateOptions,
    pub(super) read: &'a Remembering,
    /// The folder of the model.
    pub(super) folder: &'a Path,
    pub(super) simulation: &'a str,
    pub(super) target: &'a str,
    pub(super) steps: u64,
    /// `complete`, or why not.
    pub(super) ended: &'a str,
    pub(super) written: &'a [PathBuf],
    pub(super) seconds: f64,
    pub(super) spent: Spent,
    pub(super) accuracy: Option<&'a Accuracy>,
    pub(super) tables: &'a [Proof],
    pub(super) census: Census,
}

impl Outcome<'_> {
    /// What is known of the rates from tables; nothing where none were wanted.
    fn tables(&self) -> Value {
        let Some(wanted) = self.options.tables else { return Value::Null };
        json!({
            "largest_error_wanted": wanted,
            "entries": self.tables.iter().map(|proof| json!({
                "functions": proof.functions,
                "proven_error": proof.bound,
                "pieces": proof.pieces,
                "pieces_computed": proof.exact,
            })).collect::<Vec<_>>(),
        })
    }

    /// The record as JSON: the same for the same run, but for what stands under `this_time`.
    pub(super) fn to_json(&self) -> String {
        let (hash, files) = self.read.model(self.folder);
        let request = &self.prepared.request;
        let options = self.options;
        let started = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0.0, |t| t.as_secs_f64() - self.seconds);
        let shown = |path: &PathBuf| path.to_string_lossy().replace('\\', "/");
        let file = options.file.file_name().map(|name| name.to_string_lossy().into_owned());
        let merged = self.prepared.flat.merged.iter().map(|merged| {
            json!({
                "component": merged.component,
                "synapses": merged.synapses,
                "instances": merged.instances,
            })
        });
        let record = json!({
            "program": format!("nml {}", env!("CARGO_PKG_VERSION")),
            "model": {
                "file": file,
                "sha256": hash,
                "files": files,
                "simulation": self.simulation,
                "target": self.target,
            },
            "run": {
                "scheme": request.scheme.name(),
                "dt_s": request.step,
                "duration_s": request.length,
                "seed": request.seed,
                "steps": self.steps,
                "cells": self.census.cells,
                "compartments": self.census.compartments,
                "ended": self.ended,
                "synapses_taken_together": merged.collect::<Vec<_>>(),
            },
            "tables": self.tables(),
            "error": self.accuracy.map(|accuracy| json!({
                "columns_si": accuracy.columns,
                "largest_of_column": accuracy.relative(),
                "event_times_s": accuracy.events,
                "uncertain_events": accuracy.unmatched,
                "steps_limited_by_stability": accuracy.stiff,
            })),
            "options": {
                "dt": options.dt,
                "duration": options.duration,
                "seed": options.seed,
                "set": options.set,
                "target": options.target,
                "record": options.record,
                "record_events": options.record_events,
                "format": options.format.name(),
            },
            "written": self.written.iter().map(shown).collect::<Vec<_>>(),
            "this_time": {
                "started_unix_s": started.round(),
                "seconds": self.seconds,
                "before_first_step_s": self.spent.before.as_secs_f64(),
                "stepping_s": self.spent.stepping.as_secs_f64(),
                "results_s": self.spent.results.as_secs_f64(),
                "threads": options.threads,
                "system": format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            },
        });
        let mut text = serde_json::to_string_pretty(&record).unwrap_or_default();
        text.push('\n');
        text
    }
}
