//! Where recorded quantities lie.

use nml_flat::{Flat, KindId, NodeId, Probe, QuantityId, Role, Seen, Site};
use nml_kernel::Column;

use super::model::{Model, parameter};
use super::numbers;
use super::sort;
use crate::layout::Place;

/// Where a recorded quantity lies, and the factor by which it is divided to be in SI.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Source {
    /// Always the same, in SI already.
    Constant(f64),
    /// Time in ms, divided by 1000.
    Time,
    /// The potential of a compartment.
    Potential(u32),
    /// The concentration inside, of an ion in a compartment.
    Inside(usize, u32),
    /// A column of a mechanism, in a lane.
    Column { mechanism: usize, lane: usize, column: Column, factor: f64 },
}

impl Model {
    /// The lane of a mechanism that belongs to an instance of its kind; of a cell in several compartments that
    /// of the one recorded.
    fn lane(&self, mechanism: usize, instance: u32, compartment: Option<u32>) -> Option<usize> {
        let it = &self.mechanisms[mechanism];
        let mut lanes = it.instances.iter().zip(&it.compartments);
        lanes.position(|(&i, &c)| i == instance && compartment.is_none_or(|wanted| wanted == c))
    }

    /// Where what a probe sees lies; else what is wrong.
    pub(super) fn source(&self, flat: &Flat, probe: &Probe) -> Result<Source, String> {
        let kind = flat.kind(probe.kind);
        let quantity = match probe.seen {
            Seen::Time => return Ok(Source::Time),
            Seen::Quantity(quantity) => quantity,
            Seen::Exposure(exposure) => match kind.exposures[exposure.index()].quantity {
                Some(quantity) => quantity,
                None => return Ok(Source::Constant(0.0)),
            },
        };
        let it = kind.quantity(quantity);
        let shown = match probe.seen {
            Seen::Exposure(exposure) => kind.exposures[exposure.index()].name.as_str(),
            _ => it.name.as_str(),
        };
        let node = kind.node(it.node);
        if let Role::Parameter(value) = it.role {
            return Ok(Source::Constant(value));
        }
        let is_cell = !self.first[probe.kind.index()].is_empty();
        let site = Site { segment: probe.segment, fraction: 0.5 };
        let cell = is_cell.then(|| self.at(flat, probe.kind, probe.instance, site));
        if let (Some(first), NodeId::ROOT, "v") = (cell, it.node, shown) {
            return Ok(Source::Potential(first));
        }
        if let Some(first) = cell.filter(|_| sort::is_shaped(kind.node(NodeId::ROOT))) {
            if shown == "caConc" || (node.is_a("species") && shown == "concentration") {
                let ion = self.ions.iter().position(|ion| ion.name == "ca");
                if let Some(ion) = ion {
                    return Ok(Source::Inside(ion, first));
                }
            }
            if node.is_a("baseChannelDensity") {
                let mut channels = node.children();
                if let Some(channel) = channels.find(|&c| kind.node(c).is_a("baseIonChannel"))
                    && let Some(found) = self.of_density(probe, channel, shown, cell)
                {
                    return Ok(found);
                }
            }
        }
        self.column(flat, probe, quantity, cell).ok_or_else(|| {
            format!("the exporter records no `{shown}` here ({})", kind.path(it.node))
        })
    }

    fn of_density(
        &self,
        probe: &Probe,
        channel: NodeId,
        name: &str,
        compartment: Option<u32>,
    ) -> Option<Source> {
        let at = self.mechanisms.iter().position(|m| m.kind == probe.kind && m.root == channel)?;
        let lane = self.lane(at, probe.instance, compartment)?;
        let written = &self.mechanisms[at].written;
        let (column, factor) = match name {
            "gDensity" => (written.gion, 1e-4),
            "iDensity" => (written.shown_current, 0.1),
            _ => return None,
        };
        Some(Source::Column { mechanism: at, lane, column, factor })
    }

    fn column(
        &self,
        flat: &Flat,
        probe: &Probe,
        quantity: QuantityId,
        compartment: Option<u32>,
    ) -> Option<Source> {
        let (kind, instance) = (probe.kind, probe.instance);
        let dimension = flat.kind(kind).quantity(quantity).dimension.as_deref();
        let node = flat.kind(kind).quantity(quantity).node;
        // The mechanism whose root is the node, or the nearest node around it.
        let mut around = std::iter::successors(Some(node), |&n| flat.kind(kind).node(n).parent);
        let at = around.find_map(|node| {
            self.mechanisms.iter().position(|m| m.kind == kind && m.root == node)
        })?;
        let lane = self.lane(at, instance, compartment)?;
        let factor = numbers::recorded_factor(dimension.unwrap_or("none"))?;
        match self.mechanisms[at].written.layout.quantity(quantity) {
            Place::Column(column) => Some(Source::Column { mechanism: at, lane, column, factor }),
            Place::Constant(value) => Some(Source::Constant(value / factor)),
            Place::Time => Some(Source::Time),
        }
    }
}

/// The threshold above which a cell with a morphology spikes, mV; else what is wrong.
pub(super) fn threshold(flat: &Flat, id: KindId) -> Result<f64, String> {
    let kind = flat.kind(id);
    if !sort::is_shaped(kind.node(NodeId::ROOT)) {
        return Ok(sort::threshold(kind));
    }
    let Some(node) = kind.node_ids().find(|&n| kind.node(n).ty == "spikeThresh") else {
        return Ok(0.0);
    };
    if kind.node(node).text("segmentGroup").is_some_and(|group| group != "all") {
        return Err("the exporter takes a spikeThresh on the group `all` only".to_owned());
    }
    Ok(parameter(kind, node, "value").and_then(|x| numbers::cast(x, "voltage")).unwrap_or(0.0))
}
