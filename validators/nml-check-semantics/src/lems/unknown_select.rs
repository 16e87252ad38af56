//! `NML0746` unknown-select.

use nml_base::{Diagnostic, Diagnostics, TextRange};
use nml_lems::{Select, Source, Text};
use nml_model::{Model, Scope, TypeId};

use crate::rule::rule;

rule!("NML0746", "unknown-select", Lems, Error, "the path of a derived quantity leads nowhere");

use crate::lems::own;

/// Each step of a `select` is a member that some type which may stand there has, the last one a quantity of
/// the declared dimension.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (id, ty) in own::whole_types(model) {
        let mut found: Vec<(&Text, &Select)> = Vec::new();
        for p in ty.derived_parameters.iter() {
            if let Source::Select(select) = &p.source {
                found.push((&p.name, select));
            }
        }
        if let Some(d) = &ty.dynamics {
            let inside = d.regimes.iter().flat_map(|r| r.derived_variables.iter());
            for v in d.derived_variables.iter().chain(inside) {
                if let Source::Select(select) = &v.source {
                    found.push((&v.name, select));
                }
            }
        }
        if found.is_empty() {
            continue;
        }
        let scope = Scope::of(model, id);
        for (name, select) in found {
            follow(model, id, &scope, name, select, sink);
        }
    }
}

/// Follows one path through the types that may stand at each step.
fn follow(
    model: &Model,
    id: TypeId,
    scope: &Scope<'_>,
    variable: &Text,
    select: &Select,
    sink: &mut Diagnostics,
) {
    let (types, units) = (model.types(), model.units());
    // Paths up, or with conditions over other paths, are settled when instances are built.
    let plain = |part: &str| !part.is_empty() && !part.contains(['.', '(', ' ']);
    let parts: Vec<&str> = select.path.split('/').collect();
    let Some((&last, steps)) = parts.split_last() else { return };
    let (mut here, mut start) = (vec![id], 0);
    for &part in steps {
        let name = part.split('[').next().unwrap_or(part);
        if !plain(name) {
            return;
        }
        let next = members(model, &here, name);
        let Some(next) = next else {
            let range = TextRange::new(start, start + name.len());
            let owner = &types.get(here[0]).name;
            let names = names(model, here[0]);
            let message =
                format!("the path of `{variable}` leads nowhere: `{owner}` has no member `{name}`");
            let help = own::meant_or_list(name, "it has", &names).unwrap_or_else(|| {
                format!("add `<Child name=\"{name}\" type=\"…\"/>` or the like")
            });
            let Some(span) = own::part(&select.path, range) else { return };
            sink.push(Diagnostic::new(&RULE, span, message).label("fails here").help(help));
            return;
        };
        if next.is_empty() {
            return;
        }
        here = next;
        start += part.len() + 1;
    }
    if !plain(last) || steps.is_empty() && scope.get(last).is_some() {
        return;
    }
    let range = TextRange::new(start, start + last.len());
    let Some(span) = own::part(&select.path, range) else { return };
    let mut unknown = true;
    for &ty in &here {
        let exposure = types.exposure(ty, last);
        let inner = Scope::of(model, ty);
        let Some(found) = inner.get(last) else { continue };
        unknown = false;
        let dimension = exposure.map(|e| e.dimension.as_str()).or(found.dimension);
        let is = dimension.and_then(|d| units.dimension(d));
        let Some((is, needed)) = is.zip(scope.dimension(variable, units)) else { continue };
        // The type the slot names speaks for all that extend it.
        if is != needed && ty == here[0] {
            let (is, needed) = (units.describe(is), units.describe(needed));
            let message = format!("`{last}` is {is}, but `{variable}` is declared as {needed}");
            let mut report = Diagnostic::new(&RULE, span, message).label(format!("this is {is}"));
            if let Some(place) = scope.get(variable).and_then(|n| n.span) {
                report = report.also(place, format!("declared as {needed}"));
            }
            sink.push(report.help("correct the declared dimension, or select another quantity"));
        }
        break;
    }
    if unknown {
        let owner = &types.get(here[0]).name;
        let exposures = types.exposures(here[0]);
        let names: Vec<&str> = exposures.iter().map(|e| e.name.as_str()).collect();
        let message =
            format!("the path of `{variable}` leads nowhere: `{owner}` has no quantity `{last}`");
        let help = own::meant_or_list(last, "it exposes", &names)
            .unwrap_or_else(|| format!("add an exposure `{last}` to `{owner}`"));
        sink.push(Diagnostic::new(&RULE, span, message).label("fails here").help(help));
    }
}

/// The types that may stand in a member of that name; the declared one first, empty where it is not known.
/// `None` where no type that may stand here has such a member.
fn members(model: &Model, here: &[TypeId], name: &str) -> Option<Vec<TypeId>> {
    let types = model.types();
    let declared = here.iter().find_map(|&ty| {
        let children = types.children(ty).into_iter().map(|c| (c.name.as_str(), c.ty.as_str()));
        let references = types.references(ty).into_iter().map(|r| (r.name.as_str(), r.ty.as_str()));
        let own = types.get(ty);
        let attached = own.attachments.iter().map(|a| (a.name.as_str(), a.ty.as_str()));
        let given = own.instance_requirements.iter().map(|i| (i.name.as_str(), i.ty.as_str()));
        let needed = own.component_requirements.iter().map(|c| (c.name.as_str(), ""));
        let lists =
            types.line(ty).flat_map(|t| t.collections.iter()).map(|c| (c.name.as_str(), ""));
        let mut all =
            children.chain(references).chain(attached).chain(given).chain(needed).chain(lists);
        all.find(|(member, _)| *member == name).map(|(_, ty)| ty)
    })?;
    let Some(first) = types.named(declared) else { return Some(Vec::new()) };
    let mut found = vec![first];
    let every = types.names().filter_map(|n| types.named(n));
    found.extend(every.filter(|&ty| ty != first && types.is_a(ty, declared)));
    Some(found)
}

fn names(model: &Model, ty: TypeId) -> Vec<&str> {
    let types = model.types();
    let mut found: Vec<&str> = types.children(ty).into_iter().map(|c| c.name.as_str()).collect();
    found.extend(types.references(ty).into_iter().map(|r| r.name.as_str()));
    found.extend(types.get(ty).attachments.iter().map(|a| a.name.as_str()));
    found.extend(types.get(ty).instance_requirements.iter().map(|a| a.name.as_str()));
    found.retain(|n| !n.is_empty());
    found
}
