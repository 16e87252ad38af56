//! An element of a model seen as a component.

use nml_base::Span;
use nml_units::{Quantity, QuantityError};
use nml_xml::{Attr, Element, NodeId};

use crate::table::{ConnectionTable, InputTable, InstanceTable, Table};
use crate::{Document, Model, TypeId};

/// Names one element of a model.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ComponentRef {
    /// Index into [`Model::documents`].
    pub document: u32,
    /// The element there.
    pub node: NodeId,
}

/// How an element came to its type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    /// It stands at the top of a document.
    TopLevel,
    /// It fills a `Child` or `Children` slot of the component around it.
    Child,
    /// It stands inside a component that has no place for it, or has no type at all.
    Unplaced,
    /// It is no component: notes, annotations, definitions, includes.
    Other,
}

/// One element of a model, with its document and type.
#[derive(Clone, Copy)]
pub struct Component<'m> {
    model: &'m Model,
    document: u32,
    element: Element<'m>,
}

impl std::fmt::Debug for Component<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in {}", self.shown(), self.document().path.display())
    }
}

impl PartialEq for Component<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.handle() == other.handle() && std::ptr::eq(self.model, other.model)
    }
}

impl Eq for Component<'_> {}

impl<'m> Component<'m> {
    pub(crate) fn new(model: &'m Model, document: u32, element: Element<'m>) -> Self {
        Self { model, document, element }
    }

    fn with(self, element: Element<'m>) -> Self {
        Self { element, ..self }
    }

    /// The handle.
    pub fn handle(self) -> ComponentRef {
        ComponentRef { document: self.document, node: self.element.id() }
    }

    /// The model.
    pub fn model(self) -> &'m Model {
        self.model
    }

    /// The document it stands in.
    pub fn document(self) -> &'m Document {
        &self.model.documents()[self.document as usize]
    }

    /// The plain element.
    pub fn element(self) -> Element<'m> {
        self.element
    }

    /// The element's name.
    pub fn name(self) -> &'m str {
        self.element.name()
    }

    /// The `id` attribute.
    pub fn id(self) -> Option<&'m str> {
        self.element.attr("id")
    }

    /// The value of an attribute.
    pub fn attr(self, name: &str) -> Option<&'m str> {
        self.element.attr(name)
    }

    /// An attribute with its place.
    pub fn attribute(self, name: &str) -> Option<Attr<'m>> {
        self.element.attribute(name)
    }

    /// The place of an attribute's value; of the element's name where it is not written.
    pub fn span_of(self, attribute: &str) -> Span {
        self.attribute(attribute).map_or_else(|| self.element.name_span(), Attr::value_span)
    }

    /// The place of the `id`, or of the name where there is none.
    pub fn id_span(self) -> Span {
        self.span_of("id")
    }

    /// How a person would call it: `<cell id="c1">` or `<morphology>`.
    pub fn shown(self) -> String {
        match self.id() {
            Some(id) => format!("<{} id=\"{id}\">", self.name()),
            None => format!("<{}>", self.name()),
        }
    }

    /// Its component type, if it has one.
    pub fn ty(self) -> Option<TypeId> {
        self.model.type_of(self.handle())
    }

    /// How it came to its type.
    pub fn role(self) -> Role {
        self.model.role_of(self.handle())
    }

    /// Whether its type is, or extends, one of that name.
    pub fn is_a(self, type_name: &str) -> bool {
        self.ty().is_some_and(|ty| self.model.types().is_a(ty, type_name))
    }

    /// The component around it; `None` at the top of a document.
    pub fn parent(self) -> Option<Self> {
        let parent = self.element.parent()?;
        parent.parent().is_some().then(|| self.with(parent))
    }

    /// The components around it, innermost first.
    pub fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |c| c.parent())
    }

    /// The elements directly inside.
    pub fn children(self) -> impl Iterator<Item = Self> {
        self.element.children().map(move |e| self.with(e))
    }

    /// The elements directly inside of one name.
    pub fn children_named(self, name: &str) -> impl Iterator<Item = Self> {
        self.element.children_named(name).map(move |e| self.with(e))
    }

    /// The first element directly inside of one name.
    pub fn child(self, name: &str) -> Option<Self> {
        self.element.child(name).map(|e| self.with(e))
    }

    /// This element and all inside it, in document order.
    pub fn descendants(self) -> impl Iterator<Item = Self> {
        self.element.descendants().map(move |e| self.with(e))
    }

    /// The value of an attribute as a quantity in SI.
    pub fn quantity(self, attribute: &str) -> Option<Result<Quantity<'m>, QuantityError>> {
        self.attr(attribute).map(|text| self.model.units().quantity(text))
    }

    /// The value of an attribute in SI; `None` where it is missing or no quantity.
    pub fn si(self, attribute: &str) -> Option<f64> {
        self.quantity(attribute)?.ok().map(|q| q.si)
    }

    /// The value of an attribute as a plain number.
    pub fn number(self, attribute: &str) -> Option<f64> {
        self.attr(attribute)?.trim_ascii().parse().ok()
    }

    /// The value of an attribute as a whole number.
    pub fn integer(self, attribute: &str) -> Option<u64> {
        let text = self.attr(attribute)?.trim_ascii();
        text.strip_prefix('+').unwrap_or(text).parse().ok()
    }

    /// The table inside, of any kind.
    pub fn table(self) -> Option<&'m Table> {
        self.document().table(self.element.id())
    }

    /// The instances of a population that lists them.
    pub fn instances(self) -> Option<&'m InstanceTable> {
        match self.table()? {
            Table::Instances(table) => Some(table),
            Table::Connections(_) | Table::Inputs(_) => None,
        }
    }

    /// The connections of a projection.
    pub fn connections(self) -> Option<&'m ConnectionTable> {
        match self.table()? {
            Table::Connections(table) => Some(table),
            Table::Instances(_) | Table::Inputs(_) => None,
        }
    }

    /// The inputs of an input list.
    pub fn inputs(self) -> Option<&'m InputTable> {
        match self.table()? {
            Table::Inputs(table) => Some(table),
            Table::Instances(_) | Table::Connections(_) => None,
        }
    }
}
