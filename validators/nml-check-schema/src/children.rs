//! Elements and text where they may not be, and elements that are not there.

use std::ops::Range;

use nml_base::{Applicability, Diagnostic, nearest};
use nml_schemas::structure::{
    ComplexType, Content, ElementType, Model, NAMESPACE, NameId, complex_type, complex_types,
    elements_named, name_id, parents_of,
};
use nml_xml::StartTag;

use crate::checker::{FrameType, Trouble, narrow, on_name, shown_parent};
use crate::{StructureChecker, fixes, rules, shown};

/// An element in an element that holds text only.
pub(crate) fn inside_text(checker: &mut StructureChecker, tag: &StartTag<'_>) {
    let message =
        format!("`<{}>` stands in {}, which holds text only", tag.name, shown_parent(checker));
    let finding = on_name(checker, &rules::UNKNOWN_ELEMENT, tag, message)
        .help("write plain text, or put the element into `<annotation>`");
    checker.push(finding);
    checker.skip();
}

/// An element whose name the content model of its parent does not have, or in another namespace.
pub(crate) fn unknown(
    checker: &mut StructureChecker,
    ty: &'static ComplexType,
    tag: &StartTag<'_>,
) {
    let known = name_id(tag.name);
    let child = known.zip(ty.model()).and_then(|(name, model)| model.child(name));
    if tag.namespace != &*checker.namespace
        && let Some(child) = child
    {
        wrong_namespace(checker, tag);
        assume(checker, ty, child, tag);
        return;
    }
    if checker.declared.elements.contains(tag.name) {
        checker.skip();
        return;
    }
    let name = tag.name;
    let children = ty.model().map_or(&[][..], |m| m.children);
    let near = nearest(name, children.iter().map(|c| c.name));
    let at = near.and_then(|n| children.iter().position(|c| c.name == n));
    let slip = at.filter(|&child| known.is_none() && carries(children[child].ty, tag));
    if !checker.only_counted(&rules::UNKNOWN_ELEMENT) {
        let parent = shown_parent(checker);
        let message = if known.is_some_and(|n| parents_of(n).next().is_some()) {
            format!("`<{name}>` has no place in {parent}")
        } else {
            format!("`<{name}>` is not an element of NeuroML 2")
        };
        let mut finding = on_name(checker, &rules::UNKNOWN_ELEMENT, tag, message);
        if let Some(frame) = checker.frames.last() {
            finding = finding.also(checker.span(frame.name), "inside this element");
        }
        let mut help = unknown_help(checker, ty, known, near, name);
        if slip.is_none() && help.starts_with("did you mean") {
            let own = " If it is a component type of your own, check the document through the LEMS file that \
                       defines it";
            help.push_str(own);
        }
        checker.push(finding.help(help));
    }
    match slip {
        // A slip of the pen: go on as if it were right, so that nothing is missed or told twice.
        Some(child) => assume(checker, ty, child, tag),
        None => checker.skip(),
    }
}

fn unknown_help(
    checker: &StructureChecker,
    ty: &ComplexType,
    known: Option<NameId>,
    near: Option<&str>,
    name: &str,
) -> String {
    let homes = known.map_or_else(Vec::new, homes);
    if !homes.is_empty() {
        let outer = checker.frames.iter().rev().nth(1).map(|f| f.ty);
        let beside = match outer {
            Some(FrameType::Complex(outer)) => {
                outer.model().zip(known).and_then(|(m, n)| m.child(n))
            }
            _ => None,
        };
        if beside.is_some() {
            return format!("`<{name}>` belongs beside this element: close the element before it");
        }
        return format!("`<{name}>` belongs inside {}", shown::list(&homes, 4, shown::tag));
    }
    if nml_schemas::lems::COMPONENT_TYPES.iter().any(|t| t.name == name) {
        return format!(
            "`{name}` is a core component type without an element of its own: use it as \
             `type=\"{name}\"`, or check the document through the LEMS file that includes it"
        );
    }
    if let Some(near) = near {
        return format!("did you mean `<{near}>`?");
    }
    if ty.attributes.iter().any(|a| a.name == name) {
        return format!("`{name}` is an attribute here: write `{name}=\"…\"` in the start tag");
    }
    let everywhere = complex_types().iter().filter_map(ComplexType::model);
    let everywhere = everywhere.flat_map(|m| m.children).map(|c| c.name);
    let exact = |n: &&str| n.eq_ignore_ascii_case(name);
    if let Some(other) = everywhere.clone().find(exact) {
        return format!("names are case-sensitive; there is a `<{other}>`");
    }
    match &ty.content {
        Content::Empty => "this element holds no other elements".to_owned(),
        _ if checker.frames.len() == 1 => format!(
            "remove it; if `{name}` is a component type of your own, check the document through the \
             LEMS file that defines it"
        ),
        _ => {
            let names: Vec<&str> =
                ty.model().map_or(&[][..], |m| m.children).iter().map(|c| c.name).collect();
            format!("remove it; allowed here: {}", shown::list(&names, 8, shown::tag))
        }
    }
}

/// The elements that may hold an element of that name.
fn homes(name: NameId) -> Vec<&'static str> {
    let mut homes: Vec<&str> =
        parents_of(name).flat_map(|(parent, _)| elements_named(parent.id)).collect();
    homes.sort_unstable();
    homes.dedup();
    homes
}

fn wrong_namespace(checker: &mut StructureChecker, tag: &StartTag<'_>) {
    if checker.namespace_told {
        return;
    }
    checker.namespace_told = true;
    let place = if tag.namespace.is_empty() {
        "in no namespace".to_owned()
    } else {
        format!("in the namespace `{}`", shown::cut(tag.namespace))
    };
    let message = format!("`<{}>` is {place}, not in that of NeuroML 2", tag.name);
    let finding = on_name(checker, &rules::WRONG_NAMESPACE, tag, message)
        .help(format!("use the namespace `{NAMESPACE}`, as on the root element"));
    checker.push(finding);
}

/// Goes on as if a child stood here and were right.
fn assume(checker: &mut StructureChecker, ty: &ComplexType, child: usize, tag: &StartTag<'_>) {
    let Some(model) = ty.model() else { return checker.skip() };
    note(checker, model, child, tag, true);
    checker.open(model.children[child].ty, tag);
}

/// Whether an element of that type has all the attributes written here.  If not, the name is hardly a slip
/// of the pen: it is more likely that of a component type which takes after a standard one.
fn carries(ty: ElementType, tag: &StartTag<'_>) -> bool {
    let ElementType::Complex(ty) = ty else { return tag.attributes.is_empty() };
    let ty = complex_type(ty);
    let known = |name: &str| name_id(name).is_some_and(|name| ty.attribute(name).is_some());
    tag.attributes.iter().filter(|a| a.namespace.is_empty()).all(|a| known(a.name))
}

/// Marks a child as seen; moves the content model on if `forward` and it fits.
fn note(
    checker: &mut StructureChecker,
    model: &Model,
    child: usize,
    tag: &StartTag<'_>,
    forward: bool,
) {
    let Some(frame) = checker.frames.last_mut() else { return };
    if forward && model.allowed(frame.state, frame.seen) >> child & 1 == 1 {
        frame.state = child + 1;
    } else {
        trouble(&mut frame.trouble).late |= 1 << child;
    }
    if frame.seen >> child & 1 == 0 {
        frame.seen |= 1 << child;
        if let Some(place) = checker.places.get_mut(frame.places + child) {
            *place = (narrow(tag.start), narrow(tag.name_start), narrow(tag.name_end));
        }
    }
}

/// A child of the right name that may not come now.
pub(crate) fn misplaced(
    checker: &mut StructureChecker,
    model: &'static Model,
    child: usize,
    tag: &StartTag<'_>,
) {
    let Some(frame) = checker.frames.last() else { return };
    let (state, seen, places) = (frame.state, frame.seen, frame.places);
    let place = |i: usize| checker.places.get(places + i).copied().unwrap_or_default();
    let name = tag.name;
    let parent = shown_parent(checker);
    let after = model.reachable_after(child);
    let others = (0..model.children.len()).filter(|&m| m != child && seen >> m & 1 == 1);
    // Seen children that must not come before this one.
    let barred = others.filter(|&m| model.reachable_after(m) >> child & 1 == 0);
    let mut barred: Vec<usize> = barred.collect();
    barred.sort_by_key(|&m| place(m).0);

    let mut moved = None;
    let mut forward = false;
    if seen >> child & 1 == 1 && after >> child & 1 == 0 {
        let first = place(child);
        let message = format!("`<{name}>` stands in {parent} more than once");
        let finding = on_name(checker, &rules::REPEATED_ELEMENT, tag, message)
            .also(checker.span((first.1, first.2)), "the first one")
            .help(format!("keep one `<{name}>`"));
        checker.push(finding);
    } else if let Some(&other) = barred.iter().find(|&&m| after >> m & 1 == 0) {
        let finding = conflict(checker, model, name, &parent, other, place(other), tag);
        checker.push(finding);
    } else if let Some(&other) = barred.first() {
        let (start, from, to) = place(other);
        let before = model.children[other].name;
        let message = format!("`<{name}>` must come before `<{before}>` in {parent}");
        let finding = on_name(checker, &rules::ELEMENT_OUT_OF_ORDER, tag, message)
            .also(checker.span((from, to)), "should come after")
            .help(format!("move `<{name}>` before the first `<{before}>`"));
        moved = checker.push(finding).map(|finding| (finding, start));
    } else {
        let required = model.required_between(state, Some(child));
        let (set, one_of) =
            if required == 0 { (model.allowed(state, seen), true) } else { (required, false) };
        if let Some(frame) = checker.frames.last_mut() {
            let at = (narrow(tag.name_start), narrow(tag.name_end));
            trouble(&mut frame.trouble).skipped.push((set, one_of, at));
        }
        forward = true;
    }
    note(checker, model, child, tag, false);
    if let Some(frame) = checker.frames.last_mut()
        && forward
    {
        frame.state = child + 1;
        trouble(&mut frame.trouble).late &= !(1 << child);
    }
    checker.open(model.children[child].ty, tag);
    if moved.is_some()
        && let Some(frame) = checker.frames.last_mut()
    {
        trouble(&mut frame.trouble).moved = moved;
    }
}

fn trouble(slot: &mut Option<Box<Trouble>>) -> &mut Trouble {
    slot.get_or_insert_default()
}

fn conflict(
    checker: &StructureChecker,
    model: &Model,
    name: &str,
    parent: &str,
    other: usize,
    (_, from, to): (u32, u32, u32),
    tag: &StartTag<'_>,
) -> Diagnostic {
    let other = model.children[other].name;
    let message = format!("`<{name}>` and `<{other}>` exclude each other in {parent}");
    let help = if name.starts_with("gate") && other.starts_with("gate") {
        format!(
            "write every gate of the channel as `<{other}>`, or every gate as \
             `<gate type=\"…\">` with its own type"
        )
    } else {
        format!("keep either `<{other}>` or `<{name}>`")
    };
    on_name(checker, &rules::CONFLICTING_ELEMENTS, tag, message)
        .also(checker.span((from, to)), "the other one")
        .help(help)
}

/// An element ends in which something is missing or was skipped.
pub(crate) fn ended(checker: &mut StructureChecker, model: &'static Model) {
    let Some(frame) = checker.frames.last_mut() else { return };
    let (state, seen, at) = (frame.state, frame.seen, frame.name);
    let trouble = frame.trouble.as_mut();
    let (skipped, late) =
        trouble.map_or((Vec::new(), 0), |t| (std::mem::take(&mut t.skipped), t.late));
    let parent = shown_parent(checker);
    let rest = (!model.may_end(state, seen)).then(|| {
        let required = model.required_between(state, None);
        let open = model.allowed(state, seen);
        if required == 0 { (open, true, None) } else { (required, false, None) }
    });
    let skipped = skipped.into_iter().map(|(set, one_of, at)| (set, one_of, Some(at)));
    for (set, one_of, before) in skipped.chain(rest) {
        // What came later, out of order, was told there.
        if one_of && set & late != 0 {
            continue;
        }
        let set = set & !late;
        if set & !seen != 0 {
            let set = if one_of { set } else { set & !seen };
            let mut finding = missing(checker, model, set, one_of, &parent, at);
            if let Some(before) = before {
                let follower = checker.file.slice(checker.span(before));
                let label = format!("before this `<{follower}>`");
                finding = finding.also(checker.span(before), label);
            }
            checker.push(finding);
        } else if set != 0 {
            // The children were there, but not in this turn of a repeated group.
            let finding = incomplete(checker, model, set, &parent, before.unwrap_or(at));
            checker.push(finding);
        }
    }
}

fn incomplete(
    checker: &StructureChecker,
    model: &Model,
    set: u128,
    parent: &str,
    at: (u32, u32),
) -> Diagnostic {
    let children = model.children.iter().enumerate().filter(|(i, _)| set >> i & 1 == 1);
    let names: Vec<&str> = children.map(|(_, c)| c.name).collect();
    let names = shown::list(&names, 6, shown::tag);
    let message =
        format!("a repeated group of elements of {parent} is not complete without {names}");
    Diagnostic::new(&rules::MISSING_ELEMENT, checker.span(at), message)
        .help(format!("add {names} to each of the groups"))
}

fn missing(
    checker: &StructureChecker,
    model: &Model,
    set: u128,
    one_of: bool,
    parent: &str,
    at: (u32, u32),
) -> Diagnostic {
    let children = (0..model.children.len()).filter(|i| set >> i & 1 == 1);
    let children: Vec<_> = children.map(|i| &model.children[i]).collect();
    let names: Vec<&str> = children.iter().map(|c| c.name).collect();
    let message = if one_of {
        format!("{parent} lacks one of {}", shown::either(&names, shown::tag))
    } else {
        format!("{parent} lacks {}", shown::list(&names, 6, shown::tag))
    };
    let stubs = children.iter().take(3).map(|c| stub(c.name, c.ty));
    let stubs = stubs.collect::<Vec<_>>().join(if one_of { " or " } else { " " });
    Diagnostic::new(&rules::MISSING_ELEMENT, checker.span(at), message)
        .label("starts here")
        .help(format!("add {stubs}"))
}

/// An element to fill in.
fn stub(name: &str, ty: ElementType) -> String {
    let ElementType::Complex(ty) = ty else { return format!("`<{name}>…</{name}>`") };
    let ty = complex_type(ty);
    let mut attributes = String::new();
    for attribute in ty.attributes.iter().filter(|a| a.required) {
        attributes.push(' ');
        attributes.push_str(attribute.name);
        attributes.push_str("=\"…\"");
    }
    match ty.content {
        Content::Empty => format!("`<{name}{attributes}/>`"),
        Content::Any | Content::Elements(_) => format!("`<{name}{attributes}>…</{name}>`"),
    }
}

/// Text, or blanks in an element that must be empty.
pub(crate) fn text(checker: &mut StructureChecker, blank: bool, range: &Range<usize>) {
    let span = checker.range_span(range);
    let told = checker.frames.last().and_then(|f| f.trouble.as_ref()).and_then(|t| t.text);
    if let Some((index, end)) = told
        && (blank || end == range.start)
    {
        // Blanks around a comment, or a text that the reader tells in pieces: one finding.
        if let Some(fix) = checker.found.get_mut(index).and_then(|f| f.fix.as_mut())
            && blank
        {
            fix.edits.push(nml_base::Edit { span, replacement: String::new() });
        } else if let Some(finding) = checker.found.get_mut(index) {
            finding.fix = None;
        }
        if let Some(frame) = checker.frames.last_mut() {
            trouble(&mut frame.trouble).text = Some((index, range.end));
        }
        return;
    }
    let parent = shown_parent(checker);
    let finding = if blank {
        let name = checker.frames.last().map_or((0, 0), |f| f.name);
        let name = checker.file.slice(checker.span(name));
        Diagnostic::new(
            &rules::UNEXPECTED_TEXT,
            span,
            format!("{parent} holds blanks or line breaks, but must be empty"),
        )
        .help(format!("write `<{name} …/>`, or put nothing between `<{name} …>` and `</{name}>`"))
        .fix(fixes::replace("remove the blanks", span, "", Applicability::Safe))
    } else {
        let source = checker.file.slice(span);
        let inset = source.len() - source.trim_ascii_start().len();
        let span = span.sub(inset, inset + source.trim_ascii().len());
        let shown = shown::cut(source.trim_ascii());
        Diagnostic::new(
            &rules::UNEXPECTED_TEXT,
            span,
            format!("text `{shown}` in {parent}, which holds no text"),
        )
        .help("remove it, or write it as `<!-- a comment -->` or into `<notes>`")
    };
    let index = checker.push(finding);
    if let Some(frame) = checker.frames.last_mut() {
        // A finding that was only counted still keeps further text of this element quiet.
        trouble(&mut frame.trouble).text = Some((index.unwrap_or(usize::MAX), range.end));
    }
}
