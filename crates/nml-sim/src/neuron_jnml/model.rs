//! The whole model: compartments, mechanisms on them, ions.

use nml_base::{Diagnostic, Diagnostics};
use nml_flat::{Flat, Kind, KindId, NodeId, Role, Site};
use nml_kernel::{Columns, Isa, Tape};

use super::geometry;
use super::numbers;
use super::sort::{self, Sort};
use super::write;
use super::written::{Setting, Written};
use crate::emit::Untranslatable;
use crate::rules;

/// What stands for an absent compartment.
pub(super) const NOWHERE: u32 = u32::MAX;

/// All compartments of all cells, those of one cell together, parents before children.
#[derive(Debug, Default)]
pub(super) struct Compartments {
    /// µm².
    pub(super) area: Vec<f64>,
    /// µF/cm².
    pub(super) capacitance: Vec<f64>,
    /// mV.
    pub(super) start: Vec<f64>,
    /// The compartment it grows from.
    pub(super) parent: Vec<u32>,
    /// The coupling to that, µS.
    pub(super) coupling: Vec<f64>,
}

impl Compartments {
    /// The coupling of a compartment to its parent, per area of the compartment: mS/cm².
    pub(super) fn own_share(&self, at: usize) -> f64 {
        1e2 * self.coupling[at] / self.area[at]
    }

    /// The coupling of a compartment to its parent, per area of the parent: mS/cm².
    pub(super) fn parent_share(&self, at: usize, parent: usize) -> f64 {
        1e2 * self.coupling[at] / self.area[parent]
    }
}

/// A species of ion in all compartments.
#[derive(Debug)]
pub(super) struct Ion {
    pub(super) name: String,
    /// mM.
    pub(super) inside: Vec<f64>,
    pub(super) outside: Vec<f64>,
    /// mA/cm².
    pub(super) current: Vec<f64>,
    /// Concentrations that a cell's species sets after the initial values: compartment, inside, outside.
    pub(super) set: Vec<(u32, f64, f64)>,
}

/// A mechanism with all its instances.
#[derive(Debug)]
pub(super) struct Mechanism {
    pub(super) name: String,
    pub(super) kind: KindId,
    pub(super) root: NodeId,
    pub(super) sort: Sort,
    pub(super) written: Written,
    pub(super) columns: Columns,
    pub(super) breakpoint: Option<Tape>,
    pub(super) state: Option<Tape>,
    pub(super) watched: Option<Tape>,
    /// By lane: the compartment, or [`NOWHERE`].
    pub(super) compartments: Vec<u32>,
    /// By lane: the instance of the kind.
    pub(super) instances: Vec<u32>,
    /// By lane: the compartment on the other side of a junction.
    pub(super) peers: Vec<u32>,
    /// The ion whose current it writes, or of a pool whose concentration.
    pub(super) ion: Option<usize>,
    /// The ion whose concentrations it reads.
    pub(super) reads: Option<usize>,
    /// The valence for the Nernst potential of the ion.
    pub(super) valence: f64,
    /// By watch and lane: whether it is watched, and whether it held at the last look.
    pub(super) watching: Vec<(bool, bool)>,
    /// By lane of a spike array: which spike comes next, and whether its time had passed already when it was
    /// its turn, in which case NEURON never sees it come.
    pub(super) next_spike: Vec<(usize, bool)>,
    /// The times of a spike array, ms.
    pub(super) spikes: Vec<f64>,
}

/// A model in the exporter's terms.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) compartments: Compartments,
    pub(super) mechanisms: Vec<Mechanism>,
    pub(super) ions: Vec<Ion>,
    /// By kind: the first compartment of each instance, for cells.
    pub(super) first: Vec<Vec<u32>>,
    /// Kelvin.
    pub(super) temperature: f64,
}

pub(super) struct Builder<'f, 'd> {
    pub(super) flat: &'f Flat,
    sink: &'d mut Diagnostics,
    pub(super) model: Model,
}

/// Builds the model; findings where that is not possible.
pub(super) fn build(flat: &Flat, sink: &mut Diagnostics) -> Model {
    let kinds = flat.kinds.len();
    let model = Model {
        first: vec![Vec::new(); kinds],
        temperature: temperature(flat),
        ..Model::default()
    };
    let mut builder = Builder { flat, sink, model };
    for id in flat.kind_ids() {
        if builder.is_cell(id) {
            builder.cut(id);
        }
    }
    for id in flat.kind_ids() {
        builder.mechanisms_of(id);
    }
    let mut model = builder.model;
    // Those that write a concentration come first, the others by the names of their files.
    let rank = |m: &Mechanism| (m.sort != Sort::Pool, m.name.clone());
    model.mechanisms.sort_by_key(rank);
    model
}

/// The temperature in the exporter's programs: a 32-bit float less 273.15, and 273.15 again.
fn temperature(flat: &Flat) -> f64 {
    let root = flat.kind(KindId(0));
    let given = root.quantities.iter().find_map(|q| match q.role {
        Role::Parameter(x) if q.node == NodeId::ROOT && q.name == "temperature" => Some(x),
        _ => None,
    });
    let has_it = root.node(NodeId::ROOT).is_a("networkWithTemperature");
    // NEURON's own default is 6.3 degrees.
    let celsius =
        given.filter(|_| has_it).map_or(6.3, |kelvin| numbers::product(kelvin, 1.0) - 273.15);
    celsius + 273.15
}

/// A fixed number of a node, in SI.
pub(super) fn parameter(kind: &Kind, node: NodeId, name: &str) -> Option<f64> {
    kind.quantities.iter().rev().find_map(|q| match q.role {
        Role::Parameter(x) if q.node == node && q.name == name => Some(x),
        _ => None,
    })
}

impl Builder<'_, '_> {
    /// Whether a kind is a cell: a member of a population, or what is simulated if that is no network.
    fn is_cell(&self, id: KindId) -> bool {
        let kind = self.flat.kind(id);
        match kind.home {
            None => !kind.node(NodeId::ROOT).is_a("network"),
            Some(home) => {
                let outer = self.flat.kind(home.kind);
                outer.home.is_none() && outer.node(NodeId::ROOT).is_a("network")
            }
        }
    }

    pub(super) fn report(&mut self, kind: &Kind, node: NodeId, what: &str) {
        let what = format!("{what} ({})", kind.path(node));
        self.sink.push(Diagnostic::new(&rules::NOT_COMPILED, kind.span, what));
    }

    /// Lays out the compartments of all instances of a cell.
    fn cut(&mut self, id: KindId) {
        let kind = self.flat.kind(id);
        let shaped = sort::is_shaped(kind.node(NodeId::ROOT));
        let position = |instance: u32| {
            let given = kind.positions_um.get(instance as usize).copied();
            given.filter(|position| position.iter().all(|x| x.is_finite()))
        };
        let cut = if shaped {
            geometry::cut(kind, position(0))
        } else {
            Ok(geometry::point(sort::point_cell_capacitance(kind)))
        };
        let mut pieces = match cut {
            Ok(pieces) => pieces,
            Err(what) => return self.report(kind, NodeId::ROOT, &what),
        };
        for instance in 0..kind.count() {
            if shaped && instance > 0 && position(instance) != position(instance - 1) {
                // Cut in the same way, a little longer or shorter.
                match geometry::cut(kind, position(instance)) {
                    Ok(own) => pieces = own,
                    Err(what) => return self.report(kind, NodeId::ROOT, &what),
                }
            }
            let to = &mut self.model.compartments;
            let first = u32::try_from(to.area.len()).unwrap_or(NOWHERE);
            self.model.first[id.index()].push(first);
            for piece in &pieces {
                to.area.push(piece.area);
                to.capacitance.push(piece.capacitance);
                to.start.push(piece.start);
                to.parent.push(piece.parent.map_or(NOWHERE, |parent| first + parent));
                to.coupling.push(piece.coupling);
            }
        }
    }

    fn mechanisms_of(&mut self, id: KindId) {
        let kind = self.flat.kind(id);
        let root = kind.node(NodeId::ROOT);
        if self.is_cell(id) {
            if sort::is_shaped(root) {
                self.membrane(id);
            } else {
                let firsts = self.model.first[id.index()].clone();
                self.point(id, NodeId::ROOT, firsts);
            }
            return;
        }
        let Some(home) = kind.home else { return };
        if self.model.first[home.kind.index()].is_empty() {
            if kind.count() > 0 {
                self.report(kind, NodeId::ROOT, "the exporter makes nothing of what is built here");
            }
            return;
        }
        let compartments = (0..kind.count())
            .map(|instance| {
                let cell = kind.parents[instance as usize];
                let site = kind.sites.get(instance as usize);
                self.model.at(self.flat, home.kind, cell, site)
            })
            .collect();
        if root.is_a("timedSynapticInput") {
            let inner = root.children().find(|&child| kind.node(child).is_a("baseSynapse"));
            match inner {
                Some(inner) => self.point(id, inner, compartments),
                None => self.report(kind, NodeId::ROOT, "an input without a synapse"),
            }
            return;
        }
        self.point(id, NodeId::ROOT, compartments);
    }

    /// Adds a point process, one per instance.
    fn point(&mut self, id: KindId, root: NodeId, compartments: Vec<u32>) {
        let kind = self.flat.kind(id);
        let sort = sort::sort(kind, root);
        let instances = (0..kind.count()).collect();
        let Some(mut mechanism) = self.compile(id, root, sort, compartments, instances) else {
            return;
        };
        if mechanism.written.peer.is_some()
            && let Some(peers) = kind.peers.first()
        {
            mechanism.peers = peers
                .instances
                .iter()
                .map(|&other| self.model.seat(self.flat, peers.kind, other))
                .collect();
        }
        if kind.node(root).is_a("spikeArray") {
            let spikes = kind.node(root).children();
            mechanism.spikes = spikes
                .filter_map(|spike| parameter(kind, spike, "time"))
                .filter_map(|time| numbers::cast(time, "time"))
                .collect();
            mechanism.next_spike = vec![(0, false); mechanism.instances.len()];
        }
        self.model.mechanisms.push(mechanism);
    }

    pub(super) fn compile(
        &mut self,
        id: KindId,
        root: NodeId,
        sort: Sort,
        compartments: Vec<u32>,
        instances: Vec<u32>,
    ) -> Option<Mechanism> {
        let kind = self.flat.kind(id);
        let of_population = self.is_cell(id) && root == NodeId::ROOT;
        let temperature = self.model.temperature;
        let setting = Setting { sort, of_population, temperature };
        let written = match write::write(self.flat, id, root, setting) {
            Ok(written) => written,
            Err((node, Untranslatable(what))) => {
                self.report(kind, node, &what);
                return None;
            }
        };
        let count = instances.len();
        let columns = Columns::new(&written.program, count);
        let tape = |entry| Tape::compile(&written.program, entry, Isa::best());
        let random = written.draws.count.is_some();
        let breakpoint = (!random).then(|| tape(written.breakpoint));
        let state = written.state.filter(|_| !random).map(tape);
        let watched = written.watched.filter(|_| !random).map(tape);
        let watching = vec![(false, false); written.watches.len() * count];
        Some(Mechanism {
            name: kind.node(root).name.clone(),
            kind: id,
            root,
            sort,
            columns,
            breakpoint,
            state,
            watched,
            compartments,
            instances,
            peers: Vec::new(),
            ion: None,
            reads: None,
            valence: 1.0,
            watching,
            next_spike: Vec::new(),
            spikes: Vec::new(),
            written,
        })
    }

    /// The ion of that name; made on first use, with NEURON's defaults.
    pub(super) fn ion(&mut self, name: &str) -> usize {
        if let Some(known) = self.model.ions.iter().position(|ion| ion.name == name) {
            return known;
        }
        let (inside, outside) = match name {
            "na" => (10.0, 140.0),
            "k" => (54.4, 2.5),
            "ca" => (5e-5, 2.0),
            _ => (1.0, 1.0),
        };
        let count = self.model.compartments.area.len();
        self.model.ions.push(Ion {
            name: name.to_owned(),
            inside: vec![inside; count],
            outside: vec![outside; count],
            current: vec![0.0; count],
            set: Vec::new(),
        });
        self.model.ions.len() - 1
    }
}

impl Model {
    /// The compartment at a site of a cell.
    pub(super) fn at(&self, flat: &Flat, kind: KindId, instance: u32, site: Site) -> u32 {
        let first = self.first[kind.index()][instance as usize];
        let shape = flat.kind(kind).shape.as_deref();
        first + shape.map_or(0, |shape| geometry::node_at(shape, site))
    }

    /// The compartment of an attached instance.
    pub(super) fn seat(&self, flat: &Flat, kind: KindId, instance: u32) -> u32 {
        let attached = flat.kind(kind);
        let Some(home) = attached.home else { return NOWHERE };
        if self.first[home.kind.index()].is_empty() {
            return NOWHERE;
        }
        let site = attached.sites.get(instance as usize);
        self.at(flat, home.kind, attached.parents[instance as usize], site)
    }
}
