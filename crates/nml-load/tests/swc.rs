//! SWC files to cells.

use std::sync::Arc;

use nml_base::MemoryLoader;
use nml_load::Loader;
use nml_model::Model;

fn load(text: &str) -> Model {
    let mut files = MemoryLoader::new();
    files.insert("dir/a cell.swc", text);
    Loader::new(Arc::new(files)).load("dir/a cell.swc".as_ref())
}

/// Each segment in a line: number, parent, begin, end; then each group with its parts.
fn told(model: &Model) -> Vec<String> {
    let found: Vec<_> = model.diagnostics().collect();
    assert!(found.is_empty(), "{found:?}");
    shapes(model)
}

fn shapes(model: &Model) -> Vec<String> {
    let mut lines = Vec::new();
    for cell in model.cells() {
        let Some(shape) = cell.morphology() else { continue };
        lines.push(format!("cell {}", cell.id().unwrap_or_default()));
        for (at, segment) in shape.segments().iter().enumerate() {
            let point = |p: Option<nml_model::views::Point>| match p {
                Some(p) => format!("{:?} {}", p.position_um, p.diameter_um).replace(".0", ""),
                None => "·".to_owned(),
            };
            let parent = segment.parent.map_or(String::new(), |p| match p.fraction_along {
                0.0 => format!(" on the beginning of {}", p.segment),
                _ => format!(" on {}", p.segment),
            });
            let begin = point(segment.proximal.and_then(|_| shape.proximal_of(at)));
            lines.push(format!("{}{parent}: {begin} → {}", segment.id, point(segment.distal)));
        }
        for group in shape.groups() {
            let members: Vec<String> =
                group.members.iter().map(|m| m.segment.to_string()).collect();
            let includes: Vec<&str> = group.includes.iter().map(|i| &*i.group).collect();
            let name = group.id.as_deref().unwrap_or_default();
            lines.push(format!("{name} = {}{}", members.join(" "), includes.join(" ")));
        }
    }
    lines
}

/// Rule, line, column and message of each finding.
fn faults(text: &str) -> Vec<String> {
    let model = load(text);
    assert!(model.cells().len() == 0 || model.diagnostics().all(|d| d.rule.name == "odd-swc"));
    let place = |d: &nml_base::Diagnostic| {
        let file = model.sources().get(d.primary.span.file);
        file.map_or(String::new(), |f| f.line_column(d.primary.span.start).to_string())
    };
    model.diagnostics().map(|d| format!("{} {}: {}", d.rule.name, place(d), d.message)).collect()
}

#[test]
fn a_soma_of_one_point_is_a_sphere_and_neurites_begin_at_their_first_point() {
    let model = load(
        "# head\n1 1 0 0 0 5 -1 # soma\n2 3 5 0 0 .5 1\n3 3 9 0 0 .5 2\n4 3 9 4 0 .25 3\n5 2 9 -4 0 .25 3\n6 2 0 6 0 1 1\n",
    );
    assert_eq!(
        told(&model),
        [
            "cell a_cell",
            "0: [0, 0, 0] 10 → [0, 0, 0] 10",
            "2 on 0: [5, 0, 0] 1 → [9, 0, 0] 1",
            "3 on 2: · → [9, 4, 0] 0.5",
            "4 on 2: · → [9, -4, 0] 0.5",
            "5 on 0: [0, 0, 0] 2 → [0, 6, 0] 2",
            "soma_0 = 0",
            "dend_0 = 2",
            "dend_1 = 3",
            "axon_0 = 4",
            "axon_1 = 5",
            "soma_group = soma_0",
            "axon_group = axon_0 axon_1",
            "dendrite_group = dend_0 dend_1",
            "all = soma_group axon_group dendrite_group",
        ]
    );
    let notes = model.root().tree.elements().find(|e| e.name() == "notes").unwrap().text();
    assert_eq!(notes, "# head\n# soma");
}

#[test]
fn three_points_are_a_cylinder_through_the_root() {
    let model = load(
        "1 1 0 0 0 10 -1\n2 1 0 -10 0 10 1\n3 1 0 10 0 10 1\n4 4 10 0 0 2 1\n5 4 30 0 0 2 4\n6 3 9 9 0 1 1\n7 3 9 9 9 1 6\n",
    );
    assert_eq!(
        told(&model)[..8],
        [
            "cell a_cell",
            "0: [0, -10, 0] 20 → [0, 0, 0] 20",
            "2 on 0: · → [0, 10, 0] 20",
            "4 on 0: [10, 0, 0] 4 → [30, 0, 0] 4",
            "6 on 0: [9, 9, 0] 2 → [9, 9, 9] 2",
            "soma_0 = 0",
            "soma_1 = 2",
            "apic_0 = 4",
        ]
    );
    assert!(told(&model).contains(&"basal_dendrite_group = dend_0".to_owned()));
    assert!(told(&model).contains(&"apical_dendrite_group = apic_0".to_owned()));
}

#[test]
fn other_somas_are_cones_and_what_leaves_the_root_leaves_their_beginning() {
    let model = load(
        "1 1 0 0 0 5 -1\n2 1 0 5 0 9 1\n3 1 0 9 0 5 2\n4 3 0 -5 0 1 1\n5 3 0 -9 0 1 4\n6 1 4 0 0 4 1\n",
    );
    assert_eq!(
        told(&model)[1..5],
        [
            "0: [0, 0, 0] 10 → [0, 5, 0] 18",
            "2 on 0: · → [0, 9, 0] 10",
            "4 on the beginning of 0: [0, -5, 0] 2 → [0, -9, 0] 2",
            "5 on the beginning of 0: [0, 0, 0] 10 → [4, 0, 0] 8",
        ]
    );
}

#[test]
fn numbers_may_begin_anywhere_and_come_in_any_order() {
    let from_0 = load("0 2 0 0 0 1 -1\n1 2 1 0 0 1 0\n2 2 2 0 0 1 1\n");
    assert_eq!(told(&from_0)[1..3], ["0: [0, 0, 0] 2 → [1, 0, 0] 2", "2 on 0: · → [2, 0, 0] 2"]);
    let backwards = load("3 2 2 0 0 1 2\n2 2 1 0 0 1 7\n7.0 2 0 0 0 1 -1\n");
    assert_eq!(told(&backwards)[1..3], ["0: [0, 0, 0] 2 → [1, 0, 0] 2", "2 on 0: · → [2, 0, 0] 2"]);
}

#[test]
fn unusual_files_are_read_and_told() {
    let text = "1 1 0 0 0 5 0 9\n2 7 5 0 0 1 1\n3 7 9 0 0 1 2\n4 2 50 0 0 1 -1\n5 2 60 0 0 1 4\n";
    assert_eq!(
        faults(text),
        [
            "odd-swc 1:15: columns after the seventh are not read",
            "odd-swc 1:13: the parent is 0, and no sample has that number",
            "odd-swc 2:1: 2 samples have the type 7, which the format does not name: see the group `swc_type_7_group`",
            "odd-swc 4:14: 2 samples are roots: each begins a cell of its own",
        ]
    );
    let lines = shapes(&load(text));
    assert!(
        lines.contains(&"cell a_cell_2".to_owned())
            && lines.contains(&"swc_type_7_group = swc_type_7_0".to_owned()),
        "{lines:?}"
    );
}

#[test]
fn what_is_wrong_is_told_where_it_stands() {
    let check = |text: &str, expected: &[&str]| assert_eq!(faults(text), expected);
    check("", &["bad-swc-sample 1:1: the file holds no sample"]);
    check("1 1 0 0 0 5\n", &["bad-swc-sample 1:1: a sample has 7 columns, this line has 6"]);
    check(
        "1 1 0 0 0 5 -1\n2 3 1 nan 0 1 1\n3 3 1 0 0 0 1\nx 3 1 0 0 1e999 1\n5 -3 1 0 0 1 1\n99999999999 1 0 0 0 1 1\n",
        &[
            "bad-swc-sample 2:7: the y `nan` is no finite number",
            "bad-swc-sample 3:11: the radius `0` is not above 0",
            "bad-swc-sample 4:1: the number `x` is no whole number",
            "bad-swc-sample 5:3: the type `-3` is out of range",
            "bad-swc-sample 6:1: the number `99999999999` is out of range",
        ],
    );
    check(
        "1 1 0 0 0 5 -1\n2 3 0 0 1 1 9\n2 3 0 0 2 1 1\n",
        &[
            "bad-swc-tree 3:1: the number 2 is given to two samples",
            "bad-swc-tree 2:13: the parent 9 does not exist",
        ],
    );
    check(
        "1 1 0 0 0 5 3\n2 3 0 0 1 1 1\n3 3 0 0 2 1 2\n4 3 0 0 2 1 4\n5 3 0 0 2 1 2\n",
        &[
            "bad-swc-tree 1:13: samples are their own ancestors: 1 → 3 → 2 → 1",
            "bad-swc-tree 4:13: samples are their own ancestors: 4 → 4",
        ],
    );
}
