//! The file around the flattened types: what only builds, and the run.

use nml_base::{Diagnostics, format_f64};
use nml_codegen::{Job, Namer, not_exported};
use nml_flat::cable::NodeKind;
use nml_flat::{KindId, NodeId, QuantityId, Seen};
use nml_model::{Component, ComponentRef, TypeId};
use nml_units::UnitTable;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::TARGET;
use crate::element::Element;
use crate::simulation;
use crate::ty::{Made, Maker};

/// Units of one SI unit each, for numbers that nobody wrote.
#[derive(Debug, Default)]
pub(crate) struct SiUnits {
    /// The symbol, by the name of the dimension.
    own: Vec<(String, String)>,
}

impl SiUnits {
    /// A number in SI with its unit.
    pub(crate) fn in_si(&mut self, units: &UnitTable, dimension: &str, x: f64) -> String {
        let number = format_f64(x);
        if dimension == "none" || dimension == "*" {
            return number;
        }
        let known = units.dimension(dimension).and_then(|dimension| {
            units.units_of(dimension).find(|u| u.power == 0 && u.scale == 1.0 && u.offset == 0.0)
        });
        if let Some(unit) = known {
            return format!("{number} {}", unit.symbol);
        }
        let symbol = format!("SI_{dimension}");
        if self.own.iter().all(|(known, _)| known != dimension) {
            self.own.push((dimension.to_owned(), symbol.clone()));
        }
        format!("{number} {symbol}")
    }
}

/// What is collected for the file.
struct Around<'a> {
    job: &'a Job<'a>,
    /// Components that stay as they are written.
    kept: Vec<ComponentRef>,
    /// Types of the user's that these need.
    types: Vec<TypeId>,
}

/// The whole file.
pub(crate) fn document(job: &Job<'_>, sink: &mut Diagnostics) -> Option<Element> {
    let model = job.model;
    let flat = job.flat;
    for kind in &flat.kinds {
        let compartments = kind.shape.iter().flat_map(|shape| shape.compartments.kinds());
        if compartments.filter(|node| **node == NodeKind::Compartment).count() > 1 {
            sink.push(not_exported(kind.span, TARGET, "a cell of several compartments"));
        } else if let Some(density) = nml_codegen::varied_density(kind) {
            let span = model.component(kind.node(density).component).id_span();
            sink.push(not_exported(span, TARGET, "a density that varies along a cell"));
        }
    }
    if sink.has_errors() {
        return None;
    }
    let target = model.component(job.experiment.target);
    let alone = flat.kinds.len() == 1;
    let recorded = recorded(job, sink);
    let mut units = SiUnits::default();
    let mut namer = Namer::new(model.types().names().filter(|n| !n.is_empty())).at_most(120);
    let mut made: FxHashMap<ComponentRef, Made> = FxHashMap::default();
    let mut order = Vec::new();
    let empty = FxHashSet::default();
    for id in flat.kind_ids().skip(usize::from(!alone)) {
        let kind = flat.kind(id);
        if made.contains_key(&kind.component) {
            continue;
        }
        let ids: Vec<KindId> =
            flat.kind_ids().filter(|k| flat.kind(*k).component == kind.component).collect();
        let mut seen: FxHashSet<QuantityId> = FxHashSet::default();
        for id in &ids {
            seen.extend(recorded.get(id).unwrap_or(&empty));
        }
        let mut maker = Maker { job, kind, recorded: &seen, units: &mut units };
        let name = namer.give(&format!("{}_flat", kind.name));
        made.insert(kind.component, maker.make(&name, sink));
        order.push(kind.component);
    }
    let mut around = Around { job, kept: Vec::new(), types: Vec::new() };
    if !alone {
        around.keep(target, &made, sink);
    }
    for one in order.iter().filter_map(|c| made.get(c)) {
        around.types_of(one.base);
    }
    let mut out = Element::new("Lems");
    let run = simulation::id(job);
    out.push(Element::new("Target").with("component", &run));
    // The reference interpreter knows the core types without that of the run by their common name.
    for file in ["NeuroML2CoreTypes.xml", "Simulation.xml"] {
        out.push(Element::new("Include").with("file", file));
    }
    around.own_units(&units, &mut out, sink);
    let files = |id: TypeId| model.types().document_of(id).map(|at| &model.documents()[at]);
    for id in &around.types {
        let ty = model.types().get(*id);
        if nml_schemas::lems::COMPONENT_TYPES.iter().any(|known| known.name == ty.name) {
            let what = format!("a type of the name `{}`, which is one of the standard", ty.name);
            sink.push(not_exported(ty.span.unwrap_or(target.element().span()), TARGET, what));
        }
        if let (Some(span), Some(document)) = (ty.span, files(*id)) {
            out.push_source(document.file().slice(span));
        }
    }
    for component in &order {
        out.push(made[component].ty.clone());
    }
    for component in &order {
        out.push(made[component].component.clone());
    }
    for component in &around.kept {
        let component = model.component(*component);
        let text = without_metadata(component);
        out.push_source(&text);
    }
    let paths = simulation::Paths { job, made: &made, alone };
    out.push(simulation::element(&paths, &run, sink));
    (!sink.has_errors()).then_some(out)
}

/// What is recorded or shown, by kind.
fn recorded(job: &Job<'_>, sink: &mut Diagnostics) -> FxHashMap<KindId, FxHashSet<QuantityId>> {
    let mut found: FxHashMap<KindId, FxHashSet<QuantityId>> = FxHashMap::default();
    let lines = job.experiment.displays.iter().flat_map(|d| &d.lines);
    let lines = lines.filter_map(|l| job.flat.probe(&l.recorded.path, l.recorded.span, sink));
    for probe in lines.chain(job.traces.iter().flatten().copied()) {
        let kind = job.flat.kind(probe.kind);
        let id = match probe.seen {
            Seen::Time => None,
            Seen::Quantity(id) => Some(id),
            Seen::Exposure(id) => kind.exposures[id.index()].quantity,
        };
        // What the root shows is shown anyway.
        if let Some(id) = id.filter(|id| kind.quantity(*id).node != NodeId::ROOT) {
            found.entry(probe.kind).or_default().insert(id);
        }
    }
    found
}

impl<'a> Around<'a> {
    /// Keeps a component as it is written, with all it refers to that is not flattened.
    fn keep(
        &mut self,
        component: Component<'a>,
        made: &FxHashMap<ComponentRef, Made>,
        sink: &mut Diagnostics,
    ) {
        let model = self.job.model;
        let mut open = vec![component];
        while let Some(component) = open.pop() {
            if self.kept.contains(&component.handle()) || made.contains_key(&component.handle()) {
                continue;
            }
            self.kept.push(component.handle());
            for inner in std::iter::once(component).chain(component.descendants()) {
                if made.contains_key(&inner.handle()) {
                    let what = format!("{} inside of what builds it", inner.shown());
                    sink.push(not_exported(inner.element().name_span(), TARGET, what));
                }
                if inner.table().is_some_and(|_| inner.document().file().text().is_empty()) {
                    let what = "rows of a binary file; write it with `--to neuroml` first";
                    sink.push(not_exported(inner.element().name_span(), TARGET, what));
                }
                let Some(ty) = inner.ty() else { continue };
                self.types_of(Some(ty));
                for reference in model.types().references(ty) {
                    let found = inner.attr(&reference.name).and_then(|id| model.find(id));
                    open.extend(found);
                }
                if let Some(table) = inner.connections() {
                    for row in 0..table.len() {
                        for name in [table.pre_component(row), table.post_component(row)] {
                            let found = name.and_then(|id| model.find(id));
                            open.extend(found.filter(|c| !self.kept.contains(&c.handle())));
                        }
                    }
                }
            }
        }
        // Components stand after those they refer to.
        self.kept.reverse();
    }

    /// Notes the types of the user's that a type needs.
    fn types_of(&mut self, ty: Option<TypeId>) {
        let types = self.job.model.types();
        let mut open: Vec<TypeId> = ty.into_iter().collect();
        while let Some(id) = open.pop() {
            for &id in types.lineage(id) {
                if types.document_of(id).is_none() || self.types.contains(&id) {
                    continue;
                }
                self.types.push(id);
                let ty = types.get(id);
                let named = ty.children.iter().map(|c| &c.ty);
                let named = named.chain(ty.attachments.iter().map(|a| &a.ty));
                let named = named.chain(ty.component_references.iter().map(|r| &r.ty));
                open.extend(named.filter_map(|name| types.named(name)));
            }
        }
    }

    /// Dimensions and units that are not in the standard.
    fn own_units(&self, units: &SiUnits, out: &mut Element, sink: &mut Diagnostics) {
        for clash in self.job.model.unit_clashes() {
            let what = "a second meaning of the same unit or dimension";
            sink.push(not_exported(clash.span, TARGET, what));
        }
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        seen.extend(nml_schemas::lems::DIMENSIONS.iter().map(|d| d.name.as_str()));
        for document in self.job.model.documents() {
            for d in &document.definitions.dimensions {
                if !seen.insert(d.name.as_str()) {
                    continue;
                }
                let mut element = Element::new("Dimension").with("name", d.name.as_str());
                let powers = [
                    ("m", d.m),
                    ("l", d.l),
                    ("t", d.t),
                    ("i", d.i),
                    ("k", d.k),
                    ("n", d.n),
                    ("j", d.j),
                ];
                for (name, power) in powers.into_iter().filter(|(_, power)| *power != 0) {
                    element = element.with(name, power.to_string());
                }
                out.push(element);
            }
        }
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        seen.extend(nml_schemas::lems::UNITS.iter().map(|u| u.symbol.as_str()));
        for document in self.job.model.documents() {
            for u in &document.definitions.units {
                if !seen.insert(u.symbol.as_str()) {
                    continue;
                }
                let element = Element::new("Unit").with("symbol", u.symbol.as_str());
                let element = element.with("dimension", u.dimension.as_str());
                let mut element = element.with("power", u.power.to_string());
                if u.scale != 1.0 {
                    element = element.with("scale", format_f64(u.scale));
                }
                if u.offset != 0.0 {
                    element = element.with("offset", format_f64(u.offset));
                }
                out.push(element);
            }
        }
        for (dimension, symbol) in &units.own {
            let element = Element::new("Unit").with("symbol", symbol);
            out.push(element.with("dimension", dimension).with("power", "0"));
        }
    }
}

/// The text of a component without metadata, which would need the namespaces of its document.
fn without_metadata(component: Component<'_>) -> String {
    let (element, file) = (component.element(), component.document().file());
    let whole = element.span();
    let mut text = String::new();
    let mut from = whole.start;
    let metadata = |name: &str| matches!(name, "annotation" | "notes" | "property");
    for inner in element.descendants().filter(|e| metadata(e.name())) {
        let span = inner.span();
        if span.start < from {
            continue;
        }
        text.push_str(file.slice(nml_base::Span { end: span.start, start: from, ..whole }));
        from = span.end;
    }
    text.push_str(file.slice(nml_base::Span { start: from, ..whole }));
    text
}
