//! What can be wrong with files and includes: `NML00xx`.

use std::path::Path;

use nml_base::{Diagnostic, Level, LoadError, Rule, SourceFile, Span, Topic};
use nml_xml::{DecodeError, Element, XmlError};

macro_rules! rules {
    ($($ident:ident $code:literal $name:literal $level:ident $summary:literal;)*) => {
        $(
            static $ident: Rule = Rule {
                code: $code,
                name: $name,
                topic: Topic::Files,
                default_level: Level::$level,
                summary: $summary,
                page: include_str!(concat!("../pages/", $name, ".md")),
            };
        )*
        /// All rules of this crate, by code.
        pub static RULES: &[&Rule] = &[$(&$ident),*];
    };
}

rules! {
    UNREADABLE_FILE "NML0001" "unreadable-file" Error "a file is missing or cannot be read";
    BAD_ENCODING "NML0002" "bad-encoding" Error "a file is not text in the encoding it claims";
    MALFORMED_XML "NML0003" "malformed-xml" Error "a file is not well-formed XML";
    MISSING_INCLUDE "NML0004" "missing-include" Error "an included file does not exist";
    INCLUDE_CYCLE "NML0005" "include-cycle" Error "files include each other in a circle";
    INCLUDE_WITHOUT_PATH "NML0006" "include-without-path" Error "an include does not say which file";
    INCLUDED_TWICE "NML0007" "included-twice" Warn "a file is included twice by the same file";
    UNKNOWN_FILE_KIND "NML0008" "unknown-file-kind" Error "an included file is neither NeuroML nor LEMS";
    MALFORMED_HDF5 "NML0009" "malformed-hdf5" Error "an HDF5 file is damaged, or holds no NeuroML network";
    BAD_HDF5_ROW "NML0010" "bad-hdf5-row" Error "a row of an HDF5 network holds a number that makes no sense";
    UNREAD_HDF5_PART "NML0011" "unread-hdf5-part" Warn "a part of an HDF5 network is not read";
    BAD_SWC_SAMPLE "NML0012" "bad-swc-sample" Error "a line of an SWC file is no sample";
    BAD_SWC_TREE "NML0013" "bad-swc-tree" Error "samples of an SWC file do not form trees";
    ODD_SWC "NML0014" "odd-swc" Warn "an SWC file is understood, but says something unusual";
    MALFORMED_JSON "NML0015" "malformed-json" Error "a JSON file is not a NeuroML document";
    UNMAPPED_NEUROML1 "NML0016" "unmapped-neuroml1" Error "a part of a NeuroML 1 document has no place in NeuroML 2";
    INCOMPLETE_NEUROML1 "NML0017" "incomplete-neuroml1" Warn "a part of a NeuroML 1 document is left out, or needs completing";
    UNMAPPED_NEUROMLLITE "NML0018" "unmapped-neuromllite" Error "a part of a NeuroMLlite network is not carried out";
    BAD_SONATA "NML0020" "bad-sonata" Error "a circuit of SONATA is damaged, or says something that is not understood";
    UNREAD_SONATA_PART "NML0021" "unread-sonata-part" Warn "a part of a circuit of SONATA is not read";
}

pub(crate) fn unreadable_file(span: Span, error: &LoadError) -> Diagnostic {
    Diagnostic::new(&UNREADABLE_FILE, span, error.to_string())
        .help("check the path and its permissions")
}

pub(crate) fn bad_encoding(span: Span, error: &DecodeError, is_xml: bool) -> Diagnostic {
    let help = match error {
        _ if !is_xml => "save the file as UTF-8",
        DecodeError::UnknownEncoding(_) => "write `encoding=\"UTF-8\"` and save the file as UTF-8",
        DecodeError::BadByte { .. } => {
            "save the file as UTF-8, or name its real encoding in the XML declaration"
        }
    };
    Diagnostic::new(&BAD_ENCODING, span, error.to_string()).help(help)
}

/// A text is not well-formed.
pub fn malformed_xml(file: &SourceFile, error: &XmlError) -> Diagnostic {
    let text = file.text();
    let start = (error.offset as usize).min(text.len());
    let rest = text.get(start..).unwrap_or("");
    let length = rest.chars().next().map_or(0, char::len_utf8);
    let span = Span::new(file.id(), error.offset.min(file.span().end), 0);
    let span = Span { end: span.start + u32::try_from(length).unwrap_or(0), ..span };
    Diagnostic::new(&MALFORMED_XML, span, error.message.clone()).maybe_help(error.help.clone())
}

pub(crate) fn missing_include(
    span: Span,
    href: &str,
    looked_in: &[String],
    near: Option<&str>,
) -> Diagnostic {
    if ["http://", "https://", "ftp://"].iter().any(|scheme| href.starts_with(scheme)) {
        let name = href.rsplit('/').next().unwrap_or(href);
        return Diagnostic::new(
            &MISSING_INCLUDE,
            span,
            "an include may not be an address on the network",
        )
        .label("never fetched")
        .help(format!("download the file, put it beside this one and write `{name}`"));
    }
    let help = near.map_or_else(
        || {
            let folders = looked_in.join(", ");
            format!(
                "looked in {folders}; add the file, correct the path, or give its folder with `-I`"
            )
        },
        |near| format!("did you mean `{near}`?"),
    );
    let message = format!("the included file `{href}` does not exist");
    Diagnostic::new(&MISSING_INCLUDE, span, message).label("not found").help(help)
}

pub(crate) fn include_cycle(span: Span, circle: &[String]) -> Diagnostic {
    let message = match circle {
        [only] => format!("`{only}` includes itself"),
        files => format!("files include each other in a circle: {}", files.join(" → ")),
    };
    Diagnostic::new(&INCLUDE_CYCLE, span, message)
        .label("closes the circle")
        .help("remove this include, or move what both files need into a third file")
}

pub(crate) fn include_without_path(element: Element<'_>) -> Diagnostic {
    let attribute = if element.name() == "Include" { "file" } else { "href" };
    let message = format!("`<{}>` does not say which file", element.name());
    Diagnostic::new(&INCLUDE_WITHOUT_PATH, element.name_span(), message)
        .help(format!("write `<{} {attribute}=\"FILE\"/>`", element.name()))
}

pub(crate) fn included_twice(span: Span, first: Span, href: &str) -> Diagnostic {
    Diagnostic::new(&INCLUDED_TWICE, span, format!("`{href}` is included a second time"))
        .also(first, "first included here")
        .help("remove one of the two")
}

pub(crate) fn unknown_file_kind(span: Span, path: &Path, root: Option<&str>) -> Diagnostic {
    let found = root.map_or_else(
        || "has no root element".to_owned(),
        |r| format!("has the root element `<{r}>`"),
    );
    let message = format!("the included file `{}` {found}", path.display());
    Diagnostic::new(&UNKNOWN_FILE_KIND, span, message)
        .help("include files with the root `<neuroml>` or `<Lems>`")
}

pub(crate) fn malformed_hdf5(span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(&MALFORMED_HDF5, span, message).help(help)
}

pub(crate) fn bad_hdf5_row(row: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(&BAD_HDF5_ROW, row, message).help(help)
}

pub(crate) fn unread_hdf5_part(span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(&UNREAD_HDF5_PART, span, message).help(help)
}

pub(crate) fn bad_swc_sample(span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(&BAD_SWC_SAMPLE, span, message).help(help)
}

pub(crate) fn bad_swc_tree(span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(&BAD_SWC_TREE, span, message).help(help)
}

pub(crate) fn odd_swc(span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(&ODD_SWC, span, message).help(help)
}

pub(crate) fn malformed_json(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(&MALFORMED_JSON, span, message).help(
        "`nml convert --schema` prints what a file may hold, `nml convert --to json` writes one",
    )
}

pub(crate) fn bad_sonata(span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(&BAD_SONATA, span, message).help(help)
}

pub(crate) fn unread_sonata_part(span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(&UNREAD_SONATA_PART, span, message).help(help)
}

pub(crate) fn unmapped_neuroml1(span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(&UNMAPPED_NEUROML1, span, format!("nothing in NeuroML 2 is made of {what}"))
}

pub(crate) fn incomplete_neuroml1(span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(&INCOMPLETE_NEUROML1, span, message).help(help)
}

pub(crate) fn unmapped_neuromllite(span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(&UNMAPPED_NEUROMLLITE, span, format!("nothing is made of {what}"))
}
