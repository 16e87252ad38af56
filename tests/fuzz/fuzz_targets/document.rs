//! The whole way of a text through loading and checking, with files that include one another.
//!
//! A text may hold two files, with a line `====` between them: the second one is `b.nml`.

#![no_main]

use std::path::Path;
use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use nml_base::MemoryLoader;

static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| nml_fuzz::names().into_iter().collect());

const ROOT: &str = "neuroml xmlns=\"http://www.neuroml.org/schema/neuroml2\" id=\"d\"";

fuzz_target!(|data: &[u8]| {
    let text = match data.split_first() {
        Some((b'G', recipe)) => nml_fuzz::grow::document(recipe, ROOT, &NAMES).into_bytes(),
        Some((b'L', recipe)) => nml_fuzz::grow::document(recipe, "Lems", &NAMES).into_bytes(),
        _ => data.to_vec(),
    };
    let cut = text.windows(6).position(|w| w == b"\n====\n");
    let (first, second) = cut.map_or((&*text, &b""[..]), |cut| (&text[..cut], &text[cut + 6..]));
    let mut files = MemoryLoader::new();
    files.insert("d/self.nml", first);
    files.insert("d/b.nml", second);
    files.insert("d/a.nml", ROOT_FILE);
    let checker = nml::Checker::new(Arc::new(files), Vec::new());
    let checked = checker.check_text(Path::new("d/self.nml"), first);
    for d in &checked.diagnostics {
        let labels = d.secondary.iter().map(|l| l.span);
        for span in std::iter::once(d.primary.span).chain(labels) {
            let file = checker.sources().get(span.file).expect("a file that was read");
            assert!(file.text().get(span.range()).is_some(), "{d:?}");
        }
    }
    let again = checker.check_text(Path::new("d/self.nml"), first);
    let messages = |c: &nml::Checked| {
        c.diagnostics.iter().map(|d| (d.rule.code, d.message.clone())).collect::<Vec<_>>()
    };
    assert_eq!(messages(&checked), messages(&again), "two runs differ");
    // What was not checked may not be asked further.
    let model = &checked.model;
    for component in model.components() {
        let _ = (component.shown(), component.ty(), component.role(), component.si("value"));
        let _ = component.instances().map(|t| t.len());
        if let Some(t) = component.connections() {
            for row in 0..t.len() {
                let _ = (t.pre_cell.get(row), t.post_cell.get(row), t.weight.get(row));
            }
        }
    }
});

const ROOT_FILE: &str = "<neuroml xmlns=\"http://www.neuroml.org/schema/neuroml2\" id=\"a\">\
    <include href=\"b.nml\"/><iafCell id=\"iaf\" leakReversal=\"-50mV\" thresh=\"-55mV\" \
    reset=\"-70mV\" C=\"0.2nF\" leakConductance=\"0.01uS\"/></neuroml>";
