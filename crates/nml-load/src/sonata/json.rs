//! JSON with the place of every value.

use nml_base::Span;

/// How deep values may nest.
const DEEPEST: usize = 64;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Value>),
    /// In the order written; of two members of one name the last one counts.
    Object(Vec<(String, Span, Value)>),
}

impl Value {
    /// A member of an object.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        let Kind::Object(members) = &self.kind else { return None };
        members.iter().rev().find(|(key, ..)| key == name).map(|(_, _, value)| value)
    }

    /// The members of an object; none of anything else.
    pub(super) fn members(&self) -> &[(String, Span, Value)] {
        match &self.kind {
            Kind::Object(members) => members,
            _ => &[],
        }
    }

    /// The text, where it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, also where it is written as a text.
    pub(super) fn number(&self) -> Option<f64> {
        match &self.kind {
            Kind::Number(number) => Some(*number),
            Kind::Text(text) => text.trim().parse().ok().filter(|x: &f64| x.is_finite()),
            _ => None,
        }
    }

    /// The values of a list; the value itself where it is none.
    pub(super) fn list(&self) -> &[Value] {
        match &self.kind {
            Kind::List(values) => values,
            _ => std::slice::from_ref(self),
        }
    }

    /// What it is, for messages.
    pub(super) fn what(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a truth value",
            Kind::Number(_) => "a number",
            Kind::Text(_) => "a text",
            Kind::List(_) => "a list",
            Kind::Object(_) => "an object",
        }
    }
}

/// What is wrong, and at which byte.
pub(super) type Wrong = (usize, String);

/// Reads a text that is one value; `whole` is the span of the text.
pub(super) fn parse(text: &str, whole: Span) -> Result<Value, Wrong> {
    let mut parser = Parser { text, whole, at: 0 };
    let value = parser.value(0)?;
    parser.blank();
    if parser.at < text.len() {
        return Err((parser.at, "there is something after the end of the value".to_owned()));
    }
    Ok(value)
}

struct Parser<'a> {
    text: &'a str,
    whole: Span,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn wrong<T>(&self, expected: &str) -> Result<T, Wrong> {
        let rest = self.text.get(self.at..).unwrap_or("");
        let found = rest.chars().next().map_or("the end".to_owned(), |c| format!("`{c}`"));
        Err((self.at, format!("expected {expected}, found {found}")))
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self, depth: usize) -> Result<Value, Wrong> {
        self.blank();
        let start = self.at;
        if depth > DEEPEST {
            return Err((start, format!("values nest deeper than {DEEPEST} levels")));
        }
        let kind = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Kind::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Value { kind, span: self.whole.sub(start, self.at) })
    }

    fn word(&mut self) -> Result<Kind, Wrong> {
        let words =
            [("null", Kind::Null), ("true", Kind::Bool(true)), ("false", Kind::Bool(false))];
        for (word, kind) in words {
            if self.text[self.at..].starts_with(word) {
                self.at += word.len();
                return Ok(kind);
            }
        }
        self.wrong("a value")
    }

    fn number(&mut self) -> Result<Kind, Wrong> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')) {
            self.at += 1;
        }
        let number = self.text[start..self.at].parse().ok().filter(|x: &f64| x.is_finite());
        number.map(Kind::Number).ok_or((start, "this is no finite number".to_owned()))
    }

    fn array(&mut self, depth: usize) -> Result<Kind, Wrong> {
        self.at += 1;
        let mut values = Vec::new();
        self.blank();
        if self.take(b']') {
            return Ok(Kind::List(values));
        }
        loop {
            values.push(self.value(depth + 1)?);
            self.blank();
            if self.take(b']') {
                return Ok(Kind::List(values));
            }
            if !self.take(b',') {
                return self.wrong("`,` or `]`");
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Kind, Wrong> {
        self.at += 1;
        let mut members = Vec::new();
        self.blank();
        if self.take(b'}') {
            return Ok(Kind::Object(members));
        }
        loop {
            self.blank();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return self.wrong("the name of a member");
            }
            let name = self.string()?;
            let span = self.whole.sub(start, self.at);
            self.blank();
            if !self.take(b':') {
                return self.wrong("`:`");
            }
            members.push((name, span, self.value(depth + 1)?));
            self.blank();
            if self.take(b'}') {
                return Ok(Kind::Object(members));
            }
            if !self.take(b',') {
                return self.wrong("`,` or `}`");
            }
        }
    }

    /// A text between quotes; escapes are left to `serde_json`.
    fn string(&mut self) -> Result<String, Wrong> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(_) => self.at += 1,
                None => return Err((start, "this text does not end".to_owned())),
            }
        }
        self.at += 1;
        let quoted = self.text.get(start..self.at).unwrap_or("");
        serde_json::from_str(quoted).map_err(|_| (start, "this is no text of JSON".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use nml_base::FileId;

    use super::*;

    fn read(text: &str) -> Result<Value, Wrong> {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        parse(text, Span::new(FileId(0), 0, end))
    }

    #[test]
    fn values_know_their_places() {
        let value = read(" {\"a\": [1, -2.5e3, \"x\\n\"],\n\"b\": null, \"a\": true}").unwrap();
        assert_eq!(value.get("a").unwrap().kind, Kind::Bool(true));
        let list = &value.members()[0].2;
        assert_eq!(list.list()[1].number(), Some(-2500.0));
        assert_eq!(list.list()[2].text(), Some("x\n"));
        assert_eq!((list.list()[0].span.start, list.list()[0].span.end), (8, 9));
        assert_eq!(value.get("b").unwrap().list().len(), 1);
    }

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        for (text, at) in [
            ("", 0),
            ("{\"a\" 1}", 5),
            ("[1, ]", 4),
            ("[1", 2),
            ("{1: 2}", 1),
            ("\"abc", 0),
            ("\"\\q\"", 0),
            ("1e999", 0),
            ("{} x", 3),
            ("\"\\", 0),
            ("tru", 0),
        ] {
            assert_eq!(read(text).unwrap_err().0, at, "{text}");
        }
        assert!(read(&"[".repeat(100_000)).unwrap_err().1.contains("deeper"));
    }
}
