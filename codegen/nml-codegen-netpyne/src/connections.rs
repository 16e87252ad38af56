//! Events as connections of explicit lists.

use indexmap::IndexMap;
use nml_codegen::number::moved;
use nml_codegen_nmodl::Built;
use nml_flat::{KindId, NodeId, WireTable};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::attached::{Attached, Found, Made, bits, pairs};
use crate::json::{Json, int, object, same, same_numbers, text};
use crate::mechanisms::{WEIGHT, takes_weight, weight};
use crate::network::{LABEL, Network};

/// A connection from cell to cell.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) weight: Json,
    pub(crate) delay_ms: Option<f64>,
    /// Where it leads to; nowhere in particular where the cell takes it itself.
    pub(crate) place: Option<(String, f64)>,
    /// Of what is attached there.
    pub(crate) instance: u32,
}

/// What rows of one entry share.
pub(crate) struct Entry {
    pub(crate) from: KindId,
    pub(crate) to: KindId,
    pub(crate) wish: String,
    /// The kind of what is attached, and the label of its mechanism.
    pub(crate) synapse: Option<(KindId, String)>,
    /// Where it begins, if that matters.
    pub(crate) from_place: Option<(String, f64)>,
}

impl Network<'_, '_> {
    /// Writes rows as an entry; connections of a cell to itself stand alone, because NetPyNE's lists leave them out.
    pub(crate) fn entry(&mut self, entry: &Entry, rows: &[Row]) {
        let alone = |row: &Row| entry.from == entry.to && row.from == row.to;
        let (own, others): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| alone(row));
        if !others.is_empty() {
            let pop = |id| object([("pop", text(self.pops.get(id).cloned().unwrap_or_default()))]);
            let conds = (pop(&entry.from), pop(&entry.to));
            let list = others.iter().map(|row| Json::List(vec![int(row.from), int(row.to)]));
            let list = Json::List(list.collect());
            self.write(entry, conds, Some(list), &others);
        }
        for row in own {
            self.labelled.insert(entry.from);
            let pop = self.pops.get(&entry.from).cloned().unwrap_or_default();
            let cell = object([("pop", text(pop)), (LABEL, int(row.from))]);
            self.write(entry, (cell.clone(), cell), None, &[row]);
        }
    }

    fn write(&mut self, entry: &Entry, conds: (Json, Json), list: Option<Json>, rows: &[&Row]) {
        let mut all = vec![("preConds".to_owned(), conds.0), ("postConds".to_owned(), conds.1)];
        let mut add = |key: &str, value: Json| all.push((key.to_owned(), value));
        if let Some((_, synapse)) = &entry.synapse {
            add("synMech", text(synapse.clone()));
        }
        if let Some(list) = list {
            add("connList", list);
        }
        if let Some((section, x)) = &entry.from_place {
            add("preSec", text(section.clone()));
            add("preLoc", Json::Number(*x));
        }
        let places: Vec<&(String, f64)> =
            rows.iter().filter_map(|row| row.place.as_ref()).collect();
        if places.is_empty() {
            add("sec", text(crate::network::SOMA));
        } else {
            add("sec", same(places.iter().map(|(section, _)| text(section.clone())).collect()));
            add("loc", same_numbers(places.iter().map(|(_, x)| *x)));
        }
        add("weight", same(rows.iter().map(|row| row.weight.clone()).collect()));
        let delays: Vec<f64> = rows.iter().filter_map(|row| row.delay_ms).collect();
        if !delays.is_empty() {
            add("delay", same_numbers(delays));
        }
        self.conn_params.add(&entry.wish, Json::Object(all));
        for row in rows {
            if let (Some((id, label)), Some(place)) = (&entry.synapse, &row.place) {
                let key =
                    (label.clone(), self.gid(entry.to, row.to), place.0.clone(), place.1.to_bits());
                let count = self.counts.entry(key).or_insert(0);
                let found = Found::Syn(label.clone(), *count);
                *count += 1;
                let made = Made { cell: (entry.to, row.to), place: place.clone(), found };
                self.made.insert((*id, row.instance), made);
            }
        }
    }

    fn pop_name(&self, id: KindId) -> String {
        self.pops.get(&id).cloned().unwrap_or_default()
    }

    /// Problems that all wires may have; `true` where they can be written.
    fn sound(&mut self, wires: &WireTable) -> bool {
        let (to, node, _) = wires.to;
        if node != NodeId::ROOT {
            self.problem(to, "an event for a part of what is attached");
            return false;
        }
        if !self.is_cell(wires.from.0) {
            self.problem(wires.from.0, "events of what is attached to a cell");
            return false;
        }
        true
    }

    /// Synapses, each created by the connection that leads to it.
    pub(crate) fn synapses(&mut self, attached: &Attached<'_>, built: &Built, all: &[&WireTable]) {
        let home = attached.home;
        if self.direct.contains(&home) {
            return self.problem(attached.id, "a synapse on a cell that takes events itself");
        }
        let brought = takes_weight(&built.mechanism).then_some(WEIGHT);
        let mut labels: FxHashMap<Vec<u64>, String> = FxHashMap::default();
        let mut reached: FxHashSet<u32> = FxHashSet::default();
        for wires in all {
            if !self.sound(wires) {
                return;
            }
            let mut groups: IndexMap<String, Vec<Row>, FxBuildHasher> = IndexMap::default();
            for wire in wires.iter() {
                if !reached.insert(wire.target) {
                    let what = "a synapse that takes events from several connections";
                    return self.problem(attached.id, what);
                }
                let own = attached.own(wire.target, brought);
                let name = &self.plan.world.flat.kind(attached.id).name;
                let label = self.syn_params.cached(&mut labels, bits(&own), name, || {
                    let mut entry = vec![("mod".to_owned(), text(attached.mechanism))];
                    entry.extend(pairs(&own));
                    Json::Object(entry)
                });
                let fixed = || weight(&built.mechanism);
                let weight = brought.and_then(|_| attached.weight(wire.target).or_else(fixed));
                let cell = attached.parents[wire.target as usize];
                let place = attached.places[wire.target as usize].clone();
                groups.entry(label).or_default().push(Row {
                    from: wire.source,
                    to: cell,
                    weight: weight.map_or(int(wires.to.2), Json::Number),
                    delay_ms: Some(moved(wire.delay.max(0.0), 3)),
                    place: Some(place),
                    instance: wire.target,
                });
            }
            for (label, rows) in groups {
                let from = wires.from.0;
                let wish = format!("{}_{label}_{}", self.pop_name(from), self.pop_name(home));
                let synapse = Some((attached.id, label));
                self.entry(&Entry { from, to: home, wish, synapse, from_place: None }, &rows);
            }
        }
        self.rest(attached, &reached);
    }

    /// Events that cells take themselves.
    pub(crate) fn events_to_cells(&mut self, id: KindId, built: &Built, all: &[&WireTable]) {
        if built.ports == 0 {
            return;
        }
        for wires in all {
            if !self.sound(wires) {
                return;
            }
            let row = |wire: nml_flat::Wire| Row {
                from: wire.source,
                to: wire.target,
                weight: int(wires.to.2),
                delay_ms: Some(moved(wire.delay.max(0.0), 3)),
                place: None,
                instance: wire.target,
            };
            let rows: Vec<Row> = wires.iter().map(row).collect();
            let from = wires.from.0;
            let wish = format!("{}_{}", self.pop_name(from), self.pop_name(id));
            self.entry(&Entry { from, to: id, wish, synapse: None, from_place: None }, &rows);
        }
    }
}
