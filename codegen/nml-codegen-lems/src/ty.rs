//! A kind as one component type and one component.

use nml_base::Diagnostics;
use nml_codegen::{Job, not_exported};
use nml_flat::{Kind, NodeId, QuantityId, Role, Seen, Selection, Value};
use nml_lems::{Direction, Reduce, Source};
use nml_model::TypeId;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::TARGET;
use crate::element::Element;
use crate::name::{Names, is_fixed};
use crate::order::{Derived, Form, uses, uses_of};

/// What may stand in any component and has no meaning for the equations.
const REMARKS: [&str; 3] = ["notes", "annotation", "property"];

/// A component type and the component of it.
pub(crate) struct Made {
    pub(crate) ty: Element,
    pub(crate) component: Element,
    pub(crate) names: Names,
    /// The abstract type that it extends.
    pub(crate) base: Option<TypeId>,
}

/// Makes the type of a kind.
pub(crate) struct Maker<'a> {
    pub(crate) job: &'a Job<'a>,
    pub(crate) kind: &'a Kind,
    /// What is recorded of it.
    pub(crate) recorded: &'a FxHashSet<QuantityId>,
    /// Units that a number in SI is written with, by dimension.
    pub(crate) units: &'a mut crate::around::SiUnits,
}

impl Maker<'_> {
    /// The type under that name, and the component; what cannot be said is told.
    pub(crate) fn make(&mut self, type_name: &str, sink: &mut Diagnostics) -> Made {
        let kind = self.kind;
        let outside = self.outside(sink);
        let mut names = Names::of(kind, &outside);
        // What a part reads from around it is the variable itself.
        for node in &kind.nodes {
            for (id, view) in &node.dynamics.requirements {
                if view.hops.is_empty()
                    && let Some(of) = quantity_of(kind, view.seen)
                {
                    names.alias(*id, of);
                }
            }
        }
        let root_type = self.job.model.type_of(kind.node(NodeId::ROOT).component);
        let base = root_type.and_then(|ty| self.base(ty));
        let mut ty = Element::new("ComponentType").with("name", type_name);
        if let Some(base) = base {
            ty = ty.with("extends", self.job.model.types().get(base).name.as_str());
        }
        let id = kind.name.as_str();
        let mut component = Element::new("Component").with("id", id).with("type", type_name);
        let mut zeros = Vec::new();
        let derived = self.derived(&names, &mut zeros, sink);
        self.values(&names, root_type, &mut ty, &mut component, sink);
        for dimension in zeros {
            let value = self.units.in_si(self.job.model.units(), &dimension, 0.0);
            let constant = Element::new("Constant").with("name", zero(&dimension));
            ty.push(constant.with("dimension", dimension).with("value", value));
        }
        if kind.nodes.iter().any(|node| !node.dynamics.schemes.is_empty()) {
            let constant = Element::new("Constant").with("name", &names.rest_time);
            ty.push(constant.with("dimension", "time").with("value", "1 ms"));
        }
        let exposed = self.declarations(&names, root_type, base, &outside, &mut ty);
        let dynamics = self.dynamics(&names, derived, exposed, sink);
        if !dynamics.is_empty() {
            ty.push(dynamics);
        }
        Made { ty, component, names, base }
    }

    /// The names that requirements have outside of the instance.
    fn outside(&self, sink: &mut Diagnostics) -> FxHashMap<QuantityId, String> {
        let mut found = FxHashMap::default();
        let requirements = self.kind.nodes.iter().flat_map(|node| &node.dynamics.requirements);
        for (id, view) in requirements.filter(|(_, view)| !view.hops.is_empty()) {
            let quantity = self.kind.quantity(*id);
            let kind = self.job.flat.kind(view.kind);
            let node = match view.seen {
                Seen::Time => NodeId::ROOT,
                Seen::Quantity(id) => kind.quantity(id).node,
                Seen::Exposure(id) => kind.exposures[id.index()].node,
            };
            if node != NodeId::ROOT && kind.home.is_some() {
                let what = format!("`{}`, which a part of `{}` has,", quantity.name, kind.name);
                sink.push(not_exported(quantity.span.unwrap_or(self.kind.span), TARGET, what));
            }
            found.insert(*id, quantity.name.clone());
        }
        found
    }

    /// The nearest type that only says what may be attached where.
    fn base(&self, ty: TypeId) -> Option<TypeId> {
        let types = self.job.model.types();
        let plain = |id: &TypeId| {
            let ty = types.get(*id);
            ty.dynamics.is_none()
                && ty.structure.is_none()
                && ty.parameters.is_empty()
                && ty.derived_parameters.is_empty()
                && ty.constants.is_empty()
                && ty.children.iter().all(|c| REMARKS.contains(&c.name.as_str()))
                && ty.component_references.is_empty()
                && ty.links.is_empty()
                && ty.texts.is_empty()
        };
        types.lineage(ty).iter().rev().copied().take_while(|id| plain(id)).last()
    }

    /// Parameters, constants and properties.
    fn values(
        &mut self,
        names: &Names,
        root_type: Option<TypeId>,
        ty: &mut Element,
        component: &mut Element,
        sink: &mut Diagnostics,
    ) {
        let kind = self.kind;
        let used = self.used();
        let mut constants = Vec::new();
        for (at, quantity) in kind.quantities.iter().enumerate() {
            let Ok(at) = u32::try_from(at) else { continue };
            let id = QuantityId(at);
            let name = names.of_quantity(id);
            let dimension = quantity.dimension.as_deref().unwrap_or("none");
            match &quantity.role {
                Role::Parameter(x) if used.contains(&id) || self.recorded.contains(&id) => {
                    let owner = self.job.model.component(kind.node(quantity.node).component);
                    let declared = Element::new("Parameter").with("name", name);
                    match owner
                        .attr(&quantity.name)
                        .filter(|_| owner.si(&quantity.name) == Some(*x))
                    {
                        Some(text) => {
                            ty.push(declared.with("dimension", dimension));
                            *component = component.clone().with(name, text);
                        }
                        None => constants.push((name.to_owned(), dimension, *x)),
                    }
                }
                Role::Property(values) if used.contains(&id) => {
                    let same = quantity.node != NodeId::ROOT && self.same_everywhere(id);
                    if let Some(x) = values.first().filter(|_| same) {
                        constants.push((name.to_owned(), dimension, *x));
                        continue;
                    }
                    let declared = root_type.filter(|_| quantity.node == NodeId::ROOT);
                    let declared = declared.and_then(|ty| {
                        let properties = &self.job.model.types().get(ty).properties;
                        properties.iter().find(|p| p.name == *quantity.name)
                    });
                    let Some(declared) = declared else {
                        let what = format!("`{}`, a number of each instance", quantity.name);
                        sink.push(not_exported(kind.span, TARGET, what));
                        continue;
                    };
                    let default = declared.default_value.as_ref().map(nml_lems::Text::as_str);
                    let property = Element::new("Property").with("name", name);
                    let property = property.with("dimension", dimension);
                    ty.push(property.with_some("defaultValue", default));
                }
                _ => {}
            }
        }
        for (name, dimension, x) in constants {
            let value = self.units.in_si(self.job.model.units(), dimension, x);
            let constant = Element::new("Constant").with("name", name).with("dimension", dimension);
            ty.push(constant.with("value", value));
        }
    }

    /// Whether all instances of the component have the same number.
    fn same_everywhere(&self, id: QuantityId) -> bool {
        let kinds = self.job.flat.kinds.iter().filter(|k| k.component == self.kind.component);
        let mut values = kinds.filter_map(|kind| kind.quantities.get(id.index())).flat_map(|q| {
            if let Role::Property(values) = &q.role { values.as_slice() } else { &[f64::NAN] }
        });
        let first = values.next();
        values.all(|x| Some(x) == first)
    }

    /// The quantities that something is computed from.
    fn used(&self) -> FxHashSet<QuantityId> {
        let kind = self.kind;
        let mut used = FxHashSet::default();
        for node in &kind.nodes {
            let dynamics = &node.dynamics;
            for (id, view) in &dynamics.requirements {
                if view.hops.is_empty() {
                    used.extend(quantity_of(kind, view.seen));
                }
                used.insert(*id);
            }
            for (_, selection) in &dynamics.selected {
                match selection {
                    Selection::One(view) if view.hops.is_empty() => {
                        used.extend(quantity_of(kind, view.seen));
                    }
                    Selection::One(_) => {}
                    Selection::Reduce { inside, .. } => {
                        used.extend(inside.iter().filter_map(|seen| quantity_of(kind, *seen)));
                    }
                }
            }
            used.extend(dynamics.derived.iter().flat_map(|(_, value)| uses_of(value)));
            used.extend(dynamics.rates.iter().flat_map(|(_, formula)| uses(formula)));
            let mut handled: Vec<&nml_flat::Action> = dynamics.on_start.iter().flatten().collect();
            for (test, actions) in &dynamics.on_condition {
                used.extend(uses(test));
                handled.extend(actions);
            }
            handled.extend(dynamics.on_event.iter().flat_map(|(_, actions)| actions));
            for regime in &dynamics.regimes {
                used.extend(regime.derived.iter().flat_map(|(_, value)| uses_of(value)));
                used.extend(regime.rates.iter().flat_map(|(_, formula)| uses(formula)));
                handled.extend(regime.on_entry.iter().flatten());
                for (test, actions) in &regime.on_condition {
                    used.extend(uses(test));
                    handled.extend(actions);
                }
                handled.extend(regime.on_event.iter().flat_map(|(_, actions)| actions));
            }
            for action in handled {
                if let nml_flat::Action::Assign(_, formula) = action {
                    used.extend(uses(formula));
                }
            }
            for edge in dynamics.schemes.iter().flat_map(|s| &s.edges) {
                used.extend(quantity_of(kind, edge.forward));
                used.extend(quantity_of(kind, edge.reverse));
            }
        }
        let shown = kind.exposures.iter().filter(|e| e.node == NodeId::ROOT);
        used.extend(shown.filter_map(|e| e.quantity));
        used
    }

    /// Ports, requirements, exposures, attachments.  By quantity, the name it is exposed under.
    fn declarations(
        &self,
        names: &Names,
        root_type: Option<TypeId>,
        base: Option<TypeId>,
        outside: &FxHashMap<QuantityId, String>,
        ty: &mut Element,
    ) -> Vec<(QuantityId, String)> {
        let (kind, types) = (self.kind, self.job.model.types());
        let dimension = |id: QuantityId| kind.quantity(id).dimension.as_deref().unwrap_or("none");
        let known = |list: Vec<&str>| -> FxHashSet<String> {
            list.into_iter().map(str::to_owned).collect()
        };
        let inherited = base.map_or_else(Vec::new, |base| types.exposures(base));
        let shown = known(inherited.iter().map(|e| e.name.as_str()).collect());
        let mut exposed = Vec::new();
        let here = kind.exposures.iter().filter(|e| e.node == NodeId::ROOT);
        for exposure in here {
            let Some(id) = exposure.quantity else { continue };
            if !shown.contains(&exposure.name) {
                let element = Element::new("Exposure").with("name", &exposure.name);
                ty.push(element.with("dimension", dimension(id)));
            }
            exposed.push((id, exposure.name.clone()));
        }
        let mut more: Vec<QuantityId> = self.recorded.iter().copied().collect();
        more.sort_unstable();
        for id in more {
            let name = names.of_quantity(id);
            if exposed.iter().all(|(_, shown)| shown != name) && !is_fixed(&kind.quantity(id).role)
            {
                let element = Element::new("Exposure").with("name", name);
                ty.push(element.with("dimension", dimension(id)));
                exposed.push((id, name.to_owned()));
            }
        }
        let inherited = base.map_or_else(Vec::new, |base| types.requirements(base));
        let mut seen = known(inherited.iter().map(|r| r.name.as_str()).collect());
        let mut ids: Vec<_> = outside.iter().collect();
        ids.sort_unstable();
        for (id, name) in ids {
            if seen.insert(name.clone()) {
                let element = Element::new("Requirement").with("name", name);
                ty.push(element.with("dimension", dimension(*id)));
            }
        }
        let inherited = base.map_or_else(Vec::new, |base| types.event_ports(base));
        let inherited = known(inherited.iter().map(|p| p.name.as_str()).collect());
        let ports = root_type.map_or_else(Vec::new, |ty| types.event_ports(ty));
        for port in ports.into_iter().filter(|p| !inherited.contains(p.name.as_str())) {
            let direction = if port.direction == Direction::In { "in" } else { "out" };
            let element = Element::new("EventPort").with("name", port.name.as_str());
            ty.push(element.with("direction", direction));
        }
        if let Some(own) = root_type.map(|id| types.get(id)) {
            for list in own.attachments.iter() {
                let element = Element::new("Attachments").with("name", list.name.as_str());
                ty.push(element.with("type", list.ty.as_str()));
            }
            for peer in own.instance_requirements.iter() {
                let element = Element::new("InstanceRequirement").with("name", peer.name.as_str());
                ty.push(element.with("type", peer.ty.as_str()));
            }
        }
        exposed
    }

    /// All derived variables, unsorted.
    fn derived(
        &self,
        names: &Names,
        zeros: &mut Vec<String>,
        sink: &mut Diagnostics,
    ) -> Vec<Derived> {
        let kind = self.kind;
        let mut found = Vec::new();
        for (at, node) in kind.nodes.iter().enumerate() {
            for (quantity, selection) in &node.dynamics.selected {
                let (quantity, form, uses) =
                    (*quantity, self.selected(at, *quantity, selection, names), Vec::new());
                let uses = match selection {
                    Selection::One(view) if view.hops.is_empty() => {
                        quantity_of(kind, view.seen).into_iter().collect()
                    }
                    Selection::Reduce { inside, .. } => {
                        inside.iter().filter_map(|seen| quantity_of(kind, *seen)).collect()
                    }
                    Selection::One(_) => uses,
                };
                let dimension = kind.quantity(quantity).dimension.as_deref();
                let dimension = dimension.filter(|d| !matches!(*d, "none" | "*"));
                let form = match (form, dimension) {
                    // A bare 0 has no dimension.
                    (Some(Form::Value(text)), Some(dimension)) if text == "0" => {
                        if !zeros.iter().any(|known| known == dimension) {
                            zeros.push(dimension.to_owned());
                        }
                        Some(Form::Value(zero(dimension)))
                    }
                    (form, _) => form,
                };
                if let Some(form) = form {
                    found.push(Derived { quantity, uses, form });
                } else {
                    let name = &kind.quantity(quantity).name;
                    let what = format!("what `{name}` of `{}` is brought together from", kind.name);
                    let span = kind.quantity(quantity).span.unwrap_or(kind.span);
                    sink.push(not_exported(span, TARGET, what));
                }
            }
            for (quantity, value) in &node.dynamics.derived {
                let form = match value {
                    Value::Formula(formula) => Form::Value(names.formula(formula)),
                    Value::Cases(cases) => {
                        let one =
                            |(test, value): &(Option<nml_flat::Formula>, nml_flat::Formula)| {
                                (test.as_ref().map(|t| names.formula(t)), names.formula(value))
                            };
                        Form::Cases(cases.iter().map(one).collect())
                    }
                };
                found.push(Derived {
                    quantity: *quantity,
                    uses: aliased(kind, uses_of(value)),
                    form,
                });
            }
        }
        for one in &mut found {
            one.uses = aliased(kind, std::mem::take(&mut one.uses));
        }
        found
    }

    /// What is brought together, as a path where it comes from what is attached, else as a sum or product.
    fn selected(
        &self,
        node: usize,
        quantity: QuantityId,
        selection: &Selection,
        names: &Names,
    ) -> Option<Form> {
        let kind = self.kind;
        let node = &kind.nodes[node];
        let types = self.job.model.types();
        let ty = self.job.model.type_of(node.component)?;
        let name = kind.quantity(quantity).name.as_str();
        let declared = types.line(ty).filter_map(|ty| ty.dynamics.as_ref()).find_map(|dynamics| {
            let found = dynamics.derived_variables.iter().find(|d| d.name == *name)?;
            match &found.source {
                Source::Select(select) => Some(select),
                Source::Value(_) => None,
            }
        });
        if let Some(select) = declared.filter(|_| node.parent.is_none()) {
            let first = select.path.split(['/', '[']).next().unwrap_or("");
            let own = types.get(ty);
            let attached = own.attachments.iter().any(|list| list.name == *first);
            if attached || own.instance_requirements.iter().any(|peer| peer.name == *first) {
                let path = select.path.to_string();
                return Some(Form::Select { path, reduce: select.reduce.map(Reduce::as_str) });
            }
        }
        match selection {
            Selection::One(view) if view.hops.is_empty() => {
                Some(Form::Value(names.seen(kind, view.seen)))
            }
            Selection::Reduce { op, inside, members } if members.is_empty() => {
                let (between, nothing) =
                    if *op == Reduce::Add { (" + ", "0") } else { (" * ", "1") };
                // What shows nothing shows 0, which has no dimension.
                let empty = |seen: &Seen| *seen != Seen::Time && quantity_of(kind, *seen).is_none();
                let terms = inside.iter().filter(|seen| *op != Reduce::Add || !empty(seen));
                let terms: Vec<String> = terms.map(|seen| names.seen(kind, *seen)).collect();
                let text = if terms.is_empty() { nothing.to_owned() } else { terms.join(between) };
                Some(Form::Value(text))
            }
            Selection::One(_) | Selection::Reduce { .. } => None,
        }
    }
}

/// The name of a constant that is 0.
fn zero(dimension: &str) -> String {
    format!("ZERO_{dimension}")
}

/// What is behind something seen.
fn quantity_of(kind: &Kind, seen: Seen) -> Option<QuantityId> {
    match seen {
        Seen::Time => None,
        Seen::Quantity(id) => Some(id),
        Seen::Exposure(id) => kind.exposures[id.index()].quantity,
    }
}

/// Requirements within the instance replaced by what they are of.
fn aliased(kind: &Kind, used: Vec<QuantityId>) -> Vec<QuantityId> {
    let follow = |mut id: QuantityId| {
        // Each step leads to a node further out.
        for _ in 0..kind.nodes.len() {
            let node = &kind.nodes[kind.quantity(id).node.index()];
            let found = node.dynamics.requirements.iter().find(|(known, _)| *known == id);
            let of = found.filter(|(_, view)| view.hops.is_empty());
            let Some(of) = of.and_then(|(_, view)| quantity_of(kind, view.seen)) else { break };
            id = of;
        }
        id
    };
    used.into_iter().map(follow).collect()
}
