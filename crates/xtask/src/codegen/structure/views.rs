//! The typed views: one Rust type per complex type, one method per attribute and child.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::table::{Particle, Table, Type};
use crate::Result;

/// Elements whose rows are kept in tables, so that there is no element to view.
const ROWS: [&str; 11] = [
    "instance",
    "connection",
    "connectionWD",
    "electricalConnection",
    "electricalConnectionInstance",
    "electricalConnectionInstanceW",
    "continuousConnection",
    "continuousConnectionInstance",
    "continuousConnectionInstanceW",
    "input",
    "inputW",
];

pub(super) fn write(table: &Table) -> Result<String> {
    let mut out = String::from(
        "//! One type per complex type of the standard.  Written by `cargo xtask codegen` from `schemas/structure/`.\n\n\
         use super::views;\n\nviews! {\n",
    );
    let mut types: Vec<&Type> = table.types.iter().collect();
    types.sort_by(|a, b| a.name.cmp(&b.name));
    for ty in types {
        view(table, ty, &mut out)?;
    }
    out.push_str("}\n");
    Ok(out)
}

fn view(table: &Table, ty: &Type, out: &mut String) -> Result<()> {
    let about = sentence(&ty.about);
    writeln!(out, "    {about:?} {} {{", type_name(&ty.name))?;
    let line = table.lineage(ty)?;
    let mut children = Vec::new();
    for t in &line {
        if let Some(content) = &t.content {
            flatten(table, content, false, &mut children)?;
        }
    }
    let mut taken =
        BTreeSet::from(["as_component".to_owned(), "of".to_owned(), "table".to_owned()]);
    let mut name = |xml: &str| {
        let mut method = snake(xml);
        while !taken.insert(method.clone()) {
            method = format!("upper_{method}");
        }
        method
    };
    // Later names of a collision get a prefix (`C` beside `c`), so the lower-case ones go first.
    let mut attributes: Vec<_> = line.iter().flat_map(|t| &t.attributes).collect();
    attributes.sort_by_key(|a| a.name.starts_with(|c: char| c.is_ascii_uppercase()));
    let mut seen = BTreeSet::new();
    for attribute in attributes {
        if seen.insert(&attribute.name) {
            let kind = kind(table, attribute.ty.as_deref());
            // `morphology="m1"` beside `<morphology>`: the attribute is the identifier of one.
            let beside = children.iter().any(|(child, ..)| *child == attribute.name);
            let suffix = if beside { "_id" } else { "" };
            let method = name(&format!("{}{suffix}", attribute.name));
            writeln!(out, "        {kind} {method} {:?};", attribute.name)?;
        }
    }
    let mut rows = false;
    let mut seen = BTreeSet::new();
    for (child, target, many) in children {
        if ROWS.contains(&child.as_str()) {
            rows = true;
        } else if seen.insert(child.clone()) && table.ty(&target).is_ok() {
            let how = if many { "many" } else { "one" };
            writeln!(out, "        {how} {} {child:?} {};", name(&child), type_name(&target))?;
        }
    }
    if rows {
        writeln!(out, "        rows table \"\";")?;
    }
    writeln!(out, "    }}")?;
    Ok(())
}

/// All children with their types and whether there may be several.
fn flatten(
    table: &Table,
    particle: &Particle,
    many: bool,
    out: &mut Vec<(String, String, bool)>,
) -> Result<()> {
    match particle {
        Particle::Element { name, ty, occurs } => {
            out.push((name.clone(), ty.clone(), many || occurs.repeated));
        }
        Particle::Group { name, occurs } => {
            flatten(table, &table.group(name)?.particle, many || occurs.repeated, out)?;
        }
        Particle::Any { .. } => {}
        Particle::Sequence { parts, occurs }
        | Particle::Choice { parts, occurs }
        | Particle::All { parts, occurs } => {
            for part in parts {
                flatten(table, part, many || occurs.repeated, out)?;
            }
        }
    }
    Ok(())
}

/// What a value of a simple type is to a program.
fn kind(table: &Table, ty: Option<&str>) -> &'static str {
    let Some(ty) = ty else { return "text" };
    if let Some(simple) = table.simple.iter().find(|s| s.name == ty) {
        if simple.quantity.is_some() {
            return "quantity";
        }
        return kind(table, Some(&simple.base));
    }
    match ty {
        "xs:float" | "xs:double" | "xs:decimal" => "number",
        "xs:nonNegativeInteger" | "xs:positiveInteger" | "xs:integer" | "xs:int" => "integer",
        _ => "text",
    }
}

fn sentence(about: &str) -> String {
    let mut letters = about.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

fn type_name(xml: &str) -> String {
    xml.split('_').map(|part| part[..1].to_uppercase() + &part[1..]).collect()
}

fn snake(xml: &str) -> String {
    let mut out = String::new();
    let letters: Vec<char> = xml.chars().collect();
    for (i, &c) in letters.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| letters.get(i));
        let starts = c.is_ascii_uppercase()
            && before.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if starts {
            out.push('_');
        }
        out.push(if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' });
    }
    match out.as_str() {
        "type" => "ty".to_owned(),
        "from" => "from_id".to_owned(),
        "use" | "ref" | "in" | "as" | "loop" | "move" | "where" | "static" | "self" => out + "_",
        _ => out,
    }
}
