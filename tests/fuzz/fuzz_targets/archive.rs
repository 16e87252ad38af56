//! COMBINE archives: any bytes, or entries that the input lists.
//!
//! After a `Z` the rest is names and texts, each ended by a zero byte, which are packed first.

#![no_main]

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use nml_base::MemoryLoader;

fn packed(list: &[u8]) -> Option<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut parts = list.split(|b| *b == 0);
    while let (Some(name), Some(text)) = (parts.next(), parts.next()) {
        // The writer refuses the same name twice.
        let name = String::from_utf8_lossy(name).into_owned();
        if zip.start_file(name, zip::write::SimpleFileOptions::default()).is_ok() {
            zip.write_all(text).ok()?;
        }
    }
    Some(zip.finish().ok()?.into_inner())
}

fuzz_target!(|data: &[u8]| {
    let bytes = match data.split_first() {
        Some((b'Z', rest)) => match packed(rest) {
            Some(bytes) => bytes,
            None => return,
        },
        _ => data.to_vec(),
    };
    let archive = Path::new("a.omex");
    let mut files = MemoryLoader::new();
    files.insert(archive, bytes);
    let loader = nml::Loader::new(Arc::new(files));
    let Ok(models) = loader.files().models_in(archive) else { return };
    for model in models.into_iter().chain(loader.files().master_of(archive).ok().flatten()) {
        assert!(model.starts_with(archive), "{} lies outside", model.display());
        let model = loader.load(&model);
        for document in model.documents() {
            assert!(document.path.starts_with(archive), "{} lies outside", document.path.display());
        }
    }
});
