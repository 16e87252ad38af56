//! Populations, and the model in the making.

use nml_codegen::number::moved;
use nml_codegen::{Job, Namer};
use nml_codegen_nmodl::{Built, Plan, Problem, Thing, place};
use nml_flat::{KindId, Site};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::attached::Made;
use crate::cells::{Shaped, section_names};
use crate::json::{Json, int, object, text};
use crate::mechanisms::sends;

/// The section of a cell without segments.
pub(crate) const SOMA: &str = "soma";
/// Diameter and length of a cylinder of 10⁵ µm², on which so many µF/cm² are as many nF.
const SIDE_UM: f64 = 178.412_411_615_277_1;
/// The tag that tells cells of a population apart.
pub(crate) const LABEL: &str = "cellLabel";

/// Entries by name, in the order they were made.
#[derive(Debug)]
pub(crate) struct Entries {
    pub(crate) all: Vec<(String, Json)>,
    namer: Namer,
    /// By what they say.
    known: FxHashMap<String, String>,
}

impl Entries {
    fn new() -> Self {
        Self { all: Vec::new(), namer: Namer::new([]), known: FxHashMap::default() }
    }

    /// A name for an entry that will be added.
    pub(crate) fn name(&mut self, wish: &str) -> String {
        self.namer.give(wish)
    }

    /// Adds an entry under a new name.
    pub(crate) fn add(&mut self, wish: &str, entry: Json) -> String {
        let name = self.name(wish);
        self.all.push((name.clone(), entry));
        name
    }

    /// The name of an entry that says this; it is added unless there is one.
    pub(crate) fn shared(&mut self, wish: &str, entry: Json) -> String {
        let key = entry.print();
        if let Some(name) = self.known.get(&key) {
            return name.clone();
        }
        let name = self.add(wish, entry);
        self.known.insert(key, name.clone());
        name
    }

    /// The same, found by a key if it was asked for before.
    pub(crate) fn cached(
        &mut self,
        cache: &mut FxHashMap<Vec<u64>, String>,
        key: Vec<u64>,
        wish: &str,
        entry: impl FnOnce() -> Json,
    ) -> String {
        if let Some(name) = cache.get(&key) {
            return name.clone();
        }
        let name = self.shared(wish, entry());
        cache.insert(key, name.clone());
        name
    }

    /// The name of an entry for a key; it is added when the key is new.
    pub(crate) fn once<K: std::hash::Hash + Eq>(
        &mut self,
        known: &mut FxHashMap<K, String>,
        key: K,
        wish: &str,
        entry: impl FnOnce(&str) -> Json,
    ) -> String {
        if let Some(name) = known.get(&key) {
            return name.clone();
        }
        let name = self.name(wish);
        self.all.push((name.clone(), entry(&name)));
        known.insert(key, name.clone());
        name
    }
}

/// The model in the making.
#[derive(Debug)]
pub(crate) struct Network<'p, 'a> {
    pub(crate) plan: &'p Plan<'a>,
    /// By kind of cells: the population.
    pub(crate) pops: FxHashMap<KindId, String>,
    /// By kind of cells: the number of the first.
    pub(crate) first: FxHashMap<KindId, u32>,
    /// By kind and instance of cells without segments: the cell type, which is the name of the process too.
    types: FxHashMap<(KindId, u32), String>,
    /// By kind of cells with segments: the names of their sections.
    sections: FxHashMap<KindId, Vec<String>>,
    /// Cells that take events themselves.
    pub(crate) direct: FxHashSet<KindId>,
    /// Cells that are called by a label.
    pub(crate) labelled: FxHashSet<KindId>,
    /// By kind and instance of what is attached: where it went.
    pub(crate) made: FxHashMap<(KindId, u32), Made>,
    /// By label of a mechanism, cell and place: how many there are.
    pub(crate) counts: FxHashMap<(String, u32, String, u64), u32>,
    pub(crate) cell_params: Entries,
    pub(crate) pop_params: Vec<(String, Json)>,
    pub(crate) syn_params: Entries,
    pub(crate) conn_params: Entries,
    pub(crate) stim_sources: Entries,
    pub(crate) stim_targets: Entries,
    pub(crate) problems: Vec<Problem>,
}

impl<'p, 'a> Network<'p, 'a> {
    /// All of it.
    pub(crate) fn new(plan: &'p Plan<'a>, job: &Job<'_>) -> Self {
        let mut made = Self {
            plan,
            pops: FxHashMap::default(),
            first: FxHashMap::default(),
            types: FxHashMap::default(),
            sections: FxHashMap::default(),
            direct: FxHashSet::default(),
            labelled: FxHashSet::default(),
            made: FxHashMap::default(),
            counts: FxHashMap::default(),
            cell_params: Entries::new(),
            pop_params: Vec::new(),
            syn_params: Entries::new(),
            conn_params: Entries::new(),
            stim_sources: Entries::new(),
            stim_targets: Entries::new(),
            problems: Vec::new(),
        };
        made.name_cells();
        made.wire();
        made.attach();
        made.populate(job);
        made
    }

    pub(crate) fn problem(&mut self, id: KindId, what: impl Into<String>) {
        let span = self.plan.world.flat.kind(id).span;
        self.problems.push(Problem { span, what: what.into() });
    }

    /// Whether a kind is cells, or sources of events.
    pub(crate) fn is_cell(&self, id: KindId) -> bool {
        self.plan.world.cells.contains_key(&id)
    }

    fn name_cells(&mut self) {
        let plan = self.plan;
        let mut namer = Namer::new([]);
        let mut next = 0;
        for (id, _) in plan.kinds().filter(|(id, _)| plan.world.cells.contains_key(id)) {
            let kind = plan.world.flat.kind(id);
            let around = kind.home.map(|home| plan.world.flat.kind(home.kind).node(home.node));
            // Cells are called as their population.
            self.pops.insert(id, namer.give(around.map_or(&kind.name, |node| &node.name)));
            self.first.insert(id, next);
            next += kind.count();
            if let Some(shape) = kind.shape.as_deref() {
                self.sections.insert(id, section_names(shape));
            }
        }
    }

    /// The number of a cell among all.
    pub(crate) fn gid(&self, id: KindId, instance: u32) -> u32 {
        self.first.get(&id).copied().unwrap_or_default() + instance
    }

    /// A place on a cell: section, and how far along it.
    pub(crate) fn place(&self, id: KindId, site: Site) -> Option<(String, f64)> {
        let Some(shape) = self.plan.world.flat.kind(id).shape.as_deref() else {
            return Some((SOMA.to_owned(), 0.5));
        };
        let (section, x) = place(shape, site)?;
        let name = self.sections.get(&id)?.get(section as usize)?;
        Some((name.clone(), x))
    }

    /// The type of a cell without segments.
    pub(crate) fn type_of(&self, id: KindId, instance: u32) -> Option<&str> {
        self.types.get(&(id, instance)).map(String::as_str)
    }

    /// Where on a cell with segments events come from.
    fn source(&mut self, id: KindId, job: &Job<'_>) -> (u32, f64) {
        let plan = self.plan;
        let Some(shape) = plan.world.flat.kind(id).shape.as_deref() else { return (0, 0.5) };
        let wires = plan.world.flat.wires.iter().filter(|wires| wires.from.0 == id);
        let sites = wires.flat_map(|wires| (0..wires.len()).map(|at| wires.sites.get(at)));
        let heard = job.events.iter().flatten().filter(|outlet| outlet.kind == id);
        let heard = heard.map(|_| Site::default());
        let mut found = None;
        let mut several = false;
        for site in sites.chain(heard) {
            let at = place(shape, site);
            several |= found.is_some() && found != at;
            found = found.or(at);
        }
        if several {
            self.problem(id, "events from several places of a cell");
        }
        found.or_else(|| place(shape, Site::default())).unwrap_or((0, 0.5))
    }

    /// Writes cells and populations; last, when it is known what is asked of them.
    fn populate(&mut self, job: &Job<'_>) {
        let plan = self.plan;
        let mut known = FxHashMap::default();
        for (id, thing) in plan.kinds().filter(|(id, _)| plan.world.cells.contains_key(id)) {
            match thing {
                Thing::Nothing => {}
                Thing::Shaped(parts) => {
                    let kind = plan.world.flat.kind(id);
                    let Some(shape) = kind.shape.as_deref() else { continue };
                    let source = self.source(id, job);
                    let threshold_mv = plan.constant(id, "thresh").map_or(0.0, |x| moved(x, 3));
                    let span = job.model.component(kind.component).id_span();
                    let shaped = Shaped {
                        shape,
                        parts,
                        span,
                        source,
                        threshold_mv,
                        area_um2: plan.only_area(id),
                    };
                    let rule = shaped.rule(&mut self.problems);
                    let key = rule.print();
                    let label = self.cell_params.once(&mut known, key, &kind.name, |_| rule);
                    let pop = self.pops.get(&id).cloned().unwrap_or_default();
                    let mut entry = vec![("cellType".to_owned(), text(label))];
                    if self.labelled.contains(&id) {
                        let labels = (0..kind.count()).map(|at| object([(LABEL, int(at))]));
                        entry.push(("cellsList".to_owned(), Json::List(labels.collect())));
                    } else {
                        entry.push(("numCells".to_owned(), int(kind.count())));
                    }
                    self.pop_params.push((pop, Json::Object(entry)));
                }
                Thing::Point(mechanism, built) => self.points(id, mechanism, built, &mut known),
            }
        }
    }

    /// Cells without segments.
    fn points(
        &mut self,
        id: KindId,
        mechanism: &str,
        built: &Built,
        known: &mut FxHashMap<String, String>,
    ) {
        let plan = self.plan;
        let count = plan.world.flat.kind(id).count();
        let has_v = plan.world.cells.get(&id).is_some_and(|cell| cell.v.is_some());
        let Some(starts) = plan.starts(id) else {
            return self.problem(id, "a membrane potential whose start is computed");
        };
        let given = match plan.given(id, built) {
            Ok(given) => given,
            Err(what) => return self.problem(id, what),
        };
        let leaves = sends(&built.mechanism);
        let variable = built.mechanism.range.first();
        let direct = self.direct.contains(&id);
        if direct && variable.is_none() && !leaves {
            return self.problem(id, "events into a cell that shows nothing and sends nothing");
        }
        let mut cells = Vec::new();
        for (instance, start) in (0..count).zip(&starts) {
            let membrane = has_v.then(|| (built.capacitance_nf.unwrap_or(1.0), moved(*start, 3)));
            let key = format!("{mechanism} {membrane:?} {direct}");
            let label = self.cell_params.once(known, key, mechanism, |label| {
                let marker = variable.map_or("v", String::as_str);
                point_rule(label, mechanism, membrane, direct.then_some(marker))
            });
            let mut cell = vec![(LABEL.to_owned(), int(instance))];
            if instance > 0 && self.type_of(id, 0) != Some(&label) {
                cell.push(("cellType".to_owned(), text(label.clone())));
            }
            let own = given.iter().filter_map(|(name, values)| {
                let x = values.get(instance as usize)?;
                Some((name.clone(), Json::Number(*x)))
            });
            let own: Vec<(String, Json)> = own.collect();
            if !own.is_empty() {
                cell.push(("params".to_owned(), Json::Object(own)));
            }
            cells.push(Json::Object(cell));
            self.types.insert((id, instance), label);
        }
        let first = self.type_of(id, 0).unwrap_or_default();
        let mut entry = vec![("cellType".to_owned(), text(first))];
        if leaves {
            // Such cells send the events of their process, not those of a potential that rises.
            entry.push(("originalFormat".to_owned(), text("NeuroML2_SpikeSource")));
        }
        entry.push(("cellsList".to_owned(), Json::List(cells)));
        let pop = self.pops.get(&id).cloned().unwrap_or_default();
        self.pop_params.push((pop, Json::Object(entry)));
    }
}

/// A cell without segments: a section with a process, `membrane` is its capacitance in nF and its start in mV.
fn point_rule(
    label: &str,
    mechanism: &str,
    membrane: Option<(f64, f64)>,
    marker: Option<&str>,
) -> Json {
    let mut geom = vec![
        ("L".to_owned(), Json::Number(SIDE_UM)),
        ("diam".to_owned(), Json::Number(SIDE_UM)),
        ("nseg".to_owned(), int(1)),
    ];
    let mut process = vec![("mod".to_owned(), text(mechanism))];
    if let Some(marker) = marker {
        // By this NetPyNE knows that events go to the process itself.
        process.push(("vref".to_owned(), text(marker)));
    }
    let processes = Json::Object(vec![(label.to_owned(), Json::Object(process))]);
    let mut soma = Vec::new();
    if let Some((nf, _)) = membrane {
        geom.push(("cm".to_owned(), Json::Number(nf)));
    }
    soma.push(("geom".to_owned(), Json::Object(geom)));
    soma.push(("pointps".to_owned(), processes));
    if let Some((_, start)) = membrane {
        soma.push(("vinit".to_owned(), Json::Number(start)));
    }
    object([("secs", object([(SOMA, Json::Object(soma))]))])
}
