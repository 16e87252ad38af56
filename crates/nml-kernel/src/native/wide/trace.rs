//! A block as the vector instructions that compute it: operations traced through the code of their functions.
//!
//! [`math`](crate::math) is written over any [`Real`]; run over [`Traced`] it computes nothing, and leaves a list of
//! what it would have computed.  So there is one text of each function, and the same bits.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::super::functions::{Function, ROOM};
use crate::ir::{BinaryOp, Block, Column, CompareOp, MaskOp, Op, UnaryOp, Value};
use crate::math;
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

/// What one instruction does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Low {
    Load(Column),
    Line(Line),
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
    /// A mask that a line says, all lanes alike.
    Truth(Name),
    MaskTwo(MaskOp, Name, Name),
    MaskNot(Name),
    /// The second where the mask holds, else the third.
    Blend(Name, Name, Name),
    /// A function of up to [`ROOM`] vectors, lane by lane.
    Call(Function, [Option<Name>; ROOM]),
}

impl Low {
    /// Whether the result is a mask.
    pub(super) fn is_mask(self) -> bool {
        matches!(self, Self::Compare(..) | Self::Truth(_) | Self::MaskTwo(..) | Self::MaskNot(_))
    }

    /// Whether the result lies in memory before anything is done.
    pub(super) fn is_leaf(self) -> bool {
        matches!(self, Self::Load(_) | Self::Line(_))
    }

    /// Calls `f` with each operand.
    pub(super) fn for_each_operand(self, mut f: impl FnMut(Name)) {
        match self {
            Self::Load(_) | Self::Line(_) => {}
            Self::One(_, a) | Self::Truth(a) | Self::MaskNot(a) => f(a),
            Self::Two(_, a, b) | Self::Compare(_, a, b) | Self::MaskTwo(_, a, b) => {
                f(a);
                f(b);
            }
            Self::Fma { a, b, c, .. } | Self::Blend(a, b, c) => {
                f(a);
                f(b);
                f(c);
            }
            Self::Call(_, args) => args.into_iter().flatten().for_each(f),
        }
    }
}

/// A list of instructions, each once.
#[derive(Debug, Default)]
struct Arena {
    list: RefCell<(Vec<Low>, FxHashMap<Low, Name>)>,
}

impl Arena {
    fn push(&self, low: Low) -> Traced<'_> {
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
struct Traced<'a> {
    arena: &'a Arena,
    name: Name,
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
}

/// Traces a block whose `uniform` values are computed beforehand.
pub(super) fn trace(block: &Block, uniform: &[bool]) -> Trace {
    let arena = Arena::default();
    let mut made: Vec<Traced<'_>> = Vec::with_capacity(block.ops.len());
    for (at, op) in block.ops.iter().enumerate() {
        let value = if let Op::Const(x) = op {
            arena.push(Low::Line(Line::Bits(x.get().to_bits())))
        } else if uniform[at] {
            let line = arena.push(Low::Line(Line::Uniform(Value::new(at))));
            if op.ty() == crate::Type::Mask { arena.push(Low::Truth(line.name)) } else { line }
        } else {
            operation(&arena, block, &made, *op)
        };
        made.push(value);
    }
    let name = |value: Value| made[value.index()].name;
    let stores = block.stores.iter().map(|store| (store.column, name(store.value))).collect();
    let list = arena.list.take().0;
    let mut trace = Trace { list, stores };
    trace.keep_used();
    trace
}

fn operation<'a>(arena: &'a Arena, block: &Block, made: &[Traced<'a>], op: Op) -> Traced<'a> {
    let at = |value: Value| made[value.index()];
    // What is negated, if a value is a negation.
    let negated = |value: Value| match block.ops[value.index()] {
        Op::Unary(UnaryOp::Neg, inner) => (at(inner), true),
        _ => (at(value), false),
    };
    match op {
        Op::Load(column) => arena.push(Low::Load(column)),
        Op::Unary(op, x) => unary(arena, op, at(x)),
        Op::Binary(op, x, y) => {
            let (x, y) = (at(x), at(y));
            match op {
                BinaryOp::Add => x.add(y),
                BinaryOp::Sub => x.sub(y),
                BinaryOp::Mul => x.mul(y),
                BinaryOp::Div => x.div(y),
                BinaryOp::Min => x.min(y),
                BinaryOp::Max => x.max(y),
                BinaryOp::Pow => call(arena, Function::Pow, &[x, y]),
            }
        }
        Op::Fma(a, b, c) => {
            let ((a, minus_a), (b, minus_b), (c, minus_addend)) =
                (negated(a), negated(b), negated(c));
            let minus_product = minus_a != minus_b;
            let (a, b, c) = (a.name, b.name, c.name);
            arena.push(Low::Fma { a, b, c, minus_product, minus_addend })
        }
        Op::Compare(op, x, y) => at(x).compare(op, at(y)),
        Op::Mask(op, x, y) => arena.push(Low::MaskTwo(op, at(x).name, at(y).name)),
        Op::Not(x) => arena.push(Low::MaskNot(at(x).name)),
        Op::Select(mask, x, y) => Traced::select(at(mask), at(x), at(y)),
        Op::Random { stream, id, counter } => {
            let seed = arena.push(Low::Line(Line::Seed));
            let stream = arena.push(Low::Line(Line::Bits(u64::from(stream))));
            call(arena, Function::Random, &[at(id), at(counter), seed, stream])
        }
        // These are uniform, so they are not traced.
        Op::Const(_) | Op::Uniform(_) | Op::MaskConst(_) => arena.push(Low::Line(Line::Seed)),
    }
}

fn unary<'a>(arena: &'a Arena, op: UnaryOp, x: Traced<'a>) -> Traced<'a> {
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
        | UnaryOp::Tanh => call(arena, Function::Unary(op), &[x]),
    }
}

fn call<'a>(arena: &'a Arena, function: Function, args: &[Traced<'a>]) -> Traced<'a> {
    let mut names = [None; ROOM];
    for (name, arg) in names.iter_mut().zip(args) {
        *name = Some(arg.name);
    }
    arena.push(Low::Call(function, names))
}

impl Trace {
    /// Leaves out what no store is made of.
    fn keep_used(&mut self) {
        let mut used = vec![false; self.list.len()];
        for &(_, name) in &self.stores {
            used[name as usize] = true;
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
        for (_, name) in &mut self.stores {
            *name = new[*name as usize];
        }
        self.list = kept;
    }
}

impl Low {
    /// The same with other names for its operands.
    pub(super) fn renamed(self, f: impl Fn(Name) -> Name) -> Self {
        match self {
            Self::Load(_) | Self::Line(_) => self,
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
            Self::Call(function, args) => Self::Call(function, args.map(|arg| arg.map(&f))),
        }
    }
}
