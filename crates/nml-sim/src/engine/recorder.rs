//! Rows and events on their way to a sink.

use nml_flat::{Flat, KindId, NodeId, Probe, Seen};

use crate::record::{BLOCK, Buffer, EventRow, Sink};
use crate::snapshot::{SnapshotError, State};
use crate::{Request, RunError};

/// Keeps rows and events until there are enough of them, and stops at a number that is not finite.
#[derive(Clone, Debug)]
pub(crate) struct Recorder<S> {
    /// By output and column: what is recorded, and where it lies.
    traces: Vec<Vec<(Probe, S)>>,
    buffers: Vec<Buffer>,
    events: Vec<Vec<EventRow>>,
    last: Option<f64>,
}

impl<S: Copy> Recorder<S> {
    /// `slots` tell where what is recorded lies.
    pub(crate) fn new(request: &Request, slots: Vec<Vec<S>>) -> Self {
        let outputs = request.traces.iter().zip(slots);
        let traces: Vec<Vec<(Probe, S)>> =
            outputs.map(|(probes, slots)| probes.iter().copied().zip(slots).collect()).collect();
        Self {
            buffers: vec![Buffer::default(); traces.len()],
            traces,
            events: vec![Vec::new(); request.events.len()],
            last: None,
        }
    }

    /// Adds a row to all outputs; `read` gives the number in a slot.
    pub(crate) fn row(
        &mut self,
        flat: &Flat,
        time: f64,
        read: impl Fn(S) -> f64,
        sink: &mut dyn Sink,
    ) -> Result<(), RunError> {
        for (output, (trace, buffer)) in self.traces.iter().zip(&mut self.buffers).enumerate() {
            let row = buffer.values.len();
            for &(probe, slot) in trace {
                let value = read(slot);
                if !value.is_finite() {
                    buffer.values.truncate(row);
                    return Err(not_finite(flat, probe, value, time, self.last));
                }
                buffer.values.push(value);
            }
            buffer.times.push(time);
            if buffer.times.len() >= BLOCK {
                buffer.pass_on(output, sink)?;
            }
        }
        self.last = Some(time);
        if self.events.iter().any(|events| events.len() >= BLOCK) {
            self.pass_on_events(sink)?;
        }
        Ok(())
    }

    /// Adds an event to an output.
    pub(crate) fn event(&mut self, output: usize, event: EventRow) {
        self.events[output].push(event);
    }

    /// Passes on what is left.
    pub(crate) fn finish(&mut self, sink: &mut dyn Sink) -> Result<(), RunError> {
        for (output, buffer) in self.buffers.iter_mut().enumerate() {
            buffer.pass_on(output, sink)?;
        }
        self.pass_on_events(sink)
    }

    /// Saves or restores what a recorder remembers when nothing waits in it.
    pub(crate) fn keep(&mut self, state: &mut State<'_>) -> Result<(), SnapshotError> {
        state.perhaps(&mut self.last)
    }

    fn pass_on_events(&mut self, sink: &mut dyn Sink) -> Result<(), RunError> {
        for (output, events) in self.events.iter_mut().enumerate() {
            if !events.is_empty() {
                sink.events(output, events)?;
                events.clear();
            }
        }
        Ok(())
    }
}

pub(crate) fn not_finite(
    flat: &Flat,
    probe: Probe,
    value: f64,
    time: f64,
    last: Option<f64>,
) -> RunError {
    let kind = flat.kind(probe.kind);
    let quantity = match probe.seen {
        Seen::Exposure(id) => kind.exposures[id.index()].quantity,
        Seen::Quantity(id) => Some(id),
        Seen::Time => None,
    };
    let (node, name) = quantity.map_or((NodeId::ROOT, "t".to_owned()), |id| {
        let quantity = kind.quantity(id);
        (quantity.node, quantity.name.clone())
    });
    let component = path(flat, (probe.kind, probe.instance), node);
    let Probe { kind, instance, .. } = probe;
    RunError::NotFinite { kind, instance, quantity: name, component, value, time, last }
}

/// The path of a node of an instance from the component simulated: `net/pop[3]/cell/soma`.
pub(crate) fn path(flat: &Flat, (kind, instance): (KindId, u32), node: NodeId) -> String {
    let mut parts = vec![flat.kind(kind).path(node)];
    let (mut kind, mut instance) = (kind, instance);
    while let Some(home) = flat.kind(kind).home_of(instance) {
        let here = flat.kind(kind);
        let (parent, before) = (here.parents[instance as usize], here.rank(instance));
        let place = flat.kind(home.kind).path(home.node);
        parts.push(format!("{place}[{before}]"));
        (kind, instance) = (home.kind, parent);
    }
    parts.reverse();
    parts.join("/")
}
