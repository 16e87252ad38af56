//! End-to-end tests through public doors only, and what they share.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use nml_xml::{Attribute, StartTag, Visitor, XmlError};

pub mod export;
pub mod graded;

/// The root of the repository.
pub fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The folder of real models with recorded verdicts, if it is there: `NML_CORPUS`, else
/// `../shared/corpus` beside the repository.
pub fn corpus() -> Option<PathBuf> {
    let named = std::env::var_os("NML_CORPUS").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| repository().join("../shared/corpus"));
    folder.join("truth").is_dir().then_some(folder)
}

/// All files of the corpus with one of these endings, in the order of their names; nothing without a corpus.
pub fn corpus_files(endings: &[&str]) -> Vec<PathBuf> {
    let Some(root) = corpus() else { return Vec::new() };
    let (mut found, mut open) = (Vec::new(), vec![root]);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if endings.iter().any(|e| path.to_string_lossy().ends_with(e)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// What a document tells its readers, one line per event: two documents with the same story load as the same model.
///
/// # Errors
/// [`XmlError`] where the text is not well-formed.
pub fn story(text: &str) -> Result<Vec<String>, XmlError> {
    struct Teller(Vec<String>);
    impl Visitor for Teller {
        fn start(&mut self, tag: &StartTag<'_>) {
            let mut line = format!("<{{{}}}{}", tag.namespace, tag.name);
            for Attribute { name, namespace, value, .. } in tag.attributes {
                let _ = write!(line, " {{{namespace}}}{name}={value:?}");
            }
            self.0.push(line);
        }
        fn text(&mut self, text: &str, _: Range<usize>) {
            if !text.trim_ascii().is_empty() {
                self.0.push(text.to_owned());
            }
        }
        fn space(&mut self, _: &str, _: Range<usize>) {}
        fn end(&mut self, _: Range<usize>) {
            self.0.push(">".to_owned());
        }
    }
    let mut teller = Teller(Vec::new());
    nml_xml::read_stream(text, &mut teller)?;
    Ok(teller.0)
}
