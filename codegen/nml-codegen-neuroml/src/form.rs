//! The forms by name.

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Origin, not_exported};
use nml_model::{DocumentKind, Model};

use crate::{hdf5, inline, json, omex, sedml, split, swc, xml};

/// A form that documents are written in.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// The word on the command line.
    pub name: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    write: fn(&Model, &str, &Origin, &mut Diagnostics) -> Option<Artifacts>,
}

/// All forms, in the order they are listed.
pub static FORMS: &[Form] = &[
    Form {
        name: "neuroml",
        title: "the document as XML, in the canonical layout",
        write: xml::write,
    },
    Form {
        name: "inlined",
        title: "the document and all that it includes as one XML document",
        write: inline::write,
    },
    Form {
        name: "split",
        title: "a file for each channel, cell, synapse, input and network of the document",
        write: split::write,
    },
    Form { name: "json", title: "the document as JSON, element for element", write: json::write },
    Form {
        name: "hdf5",
        title: "a network in HDF5, as libNeuroML writes it",
        write: hdf5::write_python,
    },
    Form {
        name: "hdf5-java",
        title: "a network in HDF5, as the Java library writes it",
        write: hdf5::write_java,
    },
    Form { name: "swc", title: "the shapes of cells, one SWC file each", write: swc::write },
    Form { name: "omex", title: "the model and its runs as a COMBINE archive", write: omex::write },
    Form { name: "sedml", title: "the runs of the model as SED-ML", write: sedml::write },
];

/// The form of that name.
pub fn form(name: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.name == name)
}

impl Form {
    /// Writes the root document of a model; `stem` names the file to be, without its ending.
    ///
    /// `None`, and a finding for each part that cannot be written, where there is one.
    pub fn write(
        &self,
        model: &Model,
        stem: &str,
        origin: &Origin,
        sink: &mut Diagnostics,
    ) -> Option<Artifacts> {
        let made = (self.write)(model, stem, origin, sink);
        if made.is_none() && !sink.has_errors() {
            let start = model.root().file().span().sub(0, 0);
            sink.push(not_exported(
                start,
                self.name,
                "this document for a reason it does not tell",
            ));
        }
        made
    }
}

/// Endings that say how a file is packed or written, and are replaced by another one.
const ENDINGS: [&str; 7] = [".gz", ".h5", ".hdf5", ".json", ".swc", ".nml", ".xml"];

/// What a document is called without the ending of its form: `x.net` for `x.net.nml.h5`.
pub fn stem(file: &str) -> &str {
    let mut stem = file;
    while let Some(at) = stem.rfind('.').filter(|at| *at > 0) {
        if !ENDINGS.iter().any(|e| stem[at..].eq_ignore_ascii_case(e)) {
            break;
        }
        stem = &stem[..at];
    }
    stem
}

/// A form that is one file.
pub(crate) fn one(name: String, bytes: impl Into<Vec<u8>>) -> Option<Artifacts> {
    let mut artifacts = Artifacts::new();
    artifacts.add(name, bytes).ok()?;
    Some(artifacts)
}

/// The name of the file that a document becomes: `x.nml`, `LEMS_x.xml`, `x.nml.json`.
pub(crate) fn file_name(model: &Model, stem: &str, more: &str) -> String {
    let kind = if model.root().kind == DocumentKind::Lems { "xml" } else { "nml" };
    if more.is_empty() { format!("{stem}.{kind}") } else { format!("{stem}.{kind}.{more}") }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn only_endings_of_forms_are_dropped() {
        for (file, expected) in [
            ("x.net.nml.h5", "x.net"),
            ("a.SWC", "a"),
            ("LEMS_x.xml.json", "LEMS_x"),
            (".nml", ".nml"),
            ("v1.2.cell.nml.gz", "v1.2.cell"),
        ] {
            assert_eq!(stem(file), expected);
        }
    }
}
