//! Documents as XML in the canonical layout.

use std::fmt::Write as _;

use nml_base::{Diagnostics, format_f64};
use nml_codegen::{Artifacts, Origin, not_exported};
use nml_model::table::{
    CellRef, CellRefStyle, CellRefs, ConnectionKind, ConnectionTable, InputTable, InstanceTable,
    MISSING, Table,
};
use nml_model::{Document, Model};
use nml_xml::escape_value;

use crate::form;

const TARGET: &str = "XML";

/// The root document as an XML file.
pub(crate) fn write(
    model: &Model,
    stem: &str,
    _: &Origin,
    sink: &mut Diagnostics,
) -> Option<Artifacts> {
    let text = text(model, sink)?;
    form::one(form::file_name(model, stem, ""), text)
}

/// The text of the root document, rows of binary files written out; nothing, and a finding, where it is not
/// well-formed.
pub(crate) fn text(model: &Model, sink: &mut Diagnostics) -> Option<String> {
    document_text(model.root(), sink)
}

/// The text of a document, likewise.
pub(crate) fn document_text(document: &Document, sink: &mut Diagnostics) -> Option<String> {
    let source = document.file().text();
    let mut whole = String::new();
    let mut done = 0;
    for (owner, table) in document.tables.iter() {
        let element = document.tree.element(owner);
        if !is_counted(table) {
            continue;
        }
        let span = element.span();
        let Some(close) = source.get(span.range()).and_then(|s| s.rfind("</")) else { continue };
        let at = span.start as usize + close;
        whole.push_str(source.get(done..at).unwrap_or(""));
        rows(table, &mut whole);
        done = at;
    }
    whole.push_str(source.get(done..).unwrap_or(""));
    match nml_xml::layout::format(&whole) {
        Ok(text) => Some(text),
        Err(error) => {
            let span = document.file().span().sub(0, 0);
            sink.push(not_exported(
                span,
                TARGET,
                format!("a document that is not well-formed: {error}"),
            ));
            None
        }
    }
}

/// Whether the rows have no text of their own.
fn is_counted(table: &Table) -> bool {
    match table {
        Table::Instances(table) => table.spans.are_counted(),
        Table::Connections(table) => table.spans.are_counted(),
        Table::Inputs(table) => table.spans.are_counted(),
    }
}

/// Writing to a `String` never fails.
macro_rules! put {
    ($out:expr, $($rest:tt)*) => { let _ = write!($out, $($rest)*); };
}

fn rows(table: &Table, out: &mut String) {
    match table {
        Table::Instances(table) => (0..table.len()).for_each(|row| instance(table, row, out)),
        Table::Connections(table) => (0..table.len()).for_each(|row| connection(table, row, out)),
        Table::Inputs(table) => (0..table.len()).for_each(|row| input(table, row, out)),
    }
}

fn attribute(out: &mut String, name: &str, value: &str) {
    put!(out, " {name}=\"{}\"", escape_value(value));
}

fn number(out: &mut String, name: &str, value: f64) {
    attribute(out, name, &format_f64(value));
}

fn instance(table: &InstanceTable, row: usize, out: &mut String) {
    out.push_str("<instance");
    if let Some(id) = table.id.get(row).filter(|id| *id != MISSING) {
        put!(out, " id=\"{id}\"");
    }
    out.push('>');
    let position = table.position_um[row];
    if position.iter().all(|x| x.is_finite()) {
        out.push_str("<location");
        for (axis, value) in ["x", "y", "z"].into_iter().zip(position) {
            number(out, axis, value);
        }
        out.push_str("/>");
    }
    out.push_str("</instance>\n");
}

/// A reference to a cell as XML writes it.
fn cell(refs: &CellRefs, row: usize) -> String {
    let Some(CellRef { form, index }) = refs.get(row) else { return String::new() };
    let up = if form.relative { "../" } else { "" };
    let population = &form.population;
    match form.style {
        CellRefStyle::Path => {
            let component = form.component.as_deref().map_or(String::new(), |c| format!("/{c}"));
            format!("{up}{population}/{index}{component}")
        }
        CellRefStyle::Bracket => format!("{up}{population}[{index}]"),
        CellRefStyle::Index => index.to_string(),
        CellRefStyle::Malformed => population.to_string(),
    }
}

fn segment(out: &mut String, names: [&str; 2], id: u32, along: f64) {
    if id != 0 && id != MISSING {
        put!(out, " {}=\"{id}\"", names[0]);
    }
    if along != 0.5 && along.is_finite() {
        number(out, names[1], along);
    }
}

fn connection(table: &ConnectionTable, row: usize, out: &mut String) {
    let kind = table.kind.get(row);
    put!(out, "<{}", kind.name());
    if let Some(id) = table.id.get(row).filter(|id| *id != MISSING) {
        put!(out, " id=\"{id}\"");
    }
    attribute(out, kind.pre_cell(), &cell(&table.pre_cell, row));
    let pre = [kind.pre_segment(), "preFractionAlong"];
    segment(out, pre, table.pre_segment.get(row), table.pre_fraction.get(row));
    attribute(out, kind.post_cell(), &cell(&table.post_cell, row));
    let post = [kind.post_segment(), "postFractionAlong"];
    segment(out, post, table.post_segment.get(row), table.post_fraction.get(row));
    let names =
        if kind.is_electrical() { ["synapse", ""] } else { ["preComponent", "postComponent"] };
    if let Some(component) = table.pre_component(row) {
        attribute(out, names[0], component);
    }
    if let Some(component) = table.post_component(row) {
        attribute(out, names[1], component);
    }
    let weighted = matches!(
        kind,
        ConnectionKind::ConnectionWD
            | ConnectionKind::ElectricalInstanceW
            | ConnectionKind::ContinuousInstanceW
    );
    if weighted {
        number(out, "weight", table.weight.get(row));
    }
    if kind == ConnectionKind::ConnectionWD {
        attribute(out, "delay", &delay(table.delay_s.get(row)));
    }
    out.push_str("/>\n");
}

fn input(table: &InputTable, row: usize, out: &mut String) {
    let weighted = table.weighted.get(row);
    out.push_str(if weighted { "<inputW" } else { "<input" });
    if let Some(id) = table.id.get(row).filter(|id| *id != MISSING) {
        put!(out, " id=\"{id}\"");
    }
    attribute(out, "target", &cell(&table.target, row));
    segment(out, ["segmentId", "fractionAlong"], table.segment.get(row), table.fraction.get(row));
    if let Some(destination) = table.destination(row) {
        attribute(out, "destination", destination);
    }
    if weighted {
        number(out, "weight", table.weight.get(row));
    }
    out.push_str("/>\n");
}

/// A time that reads back as so many seconds: in ms where that is exact.
fn delay(seconds: f64) -> String {
    match milliseconds(seconds) {
        Some(ms) => format!("{}ms", format_f64(ms)),
        None => format!("{}s", format_f64(seconds)),
    }
}

/// The ms that, divided by 1000, are so many seconds.
pub(crate) fn milliseconds(seconds: f64) -> Option<f64> {
    let near = seconds * 1000.0;
    let rounded = (near * 1e9).round() / 1e9;
    [rounded, near, near.next_up(), near.next_down()].into_iter().find(|ms| ms / 1000.0 == seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_read_back() {
        for (ms, text) in
            [(0.1, "0.1ms"), (5.0, "5ms"), (0.0, "0ms"), (1.0 / 3.0, "0.3333333333333333ms")]
        {
            assert_eq!(delay(ms / 1000.0), text);
        }
    }
}
