//! Each rule on documents of our own: it fires, with these words, and stays silent.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test stops at the first surprise"
)]
#![expect(clippy::disallowed_methods, reason = "fixtures are read from this crate's folder")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{Applicability, Diagnostic, Diagnostics, Edit, SourceFile, SourceMap};
use nml_check_schema::{RULES, StructureChecker};

fn fixtures(rule: &str) -> Vec<(String, String)> {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/fixtures", rule].iter().collect();
    let mut paths: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: &Path| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).unwrap())
    };
    paths.iter().map(|p| read(p)).collect()
}

fn file(text: &str) -> Arc<SourceFile> {
    SourceMap::new().add("model.nml", text.to_owned())
}

fn check(file: &Arc<SourceFile>) -> Diagnostics {
    let mut checker = StructureChecker::new(Arc::clone(file));
    nml_xml::read_document(file.text(), &mut checker).unwrap();
    let (found, verdict) = checker.finish();
    assert_eq!(found.is_empty(), verdict.valid);
    // The streaming reader tells the same.
    let mut checker = StructureChecker::new(Arc::clone(file));
    nml_xml::read_stream(file.text(), &mut checker).unwrap();
    assert_eq!(checker.finish().0, found);
    found
}

fn rendered(file: &SourceFile, finding: &Diagnostic) -> String {
    let at = file.line_column(finding.primary.span.start);
    let mut out = format!("{at} {} {}\n", finding.rule.code, finding.message);
    let _ = writeln!(out, "    at `{}`", file.slice(finding.primary.span).escape_debug());
    for second in &finding.secondary {
        let at = file.line_column(second.span.start);
        let _ = writeln!(out, "    {at} `{}`: {}", file.slice(second.span), second.text);
    }
    let help = finding.help.as_deref();
    let _ = writeln!(out, "    help: {}", help.expect("every finding helps"));
    if let Some(fix) = &finding.fix {
        let _ = writeln!(out, "    fix ({:?}): {}", fix.applicability, fix.title);
    }
    out
}

/// The text after the repairs that are safe, until there are none.
fn repaired(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..20 {
        let found = check(&file(&text));
        let safe = found.iter().filter_map(|d| d.fix.as_ref());
        let safe = safe.filter(|f| f.applicability == Applicability::Safe);
        let Some(fix) = safe.into_iter().next() else { return text };
        let mut edits: Vec<&Edit> = fix.edits.iter().collect();
        edits.sort_by_key(|e| std::cmp::Reverse(e.span.start));
        for edit in edits {
            text.replace_range(edit.span.range(), &edit.replacement);
        }
    }
    panic!("repairs go on for ever:\n{text}");
}

#[test]
fn every_rule_fires_with_these_words_and_stays_silent() {
    for rule in RULES.iter().filter(|r| r.name != "libxml-invalid") {
        let mut out = String::new();
        let (mut fired, mut silent) = (0, 0);
        for (name, text) in fixtures(rule.name) {
            let file = file(&text);
            let found = check(&file);
            if name.starts_with("silent") {
                assert_eq!(found.len(), 0, "{}/{name}: {found:?}", rule.name);
                silent += 1;
                continue;
            }
            assert!(found.iter().any(|d| d.rule == *rule), "{}/{name}: {found:?}", rule.name);
            fired += 1;
            let _ = writeln!(out, "== {name}");
            found.iter().for_each(|d| out.push_str(&rendered(&file, d)));
            let after = repaired(&text);
            if after != text {
                let left = check(&self::file(&after)).len();
                let _ = writeln!(out, "-- repaired, {left} findings left\n{after}");
            }
        }
        assert!(fired > 0 && silent > 0, "{} lacks a fixture", rule.name);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(rule.name, out);
        });
    }
}

#[test]
fn every_rule_has_its_page() {
    for (i, rule) in RULES.iter().enumerate() {
        assert_eq!(rule.code, format!("NML01{:02}", i + 1));
        for heading in ["What it does", "Why it matters", "Wrong", "Right", "Source"] {
            assert!(rule.page.contains(&format!("## {heading}\n")), "{} {heading}", rule.name);
        }
    }
}

#[test]
fn elements_of_declared_types_are_accepted_inside_and_out() {
    let text = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="d">
        <myCell id="c" odd="1"><inner/>text</myCell>
        <iafCell id="i" type="myIaf" odd="1"/>
        <network id="n"><population id="p" component="c" size="1"/><myInput id="i"/></network>
        <ComponentType name="myCell">
            <Dynamics>
                <DerivedVariable name="x" select="a[*]/x" reduce="add"/>
                <StateVariable name="y" dimension="none"/>
            </Dynamics>
        </ComponentType>
    </neuroml>"#;
    let file = file(text);
    assert!(check(&file).len() > 2);
    let elements = ["myCell", "myInput", "myIaf"].into_iter().map(str::to_owned).collect();
    let declared = Arc::new(nml_check_schema::Declared { elements });
    let mut checker = StructureChecker::new(Arc::clone(&file)).declared(declared);
    nml_xml::read(file.text(), &mut checker).unwrap();
    let (found, verdict) = checker.finish();
    assert!(found.is_empty() && verdict.valid, "{found:?}");
}

#[test]
fn a_million_faults_take_bounded_memory() {
    let mut text =
        r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="d"><network id="n">
        <population id="p" component="c" size="1"/><projection id="j" presynapticPopulation="p"
        postsynapticPopulation="p" synapse="s">"#
            .to_owned();
    let n = 20_000;
    for i in 0..n {
        let _ = write!(text, "<connection id=\"{i}\" preCellId=\"p\" postCellId=\"../p/0/c\"/>");
    }
    text.push_str("</projection></network></neuroml>");
    let found = check(&file(&text)).into_vec();
    assert_eq!(found.len(), 1000);
    assert_eq!(found.iter().map(|d| d.repeats + 1).sum::<u32>(), n);
}

#[cfg(not(feature = "libxml"))]
#[test]
fn without_the_feature_libxml2_is_said_to_be_absent() {
    let found = nml_check_schema::libxml::check(&file("<neuroml/>"), "");
    assert_eq!(found, Err(nml_check_schema::libxml::LibxmlError::NotBuilt));
}

#[cfg(feature = "libxml")]
#[test]
fn libxml2_speaks_by_line_and_reads_nothing_else() {
    use nml_check_schema::libxml;
    let xsd = nml_schemas::structure::XSD;
    let head = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="d"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xsi:schemaLocation="urn:other /nonexistent.xsd">"#;
    let good = file(&format!("{head}\n</neuroml>"));
    assert_eq!(libxml::check(&good, xsd).unwrap().len(), 0);
    let bad = file(&format!("{head}\n  <wrong/>\n</neuroml>"));
    let found = libxml::check(&bad, xsd).unwrap().into_vec();
    assert_eq!(found.len(), 1);
    assert_eq!(bad.slice(found[0].primary.span), "<wrong/>");
    assert!(found[0].message.starts_with("Element 'wrong': This element is not expected"));

    let latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<neuroml id=\"d\" \
                 xmlns=\"http://www.neuroml.org/schema/neuroml2\"><notes>\u{b5}</notes></neuroml>";
    assert_eq!(libxml::check(&file(latin), xsd).unwrap().len(), 0);

    let include = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include
        schemaLocation="http://localhost/x.xsd"/></xs:schema>"#;
    assert!(matches!(libxml::check(&good, include), Err(libxml::LibxmlError::BadSchema(_))));
    assert!(matches!(libxml::check(&good, "<a/>"), Err(libxml::LibxmlError::BadSchema(_))));
    assert!(matches!(libxml::check(&file("<a"), xsd), Err(libxml::LibxmlError::Malformed(_))));
}
