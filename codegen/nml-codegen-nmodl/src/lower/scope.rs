//! What a name means inside a mechanism.

use std::cell::RefCell;

use nml_base::Span;
use nml_flat::{
    Flat, Formula, Hop, Kind, KindId, NodeId, Operand, QuantityId, Role, Seen, Selection, View,
};
use nml_model::Model;
use nml_units::Dimension;
use rustc_hash::{FxHashMap, FxHashSet};

use super::constant;
use crate::units::Units;

/// How deep names may refer to names; a model that goes deeper is refused.
pub(super) const DEEPEST: usize = 400;

/// A part that cannot be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What, to follow "NEURON cannot express".
    pub what: String,
}

/// A cell as mechanisms see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellKind {
    /// Whether it has sections.
    pub shaped: bool,
    /// The state that is the potential of its membrane, where it has one.
    pub v: Option<QuantityId>,
}

/// All that mechanisms share.
#[derive(Debug)]
pub struct World<'a> {
    /// The model.
    pub model: &'a Model,
    /// The model as equations.
    pub flat: &'a Flat,
    /// The kinds that are cells.
    pub cells: FxHashMap<KindId, CellKind>,
    /// Densities, which differ between compartments.
    pub varying: FxHashSet<(KindId, QuantityId)>,
    /// Properties that differ between kinds of one component, with a value.
    pub differing: FxHashMap<(KindId, QuantityId), f64>,
    /// Whether thresholds are to be found to the tolerance of variable steps, which takes more text.
    pub sharp: bool,
    /// What is known about numbers that never change.
    pub constants: RefCell<FxHashMap<(KindId, QuantityId), Option<f64>>>,
}

/// What is seen of another cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Peer {
    /// The way to it.
    pub hops: Vec<Hop>,
    /// What stands there.
    pub kind: KindId,
}

/// What stands outside of a mechanism.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Outer {
    /// The potential of the membrane.
    V,
    /// A concentration inside.
    Inside(&'static str),
    /// A concentration outside.
    Outside(&'static str),
    /// The current of an ion into the compartment.
    IonCurrent(&'static str),
    /// The area of the compartment.
    Area,
    /// The potential of another cell.
    Peer(Peer),
    /// A number that differs between the instances around.
    Given(Vec<Hop>, KindId, QuantityId),
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Symbol {
    /// A quantity of the mechanism.
    Own(QuantityId),
    /// A number in SI.
    Number(f64, Dimension),
    /// Simulated time.
    Time,
    /// Something outside.
    Outer(Outer),
}

/// The part of a kind that becomes one mechanism.
#[derive(Debug)]
pub struct Scope<'a> {
    /// What mechanisms share.
    pub world: &'a World<'a>,
    /// The kind.
    pub id: KindId,
    /// The same.
    pub kind: &'a Kind,
    /// Where the part begins.
    pub root: NodeId,
    /// The units of its numbers.
    pub units: Units,
    /// By node: whether it is part.
    inside: Vec<bool>,
    /// The state that the simulator itself holds.
    pub v: Option<QuantityId>,
}

impl<'a> Scope<'a> {
    /// The part of a kind that begins at a node.
    pub fn new(world: &'a World<'a>, id: KindId, root: NodeId, units: Units) -> Self {
        let kind = world.flat.kind(id);
        let mut inside = vec![false; kind.nodes.len()];
        // Each node comes after the one around it.
        for (at, node) in kind.nodes.iter().enumerate() {
            inside[at] = at == root.index() || node.parent.is_some_and(|p| inside[p.index()]);
        }
        let cell = world.cells.get(&id).filter(|_| root == NodeId::ROOT);
        let v = cell.and_then(|cell| cell.v);
        Self { world, id, kind, root, units, inside, v }
    }

    /// The nodes that are part, outermost first.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> {
        self.kind.node_ids().filter(|node| self.inside[node.index()])
    }

    /// Whether a node is part.
    pub fn has(&self, node: NodeId) -> bool {
        self.inside[node.index()]
    }

    /// The dimension of a quantity: as declared, else as its equation has it.
    pub fn dimension(&self, kind: &Kind, q: QuantityId) -> Dimension {
        self.dimension_at(kind, q, 0)
    }

    fn dimension_at(&self, kind: &Kind, q: QuantityId, depth: usize) -> Dimension {
        /// How deep equations are followed for it.
        const DEEP: usize = 12;
        let quantity = kind.quantity(q);
        if let Some(name) = quantity.dimension.as_deref() {
            return self.world.model.units().dimension(name).unwrap_or(Dimension::NONE);
        }
        let derived = &kind.node(quantity.node).dynamics.derived;
        let value = derived.iter().find(|(known, _)| *known == q).map(|(_, value)| value);
        let formula = match value {
            Some(nml_flat::Value::Formula(formula)) => Some(formula),
            Some(nml_flat::Value::Cases(cases)) => cases.first().map(|(_, formula)| formula),
            None => None,
        };
        let Some(formula) = formula.filter(|_| depth < DEEP) else { return Dimension::NONE };
        let inference = formula.expr.infer(|name| {
            let mut names = formula.expr.symbols().zip(&formula.operands);
            let operand = names.find(|(known, _)| *known == name).map(|(_, operand)| operand)?;
            Some(match operand {
                Operand::Time => Dimension::TIME,
                Operand::Constant(_) => Dimension::NONE,
                Operand::Quantity(q) => self.dimension_at(kind, *q, depth + 1),
            })
        });
        inference.result().dimension().unwrap_or(Dimension::NONE)
    }

    /// Ten to this power in SI is the unit of a quantity here.
    pub fn power(&self, q: QuantityId) -> i32 {
        self.units.power(self.dimension(self.kind, q))
    }

    /// A problem with a node.
    pub fn problem(&self, node: NodeId, what: impl Into<String>) -> Problem {
        let component = self.kind.node(node).component;
        let span = self.world.model.component(component).id_span();
        Problem { span, what: what.into() }
    }

    /// A problem with a quantity: where it is declared, else with its node.
    pub fn problem_of(&self, q: QuantityId, what: impl Into<String>) -> Problem {
        let quantity = self.kind.quantity(q);
        let at_node = self.problem(quantity.node, what);
        Problem { span: quantity.span.unwrap_or(at_node.span), ..at_node }
    }

    /// What a symbol of a formula stands for.
    pub fn operand(&self, operand: Operand) -> Result<Symbol, Problem> {
        match operand {
            Operand::Time => Ok(Symbol::Time),
            // Constants of files carry no dimension here; plain numbers are the common case.
            Operand::Constant(x) => Ok(Symbol::Number(x, Dimension::NONE)),
            Operand::Quantity(q) => self.quantity(q),
        }
    }

    /// The symbols of a formula, in order.
    pub fn symbols(&self, formula: &Formula) -> Result<Vec<Symbol>, Problem> {
        let found = formula.operands.iter().map(|&operand| self.operand(operand));
        let found: Result<Vec<Symbol>, Problem> = found.collect();
        found.map_err(|p| Problem { span: formula.span.unwrap_or(p.span), ..p })
    }

    /// What is seen at a node of the same kind.
    pub fn seen(&self, seen: Seen) -> Result<Symbol, Problem> {
        match seen {
            Seen::Time => Ok(Symbol::Time),
            Seen::Quantity(q) => self.quantity(q),
            Seen::Exposure(e) => match self.kind.exposures[e.index()].quantity {
                Some(q) => self.quantity(q),
                None => Ok(Symbol::Number(0.0, Dimension::NONE)),
            },
        }
    }

    /// What a quantity of the same kind stands for.
    pub fn quantity(&self, q: QuantityId) -> Result<Symbol, Problem> {
        let mut at = q;
        for _ in 0..DEEPEST {
            let quantity = self.kind.quantity(at);
            if !self.has(quantity.node) {
                return self.outside(&[], self.id, at, q);
            }
            let shaped = self.root == NodeId::ROOT
                && quantity.node == NodeId::ROOT
                && self.world.cells.get(&self.id).is_some_and(|cell| cell.shaped);
            if let Some(outer) = shaped.then(|| of_shaped_cell(&quantity.name)).flatten() {
                return self.of_compartment(self.kind, outer, q);
            }
            let folded = |at: QuantityId| {
                constant::of(self.world, self.id, at)
                    .map(|x| Symbol::Number(x, self.dimension(self.kind, at)))
            };
            match quantity.role {
                Role::State if self.v == Some(at) => return Ok(Symbol::Outer(Outer::V)),
                Role::Parameter(_) | Role::Property(_) | Role::State => {
                    return Ok(Symbol::Own(at));
                }
                Role::Derived => return Ok(folded(at).unwrap_or(Symbol::Own(at))),
                Role::Requirement | Role::Selected => {}
            }
            match way(self.kind, at) {
                Some(Way::Reduce) => match (folded(at), self.only_term(at)) {
                    (Some(symbol), _) => return Ok(symbol),
                    (None, Some(next)) => at = next,
                    (None, None) => return Ok(Symbol::Own(at)),
                },
                Some(Way::View(view)) if view.hops.is_empty() && view.kind == self.id => {
                    match quantity_of(self.kind, view.seen) {
                        Shown::Quantity(next) => at = next,
                        Shown::Time => return Ok(Symbol::Time),
                        Shown::Nothing => return Ok(Symbol::Number(0.0, Dimension::NONE)),
                    }
                }
                Some(Way::View(view)) => {
                    return match quantity_of(self.world.flat.kind(view.kind), view.seen) {
                        Shown::Quantity(next) => self.outside(&view.hops, view.kind, next, q),
                        Shown::Time => Ok(Symbol::Time),
                        Shown::Nothing => Ok(Symbol::Number(0.0, Dimension::NONE)),
                    };
                }
                None => break,
            }
        }
        Err(self.problem_of(q, format!("`{}`, which leads nowhere", self.kind.quantity(q).name)))
    }

    /// The only term of a sum or factor of a product that counts, where there is one.
    fn only_term(&self, q: QuantityId) -> Option<QuantityId> {
        let dynamics = &self.kind.node(self.kind.quantity(q).node).dynamics;
        let (_, selection) = dynamics.selected.iter().find(|(known, _)| *known == q)?;
        let Selection::Reduce { op, inside, members } = selection else { return None };
        if members.iter().any(|(kind, _)| self.world.flat.kind(*kind).count() > 0) {
            return None;
        }
        let neutral = match op {
            nml_flat::Reduce::Add => 0.0,
            nml_flat::Reduce::Multiply => 1.0,
        };
        let mut terms = Vec::new();
        for &seen in inside {
            match quantity_of(self.kind, seen) {
                Shown::Quantity(q) if constant::of(self.world, self.id, q) == Some(neutral) => {}
                Shown::Quantity(q) => terms.push(q),
                Shown::Nothing if neutral == 0.0 => {}
                Shown::Nothing | Shown::Time => return None,
            }
        }
        match *terms {
            [only] => Some(only),
            _ => None,
        }
    }

    /// What a quantity outside of the mechanism stands for; `asked` is the one that led there.
    fn outside(
        &self,
        hops: &[Hop],
        kind: KindId,
        q: QuantityId,
        asked: QuantityId,
    ) -> Result<Symbol, Problem> {
        let (mut hops, mut id, mut at) = (hops.to_vec(), kind, q);
        for _ in 0..DEEPEST {
            let kind = self.world.flat.kind(id);
            let quantity = kind.quantity(at);
            let around = hops.iter().all(|hop| matches!(hop, Hop::Parent));
            if quantity.node == NodeId::ROOT
                && let Some(cell) = self.world.cells.get(&id)
            {
                if cell.v == Some(at) {
                    let peer = Outer::Peer(Peer { hops: hops.clone(), kind: id });
                    return Ok(Symbol::Outer(if around { Outer::V } else { peer }));
                }
                let known = around && cell.shaped;
                if let Some(outer) = known.then(|| of_shaped_cell(&quantity.name)).flatten() {
                    return self.of_compartment(kind, outer, asked);
                }
            }
            let dimension = self.dimension(kind, at);
            if let Some(x) = constant::of(self.world, id, at) {
                return Ok(Symbol::Number(x, dimension));
            }
            if matches!(quantity.role, Role::Property(_)) && around {
                return Ok(Symbol::Outer(Outer::Given(hops, id, at)));
            }
            let Some(Way::View(view)) = way(kind, at) else { break };
            match quantity_of(self.world.flat.kind(view.kind), view.seen) {
                Shown::Quantity(next) => {
                    hops.extend(view.hops.iter().copied());
                    (id, at) = (view.kind, next);
                }
                Shown::Time => return Ok(Symbol::Time),
                Shown::Nothing => return Ok(Symbol::Number(0.0, Dimension::NONE)),
            }
        }
        let kind = self.world.flat.kind(id);
        let (name, whose) = (&kind.quantity(at).name, kind.path(kind.quantity(at).node));
        let what = format!("a reference from one mechanism to `{name}` of `{whose}`");
        Err(self.problem_of(asked, what))
    }
}

impl Scope<'_> {
    /// What a compartment has, where the cell has a species of that ion; without one a concentration is 0.
    /// Outside nothing changes.
    fn of_compartment(
        &self,
        cell: &Kind,
        outer: Outer,
        asked: QuantityId,
    ) -> Result<Symbol, Problem> {
        let (Outer::Inside(ion) | Outer::Outside(ion)) = outer else {
            return Ok(Symbol::Outer(outer));
        };
        let is_species = |node: &nml_flat::Node| {
            node.is_a("species") && node.text("ion").or(node.text("id")) == Some(ion)
        };
        let species: Vec<NodeId> =
            cell.node_ids().filter(|id| is_species(cell.node(*id))).collect();
        if species.is_empty() {
            return Ok(Symbol::Number(0.0, Dimension::CONCENTRATION));
        }
        if matches!(outer, Outer::Inside(_)) {
            return Ok(Symbol::Outer(outer));
        }
        let value = |node: &NodeId| {
            cell.quantities.iter().find_map(|q| match q.role {
                Role::Parameter(x) if q.node == *node && q.name == "initialExtConcentration" => {
                    Some(x)
                }
                _ => None,
            })
        };
        let all: Vec<Option<f64>> = species.iter().map(value).collect();
        match all.first() {
            Some(&Some(first)) if all.iter().all(|x| *x == Some(first)) => {
                Ok(Symbol::Number(first, Dimension::CONCENTRATION))
            }
            _ => {
                let what = format!("several concentrations of `{ion}` outside of one cell");
                Err(self.problem_of(asked, what))
            }
        }
    }
}

/// What the simulator knows about a compartment, by the names of the standard.
pub fn of_shaped_cell(name: &str) -> Option<Outer> {
    Some(match name {
        "caConc" => Outer::Inside("ca"),
        "caConcExt" => Outer::Outside("ca"),
        "iCa" => Outer::IonCurrent("ca"),
        "caConc2" => Outer::Inside("ca2"),
        "caConcExt2" => Outer::Outside("ca2"),
        "iCa2" => Outer::IonCurrent("ca2"),
        "surfaceArea" => Outer::Area,
        _ => return None,
    })
}

/// How a required or selected quantity comes about.
pub(super) enum Way<'a> {
    View(&'a View),
    Reduce,
}

pub(super) fn way(kind: &Kind, q: QuantityId) -> Option<Way<'_>> {
    let dynamics = &kind.node(kind.quantity(q).node).dynamics;
    if let Some((_, view)) = dynamics.requirements.iter().find(|(known, _)| *known == q) {
        return Some(Way::View(view));
    }
    let (_, selection) = dynamics.selected.iter().find(|(known, _)| *known == q)?;
    Some(match selection {
        Selection::One(view) => Way::View(view),
        Selection::Reduce { .. } => Way::Reduce,
    })
}

/// What is behind something seen.
pub(super) enum Shown {
    Quantity(QuantityId),
    Time,
    Nothing,
}

pub(super) fn quantity_of(kind: &Kind, seen: Seen) -> Shown {
    match seen {
        Seen::Time => Shown::Time,
        Seen::Quantity(q) => Shown::Quantity(q),
        Seen::Exposure(e) => match kind.exposures[e.index()].quantity {
            Some(q) => Shown::Quantity(q),
            None => Shown::Nothing,
        },
    }
}
