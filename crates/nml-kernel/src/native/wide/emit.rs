//! The code of each instruction.

use super::super::functions::ROOM;
use super::compile::{Compiler, SPARE, bytes};
use super::encode::{
    ADD, ADD_BITS, AND, Base, DIV, Instruction, MAX, MIN, MUL, OR, Operand, Order, SCALE, SQRT,
    SUB, Vector, XOR, fused,
};
use super::functions;
use super::trace::{Lane, Low, Name, One, Two};
use crate::columns::LANES;
use crate::ir::{Column, CompareOp, MaskOp};

impl Compiler<'_> {
    /// Writes the code of an instruction, whose operands have been made.
    pub(super) fn instruction(&mut self, at: usize, low: Low) {
        match low {
            Low::Load(_) | Low::First(_) | Low::Line(_) | Low::Lines(_) => {}
            Low::Gather(lanes) => self.gather(at, &lanes),
            Low::Pick(of, lane) => {
                let (base, offset) = self.lane(Lane::Of(of, lane));
                self.home[at] = Some(Operand::All(base, offset));
                self.used(at);
            }
            Low::Spread(mask) => {
                let mask = self.fetch_mask(mask, &[]);
                self.used(at);
                let to = self.take(&[]);
                self.code.spread(to, mask);
                self.made(at, to);
            }
            Low::One(op, a) => {
                let a = self.operand(a);
                self.used(at);
                let to = self.take(&[]);
                match op {
                    One::Sqrt => self.code.one(SQRT, to, a),
                    One::Ceil => self.code.round(to, a, true),
                    One::Floor => self.code.round(to, a, false),
                    One::Exponent => self.code.shift(to, a, false, 52),
                    One::ToExponent => self.code.shift(to, a, true, 52),
                }
                self.made(at, to);
            }
            Low::Two(op, a, b) => {
                let (ins, commutes) = instruction_of(op);
                let swap = commutes && self.vector(a).is_none();
                let (a, b) = if swap { (b, a) } else { (a, b) };
                let a = self.fetch(a, &[]);
                let b = self.operand(b);
                self.used(at);
                let to = self.take(&[]);
                self.code.two(ins, to, a, b);
                self.made(at, to);
            }
            Low::Fma { a, b, c, minus_product, minus_addend } => {
                self.fma(at, (a, b, c), |order| fused(order, minus_product, minus_addend));
            }
            Low::Compare(op, a, b) => {
                let predicate = match op {
                    CompareOp::Lt => 0x11,
                    CompareOp::Le => 0x12,
                    CompareOp::Eq => 0,
                    CompareOp::Ne => 4,
                };
                let a = self.fetch(a, &[]);
                let b = self.operand(b);
                self.used(at);
                let to = self.take_mask(&[]);
                self.code.compare(to, a, b, predicate);
                self.made_mask(at, to.0);
            }
            Low::Truth(a) => {
                let from = self.operand(a);
                self.used(at);
                let to = self.take_mask(&[]);
                self.code.load(SPARE, from);
                self.code.signs(to, SPARE);
                self.made_mask(at, to.0);
            }
            Low::MaskTwo(op, a, b) => {
                let a = self.fetch_mask(a, &[]);
                let b = self.fetch_mask(b, &[a]);
                self.used(at);
                let to = self.take_mask(&[]);
                self.code.masks(op == MaskOp::And, to, a, b);
                self.made_mask(at, to.0);
            }
            Low::MaskNot(a) => {
                let a = self.fetch_mask(a, &[]);
                self.used(at);
                let to = self.take_mask(&[]);
                self.code.mask_not(to, a);
                self.made_mask(at, to.0);
            }
            Low::Blend(mask, a, b) => {
                let mask = self.fetch_mask(mask, &[]);
                let b = self.fetch(b, &[]);
                let a = self.operand(a);
                self.used(at);
                let to = self.take(&[]);
                self.code.blend(to, mask, b, a);
                self.made(at, to);
            }
            Low::Call(function, args, lanes) => {
                self.call(at, (functions::address(function), lanes), args);
            }
        }
    }

    /// Where the number of a lane lies in memory, to which its vector is brought.
    fn lane(&mut self, lane: Lane) -> (Base, i32) {
        match lane {
            Lane::Any => (Base::Frame, 0),
            Lane::First(column) => self.first(column),
            Lane::Line(line) => self.lines(&[line]),
            Lane::Of(name, lane) => {
                self.save(name);
                let offset = i32::from(lane) * 8;
                match self.home(name) {
                    Operand::At(base, start) => (base, start + offset),
                    // The same in all lanes.
                    Operand::All(base, start) => (base, start),
                    Operand::In(_) => (Base::Frame, 0),
                }
            }
        }
    }

    /// Puts numbers side by side.
    fn gather(&mut self, at: usize, lanes: &[Lane; LANES]) {
        let places = lanes.map(|lane| (lane != Lane::Any).then(|| self.lane(lane)));
        self.used(at);
        let to = self.take(&[]);
        for (pair, places) in (0..).zip(places.chunks(2)) {
            let Some(lower) = places[0] else { continue };
            let part = if pair == 0 { to } else { SPARE };
            self.code.load_pair(part, lower, places[1]);
            if pair > 0 {
                self.code.insert_pair(to, part, pair);
            }
        }
        self.made(at, to);
    }

    /// Writes lanes of a vector to the first of columns; `end` is after all instructions.
    pub(super) fn scatter(&mut self, end: usize, lanes: &[(Column, Name, u8)]) {
        let Some(&(_, name, _)) = lanes.first() else { return };
        let from = self.fetch(name, &[]);
        let mut extracted = None;
        for &(column, _, lane) in lanes {
            let pair = lane / 2;
            let part = if pair == 0 { from } else { SPARE };
            if pair > 0 && extracted != Some(pair) {
                self.code.extract_pair(SPARE, from, pair);
                extracted = Some(pair);
            }
            self.code.store_pair(part, lane % 2 == 1, self.first(column));
        }
        self.used_at(name, end);
    }

    /// ±a · b ± c; an operand that is not needed any more gives its register.
    fn fma(
        &mut self,
        at: usize,
        (a, b, c): (Name, Name, Name),
        ins: impl Fn(Order) -> Instruction,
    ) {
        let (a, b) = if self.vector(a).is_none() { (b, a) } else { (a, b) };
        if let Some(to) = self.vector(c)
            && self.dies(c, at)
            && a != c
            && b != c
        {
            let a = self.fetch(a, &[to]);
            let b = self.operand(b);
            self.used(at);
            self.code.two(ins(Order::SecondThird), to, a, b);
            return self.made(at, to);
        }
        for (factor, other) in [(a, b), (b, a)] {
            let Some(to) = self.vector(factor) else { continue };
            if !self.dies(factor, at) || factor == other || factor == c {
                continue;
            }
            if let Some(other) = self.vector(other) {
                let c = self.operand(c);
                self.used(at);
                self.code.two(ins(Order::SecondTo), to, other, c);
            } else {
                let c = self.fetch(c, &[to]);
                let other = self.operand(other);
                self.used(at);
                self.code.two(ins(Order::ToThird), to, c, other);
            }
            return self.made(at, to);
        }
        let first = self.fetch(a, &[]);
        let pinned = [Some(first), self.vector(b), self.vector(c)];
        let pinned: Vec<Vector> = pinned.into_iter().flatten().collect();
        let to = self.take(&pinned);
        let (third, addend) = (self.operand(b), self.operand(c));
        if let (Operand::At(..) | Operand::All(..), Operand::In(addend)) = (third, addend) {
            self.code.load(to, third);
            self.used(at);
            self.code.two(ins(Order::SecondTo), to, first, Operand::In(addend));
        } else {
            self.code.load(to, addend);
            self.used(at);
            self.code.two(ins(Order::SecondThird), to, first, third);
        }
        self.made(at, to);
    }

    fn call(&mut self, at: usize, (function, lanes): (u64, u8), args: [Option<Name>; ROOM]) {
        let group = self.frame.group(1);
        for (k, arg) in args.into_iter().flatten().enumerate() {
            let register = match self.operand(arg) {
                Operand::In(register) => register,
                from => {
                    self.code.load(SPARE, from);
                    SPARE
                }
            };
            self.code.store(Base::Frame, bytes(group + k), register);
        }
        self.used(at);
        // A function may use all registers.
        let held = self.vectors.held.iter().chain(&self.masks.held);
        let held: Vec<Name> = held.copied().flatten().collect();
        for name in held {
            self.save(name);
            self.let_go(name);
        }
        self.code.call(function, bytes(group), lanes);
        let home = Operand::At(Base::Frame, bytes(group));
        self.home[at] = Some(home);
        if let Some(column) = self.direct[at] {
            self.store(column, home);
            self.home[at] = Some(self.column(column));
        }
        if self.uses[at].is_empty() || self.direct[at].is_some() {
            self.leaving.push(group);
        }
    }
}

/// The instruction, and whether its operands may change places.
///
/// Those of lesser and greater may not: they give the second where either is NaN.
fn instruction_of(op: Two) -> (Instruction, bool) {
    match op {
        Two::Add => (ADD, true),
        Two::Sub => (SUB, false),
        Two::Mul => (MUL, true),
        Two::Div => (DIV, false),
        Two::Lesser => (MIN, false),
        Two::Greater => (MAX, false),
        Two::And => (AND, true),
        Two::Or => (OR, true),
        Two::Xor => (XOR, true),
        Two::AddBits => (ADD_BITS, true),
        Two::Scale => (SCALE, false),
    }
}
