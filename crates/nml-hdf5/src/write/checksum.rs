//! The checksum of metadata: `lookup3` by Bob Jenkins (2006, public domain), as the file format names it.

/// The checksum of bytes, begun with 0.
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    let start = 0xdead_beef_u32.wrapping_add(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
    let mut words = [start; 3];
    let mut rest = bytes;
    // The last block is mixed in another way, even where it is full.
    while rest.len() > 12 {
        let (block, others) = rest.split_at(12);
        add(&mut words, block);
        mix(&mut words);
        rest = others;
    }
    if rest.is_empty() {
        return words[2];
    }
    add(&mut words, rest);
    end(&mut words);
    words[2]
}

/// Adds up to twelve bytes, little end first, to three words.
fn add(words: &mut [u32; 3], block: &[u8]) {
    for (word, four) in words.iter_mut().zip(block.chunks(4)) {
        let mut padded = [0; 4];
        padded[..four.len()].copy_from_slice(four);
        *word = word.wrapping_add(u32::from_le_bytes(padded));
    }
}

fn mix([a, b, c]: &mut [u32; 3]) {
    // Takes one word from another, stirs, and adds the third to the one taken.
    let step = |x: &mut u32, taken: &mut u32, third: u32, bits: u32| {
        *x = x.wrapping_sub(*taken) ^ taken.rotate_left(bits);
        *taken = taken.wrapping_add(third);
    };
    step(a, c, *b, 4);
    step(b, a, *c, 6);
    step(c, b, *a, 8);
    step(a, c, *b, 16);
    step(b, a, *c, 19);
    step(c, b, *a, 4);
}

fn end([a, b, c]: &mut [u32; 3]) {
    let step = |x: &mut u32, y: u32, bits: u32| *x = (*x ^ y).wrapping_sub(y.rotate_left(bits));
    step(c, *b, 14);
    step(a, *c, 11);
    step(b, *a, 25);
    step(c, *b, 16);
    step(a, *c, 4);
    step(b, *a, 14);
    step(c, *b, 24);
}

#[cfg(test)]
mod tests {
    use super::checksum;

    #[test]
    fn the_figures_of_its_author() {
        // The last lines of lookup3.c: no bytes, and 30 bytes of text, both begun with 0.
        assert_eq!(checksum(b""), 0xdead_beef);
        assert_eq!(checksum(b"Four score and seven years ago"), 0x1777_0551);
    }
}
