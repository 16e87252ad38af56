//! Networks in HDF5, in the layouts of libNeuroML and of the Java library.
//!
//! Everything but the network stands as XML in the attribute `neuroml_top_level`; where that is longer than an
//! attribute may be, it becomes a file of its own that the attribute includes.
//! What the layouts have no place for (layouts, explicit inputs, annotations) stands as XML in attributes
//! `nml_children_N` of its group, which `nml` reads and other programs pass over.
//!
//! Numbers are 32 bits wide, as other programs write them, where `nml` reads the same number from them, else 64.

mod columns;
mod parts;

use std::ops::Range;

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Origin, not_exported, written_differently};
use nml_hdf5::{Hdf5Error, Layout, Type, Value};
use nml_model::{Component, Model};

use crate::xml;
use columns::Columns;

const TARGET: &str = "HDF5";

/// The longest text that an attribute may hold: libhdf5 allows 64 KiB for the header of an object.
const LONGEST: usize = 60_000;

/// Whose habits are followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Style {
    LibNeuroMl,
    /// Texts are arrays of one; cells and connections are always numbered and say their segments.
    Java,
}

/// A file that is being laid out.
struct File<'m> {
    model: &'m Model,
    style: Style,
    layout: Layout,
    /// Data sets in the order they were laid out.
    tables: Vec<(String, Columns)>,
}

/// The root document in the layout of libNeuroML.
pub(crate) fn write_python(
    model: &Model,
    stem: &str,
    origin: &Origin,
    sink: &mut Diagnostics,
) -> Option<Artifacts> {
    write(model, stem, origin, Style::LibNeuroMl, sink)
}

/// The root document in the layout of the Java library.
pub(crate) fn write_java(
    model: &Model,
    stem: &str,
    origin: &Origin,
    sink: &mut Diagnostics,
) -> Option<Artifacts> {
    write(model, stem, origin, Style::Java, sink)
}

fn write(
    model: &Model,
    stem: &str,
    origin: &Origin,
    style: Style,
    sink: &mut Diagnostics,
) -> Option<Artifacts> {
    let document = model.root();
    let root = document.tree.root()?;
    let span = root.name_span();
    let own = |c: &Component<'_>| std::ptr::eq(c.document(), document);
    let networks: Vec<Component<'_>> = model
        .networks()
        .map(nml_model::views::Network::component)
        .filter(|c| own(c) && c.element().parent() == Some(root) && c.name() == "network")
        .collect();
    let &[network] = networks.as_slice() else {
        let what = match networks.len() {
            0 => "a document without a network".to_owned(),
            n => format!("{n} networks in one document"),
        };
        sink.push(not_exported(networks.get(1).map_or(span, |n| n.id_span()), TARGET, what));
        return None;
    };
    let mut file = File { model, style, layout: Layout::new(), tables: Vec::new() };
    let mut artifacts = Artifacts::new();
    let id = root.attr("id").unwrap_or("network");
    let mut head = || -> Result<Option<String>, Hdf5Error> {
        file.layout.group("/neuroml")?;
        file.text("/neuroml", "id", id)?;
        let by = format!("nml v{}", origin.version);
        file.text("/neuroml", "GENERATED_BY", &by)?;
        let rest = around(model, network)?;
        if rest.len() <= LONGEST {
            // libNeuroML reads it as a text, which must not say how it is encoded.
            let text = rest.split_once("?>\n").map_or(rest.as_str(), |(_, text)| text);
            file.text("/neuroml", "neuroml_top_level", text.trim_start())?;
            return Ok(None);
        }
        let name = format!("{stem}_parts.nml");
        let xmlns = nml_model::NEUROML2_NAMESPACE;
        let include = format!(
            "<neuroml xmlns=\"{xmlns}\" id=\"{}\"><include href=\"{}\"/></neuroml>",
            nml_xml::escape_value(id),
            nml_xml::escape_value(&name)
        );
        file.text("/neuroml", "neuroml_top_level", &include)?;
        Ok(Some(name))
    };
    let parts = told(head(), span, sink)?;
    if let Some(name) = parts {
        let what = format!(
            "what is not the network is too long for an attribute, and stands in the file `{name}`"
        );
        sink.push(written_differently(span, what));
        artifacts.add(name, around(model, network).ok()?).ok()?;
    }
    let laid_out = file.network(network, sink);
    told(laid_out, network.id_span(), sink)?;
    if sink.has_errors() {
        return None;
    }
    let bytes = told(file.bytes(), network.id_span(), sink)?;
    artifacts.add(format!("{stem}.nml.h5"), bytes).ok()?;
    Some(artifacts)
}

/// What a failure of the library means for the user.
fn told<T>(
    result: Result<T, Hdf5Error>,
    span: nml_base::Span,
    sink: &mut Diagnostics,
) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(error) => {
            sink.push(not_exported(span, TARGET, format!("this network: {error}")));
            None
        }
    }
}

/// The document without its network.
fn around(model: &Model, network: Component<'_>) -> Result<String, Hdf5Error> {
    let source = model.root().file().text();
    let Range { start, end } = network.element().span().range();
    let whole = format!("{}{}", source.get(..start).unwrap_or(""), source.get(end..).unwrap_or(""));
    nml_xml::layout::format(&whole).map_err(|e| Hdf5Error::from_text(e.to_string()))
}

impl File<'_> {
    fn text(&mut self, path: &str, name: &str, text: &str) -> Result<(), Hdf5Error> {
        let value = match self.style {
            Style::LibNeuroMl => Value::Text(text.to_owned()),
            Style::Java => Value::Texts(vec![text.to_owned()]),
        };
        self.layout.attribute(path, name, value)
    }

    /// Attributes of an element and its notes as attributes of a group.
    fn own(&mut self, path: &str, of: Component<'_>) -> Result<(), Hdf5Error> {
        for attribute in of.element().attributes() {
            let name = attribute.name();
            if name == "size"
                && self.style == Style::LibNeuroMl
                && let Ok(size) = attribute.value().trim().parse()
            {
                self.layout.attribute(path, name, Value::I64(size))?;
                continue;
            }
            self.text(path, name, attribute.value())?;
        }
        if let Some(notes) = of.child("notes") {
            self.text(path, "notes", &notes.element().text())?;
        }
        Ok(())
    }

    /// Child elements that have no place, as XML; told, since other programs pass over it.
    fn children(
        &mut self,
        path: &str,
        place: usize,
        children: &[Component<'_>],
        sink: &mut Diagnostics,
    ) -> Result<(), Hdf5Error> {
        let [first, ..] = children else { return Ok(()) };
        let source = self.model.root().file();
        let texts: Vec<&str> = children.iter().map(|c| source.slice(c.element().span())).collect();
        self.text(path, &format!("nml_children_{place}"), &texts.join("\n"))?;
        let mut names: Vec<&str> = children.iter().map(|c| c.name()).collect();
        names.sort_unstable();
        names.dedup();
        let what = format!(
            "the layout has no place for `{}`: it stands as XML in the attribute `nml_children_{place}` of `{path}`, which other programs pass over",
            names.join("`, `")
        );
        sink.push(written_differently(first.element().name_span(), what));
        Ok(())
    }

    fn table(&mut self, path: &str, id: &str, columns: Columns) -> Result<(), Hdf5Error> {
        let path = format!("{path}/{id}");
        let ty = if columns.fits_single() { Type::F32 } else { Type::F64 };
        let shape = [columns.rows() as u64, columns.names().len() as u64];
        self.layout.dataset(&path, ty, &shape)?;
        if self.style == Style::LibNeuroMl || !columns.is_plain() {
            for (at, name) in columns.names().iter().enumerate() {
                self.text(&path, &format!("column_{at}"), name)?;
            }
        }
        self.tables.push((path, columns));
        Ok(())
    }

    fn bytes(self) -> Result<Vec<u8>, Hdf5Error> {
        let mut writer = self.layout.begin(Vec::new())?;
        for (path, columns) in &self.tables {
            let single = columns.fits_single();
            let mut row = Vec::new();
            for at in 0..columns.rows() {
                columns.row(at, &mut row);
                if single {
                    #[expect(clippy::cast_possible_truncation, reason = "found to lose nothing")]
                    let row: Vec<f32> = row.iter().map(|x| *x as f32).collect();
                    writer.write(path, &row)?;
                } else {
                    writer.write(path, &row)?;
                }
            }
        }
        writer.finish()
    }
}

/// The ms of a delay.
fn delay_ms(seconds: f64) -> f64 {
    xml::milliseconds(seconds).unwrap_or(seconds * 1000.0)
}
