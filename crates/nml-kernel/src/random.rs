//! Counter-based random numbers: Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3").
//!
//! A draw is a pure function of seed, instance, stream and count, so the order of evaluation and the number of threads
//! cannot change it.

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];

/// The Philox4x32 bijection with ten rounds.
#[must_use]
pub fn philox4x32_10(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for round in 0..10 {
        if round > 0 {
            key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
        }
        let (hi0, lo0) = wide_product(MULTIPLIERS[0], counter[0]);
        let (hi1, lo1) = wide_product(MULTIPLIERS[1], counter[2]);
        counter = [hi1 ^ counter[1] ^ key[0], lo1, hi0 ^ counter[3] ^ key[1], lo0];
    }
    counter
}

fn wide_product(a: u32, b: u32) -> (u32, u32) {
    let product = u64::from(a) * u64::from(b);
    (high(product), low(product))
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is what is wanted")]
fn low(x: u64) -> u32 {
    x as u32
}

fn high(x: u64) -> u32 {
    low(x >> 32)
}

/// A number in [0, 1) from 53 random bits: ⌊a/2⁵⌋·2²⁶ + ⌊b/2⁶⌋, over 2⁵³.
#[must_use]
pub fn uniform(a: u32, b: u32) -> f64 {
    let bits = (u64::from(a >> 5) << 26) | u64::from(b >> 6);
    bits as f64 * (1.0 / 9_007_199_254_740_992.0)
}

/// As [`draw`] for several lanes, in a form that compilers turn into vector instructions.
#[inline(always)]
#[must_use]
pub(crate) fn draw_lanes<const N: usize>(
    seed: u64,
    stream: u16,
    ids: [f64; N],
    counters: [f64; N],
) -> [f64; N] {
    const LOW: u64 = 0xFFFF_FFFF;
    let [m0, m1] = MULTIPLIERS.map(u64::from);
    let (mut k0, mut k1) = (low(seed), high(seed));
    // Words of 32 bits in the low halves of 64: their products then are single instructions.
    let (mut c0, mut c1, mut c2, mut c3) = ([0_u64; N], [0_u64; N], [0_u64; N], [0_u64; N]);
    for i in 0..N {
        let (id, counter) = (whole(ids[i]), whole(counters[i]));
        c0[i] = counter & LOW;
        c1[i] = u64::from(stream) | ((counter >> 16) & 0xFFFF_0000);
        c2[i] = id & LOW;
        c3[i] = id >> 32;
    }
    for round in 0..10 {
        if round > 0 {
            (k0, k1) = (k0.wrapping_add(WEYL[0]), k1.wrapping_add(WEYL[1]));
        }
        let (key0, key1) = (u64::from(k0), u64::from(k1));
        for i in 0..N {
            let (p0, p1) = (m0 * (c0[i] & LOW), m1 * (c2[i] & LOW));
            c0[i] = (p1 >> 32) ^ c1[i] ^ key0;
            c2[i] = (p0 >> 32) ^ c3[i] ^ key1;
            c1[i] = p1 & LOW;
            c3[i] = p0 & LOW;
        }
    }
    std::array::from_fn(|i| {
        let bits = ((c0[i] >> 5) << 26) | (c1[i] >> 6);
        bits as f64 * (1.0 / 9_007_199_254_740_992.0)
    })
}

/// The draw numbered `counter` of `stream` of the instance with global id `id`.
///
/// Philox is keyed by (seed low, seed high) and counts (draw low, stream + 2¹⁶ · draw bits 32–47, id low, id high);
/// the number is [`uniform`] of its first two words.
/// Below 2³² draws these are the words of NEURON's `Random123` with global index `seed` and ids (id low, id high, stream).
/// `id` and `counter` are whole numbers; anything else is cut to the nearest below in 0..2⁶⁴, NaN is 0.
#[must_use]
pub fn draw(seed: u64, stream: u16, id: f64, counter: f64) -> f64 {
    let (id, counter) = (whole(id), whole(counter));
    let words = philox4x32_10(
        [low(counter), u32::from(stream) | (high(counter) << 16), low(id), high(id)],
        [low(seed), high(seed)],
    );
    uniform(words[0], words[1])
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturation is the documented meaning"
)]
fn whole(x: f64) -> u64 {
    x as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known answers published with Random123 (`kat_vectors`, philox4x32 with 10 rounds).
    #[test]
    fn philox_gives_the_known_answers() {
        let max = u32::MAX;
        assert_eq!(
            philox4x32_10([0; 4], [0; 2]),
            [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
        );
        assert_eq!(
            philox4x32_10([max; 4], [max; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
        assert_eq!(
            philox4x32_10(
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0]
            ),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn lanes_draw_what_one_draws() {
        let ids = [0.0, 1.0, 4_294_967_296.0, 9e15, f64::NAN, -3.0, 1e300, 12_345.5];
        let counters = [7.0, 0.0, 1e12, 3.7, 281_474_976_710_655.0, f64::INFINITY, 2.0, -1.0];
        for (seed, stream) in [(0, 0), (u64::MAX, u16::MAX), (0x6E_6D6C, 3)] {
            let lanes = draw_lanes(seed, stream, ids, counters);
            for i in 0..8 {
                let one = draw(seed, stream, ids[i], counters[i]);
                assert_eq!(lanes[i].to_bits(), one.to_bits(), "lane {i}");
            }
        }
    }

    #[test]
    fn uniform_covers_the_half_open_interval() {
        assert_eq!(uniform(0, 0), 0.0);
        assert_eq!(uniform(u32::MAX, u32::MAX), 1.0 - f64::EPSILON / 2.0);
        assert_eq!(uniform(1 << 31, 0), 0.5);
    }

    #[test]
    fn every_part_of_the_key_matters() {
        let base = draw(1, 2, 3.0, 4.0);
        for other in [draw(2, 2, 3.0, 4.0), draw(1 << 32, 2, 3.0, 4.0), draw(1, 3, 3.0, 4.0)] {
            assert_ne!(base, other);
        }
        let two32 = 4_294_967_296.0;
        for other in [draw(1, 2, two32, 4.0), draw(1, 2, 3.0, 5.0), draw(1, 2, 3.0, two32 + 4.0)] {
            assert_ne!(base, other);
        }
        assert_eq!(draw(1, 2, f64::NAN, -1.0), draw(1, 2, 0.0, 0.0));
    }

    /// Mean and variance of 100 000 draws within four standard errors of 1/2 and 1/12.
    #[test]
    fn moments_are_those_of_the_uniform_law() {
        let n = 100_000;
        let draws: Vec<f64> = (0..n).map(|i| draw(7, 0, 5.0, f64::from(i))).collect();
        let mean = draws.iter().sum::<f64>() / f64::from(n);
        let variance = draws.iter().map(|u| (u - 0.5).powi(2)).sum::<f64>() / f64::from(n);
        assert!((mean - 0.5).abs() < 4.0 * (1.0f64 / 12.0 / f64::from(n)).sqrt(), "{mean}");
        assert!((variance - 1.0 / 12.0).abs() < 4.0 * (1.0f64 / 180.0 / f64::from(n)).sqrt());
    }
}
