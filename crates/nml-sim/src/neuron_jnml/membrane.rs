//! What is on the membrane of cells with a morphology: channels and pools.

use nml_flat::{KindId, Node, NodeId, Shape};
use rustc_hash::FxHashSet;

use super::model::{Builder, Mechanism, parameter};
use super::numbers;
use super::sort::{Current, Sort};

/// Whether it is a density that varies along the cell.
fn varies(node: &Node) -> bool {
    node.ty.starts_with("channelDensityNonUniform")
}

impl Builder<'_, '_> {
    /// Adds the density mechanisms of a cell with a morphology.
    pub(super) fn membrane(&mut self, id: KindId) {
        let kind = self.flat.kind(id);
        let Some(shape) = &kind.shape else { return };
        // Densities that vary along the cell are set after those that do not.
        let (varying, others): (Vec<NodeId>, Vec<NodeId>) =
            kind.node_ids().partition(|&node| varies(kind.node(node)));
        for node in others.into_iter().chain(varying) {
            if kind.node(node).is_a("baseChannelDensity") {
                self.density(id, node, shape);
            } else if kind.node(node).is_a("baseChannelPopulation") {
                self.report(
                    kind,
                    node,
                    "the exporter makes nothing of channel populations on cells with a morphology",
                );
            } else if kind.node(node).is_a("species") {
                self.species(id, node, shape);
            }
        }
    }

    /// The lanes of something that covers a part of a cell: instances and compartments.
    fn lanes(&self, id: KindId, pieces: &[u32]) -> (Vec<u32>, Vec<u32>) {
        let firsts = &self.model.first[id.index()];
        let each = firsts.iter().zip(0_u32..);
        each.flat_map(|(&first, instance)| pieces.iter().map(move |&p| (first + p, instance)))
            .unzip()
    }

    fn density(&mut self, id: KindId, node: NodeId, shape: &Shape) {
        let kind = self.flat.kind(id);
        let it = kind.node(node);
        let Some(channel) = it.children().find(|&child| kind.node(child).is_a("baseIonChannel"))
        else {
            return self.report(kind, node, "a density without a channel");
        };
        let current = match it.ty.as_str() {
            "channelDensity" | "channelDensityVShift" | "channelDensityNonUniform" => {
                Current::Ohmic
            }
            "channelDensityNernst"
            | "channelDensityNernstCa2"
            | "channelDensityNonUniformNernst" => Current::Nernst,
            "channelDensityGHK" | "channelDensityNonUniformGHK" => Current::Ghk,
            "channelDensityGHK2" => Current::Ghk2,
            _ => return self.report(kind, node, "a density of this type is not carried out"),
        };
        let Some(values) = shape.density(it.component) else {
            return self.report(kind, node, "a density without a value");
        };
        let (factor, wide) = if current == Current::Ghk { (1e2, 1e2) } else { (1e-4, 1e-4) };
        // What varies is computed by the program itself, in 64 bits.
        let exported = |&(_, x): &(u32, f64)| {
            if varies(it) { wide * x } else { numbers::product(x, factor) }
        };
        let pieces: Vec<u32> = values.iter().map(|&(node, _)| node).collect();
        let reversal = parameter(kind, node, "erev").map_or(0.0, |x| numbers::product(x, 1e3));
        let (compartments, instances) = self.lanes(id, &pieces);
        let Some(mut made) =
            self.compile(id, channel, Sort::Channel(current), compartments, instances)
        else {
            return;
        };
        let species = kind.node(channel).text("species").filter(|s| *s != "non_specific");
        made.ion = species.map(|species| self.ion(species));
        made.reads = Some(self.ion("ca"));
        if species.is_some_and(|species| species.contains("ca")) {
            made.valence = 2.0;
        }
        let shift = parameter(kind, node, "vShift").map_or(0.0, |x| numbers::product(x, 1e3));
        let name = made.name.clone();
        // One program has one reversal potential: that of the first density that uses a channel with a species.
        let first = self.model.mechanisms.iter().find(|m| m.name == name && m.ion.is_some());
        let reversal = match first {
            Some(first) if species.is_some() && current == Current::Ohmic => {
                first.columns.get(first.written.reversal).first().copied().unwrap_or(reversal)
            }
            _ => reversal,
        };
        let gmax: Vec<f64> = values.iter().map(exported).collect();
        let column = made.columns.get_mut(made.written.gmax);
        for (lane, &gmax) in column.iter_mut().zip(gmax.iter().cycle()) {
            *lane = gmax;
        }
        made.columns.fill(made.written.reversal, reversal);
        made.columns.fill(made.written.shift, shift);
        // A program stands once in a compartment: the density set last counts.
        let same = |m: &&mut Mechanism| m.kind == id && m.name == name;
        let mut taken = None;
        for other in self.model.mechanisms.iter_mut().filter(same) {
            let taken: &FxHashSet<u32> =
                taken.get_or_insert_with(|| made.compartments.iter().copied().collect());
            let column = other.columns.get_mut(other.written.gmax);
            for (gmax, compartment) in column.iter_mut().zip(&other.compartments) {
                if taken.contains(compartment) {
                    *gmax = 0.0;
                }
            }
        }
        self.model.mechanisms.push(made);
    }

    fn species(&mut self, id: KindId, node: NodeId, shape: &Shape) {
        let kind = self.flat.kind(id);
        let it = kind.node(node);
        let Some(pool) = it.children().find(|&child| kind.node(child).is_a("concentrationModel"))
        else {
            return self.report(kind, node, "a species without a concentration model");
        };
        let name = it.text("ion").or(kind.node(pool).text("ion")).unwrap_or("ca");
        let ion = self.ion(name);
        let Some(pieces) = shape.species(it.component) else {
            return self.report(kind, node, "a species that is nowhere");
        };
        let value = |name: &str| {
            parameter(kind, node, name).and_then(|x| numbers::cast(x, "concentration"))
        };
        let (inside, outside) = (value("initialConcentration"), value("initialExtConcentration"));
        if let (Some(inside), Some(outside)) = (inside, outside) {
            // The cell prepared last decides for all compartments; each cell sets its own afterwards.
            let all = &mut self.model.ions[ion];
            all.inside.fill(inside);
            all.outside.fill(outside);
            for &first in &self.model.first[id.index()] {
                all.set.extend(pieces.iter().map(|&piece| (first + piece, inside, outside)));
            }
        }
        let (compartments, instances) = self.lanes(id, pieces);
        let Some(mut made) = self.compile(id, pool, Sort::Pool, compartments, instances) else {
            return;
        };
        made.ion = Some(ion);
        self.model.mechanisms.push(made);
    }
}
