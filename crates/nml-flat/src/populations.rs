//! Cells of one kind in several populations.

use std::ops::Range;

use crate::flat::{Home, Kind, NodeId};

/// One of several populations of the same cells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Population {
    /// Where its instances live.
    pub home: Home,
    /// The first of them.
    pub first: u32,
}

impl Kind {
    /// Where an instance lives.
    pub fn home_of(&self, instance: u32) -> Option<Home> {
        let after = self.populations.partition_point(|population| population.first <= instance);
        let own = after.checked_sub(1).and_then(|at| self.populations.get(at));
        own.map(|population| population.home).or(self.home)
    }

    /// The instances that live in a list of a node, of whichever instance that is.
    pub fn living_in(&self, node: NodeId, list: usize) -> Range<u32> {
        let here = |home: Home| home.node == node && home.list as usize == list;
        let Some(at) = self.populations.iter().position(|p| here(p.home)) else {
            return 0..if self.populations.is_empty() { self.count() } else { 0 };
        };
        let end = self.populations.get(at + 1).map_or(self.count(), |next| next.first);
        self.populations[at].first..end
    }

    /// The number of an instance among those that live where it does.
    pub fn rank(&self, instance: u32) -> usize {
        let home = self.home_of(instance);
        let first = home.map_or(0, |home| self.living_in(home.node, home.list as usize).start);
        let parent = self.parents[instance as usize];
        let before = &self.parents[first as usize..instance as usize];
        before.iter().filter(|&&other| other == parent).count()
    }
}
