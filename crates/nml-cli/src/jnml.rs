//! `nml jnml`: the command lines, words and exit status of the Java tool.
//!
//! The verdict is that of the reference validator: the document grammar of the file itself, and the
//! findings that one of its tests makes as well.  Where the Java program would crash, this one answers.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use nml_base::{Diagnostic, Severity, SourceMap, Topic};

use crate::check::{CheckRequest, Input};
use crate::simulate::java::Mode;
use crate::{App, CLEAN, Checker, Console, FINDINGS, FileOutcome, Progress, Stop};

const SCHEMA: &str = "/Schemas/NeuroML2/NeuroML_v2.3.1.xsd";
const SCHEMA_V1: &str = "/NeuroML1Schemas/Level3/NeuroML_Level3_v1.8.1.xsd";

/// A test of the reference validator.
struct Test {
    code: u32,
    title: &'static str,
}

const fn test(code: u32, title: &'static str) -> Test {
    Test { code, title }
}

const TOP_IDS: Test = test(5000, "No repeated Ids on top level elements");
const NETWORK_IDS: Test = test(5001, "No repeated Ids on elements inside <network>");
const SEGMENT_IDS: Test = test(10000, "No repeated segment Ids allowed within a cell");
const ONE_ROOT: Test = test(10002, "Only one segment should have no parent");
const MEMBERS: Test =
    test(10003, "Segment Id used in the member element of segmentGroup should exist");
const GROUP_IDS: Test = test(10004, "No repeated segmentGroup Ids allowed within a cell");
const GROUP_INCLUDES: Test =
    test(10005, "Segment Group used in the include element of segmentGroup should exist");
const GROUPS: Test = test(10006, "Segment Groups used in biophysicalProperties should exist");
const DIVISIONS: Test = test(
    10007,
    "Segment Groups should specify numberInternalDivisions in a <property> element as a child of <segmentGroup>",
);
const COMPONENTS: Test = test(10020, "Component in population should exist");
const CHANNELS: Test = test(10025, "Ion channel in channelDensity should exist");
const SIZES: Test = test(10030, "Size attribute in population should match instance number");
const POPULATIONS: Test = test(10040, "Population ids in projections should exist");
const SEGMENTS: Test = test(10050, "Segment id used in connection should exist in target cell");
const CELL_IDS: Test = test(10060, "Pre/post cell id in connection should be correctly formatted");
const SYNAPSES: Test = test(10070, "Synapse referred to in a projection should exist");
const ROOT_ZERO: Test = test(100_001, "Root segment has id == 0");
const FORWARD_INCLUDES: Test = test(
    100_005,
    "Segment Group used in the include element of segmentGroup should probably be defined BEFORE it is used \
     in the segmentGroup in which it is included, for optimal portability",
);

/// The test that makes the same finding; `element` is the one the finding is on.
fn test_of(rule: &str, element: &str) -> Option<Test> {
    Some(match (rule, element) {
        // A morphology that a cell refers to is looked up before any test, like repeated identifiers; the
        // Java program ends with an exception for both.
        ("repeated-id", _) | ("unknown-reference", "cell") => TOP_IDS,
        ("repeated-network-id", _) => NETWORK_IDS,
        ("repeated-segment-id", _) => SEGMENT_IDS,
        ("not-one-root", _) => ONE_ROOT,
        ("unknown-segment", "member") => MEMBERS,
        ("repeated-group-id", _) => GROUP_IDS,
        ("unknown-included-group", _) => GROUP_INCLUDES,
        ("unknown-place", "channelDensity" | "channelDensityGHK" | "channelDensityNernst") => {
            GROUPS
        }
        ("misplaced-divisions", _) => DIVISIONS,
        ("unknown-reference", "population") => COMPONENTS,
        ("unknown-reference", density) if density.starts_with("channelDensity") => CHANNELS,
        ("unknown-reference", "projection" | "electricalConnection") => SYNAPSES,
        ("size-mismatch", _) => SIZES,
        ("unknown-population", "projection" | "electricalProjection") => POPULATIONS,
        ("segment-not-in-cell", "connection") => SEGMENTS,
        (
            "malformed-cell-reference"
            | "cell-out-of-range"
            | "population-differs"
            | "component-differs",
            "connection",
        )
        // The Java program reads such a size as a negative number and finds every cell out of range.
        | ("population-too-large", _) => CELL_IDS,
        ("root-not-zero", _) => ROOT_ZERO,
        ("include-before-group", _) => FORWARD_INCLUDES,
        _ => return None,
    })
}

/// The name of the element a finding is in: the tag that opens last before it.
fn element(sources: &SourceMap, finding: &Diagnostic) -> String {
    let span = finding.primary.span;
    let Some(file) = sources.get(span.file) else { return String::new() };
    let head = file.text().get(..span.start as usize).unwrap_or("");
    let tag = head.rfind('<').and_then(|at| file.text().get(at + 1..)).unwrap_or("");
    let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(tag.len());
    let name = &tag[..end];
    name.rsplit(':').next().unwrap_or(name).to_owned()
}

/// What stands in for options of the Java tool that are not understood here, by their beginnings.
const ELSEWHERE: [(&str, &str); 10] = [
    ("-lems-graph", "graphs will be drawn by `nml graph FILE`"),
    ("-graph", "graphs will be drawn by `nml graph FILE`"),
    (
        "-svg",
        "cells and networks will be drawn by `nml plot FILE`; results are by `nml simulate --plot`",
    ),
    (
        "-png",
        "cells and networks will be drawn by `nml plot FILE`; results are by `nml simulate --plot`",
    ),
    ("-info", "a summary will be given by `nml info FILE`"),
    ("-sbml-import", "imports will be done by `nml convert FILE --to neuroml`"),
    ("-outputdir", "`nml simulate FILE -o FOLDER` writes into a folder"),
    (
        "-neuron",
        "exports will be done by `nml convert FILE --to neuron`; `nml simulate FILE` needs no export",
    ),
    (
        "-netpyne",
        "exports will be done by `nml convert FILE --to netpyne`; `nml simulate FILE` needs no export",
    ),
    ("-", "exports will be done by `nml convert FILE --to …`; `nml simulate FILE` needs no export"),
];

const USAGE: &str = "\
Usage:
    nml jnml FILE.xml [-nogui]            run a LEMS file
    nml jnml FILE.xml -norun              read a LEMS file
    nml jnml -I dir1:dir2 FILE.xml …      search these folders for included files
    nml jnml -validate FILE…              check NeuroML files
    nml jnml -validatev1 FILE…            check NeuroML files of version 1
    nml jnml -v                           show the version
";

pub(crate) fn run(
    words: &[String],
    checker: &dyn Checker,
    app: &App<'_>,
    console: &mut Console<'_>,
) -> Result<u8, Stop> {
    console.print(&banner())?;
    let mut include_path = Vec::new();
    let mut words = words;
    if let [option, folders, rest @ ..] = words
        && matches!(option.as_str(), "-I" | "-cp")
    {
        include_path = std::env::split_paths(folders).collect();
        words = rest;
    }
    let said: Vec<&str> = words.iter().map(String::as_str).collect();
    match said[..] {
        [] => {
            console.note(&format!("Error, no arguments to jnml...\n{USAGE}"));
            Ok(FINDINGS)
        }
        ["-v" | "-version"] => Ok(CLEAN),
        ["-h" | "-help" | "-?"] => console.print(USAGE).map(|()| CLEAN),
        [mode @ ("-validate" | "-validatev1"), _, ..] => {
            validate(mode, &words[1..], checker, app, console)
        }
        [file] if !file.starts_with('-') => {
            simulate(file, Mode::Windows, include_path, app, console)
        }
        [file, "-nogui"] => simulate(file, Mode::NoGui, include_path, app, console),
        [file, "-norun"] => simulate(file, Mode::NoRun, include_path, app, console),
        _ => {
            let option = said.iter().find(|w| w.starts_with('-')).copied().unwrap_or("");
            let instead = ELSEWHERE.iter().find(|(start, _)| option.starts_with(start));
            let instead = instead.map(|(_, text)| format!("\n{text}")).unwrap_or_default();
            console.note(&format!("nml: `{}` is not understood{instead}", said.join(" ")));
            Ok(FINDINGS)
        }
    }
}

fn simulate(
    file: &str,
    mode: Mode,
    include_path: Vec<PathBuf>,
    app: &App<'_>,
    console: &mut Console<'_>,
) -> Result<u8, Stop> {
    let folder = console.env.working_folder.clone();
    if !app.loader.is_file(&folder.join(file)) {
        console.note(&format!("File does not exist: {file}"));
        return Ok(FINDINGS);
    }
    let include_path = include_path.into_iter().map(|path| folder.join(path)).collect();
    crate::simulate::java::run(Path::new(file), mode, include_path, console)
}

fn validate(
    mode: &str,
    names: &[String],
    checker: &dyn Checker,
    app: &App<'_>,
    console: &mut Console<'_>,
) -> Result<u8, Stop> {
    let paths: Vec<PathBuf> = names.iter().map(PathBuf::from).collect();
    let mut failed = 0;
    let mut warned = false;
    for path in &paths {
        if !app.loader.is_file(&console.env.working_folder.join(path)) {
            console.note(&format!("File does not exist: {}", path.display()));
            return Ok(FINDINGS);
        }
        if mode == "-validatev1" {
            failed += usize::from(!version_one(path, checker, console)?);
            continue;
        }
        let (text, outcome) = version_two(path, checker)?;
        console.print(&text)?;
        failed += usize::from(outcome == Outcome::Failed);
        warned |= outcome == Outcome::Warned;
    }
    if mode == "-validate" {
        let count = paths.len();
        let trailer = match (failed, warned) {
            (0, false) => "All valid and no warnings".to_owned(),
            (0, true) => "All valid, with some warnings".to_owned(),
            (failed, _) => format!("{} passed, {failed} failed", count - failed),
        };
        console.print(&format!("\nValidated {count} files: {trailer}\n\n"))?;
    }
    Ok(if failed > 0 { FINDINGS } else { CLEAN })
}

fn banner() -> String {
    format!(" jNeuroML (nml v{})\n", env!("CARGO_PKG_VERSION"))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Clean,
    Warned,
    Failed,
}

/// Checks one file.
fn check(
    path: &Path,
    checker: &dyn Checker,
) -> Result<(std::sync::Arc<SourceMap>, FileOutcome), Stop> {
    let input = Input { path: path.to_owned(), bytes: None, include_path: Vec::new() };
    let request = CheckRequest { files: vec![input], xsd: None };
    let outcome = checker.check(&request, &Progress::default()).map_err(|e| Stop(e.to_string()))?;
    if let Some(error) = outcome.unreadable.first() {
        return Err(Stop(error.to_string()));
    }
    let file = outcome.files.into_iter().next();
    let file = file.ok_or_else(|| Stop(format!("{} holds no model", path.display())))?;
    Ok((outcome.sources, file))
}

/// Whether the first element of the file is `<Lems>`.
fn starts_with_lems(sources: &SourceMap, file: &FileOutcome) -> bool {
    let ids = (0..u32::try_from(sources.len()).unwrap_or(u32::MAX)).map(nml_base::FileId);
    let source = ids.filter_map(|id| sources.get(id)).find(|f| f.name() == file.name);
    let text = source.as_ref().map_or("", |f| f.text());
    let first = text.match_indices('<').map(|(at, _)| &text[at + 1..]);
    let mut elements = first.filter(|t| t.starts_with(|c: char| c.is_alphabetic()));
    elements.next().is_some_and(|t| t.starts_with("Lems"))
}

fn version_two(path: &Path, checker: &dyn Checker) -> Result<(String, Outcome), Stop> {
    let (sources, file) = check(path, checker)?;
    let shown = path.display();
    let mut out = format!("Validating: {shown}\n");
    let here =
        |d: &Diagnostic| sources.get(d.primary.span.file).is_some_and(|f| f.name() == file.name);
    if starts_with_lems(&sources, &file) {
        let _ = write!(
            out,
            "File: {shown} is not valid against the schema: {SCHEMA}!!\n  Error when parsing against Schema: \n\n    \
             the root element is `<Lems>`, not `<neuroml>`; `nml validate` checks LEMS files as well\n\n"
        );
        return Ok((out, Outcome::Failed));
    }
    let structure = file.diagnostics.iter().find(|d| {
        let grammar = d.rule.topic == Topic::Structure
            || matches!(d.rule.name, "malformed-xml" | "bad-encoding");
        grammar && d.severity == Severity::Error && here(d)
    });
    if let Some(finding) = structure {
        let place = sources.get(finding.primary.span.file).map_or_else(String::new, |f| {
            format!("{}: ", f.line_column(finding.primary.span.start))
        });
        let _ = write!(
            out,
            "File: {shown} is not valid against the schema: {SCHEMA}!!\n  Error when parsing against Schema: \n\n    \
             {place}{}\n\n",
            finding.message
        );
        return Ok((out, Outcome::Failed));
    }
    let (mut failures, mut warnings) = (Vec::new(), Vec::new());
    for finding in &file.diagnostics {
        if let Some(test) = test_of(finding.rule.name, &element(&sources, finding)) {
            let line = format!("{} ({}) failed! ... {}\n", test.code, test.title, finding.message);
            let list =
                if finding.severity == Severity::Error { &mut failures } else { &mut warnings };
            list.push(line);
        }
    }
    if failures.is_empty() {
        out.push_str("Valid against schema and all tests\n");
    } else {
        out.push_str("Valid against schema\n");
        for line in &failures {
            let _ = write!(out, "  Test: {line}");
        }
        let plural = if failures.len() == 1 { "failure" } else { "failures" };
        let _ = writeln!(out, "{} {plural} in validation!", failures.len());
    }
    if warnings.is_empty() {
        out.push_str("No warnings\n");
    }
    for line in &warnings {
        let _ = write!(out, "\n  Warning, check: {line}");
    }
    Ok((
        out,
        match (failures.is_empty(), warnings.is_empty()) {
            (false, _) => Outcome::Failed,
            (true, false) => Outcome::Warned,
            (true, true) => Outcome::Clean,
        },
    ))
}

/// NeuroML version 1 is recognised and read, but its schema is not part of this program; it says so.
fn version_one(
    path: &Path,
    checker: &dyn Checker,
    console: &mut Console<'_>,
) -> Result<bool, Stop> {
    let (_, file) = check(path, checker)?;
    let shown = path.display();
    console.print(&format!("Testing validity of: {shown} against: {SCHEMA_V1}\n"))?;
    let unread =
        file.diagnostics.iter().find(|d| matches!(d.rule.name, "malformed-xml" | "bad-encoding"));
    let first = file.diagnostics.iter().any(|d| d.rule.name == "neuroml-v1");
    match (unread, first) {
        (Some(finding), _) => {
            console.note(&format!("File: {shown} is not valid: {}", finding.message));
        }
        (None, true) => {
            console.note(
                "nml: only the root element and the XML were checked, not the schema of version 1",
            );
            console.print(&format!("File: {shown} is NeuroML version 1\n"))?;
        }
        (None, false) => {
            console.note(&format!("File: {shown} is not valid: it is not NeuroML version 1"));
        }
    }
    Ok(unread.is_none() && first)
}
