//! Repeats counted instead of shown.

use nml_base::Severity;
use rustc_hash::FxHashMap;

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
}

/// How many lines of the findings not shown are told.
const LINES_TOLD: usize = 5;

/// Shows the first `limit` findings of one rule and one message shape per file; the last one shown
/// carries the count of the rest.  Two messages have one shape if they differ only in quoted values
/// and digits.
pub fn fold(findings: &[Finding], limit: usize) -> Vec<Folded<'_>> {
    let mut shown: Vec<Folded<'_>> = Vec::new();
    let mut groups: FxHashMap<(&str, &str, Severity, String), (usize, usize)> =
        FxHashMap::default();
    for finding in findings {
        let d = &finding.diagnostic;
        let key = (d.rule.code, finding.place.file.as_str(), d.severity, shape(&d.message));
        let (count, last) = groups.entry(key).or_insert((0, 0));
        *count += 1;
        if *count <= limit.max(1) {
            *last = shown.len();
            shown.push(Folded { finding, more: u64::from(d.repeats), more_lines: Vec::new() });
        } else {
            let last = &mut shown[*last];
            last.more += 1 + u64::from(d.repeats);
            let line = finding.place.start.line;
            if last.more_lines.len() < LINES_TOLD && last.more_lines.last() != Some(&line) {
                last.more_lines.push(line);
            }
        }
    }
    shown
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
