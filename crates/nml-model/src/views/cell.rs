//! Cells with a morphology.

use super::{Biophysics, Morphology};
use crate::Component;

/// A `<cell>`, or a component of a type that extends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell<'m> {
    component: Component<'m>,
}

impl<'m> Cell<'m> {
    pub(crate) fn new(component: Component<'m>) -> Self {
        Self { component }
    }

    /// The element.
    pub fn component(self) -> Component<'m> {
        self.component
    }

    /// Its identifier.
    pub fn id(self) -> Option<&'m str> {
        self.component.id()
    }

    /// The part that stands inside the cell, or the one elsewhere that an attribute names.
    fn part(self, names: &[&str], attribute: &str) -> Option<Component<'m>> {
        let inside = self.component.children().find(|c| names.contains(&c.name()));
        inside.or_else(|| {
            let id = self.component.attr(attribute)?;
            self.component.model().find_all(id).find(|c| names.contains(&c.name()))
        })
    }

    /// Its shape: the `<morphology>` inside, else the one that the attribute `morphology` names.
    pub fn morphology(self) -> Option<&'m Morphology> {
        let part = self.part(&["morphology"], "morphology")?;
        self.component.model().morphology(part.handle())
    }

    /// Its electrical properties: inside, else those that the attribute `biophysicalProperties` names.
    pub fn biophysics(self) -> Option<Biophysics<'m>> {
        let names = ["biophysicalProperties", "biophysicalProperties2CaPools"];
        self.part(&names, "biophysicalProperties").map(Biophysics::new)
    }
}
