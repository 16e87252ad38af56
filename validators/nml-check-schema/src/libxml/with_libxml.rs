//! The part that talks to libxml2.

use std::ops::Range;
use std::sync::Arc;

use libxml::error::StructuredError;
use libxml::parser::{Parser, ParserOptions, XmlParseFailure};
use libxml::schemas::{SchemaParserContext, SchemaValidationContext};
use nml_base::{Diagnostic, Diagnostics, SourceFile, Span};
use nml_xml::{StartTag, Visitor};

use super::LibxmlError;
use crate::checker::narrow;
use crate::rules;

/// What libxml2 says about the text of `file` against the text of an XML schema, mostly
/// [`nml_schemas::structure::XSD`].  Nothing is read from the network or from other files: the
/// schema must not include others, and the places of schemas that a document names are not looked at.
///
/// # Errors
/// See [`LibxmlError`].
pub fn check(file: &Arc<SourceFile>, schema: &str) -> Result<Diagnostics, LibxmlError> {
    let text = without_schema_places(file)?;
    // The text was decoded; what its XML declaration says about bytes no longer holds.
    let options = ParserOptions {
        no_error: true,
        no_warning: true,
        no_net: true,
        encoding: Some("UTF-8"),
        ..ParserOptions::default()
    };
    let parsed = Parser::default().parse_string_with_diagnostics(&text, options);
    let (document, _) = parsed.map_err(|failure| LibxmlError::Malformed(unparsed(failure)))?;
    let mut context = compile(schema)?;
    let Err(errors) = context.validate_document(&document) else { return Ok(Diagnostics::new()) };
    Ok(errors.iter().map(|error| finding(file, error)).collect())
}

fn compile(schema: &str) -> Result<SchemaValidationContext, LibxmlError> {
    if let Some(tag) = outside_reference(schema)? {
        let message = format!("it refers to other files (`{tag}`); give one file that holds all");
        return Err(LibxmlError::BadSchema(message));
    }
    let mut parser = SchemaParserContext::from_buffer(schema);
    SchemaValidationContext::from_parser(&mut parser)
        .map_err(|errors| LibxmlError::BadSchema(first(&errors)))
}

/// The first element of a schema that would make libxml2 read another file.
fn outside_reference(schema: &str) -> Result<Option<String>, LibxmlError> {
    struct Look(Option<String>);
    impl Visitor for Look {
        fn start(&mut self, tag: &StartTag<'_>) {
            let outside = matches!(tag.name, "import" | "include" | "redefine")
                && tag.namespace == "http://www.w3.org/2001/XMLSchema";
            if outside && self.0.is_none() {
                self.0 = Some(tag.name.to_owned());
            }
        }
        fn text(&mut self, _: &str, _: Range<usize>) {}
        fn end(&mut self, _: Range<usize>) {}
    }
    let mut look = Look(None);
    nml_xml::read(schema, &mut look).map_err(|e| LibxmlError::BadSchema(e.to_string()))?;
    Ok(look.0)
}

/// The text with the values of `xsi:schemaLocation` blanked out, of the same length.
fn without_schema_places(file: &SourceFile) -> Result<Vec<u8>, LibxmlError> {
    struct Places(Vec<Range<usize>>);
    impl Visitor for Places {
        fn start(&mut self, tag: &StartTag<'_>) {
            for attribute in tag.attributes {
                let place =
                    matches!(attribute.name, "schemaLocation" | "noNamespaceSchemaLocation");
                if place && attribute.namespace == "http://www.w3.org/2001/XMLSchema-instance" {
                    self.0.push(attribute.value_range.clone());
                }
            }
        }
        fn text(&mut self, _: &str, _: Range<usize>) {}
        fn end(&mut self, _: Range<usize>) {}
    }
    let mut places = Places(Vec::new());
    nml_xml::read(file.text(), &mut places)
        .map_err(|error| LibxmlError::Malformed(error.to_string()))?;
    let mut text = file.text().as_bytes().to_vec();
    for range in places.0 {
        // Line breaks stay, so that line numbers stay.
        text[range].iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = b' ');
    }
    Ok(text)
}

fn unparsed(failure: XmlParseFailure) -> String {
    match failure {
        XmlParseFailure::ParseFailed(errors) => first(&errors),
        other => other.to_string(),
    }
}

fn first(errors: &[StructuredError]) -> String {
    errors.first().map_or_else(|| "no reason given".to_owned(), words)
}

/// libxml2's sentence, without the namespace that it repeats before every name.
fn words(error: &StructuredError) -> String {
    let message = error.message.as_deref().unwrap_or("invalid").trim();
    let namespace = format!("{{{}}}", nml_schemas::structure::NAMESPACE);
    message.replace(&namespace, "").trim_end_matches('.').replace('\n', " ")
}

fn finding(file: &SourceFile, error: &StructuredError) -> Diagnostic {
    Diagnostic::new(&rules::LIBXML_INVALID, line(file, error.line), words(error))
        .help("see what the native structure check says about the same line")
}

/// The text of a line, without the blanks around it.
fn line(file: &SourceFile, number: Option<i32>) -> Span {
    let number = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(1).max(1);
    let mut start = 0;
    for (index, line) in file.text().split_inclusive('\n').enumerate() {
        if index + 1 == number {
            let inset = line.len() - line.trim_start().len();
            let from = start + inset;
            let to = from + line.trim().len();
            return Span::new(file.id(), narrow(from), narrow(to));
        }
        start += line.len();
    }
    Span::new(file.id(), 0, 0)
}
