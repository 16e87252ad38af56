//! From the paths of the command line to the tests to run.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use walkdir::WalkDir;

/// The tests to run, each once, and what could not be found.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) tests: Vec<PathBuf>,
    pub(super) troubles: Vec<String>,
}

/// Files are taken as they are named; folders are searched in the order of names, but not folders that are
/// hidden.  Links are followed, but not back into a folder that is being searched.
pub(super) fn collect(paths: &[PathBuf], working_folder: &Path) -> Collected {
    let mut out = Collected::default();
    let mut seen = FxHashSet::default();
    let mut add = |path: PathBuf| {
        let real = std::fs::canonicalize(working_folder.join(&path));
        if seen.insert(real.unwrap_or_else(|_| path.clone())) {
            out.tests.push(path);
        }
    };
    for path in paths {
        let start = working_folder.join(path);
        if !start.is_dir() {
            let name = path.display();
            if !start.exists() {
                out.troubles.push(format!("there is no file or folder {name}"));
            } else if is_test(path) {
                add(path.clone());
            } else {
                let mep = path.extension().is_some_and(|e| e == "mep");
                let what = if mep { "; name the one that goes with it" } else { "" };
                out.troubles.push(format!("{name} is no test: tests are .omt files{what}"));
            }
            continue;
        }
        let mut met = 0;
        let hidden = |entry: &walkdir::DirEntry| {
            entry.depth() > 0
                && entry.file_type().is_dir()
                && entry.file_name().as_encoded_bytes().starts_with(b".")
        };
        let entries = WalkDir::new(&start).follow_links(true).sort_by_file_name();
        for entry in entries.into_iter().filter_entry(|entry| !hidden(entry)) {
            match entry {
                Ok(entry) => {
                    if is_test(entry.path()) && entry.file_type().is_file() {
                        let inside = entry.path().strip_prefix(&start).unwrap_or(entry.path());
                        let here = path == Path::new(".");
                        add(if here { inside.to_owned() } else { path.join(inside) });
                        met += 1;
                    }
                }
                Err(error) if error.loop_ancestor().is_some() => {}
                Err(error) => out.troubles.push(format!("cannot search: {error}")),
            }
        }
        if met == 0 {
            let name = path.display();
            out.troubles.push(format!("there is no test (*.omt) in the folder {name}"));
        }
    }
    out
}

/// Whether that is the name of a test; one that is only `.omt` has no extension.
fn is_test(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "omt") || path.file_name().is_some_and(|n| n == ".omt")
}
