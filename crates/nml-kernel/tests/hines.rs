//! Tree systems against dense elimination, on every instruction set.

use nml_kernel::hines::{GAMMA, Joint, Row, step};
use nml_kernel::{Isa, LANES};

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

/// A tree of `n` nodes, some of them balances, and the rows of groups of systems.
fn tree(n: usize, together: usize, seed: u64) -> (Vec<Joint>, Vec<Row>) {
    let random = |what: u64, at: usize| noise(seed ^ (what << 32) ^ (at as u64) << 8);
    let joints: Vec<Joint> = (0..n)
        .map(|at| {
            let parent = bits(seed ^ (at as u64) << 8).checked_rem(at as u64).unwrap_or(0);
            Joint {
                parent: u32::try_from(parent).unwrap_or(0),
                up: if at == 0 { 0.0 } else { 0.1 + random(2, at) },
                down: if at == 0 { 0.0 } else { 0.1 + random(3, at) },
                moves: random(4, at) < 0.8,
            }
        })
        .collect();
    let total = totals(&joints);
    let rows = (0..n * together).map(|i| {
        let (at, mut row) = (i / together, Row::default());
        for l in 0..LANES {
            let random = |what| random(what, i * LANES + l);
            row.diagonal[l] = total[at] + if joints[at].moves { 1.0 + random(5) } else { 0.0 };
            row.v[l] = random(6) - 0.5;
            row.drive[l] = random(7) - 0.5;
        }
        row
    });
    (joints.clone(), rows.collect())
}

/// What a row gives to its neighbours; a row that moves has 1 more on its diagonal, and what its own current takes away.
fn totals(joints: &[Joint]) -> Vec<f64> {
    let mut total: Vec<f64> = joints.iter().map(|joint| joint.up).collect();
    for joint in &joints[1..] {
        total[joint.parent as usize] += joint.down;
    }
    total
}

/// The solution of one system by Gaussian elimination with pivots.
fn dense(joints: &[Joint], diagonal: &[f64], right: &[f64]) -> Vec<f64> {
    let n = joints.len();
    let mut a = vec![vec![0.0; n + 1]; n];
    for (at, joint) in joints.iter().enumerate() {
        a[at][at] += diagonal[at];
        a[at][n] = right[at];
        if at > 0 {
            a[at][joint.parent as usize] -= joint.up;
            a[joint.parent as usize][at] -= joint.down;
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

#[test]
fn steps_are_those_of_dense_elimination() {
    for (n, together, seed) in [(1, 1, 1), (2, 2, 2), (7, 4, 3), (40, 2, 4), (40, 1, 5)] {
        let (joints, rows) = tree(n, together, seed);
        let mut done = rows.clone();
        step(&joints, together, &mut done, Isa::best());
        for system in 0..together * LANES {
            let (group, l) = (system / LANES, system % LANES);
            let of = |value: fn(&Row) -> &[f64; LANES]| -> Vec<f64> {
                (0..n).map(|at| value(&rows[at * together + group])[l]).collect()
            };
            let (diagonal, v, drive) = (of(|r| &r.diagonal), of(|r| &r.v), of(|r| &r.drive));
            // The potentials of the stages themselves, not their changes: (1 − h s) v + h f, and at the second stage
            // v + (1 − γ)/γ (V₁ − v) + h (f − s v).
            let total = totals(&joints);
            let own = |i: usize| diagonal[i] - total[i];
            let right: Vec<f64> = (0..n).map(|i| own(i) * v[i] + drive[i]).collect();
            let first = dense(&joints, &diagonal, &right);
            let right: Vec<f64> = (0..n)
                .map(|i| {
                    let ahead = (1.0 - GAMMA) / GAMMA * (first[i] - v[i]);
                    if joints[i].moves { ahead + own(i) * v[i] + drive[i] } else { right[i] }
                })
                .collect();
            for (at, expected) in dense(&joints, &diagonal, &right).into_iter().enumerate() {
                let next = done[at * together + group].next[l];
                assert!(
                    (next - expected).abs() < 1e-12 * (1.0 + expected.abs()),
                    "{next} {expected}"
                );
            }
        }
    }
}

#[test]
fn bits_do_not_depend_on_instructions_and_neighbours() {
    let (joints, rows) = tree(60, 4, 9);
    let solved = |rows: &[Row], together, isa| {
        let mut rows = rows.to_vec();
        step(&joints, together, &mut rows, isa);
        rows
    };
    let all = solved(&rows, 4, Isa::Portable);
    for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
        assert_eq!(solved(&rows, 4, isa), all, "{isa:?}");
        for group in 0..4 {
            let own = |rows: &[Row]| -> Vec<Row> {
                rows.iter().skip(group).step_by(4).copied().collect()
            };
            assert_eq!(solved(&own(&rows), 1, isa), own(&all), "{isa:?}");
        }
    }
}
