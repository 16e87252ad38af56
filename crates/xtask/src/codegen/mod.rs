//! Files of the repository that are written from other files of the repository.

mod lems;
mod structure;

use std::path::{Path, PathBuf};

use crate::Result;

/// What to do with the generated text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Write it where it differs.
    Write,
    /// Fail where it differs.
    Check,
}

/// One generated file: its path below the root of the repository and its text.
pub(crate) struct Output {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// Generates everything.
pub(crate) fn run(root: &Path, mode: Mode) -> Result<()> {
    let mut outputs = structure::outputs(root)?;
    outputs.extend(lems::outputs(root)?);
    let mut stale = Vec::new();
    for output in outputs {
        let path = root.join(&output.path);
        if std::fs::read_to_string(&path).is_ok_and(|text| text == output.text) {
            continue;
        }
        stale.push(output.path.display().to_string());
        if mode == Mode::Write {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(&path, output.text)?;
            println!("wrote {}", output.path.display());
        }
    }
    if mode == Mode::Check && !stale.is_empty() {
        return Err(
            format!("not up to date, run `cargo xtask codegen`: {}", stale.join(", ")).into()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_files_are_up_to_date() {
        run(&crate::root(), Mode::Check).unwrap();
    }
}
