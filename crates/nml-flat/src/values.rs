//! The fixed numbers of a component: parameters, constants, derived parameters.

use std::rc::Rc;

use indexmap::IndexMap;
use nml_base::Span;
use nml_expr::Expr;
use nml_lems::{ComponentType, Source, Text};
use nml_model::Component;
use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::blueprint::Blueprint;
use crate::build::Flattener;
use crate::rules;

/// Values in SI by name, inherited ones first.
pub(crate) type Values = IndexMap<String, f64, FxBuildHasher>;

/// The items of a type and its ancestors, inherited ones first, one per name.
pub(crate) fn merged<'a, T: 'a>(
    line: impl Iterator<Item = &'a ComponentType>,
    list: impl Fn(&'a ComponentType) -> &'a [T],
    name: impl Fn(&'a T) -> &'a Text,
) -> Vec<&'a T> {
    let mut seen = FxHashSet::default();
    let mut found = Vec::new();
    for ty in line {
        let fresh: Vec<_> =
            list(ty).iter().filter(|item| seen.insert(name(item).as_str())).collect();
        found.splice(0..0, fresh);
    }
    found
}

impl<'m> Flattener<'m> {
    /// An attribute of a component, or of the one it extends.
    pub(crate) fn attr(&self, component: Component<'m>, name: &str) -> Option<&'m str> {
        self.attr_at(component, name).map(|(text, _)| text)
    }

    /// An attribute with its place.
    pub(crate) fn attr_at(&self, component: Component<'m>, name: &str) -> Option<(&'m str, Span)> {
        let mut at = component;
        // A circle of `extends` ends here too.
        for _ in 0..64 {
            if let Some(attribute) = at.attribute(name) {
                return Some((attribute.value(), attribute.value_span()));
            }
            at = self.model.find(at.attr("extends")?)?;
        }
        None
    }

    /// The fixed numbers of a component.
    pub(crate) fn values(&mut self, plan: Blueprint<'m>) -> Rc<Values> {
        if let Some(known) = self.values.get(&plan.key()) {
            return Rc::clone(known);
        }
        // Found again while it is being computed, it is a circle of derived parameters: they see nothing.
        self.values.insert(plan.key(), Rc::default());
        let values = Rc::new(self.compute_values(plan));
        self.values.insert(plan.key(), Rc::clone(&values));
        values
    }

    fn compute_values(&mut self, plan: Blueprint<'m>) -> Values {
        let mut values = Values::default();
        let Some(ty) = plan.ty() else { return values };
        let (component, written) = (plan.component, plan.written());
        let types = self.model.types();
        let instances = written.and_then(Component::instances);
        let fixed = merged(types.line(ty), |t| &t.fixed, |f| &f.parameter);
        for parameter in types.parameters(ty) {
            let name = parameter.name.as_str();
            let fixed = fixed.iter().find(|f| f.parameter == *name).map(|f| &f.value);
            let own = written.and_then(|component| self.attr_at(component, name));
            let value = match (own, fixed) {
                (Some((text, span)), _) => self.quantity(text, span),
                (None, Some(text)) => {
                    self.quantity(text.as_str(), text.span.unwrap_or(component.id_span()))
                }
                (None, None) if name == "size" && instances.is_some() => {
                    instances.map(|table| table.len() as f64)
                }
                (None, None) if self.is_supplied(component.handle(), name) => None,
                (None, None) => {
                    let what = format!("{} has no `{name}`", plan.shown());
                    self.report(rules::unusable(component.id_span(), what));
                    None
                }
            };
            values.insert(name.to_owned(), value.unwrap_or(f64::NAN));
        }
        let whole = merged(types.line(ty), |t| &t.index_parameters, |p| &p.name)
            .into_iter()
            .chain(merged(types.line(ty), |t| &t.integer_parameters, |p| &p.name));
        for parameter in whole {
            let name = parameter.name.as_str();
            let own = written.and_then(|component| self.attr_at(component, name));
            let Some((text, span)) = own else { continue };
            let value = self.quantity(text, span).unwrap_or(f64::NAN);
            values.insert(name.to_owned(), value);
        }
        for constant in merged(types.line(ty), |t| &t.constants, |c| &c.name) {
            // A parameter of a younger type takes the place of a constant (`channelDensityVShift`).
            let declares = |t: &&ComponentType| {
                t.parameters.iter().any(|p| p.name == constant.name)
                    || t.constants.iter().any(|c| c.name == constant.name)
            };
            let youngest = types.line(ty).find(declares);
            if youngest.is_some_and(|t| t.constants.iter().all(|c| c.name != constant.name)) {
                continue;
            }
            let value = self.constant(&constant.value, component.id_span());
            values.insert(constant.name.to_string(), value);
        }
        for derived in merged(types.line(ty), |t| &t.derived_parameters, |d| &d.name) {
            let value = match &derived.source {
                Source::Value(text) => self.evaluate(text, &values, component.id_span()),
                Source::Select(select) => {
                    let path = select.path.as_str();
                    self.value_at(component, path).unwrap_or_else(|| {
                        let what = format!("there is no value `{path}` for {}", component.shown());
                        let span = select.path.span.unwrap_or(component.id_span());
                        self.report(rules::unresolved(span, what));
                        f64::NAN
                    })
                }
            };
            values.insert(derived.name.to_string(), value);
        }
        values
    }

    /// A number with unit, in SI.
    pub(crate) fn quantity(&mut self, text: &str, span: Span) -> Option<f64> {
        match self.model.units().quantity(text) {
            Ok(quantity) => Some(quantity.si),
            Err(error) => {
                let span = error.range.in_span(span);
                self.report(rules::unusable(span, format!("`{text}` is no quantity: {error}")));
                None
            }
        }
    }

    /// A constant: a number with unit, or an expression of plain numbers.
    pub(crate) fn constant(&mut self, text: &Text, near: Span) -> f64 {
        let is_expression = text.contains(['*', '/']);
        if is_expression && self.model.units().quantity(text).is_err() {
            return self.evaluate(text, &Values::default(), near);
        }
        self.quantity(text, text.span.unwrap_or(near)).unwrap_or(f64::NAN)
    }

    /// An expression over fixed numbers.
    pub(crate) fn evaluate(&mut self, text: &Text, values: &Values, near: Span) -> f64 {
        let span = text.span.unwrap_or(near);
        let expr = match Expr::parse(text) {
            Ok(expr) => expr,
            Err(error) => {
                let what = format!("`{text}` is no expression: {error}");
                self.report(rules::unusable(error.range.in_span(span), what));
                return f64::NAN;
            }
        };
        let globals = Rc::clone(&self.globals);
        let lookup = |name: &str| values.get(name).or_else(|| globals.get(name)).copied();
        match expr.eval(lookup, || f64::NAN) {
            Ok(value) => value.number(),
            Err(error) => {
                self.report(rules::unresolved(error.range.in_span(span), error.to_string()));
                f64::NAN
            }
        }
    }

    /// The fixed number at a path from a component: `../gate/instances`, `synapse/gbase`,
    /// `//Type[reference=way/to/component]/name`.
    fn value_at(&mut self, component: Component<'m>, path: &str) -> Option<f64> {
        let (way, name) = path.rsplit_once('/').unwrap_or(("", path));
        let at = self.component_at(component, way)?;
        self.values(at.into()).get(name).copied()
    }

    /// The component at the end of a way.  `//Type` stands for all components of a type; a predicate takes
    /// the last one whose reference leads to the same component as a way from where the path begins.
    fn component_at(&self, base: Component<'m>, way: &str) -> Option<Component<'m>> {
        let (everywhere, way) = match way.strip_prefix("//") {
            Some(rest) => (true, rest),
            None => (false, way),
        };
        let mut at = base;
        for (i, part) in parts(way).into_iter().enumerate() {
            let all = everywhere && i == 0;
            let (name, predicate) = match part.split_once('[') {
                Some((name, rest)) => (name, Some(rest.strip_suffix(']')?)),
                None => (part, None),
            };
            if let Some(predicate) = predicate {
                // One within another would be a recursion as deep as someone likes to write it.
                if predicate.contains('[') {
                    return None;
                }
                let (reference, wanted) = predicate.split_once('=')?;
                let (reference, wanted) = (reference.trim(), wanted.trim());
                let quoted = |q: char| wanted.strip_prefix(q).and_then(|w| w.strip_suffix(q));
                let text = quoted('\'').or_else(|| quoted('"'));
                let fits = |c: &Component<'m>| {
                    if let Some(text) = text {
                        return self.attr(*c, reference) == Some(text);
                    }
                    let found = self.component_at(*c, reference);
                    found.is_some() && found == self.component_at(base, wanted)
                };
                at = if all {
                    self.model.components().filter(|c| c.is_a(name)).filter(fits).last()?
                } else {
                    at.children()
                        .filter(|c| c.name() == name || c.is_a(name))
                        .filter(fits)
                        .last()?
                };
                continue;
            }
            at = match name {
                _ if all => self.model.components().find(|c| c.is_a(name))?,
                ".." => at.parent()?,
                name => match at.children().find(|c| c.name() == name || c.id() == Some(name)) {
                    Some(child) => child,
                    None => self.referenced(at, name)?,
                },
            };
        }
        Some(at)
    }

    /// The component that a reference or link of a component names.
    pub(crate) fn referenced(&self, at: Component<'m>, reference: &str) -> Option<Component<'m>> {
        let id = self.attr(at, reference)?;
        let local = at.ty().is_some_and(|ty| {
            let references = self.model.types().references(ty);
            references.iter().any(|r| r.name == *reference && r.local)
        });
        let sibling = || at.parent()?.children().find(|c| c.id() == Some(id));
        if local {
            return sibling().or_else(|| self.model.find(id));
        }
        self.model
            .find(id)
            .or_else(sibling)
            .or_else(|| self.model.components().find(|c| c.id() == Some(id)))
    }
}

/// The parts of a path; a slash within brackets divides nothing.
fn parts(path: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let split = path.split(|c: char| {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == '/' && depth == 0
    });
    split.filter(|part| !part.is_empty() && *part != ".").collect()
}
