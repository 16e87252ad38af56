//! Documents in other forms: SWC and JSON read, and everything written in every form and read again.
//!
//! The first byte says what the rest is: `S` for SWC, `J` for JSON, anything else for XML.

#![no_main]

use std::path::Path;
use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use nml_base::MemoryLoader;

fn load(name: &str, bytes: &[u8]) -> nml::model::Model {
    let mut files = MemoryLoader::new();
    files.insert(name, bytes);
    nml::Loader::new(Arc::new(files)).load(Path::new(name))
}

fuzz_target!(|data: &[u8]| {
    let (name, bytes) = match data.split_first() {
        Some((b'S', rest)) => ("a.swc", rest),
        Some((b'J', rest)) => ("a.nml.json", rest),
        _ => ("a.nml", data),
    };
    let model = load(name, bytes);
    for d in model.diagnostics() {
        let file = model.sources().get(d.primary.span.file).expect("a file that was read");
        assert!(file.text().get(d.primary.span.range()).is_some(), "{d:?}");
    }
    for form in nml::convert::FORMS {
        let Ok(converted) = nml::convert::rewrite(&model, form, true) else { continue };
        for (path, bytes) in converted.artifacts.iter() {
            if form.name == "omex" {
                let mut files = MemoryLoader::new();
                files.insert("a.omex", bytes);
                let loader = nml::Loader::new(Arc::new(files));
                let master = loader.files().master_of(Path::new("a.omex")).expect("it is whole").expect("a file comes first");
                assert!(loader.load(&master).root().unreadable.is_none());
                continue;
            }
            let again = load(&path.to_string_lossy(), bytes);
            let first = again.root().diagnostics.iter().find(|d| d.rule.name.starts_with("malformed"));
            assert!(first.is_none(), "{}: {first:?}", form.name);
            if let ("neuroml" | "json", Ok(twice)) = (form.name, nml::convert::rewrite(&again, form, true)) {
                let once: Vec<&[u8]> = converted.artifacts.iter().map(|(_, b)| b).collect();
                let twice: Vec<&[u8]> = twice.artifacts.iter().map(|(_, b)| b).collect();
                assert!(once == twice, "{} is another one the second time", form.name);
            }
        }
    }
});
