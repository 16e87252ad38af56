//! The typed model graph: documents joined by includes, component types with their inheritance,
//! components with their types, and bulk data as tables.
//!
//! A [`Model`] is immutable.  Everything in it knows the bytes it was read from.

mod component;
mod document;
pub mod elements;
mod model;
pub mod path;
mod scope;
pub mod table;
mod types;
pub mod views;

pub use component::{Component, ComponentRef, Role};
pub use document::{Document, DocumentKind, Include, NEUROML2_NAMESPACE};
pub use model::{IncludeEdge, IncludeTarget, Model, UnitClash, standard_units};
pub use nml_xml::{Attr, NodeId};
pub use scope::{Name, NameKind, Scope};
pub use types::{MAX_ANCESTORS, TypeId, Types};
