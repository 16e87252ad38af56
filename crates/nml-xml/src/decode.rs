//! Bytes to UTF-8 text.

use std::borrow::Cow;

use encoding_rs::Encoding;

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
    match encoding.decode_without_bom_handling_and_without_replacement(&bytes[skip..]) {
        Some(Cow::Borrowed(text)) => Ok(text.to_owned()),
        Some(Cow::Owned(text)) => Ok(text),
        None => {
            let (good, _) = encoding.decode_without_bom_handling(&bytes[skip..]);
            let good = good.split('\u{FFFD}').next().unwrap_or("").to_owned();
            let offset = (skip + good.len()).min(bytes.len().saturating_sub(1));
            let byte = bytes.get(offset).copied().unwrap_or(0);
            Err(DecodeError::BadByte { encoding: encoding.name().to_owned(), byte, offset, good })
        }
    }
}

fn utf8(mut bytes: Vec<u8>, skip: usize) -> Result<String, DecodeError> {
    bytes.drain(..skip);
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        DecodeError::BadByte {
            encoding: "UTF-8".to_owned(),
            byte: bytes.get(at).copied().unwrap_or(0),
            offset: at + skip,
            good: String::from_utf8_lossy(&bytes[..at]).into_owned(),
        }
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
    let Some(declaration) = head.strip_prefix("<?xml").and_then(|h| h.split("?>").next()) else {
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
    }
}
