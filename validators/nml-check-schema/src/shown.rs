//! How elements and lists of names are shown in messages.

use nml_base::SourceFile;

/// Values longer than this are cut in messages.
const LONGEST: usize = 60;

/// The element that begins at `start`, as `<name id="…">`.
pub(crate) fn element(file: &SourceFile, start: u32) -> String {
    let text = file.text().get(start as usize + 1..).unwrap_or("");
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/');
    let name = &text[..end.unwrap_or(text.len())];
    match id(&text[name.len()..]) {
        Some(id) => format!("`<{name} id=\"{}\">`", cut(id)),
        None => format!("`<{name}>`"),
    }
}

/// The value of `id` in the attributes that follow the name of a start tag.
fn id(mut rest: &str) -> Option<&str> {
    loop {
        rest = rest.trim_ascii_start();
        let equals = rest.find(['=', '>', '/'])?;
        if !rest[equals..].starts_with('=') {
            return None;
        }
        let name = rest[..equals].trim_ascii();
        let value = rest[equals + 1..].trim_ascii_start();
        let quote = value.chars().next().filter(|q| matches!(q, '"' | '\''))?;
        let value = &value[1..];
        let end = value.find(quote)?;
        if name == "id" {
            return Some(&value[..end]);
        }
        rest = &value[end + 1..];
    }
}

/// A value, shortened and on one line.
pub(crate) fn cut(value: &str) -> String {
    let mut out: String = value.chars().take(LONGEST).collect();
    if out.len() < value.len() {
        out.push('…');
    }
    out.replace(['\n', '\r', '\t'], " ")
}

/// "`a`, `b` and `c`", at most `most` names of a longer list.
pub(crate) fn list(names: &[&str], most: usize, quote: impl Fn(&str) -> String) -> String {
    let mut shown: Vec<String> = names.iter().take(most).map(|n| quote(n)).collect();
    if names.len() > most {
        return format!("{} and {} others", shown.join(", "), names.len() - most);
    }
    let last = shown.pop().unwrap_or_default();
    if shown.is_empty() { last } else { format!("{} and {last}", shown.join(", ")) }
}

/// "`a`, `b` or `c`".
pub(crate) fn either(names: &[&str], quote: impl Fn(&str) -> String) -> String {
    let mut shown: Vec<String> = names.iter().map(|n| quote(n)).collect();
    let last = shown.pop().unwrap_or_default();
    if shown.is_empty() { last } else { format!("{} or {last}", shown.join(", ")) }
}

/// "`name`".
pub(crate) fn code(name: &str) -> String {
    format!("`{name}`")
}

/// "`<name>`".
pub(crate) fn tag(name: &str) -> String {
    format!("`<{name}>`")
}
