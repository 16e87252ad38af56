//! Tree systems against dense elimination, on every instruction set.

use nml_kernel::hines::{Field, GAMMA, GROUPS, Membrane, Node, System, Work, step};
use nml_kernel::{
    BlockBuilder, Column, ColumnRole, Columns, Isa, LANES, ProgramBuilder, RunContext, oracle,
};

/// Bits that look random (splitmix64).
fn bits(seed: u64) -> u64 {
    let mut z = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A number between 0 and 1.
fn noise(seed: u64) -> f64 {
    (bits(seed) >> 11) as f64 / (1_u64 << 53) as f64
}

const DT: f64 = 0.5;
const START: u32 = 3;

/// A cell of `n` places, some of them without capacitance and some of those without field.
fn cell(n: usize, seed: u64) -> Vec<Node> {
    let random = |what: u64, at: usize| noise(seed ^ (what << 32) ^ (at as u64) << 8);
    let mut nodes: Vec<Node> = (0..n)
        .map(|at| {
            let parent = bits(seed ^ (at as u64) << 8).checked_rem(at as u64).unwrap_or(0);
            let (moves, field) = match random(4, at) {
                x if x < 0.7 => (true, Some(u32::from(x < 0.3))),
                x if x < 0.85 => (false, Some(1)),
                _ => (false, None),
            };
            let root = if at == 0 { 0.0 } else { 1.0 };
            Node {
                parent: usize::try_from(parent).unwrap_or(0),
                field,
                moves,
                to_parent: root * (0.1 + random(2, at)),
                from_parent: root * (0.1 + random(3, at)),
                total: 0.0,
            }
        })
        .collect();
    for at in 1..n {
        let Node { parent, to_parent, from_parent, .. } = nodes[at];
        nodes[at].total += to_parent;
        nodes[parent].total += from_parent;
    }
    nodes
}

/// v, rate and slope of both fields; those of a place lie at `START` plus its number times the number of cells.
type Numbers = [[Vec<f64>; 3]; 2];

fn numbers(n: usize, cells: usize, seed: u64) -> Numbers {
    let column = |what: u64| -> Vec<f64> {
        (0..n * cells).map(|i| noise(seed ^ what << 40 ^ i as u64) - 0.5).collect()
    };
    // A membrane has a conductance, so its slope is negative.
    let slope = |what| column(what).into_iter().map(|x| x - 0.6).collect();
    [[column(10), column(11), slope(12)], [column(13), column(14), slope(15)]]
}

/// Moves cells, which lie in groups of up to [`LANES`], by a step.
fn moved(nodes: &[Node], cells: usize, numbers: &Numbers, isa: Isa) -> Numbers {
    let mut numbers = numbers.clone();
    let mut fields: Vec<Field<'_>> =
        numbers.iter_mut().map(|[v, rate, slope]| Field { start: START, v, rate, slope }).collect();
    let cells_of = |group: usize| (cells - group * LANES).min(LANES);
    let first: Vec<Vec<u32>> = (0..cells.div_ceil(LANES))
        .map(|group| {
            let base = group * LANES * nodes.len();
            let at = |node: usize| base + node * cells_of(group);
            (0..nodes.len()).map(|node| START + u32::try_from(at(node)).unwrap_or(0)).collect()
        })
        .collect();
    let system = System::new(nodes, DT);
    let mut work = Work::default();
    let mut group = 0;
    while group < first.len() {
        let full = first[group..].iter().zip(group..).take_while(|(_, g)| cells_of(*g) == LANES);
        let together = if full.count() >= GROUPS { GROUPS } else { 1 };
        let now: Vec<&[u32]> = first[group..group + together].iter().map(Vec::as_slice).collect();
        step(&system, (&now, cells_of(group)), &mut fields, &mut work, isa);
        group += together;
    }
    numbers
}

/// The solution of one system by Gaussian elimination with pivots.
fn dense(nodes: &[Node], diagonal: &[f64], right: &[f64]) -> Vec<f64> {
    let n = nodes.len();
    let scale = |node: &Node| if node.moves { GAMMA * DT } else { 1.0 };
    let mut a = vec![vec![0.0; n + 1]; n];
    for (at, node) in nodes.iter().enumerate() {
        a[at][at] += diagonal[at];
        a[at][n] = right[at];
        if at > 0 {
            a[at][node.parent] -= node.to_parent * scale(node);
            a[node.parent][at] -= node.from_parent * scale(&nodes[node.parent]);
        }
    }
    for k in 0..n {
        let pivot = (k..n).max_by(|&i, &j| a[i][k].abs().total_cmp(&a[j][k].abs())).unwrap_or(k);
        a.swap(k, pivot);
        let row = a[k].clone();
        for (i, other) in a.iter_mut().enumerate() {
            let factor = other[k] / row[k];
            if i != k {
                other.iter_mut().zip(&row).for_each(|(x, y)| *x -= factor * y);
            }
        }
    }
    (0..n).map(|i| a[i][n] / a[i][i]).collect()
}

/// The potentials of a cell after a step, as the formulas of the method say.
fn expected(nodes: &[Node], of: impl Fn(usize) -> [f64; 3]) -> Vec<f64> {
    let scale = |node: &Node| if node.moves { GAMMA * DT } else { 1.0 };
    let (mut diagonal, mut v, mut drive) = (Vec::new(), Vec::new(), Vec::new());
    for (at, node) in nodes.iter().enumerate() {
        let [own, rate, slope] = if node.field.is_some() { of(at) } else { [0.0; 3] };
        let one = if node.moves { 1.0 } else { 0.0 };
        diagonal.push(one + scale(node) * (node.total - slope));
        v.push(one * own);
        drive.push(scale(node) * (rate - slope * own));
    }
    let right: Vec<f64> = v.iter().zip(&drive).map(|(v, drive)| v + drive).collect();
    let first = dense(nodes, &diagonal, &right);
    let right: Vec<f64> = (0..nodes.len())
        .map(|i| {
            let ahead = v[i] + (1.0 - GAMMA) / GAMMA * (first[i] - v[i]) + drive[i];
            if nodes[i].moves { ahead } else { drive[i] }
        })
        .collect();
    dense(nodes, &diagonal, &right)
}

#[test]
fn steps_are_those_of_dense_elimination() {
    for (n, cells, seed) in [(1, 8, 1), (2, 16, 2), (7, 40, 3), (40, 17, 4), (40, 1, 5), (9, 5, 6)]
    {
        let (nodes, before) = (cell(n, seed), numbers(n, cells, seed));
        let after = moved(&nodes, cells, &before, Isa::best());
        for system in 0..cells {
            let group = system / LANES;
            let width = (cells - group * LANES).min(LANES);
            let place = |at: usize| group * LANES * n + at * width + system % LANES;
            let field = |at: usize| nodes[at].field.unwrap_or(0) as usize;
            let of = |at: usize| [0, 1, 2].map(|what| before[field(at)][what][place(at)]);
            for (at, expected) in expected(&nodes, of).into_iter().enumerate() {
                if nodes[at].field.is_some() {
                    let found = after[field(at)][0][place(at)];
                    let close = (found - expected).abs() < 1e-12 * (1.0 + expected.abs());
                    assert!(close, "{found} {expected}");
                }
            }
        }
    }
}

#[test]
fn bits_do_not_depend_on_instructions_and_neighbours() {
    let (n, cells) = (60, 16);
    let (nodes, before) = (cell(n, 9), numbers(n, cells, 9));
    let all = moved(&nodes, cells, &before, Isa::Portable);
    for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
        assert_eq!(moved(&nodes, cells, &before, isa), all, "{isa:?}");
        for (system, width) in [(0, 1), (3, 1), (2, 5), (8, 8), (9, 3)] {
            let (group, lane) = (system / LANES, system % LANES);
            let own = |numbers: &Numbers| -> Numbers {
                numbers.clone().map(|field| {
                    field.map(|column| {
                        let rows = column[group * LANES * n..][..LANES * n].chunks(LANES);
                        rows.flat_map(|row| row[lane..lane + width].to_vec()).collect()
                    })
                })
            };
            assert_eq!(moved(&nodes, width, &own(&before), isa), own(&all), "{isa:?} {width}");
        }
    }
}

#[test]
fn an_unrolled_step_has_the_same_bits() {
    for seed in 0..40 {
        let n = 1 + usize::try_from(bits(seed) % 30).unwrap_or(0);
        let nodes = cell(n, seed);
        let numbers = numbers(n, 1, seed);
        let mut p = ProgramBuilder::new();
        let mut columns = |name: &str| -> Vec<Column> {
            (0..n).map(|_| p.column(name, ColumnRole::State)).collect()
        };
        let [v, rate, slope] = ["v", "rate", "slope"].map(&mut columns);
        let mut b = BlockBuilder::new("step");
        let membranes: Vec<Option<Membrane>> = nodes
            .iter()
            .enumerate()
            .map(|(at, node)| {
                node.field?;
                let [v, rate, slope] = [&v, &rate, &slope].map(|columns| b.load(columns[at]));
                Some(Membrane { v, rate, slope })
            })
            .collect();
        let new = System::new(&nodes, DT).unroll(&mut b, &membranes);
        for (at, new) in new.into_iter().enumerate() {
            if let Some(new) = new {
                b.store(v[at], new);
            }
        }
        let entry = p.add(b.finish());
        let program = p.finish();
        let mut memory = Columns::new(&program, 1);
        for (at, node) in nodes.iter().enumerate() {
            let Some(field) = node.field else { continue };
            for (column, numbers) in [&v, &rate, &slope].iter().zip(&numbers[field as usize]) {
                memory.fill(column[at], numbers[at]);
            }
        }
        let context = RunContext { seed: 0, uniforms: &[] };
        oracle::run(&program, entry, &mut memory, &context);
        let stepped = moved(&nodes, 1, &numbers, Isa::Portable);
        for (at, node) in nodes.iter().enumerate() {
            let Some(field) = node.field else { continue };
            let (got, want) = (memory.get(v[at])[0], stepped[field as usize][0][at]);
            assert_eq!(got.to_bits(), want.to_bits(), "place {at} of {n}, seed {seed}");
        }
    }
}
