//! Named sets of segments.

use nml_xml::NodeId;
use rustc_hash::FxHashSet;

use super::Morphology;
use super::morphology::id_of;
use crate::Component;

/// The label of a group that one unbranched cable section is made of.
const UNBRANCHED: &str = "sao864921383";

/// One `<member>`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GroupMember {
    /// The element.
    pub node: NodeId,
    /// Id of the segment, or [`MISSING`](crate::table::MISSING).
    pub segment: u32,
}

/// One `<include>`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupInclude {
    /// The element.
    pub node: NodeId,
    /// The group included; empty where not written.
    pub group: Box<str>,
}

/// One `<path>`: the segments between two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GroupPath {
    /// The element.
    pub node: NodeId,
    /// The end nearer to the root; without it, the root.
    pub from: Option<GroupMember>,
    /// The other end; without it, everything that grows from the first.
    pub to: Option<GroupMember>,
}

/// One `<subTree>`: everything that grows from a segment, or everything between a segment and the root.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SubTree {
    /// The element.
    pub node: NodeId,
    /// The segment from which everything outwards is meant.
    pub from: Option<GroupMember>,
    /// The segment from which everything towards the root is meant.
    pub to: Option<GroupMember>,
}

/// A `<segmentGroup>`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SegmentGroup {
    /// The element.
    pub node: NodeId,
    /// Its identifier.
    pub id: Option<Box<str>>,
    /// Whether it claims to be one unbranched section (`neuroLexId="sao864921383"`).
    pub unbranched: bool,
    /// Single segments.
    pub members: Vec<GroupMember>,
    /// Other groups.
    pub includes: Vec<GroupInclude>,
    /// Runs of segments.
    pub paths: Vec<GroupPath>,
    /// Branches.
    pub sub_trees: Vec<SubTree>,
}

pub(super) fn read(component: Component<'_>) -> SegmentGroup {
    let mut group = SegmentGroup {
        node: component.element().id(),
        id: component.id().map(Into::into),
        unbranched: component.attr("neuroLexId") == Some(UNBRANCHED),
        members: Vec::new(),
        includes: Vec::new(),
        paths: Vec::new(),
        sub_trees: Vec::new(),
    };
    for child in component.children() {
        let node = child.element().id();
        let end = |name| child.child(name).map(member);
        match child.name() {
            "member" => group.members.push(member(child)),
            "include" => {
                let name = child.attr("segmentGroup").unwrap_or_default();
                group.includes.push(GroupInclude { node, group: name.into() });
            }
            "path" => group.paths.push(GroupPath { node, from: end("from"), to: end("to") }),
            "subTree" => group.sub_trees.push(SubTree { node, from: end("from"), to: end("to") }),
            _ => {}
        }
    }
    group
}

fn member(component: Component<'_>) -> GroupMember {
    GroupMember { node: component.element().id(), segment: id_of(component, "segment") }
}

impl Morphology {
    /// The segments of a group, included groups, paths and branches followed: indices into
    /// [`Morphology::segments`], ascending, each once.  What does not exist is left out.
    ///
    /// Costs what it returns, and the groups it passes; circles of groups are cut.
    pub fn group_segments(&self, group: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut seen = FxHashSet::default();
        let mut open = vec![group];
        while let Some(at) = open.pop() {
            let Some(group) = self.groups().get(at).filter(|_| seen.insert(at)) else { continue };
            found.extend(group.members.iter().filter_map(|m| self.index_of(m.segment)));
            // Turned round, so that the first is followed first and the segments come nearly in order.
            open.extend(group.includes.iter().rev().filter_map(|i| self.group_index(&i.group)));
            let index = |end: Option<GroupMember>| end.and_then(|m| self.index_of(m.segment));
            let runs = group.paths.iter().map(|p| (p.from, p.to));
            for (from, to) in runs.chain(group.sub_trees.iter().map(|s| (s.from, s.to))) {
                match (index(from), index(to)) {
                    (Some(from), Some(to)) => {
                        found.extend(self.tree().path(from, to).unwrap_or_default());
                    }
                    (Some(from), None) if to.is_none() => found.extend(self.tree().subtree(from)),
                    (None, Some(to)) if from.is_none() => {
                        let parents = std::iter::successors(Some(to), |&i| self.tree().parent(i));
                        found.extend(parents.take(self.segments().len()));
                    }
                    _ => {}
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The segments of a group by name; `all` means every segment unless a group of that name exists.
    pub fn segments_of(&self, name: &str) -> Option<Vec<usize>> {
        match self.group_index(name) {
            Some(group) => Some(self.group_segments(group)),
            None => (name == "all").then(|| (0..self.segments().len()).collect()),
        }
    }

    /// Circles of groups that include each other, in the order of inclusion; at most 32.
    pub fn group_circles(&self) -> Vec<Vec<usize>> {
        let groups = self.groups();
        // 0: new, 1: on the way, 2: done.
        let mut state = vec![0_u8; groups.len()];
        let mut circles = Vec::new();
        for start in 0..groups.len() {
            if state[start] != 0 {
                continue;
            }
            let mut way = vec![(start, 0)];
            state[start] = 1;
            while let Some((at, next)) = way.last_mut() {
                let (group, i) = (*at, *next);
                *next += 1;
                let Some(include) = groups[group].includes.get(i) else {
                    state[group] = 2;
                    way.pop();
                    continue;
                };
                let Some(target) = self.group_index(&include.group) else { continue };
                match state[target] {
                    0 => {
                        state[target] = 1;
                        way.push((target, 0));
                    }
                    // Groups that include everything make more circles than anybody wants to read.
                    1 if circles.len() < 32 => {
                        let first = way.iter().position(|&(g, _)| g == target).unwrap_or(0);
                        circles.push(way[first..].iter().map(|&(g, _)| g).collect());
                    }
                    _ => {}
                }
            }
        }
        circles
    }
}
