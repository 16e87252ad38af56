//! Samples to trees.

use nml_base::Diagnostics;
use rustc_hash::FxHashMap;

use super::sample::Sample;
use crate::rules;

/// Numbers of a loop that are told.
const MOST_TOLD: usize = 10;

/// Types that the format names: undefined, soma, axon, (basal) dendrite, apical dendrite.
const KNOWN_TYPES: u32 = 5;

/// One tree: samples by their place in the file, each after its parent, and what grows from each.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The order of the file, where parents come first there; the root first in any case.
    pub(super) order: Vec<usize>,
    pub(super) children: FxHashMap<usize, Vec<usize>>,
    pub(super) parent: FxHashMap<usize, usize>,
}

impl Tree {
    /// What grows from a sample, in the order of the file.
    pub(super) fn children(&self, sample: usize) -> &[usize] {
        self.children.get(&sample).map_or(&[], Vec::as_slice)
    }
}

/// Links samples to their parents; the trees in the order of their roots.
pub(super) fn link(samples: &[Sample], sink: &mut Diagnostics) -> Vec<Tree> {
    let mut by_number: FxHashMap<u32, usize> = FxHashMap::default();
    for (at, sample) in samples.iter().enumerate() {
        if let Some(first) = by_number.insert(sample.number, at) {
            let message = format!("the number {} is given to two samples", sample.number);
            let found =
                rules::bad_swc_tree(sample.line, message, "give each sample a number of its own");
            sink.push(found.also(samples[first].line, "the first one"));
            by_number.insert(sample.number, first);
        }
    }
    // Numbers count from 1: there a parent 0 means none.
    let zero_is_none = !by_number.contains_key(&0);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); samples.len()];
    let mut parents: Vec<Option<usize>> = vec![None; samples.len()];
    let mut roots = Vec::new();
    for (at, sample) in samples.iter().enumerate() {
        match sample.parent {
            None => roots.push(at),
            Some(0) if zero_is_none => {
                roots.push(at);
                let message = "the parent is 0, and no sample has that number".to_owned();
                sink.push(rules::odd_swc(sample.parent_span, message, "write -1 for a root"));
            }
            Some(parent) => {
                if let Some(&parent) = by_number.get(&parent) {
                    children[parent].push(at);
                    parents[at] = Some(parent);
                } else {
                    let message = format!("the parent {parent} does not exist");
                    let help = "write the number of a sample, or -1 for a root";
                    sink.push(rules::bad_swc_tree(sample.parent_span, message, help));
                }
            }
        }
    }
    tell_loops(samples, &parents, sink);
    tell_types(samples, sink);
    if sink.has_errors() {
        return Vec::new();
    }
    if let [_, second, ..] = roots.as_slice() {
        let message = format!("{} samples are roots: each begins a cell of its own", roots.len());
        let help = "give each but one the number of its parent, if they are one cell";
        let found = rules::odd_swc(samples[*second].parent_span, message, help);
        sink.push(found.also(samples[roots[0]].parent_span, "the first root"));
    }
    roots.iter().map(|&root| grown(root, &children, &parents)).collect()
}

fn grown(root: usize, children: &[Vec<usize>], parents: &[Option<usize>]) -> Tree {
    let mut tree = Tree::default();
    let mut open = vec![root];
    while let Some(at) = open.pop() {
        tree.order.push(at);
        if let Some(parent) = parents[at] {
            tree.parent.insert(at, parent);
        }
        if !children[at].is_empty() {
            tree.children.insert(at, children[at].clone());
            open.extend(children[at].iter().rev());
        }
    }
    if tree.parent.iter().all(|(child, parent)| parent < child) {
        tree.order.sort_unstable();
    }
    tree
}

/// One finding for each loop.
fn tell_loops(samples: &[Sample], parents: &[Option<usize>], sink: &mut Diagnostics) {
    // 0: not seen, else 1 + the walk that saw it.
    let mut seen = vec![0_usize; samples.len()];
    for start in 0..samples.len() {
        let (mut at, walk) = (start, start + 1);
        while seen[at] == 0 {
            seen[at] = walk;
            match parents[at] {
                Some(parent) => at = parent,
                None => break,
            }
        }
        if seen[at] != walk || parents[at].is_none() {
            continue;
        }
        let around =
            std::iter::successors(parents[at], |&p| if p == at { None } else { parents[p] });
        let mut circle = vec![at];
        circle.extend(around);
        let told: Vec<String> =
            circle.iter().take(MOST_TOLD).map(|&i| samples[i].number.to_string()).collect();
        let more = if circle.len() > MOST_TOLD { " → …" } else { "" };
        let message = format!("samples are their own ancestors: {}{more}", told.join(" → "));
        let help = "one of them has to grow from a sample outside, or be a root with the parent -1";
        sink.push(rules::bad_swc_tree(samples[at].parent_span, message, help));
    }
}

/// One finding for each type that the format does not name.
fn tell_types(samples: &[Sample], sink: &mut Diagnostics) {
    let mut first: Vec<(u32, &Sample, usize)> = Vec::new();
    let mut known: FxHashMap<u32, usize> = FxHashMap::default();
    for sample in samples.iter().filter(|s| s.kind >= KNOWN_TYPES) {
        let at = *known.entry(sample.kind).or_insert_with(|| {
            first.push((sample.kind, sample, 0));
            first.len() - 1
        });
        first[at].2 += 1;
    }
    for (kind, sample, count) in first.into_iter().take(MOST_TOLD) {
        let message = format!(
            "{count} samples have the type {kind}, which the format does not name: see the group `swc_type_{kind}_group`"
        );
        let help = "write 1 for soma, 2 for axon, 3 for dendrites, 4 for apical dendrites";
        sink.push(rules::odd_swc(sample.line, message, help));
    }
}
