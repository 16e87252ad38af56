//! One LEMS element under the eyes of the reader: which attributes it has, lacks and should not have.

use nml_base::{Diagnostic, Diagnostics, nearest};
use nml_xml::{Attr, Element};

use crate::{Reduce, Select, Source, Str, Text, rules};

/// The attributes an element may have.
#[derive(Clone, Copy)]
pub(super) struct Spec {
    /// Those that must be there.
    pub(super) required: &'static [&'static str],
    /// Those that may be there.
    pub(super) optional: &'static [&'static str],
    /// Those the reference interpreter knows and this one does not carry out.
    pub(super) unsupported: &'static [&'static str],
}

impl Spec {
    pub(super) const fn new(
        required: &'static [&'static str],
        optional: &'static [&'static str],
    ) -> Self {
        Self { required, optional, unsupported: &[] }
    }

    pub(super) const fn unsupported(mut self, names: &'static [&'static str]) -> Self {
        self.unsupported = names;
        self
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.required.iter().chain(self.optional).copied()
    }
}

/// An element whose attributes have been looked at.
pub(super) struct Item<'t> {
    pub(super) element: Element<'t>,
    /// Misspelt attributes, under the name that was meant.
    repaired: Vec<(&'static str, Attr<'t>)>,
}

impl<'t> Item<'t> {
    /// Looks at the attributes of an element: unknown ones and missing ones are reported, once each.  A
    /// misspelt one is read as what was meant, so that one slip gives one finding.
    pub(super) fn open(element: Element<'t>, spec: &Spec, sink: &mut Diagnostics) -> Self {
        let mut repaired: Vec<(&'static str, Attr<'t>)> = Vec::new();
        for attr in element.attributes().filter(|a| a.namespace().is_empty()) {
            let name = attr.name();
            if name == "description" || spec.names().any(|n| n == name) {
                continue;
            }
            if spec.unsupported.contains(&name) {
                sink.push(rules::unsupported_attribute(element, attr));
                continue;
            }
            let free = spec.names().filter(|n| {
                element.attribute(n).is_none() && !repaired.iter().any(|(taken, _)| taken == n)
            });
            let meant = nearest(name, free).and_then(|m| spec.names().find(|n| *n == m));
            sink.push(rules::unknown_attribute(element, attr, meant, spec.names()));
            repaired.extend(meant.map(|m| (m, attr)));
        }
        let item = Self { element, repaired };
        for name in spec.required {
            if item.attr(name).is_none_or(|a| a.value().trim().is_empty()) {
                sink.push(rules::missing_attribute(element, name));
            }
        }
        item
    }

    /// As [`Item::open`], for an element that holds no LEMS element.
    pub(super) fn leaf(element: Element<'t>, spec: &Spec, sink: &mut Diagnostics) -> Self {
        let item = Self::open(element, spec, sink);
        item.children(&[], sink);
        item
    }

    /// The elements directly inside that LEMS knows here, or has known; the others are reported, annotations
    /// are passed over.
    pub(super) fn children(&self, known: &[&str], sink: &mut Diagnostics) -> Vec<Element<'t>> {
        if !self.element.text().trim().is_empty() {
            sink.push(rules::stray_text(self.element));
        }
        let mut out = Vec::new();
        for child in self.element.children() {
            let name = child.name();
            if known.contains(&name) {
                out.push(child);
            } else if matches!(name, "notes" | "annotation" | "property" | "About" | "Meta") {
                // Words about the model: no part of its meaning.
            } else if UNSUPPORTED.contains(&name) {
                sink.push(rules::unsupported_element(child));
            } else if let Some((_, now)) = RENAMED.iter().find(|(old, _)| *old == name) {
                sink.push(rules::renamed_element(child, now));
                if known.contains(now) {
                    out.push(child);
                }
            } else {
                sink.push(rules::unknown_element(child, self.element, known));
            }
        }
        out
    }

    fn attr(&self, name: &str) -> Option<Attr<'t>> {
        let written = self.element.attribute(name);
        written.or_else(|| self.repaired.iter().find(|(n, _)| *n == name).map(|(_, a)| *a))
    }

    /// A required attribute; a hole where it is missing.
    pub(super) fn text(&self, name: &str) -> Text {
        self.option(name).unwrap_or_default()
    }

    /// An optional attribute.
    pub(super) fn option(&self, name: &str) -> Option<Text> {
        let attr = self.attr(name)?;
        let empty = attr.value().trim().is_empty();
        Some(Text::at(if empty { "" } else { attr.value() }, attr.value_span()))
    }

    /// A required dimension; any dimension where it is missing, so that one gap gives one finding.
    pub(super) fn dimension(&self) -> Text {
        let text = self.text("dimension");
        if text.is_empty() { Text::new("*") } else { text }
    }

    /// The description.
    pub(super) fn description(&self) -> Str {
        self.element.attr("description").map_or(Str::Borrowed(""), |d| Str::Owned(d.to_owned()))
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, name: &str, default: bool, sink: &mut Diagnostics) -> bool {
        let Some(attr) = self.attr(name) else { return default };
        match attr.value().trim() {
            "true" | "1" => true,
            "false" | "0" => false,
            _ => {
                sink.push(rules::invalid_value(self.element, attr, "`true` or `false`"));
                default
            }
        }
    }

    /// A number, `default` where there is none.
    pub(super) fn number<T: std::str::FromStr>(
        &self,
        name: &str,
        default: T,
        what: &str,
        sink: &mut Diagnostics,
    ) -> T {
        let Some(attr) = self.attr(name) else { return default };
        attr.value().trim().parse().unwrap_or_else(|_| {
            sink.push(rules::invalid_value(self.element, attr, what));
            default
        })
    }

    /// An attribute that must be one of a few words.
    pub(super) fn word<T>(
        &self,
        name: &str,
        parse: impl Fn(&str) -> Option<T>,
        what: &str,
        sink: &mut Diagnostics,
    ) -> Option<T> {
        let attr = self.attr(name).filter(|a| !a.value().trim().is_empty())?;
        let value = parse(attr.value().trim());
        if value.is_none() {
            sink.push(rules::invalid_value(self.element, attr, what));
        }
        value
    }

    /// Reports where none of these attributes is written.
    pub(super) fn one_of(&self, names: &[&str], sink: &mut Diagnostics) {
        if names.iter().all(|n| self.attr(n).is_none_or(|a| a.value().trim().is_empty())) {
            sink.push(rules::none_of(self.element, names));
        }
    }

    /// `value`, or `select` with `reduce` and `required`.
    pub(super) fn source(&self, sink: &mut Diagnostics) -> Source {
        let value = self.option("value").filter(|t| !t.is_empty());
        let select = self.option("select").filter(|t| !t.is_empty());
        match (value, select) {
            (Some(value), None) => Source::Value(value),
            (None, Some(path)) => Source::Select(Select {
                path,
                reduce: self.word("reduce", Reduce::from_text, "`add` or `multiply`", sink),
                required: self.flag("required", true, sink),
            }),
            (Some(value), Some(select)) => {
                sink.push(rules::value_and_select(self.element, &value, &select));
                Source::Value(value)
            }
            (None, None) => {
                sink.push(rules::none_of(self.element, &["value", "select"]));
                Source::default()
            }
        }
    }
}

/// What older versions of LEMS called something else.
const RENAMED: &[(&str, &str)] = &[
    ("Behavior", "Dynamics"),
    ("Behaviour", "Dynamics"),
    ("Build", "Structure"),
    ("DefaultRun", "Target"),
];

/// What the reference interpreter knows, or knew, and no model of the field runs with.
const UNSUPPORTED: &[&str] = &[
    "Geometry",
    "Location",
    "Procedure",
    "Equilibrium",
    "StateScalarField",
    "DerivedScalarField",
    "DerivedPunctateField",
    "SimulatorShortcut",
    "RequiredVar",
    "Insertion",
    "When",
    "Otherwise",
];

/// Names that occur twice in a list are reported, the second one at its place.
pub(super) fn duplicates<'a, T: 'a>(
    what: &str,
    owner: &str,
    list: impl IntoIterator<Item = &'a T>,
    name: impl Fn(&'a T) -> &'a Text,
    sink: &mut Diagnostics,
) {
    let mut seen: Vec<(&str, &Text)> = Vec::new();
    let mut found: Vec<Diagnostic> = Vec::new();
    for text in list.into_iter().map(name).filter(|t| !t.is_empty()) {
        seen.push((text.as_str(), text));
    }
    // Stable: among equals the first one written comes first.
    seen.sort_by_key(|(name, _)| *name);
    let mut first = 0;
    for i in 1..seen.len() {
        if seen[i].0 == seen[first].0 {
            found.extend(rules::duplicate_name(what, owner, seen[first].1, seen[i].1));
        } else {
            first = i;
        }
    }
    found.sort_by_key(|d| d.primary.span);
    sink.extend(found);
}
