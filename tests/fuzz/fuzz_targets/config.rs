//! `nml.toml` and baseline files: no panic, places inside the text, what is read can be written.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use nml_base::Rule;
use nml_report::{Baseline, Config, Rules};

static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(nml::rules);

fuzz_target!(|text: &str| {
    match Config::parse(Path::new("p/nml.toml"), text, Rules(&RULES)) {
        Ok(config) => {
            let _ = config.exclude.matches(Path::new("p/a/b.nml"));
        }
        Err(error) => {
            assert!(error.line >= 1 && error.column >= 1);
            assert!(error.line as usize <= text.split('\n').count() + 1, "{error}");
        }
    }
    if let Ok(baseline) = Baseline::parse(Path::new("p/baseline.json"), text) {
        let written = baseline.to_text();
        let again = Baseline::parse(Path::new("p/baseline.json"), &written).expect("our own file");
        assert_eq!(again.len(), baseline.len());
        assert_eq!(again.to_text(), written);
    }
});
