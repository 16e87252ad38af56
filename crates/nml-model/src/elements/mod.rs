//! Typed views of elements: `cell.morphology()`, `segment.distal()`, `pulse.amplitude()`.
//!
//! A view is a component with methods named after the attributes and children that the standard gives
//! its type.  It owns nothing and checks nothing: a missing attribute, or one that does not read as what
//! it should be, is `None`.  Rows of networks are no elements; see [`crate::table`].

mod generated;

pub use generated::*;

use crate::Component;

/// Makes a view type from its members: `KIND METHOD "xmlName" [Target];`.
macro_rules! views {
    ($($about:literal $name:ident { $($kind:ident $method:ident $xml:literal $($target:ident)?;)* })*) => {
        $(
            #[doc = $about]
            #[derive(Clone, Copy, PartialEq, Eq, Debug)]
            pub struct $name<'m>($crate::Component<'m>);

            impl<'m> $name<'m> {
                /// The component seen as one of this type, whatever it is.
                pub fn of(component: $crate::Component<'m>) -> Self {
                    Self(component)
                }

                /// The component.
                pub fn as_component(self) -> $crate::Component<'m> {
                    self.0
                }

                $($crate::elements::member!($kind $method $xml $($target)?);)*
            }
        )*
    };
}

/// Makes one method of a view.
macro_rules! member {
    (text $method:ident $xml:literal) => {
        #[doc = concat!("The attribute `", $xml, "`.")]
        pub fn $method(self) -> Option<&'m str> {
            self.0.attr($xml)
        }
    };
    (integer $method:ident $xml:literal) => {
        #[doc = concat!("The attribute `", $xml, "` as a whole number.")]
        pub fn $method(self) -> Option<u64> {
            self.0.integer($xml)
        }
    };
    (number $method:ident $xml:literal) => {
        #[doc = concat!("The attribute `", $xml, "` as a plain number.")]
        pub fn $method(self) -> Option<f64> {
            self.0.number($xml)
        }
    };
    (quantity $method:ident $xml:literal) => {
        #[doc = concat!("The attribute `", $xml, "` as a quantity in SI units.")]
        pub fn $method(self) -> Option<nml_units::Quantity<'m>> {
            self.0.quantity($xml)?.ok()
        }
    };
    (one $method:ident $xml:literal $target:ident) => {
        #[doc = concat!("The first child `<", $xml, ">`.")]
        pub fn $method(self) -> Option<$target<'m>> {
            self.0.child($xml).map($target::of)
        }
    };
    (many $method:ident $xml:literal $target:ident) => {
        #[doc = concat!("The children `<", $xml, ">`.")]
        pub fn $method(self) -> impl Iterator<Item = $target<'m>> {
            self.0.children_named($xml).map($target::of)
        }
    };
    (rows $method:ident $xml:literal) => {
        /// The rows inside: instances, connections or inputs.
        pub fn $method(self) -> Option<&'m $crate::table::Table> {
            self.0.table()
        }
    };
}

pub(crate) use {member, views};

impl crate::Model {
    /// The document the model was loaded from, if it is a NeuroML document.
    pub fn neuroml(&self) -> Option<NeuroMLDocument<'_>> {
        let root = self.root().tree.root().filter(|root| root.name() == "neuroml")?;
        Some(NeuroMLDocument::of(Component::new(self, 0, root)))
    }
}
