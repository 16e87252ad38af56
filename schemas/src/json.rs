//! The form of documents as JSON.

/// The JSON Schema of documents, `schemas/json/neuroml-document.schema.json`.
pub const SCHEMA: &str = include_str!("../json/neuroml-document.schema.json");

/// The address under which the schema is published: its `$id`, and the `$schema` of the documents we write.
pub const SCHEMA_ID: &str = concat!(
    "https://raw.githubusercontent.com/nml-toolchain/nml/main/",
    "schemas/json/neuroml-document.schema.json"
);

/// What `$format` says of a document of this form.
pub const FORMAT: &str = "neuroml-json/1";
