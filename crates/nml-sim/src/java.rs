//! The random numbers of the reference interpreter.

use crate::snapshot::{SnapshotError, State};

/// The 48-bit linear congruential generator that Java calls `java.util.Random`.
///
/// Source: the class's documentation, which fixes the algorithm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JavaRandom {
    state: u64,
}

const MULTIPLIER: u64 = 0x5_DEEC_E66D;
const MASK: u64 = (1 << 48) - 1;

impl JavaRandom {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: (seed ^ MULTIPLIER) & MASK }
    }

    fn next(&mut self, bits: u32) -> u64 {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(0xB) & MASK;
        self.state >> (48 - bits)
    }

    /// Saves or restores where in its sequence it is.
    pub(crate) fn keep(&mut self, state: &mut State<'_>) -> Result<(), SnapshotError> {
        state.count(&mut self.state)?;
        self.state &= MASK;
        Ok(())
    }

    /// A number in [0, 1).
    pub(crate) fn next_double(&mut self) -> f64 {
        let high = self.next(26) << 27;
        let low = self.next(27);
        (high + low) as f64 * 2.0_f64.powi(-53)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_of_the_default_seed() {
        assert_eq!(JavaRandom::new(1234).next_double(), 0.646_582_160_290_925_6);
    }
}
