//! The one layout of a document: what `nml fmt` writes.
//!
//! Only what no reader sees is changed: white space between elements, white space and quotes in tags, line ends,
//! `<a></a>` for `<a/>`.
//!
//! - The XML declaration says version and UTF-8; a byte order mark is left out; lines end with a line feed.
//! - Each element begins a line of its own, four blanks further in than the one around it.
//! - A tag of up to [`WIDTH`] columns is one line.  A longer one is filled: lines after the first are eight blanks
//!   further in than the tag, and an attribute is never broken.
//! - Attributes keep their order and the text between their quotes.  Quotes are `"`, where the value has none.
//! - An element with text inside keeps all that it holds to the letter, elements as well.
//! - Comments stay: at the end of a line where they were at one, otherwise on lines of their own, moved with the
//!   element that follows.
//! - Up to one blank line between two elements stays.

use crate::pieces::{Piece, PieceKind, Pieces};
use crate::{Deaf, XmlError, read_stream};

/// Columns that a tag may take, blanks before it included.
pub const WIDTH: usize = 120;

/// Blanks for each level.
const STEP: usize = 4;

/// Deeper levels are not moved in further, so that no text can grow by more than a small factor.
const DEEPEST: usize = 32;

/// Columns that a tabulator stands for inside comments.
const TAB: usize = 4;

/// A document in the canonical layout.  Formatting what it gives changes nothing.
///
/// # Errors
/// [`XmlError`] where the text is not well-formed.
pub fn format(text: &str) -> Result<String, XmlError> {
    let unix;
    let text = if text.contains('\r') {
        // What a reader does anyway (XML 1.0, 2.11).  Places of errors are those of the text as it was.
        read_stream(text, &mut Deaf)?;
        unix = text.replace("\r\n", "\n").replace('\r', "\n");
        &unix
    } else {
        text
    };
    let pieces = Pieces::of(text)?;
    let mut printer = Printer {
        pieces: &pieces,
        out: String::with_capacity(text.len() + text.len() / 8),
        depth: 0,
        before: None,
        newlines: 0,
        column: 0,
    };
    printer.declaration();
    let all = pieces.all();
    let mut at = 0;
    while let Some(piece) = all.get(at) {
        at = printer.piece(at, piece);
    }
    let mut out = printer.out;
    out.push('\n');
    Ok(out)
}

struct Printer<'p, 'a> {
    pieces: &'p Pieces<'a>,
    out: String,
    depth: usize,
    /// What was written last.
    before: Option<PieceKind>,
    /// Line ends since then.
    newlines: usize,
    /// Columns before the piece, where it is the first of its line.
    column: usize,
}

impl Printer<'_, '_> {
    fn declaration(&mut self) {
        self.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"");
        let first = self.pieces.all().first().filter(|p| p.kind == PieceKind::Declaration);
        let mut attributes = first.into_iter().flat_map(|p| self.pieces.attributes(p));
        if let Some(standalone) = attributes.find(|a| a.name == "standalone") {
            self.out.push_str(" standalone=\"");
            self.out.push_str(standalone.value);
            self.out.push('"');
        }
        self.out.push_str("?>");
    }

    /// Writes the piece at `at` and says which one comes next.
    fn piece(&mut self, at: usize, piece: &Piece) -> usize {
        let source = self.pieces.source(piece);
        let mut next = at + 1;
        match piece.kind {
            PieceKind::Space => {
                self.newlines = source.bytes().filter(|b| *b == b'\n').count();
                let last = source.rsplit('\n').next().unwrap_or("");
                self.column = columns(last);
                return next;
            }
            PieceKind::Declaration => {}
            PieceKind::Doctype | PieceKind::Instruction => {
                self.line();
                self.out.push_str(source);
            }
            PieceKind::Text => self.out.push_str(source),
            PieceKind::Comment => self.comment(source),
            PieceKind::Empty => {
                self.line();
                self.tag(piece, "/>");
            }
            PieceKind::Start => {
                self.line();
                let end = piece.partner as usize;
                let inside = self.pieces.all().get(at + 1..end).unwrap_or(&[]);
                if piece.has_text || self.keeps_space(piece) {
                    self.tag(piece, ">");
                    for piece in inside {
                        self.out.push_str(self.pieces.source(piece));
                    }
                    self.close(piece);
                    next = end + 1;
                } else if inside.iter().all(|p| p.kind == PieceKind::Space) {
                    self.tag(piece, "/>");
                    next = end + 1;
                } else {
                    self.tag(piece, ">");
                    self.depth += 1;
                }
            }
            PieceKind::End => {
                self.depth = self.depth.saturating_sub(1);
                self.newlines = self.newlines.min(1);
                self.line();
                self.close(piece);
            }
        }
        let whole = next > at + 1;
        self.before = Some(if whole { PieceKind::Empty } else { piece.kind });
        self.newlines = 0;
        self.column = 0;
        next
    }

    fn keeps_space(&self, piece: &Piece) -> bool {
        let mut attributes = self.pieces.attributes(piece);
        attributes.any(|a| a.name == "xml:space" && a.value == "preserve")
    }

    fn indent(&self) -> usize {
        self.depth.min(DEEPEST) * STEP
    }

    fn blanks(&mut self, count: usize) {
        self.out.extend(std::iter::repeat_n(' ', count));
    }

    /// Begins a line, after a blank one where the author had some between two elements.
    fn line(&mut self) {
        let inside = !matches!(self.before, None | Some(PieceKind::Start));
        self.out.push('\n');
        if self.newlines > 1 && inside {
            self.out.push('\n');
        }
        self.blanks(self.indent());
    }

    fn close(&mut self, piece: &Piece) {
        self.out.push_str("</");
        self.out.push_str(self.pieces.name(piece));
        self.out.push('>');
    }

    /// A start tag that ends with `close`.
    fn tag(&mut self, piece: &Piece, close: &str) {
        let name = self.pieces.name(piece);
        let quoted = |a: crate::WrittenAttribute<'_>| {
            let quote = if a.value.contains('"') { '\'' } else { '"' };
            format!("{}={quote}{}{quote}", a.name, a.value)
        };
        let attributes: Vec<String> = self.pieces.attributes(piece).map(quoted).collect();
        let length = |text: &str| text.chars().count();
        let whole = attributes.iter().map(|a| length(a) + 1).sum::<usize>();
        let indent = self.indent();
        let begun = indent + 1 + length(name);
        let fits = begun + whole + close.len() <= WIDTH;
        self.out.push('<');
        self.out.push_str(name);
        let mut column = begun;
        for (at, attribute) in attributes.iter().enumerate() {
            let last = at + 1 == attributes.len();
            let first_line = attribute.split('\n').next().unwrap_or("");
            let more = 1 + length(first_line) + if last { close.len() } else { 0 };
            if !fits && at > 0 && column + more > WIDTH {
                self.out.push('\n');
                self.blanks(indent + 2 * STEP);
                column = indent + 2 * STEP;
            } else {
                self.out.push(' ');
                column += 1;
            }
            self.out.push_str(attribute);
            column = match attribute.rsplit_once('\n') {
                Some((_, tail)) => length(tail),
                None => column + length(attribute),
            };
        }
        self.out.push_str(close);
    }

    fn comment(&mut self, source: &str) {
        let after =
            !matches!(self.before, None | Some(PieceKind::Declaration | PieceKind::Doctype));
        let mut lines = source.split('\n').map(str::trim_ascii_end);
        let first = lines.next().unwrap_or("");
        if after && self.newlines == 0 {
            self.out.push(' ');
            self.out.push_str(first);
            for line in lines {
                self.out.push('\n');
                self.out.push_str(line);
            }
            return;
        }
        // Where it did not begin a line, nothing says how its other lines were meant to stand.
        let moved = self.newlines > 0;
        let (old, new) = if moved { (self.column, self.indent()) } else { (0, 0) };
        self.line();
        self.out.push_str(first);
        for line in lines {
            self.out.push('\n');
            let text = line.trim_ascii_start();
            if !text.is_empty() {
                let blanks = columns(&line[..line.len() - text.len()]);
                self.blanks((blanks + new).saturating_sub(old));
                self.out.push_str(text);
            }
        }
    }
}

/// Columns of a run of white space.
fn columns(blank: &str) -> usize {
    blank.bytes().map(|b| if b == b'\t' { TAB } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str) {
        let once = format(before).unwrap();
        let body = once.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap();
        assert_eq!(body, after);
        assert_eq!(format(&once).unwrap(), once, "a second time");
    }

    #[test]
    fn elements_stand_on_lines_of_their_own() {
        check(
            "\u{feff}<?xml version='1.0' encoding='latin1'?><a  x = '1'><b></b><c>\t\n</c>\r\n\r\n\r\n<d y='\"'/></a >",
            "<a x=\"1\">\n    <b/>\n    <c/>\n\n    <d y='\"'/>\n</a>\n",
        );
        check("<a>\n\n<b/>\n\n</a>", "<a>\n    <b/>\n</a>\n");
    }

    #[test]
    fn text_stays_to_the_letter() {
        check(
            "<a>\n<notes> one\n   two </notes><p>a <b>c</b>  <i/></p>\n<v>&#32;</v><w><![CDATA[ ]]></w></a>",
            "<a>\n    <notes> one\n   two </notes>\n    <p>a <b>c</b>  <i/></p>\n    <v>&#32;</v>\n    \
             <w><![CDATA[ ]]></w>\n</a>\n",
        );
        check("<a xml:space='preserve'> <b/> </a>", "<a xml:space=\"preserve\"> <b/> </a>\n");
    }

    #[test]
    fn comments_stay_where_they_were() {
        check(
            "<!-- top --><a> <!-- of a -->\n  <!-- first\n       second\n     third -->\n<b/><!-- of b --><c/>\n\n\n<!-- end --></a><!-- after -->",
            "<!-- top -->\n<a> <!-- of a -->\n    <!-- first\n         second\n       third -->\n    <b/> <!-- of b -->\n    \
             <c/>\n\n    <!-- end -->\n</a> <!-- after -->\n",
        );
        check("<a><!-- x\n\ty --></a>", "<a> <!-- x\n\ty -->\n</a>\n");
    }

    #[test]
    fn long_tags_are_filled() {
        let long = "x".repeat(50);
        check(
            &format!("<r><a b='{long}' c='{long}' d='{long}' e='1'/></r>"),
            &format!(
                "<r>\n    <a b=\"{long}\" c=\"{long}\"\n            d=\"{long}\" e=\"1\"/>\n</r>\n"
            ),
        );
        check("<a v='1\n + 2' w='3'/>", "<a v=\"1\n + 2\" w=\"3\"/>\n");
    }

    #[test]
    fn a_doctype_and_instructions_stay() {
        check(
            "<!DOCTYPE a [<!ENTITY e \"1\">]>\n<?p q?><a b='&e;'/>",
            "<!DOCTYPE a [<!ENTITY e \"1\">]>\n<?p q?>\n<a b=\"&e;\"/>\n",
        );
    }

    #[test]
    fn depth_does_not_multiply() {
        let deep = format!("{}{}", "<a>".repeat(200), "</a>".repeat(200));
        assert!(format(&deep).unwrap().len() < deep.len() * DEEPEST * STEP);
        assert!(format("<a>").is_err());
        assert!(format("").is_err());
    }
}
