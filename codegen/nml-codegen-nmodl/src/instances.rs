//! What differs between the instances of a kind.

use nml_codegen::number::moved;
use nml_flat::{Action, Hop, KindId, Role, Site};

use crate::lower::{Built, Outer, Peer, Supplied, for_instance};
use crate::plan::Plan;

/// A potential that instances see of other cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// The variable that takes it, in mV.
    pub name: String,
    /// The cells that are seen.
    pub cell: KindId,
    /// By instance: which cell, and where on it.
    pub from: Vec<(u32, Site)>,
}

impl Plan<'_> {
    /// By instance of a cell, the potential at the start in V; `None` where it is computed as the run begins.
    pub fn starts(&self, id: KindId) -> Option<Vec<f64>> {
        let world = &self.world;
        let kind = world.flat.kind(id);
        let count = kind.count() as usize;
        let Some(v) = world.cells.get(&id).and_then(|cell| cell.v) else {
            return Some(vec![0.0; count]);
        };
        let dynamics = &kind.node(kind.quantity(v).node).dynamics;
        let formula = dynamics.on_start.iter().flatten().rev().find_map(|action| match action {
            Action::Assign(q, formula) if *q == v => Some(formula),
            _ => None,
        });
        let Some(formula) = formula else { return Some(vec![0.0; count]) };
        (0..count).map(|instance| for_instance(world, id, formula, instance)).collect()
    }

    /// What a mechanism is given by instance: variables and their values in the mechanism's units.
    ///
    /// # Errors
    /// Says what has no value.
    pub fn given(&self, id: KindId, built: &Built) -> Result<Vec<(String, Vec<f64>)>, String> {
        let flat = self.world.flat;
        let kind = flat.kind(id);
        let mut all = Vec::new();
        for (name, what, power) in &built.supplied {
            let values: Option<Vec<f64>> = match what {
                Supplied::Own(q) => match &kind.quantity(*q).role {
                    Role::Property(values) => Some(values.clone()),
                    _ => None,
                },
                Supplied::Given(Outer::Given(hops, _, q)) => (0..kind.count())
                    .map(|instance| {
                        let (there, at) = flat.walk(id, instance, hops)?;
                        match &flat.kind(there).quantity(*q).role {
                            Role::Property(values) => values.get(at as usize).copied(),
                            _ => None,
                        }
                    })
                    .collect(),
                // In its units already.
                Supplied::Fixed(x) => Some(vec![*x; kind.count() as usize]),
                Supplied::Number => kind.numbers.as_ref().map(|numbers| {
                    (0..kind.parents.len()).map(|at| numbers.id(at) as f64).collect()
                }),
                Supplied::Given(_) | Supplied::Peer(_) | Supplied::Density(_) => continue,
            };
            let values = values.ok_or_else(|| format!("the values of `{name}`"))?;
            all.push((name.clone(), values.into_iter().map(|x| moved(x, -power)).collect()));
        }
        Ok(all)
    }

    /// The potentials of other cells that a mechanism sees.
    ///
    /// # Errors
    /// Where the other side of a connection is not there.
    pub fn transfers(&self, id: KindId, built: &Built) -> Result<Vec<Transfer>, String> {
        let flat = self.world.flat;
        let mut all = Vec::new();
        for (name, what, _) in &built.supplied {
            let Supplied::Peer(Peer { hops, kind: cell }) = what else { continue };
            let seen = |instance| {
                let site = match hops.split_last() {
                    Some((Hop::Parent, way)) => {
                        let there = flat.walk(id, instance, way);
                        there.map_or(Site::default(), |(kind, at)| {
                            flat.kind(kind).sites.get(at as usize)
                        })
                    }
                    _ => Site::default(),
                };
                flat.walk(id, instance, hops).map(|(_, at)| (at, site))
            };
            let from: Option<Vec<(u32, Site)>> = (0..flat.kind(id).count()).map(seen).collect();
            let from = from.ok_or("the other side of a connection")?;
            all.push(Transfer { name: name.clone(), cell: *cell, from });
        }
        Ok(all)
    }
}
