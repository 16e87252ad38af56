//! Component types in force for one model, and what they inherit.

use std::sync::{Arc, OnceLock};

use nml_lems::{
    Child, ComponentType, EventPort, Exposure, Parameter, Reference, Requirement, Text,
};
use nml_schemas::lems::COMPONENT_TYPES;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Document;

/// A line of types that extend one another is cut after so many; the longest of the standard has 7.
pub const MAX_ANCESTORS: usize = 128;

/// Names one component type of a model.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TypeId(u32);

/// The component types of a model: those of the standard, and those its files define.
///
/// A name means the definition of the model's own files first, the first one where there are several.
#[derive(Debug)]
pub struct Types {
    documents: Vec<Arc<Document>>,
    /// Document and index of every type defined by the files, in document order.
    own: Vec<(u32, u32)>,
    by_name: FxHashMap<Box<str>, TypeId>,
    /// Whether the standard's types are visible.
    standard: bool,
    lineages: Vec<OnceLock<Vec<TypeId>>>,
}

/// The standard's types by name; made once per process.
fn standard() -> &'static FxHashMap<&'static str, u32> {
    static BY_NAME: OnceLock<FxHashMap<&'static str, u32>> = OnceLock::new();
    BY_NAME.get_or_init(|| {
        let names = COMPONENT_TYPES.iter().map(|ty| ty.name.as_str());
        names.zip(0..).collect()
    })
}

fn standard_named(name: &str) -> Option<TypeId> {
    standard().get(name).map(|&i| TypeId(i))
}

impl Types {
    pub(crate) fn new(documents: &[Arc<Document>], standard: bool) -> Self {
        let mut own = Vec::new();
        let mut by_name = FxHashMap::default();
        let first = index(COMPONENT_TYPES.len());
        for (document, at) in documents.iter().zip(0..) {
            for (ty, i) in document.definitions.component_types.iter().zip(0..) {
                let id = TypeId(first + index(own.len()));
                own.push((at, i));
                by_name.entry(ty.name.as_str().into()).or_insert(id);
            }
        }
        let count = COMPONENT_TYPES.len() + own.len();
        let lineages = std::iter::repeat_with(OnceLock::new).take(count).collect();
        Self { documents: documents.to_vec(), own, by_name, standard, lineages }
    }

    /// Whether the standard's types are visible: a LEMS file that includes none of them has its own world.
    pub fn has_standard(&self) -> bool {
        self.standard
    }

    /// Whether a name is that of a visible type of the standard, which a file's own type would hide.
    pub fn is_standard(&self, name: &str) -> bool {
        self.standard && standard_named(name).is_some()
    }

    /// The type of a name.
    pub fn named(&self, name: &str) -> Option<TypeId> {
        let own = self.by_name.get(name).copied();
        own.or_else(|| standard_named(name).filter(|_| self.standard))
    }

    /// The declaration of a type.
    pub fn get(&self, id: TypeId) -> &ComponentType {
        let at = id.0 as usize;
        match at.checked_sub(COMPONENT_TYPES.len()) {
            None => &COMPONENT_TYPES[at],
            Some(own) => {
                let (document, i) = self.own[own];
                &self.documents[document as usize].definitions.component_types[i as usize]
            }
        }
    }

    /// The document that defines a type; `None` for the standard's.
    pub fn document_of(&self, id: TypeId) -> Option<usize> {
        let own = (id.0 as usize).checked_sub(COMPONENT_TYPES.len())?;
        Some(self.own[own].0 as usize)
    }

    /// The types that the model's files define, in document order, hidden ones included.
    pub fn own(&self) -> impl ExactSizeIterator<Item = TypeId> + use<> {
        let first = index(COMPONENT_TYPES.len());
        (0..index(self.own.len())).map(move |i| TypeId(first + i))
    }

    /// All type names in force, for suggestions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let own = self.own().map(|id| self.get(id).name.as_str());
        let standard = COMPONENT_TYPES.iter().filter(|_| self.standard).map(|ty| ty.name.as_str());
        own.chain(standard)
    }

    /// The type and its ancestors, nearest first.  A circle of `extends` is cut where it closes, a parent
    /// that does not exist ends the line, and so does [`MAX_ANCESTORS`].
    pub fn lineage(&self, id: TypeId) -> &[TypeId] {
        self.lineages[id.0 as usize].get_or_init(|| {
            let mut line = vec![id];
            let mut last = id;
            while let Some(parent) = self.parent(last) {
                if line.contains(&parent) || line.len() >= MAX_ANCESTORS {
                    break;
                }
                line.push(parent);
                last = parent;
            }
            line
        })
    }

    /// The type that a type extends.
    pub fn parent(&self, id: TypeId) -> Option<TypeId> {
        let name = self.get(id).extends.as_ref()?;
        // A standard type's parent is the standard's even where a file hides the name.
        if (id.0 as usize) < COMPONENT_TYPES.len() {
            return standard_named(name);
        }
        self.named(name).filter(|&p| p != id)
    }

    /// The declarations of the type and its ancestors, nearest first.
    pub fn line(&self, id: TypeId) -> impl Iterator<Item = &ComponentType> {
        self.lineage(id).iter().map(|&t| self.get(t))
    }

    /// Whether the type is, or extends, one of that name.  `Component` stands for any type.
    pub fn is_a(&self, id: TypeId, name: &str) -> bool {
        name == "Component" || self.line(id).any(|ty| ty.name == *name)
    }

    fn merged<'a, T: 'a>(
        &'a self,
        id: TypeId,
        list: impl Fn(&'a ComponentType) -> &'a [T],
        name: impl Fn(&'a T) -> &'a Text,
    ) -> Vec<&'a T> {
        let mut seen = FxHashSet::default();
        let mut found = Vec::new();
        // Oldest first, as the standard lists them; the youngest declaration of a name counts.
        for ty in self.line(id) {
            let fresh = list(ty).iter().filter(|item| seen.insert(name(item).as_str()));
            let fresh: Vec<_> = fresh.collect();
            found.splice(0..0, fresh);
        }
        found
    }

    /// The parameters of a type, inherited ones first.
    pub fn parameters(&self, id: TypeId) -> Vec<&Parameter> {
        self.merged(id, |ty| &ty.parameters, |p| &p.name)
    }

    /// The exposures of a type, inherited ones first.
    pub fn exposures(&self, id: TypeId) -> Vec<&Exposure> {
        self.merged(id, |ty| &ty.exposures, |e| &e.name)
    }

    /// The requirements of a type, inherited ones first.
    pub fn requirements(&self, id: TypeId) -> Vec<&Requirement> {
        self.merged(id, |ty| &ty.requirements, |r| &r.name)
    }

    /// The event ports of a type, inherited ones first.
    pub fn event_ports(&self, id: TypeId) -> Vec<&EventPort> {
        self.merged(id, |ty| &ty.event_ports, |p| &p.name)
    }

    /// The child slots of a type, inherited ones first.  Those without a name go by their type.
    pub fn children(&self, id: TypeId) -> Vec<&Child> {
        self.merged(id, |ty| &ty.children, |c| if c.name.is_empty() { &c.ty } else { &c.name })
    }

    /// The component references and links of a type, inherited ones first.
    pub fn references(&self, id: TypeId) -> Vec<&Reference> {
        let mut all = self.merged(id, |ty| &ty.component_references, |r| &r.name);
        all.extend(self.merged(id, |ty| &ty.links, |r| &r.name));
        all
    }

    /// The dynamics in force: the type's own, else that of the nearest ancestor that has one.
    pub fn dynamics(&self, id: TypeId) -> Option<(&ComponentType, &nml_lems::Dynamics)> {
        self.line(id).find_map(|ty| ty.dynamics.as_ref().map(|d| (ty, d)))
    }
}

fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
