//! Declarations: what a mechanism has used is declared at its head.

use nml_codegen::number::in_unit;
use nml_flat::{QuantityId, Role};
use nml_units::Dimension;
use rustc_hash::FxHashMap;

use super::mechanism::{Built, Lowering, Supplied};
use super::scope::Outer;
use crate::nmodl::{Assigned, Parameter};

impl Lowering<'_> {
    /// Declares all that is used.
    pub(super) fn finish(mut self) -> Built {
        let dimension = |this: &Self, q| this.scope.dimension(this.scope.kind, q);
        let units = self.scope.units;
        let mut supplied = Vec::new();
        let parameters: Vec<QuantityId> = self.parameters.iter().copied().collect();
        for q in parameters {
            let quantity = self.scope.kind.quantity(q);
            let name = self.names.get(&q).cloned().unwrap_or_default();
            let d = dimension(&self, q);
            let by_place = self.by_place(q);
            let differs = self.scope.world.differing.get(&(self.build.kind, q)).copied();
            let value = differs.unwrap_or_else(|| match &quantity.role {
                Role::Parameter(x) => *x,
                Role::Property(values) => values.first().copied().unwrap_or(0.0),
                _ => 0.0,
            });
            if by_place {
                supplied.push((name.clone(), Supplied::Density(q), units.power(d)));
                self.mechanism.range.push(name.clone());
            } else if differs.is_some() {
                supplied.push((name.clone(), Supplied::Own(q), units.power(d)));
                self.mechanism.range.push(name.clone());
            }
            let value = if by_place { "0".to_owned() } else { in_unit(value, units.power(d)) };
            self.mechanism.parameters.push(Parameter { name, value, unit: units.name(d) });
        }
        for (outer, name) in &self.from_outside {
            let (what, d) = match outer {
                Outer::Given(_, kind, q) => {
                    let d = self.scope.dimension(self.scope.world.flat.kind(*kind), *q);
                    (Supplied::Given(outer.clone()), d)
                }
                Outer::Peer(peer) => (Supplied::Peer(peer.clone()), Dimension::VOLTAGE),
                _ => continue,
            };
            supplied.push((name.clone(), what, units.power(d)));
            self.mechanism.range.push(name.clone());
            let unit = units.name(d);
            self.mechanism.parameters.push(Parameter {
                name: name.clone(),
                value: "0".to_owned(),
                unit,
            });
        }
        let mut shown: FxHashMap<QuantityId, (String, i32)> = FxHashMap::default();
        let named = self.names.iter();
        shown.extend(named.map(|(&q, name)| (q, (name.clone(), self.scope.power(q)))));
        let states: Vec<QuantityId> = self.states.iter().copied().collect();
        for q in states {
            let unit = units.name(dimension(&self, q));
            let name = self.names.get(&q).cloned().unwrap_or_default();
            let own = Assigned { name, unit };
            if self.integrated.contains(&q) {
                self.mechanism.states.push(own);
            } else {
                if self.build.observed.contains(&q) {
                    self.mechanism.range.push(own.name.clone());
                }
                self.mechanism.assigned.push(own);
            }
        }
        let kept: Vec<QuantityId> = self.kept.iter().copied().collect();
        for q in kept {
            let Some(name) = self.names.get(&q).cloned() else { continue };
            // What an ion has is the compartment's.
            let of_ion = self.ions.iter().any(|ion| ion.writes.contains(&name));
            let seen = self.build.observed.contains(&q) && !of_ion;
            if seen && !self.mechanism.range.contains(&name) {
                self.mechanism.range.push(name.clone());
            }
            let unit = units.name(dimension(&self, q));
            self.mechanism.assigned.push(Assigned { name, unit });
        }
        self.mechanism.assigned.append(&mut self.extra);
        let mut built_in: Vec<Assigned> = Vec::new();
        if self.mechanism.reads_variable("v") || self.scope.v.is_some() {
            built_in.push(Assigned { name: "v".to_owned(), unit: Some("mV") });
        }
        if self.area_used {
            built_in.push(Assigned { name: "area".to_owned(), unit: Some("micron2") });
        }
        for ion in &self.ions {
            for name in ion.reads.iter().chain(&ion.writes) {
                let known = self.mechanism.states.iter().chain(&self.mechanism.assigned);
                if known.into_iter().any(|a| a.name == *name) {
                    continue;
                }
                let is_current = name.starts_with('i') && !name.ends_with('i');
                let is_current = is_current || *name == format!("i{}", ion.name);
                let unit = if is_current { "mA/cm2" } else { "mM" };
                built_in.push(Assigned { name: name.clone(), unit: Some(unit) });
            }
        }
        built_in.append(&mut self.mechanism.assigned);
        self.mechanism.assigned = built_in;
        let random = self.declare_draws();
        let number = random.as_ref().map(|random| random.number.clone());
        supplied.extend(number.map(|name| (name, Supplied::Number, 0)));
        self.mechanism.ions = self.ions;
        let ports = self.mechanism.receive.as_ref().map_or(0, |r| r.ports.len());
        Built {
            mechanism: self.mechanism,
            shown,
            supplied,
            capacitance_nf: self.capacity.capacitance_nf,
            factors: self.capacity.factors,
            ports,
            random,
        }
    }
}
