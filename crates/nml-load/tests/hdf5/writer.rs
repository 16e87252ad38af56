//! Files in the two layouts, made by the tests.

use hdf5_pure::{AttrValue, FileBuilder, FinishedGroup};

/// A data set: its name, the names of its columns (none: no attributes), its values row by row.
#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [&'static str],
    pub(crate) width: u64,
    pub(crate) values: Vec<f32>,
}

/// A group inside the network.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) attributes: &'static [(&'static str, &'static str)],
    pub(crate) rows: Option<Rows>,
}

/// What the Java library does otherwise: texts are arrays of one.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Style {
    LibNeuroMl,
    Java,
}

fn value(style: Style, text: &str) -> AttrValue {
    match style {
        Style::LibNeuroMl => AttrValue::AsciiString(text.to_owned()),
        Style::Java => AttrValue::AsciiStringArray(vec![text.to_owned()]),
    }
}

/// The bytes of a file with one network.
pub(crate) fn file(
    style: Style,
    embedded: &str,
    network: &[(&str, &str)],
    parts: &[Part],
) -> Vec<u8> {
    let mut builder = FileBuilder::new();
    let mut neuroml = builder.create_group("neuroml");
    neuroml.set_attr("id", value(style, "doc"));
    neuroml.set_attr("neuroml_top_level", value(style, embedded));
    let mut group = neuroml.create_group("network");
    for (name, text) in network {
        group.set_attr(name, value(style, text));
    }
    for part in parts {
        let inner = part_group(style, part, group.create_group(part.name));
        group.add_group(inner);
    }
    neuroml.add_group(group.finish());
    builder.add_group(neuroml.finish());
    builder.finish().unwrap()
}

fn part_group(style: Style, part: &Part, mut group: hdf5_pure::GroupBuilder) -> FinishedGroup {
    for (name, text) in part.attributes {
        match (style, text.parse()) {
            (Style::LibNeuroMl, Ok(number)) if *name == "size" => {
                group.set_attr(name, AttrValue::I64(number));
            }
            _ => group.set_attr(name, value(style, text)),
        }
    }
    if let Some(rows) = &part.rows {
        let count = rows.values.len() as u64 / rows.width;
        let table = group.create_dataset(rows.name);
        table.with_f32_data(&rows.values).with_shape(&[count, rows.width]);
        if style == Style::LibNeuroMl {
            table.with_chunks(&[2, rows.width]).with_deflate(5);
        }
        for (at, name) in rows.columns.iter().enumerate() {
            table.set_attr(&format!("column_{at}"), value(style, name));
        }
    }
    group.finish()
}
