//! One kind to smooth blocks, one per level.

use nml_expr::ExprId;
use nml_flat::{Flat, Formula, Kind, KindId, NodeId, Operand, QuantityId, Reduce, Role, Seen};
use nml_kernel::{Block, BlockBuilder, Column, CompareOp, ProgramBuilder, Value};

use super::freeze::{Change, freeze};
use super::shape::{Place, Shape, moving};
use crate::engine::flow::{Definition, Flow};
use crate::engine::formula::{Scope, Untranslatable, by_regime, formula};

/// A kind as blocks that are still to be pruned.
#[derive(Debug)]
pub(super) struct Compiled<'f> {
    pub(super) program: ProgramBuilder,
    pub(super) shape: Shape<'f>,
    /// By level.
    pub(super) blocks: Vec<Block>,
}

/// All quantities, each behind those it is made of.
pub(super) fn order(flow: &Flow<'_>) -> Vec<(KindId, QuantityId)> {
    let kinds = &flow.flat.kinds;
    let mut done: Vec<Vec<bool>> = kinds.iter().map(|k| vec![false; k.quantities.len()]).collect();
    let mut order = Vec::new();
    let mut open = Vec::new();
    for (id, kind) in flow.flat.kind_ids().zip(kinds) {
        for (at, _) in (0..).map(QuantityId).zip(&kind.quantities) {
            open.push(((id, at), false));
            while let Some((place, seen)) = open.pop() {
                let at: (usize, usize) = (place.0.index(), place.1.index());
                if done[at.0][at.1] {
                    continue;
                }
                if seen {
                    done[at.0][at.1] = true;
                    order.push(place);
                    continue;
                }
                open.push((place, true));
                flow.sources(place, |source, _| {
                    if !done[source.0.index()][source.1.index()] {
                        open.push((source, false));
                    }
                });
            }
        }
    }
    order
}

/// How every quantity changes between two events.
pub(super) fn changes(flow: &Flow<'_>, order: &[(KindId, QuantityId)]) -> Vec<Vec<Change>> {
    let flat: &Flat = flow.flat;
    let mut changes: Vec<Vec<Change>> = flat
        .kinds
        .iter()
        .map(|kind| {
            let moving = moving(kind);
            moving.iter().map(|&m| if m { Change::Moving } else { Change::Never }).collect()
        })
        .collect();
    for &place in order {
        let (k, q) = (place.0.index(), place.1.index());
        let mut change = changes[k][q];
        if reads_time(flow, place) {
            change = change.max(Change::Timed);
        }
        flow.sources(place, |source, _| {
            change = change.max(changes[source.0.index()][source.1.index()]);
        });
        changes[k][q] = change;
    }
    changes
}

fn reads_time(flow: &Flow<'_>, place: (KindId, QuantityId)) -> bool {
    let timed = |formula: &Formula| formula.operands.contains(&Operand::Time);
    let made = |made: &nml_flat::Value| match made {
        nml_flat::Value::Formula(formula) => timed(formula),
        nml_flat::Value::Cases(cases) => {
            cases.iter().any(|(test, value)| test.as_ref().is_some_and(timed) || timed(value))
        }
    };
    match flow.definition(place) {
        Definition::Given | Definition::Steady { .. } => false,
        Definition::View { seen, .. } => *seen == Seen::Time,
        Definition::Reduce { inside, members, .. } => {
            inside.contains(&Seen::Time) || members.iter().any(|(_, seen)| *seen == Seen::Time)
        }
        Definition::Made { base, regimes, .. } => {
            base.iter().any(|base| made(base)) || regimes.iter().any(|(_, value)| made(value))
        }
        Definition::Held(cases) => cases.iter().any(|(test, value)| timed(test) || timed(value)),
        Definition::Started(formula) => timed(formula),
    }
}

/// What adds to the rate of a state.
#[derive(Clone, Copy, Debug)]
enum Term<'f> {
    /// A formula, perhaps in one regime of a node only.
    Formula(NodeId, Option<usize>, &'f Formula),
    /// What flows in from one state of a Markov scheme, and out to it.
    Flow { from: QuantityId, inward: Seen, outward: Seen },
}

fn terms(kind: &Kind) -> Vec<Vec<Term<'_>>> {
    let mut terms = vec![Vec::new(); kind.quantities.len()];
    for (node, at) in kind.node_ids().zip(&kind.nodes) {
        let dynamics = &at.dynamics;
        for (quantity, formula) in &dynamics.rates {
            terms[quantity.index()].push(Term::Formula(node, None, formula));
        }
        for (regime, here) in dynamics.regimes.iter().enumerate() {
            for (quantity, formula) in &here.rates {
                terms[quantity.index()].push(Term::Formula(node, Some(regime), formula));
            }
        }
        for scheme in &dynamics.schemes {
            for edge in &scheme.edges {
                let source = scheme.states[edge.source as usize];
                let target = scheme.states[edge.target as usize];
                let (forward, reverse) = (edge.forward, edge.reverse);
                let there = Term::Flow { from: source, inward: forward, outward: reverse };
                let back = Term::Flow { from: target, inward: reverse, outward: forward };
                terms[target.index()].push(there);
                terms[source.index()].push(back);
            }
        }
    }
    terms
}

/// Compiles a kind.
pub(super) fn compile<'f>(
    flow: &Flow<'f>,
    id: KindId,
    order: &[(KindId, QuantityId)],
    changes: &[Change],
) -> Result<Compiled<'f>, (NodeId, Untranslatable)> {
    let flat: &'f Flat = flow.flat;
    let kind = flat.kind(id);
    let mut program = ProgramBuilder::new();
    let mut shape = Shape::new(flow, id, &mut program);
    let terms = terms(kind);
    let level_of = |formula: &Formula| {
        let operands = formula.operands.iter().filter_map(|operand| match operand {
            Operand::Quantity(quantity) => Some(flow.level((id, *quantity))),
            Operand::Time | Operand::Constant(_) => None,
        });
        operands.max().unwrap_or(0)
    };
    let level_seen = |seen| flow.seen(id, seen).map_or(0, |quantity| flow.level((id, quantity)));
    let rate_level = |quantity: usize| {
        let own = terms[quantity].iter().map(|term| match term {
            Term::Formula(_, _, formula) => level_of(formula),
            Term::Flow { inward, outward, .. } => level_seen(*inward).max(level_seen(*outward)),
        });
        let held = match flow.definition((id, QuantityId(u32::try_from(quantity).unwrap_or(0)))) {
            Definition::Held(cases) => cases.iter().map(|(test, _)| level_of(test)).max(),
            _ => None,
        };
        own.max().unwrap_or(0).max(held.unwrap_or(0))
    };
    let mut blocks = Vec::new();
    for level in 0..=flow.top() {
        let mut e = Emission {
            b: BlockBuilder::new(format!("level {level}")),
            flow,
            id,
            shape: &shape,
            known: vec![None; kind.quantities.len()],
        };
        let here = order.iter().filter(|place| place.0 == id && flow.level(**place) == level);
        for &(_, quantity) in here {
            let made = e.make(quantity);
            let value = made.map_err(|error| (kind.quantity(quantity).node, error))?;
            if let Some(value) = value {
                e.known[quantity.index()] = Some(value);
                if let Place::Column(column) = shape.places[quantity.index()] {
                    e.b.store(column, value);
                }
            }
        }
        for (quantity, at) in kind.quantities.iter().zip(0..) {
            if !terms[at].is_empty() && rate_level(at) == level {
                let at = QuantityId(u32::try_from(at).unwrap_or(u32::MAX));
                e.rate(at, &terms[at.index()]).map_err(|error| (quantity.node, error))?;
            }
        }
        for test in &shape.tests {
            if level_of(test.formula) == level {
                let holds = formula(&mut e, test.formula, None).map_err(|x| (test.node, x))?;
                let holds = match test.regime.and_then(|r| e.active(test.node, r)) {
                    Some(active) => e.b.and(active, holds),
                    None => holds,
                };
                let (one, zero) = (e.b.constant(1.0), e.b.constant(0.0));
                let truth = e.b.select(holds, one, zero);
                e.b.store(test.truth, truth);
            }
        }
        blocks.push(e.b.finish());
    }
    let mut columns: Vec<(Column, Change)> = Vec::new();
    for (at, place) in shape.places.iter().enumerate() {
        if let Place::Column(column) = place {
            columns.push((*column, changes[at]));
        }
        columns.extend(shape.fed[at].map(|column| (column, changes[at])));
        columns.extend(shape.memory[at].map(|column| {
            let moves = shape.rates[at].is_some();
            (column, if moves { Change::Moving } else { Change::Never })
        }));
    }
    columns.sort_unstable();
    let change = |column: Column| {
        let found = columns.binary_search_by_key(&column, |(column, _)| *column);
        found.map_or(Change::Never, |at| columns[at].1)
    };
    let mut atoms = Vec::new();
    let blocks =
        blocks.iter().map(|block| freeze(block, change, &mut program, &mut atoms)).collect();
    shape.atoms = atoms;
    Ok(Compiled { program, shape, blocks })
}

struct Emission<'a, 'f> {
    b: BlockBuilder,
    flow: &'a Flow<'f>,
    id: KindId,
    shape: &'a Shape<'f>,
    known: Vec<Option<Value>>,
}

impl Emission<'_, '_> {
    fn load(&mut self, place: Place) -> Value {
        match place {
            Place::Constant(value) => self.b.constant(value),
            Place::Column(column) => self.b.load(column),
            Place::Time => self.b.uniform(self.shape.t),
        }
    }

    fn seen(&mut self, seen: Seen) -> Value {
        match self.flow.seen(self.id, seen) {
            Some(quantity) => self.quantity(quantity),
            None if seen == Seen::Time => self.b.uniform(self.shape.t),
            None => self.b.constant(0.0),
        }
    }

    fn active(&mut self, node: NodeId, regime: usize) -> Option<Value> {
        let column = self.shape.regimes[node.index()]?;
        let (active, this) = (self.b.load(column), self.b.constant(regime as f64));
        Some(self.b.compare(CompareOp::Eq, active, this))
    }

    /// The value of a quantity whose sources are known; none where its column holds it already.
    fn make(&mut self, at: QuantityId) -> Result<Option<Value>, Untranslatable> {
        let flow = self.flow;
        let definition = flow.definition((self.id, at));
        let value = match definition {
            Definition::Given | Definition::Steady { .. } | Definition::Started(_) => {
                return Ok(None);
            }
            Definition::View { hops, seen, .. } => {
                if !hops.is_empty() {
                    return Ok(None);
                }
                self.seen(*seen)
            }
            Definition::Reduce { op, inside, .. } => {
                let mut total = match (self.shape.fed[at.index()], op) {
                    (Some(column), _) => self.b.load(column),
                    (None, Reduce::Add) => self.b.constant(0.0),
                    (None, Reduce::Multiply) => self.b.constant(1.0),
                };
                for seen in *inside {
                    let term = self.seen(*seen);
                    total = match op {
                        Reduce::Add => self.b.add(total, term),
                        Reduce::Multiply => self.b.mul(total, term),
                    };
                }
                total
            }
            Definition::Made { node, base, regimes } => {
                by_regime(self, *base, regimes, |this, regime| this.active(*node, regime))?
            }
            Definition::Held(cases) => {
                let place = self.shape.state(at);
                let mut value = self.load(place);
                for (test, set) in cases {
                    let holds = formula(self, test, None)?;
                    let set = formula(self, set, None)?;
                    value = self.b.select(holds, set, value);
                }
                value
            }
        };
        Ok(Some(value))
    }

    /// The rate of a state: 0 while a condition dictates its value, and while it rests.
    fn rate(&mut self, at: QuantityId, terms: &[Term<'_>]) -> Result<(), Untranslatable> {
        let Some(column) = self.shape.rates[at.index()] else { return Ok(()) };
        let zero = self.b.constant(0.0);
        let mut total: Option<Value> = None;
        for term in terms {
            let value = match *term {
                Term::Formula(node, regime, rate) => {
                    let value = formula(self, rate, None)?;
                    match regime.and_then(|regime| self.active(node, regime)) {
                        Some(active) => self.b.select(active, value, zero),
                        None => value,
                    }
                }
                Term::Flow { from, inward, outward } => {
                    let (inward, outward) = (self.seen(inward), self.seen(outward));
                    let (from, own) = (self.quantity(from), self.quantity(at));
                    let (gain, loss) = (self.b.mul(inward, from), self.b.mul(outward, own));
                    self.b.sub(gain, loss)
                }
            };
            total = Some(total.map_or(value, |total| self.b.add(total, value)));
        }
        let mut rate = total.unwrap_or(zero);
        if let (Some(pin), Some(falls)) =
            (self.shape.pins[at.index()], self.shape.falls[at.index()])
        {
            let (half, one) = (self.b.constant(0.5), self.b.constant(1.0));
            let falling = self.b.lt(rate, zero);
            let falling = self.b.select(falling, one, zero);
            self.b.store(falls, falling);
            let pin = self.b.load(pin);
            let rests = self.b.lt(half, pin);
            rate = self.b.select(rests, zero, rate);
        }
        if let Definition::Held(cases) = self.flow.definition((self.id, at)) {
            for (test, _) in cases {
                let holds = formula(self, test, None)?;
                rate = self.b.select(holds, zero, rate);
            }
        }
        self.b.store(column, rate);
        Ok(())
    }
}

impl Scope for Emission<'_, '_> {
    fn block(&mut self) -> &mut BlockBuilder {
        &mut self.b
    }

    fn time(&mut self) -> Value {
        self.b.uniform(self.shape.t)
    }

    fn quantity(&mut self, quantity: QuantityId) -> Value {
        match self.known[quantity.index()] {
            Some(value) => value,
            None => self.load(self.shape.places[quantity.index()]),
        }
    }

    /// Nothing that changes smoothly is random; [`refuse`] has found what is.
    fn random(&mut self, _: (&Formula, ExprId), _: Option<Value>) -> Value {
        self.b.constant(f64::NAN)
    }
}

/// What has no meaning in continuous time: noise drawn anew at every step, and actions at the instant at which two
/// changing numbers are equal.
pub(super) fn refuse(
    flow: &Flow<'_>,
    id: KindId,
    changes: &[Change],
) -> Vec<(NodeId, Untranslatable)> {
    let kind = flow.flat.kind(id);
    let mut found = Vec::new();
    let mut noise = |node: NodeId, what: &str| {
        let what = format!(
            "{what} is drawn at random at every step, which has no limit in continuous time; run it with `--scheme auto`,"
        );
        found.push((node, Untranslatable(what)));
    };
    for (node, at) in kind.node_ids().zip(&kind.nodes) {
        let dynamics = &at.dynamics;
        let of_regimes = || dynamics.regimes.iter();
        let name = |q: &QuantityId| format!("`{}`", kind.quantity(*q).name);
        for (quantity, made) in
            dynamics.derived.iter().chain(of_regimes().flat_map(|regime| &regime.derived))
        {
            let random = match made {
                nml_flat::Value::Formula(formula) => formula.expr.is_random(),
                nml_flat::Value::Cases(cases) => cases.iter().any(|(test, value)| {
                    value.expr.is_random() || test.as_ref().is_some_and(|t| t.expr.is_random())
                }),
            };
            if random {
                noise(node, &name(quantity));
            }
        }
        for (quantity, rate) in
            dynamics.rates.iter().chain(of_regimes().flat_map(|regime| &regime.rates))
        {
            if rate.expr.is_random() {
                noise(node, &format!("the rate of {}", name(quantity)));
            }
        }
        let tests = dynamics.on_condition.iter();
        for (test, _) in tests.chain(of_regimes().flat_map(|regime| &regime.on_condition)) {
            if test.expr.is_random() {
                noise(node, &format!("the condition `{}`", test.expr));
            }
        }
    }
    for (node, at) in kind.node_ids().zip(&kind.nodes) {
        let regimes = at.dynamics.regimes.iter().flat_map(|regime| &regime.on_condition);
        for (test, _) in at.dynamics.on_condition.iter().chain(regimes) {
            if equates(test, changes) {
                let what = format!(
                    "the condition `{}` holds at single instants only, which is never noticed in continuous time: compare with `.geq.`,",
                    test.expr
                );
                found.push((node, Untranslatable(what)));
            }
        }
    }
    found
}

/// Whether a condition asks whether numbers that change are equal.
fn equates(test: &Formula, changes: &[Change]) -> bool {
    use nml_expr::{BinaryOp, Node};
    let of = test.expr.map(|_, node, done: &[Change]| match node {
        Node::Variable(symbol) => match test.operands[symbol.index()] {
            Operand::Time => Change::Timed,
            Operand::Constant(_) => Change::Never,
            Operand::Quantity(quantity) => changes[quantity.index()],
        },
        node => node.operands().map(|a| done[a.index()]).max().unwrap_or_default(),
    });
    test.expr.nodes().any(|(_, node)| match node {
        Node::Binary(BinaryOp::Eq, a, b) => of[a.index()].max(of[b.index()]) > Change::Never,
        _ => false,
    })
}

/// The initial value of a quantity's column.
pub(super) fn property(role: &Role) -> Option<&[f64]> {
    match role {
        Role::Property(values) => Some(values),
        _ => None,
    }
}
