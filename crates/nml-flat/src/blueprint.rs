//! What nodes are made from.

use nml_base::Span;
use nml_model::{Component, ComponentRef, TypeId};

/// What a node is made from: a component, or a component type alone.
///
/// A structure may build instances of a type for which no component is written.  Such instances have no
/// attributes and nothing inside; the component whose structure orders them stands for their place in the
/// source.
#[derive(Clone, Copy)]
pub(crate) struct Blueprint<'m> {
    /// The component, or the one that orders it.
    pub(crate) component: Component<'m>,
    /// The type, where it is all there is.
    pub(crate) alone: Option<TypeId>,
    /// The type to take the component for, where that is not its own.
    pub(crate) cast: Option<TypeId>,
}

impl<'m> From<Component<'m>> for Blueprint<'m> {
    fn from(component: Component<'m>) -> Self {
        Self { component, alone: None, cast: None }
    }
}

impl<'m> Blueprint<'m> {
    /// A type alone, ordered by a component.
    pub(crate) fn of_type(ty: TypeId, by: Component<'m>) -> Self {
        Self { component: by, alone: Some(ty), cast: None }
    }

    /// A component taken for one of another type.
    pub(crate) fn cast(component: Component<'m>, ty: TypeId) -> Self {
        Self { component, alone: None, cast: Some(ty) }
    }

    /// What tells it from others.
    pub(crate) fn key(self) -> (ComponentRef, Option<TypeId>) {
        (self.component.handle(), self.alone.or(self.cast))
    }

    /// Its type.
    pub(crate) fn ty(self) -> Option<TypeId> {
        self.alone.or(self.cast).or_else(|| self.component.ty())
    }

    /// The component, where there is one.
    pub(crate) fn written(self) -> Option<Component<'m>> {
        self.alone.is_none().then_some(self.component)
    }

    /// How a person would call it.
    pub(crate) fn shown(self) -> String {
        match self.alone {
            None => self.component.shown(),
            Some(ty) => {
                let name = &self.component.model().types().get(ty).name;
                format!("the `{name}` built by {}", self.component.shown())
            }
        }
    }

    /// The identifier of an instance; the name of its type where it has none.
    pub(crate) fn name(self) -> &'m str {
        match self.alone {
            None => self.component.id().unwrap_or(self.component.name()),
            Some(ty) => self.component.model().types().get(ty).name.as_str(),
        }
    }

    /// The place to blame.
    pub(crate) fn span(self) -> Span {
        self.component.id_span()
    }
}
