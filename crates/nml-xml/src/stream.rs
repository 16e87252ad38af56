//! The streaming reader: quick-xml finds the tokens, the rules of well-formedness that it leaves to its
//! users are checked here.

use std::ops::Range;

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::entities::Entities;
use crate::lexical::{
    character_data, forbidden, instruction, is_blank, is_plain_blank, name_length,
};
use crate::{MAX_DEPTH, Visitor, XmlError, shown};

mod tag;

/// The byte order mark.
const MARK: char = '\u{FEFF}';

use tag::Tags;

pub(crate) fn read(text: &str, visitor: &mut dyn Visitor) -> Result<(), XmlError> {
    // quick-xml drops a byte order mark without counting it.
    let mark = if text.starts_with(MARK) { MARK.len_utf8() } else { 0 };
    let body = text.get(mark..).unwrap_or("");
    if body.starts_with(MARK) {
        return Err(outside(mark));
    }
    let mut reader = Reader::from_str(body);
    reader.config_mut().check_end_names = true;
    let place = |offset: u64| usize::try_from(offset).map_or(text.len(), |at| at + mark);
    let mut state = State {
        text,
        visitor,
        tags: Tags::new(),
        open: Vec::new(),
        pending: None,
        seen_root: false,
        seen_doctype: false,
    };
    let forbidden = forbidden(text);
    let clean = forbidden.as_ref().map_or(text.len(), |e| e.offset as usize);
    loop {
        let at = place(reader.buffer_position());
        let event = reader.read_event().map_err(|e| {
            explain(&e, boundary(text, place(reader.error_position())), &state.open, text)
        });
        let end = event.as_ref().map_or(text.len(), |_| place(reader.buffer_position()));
        if let Some(forbidden) = &forbidden
            && end > clean
        {
            return Err(forbidden.clone());
        }
        match event? {
            Event::Eof => return state.finish(),
            event => state.event(&event, at, end)?,
        }
    }
}

struct State<'a, 'v> {
    text: &'a str,
    visitor: &'v mut dyn Visitor,
    tags: Tags<'a>,
    /// Where each open element begins.
    open: Vec<usize>,
    /// Character data not told yet: text, references and sections, as they follow each other.
    pending: Option<Range<usize>>,
    seen_root: bool,
    seen_doctype: bool,
}

impl<'a> State<'a, '_> {
    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or("")
    }

    fn event(&mut self, event: &Event<'_>, at: usize, end: usize) -> Result<(), XmlError> {
        match event {
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                return self.characters(event, at, end);
            }
            _ => self.tell_text()?,
        }
        match event {
            Event::Start(_) | Event::Empty(_) => {
                if self.open.is_empty() && self.seen_root {
                    return Err(
                        XmlError::new("a second root element", at).help("keep one root element")
                    );
                }
                self.seen_root = true;
                if self.open.len() >= MAX_DEPTH {
                    return Err(XmlError::too_deep(at));
                }
                let empty = matches!(event, Event::Empty(_));
                let inner_end = end.saturating_sub(if empty { 2 } else { 1 });
                let depth = self.open.len();
                self.tags.read(self.text, at, inner_end, depth, self.visitor)?;
                if empty {
                    self.visitor.end(at..end);
                    self.tags.namespaces.leave(depth);
                } else {
                    self.open.push(at);
                }
            }
            Event::End(_) => {
                let begun = self.open.pop().unwrap_or(at);
                self.visitor.end(begun..end);
                self.tags.namespaces.leave(self.open.len());
            }
            Event::Comment(_) => {
                let inner = self.slice(at + 4..end.saturating_sub(3));
                if inner.contains("--") || inner.ends_with('-') || end - at < 7 {
                    return Err(XmlError::new("a `--` inside a comment", at)
                        .help("write single dashes inside comments"));
                }
            }
            Event::PI(_) | Event::Decl(_) => {
                let mark = if self.text.starts_with(MARK) { MARK.len_utf8() } else { 0 };
                let from_start = if at == mark { 0 } else { at };
                instruction(self.slice(at..end), from_start)
                    .map_err(|e| XmlError { offset: crate::narrow(at), ..e })?;
            }
            Event::DocType(_) => self.doctype(at, end)?,
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) | Event::Eof => {}
        }
        Ok(())
    }

    /// Outside of the root only white space; inside, what follows without a break is one piece.
    fn characters(&mut self, event: &Event<'_>, at: usize, end: usize) -> Result<(), XmlError> {
        if self.open.is_empty() {
            if matches!(event, Event::Text(_)) && is_blank(self.slice(at..end)) {
                return Ok(());
            }
            return Err(outside(at));
        }
        match &mut self.pending {
            Some(range) => range.end = end,
            None => self.pending = Some(at..end),
        }
        Ok(())
    }

    fn tell_text(&mut self) -> Result<(), XmlError> {
        if let Some(range) = self.pending.take() {
            let raw = self.slice(range.clone());
            if is_plain_blank(raw) {
                self.visitor.space(raw, range);
            } else {
                let text = character_data(raw, range.start, &self.tags.entities)?;
                self.visitor.text(&text, range);
            }
        }
        Ok(())
    }

    /// Only entities that stand for a short plain text are taken; no file is ever read.
    fn doctype(&mut self, at: usize, end: usize) -> Result<(), XmlError> {
        let error = |message: &str| {
            Err(XmlError::new(message, at).help("remove the DOCTYPE; NeuroML needs none"))
        };
        if self.seen_root || std::mem::replace(&mut self.seen_doctype, true) {
            return error("a DOCTYPE that is not before the root element");
        }
        let inner = self.slice(at..end).strip_prefix("<!DOCTYPE").unwrap_or("");
        let name = inner.trim_start_matches([' ', '\t', '\r', '\n']);
        if inner.len() == name.len() || name_length(name) == 0 {
            return error("a DOCTYPE without a name");
        }
        self.tags.entities = Entities::declared(inner);
        Ok(())
    }

    fn finish(mut self) -> Result<(), XmlError> {
        self.tell_text()?;
        if let Some(&at) = self.open.last() {
            let rest = self.slice(at + 1..self.text.len());
            let name = shown(&rest[..name_length(rest)]);
            let end = self.text.trim_end().len();
            return Err(XmlError::new("the file ends inside an element", end)
                .help(format!("the file may be truncated; close `<{name}>`")));
        }
        if !self.seen_root {
            return Err(XmlError::new("the file holds no element", 0)
                .help("a NeuroML document starts with `<neuroml …>`"));
        }
        Ok(())
    }
}

/// The beginning of the character at `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

fn outside(at: usize) -> XmlError {
    XmlError::new("text outside of the root element", at)
}

fn explain(error: &quick_xml::Error, at: usize, open: &[usize], text: &str) -> XmlError {
    use quick_xml::errors::IllFormedError as I;
    match error {
        quick_xml::Error::IllFormed(I::MismatchedEndTag { expected, found }) => {
            let (expected, found) = (shown(expected), shown(found));
            XmlError::new(format!("`</{found}>` closes `<{expected}>`"), at)
                .help(format!("write `</{expected}>` here, or close `<{expected}>` before"))
        }
        quick_xml::Error::IllFormed(I::UnmatchedEndTag(name)) => {
            let name = shown(name);
            XmlError::new(format!("`</{name}>` closes an element that was never opened"), at)
        }
        quick_xml::Error::IllFormed(I::UnclosedReference) => {
            XmlError::new("a `&` here is neither an entity nor a character reference", at)
                .help("write `&amp;` for a plain `&`")
        }
        quick_xml::Error::Syntax(_) if !open.is_empty() => {
            XmlError::new("the file ends inside a tag, comment or section", text.trim_end().len())
                .help("the file may be truncated; close every element that was opened")
        }
        other => XmlError::new(format!("not well-formed XML: {}", shown(&other.to_string())), at),
    }
}
