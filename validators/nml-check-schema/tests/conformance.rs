//! The native verdict against the recorded verdict of libxml2 on the official schema and, with the
//! feature `libxml`, against libxml2 on our schema: every document and mutant, three ways.
#![expect(clippy::disallowed_methods, reason = "the corpus lies outside of the repository")]
#![expect(clippy::print_stderr, reason = "says how many cases were compared")]

use std::path::PathBuf;

use nml_base::SourceMap;
use nml_schemas::structure::XSD;
use serde_json::Value;

fn corpus() -> Option<PathBuf> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus"));
    let folder = std::env::var_os("NML_CORPUS").map_or(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// Documents where the recorded verdict is not that of the standard.
fn excepted(name: &str) -> bool {
    // `diameter="NaN"` is not above 0; libxml2 accepts it, Xerces does not.
    name.starts_with("m0201_")
}

#[test]
fn verdicts_agree_on_every_document_and_mutant() {
    let Some(corpus) = corpus() else { return eprintln!("skipped 1118 cases: no corpus") };
    let map = SourceMap::new();
    let (mut documents, mut valid, mut wrong) = (0, 0, Vec::new());
    for list in ["validate", "mutants"] {
        let lines = std::fs::read_to_string(corpus.join(format!("truth/{list}.jsonl"))).unwrap();
        for line in lines.lines() {
            let truth: Value = serde_json::from_str(line).unwrap();
            let path = match (truth["repo"].as_str(), truth["path"].as_str()) {
                (Some(repo), Some(path)) => corpus.join("models").join(repo).join(path),
                _ => corpus.join("mutants").join(truth["file"].as_str().unwrap()),
            };
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let expected = truth["xmllint_valid"].as_bool().unwrap();
            documents += 1;
            let Ok(text) = nml_xml::decode(std::fs::read(&path).unwrap()) else {
                // Not text in the encoding it claims: there is nothing to check.
                assert!(!expected, "{name}");
                continue;
            };
            let file = map.add(&path, text);
            let ours = nml_check_schema::check(&file);
            let (shown, native) = match &ours {
                Ok((found, verdict)) => {
                    assert_eq!(found.is_empty(), verdict.valid, "{name}");
                    (found.iter().map(|d| d.message.clone()).collect(), verdict.valid)
                }
                Err(error) => (vec![error.to_string()], false),
            };
            let libxml = if cfg!(feature = "libxml") {
                nml_check_schema::libxml::check(&file, XSD).is_ok_and(|found| found.is_empty())
            } else {
                expected
            };
            valid += u32::from(native);
            let agree = native == expected || (excepted(&name) && !native);
            if !agree || libxml != expected {
                let all = format!("recorded {expected}, native {native}, libxml2 {libxml}");
                wrong.push(format!("{name}: {all}: {shown:?}"));
            }
        }
    }
    let ways = if cfg!(feature = "libxml") { "three" } else { "two" };
    let differ = wrong.len();
    eprintln!("{documents} documents, {ways} ways: {valid} valid, {differ} where verdicts differ");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(documents, 720 + 398);
}
