//! The membrane potentials of cells of several compartments: systems of linear equations whose rows hang together as a
//! tree, [`LANES`] of them side by side.
//!
//! Over a step, what goes through the membrane is linear in the potential, and what flows along the cell is anyway:
//! dv/dt = f + s (v − v₀) + Σ g (v′ − v) / C.
//! Elimination goes from the leaves to the root, substitution back (Hines 1984, Int. J. Bio-Med. Comput. 15:69–76).
//! A solution moves the potentials of cells by one step of the L-stable, stiffly accurate method of two stages and
//! second order that has one matrix for both (Alexander 1977, SIAM J. Numer. Anal. 14:1006–1021, SDIRK2).
//! Each lane computes for itself, in the same order on every instruction set: same bits for any neighbours.
#![expect(unsafe_code, reason = "code for instruction sets found at run time")]
#![expect(
    clippy::inline_always,
    reason = "loops must be compiled with their caller's instruction set"
)]

mod unroll;

use std::f64::consts::FRAC_1_SQRT_2;

use crate::columns::LANES;
#[cfg(target_arch = "x86_64")]
use crate::simd::{Avx2, Avx512};
use crate::simd::{Isa, Lanes, Portable};

pub use unroll::Membrane;

/// The coefficient γ of both stages.
pub const GAMMA: f64 = 1.0 - FRAC_1_SQRT_2;

/// What the second stage takes of the change in the first: (1 − γ) / γ.
///
/// With M = 1 − γ dt J for the Jacobian J, the stages z₁ = M⁻¹ γ dt f(v) and z₂ = M⁻¹ z₁ lead to v + z₁ + (1 − γ)/γ z₂.
/// Only changes are solved for, so that rounding is that of changes: a cell at rest stays, and charge is kept.
const AHEAD: f64 = (1.0 - GAMMA) / GAMMA;

/// So many groups of systems are solved at a time, to hide the latency of divisions.
pub const GROUPS: usize = 2;

/// A place in a cell.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Node {
    /// The place it hangs on, before it; itself for the first.
    pub parent: usize,
    /// Which field holds its potential; none where nothing goes through the membrane.
    pub field: Option<u32>,
    /// Whether it has a capacitance; else what comes in goes out at once, and the field's numbers are a current and its
    /// derivative instead of rates.
    pub moves: bool,
    /// Conductance to the parent over the own capacitance, 1/s; as it is, S, where there is none.
    pub to_parent: f64,
    /// The same conductance over the capacitance of the parent.
    pub from_parent: f64,
    /// The sum of the conductances to all neighbours over the capacitance.
    pub total: f64,
}

/// The potentials of some places in all cells, and what goes through their membranes.
#[derive(Debug)]
pub struct Field<'a> {
    /// What to take from the place of a potential to find it here.
    pub start: u32,
    /// The potential, V; becomes that at the end of the step.
    pub v: &'a mut [f64],
    /// Its rate of change through the membrane, V/s.
    pub rate: &'a [f64],
    /// The derivative of that by the potential, 1/s.
    pub slope: &'a [f64],
}

/// The matrix of a cell for one step, but for what the membrane adds to its diagonal.
#[derive(Clone, Debug, Default)]
pub struct System {
    joints: Vec<Joint>,
}

/// How a row is joined to that of its parent.
#[derive(Clone, Copy, Debug)]
struct Joint {
    parent: u32,
    /// [`BARE`] without field.
    field: u32,
    /// The place whose potential stands for its own: itself, or the nearest that has a field.
    near: u32,
    moves: bool,
    /// Whether it is no parent.
    is_leaf: bool,
    /// Whether its parent has no child after it.
    is_last: bool,
    /// γ dt, or 1 for a balance.
    scale: f64,
    /// The diagonal without the membrane.
    diagonal: f64,
    /// By what the parent's solution counts in the row.
    up: f64,
    /// By what the row's solution counts in the parent's row.
    down: f64,
}

const BARE: u32 = u32::MAX;

impl System {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.joints.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.joints.is_empty()
    }

    /// Of places, parents first, for a step of `dt` seconds.
    pub fn new(nodes: &[Node], dt: f64) -> Self {
        let h = GAMMA * dt;
        let scale = |node: &Node| if node.moves { h } else { 1.0 };
        let mut is_parent = vec![false; nodes.len()];
        let mut joints: Vec<Joint> = Vec::with_capacity(nodes.len());
        for (at, node) in nodes.iter().enumerate().rev() {
            joints.push(Joint {
                // There are no more places than a `u32` counts.
                parent: u32::try_from(node.parent).unwrap_or(u32::MAX),
                field: node.field.unwrap_or(BARE),
                near: 0,
                moves: node.moves,
                is_leaf: !is_parent[at],
                is_last: at > 0 && !std::mem::replace(&mut is_parent[node.parent], true),
                scale: scale(node),
                diagonal: f64::from(u8::from(node.moves)) + scale(node) * node.total,
                up: node.to_parent * scale(node),
                down: node.from_parent * scale(&nodes[node.parent]),
            });
        }
        joints.reverse();
        let first = joints.iter().position(|joint| joint.field != BARE).unwrap_or(0);
        for at in 0..joints.len() {
            let near = match (joints[at].field, at) {
                (BARE, 0) => u32::try_from(first).unwrap_or(u32::MAX),
                (BARE, _) => joints[joints[at].parent as usize].near,
                _ => u32::try_from(at).unwrap_or(u32::MAX),
            };
            joints[at].near = near;
        }
        Self { joints }
    }
}

/// The numbers of a row in [`LANES`] systems while they are solved.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, align(64))]
struct Row {
    /// What children take from the diagonal, then its inverse.
    inverse: [f64; LANES],
    /// The right-hand side of the first stage, then its solution.
    first: [f64; LANES],
    /// The right-hand side of the second stage, then its solution.
    second: [f64; LANES],
}

/// The memory that solving needs.
#[derive(Clone, Debug, Default)]
pub struct Work {
    rows: Vec<Row>,
    staged: [Vec<f64>; 3],
}

/// Moves cells by a step.
///
/// `first` has, for each group of `width` cells, up to [`GROUPS`] of them, where the potentials of each place lie in
/// its field: those of the group's cells side by side.
///
/// # Panics
/// If a parent does not come before its row, a group has more than [`LANES`] cells, or a place is not in its field.
pub fn step(
    system: &System,
    (first, width): (&[&[u32]], usize),
    fields: &mut [Field<'_>],
    work: &mut Work,
    isa: Isa,
) {
    let size = system.joints.len();
    assert!(first.iter().all(|first| first.len() == size), "a place for each row");
    assert!(isa.is_available(), "the instruction set is not there");
    assert!(width <= LANES, "a group is of {LANES} cells at most");
    work.rows.resize(work.rows.len().max(size * GROUPS), Row::default());
    let joints = &system.joints[..];
    match (first, width) {
        (_, 0) => {}
        (&[first], 1 | LANES) => {
            let rows = &mut work.rows;
            run(Run { joints, first: [first], fields, rows }, isa, width == 1);
        }
        (&[one, two], LANES) => {
            let rows = &mut work.rows;
            run(Run { joints, first: [one, two], fields, rows }, isa, false);
        }
        (groups, _) => {
            for first in groups {
                staged((joints, isa), (first, width), fields, work);
            }
        }
    }
}

/// A step of fewer cells than lanes, the other lanes being copies of the last.
fn staged(
    (joints, isa): (&[Joint], Isa),
    (first, width): (&[u32], usize),
    fields: &mut [Field<'_>],
    work: &mut Work,
) {
    let places = || joints.iter().zip(first).enumerate().filter(|(_, (j, _))| j.field != BARE);
    for staged in &mut work.staged {
        staged.resize(joints.len() * LANES, 0.0);
    }
    for (to, (joint, &first)) in places() {
        let field = &fields[joint.field as usize];
        let at = (first - field.start) as usize;
        let lanes = at..at + width;
        for (staged, column) in work.staged.iter_mut().zip([&*field.v, field.rate, field.slope]) {
            let column = &column[lanes.clone()];
            let row = &mut staged[to * LANES..][..LANES];
            row[..width].copy_from_slice(column);
            row[width..].fill(column[width - 1]);
        }
    }
    let [v, rate, slope] = &mut work.staged;
    let within: Vec<Joint> = joints
        .iter()
        .map(|joint| Joint { field: if joint.field == BARE { BARE } else { 0 }, ..*joint })
        .collect();
    let side_by_side: Vec<u32> = (0..).step_by(LANES).take(joints.len()).collect();
    let field = &mut [Field { start: 0, v, rate, slope }];
    let rows = &mut work.rows;
    run(Run { joints: &within, first: [&side_by_side], fields: field, rows }, isa, false);
    for (at, (joint, &first)) in places() {
        let row = &work.staged[0][at * LANES..][..width];
        let field = &mut fields[joint.field as usize];
        field.v[(first - field.start) as usize..][..width].copy_from_slice(row);
    }
}

/// Groups of systems to be solved.
struct Run<'a, 'f, const G: usize> {
    joints: &'a [Joint],
    first: [&'a [u32]; G],
    fields: &'a mut [Field<'f>],
    rows: &'a mut [Row],
}

fn run<const G: usize>(run: Run<'_, '_, G>, isa: Isa, single: bool) {
    match isa {
        Isa::Portable if single => run.solve::<f64, 1>(),
        Isa::Portable => run.solve::<Portable, { LANES / 4 }>(),
        // SAFETY: the instruction set is there.
        #[cfg(target_arch = "x86_64")]
        Isa::Avx2 => unsafe { on_avx2(run, single) },
        // SAFETY: the instruction set is there.
        #[cfg(target_arch = "x86_64")]
        Isa::Avx512 => unsafe { on_avx512(run, single) },
        #[cfg(not(target_arch = "x86_64"))]
        Isa::Avx2 | Isa::Avx512 => run.solve::<Portable, { LANES / 4 }>(),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn on_avx2<const G: usize>(run: Run<'_, '_, G>, single: bool) {
    if single { run.solve::<f64, 1>() } else { run.solve::<Avx2, { LANES / 4 }>() }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx2,fma")]
fn on_avx512<const G: usize>(run: Run<'_, '_, G>, single: bool) {
    if single { run.solve::<f64, 1>() } else { run.solve::<Avx512, 1>() }
}

/// The k-th vector of lanes.
#[inline(always)]
fn load<V: Lanes>(lanes: &[f64], k: usize) -> V {
    let lanes = &lanes[k * V::WIDTH..][..V::WIDTH];
    // SAFETY: there are `WIDTH` numbers, and `run` found the instruction set.
    unsafe { V::load(lanes.as_ptr()) }
}

#[inline(always)]
fn store<V: Lanes>(lanes: &mut [f64], k: usize, x: V) {
    let lanes = &mut lanes[k * V::WIDTH..][..V::WIDTH];
    // SAFETY: there are `WIDTH` numbers.
    unsafe { x.store(lanes.as_mut_ptr()) }
}

impl<const G: usize> Run<'_, '_, G> {
    /// All rows by vectors, `N` of them side by side.
    #[inline(always)]
    fn solve<V: Lanes, const N: usize>(mut self) {
        self.eliminate::<V, N>();
        self.substitute::<V, N>();
        for (at, joint) in self.joints.iter().enumerate().skip(1).rev() {
            let (parents, own) = family::<G>(self.rows, at, joint.parent);
            for (parent, own) in parents.iter_mut().zip(own) {
                for k in 0..N {
                    let inverse: V = load(&own.inverse, k);
                    let factor = inverse.mul(inverse.splat(joint.down));
                    let second = factor.fma(load(&own.second, k), load(&parent.second, k));
                    store(&mut parent.second, k, second);
                }
            }
        }
        self.finish::<V, N>();
    }

    /// The potential at a place, or near it, before the step.
    #[inline(always)]
    fn potential<V: Lanes>(&self, at: usize, g: usize, k: usize) -> V {
        let near = self.joints[at].near as usize;
        let joint = &self.joints[near];
        if joint.field == BARE {
            // Nothing has a field.
            return load(&[0.0; LANES], k);
        }
        let field = &self.fields[joint.field as usize];
        load(&field.v[(self.first[g][near] - field.start) as usize..], k)
    }

    /// From the leaves to the root, while the rows are made.
    #[inline(always)]
    fn eliminate<V: Lanes, const N: usize>(&mut self) {
        for (at, joint) in self.joints.iter().enumerate().rev() {
            for g in 0..G {
                for k in 0..N {
                    let v: V = self.potential(at, g, k);
                    let (mut diagonal, mut right) = if joint.field == BARE {
                        (v.splat(joint.diagonal), v.splat(0.0))
                    } else {
                        let field = &self.fields[joint.field as usize];
                        let first = (self.first[g][at] - field.start) as usize;
                        let scale = v.splat(joint.scale);
                        let rate = load::<V>(&field.rate[first..], k).mul(scale);
                        let slope = load::<V>(&field.slope[first..], k);
                        (slope.neg().fma(scale, v.splat(joint.diagonal)), rate)
                    };
                    let own = &mut self.rows[at * G + g];
                    if !joint.is_leaf {
                        diagonal = diagonal.sub(load(&own.inverse, k));
                        right = right.add(load(&own.first, k));
                    }
                    let inverse = v.splat(1.0).div(diagonal);
                    store(&mut own.inverse, k, inverse);
                    if at == 0 {
                        store(&mut own.first, k, right);
                        continue;
                    }
                    let (up, down) = (v.splat(joint.up), v.splat(joint.down));
                    let apart = self.potential::<V>(joint.parent as usize, g, k).sub(v);
                    let right = up.fma(apart, right);
                    store(&mut self.rows[at * G + g].first, k, right);
                    let factor = inverse.mul(down);
                    let parent = &mut self.rows[joint.parent as usize * G + g];
                    let (taken, given) = if joint.is_last {
                        (factor.mul(up), factor.mul(right))
                    } else {
                        let taken = factor.fma(up, load(&parent.inverse, k));
                        (taken, factor.fma(right, load(&parent.first, k)))
                    };
                    store(&mut parent.inverse, k, taken);
                    store(&mut parent.first, k, down.neg().fma(apart, given));
                }
            }
        }
    }

    /// From the root to the leaves: the first stage.
    #[inline(always)]
    fn substitute<V: Lanes, const N: usize>(&mut self) {
        for (at, joint) in self.joints.iter().enumerate() {
            for g in 0..G {
                for k in 0..N {
                    let solved: V = self.solution((at, joint), (g, k), |row| &row.first);
                    let own = &mut self.rows[at * G + g];
                    store(&mut own.first, k, solved);
                    let right = if joint.moves { solved } else { solved.splat(0.0) };
                    store(&mut own.second, k, right);
                }
            }
        }
    }

    /// From the root to the leaves: the second stage.
    #[inline(always)]
    fn finish<V: Lanes, const N: usize>(&mut self) {
        for (at, joint) in self.joints.iter().enumerate() {
            for g in 0..G {
                for k in 0..N {
                    let solved: V = self.solution((at, joint), (g, k), |row| &row.second);
                    let own = &mut self.rows[at * G + g];
                    store(&mut own.second, k, solved);
                    if joint.field != BARE {
                        let change = solved.splat(AHEAD).fma(solved, load(&own.first, k));
                        let field = &mut self.fields[joint.field as usize];
                        let first = (self.first[g][at] - field.start) as usize;
                        let v: V = load(&field.v[first..], k);
                        store(&mut field.v[first..], k, v.add(change));
                    }
                }
            }
        }
    }

    /// The solution of a row whose parent is solved.
    #[inline(always)]
    fn solution<V: Lanes>(
        &self,
        (at, joint): (usize, &Joint),
        (g, k): (usize, usize),
        of: impl Fn(&Row) -> &[f64; LANES],
    ) -> V {
        let own = &self.rows[at * G + g];
        let (right, inverse): (V, V) = (load(of(own), k), load(&own.inverse, k));
        if at == 0 {
            return right.mul(inverse);
        }
        let parent: V = load(of(&self.rows[joint.parent as usize * G + g]), k);
        right.splat(joint.up).fma(parent, right).mul(inverse)
    }
}

/// The rows of a node's parent and its own.
#[inline(always)]
fn family<const G: usize>(rows: &mut [Row], at: usize, parent: u32) -> (&mut [Row], &mut [Row]) {
    let (before, after) = rows.split_at_mut(at * G);
    let parent = parent as usize * G;
    (&mut before[parent..parent + G], &mut after[..G])
}
