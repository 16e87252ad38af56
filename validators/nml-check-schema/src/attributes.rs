//! Attributes: unknown, missing, and with values that do not fit.

use nml_base::{Applicability, Diagnostic, Span, nearest};
use nml_schemas::structure::{
    ComplexType, ElementType, complex_type, complex_types, elements_named, name_id,
};
use nml_xml::{Attribute, StartTag};

use crate::checker::{FrameType, narrow};
use crate::{StructureChecker, fixes, rules, shown, values};

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Checks the attributes of an element; its type, which `xsi:type` may make more special.
pub(crate) fn check(
    checker: &mut StructureChecker,
    ty: FrameType,
    tag: &StartTag<'_>,
) -> FrameType {
    let ty = if tag.attributes.iter().all(|a| a.namespace.is_empty()) {
        ty
    } else {
        schema_instance(checker, ty, tag)
    };
    let FrameType::Complex(complex) = ty else {
        for attribute in tag.attributes.iter().filter(|a| a.namespace.is_empty()) {
            let finding = unknown(checker, None, tag, attribute);
            checker.push(finding);
        }
        return ty;
    };
    let mut seen = 0u64;
    let mut odd = false;
    // Attributes are mostly written in the order of the standard: look on from the last one found.
    let mut next = 0;
    for attribute in tag.attributes {
        if !attribute.namespace.is_empty() {
            continue;
        }
        let Some(index) = complex.attribute_from(next, attribute.name) else {
            odd = true;
            continue;
        };
        next = index + 1;
        seen |= 1 << index;
        let rule = &complex.attributes[index];
        let value = &*attribute.value;
        if !rule.simple_type().is_none_or(|t| t.accepts(value))
            || rule.fixed.is_some_and(|fixed| fixed != value)
        {
            let finding = values::explain(checker, tag, attribute, rule);
            push(checker, complex, finding);
        }
    }
    let missing = complex.required & !seen;
    if odd || missing != 0 {
        names(checker, complex, tag, missing);
    }
    ty
}

fn push(checker: &mut StructureChecker, ty: &ComplexType, finding: Diagnostic) {
    checker.found.push(Some(ty.id), finding);
}

/// Attributes that are not known and those that are not there; a misspelt one is told once.
fn names(
    checker: &mut StructureChecker,
    ty: &'static ComplexType,
    tag: &StartTag<'_>,
    mut missing: u64,
) {
    let known = |a: &Attribute<'_>| name_id(a.name).and_then(|n| ty.attribute(n)).is_some();
    for attribute in tag.attributes.iter().filter(|a| a.namespace.is_empty() && !known(a)) {
        let free = ty.attributes.iter().enumerate();
        let free = free.filter(|(_, a)| tag.attribute(a.name).is_none());
        let near = nearest(attribute.name, free.clone().map(|(_, a)| a.name));
        let near = near.and_then(|n| free.clone().find(|(_, a)| a.name == n));
        let mut finding = unknown(checker, Some(ty), tag, attribute);
        if let Some((index, near)) = near {
            missing &= !(1 << index);
            let span = checker.range_span(&attribute.name_range);
            let certain = near.name.eq_ignore_ascii_case(attribute.name)
                && near.simple_type().is_none_or(|t| t.accepts(&attribute.value));
            let how = if certain { Applicability::Safe } else { Applicability::Guess };
            let title = format!("rename `{}` to `{}`", attribute.name, near.name);
            finding = finding
                .help(format!("did you mean `{}`?", near.name))
                .fix(fixes::replace(title, span, near.name, how));
        }
        push(checker, ty, finding);
    }
    if missing == 0 {
        return;
    }
    let rules = ty.attributes.iter().enumerate().filter(|(i, _)| missing >> i & 1 == 1);
    let rules: Vec<_> = rules.map(|(_, a)| a).collect();
    let names: Vec<&str> = rules.iter().map(|a| a.name).collect();
    let word = if names.len() == 1 { "attribute" } else { "attributes" };
    let element = shown::element(&checker.file, narrow(tag.start));
    let message = format!("{element} lacks the {word} {}", shown::list(&names, 12, shown::code));
    let stubs = rules.iter().take(4).map(|a| {
        let about = a.simple_type().map_or("", |t| t.about);
        format!("`{}=\"{}\"` ({about})", a.name, values::example(a))
    });
    let stubs: Vec<String> = stubs.collect();
    let span = checker.range_span(&(tag.name_start..tag.name_end));
    let finding = Diagnostic::new(&rules::MISSING_ATTRIBUTE, span, message)
        .help(format!("add {}", stubs.join(", ")));
    push(checker, ty, finding);
}

/// An attribute that the element does not have; `ty` is `None` for elements that hold text only.
fn unknown(
    checker: &StructureChecker,
    ty: Option<&'static ComplexType>,
    tag: &StartTag<'_>,
    attribute: &Attribute<'_>,
) -> Diagnostic {
    let name = attribute.name;
    let element = shown::element(&checker.file, narrow(tag.start));
    let span = checker.range_span(&attribute.name_range);
    let message = if attribute.namespace.is_empty() {
        format!("{element} has no attribute `{name}`")
    } else {
        let namespace = shown::cut(attribute.namespace);
        let written = checker.file.slice(span);
        format!("{element} may not carry `{written}`, an attribute of `{namespace}`")
    };
    let finding = Diagnostic::new(&rules::UNKNOWN_ATTRIBUTE, span, message);
    if !attribute.namespace.is_empty() {
        return finding.help("remove it, or keep such data inside `<annotation>`");
    }
    let Some(ty) = ty else { return finding.help("remove it: this element holds text only") };
    finding.help(elsewhere(checker, ty, name))
}

/// Where else an attribute of that name could have been meant.
fn elsewhere(checker: &StructureChecker, ty: &'static ComplexType, name: &str) -> String {
    let id = name_id(name);
    let has = |other: &ComplexType| id.is_some_and(|id| other.attribute(id).is_some());
    let children = ty.model().map_or(&[][..], |m| m.children);
    let inside: Vec<&str> = children
        .iter()
        .filter(|c| match c.ty {
            ElementType::Complex(id) => has(complex_type(id)),
            ElementType::Simple(_) => false,
        })
        .map(|c| c.name)
        .collect();
    if children.iter().any(|c| c.name == name) {
        return format!("`{name}` is an element here: write `<{name}>` inside");
    }
    if !inside.is_empty() && inside.len() <= 6 {
        return format!("`{name}` belongs on {} inside", shown::either(&inside, shown::tag));
    }
    if let Some(frame) = checker.frames.last()
        && let FrameType::Complex(parent) = frame.ty
        && has(parent)
        && !matches!(name, "id" | "metaid")
    {
        let parent = shown::element(&checker.file, frame.start);
        return format!("`{name}` belongs on {parent} around it");
    }
    // A more special type of the same family, such as a connection with weight and delay.
    let family = ty.base.filter(|b| complex_type(*b).attributes.len() > 2);
    let mut relatives = complex_types()
        .iter()
        .filter(|t| t.ancestors().any(|a| a.id == ty.id) || (family.is_some() && t.base == family));
    let special = relatives.find(|t| has(t));
    if let Some(special) = special
        && let Some(element) = elements_named(special.id).first()
    {
        return format!("remove it, or use `<{element}>`, which has `{name}`");
    }
    let names: Vec<&str> = ty.attributes.iter().map(|a| a.name).collect();
    if names.is_empty() {
        return "remove it: this element has no attributes".to_owned();
    }
    format!("remove it; allowed: {}", shown::list(&names, 12, shown::code))
}

/// Attributes of XML Schema itself: `xsi:type` may choose a type that extends the declared one, the
/// places of schemas are not looked at, `xsi:nil` never fits since no element is nillable.
fn schema_instance(
    checker: &mut StructureChecker,
    mut ty: FrameType,
    tag: &StartTag<'_>,
) -> FrameType {
    for attribute in tag.attributes.iter().filter(|a| !a.namespace.is_empty()) {
        let span = checker.range_span(&attribute.value_range);
        let finding = match (attribute.namespace, attribute.name) {
            (XSI, "schemaLocation" | "noNamespaceSchemaLocation") => continue,
            (XSI, "type") => match chosen(ty, &attribute.value) {
                Ok(chosen) => {
                    ty = chosen;
                    continue;
                }
                Err(message) => wrong_override(span, message, "remove `xsi:type`"),
            },
            (XSI, "nil") => {
                let message = format!("`<{}>` cannot be nil", tag.name);
                wrong_override(span, message, "remove `xsi:nil`")
            }
            _ => {
                let complex = match ty {
                    FrameType::Complex(ty) => Some(ty),
                    FrameType::Simple(_) => None,
                };
                unknown(checker, complex, tag, attribute)
            }
        };
        let id = match ty {
            FrameType::Complex(ty) => Some(ty.id),
            FrameType::Simple(_) => None,
        };
        checker.found.push(id, finding);
    }
    ty
}

fn wrong_override(span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(&rules::WRONG_TYPE_OVERRIDE, span, message).help(help)
}

/// The type that `xsi:type` chooses.  The prefix is taken to be that of NeuroML.
fn chosen(declared: FrameType, value: &str) -> Result<FrameType, String> {
    let name = value.trim_ascii();
    let name = name.rsplit_once(':').map_or(name, |(_, name)| name);
    let (base, found) = match declared {
        FrameType::Complex(base) => (base.name, complex_types().iter().find(|t| t.name == name)),
        FrameType::Simple(base) if base.name == name => return Ok(declared),
        FrameType::Simple(base) => (base.name, None),
    };
    let found = found.ok_or_else(|| format!("there is no type `{}` here", shown::cut(name)))?;
    if found.name == base || found.ancestors().any(|t| t.name == base) {
        return Ok(FrameType::Complex(found));
    }
    Err(format!("the type `{name}` does not extend `{base}`, which this element has"))
}
