//! Events on their way.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use nml_flat::{Flat, KindId, NodeId, Outlet, Wire};

/// An end of a wire.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct End {
    pub(super) kind: KindId,
    pub(super) instance: u32,
    pub(super) node: NodeId,
    pub(super) port: u32,
}

/// An event on its way; those due at the same time arrive in the order of the fields.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Due {
    /// The bits of a time that is not negative, which are ordered as the time is.
    time: u64,
    target: (KindId, u32),
    source: (KindId, u32),
    row: u32,
    end: End,
}

#[derive(Clone, Debug)]
struct Port {
    from: (KindId, NodeId, u32),
    /// Where the wires of each instance begin in `wires`.
    starts: Vec<u32>,
    wires: Vec<(End, f64, u32)>,
    /// Instance, output and index of what is recorded.
    recorded: Vec<(u32, usize, u32)>,
}

/// All wires between instances, and the events on them.
#[derive(Debug)]
pub(super) struct Wires {
    ports: Vec<Port>,
    queue: BinaryHeap<Reverse<Due>>,
}

impl Wires {
    pub(super) fn new(flat: &Flat, recorded: &[Vec<Outlet>]) -> Self {
        let mut froms: Vec<(KindId, NodeId, u32)> = flat.wires.iter().map(|t| t.from).collect();
        froms.extend(recorded.iter().flatten().map(|o| (o.kind, o.node, o.port)));
        froms.sort_unstable();
        froms.dedup();
        let ports = froms.into_iter().map(|from| Port::new(flat, from, recorded)).collect();
        Self { ports, queue: BinaryHeap::new() }
    }

    /// Puts an event on all wires from a port at time `t`; `record` gets output and index of each place that keeps it.
    pub(super) fn send(&mut self, from: End, t: f64, mut record: impl FnMut(usize, u32)) {
        let key = (from.kind, from.node, from.port);
        let Ok(at) = self.ports.binary_search_by_key(&key, |port| port.from) else { return };
        let port = &self.ports[at];
        for &(instance, output, index) in &port.recorded {
            if instance == from.instance {
                record(output, index);
            }
        }
        let lane = from.instance as usize;
        for &(end, delay, row) in
            &port.wires[port.starts[lane] as usize..port.starts[lane + 1] as usize]
        {
            let time = (t + delay.max(0.0)).to_bits();
            let (target, source) = ((end.kind, end.instance), (from.kind, from.instance));
            self.queue.push(Reverse(Due { time, target, source, row, end }));
        }
    }

    /// When the next event arrives, in seconds.
    pub(super) fn next(&self) -> Option<f64> {
        self.queue.peek().map(|Reverse(due)| f64::from_bits(due.time))
    }

    /// Takes the next event that is due by `t`.
    pub(super) fn take(&mut self, t: f64) -> Option<End> {
        self.next().filter(|&time| time <= t)?;
        self.queue.pop().map(|Reverse(due)| due.end)
    }
}

impl Port {
    fn new(flat: &Flat, from: (KindId, NodeId, u32), recorded: &[Vec<Outlet>]) -> Self {
        let mut wires = Vec::new();
        for table in flat.wires.iter().filter(|table| table.from == from) {
            let (kind, node, port) = table.to;
            for (wire, row) in table.iter().zip(0..) {
                let Wire { source, target: instance, delay, .. } = wire;
                wires.push((source, (End { kind, instance, node, port }, delay, row)));
            }
        }
        wires.sort_by_key(|(source, _)| *source);
        let mut starts = vec![0_u32; flat.kind(from.0).parents.len() + 1];
        for (source, _) in &wires {
            starts[*source as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut kept = Vec::new();
        for (output, outlets) in recorded.iter().enumerate() {
            for (outlet, index) in outlets.iter().zip(0..) {
                if (outlet.kind, outlet.node, outlet.port) == from {
                    kept.push((outlet.instance, output, index));
                }
            }
        }
        let wires = wires.into_iter().map(|(_, wire)| wire).collect();
        Self { from, starts, wires, recorded: kept }
    }
}
