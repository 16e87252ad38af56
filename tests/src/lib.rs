//! End-to-end tests through public doors only, and what they share.

use std::path::{Path, PathBuf};

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
