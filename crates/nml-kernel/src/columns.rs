//! The memory of a program's instances.
#![expect(unsafe_code, reason = "aligned columns are lent to several threads as raw lanes")]

use std::marker::PhantomData;
use std::ops::Range;

use crate::ir::{Column, Program};

/// Columns are padded to a multiple of this many instances; threads split at multiples of it.
pub const LANES: usize = 8;

/// What is the same for all instances while an entry runs.
#[derive(Clone, Copy, Debug)]
pub struct RunContext<'a> {
    /// The seed of all random streams.
    pub seed: u64,
    /// The value of each [`Uniform`](crate::Uniform) of the program.
    pub uniforms: &'a [f64],
}

/// One cache line of a column.
#[repr(C, align(64))]
#[derive(Clone, Copy, Debug)]
struct Line([f64; LANES]);

/// The columns of a number of instances, structure of arrays.
///
/// Columns follow one another in one allocation, each aligned to 64 bytes and padded to a multiple of [`LANES`]; the
/// padding takes part in every computation and is never seen.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    lines: Vec<Line>,
    count: usize,
    len: usize,
}

impl Columns {
    /// Zeros for `len` instances of `program`.
    pub fn new(program: &Program, len: usize) -> Self {
        let count = program.columns.len();
        Self { lines: vec![Line([0.0; LANES]); count * len.div_ceil(LANES)], count, len }
    }

    /// Adds the columns that `program` has got since, all zeros.
    pub fn grow(&mut self, program: &Program) {
        self.count = self.count.max(program.columns.len());
        self.lines.resize(self.count * self.len.div_ceil(LANES), Line([0.0; LANES]));
    }

    /// The lines of a column.
    fn range(&self, column: Column) -> Range<usize> {
        assert!(column.index() < self.count, "column {} of {}", column.0, self.count);
        let lines = self.len.div_ceil(LANES);
        column.index() * lines..(column.index() + 1) * lines
    }

    /// The number of instances.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no instances.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A column, one number per instance.
    ///
    /// # Panics
    /// If the column belongs to another program; so for all methods here.
    pub fn get(&self, column: Column) -> &[f64] {
        let lines = &self.lines[self.range(column)];
        // SAFETY: a `Line` is `LANES` consecutive `f64`, and `len` is at most the number of lines times `LANES`.
        unsafe { std::slice::from_raw_parts(lines.as_ptr().cast(), self.len) }
    }

    /// A column to be changed.
    /// After setting many instances, [`pad`](Self::pad) keeps the padding plausible.
    pub fn get_mut(&mut self, column: Column) -> &mut [f64] {
        let range = self.range(column);
        let lines = &mut self.lines[range];
        // SAFETY: as in `get`, and the borrow of `self` is exclusive.
        unsafe { std::slice::from_raw_parts_mut(lines.as_mut_ptr().cast(), self.len) }
    }

    /// Sets a column, padding included, to one number.
    pub fn fill(&mut self, column: Column, x: f64) {
        let range = self.range(column);
        self.lines[range].fill(Line([x; LANES]));
    }

    /// Copies the last instance over the padding of every column, so that padding computes nothing unusual (infinities
    /// and denormals can be slow).
    pub fn pad(&mut self) {
        let Some(last) = self.len.checked_sub(1) else { return };
        for lines in self.lines.chunks_mut(self.len.div_ceil(LANES)) {
            let Line(lanes) = &mut lines[last / LANES];
            let x = lanes[last % LANES];
            lanes[last % LANES..].fill(x);
        }
    }

    /// Exchanges a column with that of another program's instances.
    ///
    /// # Panics
    /// If the numbers of instances differ.
    pub fn swap(&mut self, column: Column, other: &mut Self, other_column: Column) {
        assert_eq!(self.len, other.len, "columns of different length are exchanged");
        let (here, there) = (self.range(column), other.range(other_column));
        self.lines[here].swap_with_slice(&mut other.lines[there]);
    }

    /// Where a column starts; it may be read and written for its padded length.
    pub(crate) fn pointer(&mut self, column: Column) -> *mut f64 {
        let first = self.range(column).start;
        self.lines.as_mut_ptr().wrapping_add(first).cast()
    }

    /// Where the first column starts; the others follow at distances of the padded length.
    pub(crate) fn base(&mut self) -> *mut f64 {
        self.lines.as_mut_ptr().cast()
    }

    /// The number of columns.
    pub fn count(&self) -> usize {
        self.count
    }

    /// All instances, for one thread.
    pub fn view(&mut self) -> ColumnsMut<'_> {
        let padded = self.len.next_multiple_of(LANES);
        self.view_of(0..padded)
    }

    /// The instances in `parts` nearly equal shares, each of whole lines, for as many threads.
    /// Shares may be empty.
    pub fn split(&mut self, parts: usize) -> Vec<ColumnsMut<'_>> {
        let lines = self.len.div_ceil(LANES);
        let parts = parts.max(1);
        let bound = |i: usize| (lines * i / parts) * LANES;
        (0..parts).map(|i| self.view_of(bound(i)..bound(i + 1))).collect()
    }

    /// The instances of ranges of whole lines that follow one another, for as many threads.
    ///
    /// # Panics
    /// If ranges overlap, or one is not of whole lines or ends after the padding.
    pub fn parts(
        &mut self,
        ranges: impl IntoIterator<Item = Range<usize>>,
    ) -> impl Iterator<Item = ColumnsMut<'_>> {
        let mut end = 0;
        ranges.into_iter().map(move |range| {
            assert!(end <= range.start, "{range:?} overlaps the part that ends at {end}");
            end = range.end;
            self.view_of(range)
        })
    }

    /// The instances of a range of whole lines, the last of which may end in padding.
    ///
    /// # Panics
    /// If the range is not one of whole lines, or ends after the padding.
    pub fn part(&mut self, lanes: Range<usize>) -> ColumnsMut<'_> {
        self.view_of(lanes)
    }

    /// A view whose lifetime the caller binds to `self`; views given out together must not overlap.
    fn view_of<'a>(&mut self, lanes: Range<usize>) -> ColumnsMut<'a> {
        let stride = self.len.next_multiple_of(LANES);
        assert!(lanes.start <= lanes.end && lanes.end <= stride, "lanes {lanes:?} of {stride}");
        assert!((lanes.start | lanes.end).is_multiple_of(LANES), "lanes {lanes:?} are whole lines");
        ColumnsMut {
            // Within the first column, or at its end.
            base: self.base().wrapping_add(lanes.start),
            stride,
            count: self.count,
            len: lanes.len(),
            lifetime: PhantomData,
        }
    }
}

/// The exclusive right to a range of instances, in whole lines.
#[derive(Debug)]
pub struct ColumnsMut<'a> {
    base: *mut f64,
    stride: usize,
    count: usize,
    len: usize,
    lifetime: PhantomData<&'a mut f64>,
}

// SAFETY: a view has exclusive access to its lanes, as a `&mut [f64]` would; views of one `split` do not overlap.
unsafe impl Send for ColumnsMut<'_> {}

impl ColumnsMut<'_> {
    /// The number of instances, padding included.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no instances.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A part of the view: whole lines, counted from its start.
    ///
    /// # Panics
    /// If the range is not one of whole lines of the view.
    pub fn part(&mut self, lanes: Range<usize>) -> ColumnsMut<'_> {
        assert!(lanes.start <= lanes.end && lanes.end <= self.len, "{lanes:?} of {}", self.len);
        assert!((lanes.start | lanes.end).is_multiple_of(LANES), "lanes {lanes:?} are whole lines");
        let base = self.base.wrapping_add(lanes.start);
        ColumnsMut { base, len: lanes.len(), lifetime: PhantomData, ..*self }
    }

    /// One column to be changed and two to be read.
    ///
    /// # Panics
    /// If the first is one of the others.
    pub fn one_of_three(&mut self, [one, two, three]: [Column; 3]) -> (&mut [f64], &[f64], &[f64]) {
        assert!(one != two && one != three, "a column is changed while it is read");
        let len = self.len;
        let (one, two, three) = (self.pointer(one), self.pointer(two), self.pointer(three));
        // SAFETY: each pointer leads to `len` numbers to which the view has the exclusive right, and the first differs
        // from the others.
        unsafe {
            (
                std::slice::from_raw_parts_mut(one, len),
                std::slice::from_raw_parts(two, len),
                std::slice::from_raw_parts(three, len),
            )
        }
    }

    /// Where the view's part of a column starts; it may be read and written for [`len`](Self::len) numbers.
    pub(crate) fn pointer(&mut self, column: Column) -> *mut f64 {
        assert!(column.index() < self.count, "column {} of {}", column.0, self.count);
        // Within the columns, for the view lies within the first.
        self.base.wrapping_add(column.index() * self.stride)
    }

    /// Where the view's part of the first column starts, if it has any; the others follow at distances of the stride.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn base(&mut self) -> Option<*mut f64> {
        (self.len > 0).then_some(self.base)
    }

    /// How many numbers lie from one column to the next.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn stride(&self) -> usize {
        self.stride
    }

    /// The number of columns.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn count(&self) -> usize {
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ColumnRole, ProgramBuilder};

    #[test]
    fn columns_are_aligned_padded_and_split_in_lines() {
        let mut p = ProgramBuilder::new();
        let x = p.column("x", ColumnRole::State);
        let mut columns = Columns::new(&p.finish(), 21);
        assert!(columns.get(x).as_ptr().addr().is_multiple_of(64));
        columns.get_mut(x)[20] = 5.0;
        columns.pad();
        assert_eq!(columns.lines[2].0, [0.0, 0.0, 0.0, 0.0, 5.0, 5.0, 5.0, 5.0]);
        let lengths: Vec<_> = columns.split(2).iter().map(ColumnsMut::len).collect();
        assert_eq!(lengths, [8, 16]);
        assert_eq!(columns.split(7).iter().map(ColumnsMut::len).sum::<usize>(), 24);
        assert_eq!(columns.view().len(), 24);
    }
}
