//! Every expression of a component type, with what it must come out as.

use nml_lems::{
    Action, Build, ComponentType, Dynamics, OnCondition, Source, Structure, Text, TimeDerivative,
};
use nml_model::{Model, Name, NameKind, Scope, TypeId};
use nml_units::Dimension;

/// What an expression must come out as.
#[derive(Clone, Copy)]
pub(crate) enum Expected {
    /// A number of any dimension, or of one that is not known.
    Any,
    /// A number of this dimension, in words for a message: "`v` is voltage".
    Number(Dimension),
    /// True or false.
    Condition,
}

/// One expression.
pub(crate) struct Site<'m> {
    /// The text.
    pub(crate) text: &'m Text,
    /// What it must come out as.
    pub(crate) expected: Expected,
    /// What it is for: "the rate of change of `v`".
    pub(crate) role: String,
    /// Which of [`Sites::scopes`] it reads.
    pub(crate) scope: usize,
    /// Whether it is computed before anything runs, so that it sees no variables.
    pub(crate) fixed: bool,
}

/// All expressions of one type.
pub(crate) struct Sites<'m> {
    pub(crate) ty: &'m ComponentType,
    /// Whether all its ancestors exist.
    pub(crate) is_whole: bool,
    pub(crate) scopes: Vec<Scope<'m>>,
    pub(crate) list: Vec<Site<'m>>,
}

/// The expressions of all types that the files of the model define.
pub(crate) fn all(model: &Model) -> impl Iterator<Item = Sites<'_>> {
    crate::lems::own::types(model).map(|(id, ty)| Sites::of(model, id, ty))
}

struct Collector<'m> {
    model: &'m Model,
    sites: Sites<'m>,
    at: usize,
}

impl<'m> Sites<'m> {
    fn of(model: &'m Model, id: TypeId, ty: &'m ComponentType) -> Self {
        let is_whole = crate::lems::own::is_whole(model, id);
        let sites = Self { ty, is_whole, scopes: vec![Scope::of(model, id)], list: Vec::new() };
        let mut collector = Collector { model, sites, at: 0 };
        collector.declared(ty);
        if let Some(dynamics) = &ty.dynamics {
            collector.dynamics(dynamics);
        }
        if let Some(structure) = &ty.structure {
            collector.structure(structure);
        }
        collector.sites
    }

    /// The names a site reads.
    pub(crate) fn scope(&self, site: &Site<'_>) -> &Scope<'m> {
        &self.scopes[site.scope]
    }
}

impl<'m> Collector<'m> {
    fn push(&mut self, text: &'m Text, expected: Expected, role: String, fixed: bool) {
        // A hole is reported by the reader.
        if text.span.is_some() {
            self.sites.list.push(Site { text, expected, role, scope: self.at, fixed });
        }
    }

    fn named(&self, dimension: Option<&str>) -> Expected {
        let known = dimension.and_then(|d| self.model.units().dimension(d));
        known.map_or(Expected::Any, Expected::Number)
    }

    fn variable(&self, name: &str) -> Expected {
        self.named(self.sites.scopes[self.at].get(name).and_then(|n| n.dimension))
    }

    fn declared(&mut self, ty: &'m ComponentType) {
        for constant in ty.constants.iter().filter(|c| c.value.contains(['*', '/'])) {
            let expected = self.named(Some(&constant.dimension));
            self.push(&constant.value, expected, format!("the constant `{}`", constant.name), true);
        }
        for parameter in ty.derived_parameters.iter() {
            if let Source::Value(value) = &parameter.source {
                let expected = self.named(parameter.dimension.as_ref().map(Text::as_str));
                let role = format!("the derived parameter `{}`", parameter.name);
                self.push(value, expected, role, true);
            }
        }
    }

    fn dynamics(&mut self, dynamics: &'m Dynamics) {
        self.derived(&dynamics.derived_variables);
        for variable in dynamics.conditional_derived_variables.iter() {
            for case in variable.cases.iter() {
                if let Some(condition) = &case.condition {
                    let role = format!("a condition of `{}`", variable.name);
                    self.push(condition, Expected::Condition, role, false);
                }
                let expected = self.variable(&variable.name);
                self.push(&case.value, expected, format!("a case of `{}`", variable.name), false);
            }
        }
        self.rates(&dynamics.time_derivatives);
        let events = dynamics.on_event.iter().map(|h| &h.actions);
        for actions in dynamics.on_start.iter().map(|h| &h.actions).chain(events) {
            self.actions(actions);
        }
        self.conditions(&dynamics.on_condition);
        for regime in dynamics.regimes.iter() {
            let inner = self.sites.scopes[0].with_regime(regime);
            self.sites.scopes.push(inner);
            self.at = self.sites.scopes.len() - 1;
            self.derived(&regime.derived_variables);
            self.rates(&regime.time_derivatives);
            let start = regime.on_start.iter().map(|h| &h.actions);
            let entry = regime.on_entry.iter().map(|h| &h.actions);
            for actions in start.chain(entry).chain(regime.on_event.iter().map(|h| &h.actions)) {
                self.actions(actions);
            }
            self.conditions(&regime.on_condition);
            self.at = 0;
        }
    }

    fn derived(&mut self, variables: &'m [nml_lems::DerivedVariable]) {
        for variable in variables {
            if let Source::Value(value) = &variable.source {
                let expected = self.variable(&variable.name);
                self.push(value, expected, format!("the variable `{}`", variable.name), false);
            }
        }
    }

    fn rates(&mut self, rates: &'m [TimeDerivative]) {
        for rate in rates {
            let expected = match self.variable(&rate.variable) {
                Expected::Number(d) => {
                    d.div(Dimension::TIME).map_or(Expected::Any, Expected::Number)
                }
                other => other,
            };
            let role = format!("the rate of change of `{}`", rate.variable);
            self.push(&rate.value, expected, role, false);
        }
    }

    fn conditions(&mut self, handlers: &'m [OnCondition]) {
        for handler in handlers {
            self.push(&handler.test, Expected::Condition, "a test".to_owned(), false);
            self.actions(&handler.actions);
        }
    }

    fn actions(&mut self, actions: &'m [Action]) {
        for action in actions {
            if let Action::StateAssignment { variable, value } = action {
                let expected = self.variable(variable);
                self.push(value, expected, format!("the new value of `{variable}`"), false);
            }
        }
    }

    fn structure(&mut self, structure: &'m Structure) {
        let mut open: Vec<&'m Build> = structure.items.iter().rev().collect();
        while let Some(item) = open.pop() {
            let assigns = match item {
                Build::MultiInstantiate(many) => {
                    let none = Expected::Number(Dimension::NONE);
                    self.push(&many.number, none, "a number of instances".to_owned(), true);
                    self.index(many.index_variable.as_ref().map_or("index", Text::as_str));
                    &many.assigns
                }
                Build::ChildInstance(x) => &x.assigns,
                Build::CoInstantiate(x) => &x.assigns,
                Build::EventConnection(x) => &x.assigns,
                Build::Tunnel(x) => &x.assigns,
                Build::ForEach(x) => {
                    open.extend(x.body.iter().rev());
                    continue;
                }
                Build::With(x) => {
                    open.extend(x.body.iter().rev());
                    continue;
                }
                Build::Choose(x) => {
                    open.extend(x.body.iter().rev());
                    continue;
                }
                Build::If(x) => {
                    open.extend(x.body.iter().rev());
                    continue;
                }
                Build::Apply(x) => {
                    open.extend(x.body.iter().rev());
                    continue;
                }
                Build::GatherPairs(_)
                | Build::PairsEventConnection(_)
                | Build::Gather(_)
                | Build::PairFilter(_)
                | Build::IncludePair(_) => continue,
            };
            for assign in assigns.iter() {
                let role = format!("the property `{}`", assign.property);
                self.push(&assign.value, Expected::Any, role, true);
            }
            self.at = 0;
        }
    }

    /// A scope with the running number of a `MultiInstantiate`.
    fn index(&mut self, name: &'m str) {
        let mut inner = Scope::default();
        inner.insert(Name {
            name,
            kind: NameKind::IndexParameter,
            dimension: Some("none"),
            span: None,
            declared_by: None,
        });
        for name in self.sites.scopes[0].iter() {
            inner.insert(*name);
        }
        self.sites.scopes.push(inner);
        self.at = self.sites.scopes.len() - 1;
    }
}
