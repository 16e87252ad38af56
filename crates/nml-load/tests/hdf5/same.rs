//! What tells the networks of two models apart.

use nml_model::table::{CellRefStyle, CellRefs, MISSING, Table};
use nml_model::{Component, Model};

/// The differences of the first networks, rows compared by their meaning; numbers may differ by so much of
/// themselves, and where they do, connections without numbers are numbered by their place.
pub(crate) fn differences(a: &Model, b: &Model, relative: f64) -> Vec<String> {
    let network = |m: &'_ Model| m.networks().next().map(|n| n.component().handle());
    let (Some(a_net), Some(b_net)) = (network(a), network(b)) else {
        return vec!["no network".to_owned()];
    };
    let (a_net, b_net) = (a.component(a_net), b.component(b_net));
    let mut found = Vec::new();
    let parts = |n: Component<'_>| n.children().filter(|c| c.id().is_some()).count();
    if (parts(a_net), own(a_net)) != (parts(b_net), own(b_net)) {
        found.push(format!("{:?} {:?}", own(a_net), own(b_net)));
    }
    for part in b_net.children().filter(|c| c.id().is_some()) {
        let Some(other) = a_net.children().find(|c| c.name() == part.name() && c.id() == part.id())
        else {
            found.push(format!("{} is missing", part.shown()));
            continue;
        };
        if own(part) != own(other) {
            found.push(format!("{:?} {:?}", own(other), own(part)));
        }
        let (x, y) = (rows(other, relative > 0.0), rows(part, relative > 0.0));
        if x.len() != y.len() {
            found.push(format!("{} has {} rows, not {}", part.shown(), x.len(), y.len()));
        }
        for (row, (x, y)) in x.iter().zip(&y).enumerate() {
            let near = |(a, b): (&f64, &f64)| {
                a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= relative * b.abs()
            };
            if x.0 != y.0 || !x.1.iter().zip(&y.1).all(near) {
                found.push(format!("{} row {row}: {x:?} {y:?}", part.shown()));
            }
        }
    }
    found
}

/// The attributes and properties; `type="population"` says no more than no type.
fn own(c: Component<'_>) -> Vec<(String, String)> {
    let attributes = c.element().attributes().map(|a| (a.name().to_owned(), a.value().to_owned()));
    let properties = c.children_named("property").map(|p| {
        (p.attr("tag").unwrap_or("").to_owned(), p.attr("value").unwrap_or("").to_owned())
    });
    let mut all: Vec<_> = attributes
        .chain(properties)
        .filter(|(name, value)| name != "type" || value != "population")
        .collect();
    all.sort();
    all
}

/// A cell as its population and index.
fn cell(refs: &CellRefs, row: usize, own: Option<&str>) -> String {
    let cell = refs.get(row).unwrap();
    assert_ne!(cell.form.style, CellRefStyle::Malformed);
    let named = Some(&*cell.form.population).filter(|p| !p.is_empty());
    format!("{}:{}", named.or(own).unwrap_or("?"), cell.index)
}

/// Per row what has to be equal and what may differ by rounding.
fn rows(owner: Component<'_>, number_by_place: bool) -> Vec<(String, Vec<f64>)> {
    let own = |name| owner.attr(name);
    let Some(table) = owner.table() else { return Vec::new() };
    let row = |row: usize| match table {
        Table::Instances(t) => (t.id.get(row).unwrap().to_string(), t.position_um[row].to_vec()),
        Table::Inputs(t) => (
            format!(
                "{} {:?} {} {} {:?}",
                t.id.get(row).unwrap(),
                t.weighted.get(row),
                cell(&t.target, row, own("population")),
                t.segment.get(row),
                t.destination(row)
            ),
            vec![t.fraction.get(row), t.weight.get(row)],
        ),
        Table::Connections(t) => {
            let id = if number_by_place { MISSING } else { t.id.get(row).unwrap() };
            (
                format!(
                    "{id} {:?} {} {} {} {} {:?} {:?}",
                    t.kind.get(row),
                    cell(&t.pre_cell, row, own("presynapticPopulation")),
                    cell(&t.post_cell, row, own("postsynapticPopulation")),
                    t.pre_segment.get(row),
                    t.post_segment.get(row),
                    t.pre_component(row),
                    t.post_component(row)
                ),
                vec![
                    t.pre_fraction.get(row),
                    t.post_fraction.get(row),
                    t.weight.get(row),
                    t.delay_s.get(row),
                ],
            )
        }
    };
    (0..table.len()).map(row).collect()
}
