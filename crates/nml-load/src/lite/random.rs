//! The random numbers of Python, in which the networks of `NeuroMLlite` are defined.
//!
//! Matsumoto and Nishimura, ACM TOMACS 8 (1998): MT19937 with its seeding by an array; doubles of 53 bits.

const N: usize = 624;
const M: usize = 397;

/// `random.Random(seed)`.
pub(super) struct Random {
    state: [u32; N],
    at: usize,
}

impl Random {
    /// Seeded by a whole number, of which the sign does not count.
    pub(super) fn new(seed: u64) -> Self {
        let half = |word: u64| u32::try_from(word & 0xffff_ffff).unwrap_or(0);
        let words = [half(seed), half(seed >> 32)];
        let key = if words[1] == 0 { &words[..1] } else { &words[..] };
        let mut state = [0_u32; N];
        state[0] = 19_650_218;
        for (i, number) in (1..N).zip(1_u32..) {
            let last = state[i - 1];
            state[i] = (last ^ (last >> 30)).wrapping_mul(1_812_433_253).wrapping_add(number);
        }
        let (mut i, mut j) = (1, 0);
        for _ in 0..N.max(key.len()) {
            let last = state[i - 1];
            let mixed = (last ^ (last >> 30)).wrapping_mul(1_664_525);
            state[i] = (state[i] ^ mixed).wrapping_add(key[j]).wrapping_add(u32::from(j == 1));
            i += 1;
            j = (j + 1) % key.len();
            if i >= N {
                state[0] = state[N - 1];
                i = 1;
            }
        }
        for _ in 0..N - 1 {
            let last = state[i - 1];
            let mixed = (last ^ (last >> 30)).wrapping_mul(1_566_083_941);
            state[i] = (state[i] ^ mixed).wrapping_sub(u32::try_from(i).unwrap_or(u32::MAX));
            i += 1;
            if i >= N {
                state[0] = state[N - 1];
                i = 1;
            }
        }
        state[0] = 0x8000_0000;
        Self { state, at: N }
    }

    fn word(&mut self) -> u32 {
        if self.at >= N {
            for i in 0..N {
                let y = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % N] & 0x7fff_ffff);
                let odd = if y & 1 == 1 { 0x9908_b0df } else { 0 };
                self.state[i] = self.state[(i + M) % N] ^ (y >> 1) ^ odd;
            }
            self.at = 0;
        }
        let mut y = self.state[self.at];
        self.at += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    /// `random()`: from 0 up to 1.
    pub(super) fn next(&mut self) -> f64 {
        let (a, b) = (self.word() >> 5, self.word() >> 6);
        (f64::from(a) * 67_108_864.0 + f64::from(b)) / 9_007_199_254_740_992.0
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn it_is_that_of_python() {
        // `random.Random(seed).random()` of CPython 3.11, the first and the thousandth.
        for (seed, first, later) in SEEDS {
            let mut random = Random::new(seed);
            assert_eq!(random.next(), first);
            let last = (0..999).map(|_| random.next()).last();
            assert_eq!(last, Some(later));
        }
    }

    #[expect(clippy::unreadable_literal, reason = "as Python prints them")]
    const SEEDS: [(u64, f64, f64); 3] = [
        (1234, 0.9664535356921388, 0.5225741878549308),
        (0, 0.8444218515250481, 0.4804125346981437),
        (1099511627783, 0.6137037779936511, 0.07764916333699712),
    ];
}
