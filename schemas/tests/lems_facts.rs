//! The LEMS tables against the facts of the standard, item by item and both ways.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![expect(clippy::disallowed_methods, reason = "the facts lie outside of the repository")]
#![expect(clippy::print_stderr, reason = "says what was compared, or that the facts are not there")]

use std::path::PathBuf;

use nml_lems::{
    Action, Assign, Build, ComponentType, Constant, DerivedParameter, Dynamics, NameOnly,
    Reference, Regime, SimulationItem, Source, Text,
};
use nml_schemas::lems::{COMPONENT_TYPES, DIMENSIONS, FILES, UNITS, component_type};
use serde_json::{Map, Value, json};

fn facts() -> Option<Value> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus"));
    let folder = std::env::var_os("NML_CORPUS").map_or(beside, PathBuf::from);
    let text = std::fs::read_to_string(folder.join("truth/coretypes.json")).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

/// An object of attributes; those not written are left out.
fn object(attributes: &[(&str, Option<&Text>)]) -> Value {
    let written =
        attributes.iter().filter_map(|(k, v)| Some(((*k).to_owned(), json!((*v)?.as_str()))));
    Value::Object(written.collect::<Map<_, _>>())
}

fn with(mut object: Value, key: &str, value: Value) -> Value {
    object.as_object_mut().unwrap().insert(key.to_owned(), value);
    object
}

fn list<T>(items: &[T], write: impl Fn(&T) -> Value) -> Value {
    items.iter().map(write).collect()
}

fn name_only(x: &NameOnly) -> Value {
    object(&[("name", Some(&x.name))])
}

fn quantity(name: &Text, dimension: &Text) -> Value {
    object(&[("name", Some(name)), ("dimension", Some(dimension))])
}

fn typed(name: &Text, ty: &Text) -> Value {
    object(&[("name", Some(name)), ("type", Some(ty))])
}

fn constant(x: &Constant) -> Value {
    assert!(x.symbol.is_none());
    with(quantity(&x.name, &x.dimension), "value", json!(x.value.as_str()))
}

fn source(x: &Source, mut out: Value) -> Value {
    match x {
        Source::Value(value) => out["value"] = json!(value.as_str()),
        Source::Select(select) => {
            out["select"] = json!(select.path.as_str());
            if let Some(reduce) = select.reduce {
                out["reduce"] = json!(reduce.as_str());
            }
            if !select.required {
                out["required"] = json!("false");
            }
        }
    }
    out
}

fn derived_parameter(x: &DerivedParameter) -> Value {
    source(&x.source, object(&[("name", Some(&x.name)), ("dimension", x.dimension.as_ref())]))
}

fn reference(x: &Reference) -> Value {
    assert!(x.required && !x.is_any && x.default_component.is_none());
    let out = typed(&x.name, &x.ty);
    if x.local { with(out, "local", json!("true")) } else { out }
}

fn handler(when: Option<(&str, &Text)>, actions: &[Action]) -> Value {
    let actions = list(actions, |action| match action {
        Action::StateAssignment { variable, value } => json!({
            "tag": "StateAssignment", "variable": variable.as_str(), "value": value.as_str()
        }),
        Action::EventOut { port } => json!({ "tag": "EventOut", "port": port.as_str() }),
        Action::Transition { regime } => json!({ "tag": "Transition", "regime": regime.as_str() }),
    });
    let out = json!({ "do": actions });
    match when {
        Some((key, value)) => with(out, key, json!(value.as_str())),
        None => out,
    }
}

/// Adds a list unless it is empty: the facts have no empty lists.
fn put<T>(out: &mut Map<String, Value>, key: &str, items: &[T], write: impl Fn(&T) -> Value) {
    if !items.is_empty() {
        out.insert(key.to_owned(), list(items, write));
    }
}

fn regime(x: &Regime) -> Value {
    assert!(x.state_variables.is_empty() && x.derived_variables.is_empty());
    assert!(x.on_start.is_empty() && x.on_event.is_empty());
    let mut out = Map::new();
    out.insert("name".to_owned(), json!(x.name.as_str()));
    if x.initial {
        out.insert("initial".to_owned(), json!("true"));
    }
    put(&mut out, "time_derivatives", &x.time_derivatives, |d| {
        object(&[("variable", Some(&d.variable)), ("value", Some(&d.value))])
    });
    put(&mut out, "on_entry", &x.on_entry, |h| handler(None, &h.actions));
    put(&mut out, "on_condition", &x.on_condition, |h| {
        handler(Some(("test", &h.test)), &h.actions)
    });
    Value::Object(out)
}

fn dynamics(x: &Dynamics) -> Value {
    assert!(!x.simultaneous && !x.with_super);
    let mut out = Map::new();
    put(&mut out, "state_variables", &x.state_variables, |v| {
        let exposure = ("exposure", v.exposure.as_ref());
        object(&[("name", Some(&v.name)), exposure, ("dimension", Some(&v.dimension))])
    });
    put(&mut out, "derived_variables", &x.derived_variables, |v| {
        let exposure = ("exposure", v.exposure.as_ref());
        let dimension = ("dimension", v.dimension.as_ref());
        source(&v.source, object(&[("name", Some(&v.name)), exposure, dimension]))
    });
    put(&mut out, "conditional_derived_variables", &x.conditional_derived_variables, |v| {
        let cases = list(&v.cases, |c| {
            object(&[("condition", c.condition.as_ref()), ("value", Some(&c.value))])
        });
        let exposure = ("exposure", v.exposure.as_ref());
        let dimension = ("dimension", v.dimension.as_ref());
        with(object(&[("name", Some(&v.name)), exposure, dimension]), "cases", cases)
    });
    put(&mut out, "time_derivatives", &x.time_derivatives, |d| {
        object(&[("variable", Some(&d.variable)), ("value", Some(&d.value))])
    });
    put(&mut out, "on_start", &x.on_start, |h| handler(None, &h.actions));
    put(&mut out, "on_event", &x.on_event, |h| handler(Some(("port", &h.port)), &h.actions));
    put(&mut out, "on_condition", &x.on_condition, |h| {
        handler(Some(("test", &h.test)), &h.actions)
    });
    put(&mut out, "regimes", &x.regimes, regime);
    put(&mut out, "kinetic_schemes", &x.kinetic_schemes, |k| {
        object(&[
            ("name", Some(&k.name)),
            ("nodes", Some(&k.nodes)),
            ("stateVariable", Some(&k.state_variable)),
            ("edges", Some(&k.edges)),
            ("edgeSource", Some(&k.edge_source)),
            ("edgeTarget", Some(&k.edge_target)),
            ("forwardRate", Some(&k.forward_rate)),
            ("reverseRate", Some(&k.reverse_rate)),
            ("dependency", k.dependency.as_ref()),
            ("step", k.step.as_ref()),
        ])
    });
    Value::Object(out)
}

fn body(out: Value, assigns: &[Assign]) -> Value {
    if assigns.is_empty() {
        return out;
    }
    let assigns = list(assigns, |a| {
        assert!(a.expose_as.is_none());
        json!({ "tag": "Assign", "property": a.property.as_str(), "value": a.value.as_str() })
    });
    with(out, "body", assigns)
}

fn build(x: &Build) -> Value {
    let (tag, out, assigns): (String, _, &[Assign]) = match x {
        Build::ChildInstance(x) => {
            let ty = ("componentType", x.component_type.as_ref());
            (
                "ChildInstance".to_owned(),
                object(&[("component", x.component.as_ref()), ty]),
                &x.assigns,
            )
        }
        Build::MultiInstantiate(x) => {
            assert!(x.index_variable.is_none());
            let ty = ("componentType", x.component_type.as_ref());
            let number = ("number", Some(&x.number));
            let out = object(&[number, ("component", x.component.as_ref()), ty]);
            ("MultiInstantiate".to_owned(), out, &x.assigns)
        }
        Build::With(x) => {
            assert!(x.body.is_empty());
            let out = object(&[
                ("instance", x.instance.as_ref()),
                ("list", x.list.as_ref()),
                ("index", x.index.as_ref()),
                ("as", Some(&x.name)),
            ]);
            ("With".to_owned(), out, &[])
        }
        Build::EventConnection(x) => {
            let out = object(&[
                ("from", Some(&x.from)),
                ("to", Some(&x.to)),
                ("sourcePort", x.source_port.as_ref()),
                ("targetPort", x.target_port.as_ref()),
                ("delay", x.delay.as_ref()),
                ("receiver", x.receiver.as_ref()),
                ("receiverContainer", x.receiver_container.as_ref()),
            ]);
            ("EventConnection".to_owned(), out, &x.assigns)
        }
        Build::Tunnel(x) => {
            let out = object(&[
                ("name", Some(&x.name)),
                ("endA", Some(&x.end_a)),
                ("endB", Some(&x.end_b)),
                ("componentA", Some(&x.component_a)),
                ("componentB", Some(&x.component_b)),
            ]);
            ("Tunnel".to_owned(), out, &x.assigns)
        }
        other => (format!("not used by the standard: {other:?}"), json!({}), &[]),
    };
    body(with(out, "tag", json!(tag)), assigns)
}

fn simulation_item(x: &SimulationItem) -> Value {
    let (tag, out) = match x {
        SimulationItem::Run { component, variable, increment, total } => (
            "Run",
            object(&[
                ("component", Some(component)),
                ("variable", Some(variable)),
                ("increment", Some(increment)),
                ("total", Some(total)),
            ]),
        ),
        SimulationItem::Record { quantity, time_scale, scale, color, destination } => (
            "Record",
            object(&[
                ("quantity", Some(quantity)),
                ("timeScale", time_scale.as_ref()),
                ("scale", scale.as_ref()),
                ("color", color.as_ref()),
                ("destination", destination.as_ref()),
            ]),
        ),
        SimulationItem::EventRecord { quantity, event_port } => (
            "EventRecord",
            object(&[("quantity", Some(quantity)), ("eventPort", Some(event_port))]),
        ),
        SimulationItem::DataDisplay { title, data_region } => {
            ("DataDisplay", object(&[("title", Some(title)), ("dataRegion", Some(data_region))]))
        }
        SimulationItem::DataWriter { path, file_name } => {
            ("DataWriter", object(&[("path", Some(path)), ("fileName", Some(file_name))]))
        }
        SimulationItem::EventWriter { path, file_name, format } => (
            "EventWriter",
            object(&[
                ("path", Some(path)),
                ("fileName", Some(file_name)),
                ("format", Some(format)),
            ]),
        ),
    };
    with(out, "tag", json!(tag))
}

fn ty(x: &ComponentType) -> Value {
    let mut out = Map::new();
    out.insert("name".to_owned(), json!(x.name.as_str()));
    out.insert("extends".to_owned(), json!(x.extends.as_ref().map(Text::as_str)));
    out.insert("file".to_owned(), json!(x.file));
    let ancestors = std::iter::successors(Some(x), |t| component_type(t.extends.as_ref()?));
    let ancestors: Vec<&str> = ancestors.skip(1).map(|t| t.name.as_str()).collect();
    out.insert("ancestors".to_owned(), json!(ancestors));
    let m = &mut out;
    put(m, "properties", &x.properties, |p| {
        let default = ("defaultValue", p.default_value.as_ref());
        object(&[("name", Some(&p.name)), ("dimension", Some(&p.dimension)), default])
    });
    put(m, "parameters", &x.parameters, |p| quantity(&p.name, &p.dimension));
    put(m, "derived_parameters", &x.derived_parameters, derived_parameter);
    put(m, "index_parameters", &x.index_parameters, name_only);
    put(m, "integer_parameters", &x.integer_parameters, name_only);
    put(m, "path_parameters", &x.path_parameters, name_only);
    put(m, "constants", &x.constants, constant);
    let (many, one): (Vec<_>, Vec<_>) = x.children.iter().partition(|c| c.many);
    assert!(x.children.iter().all(|c| c.substitute.is_none()));
    put(m, "child", &one, |c| typed(&c.name, &c.ty));
    put(m, "children", &many, |c| typed(&c.name, &c.ty));
    put(m, "fixed", &x.fixed, |f| {
        object(&[("parameter", Some(&f.parameter)), ("value", Some(&f.value))])
    });
    put(m, "links", &x.links, reference);
    put(m, "component_references", &x.component_references, reference);
    put(m, "component_type_references", &x.component_type_references, name_only);
    put(m, "attachments", &x.attachments, |a| typed(&a.name, &a.ty));
    put(m, "collections", &x.collections, name_only);
    put(m, "pair_collections", &x.pair_collections, name_only);
    put(
        m,
        "event_ports",
        &x.event_ports,
        |p| json!({ "name": p.name.as_str(), "direction": p.direction.as_str() }),
    );
    put(m, "exposures", &x.exposures, |e| quantity(&e.name, &e.dimension));
    put(m, "requirements", &x.requirements, |r| quantity(&r.name, &r.dimension));
    put(m, "component_requirements", &x.component_requirements, name_only);
    put(m, "instance_requirements", &x.instance_requirements, |r| typed(&r.name, &r.ty));
    put(m, "paths", &x.paths, name_only);
    put(m, "texts", &x.texts, name_only);
    if let Some(d) = &x.dynamics {
        m.insert("dynamics".to_owned(), dynamics(d));
    }
    if let Some(s) = &x.structure {
        m.insert("structure".to_owned(), list(&s.items, build));
    }
    if let Some(s) = &x.simulation {
        m.insert("simulation".to_owned(), list(&s.items, simulation_item));
    }
    Value::Object(out)
}

/// Counts the leaves, to say how much was compared.
fn leaves(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(leaves).sum(),
        Value::Object(map) => map.values().map(leaves).sum(),
        _ => 1,
    }
}

fn same(what: &str, ours: &[Value], facts: &Value, differences: &mut Vec<String>) {
    let facts = facts.as_array().unwrap();
    if ours.len() != facts.len() {
        differences.push(format!("{what}: {} against {} facts", ours.len(), facts.len()));
    }
    let mut count = 0;
    for (ours, fact) in ours.iter().zip(facts) {
        count += leaves(fact);
        if ours != fact {
            differences.push(format!("{what}\n  ours {ours}\n  fact {fact}"));
        }
    }
    eprintln!("{what}: {} equal, {count} values compared", facts.len());
}

#[test]
fn the_tables_hold_every_fact_and_nothing_else() {
    let Some(facts) = facts() else {
        eprintln!("skipped: no coretypes.json");
        return;
    };
    let mut differences = Vec::new();
    let files = FILES.iter().map(|f| json!({ "file": f.name, "includes": f.includes }));
    same("files", &files.collect::<Vec<_>>(), &facts["source_files"], &mut differences);
    let dimensions = DIMENSIONS.iter().map(|d| {
        json!({
            "name": d.name.as_str(), "file": d.file, "m": d.m, "l": d.l, "t": d.t, "i": d.i,
            "k": d.k, "n": d.n, "j": d.j,
        })
    });
    same("dimensions", &dimensions.collect::<Vec<_>>(), &facts["dimensions"], &mut differences);
    let explicit = facts["units"].as_array().unwrap().iter().map(|u| &u["explicit"]);
    let units = UNITS.iter().zip(explicit).map(|(u, explicit)| {
        // Which attributes are written out has no meaning; what is not must be the default.
        let written = |name: &str| explicit.as_array().unwrap().contains(&json!(name));
        assert!(written("power") || u.power == 0);
        assert!(written("scale") || u.scale == 1.0);
        assert!(written("offset") || u.offset == 0.0);
        json!({
            "symbol": u.symbol.as_str(), "dimension": u.dimension.as_str(), "file": u.file,
            "power": u.power, "scale": u.scale, "offset": u.offset, "explicit": explicit,
        })
    });
    same("units", &units.collect::<Vec<_>>(), &facts["units"], &mut differences);
    assert_eq!(UNITS.len(), facts["units"].as_array().unwrap().len());
    let types = COMPONENT_TYPES.iter().map(ty);
    same(
        "component types",
        &types.collect::<Vec<_>>(),
        &facts["component_types"],
        &mut differences,
    );
    for empty in ["constants", "components"] {
        assert_eq!(facts[empty], json!([]), "{empty}");
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert_eq!((DIMENSIONS.len(), UNITS.len(), COMPONENT_TYPES.len()), (24, 74, 272));
}
