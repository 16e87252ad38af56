//! The forms by name.

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Origin};
use nml_model::Model;

use crate::swc;

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
pub static FORMS: &[Form] =
    &[Form { name: "swc", title: "the shapes of cells, one SWC file each", write: swc::write }];

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
        (self.write)(model, stem, origin, sink)
    }
}
