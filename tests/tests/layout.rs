//! `nml fmt` on every document of the corpus and of this repository.
#![expect(clippy::print_stdout, reason = "the tally is the result")]
#![expect(clippy::unwrap_used, reason = "a file that cannot be read fails its test")]

use std::path::Path;

use nml::layout::{Formatted, format};
use nml_base::{OsLoader, SourceLoader, SourceMap};
use nml_tests::{corpus_files, repository, story};

/// The text as it is read, and as it is laid out; nothing for what is no XML.
fn laid_out(path: &Path) -> Option<(String, String)> {
    let bytes = OsLoader::default().read(path).unwrap();
    let sources = SourceMap::new();
    match format(path, bytes.clone(), &sources) {
        Ok(Formatted::Unchanged) => {
            let text = String::from_utf8(bytes).unwrap();
            Some((text.clone(), text))
        }
        Ok(Formatted::Changed { before, after }) => Some((before, after)),
        Err(found) => {
            assert!(["malformed-xml", "bad-encoding"].contains(&found.rule.name), "{found:?}");
            None
        }
    }
}

#[test]
fn documents_keep_their_story_and_settle_at_once() {
    let mut files = corpus_files(&[".nml", ".xml"]);
    println!("{} documents of the corpus", files.len());
    for folder in ["fixtures", "schemas/lems"] {
        let folder = repository().join(folder);
        let names = OsLoader::default().list(&folder);
        files.extend(
            names
                .iter()
                .map(|n| folder.join(n))
                .filter(|p| p.extension().is_some_and(|e| e == "xml")),
        );
    }
    let (mut done, mut refused) = (0, 0);
    for path in files {
        let Some((before, after)) = laid_out(&path) else {
            refused += 1;
            continue;
        };
        let name = path.display();
        assert_eq!(story(&before).unwrap(), story(&after).unwrap(), "{name}");
        let again = format(&path, after.clone().into_bytes(), &SourceMap::new()).unwrap();
        assert!(again == Formatted::Unchanged, "{name} changes a second time");
        let comments = |text: &str| text.matches("<!--").count();
        assert_eq!(comments(&before), comments(&after), "{name}");
        done += 1;
    }
    println!("{done} laid out, {refused} not well-formed");
    assert!(refused * 10 <= done);
}
