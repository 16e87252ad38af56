//! What is attached to cells, in parts that have the same sort of partner.

use nml_flat::{Hop, KindId, NodeId, QuantityId, Selection};

use crate::group::Group;
use crate::resolve::{Problem, Symbol, World};

/// A way by which events come.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pathway {
    /// The sending kind, node and port.
    pub(crate) from: (KindId, NodeId, u32),
    pub(crate) port: u32,
    /// By row, in seconds.
    pub(crate) delays: Vec<f64>,
}

/// Instances of an attached kind that become one group of synapses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    /// The group of the other side.
    pub(crate) pre: Option<KindId>,
    /// The instances, by row.
    pub(crate) rows: Vec<u32>,
    /// By row the partner and the cell.
    pub(crate) sources: Vec<u32>,
    pub(crate) targets: Vec<u32>,
    pub(crate) pathways: Vec<Pathway>,
}

/// A sum over what is attached: the sum of the home, and what is added to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) sum: QuantityId,
    pub(crate) own: QuantityId,
}

/// What an attached kind adds to its home.
pub(crate) fn terms(world: World<'_>, id: KindId) -> Result<Vec<Term>, Problem> {
    let Some(home) = world.flat.kind(id).home else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for node in &world.flat.kind(home.kind).nodes {
        for (sum, selection) in &node.dynamics.selected {
            let Selection::Reduce { members, .. } = selection else { continue };
            for (_, seen) in members.iter().filter(|(kind, _)| *kind == id) {
                match world.seen(id, *seen)? {
                    Symbol::Own(own) => found.push(Term { sum: *sum, own }),
                    Symbol::Number(0.0, _) => {}
                    _ => {
                        let what = "a sum over what is computed elsewhere";
                        return Err(world.problem(id, NodeId::ROOT, what));
                    }
                }
            }
        }
    }
    Ok(found)
}

/// A wire that comes in: sending port, own port, source, delay.
type Incoming = (Port, u32, u32, f64);
/// A sending kind, node and port.
type Port = (KindId, NodeId, u32);

/// Divides the instances of an attached kind.
pub(crate) fn parts(group: &Group<'_>) -> Result<Vec<Part>, Problem> {
    let (world, id) = (group.world, group.id);
    let flat = world.flat;
    let kind = flat.kind(id);
    let problem = |what: &str| world.problem(id, NodeId::ROOT, what);
    let Some(home) = kind.home else { return Ok(Vec::new()) };
    let mut incoming: Vec<Vec<Incoming>> = vec![Vec::new(); kind.count() as usize];
    for table in flat.wires.iter().filter(|table| table.to.0 == id) {
        let (_, node, port) = table.to;
        if node != NodeId::ROOT {
            return Err(problem("an event for a part of what is attached"));
        }
        if group.ports.get(port as usize).is_none_or(Vec::is_empty) {
            continue;
        }
        for wire in table.iter() {
            if let Some(list) = incoming.get_mut(wire.target as usize) {
                list.push((table.from, port, wire.source, wire.delay.max(0.0)));
            }
        }
    }
    let peer: Option<&[Hop]> = {
        let mut ways = group.seen.iter().map(|(hops, ..)| hops.as_slice());
        ways.find(|hops| !matches!(hops, [Hop::Parent]))
    };
    let mut made: Vec<(Vec<(Port, u32)>, Part)> = Vec::new();
    for (instance, wires) in (0_u32..).zip(&incoming) {
        let target = kind.parents[instance as usize];
        let mut partner = match peer {
            Some(hops) => {
                let other = flat.walk(id, instance, hops);
                Some(other.ok_or_else(|| problem("the other side of a connection"))?)
            }
            None => None,
        };
        for ((from, ..), _, source, _) in wires {
            if *partner.get_or_insert((*from, *source)) != (*from, *source) {
                return Err(problem("events of several cells or sources for one synapse"));
            }
        }
        let signature: Vec<_> = wires.iter().map(|(from, port, ..)| (*from, *port)).collect();
        let (pre, source) = partner.unwrap_or((home.kind, target));
        let known = made.iter_mut().find(|(s, part)| *s == signature && part.pre == Some(pre));
        let part = if let Some((_, part)) = known {
            part
        } else {
            let pathways = signature
                .iter()
                .map(|(from, port)| Pathway { from: *from, port: *port, delays: Vec::new() })
                .collect();
            made.push((signature, Part { pre: Some(pre), pathways, ..Part::default() }));
            let Some((_, part)) = made.last_mut() else { continue };
            part
        };
        part.rows.push(instance);
        part.sources.push(source);
        part.targets.push(target);
        for (pathway, wire) in part.pathways.iter_mut().zip(wires) {
            pathway.delays.push(wire.3);
        }
    }
    // What is seen of others is seen on one side only.
    let ways = group.seen.iter().map(|(hops, ..)| hops.as_slice());
    let others: Vec<&[Hop]> = ways.filter(|hops| !matches!(hops, [Hop::Parent])).collect();
    for instance in 0..kind.count() {
        let mut ends = others.iter().map(|hops| flat.walk(id, instance, hops));
        let first = ends.next();
        if ends.any(|end| Some(end) != first) {
            return Err(problem("references to several other components"));
        }
    }
    Ok(made.into_iter().map(|(_, part)| part).collect())
}
