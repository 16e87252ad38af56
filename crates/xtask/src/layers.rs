//! The directions of the house: which crate may know which.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// What each crate may depend on directly, inside the workspace and, where a line says so, outside.
///
/// `ARCHITECTURE.md` tells why.  A crate that is missing here, or an edge that is not listed, is an error.
const ALLOWED: &[(&str, &[&str])] = &[
    ("nml-base", &[]),
    ("nml-units", &["nml-base"]),
    ("nml-expr", &["nml-base", "nml-units"]),
    ("nml-xml", &["nml-base"]),
    ("nml-lems", &["nml-base", "nml-xml"]),
    ("nml-schemas", &["nml-lems"]),
    ("nml-model", &["nml-base", "nml-expr", "nml-lems", "nml-schemas", "nml-units", "nml-xml"]),
    ("nml-load", &["nml-base", "nml-hdf5", "nml-lems", "nml-model", "nml-schemas", "nml-xml"]),
    ("nml-check-schema", &["nml-base", "nml-schemas", "nml-xml"]),
    ("nml-check-semantics", &["nml-base", "nml-expr", "nml-lems", "nml-model", "nml-units"]),
    ("nml-flat", &["nml-base", "nml-expr", "nml-lems", "nml-model", "nml-units"]),
    ("nml-kernel", &["nml-base"]),
    ("nml-sim", &["nml-base", "nml-expr", "nml-flat", "nml-kernel", "nml-units"]),
    ("nml-report", &["nml-base"]),
    ("nml-codegen", &["nml-base", "nml-expr", "nml-flat", "nml-model"]),
    (
        "nml-codegen-lems",
        &[
            "nml-base",
            "nml-codegen",
            "nml-expr",
            "nml-flat",
            "nml-lems",
            "nml-model",
            "nml-schemas",
            "nml-units",
            "nml-xml",
        ],
    ),
    (
        "nml-codegen-arbor",
        &["nml-base", "nml-codegen", "nml-codegen-nmodl", "nml-expr", "nml-flat", "nml-model"],
    ),
    (
        "nml-codegen-brian",
        &["nml-base", "nml-codegen", "nml-expr", "nml-flat", "nml-model", "nml-units"],
    ),
    (
        "nml-codegen-neuroml",
        &["nml-base", "nml-codegen", "nml-flat", "nml-hdf5", "nml-model", "nml-schemas", "nml-xml"],
    ),
    (
        "nml-codegen-sonata",
        &[
            "nml-base",
            "nml-codegen",
            "nml-codegen-nmodl",
            "nml-flat",
            "nml-hdf5",
            "nml-model",
            // Components are written as the text they were read from.
            "nml-xml",
        ],
    ),
    (
        "nml-codegen-neuron",
        &[
            "nml-base",
            "nml-codegen",
            "nml-codegen-nmodl",
            "nml-expr",
            "nml-flat",
            "nml-model",
            "nml-units",
        ],
    ),
    (
        "nml-codegen-netpyne",
        &["nml-base", "nml-codegen", "nml-codegen-nmodl", "nml-expr", "nml-flat"],
    ),
    (
        "nml-codegen-nmodl",
        &["nml-base", "nml-codegen", "nml-expr", "nml-flat", "nml-model", "nml-units"],
    ),
    ("nml-hdf5", &[]),
    ("nml-plot", &[]),
    ("nml-omv", &["nml-base"]),
    (
        "nml",
        &[
            "nml-base",
            "nml-check-schema",
            "nml-check-semantics",
            "nml-codegen",
            "nml-codegen-lems",
            "nml-codegen-arbor",
            "nml-codegen-brian",
            "nml-codegen-neuroml",
            "nml-codegen-netpyne",
            "nml-codegen-neuron",
            "nml-codegen-sonata",
            "nml-expr",
            "nml-flat",
            "nml-hdf5",
            "nml-kernel",
            "nml-lems",
            "nml-load",
            "nml-model",
            "nml-plot",
            "nml-omv",
            "nml-schemas",
            "nml-sim",
            "nml-units",
            "nml-xml",
        ],
    ),
    ("nml-cli", &["nml", "nml-base", "nml-report"]),
    ("xtask", &["nml-base", "nml-lems", "nml-schemas", "nml-xml"]),
];

/// Packages that only these crates may use: the other rooms must not know what they are for.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("roxmltree", &["nml-xml", "xtask"]),
    ("quick-xml", &["nml-xml"]),
    ("libxml", &["nml-check-schema"]),
    ("miette", &["nml-report"]),
    ("clap", &["nml-cli"]),
    ("zip", &["nml", "nml-codegen-neuroml", "nml-load"]),
    ("hdf5-pure", &["nml-hdf5"]),
    ("resvg", &["nml-plot"]),
    ("saphyr-parser", &["nml-omv"]),
    ("flate2", &["nml-load"]),
    // Text that stands around code; code itself is printed from typed trees.
    (
        "tera",
        &[
            "nml-codegen",
            "nml-codegen-arbor",
            "nml-codegen-brian",
            "nml-codegen-netpyne",
            "nml-codegen-neuron",
            "nml-codegen-sonata",
        ],
    ),
];

/// Compares the manifests, as cargo reads them, with the two tables.
pub(crate) fn check() -> crate::Result<()> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let faults = faults(&metadata);
    if faults.is_empty() {
        println!("layers: {} crates, every edge is allowed", ALLOWED.len());
        Ok(())
    } else {
        Err(faults.join("\n").into())
    }
}

fn faults(metadata: &serde_json::Value) -> Vec<String> {
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.iter().copied().collect();
    let mut faults = Vec::new();
    let mut members = BTreeSet::new();
    let text = |value: &serde_json::Value, key: &str| value[key].as_str().unwrap_or("").to_owned();
    let packages = metadata["packages"].as_array().cloned().unwrap_or_default();
    for package in &packages {
        members.insert(text(package, "name"));
    }
    for package in &packages {
        let name = text(package, "name");
        // The end-to-end tests go through the public doors and may use any crate that has one.
        if name == "nml-tests" {
            continue;
        }
        let Some(may_know) = allowed.get(name.as_str()) else {
            faults.push(format!("`{name}` has no line in the table of layers"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let knows = text(dependency, "name");
            let in_tests = dependency["kind"].as_str() == Some("dev");
            if members.contains(&knows) && !in_tests && !may_know.contains(&knows.as_str()) {
                faults.push(format!("`{name}` must not depend on `{knows}`"));
            }
            let keepers =
                OUTSIDE.iter().find(|(outside, _)| *outside == knows).map(|(_, keepers)| *keepers);
            if keepers.is_some_and(|keepers| !keepers.contains(&name.as_str())) && !in_tests {
                faults.push(format!("`{name}` must not use the package `{knows}`"));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forbidden_edge_is_found() {
        let metadata = serde_json::json!({"packages": [
            {"name": "nml-base", "dependencies": [{"name": "nml-model", "kind": null}]},
            {"name": "nml-model", "dependencies": [{"name": "clap", "kind": null}]},
            {"name": "stranger", "dependencies": []},
        ]});
        let faults = faults(&metadata);
        assert_eq!(faults.len(), 3, "{faults:?}");
    }

    #[test]
    fn the_table_has_no_circle() {
        for (name, knows) in ALLOWED {
            let mut open: Vec<&str> = knows.to_vec();
            let mut seen = BTreeSet::new();
            while let Some(next) = open.pop() {
                assert_ne!(next, *name, "`{name}` knows itself");
                if seen.insert(next) {
                    open.extend(
                        ALLOWED.iter().find(|(n, _)| *n == next).map_or(&[][..], |(_, k)| *k),
                    );
                }
            }
        }
    }
}
