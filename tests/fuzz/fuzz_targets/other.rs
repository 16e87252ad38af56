//! Models in other languages: NeuroML 1, and networks of `NeuroMLlite` after an `L`.
//!
//! Either nothing is read and there is an error, or the NeuroML 2 that was made is well-formed.

#![no_main]

use std::path::Path;
use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use nml_base::{Level, MemoryLoader};

fuzz_target!(|data: &[u8]| {
    let (name, bytes) = match data.split_first() {
        Some((b'L', rest)) => ("a.json", rest),
        _ => ("a.xml", data),
    };
    let mut files = MemoryLoader::new();
    files.insert(name, bytes);
    let model = nml::Loader::new(Arc::new(files)).upgrading(true).load(Path::new(name));
    let root = model.root();
    for d in &root.diagnostics {
        let file = model.sources().get(d.primary.span.file).expect("a file that was read");
        assert!(file.text().get(d.primary.span.range()).is_some(), "{d:?}");
    }
    if root.tree.is_empty() {
        assert!(root.diagnostics.iter().any(|d| d.rule.default_level == Level::Error), "nothing is told");
    } else if root.file().text().as_bytes() != bytes {
        // The text was made here.
        let malformed = root.diagnostics.iter().find(|d| d.rule.name == "malformed-xml");
        assert!(malformed.is_none(), "{malformed:?} in {}", root.file().text());
    }
});
