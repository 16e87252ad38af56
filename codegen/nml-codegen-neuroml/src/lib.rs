//! NeuroML documents in their other forms.
//!
//! What is written is the document that a file holds, not the model with all that it includes, but for the forms
//! `inlined`, `omex` and `sedml`: see [`FORMS`].

mod form;
mod hdf5;
mod inline;
mod json;
mod omex;
mod sedml;
mod split;
mod swc;
mod xml;

pub use form::{FORMS, Form, form, stem};
