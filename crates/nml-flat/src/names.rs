//! What each node declares, and what others see of it.

use nml_base::Span;
use nml_model::{TypeId, Types};
use rustc_hash::FxHashMap;

use crate::blueprint::Blueprint;
use crate::build::{Assigned, Flattener};
use crate::flat::{
    Exposure, ExposureId, Hop, KindId, NodeId, Quantity, QuantityId, Role, Seen, View,
};
use crate::rules;
use crate::values::merged;

/// Names of one node.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    pub(crate) quantities: FxHashMap<String, QuantityId>,
    pub(crate) exposures: FxHashMap<String, ExposureId>,
}

/// Names of all nodes, by kind and node.
#[derive(Debug, Default)]
pub(crate) struct Names {
    scopes: Vec<Vec<Scope>>,
}

impl Names {
    /// The names of a node.
    pub(crate) fn of(&self, kind: KindId, node: NodeId) -> &Scope {
        &self.scopes[kind.index()][node.index()]
    }
}

/// The behaviour in force for a node, inherited parts first.
pub(crate) fn dynamics(plan: Blueprint<'_>) -> Vec<&nml_lems::Dynamics> {
    let Some(ty) = plan.ty() else { return Vec::new() };
    let mut found = Vec::new();
    for declared in plan.component.model().types().line(ty) {
        let Some(dynamics) = &declared.dynamics else { continue };
        found.push(dynamics);
        if !dynamics.with_super {
            break;
        }
    }
    found.reverse();
    found
}

/// The names of the dimensions of the fixed numbers of a type.
fn dimensions(types: &Types, ty: TypeId) -> FxHashMap<&str, &str> {
    let mut found = FxHashMap::default();
    // Oldest first: the youngest declaration of a name counts.
    for declared in types.lineage(ty).iter().rev().map(|&ty| types.get(ty)) {
        for item in declared.parameters.iter() {
            found.insert(item.name.as_str(), item.dimension.as_str());
        }
        for item in declared.constants.iter() {
            found.insert(item.name.as_str(), item.dimension.as_str());
        }
        for item in declared.derived_parameters.iter() {
            if let Some(dimension) = &item.dimension {
                found.insert(item.name.as_str(), dimension.as_str());
            }
        }
    }
    found
}

impl Flattener<'_> {
    /// Declares the quantities and exposures of all nodes.
    pub(crate) fn declare(&mut self) -> Names {
        let mut names = Names::default();
        for kind in self.flat.kind_ids() {
            let mut scopes = Vec::new();
            for node in self.flat.kind(kind).node_ids() {
                let scope = self.declare_node(kind, node);
                scopes.push(scope);
            }
            names.scopes.push(scopes);
        }
        names
    }

    fn declare_node(&mut self, kind: KindId, node: NodeId) -> Scope {
        let plan = self.made_from(kind, node);
        let Some(ty) = plan.ty() else { return Scope::default() };
        let types = self.model.types();
        let mut scope = Scope::default();
        let mut shown: FxHashMap<&str, QuantityId> = FxHashMap::default();
        let parts = dynamics(plan);
        let mut add = |this: &mut Self, name: &str, role, dimension: Option<&str>, span| {
            let role = this.supplied_values((kind, node), name).map_or(role, Role::Property);
            let quantities = &mut this.flat.kinds[kind.index()].quantities;
            let id = QuantityId(u32::try_from(quantities.len()).unwrap_or(u32::MAX));
            quantities.push(Quantity {
                node,
                name: name.to_owned(),
                role,
                dimension: dimension.map(str::to_owned),
                span,
            });
            scope.quantities.insert(name.to_owned(), id);
            id
        };
        let regimes = || parts.iter().flat_map(|part| part.regimes.iter());
        let states = parts.iter().flat_map(|part| part.state_variables.iter());
        for state in states.chain(regimes().flat_map(|regime| regime.state_variables.iter())) {
            let id = add(self, &state.name, Role::State, Some(&state.dimension), state.name.span);
            if let Some(exposure) = &state.exposure {
                shown.insert(exposure, id);
            }
        }
        for required in types.requirements(ty) {
            let dimension = Some(required.dimension.as_str());
            add(self, &required.name, Role::Requirement, dimension, required.name.span);
        }
        let declared = dimensions(types, ty);
        for (name, &value) in self.values(plan).iter() {
            let dimension = declared.get(name.as_str()).copied();
            add(self, name, Role::Parameter(value), dimension, None);
        }
        let properties = merged(types.line(ty), |t| &t.properties, |p| &p.name);
        for property in &properties {
            let default = property.default_value.as_ref().map_or(0.0, |text| {
                self.quantity(text, text.span.unwrap_or(plan.span())).unwrap_or(f64::NAN)
            });
            let values = self.property((kind, node), &property.name, default);
            let dimension = Some(property.dimension.as_str());
            let span = property.name.span;
            let id = add(self, &property.name, Role::Property(values), dimension, span);
            shown.insert(&property.name, id);
        }
        if node == NodeId::ROOT {
            for name in self.undeclared(kind, &properties) {
                let values = self.property((kind, node), &name, 0.0);
                add(self, &name, Role::Property(values), None, None);
            }
        }
        for part in &parts {
            for derived in part.derived_variables.iter() {
                let role = match derived.source {
                    nml_lems::Source::Value(_) => Role::Derived,
                    nml_lems::Source::Select(_) => Role::Selected,
                };
                let dimension = derived.dimension.as_deref();
                let id = add(self, &derived.name, role, dimension, derived.name.span);
                if let Some(exposure) = &derived.exposure {
                    shown.insert(exposure, id);
                }
            }
        }
        for part in &parts {
            for derived in part.conditional_derived_variables.iter() {
                let dimension = derived.dimension.as_deref();
                let id = add(self, &derived.name, Role::Derived, dimension, derived.name.span);
                if let Some(exposure) = &derived.exposure {
                    shown.insert(exposure, id);
                }
            }
        }
        for derived in regimes().flat_map(|regime| regime.derived_variables.iter()) {
            let role = match derived.source {
                nml_lems::Source::Value(_) => Role::Derived,
                nml_lems::Source::Select(_) => Role::Selected,
            };
            let dimension = derived.dimension.as_deref();
            let id = add(self, &derived.name, role, dimension, derived.name.span);
            if let Some(exposure) = &derived.exposure {
                shown.entry(exposure).or_insert(id);
            }
        }
        for exposure in types.exposures(ty) {
            let name = exposure.name.to_string();
            // A variable without `exposure` shows itself under its own name where there is an exposure of
            // that name (jLEMS `Dynamics.realResolve`).
            let own = || {
                let own = scope.quantities.get(&name).copied()?;
                let role = &self.flat.kind(kind).quantity(own).role;
                matches!(role, Role::State | Role::Derived | Role::Selected).then_some(own)
            };
            let quantity = shown.get(exposure.name.as_str()).copied().or_else(own);
            let exposures = &mut self.flat.kinds[kind.index()].exposures;
            let id = ExposureId(u32::try_from(exposures.len()).unwrap_or(u32::MAX));
            exposures.push(Exposure { node, name: name.clone(), quantity });
            scope.exposures.insert(name, id);
        }
        scope
    }

    /// The values of a property: what instances were given, else its default.
    fn property(&self, (kind, node): (KindId, NodeId), name: &str, default: f64) -> Vec<f64> {
        let mut values = vec![default; self.flat.kind(kind).count() as usize];
        let assigned = self.assigned[kind.index()].iter().find(|assigned| assigned.name == name);
        if let (NodeId::ROOT, Some(assigned)) = (node, assigned) {
            for (value, &own) in values.iter_mut().zip(&assigned.values) {
                *value = if own.is_nan() { default } else { own };
            }
        }
        values
    }

    /// Names under which instances were given values that their type does not declare.  Those that need a
    /// declaration do nothing, which is reported where they would have made a difference.
    fn undeclared(&mut self, kind: KindId, declared: &[&nml_lems::Property]) -> Vec<String> {
        let own = &self.assigned[kind.index()];
        let other: Vec<Assigned> =
            own.iter().filter(|a| !declared.iter().any(|p| p.name == *a.name)).cloned().collect();
        let mut free = Vec::new();
        for Assigned { name, values, span, free: is_free } in other {
            if is_free {
                free.push(name);
            } else if values.iter().any(|value| !value.is_nan() && *value != 1.0) {
                let plan = self.made_from(kind, NodeId::ROOT);
                let found = rules::without_effect(span, &name, &plan.shown());
                self.report(found);
            }
        }
        free
    }

    /// What is seen under a name at a node itself.
    pub(crate) fn seen(names: &Names, kind: KindId, node: NodeId, name: &str) -> Option<Seen> {
        let scope = names.of(kind, node);
        if let Some(&exposure) = scope.exposures.get(name) {
            return Some(Seen::Exposure(exposure));
        }
        match scope.quantities.get(name) {
            Some(&quantity) => Some(Seen::Quantity(quantity)),
            None => (name == "t").then_some(Seen::Time),
        }
    }

    /// What is seen under a name at a node, or around it.
    pub(crate) fn view(
        &self,
        names: &Names,
        kind: KindId,
        node: NodeId,
        name: &str,
    ) -> Option<View> {
        let (mut kind, mut node) = (kind, node);
        let mut hops = Vec::new();
        loop {
            if let Some(seen) = Self::seen(names, kind, node, name) {
                return Some(View { hops, kind, seen });
            }
            if let Some(parent) = self.flat.kind(kind).node(node).parent {
                node = parent;
            } else {
                let home = self.flat.kind(kind).home?;
                (kind, node) = (home.kind, home.node);
                hops.push(Hop::Parent);
            }
        }
    }

    /// What a node requires, seen from around it.
    pub(crate) fn requirement(
        &mut self,
        names: &Names,
        kind: KindId,
        node: NodeId,
        name: &str,
    ) -> Option<View> {
        let flat_kind = self.flat.kind(kind);
        let found = match (flat_kind.node(node).parent, flat_kind.home) {
            (Some(parent), _) => self.view(names, kind, parent, name),
            (None, Some(home)) => self.view(names, home.kind, home.node, name).map(|mut view| {
                view.hops.insert(0, Hop::Parent);
                view
            }),
            (None, None) => None,
        };
        if found.is_none() {
            let plan = self.made_from(kind, node);
            let what =
                format!("{} requires `{name}`, which nothing around it provides", plan.shown());
            let help =
                "give the network one: type=\"networkWithTemperature\" temperature=\"34degC\"";
            let help = (name == "temperature").then(|| help.to_owned());
            self.report(rules::unresolved(plan.span(), what).maybe_help(help));
        }
        found
    }

    /// The place to blame for a text of a type.
    pub(crate) fn blame(&self, kind: KindId, node: NodeId, span: Option<Span>) -> Span {
        span.unwrap_or_else(|| self.made_from(kind, node).span())
    }
}
