//! Systems of linear equations whose rows hang together as a tree, [`LANES`] of them side by side.
//!
//! Elimination goes from the leaves to the root, substitution back (Hines 1984, Int. J. Bio-Med. Comput. 15:69–76).
//! A solution moves the potentials of cells by one step of the L-stable, stiffly accurate method of two stages and
//! second order that has one matrix for both (Alexander 1977, SIAM J. Numer. Anal. 14:1006–1021, SDIRK2).
//! Each lane computes for itself, in the same order on every instruction set: same bits for any neighbours.
#![expect(unsafe_code, reason = "code for instruction sets found at run time")]
#![expect(
    clippy::inline_always,
    reason = "loops must be compiled with their caller's instruction set"
)]

use std::f64::consts::FRAC_1_SQRT_2;

use crate::columns::LANES;
use crate::simd::Isa;

/// The coefficient γ of both stages.
pub const GAMMA: f64 = 1.0 - FRAC_1_SQRT_2;

/// What the second stage takes of the change in the first: (1 − γ) / γ.
///
/// With M = 1 − γ dt J for the Jacobian J, the stages z₁ = M⁻¹ γ dt f(v) and z₂ = M⁻¹ z₁ lead to v + z₁ + (1 − γ)/γ z₂.
/// Only changes are solved for, so that rounding is that of changes: a cell at rest stays, and charge is kept.
const AHEAD: f64 = (1.0 - GAMMA) / GAMMA;

/// How a row is joined to that of its parent.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Joint {
    /// The parent, before the row itself.
    pub parent: u32,
    /// By what the parent's solution counts in the row.
    pub up: f64,
    /// By what the row's solution counts in the parent's row.
    pub down: f64,
    /// Whether the row has a derivative; without one it is a balance.
    pub moves: bool,
}

/// The numbers of a row in [`LANES`] systems.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
#[repr(C, align(64))]
pub struct Row {
    /// The diagonal; changed by solving.
    pub diagonal: [f64; LANES],
    /// The potential at the beginning of the step; in rows without a derivative any number near the solution.
    pub v: [f64; LANES],
    /// What drives it besides its neighbours: γ dt f; in rows without a derivative what comes in, f.
    pub drive: [f64; LANES],
    /// The potential at the end of the step.
    pub next: [f64; LANES],
    inverse: [f64; LANES],
}

/// Moves `together` groups of systems by a step; the rows of a node lie next to one another, parents before children.
///
/// # Panics
/// If a parent does not come before its row, there are not `together` rows for each joint, or `together` is not 1, 2
/// or 4.
pub fn step(joints: &[Joint], together: usize, rows: &mut [Row], isa: Isa) {
    assert_eq!(rows.len(), joints.len() * together, "a row for each node and group");
    assert!(matches!(together, 1 | 2 | 4), "1, 2 or 4 groups at a time");
    match together {
        1 => run::<1>(joints, rows, isa),
        2 => run::<2>(joints, rows, isa),
        _ => run::<4>(joints, rows, isa),
    }
}

fn run<const G: usize>(joints: &[Joint], rows: &mut [Row], isa: Isa) {
    assert!(isa.is_available(), "the instruction set is not there");
    match isa {
        Isa::Portable => solve::<G>(joints, rows),
        // SAFETY: the instruction set is there.
        #[cfg(target_arch = "x86_64")]
        Isa::Avx2 => unsafe { on_avx2::<G>(joints, rows) },
        // SAFETY: the instruction set is there.
        #[cfg(target_arch = "x86_64")]
        Isa::Avx512 => unsafe { on_avx512::<G>(joints, rows) },
        #[cfg(not(target_arch = "x86_64"))]
        Isa::Avx2 | Isa::Avx512 => solve::<G>(joints, rows),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn on_avx2<const G: usize>(joints: &[Joint], rows: &mut [Row]) {
    solve::<G>(joints, rows);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq")]
fn on_avx512<const G: usize>(joints: &[Joint], rows: &mut [Row]) {
    solve::<G>(joints, rows);
}

#[inline(always)]
fn solve<const G: usize>(joints: &[Joint], rows: &mut [Row]) {
    for row in &mut *rows {
        row.next = row.drive;
    }
    for (at, joint) in joints.iter().enumerate().skip(1).rev() {
        let (parents, own) = family::<G>(rows, at, joint);
        for (parent, own) in parents.iter_mut().zip(own) {
            for l in 0..LANES {
                let inverse = 1.0 / own.diagonal[l];
                // From here on the factor by which the row is taken from its parent's.
                let factor = joint.down * inverse;
                own.inverse[l] = inverse;
                own.diagonal[l] = factor;
                let apart = parent.v[l] - own.v[l];
                own.next[l] += joint.up * apart;
                parent.next[l] -= joint.down * apart;
                parent.diagonal[l] -= factor * joint.up;
                parent.next[l] += factor * own.next[l];
            }
        }
    }
    for root in rows.iter_mut().take(G) {
        for l in 0..LANES {
            root.inverse[l] = 1.0 / root.diagonal[l];
        }
    }
    substitute::<G>(joints, rows);
    for (rows, joint) in rows.chunks_exact_mut(G).zip(joints) {
        for row in rows {
            for l in 0..LANES {
                // The first stage is kept in place of what drove it.
                row.drive[l] = row.next[l];
                row.next[l] = if joint.moves { row.next[l] } else { 0.0 };
            }
        }
    }
    for (at, joint) in joints.iter().enumerate().skip(1).rev() {
        let (parents, own) = family::<G>(rows, at, joint);
        for (parent, own) in parents.iter_mut().zip(own) {
            for l in 0..LANES {
                parent.next[l] += own.diagonal[l] * own.next[l];
            }
        }
    }
    substitute::<G>(joints, rows);
    for row in rows {
        for l in 0..LANES {
            row.next[l] = row.v[l] + (row.drive[l] + AHEAD * row.next[l]);
        }
    }
}

/// From the root to the leaves.
#[inline(always)]
fn substitute<const G: usize>(joints: &[Joint], rows: &mut [Row]) {
    for root in rows.iter_mut().take(G) {
        for l in 0..LANES {
            root.next[l] *= root.inverse[l];
        }
    }
    for (at, joint) in joints.iter().enumerate().skip(1) {
        let (parents, own) = family::<G>(rows, at, joint);
        for (parent, own) in parents.iter().zip(own) {
            for l in 0..LANES {
                own.next[l] = (own.next[l] + joint.up * parent.next[l]) * own.inverse[l];
            }
        }
    }
}

/// The rows of a node's parent and its own.
#[inline(always)]
fn family<'r, const G: usize>(
    rows: &'r mut [Row],
    at: usize,
    joint: &Joint,
) -> (&'r mut [Row], &'r mut [Row]) {
    let (before, after) = rows.split_at_mut(at * G);
    let parent = joint.parent as usize * G;
    (&mut before[parent..parent + G], &mut after[..G])
}
