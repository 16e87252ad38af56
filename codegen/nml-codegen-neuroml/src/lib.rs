//! NeuroML documents in their other forms.
//!
//! What is written is the document that a file holds, not the model with all that it includes, but for the form
//! `inlined`: see [`FORMS`].

mod form;
mod hdf5;
mod inline;
mod json;
mod swc;
mod xml;

pub use form::{FORMS, Form, form, stem};
