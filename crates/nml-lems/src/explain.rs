//! A component type as a page for modellers.

use std::fmt::Write as _;

use crate::{Action, ComponentType, Dynamics, Regime, Source, Text};

/// A page in Markdown about a type: what it is, its chain of `extends`, what a component of it has, and its
/// equations.
///
/// `line`: the type and its ancestors, nearest first.  `units`: the units of a dimension, to name a few.
/// Empty for an empty line.
pub fn explain(line: &[&ComponentType], units: &dyn Fn(&str) -> Vec<String>) -> String {
    let Some(ty) = line.first() else { return String::new() };
    let mut out = format!("# {}\n", ty.name);
    if !ty.description.is_empty() {
        let _ = write!(out, "\n{}.\n", ty.description);
    }
    if line.len() > 1 {
        let names: Vec<&str> = line.iter().map(|t| t.name.as_str()).collect();
        let _ = write!(out, "\nExtends: {}\n", names.join(" → "));
    }
    let quantity = |dimension: &Text| match units(dimension) {
        few if few.is_empty() => dimension.to_string(),
        few => format!("{dimension}, in {}", few.join(", ")),
    };
    let fixed: Vec<&str> =
        line.iter().flat_map(|t| t.fixed.iter()).map(|f| f.parameter.as_str()).collect();
    let parameters = merged(line, |t| {
        let free = t.parameters.iter().filter(|p| !fixed.contains(&p.name.as_str()));
        free.map(|p| row(&p.name, &quantity(&p.dimension), &p.description)).collect()
    });
    section(&mut out, "Parameters", parameters);
    section(
        &mut out,
        "Attributes",
        merged(line, |t| {
            let mut rows: Vec<Row> = Vec::new();
            for r in t.component_references.iter().chain(&*t.links) {
                rows.push(row(&r.name, &format!("a {}", r.ty), &r.description));
            }
            // Texts and paths are not inherited.
            if t.name == ty.name {
                rows.extend(t.paths.iter().map(|x| row(&x.name, "path", &x.description)));
                rows.extend(t.texts.iter().map(|x| row(&x.name, "text", &x.description)));
            }
            rows.extend(t.index_parameters.iter().map(|x| row(&x.name, "number", &x.description)));
            rows
        }),
    );
    section(
        &mut out,
        "Set per connection",
        ty.properties
            .iter()
            .map(|p| {
                let default = p.default_value.as_ref().map(|d| format!(", {d} unless set"));
                let kind = format!("{}{}", quantity(&p.dimension), default.unwrap_or_default());
                row(&p.name, &kind, &p.description)
            })
            .collect(),
    );
    section(
        &mut out,
        "Elements inside",
        merged(line, |t| {
            let kind = |many| if many { "any number of" } else { "at most one" };
            let one = |c: &crate::Child| {
                row(&c.name, &format!("{} {}", kind(c.many), c.ty), &c.description)
            };
            t.children.iter().map(one).collect()
        }),
    );
    section(
        &mut out,
        "Exposures",
        merged(line, |t| {
            t.exposures
                .iter()
                .map(|e| row(&e.name, &quantity(&e.dimension), &e.description))
                .collect()
        }),
    );
    section(
        &mut out,
        "Requirements",
        merged(line, |t| {
            let one =
                |r: &crate::Requirement| row(&r.name, &quantity(&r.dimension), &r.description);
            t.requirements.iter().map(one).collect()
        }),
    );
    section(
        &mut out,
        "Event ports",
        merged(line, |t| {
            t.event_ports
                .iter()
                .map(|p| row(&p.name, p.direction.as_str(), &p.description))
                .collect()
        }),
    );
    section(
        &mut out,
        "Attachments",
        ty.attachments
            .iter()
            .map(|a| row(&a.name, &format!("any number of {}", a.ty), &a.description))
            .collect(),
    );
    section(
        &mut out,
        "Constants",
        merged(line, |t| {
            t.constants.iter().map(|c| row(&c.name, &c.value, &c.description)).collect()
        }),
    );
    if let Some(owner) = line.iter().find(|t| t.dynamics.is_some()) {
        let from =
            if owner.name == ty.name { String::new() } else { format!(" (of {})", owner.name) };
        if let Some(lines) = owner.dynamics.as_ref().map(equations).filter(|l| !l.is_empty()) {
            let _ = write!(out, "\n## Equations{from}\n\n```\n{}\n```\n", lines.join("\n"));
        }
    }
    out
}

/// Name, kind, description.
type Row = (String, String, String);

fn row(name: &str, kind: &str, description: &str) -> Row {
    (name.to_owned(), kind.to_owned(), description.to_owned())
}

/// Rows of the whole line; of equal names only that nearest to the type.
fn merged(line: &[&ComponentType], rows: impl Fn(&ComponentType) -> Vec<Row>) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    for ty in line {
        for row in rows(ty) {
            if !out.iter().any(|(name, ..)| *name == row.0) {
                out.push(row);
            }
        }
    }
    out
}

fn section(out: &mut String, title: &str, rows: Vec<Row>) {
    if rows.is_empty() {
        return;
    }
    let _ = write!(out, "\n## {title}\n\n");
    for (name, kind, description) in rows {
        let colon = if description.is_empty() { "" } else { ": " };
        let _ = writeln!(out, "- `{name}` ({kind}){colon}{description}");
    }
}

fn equations(dynamics: &Dynamics) -> Vec<String> {
    let mut out = Vec::new();
    for handler in &*dynamics.on_start {
        actions("at the start", &handler.actions, &mut out);
    }
    for variable in &*dynamics.derived_variables {
        out.push(derived(&variable.name, &variable.source));
    }
    for variable in &*dynamics.conditional_derived_variables {
        for case in &*variable.cases {
            let when = case.condition.as_ref();
            let when = when.map_or_else(|| "otherwise".to_owned(), |c| format!("if {c}"));
            out.push(format!("{} = {}  {when}", variable.name, case.value));
        }
    }
    for rate in &*dynamics.time_derivatives {
        out.push(format!("d{}/dt = {}", rate.variable, rate.value));
    }
    for handler in &*dynamics.on_event {
        actions(&format!("on event `{}`", handler.port), &handler.actions, &mut out);
    }
    for handler in &*dynamics.on_condition {
        actions(&format!("when {}", handler.test), &handler.actions, &mut out);
    }
    for one in &*dynamics.regimes {
        regime(one, &mut out);
    }
    for scheme in &*dynamics.kinetic_schemes {
        out.push(format!("Markov scheme over {} and {}", scheme.nodes, scheme.edges));
    }
    out
}

fn derived(name: &Text, source: &Source) -> String {
    match source {
        Source::Value(value) => format!("{name} = {value}"),
        Source::Select(select) => match select.reduce {
            None => format!("{name} = {}", select.path),
            Some(crate::Reduce::Add) => format!("{name} = sum of {}", select.path),
            Some(crate::Reduce::Multiply) => format!("{name} = product of {}", select.path),
        },
    }
}

fn regime(regime: &Regime, out: &mut Vec<String>) {
    let initial = if regime.initial { ", active at the start" } else { "" };
    out.push(format!("regime {}{initial}", regime.name));
    let mut inside = Vec::new();
    for handler in &*regime.on_entry {
        actions("on entry", &handler.actions, &mut inside);
    }
    inside.extend(regime.derived_variables.iter().map(|v| derived(&v.name, &v.source)));
    for rate in &*regime.time_derivatives {
        inside.push(format!("d{}/dt = {}", rate.variable, rate.value));
    }
    for handler in &*regime.on_event {
        actions(&format!("on event `{}`", handler.port), &handler.actions, &mut inside);
    }
    for handler in &*regime.on_condition {
        actions(&format!("when {}", handler.test), &handler.actions, &mut inside);
    }
    out.extend(inside.into_iter().map(|line| format!("  {line}")));
}

fn actions(when: &str, actions: &[Action], out: &mut Vec<String>) {
    if actions.is_empty() {
        return;
    }
    let all: Vec<String> = actions
        .iter()
        .map(|action| match action {
            Action::StateAssignment { variable, value } => format!("{variable} := {value}"),
            Action::EventOut { port } => format!("send `{port}`"),
            Action::Transition { regime } => format!("go to {regime}"),
        })
        .collect();
    out.push(format!("{when}: {}", all.join("; ")));
}
