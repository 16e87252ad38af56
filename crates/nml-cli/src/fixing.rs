//! `--fix`: repaired texts written back to their files.

use std::path::PathBuf;

use nml_base::SourceMap;
use nml_report::{FixPlan, FixedFile, Report};
use rustc_hash::FxHashSet;

use crate::projects::Projects;
use crate::{App, Stop, atomic};

/// What became of a plan.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) files: usize,
    pub(crate) fixes: usize,
    /// Files left as they are, and why.
    pub(crate) left: Vec<String>,
}

/// The repairs of a report, in files that were named (not in what they include).
pub(crate) fn plan(
    report: &Report<'_>,
    named: &FxHashSet<PathBuf>,
    projects: &Projects<'_>,
) -> FixPlan {
    let own = |file: nml_base::FileId| {
        report.sources.get(file).is_some_and(|f| named.contains(&projects.canonical(f.path())))
    };
    let fixable =
        report.findings.iter().map(|f| &f.diagnostic).filter(|d| {
            d.fix.as_ref().is_some_and(|fix| fix.edits.iter().all(|e| own(e.span.file)))
        });
    FixPlan::new(report.sources, fixable)
}

/// Writes the repaired files.  A file is left alone unless its bytes are exactly the text that was
/// checked: archives, packed files and other encodings are not written back.
pub(crate) fn write(
    plan: &FixPlan,
    sources: &SourceMap,
    app: &App<'_>,
    projects: &Projects<'_>,
) -> Result<Written, Stop> {
    let mut out = Written::default();
    for fixed in &plan.files {
        let Some(file) = sources.get(fixed.file) else { continue };
        let path = projects.canonical(file.path());
        let bytes = app.loader.read(&path).ok().and_then(|bytes| repaired(&bytes, fixed));
        match bytes {
            Some(bytes) => {
                atomic::write(&path, &bytes)
                    .map_err(|e| Stop(format!("cannot write {}: {e}", fixed.name)))?;
                out.files += 1;
                out.fixes += fixed.fixes;
            }
            None => out.left.push(fixed.name.clone()),
        }
    }
    Ok(out)
}

fn repaired(bytes: &[u8], fixed: &FixedFile) -> Option<Vec<u8>> {
    const BOM: &[u8] = b"\xef\xbb\xbf";
    let (mark, text) = bytes.strip_prefix(BOM).map_or((&b""[..], bytes), |text| (BOM, text));
    (text == fixed.before.as_bytes()).then(|| [mark, fixed.after.as_bytes()].concat())
}
