//! Networks that real programs wrote in both forms.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::OsLoader;
use nml_load::Loader;

use crate::same;

/// Models of the corpus that stand there as `.nml` and as `.nml.h5`, with the parts in which the two files
/// really differ: colours that one of the files does not have, an input that was moved in one of them.
const PAIRS: &[(&str, &[&str])] = &[
    ("libNeuroML/neuroml/examples/test_files/complete", &[]),
    (
        "ACnet2/neuroConstruct/generatedNeuroML2/MediumNet.net",
        &["color", "color", "<inputList id=\"BackgroundRandomIClamps\"> row 0"],
    ),
    ("org.neuroml.model/src/test/resources/examples/MediumNet.net", &[]),
    ("org.neuroml.model/src/test/resources/examples/testnet", &[]),
];

/// Numbers are stored with 24 binary digits.
const SINGLE: f64 = 1e-7;

#[test]
fn real_files_have_the_tables_of_their_xml_form() {
    let root = std::env::var_os("NML_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"),
        PathBuf::from,
    );
    let mut skipped = 0;
    for (pair, apart) in PAIRS {
        let path = |end| root.join("models").join(format!("{pair}{end}"));
        if !path(".nml").is_file() {
            skipped += 1;
            continue;
        }
        let loader = Loader::new(Arc::new(OsLoader::default()));
        let (binary, text) = (loader.load(&path(".nml.h5")), loader.load(&path(".nml")));
        assert_eq!(crate::findings(&binary), [""; 0], "{pair}");
        let found = same::differences(&binary, &text, SINGLE);
        let known = found.iter().zip(*apart).all(|(found, known)| found.contains(known));
        assert!(known && found.len() == apart.len(), "{pair}: {found:#?}");
    }
    println!("{skipped} of {} cases skipped: no corpus", PAIRS.len());
}
