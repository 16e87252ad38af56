//! Wires for events, by the instance that sends.

use std::ops::Range;

use nml_flat::{Flat, KindId, NodeId, Outlet};
use nml_kernel::Entry;

use super::shape::Ports;

/// The end of a wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wire {
    pub(crate) kind: KindId,
    pub(crate) entry: Entry,
    pub(crate) instance: u32,
    pub(crate) delay: f64,
}

/// All wires from one port of a kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct OutletWires {
    /// Where the wires of each instance begin; one more than there are instances.
    starts: Vec<u32>,
    pub(crate) wires: Vec<Wire>,
    /// Outputs that keep the events: instance, output, index of the port there; by instance.
    recorders: Vec<(u32, (usize, u32))>,
}

impl OutletWires {
    /// The wires of an instance, as indices.
    pub(crate) fn wires_of(&self, instance: u32) -> Range<usize> {
        let at = instance as usize;
        self.starts[at] as usize..self.starts[at + 1] as usize
    }

    /// The outputs that keep the events of an instance.
    pub(crate) fn recorders_of(&self, instance: u32) -> impl Iterator<Item = &(usize, u32)> {
        let from = self.recorders.partition_point(|(own, _)| *own < instance);
        let own = self.recorders[from..].iter().take_while(move |(own, _)| *own == instance);
        own.map(|(_, output)| output)
    }
}

/// All wires, by sending kind and port.
#[derive(Clone, Debug, Default)]
pub(crate) struct Network {
    pub(crate) outlets: Vec<Vec<OutletWires>>,
}

impl Network {
    /// `entry` is what an event at a port of a kind sets off.
    pub(crate) fn new(
        flat: &Flat,
        ports: &[Ports],
        recorded: &[Vec<Outlet>],
        entry: impl Fn(KindId, (NodeId, u32)) -> Option<Entry>,
    ) -> Self {
        let outlets = flat
            .kind_ids()
            .zip(ports)
            .map(|(id, ports)| {
                let outlets = ports.outlets.iter();
                outlets.map(|&end| outlet_wires(flat, id, end, &entry, recorded)).collect()
            })
            .collect();
        Self { outlets }
    }
}

fn outlet_wires(
    flat: &Flat,
    id: KindId,
    end: (NodeId, u32),
    entry: impl Fn(KindId, (NodeId, u32)) -> Option<Entry>,
    recorded: &[Vec<Outlet>],
) -> OutletWires {
    let from_here = flat.wires.iter().filter(|t| t.from == (id, end.0, end.1));
    let tables: Vec<_> =
        from_here.filter_map(|t| Some((t, entry(t.to.0, (t.to.1, t.to.2))?))).collect();
    let count = flat.kind(id).parents.len();
    let mut starts = vec![0_u32; count + 1];
    for (table, _) in &tables {
        for &source in &table.sources {
            starts[source as usize + 1] += 1;
        }
    }
    for i in 0..count {
        starts[i + 1] += starts[i];
    }
    let nowhere = Wire { kind: id, entry: Entry(0), instance: 0, delay: 0.0 };
    let mut wires = vec![nowhere; starts[count] as usize];
    let mut next = starts.clone();
    for (table, entry) in tables {
        let kind = table.to.0;
        let ends = table.sources.iter().zip(&table.targets).zip(&table.delays);
        for ((&source, &instance), &delay) in ends {
            let at = &mut next[source as usize];
            wires[*at as usize] = Wire { kind, entry, instance, delay };
            *at += 1;
        }
    }
    let mut recorders = Vec::new();
    for (output, outlets) in recorded.iter().enumerate() {
        for (outlet, index) in outlets.iter().zip(0..) {
            if outlet.kind == id && (outlet.node, outlet.port) == end {
                recorders.push((outlet.instance, (output, index)));
            }
        }
    }
    recorders.sort_unstable();
    OutletWires { starts, wires, recorders }
}
