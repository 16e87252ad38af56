//! The LEMS language as data: dimensions, units and component types, and their reader.
//!
//! All data can be constructed in a `static`, so that the definitions of the standard are a table of
//! *the same types* as the definitions of a user.  Texts carry the place they were read from
//! ([`Text::span`]), or none if they are built in.
//!
//! # What a type inherits
//!
//! [`ComponentType`] holds only what the type itself declares.  What it has besides comes from the chain
//! of `extends`, by these rules (LEMS 0.7.6 as the reference interpreter, jLEMS, carries it out):
//!
//! * **Merged** with the ancestors, a declaration nearer to the type hiding one of the same name further
//!   off: parameters (index, integer and path parameters too), derived parameters, constants, fixed
//!   values, exposures, requirements, event ports, `Child` and `Children`, component references, component
//!   type references, links, collections, pair collections.  Declaring a name again is allowed.
//! * **Taken as a whole** from the nearest ancestor that has one, by a type that has none of its own:
//!   `Dynamics` and `Simulation`.  A type with its own `Dynamics` gets nothing of its ancestors' (no state
//!   variable, no `OnStart`), unless it holds `<Super/>`: then its lists are added to those of the ancestor.
//!   An empty `Dynamics` counts as its own.
//! * **Not inherited**: properties, texts, paths, attachments, structure, component requirements, instance
//!   requirements.  A type that needs them repeats them.
//!
//! # Names
//!
//! An element of a document is a component of the type of that name, or, inside another component, of the
//! type declared for the [`Child`] of that name; a `type` attribute overrides this.  The type `Component`
//! stands for any type and is declared nowhere.

mod component_type;
mod definitions;
mod dynamics;
mod explain;
mod reader;
mod rules;
mod structure;
mod text;

pub use component_type::{
    Attachments, Child, ComponentType, DerivedParameter, Direction, EventPort, Exposure, Fixed,
    InstanceRequirement, NameOnly, Parameter, Property, Reduce, Reference, Requirement, Select,
    Source,
};
pub use definitions::{Assertion, Constant, Definitions, Dimension, Include, Target, Unit};
pub use dynamics::{
    Action, Case, ConditionalDerivedVariable, DerivedVariable, Dynamics, KineticScheme,
    OnCondition, OnEntry, OnEvent, OnStart, Regime, StateVariable, TimeDerivative,
};
pub use explain::explain;
pub use reader::{COMPONENT_TYPE_ELEMENTS, read_component_type, read_definitions};
pub use rules::RULES;
pub use structure::{
    Apply, Assign, Build, ChildInstance, Choose, CoInstantiate, EventConnection, ForEach, Gather,
    GatherPairs, If, IncludePair, MultiInstantiate, PairFilter, PairsEventConnection, Simulation,
    SimulationItem, Structure, Tunnel, With,
};
pub use text::{List, Str, Text};

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! text {
        ($value:literal) => {
            Text { value: Str::Borrowed($value), span: None }
        };
    }

    static TYPES: &[ComponentType] = &[ComponentType {
        name: text!("a"),
        parameters: List::Borrowed(&[Parameter {
            name: text!("p"),
            dimension: text!("voltage"),
            description: Str::Borrowed("x"),
        }]),
        ..ComponentType::EMPTY
    }];

    #[test]
    fn definitions_fit_into_a_static() {
        assert_eq!(TYPES[0].parameters[0].name, "p");
        assert_eq!(ComponentType::EMPTY, ComponentType::default());
    }
}
