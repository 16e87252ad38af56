//! Patterns as minimal deterministic automata over bytes.

use std::collections::BTreeMap;

use super::glushkov::Automaton;
use super::pattern::Pattern;
use crate::Result;

/// State 0 refuses everything; bytes of one class always do the same.
pub(super) struct Dfa {
    pub(super) classes: Vec<u8>,
    pub(super) n_classes: usize,
    pub(super) next: Vec<u8>,
    pub(super) start: u8,
    pub(super) accepting: Vec<bool>,
}

/// Compiles a pattern.
pub(super) fn compile(text: &str) -> Result<Dfa> {
    let pattern = Pattern::parse(text)?;
    let positions = pattern.bytes.len();
    let automaton = Automaton::new(&pattern.expr, positions);
    let follow = |state: &State, byte: usize| -> State {
        let after = state.iter().flat_map(|p| match p {
            None => automaton.first.iter(),
            Some(p) => automaton.follow[*p].iter(),
        });
        let mut next: State =
            after.filter(|q| pattern.bytes[**q][byte]).map(|q| Some(*q)).collect();
        next.sort_unstable();
        next.dedup();
        next
    };
    // Subset construction; the empty set is the state that refuses.
    let mut numbers: BTreeMap<State, usize> = BTreeMap::from([(vec![], 0), (vec![None], 1)]);
    let mut states: Vec<State> = vec![vec![], vec![None]];
    let mut table: Vec<Vec<usize>> = Vec::new();
    while table.len() < states.len() {
        let state = states[table.len()].clone();
        let row = (0..256).map(|byte| {
            let next = follow(&state, byte);
            *numbers.entry(next.clone()).or_insert_with(|| {
                states.push(next);
                states.len() - 1
            })
        });
        table.push(row.collect());
    }
    let ends = |p: &Option<usize>| match p {
        None => automaton.nullable,
        Some(p) => automaton.last.contains(p),
    };
    let accepting: Vec<bool> = states.iter().map(|s| s.iter().any(ends)).collect();
    minimise(&table, &accepting)
}

/// Positions the automaton may be at; `None` is the beginning.
type State = Vec<Option<usize>>;

/// Moore's algorithm: states are split until those of one block behave alike.
fn minimise(table: &[Vec<usize>], accepting: &[bool]) -> Result<Dfa> {
    let mut block: Vec<usize> = accepting.iter().map(|&a| usize::from(a)).collect();
    loop {
        let mut numbers = BTreeMap::new();
        let split: Vec<usize> = (0..table.len())
            .map(|s| {
                let behaviour: Vec<usize> = table[s].iter().map(|&t| block[t]).collect();
                let fresh = numbers.len();
                *numbers.entry((block[s], behaviour)).or_insert(fresh)
            })
            .collect();
        let stable = numbers.len() == block.iter().max().map_or(0, |m| m + 1);
        block = split;
        if stable {
            break;
        }
    }
    let count = block.iter().max().map_or(0, |m| m + 1);
    let mut rows = vec![Vec::new(); count];
    let mut accepts = vec![false; count];
    for (state, &b) in block.iter().enumerate() {
        rows[b] = table[state].iter().map(|&t| block[t]).collect::<Vec<_>>();
        accepts[b] = accepting[state];
    }
    // Bytes with the same column form a class.
    let mut columns = BTreeMap::new();
    let mut classes = Vec::new();
    let mut representatives = Vec::new();
    for byte in 0..256 {
        let column: Vec<usize> = rows.iter().map(|r| r[byte]).collect();
        let fresh = columns.len();
        let class = *columns.entry(column).or_insert(fresh);
        if class == fresh {
            representatives.push(byte);
        }
        classes.push(u8::try_from(class)?);
    }
    let next = rows.iter().flat_map(|r| representatives.iter().map(|&b| r[b]));
    Ok(Dfa {
        classes,
        n_classes: representatives.len(),
        next: next.map(u8::try_from).collect::<std::result::Result<_, _>>()?,
        start: u8::try_from(block[1])?,
        accepting: accepts,
    })
}
