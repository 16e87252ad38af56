//! Bytes to UTF-8 text.

use encoding_rs::{DecoderResult, Encoding};

/// Bytes that are not text in the encoding they claim.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The declared encoding has no known name.
    #[error("unknown encoding `{0}` in the XML declaration")]
    UnknownEncoding(String),
    /// A byte sequence does not exist in the encoding.
    #[error("not valid {encoding}: bad byte 0x{byte:02X} at byte {offset}")]
    BadByte {
        /// The encoding the text is in.
        encoding: String,
        /// The first byte at fault.
        byte: u8,
        /// Its position in the file.
        offset: usize,
        /// The text up to there, for showing the place.
        good: String,
    },
}

/// Decodes a file: byte-order marks first, then the `encoding` of the XML declaration, else UTF-8.
///
/// The returned text has no byte-order mark; its byte offsets are those of the UTF-8 text.
///
/// # Errors
/// [`DecodeError`] for an unknown encoding or bytes that are not text in it.
pub fn decode(bytes: Vec<u8>) -> Result<String, DecodeError> {
    let (encoding, skip) = match Encoding::for_bom(&bytes) {
        Some(found) => found,
        None => (declared(&bytes)?, 0),
    };
    if encoding == encoding_rs::UTF_8 {
        return utf8(bytes, skip);
    }
    legacy(encoding, &bytes, skip)
}

/// Any encoding but UTF-8.
fn legacy(encoding: &'static Encoding, bytes: &[u8], skip: usize) -> Result<String, DecodeError> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let rest = &bytes[skip..];
    let mut text = String::new();
    let room = decoder.max_utf8_buffer_length_without_replacement(rest.len());
    text.reserve(room.unwrap_or(rest.len()));
    let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
    match result {
        DecoderResult::InputEmpty => {
            text.shrink_to_fit();
            Ok(text)
        }
        // The room is what the decoder itself asked for.
        DecoderResult::OutputFull => Err(bad_byte(encoding, bytes, skip + read, text)),
        DecoderResult::Malformed(length, after) => {
            let offset = (skip + read).saturating_sub(usize::from(length) + usize::from(after));
            Err(bad_byte(encoding, bytes, offset, text))
        }
    }
}

fn bad_byte(encoding: &'static Encoding, bytes: &[u8], offset: usize, good: String) -> DecodeError {
    let offset = offset.min(bytes.len().saturating_sub(1));
    let byte = bytes.get(offset).copied().unwrap_or(0);
    DecodeError::BadByte { encoding: encoding.name().to_owned(), byte, offset, good }
}

fn utf8(mut bytes: Vec<u8>, skip: usize) -> Result<String, DecodeError> {
    bytes.drain(..skip);
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let good = String::from_utf8_lossy(&bytes[..at]).into_owned();
        let byte = bytes.get(at).copied().unwrap_or(0);
        DecodeError::BadByte { encoding: "UTF-8".to_owned(), byte, offset: at + skip, good }
    })
}

/// The encoding named in `<?xml … encoding="…"?>`; UTF-16 without a mark is told from its zero bytes.
fn declared(bytes: &[u8]) -> Result<&'static Encoding, DecodeError> {
    match bytes {
        [b'<', 0, ..] => return Ok(encoding_rs::UTF_16LE),
        [0, b'<', ..] => return Ok(encoding_rs::UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(200)];
    let head: String = head.iter().map(|&b| char::from(b)).collect();
    let declaration = head.strip_prefix("<?xml").and_then(|h| h.split("?>").next());
    let Some(declaration) = declaration.filter(|d| d.starts_with([' ', '\t', '\r', '\n'])) else {
        return Ok(encoding_rs::UTF_8);
    };
    let Some(rest) = declaration.split("encoding").nth(1) else { return Ok(encoding_rs::UTF_8) };
    let rest = rest.trim_start().trim_start_matches('=').trim_start();
    let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        return Ok(encoding_rs::UTF_8);
    };
    let name = rest[1..].split(quote).next().unwrap_or("");
    let found = Encoding::for_label(name.as_bytes());
    // A declaration that could be read byte by byte cannot be UTF-16 whatever it says.
    let found = found.map(|e| if e.is_ascii_compatible() { e } else { encoding_rs::UTF_8 });
    found.ok_or_else(|| DecodeError::UnknownEncoding(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_declarations_are_obeyed() {
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("<a/>".bytes().flat_map(|b| [b, 0])).collect();
        assert_eq!(decode(utf16).as_deref(), Ok("<a/>"));
        assert_eq!(decode(b"\xEF\xBB\xBF<a/>".to_vec()).as_deref(), Ok("<a/>"));
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a b='\xB5'/>".to_vec();
        assert!(decode(latin).unwrap().ends_with("<a b='µ'/>"));
    }

    #[test]
    fn bad_bytes_and_bad_names_are_errors() {
        let error = decode(b"<a b='\xB5'/>".to_vec()).unwrap_err();
        assert!(matches!(error, DecodeError::BadByte { byte: 0xB5, offset: 6, .. }));
        let error = decode(b"<?xml encoding='klingon'?><a/>".to_vec()).unwrap_err();
        assert_eq!(error, DecodeError::UnknownEncoding("klingon".to_owned()));
        // Half of a pair, after a character of the file that looks like a replacement.
        let units = [0xFEFF, 0x3C, 0xFFFD, 0xD800, 0x3E_u16];
        let error = decode(units.iter().flat_map(|u| u.to_le_bytes()).collect()).unwrap_err();
        let good = "<\u{FFFD}".to_owned();
        let encoding = "UTF-16LE".to_owned();
        assert_eq!(error, DecodeError::BadByte { encoding, byte: 0x00, offset: 6, good });
    }
}
