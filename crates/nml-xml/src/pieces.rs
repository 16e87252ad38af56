//! The pieces of a document as they are written, for those who write documents.
//!
//! Visitors hear what a document means; here nothing is expanded and nothing is left out: comments,
//! declarations of namespaces, prefixes and quotes are there.

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::entities::Entities;
use crate::lexical::{attribute_value, character_data, is_blank};
use crate::{Deaf, XmlError, narrow, read_stream};

/// What a piece is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PieceKind {
    /// `<?xml …?>`.
    Declaration,
    /// `<!DOCTYPE …>`.
    Doctype,
    /// `<name …>`.
    Start,
    /// `<name …/>`.
    Empty,
    /// `</name>`.
    End,
    /// White space between other pieces.
    Space,
    /// Characters, references and sections that follow each other without a break.
    Text,
    /// `<!-- … -->`.
    Comment,
    /// `<?target …?>`.
    Instruction,
}

/// A run of bytes of one kind.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// For [`PieceKind::Start`], the piece that ends the element.
    pub partner: u32,
    /// For [`PieceKind::Start`], whether text that is not blank stands directly inside.
    pub has_text: bool,
}

/// An attribute as written, declarations of namespaces included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WrittenAttribute<'a> {
    /// Name with prefix.
    pub name: &'a str,
    /// Value without quotes, references as they are.
    pub value: &'a str,
    /// `"` or `'`.
    pub quote: char,
}

/// A well-formed document in pieces.
#[derive(Debug)]
pub struct Pieces<'a> {
    text: &'a str,
    entities: Entities<'a>,
    all: Vec<Piece>,
}

impl<'a> Pieces<'a> {
    /// Takes a text apart.
    ///
    /// # Errors
    /// [`XmlError`] where [`read_stream`] refuses the text.
    pub fn of(text: &'a str) -> Result<Self, XmlError> {
        read_stream(text, &mut Deaf)?;
        let mark = text.len() - text.trim_start_matches('\u{FEFF}').len();
        let mut reader = Reader::from_str(&text[mark..]);
        let mut pieces = Self { text, entities: Entities::none(), all: Vec::new() };
        let mut open: Vec<usize> = Vec::new();
        loop {
            let at = reader.buffer_position();
            let event = reader.read_event().map_err(|e| {
                XmlError::new(e.to_string(), mark + usize::try_from(at).unwrap_or(0))
            })?;
            let place = |at: u64| usize::try_from(at).map_or(text.len(), |at| at + mark);
            let (start, end) = (place(at), place(reader.buffer_position()));
            let kind = match event {
                Event::Eof => return Ok(pieces),
                Event::Decl(_) => PieceKind::Declaration,
                Event::DocType(_) => {
                    let inner = text.get(start..end).and_then(|t| t.strip_prefix("<!DOCTYPE"));
                    pieces.entities = Entities::declared(inner.unwrap_or(""));
                    PieceKind::Doctype
                }
                Event::Start(_) => PieceKind::Start,
                Event::Empty(_) => PieceKind::Empty,
                Event::End(_) => PieceKind::End,
                Event::Text(_) if is_blank(&text[start..end]) => PieceKind::Space,
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => PieceKind::Text,
                Event::Comment(_) => PieceKind::Comment,
                Event::PI(_) => PieceKind::Instruction,
            };
            pieces.push(kind, start, end, &mut open);
        }
    }

    fn push(&mut self, kind: PieceKind, start: usize, end: usize, open: &mut Vec<usize>) {
        match kind {
            PieceKind::Start => open.push(self.all.len()),
            PieceKind::End => {
                if let Some(begun) = open.pop() {
                    self.all[begun].partner = narrow(self.all.len());
                }
            }
            PieceKind::Text => {
                if let Some(&around) = open.last() {
                    self.all[around].has_text = true;
                }
            }
            _ => {}
        }
        // Characters that follow each other are one piece.
        if matches!(kind, PieceKind::Text | PieceKind::Space)
            && let Some(before) = self.all.last_mut()
            && matches!(before.kind, PieceKind::Text | PieceKind::Space)
        {
            before.end = narrow(end);
            before.kind = if kind == before.kind { kind } else { PieceKind::Text };
            return;
        }
        let (start, end) = (narrow(start), narrow(end));
        self.all.push(Piece { kind, start, end, partner: 0, has_text: false });
    }

    /// All pieces, in the order of the text.
    pub fn all(&self) -> &[Piece] {
        &self.all
    }

    /// A piece as written.
    pub fn source(&self, piece: &Piece) -> &'a str {
        self.text.get(piece.start as usize..piece.end as usize).unwrap_or("")
    }

    /// The name in a tag, with prefix.
    pub fn name(&self, piece: &Piece) -> &'a str {
        let inner = self.source(piece).trim_start_matches(['<', '/']);
        let end = inner.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
        &inner[..end.unwrap_or(inner.len())]
    }

    /// The attributes in a start tag, in the order written.
    pub fn attributes(
        &self,
        piece: &Piece,
    ) -> impl Iterator<Item = WrittenAttribute<'a>> + use<'a> {
        let tag = self.source(piece);
        let mut rest = &tag[(1 + self.name(piece).len()).min(tag.len())..];
        std::iter::from_fn(move || {
            let (name, after) = rest.split_once('=')?;
            let after = after.trim_ascii_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, after) = after[1..].split_once(quote)?;
            rest = after;
            Some(WrittenAttribute { name: name.trim_ascii(), value, quote })
        })
    }

    /// The value of an attribute as it is meant.
    ///
    /// # Errors
    /// [`XmlError`] for a reference to nothing, which [`Pieces::of`] has refused already.
    pub fn value(&self, attribute: &WrittenAttribute<'a>) -> Result<String, XmlError> {
        Ok(attribute_value(attribute.value, 0, &self.entities)?.into_owned())
    }

    /// A [`PieceKind::Text`] as it is meant.
    ///
    /// # Errors
    /// [`XmlError`] for a reference to nothing, which [`Pieces::of`] has refused already.
    pub fn characters(&self, piece: &Piece) -> Result<String, XmlError> {
        let start = piece.start as usize;
        Ok(character_data(self.source(piece), start, &self.entities)?.into_owned())
    }
}

/// A text as the value of an attribute between `"`; what XML would change on reading becomes a reference.
/// Characters that XML does not have are replaced.
pub fn escape_value(text: &str) -> String {
    escape(text, true)
}

/// A text as character data.  Characters that XML does not have are replaced.
pub fn escape_text(text: &str) -> String {
    escape(text, false)
}

/// Whether a text of XML may hold the character, XML 1.0, fifth edition, production 2.
pub fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn escape(text: &str, value: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if value => out.push_str("&quot;"),
            '\n' if value => out.push_str("&#10;"),
            '\t' if value => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(c),
            c if !is_char(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
