//! Definitions of LEMS from arbitrary trees: no panic, and every finding points into the text.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use nml_base::{Diagnostics, SourceMap};
use nml_xml::TreeBuilder;

static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| nml_fuzz::names().into_iter().collect());

fuzz_target!(|data: &[u8]| {
    let text = match data.split_first() {
        Some((b'<', _)) => String::from_utf8_lossy(data).into_owned(),
        Some((_, recipe)) => nml_fuzz::grow::document(recipe, "Lems", &NAMES),
        None => return,
    };
    let sources = SourceMap::new();
    let file = sources.add("f.xml", text);
    let mut builder = TreeBuilder::new(file.clone());
    let _ = nml_xml::read_stream(file.text(), &mut builder);
    let tree = builder.finish();
    let mut sink = Diagnostics::new();
    let found = nml_lems::read_definitions(&tree, &mut sink);
    assert_eq!(found, nml_lems::read_definitions(&tree, &mut Diagnostics::new()));
    for d in &sink {
        assert!(file.text().get(d.primary.span.range()).is_some(), "{d:?}");
        assert!(!d.message.is_empty());
    }
    let _ = format!("{found:?}");
});
