//! The state of a run between two steps, as bytes and back.
//!
//! Everything that changes from step to step passes through one function per part, which saves or restores it,
//! so that the two cannot differ.  Numbers are words of 64 bits, little end first.  What a model and its options
//! determine is not part of the state; the sizes of what is determined by them are, as a check.

use std::io::{Read, Write};

use nml_kernel::{Column, Columns, Program};

use crate::SinkError;

/// A state was not restored.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SnapshotError {
    /// It is of another model, other options or another program.
    #[error("the saved state is not one of this run: {0}")]
    Differs(String),
    /// It is cut short, too long, or not what a state looks like.
    #[error("the saved state is damaged: {0}")]
    Damaged(String),
    /// The scheme cannot.
    #[error("a run of scheme `{0}` cannot be saved and resumed")]
    Scheme(&'static str),
}

/// A run between two steps, ready to be saved.
pub struct Snapshot<'a> {
    /// Steps made.
    pub steps: u64,
    /// Simulated time, in seconds.
    pub time: f64,
    machine: &'a mut dyn Keep,
}

impl std::fmt::Debug for Snapshot<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").field("steps", &self.steps).finish_non_exhaustive()
    }
}

impl<'a> Snapshot<'a> {
    pub(crate) fn new(steps: u64, time: f64, machine: &'a mut dyn Keep) -> Self {
        Self { steps, time, machine }
    }

    /// Writes the state.
    ///
    /// # Errors
    /// Those of the receiver.
    pub fn write(&mut self, to: &mut dyn Write) -> Result<(), SinkError> {
        let mut state = State { way: Way::Save(to), bytes: Vec::new() };
        self.machine.keep(&mut state).map_err(|error| match error {
            SnapshotError::Damaged(text) | SnapshotError::Differs(text) => SinkError(text),
            SnapshotError::Scheme(_) => SinkError(error.to_string()),
        })
    }
}

/// Something whose state can be saved and restored.
pub(crate) trait Keep {
    /// Saves or restores all of it.
    fn keep(&mut self, state: &mut State<'_>) -> Result<(), SnapshotError>;
}

/// Restores the state of a machine of the same model, of the same options and in the same program.
pub(crate) fn restore(machine: &mut dyn Keep, from: &mut dyn Read) -> Result<(), SnapshotError> {
    let mut state = State { way: Way::Restore(from), bytes: Vec::new() };
    machine.keep(&mut state)?;
    state.end()
}

/// Bytes on their way to or from a file.
pub(crate) struct State<'a> {
    way: Way<'a>,
    bytes: Vec<u8>,
}

enum Way<'a> {
    Save(&'a mut dyn Write),
    Restore(&'a mut dyn Read),
}

/// How many words pass at a time.
const BLOCK: usize = 4096;

impl State<'_> {
    /// Whether this restores.
    pub(crate) const fn restores(&self) -> bool {
        matches!(self.way, Way::Restore(_))
    }

    /// Passes words; `word` and `set` turn values into words and back.
    fn pass<T>(
        &mut self,
        values: &mut [T],
        word: impl Fn(&T) -> u64,
        set: impl Fn(&mut T, u64) -> Result<(), SnapshotError>,
    ) -> Result<(), SnapshotError> {
        for values in values.chunks_mut(BLOCK) {
            match &mut self.way {
                Way::Save(to) => {
                    self.bytes.clear();
                    self.bytes.extend(values.iter().flat_map(|value| word(value).to_le_bytes()));
                    to.write_all(&self.bytes).map_err(|e| SnapshotError::Damaged(e.to_string()))?;
                }
                Way::Restore(from) => {
                    self.bytes.resize(values.len() * 8, 0);
                    from.read_exact(&mut self.bytes).map_err(damaged)?;
                    for (value, word) in values.iter_mut().zip(self.bytes.as_chunks::<8>().0) {
                        set(value, u64::from_le_bytes(*word))?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Numbers, to the bit.
    pub(crate) fn numbers(&mut self, values: &mut [f64]) -> Result<(), SnapshotError> {
        let set = |value: &mut f64, word| {
            *value = f64::from_bits(word);
            Ok(())
        };
        self.pass(values, |value| value.to_bits(), set)
    }

    /// A number, to the bit.
    pub(crate) fn number(&mut self, value: &mut f64) -> Result<(), SnapshotError> {
        self.numbers(std::slice::from_mut(value))
    }

    /// A number that may be absent.
    pub(crate) fn perhaps(&mut self, value: &mut Option<f64>) -> Result<(), SnapshotError> {
        let (mut there, mut number) = (value.is_some(), value.unwrap_or(0.0));
        self.flag(&mut there)?;
        self.number(&mut number)?;
        *value = there.then_some(number);
        Ok(())
    }

    /// A count.
    pub(crate) fn count(&mut self, value: &mut u64) -> Result<(), SnapshotError> {
        let set = |value: &mut u64, word| {
            *value = word;
            Ok(())
        };
        self.pass(std::slice::from_mut(value), |value| *value, set)
    }

    /// An index below a bound.
    pub(crate) fn index(&mut self, value: &mut u32, below: usize) -> Result<(), SnapshotError> {
        let set = |value: &mut u32, word: u64| {
            *value = u32::try_from(word)
                .ok()
                .filter(|&index| (index as usize) < below)
                .ok_or_else(|| SnapshotError::Damaged(format!("{word} is no index")))?;
            Ok(())
        };
        self.pass(std::slice::from_mut(value), |value| u64::from(*value), set)
    }

    /// Yes or no.
    pub(crate) fn flag(&mut self, value: &mut bool) -> Result<(), SnapshotError> {
        let mut word = u32::from(*value);
        self.index(&mut word, 2)?;
        *value = word == 1;
        Ok(())
    }

    /// A size that model and options determine, and that must be the same.
    pub(crate) fn same(&mut self, size: usize, what: &str) -> Result<(), SnapshotError> {
        let mut saved = size as u64;
        self.count(&mut saved)?;
        if saved == size as u64 {
            return Ok(());
        }
        Err(SnapshotError::Differs(format!("{saved} {what} instead of {size}")))
    }

    /// All numbers of a program's instances.
    pub(crate) fn columns(
        &mut self,
        program: &Program,
        columns: &mut Columns,
    ) -> Result<(), SnapshotError> {
        self.same(program.columns.len(), "columns")?;
        self.same(columns.len(), "instances")?;
        for (_, column) in program.columns.iter().zip(0..) {
            self.numbers(columns.get_mut(Column(column)))?;
        }
        if self.restores() {
            columns.pad();
        }
        Ok(())
    }

    /// A list of any length, which grows as its members come.
    pub(crate) fn list<T>(
        &mut self,
        list: &mut Vec<T>,
        new: impl Fn() -> T,
        mut each: impl FnMut(&mut Self, &mut T) -> Result<(), SnapshotError>,
    ) -> Result<(), SnapshotError> {
        let mut length = list.len() as u64;
        self.count(&mut length)?;
        if self.restores() {
            list.clear();
        }
        for at in 0..length {
            if self.restores() {
                list.push(new());
            }
            match usize::try_from(at).ok().and_then(|at| list.get_mut(at)) {
                Some(member) => each(self, member)?,
                None => return Err(SnapshotError::Damaged("a list is too long".to_owned())),
            }
        }
        Ok(())
    }

    /// Nothing is left.
    fn end(&mut self) -> Result<(), SnapshotError> {
        let Way::Restore(from) = &mut self.way else { return Ok(()) };
        match from.read(&mut [0]) {
            Ok(0) => Ok(()),
            Ok(_) => Err(SnapshotError::Differs("it is longer".to_owned())),
            Err(error) => Err(damaged(error)),
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "a function for `map_err`")]
fn damaged(error: std::io::Error) -> SnapshotError {
    SnapshotError::Damaged(match error.kind() {
        std::io::ErrorKind::UnexpectedEof => "it ends early".to_owned(),
        _ => error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, PartialEq, Debug, Default)]
    struct Part {
        numbers: Vec<f64>,
        last: Option<f64>,
        list: Vec<u32>,
        flag: bool,
    }

    impl Keep for Part {
        fn keep(&mut self, state: &mut State<'_>) -> Result<(), SnapshotError> {
            state.same(self.numbers.len(), "numbers")?;
            state.numbers(&mut self.numbers)?;
            state.perhaps(&mut self.last)?;
            state.list(&mut self.list, || 0, |state, x| state.index(x, 10))?;
            state.flag(&mut self.flag)
        }
    }

    #[test]
    fn what_is_saved_comes_back_to_the_bit_and_what_is_damaged_is_told() {
        let numbers = vec![-0.0, 1.0 / 3.0, f64::MIN_POSITIVE / 8.0, f64::INFINITY];
        let mut part = Part { numbers, last: Some(2.5), list: vec![3, 9], flag: true };
        let mut bytes = Vec::new();
        Snapshot::new(1, 0.0, &mut part).write(&mut bytes).unwrap();
        let empty = || Part { numbers: vec![0.0; 4], ..Part::default() };
        let mut back = empty();
        restore(&mut back, &mut &bytes[..]).unwrap();
        assert_eq!(back, part);
        assert_eq!(back.numbers[0].to_bits(), (-0.0_f64).to_bits());
        for end in 0..bytes.len() {
            let error = restore(&mut empty(), &mut &bytes[..end]).unwrap_err();
            assert_eq!(error, SnapshotError::Damaged("it ends early".to_owned()));
        }
        bytes.push(0);
        assert!(matches!(restore(&mut empty(), &mut &bytes[..]), Err(SnapshotError::Differs(_))));
        bytes.pop();
        let mut other = Part { numbers: vec![0.0; 5], ..Part::default() };
        assert!(matches!(restore(&mut other, &mut &bytes[..]), Err(SnapshotError::Differs(_))));
        for at in 0..bytes.len() {
            let mut wrong = bytes.clone();
            wrong[at] ^= 0x80;
            // Every byte may be wrong without a panic; whole files have a checksum.
            drop(restore(&mut empty(), &mut &wrong[..]));
        }
    }
}
