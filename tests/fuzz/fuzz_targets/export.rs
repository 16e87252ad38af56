//! Models of arbitrary equations through every target: no panic, and names that are legal as files.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use nml::base::MemoryLoader;
use nml::convert::{BACKENDS, JobOptions, convert};
use nml::simulate::{SimulateOptions, Wish};

fuzz_target!(|recipe: &[u8]| {
    let mut files = MemoryLoader::new();
    files.insert("model.xml", nml_fuzz::flat::model(recipe));
    let model = nml::Loader::new(Arc::new(files)).load("model.xml".as_ref());
    for backend in BACKENDS {
        let wish = Wish { file: "model".to_owned(), ..Wish::default() };
        let options = SimulateOptions::default();
        let Ok(made) = convert(&model, *backend, &wish, options, &JobOptions::default()) else { continue };
        for (path, bytes) in made.artifacts.iter() {
            assert!(path.to_str().is_some_and(|p| p.is_ascii()), "{}", path.display());
            assert!(!bytes.is_empty() || path.ends_with("__init__.py"), "{}", path.display());
        }
    }
});
