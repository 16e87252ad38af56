//! Broken files of all kinds: whatever is read of them, every form is written or refused, and nothing panics.

mod common;

use std::sync::Arc;

use common::{load, written};
use nml_base::MemoryLoader;
use nml_codegen_neuroml::FORMS;
use nml_load::ContainerLoader;

const SEEDS: [(&str, &str); 4] = [
    (
        "a.swc",
        "# soma\n1 1 0 0 0 10 -1\n2 1 0 -10 0 10 1\n3 1 0 10 0 10 1\n4 3 10 0 0 2 1\n5 3 30 0 0 2 4\n6 7 1 1 1 .1 5\n",
    ),
    (
        "a.json",
        "{\"$format\": \"neuroml-json/1\", \"neuroml\": {\"@id\": \"d\", \"$order\": [[\"a\", 1], [\"$comment\", 1]], \"a\": [{\"$text\": [\"x\"]}, {}], \"$comment\": \"c\"}}",
    ),
    (
        "a.nml",
        "<neuroml xmlns=\"http://www.neuroml.org/schema/neuroml2\" id=\"d\"><!-- c --><cell id=\"c\"><morphology id=\"m\"><segment id=\"0\"><proximal x=\"0\" y=\"0\" z=\"0\" diameter=\"1\"/><distal x=\"0\" y=\"9\" z=\"0\" diameter=\"1\"/></segment><segment id=\"1\"><parent segment=\"0\" fractionAlong=\"0.5\"/><distal x=\"5\" y=\"9\" z=\"0\" diameter=\"1\"/></segment></morphology></cell></neuroml>",
    ),
    (
        "a.nml",
        "<neuroml xmlns=\"http://www.neuroml.org/schema/neuroml2\" id=\"d\"><include href=\"a.nml\"/><network id=\"n\"><population id=\"p\" component=\"c\" size=\"2\"><instance id=\"1\"><location x=\"0\" y=\"1\" z=\"2\"/></instance></population><projection id=\"q\" presynapticPopulation=\"p\" postsynapticPopulation=\"p\" synapse=\"s\"><connectionWD id=\"0\" preCellId=\"../p/0/c\" postCellId=\"../p[1]\" weight=\"2\" delay=\"1ms\"/></projection><explicitInput target=\"p[0]\" input=\"i\"/></network></neuroml>",
    ),
];

/// Whether something is an archive with models.
fn opens(bytes: &[u8]) -> bool {
    let mut files = MemoryLoader::new();
    files.insert("a.omex", bytes);
    let archive = ContainerLoader::new(Arc::new(files));
    archive.models_in("a.omex".as_ref()).is_ok_and(|models| !models.is_empty())
}

/// Bytes that mean something in one of the languages.
const MARKS: &[u8] = b"<>/\"'=!-?&;#{}[]:,.@$ \n\t0159eE\\\x00\xc3";

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % n.max(1)
    }
}

#[test]
fn broken_files_are_read_and_written_or_refused() {
    let mut dice = Dice(11);
    let mut wrote = 0;
    for round in 0..6000 {
        let (name, seed) = SEEDS[round % SEEDS.len()];
        let mut bytes = seed.as_bytes().to_vec();
        for _ in 0..=dice.below(4) {
            let at = dice.below(bytes.len());
            let mark = MARKS[dice.below(MARKS.len())];
            match dice.below(4) {
                0 => bytes.insert(at, mark),
                1 => bytes[at] = mark,
                2 => {
                    bytes.remove(at);
                }
                _ => {
                    // A piece moves: attributes and numbers come where they should not be.
                    let end = (at + dice.below(20)).min(bytes.len());
                    let piece: Vec<u8> = bytes.drain(at..end).collect();
                    let to = dice.below(bytes.len());
                    bytes.splice(to..to, piece);
                }
            }
        }
        let model = load(name, bytes.clone());
        for d in model.diagnostics() {
            let file = model.sources().get(d.primary.span.file);
            let text = file.as_ref().and_then(|f| f.text().get(d.primary.span.range()));
            assert!(text.is_some(), "{d:?}");
        }
        for form in FORMS {
            let (artifacts, told) = written(&model, form.name);
            let Some(artifacts) = artifacts else {
                assert!(!told.is_empty() || model.root().tree.root().is_none(), "{}", form.name);
                continue;
            };
            for (path, bytes) in artifacts.iter() {
                if form.name == "omex" {
                    assert!(opens(bytes), "an archive is one");
                    wrote += 1;
                    continue;
                }
                let again = load(&path.to_string_lossy(), bytes);
                let bad = again.root().diagnostics.iter().find(|d| {
                    let broken = ["malformed-", "bad-encoding", "bad-swc", "bad-hdf5"];
                    broken.iter().any(|b| d.rule.name.starts_with(b))
                });
                assert!(bad.is_none(), "{}: {bad:?}", form.name);
                wrote += 1;
            }
        }
    }
    assert!(wrote > 1000, "{wrote}");
}
