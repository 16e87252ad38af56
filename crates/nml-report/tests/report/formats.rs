//! The formats for programs.

use crate::common::{TOOL, report, two_files};
use nml_base::SourceMap;
use nml_report::{Format, Report, Terminal, render};
use serde_json::Value;

fn rendered(format: Format) -> String {
    let sources = SourceMap::new();
    let files = two_files(&sources);
    let mut report = report(&sources, files);
    report.locate(&|file, offset| (offset > 20).then(|| format!("{}#there", file.text().len())));
    render(&report, format, &Terminal::default())
}

fn empty(format: Format) -> String {
    let sources = SourceMap::new();
    render(&Report::new(&sources, TOOL, vec![], |_| false), format, &Terminal::default())
}

#[test]
fn json_is_as_its_schema_says() {
    let schema: Value = serde_json::from_str(include_str!("../../docs/report.schema.json"))
        .expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    for text in [rendered(Format::Json), empty(Format::Json)] {
        let value: Value = serde_json::from_str(&text).expect("JSON");
        let errors: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    let mut wrong: Value = serde_json::from_str(&rendered(Format::Json)).expect("JSON");
    wrong["findings"][0]["colour"] = Value::from("red");
    assert!(!validator.is_valid(&wrong), "the schema is closed");
    insta::assert_snapshot!(rendered(Format::Json));
}

#[test]
fn sarif_has_what_the_standard_requires() {
    let text = rendered(Format::Sarif);
    let log: Value = serde_json::from_str(&text).expect("JSON");
    // Required properties of SARIF 2.1.0: 3.13.2, 3.13.4, 3.14.6, 3.18.2, 3.19.2, 3.27.11, 3.55.2,
    // 3.56.3, 3.57.3.
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert!(run["tool"]["driver"]["name"].is_string());
    for rule in rules {
        assert!(rule["id"].is_string());
        assert!(rule["help"]["text"].is_string());
        assert!(rule["help"]["markdown"].is_string());
    }
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 3);
    for result in results {
        assert!(result["message"]["text"].is_string());
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("uri");
        assert!(uri.is_ascii() && !uri.contains(' '), "{uri}");
        for key in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(place["region"][key].as_u64().expect(key) >= 1);
        }
        for fix in result["fixes"].as_array().into_iter().flatten() {
            for change in fix["artifactChanges"].as_array().expect("changes") {
                assert!(change["artifactLocation"]["uri"].is_string());
                for replacement in change["replacements"].as_array().expect("replacements") {
                    assert!(replacement["deletedRegion"]["startLine"].is_u64());
                }
            }
        }
    }
    assert!(empty(Format::Sarif).contains("\"results\": []"));
    insta::assert_snapshot!(text);
}

#[test]
fn github_commands_are_escaped() {
    insta::assert_snapshot!(rendered(Format::Github));
}

#[test]
fn junit_has_a_case_per_file() {
    let text = rendered(Format::Junit);
    assert_eq!(text.matches("<testcase ").count(), 3);
    insta::assert_snapshot!(text);
}
