//! The terminal view, looked at as a newcomer would see it.

use crate::common::{STYLE, checked, report, span_of, two_files};
use nml_base::{Diagnostic, SourceMap};
use nml_report::{Format, Terminal, render};

fn human(sources: &SourceMap, files: Vec<nml_report::CheckedFile>, terminal: &Terminal) -> String {
    render(&report(sources, files), Format::Human, terminal)
}

#[test]
fn several_files_and_labels() {
    let sources = SourceMap::new();
    let files = two_files(&sources);
    insta::assert_snapshot!(human(&sources, files, &Terminal::default()));
}

#[test]
fn ascii_and_narrow() {
    let sources = SourceMap::new();
    let files = two_files(&sources);
    let terminal = Terminal { width: 50, unicode: false, ..Terminal::default() };
    insta::assert_snapshot!(human(&sources, files, &terminal));
}

#[test]
fn coloured() {
    let sources = SourceMap::new();
    let files = two_files(&sources);
    let terminal = Terminal { color: true, ..Terminal::default() };
    let text = human(&sources, files, &terminal);
    insta::assert_snapshot!(text.replace('\u{1b}', "␛"));
}

#[test]
fn quiet_says_only_the_summary() {
    let sources = SourceMap::new();
    let files = two_files(&sources);
    let terminal = Terminal { quiet: true, ..Terminal::default() };
    insta::assert_snapshot!(human(&sources, files, &terminal));
}

#[test]
fn nothing_found() {
    let sources = SourceMap::new();
    let file = sources.add("ok.nml", "<neuroml/>".to_owned());
    insta::assert_snapshot!(human(&sources, vec![checked(&file, vec![])], &Terminal::default()), @"no errors, no warnings in 1 file");
}

#[test]
fn a_line_of_thousands_of_characters_is_cut_around_the_labels() {
    let sources = SourceMap::new();
    let mut text = String::from("<neuroml>\n<cell id=\"a\">");
    for i in 0..300 {
        let parent = i / 2;
        text.extend([
            "<segment id=\"",
            &i.to_string(),
            "\" parent=\"",
            &parent.to_string(),
            "\"/>",
        ]);
    }
    text.push_str("</cell>\n</neuroml>\n");
    let file = sources.add("long.nml", text);
    let one = Diagnostic::new(&STYLE, span_of(&file, "\"200\"", 0), "the segment `200` is odd")
        .label("this one");
    let two = Diagnostic::new(&STYLE, span_of(&file, "\"50\"", 0), "two segments are alike")
        .label("first")
        .also(span_of(&file, "\"250\"", 0), "second")
        .also(span_of(&file, "<neuroml>", 0), "the document");
    let whole = span_of(&file, "<cell", 0);
    let three = Diagnostic::new(
        &STYLE,
        nml_base::Span::new(file.id(), whole.start, whole.start + 9000),
        "the whole cell is odd",
    )
    .label("all of it");
    let files = vec![checked(&file, vec![one, two, three])];
    let text = human(&sources, files.clone(), &Terminal::default());
    assert!(text.lines().all(|l| l.chars().count() <= 100), "{text}");
    insta::assert_snapshot!(text);
    let narrow = human(&sources, files, &Terminal { width: 60, ..Terminal::default() });
    assert!(narrow.lines().all(|l| l.chars().count() <= 60), "{narrow}");
}

#[test]
fn spans_over_lines_at_the_edges_and_outside() {
    let sources = SourceMap::new();
    let file = sources.add("edges.nml", "<a>\n\t<b\n\tid=\"x\"\n/>\n</a>".to_owned());
    let end = file.span().end;
    let at = |start, end| nml_base::Span::new(file.id(), start, end);
    let over =
        Diagnostic::new(&STYLE, at(5, 19), "a span over three lines").label("from here to there");
    let all = Diagnostic::new(&STYLE, at(0, end), "the whole file");
    let eof = Diagnostic::new(&STYLE, at(end, end), "the file ends too early").label("here");
    let beyond =
        Diagnostic::new(&STYLE, at(end + 90, end + 99), "a span outside the file").label("here");
    let nowhere = Diagnostic::new(
        &STYLE,
        nml_base::Span::new(nml_base::FileId(77), 0, 1),
        "a file nobody knows",
    );
    let line_end =
        Diagnostic::new(&STYLE, at(3, 3), "something is missing here").label("expected `>`");
    let files = vec![checked(&file, vec![over, all, eof, beyond, nowhere, line_end])];
    insta::assert_snapshot!(human(
        &sources,
        files,
        &Terminal { fold_after: 9, ..Terminal::default() }
    ));
}

#[test]
fn repeats_are_counted() {
    let sources = SourceMap::new();
    let text = (0..45).map(|i| format!("<cell id=\"c{i}\"/>\n")).collect::<Vec<_>>().concat();
    let file = sources.add("many.nml", text);
    let found = (0..45)
        .map(|i| {
            Diagnostic::new(
                &STYLE,
                span_of(&file, "cell", i),
                format!("the cell `c{i}` has no notes"),
            )
            .help("add `<notes>`")
        })
        .collect();
    insta::assert_snapshot!(human(&sources, vec![checked(&file, found)], &Terminal::default()));
}

#[test]
fn what_many_files_have_in_common_is_shown_once() {
    let sources = SourceMap::new();
    let checked_files = |number: usize| -> Vec<_> {
        let files =
            (0..number).map(|i| sources.add(format!("m{i}.nml"), "<a b=\"x\"/>".to_owned()));
        let found = files.map(|file| {
            let same = Diagnostic::new(&STYLE, span_of(&file, "x", 0), "`x` is odd");
            let own = format!("`{}` has no notes", file.name());
            let own = Diagnostic::new(&STYLE, span_of(&file, "a", 0), own);
            checked(&file, vec![same, own])
        });
        found.collect()
    };
    let text = human(&sources, checked_files(9), &Terminal::default());
    assert_eq!(text.matches("`x` is odd").count(), 1);
    assert_eq!(text.matches("has no notes").count(), 9);
    let names = "m1.nml, m2.nml, m3.nml, m4.nml, m5.nml, …";
    assert!(text.contains(&format!("  … and the same in 8 more files: {names}\n")), "{text}");
    assert!(text.contains("18 warnings in 9 files"), "{text}");
    let few = human(&sources, checked_files(3), &Terminal::default());
    assert_eq!(few.matches("`x` is odd").count(), 3);
}

#[test]
fn a_model_cannot_steer_the_terminal() {
    let sources = SourceMap::new();
    let file = sources.add("evil\u{1b}[2J.nml", "<a b=\"\u{1b}[31m\u{202e}x\"/>\n".to_owned());
    let d = Diagnostic::new(&STYLE, span_of(&file, "x", 0), "value `\u{1b}[31mx\u{7}`")
        .label("\u{9b}1m");
    let text = human(&sources, vec![checked(&file, vec![d])], &Terminal::default());
    assert!(!text.chars().any(|c| c != '\n' && c.is_control()), "{text:?}");
    assert!(!text.contains('\u{202e}'));
}
