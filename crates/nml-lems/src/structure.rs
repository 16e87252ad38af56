//! How instances are built and wired, and how a component is run.

use nml_base::Span;

use crate::{List, Text};

/// How instances of a component type are built: an ordered tree of orders.
///
/// Paths are as written: `a/b`, `../x`, `this`, `parent`, `.`, `pop[3]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// The whole element in the source; `None` for what is built in.
    pub span: Option<Span>,
    /// The orders, carried out in this order.
    pub items: List<Build>,
}

/// One order of a [`Structure`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Build {
    /// `ChildInstance`: one instance of a component, as a child of this one.
    ChildInstance(ChildInstance),
    /// `MultiInstantiate`: several instances of a component.
    MultiInstantiate(MultiInstantiate),
    /// `CoInstantiate`: an instance at each place of a list.
    CoInstantiate(CoInstantiate),
    /// `ForEach`: the orders inside, for each instance of a list.
    ForEach(ForEach),
    /// `With`: a name for an instance, or for a member of a list; orders that follow use it.
    With(With),
    /// `EventConnection`: a wire for events.
    EventConnection(EventConnection),
    /// `Tunnel`: a pair of instances that see each other, such as the halves of a gap junction.
    Tunnel(Tunnel),
    /// `PairsEventConnection`: a wire for events for each pair of a list.
    PairsEventConnection(PairsEventConnection),
    /// `Gather`: a list made of the instances found at a path.
    Gather(Gather),
    /// `GatherPairs`: a list of pairs made of two lists.
    GatherPairs(GatherPairs),
    /// `PairFilter`: which pairs are kept.
    PairFilter(PairFilter),
    /// `IncludePair`: adds the current pair to a list.
    IncludePair(IncludePair),
    /// `Choose`: the orders inside, of which one is taken.
    Choose(Choose),
    /// `If`: the orders inside, where a test holds.
    If(If),
    /// `Apply`: the structure of other components, carried out here.
    Apply(Apply),
}

/// `Assign`: the value of a property of the instance that is built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assign {
    /// The property.
    pub property: Text,
    /// An expression over what the building component sees.
    pub value: Text,
    /// A name under which the instance shows the value.
    pub expose_as: Option<Text>,
}

/// See [`Build::ChildInstance`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChildInstance {
    /// The child or reference that names the component.
    pub component: Option<Text>,
    /// A component type, instead of a component.
    pub component_type: Option<Text>,
    /// Properties of the instance.
    pub assigns: List<Assign>,
}

/// See [`Build::MultiInstantiate`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MultiInstantiate {
    /// How many: an expression, rounded to a whole number.
    pub number: Text,
    /// The name of the running number in the assignments; `index` where not written.
    pub index_variable: Option<Text>,
    /// The child or reference that names the component.
    pub component: Option<Text>,
    /// A component type, instead of a component.
    pub component_type: Option<Text>,
    /// Properties of the instances.
    pub assigns: List<Assign>,
}

/// See [`Build::CoInstantiate`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoInstantiate {
    /// The list of places.
    pub at: Text,
    /// The child or reference that names the component.
    pub component: Option<Text>,
    /// A component type, instead of a component.
    pub component_type: Option<Text>,
    /// Properties of the instances.
    pub assigns: List<Assign>,
}

/// See [`Build::ForEach`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForEach {
    /// The path to the instances.
    pub instances: Text,
    /// The name of each of them inside.
    pub name: Option<Text>,
    /// The orders inside.
    pub body: List<Build>,
}

/// See [`Build::With`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct With {
    /// The path to an instance.
    pub instance: Option<Text>,
    /// The path to a list of instances.
    pub list: Option<Text>,
    /// Which member of the list: an index parameter.
    pub index: Option<Text>,
    /// The name given to it.
    pub name: Text,
    /// Orders inside, which in the standard stand behind it instead.
    pub body: List<Build>,
}

/// See [`Build::EventConnection`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventConnection {
    /// The instance events come from.
    pub from: Text,
    /// The instance events go to.
    pub to: Text,
    /// The port they leave through; the only one where not written.
    pub source_port: Option<Text>,
    /// The port they come in through; the only one where not written.
    pub target_port: Option<Text>,
    /// How long they take: a parameter or property of the building component.
    pub delay: Option<Text>,
    /// The component built at the target to take the events, such as a synapse.
    pub receiver: Option<Text>,
    /// The attachments of the target it is put into.
    pub receiver_container: Option<Text>,
    /// Properties of the receiver.
    pub assigns: List<Assign>,
}

/// See [`Build::Tunnel`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tunnel {
    /// Its name.
    pub name: Text,
    /// The instance at one end.
    pub end_a: Text,
    /// The instance at the other end.
    pub end_b: Text,
    /// The component built at the first end.
    pub component_a: Text,
    /// The component built at the other end.
    pub component_b: Text,
    /// Properties of both.
    pub assigns: List<Assign>,
}

/// See [`Build::PairsEventConnection`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairsEventConnection {
    /// The list of pairs.
    pub pairs: Text,
    /// The port events leave through.
    pub source_port: Option<Text>,
    /// The port they come in through.
    pub target_port: Option<Text>,
    /// The component built at the target to take the events.
    pub receiver: Option<Text>,
    /// The attachments of the target it is put into.
    pub receiver_container: Option<Text>,
}

/// See [`Build::Gather`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gather {
    /// The path parameter that says which instances.
    pub path_parameter: Text,
    /// The collection they go into.
    pub collection: Text,
}

/// See [`Build::GatherPairs`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GatherPairs {
    /// The list the first ones come from.
    pub p_from: Text,
    /// The list the second ones come from.
    pub q_from: Text,
    /// The pair collection they go into.
    pub collection: Text,
    /// Filters.
    pub body: List<Build>,
}

/// See [`Build::PairFilter`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairFilter {
    /// A boolean expression over `p/…` and `q/…`.
    pub select: Text,
}

/// See [`Build::IncludePair`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncludePair {
    /// The pair collection.
    pub collection: Text,
}

/// See [`Build::Choose`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choose {
    /// The alternatives.
    pub body: List<Build>,
}

/// See [`Build::If`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct If {
    /// A boolean expression.
    pub test: Text,
    /// The orders inside.
    pub body: List<Build>,
}

/// See [`Build::Apply`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Apply {
    /// The path to the components.
    pub components: Text,
    /// The orders inside.
    pub body: List<Build>,
}

/// How a component is run and recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Simulation {
    /// The whole element in the source; `None` for what is built in.
    pub span: Option<Span>,
    /// The orders, as written.
    pub items: List<SimulationItem>,
}

/// One order of a [`Simulation`].  All values are names of the component's own parameters, paths or texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SimulationItem {
    /// `Run`: what is simulated.
    Run {
        /// The reference to the component.
        component: Text,
        /// The independent variable, `t`.
        variable: Text,
        /// The parameter that is the step.
        increment: Text,
        /// The parameter that is the length.
        total: Text,
    },
    /// `Record`: a quantity to be kept at every step.
    Record {
        /// The path attribute.
        quantity: Text,
        /// The parameter that divides time for showing.
        time_scale: Option<Text>,
        /// The parameter that divides the value for showing.
        scale: Option<Text>,
        /// The text attribute with the colour.
        color: Option<Text>,
        /// The text attribute that names the display or file.
        destination: Option<Text>,
    },
    /// `EventRecord`: events to be kept.
    EventRecord {
        /// The path attribute to the instance.
        quantity: Text,
        /// The text attribute with the port.
        event_port: Text,
    },
    /// `DataDisplay`: a window with traces.
    DataDisplay {
        /// The text attribute with the title.
        title: Text,
        /// The attributes with the limits of the axes.
        data_region: Text,
    },
    /// `DataWriter`: a file with traces.
    DataWriter {
        /// The text attribute with the folder.
        path: Text,
        /// The text attribute with the file name.
        file_name: Text,
    },
    /// `EventWriter`: a file with events.
    EventWriter {
        /// The text attribute with the folder.
        path: Text,
        /// The text attribute with the file name.
        file_name: Text,
        /// The text attribute with the format.
        format: Text,
    },
}
