//! Before the first step.

use nml_flat::{NodeId, Role};

use super::numbers;
use super::queue::Aim;
use super::{Machine, index};
use crate::RunError;
use crate::layout::Place;

impl Machine<'_> {
    /// Initial values, the events of time 0, and the currents once.
    pub(super) fn start(&mut self) -> Result<(), RunError> {
        self.v.copy_from_slice(&self.model.compartments.start);
        for at in 0..self.model.mechanisms.len() {
            self.properties(at);
            self.fill(at, 0.0);
            let written = &self.model.mechanisms[at].written;
            let (init, start, first) = (written.init, written.start, written.first);
            self.enter(at, init);
            self.steady(at)?;
            self.enter(at, start);
            if first.is_some() {
                for lane in 0..self.model.mechanisms[at].instances.len() {
                    self.queue.push(0.0, Aim::First(index(at), index(lane)));
                }
            }
            self.write_ions(at);
        }
        for ion in &mut self.model.ions {
            for &(compartment, inside, outside) in &ion.set {
                ion.inside[compartment as usize] = inside;
                ion.outside[compartment as usize] = outside;
            }
        }
        self.deliver(0.0)?;
        self.currents();
        Ok(())
    }

    /// Numbers that each instance has for itself.
    fn properties(&mut self, at: usize) {
        let mechanism = &mut self.model.mechanisms[at];
        let kind = self.flat.kind(mechanism.kind);
        // The weight of an input with a list of times goes through its connections to the synapse inside.
        let outer = kind.quantities.iter().find_map(|quantity| match &quantity.role {
            Role::Property(values)
                if quantity.node == NodeId::ROOT && quantity.name == "weight" =>
            {
                Some(values)
            }
            _ => None,
        });
        for (quantity, place) in kind.quantities.iter().zip(&mechanism.written.layout.quantities) {
            let (Role::Property(values), Place::Column(column)) = (&quantity.role, *place) else {
                continue;
            };
            let is_inner = quantity.node == mechanism.root && mechanism.root != NodeId::ROOT;
            let values = outer.filter(|_| is_inner && quantity.name == "weight").unwrap_or(values);
            let dimension = quantity.dimension.as_deref().unwrap_or("none");
            let column = mechanism.columns.get_mut(column);
            for (value, &instance) in column.iter_mut().zip(&mechanism.instances) {
                let own = values.get(instance as usize).copied().unwrap_or(1.0);
                *value = numbers::cast(own, dimension).unwrap_or(own);
            }
        }
        let area = mechanism.columns.get_mut(mechanism.written.area);
        for (area, &compartment) in area.iter_mut().zip(&mechanism.compartments) {
            *area = self.model.compartments.area.get(compartment as usize).copied().unwrap_or(0.0);
        }
        mechanism.columns.pad();
    }
}
