//! The structure table in `schemas/structure/` becomes an XML schema and static Rust tables.

mod dfa;
mod glushkov;
mod model;
mod pattern;
mod rust;
mod table;
mod views;
mod xsd;

use std::path::{Path, PathBuf};

use super::Output;
use crate::Result;

/// Everything that is written from the structure table.
pub(super) fn outputs(root: &Path) -> Result<Vec<Output>> {
    let table = table::Table::read(&root.join("schemas/structure"))?;
    let mut outputs =
        vec![Output { path: "schemas/xsd/NeuroML_v2.3.1.xsd".into(), text: xsd::write(&table) }];
    let path = "crates/nml-model/src/elements/generated.rs".into();
    outputs.push(Output { path, text: views::write(&table)? });
    for (name, text) in rust::write(&table)? {
        let path: PathBuf = ["schemas/src/structure/generated", name].iter().collect();
        outputs.push(Output { path, text });
    }
    Ok(outputs)
}
