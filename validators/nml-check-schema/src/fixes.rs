//! Repairs of the text.

use std::ops::Range;

use nml_base::{Applicability, Edit, Fix};

use crate::StructureChecker;
use crate::checker::narrow;

/// Elements longer than this are not moved by machine.
const LONGEST: usize = 1 << 20;

/// Completes a finding about an element that stands too late: moves it, with its whole lines where it
/// has lines of its own, before the element at `goal`.
pub(crate) fn move_element(
    checker: &mut StructureChecker,
    finding: usize,
    element: &Range<usize>,
    goal: u32,
) {
    let file = checker.file.id();
    let text = checker.file.text();
    if element.len() > LONGEST {
        return;
    }
    let goal = goal as usize;
    let (cut, at, moved) = match (lines(text, element), line_start(text, goal)) {
        (Some(whole), Some(line)) => {
            let mut moved = text.get(whole.clone()).unwrap_or("").to_owned();
            if !moved.ends_with('\n') {
                moved.push('\n');
            }
            (whole, line, moved)
        }
        _ => (element.clone(), goal, text.get(element.clone()).unwrap_or("").to_owned()),
    };
    let span = |r: Range<usize>| nml_base::Span::new(file, narrow(r.start), narrow(r.end));
    let edits = vec![
        Edit { span: span(at..at), replacement: moved },
        Edit { span: span(cut), replacement: String::new() },
    ];
    if let Some(found) = checker.found.get_mut(finding) {
        let title = found.help.clone().unwrap_or_default();
        found.fix = Some(Fix { title, edits, applicability: Applicability::Safe });
    }
}

/// The lines of an element that shares them with nothing else.
fn lines(text: &str, element: &Range<usize>) -> Option<Range<usize>> {
    let start = line_start(text, element.start)?;
    let rest = text.get(element.end..)?;
    let end = rest.find('\n').map_or(rest.len(), |i| i + 1);
    rest[..end].trim_ascii().is_empty().then_some(start..element.end + end)
}

/// The start of the line, if there are only blanks between it and `at`.
fn line_start(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    before[start..].trim_ascii().is_empty().then_some(start)
}

/// One replacement.
pub(crate) fn replace(
    title: impl Into<String>,
    span: nml_base::Span,
    replacement: impl Into<String>,
    applicability: Applicability,
) -> Fix {
    let edits = vec![Edit { span, replacement: replacement.into() }];
    Fix { title: title.into(), edits, applicability }
}
