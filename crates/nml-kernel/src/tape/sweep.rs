//! Instructions as functions over a block of lanes, one per instruction set.
#![expect(unsafe_code, reason = "vector instructions on raw lanes")]
#![expect(
    clippy::inline_always,
    reason = "lane functions must be compiled with their caller's instruction set"
)]

use super::code::Code;
use super::formula::{Formula, MAX_OPERANDS, Target, compile};
use crate::random;
use crate::simd::{Isa, Lanes, Portable};

/// Where a vector lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    /// Its first lane.
    pub pointer: *mut f64,
    /// All ones for one number per lane; zero for one line of equal numbers, read again for all lanes.
    pub lane_mask: usize,
}

/// One step of a tape.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instruction {
    /// The machine code.
    pub run: Run,
    /// The same for at most [`FEW`] lanes.
    pub run_few: Run,
    /// The slot written.
    pub to: u32,
    /// The slots read.
    pub from: [u32; MAX_OPERANDS],
}

/// So few lanes are better run on narrower vectors: the latency is that of wide ones, the work a part.
pub(super) const FEW: usize = 4;

/// Runs an instruction on the first lanes of its slots.
///
/// # Safety
/// - The instruction set the function is for must be available.
/// - The slots of the instruction must be in the list; those with a lane mask must be readable, and `to` writable, for
///   the given number of lanes, and the others for [`crate::LANES`].
/// - The number of lanes is a multiple of [`crate::LANES`], or [`FEW`] for a function selected for few.
/// - A slot that is read is either `to` itself or does not overlap it.
pub(super) type Run = unsafe fn(&Instruction, *const Slot, usize);

/// The function that runs `code` for few lanes.
pub(super) fn select_few(code: Code, isa: Isa) -> Run {
    // AVX-512 includes AVX2 and FMA.
    select(code, isa.min(Isa::Avx2))
}

/// The function that runs `code` on `isa`, which must be available to call it.
pub(super) fn select(code: Code, isa: Isa) -> Run {
    match isa {
        Isa::Portable => compile::<OnPortable>(code),
        #[cfg(target_arch = "x86_64")]
        Isa::Avx2 => compile::<x86::OnAvx2>(code),
        #[cfg(target_arch = "x86_64")]
        Isa::Avx512 => compile::<x86::OnAvx512>(code),
        #[cfg(not(target_arch = "x86_64"))]
        Isa::Avx2 | Isa::Avx512 => compile::<OnPortable>(code),
    }
    .unwrap_or(match isa {
        #[cfg(target_arch = "x86_64")]
        Isa::Avx2 => x86::random_avx2,
        #[cfg(target_arch = "x86_64")]
        Isa::Avx512 => x86::random_avx512,
        _ => run_random,
    })
}

/// The loop of all instructions but `random`.
///
/// # Safety
/// As [`Run`].
#[inline(always)]
unsafe fn sweep<V: Lanes, F: Formula>(ins: &Instruction, slots: *const Slot, lanes: usize) {
    // SAFETY: slots are in the list; each access is within the lanes the caller vouches for, because `WIDTH` divides
    // their number and a masked index is 0, where a line of `LANES` ≥ `WIDTH` numbers stands.
    unsafe {
        let to = (*slots.add(ins.to as usize)).pointer;
        let from: [Slot; MAX_OPERANDS] = std::array::from_fn(|k| {
            let k = if k < F::OPERANDS { k } else { 0 };
            *slots.add(ins.from[k] as usize)
        });
        let mut lane = 0;
        while lane < lanes {
            let first = V::load(from[0].pointer.add(lane & from[0].lane_mask));
            let x: [V; MAX_OPERANDS] = std::array::from_fn(|k| {
                if k > 0 && k < F::OPERANDS {
                    V::load(from[k].pointer.add(lane & from[k].lane_mask))
                } else {
                    first
                }
            });
            F::eval(x).store(to.add(lane));
            lane += V::WIDTH;
        }
    }
}

/// The plain build.
struct OnPortable;

impl Target for OnPortable {
    type Output = Run;
    fn compile<F: Formula>() -> Run {
        sweep::<Portable, F>
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{FEW, Formula, Instruction, Run, Slot, Target, random_lanes, sweep};
    use crate::LANES;
    use crate::simd::{Avx2, Avx512};

    pub(super) struct OnAvx2;

    impl Target for OnAvx2 {
        type Output = Run;
        fn compile<F: Formula>() -> Run {
            avx2::<F>
        }
    }

    pub(super) struct OnAvx512;

    impl Target for OnAvx512 {
        type Output = Run;
        fn compile<F: Formula>() -> Run {
            avx512::<F>
        }
    }

    /// # Safety
    /// As [`Run`].
    #[target_feature(enable = "avx2,fma")]
    pub(super) unsafe fn random_avx2(ins: &Instruction, slots: *const Slot, lanes: usize) {
        // SAFETY: passed on to the caller.
        unsafe { random_lanes::<FEW>(ins, slots, lanes) }
    }

    /// # Safety
    /// As [`Run`].
    #[target_feature(enable = "avx512f,avx512dq")]
    pub(super) unsafe fn random_avx512(ins: &Instruction, slots: *const Slot, lanes: usize) {
        // SAFETY: passed on to the caller; what runs with these instructions takes whole lines.
        unsafe { random_lanes::<LANES>(ins, slots, lanes) }
    }

    /// # Safety
    /// As [`Run`].
    #[target_feature(enable = "avx2,fma")]
    unsafe fn avx2<F: Formula>(ins: &Instruction, slots: *const Slot, lanes: usize) {
        // SAFETY: passed on to the caller.
        unsafe { sweep::<Avx2, F>(ins, slots, lanes) }
    }

    /// # Safety
    /// As [`Run`].
    #[target_feature(enable = "avx512f,avx512dq")]
    unsafe fn avx512<F: Formula>(ins: &Instruction, slots: *const Slot, lanes: usize) {
        // SAFETY: passed on to the caller.
        unsafe { sweep::<Avx512, F>(ins, slots, lanes) }
    }
}

/// Draws random numbers; operands are id, counter, and the bits of seed and stream.
///
/// # Safety
/// As [`Run`].
#[inline(always)]
unsafe fn random_lanes<const N: usize>(ins: &Instruction, slots: *const Slot, lanes: usize) {
    // SAFETY: as in `sweep`, with `N` in the place of `WIDTH`.
    unsafe {
        let to = (*slots.add(ins.to as usize)).pointer;
        let [id, counter, seed, stream] = std::array::from_fn(|k| *slots.add(ins.from[k] as usize));
        let seed = (*seed.pointer).to_bits();
        let stream = u16::try_from((*stream.pointer).to_bits()).unwrap_or(0);
        let mut lane = 0;
        while lane < lanes {
            let ids = *id.pointer.add(lane & id.lane_mask).cast::<[f64; N]>();
            let counters = *counter.pointer.add(lane & counter.lane_mask).cast::<[f64; N]>();
            *to.add(lane).cast::<[f64; N]>() = random::draw_lanes(seed, stream, ids, counters);
            lane += N;
        }
    }
}

/// # Safety
/// As [`Run`].
unsafe fn run_random(ins: &Instruction, slots: *const Slot, lanes: usize) {
    // SAFETY: passed on to the caller.
    unsafe { random_lanes::<FEW>(ins, slots, lanes) }
}
