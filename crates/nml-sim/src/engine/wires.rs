//! Wires for events, by the instance that sends.

use std::ops::{AddAssign, Range};

use nml_base::Column;
use nml_flat::{Flat, KindId, NodeId, Outlet, WireTable};
use nml_kernel::Entry;

use super::shape::Ports;

/// The end of a wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wire {
    pub(crate) kind: KindId,
    pub(crate) entry: Entry,
    pub(crate) instance: u32,
    pub(crate) delay: f64,
    /// Its place among all wires from the port.
    pub(crate) at: u32,
}

/// What an event sets off at a port.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Receiver {
    pub(crate) entry: Entry,
    /// The basket in which events are added up, if they are.
    pub(crate) basket: Option<usize>,
}

/// Instances in the fewest bytes.
#[derive(Clone, Debug)]
pub(crate) enum Targets {
    Words(Vec<u16>),
    Full(Vec<u32>),
}

impl Targets {
    fn zeros(len: usize, most: u32) -> Self {
        match u16::try_from(most) {
            Ok(_) => Self::Words(vec![0; len]),
            Err(_) => Self::Full(vec![0; len]),
        }
    }

    fn set(&mut self, at: usize, instance: u32) {
        match self {
            Self::Words(all) => all[at] = u16::try_from(instance).unwrap_or(u16::MAX),
            Self::Full(all) => all[at] = instance,
        }
    }

    fn get(&self, at: usize) -> u32 {
        match self {
            Self::Words(all) => all[at].into(),
            Self::Full(all) => all[at],
        }
    }
}

/// All wires from one port of a kind to one port of another.
#[derive(Clone, Debug)]
pub(crate) struct Fan {
    pub(crate) kind: KindId,
    pub(crate) receiver: Receiver,
    /// Where the wires of each instance begin; one more than there are instances.
    starts: Vec<u32>,
    targets: Targets,
    /// In seconds; in steps, as whole numbers, where events are added up.  There an instance's wires are sorted by them.
    delays: Column<f64>,
    weights: Column<f64>,
    /// How many wires from the port lead elsewhere before.
    before: u32,
}

impl Fan {
    /// `steps` is how many steps a delay takes.
    fn new(
        table: &WireTable,
        receiver: Receiver,
        (sources, targets): (usize, u32),
        before: u32,
        steps: impl Fn(f64) -> f64,
    ) -> Self {
        let mut starts = vec![0_u32; sources + 1];
        for source in table.sources.iter() {
            starts[source as usize + 1] += 1;
        }
        for i in 0..sources {
            starts[i + 1] += starts[i];
        }
        let mut fan = Self {
            kind: table.to.0,
            receiver,
            starts,
            targets: Targets::zeros(table.len(), targets.saturating_sub(1)),
            delays: Column::new(0.0),
            weights: Column::new(1.0),
            before,
        };
        let delay = |seconds: f64| if receiver.basket.is_some() { steps(seconds) } else { seconds };
        let mut next = fan.starts.clone();
        let mut place = |source: u32| {
            let at = &mut next[source as usize];
            *at += 1;
            *at as usize - 1
        };
        if let (Some(same), Some(weight)) = (table.delays.same(), table.weights.same()) {
            for (source, target) in table.sources.iter().zip(table.targets.iter()) {
                fan.targets.set(place(source), target);
            }
            fan.delays = Column::uniform(delay(same), table.len());
            fan.weights = Column::uniform(weight, table.len());
            return fan;
        }
        let mut order = vec![0_u32; table.len()];
        for (source, row) in table.sources.iter().zip(0..) {
            order[place(source)] = row;
        }
        if receiver.basket.is_some() && table.delays.same().is_none() {
            for ends in fan.starts.windows(2) {
                // The sort is stable: rows stay in order.
                order[ends[0] as usize..ends[1] as usize].sort_by(|&a, &b| {
                    let of = |row: u32| delay(table.delays.get(row as usize));
                    of(a).total_cmp(&of(b))
                });
            }
        }
        for (at, row) in order.into_iter().enumerate() {
            let wire = table.get(row as usize);
            fan.targets.set(at, wire.target);
            fan.delays.push(delay(wire.delay));
            fan.weights.push(wire.weight);
        }
        fan
    }

    fn of(&self, instance: u32) -> Range<usize> {
        let at = instance as usize;
        self.starts[at] as usize..self.starts[at + 1] as usize
    }

    /// Whether there are these wires.
    pub(crate) fn has(&self, wires: &Range<u32>) -> bool {
        wires.start <= wires.end && wires.end as usize <= self.weights.len()
    }

    /// The wires of an instance in runs of the same delay: the delay in steps, and wires.
    pub(crate) fn runs_of(&self, instance: u32) -> impl Iterator<Item = (f64, Range<u32>)> {
        let Range { start, end } = self.of(instance);
        let mut next = start;
        std::iter::from_fn(move || {
            if next == end {
                return None;
            }
            let (first, delay) = (next, self.delays.get(next));
            next = if self.delays.same().is_some() {
                end
            } else {
                (first..end).find(|&at| self.delays.get(at) != delay).unwrap_or(end)
            };
            let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            Some((delay, number(first)..number(next)))
        })
    }

    /// Hands out the instances and weights of wires.
    pub(crate) fn each(&self, wires: Range<u32>, mut take: impl FnMut(u32, f64)) {
        for at in wires.start as usize..wires.end as usize {
            take(self.targets.get(at), self.weights.get(at));
        }
    }

    /// The weight of all wires, where it is the same.
    pub(crate) fn weight(&self) -> Option<f64> {
        self.weights.same()
    }

    /// Adds the weights of wires to numbers of their instances.
    pub(crate) fn add(&self, wires: Range<u32>, to: &mut [f64]) {
        match self.weights.same() {
            Some(weight) => self.bump(wires, to, weight),
            None => self.each(wires, |target, weight| to[target as usize] += weight),
        }
    }

    /// Counts wires by the instances at which they end; there are at least [`Self::COUNTS`] counts.
    pub(crate) fn count(&self, wires: Range<u32>, to: &mut [u16]) {
        let range = wires.start as usize..wires.end as usize;
        // With as many counts as there are words no index is out of range.
        if let (Targets::Words(targets), Some(counts)) =
            (&self.targets, to.first_chunk_mut::<{ Self::COUNTS }>())
        {
            for &target in &targets[range] {
                let count = &mut counts[usize::from(target)];
                *count = count.wrapping_add(1);
            }
            return;
        }
        self.bump(wires, to, 1);
    }

    /// How many counts make counting fast.
    pub(crate) const COUNTS: usize = 1 << 16;

    /// Adds the same to the numbers of all instances at which wires end.
    pub(crate) fn bump<N: Copy + AddAssign>(&self, wires: Range<u32>, to: &mut [N], by: N) {
        fn all<T: Copy + Into<u32>, N: Copy + AddAssign>(targets: &[T], to: &mut [N], by: N) {
            for &target in targets {
                let target: u32 = target.into();
                if let Some(sum) = to.get_mut(target as usize) {
                    *sum += by;
                }
            }
        }
        let range = wires.start as usize..wires.end as usize;
        match &self.targets {
            Targets::Words(targets) => all(&targets[range], to, by),
            Targets::Full(targets) => all(&targets[range], to, by),
        }
    }
}

/// All wires from one port of a kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct OutletWires {
    pub(crate) fans: Vec<Fan>,
    /// Where the recorders of each instance begin; empty if there are none.
    starts: Vec<u32>,
    /// Outputs that keep the events: output, index of the port there; by instance.
    recorders: Vec<(usize, u32)>,
}

impl OutletWires {
    /// The wires of an instance whose events are not added up.
    pub(crate) fn wires_of(&self, instance: u32) -> impl Iterator<Item = Wire> {
        let apart = self.fans.iter().filter(|fan| fan.receiver.basket.is_none());
        apart.flat_map(move |fan| {
            fan.of(instance).map(|at| Wire {
                kind: fan.kind,
                entry: fan.receiver.entry,
                instance: fan.targets.get(at),
                delay: fan.delays.get(at),
                at: fan.before.saturating_add(u32::try_from(at).unwrap_or(u32::MAX)),
            })
        })
    }

    /// The outputs that keep the events of an instance.
    pub(crate) fn recorders_of(&self, instance: u32) -> impl Iterator<Item = &(usize, u32)> {
        let at = instance as usize;
        let own = match self.starts.get(at..at + 2) {
            Some(&[from, to]) => from as usize..to as usize,
            _ => 0..0,
        };
        self.recorders[own].iter()
    }
}

/// All wires, by sending kind and port.
#[derive(Clone, Debug, Default)]
pub(crate) struct Network {
    pub(crate) outlets: Vec<Vec<OutletWires>>,
}

impl Network {
    /// `receiver` is what an event at a port of a kind sets off, `steps` how many steps a delay takes.
    pub(crate) fn new(
        flat: &Flat,
        ports: &[Ports],
        recorded: &[Vec<Outlet>],
        receiver: impl Fn(KindId, (NodeId, u32)) -> Option<Receiver>,
        steps: impl Fn(f64) -> f64,
    ) -> Self {
        let outlets = flat.kind_ids().zip(ports).map(|(id, ports)| {
            let outlets = ports.outlets.iter().map(|&end| {
                let from = (id, end.0, end.1);
                let mut before = 0;
                let mut fans = Vec::new();
                for table in flat.wires.iter().filter(|table| table.from == from) {
                    let Some(receiver) = receiver(table.to.0, (table.to.1, table.to.2)) else {
                        continue;
                    };
                    let sizes = (flat.kind(id).parents.len(), flat.kind(table.to.0).count());
                    fans.push(Fan::new(table, receiver, sizes, before, &steps));
                    before += u32::try_from(table.len()).unwrap_or(u32::MAX);
                }
                let found = recorders(id, end, recorded);
                let count = if found.is_empty() { 0 } else { flat.kind(id).count() + 1 };
                let start = |instance| found.partition_point(|(own, _)| *own < instance);
                let starts =
                    (0..count).map(|i| u32::try_from(start(i)).unwrap_or(u32::MAX)).collect();
                let recorders = found.iter().map(|&(_, output)| output).collect();
                OutletWires { fans, starts, recorders }
            });
            outlets.collect()
        });
        Self { outlets: outlets.collect() }
    }
}

fn recorders(id: KindId, end: (NodeId, u32), recorded: &[Vec<Outlet>]) -> Vec<(u32, (usize, u32))> {
    let mut found = Vec::new();
    for (output, outlets) in recorded.iter().enumerate() {
        for (outlet, index) in outlets.iter().zip(0..) {
            if outlet.kind == id && (outlet.node, outlet.port) == end {
                found.push((outlet.instance, (output, index)));
            }
        }
    }
    found.sort_unstable();
    found
}
