//! Lines to samples.

use std::ops::Range;

use nml_base::{Diagnostics, SourceFile, Span};

use crate::rules;

/// The type of a soma.
pub(super) const SOMA: u32 = 1;

/// Names of the columns, for messages.
const COLUMNS: [&str; 7] = ["number", "type", "x", "y", "z", "radius", "parent"];

/// Faults of one file that are told; the rest is counted.
const MOST_TOLD: usize = 50;

/// One sample; texts are places in the file.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    pub(super) number: u32,
    pub(super) kind: u32,
    /// x, y, z, radius in µm.
    pub(super) values: [f64; 4],
    pub(super) texts: [Range<usize>; 4],
    /// The number of the parent; `None` for a root.
    pub(super) parent: Option<u32>,
    pub(super) line: Span,
    pub(super) parent_span: Span,
}

/// What a file holds.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    /// Lines that are comments, and comments after samples, with their `#`.
    pub(super) comments: Vec<&'a str>,
    pub(super) samples: Vec<Sample>,
}

/// Reads all lines.  What is wrong is told; a file without errors has at least one sample.
pub(super) fn read<'a>(file: &'a SourceFile, sink: &mut Diagnostics) -> Lines<'a> {
    let mut lines = Lines { comments: Vec::new(), samples: Vec::new() };
    let text = file.text();
    let (mut start, mut faults, mut wide) = (0, 0_usize, None);
    for line in text.split_inclusive('\n') {
        let here = start;
        start += line.len();
        let (data, comment) = match line.find('#') {
            Some(at) => (&line[..at], Some(line[at..].trim_ascii_end())),
            None => (line, None),
        };
        lines.comments.extend(comment);
        let columns: Vec<Range<usize>> = columns(data, here).collect();
        if columns.is_empty() {
            continue;
        }
        let span = |range: &Range<usize>| file.span().sub(range.start, range.end);
        let whole = columns[0].start..columns[columns.len() - 1].end;
        if columns.len() > COLUMNS.len() && wide.is_none() {
            wide = Some(span(&(columns[7].start..whole.end)));
        }
        match sample(text, &columns) {
            Ok(sample) => lines.samples.push(Sample {
                line: span(&whole),
                parent_span: span(&columns[6]),
                ..sample
            }),
            Err((place, message, help)) => {
                faults += 1;
                if faults <= MOST_TOLD {
                    let place = place.map_or(whole, |at| columns[at].clone());
                    sink.push(rules::bad_swc_sample(span(&place), message, help));
                }
            }
        }
    }
    if faults > MOST_TOLD {
        let message = format!("{} more lines are no samples", faults - MOST_TOLD);
        sink.push(rules::bad_swc_sample(file.span().sub(0, 0), message, ONE_SAMPLE));
    } else if faults == 0 && lines.samples.is_empty() {
        let message = "the file holds no sample".to_owned();
        sink.push(rules::bad_swc_sample(file.span().sub(0, 0), message, ONE_SAMPLE));
    }
    if let Some(span) = wide {
        let message = "columns after the seventh are not read".to_owned();
        sink.push(rules::odd_swc(span, message, "remove them, or begin them with `#`"));
    }
    lines
}

const ONE_SAMPLE: &str = "write one sample a line: number type x y z radius parent";

/// The bytes of each column of a line that begins at `start`.
fn columns(line: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let words = line.split_ascii_whitespace();
    words.map(move |word| {
        let at = start + (word.as_ptr().addr() - line.as_ptr().addr());
        at..at + word.len()
    })
}

/// The column at fault, what is wrong and what to do.
type Fault = (Option<usize>, String, &'static str);

fn sample(text: &str, columns: &[Range<usize>]) -> Result<Sample, Fault> {
    let Some(seven) = columns.first_chunk::<7>() else {
        let message = format!("a sample has 7 columns, this line has {}", columns.len());
        return Err((None, message, ONE_SAMPLE));
    };
    let word = |at: usize| &text[seven[at].clone()];
    let whole = |at: usize| {
        let wrong = || {
            let message = format!("the {} `{}` is no whole number", COLUMNS[at], word(at));
            (Some(at), message, "write a whole number from 0 to 2147483647")
        };
        integer(word(at)).ok_or_else(wrong)
    };
    let natural = |at: usize| {
        let wrong = || {
            let message = format!("the {} `{}` is out of range", COLUMNS[at], word(at));
            (Some(at), message, "write a whole number from 0 to 2147483647")
        };
        u32::try_from(whole(at)?).ok().filter(|n| *n <= i32::MAX.unsigned_abs()).ok_or_else(wrong)
    };
    let real = |at: usize| {
        let wrong = || {
            let message = format!("the {} `{}` is no finite number", COLUMNS[at], word(at));
            (Some(at), message, "write a number in µm, such as `12.5`")
        };
        word(at).parse().ok().filter(|x: &f64| x.is_finite()).ok_or_else(wrong)
    };
    let number = natural(0)?;
    let kind = natural(1)?;
    let values = [real(2)?, real(3)?, real(4)?, real(5)?];
    if values[3] <= 0.0 {
        let message = format!("the radius `{}` is not above 0", word(5));
        return Err((Some(5), message, "measure the radius, or take that of the parent"));
    }
    let parent = whole(6)?;
    let parent = if parent < 0 { None } else { Some(natural(6)?) };
    Ok(Sample {
        number,
        kind,
        values,
        texts: [2, 3, 4, 5].map(|at| seven[at].clone()),
        parent,
        line: Span::new(nml_base::FileId(0), 0, 0),
        parent_span: Span::new(nml_base::FileId(0), 0, 0),
    })
}

/// A whole number, also as some programs write it: `12.0`.
fn integer(word: &str) -> Option<i64> {
    if let Ok(number) = word.parse() {
        return Some(number);
    }
    let (whole, rest) = word.split_once('.')?;
    rest.bytes().all(|b| b == b'0').then(|| whole.parse().ok())?
}
