//! The bodies of a mechanism's entries.

use nml_flat::{
    Action, Formula, Kind, NodeId, QuantityId, Reduce, Role, Seen, Selection, Value as Made,
};
use nml_kernel::{Column, CompareOp, Value};

use super::sort::Sort;
use super::write::{is_in, is_potential, is_watched, resets_potential};
use super::written::{AREA, INSIDE, ION_CURRENT, OUTSIDE, Setting};
use crate::emit::{Emitter, Untranslatable};
use crate::layout::{Layout, Place};

/// What the bodies of entries are written from.
pub(super) struct Body<'a, 'f> {
    pub(super) kind: &'f Kind,
    pub(super) root: NodeId,
    pub(super) setting: Setting,
    pub(super) nodes: &'a [NodeId],
    pub(super) layout: &'a Layout,
    pub(super) v: Column,
    pub(super) v_rate: Column,
    pub(super) peer: Option<Column>,
    pub(super) scratch: [Column; 9],
}

type Result_ = Result<(), (NodeId, Untranslatable)>;

impl Body<'_, '_> {
    fn seen(&self, seen: Seen) -> Option<Place> {
        let quantity = match seen {
            Seen::Time => return Some(Place::Time),
            Seen::Quantity(quantity) => quantity,
            Seen::Exposure(exposure) => match self.kind.exposures[exposure.index()].quantity {
                Some(quantity) => quantity,
                None => return Some(Place::Constant(0.0)),
            },
        };
        let within = self.nodes.contains(&self.kind.quantity(quantity).node);
        within.then(|| self.layout.quantity(quantity))
    }

    /// The derived variables of a node and all below, children first; channels' own ones, or all others.
    fn derive(&self, e: &mut Emitter<'_>, node: NodeId, of_channels: bool) -> Result_ {
        for child in self.kind.node(node).children().filter(|child| self.nodes.contains(child)) {
            self.derive(e, child, of_channels)?;
        }
        if self.kind.node(node).is_a("baseIonChannel") != of_channels {
            return Ok(());
        }
        self.derive_own(e, node).map_err(|error| (node, error))
    }

    fn derive_own(&self, e: &mut Emitter<'_>, node: NodeId) -> Result<(), Untranslatable> {
        let dynamics = &self.kind.node(node).dynamics;
        for (quantity, selection) in &dynamics.selected {
            let value = match selection {
                Selection::One(view) if view.hops.is_empty() => {
                    let Some(place) = self.seen(view.seen) else {
                        let name = &self.kind.quantity(*quantity).name;
                        let what = format!(
                            "`{name}` lies outside of what the exporter makes one program of"
                        );
                        return Err(Untranslatable(what));
                    };
                    e.load(place)
                }
                Selection::One(_) => match self.peer {
                    Some(peer) => e.b.load(peer),
                    None => e.b.constant(0.0),
                },
                // What is attached is a process of its own, and the exporter puts 0 here.
                Selection::Reduce { members, .. } if !members.is_empty() => e.b.constant(0.0),
                Selection::Reduce { op, inside, .. } => {
                    let mut total = None;
                    for seen in inside {
                        let Some(place) = self.seen(*seen) else {
                            let name = &self.kind.quantity(*quantity).name;
                            let what = format!("`{name}` adds up what lies outside of one program");
                            return Err(Untranslatable(what));
                        };
                        let term = e.load(place);
                        total = Some(match (total, op) {
                            (None, _) => term,
                            (Some(total), Reduce::Add) => e.b.add(total, term),
                            (Some(total), Reduce::Multiply) => e.b.mul(total, term),
                        });
                    }
                    match (total, op) {
                        (Some(total), _) => total,
                        (None, Reduce::Add) => e.b.constant(0.0),
                        (None, Reduce::Multiply) => e.b.constant(1.0),
                    }
                }
            };
            e.store(self.layout.quantity(*quantity), value);
        }
        for (quantity, made) in &dynamics.derived {
            let place = self.layout.quantity(*quantity);
            let value = match made {
                Made::Formula(formula) => {
                    let value = e.formula(formula, None)?;
                    // A synapse's current has the other sign in NEURON.
                    let turned = node == self.root
                        && self.setting.sort == Sort::Synapse
                        && self.kind.quantity(*quantity).name == "i";
                    if turned { e.b.neg(value) } else { value }
                }
                Made::Cases(cases) => {
                    // Where no case holds, the variable keeps what it had.
                    let mut found = Vec::new();
                    for (condition, value) in cases {
                        let condition = match condition {
                            None => None,
                            Some(condition) => Some(e.formula(condition, None)?),
                        };
                        found.push((condition, e.formula(value, None)?));
                    }
                    let mut result = e.load(place);
                    for (condition, value) in found.into_iter().rev() {
                        result = condition.map_or(value, |c| e.b.select(c, value, result));
                    }
                    result
                }
            };
            e.store(place, value);
        }
        Ok(())
    }

    /// The procedure that computes everything: derived values, then rates.
    pub(super) fn rates(
        &self,
        e: &mut Emitter<'_>,
    ) -> Result<Vec<(QuantityId, Value)>, (NodeId, Untranslatable)> {
        if self.setting.sort == Sort::Pool {
            self.pool_inputs(e);
        }
        self.derive(e, self.root, false)?;
        let mut rates: Vec<(QuantityId, Value)> = Vec::new();
        for &node in self.nodes {
            let dynamics = &self.kind.node(node).dynamics;
            for (quantity, formula) in &dynamics.rates {
                let rate = e.formula(formula, None).map_err(|error| (node, error))?;
                rates.push((*quantity, rate));
            }
            for (regime, at) in dynamics.regimes.iter().zip(0..) {
                let parts = self.regime_rates(e, regime).map_err(|error| (node, error))?;
                for (quantity, part) in parts {
                    let active = self.active(e, node, at);
                    let zero = e.b.constant(0.0);
                    let one = e.b.constant(1.0);
                    let share = e.b.select(active, one, zero);
                    let part = e.b.mul(share, part);
                    match rates.iter_mut().find(|(known, _)| *known == quantity) {
                        Some((_, rate)) => *rate = e.b.add(*rate, part),
                        None => rates.push((quantity, part)),
                    }
                }
            }
        }
        if let Some(&(_, rate)) = rates.iter().find(|(q, _)| is_potential(self.kind, *q)) {
            let turned = e.b.neg(rate);
            e.b.store(self.v_rate, turned);
        }
        rates.retain(|(quantity, _)| !is_potential(self.kind, *quantity));
        Ok(rates)
    }

    fn regime_rates(
        &self,
        e: &mut Emitter<'_>,
        regime: &nml_flat::Regime,
    ) -> Result<Vec<(QuantityId, Value)>, Untranslatable> {
        let mut parts = Vec::new();
        if regime.rates.is_empty() {
            // The potential is held by a strong pull.
            for action in regime.on_entry.iter().flatten() {
                if let Action::Assign(quantity, formula) = action
                    && is_potential(self.kind, *quantity)
                {
                    let goal = e.formula(formula, None)?;
                    let v = e.b.load(self.v);
                    let way = e.b.sub(goal, v);
                    let pull = e.b.constant(1e7);
                    parts.push((*quantity, e.b.mul(pull, way)));
                }
            }
        }
        for (quantity, formula) in &regime.rates {
            parts.push((*quantity, e.formula(formula, None)?));
        }
        Ok(parts)
    }

    fn active(&self, e: &mut Emitter<'_>, node: NodeId, regime: usize) -> Value {
        let Some(column) = self.layout.regimes[node.index()] else { return e.b.mask(false) };
        let (active, this) = (e.b.load(column), e.b.constant(regime as f64));
        e.b.compare(CompareOp::Eq, active, this)
    }

    /// What a pool's program computes from NEURON's own variables: cm², nA.
    fn pool_inputs(&self, e: &mut Emitter<'_>) {
        let area = e.b.load(self.scratch[AREA]);
        let scale = e.b.constant(1e-8);
        let surface = e.b.mul(scale, area);
        let density = e.b.load(self.scratch[ION_CURRENT]);
        let minus = e.b.neg(density);
        let total = e.b.mul(minus, surface);
        let scale = e.b.constant(1e6);
        let total = e.b.mul(scale, total);
        for (name, value) in [("surfaceArea", surface), ("iCa", total), ("iCa2", total)] {
            if let Some(place) = self.required(name) {
                e.store(place, value);
            }
        }
    }

    fn required(&self, name: &str) -> Option<Place> {
        let found = self.kind.quantities.iter().zip(0..).find(|(quantity, _)| {
            quantity.node == self.root
                && quantity.name == name
                && quantity.role == Role::Requirement
        });
        found.map(|(_, at)| self.layout.quantity(QuantityId(at)))
    }

    pub(super) fn init(&self, e: &mut Emitter<'_>) -> Result_ {
        if self.setting.sort == Sort::Pool {
            let starts = [("initialConcentration", INSIDE), ("initialExtConcentration", OUTSIDE)];
            for (name, from) in starts {
                if let Some(place) = self.required(name) {
                    let value = e.b.load(self.scratch[from]);
                    e.store(place, value);
                }
            }
        }
        self.rates(e)?;
        self.rates(e)?;
        Ok(())
    }

    /// The initial values; Markov schemes are brought to their steady state just before.
    pub(super) fn start(&self, e: &mut Emitter<'_>) -> Result_ {
        for &node in self.nodes {
            let dynamics = &self.kind.node(node).dynamics;
            if let Some(column) = self.layout.regimes[node.index()] {
                let initial = dynamics.regimes.iter().position(|regime| regime.initial);
                let initial = e.b.constant(initial.map_or(-1.0, |at| at as f64));
                e.b.store(column, initial);
            }
            for actions in &dynamics.on_start {
                for action in actions {
                    if let Action::Assign(quantity, formula) = action
                        && !is_potential(self.kind, *quantity)
                    {
                        let value = e.formula(formula, None).map_err(|error| (node, error))?;
                        e.store(self.layout.quantity(*quantity), value);
                    }
                }
            }
        }
        Ok(())
    }

    pub(super) fn breakpoint(&self, e: &mut Emitter<'_>, everything: bool) -> Result_ {
        if everything {
            self.rates(e)?;
        }
        self.derive(e, self.root, true)?;
        if let Sort::Channel(current) = self.setting.sort {
            self.channel(e, current).map_err(|error| (self.root, error))?;
        }
        for &node in self.nodes {
            for (test, actions) in &self.kind.node(node).dynamics.on_condition {
                if is_watched(self.kind, node, actions) {
                    continue;
                }
                let mut one = || {
                    let holds = e.formula(test, None)?;
                    self.assign(e, actions, Some(holds), false)
                };
                one().map_err(|error| (node, error))?;
            }
        }
        if self.setting.sort == Sort::Pool && self.kind.node(self.root).dynamics.rates.is_empty() {
            self.write_concentration(e);
        }
        if let Sort::Cell(capacitance) = self.setting.sort {
            let rate = e.b.load(self.v_rate);
            let capacitance = e.b.constant(capacitance);
            let i = e.b.mul(rate, capacitance);
            e.b.store(self.scratch[ION_CURRENT], i);
        }
        Ok(())
    }

    fn write_concentration(&self, e: &mut Emitter<'_>) {
        let state =
            self.kind.quantities.iter().zip(0..).find(|(quantity, _)| {
                quantity.node == self.root && quantity.name == "concentration"
            });
        if let Some((_, at)) = state {
            let value = e.load(self.layout.quantity(QuantityId(at)));
            e.b.store(self.scratch[INSIDE], value);
        }
    }

    pub(super) fn state(&self, e: &mut Emitter<'_>) -> Result_ {
        let rates = self.rates(e)?;
        let dt = e.b.uniform(self.layout.dt);
        for (quantity, rate) in rates {
            let place = self.layout.quantity(quantity);
            let old = e.load(place);
            let change = e.b.mul(dt, rate);
            let new = e.b.add(old, change);
            e.store(place, new);
        }
        if self.setting.sort == Sort::Pool {
            self.write_concentration(e);
        }
        Ok(())
    }

    /// Assignments where a mask holds.  `late` says that the potential stands for its rate, as it does in
    /// regimes.
    fn assign(
        &self,
        e: &mut Emitter<'_>,
        actions: &[Action],
        mask: Option<Value>,
        late: bool,
    ) -> Result<(), Untranslatable> {
        for action in actions {
            if let Action::Assign(quantity, formula) = action {
                let value = e.formula(formula, mask)?;
                let place = if late && is_potential(self.kind, *quantity) {
                    Place::Column(self.v_rate)
                } else {
                    self.layout.quantity(*quantity)
                };
                e.store_where(mask, place, value);
            }
        }
        Ok(())
    }

    pub(super) fn take(&self, e: &mut Emitter<'_>, node: NodeId) -> Result_ {
        for (port, actions) in &self.kind.node(node).dynamics.on_event {
            if is_in(self.kind, node, *port) {
                self.assign(e, actions, None, false).map_err(|error| (node, error))?;
            }
        }
        Ok(())
    }

    /// The condition of a regime begins to hold.
    pub(super) fn leave(&self, e: &mut Emitter<'_>, regime: usize, actions: &[Action]) -> Result_ {
        let node = self.root;
        let mut body = || {
            let active = self.active(e, node, regime);
            self.assign(e, actions, Some(active), true)?;
            for action in actions {
                let Action::Enter(to) = action else { continue };
                if let Some(column) = self.layout.regimes[node.index()] {
                    let index = e.b.constant(f64::from(*to));
                    e.store_where(Some(active), Place::Column(column), index);
                }
                let dynamics = &self.kind.node(node).dynamics;
                for actions in dynamics.regimes.get(*to as usize).map_or(&[][..], |r| &r.on_entry) {
                    self.assign(e, actions, Some(active), false)?;
                }
            }
            Ok(())
        };
        body().map_err(|error| (node, error))
    }

    /// The condition of a component begins to hold.
    pub(super) fn fire(&self, e: &mut Emitter<'_>, node: NodeId, actions: &[Action]) -> Result_ {
        self.assign(e, actions, None, false).map_err(|error| (node, error))?;
        if resets_potential(self.kind, actions) {
            let zero = e.b.constant(0.0);
            e.b.store(self.v_rate, zero);
            return Ok(());
        }
        for child in self.kind.node(node).children().filter(|child| self.nodes.contains(child)) {
            self.take(e, child)?;
            for grandchild in self.kind.node(child).children() {
                self.take(e, grandchild)?;
            }
        }
        Ok(())
    }
}

/// Left side minus right side of a comparison, so that it is above 0 where the comparison holds.
pub(super) fn difference(e: &mut Emitter<'_>, test: &Formula) -> Result<Value, Untranslatable> {
    let what = "only a condition of one comparison can be watched";
    crate::engine::formula::difference(e, test)?.ok_or_else(|| Untranslatable(what.to_owned()))
}
