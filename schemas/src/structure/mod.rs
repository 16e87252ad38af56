//! What a NeuroML document may contain: elements, attributes, order, cardinality, patterns.
//!
//! The tables are written from `schemas/structure/*.xml` by `cargo xtask codegen` and cost nothing at
//! run time.  They describe the same language as [`XSD`].

mod content;
mod names;
mod simple;
mod types;

#[rustfmt::skip]
#[expect(clippy::unreadable_literal, reason = "bit masks of a written table")]
mod generated {
    pub(super) mod complex_types;
    pub(super) mod names;
    pub(super) mod simple_types;
}

pub use content::{Child, Content, Model, Order};
pub use names::{NameId, name_id};
pub use simple::{Base, Dfa, Quantity, SimpleId, SimpleType, simple_type, simple_types};
pub use types::{
    Attribute, ComplexType, ElementType, Group, Occurs, Particle, TypeId, complex_type,
    complex_types, elements_named, groups, parents_of, root,
};

/// The W3C XML schema of the same structure, for validators of other houses.
pub const XSD: &str = include_str!("../../xsd/NeuroML_v2.3.1.xsd");

/// The namespace of all elements.
pub const NAMESPACE: &str = "http://www.neuroml.org/schema/neuroml2";
