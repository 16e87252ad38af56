//! What the languages of simulators allow as names, told without the lists that the targets use.

use std::path::Path;

/// Words of NMODL; of those with a meaning only what NEURON itself supplies may be declared.
const NMODL: [&str; 26] = [
    "if", "else", "while", "for", "STATE", "SUFFIX", "NEURON", "LOCAL", "INITIAL", "UNITS", "FROM", "TO", "exp",
    "log", "sqrt", "fabs", "double", "float", "int", "return", "net_send", "net_event", "celsius", "t", "dt",
    "flag",
];

/// Words of Python.
const PYTHON: [&str; 17] = [
    "if", "else", "while", "for", "in", "is", "and", "or", "not", "class", "def", "import", "from", "None", "True",
    "False", "lambda",
];

fn assert_name(name: &str, words: &[&str], place: &Path, text: &str) {
    let mut letters = name.chars();
    let first = letters.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    let rest = letters.all(|c| c.is_ascii_alphanumeric() || c == '_');
    assert!(first && rest, "`{name}` in {}\n{text}", place.display());
    assert!(!words.contains(&name), "`{name}` in {}\n{text}", place.display());
}

/// Asserts that what a file of an export declares is called as its language allows.
pub fn assert_legal(path: &Path, bytes: &[u8]) {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    if !["mod", "py"].contains(&extension) {
        return;
    }
    let text = std::str::from_utf8(bytes).expect("programs are text");
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{}\n{text}", path.display());
    let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
    if extension == "mod" {
        assert_name(stem, &NMODL, path, text);
        mechanism(path, text);
    } else {
        program(path, text);
    }
}

fn mechanism(path: &Path, text: &str) {
    let mut inside = false;
    let mut names: Vec<&str> = Vec::new();
    for line in text.lines() {
        assert!(line.len() < 512, "a line of {} bytes in {}\n{text}", line.len(), path.display());
        let head = line.strip_suffix(" {").unwrap_or_default();
        if ["PARAMETER", "CONSTANT", "ASSIGNED", "STATE"].contains(&head) {
            inside = true;
        } else if line == "}" {
            inside = false;
        } else if inside && let Some(name) = line.split_whitespace().next() {
            assert_name(name, &NMODL, path, text);
            assert!(!names.contains(&name), "`{name}` twice in {}\n{text}", path.display());
            names.push(name);
        } else if let Some(locals) = line.trim_start().strip_prefix("LOCAL ") {
            for name in locals.split(", ") {
                assert_name(name, &NMODL, path, text);
            }
        }
    }
}

fn program(path: &Path, text: &str) {
    let mut inside = false;
    for line in text.lines() {
        if line.matches("\"\"\"").count() % 2 == 1 {
            inside = !inside;
            continue;
        }
        let line = line.trim_start();
        if inside || line.starts_with('#') {
            continue;
        }
        let name = match line.strip_prefix("def ") {
            Some(rest) => rest.split('(').next(),
            None => line.split_once(" = ").map(|(left, _)| left).filter(|left| !left.contains([' ', '.', '[', '(', '"'])),
        };
        if let Some(name) = name {
            assert_name(name, &PYTHON, path, text);
        }
    }
}
