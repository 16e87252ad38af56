//! What kinds are, by the words of the standard.

use nml_codegen::Job;
use nml_flat::{Flat, Kind, KindId, NodeId, QuantityId, Role};
use nml_model::ComponentRef;
use nml_units::Dimension;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::lower::{CellKind, of_shaped_cell};

/// How the standard calls what differs between compartments.
pub(crate) const DENSITIES: [&str; 2] = ["condDensity", "permeability"];

/// The kinds that are cells: members of a population, or what is simulated if that holds no others.
pub(crate) fn cells(job: &Job<'_>) -> FxHashMap<KindId, CellKind> {
    let flat = job.flat;
    let container = is_container(flat);
    let mut found = FxHashMap::default();
    for id in flat.kind_ids() {
        let kind = flat.kind(id);
        let is_cell = match kind.home {
            None => !container,
            Some(home) => container && home.kind == KindId(0),
        };
        if is_cell {
            let voltage = |q: QuantityId| {
                let name = kind.quantity(q).dimension.as_deref();
                name.and_then(|n| job.model.units().dimension(n)) == Some(Dimension::VOLTAGE)
            };
            let mut all = (0..kind.quantities.len()).filter_map(|at| u32::try_from(at).ok());
            let v = all.find_map(|at| {
                let q = kind.quantity(QuantityId(at));
                let state = q.node == NodeId::ROOT && matches!(q.role, Role::State);
                (state && voltage(QuantityId(at))).then_some(QuantityId(at))
            });
            found.insert(id, CellKind { shaped: kind.shape.is_some(), v });
        }
    }
    found
}

/// What differs between the compartments of cells with segments.
pub(crate) fn varying(flat: &Flat) -> FxHashSet<(KindId, QuantityId)> {
    let mut found = FxHashSet::default();
    for id in flat.kind_ids().filter(|id| flat.kind(*id).shape.is_some()) {
        let kind = flat.kind(id);
        for (at, quantity) in (0..).zip(&kind.quantities) {
            let density = kind.node(quantity.node).is_a("baseChannelDensity");
            // What a compartment has is not what the first segment has.
            let own = quantity.node == NodeId::ROOT && of_shaped_cell(&quantity.name).is_some();
            if own || (density && DENSITIES.contains(&&*quantity.name)) {
                found.insert((id, QuantityId(at)));
            }
        }
    }
    found
}

/// Properties that differ between the kinds of one component, such as weights of projections, with the first value
/// in SI: as numbers of each instance they leave all of these kinds one mechanism.
pub(crate) fn differing(flat: &Flat) -> FxHashMap<(KindId, QuantityId), f64> {
    let mut first: FxHashMap<(ComponentRef, NodeId, &str), f64> = FxHashMap::default();
    let mut differ: FxHashSet<(ComponentRef, NodeId, &str)> = FxHashSet::default();
    let mut all = Vec::new();
    for id in flat.kind_ids() {
        let kind = flat.kind(id);
        for (at, quantity) in (0..).zip(&kind.quantities) {
            let Role::Property(values) = &quantity.role else { continue };
            let Some(&value) = values.first() else { continue };
            let key = (kind.component, quantity.node, quantity.name.as_str());
            let known = *first.entry(key).or_insert(value);
            if values.iter().any(|x| *x != known) {
                differ.insert(key);
            }
            all.push(((id, QuantityId(at)), key));
        }
    }
    let differ = all.into_iter().filter(|(_, key)| differ.contains(key));
    differ.map(|(place, key)| (place, first[&key])).collect()
}

/// Whether the component simulated holds the cells rather than being one.
fn is_container(flat: &Flat) -> bool {
    let Some(root) = flat.kinds.first().and_then(|kind| kind.nodes.first()) else { return true };
    let d = &root.dynamics;
    let populated = |kind: &Kind| {
        kind.home.is_some_and(|home| {
            home.kind == KindId(0) && flat.kind(home.kind).node(home.node).is_a("basePopulation")
        })
    };
    root.is_a("network")
        || flat.kinds.iter().any(populated)
        || (d.rates.is_empty()
            && d.regimes.is_empty()
            && d.on_condition.is_empty()
            && d.derived.is_empty())
}

/// The ions whose concentrations the standard's cells know.
pub(crate) fn known_ion(ion: &str) -> Option<&'static str> {
    match ion {
        "ca" => Some("ca"),
        "ca2" => Some("ca2"),
        _ => None,
    }
}

/// What a mechanism is made from.
pub(crate) fn title(kind: &Kind, node: NodeId) -> Vec<String> {
    let it = kind.node(node);
    let mut lines = vec![format!("`{}`, of type {}", it.name, it.ty)];
    let channel = it.children().map(|n| kind.node(n)).find(|n| n.is_a("baseIonChannel"));
    if let Some(channel) = channel {
        lines.push(format!("of the channel `{}`, of type {}", channel.name, channel.ty));
    }
    lines
}
