//! Events on their way, in the order of their times.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// What an event does when its time has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Aim {
    /// The event that a mechanism's instance sends itself at the start: mechanism, lane.
    First(u32, u32),
    /// A watched condition begins to hold: mechanism, lane, watch.
    Watch(u32, u32, u32),
    /// The next spike of a spike array: mechanism, lane.
    Spike(u32, u32),
    /// An event through a connection: mechanism, lane.
    Receive(u32, u32),
}

/// An event on its way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    /// When, ms.
    pub(super) time: f64,
    pub(super) aim: Aim,
    /// How many were sent before.
    pub(super) order: u64,
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Event {}

impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Event {
    /// The greatest is the next: the earliest, and of several the one sent first.
    fn cmp(&self, other: &Self) -> Ordering {
        other.time.total_cmp(&self.time).then(other.order.cmp(&self.order))
    }
}

/// Events on their way.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    heap: BinaryHeap<Event>,
    /// How many were sent.
    pub(super) sent: u64,
}

impl Queue {
    pub(super) fn push(&mut self, time: f64, aim: Aim) {
        self.heap.push(Event { time, aim, order: self.sent });
        self.sent += 1;
    }

    /// All events, the next one last.
    pub(super) fn all(&self) -> Vec<Event> {
        self.heap.clone().into_sorted_vec()
    }

    /// Puts other events in place of what there is.
    pub(super) fn refill(&mut self, events: Vec<Event>) {
        self.heap = events.into();
    }

    /// The next event, if it is due at `time` or before.
    pub(super) fn pop(&mut self, time: f64) -> Option<Event> {
        if self.heap.peek()?.time > time { None } else { self.heap.pop() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_by_time_and_then_in_the_order_sent() {
        let mut queue = Queue::default();
        for (time, lane) in [(2.0, 0), (1.0, 1), (2.0, 2), (1.0, 3)] {
            queue.push(time, Aim::Receive(0, lane));
        }
        let mut lanes = Vec::new();
        while let Some(event) = queue.pop(2.0) {
            lanes.push(event.aim);
        }
        assert_eq!(lanes, [1, 3, 0, 2].map(|lane| Aim::Receive(0, lane)));
        queue.push(3.0, Aim::Receive(0, 0));
        assert!(queue.pop(2.5).is_none());
    }
}
