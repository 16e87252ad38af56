//! What sees another cell's potential: gap junctions and analog synapses.

use indexmap::IndexMap;
use nml_codegen_nmodl::{Built, Transfer};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::attached::{Attached, bits, pairs};
use crate::connections::{Entry, Row};
use crate::json::{Json, object, text};
use crate::mechanisms::{WEIGHT, weight};
use crate::network::Network;

/// A mechanism and a place on the other cell.
type Key = (String, String, u64);

impl Network<'_, '_> {
    /// Synaptic mechanisms with a pointer to the other cell's potential, one way each.
    pub(crate) fn pointers(&mut self, attached: &Attached<'_>, built: &Built, seen: &Transfer) {
        let home = attached.home;
        let fixed = weight(&built.mechanism);
        let brought = fixed.map(|_| WEIGHT);
        let mut labels: FxHashMap<Vec<u64>, String> = FxHashMap::default();
        let mut groups: IndexMap<Key, Vec<Row>, FxBuildHasher> = IndexMap::default();
        for (instance, (from, site)) in (0..).zip(&seen.from) {
            let Some((section, x)) = self.place(seen.cell, *site) else {
                return self.problem(attached.id, "the other side of a connection");
            };
            let own = attached.own(instance, brought);
            let name = &self.plan.world.flat.kind(attached.id).name;
            let label = self.syn_params.cached(&mut labels, bits(&own), name, || {
                let pointer = object([
                    ("source_var", text("v")),
                    ("target_var", text(seen.name.clone())),
                    ("bidirectional", Json::False),
                ]);
                let mut entry = vec![
                    ("mod".to_owned(), text(attached.mechanism)),
                    ("pointerParams".to_owned(), pointer),
                ];
                entry.extend(pairs(&own));
                Json::Object(entry)
            });
            let cell = attached.parents[instance as usize];
            let place = attached.places[instance as usize].clone();
            let weight = attached.weight(instance).or(fixed).unwrap_or(1.0);
            groups.entry((label, section, x.to_bits())).or_default().push(Row {
                from: *from,
                to: cell,
                weight: Json::Number(weight),
                delay_ms: None,
                place: Some(place),
                instance,
            });
        }
        for ((label, section, x), rows) in groups {
            let name = |id| self.pops.get(id).cloned().unwrap_or_default();
            let wish = format!("{}_{label}_{}", name(&seen.cell), name(&home));
            let from_place = Some((section, f64::from_bits(x)));
            let (from, synapse) = (seen.cell, Some((attached.id, label)));
            self.entry(&Entry { from, to: home, wish, synapse, from_place }, &rows);
        }
    }
}
