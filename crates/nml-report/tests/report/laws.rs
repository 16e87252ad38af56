//! What holds for any findings.

use crate::common::{DIMENSION, RULES, STYLE, checked, report};
use nml_base::{Applicability, Diagnostic, Edit, Fix, Severity, SourceMap, Span};
use nml_report::{FixPlan, Format, Levels, Terminal, fold, fold_files, render};
use proptest::prelude::*;

/// Files of a few lines with wide, multi-byte and control characters, tabs and both line ends.
fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec("[a-z<>\t \u{0}µ神\u{301}]{0,300}(\r\n|\n)?", 0..6)
        .prop_map(|lines| lines.concat())
}

prop_compose! {
    fn finding()(file in 0..2_u32, start in 0..600_u32, length in 0..400_u32, other in 0..600_u32,
                 rule in 0..2_usize, words in "[ab] `[a-z]{0,3}` [0-9]{0,2}", repeats in 0..3_u32)
        -> Diagnostic {
        let id = nml_base::FileId(file);
        let rule = [&DIMENSION, &STYLE][rule];
        let mut d = Diagnostic::new(rule, Span::new(id, start, start + length), words)
            .label("here")
            .also(Span::new(nml_base::FileId(0), other, other + 5), "there");
        d.repeats = repeats;
        d
    }
}

proptest! {
    #[test]
    fn folding_never_loses_counts(
        found in proptest::collection::vec(finding(), 0..60), limit in 0..6_usize
    ) {
        let sources = SourceMap::new();
        let file = sources.add("a", "x\n".repeat(700));
        sources.add("b", "y".repeat(700));
        let report = report(&sources, vec![checked(&file, found)]);
        for fold in [fold, fold_files] {
            let folded = fold(&report.findings, limit);
            let total: u64 = folded.iter().map(|f| 1 + f.more + f.elsewhere).sum();
            prop_assert_eq!(total, report.statistics.errors + report.statistics.warnings);
            let errors: u64 = folded
                .iter()
                .filter(|f| f.finding.diagnostic.severity == Severity::Error)
                .map(|f| 1 + f.more + f.elsewhere)
                .sum();
            prop_assert_eq!(errors, report.statistics.errors);
        }
    }

    #[test]
    fn any_span_in_any_text_can_be_drawn(
        a in text(), b in text(), found in proptest::collection::vec(finding(), 1..6),
        width in 1..160_usize, unicode: bool
    ) {
        let sources = SourceMap::new();
        let file = sources.add("a", a);
        sources.add("b", b);
        let report = report(&sources, vec![checked(&file, found)]);
        let terminal = Terminal { width, unicode, ..Terminal::default() };
        let text = render(&report, Format::Human, &terminal);
        prop_assert!(!text.contains("Failed to read"), "{}", text);
        prop_assert!(!text.chars().any(|c| c != '\n' && c.is_control()));
        for format in [Format::Json, Format::Sarif, Format::Github, Format::Junit] {
            render(&report, format, &terminal);
        }
    }

    #[test]
    fn planning_again_on_the_repaired_text_comes_to_an_end(
        spans in proptest::collection::vec((0..40_u32, 0..6_u32, "[xyz]{0,4}"), 0..20)
    ) {
        let sources = SourceMap::new();
        let file = sources.add("a", "0123456789".repeat(4));
        let found: Vec<Diagnostic> = spans
            .iter()
            .map(|(start, length, replacement)| {
                let span = Span::new(file.id(), *start, start + length);
                let edits = vec![Edit { span, replacement: replacement.clone() }];
                let applicability = Applicability::Safe;
                Diagnostic::new(&STYLE, span, "m")
                    .fix(Fix { title: "t".into(), edits, applicability })
            })
            .collect();
        let plan = FixPlan::new(&sources, &found);
        prop_assert!(plan.applied + plan.left <= found.len());
        prop_assert!(found.is_empty() || plan.applied > 0 || plan.left > 0);
        if let Some(fixed) = plan.files.first() {
            // What no fix covers stays, in order.
            let kept: String = file.text().char_indices()
                .filter(|(i, _)| !spans.iter().any(|(s, l, _)| (*s as usize..(s + l) as usize).contains(i)))
                .map(|(_, c)| c).collect();
            let mut rest = fixed.after.chars();
            prop_assert!(kept.chars().all(|c| rest.any(|r| r == c)));
        }
    }
}

#[test]
fn levels_decide_what_counts() {
    let span = Span::new(nml_base::FileId(0), 0, 0);
    let mut levels = Levels::new();
    let silent = Diagnostic::new(RULES[3], span, "m");
    assert!(levels.apply(silent.clone()).is_none(), "allowed by default");
    levels.set(RULES[3], nml_base::Level::Error);
    assert_eq!(levels.apply(silent).map(|d| d.severity), Some(Severity::Error));
    levels.set(&DIMENSION, nml_base::Level::Warn);
    let d = levels.apply(Diagnostic::new(&DIMENSION, span, "m"));
    assert_eq!(d.map(|d| d.severity), Some(Severity::Warning));
    levels.set(&DIMENSION, nml_base::Level::Allow);
    assert!(levels.apply(Diagnostic::new(&DIMENSION, span, "m")).is_none());
}
