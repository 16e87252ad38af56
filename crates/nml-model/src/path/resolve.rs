//! Following a path, step by step.

use std::cell::RefCell;
use std::rc::Rc;

use nml_base::TextRange;
use nml_lems::{Build, MultiInstantiate};
use rustc_hash::{FxHashMap, FxHashSet};

use super::attachments::Attachments;
use super::{Instance, PathError, PathErrorKind, Quantity, Step, StepKind};
use crate::{Component, ComponentRef, Model, Scope, TypeId};

/// Follows paths in one model; remembers what it has looked up, so that many paths cost little more than
/// one.
pub struct Resolver<'m> {
    model: &'m Model,
    children: RefCell<FxHashMap<ComponentRef, Rc<FxHashMap<&'m str, Component<'m>>>>>,
    attached: RefCell<FxHashMap<ComponentRef, Rc<Attachments<'m>>>>,
    segments: RefCell<FxHashMap<ComponentRef, Rc<FxHashSet<&'m str>>>>,
    instances: RefCell<FxHashMap<ComponentRef, Rc<FxHashSet<u32>>>>,
}

impl std::fmt::Debug for Resolver<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Resolver({} lists of children)", self.children.borrow().len())
    }
}

/// Where one is on the way.
#[derive(Clone, Copy)]
struct At<'m> {
    component: Component<'m>,
    /// The population and cell one is inside of, for attachments.
    cell: Option<(Component<'m>, u32)>,
    segment: Option<u32>,
    /// Between `pop/3` and the component that stands there.
    between: bool,
    /// The type of an instance that is built from a type alone; `component` is then what builds it.
    bare: Option<TypeId>,
}

impl<'m> At<'m> {
    fn new(component: Component<'m>) -> Self {
        Self { component, cell: None, segment: None, between: false, bare: None }
    }

    fn reached(self, steps: Vec<Step<'m>>) -> Instance<'m> {
        Instance { steps, component: self.component, bare: self.bare, segment: self.segment }
    }
}

/// One part of a path.
#[derive(Clone, Copy)]
struct Part<'t> {
    text: &'t str,
    name: &'t str,
    index: Option<&'t str>,
    range: TextRange,
}

fn parts(path: &str) -> Vec<Part<'_>> {
    let mut start = 0;
    let mut found = Vec::new();
    for piece in path.split('/') {
        let lead = piece.len() - piece.trim_start().len();
        let text = piece.trim();
        let range = TextRange::new(start + lead, start + lead + text.len());
        let bracket = text.strip_suffix(']').and_then(|t| t.split_once('['));
        let (name, index) = bracket.map_or((text, None), |(name, index)| (name, Some(index)));
        found.push(Part { text, name: name.trim(), index: index.map(str::trim), range });
        start += piece.len() + 1;
    }
    // A slash at the end changes nothing for the reference interpreter.
    while found.len() > 1 && found.last().is_some_and(|p| p.text.is_empty()) {
        found.pop();
    }
    found
}

impl<'m> Resolver<'m> {
    /// A resolver for a model.
    pub fn new(model: &'m Model) -> Self {
        Self {
            model,
            children: RefCell::default(),
            attached: RefCell::default(),
            segments: RefCell::default(),
            instances: RefCell::default(),
        }
    }

    /// Follows a path to a quantity, from a component: mostly the target of a simulation.
    ///
    /// # Errors
    /// [`PathError`] with the step that fails and what is possible there.
    pub fn quantity(&self, from: Component<'m>, path: &str) -> Result<Quantity<'m>, PathError> {
        let mut parts = parts(path);
        let last = parts.pop().filter(|p| !p.text.is_empty());
        let start = At::new(from);
        let Some(last) = last else { return Err(self.empty(start)) };
        let (mut steps, at) = self.follow(start, &parts)?;
        if at.between || (at.bare.is_none() && self.is_list(at.component)) {
            let kind = if self.child(at, last).is_some() {
                PathErrorKind::NotAQuantity
            } else if at.between {
                PathErrorKind::UnknownStep
            } else {
                PathErrorKind::MissingIndex
            };
            // A list may still have quantities of its own.
            if at.between || self.own_quantity(at, last).is_none() {
                return Err(self.error(at, last, kind));
            }
        }
        let Some(ty) = at.bare.or(at.component.ty()) else {
            return Err(self.error(at, last, PathErrorKind::Unknown));
        };
        let scope = Scope::of(self.model, ty);
        let exposure = self.model.types().exposure(ty, last.text);
        let Some(name) = scope.get(last.text) else {
            let kind = if self.child(at, last).is_some() {
                PathErrorKind::NotAQuantity
            } else {
                PathErrorKind::UnknownQuantity
            };
            return Err(self.error(at, last, kind));
        };
        steps.push(Step { range: last.range, kind: StepKind::Quantity, component: at.component });
        let instance = at.reached(steps);
        let dimension = exposure.map(|e| e.dimension.as_str()).or(name.dimension);
        let dimension = dimension.filter(|d| *d != "*");
        let is_exposed = exposure.is_some();
        Ok(Quantity { instance, name: name.name, kind: name.kind, is_exposed, dimension })
    }

    /// Follows a path to an instance.
    ///
    /// # Errors
    /// [`PathError`] with the step that fails and what is possible there.
    pub fn instance(&self, from: Component<'m>, path: &str) -> Result<Instance<'m>, PathError> {
        let start = At::new(from);
        let parts = parts(path);
        let Some(last) = parts.last().copied().filter(|p| !p.text.is_empty()) else {
            return Err(self.empty(start));
        };
        let (steps, at) = self.follow(start, &parts)?;
        if at.between {
            return Err(self.error(at, last, PathErrorKind::Incomplete));
        }
        if at.bare.is_none() && self.is_list(at.component) {
            return Err(self.error(at, last, PathErrorKind::MissingIndex));
        }
        Ok(at.reached(steps))
    }

    fn empty(&self, at: At<'m>) -> PathError {
        let range = TextRange::default();
        self.error(at, Part { text: "", name: "", index: None, range }, PathErrorKind::Empty)
    }

    fn own_quantity(&self, at: At<'m>, part: Part<'_>) -> Option<()> {
        let scope = Scope::of(self.model, at.component.ty()?);
        scope.get(part.text).filter(|n| n.kind.is_variable()).map(|_| ())
    }

    fn follow(
        &self,
        start: At<'m>,
        parts: &[Part<'_>],
    ) -> Result<(Vec<Step<'m>>, At<'m>), PathError> {
        let mut at = start;
        let mut steps = Vec::with_capacity(parts.len() + 1);
        for &part in parts {
            // `[3]` alone is a member of the list one is at.
            if !part.name.is_empty() || part.index.is_none() {
                let kind = self.step(&mut at, part)?;
                steps.push(Step { range: part.range, kind, component: at.component });
            }
            if let Some(index) = part.index {
                let kind = self.member(&mut at, part, index)?;
                steps.push(Step { range: part.range, kind, component: at.component });
            }
        }
        Ok((steps, at))
    }

    fn step(&self, at: &mut At<'m>, part: Part<'_>) -> Result<StepKind, PathError> {
        if at.bare.is_some() {
            return Err(self.error(*at, part, PathErrorKind::UnknownStep));
        }
        if at.between {
            // After `pop/3` stands the population's component, by its identifier.
            let Some((population, _)) = at.cell else {
                return Err(self.error(*at, part, PathErrorKind::Unknown));
            };
            let component = self.listed(population);
            let named = population.attr("component").unwrap_or("");
            let Some(component) = component else {
                return Err(self.error(*at, part, PathErrorKind::Unknown));
            };
            if part.name != named && part.name != "component" {
                return Err(self.error(*at, part, PathErrorKind::UnknownStep));
            }
            at.component = component;
            at.between = false;
            return Ok(StepKind::Reference);
        }
        if part.name.bytes().all(|b| b.is_ascii_digit()) && !part.name.is_empty() {
            if self.is_list(at.component) {
                let kind = self.member(at, part, part.name)?;
                at.between = true;
                return Ok(kind);
            }
            if at.component.is_a("cell") {
                return self.segment(at, part);
            }
        }
        if let Some((component, kind)) = self.child(*at, part) {
            *at = At::new(component);
            return Ok(kind);
        }
        if let Some(found) = self.attachment(at, part) {
            return found;
        }
        let is_list = part.index.is_none() && self.is_list(at.component);
        let kind = if is_list { PathErrorKind::MissingIndex } else { PathErrorKind::UnknownStep };
        Err(self.error(*at, part, kind))
    }

    /// A child by identifier, by slot, or what a reference leads to.
    fn child(&self, at: At<'m>, part: Part<'_>) -> Option<(Component<'m>, StepKind)> {
        let here = at.component;
        if let Some(found) = self.children(here).get(part.name) {
            return Some((*found, StepKind::Child));
        }
        let types = self.model.types();
        let references = here.ty().map(|ty| types.references(ty)).unwrap_or_default();
        let declared = |name: &str| {
            references.iter().any(|r| r.name == *name)
                || (matches!(name, "morphology" | "biophysicalProperties") && here.is_a("cell"))
        };
        let by_attribute = here
            .element()
            .attributes()
            .find(|a| declared(a.name()) && (a.name() == part.name || a.value() == part.name))?;
        let target = self.model.find(by_attribute.value()).or_else(|| {
            let siblings = self.children(here.parent()?);
            siblings.get(by_attribute.value()).copied()
        })?;
        Some((target, StepKind::Reference))
    }

    fn children(&self, parent: Component<'m>) -> Rc<FxHashMap<&'m str, Component<'m>>> {
        let known = self.children.borrow().get(&parent.handle()).map(Rc::clone);
        known.unwrap_or_else(|| {
            let mut found = FxHashMap::default();
            for child in parent.children() {
                if let Some(id) = child.id() {
                    found.entry(id).or_insert(child);
                }
            }
            for child in parent.children() {
                found.entry(child.name()).or_insert(child);
            }
            let found = Rc::new(found);
            self.children.borrow_mut().insert(parent.handle(), Rc::clone(&found));
            found
        })
    }

    /// Whether it stands for many instances of another component.
    fn is_list(&self, component: Component<'m>) -> bool {
        component.is_a("basePopulation") || self.built(component).is_some()
    }

    /// The `MultiInstantiate` of a component.
    fn built(&self, component: Component<'m>) -> Option<&'m MultiInstantiate> {
        let types = self.model.types();
        let structure = types.get(component.ty()?).structure.as_ref()?;
        structure.items.iter().find_map(|item| match item {
            Build::MultiInstantiate(many) => Some(many),
            _ => None,
        })
    }

    /// The component that a list holds instances of.
    fn listed(&self, list: Component<'m>) -> Option<Component<'m>> {
        let attribute =
            self.built(list).and_then(|many| many.component.as_deref()).unwrap_or("component");
        match list.attr(attribute) {
            Some(id) => self.model.find(id),
            None => list.child(attribute),
        }
    }

    fn member(&self, at: &mut At<'m>, part: Part<'_>, index: &str) -> Result<StepKind, PathError> {
        let list = at.component;
        if !self.is_list(list) {
            return self.nth_child(at, part, index);
        }
        let Ok(number) = index.parse::<u32>() else {
            return Err(self.error(*at, part, PathErrorKind::BadIndex));
        };
        let instances = list.instances().filter(|table| !table.is_empty());
        if let Some(table) = instances {
            let known = self.instances.borrow().get(&list.handle()).map(Rc::clone);
            let ids = known.unwrap_or_else(|| {
                let ids = Rc::new(table.id.iter().collect::<FxHashSet<u32>>());
                self.instances.borrow_mut().insert(list.handle(), Rc::clone(&ids));
                ids
            });
            if !ids.contains(&number) {
                let kind = PathErrorKind::UnknownMember { what: "instance" };
                return Err(self.error(*at, part, kind));
            }
        } else if list.children_named("instance").next().is_some() {
            if !self.children(list).contains_key(index) {
                let kind = PathErrorKind::UnknownMember { what: "instance" };
                return Err(self.error(*at, part, kind));
            }
        } else if let Some(count) = self.count(list)
            && u64::from(number) >= count
        {
            return Err(self.error(*at, part, PathErrorKind::OutOfRange { count }));
        }
        if let Some(name) = self.built(list).and_then(|many| many.component_type.as_deref()) {
            let name = list.attr(name).unwrap_or(name);
            at.bare = self.model.types().named(name);
            let known = at.bare.is_some();
            let unknown = || self.error(*at, part, PathErrorKind::Unknown);
            return known.then_some(StepKind::Instance(number)).ok_or_else(unknown);
        }
        let Some(component) = self.listed(list) else {
            return Err(self.error(*at, part, PathErrorKind::Unknown));
        };
        at.cell = Some((list, number));
        at.segment = None;
        // `pop/3` stays at the list, `pop[3]` is the cell.
        if part.index.is_some() {
            at.component = component;
        }
        Ok(StepKind::Instance(number))
    }

    /// The number of members of a list, where it is plainly written.
    fn count(&self, list: Component<'m>) -> Option<u64> {
        let number = self.built(list).map_or("size", |many| many.number.as_str());
        let value = list.number(number).or_else(|| number.parse().ok())?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a size beyond 2^64 or below 0 is reported elsewhere, clipping is fine here"
        )]
        let count = value.round().max(0.0) as u64;
        Some(count)
    }

    /// `lines[2]`: a member of a `Children` slot.
    fn nth_child(
        &self,
        at: &mut At<'m>,
        part: Part<'_>,
        index: &str,
    ) -> Result<StepKind, PathError> {
        let Ok(number) = index.parse::<u32>() else {
            return Err(self.error(*at, part, PathErrorKind::BadIndex));
        };
        if number == 0 {
            return Ok(StepKind::Instance(0));
        }
        let siblings = at.component.parent().into_iter();
        let mut same = siblings.flat_map(|p| p.children_named(at.component.name()));
        match same.nth(number as usize) {
            Some(found) => {
                *at = At::new(found);
                Ok(StepKind::Instance(number))
            }
            None => Err(self.error(*at, part, PathErrorKind::NotAList)),
        }
    }

    fn segment(&self, at: &mut At<'m>, part: Part<'_>) -> Result<StepKind, PathError> {
        let cell = at.component;
        let known = self.segments.borrow().get(&cell.handle()).map(Rc::clone);
        let ids = known.unwrap_or_else(|| {
            let own = cell.child("morphology");
            let elsewhere = || cell.attr("morphology").and_then(|id| self.model.find(id));
            let morphology = own.or_else(elsewhere);
            let segments = morphology.into_iter().flat_map(|m| m.children_named("segment"));
            let ids = Rc::new(segments.filter_map(Component::id).collect::<FxHashSet<_>>());
            self.segments.borrow_mut().insert(cell.handle(), Rc::clone(&ids));
            ids
        });
        match part.name.parse::<u32>() {
            Ok(id) if ids.contains(part.name) => {
                at.segment = Some(id);
                Ok(StepKind::Segment(id))
            }
            _ => Err(self.error(*at, part, PathErrorKind::UnknownMember { what: "segment" })),
        }
    }

    /// `syn` or `synapses:syn:1` on a cell.
    fn attachment(&self, at: &mut At<'m>, part: Part<'_>) -> Option<Result<StepKind, PathError>> {
        let pieces: Vec<&str> = part.name.split(':').collect();
        let (list, id, number) = match *pieces.as_slice() {
            [id] => (None, id, Some(0)),
            [list, id] => (Some(list), id, Some(0)),
            [list, id, number] => (Some(list), id, number.parse::<u32>().ok()),
            _ => return None,
        };
        let types = self.model.types();
        let lists = &types.get(at.component.ty()?).attachments;
        let fits = |component: Component<'m>| {
            lists.iter().any(|l| list.is_none_or(|n| l.name == *n) && component.is_a(&l.ty))
        };
        // The component itself, or a shorthand for the only one of a list that has a name.
        let component = self.model.find(id).filter(|&c| fits(c))?;
        let Some(number) = number else {
            return Some(Err(self.error(*at, part, PathErrorKind::BadIndex)));
        };
        let attached = at.cell.and_then(|(population, cell)| {
            Some((self.attached(population.parent()?), population.id()?, cell))
        });
        if let Some((attached, population, cell)) = attached
            && !attached.open
        {
            let count = attached.count(population, cell, id);
            if number >= count {
                let kind = PathErrorKind::NotAttached { count };
                return Some(Err(self.error(*at, part, kind)));
            }
        }
        *at = At::new(component);
        Some(Ok(StepKind::Attachment(number)))
    }

    fn attached(&self, network: Component<'m>) -> Rc<Attachments<'m>> {
        let known = self.attached.borrow().get(&network.handle()).map(Rc::clone);
        known.unwrap_or_else(|| {
            let found = Rc::new(Attachments::of(network));
            self.attached.borrow_mut().insert(network.handle(), Rc::clone(&found));
            found
        })
    }

    /// The error with what is possible at that place.
    fn error(&self, at: At<'m>, part: Part<'_>, kind: PathErrorKind) -> PathError {
        let here = at.component;
        let mut candidates: Vec<String> = Vec::new();
        let mut add = |name: &str| {
            if !name.is_empty() && !candidates.iter().any(|c| c == name) && candidates.len() < 200 {
                candidates.push(name.to_owned());
            }
        };
        if at.between {
            add(here.attr("component").unwrap_or("component"));
        } else {
            if let Some(ty) = at.bare.or(here.ty()) {
                let scope = Scope::of(self.model, ty);
                let types = self.model.types();
                for e in types.exposures(ty) {
                    add(&e.name);
                }
                scope.iter().filter(|n| n.kind.is_variable()).for_each(|n| add(n.name));
                for reference in types.references(ty) {
                    here.attr(&reference.name).into_iter().for_each(&mut add);
                }
            }
            for child in here.children().filter(|c| c.ty().is_some()) {
                add(child.id().unwrap_or_else(|| child.name()));
            }
            if let Some((population, cell)) = at.cell
                && let (Some(network), Some(id)) = (population.parent(), population.id())
            {
                self.attached(network).on(id, cell).iter().for_each(|name| add(name));
            }
        }
        let (range, step) = (part.range, part.text.to_owned());
        PathError { range, step, place: here.shown(), kind, candidates }
    }
}
