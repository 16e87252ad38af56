//! From the paths of the command line to the files to check.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use nml_base::SourceLoader;
use nml_report::Config;
use rustc_hash::FxHashSet;
use walkdir::WalkDir;

use crate::projects::Projects;
use crate::{App, Console, Input, Stop};

/// Endings of files that are always models.
const ENDINGS: [&str; 5] = [".nml", ".nml.gz", ".nml.h5", ".omex", ".neux"];
/// How much of an XML file is read to find its root element.
const HEAD: usize = 16 * 1024;

/// The files to check, each once, with the configuration of each.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    pub(crate) inputs: Vec<Input>,
    pub(crate) configs: Vec<Rc<Config>>,
    /// Things said about folders that could not be read.
    pub(crate) troubles: Vec<String>,
    seen: FxHashSet<PathBuf>,
}

/// Where to look, as the command line says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    /// Files and folders; `-` is standard input.
    pub(crate) paths: &'a [PathBuf],
    /// Folders searched for included files.
    pub(crate) include_path: &'a [PathBuf],
    /// The name of standard input.
    pub(crate) stdin_name: &'a Path,
}

/// Files are taken as they are named, whatever their ending; folders are searched.
pub(crate) fn collect(
    options: Asked<'_>,
    app: &App<'_>,
    projects: &mut Projects<'_>,
    console: &mut Console<'_>,
) -> Result<Collected, Stop> {
    let mut out = Collected::default();
    for path in options.paths {
        if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            console
                .input
                .read_to_end(&mut bytes)
                .map_err(|e| Stop(format!("cannot read standard input: {e}")))?;
            out.add(options.stdin_name, Some(bytes), options, projects)?;
        } else if console.env.working_folder.join(path).is_dir() {
            if walk(path, &console.env.working_folder, options, app, projects, &mut out)? == 0 {
                let name = path.display();
                out.troubles.push(format!("there is no model file in the folder {name}"));
            }
        } else {
            out.add(path, None, options, projects)?;
        }
    }
    Ok(out)
}

impl Collected {
    fn add(
        &mut self,
        path: &Path,
        bytes: Option<Vec<u8>>,
        options: Asked<'_>,
        projects: &mut Projects<'_>,
    ) -> Result<(), Stop> {
        let canonical = projects.canonical(path);
        let config = projects.of(&canonical)?;
        if !self.seen.insert(canonical) {
            return Ok(());
        }
        let include_path =
            options.include_path.iter().chain(&config.include_path).cloned().collect();
        self.inputs.push(Input { path: path.to_owned(), bytes, include_path });
        self.configs.push(config);
        Ok(())
    }
}

/// Searches a folder in the order of names.  Links are followed, but not back into a folder that is
/// being searched.  Answers how many models were met.
fn walk(
    root: &Path,
    working_folder: &Path,
    options: Asked<'_>,
    app: &App<'_>,
    projects: &mut Projects<'_>,
    out: &mut Collected,
) -> Result<usize, Stop> {
    let mut met = 0;
    let start = working_folder.join(root);
    let mut entries = WalkDir::new(&start).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) if e.loop_ancestor().is_some() => continue,
            Err(e) => {
                out.troubles.push(format!("cannot search: {e}"));
                continue;
            }
        };
        let hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
        let is_dir = entry.file_type().is_dir();
        let skip = hidden || {
            let canonical = projects.canonical(entry.path());
            entry.depth() > 0 && projects.of(&canonical)?.exclude.matches(&canonical)
        };
        if skip {
            if is_dir {
                entries.skip_current_dir();
            }
            continue;
        }
        if !is_dir && is_model(entry.path(), app.loader) {
            // Named the way the folder was named.
            let inside = entry.path().strip_prefix(&start).unwrap_or(entry.path());
            let named = if root == Path::new(".") { inside.to_owned() } else { root.join(inside) };
            out.add(&named, None, options, projects)?;
            met += 1;
        }
    }
    Ok(met)
}

/// Whether a file met in a folder is a model.
fn is_model(path: &Path, loader: &dyn SourceLoader) -> bool {
    let Some(name) = path.file_name() else { return false };
    let name = name.to_string_lossy().to_ascii_lowercase();
    if ENDINGS.iter().any(|e| name.ends_with(e)) {
        return true;
    }
    Path::new(&name).extension().is_some_and(|e| e == "xml")
        && loader.read_head(path, HEAD).is_ok_and(|head| {
            matches!(root_element(&String::from_utf8_lossy(&head)), Some("Lems" | "neuroml"))
        })
}

/// The local name of the first element.
fn root_element(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = &rest[rest.find('<')? + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->")? + 3..];
        } else if !rest.starts_with(['!', '?']) {
            let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
            let name = &rest[..end];
            return Some(name.rsplit(':').next().unwrap_or(name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::root_element;

    #[test]
    fn the_first_element_is_found() {
        let root = root_element;
        assert_eq!(root("\u{feff}<?xml version='1.0'?><!-- <a> --><Lems>"), Some("Lems"));
        assert_eq!(root("<!DOCTYPE x>\n<nml:neuroml\nid='a'>"), Some("neuroml"));
        assert_eq!(root("<a/>"), Some("a"));
        assert_eq!(root("<!-- <Lems>"), None);
        assert_eq!(root("plain"), None);
    }
}
