//! Documents joined into one model.

use std::sync::Arc;

use nml_base::{Diagnostic, Diagnostics, SourceMap, Span};
use nml_lems::Unit;
use nml_schemas::lems::{DIMENSIONS, UNITS};
use nml_units::{Dimension, UnitConflict, UnitTable};
use nml_xml::Element;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::views::Views;
use crate::{Component, ComponentRef, Document, DocumentKind, Role, TypeId, Types};

/// Where an include leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum IncludeTarget {
    /// Another document of the model, as an index into [`Model::documents`].
    Document(usize),
    /// A definition file of the standard, compiled in.
    BuiltIn(&'static str),
    /// Nothing; reported.
    Missing,
}

/// One include of a model.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IncludeEdge {
    /// The including document.
    pub from: usize,
    /// The path in the source.
    pub span: Span,
    /// Where it leads.
    pub target: IncludeTarget,
}

/// A dimension or unit of a file that contradicts one already in force.
#[derive(Clone, PartialEq, Debug)]
pub struct UnitClash {
    /// The name or symbol in the source.
    pub span: Span,
    /// What it contradicts.
    pub conflict: UnitConflict,
}

/// A file and everything it includes, linked.
#[derive(Debug)]
pub struct Model {
    sources: Arc<SourceMap>,
    documents: Vec<Arc<Document>>,
    includes: Vec<IncludeEdge>,
    types: Types,
    units: UnitTable,
    clashes: Vec<UnitClash>,
    assumed: Option<Span>,
    /// Type and role of every node of every document.
    places: Vec<Vec<(Option<TypeId>, Role)>>,
    /// Components at the top of the documents by identifier, in document order.
    by_id: FxHashMap<Box<str>, Vec<ComponentRef>>,
    diagnostics: Vec<Diagnostic>,
    views: Views,
}

impl Model {
    /// Joins documents, the root first.  `sink` holds what following the includes has found.
    pub fn link(
        sources: Arc<SourceMap>,
        documents: Vec<Arc<Document>>,
        includes: Vec<IncludeEdge>,
        sink: Diagnostics,
    ) -> Self {
        let included = documents.iter().any(|d| d.kind == DocumentKind::NeuroMl)
            || includes.iter().any(|e| matches!(e.target, IncludeTarget::BuiltIn(_)));
        let assumed = if included { None } else { standard_names(&documents) };
        let standard = included || assumed.is_some();
        let types = Types::new(&documents, standard);
        let (units, clashes) = units(&documents, standard);
        let places = documents.iter().map(|d| place(d, &types)).collect();
        let mut model = Self {
            sources,
            documents,
            includes,
            types,
            units,
            clashes,
            assumed,
            places,
            by_id: FxHashMap::default(),
            diagnostics: sink.into_vec(),
            views: Views::default(),
        };
        let mut by_id: FxHashMap<Box<str>, Vec<ComponentRef>> = FxHashMap::default();
        for component in model.top_level() {
            if let Some(id) = component.id() {
                by_id.entry(id.into()).or_default().push(component.handle());
            }
        }
        model.by_id = by_id;
        model
    }

    pub(crate) fn views(&self) -> &Views {
        &self.views
    }

    /// The texts of all files.
    pub fn sources(&self) -> &Arc<SourceMap> {
        &self.sources
    }

    /// The documents, the root first, each one once, in the order their includes are met.
    pub fn documents(&self) -> &[Arc<Document>] {
        &self.documents
    }

    /// The document the model was loaded from.
    pub fn root(&self) -> &Document {
        &self.documents[0]
    }

    /// All includes, with where they lead.
    pub fn includes(&self) -> &[IncludeEdge] {
        &self.includes
    }

    /// The component types in force.
    pub fn types(&self) -> &Types {
        &self.types
    }

    /// The dimensions and units in force.
    pub fn units(&self) -> &UnitTable {
        &self.units
    }

    /// Dimensions and units of the files that contradict one another.
    pub fn unit_clashes(&self) -> &[UnitClash] {
        &self.clashes
    }

    /// Where a LEMS file first uses a name of the core types although nothing includes them.  The core types
    /// are in force then all the same, so that one cause makes one finding.
    pub fn core_types_assumed(&self) -> Option<Span> {
        self.assumed
    }

    /// What loading found: in each document, then between them.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.documents.iter().flat_map(|d| &d.diagnostics).chain(&self.diagnostics)
    }

    /// What following the includes found.
    pub fn link_diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The component of a handle of this model.
    pub fn component(&self, handle: ComponentRef) -> Component<'_> {
        let tree = &self.documents[handle.document as usize].tree;
        Component::new(self, handle.document, tree.element(handle.node))
    }

    /// The type of an element, if it has one.
    pub fn type_of(&self, handle: ComponentRef) -> Option<TypeId> {
        self.places[handle.document as usize][handle.node.0 as usize].0
    }

    /// How an element came to its type.
    pub fn role_of(&self, handle: ComponentRef) -> Role {
        self.places[handle.document as usize][handle.node.0 as usize].1
    }

    /// The components at the top of all documents.
    pub fn top_level(&self) -> impl Iterator<Item = Component<'_>> {
        self.documents.iter().zip(0..).flat_map(move |(document, at)| {
            let root = document.tree.root();
            let inside = root.into_iter().flat_map(Element::children);
            let all = inside.map(move |e| Component::new(self, at, e));
            all.filter(|c| matches!(c.role(), Role::TopLevel | Role::Unplaced))
        })
    }

    /// The components at the top of the root document alone.
    pub fn root_components(&self) -> impl Iterator<Item = Component<'_>> {
        self.top_level().take_while(|c| c.handle().document == 0)
    }

    /// Every element of every document that is, or stands inside, a component.
    pub fn components(&self) -> impl Iterator<Item = Component<'_>> {
        self.top_level().flat_map(Component::descendants)
    }

    /// The first component at the top of a document that has this identifier.
    pub fn find(&self, id: &str) -> Option<Component<'_>> {
        self.find_all(id).next()
    }

    /// All components at the top of the documents that have this identifier.
    pub fn find_all(&self, id: &str) -> impl Iterator<Item = Component<'_>> {
        self.by_id.get(id).into_iter().flatten().map(|&handle| self.component(handle))
    }

    /// Components at the top of the documents whose type is, or extends, one of that name.
    pub fn of_type<'m>(&'m self, type_name: &'m str) -> impl Iterator<Item = Component<'m>> {
        self.top_level().filter(move |c| c.is_a(type_name))
    }
}

/// The first place where files that do not include the core types use a type or dimension of theirs that
/// they do not define themselves.
fn standard_names(documents: &[Arc<Document>]) -> Option<Span> {
    let definitions = || documents.iter().map(|d| &d.definitions);
    let own_types: FxHashSet<&str> =
        definitions().flat_map(|d| &d.component_types).map(|ty| ty.name.as_str()).collect();
    let own_dimensions: FxHashSet<&str> =
        definitions().flat_map(|d| &d.dimensions).map(|d| d.name.as_str()).collect();
    let is_core_type =
        |name: &str| !own_types.contains(name) && nml_schemas::lems::component_type(name).is_some();
    let is_core_dimension =
        |name: &str| !own_dimensions.contains(name) && DIMENSIONS.iter().any(|d| d.name == *name);
    for ty in definitions().flat_map(|d| &d.component_types) {
        if let Some(parent) = ty.extends.as_ref().filter(|p| is_core_type(p)) {
            return parent.span;
        }
        let mut dimensions = ty.parameters.iter().map(|p| &p.dimension);
        if let Some(dimension) = dimensions.find(|d| is_core_dimension(d)) {
            return dimension.span;
        }
    }
    let roots =
        documents.iter().filter(|d| d.kind == DocumentKind::Lems).filter_map(|d| d.tree.root());
    let mut components = roots.flat_map(Element::children).filter(|e| !is_definition(e.name()));
    components.find(|e| is_core_type(e.name())).map(Element::name_span)
}

/// Elements below a root that are not components.
fn is_definition(name: &str) -> bool {
    matches!(
        name,
        "include"
            | "Include"
            | "ComponentType"
            | "Dimension"
            | "Unit"
            | "Constant"
            | "Target"
            | "Assertion"
            | "notes"
            | "property"
            | "annotation"
            | "Insertion"
            | "About"
            | "Description"
    )
}

/// Elements inside a component that are never components, whatever its type.
fn is_remark(name: &str) -> bool {
    matches!(name, "notes" | "annotation" | "About" | "Meta")
}

/// Gives every element of a document its type.
fn place(document: &Document, types: &Types) -> Vec<(Option<TypeId>, Role)> {
    let mut places = vec![(None, Role::Other); document.tree.len()];
    let mut slots = FxHashMap::default();
    // Elements come in document order, so that a parent is always placed before its children.
    for element in document.tree.elements() {
        let Some(parent) = element.parent() else { continue };
        let at = element.id().0 as usize;
        let name = element.name();
        if parent.parent().is_none() {
            if is_definition(name) {
                continue;
            }
            let ty = top_level_type(element, types);
            places[at] = (ty, if ty.is_some() { Role::TopLevel } else { Role::Unplaced });
            continue;
        }
        let (outer, role) = places[parent.id().0 as usize];
        if role == Role::Other || is_remark(name) {
            continue;
        }
        let Some(outer) = outer else {
            places[at] = (None, Role::Unplaced);
            continue;
        };
        let declared = *slots.entry((outer, name)).or_insert_with(|| slot_type(outer, name, types));
        let own = element.attr("type").and_then(|name| types.named(name));
        let ty = match declared {
            // `<rate type="…">` of kinetic schemes may be of a type that the slot does not announce: LEMS believes the attribute.
            Some(slot) => own.or(Some(slot)),
            // `<blockMechanism type="voltageConcDepBlockMechanism">`: only the attribute tells.
            None => own.filter(|&own| fits_a_slot(outer, own, types)),
        };
        places[at] = (ty, if ty.is_some() { Role::Child } else { Role::Unplaced });
    }
    places
}

fn top_level_type(element: Element<'_>, types: &Types) -> Option<TypeId> {
    let named = types.named(element.name());
    let own = element.attr("type").and_then(|name| types.named(name));
    match (element.name(), own, named) {
        ("Component", own, _) => own,
        // `<ionChannel type="ionChannelHH">`, `<cell type="pointCellCondBased">`: LEMS believes the attribute.
        (_, own, named) => own.or(named),
    }
}

/// Whether a component of type `outer` has a place for one of type `inner`.
fn fits_a_slot(outer: TypeId, inner: TypeId, types: &Types) -> bool {
    let mut slots = types.line(outer).flat_map(|ty| ty.children.iter());
    slots.any(|slot| types.is_a(inner, &slot.ty))
}

/// The type of an element called `name` inside a component of type `outer`: that of the slot of this name,
/// else the type of this name where a slot takes it.
fn slot_type(outer: TypeId, name: &str, types: &Types) -> Option<TypeId> {
    let slots = || types.line(outer).flat_map(|ty| ty.children.iter());
    if let Some(slot) = slots().find(|slot| slot.name == *name) {
        return types.named(&slot.ty);
    }
    let ty = types.named(name)?;
    slots().any(|slot| types.is_a(ty, &slot.ty)).then_some(ty)
}

/// The units of the standard, which commands and configurations may use beside any model.
#[must_use]
pub fn standard_units() -> UnitTable {
    units(&[], true).0
}

fn units(documents: &[Arc<Document>], standard: bool) -> (UnitTable, Vec<UnitClash>) {
    let mut table = UnitTable::new();
    let mut clashes = Vec::new();
    if standard {
        for d in DIMENSIONS {
            let value = Dimension([d.m, d.l, d.t, d.i, d.k, d.n, d.j]);
            let added = table.insert_dimension(d.name.value.clone(), value);
            debug_assert!(added.is_ok(), "{added:?}");
        }
        for unit in UNITS {
            let added = table.insert_unit(convert(unit, &table));
            debug_assert!(added.is_ok(), "{added:?}");
        }
    }
    for document in documents {
        for d in &document.definitions.dimensions {
            let value = Dimension([d.m, d.l, d.t, d.i, d.k, d.n, d.j]);
            if let (Err(conflict), Some(span)) =
                (table.insert_dimension(d.name.value.clone(), value), d.name.span)
            {
                clashes.push(UnitClash { span, conflict });
            }
        }
    }
    for document in documents {
        for unit in &document.definitions.units {
            let added = table.insert_unit(convert(unit, &table));
            if let (Err(conflict), Some(span)) = (added, unit.symbol.span) {
                clashes.push(UnitClash { span, conflict });
            }
        }
    }
    (table, clashes)
}

fn convert(unit: &Unit, table: &UnitTable) -> nml_units::Unit {
    let dimension = table.dimension(&unit.dimension).unwrap_or(Dimension::NONE);
    nml_units::Unit {
        symbol: unit.symbol.value.clone(),
        dimension_name: unit.dimension.value.clone(),
        dimension,
        power: unit.power,
        scale: unit.scale,
        offset: unit.offset,
    }
}
