//! What may stand inside an element.

use super::{ElementType, NameId};

/// What may stand inside an element of a type.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// Nothing, not even white space.
    Empty,
    /// Any well-formed elements; they are not checked.
    Any,
    /// Elements, with white space between them.
    Elements(Model),
}

/// An element that may stand inside another.
#[derive(Clone, Copy, Debug)]
pub struct Child {
    /// Its name as a number.
    pub id: NameId,
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub ty: ElementType,
}

/// Which elements may stand inside, and in which order.
///
/// Every name occurs at one place of a content model, so that the state of the automaton is simply
/// the last child read (Glushkov 1961): state 0 is the beginning, state `i + 1` is after child `i`.
#[derive(Clone, Copy, Debug)]
pub struct Model {
    /// The children in the order of the standard; at most 127.
    pub children: &'static [Child],
    pub(crate) by_name: &'static [(NameId, u8)],
    /// How they may follow each other.
    pub order: Order,
}

/// How children may follow each other; sets of children are bit masks over their indices.
#[derive(Clone, Copy, Debug)]
pub enum Order {
    /// Any order, each at most once.
    Free {
        /// Those that must be there.
        required: u128,
    },
    /// As the automaton says.
    Fixed {
        /// For each state the children that may come next.
        next: &'static [u128],
        /// The states in which the content may end; bit `s` for state `s`.
        last: u128,
    },
}

impl Model {
    /// The index of the child of that name.
    pub fn child(&self, name: NameId) -> Option<usize> {
        // Few children: a scan beats a binary search.
        if self.by_name.len() <= 12 {
            return self.by_name.iter().find(|(n, _)| *n == name).map(|(_, i)| usize::from(*i));
        }
        let found = self.by_name.binary_search_by_key(&name, |(n, _)| *n).ok()?;
        Some(usize::from(self.by_name[found].1))
    }

    /// The children that may come next in a state, given those already seen.
    pub fn allowed(&self, state: usize, seen: u128) -> u128 {
        match self.order {
            Order::Free { .. } => !seen & ((1 << self.children.len()) - 1),
            Order::Fixed { next, .. } => next.get(state).copied().unwrap_or(0),
        }
    }

    /// Whether the content may end in a state.
    pub fn may_end(&self, state: usize, seen: u128) -> bool {
        match self.order {
            Order::Free { required } => required & !seen == 0,
            Order::Fixed { last, .. } => last >> state & 1 == 1,
        }
    }

    /// The children that may come anywhere after child `from` in some valid content.
    pub fn reachable_after(&self, from: usize) -> u128 {
        match self.order {
            Order::Free { .. } => ((1 << self.children.len()) - 1) & !(1 << from),
            Order::Fixed { .. } => self.closure(self.allowed(from + 1, 0), 0),
        }
    }

    /// The children that every valid path from `state` to `goal` (a child, or the end) has to take.
    pub fn required_between(&self, state: usize, goal: Option<usize>) -> u128 {
        let reached = |without: u128| {
            let set = self.closure(self.allowed(state, 0) & !without, without);
            match goal {
                Some(goal) => set >> goal & 1 == 1,
                None => self.may_end(state, 0) || bits(set).any(|child| self.may_end(child + 1, 0)),
            }
        };
        match self.order {
            Order::Free { required } => required,
            Order::Fixed { .. } if !reached(0) => 0,
            Order::Fixed { .. } => (0..self.children.len())
                .filter(|&i| Some(i) != goal && !reached(1 << i))
                .fold(0, |mask, i| mask | 1 << i),
        }
    }

    fn closure(&self, start: u128, without: u128) -> u128 {
        let mut set = start;
        loop {
            let more = bits(set).fold(set, |m, i| m | (self.allowed(i + 1, 0) & !without));
            if more == set {
                return set;
            }
            set = more;
        }
    }
}

fn bits(mask: u128) -> impl Iterator<Item = usize> {
    (0..128).filter(move |i| mask >> i & 1 == 1)
}
