//! Numbers with units as text.

use std::fmt;

use nml_base::TextRange;

use crate::{Dimension, Unit, UnitTable};

/// The two halves of a quantity's text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ParsedQuantity {
    /// The number as written, before any unit.
    pub number: f64,
    /// Where the number stands.
    pub number_range: TextRange,
    /// Where the unit stands; empty, after the number, where there is none.
    pub unit_range: TextRange,
}

/// A quantity with its unit looked up.
#[derive(Clone, PartialEq, Debug)]
pub struct Quantity<'t> {
    /// The value in SI.
    pub si: f64,
    /// [`Dimension::NONE`] for a bare number.
    pub dimension: Dimension,
    /// The unit; `None` for a bare number.
    pub unit: Option<&'t Unit>,
    /// The halves of the text.
    pub parsed: ParsedQuantity,
}

/// Why a text is no quantity.
#[derive(Clone, PartialEq, Debug)]
pub struct QuantityError {
    /// The part at fault.
    pub range: TextRange,
    /// What is wrong with it.
    pub kind: QuantityErrorKind,
}

/// The ways in which a text can fail to be a quantity.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum QuantityErrorKind {
    /// Nothing but blanks.
    Empty,
    /// A unit without a number.
    MissingNumber,
    /// The beginning is neither a number nor a unit.
    NotANumber,
    /// `inf`, `NaN` and their like.
    NotFinite,
    /// Hexadecimal digits.
    Hexadecimal,
    /// A comma where the decimal point belongs.
    DecimalComma,
    /// Larger than the largest `f64`.
    TooLarge,
    /// Something after the unit.
    TrailingText,
    /// No unit of that name.
    UnknownUnit {
        /// The symbol as written.
        symbol: String,
        /// The unit that may have been meant.
        suggestion: Option<String>,
    },
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            QuantityErrorKind::Empty => f.write_str("the value is empty"),
            QuantityErrorKind::MissingNumber => f.write_str("there is no number before the unit"),
            QuantityErrorKind::NotANumber => f.write_str("this is not a number"),
            QuantityErrorKind::NotFinite => f.write_str("the number is not finite"),
            QuantityErrorKind::Hexadecimal => f.write_str("the number is not decimal"),
            QuantityErrorKind::DecimalComma => f.write_str("there is a comma in the number"),
            QuantityErrorKind::TooLarge => f.write_str("the number is too large"),
            QuantityErrorKind::TrailingText => f.write_str("there is text after the unit"),
            QuantityErrorKind::UnknownUnit { symbol, .. } => {
                write!(f, "there is no unit `{}`", clipped(symbol))
            }
        }
    }
}

impl std::error::Error for QuantityError {}

impl QuantityError {
    /// One thing to do about it.
    pub fn help(&self) -> Option<String> {
        match &self.kind {
            QuantityErrorKind::Empty | QuantityErrorKind::NotANumber => {
                Some("write a number and a unit, such as `-65 mV`".to_owned())
            }
            QuantityErrorKind::MissingNumber => Some("write the number first".to_owned()),
            QuantityErrorKind::DecimalComma => Some("write a decimal point".to_owned()),
            QuantityErrorKind::Hexadecimal => Some("write decimal digits".to_owned()),
            QuantityErrorKind::TrailingText => Some("write one number and one unit".to_owned()),
            QuantityErrorKind::UnknownUnit { suggestion, .. } => {
                suggestion.as_ref().map(|s| format!("did you mean `{s}`?"))
            }
            QuantityErrorKind::NotFinite | QuantityErrorKind::TooLarge => None,
        }
    }
}

/// Long symbols make long messages.
fn clipped(text: &str) -> String {
    if text.chars().count() <= 40 {
        return text.to_owned();
    }
    text.chars().take(39).chain(['…']).collect()
}

/// Splits a text into number and unit as LEMS does, without looking the unit up.
///
/// The number is `[+-] digits [. digits] [e [+-] digits]` with at least one digit in the mantissa; an `e`
/// without digits belongs to the unit.  Blanks may stand around and between the two parts.  The whole
/// text has to be used up.
///
/// # Errors
/// Every kind of [`QuantityErrorKind`] but `UnknownUnit`.
pub fn parse_quantity(text: &str) -> Result<ParsedQuantity, QuantityError> {
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len().max(start);
    let error =
        |kind, from: usize, to: usize| Err(QuantityError { range: TextRange::new(from, to), kind });
    let body = &text[start..end];
    if body.is_empty() {
        return error(QuantityErrorKind::Empty, 0, text.len());
    }
    let word = start + body.find(char::is_whitespace).unwrap_or(body.len());
    let Some(length) = number_length(body) else {
        let kind = first_word_error(&text[start..word]);
        return error(kind, start, word);
    };
    let number_end = start + length;
    let rest = &text[number_end..end];
    let bytes = rest.as_bytes();
    if matches!(bytes, [b',', digit, ..] if digit.is_ascii_digit()) {
        return error(QuantityErrorKind::DecimalComma, number_end, number_end + 1);
    }
    if matches!(bytes, [b'x' | b'X', digit, ..] if digit.is_ascii_hexdigit())
        && matches!(body[..length].trim_start_matches(['+', '-']), "0")
    {
        return error(QuantityErrorKind::Hexadecimal, start, word);
    }
    if bytes.first() == Some(&b'.') {
        return error(QuantityErrorKind::NotANumber, start, word);
    }
    let unit_start = end - rest.trim_start().len();
    let unit = &text[unit_start..end];
    if let Some(blank) = unit.find(char::is_whitespace) {
        let after = unit_start + blank;
        let trailing = end - text[after..end].trim_start().len();
        return error(QuantityErrorKind::TrailingText, trailing, end);
    }
    let Ok(number) = text[start..number_end].parse::<f64>() else {
        return error(QuantityErrorKind::NotANumber, start, number_end);
    };
    if !number.is_finite() {
        return error(QuantityErrorKind::TooLarge, start, number_end);
    }
    let (number_range, unit_range) =
        (TextRange::new(start, number_end), TextRange::new(unit_start, end));
    Ok(ParsedQuantity { number, number_range, unit_range })
}

/// The number of bytes of the number at the beginning; `None` where there is none.
fn number_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut at = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let whole = digits(at);
    at += whole;
    if bytes.get(at) == Some(&b'.') {
        let fraction = digits(at + 1);
        if whole + fraction == 0 {
            return None;
        }
        at += 1 + fraction;
    } else if whole == 0 {
        return None;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits((at + 1 + sign).min(bytes.len()));
        if exponent > 0 {
            at += 1 + sign + exponent;
        }
    }
    Some(at)
}

/// What a first word that does not begin with a number is.
fn first_word_error(word: &str) -> QuantityErrorKind {
    let bare = word.trim_start_matches(['+', '-']);
    let starts = |prefix: &str| {
        bare.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
    };
    if starts("inf") || starts("nan") {
        QuantityErrorKind::NotFinite
    } else if bare.len() == word.len() && bare.starts_with(char::is_alphabetic) {
        QuantityErrorKind::MissingNumber
    } else {
        QuantityErrorKind::NotANumber
    }
}

impl UnitTable {
    /// Reads a quantity and converts it to SI.
    ///
    /// # Errors
    /// See [`parse_quantity`]; [`QuantityErrorKind::UnknownUnit`], and
    /// [`QuantityErrorKind::TooLarge`] where only the SI value is too large.
    pub fn quantity(&self, text: &str) -> Result<Quantity<'_>, QuantityError> {
        let parsed = parse_quantity(text)?;
        let symbol = parsed.unit_range.slice(text);
        if symbol.is_empty() {
            return Ok(Quantity {
                si: parsed.number,
                dimension: Dimension::NONE,
                unit: None,
                parsed,
            });
        }
        let Some(unit) = self.unit(symbol) else {
            let suggestion = self.suggest_unit(symbol).map(|unit| unit.symbol.to_string());
            let kind = QuantityErrorKind::UnknownUnit { symbol: symbol.to_owned(), suggestion };
            return Err(QuantityError { range: parsed.unit_range, kind });
        };
        match unit.text_to_si(parsed.number_range.slice(text)) {
            Some(si) if si.is_finite() => {
                Ok(Quantity { si, dimension: unit.dimension, unit: Some(unit), parsed })
            }
            _ => {
                Err(QuantityError { range: parsed.number_range, kind: QuantityErrorKind::TooLarge })
            }
        }
    }
}
