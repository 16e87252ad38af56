//! Patterns of simple types: the part of the W3C regular expressions that the standard uses.

use super::glushkov::Expr;
use super::table::Occurs;
use crate::Result;

/// A pattern as an expression over positions, and the bytes that each position stands for.
pub(super) struct Pattern {
    pub(super) expr: Expr,
    pub(super) bytes: Vec<[bool; 256]>,
}

impl Pattern {
    /// Reads a pattern: literals, `\` escapes, classes, groups, `|`, and `?`, `*`, `+`; ASCII only.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let mut parser = Parser { rest: text.as_bytes(), bytes: Vec::new() };
        let expr = parser.alternatives()?;
        if !text.is_ascii() || !parser.rest.is_empty() {
            return Err(format!("the pattern `{text}` is not understood").into());
        }
        Ok(Self { expr, bytes: parser.bytes })
    }
}

struct Parser<'a> {
    rest: &'a [u8],
    bytes: Vec<[bool; 256]>,
}

impl Parser<'_> {
    fn eat(&mut self, byte: u8) -> bool {
        let found = self.rest.first() == Some(&byte);
        if found {
            self.rest = &self.rest[1..];
        }
        found
    }

    fn next(&mut self) -> Result<u8> {
        let (&byte, rest) = self.rest.split_first().ok_or("the pattern ends too early")?;
        self.rest = rest;
        Ok(byte)
    }

    fn position(&mut self, set: [bool; 256]) -> Expr {
        self.bytes.push(set);
        Expr::Position(self.bytes.len() - 1)
    }

    fn alternatives(&mut self) -> Result<Expr> {
        let mut parts = vec![self.sequence()?];
        while self.eat(b'|') {
            parts.push(self.sequence()?);
        }
        Ok(Expr::Alt(parts))
    }

    fn sequence(&mut self) -> Result<Expr> {
        let mut parts = Vec::new();
        while !matches!(self.rest.first(), None | Some(b'|' | b')')) {
            let mut part = self.atom()?;
            loop {
                let (optional, repeated) = match self.rest.first() {
                    Some(b'?') => (true, false),
                    Some(b'*') => (true, true),
                    Some(b'+') => (false, true),
                    _ => break,
                };
                self.next()?;
                part = Expr::Repeat(Box::new(part), Occurs { optional, repeated });
            }
            parts.push(part);
        }
        Ok(if parts.is_empty() { Expr::Empty } else { Expr::Seq(parts) })
    }

    fn atom(&mut self) -> Result<Expr> {
        let mut set = [false; 256];
        match self.next()? {
            b'(' => {
                let inner = self.alternatives()?;
                if !self.eat(b')') {
                    return Err("a `(` is never closed".into());
                }
                return Ok(inner);
            }
            b'[' => self.class(&mut set)?,
            b'\\' => self.escape(&mut set)?,
            byte @ (b'.' | b'{' | b'^' | b'$' | b'&') => {
                return Err(format!("`{}` is not supported in a pattern", byte as char).into());
            }
            byte => set[usize::from(byte)] = true,
        }
        Ok(self.position(set))
    }

    fn escape(&mut self, set: &mut [bool; 256]) -> Result<()> {
        match self.next()? {
            b's' => b" \t\n\r".iter().for_each(|&b| set[usize::from(b)] = true),
            byte if byte.is_ascii_punctuation() => set[usize::from(byte)] = true,
            byte => {
                return Err(format!("`\\{}` is not supported in a pattern", byte as char).into());
            }
        }
        Ok(())
    }

    fn class(&mut self, set: &mut [bool; 256]) -> Result<()> {
        loop {
            match self.next()? {
                b']' => return Ok(()),
                b'\\' => self.escape(set)?,
                from if self.rest.first() == Some(&b'-') && self.rest.get(1) != Some(&b']') => {
                    self.next()?;
                    let to = self.next()?;
                    (from..=to).for_each(|b| set[usize::from(b)] = true);
                }
                byte => set[usize::from(byte)] = true,
            }
        }
    }
}
