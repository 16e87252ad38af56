//! Files that include one another without end.

use crate::bounds::{assert_short, check, document, joined, rules, within};

fn include(names: &[String]) -> String {
    document(&joined(0..names.len(), |i| format!("<include href=\"{}\"/>", names[i])))
}

/// `n` files; each includes those that `next` names.
fn files(n: usize, next: impl Fn(usize) -> Vec<usize>) -> Vec<(String, String)> {
    let name = |i: &usize| format!("f{i}.nml");
    (0..n).map(|i| (name(&i), include(&next(i).iter().map(name).collect::<Vec<_>>()))).collect()
}

#[test]
fn circles_are_followed_once() {
    for n in [1, 2, 3, 20_000] {
        let checked = within(512, || check(files(n, |i| vec![(i + 1) % n])));
        let circles = checked.diagnostics.iter().filter(|d| d.rule.name == "include-cycle");
        assert_eq!(circles.count(), 1, "{n}");
        assert_eq!(checked.model.documents().len(), n);
        assert_short(&checked);
    }
}

#[test]
fn a_diamond_is_not_walked_path_by_path() {
    // Two files on each of 20 levels, each including both of the next: 2^20 paths.
    let checked = within(64, || {
        check(files(42, |i| match i / 2 {
            20 => Vec::new(),
            level => vec![2 * level + 2, 2 * level + 3],
        }))
    });
    assert_eq!(checked.model.documents().len(), 41);
    assert!(!rules(&checked).contains(&"include-cycle"));
}

#[test]
fn thousands_of_includes_are_thousands_of_steps() {
    let checked = within(512, || {
        check(files(10_001, |i| if i == 0 { (1..10_001).collect() } else { Vec::new() }))
    });
    assert_eq!(checked.model.documents().len(), 10_001);
    let missing: Vec<String> = (0..10_000).map(|i| format!("nowhere{i}.nml")).collect();
    let checked = within(256, || check([("m.nml", include(&missing))]));
    assert!(rules(&checked).contains(&"missing-include"));
    let same = vec!["f1.nml".to_owned(); 10_000];
    let checked = within(256, || check([("m.nml", include(&same)), ("f1.nml", document(""))]));
    assert!(rules(&checked).contains(&"included-twice"));
}

#[test]
fn odd_paths_are_only_missing() {
    let long = "x/".repeat(1 << 20);
    let ups = "../".repeat(100_000) + "etc/hostname";
    for href in
        ["", ".", "..", "/", "a&#10;b.nml", "C:\\x.nml", "http://192.0.2.1/a.nml", &long, &ups]
    {
        let text = document(&format!("<include href=\"{href}\"/>"));
        let checked = within(128, || check([("m.nml", text)]));
        assert!(!checked.is_valid(), "{href:.50}");
        assert_short(&checked);
    }
}
