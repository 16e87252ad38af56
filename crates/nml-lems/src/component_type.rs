//! Component types and the parts they declare.

use nml_base::Span;

use crate::{Constant, Dynamics, List, Simulation, Str, Structure, Text};

/// What a component is, has and does.  Holds only what the type itself declares; see the crate
/// documentation for what it inherits.
///
/// Lists are in the order written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComponentType {
    /// Its name.
    pub name: Text,
    /// The type it extends.
    pub extends: Option<Text>,
    /// What it models.
    pub description: Str,
    /// The definition file it belongs to (`Cells.xml`); empty for what a user defines.
    pub file: Str,
    /// The whole element in the source; `None` for what is built in.
    pub span: Option<Span>,
    /// Values set per instance, by a connection.  *Not inherited.*
    pub properties: List<Property>,
    /// Quantities every component of the type has.  *Inherited.*
    pub parameters: List<Parameter>,
    /// Quantities computed once from parameters.  *Inherited.*
    pub derived_parameters: List<DerivedParameter>,
    /// Whole numbers that point into a list.  *Inherited.*
    pub index_parameters: List<NameOnly>,
    /// Whole numbers.  *Inherited.*
    pub integer_parameters: List<NameOnly>,
    /// Quantities that are the same for all components of the type.  *Inherited.*
    pub constants: List<Constant>,
    /// Elements inside a component: at most one, or any number.  *Inherited.*
    pub children: List<Child>,
    /// Parameters of an ancestor that this type sets once and for all.  *Inherited.*
    pub fixed: List<Fixed>,
    /// References to other components, not built by this one.  *Inherited.*
    pub links: List<Reference>,
    /// References to other components, from which this one builds instances.  *Inherited.*
    pub component_references: List<Reference>,
    /// Names of component types as values.  *Inherited.*
    pub component_type_references: List<NameOnly>,
    /// Lists of instances that others add at run time.  *Not inherited.*
    pub attachments: List<Attachments>,
    /// Named lists of instances, filled by the structure.  *Inherited.*
    pub collections: List<NameOnly>,
    /// Named lists of pairs of instances, filled by the structure.  *Inherited.*
    pub pair_collections: List<NameOnly>,
    /// Ports through which events come and go.  *Inherited.*
    pub event_ports: List<EventPort>,
    /// Quantities others may see.  *Inherited.*
    pub exposures: List<Exposure>,
    /// Quantities that must be visible where the component is placed.  *Inherited.*
    pub requirements: List<Requirement>,
    /// Components that must be reachable where the component is placed.  *Not inherited.*
    pub component_requirements: List<NameOnly>,
    /// Instances that must be given when the component is built.  *Not inherited.*
    pub instance_requirements: List<InstanceRequirement>,
    /// Attributes that hold a path to an instance or a quantity.  *Not inherited.*
    pub paths: List<NameOnly>,
    /// Attributes that hold a path used by the structure.  *Inherited.*
    pub path_parameters: List<NameOnly>,
    /// Attributes that hold plain text.  *Not inherited.*
    pub texts: List<NameOnly>,
    /// How it behaves.  *Inherited as a whole by a type that has none of its own.*
    pub dynamics: Option<Dynamics>,
    /// How its instances are built and wired.  *Not inherited.*
    pub structure: Option<Structure>,
    /// How it is run and recorded.  *Inherited as a whole by a type that has none of its own.*
    pub simulation: Option<Simulation>,
}

impl ComponentType {
    /// A type without anything, for filling in.
    pub const EMPTY: Self = Self {
        name: Text::EMPTY,
        extends: None,
        description: Str::Borrowed(""),
        file: Str::Borrowed(""),
        span: None,
        properties: List::Borrowed(&[]),
        parameters: List::Borrowed(&[]),
        derived_parameters: List::Borrowed(&[]),
        index_parameters: List::Borrowed(&[]),
        integer_parameters: List::Borrowed(&[]),
        constants: List::Borrowed(&[]),
        children: List::Borrowed(&[]),
        fixed: List::Borrowed(&[]),
        links: List::Borrowed(&[]),
        component_references: List::Borrowed(&[]),
        component_type_references: List::Borrowed(&[]),
        attachments: List::Borrowed(&[]),
        collections: List::Borrowed(&[]),
        pair_collections: List::Borrowed(&[]),
        event_ports: List::Borrowed(&[]),
        exposures: List::Borrowed(&[]),
        requirements: List::Borrowed(&[]),
        component_requirements: List::Borrowed(&[]),
        instance_requirements: List::Borrowed(&[]),
        paths: List::Borrowed(&[]),
        path_parameters: List::Borrowed(&[]),
        texts: List::Borrowed(&[]),
        dynamics: None,
        structure: None,
        simulation: None,
    };
}

/// `Parameter`: a quantity a component must give, unless the type fixes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameter {
    /// The attribute of the component.
    pub name: Text,
    /// The name of its dimension; `*` for any, and where it was missing (already reported).
    pub dimension: Text,
    /// What it stands for.
    pub description: Str,
}

/// `Property`: a quantity set per instance rather than per component, such as a connection weight.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Property {
    /// Its name.
    pub name: Text,
    /// The name of its dimension; `*` where it was missing (already reported).
    pub dimension: Text,
    /// A plain number, in SI units, for instances that get none.
    pub default_value: Option<Text>,
    /// What it stands for.
    pub description: Str,
}

/// Where a derived parameter or variable takes its value from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// An expression over what the component sees.
    Value(Text),
    /// A path to the quantity of another instance, or to those of several.
    Select(Select),
}

impl Default for Source {
    fn default() -> Self {
        Self::Value(Text::EMPTY)
    }
}

/// A path to one quantity (`channel/g`), or to many that are brought together (`synapses[*]/i`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Select {
    /// The path as written.
    pub path: Text,
    /// How many are brought together; required by a path with `[…]`.
    pub reduce: Option<Reduce>,
    /// Whether the target has to exist.
    pub required: bool,
}

/// How the quantities of several instances become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reduce {
    /// Their sum, 0 for none.
    Add,
    /// Their product, 1 for none.
    Multiply,
}

impl Reduce {
    /// The spelling of the standard.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Multiply => "multiply",
        }
    }

    /// Understands the spellings of the reference interpreter: `add`, `sum`, `plus`, `+`, and
    /// `multiply`, `product`, `times`, `*`.
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "add" | "sum" | "plus" | "+" => Some(Self::Add),
            "multiply" | "product" | "times" | "*" => Some(Self::Multiply),
            _ => None,
        }
    }
}

/// `DerivedParameter`: a quantity computed once, before anything runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DerivedParameter {
    /// Its name.
    pub name: Text,
    /// The name of its dimension; none declared means that of the expression.
    pub dimension: Option<Text>,
    /// What it is computed from.
    pub source: Source,
    /// What it stands for.
    pub description: Str,
}

/// A declaration that is just a name: `Text`, `Path`, `PathParameter`, `IndexParameter`,
/// `IntegerParameter`, `ComponentRequirement`, `ComponentTypeReference`, `Collection`, `PairCollection`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameOnly {
    /// Its name.
    pub name: Text,
    /// What it stands for.
    pub description: Str,
}

/// `Child` (at most one) or `Children` (any number): elements that may stand inside a component.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Child {
    /// The element name inside the component.  Empty for `Children` that are told by their type alone.
    pub name: Text,
    /// The component type they have, or extend.
    pub ty: Text,
    /// Whether there may be more than one.
    pub many: bool,
    /// A `Child` of an ancestor that this one stands in for.
    pub substitute: Option<Text>,
    /// What they are.
    pub description: Str,
}

/// `Fixed`: the value of an inherited parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// The parameter.
    pub parameter: Text,
    /// Number with unit.
    pub value: Text,
    /// Why.
    pub description: Str,
}

/// `Link` or `ComponentReference`: an attribute that names another component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The attribute.
    pub name: Text,
    /// The component type the target has, or extends.
    pub ty: Text,
    /// Whether the target is looked for among the siblings instead of everywhere.
    pub local: bool,
    /// Whether the attribute has to be written; it has to unless the type says no.
    pub required: bool,
    /// Whether the target may be of any type.
    pub is_any: bool,
    /// A path to the component that is meant when the attribute is not written.
    pub default_component: Option<Text>,
    /// What it refers to.
    pub description: Str,
}

impl Default for Reference {
    fn default() -> Self {
        Self {
            name: Text::EMPTY,
            ty: Text::EMPTY,
            local: false,
            required: true,
            is_any: false,
            default_component: None,
            description: Str::Borrowed(""),
        }
    }
}

/// `Attachments`: a list to which instances of a type are added while a network is built, such as the
/// synapses on a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachments {
    /// The name of the list.
    pub name: Text,
    /// The component type its members have, or extend.
    pub ty: Text,
    /// What they are.
    pub description: Str,
}

/// `InstanceRequirement`: an instance that the structure must hand over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstanceRequirement {
    /// Its name.
    pub name: Text,
    /// The component type it has, or extends.
    pub ty: Text,
    /// What it is.
    pub description: Str,
}

/// Which way events go through a port.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Into the component.
    #[default]
    In,
    /// Out of the component.
    Out,
}

impl Direction {
    /// `in` or `out`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }
}

/// `EventPort`: a door for events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventPort {
    /// Its name.
    pub name: Text,
    /// Which way events go.
    pub direction: Direction,
    /// What an event means.
    pub description: Str,
}

/// `Exposure`: a quantity that others may read and record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exposure {
    /// Its name.
    pub name: Text,
    /// The name of its dimension; `*` where it was missing (already reported).
    pub dimension: Text,
    /// What it stands for.
    pub description: Str,
}

/// `Requirement`: a quantity that the place where the component stands must provide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirement {
    /// Its name.
    pub name: Text,
    /// The name of its dimension; `*` where it was missing (already reported).
    pub dimension: Text,
    /// What it stands for.
    pub description: Str,
}
