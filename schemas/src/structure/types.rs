//! Types of elements.

use super::generated::complex_types::{COMPLEX_TYPES, GROUPS, ROOT};
use super::{Content, NameId, SimpleId, SimpleType, simple_type};

/// A complex type of the standard.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TypeId(pub(crate) u16);

/// What an element is made of: attributes and other elements, or plain text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ElementType {
    /// Attributes and elements.
    Complex(TypeId),
    /// Text.
    Simple(SimpleId),
}

impl ElementType {
    /// The name of the type.
    pub fn name(self) -> &'static str {
        match self {
            Self::Complex(id) => complex_type(id).name,
            Self::Simple(id) => simple_type(id).name,
        }
    }
}

/// A type of element.
#[derive(Debug)]
pub struct ComplexType {
    /// Its handle.
    pub id: TypeId,
    /// Its name in the schema; element names are others.
    pub name: &'static str,
    /// What it is, one phrase.
    pub about: &'static str,
    /// The type it extends.
    pub base: Option<TypeId>,
    /// All attributes, inherited ones first; at most 64.
    pub attributes: &'static [Attribute],
    /// How many of them are inherited.
    pub inherited: usize,
    /// Bit `i` says that attribute `i` is required.
    pub required: u64,
    /// The content model that the type itself adds to that of its base.
    pub own: Option<Particle>,
    /// The whole content model, compiled.
    pub content: Content,
}

impl ComplexType {
    /// The index of the attribute of that name.
    pub fn attribute(&self, name: NameId) -> Option<usize> {
        self.attributes.iter().position(|a| a.id == name)
    }

    /// The index of the attribute of that name, sought from index `start` on and then before it.
    pub fn attribute_from(&self, start: usize, name: &str) -> Option<usize> {
        let start = start.min(self.attributes.len());
        let (before, after) = self.attributes.split_at(start);
        let found = after.iter().position(|a| a.name == name);
        found.map(|i| start + i).or_else(|| before.iter().position(|a| a.name == name))
    }

    /// The types it extends, nearest first.
    pub fn ancestors(&self) -> impl Iterator<Item = &'static ComplexType> {
        std::iter::successors(self.base.map(complex_type), |t| t.base.map(complex_type))
    }

    /// The content model, if there are elements inside.
    pub fn model(&self) -> Option<&super::Model> {
        match &self.content {
            Content::Elements(model) => Some(model),
            Content::Empty | Content::Any => None,
        }
    }
}

/// An attribute of a type.
#[derive(Debug)]
pub struct Attribute {
    /// Its name as a number.
    pub id: NameId,
    /// Its name.
    pub name: &'static str,
    /// What its value looks like; `None` where only `fixed` says so.
    pub ty: Option<SimpleId>,
    /// Whether it must be given.
    pub required: bool,
    /// The value that counts where it is absent.
    pub default: Option<&'static str>,
    /// The only value allowed.
    pub fixed: Option<&'static str>,
}

impl Attribute {
    /// What its value looks like.
    pub fn simple_type(&self) -> Option<&'static SimpleType> {
        self.ty.map(simple_type)
    }
}

/// How often a particle may occur.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Occurs {
    /// May be absent.
    pub optional: bool,
    /// May occur more than once.
    pub repeated: bool,
}

/// A content model as the schema writes it.
#[derive(Clone, Copy, Debug)]
pub enum Particle {
    /// An element: name and type.
    Element(&'static str, ElementType, Occurs),
    /// A named group, see [`groups`].
    Group(&'static str, Occurs),
    /// Any element, not checked.
    Any(Occurs),
    /// These in this order.
    Sequence(&'static [Particle], Occurs),
    /// One of these.
    Choice(&'static [Particle], Occurs),
    /// These in any order.
    All(&'static [Particle], Occurs),
}

/// A named part of content models.
#[derive(Debug)]
pub struct Group {
    /// Its name.
    pub name: &'static str,
    /// What it stands for.
    pub particle: Particle,
}

/// The type of a handle.
pub fn complex_type(id: TypeId) -> &'static ComplexType {
    &COMPLEX_TYPES[usize::from(id.0)]
}

/// All complex types, sorted by name.
pub fn complex_types() -> &'static [ComplexType] {
    &COMPLEX_TYPES
}

/// All groups.
pub fn groups() -> &'static [Group] {
    &GROUPS
}

/// The root element: its name and type.
pub fn root() -> (NameId, TypeId) {
    ROOT
}

/// The types whose elements may hold an element of that name, with the type it has there.
pub fn parents_of(name: NameId) -> impl Iterator<Item = (&'static ComplexType, ElementType)> {
    COMPLEX_TYPES.iter().filter_map(move |ty| {
        let model = ty.model()?;
        Some((ty, model.children[model.child(name)?].ty))
    })
}

/// The names under which elements of a type occur, sorted and without repeats.
pub fn elements_named(ty: TypeId) -> Vec<&'static str> {
    let children = COMPLEX_TYPES.iter().filter_map(ComplexType::model).flat_map(|m| m.children);
    let named = children.filter(|c| c.ty == ElementType::Complex(ty)).map(|c| c.name);
    let root = (ROOT.1 == ty).then(|| ROOT.0.as_str());
    let mut names: Vec<&str> = named.chain(root).collect();
    names.sort_unstable();
    names.dedup();
    names
}
