//! Gives every value of a tape a place: a column, a line of constants, or one of a few buffers in L1.

use super::code::Code;
use super::formula::MAX_OPERANDS;
use super::tile::Tile;
use crate::ir::{Block, Column, Op, Value};

/// A place before its memory exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The i-th column the tape uses.
    Column(u32),
    /// The i-th line of equal numbers.
    Line(u32),
    /// The i-th buffer.
    Buffer(u32),
}

/// An instruction with places.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub code: Code,
    pub to: Place,
    pub from: [Place; MAX_OPERANDS],
    pub n_operands: usize,
}

/// All instructions, and what memory they need.
#[derive(Clone, Debug, Default)]
pub(super) struct Allocation {
    pub instructions: Vec<Placed>,
    /// The columns used, in order of [`Place::Column`].
    pub columns: Vec<Column>,
    /// The uniform values used, in order of [`Place::Line`].
    pub lines: Vec<Line>,
    pub n_buffers: u32,
}

/// What a line of equal numbers holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A value that is the same for all instances.
    Uniform(Value),
    /// The bits of the seed.
    Seed,
    /// A stream number, as bits.
    Stream(u16),
}

/// After every instruction.
const END: usize = usize::MAX;

struct Allocator<'a> {
    block: &'a Block,
    uniform: &'a [bool],
    /// The place of each value that has one.
    places: Vec<Option<Place>>,
    /// The last instruction that reads each value.
    last_use: Vec<usize>,
    free: Vec<u32>,
    out: Allocation,
}

/// Places the tiles of a block and adds the copies its stores need.
///
/// A result goes straight to the column it is stored in, if the column's old value is not needed later.
pub(super) fn allocate(block: &Block, uniform: &[bool], tiles: &[Tile]) -> Allocation {
    let n = block.ops.len();
    let mut a = Allocator {
        block,
        uniform,
        places: vec![None; n],
        last_use: vec![0; n],
        free: Vec::new(),
        out: Allocation::default(),
    };
    for (at, tile) in tiles.iter().enumerate() {
        for v in tile.operands() {
            a.last_use[v.index()] = at;
        }
    }
    let stored = |c: Column| block.stores.iter().any(|s| s.column == c);
    let loads = |v: Value| if let Op::Load(c) = block.ops[v.index()] { Some(c) } else { None };

    // A column moved to another and overwritten itself is saved first.
    for store in &block.stores {
        if let Some(from) = loads(store.value)
            && from != store.column
            && stored(from)
            && a.places[store.value.index()].is_none()
        {
            let (from, to) = (a.column(from), a.buffer());
            a.emit(Code::Copy, to, &[from]);
            a.places[store.value.index()] = Some(to);
            a.last_use[store.value.index()] = END;
        }
    }
    let direct = a.direct_stores(tiles);
    for store in &block.stores {
        if direct[store.value.index()] != Some(store.column) {
            a.last_use[store.value.index()] = END;
        }
    }

    for (at, tile) in tiles.iter().enumerate() {
        let mut from = Vec::with_capacity(MAX_OPERANDS);
        for v in tile.operands() {
            let place = a.place(*v);
            from.push(place);
        }
        if let (Code::Random, Op::Random { stream, .. }) =
            (tile.code, block.ops[tile.result.index()])
        {
            from.push(a.line(Line::Seed));
            from.push(a.line(Line::Stream(stream)));
        }
        for v in tile.operands() {
            if let Some(Place::Buffer(b)) = a.places[v.index()]
                && a.last_use[v.index()] == at
                && !a.free.contains(&b)
            {
                a.free.push(b);
            }
        }
        let to = match direct[tile.result.index()] {
            Some(column) => a.column(column),
            None => a.buffer(),
        };
        a.places[tile.result.index()] = Some(to);
        a.emit(tile.code, to, &from);
    }

    for store in &block.stores {
        let from = a.place(store.value);
        let to = a.column(store.column);
        if from != to {
            a.emit(Code::Copy, to, &[from]);
        }
    }
    a.out
}

impl Allocator<'_> {
    /// For each value, the column its instruction writes.
    fn direct_stores(&mut self, tiles: &[Tile]) -> Vec<Option<Column>> {
        let n = self.block.ops.len();
        let mut made_at = vec![None; n];
        for (at, tile) in tiles.iter().enumerate() {
            made_at[tile.result.index()] = Some(at);
        }
        // Where each stored column's old value is read for the last time.
        let last_read = |column: Column| {
            let mut last = None;
            for (i, op) in self.block.ops.iter().enumerate() {
                if *op != Op::Load(column) {
                    continue;
                }
                let saved = self.places[i].is_some();
                let moved = self
                    .block
                    .stores
                    .iter()
                    .any(|s| s.value.index() == i && s.column != column && !saved);
                let used = tiles.iter().rposition(|t| t.operands().iter().any(|v| v.index() == i));
                last = last.max(if moved { Some(END) } else { used });
            }
            last
        };
        let mut direct = vec![None; n];
        for store in &self.block.stores {
            let i = store.value.index();
            if let Some(at) = made_at[i]
                && direct[i].is_none()
                && last_read(store.column).is_none_or(|read| read <= at)
            {
                direct[i] = Some(store.column);
            }
        }
        direct
    }

    fn emit(&mut self, code: Code, to: Place, operands: &[Place]) {
        let mut from = [to; MAX_OPERANDS];
        for (slot, operand) in from.iter_mut().zip(operands) {
            *slot = *operand;
        }
        self.out.instructions.push(Placed { code, to, from, n_operands: operands.len() });
    }

    /// The place of a value; leaves get theirs at first use.
    fn place(&mut self, v: Value) -> Place {
        if let Some(place) = self.places[v.index()] {
            return place;
        }
        let place = if let Op::Load(column) = self.block.ops[v.index()] {
            self.column(column)
        } else {
            debug_assert!(self.uniform[v.index()], "v{} is used before it is made", v.0);
            self.line(Line::Uniform(v))
        };
        self.places[v.index()] = Some(place);
        place
    }

    fn column(&mut self, column: Column) -> Place {
        Place::Column(position_or_push(&mut self.out.columns, column))
    }

    fn line(&mut self, line: Line) -> Place {
        Place::Line(position_or_push(&mut self.out.lines, line))
    }

    fn buffer(&mut self) -> Place {
        Place::Buffer(self.free.pop().unwrap_or_else(|| {
            self.out.n_buffers += 1;
            self.out.n_buffers - 1
        }))
    }
}

fn position_or_push<T: PartialEq>(list: &mut Vec<T>, item: T) -> u32 {
    let index = list.iter().position(|x| *x == item).unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    });
    u32::try_from(index).unwrap_or(u32::MAX)
}
