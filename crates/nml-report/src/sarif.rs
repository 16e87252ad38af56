//! SARIF 2.1.0 (OASIS Standard, 27 March 2020): one run, the rules that fired, one result per finding.

use std::collections::BTreeMap;

use nml_base::{Label, Level, Rule};
use serde_json::{Map, Value, json};

use crate::baseline::Fingerprint;
use crate::json::severity;
use crate::report::{Finding, Place, Report};
use crate::text::add;

pub(crate) fn render(report: &Report<'_>) -> String {
    let fired: BTreeMap<&str, &'static Rule> =
        report.findings.iter().map(|f| (f.diagnostic.rule.code, f.diagnostic.rule)).collect();
    let index: BTreeMap<&str, usize> =
        fired.keys().enumerate().map(|(i, code)| (*code, i)).collect();
    let rules: Vec<Value> = fired.values().map(|r| rule(r)).collect();
    let results: Vec<Value> = report.findings.iter().map(|f| result(report, f, &index)).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": report.tool.name,
                "version": report.tool.version,
                "semanticVersion": report.tool.version,
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": true }],
            "results": results,
        }],
    });
    // Serialisation of a value to a string has no way to fail.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn rule(rule: &Rule) -> Value {
    let level = match rule.default_level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Allow => "none",
    };
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": rule.summary },
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": { "level": level },
    })
}

fn result(report: &Report<'_>, finding: &Finding, index: &BTreeMap<&str, usize>) -> Value {
    let d = &finding.diagnostic;
    let mut location = located(&finding.place);
    if let Some(inside) = &finding.inside {
        location.insert("logicalLocations".into(), json!([{ "fullyQualifiedName": inside }]));
    }
    let mut text = d.message.clone();
    if let Some(help) = &d.help {
        text.push_str("\nhelp: ");
        text.push_str(help);
    }
    let fingerprint = Fingerprint::of(report.sources, d);
    let mut out = json!({
        "ruleId": d.rule.code,
        "ruleIndex": index.get(d.rule.code),
        "level": severity(d),
        "message": { "text": text },
        "locations": [location],
        "partialFingerprints": { "nml/v1": fingerprint.hash },
    });
    if d.repeats > 0 {
        out["occurrenceCount"] = json!(u64::from(d.repeats) + 1);
    }
    if !d.secondary.is_empty() {
        let related: Vec<Value> = d.secondary.iter().map(|l| related(report, l)).collect();
        out["relatedLocations"] = json!(related);
    }
    if let Some(fix) = &d.fix {
        out["fixes"] = json!([{
            "description": { "text": fix.title },
            "artifactChanges": changes(report, fix),
        }]);
    }
    out
}

fn related(report: &Report<'_>, label: &Label) -> Value {
    let mut location = located(&report.place(label.span));
    if !label.text.is_empty() {
        location.insert("message".into(), json!({ "text": label.text }));
    }
    Value::Object(location)
}

fn changes(report: &Report<'_>, fix: &nml_base::Fix) -> Vec<Value> {
    let mut by_file: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for edit in &fix.edits {
        let place = report.place(edit.span);
        let replacement = json!({
            "deletedRegion": region(&place),
            "insertedContent": { "text": edit.replacement },
        });
        by_file.entry(place.file).or_default().push(replacement);
    }
    let change = |(file, replacements): (String, Vec<Value>)| json!({ "artifactLocation": { "uri": uri(&file) }, "replacements": replacements });
    by_file.into_iter().map(change).collect()
}

fn located(place: &Place) -> Map<String, Value> {
    let mut location = Map::new();
    location.insert(
        "physicalLocation".into(),
        json!({ "artifactLocation": { "uri": uri(&place.file) }, "region": region(place) }),
    );
    location
}

fn region(place: &Place) -> Value {
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
    })
}

/// The file name as a URI reference (RFC 3986): what is not allowed in a path is percent-encoded.
fn uri(file: &str) -> String {
    let mut out = String::with_capacity(file.len());
    let bytes = file.as_bytes();
    let drive = matches!(bytes, [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    if drive {
        out.push_str("file:///");
    } else if file.starts_with('/') {
        out.push_str("file://");
    }
    for (i, &byte) in bytes.iter().enumerate() {
        let plain = byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=@".contains(&byte);
        if plain || (drive && i == 1) {
            out.push(char::from(byte));
        } else {
            add(&mut out, format_args!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn names_become_uris() {
        assert_eq!(uri("a b/µ.nml"), "a%20b/%C2%B5.nml");
        assert_eq!(uri("/tmp/x.nml"), "file:///tmp/x.nml");
        assert_eq!(uri("C:/x.nml"), "file:///C:/x.nml");
        assert_eq!(uri("a:b.nml"), "a%3Ab.nml");
    }
}
