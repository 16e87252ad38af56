//! What `--fix` does to the text.

use std::collections::BTreeMap;

use nml_base::{Applicability, Diagnostic, Edit, FileId, Fix, SourceMap};

/// One file with its repaired text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedFile {
    /// The file.
    pub file: FileId,
    /// Its name.
    pub name: String,
    /// The text as it was read.
    pub before: String,
    /// The text with the repairs.
    pub after: String,
    /// How many repairs touch it.
    pub fixes: usize,
}

impl FixedFile {
    /// The change as a unified diff.
    pub fn diff(&self) -> String {
        unified_diff(&self.name, &self.before, &self.after)
    }
}

/// The repairs of a run.
///
/// Only fixes marked [`Applicability::Safe`] are taken, each as a whole or not at all.  Where two
/// overlap, the one that begins first is taken and the other is left; checking the result again and
/// planning again takes it, if it is still wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FixPlan {
    /// The files that change, by name.
    pub files: Vec<FixedFile>,
    /// Fixes taken.
    pub applied: usize,
    /// Safe fixes left out because they overlap with one taken, or do not fit the text.
    pub left: usize,
}

/// Whether `--fix` would try the fix of this finding.
pub(crate) fn is_safe(d: &Diagnostic) -> bool {
    d.fix.as_ref().is_some_and(|f| f.applicability == Applicability::Safe && !f.edits.is_empty())
}

impl FixPlan {
    /// Plans the safe fixes of these findings.
    pub fn new<'a>(
        sources: &SourceMap,
        diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    ) -> Self {
        let mut fixes: Vec<&Fix> =
            diagnostics.into_iter().filter(|d| is_safe(d)).filter_map(|d| d.fix.as_ref()).collect();
        fixes
            .sort_by_key(|f| f.edits.iter().map(|e| (e.span.file, e.span.start, e.span.end)).min());
        fixes.dedup_by(|a, b| a.edits == b.edits);

        let mut plan = Self::default();
        let mut taken: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
        let mut touched: BTreeMap<FileId, usize> = BTreeMap::new();
        for fix in fixes {
            let fits = fix.edits.iter().enumerate().all(|(i, edit)| {
                let others = taken.get(&edit.span.file).into_iter().flatten().copied();
                let own = &fix.edits[..i];
                let mut earlier =
                    others.chain(own.iter().filter(|o| o.span.file == edit.span.file));
                valid(sources, edit) && earlier.all(|o| !collide(o, edit))
            });
            if !fits {
                plan.left += 1;
                continue;
            }
            plan.applied += 1;
            let mut files: Vec<FileId> = fix.edits.iter().map(|e| e.span.file).collect();
            files.sort_unstable();
            files.dedup();
            for file in files {
                *touched.entry(file).or_default() += 1;
            }
            for edit in &fix.edits {
                taken.entry(edit.span.file).or_default().push(edit);
            }
        }
        for (id, mut edits) in taken {
            let Some(file) = sources.get(id) else { continue };
            edits.sort_by_key(|e| (e.span.start, e.span.end));
            let after = apply(file.text(), &edits);
            if after != file.text() {
                plan.files.push(FixedFile {
                    file: id,
                    name: file.name(),
                    before: file.text().to_owned(),
                    after,
                    fixes: touched.get(&id).copied().unwrap_or(0),
                });
            }
        }
        plan.files.sort_by(|a, b| a.name.cmp(&b.name));
        plan
    }

    /// All changes as one unified diff.
    pub fn diff(&self) -> String {
        self.files.iter().map(FixedFile::diff).collect()
    }
}

fn valid(sources: &SourceMap, edit: &Edit) -> bool {
    let range = edit.span.range();
    range.start <= range.end
        && sources.get(edit.span.file).is_some_and(|f| f.text().get(range).is_some())
}

/// Whether the order of two edits of one file would matter.
fn collide(a: &Edit, b: &Edit) -> bool {
    let (a, b) = (a.span, b.span);
    if a.start == a.end && b.start == b.end {
        a.start == b.start
    } else {
        a.start < b.end && b.start < a.end
    }
}

/// Applies sorted edits that do not overlap.
fn apply(text: &str, edits: &[&Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.span.range();
        out.push_str(text.get(at..range.start).unwrap_or(""));
        out.push_str(&edit.replacement);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

/// Two texts of one file as a unified diff with three lines of context, as `patch -p0` reads it.
pub fn unified_diff(name: &str, before: &str, after: &str) -> String {
    similar::TextDiff::configure()
        .timeout(std::time::Duration::from_secs(5))
        .diff_lines(before, after)
        .unified_diff()
        .context_radius(3)
        .header(name, name)
        .to_string()
}
