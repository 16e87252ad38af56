//! The names that the expressions of a component type may use.

use nml_base::Span;
use nml_lems::{ComponentType, Dynamics, Regime, Text};
use nml_units::{Dimension, UnitTable};
use rustc_hash::FxHashMap;

use crate::{Model, TypeId, Types};

/// What declares a name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NameKind {
    /// `StateVariable`.
    StateVariable,
    /// `DerivedVariable`.
    DerivedVariable,
    /// `ConditionalDerivedVariable`.
    ConditionalDerivedVariable,
    /// `Parameter`.
    Parameter,
    /// `DerivedParameter`.
    DerivedParameter,
    /// `IndexParameter`.
    IndexParameter,
    /// `IntegerParameter`.
    IntegerParameter,
    /// `Constant` of a component type.
    Constant,
    /// `Property`.
    Property,
    /// `Requirement`.
    Requirement,
    /// `Constant` of a whole file.
    FileConstant,
    /// The simulated time, `t`.
    Time,
    /// `Exposure`: seen from outside, but not by expressions unless a variable has the same name.
    Exposure,
}

impl NameKind {
    /// The words for a person: `state variable`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::StateVariable => "state variable",
            Self::DerivedVariable => "derived variable",
            Self::ConditionalDerivedVariable => "conditional derived variable",
            Self::Parameter => "parameter",
            Self::DerivedParameter => "derived parameter",
            Self::IndexParameter => "index parameter",
            Self::IntegerParameter => "integer parameter",
            Self::Constant | Self::FileConstant => "constant",
            Self::Property => "property",
            Self::Requirement => "requirement",
            Self::Time => "simulated time",
            Self::Exposure => "exposure",
        }
    }

    /// Whether it is computed by the dynamics.
    pub const fn is_variable(self) -> bool {
        matches!(
            self,
            Self::StateVariable | Self::DerivedVariable | Self::ConditionalDerivedVariable
        )
    }

    /// Whether the value is known before anything runs.
    pub const fn is_fixed(self) -> bool {
        matches!(
            self,
            Self::Parameter
                | Self::DerivedParameter
                | Self::IndexParameter
                | Self::IntegerParameter
                | Self::Constant
                | Self::FileConstant
        )
    }

    /// Whether expressions of the dynamics see it.
    pub const fn is_readable(self) -> bool {
        !matches!(self, Self::Exposure)
    }
}

/// One name of a [`Scope`].
#[derive(Clone, Copy, Debug)]
pub struct Name<'m> {
    /// The name.
    pub name: &'m str,
    /// What declares it.
    pub kind: NameKind,
    /// The name of its dimension; `None` where it may be any or follows from an expression.
    pub dimension: Option<&'m str>,
    /// Where it is declared; `None` for what is built in.
    pub span: Option<Span>,
    /// The type that declares it, for a suggestion in words; `None` for `t` and constants of files.
    pub declared_by: Option<TypeId>,
}

/// The names of one component type, its ancestors' included.
///
/// A name means the variable of the dynamics first, then what the type declares, then constants of the
/// files and `t`.
#[derive(Clone, Debug, Default)]
pub struct Scope<'m> {
    names: Vec<Name<'m>>,
    by_name: FxHashMap<&'m str, u32>,
}

impl<'m> Scope<'m> {
    /// The scope of a type of a model.
    pub fn of(model: &'m Model, id: TypeId) -> Self {
        let types = model.types();
        let mut scope = Self::default();
        for (owner, dynamics) in types.dynamics_in_force(id).into_iter().rev() {
            scope.variables(types, id, owner, dynamics);
        }
        // Nearest first: what a type declares again hides what it inherits.
        for &at in types.lineage(id) {
            scope.declared(types.get(at), at);
        }
        for property in types.get(id).properties.iter() {
            scope.add(&property.name, NameKind::Property, Some(&property.dimension), Some(id));
        }
        for document in model.documents() {
            for constant in &document.definitions.constants {
                let name = constant.symbol.as_ref().unwrap_or(&constant.name);
                scope.add(name, NameKind::FileConstant, Some(&constant.dimension), None);
            }
        }
        scope.insert(Name {
            name: "t",
            kind: NameKind::Time,
            dimension: Some("time"),
            span: None,
            declared_by: None,
        });
        for &at in types.lineage(id) {
            for exposure in types.get(at).exposures.iter() {
                scope.add(&exposure.name, NameKind::Exposure, Some(&exposure.dimension), Some(at));
            }
        }
        scope
    }

    /// This scope with the variables of a regime on top.
    #[must_use]
    pub fn with_regime(&self, regime: &'m Regime) -> Self {
        let mut inner = Self::default();
        for v in regime.state_variables.iter() {
            inner.add(&v.name, NameKind::StateVariable, Some(&v.dimension), None);
        }
        for v in regime.derived_variables.iter() {
            inner.add(&v.name, NameKind::DerivedVariable, v.dimension.as_ref(), None);
        }
        for name in &self.names {
            inner.insert(*name);
        }
        inner
    }

    fn variables(&mut self, types: &'m Types, id: TypeId, owner: TypeId, dynamics: &'m Dynamics) {
        let exposed = |own: Option<&'m Text>, exposure: Option<&'m Text>| {
            own.or_else(|| types.exposure(id, exposure?).map(|e| &e.dimension))
        };
        for v in dynamics.state_variables.iter() {
            self.add(&v.name, NameKind::StateVariable, Some(&v.dimension), Some(owner));
        }
        for v in dynamics.derived_variables.iter() {
            let dimension = exposed(v.dimension.as_ref(), v.exposure.as_ref());
            self.add(&v.name, NameKind::DerivedVariable, dimension, Some(owner));
        }
        for v in dynamics.conditional_derived_variables.iter() {
            let dimension = exposed(v.dimension.as_ref(), v.exposure.as_ref());
            self.add(&v.name, NameKind::ConditionalDerivedVariable, dimension, Some(owner));
        }
    }

    fn declared(&mut self, ty: &'m ComponentType, at: TypeId) {
        let at = Some(at);
        for p in ty.parameters.iter() {
            self.add(&p.name, NameKind::Parameter, Some(&p.dimension), at);
        }
        for p in ty.derived_parameters.iter() {
            self.add(&p.name, NameKind::DerivedParameter, p.dimension.as_ref(), at);
        }
        for p in ty.index_parameters.iter() {
            self.add_plain(&p.name, NameKind::IndexParameter, at);
        }
        for p in ty.integer_parameters.iter() {
            self.add_plain(&p.name, NameKind::IntegerParameter, at);
        }
        for c in ty.constants.iter() {
            self.add(&c.name, NameKind::Constant, Some(&c.dimension), at);
        }
        for r in ty.requirements.iter() {
            self.add(&r.name, NameKind::Requirement, Some(&r.dimension), at);
        }
    }

    fn add(
        &mut self,
        name: &'m Text,
        kind: NameKind,
        dimension: Option<&'m Text>,
        declared_by: Option<TypeId>,
    ) {
        // An empty name is a hole that the reader has reported.
        if !name.is_empty() {
            let dimension = dimension.map(Text::as_str);
            let (span, name) = (name.span, name.as_str());
            self.insert(Name { name, kind, dimension, span, declared_by });
        }
    }

    fn add_plain(&mut self, name: &'m Text, kind: NameKind, declared_by: Option<TypeId>) {
        let (span, name) = (name.span, name.as_str());
        self.insert(Name { name, kind, dimension: Some("none"), span, declared_by });
    }

    /// Adds a name unless it is there already.
    pub fn insert(&mut self, name: Name<'m>) {
        let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        if let std::collections::hash_map::Entry::Vacant(free) = self.by_name.entry(name.name) {
            free.insert(next);
            self.names.push(name);
        }
    }

    /// What a name means.
    pub fn get(&self, name: &str) -> Option<&Name<'m>> {
        self.by_name.get(name).and_then(|&at| self.names.get(at as usize))
    }

    /// All names, variables first.
    pub fn iter(&self) -> impl Iterator<Item = &Name<'m>> {
        self.names.iter()
    }

    /// The dimension of a name; `None` where it is unknown, or may be any.
    pub fn dimension(&self, name: &str, units: &UnitTable) -> Option<Dimension> {
        units.dimension(self.get(name)?.dimension?)
    }
}

impl Types {
    /// The dynamics of a type with those it adds to by `<Super/>`, nearest first.
    pub fn dynamics_in_force(&self, id: TypeId) -> Vec<(TypeId, &Dynamics)> {
        let mut found = Vec::new();
        for &at in self.lineage(id) {
            let Some(dynamics) = &self.get(at).dynamics else { continue };
            found.push((at, dynamics));
            if !dynamics.with_super {
                break;
            }
        }
        found
    }

    /// The exposure of a name that a type declares or inherits.
    pub fn exposure(&self, id: TypeId, name: &str) -> Option<&nml_lems::Exposure> {
        self.line(id).find_map(|ty| ty.exposures.iter().find(|e| e.name == *name))
    }
}
