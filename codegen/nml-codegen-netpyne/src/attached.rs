//! What is attached to cells: which instances become stimuli, synapses, or synapses with pointers.

use indexmap::IndexMap;
use nml_codegen_nmodl::{Built, Thing};
use nml_flat::{KindId, WireTable};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::json::{Json, int, object, text};
use crate::mechanisms::WEIGHT;
use crate::network::Network;

/// Where an instance of what is attached went.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Made {
    /// The kind of its cell, and which of them.
    pub(crate) cell: (KindId, u32),
    /// The section, and how far along it.
    pub(crate) place: (String, f64),
    /// How NetPyNE finds it there.
    pub(crate) found: Found,
}

/// How NetPyNE finds what is attached.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Found {
    /// The target of a stimulus.
    Stim(String),
    /// A synaptic mechanism, and how many of its label were made before it at the same place.
    Syn(String, u32),
}

/// A kind of what is attached, with all that differs between its instances.
pub(crate) struct Attached<'x> {
    pub(crate) id: KindId,
    pub(crate) mechanism: &'x str,
    pub(crate) home: KindId,
    pub(crate) parents: Vec<u32>,
    pub(crate) places: Vec<(String, f64)>,
    given: Vec<(String, Vec<f64>)>,
}

impl Attached<'_> {
    /// What an instance is given, but for what its connection brings.
    pub(crate) fn own(&self, instance: u32, without: Option<&str>) -> Vec<(String, f64)> {
        let all = self.given.iter().filter(|(name, _)| Some(name.as_str()) != without);
        all.filter_map(|(name, values)| Some((name.clone(), *values.get(instance as usize)?)))
            .collect()
    }

    /// The weight that a connection brings to an instance.
    pub(crate) fn weight(&self, instance: u32) -> Option<f64> {
        let (_, values) = self.given.iter().find(|(name, _)| name == WEIGHT)?;
        values.get(instance as usize).copied()
    }
}

/// A source, a place, and either how many of them the cell has there already, or the cell.
type Key = (String, String, u64, u32);

/// Values as a key.
pub(crate) fn bits(values: &[(String, f64)]) -> Vec<u64> {
    values.iter().map(|(_, x)| x.to_bits()).collect()
}

/// Values as the pairs of an object.
pub(crate) fn pairs(values: &[(String, f64)]) -> Vec<(String, Json)> {
    values.iter().map(|(name, x)| (name.clone(), Json::Number(*x))).collect()
}

impl<'p> Network<'p, '_> {
    /// Finds out which cells take events themselves.
    pub(crate) fn wire(&mut self) {
        for wires in &self.plan.world.flat.wires {
            let to = wires.to.0;
            if self.is_cell(to) && self.takes(wires) {
                self.direct.insert(to);
            }
        }
    }

    /// Whether both ends of wires exist, and something happens at their end.
    pub(crate) fn takes(&self, wires: &WireTable) -> bool {
        let from = &self.plan.things[wires.from.0.index()];
        let to = &self.plan.things[wires.to.0.index()];
        !matches!(from, Thing::Nothing) && matches!(to, Thing::Point(_, built) if built.ports > 0)
    }

    /// Writes all that is attached, and connections with it.
    pub(crate) fn attach(&mut self) {
        let plan = self.plan;
        let mut wired: FxHashMap<KindId, Vec<&'p WireTable>> = FxHashMap::default();
        for wires in &plan.world.flat.wires {
            if self.takes(wires) {
                wired.entry(wires.to.0).or_default().push(wires);
            }
        }
        for (id, thing) in plan.kinds() {
            let Thing::Point(mechanism, built) = thing else { continue };
            let wires = wired.get(&id).map_or(&[][..], Vec::as_slice);
            if self.is_cell(id) {
                self.events_to_cells(id, built, wires);
                continue;
            }
            let attached = match self.attached(id, mechanism, built) {
                Ok(attached) => attached,
                Err(what) => {
                    self.problem(id, what);
                    continue;
                }
            };
            let transfers = match plan.transfers(id, built) {
                Ok(transfers) => transfers,
                Err(what) => {
                    self.problem(id, what);
                    continue;
                }
            };
            match (&*transfers, wires.is_empty()) {
                ([], true) => {
                    let all = 0..u32::try_from(attached.parents.len()).unwrap_or(u32::MAX);
                    self.stimuli(&attached, all);
                }
                ([], false) => self.synapses(&attached, built, wires),
                ([one], true) => self.pointers(&attached, built, one),
                ([_], false) => self.problem(
                    id,
                    "what is attached, takes events and sees another cell's potential",
                ),
                _ => self.problem(id, "what is attached and sees several potentials"),
            }
        }
    }

    fn attached<'x>(
        &self,
        id: KindId,
        mechanism: &'x str,
        built: &Built,
    ) -> Result<Attached<'x>, String> {
        let kind = self.plan.world.flat.kind(id);
        let home = kind.home.ok_or("what is attached to nothing")?.kind;
        let place = |at| self.place(home, kind.sites.get(at));
        let places: Option<Vec<(String, f64)>> = (0..kind.parents.len()).map(place).collect();
        let places = places.ok_or("what is attached to a place that the cell does not have")?;
        let given = self.plan.given(id, built)?;
        Ok(Attached { id, mechanism, home, parents: kind.parents.clone(), places, given })
    }

    /// Instances that nothing leads to.
    pub(crate) fn stimuli(&mut self, attached: &Attached<'_>, which: impl Iterator<Item = u32>) {
        let mut sources: FxHashMap<Vec<u64>, String> = FxHashMap::default();
        let mut groups: IndexMap<Key, Vec<(u32, u32)>, FxBuildHasher> = IndexMap::default();
        let mut taken: FxHashMap<Key, u32> = FxHashMap::default();
        for instance in which {
            let own = attached.own(instance, None);
            let name = &self.plan.world.flat.kind(attached.id).name;
            let source = self.stim_sources.cached(&mut sources, bits(&own), name, || {
                let mut entry = vec![("type".to_owned(), text(attached.mechanism))];
                entry.extend(pairs(&own));
                Json::Object(entry)
            });
            let (section, x) = attached.places[instance as usize].clone();
            let cell = attached.parents[instance as usize];
            let count =
                taken.entry((source.clone(), section.clone(), x.to_bits(), cell)).or_insert(0);
            let key = (source, section, x.to_bits(), *count);
            *count += 1;
            groups.entry(key).or_default().push((cell, instance));
        }
        let home = attached.home;
        let pop = self.pops.get(&home).cloned().unwrap_or_default();
        for ((source, section, x, _), cells) in groups {
            let x = f64::from_bits(x);
            let list = cells.iter().map(|(cell, _)| int(*cell)).collect();
            let conds = object([("pop", text(pop.clone())), ("cellList", Json::List(list))]);
            let entry = object([
                ("source", text(source.clone())),
                ("conds", conds),
                ("sec", text(section.clone())),
                ("loc", Json::Number(x)),
            ]);
            let target = self.stim_targets.add(&format!("{source}_{pop}"), entry);
            for (cell, instance) in cells {
                let found = Found::Stim(target.clone());
                let made = Made { cell: (home, cell), place: (section.clone(), x), found };
                self.made.insert((attached.id, instance), made);
            }
        }
    }

    /// Instances of synapses that no connection leads to are there all the same.
    pub(crate) fn rest(&mut self, attached: &Attached<'_>, reached: &FxHashSet<u32>) {
        let count = u32::try_from(attached.parents.len()).unwrap_or(u32::MAX);
        let all: Vec<u32> = (0..count).filter(|at| !reached.contains(at)).collect();
        self.stimuli(attached, all.into_iter());
    }
}
