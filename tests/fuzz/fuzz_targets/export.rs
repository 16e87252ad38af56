//! Models of arbitrary equations through every target: no panic, plain paths, names that the language allows, and
//! flattened LEMS that is read again.

#![no_main]

use std::path::Path;
use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use nml::base::MemoryLoader;
use nml::convert::{Artifacts, BACKENDS, JobOptions, convert};
use nml::simulate::{SimulateOptions, Wish};
use nml_fuzz::names::assert_legal;

fn load(name: &Path, bytes: &[u8]) -> nml::model::Model {
    let mut files = MemoryLoader::new();
    files.insert(name, bytes);
    nml::Loader::new(Arc::new(files)).load(name)
}

fn assert_read_again(made: &Artifacts) {
    for (path, bytes) in made.iter() {
        let model = load(path, bytes);
        let (wish, options) = (Wish::default(), SimulateOptions::default());
        let flattened = nml::convert::backend("flattened").expect("the target is listed");
        if let Err(found) = convert(&model, flattened, &wish, options, &JobOptions::default()) {
            panic!("{found:#?}\n{}", String::from_utf8_lossy(bytes));
        }
    }
}

fuzz_target!(|recipe: &[u8]| {
    let text = nml_fuzz::flat::model(recipe);
    let model = load(Path::new("model.xml"), text.as_bytes());
    for backend in BACKENDS {
        let wish = Wish { file: "model".to_owned(), ..Wish::default() };
        let options = SimulateOptions::default();
        let Ok(made) = convert(&model, *backend, &wish, options, &JobOptions::default()) else { continue };
        for (path, bytes) in made.artifacts.iter() {
            assert!(path.to_str().is_some_and(|p| p.is_ascii()), "{}", path.display());
            assert!(!bytes.is_empty() || path.ends_with("__init__.py"), "{}", path.display());
            assert_legal(path, bytes);
        }
        if backend.name() == "flattened" {
            assert_read_again(&made.artifacts);
        }
    }
});
