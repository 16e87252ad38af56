//! The part of `Structure` that works on lists of instances: `Gather`, `CoInstantiate`, `GatherPairs` and what
//! is done with pairs.

use nml_lems::{
    Build, CoInstantiate, Gather, GatherPairs, IncludePair, PairsEventConnection, Text,
};
use nml_model::Component;

use crate::build::{Flattener, Given, Place};
use crate::flat::{KindId, NodeId};
use crate::rules;
use crate::selection::{self, Predicate, Segment, Set, SetOp, Sum, Test};
use crate::wire::{Names, Wire};

impl<'m> Flattener<'m> {
    /// Builds what stands at places gathered elsewhere.
    pub(crate) fn co_instantiate(&mut self) {
        while !self.pending.is_empty() {
            let (kind, node, order) = self.pending.remove(0);
            self.co_build(kind, node, order);
        }
    }

    fn co_build(&mut self, kind: KindId, node: NodeId, order: &'m CoInstantiate) {
        let Some(component) = self.made_from(kind, node).written() else { return };
        if self.flat.kind(kind).home.is_some() {
            self.unsupported(component, "CoInstantiate");
            return;
        }
        let place = Place { kind, node, instance: 0 };
        let (name, span) = match self.attr_at(component, &order.at) {
            Some((name, span)) => (name, span),
            None => (order.at.as_str(), order.at.span.unwrap_or(component.id_span())),
        };
        let mut around = std::iter::successors(Some(place), |&at| self.flat.outer(at));
        let Some(there) = around.find_map(|at| self.flat.inner(at, name)) else {
            self.report(rules::unresolved(span, format!("there is no list of places `{name}`")));
            return;
        };
        let places = self.instances_of(there);
        let (path, ty) = (order.component.as_ref(), order.component_type.as_ref());
        let Some(child) = self.ordered(component, path, ty, component.id_span()) else { return };
        let made = self.members(kind, node, child);
        let given = self.assigned_values(component, &order.assigns);
        for at in places {
            let new = self.add_instance(made, 0);
            // What is known about the place is known about what stands there (jLEMS `coCopy`).
            for known in self.assigned[at.kind.index()].clone() {
                let value = known.values.get(at.instance as usize).copied().unwrap_or(f64::NAN);
                let given = Given { name: &known.name, value, span: known.span, free: true };
                self.assign(made, new, &given);
            }
            for given in &given {
                self.assign(made, new, given);
            }
        }
    }

    /// The instances that a place stands for: those it gathers, its members, or itself.
    fn instances_of(&mut self, place: Place) -> Vec<Place> {
        let waiting =
            |(kind, node, _): &(KindId, NodeId, _)| (*kind, *node) == (place.kind, place.node);
        if let Some(at) = self.pending.iter().position(waiting) {
            let (kind, node, order) = self.pending.remove(at);
            self.co_build(kind, node, order);
        }
        let component = self.made_from(place.kind, place.node).written();
        let structure =
            component.and_then(|c| Some((c, self.model.types().get(c.ty()?).structure.as_ref()?)));
        if let Some((component, structure)) = structure {
            let gathers = |item: &'m Build| match item {
                Build::Gather(order) => Some(order),
                _ => None,
            };
            if let Some(order) = structure.items.iter().find_map(gathers) {
                return self.gathered(place, component, order);
            }
        }
        let lists = self.flat.kind(place.kind).node(place.node).lists.len();
        let members: Vec<Place> =
            (0..lists).flat_map(|list| self.flat.members(place, list)).collect();
        if lists == 0 { vec![place] } else { members }
    }

    /// The list that an order makes.
    pub(crate) fn gathered(
        &mut self,
        place: Place,
        component: Component<'m>,
        order: &'m Gather,
    ) -> Vec<Place> {
        let key = (place, order.collection.to_string());
        if let Some(known) = self.collections.get(&key) {
            return known.clone();
        }
        // Found again while it is being gathered, it is a circle: it sees nothing.
        self.collections.insert(key.clone(), Vec::new());
        let Some((text, span)) = self.attr_at(component, &order.path_parameter) else {
            let what = format!("{} has no `{}`", component.shown(), order.path_parameter);
            self.report(rules::unresolved(component.id_span(), what));
            return Vec::new();
        };
        let found = match selection::set(text) {
            Ok(set) => self.select_instances(place, &set),
            Err(error) => Err(error),
        };
        let found = found.unwrap_or_else(|error| {
            let what = format!("`{text}` is no selection of instances: {error}");
            self.report(rules::unresolved(span, what));
            Vec::new()
        });
        self.collections.insert(key, found.clone());
        found
    }

    fn select_instances(&mut self, base: Place, set: &Set) -> Result<Vec<Place>, String> {
        let segments = match set {
            Set::Path(segments) => segments,
            Set::Both(op, a, b) => {
                let mut a = self.select_instances(base, a)?;
                let b = self.select_instances(base, b)?;
                match op {
                    SetOp::Or => {
                        let fresh: Vec<Place> =
                            b.into_iter().filter(|place| !a.contains(place)).collect();
                        a.extend(fresh);
                    }
                    SetOp::And => a.retain(|place| b.contains(place)),
                    SetOp::Minus => a.retain(|place| !b.contains(place)),
                }
                return Ok(a);
            }
        };
        let Some((first, rest)) = segments.split_first() else { return Ok(Vec::new()) };
        let name = first.name.as_str();
        let mut around = std::iter::successors(Some(base), |&at| self.flat.outer(at));
        let start = around
            .find_map(|at| self.flat.inner(at, name).filter(|found| *found != base))
            .ok_or_else(|| format!("there is no `{name}`"))?;
        let mut found = self.instances_of(start);
        self.keep(&mut found, first)?;
        for segment in rest {
            let next: Vec<Place> =
                found.iter().filter_map(|&at| self.flat.inner(at, &segment.name)).collect();
            found = next.into_iter().flat_map(|at| self.instances_of(at)).collect();
            self.keep(&mut found, segment)?;
        }
        Ok(found)
    }

    fn keep(&mut self, found: &mut Vec<Place>, segment: &Segment) -> Result<(), String> {
        for predicate in &segment.predicates {
            match predicate {
                Predicate::At(at) => {
                    let one = found.get(*at).copied();
                    let one =
                        one.ok_or_else(|| format!("`{}` has no member {at}", segment.name))?;
                    *found = vec![one];
                }
                Predicate::Where(test) => {
                    let mut kept = Vec::new();
                    for &place in &*found {
                        let holds = test.holds(&mut |of, name| match of {
                            None => self.value_of(place, name),
                            Some(_) => None,
                        });
                        let unknown = || format!("`{}` has no such variable", segment.name);
                        if holds.ok_or_else(unknown)? {
                            kept.push(place);
                        }
                    }
                    *found = kept;
                }
            }
        }
        Ok(())
    }

    /// A number known about an instance while the model is built.
    fn value_of(&mut self, place: Place, name: &str) -> Option<f64> {
        let given = self.assigned[place.kind.index()].iter().find(|given| given.name == name);
        let given = given.and_then(|given| given.values.get(place.instance as usize)).copied();
        if let Some(value) = given.filter(|value| !value.is_nan()) {
            return Some(value);
        }
        if name == "index" {
            return Some(f64::from(place.instance));
        }
        let plan = self.made_from(place.kind, place.node);
        self.values(plan).get(name).copied()
    }

    /// The pairs that an order makes.
    pub(crate) fn gather_pairs(
        &mut self,
        place: Place,
        component: Component<'m>,
        order: &'m GatherPairs,
    ) -> Vec<(Place, Place)> {
        let mut side = |text: &'m Text| -> Vec<Place> {
            let written = self.text_at(component, text);
            let (name, span) = written.unwrap_or((text, text.span));
            let found = match selection::set(name) {
                Ok(set) => self.select_instances(place, &set),
                Err(error) => Err(error),
            };
            found.unwrap_or_else(|error| {
                let what = format!("`{name}` is no selection of instances: {error}");
                self.report(rules::unresolved(span.unwrap_or(component.id_span()), what));
                Vec::new()
            })
        };
        let (p, q) = (side(&order.p_from), side(&order.q_from));
        let mut pairs: Vec<(Place, Place)> =
            p.iter().flat_map(|&p| q.iter().map(move |&q| (p, q))).collect();
        for item in order.body.iter() {
            let Build::PairFilter(filter) = item else {
                self.unsupported(component, "an order within a GatherPairs");
                continue;
            };
            let span = filter.select.span.unwrap_or(component.id_span());
            let test = match selection::set(&filter.select) {
                Ok(Set::Path(mut segments)) if segments.len() == 1 => {
                    match segments.pop().map(|mut segment| segment.predicates.pop()) {
                        Some(Some(Predicate::Where(test))) => Ok(test),
                        _ => Err("write `x[…]` with a condition".to_owned()),
                    }
                }
                Ok(_) => Err("write `x[…]` with a condition".to_owned()),
                Err(error) => Err(error),
            };
            let test = match test {
                Ok(test) => self.with_texts(component, test),
                Err(error) => {
                    let what = format!("`{}` filters no pairs: {error}", filter.select);
                    self.report(rules::unresolved(span, what));
                    continue;
                }
            };
            let mut kept = Vec::new();
            let mut unknown = false;
            for &(p, q) in &pairs {
                let holds = test.holds(&mut |of, name| match of {
                    Some("p") => self.value_of(p, name),
                    Some("q") => self.value_of(q, name),
                    Some(_) => None,
                    None => self.values(component.into()).get(name).copied(),
                });
                match holds {
                    Some(true) => kept.push((p, q)),
                    Some(false) => {}
                    None => unknown = true,
                }
            }
            if unknown {
                let what = format!("`{}` uses a variable that is not known", filter.select);
                self.report(rules::unresolved(span, what));
            }
            pairs = kept;
        }
        pairs
    }

    /// Puts the values of text attributes in place of their names (jLEMS `replaceSymbols`).
    fn with_texts(&self, component: Component<'m>, test: Test) -> Test {
        let text = |name: String| self.attr(component, &name).map_or(name, str::to_owned);
        within(test, &text)
    }

    /// Adds the two instances named last to a list of pairs.
    pub(crate) fn include_pair(
        &mut self,
        place: Place,
        component: Component<'m>,
        order: &'m IncludePair,
        names: &Names,
    ) {
        let [.., (_, p), (_, q)] = &names[..] else {
            let what = "an IncludePair stands within fewer than two ForEach";
            self.report(rules::unresolved(component.id_span(), what));
            return;
        };
        let key = (place, order.collection.to_string());
        self.pairs.entry(key).or_default().push((*p, *q));
    }

    /// Whether a test of a structure holds.
    pub(crate) fn holds(&mut self, component: Component<'m>, text: &Text, names: &Names) -> bool {
        let span = text.span.unwrap_or(component.id_span());
        if text.contains("random") {
            let what = "`random` in a structure is not simulated";
            let help = "write the connections out, or draw them with another tool";
            self.report(rules::not_simulated(span, what).help(help));
            return false;
        }
        let test = match selection::test(text) {
            Ok(test) => self.with_texts(component, test),
            Err(error) => {
                let what = format!("`{text}` is no condition of a structure: {error}");
                self.report(rules::unresolved(span, what));
                return false;
            }
        };
        let holds = test.holds(&mut |of, name| match of {
            Some(of) => {
                let place = names.iter().rev().find(|(known, _)| known == of)?.1;
                self.value_of(place, name)
            }
            None => self.values(component.into()).get(name).copied(),
        });
        if holds.is_none() {
            let what = format!("`{text}` uses a variable that is not known");
            self.report(rules::unresolved(span, what));
        }
        holds.unwrap_or(false)
    }

    /// Connects the pairs of a list; says whether instances were attached.
    pub(crate) fn connect_pairs(
        &mut self,
        place: Place,
        component: Component<'m>,
        order: &'m PairsEventConnection,
        wires: &mut Vec<Wire>,
    ) -> bool {
        let key = (place, order.pairs.to_string());
        let Some(pairs) = self.pairs.get(&key).cloned() else {
            let span = order.pairs.span.unwrap_or(component.id_span());
            let what = format!("there is no list of pairs `{}`", order.pairs);
            self.report(rules::unresolved(span, what));
            return false;
        };
        let source_port = self.text(component, order.source_port.as_ref());
        let target_port = self.text(component, order.target_port.as_ref());
        let container = self.text(component, order.receiver_container.as_ref());
        let receiver = match &order.receiver {
            None => None,
            Some(path) => match self.required(component, path) {
                None => return false,
                found => found,
            },
        };
        for (from, to) in pairs {
            let target = match receiver {
                None => Some(to),
                Some(receiver) => {
                    self.attach(to, container.as_deref(), receiver.into(), None, component)
                }
            };
            let Some(target) = target else { return false };
            let source_at = self.port(from, source_port.as_deref(), false, component);
            let target_at = self.port(target, target_port.as_deref(), true, component);
            if let (Some(source), Some(port)) = (source_at, target_at) {
                wires.push(Wire {
                    from: (from, source),
                    to: (target, port),
                    delay: 0.0,
                    weight: self.touch(target),
                });
            }
        }
        receiver.is_some()
    }
}

/// Replaces names of variables in a number.
fn sum(x: Sum, text: &impl Fn(String) -> String) -> Sum {
    match x {
        Sum::Variable(Some(of), name) => Sum::Variable(Some(of), text(name)),
        Sum::Abs(x) => Sum::Abs(Box::new(sum(*x, text))),
        Sum::Operator(op, a, b) => {
            Sum::Operator(op, Box::new(sum(*a, text)), Box::new(sum(*b, text)))
        }
        other => other,
    }
}

/// Replaces names of variables in a condition.
fn within(test: Test, text: &impl Fn(String) -> String) -> Test {
    match test {
        Test::Compare(how, a, b) => Test::Compare(how, sum(a, text), sum(b, text)),
        Test::Both(and, a, b) => {
            Test::Both(and, Box::new(within(*a, text)), Box::new(within(*b, text)))
        }
    }
}
