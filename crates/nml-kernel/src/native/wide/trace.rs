//! A block as the vector instructions that compute it: operations traced through the code of their functions.
//!
//! [`math`](crate::math) is written over any [`Real`]; run over [`Traced`] it computes nothing, and leaves a list of
//! what it would have computed.  So there is one text of each function, and the same bits.

use std::cell::RefCell;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::super::functions::{Function, ROOM};
use crate::columns::{LANES, RunContext};
use crate::ir::{BinaryOp, Block, Column, CompareOp, MaskOp, Op, Type, UnaryOp, Value};
use crate::math;
use crate::prologue::Prologue;
use crate::simd::Real;

/// The index of an instruction, whose result it names.
pub(super) type Name = u32;

/// A number common to all lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in super::super) enum Line {
    Uniform(Value),
    Seed,
    Bits(u64),
}

/// An instruction of two vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Two {
    Add,
    Sub,
    Mul,
    Div,
    Lesser,
    Greater,
    And,
    Or,
    Xor,
    AddBits,
    Scale,
}

/// An instruction of one vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum One {
    Sqrt,
    Ceil,
    Floor,
    /// Bits moved down or up by 52.
    Exponent,
    ToExponent,
}

/// Where the number of one lane is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Lane {
    /// Whatever it is, nobody reads it.
    Any,
    /// The first of a column.
    First(Column),
    Line(Line),
    /// A lane of a vector.
    Of(Name, u8),
}

/// What one instruction does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Low {
    Load(Column),
    /// The first of a column, in all lanes.
    First(Column),
    Line(Line),
    /// For each lane its own line.
    Lines([Line; LANES]),
    /// For each lane its own number; the first is never any.
    Gather([Lane; LANES]),
    /// A lane of a vector, in all lanes.
    Pick(Name, u8),
    /// A mask as a vector of all bits or none.
    Spread(Name),
    One(One, Name),
    Two(Two, Name, Name),
    /// ±a · b ± c.
    Fma {
        a: Name,
        b: Name,
        c: Name,
        minus_product: bool,
        minus_addend: bool,
    },
    /// A mask.
    Compare(CompareOp, Name, Name),
    /// A mask: the signs of a vector.
    Truth(Name),
    MaskTwo(MaskOp, Name, Name),
    MaskNot(Name),
    /// The second where the mask holds, else the third.
    Blend(Name, Name, Name),
    /// A function of up to [`ROOM`] vectors, lane by lane, of the first lanes alone.
    Call(Function, [Option<Name>; ROOM], u8),
}

impl Low {
    /// Whether the result is a mask.
    pub(super) fn is_mask(self) -> bool {
        matches!(self, Self::Compare(..) | Self::Truth(_) | Self::MaskTwo(..) | Self::MaskNot(_))
    }

    /// Whether the result lies in memory before anything is done.
    pub(super) fn is_leaf(self) -> bool {
        matches!(self, Self::Load(_) | Self::First(_) | Self::Line(_) | Self::Lines(_))
    }

    /// Whether it is made of other results.
    pub(super) fn has_operands(self) -> bool {
        let mut any = false;
        self.for_each_operand(|_| any = true);
        any
    }

    /// Calls `f` with each operand.
    pub(super) fn for_each_operand(self, mut f: impl FnMut(Name)) {
        match self {
            Self::Load(_) | Self::First(_) | Self::Line(_) | Self::Lines(_) => {}
            Self::Gather(lanes) => {
                for lane in lanes {
                    if let Lane::Of(name, _) = lane {
                        f(name);
                    }
                }
            }
            Self::One(_, a)
            | Self::Truth(a)
            | Self::MaskNot(a)
            | Self::Pick(a, _)
            | Self::Spread(a) => f(a),
            Self::Two(_, a, b) | Self::Compare(_, a, b) | Self::MaskTwo(_, a, b) => {
                f(a);
                f(b);
            }
            Self::Fma { a, b, c, .. } | Self::Blend(a, b, c) => {
                f(a);
                f(b);
                f(c);
            }
            Self::Call(_, args, _) => args.into_iter().flatten().for_each(f),
        }
    }
}

/// A list of instructions, each once.
#[derive(Debug, Default)]
pub(super) struct Arena {
    list: RefCell<(Vec<Low>, FxHashMap<Low, Name>)>,
}

impl Arena {
    pub(super) fn push(&self, low: Low) -> Traced<'_> {
        let (list, known) = &mut *self.list.borrow_mut();
        let name = *known.entry(low).or_insert_with(|| {
            list.push(low);
            // A block is far from 2³² operations of a few instructions each.
            Name::try_from(list.len() - 1).unwrap_or(Name::MAX)
        });
        Traced { arena: self, name }
    }
}

/// A vector that is not there yet; also a mask.
#[derive(Clone, Copy, Debug)]
pub(super) struct Traced<'a> {
    arena: &'a Arena,
    pub(super) name: Name,
}

impl Traced<'_> {
    fn one(self, op: One) -> Self {
        self.arena.push(Low::One(op, self.name))
    }

    fn two(self, op: Two, other: Self) -> Self {
        self.arena.push(Low::Two(op, self.name, other.name))
    }

    fn compare(self, op: CompareOp, other: Self) -> Self {
        self.arena.push(Low::Compare(op, self.name, other.name))
    }

    fn bits(self, bits: u64) -> Self {
        self.arena.push(Low::Line(Line::Bits(bits)))
    }
}

impl Real for Traced<'_> {
    type Mask = Self;

    fn splat(self, x: f64) -> Self {
        self.bits(x.to_bits())
    }
    fn add(self, other: Self) -> Self {
        self.two(Two::Add, other)
    }
    fn sub(self, other: Self) -> Self {
        self.two(Two::Sub, other)
    }
    fn mul(self, other: Self) -> Self {
        self.two(Two::Mul, other)
    }
    fn div(self, other: Self) -> Self {
        self.two(Two::Div, other)
    }
    fn fma(self, b: Self, c: Self) -> Self {
        self.arena.push(Low::Fma {
            a: self.name,
            b: b.name,
            c: c.name,
            minus_product: false,
            minus_addend: false,
        })
    }
    fn neg(self) -> Self {
        self.two(Two::Xor, self.bits(1 << 63))
    }
    fn abs(self) -> Self {
        self.bits_and(i64::MAX)
    }
    fn sqrt(self) -> Self {
        self.one(One::Sqrt)
    }
    fn ceil(self) -> Self {
        self.one(One::Ceil)
    }
    fn floor(self) -> Self {
        self.one(One::Floor)
    }
    fn lesser(self, other: Self) -> Self {
        self.two(Two::Lesser, other)
    }
    fn greater(self, other: Self) -> Self {
        self.two(Two::Greater, other)
    }
    fn lt(self, other: Self) -> Self {
        self.compare(CompareOp::Lt, other)
    }
    fn le(self, other: Self) -> Self {
        self.compare(CompareOp::Le, other)
    }
    fn eq(self, other: Self) -> Self {
        self.compare(CompareOp::Eq, other)
    }
    fn ne(self, other: Self) -> Self {
        self.compare(CompareOp::Ne, other)
    }
    fn select(mask: Self, on_true: Self, on_false: Self) -> Self {
        mask.arena.push(Low::Blend(mask.name, on_true.name, on_false.name))
    }
    fn bits_add(self, n: i64) -> Self {
        self.two(Two::AddBits, self.bits(n.cast_unsigned()))
    }
    fn bits_and(self, n: i64) -> Self {
        self.two(Two::And, self.bits(n.cast_unsigned()))
    }
    fn bits_or(self, other: Self) -> Self {
        self.two(Two::Or, other)
    }
    fn bits_xor(self, other: Self) -> Self {
        self.two(Two::Xor, other)
    }
    fn bits_both(self, other: Self) -> Self {
        self.two(Two::And, other)
    }
    fn bits_exponent(self) -> Self {
        self.one(One::Exponent)
    }
    fn bits_to_exponent(self) -> Self {
        self.one(One::ToExponent)
    }
    fn scale(self, n: Self, _rounded: Self) -> Self {
        self.two(Two::Scale, n)
    }
}

/// The instructions of a block, operands first.
#[derive(Debug)]
pub(super) struct Trace {
    pub(super) list: Vec<Low>,
    /// What is stored where.
    pub(super) stores: Vec<(Column, Name)>,
    /// What is written to the first of a column: a lane of a vector.
    pub(super) scattered: Vec<(Column, Name, u8)>,
}

/// Traces a block whose `uniform` values are computed beforehand.
pub(super) fn trace(block: &Block, uniform: &[bool]) -> Trace {
    let arena = Arena::default();
    let mut made: Vec<Traced<'_>> = Vec::with_capacity(block.ops.len());
    for (at, op) in block.ops.iter().enumerate() {
        let value = if uniform[at] {
            arena.uniform(op, Value::new(at))
        } else if let Op::Load(column) = op {
            arena.push(Low::Load(*column))
        } else {
            let operand = |value: Value| match block.ops[value.index()] {
                Op::Unary(UnaryOp::Neg, inner) if matches!(op, Op::Fma(..)) => {
                    (made[inner.index()], true)
                }
                _ => (made[value.index()], false),
            };
            let mut operands = Operands::new();
            op.for_each_operand(|value| operands.push(operand(value)));
            arena.operation(*op, &operands, LANES)
        };
        made.push(value);
    }
    let name = |value: Value| made[value.index()].name;
    let stores = block.stores.iter().map(|store| (store.column, name(store.value))).collect();
    Trace::new(arena, stores, Vec::new())
}

/// The operands of an operation, and whether they are to be negated; only those of a fused one are.
pub(super) type Operands<'a> = SmallVec<[(Traced<'a>, bool); 3]>;

impl Arena {
    /// A value that all instances share, in all lanes.
    pub(super) fn uniform(&self, op: &Op, value: Value) -> Traced<'_> {
        let line = self.push(Low::Line(Line::of(op, value)));
        if op.ty() == Type::Mask { self.push(Low::Truth(line.name)) } else { line }
    }

    /// An operation of given operands, which need be right in the first `lanes` lanes.
    pub(super) fn operation<'a>(
        &'a self,
        op: Op,
        operands: &[(Traced<'a>, bool)],
        lanes: usize,
    ) -> Traced<'a> {
        let at = |k: usize| operands[k].0;
        let lanes = u8::try_from(lanes).unwrap_or(u8::MAX);
        match op {
            Op::Unary(op, _) => self.unary(op, at(0), lanes),
            Op::Binary(op, ..) => {
                let (x, y) = (at(0), at(1));
                match op {
                    BinaryOp::Add => x.add(y),
                    BinaryOp::Sub => x.sub(y),
                    BinaryOp::Mul => x.mul(y),
                    BinaryOp::Div => x.div(y),
                    BinaryOp::Min => x.min(y),
                    BinaryOp::Max => x.max(y),
                    BinaryOp::Pow => self.call(Function::Pow, &[x, y], lanes),
                }
            }
            Op::Fma(..) => {
                let minus_product = operands[0].1 != operands[1].1;
                let (a, b, c) = (at(0).name, at(1).name, at(2).name);
                self.push(Low::Fma { a, b, c, minus_product, minus_addend: operands[2].1 })
            }
            Op::Compare(op, ..) => at(0).compare(op, at(1)),
            Op::Mask(op, ..) => self.push(Low::MaskTwo(op, at(0).name, at(1).name)),
            Op::Not(_) => self.push(Low::MaskNot(at(0).name)),
            Op::Select(..) => Traced::select(at(0), at(1), at(2)),
            Op::Random { stream, .. } => {
                let seed = self.push(Low::Line(Line::Seed));
                let stream = self.push(Low::Line(Line::Bits(u64::from(stream))));
                self.call(Function::Random, &[at(0), at(1), seed, stream], lanes)
            }
            // These have no operands, and are no operations.
            Op::Const(_) | Op::Uniform(_) | Op::MaskConst(_) | Op::Load(_) => {
                self.push(Low::Line(Line::Seed))
            }
        }
    }

    fn unary<'a>(&'a self, op: UnaryOp, x: Traced<'a>, lanes: u8) -> Traced<'a> {
        match op {
            UnaryOp::Neg => x.neg(),
            UnaryOp::Abs => x.abs(),
            UnaryOp::Sqrt => x.sqrt(),
            UnaryOp::Ceil => x.ceil(),
            UnaryOp::Floor => x.floor(),
            UnaryOp::Exp => math::exp_lanes(x),
            UnaryOp::Expm1 => math::expm1_lanes(x),
            UnaryOp::Exprelr => math::exprelr_lanes(x),
            UnaryOp::Log => math::log_lanes(x),
            UnaryOp::Sin
            | UnaryOp::Cos
            | UnaryOp::Tan
            | UnaryOp::Sinh
            | UnaryOp::Cosh
            | UnaryOp::Tanh => self.call(Function::Unary(op), &[x], lanes),
        }
    }

    fn call<'a>(&'a self, function: Function, args: &[Traced<'a>], lanes: u8) -> Traced<'a> {
        let mut names = [None; ROOM];
        for (name, arg) in names.iter_mut().zip(args) {
            *name = Some(arg.name);
        }
        self.push(Low::Call(function, names, lanes))
    }
}

impl Line {
    /// Writes the numbers of lines.
    pub(in super::super) fn fill(
        lines: &mut [f64],
        what: &[Self],
        prologue: &Prologue,
        context: &RunContext<'_>,
    ) {
        for (to, line) in lines.iter_mut().zip(what) {
            *to = match *line {
                Self::Uniform(v) => prologue.lane(v),
                Self::Seed => f64::from_bits(context.seed),
                Self::Bits(bits) => f64::from_bits(bits),
            };
        }
    }

    /// The line of a value that all instances share.
    pub(super) fn of(op: &Op, value: Value) -> Self {
        match op {
            Op::Const(x) => Self::Bits(x.get().to_bits()),
            _ => Self::Uniform(value),
        }
    }
}

impl Trace {
    /// What an arena has, as far as anything stored is made of it.
    pub(super) fn new(
        arena: Arena,
        stores: Vec<(Column, Name)>,
        scattered: Vec<(Column, Name, u8)>,
    ) -> Self {
        let list = arena.list.into_inner().0;
        let mut trace = Self { list, stores, scattered };
        trace.keep_used();
        trace
    }

    /// The names of what is stored.
    pub(super) fn stored(&mut self) -> impl Iterator<Item = &mut Name> {
        let scattered = self.scattered.iter_mut().map(|(_, name, _)| name);
        self.stores.iter_mut().map(|(_, name)| name).chain(scattered)
    }

    /// Leaves out what no store is made of.
    fn keep_used(&mut self) {
        let mut used = vec![false; self.list.len()];
        for name in self.stored() {
            used[*name as usize] = true;
        }
        for (at, low) in self.list.iter().enumerate().rev() {
            if used[at] {
                low.for_each_operand(|name| used[name as usize] = true);
            }
        }
        let mut new: Vec<Name> = Vec::with_capacity(self.list.len());
        let mut kept: Vec<Low> = Vec::with_capacity(self.list.len());
        for (low, used) in self.list.iter().zip(used) {
            new.push(Name::try_from(kept.len()).unwrap_or(Name::MAX));
            if used {
                kept.push(low.renamed(|name| new[name as usize]));
            }
        }
        for name in self.stored() {
            *name = new[*name as usize];
        }
        self.list = kept;
    }
}

impl Low {
    /// The same with other names for its operands.
    pub(super) fn renamed(self, f: impl Fn(Name) -> Name) -> Self {
        match self {
            Self::Load(_) | Self::First(_) | Self::Line(_) | Self::Lines(_) => self,
            Self::Gather(lanes) => Self::Gather(lanes.map(|lane| match lane {
                Lane::Of(name, at) => Lane::Of(f(name), at),
                other => other,
            })),
            Self::Pick(a, lane) => Self::Pick(f(a), lane),
            Self::Spread(a) => Self::Spread(f(a)),
            Self::One(op, a) => Self::One(op, f(a)),
            Self::Truth(a) => Self::Truth(f(a)),
            Self::MaskNot(a) => Self::MaskNot(f(a)),
            Self::Two(op, a, b) => Self::Two(op, f(a), f(b)),
            Self::Compare(op, a, b) => Self::Compare(op, f(a), f(b)),
            Self::MaskTwo(op, a, b) => Self::MaskTwo(op, f(a), f(b)),
            Self::Fma { a, b, c, minus_product, minus_addend } => {
                Self::Fma { a: f(a), b: f(b), c: f(c), minus_product, minus_addend }
            }
            Self::Blend(a, b, c) => Self::Blend(f(a), f(b), f(c)),
            Self::Call(function, args, lanes) => {
                Self::Call(function, args.map(|arg| arg.map(&f)), lanes)
            }
        }
    }
}
