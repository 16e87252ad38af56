//! Electrical properties of a cell.

use crate::Component;

/// The part of a cell that a property covers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Place<'m> {
    /// A segment group; `all` where nothing is written.
    Group(&'m str),
    /// One segment, by its id as written.
    Segment(&'m str),
}

impl<'m> Place<'m> {
    /// Where a property (a density, a capacitance, a species …) is placed.
    pub fn of(property: Component<'m>) -> Self {
        match (property.attr("segment"), property.attr("segmentGroup")) {
            (Some(segment), _) => Self::Segment(segment),
            (None, Some(group)) => Self::Group(group),
            (None, None) => Self::Group("all"),
        }
    }
}

/// A `<biophysicalProperties>` element, or its kind with two calcium pools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Biophysics<'m> {
    component: Component<'m>,
}

impl<'m> Biophysics<'m> {
    pub(crate) fn new(component: Component<'m>) -> Self {
        Self { component }
    }

    /// The view of an element.
    pub fn of(component: Component<'m>) -> Option<Self> {
        component.name().starts_with("biophysicalProperties").then(|| Self::new(component))
    }

    /// The element.
    pub fn component(self) -> Component<'m> {
        self.component
    }

    fn section(self, name: &str) -> Option<Component<'m>> {
        self.component.children().find(|c| c.name().starts_with(name))
    }

    /// What the membrane is made of.
    pub fn membrane(self) -> Option<Component<'m>> {
        self.section("membraneProperties")
    }

    /// What the inside is made of.
    pub fn intracellular(self) -> Option<Component<'m>> {
        self.section("intracellularProperties")
    }

    /// What is around the cell.
    pub fn extracellular(self) -> Option<Component<'m>> {
        self.section("extracellularProperties")
    }

    /// Channel densities of all kinds and channel populations, in document order.
    pub fn densities(self) -> impl Iterator<Item = Component<'m>> {
        let all = self.membrane().into_iter().flat_map(Component::children);
        all.filter(|c| {
            c.name().starts_with("channelDensity")
                || c.name().starts_with("channelPopulation")
                || c.is_a("baseChannelDensity")
                || c.is_a("baseChannelPopulation")
        })
    }

    /// The `<species>` inside the cell.
    pub fn species(self) -> impl Iterator<Item = Component<'m>> {
        self.intracellular().into_iter().flat_map(|c| c.children_named("species"))
    }

    /// The elements of one name in the membrane, else inside: `specificCapacitance`, `initMembPotential`,
    /// `spikeThresh`, `resistivity`.
    pub fn values_of(self, name: &'m str) -> impl Iterator<Item = Component<'m>> {
        let sections = self.membrane().into_iter().chain(self.intracellular());
        sections.flat_map(move |c| c.children_named(name))
    }
}
