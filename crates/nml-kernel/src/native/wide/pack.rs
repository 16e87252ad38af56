//! A block of one instance as vector instructions: equal operations on different numbers are done side by side.
//!
//! Superword-level parallelism (Larsen and Amarasinghe 2000), from the stores upwards: what is stored in columns of one
//! name, made one after another, goes into lanes, then their operands, and theirs.  A program linked from many equal
//! instances thus becomes vector code again.  Lanes that do not fit are brought together through memory; what has no
//! equal is computed in all lanes alike.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use smallvec::SmallVec;

use super::super::functions::Function;
use super::trace::{Arena, Lane, Line, Low, Name, Operands, Trace, Traced};
use crate::columns::LANES;
use crate::ir::{Block, Column, Op, Program, Type, UnaryOp, Value};

/// So many operations are looked at to find out whether one needs another.
const MOST_ASKED: usize = 256;

/// Operations are alike if they and what they are made of are, so many times over.
const LEVELS: usize = 4;

/// Values side by side.
type Members = SmallVec<[Value; LANES]>;

/// Packs a block of a program whose `uniform` values are computed beforehand.
pub(super) fn pack(program: &Program, block: &Block, uniform: &[bool]) -> Trace {
    let mut packer = Packer::new(block, uniform);
    packer.pack_stores(program);
    packer.pack_alike();
    packer.order();
    packer.trace()
}

struct Packer<'a> {
    block: &'a Block,
    uniform: &'a [bool],
    /// By value: whether anything stored is made of it by an operation.
    is_made: Vec<bool>,
    /// By value: the number of operations on the longest way to it.
    depth: Vec<u32>,
    packs: Vec<Members>,
    /// By value: its pack and its lane there.
    places: Vec<Option<(u32, u8)>>,
    /// Packs in an order in which operands come first.
    order: Vec<u32>,
}

/// What two operations share that one instruction can do.
fn shape(op: &Op) -> Op {
    op.map_operands(|_| Value(0))
}

fn operands(op: &Op) -> SmallVec<[Value; 3]> {
    let mut all = SmallVec::new();
    op.for_each_operand(|value| all.push(value));
    all
}

impl<'a> Packer<'a> {
    fn new(block: &'a Block, uniform: &'a [bool]) -> Self {
        let n = block.ops.len();
        let mut is_made = vec![false; n];
        for store in &block.stores {
            is_made[store.value.index()] = true;
        }
        for at in (0..n).rev() {
            if is_made[at] {
                block.ops[at].for_each_operand(|value| is_made[value.index()] = true);
            }
        }
        let mut depth = vec![0; n];
        for (at, op) in block.ops.iter().enumerate() {
            is_made[at] &= !uniform[at] && !matches!(op, Op::Load(_));
            if is_made[at] {
                let deepest = operands(op).iter().map(|value| depth[value.index()]).max();
                depth[at] = 1 + deepest.unwrap_or(0);
            }
        }
        let places = vec![None; n];
        Self { block, uniform, is_made, depth, packs: Vec::new(), places, order: Vec::new() }
    }

    fn op(&self, value: Value) -> &'a Op {
        &self.block.ops[value.index()]
    }

    /// What columns of one name get, and what that is made of.
    fn pack_stores(&mut self, program: &Program) {
        let name = |column: Column| &program.columns[column.index()].name;
        for alike in self.block.stores.chunk_by(|a, b| name(a.column) == name(b.column)) {
            for lanes in alike.chunks(LANES) {
                self.pack(lanes.iter().map(|store| store.value).collect());
            }
        }
    }

    /// What is made in the same way, such as the rows of equal cells.
    fn pack_alike(&mut self) {
        let hash = |at: usize, op: &Op, before: &[u64]| {
            let mut hasher = FxHasher::default();
            if self.is_made[at] {
                shape(op).hash(&mut hasher);
                op.for_each_operand(|value| before.get(value.index()).hash(&mut hasher));
            } else {
                matches!(op, Op::Load(_)).hash(&mut hasher);
            }
            hasher.finish()
        };
        let mut way: Vec<u64> = Vec::new();
        for _ in 0..LEVELS {
            way = (0..).zip(&self.block.ops).map(|(at, op)| hash(at, op, &way)).collect();
        }
        let mut alike: FxHashMap<u64, Vec<Value>> = FxHashMap::default();
        for (at, way) in way.into_iter().enumerate() {
            if self.is_made[at] && self.places[at].is_none() {
                alike.entry(way).or_default().push(Value::new(at));
            }
        }
        let mut alike: Vec<Vec<Value>> = alike.into_values().filter(|all| all.len() > 1).collect();
        for all in &mut alike {
            all.sort_unstable_by_key(|value| (self.depth[value.index()], *value));
        }
        // The last first, so that what they are made of follows them.
        alike.sort_unstable_by_key(|all| all.last().map(|v| Reverse((self.depth[v.index()], *v))));
        for all in alike {
            for members in self.sets(&all) {
                self.pack(members);
            }
        }
    }

    /// Values, sorted by depth, in sets of which none needs another.
    fn sets(&self, values: &[Value]) -> Vec<Members> {
        let mut sets: Vec<Members> = Vec::new();
        for value in values {
            match sets.last_mut() {
                Some(set) if set.len() < LANES && self.is_independent(*value, set) => {
                    set.push(*value);
                }
                _ => sets.push(SmallVec::from_slice(&[*value])),
            }
        }
        for set in &mut sets {
            set.sort_unstable();
        }
        sets
    }

    /// Packs values as far as one instruction makes several of them, and then their operands.
    fn pack(&mut self, values: Members) {
        let mut open = vec![values];
        while let Some(values) = open.pop() {
            for members in self.groups(&values) {
                let number = u32::try_from(self.packs.len()).unwrap_or(u32::MAX);
                for (lane, value) in (0..).zip(&members) {
                    self.places[value.index()] = Some((number, lane));
                }
                let count = operands(self.op(members[0])).len();
                for k in 0..count {
                    open.push(members.iter().map(|value| operands(self.op(*value))[k]).collect());
                }
                self.packs.push(members);
            }
        }
    }

    /// Those of some values that are not in a pack yet and can be together.
    fn groups(&self, values: &[Value]) -> Vec<Members> {
        let mut groups: Vec<Members> = Vec::new();
        for value in values {
            if !self.is_made[value.index()] || self.places[value.index()].is_some() {
                continue;
            }
            let fits = |group: &&mut Members| shape(self.op(group[0])) == shape(self.op(*value));
            match groups.iter_mut().find(fits) {
                Some(group) if group.contains(value) => {}
                Some(group) => group.push(*value),
                None => groups.push(SmallVec::from_slice(&[*value])),
            }
        }
        // Of those that need one another others may be alike, in other cells.
        groups.retain(|group| {
            group.len() > 1 && group.iter().all(|value| self.is_independent(*value, group))
        });
        groups
    }

    /// Whether a value is made of none of others, as far as is known soon.
    fn is_independent(&self, value: Value, of: &[Value]) -> bool {
        let depth = |value: Value| self.depth[value.index()];
        let least = of.iter().map(|value| depth(*value)).min().unwrap_or(0);
        let mut seen: FxHashSet<Value> = FxHashSet::default();
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            for operand in operands(self.op(value)) {
                if depth(operand) < least || !seen.insert(operand) {
                    continue;
                }
                if of.contains(&operand) || seen.len() > MOST_ASKED {
                    return false;
                }
                open.push(operand);
            }
        }
        true
    }

    /// Gives what is left packs of their own, and puts all in order.
    ///
    /// Packs whose members are not equally deep may need one another; then they are given up.
    fn order(&mut self) {
        for at in 0..self.block.ops.len() {
            if self.is_made[at] && self.places[at].is_none() {
                self.alone(Value::new(at));
            }
        }
        while !self.is_ordered() {
            let is_done: FxHashSet<u32> = self.order.iter().copied().collect();
            for number in 0..self.packs.len() {
                let pack = self.packs[number].clone();
                let depth = |value: &Value| self.depth[value.index()];
                let is_level = pack.iter().all(|value| depth(value) == depth(&pack[0]));
                if is_level || is_done.contains(&u32::try_from(number).unwrap_or(u32::MAX)) {
                    continue;
                }
                self.packs[number].truncate(1);
                for value in &pack[1..] {
                    self.alone(*value);
                }
            }
        }
    }

    fn alone(&mut self, value: Value) {
        let number = u32::try_from(self.packs.len()).unwrap_or(u32::MAX);
        self.packs.push(SmallVec::from_slice(&[value]));
        self.places[value.index()] = Some((number, 0));
    }

    /// Orders packs, near to the order of the block; whether all have found a place.
    fn is_ordered(&mut self) -> bool {
        self.order.clear();
        let n = self.packs.len();
        let (mut users, mut missing) = (vec![Vec::new(); n], vec![0_u32; n]);
        for (number, pack) in (0..).zip(&self.packs) {
            let mut needs: SmallVec<[u32; 3 * LANES]> = SmallVec::new();
            for value in pack {
                let places = operands(self.op(*value)).into_iter().map(|v| self.places[v.index()]);
                needs.extend(places.flatten().map(|(pack, _)| pack));
            }
            needs.sort_unstable();
            needs.dedup();
            missing[number as usize] = u32::try_from(needs.len()).unwrap_or(u32::MAX);
            for need in needs {
                users[need as usize].push(number);
            }
        }
        let first = |number: u32| self.packs[number as usize].iter().copied().min();
        let numbers = 0..u32::try_from(n).unwrap_or(u32::MAX);
        let ready = numbers.filter(|number| missing[*number as usize] == 0);
        let mut open: BinaryHeap<_> =
            ready.map(|number| Reverse((first(number), number))).collect();
        let mut order = Vec::with_capacity(n);
        while let Some(Reverse((_, number))) = open.pop() {
            order.push(number);
            for &user in &users[number as usize] {
                missing[user as usize] -= 1;
                if missing[user as usize] == 0 {
                    open.push(Reverse((first(user), user)));
                }
            }
        }
        self.order = order;
        self.order.len() == n
    }

    fn trace(&self) -> Trace {
        let arena = Arena::default();
        let scattered = Work::new(self, &arena).run();
        Trace::new(arena, Vec::new(), scattered)
    }
}

/// Instructions in the making.
struct Work<'p, 'a> {
    packer: &'p Packer<'p>,
    arena: &'a Arena,
    made: Vec<Option<Traced<'a>>>,
    /// By pack: whether all lanes have the number of the first.
    is_even: Vec<bool>,
}

impl<'p, 'a> Work<'p, 'a> {
    fn new(packer: &'p Packer<'p>, arena: &'a Arena) -> Self {
        let n = packer.packs.len();
        Self { packer, arena, made: vec![None; n], is_even: vec![false; n] }
    }

    /// Makes all instructions; gives what is written where.
    fn run(mut self) -> Vec<(Column, Name, u8)> {
        let packer = self.packer;
        for &number in &packer.order {
            let pack = &packer.packs[number as usize];
            let op = packer.op(pack[0]);
            let args: Operands<'_> =
                (0..operands(op).len()).map(|k| self.operand(pack, k)).collect();
            self.is_even[number as usize] = pack.len() == 1 && self.stays_even(pack[0]);
            self.made[number as usize] = Some(self.arena.operation(*op, &args, pack.len()));
        }
        let mut scattered = Vec::with_capacity(packer.block.stores.len());
        for store in &packer.block.stores {
            // A column that keeps its number.
            if *packer.op(store.value) == Op::Load(store.column) {
                continue;
            }
            let (name, lane) = match packer.places[store.value.index()] {
                Some((pack, lane)) => (self.made(pack).name, lane),
                None => (self.leaf(store.value).name, 0),
            };
            scattered.push((store.column, name, lane));
        }
        scattered.sort_unstable_by_key(|&(column, name, lane)| (name, lane, column));
        scattered
    }

    /// What a pack became.
    fn made(&self, pack: u32) -> Traced<'a> {
        // Operands come first.
        self.made[pack as usize].unwrap_or_else(|| self.arena.push(Low::Line(Line::Seed)))
    }

    /// Whether what is alone is the same in all lanes: all that it is made of is, and no function that sees the first
    /// lane only made it.
    fn stays_even(&self, value: Value) -> bool {
        let packer = self.packer;
        let is_even = |operand: Value| match packer.places[operand.index()] {
            Some((pack, lane)) => lane > 0 || self.is_even[pack as usize],
            None => true,
        };
        // What is negated may be used itself.
        let inner = |operand: Value| match packer.op(operand) {
            Op::Unary(UnaryOp::Neg, inner) => is_even(*inner),
            _ => true,
        };
        let is_call = Function::of(packer.op(value)).is_some_and(|f| f.room() == 1);
        !is_call && operands(packer.op(value)).into_iter().all(|v| is_even(v) && inner(v))
    }

    /// What no operation makes, in all lanes.
    fn leaf(&self, value: Value) -> Traced<'a> {
        match self.packer.op(value) {
            Op::Load(column) => self.arena.push(Low::First(*column)),
            op => self.arena.uniform(op, value),
        }
    }

    /// An operand of all members, and whether it is to be negated.
    fn operand(&self, pack: &[Value], k: usize) -> (Traced<'a>, bool) {
        let packer = self.packer;
        let values: Members = pack.iter().map(|value| operands(packer.op(*value))[k]).collect();
        let negated = |value: &Value| match packer.op(*value) {
            Op::Unary(UnaryOp::Neg, inner) => Some(*inner),
            _ => None,
        };
        if matches!(packer.op(pack[0]), Op::Fma(..)) {
            let inner: Option<Members> = values.iter().map(negated).collect();
            if let Some(inner) = inner {
                return (self.vector(&inner), true);
            }
        }
        (self.vector(&values), false)
    }

    /// Values in lanes.
    fn vector(&self, values: &[Value]) -> Traced<'a> {
        let packer = self.packer;
        let first = values[0];
        let is_mask = packer.op(first).ty() == Type::Mask;
        let place = |value: Value| packer.places[value.index()];
        if let Some((pack, _)) = place(first) {
            let fits = |(lane, value): (u8, &Value)| place(*value) == Some((pack, lane));
            if (0..).zip(values).all(fits) {
                return self.made(pack);
            }
        }
        if values.iter().all(|value| *value == first) {
            return self.everywhere(first);
        }
        let line = |value: &Value| {
            packer.uniform[value.index()].then(|| Line::of(packer.op(*value), *value))
        };
        let lines: Option<SmallVec<[Line; LANES]>> = values.iter().map(line).collect();
        let vector = match lines {
            Some(lines) if lines.iter().all(|line| *line == lines[0]) => {
                self.arena.push(Low::Line(lines[0]))
            }
            Some(lines) => {
                let lane = |k: usize| lines.get(k).copied().unwrap_or(lines[0]);
                self.arena.push(Low::Lines(std::array::from_fn(lane)))
            }
            None => {
                let lane = |k: usize| values.get(k).map_or(Lane::Any, |value| self.lane(*value));
                self.arena.push(Low::Gather(std::array::from_fn(lane)))
            }
        };
        if is_mask { self.arena.push(Low::Truth(vector.name)) } else { vector }
    }

    /// Where the number of one lane is; of a mask, all bits or none.
    fn lane(&self, value: Value) -> Lane {
        let packer = self.packer;
        let op = packer.op(value);
        match (packer.places[value.index()], op) {
            (Some((pack, lane)), _) => {
                let made = self.made(pack);
                let name = match op.ty() {
                    Type::Mask => self.arena.push(Low::Spread(made.name)).name,
                    Type::Real => made.name,
                };
                Lane::Of(name, lane)
            }
            (None, Op::Load(column)) => Lane::First(*column),
            (None, op) => Lane::Line(Line::of(op, value)),
        }
    }

    /// One value in all lanes.
    fn everywhere(&self, value: Value) -> Traced<'a> {
        let packer = self.packer;
        let Some((pack, lane)) = packer.places[value.index()] else { return self.leaf(value) };
        let made = self.made(pack);
        if self.is_even[pack as usize] {
            return made;
        }
        match self.lane(value) {
            Lane::Of(name, _) => {
                let picked = self.arena.push(Low::Pick(name, lane));
                if packer.op(value).ty() == Type::Mask {
                    self.arena.push(Low::Truth(picked.name))
                } else {
                    picked
                }
            }
            _ => made,
        }
    }
}
