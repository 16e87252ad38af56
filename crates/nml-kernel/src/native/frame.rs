//! Places for numbers between their making and their use.

use super::functions::ROOM;

/// A place, counted in numbers.
pub(super) type Slot = usize;

/// Gives places and takes them back; those of a function call lie side by side.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// By group of [`ROOM`] places: how many are in use, or none where they are given one by one.
    in_use: Vec<Option<usize>>,
    free_groups: Vec<usize>,
    free_slots: Vec<Slot>,
}

impl Frame {
    /// How many places there have been.
    pub(super) fn len(&self) -> usize {
        self.in_use.len() * ROOM
    }

    /// A place.
    pub(super) fn slot(&mut self) -> Slot {
        if let Some(slot) = self.free_slots.pop() {
            return slot;
        }
        let first = self.len();
        self.in_use.push(None);
        self.free_slots.extend((first + 1..first + ROOM).rev());
        first
    }

    /// The first of [`ROOM`] places side by side, of which `used` will be given back.
    pub(super) fn group(&mut self, used: usize) -> Slot {
        let group = self.free_groups.pop().unwrap_or_else(|| {
            self.in_use.push(None);
            self.in_use.len() - 1
        });
        self.in_use[group] = Some(used);
        group * ROOM
    }

    /// Takes a place back.
    pub(super) fn give_back(&mut self, slot: Slot) {
        let group = slot / ROOM;
        match &mut self.in_use[group] {
            None => self.free_slots.push(slot),
            Some(used) => {
                *used -= 1;
                if *used == 0 {
                    self.free_groups.push(group);
                }
            }
        }
    }
}
