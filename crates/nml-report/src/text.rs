//! Small helpers on text.

/// Appends formatted text.
pub(crate) fn add(out: &mut String, text: std::fmt::Arguments<'_>) {
    use std::fmt::Write;
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
}

/// `1 error`, `2 errors`.
pub(crate) fn count(n: u64, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// The text as it may be shown at a terminal: control characters, and those that change the
/// direction of writing, are replaced, so that a model cannot steer the terminal or hide a part of
/// itself.  Line ends stay.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { printable_char(c) }).collect()
}

/// The character itself, or a stand-in.
pub(crate) fn printable_char(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

/// At most `limit` characters, the middle left out.
pub(crate) fn shorten(text: &str, limit: usize) -> String {
    let length = text.chars().count();
    if length <= limit {
        return text.to_owned();
    }
    let tail = limit / 3;
    let head: String = text.chars().take(limit - tail).collect();
    let end: String = text.chars().skip(length - tail).collect();
    format!("{head} … {end}")
}

/// The time as people read it.
pub fn seconds(elapsed: std::time::Duration) -> String {
    if elapsed.as_secs() >= 10 {
        format!("{:.0} s", elapsed.as_secs_f64())
    } else if elapsed.as_secs() >= 1 {
        format!("{:.1} s", elapsed.as_secs_f64())
    } else {
        format!("{} ms", elapsed.as_millis())
    }
}
