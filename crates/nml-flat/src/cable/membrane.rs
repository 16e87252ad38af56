//! What is on the membrane of each compartment.

use nml_base::Diagnostics;
use nml_model::views::{Biophysics, Morphology};

use super::compartments::{Compartments, NodeKind};
use super::density::{self, Density, Ground};
use super::place::{NodesOf, Places};
use super::property::Electrics;
use super::sections::Sections;
use super::species::{self, Species};

/// The membrane of a cell; columns have one entry per node of its [`Compartments`], in SI.
#[derive(Clone, Debug)]
pub struct Membrane<'m> {
    /// Specific capacitance, F/m²: the mean over the membrane; 0 where there is none.
    pub c_m_f_per_m2: Vec<f64>,
    /// Axial resistivity in the middle of a compartment, at the end of a section, Ω·m.
    pub r_a_ohm_m: Vec<f64>,
    /// Potential at the start, V.
    pub v_init_v: Vec<f64>,
    /// Potential above which the node spikes, V; NaN where none is written.
    pub spike_threshold_v: Vec<f64>,
    /// Density elements and populations of channels, in the order written; those on one node add up.
    pub densities: Vec<Density<'m>>,
    /// Ions with a concentration model, in the order written.
    pub species: Vec<Species<'m>>,
}

impl Membrane<'_> {
    /// The densities on a node: index into [`Membrane::densities`], and the number there.
    pub fn densities_at(&self, node: u32) -> impl Iterator<Item = (usize, f64)> {
        self.densities.iter().enumerate().filter_map(move |(i, density)| {
            let at = density.values.binary_search_by_key(&node, |&(n, _)| n).ok()?;
            Some((i, density.values[at].1))
        })
    }
}

/// Where a membrane is read from.
pub(super) struct Source<'a, 'm> {
    pub(super) biophysics: Biophysics<'m>,
    pub(super) morphology: &'m Morphology,
    pub(super) sections: &'a Sections,
}

pub(super) fn read<'a, 'm>(
    source: &Source<'a, 'm>,
    places: Places<'a, 'm>,
    compartments: &'a Compartments,
    electrics: &Electrics,
    sink: &mut Diagnostics,
) -> Membrane<'m> {
    let &Source { biophysics, morphology, sections } = source;
    let mut ground = Ground {
        model: biophysics.component().model(),
        morphology,
        sections,
        compartments,
        nodes: NodesOf::new(compartments, sections.n_segments()),
        places,
    };
    let densities: Vec<_> = biophysics
        .densities()
        .filter_map(|component| density::read(&mut ground, component, sink))
        .collect();
    let species = species::read(&mut ground, biophysics, sink);
    let nodes = || (0_u32..).zip(compartments.kinds());
    let middle = |values: &[f64]| -> Vec<f64> {
        let at = |node| compartments.segment(node).map_or(f64::NAN, |s| values[s as usize]);
        nodes().map(|(node, _)| at(node)).collect()
    };
    let mean = |(node, &kind): (u32, &NodeKind)| {
        let cover = compartments.cover(node);
        let value = |i: usize| electrics.c_m_f_per_m2[cover[i].segment as usize];
        match kind {
            NodeKind::Start | NodeKind::End => 0.0,
            // The same value everywhere is not changed by rounding.
            NodeKind::Compartment if (1..cover.len()).all(|i| value(i) == value(0)) => {
                compartments.segment(node).map_or(0.0, |s| electrics.c_m_f_per_m2[s as usize])
            }
            NodeKind::Compartment => {
                let sum: f64 = (0..cover.len()).map(|i| value(i) * cover[i].area_um2).sum();
                sum / compartments.area_um2()[node as usize]
            }
        }
    };
    Membrane {
        c_m_f_per_m2: nodes().map(mean).collect(),
        r_a_ohm_m: middle(&electrics.r_a_ohm_m),
        v_init_v: middle(&electrics.v_init_v),
        spike_threshold_v: middle(&electrics.threshold_v),
        densities,
        species,
    }
}
