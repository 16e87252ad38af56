//! Ions that change in concentration.

use nml_base::Diagnostics;
use nml_model::Component;
use nml_model::views::Biophysics;
use rustc_hash::FxHashMap;

use super::density::Ground;
use super::property::si;
use crate::rules;

/// One `<species>` with the nodes it holds for.
#[derive(Clone, Debug)]
pub struct Species<'m> {
    /// The element.
    pub component: Component<'m>,
    /// The ion; the identifier where none is written.
    pub ion: &'m str,
    /// Its concentration model.
    pub model: Component<'m>,
    /// Concentration inside at the start, mol/m³ (= mM).
    pub initial_mol_per_m3: f64,
    /// Concentration outside at the start, mol/m³ (= mM).
    pub initial_external_mol_per_m3: f64,
    /// Compartments whose middle is in a segment that it covers, ascending; of several species of one ion
    /// the last one written holds.
    pub nodes: Vec<u32>,
}

/// All species of a cell, in the order written.
pub(super) fn read<'m>(
    ground: &mut Ground<'_, 'm>,
    biophysics: Biophysics<'m>,
    sink: &mut Diagnostics,
) -> Vec<Species<'m>> {
    let mut all: Vec<Species<'m>> = Vec::new();
    // The species that holds a node, by ion; one step from the last written back to the first.
    let mut taken: FxHashMap<&str, Vec<bool>> = FxHashMap::default();
    let elements: Vec<_> = biophysics.species().collect();
    for component in elements.into_iter().rev() {
        let Some(mut species) = one(ground, component, sink) else { continue };
        let count = ground.compartments.len();
        let taken = taken.entry(species.ion).or_insert_with(|| vec![false; count]);
        species.nodes.retain(|&node| !std::mem::replace(&mut taken[node as usize], true));
        all.push(species);
    }
    all.reverse();
    all
}

fn one<'m>(
    ground: &mut Ground<'_, 'm>,
    component: Component<'m>,
    sink: &mut Diagnostics,
) -> Option<Species<'m>> {
    let name = component.attr("concentrationModel").unwrap_or_default();
    let model = ground.model.find(name);
    if model.is_none() {
        let what = format!("there is no concentration model `{name}`");
        sink.push(rules::unresolved(component.span_of("concentrationModel"), what));
    }
    let initial = si(component, "initialConcentration", sink);
    let external = si(component, "initialExtConcentration", sink);
    let segments = ground.places.of(component, sink)?;
    let covered = ground.nodes.of(&segments).into_iter().map(|(node, _)| node);
    let middle = |node: &u32| {
        ground.compartments.segment(*node).is_some_and(|s| segments.binary_search(&s).is_ok())
    };
    Some(Species {
        component,
        ion: component.attr("ion").or(component.id()).unwrap_or_default(),
        model: model?,
        initial_mol_per_m3: initial?,
        initial_external_mol_per_m3: external?,
        nodes: covered.filter(middle).collect(),
    })
}
