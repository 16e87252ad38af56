//! Paths of recordings.

use nml_base::{Diagnostics, Span};

use crate::build::Place;
use crate::flat::{ExposureId, Flat, Hop, KindId, NodeId, QuantityId, Seen};
use crate::rules;

/// One quantity of one instance.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Probe {
    /// The kind.
    pub kind: KindId,
    /// The instance.
    pub instance: u32,
    /// The quantity.
    pub seen: Seen,
    /// Of a cell with a shape: the segment that a path names, `pop/0/cell/3/v`.
    pub segment: Option<u32>,
}

/// One port of one instance.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Outlet {
    /// The kind.
    pub kind: KindId,
    /// The node.
    pub node: NodeId,
    /// The instance.
    pub instance: u32,
    /// The port, an index into [`Node::ports_out`](crate::Node).
    pub port: u32,
}

impl Flat {
    const ROOT: Place = Place { kind: KindId(0), node: NodeId::ROOT, instance: 0 };

    /// What is seen under a name at a node.
    fn seen(&self, kind: KindId, node: NodeId, name: &str) -> Option<Seen> {
        let kind = self.kind(kind);
        let index = |at: usize| u32::try_from(at).ok();
        let exposures = &kind.exposures;
        if let Some(at) = exposures.iter().position(|e| e.node == node && e.name == name) {
            return index(at).map(|at| Seen::Exposure(ExposureId(at)));
        }
        let quantities = &kind.quantities;
        // A later declaration of the same name hides an earlier one.
        match quantities.iter().rposition(|q| q.node == node && q.name == name) {
            Some(at) => index(at).map(|at| Seen::Quantity(QuantityId(at))),
            None => (name == "t").then_some(Seen::Time),
        }
    }

    /// Resolves the path of a recorded quantity, `pop[0]/bio/channel/m/q`; reports one that leads nowhere.
    pub fn probe(&self, path: &str, span: Span, sink: &mut Diagnostics) -> Option<Probe> {
        let path = path.trim_end_matches('/');
        let (way, name) = path.rsplit_once('/').unwrap_or(("", path));
        let found = self.follow(Self::ROOT, way).map(|place| (place, None));
        let Some((place, segment)) = found.or_else(|| self.follow_into_shape(way)) else {
            sink.push(rules::unresolved(span, format!("there is no instance `{way}`")));
            return None;
        };
        let found = self.seen(place.kind, place.node, name);
        if found.is_none() {
            let node = self.kind(place.kind).node(place.node);
            let what = format!("`{}` of type `{}` has no quantity `{name}`", node.name, node.ty);
            let found = rules::unresolved(span, what);
            let names = self.kind(place.kind).exposures.iter();
            let names = names.filter(|e| e.node == place.node).map(|e| e.name.as_str());
            let near = nml_base::nearest(name, names).map(|near| format!("did you mean `{near}`?"));
            sink.push(found.maybe_help(near));
        }
        found.map(|seen| Probe { kind: place.kind, instance: place.instance, seen, segment })
    }

    /// Follows a way in which the id of a segment stands after a cell: `pop/0/cell/3/bio`.
    fn follow_into_shape(&self, way: &str) -> Option<(Place, Option<u32>)> {
        let mut end = 0;
        loop {
            end += way[end..].find('/')? + 1;
            let rest = &way[end..];
            let (part, after) = rest.split_once('/').unwrap_or((rest, ""));
            let Ok(id) = part.parse::<u32>() else { continue };
            let Some(cell) = self.follow(Self::ROOT, &way[..end - 1]) else { continue };
            let shape = self.kind(cell.kind).shape.as_ref().filter(|_| cell.node == NodeId::ROOT);
            if shape.is_some_and(|shape| shape.segment(id).is_some()) {
                return Some((self.follow(cell, after)?, Some(id)));
            }
        }
    }

    /// Resolves the path and port of recorded events.
    pub fn outlet(
        &self,
        path: &str,
        port: &str,
        span: Span,
        sink: &mut Diagnostics,
    ) -> Option<Outlet> {
        let Some(place) = self.follow(Self::ROOT, path) else {
            sink.push(rules::unresolved(span, format!("there is no instance `{path}`")));
            return None;
        };
        let node = self.kind(place.kind).node(place.node);
        let found = node.ports_out.iter().position(|known| known == port);
        if found.is_none() {
            let what = format!("`{}` has no port `{port}` for outgoing events", node.name);
            sink.push(rules::unresolved(span, what));
        }
        let port = u32::try_from(found?).ok()?;
        Some(Outlet { kind: place.kind, node: place.node, instance: place.instance, port })
    }

    /// The instance at the end of a way.
    pub fn walk(&self, kind: KindId, instance: u32, hops: &[Hop]) -> Option<(KindId, u32)> {
        let (mut kind, mut instance) = (kind, instance);
        for hop in hops {
            let here = self.kind(kind);
            (kind, instance) = match hop {
                Hop::Parent => (here.home?.kind, *here.parents.get(instance as usize)?),
                Hop::Peer(peers) => {
                    let peers = here.peers.get(*peers as usize)?;
                    (peers.kind, *peers.instances.get(instance as usize)?)
                }
            };
        }
        Some((kind, instance))
    }
}
