//! Values at the start, each after what it is made of.

use nml_expr::Expr;
use nml_flat::{NodeId, QuantityId};
use rustc_hash::FxHashMap;

use super::definition::Definition;
use super::mechanism::Lowering;
use super::order;
use super::scope::{Problem, Symbol};
use crate::nmodl::Stmt;

/// What gets its value at the start.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Item {
    State(QuantityId),
    Computed(QuantityId),
    /// A Markov scheme, by its node and place there.
    Scheme(NodeId, usize),
}

impl Lowering<'_> {
    /// The block of initial values.
    pub(super) fn start(&mut self) -> Result<(), Problem> {
        let mut locals = Vec::new();
        let mut body = Vec::new();
        let mut marks: FxHashMap<Item, bool> = FxHashMap::default();
        let mut from = 0;
        // What initial values read may be states that nothing else has read.
        while from < self.declared_states().len() {
            let states = self.declared_states();
            for &q in &states[from..] {
                self.begin(self.item(q), &mut marks, &mut body, &mut locals)?;
            }
            from = states.len();
        }
        let held: Vec<QuantityId> = self.kept.iter().copied().collect();
        for q in held {
            if matches!(self.all.computed.get(&q), Some(Definition::Held(_))) {
                self.begin(Item::Computed(q), &mut marks, &mut body, &mut locals)?;
            }
        }
        self.regimes_at_start(&mut body)?;
        body.append(&mut self.at_start);
        body.extend(self.mechanism.after_solve.iter().cloned());
        locals.append(&mut self.handler_locals);
        locals.sort();
        locals.dedup();
        self.mechanism.initial = body;
        self.mechanism.initial_locals = locals;
        Ok(())
    }

    fn regimes_at_start(&mut self, body: &mut Vec<Stmt>) -> Result<(), Problem> {
        let regimes = self.regimes.clone();
        if let Some(held) = self.holds_at.clone() {
            body.push(Stmt::Assign(held, Expr::variable("v")));
        }
        for (node, _) in regimes {
            let all = &self.scope.kind.node(node).dynamics.regimes;
            let first = all.iter().position(|regime| regime.initial).unwrap_or(0);
            let first = u32::try_from(first).unwrap_or(0);
            body.extend(self.enter(node, first, 0)?);
        }
        Ok(())
    }

    fn item(&self, q: QuantityId) -> Item {
        if self.all.computed.contains_key(&q) {
            return Item::Computed(q);
        }
        self.scheme_of(q).map_or(Item::State(q), |(node, at)| Item::Scheme(node, at))
    }

    fn parts_of(&self, item: Item) -> Result<Vec<Item>, Problem> {
        let own = match item {
            Item::Computed(q) => {
                let mut own = order::parts(&self.scope, &self.all, q)?;
                let first = self.all.starts.get(&q).copied();
                own.extend(order::own(&self.scope, first)?);
                own
            }
            Item::State(q) => {
                let first = self.all.starts.get(&q).copied();
                order::own(&self.scope, first)?
            }
            Item::Scheme(node, at) => {
                let scheme = &self.scope.kind.node(node).dynamics.schemes[at];
                let mut own = Vec::new();
                let edges = scheme.edges.iter();
                for seen in edges.flat_map(|edge| [edge.forward, edge.reverse]) {
                    if let Symbol::Own(q) = self.scope.seen(seen)? {
                        own.push(q);
                    }
                }
                own
            }
        };
        let is_fixed = |q: &QuantityId| {
            use nml_flat::Role;
            let role = &self.scope.kind.quantity(*q).role;
            matches!(role, Role::Parameter(_) | Role::Property(_))
        };
        Ok(own.into_iter().filter(|q| !is_fixed(q)).map(|q| self.item(q)).collect())
    }

    /// Writes an item after its parts.
    fn begin(
        &mut self,
        item: Item,
        marks: &mut FxHashMap<Item, bool>,
        body: &mut Vec<Stmt>,
        locals: &mut Vec<String>,
    ) -> Result<(), Problem> {
        let mut stack = vec![(item, false)];
        while let Some((item, leaving)) = stack.pop() {
            if leaving {
                marks.insert(item, true);
                self.write(item, body, locals)?;
                continue;
            }
            match marks.get(&item) {
                Some(true) => continue,
                Some(false) => {
                    let what = "initial values that are made of one another";
                    return Err(self.scope.problem(self.scope.root, what));
                }
                None => {}
            }
            marks.insert(item, false);
            stack.push((item, true));
            let parts = self.parts_of(item)?;
            let fresh = parts.into_iter().rev().filter(|p| marks.get(p) != Some(&true));
            stack.extend(fresh.map(|part| (part, false)));
        }
        Ok(())
    }

    fn write(
        &mut self,
        item: Item,
        body: &mut Vec<Stmt>,
        locals: &mut Vec<String>,
    ) -> Result<(), Problem> {
        match item {
            Item::State(q) => {
                let first = self.all.starts.get(&q).copied();
                let set = self.first_value(q, first)?;
                body.push(set);
            }
            Item::Computed(q) => {
                if self.summed.contains(&q) {
                    return Ok(());
                }
                if matches!(self.all.computed.get(&q), Some(Definition::Held(_))) {
                    let first = self.all.starts.get(&q).copied();
                    let set = self.first_value(q, first)?;
                    body.push(set);
                }
                body.extend(self.assign(q)?);
                if !self.kept.contains(&q) {
                    locals.push(self.name(q)?);
                }
            }
            Item::Scheme(node, at) => {
                debug_assert!(at < self.scope.kind.node(node).dynamics.schemes.len());
                let block = self.mechanism.kinetics.first().map(|k| Stmt::Rest(k.name.clone()));
                // All schemes are one block.
                body.extend(block.filter(|rest| !body.contains(rest)));
            }
        }
        Ok(())
    }
}
