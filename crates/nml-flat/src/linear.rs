//! How values hang on states: the question behind merging synapses and adding up events.
//!
//! The answer is read off the equations, from the leaves up, and errs on the side of "otherwise".

use nml_expr::{BinaryOp, Function, Node};
use nml_lems::Reduce;

use crate::flat::{
    Action, Formula, Kind, NodeId, Operand, QuantityId, Role, Seen, Selection, Value,
};

/// How a value hangs on some variables.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Degree {
    /// It is 0 whatever they are.
    Zero,
    /// Not at all.
    Free,
    /// It is a sum of them with factors that do not hang on them.
    Linear,
    /// Otherwise.
    Other,
}

use Degree::{Free, Linear, Other, Zero};

impl Degree {
    /// Of a sum, a difference, or a choice between the two.
    fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Zero, x) | (x, Zero) => x,
            (Free, Free) => Free,
            (Linear, Linear) => Linear,
            _ => Other,
        }
    }

    fn times(self, other: Self) -> Self {
        match (self, other) {
            (Other, _) | (_, Other) | (Linear, Linear) => Other,
            (Zero, _) | (_, Zero) => Zero,
            (Free, x) | (x, Free) => x,
        }
    }

    /// Of what is made of it in any other way.
    fn free(self) -> Self {
        if self.is_free() { Free } else { Other }
    }

    /// Whether it does not hang on them.
    fn is_free(self) -> bool {
        matches!(self, Zero | Free)
    }

    /// Whether values of several states add up to the value of their sum.
    pub(crate) fn adds_up(self) -> bool {
        matches!(self, Zero | Linear)
    }
}

/// The degree of a formula.
fn degree(formula: &Formula, of: impl Fn(QuantityId) -> Degree) -> Degree {
    let all = formula.expr.map(|_, node, done: &[Degree]| match node {
        Node::Number(0.0) => Zero,
        Node::Number(_) => Free,
        Node::Variable(symbol) => match formula.operands.get(symbol.index()) {
            Some(Operand::Quantity(quantity)) => of(*quantity),
            Some(Operand::Time | Operand::Constant(_)) => Free,
            None => Other,
        },
        Node::Neg(a) => done[a.index()],
        Node::Binary(op, a, b) => {
            let (a, b) = (done[a.index()], done[b.index()]);
            match op {
                BinaryOp::Add | BinaryOp::Sub => a.plus(b),
                BinaryOp::Mul => a.times(b),
                BinaryOp::Div if b.is_free() => a,
                _ => a.free().times(b.free()),
            }
        }
        Node::Call(Function::Random, _) => Other,
        Node::Call(_, a) => done[a.index()].free(),
    });
    all.last().copied().unwrap_or(Other)
}

/// Whether a formula is a variable plus something without it.
fn adds_to(formula: &Formula, variable: QuantityId) -> bool {
    #[derive(Clone, Copy, PartialEq)]
    enum Use {
        No,
        Plus,
        Otherwise,
    }
    let all = formula.expr.map(|_, node, done: &[Use]| match node {
        Node::Variable(symbol)
            if formula.operands.get(symbol.index()) == Some(&Operand::Quantity(variable)) =>
        {
            Use::Plus
        }
        Node::Binary(BinaryOp::Add, a, b) => match (done[a.index()], done[b.index()]) {
            (Use::No, other) | (other, Use::No) => other,
            _ => Use::Otherwise,
        },
        Node::Binary(BinaryOp::Sub, a, b) if done[b.index()] == Use::No => done[a.index()],
        node if node.operands().all(|operand| done[operand.index()] == Use::No) => Use::No,
        _ => Use::Otherwise,
    });
    all.last() == Some(&Use::Plus)
}

/// The degrees of all quantities of a kind.
#[derive(Clone, Debug)]
pub(crate) struct Degrees(Vec<Degree>);

/// What a quantity is made of.
enum Made<'k> {
    Given,
    Selected(&'k Selection),
    /// One of these.
    Computed(Vec<&'k Value>),
    /// Of it nothing is known.
    Missing,
}

impl Degrees {
    /// `given` tells how quantities that are not computed hang on the variables in question.
    pub(crate) fn new(kind: &Kind, given: impl Fn(QuantityId) -> Degree) -> Self {
        let made = made(kind);
        let mut done: Vec<Option<Degree>> = vec![None; made.len()];
        let mut open_now = vec![false; made.len()];
        for start in 0..made.len() {
            let mut open = vec![(start, false)];
            while let Some((at, seen)) = open.pop() {
                if done[at].is_some() {
                    continue;
                }
                if !seen {
                    if std::mem::replace(&mut open_now[at], true) {
                        // It is made of itself.
                        done[at] = Some(Other);
                        continue;
                    }
                    open.push((at, true));
                    for_sources(kind, &made[at], |source| {
                        if done[source.index()].is_none() {
                            open.push((source.index(), false));
                        }
                    });
                    continue;
                }
                let of = |quantity: QuantityId| done[quantity.index()].unwrap_or(Other);
                let seen = |seen: Seen| match seen {
                    Seen::Exposure(exposure) => {
                        kind.exposures[exposure.index()].quantity.map_or(Zero, of)
                    }
                    Seen::Quantity(quantity) => of(quantity),
                    Seen::Time => Free,
                };
                done[at] = Some(match &made[at] {
                    Made::Given => given(QuantityId(u32::try_from(at).unwrap_or(u32::MAX))),
                    Made::Missing => Other,
                    Made::Selected(Selection::One(view)) if view.hops.is_empty() => seen(view.seen),
                    Made::Selected(Selection::One(_)) => Free,
                    Made::Selected(Selection::Reduce { op, inside, members }) => {
                        let outside = if members.is_empty() { None } else { Some(Free) };
                        let terms = inside.iter().map(|&term| seen(term)).chain(outside);
                        match op {
                            Reduce::Add => terms.fold(Zero, Degree::plus),
                            Reduce::Multiply => terms.fold(Free, Degree::times),
                        }
                    }
                    Made::Computed(values) => {
                        values.iter().fold(Zero, |all, value| all.plus(of_value(value, of)))
                    }
                });
            }
        }
        Self(done.into_iter().map(|degree| degree.unwrap_or(Other)).collect())
    }

    /// The degree of a formula over the same quantities.
    pub(crate) fn of_formula(&self, formula: &Formula) -> Degree {
        degree(formula, |quantity| self.of(quantity))
    }

    /// The degree of a quantity.
    pub(crate) fn of(&self, quantity: QuantityId) -> Degree {
        self.0[quantity.index()]
    }
}

fn of_value(value: &Value, of: impl Fn(QuantityId) -> Degree) -> Degree {
    match value {
        Value::Formula(formula) => degree(formula, of),
        Value::Cases(cases) => cases.iter().fold(Zero, |all, (test, value)| {
            let free = test.as_ref().is_none_or(|test| degree(test, &of).is_free());
            if free { all.plus(degree(value, &of)) } else { Other }
        }),
    }
}

fn made(kind: &Kind) -> Vec<Made<'_>> {
    let mut all: Vec<Made<'_>> = kind
        .quantities
        .iter()
        .map(|quantity| match quantity.role {
            Role::Parameter(_) | Role::Property(_) | Role::State | Role::Requirement => Made::Given,
            Role::Derived | Role::Selected => Made::Missing,
        })
        .collect();
    for node in &kind.nodes {
        for (quantity, selection) in &node.dynamics.selected {
            all[quantity.index()] = Made::Selected(selection);
        }
        let regimes = node.dynamics.regimes.iter().flat_map(|regime| &regime.derived);
        for (quantity, value) in node.dynamics.derived.iter().chain(regimes) {
            match &mut all[quantity.index()] {
                Made::Computed(values) => values.push(value),
                other => *other = Made::Computed(vec![value]),
            }
        }
    }
    all
}

fn for_sources(kind: &Kind, made: &Made<'_>, mut each: impl FnMut(QuantityId)) {
    let quantity = |seen: Seen| match seen {
        Seen::Exposure(exposure) => kind.exposures[exposure.index()].quantity,
        Seen::Quantity(quantity) => Some(quantity),
        Seen::Time => None,
    };
    match made {
        Made::Given | Made::Missing => {}
        Made::Selected(Selection::One(view)) => {
            if view.hops.is_empty() {
                quantity(view.seen).into_iter().for_each(each);
            }
        }
        Made::Selected(Selection::Reduce { inside, .. }) => {
            inside.iter().filter_map(|&seen| quantity(seen)).for_each(each);
        }
        Made::Computed(values) => {
            let mut formula = |formula: &Formula| {
                for operand in &formula.operands {
                    if let Operand::Quantity(quantity) = operand {
                        each(*quantity);
                    }
                }
            };
            for value in values {
                match value {
                    Value::Formula(made) => formula(made),
                    Value::Cases(cases) => {
                        for (test, value) in cases {
                            test.iter().for_each(&mut formula);
                            formula(value);
                        }
                    }
                }
            }
        }
    }
}

/// The handlers of a node for a port: its own, then those of its regimes.  Of several the last counts.
fn handlers(kind: &Kind, node: NodeId, port: u32) -> impl Iterator<Item = &[Action]> {
    let dynamics = &kind.node(node).dynamics;
    let last =
        move |all: &'_ [(u32, Vec<Action>)]| all.iter().rposition(|(known, _)| *known == port);
    let own = last(&dynamics.on_event).map(|at| &*dynamics.on_event[at].1);
    let regimes = dynamics.regimes.iter();
    own.into_iter()
        .chain(regimes.filter_map(move |r| last(&r.on_event).map(|at| &*r.on_event[at].1)))
}

impl Kind {
    /// Whether events that come in at these ports do nothing but add to states what does not hang on any of these
    /// states: then it does not matter in which order they come, and they may be counted and added at once.
    ///
    /// What leaves through `outlets` is looked at from elsewhere, so a handler that sends there is none of these.
    pub fn adds_up_events(&self, inlets: &[(NodeId, u32)], outlets: &[(NodeId, u32)]) -> bool {
        let all = || {
            inlets
                .iter()
                .flat_map(|&(node, port)| handlers(self, node, port).map(move |h| (node, h)))
        };
        let mut changed = vec![false; self.quantities.len()];
        for (_, actions) in all() {
            for action in actions {
                if let Action::Assign(quantity, _) = action {
                    changed[quantity.index()] = true;
                }
            }
        }
        let given = |quantity: QuantityId| if changed[quantity.index()] { Linear } else { Free };
        let degrees = Degrees::new(self, given);
        let weight = self.weight;
        let by_weight = weight.map(|weight| {
            Degrees::new(self, move |quantity| if quantity == weight { Linear } else { Free })
        });
        all().all(|(node, actions)| {
            actions.iter().all(|action| match action {
                Action::Assign(quantity, formula) => {
                    let others =
                        |other: QuantityId| other == *quantity || degrees.of(other).is_free();
                    let used = formula.operands.iter().all(|operand| match operand {
                        Operand::Quantity(other) => others(*other),
                        Operand::Time | Operand::Constant(_) => true,
                    });
                    let with_weight = by_weight.as_ref().is_none_or(|degrees| {
                        let of = |q: QuantityId| if q == *quantity { Zero } else { degrees.of(q) };
                        degree(formula, of).adds_up()
                    });
                    used && with_weight && !formula.expr.is_random() && adds_to(formula, *quantity)
                }
                Action::Send(port) => {
                    let from = (node, *port);
                    !outlets.contains(&from) && self.wires.iter().all(|wire| wire.from != from)
                }
                Action::Enter(_) => false,
            })
        })
    }
}
