//! Quantity paths: from a component to an instance inside it, or to one of its quantities.
//!
//! | path | |
//! |---|---|
//! | `v` | a quantity of the component itself |
//! | `pop[0]/v` | of the first cell of a population with a size |
//! | `pop/0/cell/v` | of a cell of a population that lists its instances |
//! | `pop/0/cell/3/v` | of segment 3 of such a cell |
//! | `pop[0]/bio/membraneProperties/naChans/na/m/q` | of a child, by identifier or by the name of its slot |
//! | `pop[0]/syn/g` | of the first attached instance of the component `syn` |
//! | `pop[0]/synapses:syn:1/g` | of the second one, with the name of the list |
//!
//! Populations take both forms here, whichever kind they are.

mod attachments;
mod error;
mod resolve;

use nml_base::TextRange;

use crate::{Component, NameKind, TypeId};

pub use error::{PathError, PathErrorKind};
pub use resolve::Resolver;

/// What one step of a path leads to.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub enum StepKind {
    /// A component inside, by identifier or slot.
    Child,
    /// A component that is built where another one refers to it.
    Reference,
    /// One of the instances of a list, counted from 0; for a population with `<instance>` elements, the
    /// instance's identifier.
    Instance(u32),
    /// A segment of a cell, by identifier.
    Segment(u32),
    /// An instance attached to a cell: which one of those made of the same component.
    Attachment(u32),
    /// A quantity.
    Quantity,
}

/// One step of a path.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Step<'m> {
    /// Its place in the text of the path.
    pub range: TextRange,
    /// What it leads to.
    pub kind: StepKind,
    /// The component one is at after it.
    pub component: Component<'m>,
}

/// An instance of a component, reached by a path.
#[derive(Clone, PartialEq, Debug)]
pub struct Instance<'m> {
    /// How it was reached.
    pub steps: Vec<Step<'m>>,
    /// Its component; for an instance built from a component type alone, the component that builds it.
    pub component: Component<'m>,
    /// The type of an instance that is built from a type alone.
    pub bare: Option<TypeId>,
    /// The segment, where the path names one.
    pub segment: Option<u32>,
}

impl Instance<'_> {
    /// The component type of the instance.
    pub fn ty(&self) -> Option<TypeId> {
        self.bare.or(self.component.ty())
    }
}

/// A quantity of an instance.
#[derive(Clone, PartialEq, Debug)]
pub struct Quantity<'m> {
    /// The instance; the last step is the quantity.
    pub instance: Instance<'m>,
    /// Its name.
    pub name: &'m str,
    /// What declares it.
    pub kind: NameKind,
    /// Whether it is exposed.
    pub is_exposed: bool,
    /// The name of its dimension; `None` where it may be any.
    pub dimension: Option<&'m str>,
}
