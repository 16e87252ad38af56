//! `nml convert` to another form of a document.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml::convert::Form;
use nml_base::{OsLoader, SourceLoader};

use crate::simulate::{main_file, tell};
use crate::{CLEAN, Console, FINDINGS, Stop, convert};

/// What the command line asks for.
pub(crate) struct Asked<'a> {
    pub(crate) file: &'a Path,
    pub(crate) output: Option<&'a Path>,
    pub(crate) check: bool,
    pub(crate) include_path: &'a [PathBuf],
}

pub(crate) fn run(
    form: &Form,
    asked: &Asked<'_>,
    quiet: bool,
    console: &mut Console<'_>,
) -> Result<u8, Stop> {
    let files: Arc<dyn SourceLoader> = Arc::new(OsLoader::default());
    let loader = nml::Loader::new(Arc::clone(&files))
        .include_path(asked.include_path.to_vec())
        .upgrading(true);
    let path = main_file(&loader, &console.env.working_folder.join(asked.file))?;
    let model = loader.load(&path);
    if let Some(error) = &model.root().unreadable {
        return Err(Stop(error.to_string()));
    }
    let folder = console.env.working_folder.join(asked.output.unwrap_or(Path::new("")));
    let there = |path: &Path| files.canonical(path);
    let source = path.parent().unwrap_or(Path::new(""));
    let beside = there(&folder) == there(source);
    let converted = match nml::convert::rewrite(&model, form, beside) {
        Ok(converted) => converted,
        Err(found) => {
            tell(asked.file, found, model.sources(), console);
            return Ok(FINDINGS);
        }
    };
    if !converted.warnings.is_empty() {
        tell(asked.file, converted.warnings, model.sources(), console);
    }
    if asked.check {
        if !quiet {
            console.note(&format!("nml: `{}` has a place for all of this document", form.name));
        }
        return Ok(CLEAN);
    }
    let names: Vec<String> =
        converted.artifacts.iter().map(|(name, _)| name.display().to_string()).collect();
    let over = names.iter().find(|name| {
        let target = folder.join(name);
        files.is_file(&target) && there(&target) == there(&path)
    });
    if let Some(name) = over {
        return Err(Stop(format!(
            "`{name}` would take the place of the file it is made from; give another folder with `-o`, or lay it out with `nml fmt`"
        )));
    }
    convert::write(&folder, &converted.artifacts)?;
    if !quiet {
        console.note(&format!("nml: wrote {}", names.join(", ")));
    }
    Ok(CLEAN)
}
