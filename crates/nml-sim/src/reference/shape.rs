//! Where everything of a kind lies.

use nml_flat::{Action, Flat, Formula, Kind, KindId, NodeId, QuantityId, Role, Seen};
use nml_kernel::{Column, ColumnRole, ProgramBuilder, Uniform};

use crate::engine::flow::{Definition, Flow};
use crate::engine::values::inside_out;

/// Where a number lies.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Place {
    /// It is always the same.
    Constant(f64),
    /// In a column of its kind.
    Column(Column),
    /// It is simulated time.
    Time,
}

/// A condition that acts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Test<'f> {
    pub(super) node: NodeId,
    /// The regime in which it acts; everywhere if none.
    pub(super) regime: Option<usize>,
    pub(super) formula: &'f Formula,
    pub(super) actions: &'f [Action],
    /// Whether it does nothing but assign.
    pub(super) quiet: bool,
    /// 1 while it holds.
    pub(super) truth: Column,
}

/// A number that is constant between two discontinuities: a comparison, or the outcome of `ceil`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    /// What it counts as.
    pub(super) frozen: Column,
    /// What it would be now.
    pub(super) live: Column,
    /// The difference of both sides, where it depends on time alone.
    pub(super) gap: Option<Column>,
}

/// The columns of a kind.
#[derive(Debug)]
pub(super) struct Shape<'f> {
    pub(super) t: Uniform,
    /// By quantity: its value.
    pub(super) places: Vec<Place>,
    /// By quantity: what a state remembers whose value conditions may dictate.
    pub(super) memory: Vec<Option<Column>>,
    /// By quantity: what its members add up to.
    pub(super) fed: Vec<Option<Column>>,
    /// By quantity: its rate of change.
    pub(super) rates: Vec<Option<Column>>,
    /// By quantity: 1 while it rests where a condition has set it.
    pub(super) pins: Vec<Option<Column>>,
    /// By quantity that can rest: 1 while it would fall.
    pub(super) falls: Vec<Option<Column>>,
    /// By node: the active regime.
    pub(super) regimes: Vec<Option<Column>>,
    /// Conditions, children's before those of the node around them.
    pub(super) tests: Vec<Test<'f>>,
    pub(super) atoms: Vec<Atom>,
}

/// What a condition assigns.
pub(super) fn assigned(actions: &[Action]) -> impl Iterator<Item = QuantityId> {
    actions.iter().filter_map(|action| match action {
        Action::Assign(quantity, _) => Some(*quantity),
        Action::Send(_) | Action::Enter(_) => None,
    })
}

/// Whether a quantity changes by a rate or a Markov scheme.
pub(super) fn moving(kind: &Kind) -> Vec<bool> {
    let mut moving = vec![false; kind.quantities.len()];
    for node in &kind.nodes {
        let dynamics = &node.dynamics;
        let regimes = dynamics.regimes.iter().flat_map(|regime| &regime.rates);
        for (quantity, _) in dynamics.rates.iter().chain(regimes) {
            moving[quantity.index()] = true;
        }
        for state in dynamics.schemes.iter().flat_map(|scheme| &scheme.states) {
            moving[state.index()] = true;
        }
    }
    moving
}

impl<'f> Shape<'f> {
    /// Gives everything in a kind a column.
    pub(super) fn new(flow: &Flow<'f>, id: KindId, program: &mut ProgramBuilder) -> Self {
        let flat: &'f Flat = flow.flat;
        let kind = flat.kind(id);
        let t = program.uniform("t");
        let mut column = |node: NodeId, name: &str, role| {
            program.column(format!("{}.{name}", kind.path(node)), role)
        };
        let moving = moving(kind);
        let mut shape = Self {
            t,
            places: Vec::new(),
            memory: Vec::new(),
            fed: Vec::new(),
            rates: Vec::new(),
            pins: Vec::new(),
            falls: Vec::new(),
            regimes: Vec::new(),
            tests: Vec::new(),
            atoms: Vec::new(),
        };
        for (at, quantity) in (0..).map(QuantityId).zip(&kind.quantities) {
            let (node, name) = (quantity.node, quantity.name.as_str());
            let place = match quantity.role {
                Role::Parameter(value) => Place::Constant(value),
                Role::Property(_) => Place::Column(column(node, name, ColumnRole::Parameter)),
                _ => Place::Column(column(node, name, ColumnRole::State)),
            };
            shape.places.push(place);
            let definition = flow.definition((id, at));
            let held = matches!(definition, Definition::Held(_));
            let mut maybe = |there: bool, what: &str| {
                there.then(|| column(node, &format!("{name} ({what})"), ColumnRole::State))
            };
            shape.memory.push(maybe(held, "remembered"));
            let sum =
                matches!(definition, Definition::Reduce { members, .. } if !members.is_empty());
            shape.fed.push(maybe(sum, "of members"));
            shape.rates.push(maybe(moving[at.index()], "rate"));
        }
        let mut rests = vec![false; kind.quantities.len()];
        for node in inside_out(kind) {
            let dynamics = &kind.node(node).dynamics;
            let own = dynamics.on_condition.iter().map(|c| (None, c));
            let regimes = dynamics.regimes.iter().enumerate();
            let theirs =
                regimes.flat_map(|(at, r)| r.on_condition.iter().map(move |c| (Some(at), c)));
            for (regime, (formula, actions)) in own.chain(theirs) {
                let quiet = actions.iter().all(|action| matches!(action, Action::Assign(..)));
                let mut assigned = assigned(actions).peekable();
                let held = |q: QuantityId| matches!(flow.definition((id, q)), Definition::Held(_));
                if quiet && assigned.peek().is_some() {
                    let free: Vec<QuantityId> = assigned.filter(|&q| !held(q)).collect();
                    if free.is_empty() {
                        continue;
                    }
                    for q in free {
                        rests[q.index()] |= moving[q.index()];
                    }
                }
                let truth = column(node, "(condition)", ColumnRole::Output);
                shape.tests.push(Test { node, regime, formula, actions, quiet, truth });
            }
        }
        for (quantity, rests) in kind.quantities.iter().zip(rests) {
            let mut maybe = |what: &str| {
                let name = format!("{} ({what})", quantity.name);
                rests.then(|| column(quantity.node, &name, ColumnRole::State))
            };
            shape.pins.push(maybe("rests"));
            shape.falls.push(maybe("would fall"));
        }
        for node in kind.node_ids() {
            let any = !kind.node(node).dynamics.regimes.is_empty();
            shape.regimes.push(any.then(|| column(node, "(regime)", ColumnRole::State)));
        }
        shape
    }

    /// Where what is seen lies.
    pub(super) fn seen(&self, kind: &Kind, seen: Seen) -> Place {
        match seen {
            Seen::Exposure(id) => match kind.exposures[id.index()].quantity {
                Some(quantity) => self.places[quantity.index()],
                None => Place::Constant(0.0),
            },
            Seen::Quantity(id) => self.places[id.index()],
            Seen::Time => Place::Time,
        }
    }

    /// Where what assignments change lies.
    pub(super) fn state(&self, quantity: QuantityId) -> Place {
        match self.memory[quantity.index()] {
            Some(column) => Place::Column(column),
            None => self.places[quantity.index()],
        }
    }
}
