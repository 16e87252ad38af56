//! Repeats counted instead of shown.

use nml_base::Severity;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Finding;

/// A finding that is shown, standing for others that are not.
#[derive(Clone, Debug)]
pub struct Folded<'a> {
    /// The finding to show.
    pub finding: &'a Finding,
    /// How many more like it there are in the same file.
    pub more: u64,
    /// The lines of the first few of those.
    pub more_lines: Vec<u32>,
    /// How often the very same is found in other files.
    pub elsewhere: u64,
    /// How many files those are.
    pub more_files: u64,
    /// The first few of those.
    pub file_names: Vec<&'a str>,
}

/// How many lines, or files, of the findings not shown are told.
const PLACES_TOLD: usize = 5;

/// What makes findings of two files the same.
type Same<'a> = (&'a str, Severity, &'a str);

fn same(finding: &Finding) -> Same<'_> {
    let d = &finding.diagnostic;
    (d.rule.code, d.severity, &d.message)
}

/// Shows the first `limit` findings of one rule and one message shape per file; the last one shown
/// carries the count of the rest.  Two messages have one shape if they differ only in quoted values
/// and digits.
pub fn fold(findings: &[Finding], limit: usize) -> Vec<Folded<'_>> {
    fold_but(findings, limit.max(1), &FxHashSet::default())
}

/// As [`fold`]; what is said word for word of more than `limit` files is shown for the first of them only.
pub fn fold_files(findings: &[Finding], limit: usize) -> Vec<Folded<'_>> {
    let limit = limit.max(1);
    fold_but(findings, limit, &in_many_files(findings, limit))
}

fn fold_but<'a>(
    findings: &'a [Finding],
    limit: usize,
    common: &FxHashSet<Same<'a>>,
) -> Vec<Folded<'a>> {
    let mut shown: Vec<Folded<'_>> = Vec::new();
    let mut groups: FxHashMap<(&str, &str, Severity, String), (usize, usize)> =
        FxHashMap::default();
    // Where a finding of many files is shown, and the last file that it was met in.
    let mut spread: FxHashMap<Same<'_>, (usize, &str)> = FxHashMap::default();
    for finding in findings {
        let d = &finding.diagnostic;
        let file = finding.place.file.as_str();
        if let Some((first, last_file)) = spread.get_mut(&same(finding))
            && shown[*first].finding.place.file != file
        {
            let first = &mut shown[*first];
            first.elsewhere += 1 + u64::from(d.repeats);
            if std::mem::replace(last_file, file) != file {
                first.more_files += 1;
                if first.file_names.len() < PLACES_TOLD {
                    first.file_names.push(file);
                }
            }
            continue;
        }
        let key = (d.rule.code, file, d.severity, shape(&d.message));
        let (count, last) = groups.entry(key).or_insert((0, 0));
        *count += 1;
        if *count <= limit {
            *last = shown.len();
            if common.contains(&same(finding)) {
                spread.entry(same(finding)).or_insert((shown.len(), file));
            }
            shown.push(Folded {
                finding,
                more: u64::from(d.repeats),
                more_lines: Vec::new(),
                elsewhere: 0,
                more_files: 0,
                file_names: Vec::new(),
            });
        } else {
            let last = &mut shown[*last];
            last.more += 1 + u64::from(d.repeats);
            let line = finding.place.start.line;
            if last.more_lines.len() < PLACES_TOLD && last.more_lines.last() != Some(&line) {
                last.more_lines.push(line);
            }
        }
    }
    shown
}

/// What is said of more than `limit` files.  Findings come sorted by file.
fn in_many_files(findings: &[Finding], limit: usize) -> FxHashSet<Same<'_>> {
    let mut files: FxHashMap<Same<'_>, (usize, &str)> = FxHashMap::default();
    let mut many = FxHashSet::default();
    for finding in findings {
        let (count, last) = files.entry(same(finding)).or_insert((0, ""));
        if std::mem::replace(last, &finding.place.file) != finding.place.file {
            *count += 1;
        }
        if *count > limit {
            many.insert(same(finding));
        }
    }
    many
}

/// The message with quoted values and digits taken out.
fn shape(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut quoted = false;
    for c in message.chars() {
        if c == '`' {
            quoted = !quoted;
            out.push(c);
        } else if !quoted {
            if !c.is_ascii_digit() {
                out.push(c);
            } else if !out.ends_with('#') {
                out.push('#');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_do_not_change_the_shape_of_a_message() {
        let shape_of = |m: &str| shape(m);
        assert_eq!(shape_of("no `a` in 12 cells"), shape_of("no `pyr` in 7 cells"));
        assert_ne!(shape_of("no `a` in cells"), shape_of("no `a` in groups"));
    }
}
