//! Numbers as other programs write them.

use nml_sim::Scheme;

/// Whose digits the numbers of a text file have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Digits {
    /// Those of the reference interpreter: single precision, the shortest that Java writes.
    Java,
    /// Those of NEURON run by jNeuroML: seven for rows (`%e` of C), all of them for the times of events.
    ///
    /// Source: the Python programs that org.neuroml.export 1.11.0 writes for NEURON.
    Neuron,
}

/// What is longer is spelled anew each time.
const LONGEST: usize = 16;

/// How a number was spelled, tab included: many columns stand still for many rows.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Spelled {
    key: Option<u64>,
    bytes: [u8; LONGEST],
    len: usize,
}

impl Digits {
    /// Those of the program whose steps a scheme follows, else Java's.
    pub(super) const fn of(scheme: Scheme) -> Self {
        match scheme {
            Scheme::NeuronJnml => Self::Neuron,
            _ => Self::Java,
        }
    }

    /// Appends a number of a row.
    pub(super) fn push_row(self, text: &mut Vec<u8>, value: f64) {
        match self {
            Self::Java => push_java_float(text, value),
            Self::Neuron => push_c_exponent(text, value),
        }
    }

    /// Appends a number of a row, and a tab; `last` is the number before in its column.
    pub(super) fn push_cell(self, text: &mut Vec<u8>, value: f64, last: &mut Spelled) {
        let key = match self {
            #[expect(clippy::cast_possible_truncation, reason = "the format is single precision")]
            Self::Java => u64::from((value as f32).to_bits()),
            Self::Neuron => value.to_bits(),
        };
        let start = text.len();
        if last.key == Some(key) {
            // A copy of fixed length is one instruction or two.
            text.extend_from_slice(&last.bytes);
            text.truncate(start + last.len);
            return;
        }
        self.push_row(text, value);
        text.push(b'\t');
        let len = text.len() - start;
        last.key = None;
        if len <= LONGEST {
            last.bytes[..len].copy_from_slice(&text[start..]);
            (last.key, last.len) = (Some(key), len);
        }
    }

    /// Appends the time of an event.
    pub(super) fn push_event(self, text: &mut Vec<u8>, value: f64) {
        match self {
            Self::Java => push_java_float(text, value),
            Self::Neuron => push_double(text, value),
        }
    }

    /// The number that a reader of a row gets for a value; `text` is overwritten.
    pub(super) fn row_as_read(self, text: &mut Vec<u8>, value: f64) -> f64 {
        text.clear();
        self.push_row(text, value);
        read(text)
    }

    /// The number that a reader of an event's time gets for a value; `text` is overwritten.
    pub(super) fn event_as_read(self, text: &mut Vec<u8>, value: f64) -> f64 {
        text.clear();
        self.push_event(text, value);
        read(text)
    }
}

fn read(text: &[u8]) -> f64 {
    std::str::from_utf8(text).ok().and_then(|text| text.parse().ok()).unwrap_or(f64::NAN)
}

/// Appends a number with seven digits, as C prints it for `%e` (ISO C17, 7.21.6.1): `-6.500000e-02`.
fn push_c_exponent(text: &mut Vec<u8>, value: f64) {
    if !value.is_finite() {
        push_double(text, value);
        return;
    }
    let spelled = format!("{value:.6e}");
    let (mantissa, exponent) = spelled.split_once('e').unwrap_or((&spelled, "0"));
    let (sign, size) = exponent.strip_prefix('-').map_or((b'+', exponent), |size| (b'-', size));
    text.extend_from_slice(mantissa.as_bytes());
    text.extend_from_slice(&[b'e', sign]);
    if size.len() == 1 {
        text.push(b'0');
    }
    text.extend_from_slice(size.as_bytes());
}

/// Appends a number in single precision, the shortest digits that tell it from its neighbours, as Java (19 and
/// newer) writes it: plain from 0.001 to ten million (`0.02`), else with an exponent (`1.0E-4`).
pub(super) fn push_java_float(text: &mut Vec<u8>, value: f64) {
    #[expect(clippy::cast_possible_truncation, reason = "the format is single precision")]
    let value = value as f32;
    if !value.is_finite() {
        let word = match (value.is_nan(), value > 0.0) {
            (true, _) => "NaN",
            (false, true) => "Infinity",
            (false, false) => "-Infinity",
        };
        text.extend_from_slice(word.as_bytes());
        return;
    }
    let mut buffer = zmij::Buffer::new();
    let shortest = buffer.format_finite(value).as_bytes();
    let size = value.abs();
    let plain = size == 0.0 || (1e-3..1e7).contains(&size);
    // Only numbers of very different size have an exponent there; denormals may need a digit more.
    let exponent = shortest.iter().rposition(|&byte| byte == b'e');
    match exponent {
        None if plain => {
            text.extend_from_slice(shortest);
            return;
        }
        Some(at) if !plain && size >= f32::MIN_POSITIVE => {
            text.extend_from_slice(&shortest[..at]);
            text.extend_from_slice(if shortest[..at].contains(&b'.') { b"E" } else { b".0E" });
            let exponent = &shortest[at + 1..];
            text.extend_from_slice(exponent.strip_prefix(b"+").unwrap_or(exponent));
            return;
        }
        _ => {}
    }
    if !plain && size >= 1e-43 && push_respelled(text, shortest) {
        return;
    }
    push_from_digits(text, value, shortest, plain);
}

/// Appends a number that Java writes with an exponent, spelled as `1.2e-5`, `1e20` or `0.00012`; false where it is
/// spelled in another way.
fn push_respelled(text: &mut Vec<u8>, spelled: &[u8]) -> bool {
    let (sign, number) = match spelled {
        [b'-', number @ ..] => (&spelled[..1], number),
        _ => (&spelled[..0], spelled),
    };
    let (first, rest, exponent) = if let Some(e) = number.iter().position(|&b| b == b'e') {
        let rest = match &number[1..e] {
            [b'.', rest @ ..] => rest,
            [] => &[],
            _ => return false,
        };
        (number[0], rest, &number[e + 1..])
    } else {
        let [b'0', b'.', b'0', b'0', b'0', digits @ ..] = number else { return false };
        match digits {
            [b'0', b'1'..=b'9', rest @ ..] => (digits[1], rest, b"-5".as_slice()),
            [b'1'..=b'9', rest @ ..] => (digits[0], rest, b"-4".as_slice()),
            _ => return false,
        }
    };
    let exponent = exponent.strip_prefix(b"+").unwrap_or(exponent);
    text.extend_from_slice(sign);
    text.extend_from_slice(&[first, b'.']);
    text.extend_from_slice(if rest.is_empty() { b"0" } else { rest });
    text.push(b'E');
    text.extend_from_slice(exponent);
    true
}

/// The slower way: takes the digits out of any spelling and sets the point anew.
fn push_from_digits(text: &mut Vec<u8>, value: f32, spelled: &[u8], plain: bool) {
    let (mut digits, mut len) = ([0_u8; 32], 0);
    // The number is 0.ddd × 10^point.
    let (mut point, mut seen_point) = (0_i32, false);
    let mut bytes = spelled.iter();
    while let Some(&byte) = bytes.next() {
        match byte {
            b'.' => seen_point = true,
            b'e' => {
                let exponent = std::str::from_utf8(bytes.as_slice()).unwrap_or("0");
                point += exponent.parse::<i32>().unwrap_or(0);
                break;
            }
            b'0' if len == 0 => point -= i32::from(seen_point),
            b'0'..=b'9' => {
                digits[len] = byte;
                len += 1;
                point += i32::from(!seen_point);
            }
            _ => {}
        }
    }
    let significant = digits[..len].iter().rposition(|&d| d != b'0').map_or(0, |at| at + 1);
    let mut digits = &digits[..significant];
    // Java wants two digits where it may have them: of two that lie as near, the one closer to the number.
    let two;
    if digits.len() == 1 && value.abs() < 1e-43 {
        two = format!("{:.1e}", f64::from(value.abs()));
        let (mantissa, _) = two.split_once('e').unwrap_or((&two, ""));
        if let [first, b'.', second] = *mantissa.as_bytes() {
            let both = [first, second];
            push_exponent(text, value < 0.0, &both, point);
            return;
        }
    }
    if digits.is_empty() {
        digits = b"0";
    }
    if !plain {
        push_exponent(text, value < 0.0, digits, point);
        return;
    }
    if value.is_sign_negative() {
        text.push(b'-');
    }
    let before = usize::try_from(point).unwrap_or(0);
    match before {
        0 => text.push(b'0'),
        _ => text.extend((0..before).map(|at| digits.get(at).copied().unwrap_or(b'0'))),
    }
    text.push(b'.');
    text.extend((point..0).map(|_| b'0'));
    match digits.get(before..) {
        Some(rest) if !rest.is_empty() => text.extend_from_slice(rest),
        _ => text.push(b'0'),
    }
}

fn push_exponent(text: &mut Vec<u8>, negative: bool, digits: &[u8], point: i32) {
    if negative {
        text.push(b'-');
    }
    text.push(digits[0]);
    text.push(b'.');
    text.extend_from_slice(if digits.len() > 1 { &digits[1..] } else { b"0" });
    text.push(b'E');
    text.extend_from_slice((point - 1).to_string().as_bytes());
}

/// Appends a number in double precision with the shortest digits that read back as the same.
pub(super) fn push_double(text: &mut Vec<u8>, value: f64) {
    if value.is_finite() {
        text.extend_from_slice(zmij::Buffer::new().format_finite(value).as_bytes());
    } else {
        let word = match (value.is_nan(), value > 0.0) {
            (true, _) => "nan",
            (false, true) => "inf",
            (false, false) => "-inf",
        };
        text.extend_from_slice(word.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    fn fast(value: f64) -> String {
        let mut text = Vec::new();
        push_java_float(&mut text, value);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn a_cell_is_spelled_as_if_there_had_been_none_before() {
        let numbers =
            [0.1, 0.1, -0.0, 0.0, 1e-40, 1e-40, f64::NAN, f64::NAN, -1.234_567_8e-30, 7.0];
        for digits in [Digits::Java, Digits::Neuron] {
            let (mut last, mut text, mut expected) = (Spelled::default(), Vec::new(), Vec::new());
            for number in numbers.into_iter().chain(numbers) {
                digits.push_cell(&mut text, number, &mut last);
                digits.push_row(&mut expected, number);
                expected.push(b'\t');
            }
            assert_eq!(String::from_utf8(text), String::from_utf8(expected));
        }
    }

    /// The definition, by way of the standard library.
    fn slow(value: f64) -> String {
        #[expect(clippy::cast_possible_truncation, reason = "the format is single precision")]
        let value = value as f32;
        let mut text = String::new();
        let size = value.abs();
        if value == 0.0 || (1e-3..1e7).contains(&size) {
            write!(text, "{value:?}").unwrap();
        } else {
            let digits = format!("{value:e}");
            let (mantissa, exponent) = digits.split_once('e').unwrap();
            let point = if mantissa.contains('.') { "" } else { ".0" };
            write!(text, "{mantissa}{point}E{exponent}").unwrap();
        }
        text
    }

    #[test]
    fn numbers_of_rows_look_as_c_prints_them() {
        for (value, wanted) in [
            (-0.065, "-6.500000e-02"),
            (0.0, "0.000000e+00"),
            (-0.0, "-0.000000e+00"),
            (1.0, "1.000000e+00"),
            (9.999_999_6, "1.000000e+01"),
            (1e-100, "1.000000e-100"),
            (1.234_567_8e21, "1.234568e+21"),
            (f64::NAN, "nan"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            let mut text = Vec::new();
            push_c_exponent(&mut text, value);
            assert_eq!(String::from_utf8(text).unwrap(), wanted);
        }
        let mut text = Vec::new();
        assert_eq!(Digits::Neuron.row_as_read(&mut text, 0.123_456_789), 0.123_456_8);
        assert_eq!(Digits::Neuron.event_as_read(&mut text, 0.123_456_789), 0.123_456_789);
        assert_eq!(Digits::Java.row_as_read(&mut text, 0.1), 0.1);
    }

    #[test]
    fn numbers_look_as_java_writes_them() {
        for (value, expected) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (-0.065, "-0.065"),
            (1e-4, "1.0E-4"),
            (1e-3, "0.001"),
            (0.3, "0.3"),
            (5e-6, "5.0E-6"),
            (1.5e10, "1.5E10"),
            (1e7, "1.0E7"),
            (1e20, "1.0E20"),
            (9_999_999.0, "9999999.0"),
            (123_456.0, "123456.0"),
            (-1.234e-12, "-1.234E-12"),
            (1e-45, "1.4E-45"),
            (3e-45, "2.8E-45"),
            (3.402_823_466_385_288_6e38, "3.4028235E38"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "Infinity"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(fast(value), expected);
        }
    }

    /// Both ways agree; of two texts that are as near, Java's rule takes the even digit, and std any.
    fn same(value: f64) {
        let (fast, slow) = (fast(value), slow(value));
        if fast == slow {
            return;
        }
        #[expect(clippy::cast_possible_truncation, reason = "the format is single precision")]
        let value = f64::from(value as f32);
        let away = |text: &str| (text.parse::<f64>().unwrap() - value).abs();
        assert!((away(&fast) - away(&slow)).abs() <= value.abs() * 1e-12, "{fast} {slow}");
        let last = fast.split('E').next().and_then(|digits| digits.bytes().next_back()).unwrap();
        assert!(last.is_multiple_of(2), "{fast} {slow}");
    }

    #[test]
    fn the_fast_way_is_the_slow_way() {
        // Every exponent, and mantissas all over: a linear congruential walk through all bit patterns.
        let mut bits = 12_345_u32;
        for _ in 0..300_000 {
            bits = bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let value = f32::from_bits(bits);
            if value.is_finite() && value.abs() > 1e-43 {
                same(f64::from(value));
            }
        }
        for k in 0..200_000 {
            let time = f64::from(k) * 2.5e-5;
            same(time);
            same(-time * 1e-9);
        }
    }

    #[test]
    fn doubles_read_back() {
        for value in [0.1, -65e-3, 1e300, 5e-324, 0.0, 123_456_789.0, 1.0 / 3.0] {
            let mut text = Vec::new();
            push_double(&mut text, value);
            assert_eq!(String::from_utf8(text).unwrap().parse(), Ok(value));
        }
    }
}
