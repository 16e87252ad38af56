//! How a component behaves: variables, equations, events, regimes.

use nml_base::Span;

use crate::{List, Source, Str, Text};

/// The behaviour of a component type.  An empty one is a behaviour too: it hides that of the ancestors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dynamics {
    /// The whole element in the source; `None` for what is built in.
    pub span: Option<Span>,
    /// Whether the equations of the component and those inside it are to be solved as one system.
    pub simultaneous: bool,
    /// Whether it holds `<Super/>`: the ancestor's behaviour comes first and this one is added to it.
    pub with_super: bool,
    /// What a component remembers.
    pub state_variables: List<StateVariable>,
    /// What is computed at every step.
    pub derived_variables: List<DerivedVariable>,
    /// What is computed at every step, by cases.
    pub conditional_derived_variables: List<ConditionalDerivedVariable>,
    /// Rates of change.
    pub time_derivatives: List<TimeDerivative>,
    /// What is done before the first step.
    pub on_start: List<OnStart>,
    /// What is done when an event comes in.
    pub on_event: List<OnEvent>,
    /// What is done when a condition holds.
    pub on_condition: List<OnCondition>,
    /// Modes, one of which is active.
    pub regimes: List<Regime>,
    /// Markov schemes.
    pub kinetic_schemes: List<KineticScheme>,
}

impl Dynamics {
    /// A behaviour without anything, for filling in.
    pub const EMPTY: Self = Self {
        span: None,
        simultaneous: false,
        with_super: false,
        state_variables: List::Borrowed(&[]),
        derived_variables: List::Borrowed(&[]),
        conditional_derived_variables: List::Borrowed(&[]),
        time_derivatives: List::Borrowed(&[]),
        on_start: List::Borrowed(&[]),
        on_event: List::Borrowed(&[]),
        on_condition: List::Borrowed(&[]),
        regimes: List::Borrowed(&[]),
        kinetic_schemes: List::Borrowed(&[]),
    };
}

/// `StateVariable`: a quantity that is integrated or assigned; 0 unless something is done at the start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateVariable {
    /// Its name.
    pub name: Text,
    /// The name of its dimension; `*` where it was missing (already reported).
    pub dimension: Text,
    /// The exposure that shows it.
    pub exposure: Option<Text>,
    /// What it stands for.
    pub description: Str,
}

/// `DerivedVariable`: a quantity computed from others.  Each stands after those of the list it uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DerivedVariable {
    /// Its name.
    pub name: Text,
    /// The name of its dimension; none declared means that of the exposure.
    pub dimension: Option<Text>,
    /// The exposure that shows it.
    pub exposure: Option<Text>,
    /// What it is computed from.
    pub source: Source,
    /// What it stands for.
    pub description: Str,
}

/// `ConditionalDerivedVariable`: a quantity computed by the first case that holds; 0 where none does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConditionalDerivedVariable {
    /// Its name.
    pub name: Text,
    /// The name of its dimension; none declared means that of the exposure.
    pub dimension: Option<Text>,
    /// The exposure that shows it.
    pub exposure: Option<Text>,
    /// The cases, tried in this order.
    pub cases: List<Case>,
    /// What it stands for.
    pub description: Str,
}

/// `Case`: an expression and when it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// A boolean expression; none means always.
    pub condition: Option<Text>,
    /// The expression.
    pub value: Text,
}

/// `TimeDerivative`: the rate of change of a state variable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeDerivative {
    /// The state variable.
    pub variable: Text,
    /// An expression with the variable's dimension per time.
    pub value: Text,
}

/// One thing done by a handler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// `StateAssignment`: a state variable gets the value of an expression.
    StateAssignment {
        /// The state variable.
        variable: Text,
        /// The expression.
        value: Text,
    },
    /// `EventOut`: an event leaves.
    EventOut {
        /// The port it leaves through.
        port: Text,
    },
    /// `Transition`: another regime becomes active.
    Transition {
        /// That regime.
        regime: Text,
    },
}

/// `OnStart`: what is done before the first step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnStart {
    /// In the order done; may be empty.
    pub actions: List<Action>,
}

/// `OnEntry`: what is done when a regime becomes active, at the start as well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnEntry {
    /// In the order done; may be empty.
    pub actions: List<Action>,
}

/// `OnEvent`: what is done when an event comes in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnEvent {
    /// The port it comes in through.
    pub port: Text,
    /// In the order done; may be empty, which means that events are taken and nothing happens.
    pub actions: List<Action>,
}

/// `OnCondition`: what is done at every step at which a condition holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnCondition {
    /// A boolean expression.
    pub test: Text,
    /// In the order done; may be empty.
    pub actions: List<Action>,
}

/// `Regime`: a mode with equations of its own, such as the refractory period of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regime {
    /// Its name.
    pub name: Text,
    /// Whether it is the one active at the start.
    pub initial: bool,
    /// State variables of the regime alone.
    pub state_variables: List<StateVariable>,
    /// Derived variables of the regime alone.
    pub derived_variables: List<DerivedVariable>,
    /// Rates of change while it is active.
    pub time_derivatives: List<TimeDerivative>,
    /// What is done before the first step.
    pub on_start: List<OnStart>,
    /// What is done when it becomes active.
    pub on_entry: List<OnEntry>,
    /// What is done when an event comes in while it is active.
    pub on_event: List<OnEvent>,
    /// What is done when a condition holds while it is active.
    pub on_condition: List<OnCondition>,
    /// What it stands for.
    pub description: Str,
}

impl Regime {
    /// A regime without anything, for filling in.
    pub const EMPTY: Self = Self {
        name: Text::EMPTY,
        initial: false,
        state_variables: List::Borrowed(&[]),
        derived_variables: List::Borrowed(&[]),
        time_derivatives: List::Borrowed(&[]),
        on_start: List::Borrowed(&[]),
        on_entry: List::Borrowed(&[]),
        on_event: List::Borrowed(&[]),
        on_condition: List::Borrowed(&[]),
        description: Str::Borrowed(""),
    };
}

/// `KineticScheme`: a Markov process over child components.
///
/// Occupancies flow along the edges; they sum to one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KineticScheme {
    /// Its name.
    pub name: Text,
    /// The children that are the states.
    pub nodes: Text,
    /// The state variable of a node that holds its occupancy.
    pub state_variable: Text,
    /// The children that are the transitions.
    pub edges: Text,
    /// The link of an edge to the state it leaves.
    pub edge_source: Text,
    /// The link of an edge to the state it leads to.
    pub edge_target: Text,
    /// The exposure of an edge that is its rate.
    pub forward_rate: Text,
    /// The exposure of an edge that is the rate of the way back.
    pub reverse_rate: Text,
    /// The quantity the rates depend on, for a simulator that wants to tabulate them.
    pub dependency: Option<Text>,
    /// The step of that table.
    pub step: Option<Text>,
    /// What it stands for.
    pub description: Str,
}
