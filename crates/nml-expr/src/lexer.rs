//! Text to tokens.

use nml_base::{TextRange, nearest};

use crate::{BinaryOp, ParseError, ParseErrorKind as Kind};

/// The meaning of a token; `-` is always [`BinaryOp::Sub`] here.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Token {
    Number(f64),
    Name,
    Op(BinaryOp),
    Open,
    Close,
    End,
}

/// Reads one token after the other.
#[derive(Debug)]
pub(crate) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Whether the next token is `(`.
    pub(crate) fn before_open(&mut self) -> bool {
        self.skip_blanks();
        self.rest().starts_with('(')
    }

    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Takes `length` bytes as a token.
    fn take(&mut self, length: usize, token: Token) -> (Token, TextRange) {
        let start = self.at;
        self.at += length;
        (token, TextRange::new(start, self.at))
    }

    /// The next token; [`Token::End`] with an empty range for ever at the end.
    pub(crate) fn next(&mut self) -> Result<(Token, TextRange), ParseError> {
        self.skip_blanks();
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let digit_at = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
        let Some(&first) = bytes.first() else { return Ok(self.take(0, Token::End)) };
        match first {
            b'0'..=b'9' => self.number(),
            b'.' if digit_at(1) => self.number(),
            b'.' => self.dotted(),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let name = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_';
                Ok(self.take(bytes.iter().take_while(name).count(), Token::Name))
            }
            b'+' => Ok(self.take(1, Token::Op(BinaryOp::Add))),
            b'-' => Ok(self.take(1, Token::Op(BinaryOp::Sub))),
            b'/' => Ok(self.take(1, Token::Op(BinaryOp::Div))),
            b'^' => Ok(self.take(1, Token::Op(BinaryOp::Pow))),
            b'*' if bytes.get(1) != Some(&b'*') => Ok(self.take(1, Token::Op(BinaryOp::Mul))),
            b'(' => Ok(self.take(1, Token::Open)),
            b')' => Ok(self.take(1, Token::Close)),
            _ => Err(self.foreign()),
        }
    }

    /// `1`, `1.`, `.5`, `1.5e-3`; a dot that begins an operator (`1.eq.2`) is left alone.
    fn number(&mut self) -> Result<(Token, TextRange), ParseError> {
        let bytes = self.rest().as_bytes();
        let digits =
            |from: usize| bytes.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
        let mut length = digits(0);
        if bytes.get(length) == Some(&b'.') && dotted_operator(&self.rest()[length..]).is_none() {
            length += 1 + digits(length + 1);
        }
        if matches!(bytes.get(length), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
            let exponent = digits(length + 1 + sign);
            if exponent > 0 {
                length += 1 + sign + exponent;
            }
        }
        let value = self.rest()[..length].parse::<f64>().unwrap_or(f64::INFINITY);
        let (_, range) = self.take(length, Token::End);
        if value.is_finite() {
            Ok((Token::Number(value), range))
        } else {
            Err(ParseError::new(Kind::NumberTooLarge, range, "the number is too large"))
        }
    }

    /// `.gt.` and the like.
    fn dotted(&mut self) -> Result<(Token, TextRange), ParseError> {
        if let Some(op) = dotted_operator(self.rest()) {
            return Ok(self.take(op.symbol().len(), Token::Op(op)));
        }
        let rest = self.rest();
        let letters = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let closed = rest.as_bytes().get(1 + letters) == Some(&b'.');
        let word = &rest[1..=letters];
        let range = TextRange::new(self.at, self.at + 1 + letters + usize::from(closed));
        if letters == 0 {
            return Err(ParseError::new(Kind::UnknownOperator, range, "there is a stray dot"));
        }
        let message = format!("there is no operator `{}`", clipped(range.slice(self.text)));
        let error = ParseError::new(Kind::UnknownOperator, range, message);
        let right = match word.to_ascii_lowercase().as_str() {
            "ge" | "gte" => Some(".geq."),
            "le" | "lte" => Some(".leq."),
            "ne" => Some(".neq."),
            "not" => {
                return Err(
                    error.help("write the opposite comparison, such as `.leq.` for not `.gt.`")
                );
            }
            lower => {
                let words = BinaryOp::ALL.iter().map(|op| op.symbol().trim_matches('.'));
                let dotted = words.filter(|w| w.chars().all(|c| c.is_ascii_alphabetic()));
                let same = BinaryOp::ALL.iter().find(|op| op.symbol().trim_matches('.') == lower);
                let near = || nearest(lower, dotted).and_then(operator_of_word);
                same.copied().or_else(near).map(BinaryOp::symbol)
            }
        };
        Err(match right {
            Some(right) => error.replace(right),
            None => error,
        })
    }

    /// Operators of other languages, and what no language has.
    fn foreign(&self) -> ParseError {
        const KNOWN: [(&str, &str); 23] = [
            ("**", "^"),
            ("&&", ".and."),
            ("||", ".or."),
            ("<=", ".leq."),
            (">=", ".geq."),
            ("==", ".eq."),
            ("!=", ".neq."),
            ("<>", ".neq."),
            ("&", ".and."),
            ("|", ".or."),
            ("<", ".lt."),
            (">", ".gt."),
            ("=", ".eq."),
            ("≤", ".leq."),
            ("≥", ".geq."),
            ("≠", ".neq."),
            ("−", "-"),
            ("–", "-"),
            ("×", "*"),
            ("·", "*"),
            ("÷", "/"),
            ("[", "("),
            ("]", ")"),
        ];
        let rest = self.rest();
        let here = |length: usize| TextRange::new(self.at, self.at + length);
        for (wrong, right) in KNOWN {
            if rest.starts_with(wrong) {
                let message = format!("there is no operator `{wrong}`");
                return ParseError::new(Kind::UnknownOperator, here(wrong.len()), message)
                    .replace(right);
            }
        }
        let first = rest.chars().next().unwrap_or(' ');
        let message = format!("`{first}` has no meaning in an expression");
        let error = ParseError::new(Kind::UnknownOperator, here(first.len_utf8()), message);
        match first {
            '?' | ':' => {
                error.help("use a ConditionalDerivedVariable with one Case for each branch")
            }
            '!' => error.help("write the opposite comparison, such as `.leq.` for not `.gt.`"),
            ',' => error.help("functions take one argument, numbers a decimal point"),
            '%' => error.help("there is no remainder in LEMS"),
            _ => error,
        }
    }
}

fn dotted_operator(text: &str) -> Option<BinaryOp> {
    BinaryOp::ALL.into_iter().find(|op| op.symbol().len() > 1 && text.starts_with(op.symbol()))
}

fn operator_of_word(word: &str) -> Option<BinaryOp> {
    BinaryOp::ALL.into_iter().find(|op| op.symbol().trim_matches('.') == word)
}

/// Long words make long messages.
pub(crate) fn clipped(text: &str) -> String {
    if text.chars().count() <= 40 {
        return text.to_owned();
    }
    text.chars().take(39).chain(['…']).collect()
}
