//! Characters, names, references and line ends: what both readers have to see alike.

use std::borrow::Cow;

use crate::XmlError;
use crate::entities::Entities;

/// Whether a character may stand in a document at all (XML 1.0, production 2).
fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{1_0000}'..)
}

/// Whether a name may begin with it (production 4).
fn begins_name(c: char) -> bool {
    matches!(c,
        'A'..='Z' | 'a'..='z' | '_' | ':'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}'
        | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{1_0000}'..='\u{E_FFFF}')
}

/// Whether it may stand in a name (production 4a).
fn in_name(c: char) -> bool {
    begins_name(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// The white space of XML.
pub(crate) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Whether a text is nothing but white space.
pub(crate) fn is_blank(text: &str) -> bool {
    text.bytes().all(is_space)
}

/// Whether a text is nothing but white space that stands for itself; tests whole chunks, which becomes
/// wide instructions.
pub(crate) fn is_plain_blank(text: &str) -> bool {
    let (chunks, rest) = text.as_bytes().as_chunks::<16>();
    let blank =
        |bytes: &[u8]| bytes.iter().fold(true, |all, b| all & matches!(b, b' ' | b'\t' | b'\n'));
    chunks.iter().all(|chunk| blank(chunk)) && blank(rest)
}

/// A table of the bytes for which something holds.
const fn bytes_of(ascii: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut i = 0;
    while i < ascii.len() {
        table[ascii[i] as usize] = true;
        i += 1;
    }
    table
}

/// The bytes of names that are ASCII.
const IN_NAME: [bool; 256] =
    bytes_of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_:-.");

/// The bytes that an attribute value may not hold, or that do not stand for themselves there.
const ODD_IN_VALUE: [bool; 256] = bytes_of(b"<&\t\n\r");

/// Whether an attribute value can be taken as it is written.
pub(crate) fn is_plain_value(raw: &str) -> bool {
    !raw.bytes().any(|b| ODD_IN_VALUE[usize::from(b)])
}

/// The first character that may not stand in a document.
pub(crate) fn forbidden(text: &str) -> Option<XmlError> {
    const CHUNK: usize = 256;
    let suspicious = |b: u8| (b < 0x20 && !is_space(b)) || b == 0xEF;
    let mut from = 0;
    // Whole chunks first: nearly all are clean, and this loop becomes wide instructions.
    for chunk in text.as_bytes().chunks(CHUNK) {
        if chunk.iter().fold(false, |found, &b| found | suspicious(b)) {
            let places = chunk.iter().enumerate().filter(|(_, b)| suspicious(**b));
            for at in places.map(|(i, _)| from + i) {
                if let Some(c) = text.get(at..).and_then(|t| t.chars().next())
                    && !is_xml_char(c)
                {
                    let message = format!("the character U+{:04X} is not allowed", u32::from(c));
                    return Some(XmlError::new(message, at).help("remove it"));
                }
            }
        }
        from += chunk.len();
    }
    None
}

/// The length of the name at the beginning, 0 where there is none; colons count as letters.
pub(crate) fn name_length(text: &str) -> usize {
    let mut length = text.bytes().take_while(|&b| IN_NAME[usize::from(b)]).count();
    if text.as_bytes().get(length).is_some_and(|b| !b.is_ascii()) {
        length = text.find(|c| !in_name(c)).unwrap_or(text.len());
    }
    let begins = match text.as_bytes().first() {
        Some(b'A'..=b'Z' | b'a'..=b'z') => true,
        _ => text.starts_with(begins_name),
    };
    if begins { length } else { 0 }
}

/// Prefix, local name and length of the qualified name at the beginning (Namespaces in XML 1.0, 4).
pub(crate) fn qualified_name(text: &str) -> Option<(&str, &str, usize)> {
    let length = name_length(text);
    let name = &text[..length];
    if !name.as_bytes().contains(&b':') {
        return (length > 0).then_some(("", name, length));
    }
    match name.split_once(':') {
        Some((prefix, local))
            if !prefix.is_empty() && local.starts_with(begins_name) && !local.contains(':') =>
        {
            Some((prefix, local, length))
        }
        _ => None,
    }
}

/// What a reference at the beginning stands for, and its length.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(64).position(|b| b == b';')?;
    let c = match &text[1..end] {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        name => {
            let number = name.strip_prefix('#')?;
            let (digits, radix) = match number.strip_prefix('x') {
                Some(digits) => (digits, 16),
                None => (number, 10),
            };
            if !digits.chars().all(|c| c.is_digit(radix)) {
                return None;
            }
            char::from_u32(u32::from_str_radix(digits, radix).ok()?).filter(|&c| is_xml_char(c))?
        }
    };
    Some((c, end + 1))
}

/// Why there is no such reference; `at` is its place.
fn bad_reference(text: &str, at: usize) -> XmlError {
    let name = name_length(&text[1..]);
    if name > 0 && text.as_bytes().get(1 + name) == Some(&b';') {
        let shown = crate::shown(&text[..name + 2]);
        return XmlError::new(format!("the entity `{shown}` is not defined"), at).help(
            "write `&amp;` for a plain `&`, and the text itself instead of an entity of a DOCTYPE",
        );
    }
    XmlError::new("a `&` here is neither an entity nor a character reference", at)
        .help("write `&amp;` for a plain `&`")
}

/// An attribute value with references expanded and white space normalised (XML 1.0, 3.3.3).
pub(crate) fn attribute_value<'r>(
    raw: &'r str,
    at: usize,
    entities: &Entities<'_>,
) -> Result<Cow<'r, str>, XmlError> {
    let special = |b: u8| matches!(b, b'&' | b'\t' | b'\n' | b'\r');
    let Some(first) = raw.bytes().position(special) else { return Ok(Cow::Borrowed(raw)) };
    let mut out = String::with_capacity(raw.len());
    let (mut done, mut next) = (0, Some(first));
    while let Some(found) = next {
        out.push_str(&raw[done..found]);
        let rest = &raw[found..];
        done = found;
        if let Some((text, length)) = entities.reference(rest).filter(|_| rest.starts_with('&')) {
            out.extend(
                text.chars().map(|c| if c.is_ascii() && is_space(c as u8) { ' ' } else { c }),
            );
            done += length;
        } else if rest.starts_with('&') {
            let (c, length) = reference(rest).ok_or_else(|| bad_reference(rest, at + found))?;
            out.push(c);
            done += length;
        } else {
            out.push(' ');
            done += if rest.starts_with("\r\n") { 2 } else { 1 };
        }
        next = raw[done..].bytes().position(special).map(|i| done + i);
    }
    out.push_str(&raw[done..]);
    Ok(Cow::Owned(out))
}

/// Character data with references expanded, sections opened and line ends as `\n` (XML 1.0, 2.11).
///
/// `raw` is a run of text, references and `<![CDATA[…]]>` sections.
pub(crate) fn character_data<'r>(
    raw: &'r str,
    at: usize,
    entities: &Entities<'_>,
) -> Result<Cow<'r, str>, XmlError> {
    let special = |b: u8| matches!(b, b'&' | b'\r' | b'<' | b'>');
    let Some(first) = raw.bytes().position(special) else { return Ok(Cow::Borrowed(raw)) };
    let mut out = String::with_capacity(raw.len());
    let mut rewritten = false;
    let (mut done, mut next) = (0, Some(first));
    while let Some(found) = next {
        let rest = &raw[found..];
        let from = done;
        let piece;
        (piece, done) = match rest.as_bytes() {
            [b'&', ..] if let Some((text, length)) = entities.reference(rest) => {
                out.push_str(&raw[from..found]);
                push_lines(&mut out, text);
                rewritten = true;
                done = found + length;
                next = raw[done..].bytes().position(special).map(|i| done + i);
                continue;
            }
            [b'&', ..] => {
                let (c, length) = reference(rest).ok_or_else(|| bad_reference(rest, at + found))?;
                (Some(c), found + length)
            }
            [b'\r', b'\n', ..] => (Some('\n'), found + 2),
            [b'\r', ..] => (Some('\n'), found + 1),
            [b'<', ..] => {
                let inner = rest.strip_prefix("<![CDATA[").unwrap_or("");
                let inner = &inner[..inner.find("]]>").unwrap_or(inner.len())];
                out.push_str(&raw[from..found]);
                push_lines(&mut out, inner);
                rewritten = true;
                done = (found + "<![CDATA[]]>".len() + inner.len()).min(raw.len());
                next = raw[done..].bytes().position(special).map(|i| done + i);
                continue;
            }
            _ => {
                if raw[from..found].ends_with("]]") {
                    return Err(XmlError::new("a `]]>` outside of a CDATA section", at + found)
                        .help("write `]]&gt;`"));
                }
                out.push_str(&raw[from..found]);
                out.push('>');
                done = found + 1;
                next = raw[done..].bytes().position(special).map(|i| done + i);
                continue;
            }
        };
        out.push_str(&raw[from..found]);
        out.extend(piece);
        rewritten = true;
        next = raw[done..].bytes().position(special).map(|i| done + i);
    }
    if !rewritten {
        return Ok(Cow::Borrowed(raw));
    }
    out.push_str(&raw[done..]);
    Ok(Cow::Owned(out))
}

fn push_lines(out: &mut String, text: &str) {
    for (n, line) in text.split('\r').enumerate() {
        out.push_str(if n > 0 { "\n" } else { "" });
        out.push_str(if n > 0 { line.strip_prefix('\n').unwrap_or(line) } else { line });
    }
}

/// Checks a processing instruction, `<?` and `?>` included, or the XML declaration.
pub(crate) fn instruction(raw: &str, at: usize) -> Result<(), XmlError> {
    let inner = raw.get(2..raw.len().saturating_sub(2)).unwrap_or("");
    let length = name_length(inner);
    let (target, rest) = inner.split_at(length);
    let error = |message: &str| Err(XmlError::new(message, at));
    if length == 0 || rest.bytes().next().is_some_and(|b| !is_space(b)) {
        return error("a processing instruction without a proper name");
    }
    if !target.eq_ignore_ascii_case("xml") {
        return Ok(());
    }
    if at > 0 {
        return Err(XmlError::new("an XML declaration that is not at the beginning", at)
            .help("move `<?xml …?>` to the very beginning of the file"));
    }
    let mut rest = rest;
    let mut known = ["version", "encoding", "standalone"].into_iter();
    let mut first = true;
    loop {
        let trimmed = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        if trimmed.is_empty() && !first {
            return Ok(());
        }
        let name = &trimmed[..name_length(trimmed)];
        let expected = if first { known.next() == Some(name) } else { known.any(|k| k == name) };
        if target != "xml" || !expected || trimmed.len() == rest.len() {
            return error("the XML declaration is not `<?xml version=\"1.0\" encoding=\"…\"?>`");
        }
        let after = trimmed[name.len()..].trim_start_matches([' ', '\t', '\r', '\n']);
        let value = after.strip_prefix('=').map(|v| v.trim_start_matches([' ', '\t', '\r', '\n']));
        let quoted = value.and_then(|v| {
            let quote = v.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            v[1..].split_once(quote)
        });
        match quoted {
            Some((value, after)) if !value.contains('<') => rest = after,
            _ => {
                return error(
                    "the XML declaration is not `<?xml version=\"1.0\" encoding=\"…\"?>`",
                );
            }
        }
        first = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_at_most_one_colon() {
        assert_eq!(qualified_name("a:b c"), Some(("a", "b", 3)));
        assert_eq!(qualified_name("µ1="), None);
        assert_eq!(qualified_name("é1="), Some(("", "é1", 3)));
        for bad in ["", ":a", "a:", "a:b:c", "1a", "a:1", "-"] {
            assert_eq!(qualified_name(bad), None, "{bad}");
        }
    }

    #[test]
    fn references_are_expanded_and_others_refused() {
        let value = |raw| {
            attribute_value(raw, 0, &Entities::none()).map(Cow::into_owned).map_err(|e| e.offset)
        };
        assert_eq!(value("a\r\nb\tc&#10;&lt;&#x41;"), Ok("a b c\n<A".to_owned()));
        for bad in ["x&#0;", "x&#xD800;", "x&nbsp;", "x&", "x& ;", "x&#;", "x&#+5;", "x&#xFFFF;"] {
            assert_eq!(value(bad), Err(1), "{bad}");
        }
    }

    #[test]
    fn character_data_is_one_piece() {
        let data = |raw| {
            character_data(raw, 0, &Entities::none()).map(Cow::into_owned).map_err(|e| e.offset)
        };
        assert_eq!(data("a\r&amp;\r\n<![CDATA[<\r\n>]]>&#13;b"), Ok("a\n&\n<\n>\rb".to_owned()));
        assert_eq!(data("a > b"), Ok("a > b".to_owned()));
        assert_eq!(data("a ]]> b"), Err(4));
        assert_eq!(data("<![CDATA[]]>"), Ok(String::new()));
    }

    #[test]
    fn declarations_are_at_the_beginning() {
        let ok = |raw, at| instruction(raw, at).is_ok();
        assert!(ok("<?xml version='1.0'?>", 0));
        assert!(ok("<?xml\tversion = \"1.0\" standalone='yes' ?>", 0));
        assert!(ok("<?pi?>", 7) && ok("<?xml-stylesheet href='x'?>", 7));
        assert!(!ok("<?xml version='1.0'?>", 1));
        for bad in ["<?xml?>", "<?xml encoding='x'?>", "<?XML version='1.0'?>", "<??>", "<? a?>"] {
            assert!(!ok(bad, 0), "{bad}");
        }
    }
}
