//! Shapes of cells as SWC files.
//!
//! - The end of a segment is a sample.  So is its beginning, where it is not the place on the parent that it grows
//!   from; segments that begin in the same place share it.
//! - What grows from the middle of a segment makes a sample there.
//! - A segment that begins where it ends and has no parent is one sample: a sphere.
//! - A last segment of a neurite that grows from the soma with its own diameter is one sample, as programs read it.
//! - Types come from segment groups, see [`kinds`].
//! - Radii are half the diameters in the digits of the author.
//!
//! A cell that was read from an SWC file gives its samples with their numbers and comments again.

mod kinds;
mod rows;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Origin, written_differently};
use nml_model::Model;
use nml_model::views::Cell;

use rows::{Known, Row};

const TARGET: &str = "SWC";

/// One file: its comments and its rows.
#[derive(Default)]
struct File {
    head: String,
    rows: Vec<Row>,
}

/// One file for each cell of the root document; of the whole model, where the document has none.
pub(crate) fn write(
    model: &Model,
    _: &str,
    origin: &Origin,
    sink: &mut Diagnostics,
) -> Option<Artifacts> {
    let own = |cell: &Cell<'_>| std::ptr::eq(cell.component().document(), model.root());
    let mut cells: Vec<Cell<'_>> = model.cells().filter(own).collect();
    if cells.is_empty() {
        cells = model.cells().collect();
    }
    if cells.is_empty() {
        let span = model.root().file().span().sub(0, 0);
        sink.push(nml_codegen::not_exported(span, TARGET, "a document without a cell"));
    }
    let mut files: BTreeMap<String, File> = BTreeMap::new();
    for cell in cells {
        let id = cell.id().unwrap_or("cell");
        let span = cell.component().id_span();
        let Some(shape) = cell.morphology() else {
            sink.push(nml_codegen::not_exported(
                span,
                TARGET,
                format!("the cell `{id}`: it has no shape"),
            ));
            continue;
        };
        if cell.biophysics().is_some() {
            let what =
                format!("an SWC file holds the shape of `{id}` alone, not what its membrane does");
            sink.push(written_differently(span, what));
        }
        let known = Known::of(model, shape);
        let Some(rows) = rows::of(model, shape, &known, span, sink) else { continue };
        let name = known.source.clone().unwrap_or_else(|| format!("{id}.swc"));
        let name = name.replace(|c: char| matches!(c, '/' | '\\' | ':') || c.is_control(), "_");
        let tree_of_one = known.tree && files.contains_key(&name);
        let name =
            if files.contains_key(&name) && !tree_of_one { format!("{id}.swc") } else { name };
        let file = files.entry(name).or_default();
        if !tree_of_one {
            file.head = head(cell, &known, origin);
        }
        file.rows.extend(rows);
    }
    if sink.has_errors() {
        return None;
    }
    let mut artifacts = Artifacts::new();
    for (name, mut file) in files {
        file.rows.sort_by_key(|row| row.number);
        let mut text = file.head;
        for row in &file.rows {
            let Row { number, kind, texts: [x, y, z, radius], parent } = row;
            let _ = writeln!(text, "{number} {kind} {x} {y} {z} {radius} {parent}");
        }
        artifacts.add(name, text).ok()?;
    }
    Some(artifacts)
}

/// The notes of the cell as comments; where it comes from, unless from an SWC file.
fn head(cell: Cell<'_>, known: &Known, origin: &Origin) -> String {
    let mut head = String::new();
    if let Some(notes) = cell.component().child("notes") {
        for line in notes.element().text().trim().lines().map(str::trim_end) {
            let mark = if line.starts_with('#') { "" } else { "# " };
            let _ = writeln!(head, "{mark}{}", line.trim_start());
        }
    }
    if known.source.is_none() {
        let id = cell.id().unwrap_or_default();
        let _ = writeln!(
            head,
            "# The cell {id} of {}, written by nml {}.",
            origin.file, origin.version
        );
        head.push_str("# Lengths in micrometres; types: 0 undefined, 1 soma, 2 axon, 3 dendrite, 4 apical dendrite.\n");
        head.push_str("# number type x y z radius parent\n");
    }
    head
}
