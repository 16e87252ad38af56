//! The examples of the standard give the same rows when they are flattened.
#![expect(clippy::print_stdout, reason = "a test tells how much there was")]

use std::sync::Arc;

use nml::base::{MemoryLoader, OsLoader, SourceLoader};

use super::common::{flattened, run};

/// What flattened LEMS has no words for: a cell of several compartments.
const REFUSED: &str = "LEMS_NML2_Ex25_MultiComp.xml";

/// Sums are taken in another order, and a difference of 1e-16 grows where a cell is close to threshold.
const CLOSE: f64 = 1e-7;

#[test]
fn examples_give_the_same_rows() {
    let Some(corpus) = nml_tests::corpus() else {
        println!("skipped 31 cases: no corpus");
        return;
    };
    let folder = corpus.join("models/NeuroML2/LEMSexamples");
    let names = OsLoader::default().list(&folder);
    let names: Vec<String> = names.into_iter().filter(|n| n.starts_with("LEMS_NML2_Ex")).collect();
    for name in &names {
        let path = folder.join(name);
        let model = nml::Loader::new(Arc::new(OsLoader::default())).load(&path);
        let made = match flattened(&model, None) {
            Ok(made) => made,
            Err(found) => {
                let told: Vec<&String> = found.iter().map(|d| &d.message).collect();
                assert_eq!(name, REFUSED, "{told:?}");
                continue;
            }
        };
        let mut files = MemoryLoader::new();
        for (path, bytes) in made.iter() {
            files.insert(path, bytes);
        }
        let flat = made.iter().next().map(|(path, _)| path.to_owned()).unwrap_or_default();
        let length = Some(0.02);
        // Displays are not written into files by themselves, so only those with files have rows.
        let one = run(Arc::new(OsLoader::default()), &path, length);
        let other = run(Arc::new(files), &flat, length);
        let (Ok(one), Ok(other)) = (&one, &other) else {
            let told = [one.err(), other.err()];
            assert_eq!(told, [None, None], "{name}");
            continue;
        };
        assert_eq!((one.0.len(), one.1), (other.0.len(), other.1), "{name}");
        let range = one.0.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
        let pairs = one.0.iter().zip(&other.0);
        let worst = pairs.map(|(a, b)| (a - b).abs()).fold(0.0_f64, f64::max);
        println!("{name}: {} numbers, {} events, {worst:.1e}", one.0.len(), one.1);
        assert!(worst <= CLOSE * range, "{name}: {worst:e} of {range:e}");
    }
    println!("{} examples", names.len());
}
