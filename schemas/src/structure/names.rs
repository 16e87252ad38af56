//! Element and attribute names as small numbers.

use super::generated::names::{NAMES, SLOTS};

/// An element or attribute name that the standard uses somewhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NameId(pub(crate) u16);

impl NameId {
    /// The name.
    pub fn as_str(self) -> &'static str {
        NAMES.get(usize::from(self.0)).copied().unwrap_or("")
    }
}

/// The number of a name, if the standard uses it for an element or attribute.
///
/// One hash of the first and last bytes and, mostly, one comparison.
pub fn name_id(name: &str) -> Option<NameId> {
    let mut slot = hash(name.as_bytes());
    loop {
        let id = SLOTS[slot % SLOTS.len()];
        // Half of the slots are free, so that the search ends.
        let found = NAMES.get(usize::from(id))?;
        if *found == name {
            return Some(NameId(id));
        }
        slot += 1;
    }
}

fn hash(name: &[u8]) -> usize {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let n = name.len();
    let (a, b) = if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk())
        && n > 8
    {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
    } else if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
        (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)))
    } else {
        match name {
            [] => (0, 0),
            _ => (u64::from(name[0]), u64::from(name[n / 2]) << 8 | u64::from(name[n - 1])),
        }
    };
    let mixed = (a ^ (n as u64).wrapping_mul(K)).wrapping_mul(K) ^ b.rotate_left(29);
    // 24 bits are left; they fit a usize on every platform.
    (mixed.wrapping_mul(K) >> 40) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_others_are_not() {
        for name in NAMES {
            assert_eq!(name_id(name).map(NameId::as_str), Some(name));
            assert_eq!(name_id(&format!("{name}_")).map(NameId::as_str), None);
        }
        for name in ["", "x1x", "zz", "segmentx", "µ", "connectiön"] {
            assert_eq!(name_id(name), None);
        }
    }

    #[test]
    fn few_comparisons_find_a_name() {
        let far = NAMES.iter().enumerate().map(|(id, name)| {
            let at = SLOTS.iter().position(|&s| usize::from(s) == id).unwrap();
            (at + SLOTS.len() - hash(name.as_bytes()) % SLOTS.len()) % SLOTS.len()
        });
        assert!(far.sum::<usize>() < NAMES.len());
    }
}
