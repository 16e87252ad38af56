//! Every expression of the NeuroML standard, in the scope of its component type.
//!
//! The list of types lies outside the repository; without it the test says so and checks nothing.

#![expect(clippy::panic, reason = "a panic is how a test fails")]
#![expect(clippy::print_stderr, reason = "a skipped test has to say so")]

use std::path::PathBuf;

use indexmap::{IndexMap, IndexSet};
use nml_base::{OsLoader, SourceLoader as _};
use nml_expr::{Expr, Inferred, Lems, Parentheses};
use nml_units::{Dimension, Unit, UnitTable};
use serde_json::Value;

fn corpus() -> Option<Value> {
    #[expect(clippy::disallowed_methods, reason = "the place of the corpus is the caller's choice")]
    let root = std::env::var("NML_CORPUS").map_or_else(
        |_| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus")),
        PathBuf::from,
    );
    let bytes = OsLoader::default().read(&root.join("truth/coretypes.json")).ok()?;
    Some(serde_json::from_slice(&bytes).unwrap_or_else(|e| panic!("coretypes.json: {e}")))
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn name(value: &Value) -> &str {
    text(value, "name").unwrap_or("")
}

fn whole(value: &Value, key: &str) -> i64 {
    value.get(key).and_then(Value::as_i64).unwrap_or_else(|| panic!("no {key} in {value}"))
}

fn units(standard: &Value) -> UnitTable {
    let mut table = UnitTable::new();
    for d in list(standard, "dimensions") {
        let exponent = |key| i8::try_from(whole(d, key)).unwrap_or_else(|e| panic!("{d}: {e}"));
        let dimension = Dimension(["m", "l", "t", "i", "k", "n", "j"].map(exponent));
        let added = table.insert_dimension(name(d).to_owned(), dimension);
        added.unwrap_or_else(|e| panic!("{d}: {e}"));
    }
    for u in list(standard, "units") {
        let real = |key| u.get(key).and_then(Value::as_f64).unwrap_or_else(|| panic!("{u}"));
        let dimension_name = text(u, "dimension").unwrap_or("").to_owned();
        let unit = Unit {
            symbol: text(u, "symbol").unwrap_or("").to_owned().into(),
            dimension: table.dimension(&dimension_name).unwrap_or_else(|| panic!("{u}")),
            dimension_name: dimension_name.into(),
            power: i32::try_from(whole(u, "power")).unwrap_or_else(|e| panic!("{u}: {e}")),
            scale: real("scale"),
            offset: real("offset"),
        };
        table.insert_unit(unit).unwrap_or_else(|e| panic!("{u}: {e}"));
    }
    table
}

/// What a name stands for: a dimension, or anything.
type Scope<'a> = IndexMap<&'a str, Option<Dimension>>;

struct Check<'a> {
    units: UnitTable,
    types: IndexMap<&'a str, &'a Value>,
    seen: IndexSet<&'a str>,
    n_expressions: usize,
    n_quantities: usize,
    problems: Vec<String>,
}

impl<'a> Check<'a> {
    fn dimension(&mut self, name: &str) -> Option<Dimension> {
        if name == "*" {
            return None;
        }
        let dimension = self.units.dimension(name);
        if dimension.is_none() {
            self.problems.push(format!("unknown dimension {name}"));
        }
        dimension
    }

    /// The type and its ancestors, nearest first.
    fn line(&self, ty: &'a Value) -> Vec<&'a Value> {
        let above = list(ty, "ancestors").iter().filter_map(Value::as_str);
        std::iter::once(ty).chain(above.filter_map(|n| self.types.get(n).copied())).collect()
    }

    fn scope(&mut self, ty: &'a Value, dynamics: Option<&'a Value>) -> Scope<'a> {
        let mut scope = Scope::from([("t", Some(Dimension::TIME))]);
        let mut declare = |check: &mut Self, items: &'a [Value]| {
            for item in items {
                if let Some(dimension) = text(item, "dimension") {
                    let dimension = check.dimension(dimension);
                    scope.entry(name(item)).or_insert(dimension);
                }
            }
        };
        for kind in ["state_variables", "derived_variables", "conditional_derived_variables"] {
            declare(self, dynamics.map_or(&[], |d| list(d, kind)));
        }
        declare(self, list(ty, "properties"));
        for ty in self.line(ty) {
            for kind in
                ["parameters", "derived_parameters", "constants", "exposures", "requirements"]
            {
                declare(self, list(ty, kind));
            }
        }
        scope
    }

    fn expression(&mut self, at: &str, text: &'a str, scope: &Scope<'a>, wanted: Option<Inferred>) {
        self.n_expressions += 1;
        self.seen.insert(text);
        let expr = match Expr::parse(text) {
            Ok(expr) => expr,
            Err(e) => return self.problems.push(format!("{at}: `{text}`: {e}")),
        };
        for style in [Parentheses::Minimal, Parentheses::Full] {
            let print = expr.print(&Lems, style);
            if Expr::parse(&print).as_ref() != Ok(&expr) {
                self.problems.push(format!("{at}: `{text}` prints as `{print}`"));
            }
        }
        for note in expr.portability() {
            self.problems.push(format!("{at}: `{text}`: {}", note.message));
        }
        for (used, _) in expr.uses() {
            if !scope.contains_key(used) {
                self.problems.push(format!("{at}: `{text}` uses `{used}`"));
            }
        }
        let inference = expr.infer(|name| scope.get(name).copied().flatten());
        for mismatch in &inference.mismatches {
            self.problems.push(format!("{at}: `{text}`: {}", mismatch.message(&self.units)));
        }
        let found = inference.result();
        let agrees = match wanted {
            None => found != Inferred::Condition,
            Some(Inferred::Known(dimension)) => found.agrees_with(dimension),
            Some(other) => found == other,
        };
        if !agrees {
            self.problems.push(format!("{at}: `{text}` is {found:?}, declared {wanted:?}"));
        }
    }

    fn value_of(&mut self, at: &str, item: &'a Value, scope: &Scope<'a>, per_time: bool) {
        let variable = text(item, "variable").unwrap_or_else(|| name(item));
        let mut wanted = scope.get(variable).copied().flatten();
        if per_time {
            wanted = wanted.and_then(|d| d.div(Dimension::TIME));
        }
        if let Some(value) = text(item, "value") {
            let at = format!("{at}/{variable}");
            self.expression(&at, value, scope, wanted.map(Inferred::Known));
        }
    }

    fn handlers(&mut self, at: &str, block: &'a Value, scope: &Scope<'a>) {
        for kind in ["on_start", "on_event", "on_entry", "on_condition"] {
            let handlers = match block.get(kind) {
                Some(Value::Array(items)) => items.as_slice(),
                Some(one) => std::slice::from_ref(one),
                None => &[],
            };
            for handler in handlers {
                if let Some(test) = text(handler, "test") {
                    self.expression(at, test, scope, Some(Inferred::Condition));
                }
                for action in list(handler, "do") {
                    self.value_of(at, action, scope, false);
                }
            }
        }
        for item in list(block, "time_derivatives") {
            self.value_of(at, item, scope, true);
        }
    }

    fn component_type(&mut self, ty: &'a Value) {
        let at = name(ty);
        let own = ty.get("dynamics").filter(|d| !d.is_null());
        let has_dynamics = |ty: &&'a Value| ty.get("dynamics").is_some_and(|d| !d.is_null());
        let effective = self.line(ty).into_iter().find(has_dynamics).map(|ty| &ty["dynamics"]);
        let scope = self.scope(ty, effective);
        for item in list(ty, "constants").iter().chain(list(ty, "fixed")) {
            let value = text(item, "value").unwrap_or("");
            self.n_quantities += 1;
            self.seen.insert(value);
            let wanted = scope.get(text(item, "parameter").unwrap_or_else(|| name(item)));
            match self.units.quantity(value) {
                Ok(q) if Some(q.dimension) == wanted.copied().flatten() => {}
                other => self.problems.push(format!("{at}: constant {item}: {other:?}")),
            }
        }
        for parameter in list(ty, "derived_parameters") {
            self.value_of(at, parameter, &scope, false);
        }
        // The structure sets properties of what it connects, in the terms of this type.
        for item in list(ty, "structure") {
            for assign in list(item, "body") {
                if let Some(value) = text(assign, "value") {
                    self.expression(at, value, &scope, None);
                }
            }
        }
        // Inherited dynamics are checked in the scope of the heir too: names may have new meanings.
        let Some(dynamics) = own.or(effective) else { return };
        for item in list(dynamics, "derived_variables") {
            self.value_of(at, item, &scope, false);
        }
        for item in list(dynamics, "conditional_derived_variables") {
            let wanted = scope.get(name(item)).copied().flatten().map(Inferred::Known);
            for case in list(item, "cases") {
                if let Some(condition) = text(case, "condition") {
                    self.expression(at, condition, &scope, Some(Inferred::Condition));
                }
                self.expression(at, text(case, "value").unwrap_or(""), &scope, wanted);
            }
        }
        self.handlers(at, dynamics, &scope);
        for regime in list(dynamics, "regimes") {
            self.handlers(at, regime, &scope);
        }
    }
}

/// Every text in the list that is an expression or a quantity.
fn all_texts<'a>(value: &'a Value, out: &mut IndexSet<&'a str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| all_texts(item, out)),
        Value::Object(items) => {
            for (key, item) in items {
                match item.as_str() {
                    Some(text) if matches!(key.as_str(), "value" | "test" | "condition") => {
                        out.insert(text);
                    }
                    _ => all_texts(item, out),
                }
            }
        }
        _ => {}
    }
}

/// Where the standard contradicts its own declarations: a literal stands for a voltage (`1e-3` for 1 mV),
/// or for a time (`150.0`, `2.0`).
const KNOWN_FLAWS: [(&str, &str); 4] = [
    ("channelDensityGHK2", "(V/tmp) / (exp(V/tmp) - 1))` is Known"),
    ("channelDensityGHK2", "* (1 - (V/tmp)/2)` is Known"),
    ("pinskyRinzelCA3Cell/Si", "`-Si/150.0` is Known"),
    ("pinskyRinzelCA3Cell/Wi", "`-Wi/2.0` is Known"),
];

#[test]
fn the_standard_is_consistent() {
    let Some(standard) = corpus() else {
        eprintln!("skipped 1 of 1: coretypes.json is not here");
        return;
    };
    let types: IndexMap<_, _> =
        list(&standard, "component_types").iter().map(|ty| (name(ty), ty)).collect();
    assert_eq!(types.len(), 272);
    let mut check = Check {
        units: units(&standard),
        types: types.clone(),
        seen: IndexSet::new(),
        n_expressions: 0,
        n_quantities: 0,
        problems: Vec::new(),
    };
    assert_eq!((check.units.dimensions().count(), check.units.units().count()), (24, 74));
    for ty in types.values() {
        check.component_type(ty);
    }
    eprintln!("{} expressions, {} quantities", check.n_expressions, check.n_quantities);
    let mut texts = IndexSet::new();
    all_texts(&standard["component_types"], &mut texts);
    let missed: Vec<_> = texts.difference(&check.seen).collect();
    assert!(missed.is_empty(), "not looked at: {missed:?}");
    for (at, part) in KNOWN_FLAWS {
        let before = check.problems.len();
        check.problems.retain(|p| !(p.starts_with(at) && p.contains(part)));
        assert_eq!(check.problems.len(), before - 1, "{at}: {part}");
    }
    assert_eq!(check.problems, Vec::<String>::new());
}
