//! What every quantity is made of, and in which order: the right-hand sides of a model, levelled.
//!
//! Quantities are looked at one by one, over all kinds.  The *level* of a quantity rises by one wherever it is
//! made of something of another kind.  So all quantities of one level can be computed kind by kind, each in one
//! block, with nothing but gathers and sums between two levels.

use nml_expr::{Function, Node};
use nml_flat::{
    Action, Flat, Formula, Hop, KindId, NodeId, Operand, QuantityId, Reduce, Role, Seen, Selection,
    Value as Made,
};

/// How a quantity comes about.
#[derive(Clone, Debug)]
pub(crate) enum Definition<'f> {
    /// It is there: a number, a property, a state.
    Given,
    /// It is another quantity.
    View { hops: &'f [Hop], kind: KindId, seen: Seen },
    /// It is a sum or product.
    Reduce { op: Reduce, inside: &'f [Seen], members: &'f [(KindId, Seen)] },
    /// It is computed, perhaps otherwise while a regime is active.
    Made { node: NodeId, base: Option<&'f Made>, regimes: Vec<(usize, &'f Made)> },
    /// A state that conditions set and nothing else: what the conditions say, else what it was.
    Held(Vec<(&'f Formula, &'f Formula)>),
    /// A state that a formula starts.
    Started(&'f Formula),
    /// The occupancy of a state of a Markov scheme at rest.
    Steady { node: NodeId, scheme: usize },
}

impl Definition<'_> {
    /// Whether it comes from other kinds.
    pub(crate) fn is_fed(&self) -> bool {
        match self {
            Self::View { hops, .. } => !hops.is_empty(),
            Self::Reduce { members, .. } => !members.is_empty(),
            _ => false,
        }
    }
}

/// A quantity of a kind.
pub(crate) type Place = (KindId, QuantityId);

/// Quantities that are made of one another without end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Circle(pub(crate) Vec<Place>);

/// The definitions of all quantities of a model.
#[derive(Clone, Debug)]
pub(crate) struct Flow<'f> {
    pub(crate) flat: &'f Flat,
    definitions: Vec<Vec<Definition<'f>>>,
    levels: Vec<Vec<u32>>,
    /// By kind and quantity: the quantities of the same kind directly made of it.
    users: Vec<Vec<Vec<QuantityId>>>,
}

impl<'f> Flow<'f> {
    /// How quantities are made while a model runs.
    pub(crate) fn running(flat: &'f Flat) -> Result<Self, Circle> {
        Self::held(flat, false)
    }

    /// As [`running`](Self::running), where conditions hold states of all nodes, also those that have rates.
    pub(crate) fn continuous(flat: &'f Flat) -> Result<Self, Circle> {
        Self::held(flat, true)
    }

    fn held(flat: &'f Flat, everywhere: bool) -> Result<Self, Circle> {
        let mut flow = Self::new(flat);
        flow.hold(everywhere);
        loop {
            match flow.levelled() {
                Ok(()) => return Ok(flow),
                Err(circle) => {
                    // A state made of itself is no function of the rest: its conditions act on the grid.
                    let held = circle
                        .0
                        .iter()
                        .find(|place| matches!(flow.definition(**place), Definition::Held(_)));
                    match held {
                        Some(&place) => *flow.definition_mut(place) = Definition::Given,
                        None => return Err(circle),
                    }
                }
            }
        }
    }

    /// How quantities come about at the start.
    pub(crate) fn starting(flat: &'f Flat) -> Result<Self, Circle> {
        let mut flow = Self::new(flat);
        for (id, kind) in flat.kind_ids().zip(&flat.kinds) {
            for (node, at) in kind.node_ids().zip(&kind.nodes) {
                for actions in &at.dynamics.on_start {
                    for action in actions {
                        if let Action::Assign(quantity, formula) = action
                            && kind.quantity(*quantity).role == Role::State
                        {
                            *flow.definition_mut((id, *quantity)) = Definition::Started(formula);
                        }
                    }
                }
                for (scheme, found) in at.dynamics.schemes.iter().enumerate() {
                    for &state in &found.states {
                        *flow.definition_mut((id, state)) = Definition::Steady { node, scheme };
                    }
                }
            }
        }
        flow.levelled()?;
        Ok(flow)
    }

    fn new(flat: &'f Flat) -> Self {
        let mut definitions = Vec::new();
        for kind in &flat.kinds {
            let mut of_kind = vec![Definition::Given; kind.quantities.len()];
            for (node, at) in kind.node_ids().zip(&kind.nodes) {
                for (quantity, view) in &at.dynamics.requirements {
                    of_kind[quantity.index()] = look(view);
                }
                for (quantity, selection) in &at.dynamics.selected {
                    of_kind[quantity.index()] = match selection {
                        Selection::One(view) => look(view),
                        Selection::Reduce { op, inside, members } => {
                            Definition::Reduce { op: *op, inside, members }
                        }
                    };
                }
                for (quantity, made) in &at.dynamics.derived {
                    let regimes = Vec::new();
                    of_kind[quantity.index()] =
                        Definition::Made { node, base: Some(made), regimes };
                }
                for (regime, here) in at.dynamics.regimes.iter().enumerate() {
                    for (quantity, made) in &here.derived {
                        let slot = &mut of_kind[quantity.index()];
                        if let Definition::Made { regimes, .. } = slot {
                            regimes.push((regime, made));
                        } else {
                            let regimes = vec![(regime, made)];
                            *slot = Definition::Made { node, base: None, regimes };
                        }
                    }
                }
            }
            definitions.push(of_kind);
        }
        Self { flat, definitions, levels: Vec::new(), users: Vec::new() }
    }

    /// Finds the states that are functions of the rest: in nodes without rates, regimes and schemes, or `everywhere`,
    /// those that only conditions set which do nothing else.
    fn hold(&mut self, everywhere: bool) {
        for (id, kind) in self.flat.kind_ids().zip(&self.flat.kinds) {
            for node in &kind.nodes {
                let dynamics = &node.dynamics;
                let moves = !dynamics.rates.is_empty()
                    || !dynamics.regimes.is_empty()
                    || !dynamics.schemes.is_empty();
                if moves && !everywhere {
                    continue;
                }
                let mut held: Vec<(QuantityId, Vec<(&Formula, &Formula)>)> = Vec::new();
                let mut other = Vec::new();
                for (_, actions) in &dynamics.on_event {
                    other.extend(actions.iter().filter_map(assigned));
                }
                for regime in &dynamics.regimes {
                    let events = regime.on_event.iter().map(|(_, actions)| actions);
                    let conditions = regime.on_condition.iter().map(|(_, actions)| actions);
                    for actions in regime.on_entry.iter().chain(events).chain(conditions) {
                        other.extend(actions.iter().filter_map(assigned));
                    }
                }
                for (test, actions) in &dynamics.on_condition {
                    let quiet =
                        actions.iter().all(|a| matches!(a, Action::Assign(..))) && !is_random(test);
                    for action in actions {
                        let Action::Assign(quantity, value) = action else { continue };
                        if !quiet || is_random(value) {
                            other.push(*quantity);
                            continue;
                        }
                        match held.iter_mut().find(|(known, _)| known == quantity) {
                            Some((_, cases)) => cases.push((test, value)),
                            None => held.push((*quantity, vec![(test, value)])),
                        }
                    }
                }
                for (quantity, cases) in held {
                    if !other.contains(&quantity) {
                        *self.definition_mut((id, quantity)) = Definition::Held(cases);
                    }
                }
            }
        }
    }

    pub(crate) fn definition(&self, (kind, quantity): Place) -> &Definition<'f> {
        &self.definitions[kind.index()][quantity.index()]
    }

    fn definition_mut(&mut self, (kind, quantity): Place) -> &mut Definition<'f> {
        &mut self.definitions[kind.index()][quantity.index()]
    }

    /// How often other kinds stand between a quantity and what is given.
    pub(crate) fn level(&self, (kind, quantity): Place) -> u32 {
        self.levels[kind.index()][quantity.index()]
    }

    /// The highest level of all.
    pub(crate) fn top(&self) -> u32 {
        self.levels.iter().flatten().copied().max().unwrap_or(0)
    }

    /// The quantities of the same kind directly made of one.
    pub(crate) fn users(&self, (kind, quantity): Place) -> &[QuantityId] {
        &self.users[kind.index()][quantity.index()]
    }

    /// The quantity seen, if it is one.
    pub(crate) fn seen(&self, kind: KindId, seen: Seen) -> Option<QuantityId> {
        match seen {
            Seen::Exposure(id) => self.flat.kind(kind).exposures[id.index()].quantity,
            Seen::Quantity(id) => Some(id),
            Seen::Time => None,
        }
    }

    /// Calls `f` with each quantity that one is directly made of, and how many levels that is apart.
    pub(crate) fn sources(&self, place: Place, mut f: impl FnMut(Place, u32)) {
        let kind = place.0;
        let mut of_formula = |formula: &Formula| {
            for operand in &formula.operands {
                if let Operand::Quantity(quantity) = operand {
                    f((kind, *quantity), 0);
                }
            }
        };
        match self.definition(place) {
            Definition::Given => {}
            Definition::View { hops, kind, seen } => {
                if let Some(quantity) = self.seen(*kind, *seen) {
                    f((*kind, quantity), u32::from(!hops.is_empty()));
                }
            }
            Definition::Reduce { inside, members, .. } => {
                for seen in *inside {
                    if let Some(quantity) = self.seen(kind, *seen) {
                        f((kind, quantity), 0);
                    }
                }
                for (member, seen) in *members {
                    if let Some(quantity) = self.seen(*member, *seen) {
                        f((*member, quantity), 1);
                    }
                }
            }
            Definition::Made { base, regimes, .. } => {
                for made in base.iter().chain(regimes.iter().map(|(_, made)| made)) {
                    match made {
                        Made::Formula(formula) => of_formula(formula),
                        Made::Cases(cases) => {
                            for (test, value) in cases {
                                test.iter().for_each(&mut of_formula);
                                of_formula(value);
                            }
                        }
                    }
                }
            }
            Definition::Held(cases) => {
                for (test, value) in cases {
                    of_formula(test);
                    of_formula(value);
                }
            }
            Definition::Started(formula) => of_formula(formula),
            Definition::Steady { node, scheme } => {
                let scheme = &self.flat.kind(kind).node(*node).dynamics.schemes[*scheme];
                for edge in &scheme.edges {
                    for seen in [edge.forward, edge.reverse] {
                        if let Some(quantity) = self.seen(kind, seen) {
                            f((kind, quantity), 1);
                        }
                    }
                }
            }
        }
    }

    /// Gives every quantity its level, or finds a circle.
    fn levelled(&mut self) -> Result<(), Circle> {
        let empty = |kind: &nml_flat::Kind| vec![None; kind.quantities.len()];
        let mut levels: Vec<Vec<Option<u32>>> = self.flat.kinds.iter().map(empty).collect();
        let mut users: Vec<Vec<Vec<QuantityId>>> =
            self.flat.kinds.iter().map(|kind| vec![Vec::new(); kind.quantities.len()]).collect();
        let mut on_way: Vec<Vec<bool>> =
            self.flat.kinds.iter().map(|kind| vec![false; kind.quantities.len()]).collect();
        // Depth first, without recursion.
        let mut open: Vec<(Place, bool)> = Vec::new();
        for (id, kind) in self.flat.kind_ids().zip(&self.flat.kinds) {
            for quantity in 0..u32::try_from(kind.quantities.len()).unwrap_or(u32::MAX) {
                open.push(((id, QuantityId(quantity)), false));
                while let Some((place, seen)) = open.pop() {
                    let (k, q) = (place.0.index(), place.1.index());
                    if levels[k][q].is_some() {
                        continue;
                    }
                    if seen {
                        let mut level = 0;
                        self.sources(place, |source, apart| {
                            let own = levels[source.0.index()][source.1.index()].unwrap_or(0);
                            level = level.max(own + apart);
                            if apart == 0 {
                                users[k][source.1.index()].push(place.1);
                            }
                        });
                        levels[k][q] = Some(level);
                        on_way[k][q] = false;
                        continue;
                    }
                    open.push((place, true));
                    on_way[k][q] = true;
                    let mut back = None;
                    self.sources(place, |source, _| {
                        let (k, q) = (source.0.index(), source.1.index());
                        if on_way[k][q] {
                            back = Some(source);
                        } else if levels[k][q].is_none() {
                            open.push((source, false));
                        }
                    });
                    if let Some(back) = back {
                        let way = open.iter().filter(|(_, seen)| *seen).map(|(place, _)| *place);
                        return Err(Circle(way.skip_while(|place| *place != back).collect()));
                    }
                }
            }
        }
        self.levels = levels
            .into_iter()
            .map(|kind| kind.into_iter().map(|level| level.unwrap_or(0)).collect())
            .collect();
        for list in users.iter_mut().flatten() {
            list.sort_unstable();
            list.dedup();
        }
        self.users = users;
        Ok(())
    }

    /// Marks all that the marked quantities are made of.
    pub(crate) fn close(&self, needed: &mut [Vec<bool>]) {
        let mut open: Vec<Place> = Vec::new();
        for (id, of_kind) in self.flat.kind_ids().zip(needed.iter()) {
            let marked = of_kind.iter().zip(0..).filter(|(needed, _)| **needed);
            open.extend(marked.map(|(_, at)| (id, QuantityId(at))));
        }
        while let Some(place) = open.pop() {
            self.sources(place, |source, _| {
                let mark = &mut needed[source.0.index()][source.1.index()];
                if !*mark {
                    *mark = true;
                    open.push(source);
                }
            });
        }
    }
}

fn look(view: &nml_flat::View) -> Definition<'_> {
    Definition::View { hops: &view.hops, kind: view.kind, seen: view.seen }
}

fn assigned(action: &Action) -> Option<QuantityId> {
    match action {
        Action::Assign(quantity, _) => Some(*quantity),
        Action::Send(_) | Action::Enter(_) => None,
    }
}

fn is_random(formula: &Formula) -> bool {
    formula.expr.nodes().any(|(_, node)| matches!(node, Node::Call(Function::Random, _)))
}
