//! Paths to instances: `../pop[3]`, `pop/3/cell`, `./synapse`, `synapses:syn:0`.

use crate::build::{Flattener, Place};
use crate::flat::{Flat, KindId, NodeId};

impl Flat {
    /// The place around a place.
    pub(crate) fn outer(&self, place: Place) -> Option<Place> {
        let kind = self.kind(place.kind);
        if let Some(node) = kind.node(place.node).parent {
            return Some(Place { node, ..place });
        }
        let home = kind.home_of(place.instance)?;
        let instance = *kind.parents.get(place.instance as usize)?;
        Some(Place { kind: home.kind, node: home.node, instance })
    }

    /// The members of a list of an instance, in the order of their kinds.
    pub(crate) fn members(&self, place: Place, list: usize) -> impl Iterator<Item = Place> {
        let at = list;
        let list = &self.kind(place.kind).node(place.node).lists[at];
        let inside = list.members.iter().map(move |&node| Place { node, ..place });
        let kinds = list.kinds.iter().flat_map(move |&kind| {
            let here = self.kind(kind);
            let own = here
                .living_in(place.node, at)
                .filter(move |&instance| here.parents[instance as usize] == place.instance);
            own.map(move |instance| Place { kind, node: NodeId::ROOT, instance })
        });
        inside.chain(kinds)
    }

    /// The member at a position of the only list of a place.
    fn at(&self, place: Place, index: usize) -> Option<Place> {
        let lists = &self.kind(place.kind).node(place.node).lists;
        // What is built comes before what is written, such as properties of a population.
        let built = lists.iter().position(|list| !list.kinds.is_empty());
        let list = built.or_else(|| lists.iter().position(|list| !list.members.is_empty()))?;
        if let ([], [kind]) = (&*lists[list].members, &*lists[list].kinds)
            && place.kind == KindId(0)
        {
            // All instances there live here: no need to count.
            let living = self.kind(*kind).living_in(place.node, list);
            let instance = living.start.checked_add(u32::try_from(index).ok()?)?;
            return living.contains(&instance).then_some(Place {
                kind: *kind,
                node: NodeId::ROOT,
                instance,
            });
        }
        self.members(place, list).nth(index)
    }

    /// The instance of that label or index in a population.
    pub(crate) fn labelled(&self, place: Place, label: u32) -> Option<Place> {
        let (kind, list) = self.only_kind(place)?;
        let living = self.kind(kind).living_in(place.node, list);
        let labels = self.kind(kind).labels.as_ref()?;
        let labels = labels.get(living.start as usize..living.end as usize)?;
        // Labels mostly count from 0.
        let guess = label as usize;
        let at = if labels.get(guess) == Some(&label) {
            guess
        } else {
            labels.iter().position(|&l| l == label)?
        };
        let instance = living.start + u32::try_from(at).ok()?;
        Some(Place { kind, node: NodeId::ROOT, instance })
    }

    /// Whether the instances of the first list of a place are labelled.
    pub(crate) fn has_labels(&self, place: Place) -> bool {
        self.only_kind(place).is_some_and(|(kind, _)| self.kind(kind).labels.is_some())
    }

    /// The kind of the instances of the first list of a place, where all are of one, and the list.
    fn only_kind(&self, place: Place) -> Option<(KindId, usize)> {
        let lists = &self.kind(place.kind).node(place.node).lists;
        let list = lists.iter().position(|list| !list.kinds.is_empty())?;
        match *lists[list].kinds {
            [kind] => Some((kind, list)),
            _ => None,
        }
    }

    /// The list of that name of a place.
    pub(crate) fn list_of(&self, place: Place, name: &str) -> Option<usize> {
        let lists = &self.kind(place.kind).node(place.node).lists;
        lists.iter().position(|list| !list.name.is_empty() && list.name == name)
    }

    /// The child of a place that goes by a name.
    pub(crate) fn inner(&self, place: Place, name: &str) -> Option<Place> {
        let kind = self.kind(place.kind);
        let node = kind.node(place.node);
        if let Some(index) = name.strip_prefix('[').and_then(|n| n.strip_suffix(']')) {
            return self.at(place, index.trim().parse().ok()?);
        }
        let here = |node: NodeId| Place { node, ..place };
        if let Some(&single) = node.singles.iter().find(|&&n| kind.node(n).slot == name) {
            return Some(here(single));
        }
        if place.node == NodeId::ROOT
            && let Some(peers) = kind.peers.iter().find(|peers| peers.name == name)
        {
            let instance = *peers.instances.get(place.instance as usize)?;
            return Some(Place { kind: peers.kind, node: NodeId::ROOT, instance });
        }
        let by_id = node.children().find(|&n| kind.node(n).name == name);
        if let Some(child) = by_id {
            return Some(here(child));
        }
        if let Ok(segment) = name.parse::<u32>()
            && let Some(compartment) = self.in_segment(place, segment)
        {
            return Some(compartment);
        }
        let mut parts = name.split(':');
        if let (Some(list), Some(id), Some(count), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        {
            let list = node.lists.iter().position(|l| l.name == list)?;
            let named = self.members(place, list).filter(|p| self.name_of(*p) == id);
            return named.take(usize::MAX).nth(count.parse().ok()?);
        }
        if let Ok(label) = name.parse::<u32>()
            && let Some(found) = self.labelled(place, label)
        {
            return Some(found);
        }
        let mut lists = 0..node.lists.len();
        lists.find_map(|list| self.members(place, list).find(|p| self.name_of(*p) == name))
    }

    fn name_of(&self, place: Place) -> &str {
        &self.kind(place.kind).node(place.node).name
    }

    /// Follows a path from a place.
    pub(crate) fn follow(&self, from: Place, path: &str) -> Option<Place> {
        let mut at = from;
        // The cell, where the part before named a segment of it.
        let mut segment: Option<(Place, u32)> = None;
        let spread = path.replace('[', "/[");
        for part in spread.split('/').map(str::trim).filter(|p| !p.is_empty() && *p != ".") {
            let before = segment.take();
            if let Some((cell, segment)) = before
                && let Some(found) = self.on_segment(cell, segment, part)
            {
                at = found;
                continue;
            }
            if let Ok(number) = part.parse()
                && self.in_segment(at, number).is_some()
            {
                segment = Some((at, number));
            }
            at = match part {
                ".." => self.outer(at)?,
                name => match self.inner(at, name) {
                    Some(next) => next,
                    // `pop/3/cell`: the instance 3 is the cell itself.
                    None if self.is_labelled(at) && self.name_of(at) == name => at,
                    None => return None,
                },
            };
        }
        Some(at)
    }

    fn is_labelled(&self, place: Place) -> bool {
        place.node == NodeId::ROOT && self.kind(place.kind).labels.is_some()
    }
}

impl Flattener<'_> {
    /// The instance that a `With` names: `this` and `parent`, `./x` from the place itself, all else from
    /// the place around it.
    pub(crate) fn with(&self, base: Place, path: &str) -> Option<Place> {
        match path {
            "this" => Some(base),
            "parent" => self.flat.outer(base),
            path => match path.strip_prefix("./") {
                Some(path) => self.flat.follow(base, path),
                None => self.flat.follow(self.flat.outer(base)?, path),
            },
        }
    }
}
