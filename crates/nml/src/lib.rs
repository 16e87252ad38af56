//! The toolchain as a library: load a model, check it, look into it.
//!
//! ```
//! use std::sync::Arc;
//!
//! let mut files = nml::base::MemoryLoader::new();
//! files.insert("c.nml", r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="c"/>"#);
//! let checker = nml::Checker::new(Arc::new(files), Vec::new());
//! let checked = checker.check("c.nml".as_ref());
//! assert!(checked.is_valid());
//! ```

mod census;
mod checker;
pub mod checkpoint;
pub mod convert;
mod fault;
pub mod figures;
pub mod layout;
pub mod omv;
pub mod overrides;
pub mod results;
mod rules;
pub mod simulate;

pub use census::{Census, census};
pub use checker::{Checked, Checker, LibxmlError, in_parallel, libxml_opinion};
pub use fault::Moment;
pub use nml_base as base;
pub use nml_load::{Loader, is_archive, is_model};
pub use nml_model as model;
pub use nml_plot as plot;
pub use nml_schemas::structure::XSD;
pub use nml_units as units;
pub use rules::{explain_type, rules, type_names};
