//! Small made-up files and findings that the tests render.

use std::sync::Arc;

use nml_base::{
    Applicability, Diagnostic, Edit, Fix, Level, Rule, SourceFile, SourceMap, Span, Topic,
};
use nml_report::{CheckedFile, Report, Tool};

pub(crate) const TOOL: Tool = Tool { name: "nml", version: "0.0.0" };

pub(crate) static DIMENSION: Rule = Rule {
    code: "NML0801",
    name: "dimension-mismatch",
    topic: Topic::Expressions,
    default_level: Level::Error,
    summary: "a quantity has another dimension than the place it stands in",
    page: "## What it does\n\nCompares the *dimension* of a quantity with the one that is \
           [asked for](https://docs.neuroml.org).\n\n## Wrong\n\n```xml\n<iafCell C=\"10 mV\"/>\n```\n\n\
           ## Right\n\n- write a capacitance, as in `C=\"10 pF\"`, and look up the unit in the list of \
           units if you are in doubt about it\n- or leave it out\n\n1. one\n2. two\n",
};

pub(crate) static REFERENCE: Rule = Rule {
    code: "NML0201",
    name: "unknown-reference",
    topic: Topic::References,
    default_level: Level::Error,
    summary: "an attribute names something that does not exist",
    page: "## What it does\n\nLooks up names.\n",
};

pub(crate) static STYLE: Rule = Rule {
    code: "NML0105",
    name: "missing-notes",
    topic: Topic::Structure,
    default_level: Level::Warn,
    summary: "a cell has no notes",
    page: "",
};

pub(crate) static SILENT: Rule = Rule {
    code: "NML0110",
    name: "long-line",
    topic: Topic::Structure,
    default_level: Level::Allow,
    summary: "a line is very long",
    page: "",
};

pub(crate) static RULES: [&Rule; 4] = [&DIMENSION, &REFERENCE, &STYLE, &SILENT];

/// The `nth` place of `what` in the file.
pub(crate) fn span_of(file: &SourceFile, what: &str, nth: usize) -> Span {
    let (start, text) = file.text().match_indices(what).nth(nth).unwrap_or_default();
    let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Span::new(file.id(), offset(start), offset(start + text.len()))
}

pub(crate) const CHANNEL: &str =
    "<neuroml>\n  <ionChannelHH id=\"na\" conductance=\"10mV\">\n  </ionChannelHH>\n</neuroml>\n";
pub(crate) const CELL: &str = "<neuroml>\r\n\t<notes>Zelle mit µ-Zeichen und 神経</notes>\r\n\t<cell id=\"神経\" channel=\"nah\"/>\r\n</neuroml>\r\n";

/// A channel file with a wrong dimension and a repair.
pub(crate) fn dimension(file: &SourceFile) -> Diagnostic {
    let value = span_of(file, "10mV", 0);
    Diagnostic::new(
        &DIMENSION,
        value,
        "parameter `conductance` of `<ionChannelHH id=\"na\">` has dimension voltage, expected conductance",
    )
    .label("dimension: voltage")
    .also(span_of(file, "ionChannelHH", 0), "required by this component")
    .help("did you mean `10 pS`?")
    .fix(Fix {
        title: "write `10 pS`".to_owned(),
        edits: vec![Edit { span: value, replacement: "10pS".to_owned() }],
        applicability: Applicability::Safe,
    })
}

/// A reference from one file to what is nearly in another.
pub(crate) fn reference(cell: &SourceFile, channel: &SourceFile) -> Diagnostic {
    Diagnostic::new(&REFERENCE, span_of(cell, "nah", 0), "there is no ion channel `nah`")
        .label("not found")
        .also(span_of(channel, "na", 0), "the nearest one is here")
        .help("did you mean `na`?")
}

/// Two files, three findings, one of them a warning.
pub(crate) fn two_files(sources: &SourceMap) -> Vec<CheckedFile> {
    let channel = sources.add("channels/na.channel.nml", CHANNEL.to_owned());
    let cell = sources.add("cells/zelle µ, 1.cell.nml", CELL.to_owned());
    let clean = sources.add("ok.nml", "<neuroml/>\n".to_owned());
    let warning = Diagnostic::new(
        &STYLE,
        span_of(&cell, "cell id", 0).sub(0, 4),
        "the cell `神経` has no notes: 100% silent\nreally",
    );
    vec![
        checked(&channel, vec![dimension(&channel)]),
        checked(&cell, vec![warning, reference(&cell, &channel), dimension(&channel)]),
        checked(&clean, vec![]),
    ]
}

pub(crate) fn checked(file: &Arc<SourceFile>, diagnostics: Vec<Diagnostic>) -> CheckedFile {
    CheckedFile { name: file.name(), diagnostics }
}

pub(crate) fn report(sources: &SourceMap, files: Vec<CheckedFile>) -> Report<'_> {
    Report::new(sources, TOOL, files, |_| false)
}
