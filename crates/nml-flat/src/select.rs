//! `select` and `reduce`: paths to the quantities of children, attachments and peers.

use nml_lems::{Reduce, Select};

use crate::build::Flattener;
use crate::flat::{Hop, KindId, NodeId, Seen, Selection, View};
use crate::names::Names;
use crate::rules;

/// Which children of a name are meant.
#[derive(Clone, Copy, PartialEq)]
enum Which<'a> {
    /// The only one.
    Single,
    /// All members of a list.
    All,
    /// The members with a value of an attribute.
    With(&'a str, &'a str),
}

/// One part of a path.
struct Step<'a> {
    name: &'a str,
    which: Which<'a>,
}

fn step(part: &str) -> Option<Step<'_>> {
    let Some((name, rest)) = part.split_once('[') else {
        // `list*` is an old spelling of all members.
        return Some(match part.strip_suffix('*') {
            Some(name) => Step { name, which: Which::All },
            None => Step { name: part, which: Which::Single },
        });
    };
    let inside = rest.strip_suffix(']')?;
    if inside == "*" {
        return Some(Step { name, which: Which::All });
    }
    let (property, value) = inside.split_once('=')?;
    let value = value.trim();
    let quoted = |q: char| value.strip_prefix(q).and_then(|v| v.strip_suffix(q));
    let value = quoted('\'').or_else(|| quoted('"'))?;
    Some(Step { name, which: Which::With(property.trim(), value) })
}

impl<'m> Flattener<'m> {
    /// Resolves a path of a derived variable.
    pub(crate) fn select(
        &mut self,
        names: &Names,
        kind: KindId,
        node: NodeId,
        select: &'m Select,
    ) -> Option<Selection> {
        let path = select.path.as_str();
        let (way, target) = path.rsplit_once('/').unwrap_or(("", path));
        let parts: Option<Vec<Step<'_>>> =
            way.split('/').filter(|part| !part.is_empty()).map(step).collect();
        let found = parts.and_then(|steps| {
            if steps.iter().any(|step| step.which != Which::Single) {
                self.many(names, (kind, node), &steps, target, select.reduce)
            } else {
                self.one(names, (kind, node), &steps, target)
            }
        });
        if found.is_some() {
            return found;
        }
        // A single target that is not there counts as none of the terms.
        if let Some(op) = select.reduce
            && (op == Reduce::Add || !select.required)
        {
            return Some(Selection::Reduce { op, inside: Vec::new(), members: Vec::new() });
        }
        let shown = self.made_from(kind, node).shown();
        let span = self.blame(kind, node, select.path.span);
        self.report(rules::unresolved(span, format!("there is no `{path}` in {shown}")));
        None
    }

    fn child(&self, kind: KindId, node: NodeId, name: &str) -> Option<NodeId> {
        let flat_kind = self.flat.kind(kind);
        let at = flat_kind.node(node);
        let by_slot = at.singles.iter().copied().find(|&n| flat_kind.node(n).slot == name);
        by_slot.or_else(|| at.children().find(|&n| flat_kind.node(n).name == name))
    }

    fn one(
        &self,
        names: &Names,
        (kind, node): (KindId, NodeId),
        steps: &[Step<'_>],
        target: &str,
    ) -> Option<Selection> {
        let (mut at, mut within) = (node, kind);
        let mut hops = Vec::new();
        for step in steps {
            if let Some(next) = self.child(within, at, step.name) {
                at = next;
                continue;
            }
            let flat_kind = self.flat.kind(within);
            let peers = flat_kind.peers.iter().position(|peers| peers.name == step.name)?;
            if at != NodeId::ROOT {
                return None;
            }
            hops.push(Hop::Peer(u32::try_from(peers).ok()?));
            within = flat_kind.peers[peers].kind;
        }
        let mut view = self.view(names, within, at, target)?;
        hops.append(&mut view.hops);
        Some(Selection::One(View { hops, ..view }))
    }

    fn many(
        &self,
        names: &Names,
        (kind, node): (KindId, NodeId),
        steps: &[Step<'_>],
        target: &str,
        reduce: Option<Reduce>,
    ) -> Option<Selection> {
        // Nodes of this kind, and nodes of kinds of members.
        let (mut inside, mut outside) = (vec![node], Vec::<(KindId, NodeId)>::new());
        for step in steps {
            if step.which == Which::Single {
                inside = inside
                    .iter()
                    .map(|&n| self.child(kind, n, step.name))
                    .collect::<Option<_>>()?;
                let next = outside.iter().map(|&(k, n)| Some((k, self.child(k, n, step.name)?)));
                outside = next.collect::<Option<_>>()?;
                continue;
            }
            let matches = |kind: KindId, node: NodeId| match step.which {
                Which::With(property, value) => {
                    let written = self.made_from(kind, node).written();
                    written.and_then(|c| self.attr(c, property)) == Some(value)
                }
                Which::Single | Which::All => true,
            };
            let (mut next_inside, mut next_outside) = (Vec::new(), Vec::new());
            for &n in &inside {
                let lists = &self.flat.kind(kind).node(n).lists;
                for list in lists.iter().filter(|list| list.name == step.name) {
                    next_inside.extend(list.members.iter().filter(|&&m| matches(kind, m)));
                    if list.kinds.iter().any(|&k| self.flat.kind(k).populations.len() > 1) {
                        return None;
                    }
                    let kinds = list.kinds.iter().filter(|&&k| matches(k, NodeId::ROOT));
                    next_outside.extend(kinds.map(|&k| (k, NodeId::ROOT)));
                }
            }
            for &(k, n) in &outside {
                let lists = &self.flat.kind(k).node(n).lists;
                for list in lists.iter().filter(|list| list.name == step.name) {
                    if !list.kinds.is_empty() {
                        return None;
                    }
                    let members = list.members.iter().filter(|&&m| matches(k, m));
                    next_outside.extend(members.map(|&m| (k, m)));
                }
            }
            (inside, outside) = (next_inside, next_outside);
        }
        let op = reduce?;
        let within = |k: KindId, n: NodeId| -> Option<Seen> {
            let view = self.view(names, k, n, target)?;
            view.hops.is_empty().then_some(view.seen)
        };
        let inside = inside.iter().map(|&n| within(kind, n)).collect::<Option<_>>()?;
        let members = outside.iter().map(|&(k, n)| Some((k, within(k, n)?)));
        let members = members.collect::<Option<_>>()?;
        Some(Selection::Reduce { op, inside, members })
    }
}
