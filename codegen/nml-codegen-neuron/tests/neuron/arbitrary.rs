//! Whatever a model says and however it is called: no panic, and legal, unique names.
#![expect(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use std::sync::Arc;

use nml::base::MemoryLoader;
use nml::convert::{Artifacts, JobOptions, backend, convert};
use nml::simulate::{SimulateOptions, Wish};

#[expect(unreachable_pub, reason = "the fuzz targets use it as well")]
#[path = "../../../../tests/fuzz/src/flat.rs"]
mod flat;

/// A generator of bytes that is the same everywhere (Marsaglia 2003, xorshift).
fn recipe(seed: u64) -> Vec<u8> {
    let mut x = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        (x >> 32).to_le_bytes()[0]
    };
    (0..600).map(|_| next()).collect()
}

fn export(text: &str) -> Option<Artifacts> {
    let mut files = MemoryLoader::new();
    files.insert("if.xml", text);
    let model = nml::Loader::new(Arc::new(files)).load("if.xml".as_ref());
    let neuron = backend("neuron").expect("the target is listed");
    let wish = Wish { file: "if".to_owned(), ..Wish::default() };
    let made = convert(&model, neuron, &wish, SimulateOptions::default(), &JobOptions::default());
    made.ok().map(|made| made.artifacts)
}

/// The names that the blocks of a mechanism declare.
fn declared(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        let head = line.strip_suffix(" {").unwrap_or_default();
        if ["PARAMETER", "CONSTANT", "ASSIGNED", "STATE"].contains(&head) {
            inside = true;
        } else if line == "}" {
            inside = false;
        } else if inside {
            found.extend(line.split_whitespace().next());
        }
    }
    found
}

#[test]
fn names_are_legal_whatever_a_model_is_called() {
    let (mut written, mut refused) = (0, 0);
    for seed in 0..400 {
        let text = flat::model(&recipe(seed));
        let Some(made) = export(&text) else {
            refused += 1;
            continue;
        };
        written += 1;
        for (path, bytes) in made.iter().filter(|(p, _)| p.extension().is_some_and(|e| e == "mod"))
        {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let path = path.display();
            let text = String::from_utf8_lossy(bytes);
            assert!(
                text.lines().all(|line| line.len() < 500),
                "seed {seed}: a long line in {path}"
            );
            let names = declared(&text);
            for (at, name) in names.iter().chain([&&*stem]).enumerate() {
                let mut letters = name.chars();
                let first = letters.next().is_some_and(|c| c.is_ascii_alphabetic());
                let rest = letters.all(|c| c.is_ascii_alphanumeric() || c == '_');
                assert!(first && rest, "seed {seed}: `{name}` in {path}");
                assert!(
                    at == names.len() || !names[..at].contains(name),
                    "seed {seed}: `{name}` twice in {path}\n{text}"
                );
                // Of words with a meaning only what NEURON itself supplies may be declared.
                let word = [
                    "if", "while", "STATE", "SUFFIX", "NEURON", "exp", "double", "net_send",
                    "celsius", "t", "dt", "VS",
                ];
                assert!(!word.contains(name), "seed {seed}: `{name}` in {path}\n{text}");
            }
        }
    }
    assert!(written > 50, "of 400 models only {written} are written, {refused} are refused");
}
