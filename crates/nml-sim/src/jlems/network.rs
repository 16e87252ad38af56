//! Wires for events, by the instance that sends.

use std::ops::Range;

use nml_flat::{Flat, KindId, NodeId, Outlet};
use nml_kernel::Entry;

use super::compile::{KindProgram, Ports};

/// The end of a wire.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wire {
    pub(super) kind: KindId,
    pub(super) entry: Entry,
    pub(super) instance: u32,
    pub(super) delay: f64,
}

/// All wires from one port of a kind.
#[derive(Clone, Debug, Default)]
pub(super) struct OutletWires {
    /// Where the wires of each instance begin; one more than there are instances.
    starts: Vec<u32>,
    pub(super) wires: Vec<Wire>,
    /// Outputs that keep the events: instance, output, index of the port there; by instance.
    recorders: Vec<(u32, (usize, u32))>,
}

impl OutletWires {
    /// The wires of an instance, as indices.
    pub(super) fn wires_of(&self, instance: u32) -> Range<usize> {
        let at = instance as usize;
        self.starts[at] as usize..self.starts[at + 1] as usize
    }

    /// The outputs that keep the events of an instance.
    pub(super) fn recorders_of(&self, instance: u32) -> impl Iterator<Item = &(usize, u32)> {
        let from = self.recorders.partition_point(|(own, _)| *own < instance);
        let own = self.recorders[from..].iter().take_while(move |(own, _)| *own == instance);
        own.map(|(_, output)| output)
    }
}

/// All wires, by sending kind and port.
#[derive(Clone, Debug)]
pub(super) struct Network {
    pub(super) outlets: Vec<Vec<OutletWires>>,
}

/// The ports of each kind through which events come in from other instances, and leave to them.
pub(super) fn ports(flat: &Flat, recorded: &[Vec<Outlet>]) -> Vec<Ports> {
    let mut ports = vec![Ports::default(); flat.kinds.len()];
    let add = |list: &mut Vec<(NodeId, u32)>, end| {
        if !list.contains(&end) {
            list.push(end);
        }
    };
    for table in &flat.wires {
        add(&mut ports[table.from.0.index()].outlets, (table.from.1, table.from.2));
        add(&mut ports[table.to.0.index()].inlets, (table.to.1, table.to.2));
    }
    for outlet in recorded.iter().flatten() {
        add(&mut ports[outlet.kind.index()].outlets, (outlet.node, outlet.port));
    }
    ports
}

impl Network {
    pub(super) fn new(
        flat: &Flat,
        ports: &[Ports],
        programs: &[KindProgram],
        recorded: &[Vec<Outlet>],
    ) -> Self {
        let outlets = flat
            .kind_ids()
            .zip(ports)
            .map(|(id, ports)| {
                let outlets = ports.outlets.iter();
                outlets.map(|&end| outlet_wires(flat, id, end, programs, recorded)).collect()
            })
            .collect();
        Self { outlets }
    }
}

fn outlet_wires(
    flat: &Flat,
    id: KindId,
    end: (NodeId, u32),
    programs: &[KindProgram],
    recorded: &[Vec<Outlet>],
) -> OutletWires {
    let tables = || flat.wires.iter().filter(|t| t.from == (id, end.0, end.1));
    let count = flat.kind(id).parents.len();
    let mut starts = vec![0_u32; count + 1];
    for table in tables() {
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
    for table in tables() {
        let (kind, node, port) = table.to;
        let events = &programs[kind.index()].events;
        let Some(&(_, entry)) = events.iter().find(|(inlet, _)| *inlet == (node, port)) else {
            continue;
        };
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
