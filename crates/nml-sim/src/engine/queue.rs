//! Events on their way, in the order in which they arrive.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use nml_flat::KindId;
use nml_kernel::Entry;

/// An event on its way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Due {
    /// When it arrives, in seconds.
    pub(crate) time: f64,
    /// The receiver.
    pub(crate) kind: KindId,
    pub(crate) instance: u32,
    /// What it sets off there.
    pub(crate) entry: Entry,
    /// The sender, and the wire among those of its port.
    pub(crate) source: (KindId, u32, u32),
}

impl Due {
    fn order(&self, other: &Self) -> Ordering {
        let rest = |due: &Self| (due.kind, due.instance, due.source, due.entry.0);
        self.time.total_cmp(&other.time).then_with(|| rest(self).cmp(&rest(other)))
    }
}

/// Compared so that the first to arrive is the greatest, as a [`BinaryHeap`] wants it.
#[derive(Clone, Copy, Debug)]
struct Queued(Due);

impl PartialEq for Queued {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Queued {}

impl PartialOrd for Queued {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Queued {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.order(&self.0)
    }
}

/// Events sorted by time, receiver, sender and wire, so that the order of sending does not matter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue {
    heap: BinaryHeap<Queued>,
}

impl Queue {
    pub(crate) fn push(&mut self, due: Due) {
        self.heap.push(Queued(due));
    }

    /// All events, in the order in which they arrive.
    pub(crate) fn all(&self) -> Vec<Due> {
        let mut all: Vec<Due> = self.heap.iter().map(|queued| queued.0).collect();
        all.sort_by(Due::order);
        all
    }

    /// Whether an event arrives by a time.
    pub(crate) fn is_due(&self, time: f64) -> bool {
        self.heap.peek().is_some_and(|next| next.0.time <= time)
    }

    /// The next event that arrives by a time.
    pub(crate) fn pop(&mut self, time: f64) -> Option<Due> {
        if self.is_due(time) { self.heap.pop().map(|next| next.0) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_arrive_by_time_then_receiver_then_sender() {
        let due = |time, instance, source| Due {
            time,
            kind: KindId(0),
            instance,
            entry: Entry(0),
            source: (KindId(1), source, 0),
        };
        let mut queue = Queue::default();
        for d in [due(2.0, 0, 0), due(1.0, 5, 1), due(1.0, 5, 0), due(1.0, 2, 9), due(3.0, 0, 0)] {
            queue.push(d);
        }
        let order: Vec<_> = std::iter::from_fn(|| queue.pop(2.0))
            .map(|d| (d.time, d.instance, d.source.1))
            .collect();
        assert_eq!(order, [(1.0, 2, 9), (1.0, 5, 0), (1.0, 5, 1), (2.0, 0, 0)]);
        assert!(!queue.is_due(2.5) && queue.is_due(3.0));
    }
}
