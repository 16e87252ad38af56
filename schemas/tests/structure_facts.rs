//! The structure table against the facts of the standard, item by item and both ways.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![expect(clippy::disallowed_methods, reason = "the facts lie outside of the repository")]
#![expect(clippy::print_stderr, reason = "says that the facts are not there")]

use std::path::PathBuf;

use nml_schemas::structure::{
    Attribute, Base, ElementType, Occurs, Particle, SimpleType, complex_types, groups, root,
    simple_types,
};
use serde_json::{Value, json};

fn facts() -> Option<Value> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus"));
    let folder = std::env::var_os("NML_CORPUS").map_or(beside, PathBuf::from);
    let text = std::fs::read_to_string(folder.join("truth/xsd.json")).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

fn base(base: Base) -> &'static str {
    match base {
        Base::String => "xs:string",
        Base::Double => "xs:double",
        Base::Float => "xs:float",
        Base::NonNegativeInteger => "xs:nonNegativeInteger",
        Base::PositiveInteger => "xs:positiveInteger",
        Base::AnyUri => "xs:anyURI",
    }
}

fn simple(ty: &SimpleType) -> Value {
    let mut out = json!({ "base": base(ty.base) });
    if !ty.patterns.is_empty() {
        out["patterns"] = json!(ty.patterns);
    }
    if !ty.enumeration.is_empty() {
        out["enumeration"] = json!(ty.enumeration);
    }
    let bounds = [
        ("minInclusive", ty.min_inclusive),
        ("minExclusive", ty.min_exclusive),
        ("maxInclusive", ty.max_inclusive),
    ];
    for (name, bound) in bounds {
        if let Some(bound) = bound {
            out[name] = json!(bound.to_string());
        }
    }
    out
}

fn attribute(a: &Attribute) -> Value {
    let mut out =
        json!({ "name": a.name, "use": if a.required { "required" } else { "optional" } });
    let facets =
        [("type", a.simple_type().map(|t| t.name)), ("default", a.default), ("fixed", a.fixed)];
    for (name, value) in facets {
        if let Some(value) = value {
            out[name] = json!(value);
        }
    }
    out
}

fn particle(p: &Particle) -> Value {
    let many = |kind: &str, parts: &[Particle], o: &Occurs| {
        bounded(json!({ kind: parts.iter().map(particle).collect::<Vec<_>>() }), *o)
    };
    match p {
        Particle::Element(name, ty, o) => {
            bounded(json!({ "element": name, "type": ty.name() }), *o)
        }
        Particle::Group(name, o) => bounded(json!({ "group": name }), *o),
        Particle::Any(o) => bounded(json!({ "any": "##any", "processContents": "skip" }), *o),
        Particle::Sequence(parts, o) => many("sequence", parts, o),
        Particle::Choice(parts, o) => many("choice", parts, o),
        Particle::All(parts, o) => many("all", parts, o),
    }
}

fn bounded(mut value: Value, occurs: Occurs) -> Value {
    value["min"] = json!(u8::from(!occurs.optional));
    value["max"] = if occurs.repeated { json!("unbounded") } else { json!(1) };
    value
}

fn children(p: &Value, out: &mut Vec<(String, String)>, groups: &Value) {
    for kind in ["sequence", "choice", "all"] {
        for part in p[kind].as_array().into_iter().flatten() {
            children(part, out, groups);
        }
    }
    if let (Some(name), Some(ty)) = (p["element"].as_str(), p["type"].as_str()) {
        out.push((name.to_owned(), ty.to_owned()));
    }
    if let Some(group) = p["group"].as_str() {
        children(&groups[group][0], out, groups);
    }
}

fn names(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

#[test]
fn simple_types_are_those_of_the_standard() {
    let Some(facts) = facts() else { return eprintln!("skipped 38 cases: no corpus") };
    let mut ours: Vec<&str> = simple_types().iter().map(|t| t.name).collect();
    ours.sort_unstable();
    assert_eq!(ours, names(&facts["simple_types"]));
    assert_eq!(ours.len(), 38);
    for ty in simple_types() {
        assert_eq!(simple(ty), facts["simple_types"][ty.name], "{}", ty.name);
    }
}

#[test]
fn complex_types_are_those_of_the_standard() {
    let Some(facts) = facts() else { return eprintln!("skipped 199 cases: no corpus") };
    let ours: Vec<&str> = complex_types().iter().map(|t| t.name).collect();
    assert_eq!(ours, names(&facts["complex_types"]));
    assert_eq!(ours.len(), 199);
    for ty in complex_types() {
        let fact = &facts["complex_types"][ty.name];
        let context = ty.name;
        assert_eq!(json!(ty.ancestors().next().map(|t| t.name)), fact["base"], "{context}");
        let ancestors: Vec<&str> = ty.ancestors().map(|t| t.name).collect();
        assert_eq!(json!(ancestors), fact["ancestors"], "{context}");
        let own: Vec<Value> = ty.attributes[ty.inherited..].iter().map(attribute).collect();
        assert_eq!(json!(own), fact["attributes"], "{context}");
        let content = ty.own.as_ref().map_or(Value::Null, particle);
        assert_eq!(content, fact["content"], "{context}");

        // The resolved tables hold exactly what the type and its ancestors declare.
        let mut all: Vec<Value> = ty.attributes.iter().map(attribute).collect();
        let mut expected = fact["all_attributes"].as_array().unwrap().clone();
        all.sort_by_key(ToString::to_string);
        expected.sort_by_key(ToString::to_string);
        assert_eq!(all, expected, "{context}");
        let mut expected = Vec::new();
        for name in
            ty.ancestors().map(|t| t.name).collect::<Vec<_>>().iter().rev().chain([&ty.name])
        {
            children(&facts["complex_types"][*name]["content"], &mut expected, &facts["groups"]);
        }
        let found = ty.model().map_or(&[][..], |m| m.children).iter();
        let found: Vec<_> = found.map(|c| (c.name.to_owned(), c.ty.name().to_owned())).collect();
        assert_eq!(found, expected, "{context}");
    }
}

#[test]
fn groups_and_root_are_those_of_the_standard() {
    let Some(facts) = facts() else { return eprintln!("skipped 9 cases: no corpus") };
    let mut ours: Vec<&str> = groups().iter().map(|g| g.name).collect();
    ours.sort_unstable();
    assert_eq!(ours, names(&facts["groups"]));
    assert_eq!(ours.len(), 8);
    for group in groups() {
        assert_eq!(json!([particle(&group.particle)]), facts["groups"][group.name]);
    }
    let (name, ty) = root();
    let ty = ElementType::Complex(ty).name();
    let expected = json!([{ "element": name.as_str(), "type": ty, "min": 1, "max": 1 }]);
    assert_eq!(facts["elements"], expected);
    assert_eq!(facts["schema_attrs"]["targetNamespace"], nml_schemas::structure::NAMESPACE);
}
