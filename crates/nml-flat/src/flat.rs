//! What a flattened model is made of.

use std::sync::Arc;

use nml_base::Span;
use nml_expr::Expr;
use nml_model::ComponentRef;

use crate::merge::Merged;
use crate::populations::Population;
use crate::random::Numbers;
use crate::shape::Shape;
use crate::table::{InnerWire, Sites, WireTable};
use crate::tree::Tree;

/// Names one [`Kind`] of a [`Flat`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct KindId(pub u32);

/// Names one [`Node`] of a [`Kind`]; the root is 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(pub u32);

/// Names one [`Quantity`] of a [`Kind`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct QuantityId(pub u32);

/// Names one [`Exposure`] of a [`Kind`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ExposureId(pub u32);

impl KindId {
    /// The place in [`Flat::kinds`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl NodeId {
    /// The root of a kind.
    pub const ROOT: Self = Self(0);

    /// The place in [`Kind::nodes`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl QuantityId {
    /// The place in [`Kind::quantities`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl ExposureId {
    /// The place in [`Kind::exposures`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A model as equations over instances.
#[derive(Clone, Debug, Default)]
pub struct Flat {
    /// The kinds; the first is that of the component simulated, with one instance.
    pub kinds: Vec<Kind>,
    /// Wires for events between instances of kinds, in the order they were laid.
    pub wires: Vec<WireTable>,
    /// Synapses that are not simulated one by one, by component.
    pub merged: Vec<Merged>,
    /// Cells of several compartments.
    pub trees: Vec<Tree>,
}

impl Flat {
    /// A kind.
    ///
    /// # Panics
    /// With the id of another model; so for all accessors here.
    pub fn kind(&self, id: KindId) -> &Kind {
        &self.kinds[id.index()]
    }

    /// The ids of all kinds.
    pub fn kind_ids(&self) -> impl ExactSizeIterator<Item = KindId> + use<> {
        (0..u32::try_from(self.kinds.len()).unwrap_or(u32::MAX)).map(KindId)
    }

    /// The instances and nodes around an instance: its own kind first, the root last.
    pub fn homes(&self, kind: KindId, instance: u32) -> Vec<(KindId, u32)> {
        let mut chain = vec![(kind, instance)];
        let (mut kind, mut instance) = (kind, instance);
        while let Some(home) = self.kind(kind).home {
            instance = self.kind(kind).parents[instance as usize];
            kind = home.kind;
            chain.push((kind, instance));
        }
        chain
    }
}

/// Where the instances of a kind live: in a list of a node of another kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Home {
    /// That kind.
    pub kind: KindId,
    /// That node.
    pub node: NodeId,
    /// That list, as an index into [`Node::lists`].
    pub list: u32,
}

/// Instances with the same equations and the same surroundings.
#[derive(Clone, Debug)]
pub struct Kind {
    /// The identifier of the component, or its type where it has none.
    pub name: String,
    /// The component all instances are made from.
    pub component: ComponentRef,
    /// Where that component stands.
    pub span: Span,
    /// Where the instances live; `None` for the component simulated.
    pub home: Option<Home>,
    /// Of cells of several populations of one network, which live in nodes of the same instance: the populations, in
    /// the order of their instances.  [`Kind::home`] is the first.
    pub populations: Vec<Population>,
    /// For each instance the instance of the home it lives in; one 0 for the component simulated.
    pub parents: Vec<u32>,
    /// The identifiers by which paths name the instances, where they are not counted (`pop/3/cell`).
    pub labels: Option<Vec<u32>>,
    /// Where in the network the instances stand, as x, y, z in µm; NaN where one says nothing of it.  Empty
    /// where the instances are counted.
    pub positions_um: Vec<[f64; 3]>,
    /// The components inside one instance, each after the one around it.
    pub nodes: Vec<Node>,
    /// The quantities of all nodes, those of one node together.
    pub quantities: Vec<Quantity>,
    /// What nodes show to others.
    pub exposures: Vec<Exposure>,
    /// Wires for events within one instance, in the order they were laid.
    pub wires: Vec<InnerWire>,
    /// Other instances seen by name, one per instance.
    pub peers: Vec<Peers>,
    /// Of a cell with a morphology: its shape, under [`crate::Shapes::Keep`].
    pub shape: Option<Arc<Shape>>,
    /// Of what is attached to cells: where on the cell each instance sits.  Instances beyond the end sit at
    /// [`Site::default`].
    pub sites: Sites,
    /// Of what stands for several synapses of its component on one compartment: the property that differs between
    /// them.  Each event brings its value, see [`WireTable::weights`].
    pub weight: Option<QuantityId>,
    /// Of compartments: the tree they are of, an index into [`Flat::trees`].
    pub tree: Option<u32>,
    /// Where it draws random numbers: what tells its instances apart.
    pub numbers: Option<Numbers>,
}

impl Kind {
    /// The number of instances.
    pub fn count(&self) -> u32 {
        u32::try_from(self.parents.len()).unwrap_or(u32::MAX)
    }

    /// A node.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The ids of all nodes.
    pub fn node_ids(&self) -> impl ExactSizeIterator<Item = NodeId> + use<> {
        (0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)).map(NodeId)
    }

    /// A quantity.
    pub fn quantity(&self, id: QuantityId) -> &Quantity {
        &self.quantities[id.index()]
    }

    /// The path of a node from the root of the kind, for messages.
    pub fn path(&self, node: NodeId) -> String {
        let mut parts = vec![self.name.as_str()];
        let mut at = Some(node);
        let mut inner = Vec::new();
        while let Some(node) = at {
            let node = self.node(node);
            if node.parent.is_some() {
                inner.push(node.name.as_str());
            }
            at = node.parent;
        }
        parts.extend(inner.into_iter().rev());
        parts.join("/")
    }
}

/// For each instance of a kind one instance of another, known under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peers {
    /// The name, `peer`.
    pub name: String,
    /// The kind of the others.
    pub kind: KindId,
    /// Which one, for each instance.
    pub instances: Vec<u32>,
}

/// One component inside an instance.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its identifier; the name of the place it fills where it has none.
    pub name: String,
    /// The name of the place it fills; empty for a root.
    pub slot: String,
    /// The component.
    pub component: ComponentRef,
    /// The name of its type.
    pub ty: String,
    /// The names of the types that its type extends, nearest first.
    pub bases: Vec<String>,
    /// The attributes written that are no numbers: `species`, `segmentGroup` ….
    pub texts: Vec<(String, String)>,
    /// The node around it.
    pub parent: Option<NodeId>,
    /// Single children, in the order they advance.
    pub singles: Vec<NodeId>,
    /// Lists of children and attachments, in the order they advance.
    pub lists: Vec<List>,
    /// Ports for incoming events.
    pub ports_in: Vec<String>,
    /// Ports for outgoing events.
    pub ports_out: Vec<String>,
    /// How it behaves.
    pub dynamics: Dynamics,
}

impl Node {
    /// Whether its type is, or extends, one of that name.
    pub fn is_a(&self, ty: &str) -> bool {
        self.ty == ty || self.bases.iter().any(|base| base == ty)
    }

    /// What an attribute that is no number says.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    /// All children of the same instance, in the order they advance.
    pub fn children(&self) -> impl Iterator<Item = NodeId> {
        let listed = self.lists.iter().flat_map(|list| list.members.iter().copied());
        self.singles.iter().copied().chain(listed)
    }
}

/// A named list of a node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Its name; empty for what is built without one.
    pub name: String,
    /// Members that are part of every instance.
    pub members: Vec<NodeId>,
    /// Kinds of members of which each instance has its own number.
    pub kinds: Vec<KindId>,
}

/// A quantity of a node.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The node.
    pub node: NodeId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// The name of its dimension, where one is declared.
    pub dimension: Option<String>,
    /// Where it is declared; `None` in the standard.
    pub span: Option<Span>,
}

/// What a quantity is.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    /// The same number for all instances: parameters, constants, derived parameters.
    Parameter(f64),
    /// A number per instance: properties and running numbers.
    Property(Vec<f64>),
    /// Changes by rates and assignments; 0 before the start.
    State,
    /// Is computed at every step.
    Derived,
    /// Is copied from the surroundings at every step.
    Requirement,
    /// Is brought together from children or attachments at every step.
    Selected,
}

/// What a node shows under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposure {
    /// The node.
    pub node: NodeId,
    /// The name.
    pub name: String,
    /// The quantity shown; 0 is shown where there is none.
    pub quantity: Option<QuantityId>,
}

/// An expression with its variables resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// The expression, with the author's names.
    pub expr: Expr,
    /// What each of its symbols means, in the order of [`Expr::symbols`].
    pub operands: Vec<Operand>,
    /// The text in the source; `None` in the standard.
    pub span: Option<Span>,
}

/// What a symbol of a [`Formula`] means.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Operand {
    /// Simulated time in seconds.
    Time,
    /// A quantity of the same kind.
    Quantity(QuantityId),
    /// A constant of a file.
    Constant(f64),
}

/// What others see under a name of a node.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Seen {
    /// What the node exposes.
    Exposure(ExposureId),
    /// A quantity that is not exposed.
    Quantity(QuantityId),
    /// Simulated time.
    Time,
}

/// One step from an instance to another.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Hop {
    /// To the instance it lives in.
    Parent,
    /// To a peer, as an index into [`Kind::peers`].
    Peer(u32),
}

/// A quantity somewhere, seen from an instance.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct View {
    /// The way there; empty within the instance.
    pub hops: Vec<Hop>,
    /// The kind at the end of the way.
    pub kind: KindId,
    /// What is seen there.
    pub seen: Seen,
}

/// How a selected quantity comes about.
#[derive(Clone, PartialEq, Debug)]
pub enum Selection {
    /// It is one other quantity.
    One(View),
    /// It is a sum or product.
    Reduce {
        /// Sum or product; 0 or 1 of nothing.
        op: nml_lems::Reduce,
        /// Terms within the instance.
        inside: Vec<Seen>,
        /// Kinds of members living in the instance, each with what is taken of it.
        members: Vec<(KindId, Seen)>,
    },
}

/// How a node behaves.  Lists are in the order written, inherited parts first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dynamics {
    /// Whether the node and all inside it are to be solved as one system.
    pub simultaneous: bool,
    /// What is copied from the surroundings.
    pub requirements: Vec<(QuantityId, View)>,
    /// What is brought together from elsewhere.
    pub selected: Vec<(QuantityId, Selection)>,
    /// What is computed, unconditional ones first.
    pub derived: Vec<(QuantityId, Value)>,
    /// Rates of change, per second.
    pub rates: Vec<(QuantityId, Formula)>,
    /// What is done before the first step.
    pub on_start: Vec<Vec<Action>>,
    /// What is done at each step at which a condition holds.
    pub on_condition: Vec<(Formula, Vec<Action>)>,
    /// What is done when an event comes in through a port (index into [`Node::ports_in`]).
    pub on_event: Vec<(u32, Vec<Action>)>,
    /// Modes.
    pub regimes: Vec<Regime>,
    /// Markov schemes.
    pub schemes: Vec<Scheme>,
}

/// How a derived quantity is computed.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// By a formula.
    Formula(Formula),
    /// By the first case whose condition holds; a case without one always does; 0 where none does.
    Cases(Vec<(Option<Formula>, Formula)>),
}

/// One thing done by a handler.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A quantity gets a value.
    Assign(QuantityId, Formula),
    /// An event leaves through a port, an index into [`Node::ports_out`].
    Send(u32),
    /// Another regime becomes active, an index into [`Dynamics::regimes`].
    Enter(u32),
}

/// A mode of a node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Regime {
    /// Its name.
    pub name: String,
    /// Whether it is active at the start.
    pub initial: bool,
    /// What is computed while it is active.
    pub derived: Vec<(QuantityId, Value)>,
    /// Rates of change while it is active.
    pub rates: Vec<(QuantityId, Formula)>,
    /// What is done when it becomes active.
    pub on_entry: Vec<Vec<Action>>,
    /// What is done at each step at which a condition holds while it is active.
    pub on_condition: Vec<(Formula, Vec<Action>)>,
    /// What is done when an event comes in while it is active.
    pub on_event: Vec<(u32, Vec<Action>)>,
}

/// A Markov process over child nodes; occupancies sum to 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scheme {
    /// Its name.
    pub name: String,
    /// The occupancy of each state.
    pub states: Vec<QuantityId>,
    /// The nodes of the states.
    pub state_nodes: Vec<NodeId>,
    /// The transitions.
    pub edges: Vec<Edge>,
}

/// A transition of a [`Scheme`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The node of the transition.
    pub node: NodeId,
    /// Index of the state it leaves.
    pub source: u32,
    /// Index of the state it leads to.
    pub target: u32,
    /// Its rate, per second.
    pub forward: Seen,
    /// The rate of the way back, per second.
    pub reverse: Seen,
}
