//! Who may advance together.
//!
//! The reference interpreter advances one instance after the other, depth first.  Instances of one kind commute,
//! so a kind may advance as a whole, unless what one does reaches another within the step: an event without
//! delay, a tunnel, or the shared stream of random numbers.  Such kinds advance one instance at a time, each
//! after its own members.

use nml_flat::{Flat, KindId, Wire};

/// The order of advance.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// By kind: whether its instances advance one at a time.
    pub(crate) serial: Vec<bool>,
    /// By kind: the kinds of its members, in the order they advance.
    pub(crate) members: Vec<Vec<KindId>>,
    /// By kind: where the members of each instance of its home begin in `sorted`.
    starts: Vec<Vec<u32>>,
    /// By kind: its instances sorted by the instance they live in.
    sorted: Vec<Vec<u32>>,
}

impl Plan {
    /// `random` tells which kinds draw random numbers.
    pub(crate) fn new(flat: &Flat, random: &[bool]) -> Self {
        let kinds = flat.kinds.len();
        let mut plan = Self {
            serial: vec![false; kinds],
            members: vec![Vec::new(); kinds],
            starts: Vec::new(),
            sorted: Vec::new(),
        };
        for (id, kind) in flat.kind_ids().zip(&flat.kinds) {
            let mut open = vec![(nml_flat::NodeId::ROOT, false)];
            while let Some((node, seen)) = open.pop() {
                if seen {
                    let lists = &kind.node(node).lists;
                    let kinds = lists.iter().flat_map(|list| list.kinds.iter().copied());
                    plan.members[id.index()].extend(kinds);
                } else {
                    open.push((node, true));
                    let children: Vec<_> = kind.node(node).children().collect();
                    open.extend(children.into_iter().rev().map(|child| (child, false)));
                }
            }
            plan.sort(flat, id);
        }
        for (id, &random) in flat.kind_ids().zip(random) {
            if random {
                let mut at = Some(id);
                while let Some(kind) = at {
                    plan.serial[kind.index()] = true;
                    at = flat.kind(kind).home.map(|home| home.kind);
                }
            }
        }
        for table in &flat.wires {
            for Wire { source, target, delay, .. } in table.iter() {
                if delay <= 0.0 {
                    plan.conflict(flat, (table.from.0, source), (table.to.0, target));
                }
            }
        }
        for (id, kind) in flat.kind_ids().zip(&flat.kinds) {
            for peers in &kind.peers {
                for (&other, own) in peers.instances.iter().zip(0..) {
                    plan.conflict(flat, (id, own), (peers.kind, other));
                }
            }
        }
        plan
    }

    /// Two instances of which one acts on the other: the kind at which their ways part is serial.
    fn conflict(&mut self, flat: &Flat, a: (KindId, u32), b: (KindId, u32)) {
        let (a, b) = (flat.homes(a.0, a.1), flat.homes(b.0, b.1));
        let parting = a.iter().rev().zip(b.iter().rev()).find(|(a, b)| a != b);
        if let Some((a, b)) = parting
            && a.0 == b.0
        {
            self.serial[a.0.index()] = true;
        }
    }

    fn sort(&mut self, flat: &Flat, id: KindId) {
        let kind = flat.kind(id);
        let homes = kind.home.map_or(1, |home| flat.kind(home.kind).count() as usize);
        let mut starts = vec![0_u32; homes + 1];
        for &parent in &kind.parents {
            starts[parent as usize + 1] += 1;
        }
        for i in 0..homes {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut sorted = vec![0; kind.parents.len()];
        for (&parent, instance) in kind.parents.iter().zip(0..) {
            let at = &mut next[parent as usize];
            sorted[*at as usize] = instance;
            *at += 1;
        }
        self.starts.push(starts);
        self.sorted.push(sorted);
    }

    /// The instances of a kind that live in an instance of its home.
    pub(crate) fn members_of(&self, kind: KindId, home: usize) -> &[u32] {
        let starts = &self.starts[kind.index()];
        &self.sorted[kind.index()][starts[home] as usize..starts[home + 1] as usize]
    }
}
