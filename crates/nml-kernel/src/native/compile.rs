//! Gives values registers and writes the code of a block.
//!
//! A register that is needed is taken from the value whose next use is farthest away (Belady 1966), which in a
//! straight line is known.

use super::CALL;
use super::assembler::{
    ADD, AND, AND_NOT, Assembler, BLEND, Base, COMPARE, DIV, FMA_213, FMA_231, Instruction, MAX,
    MIN, MUL, OR, Operand, ROUND, Register, SQRT, SUB, XOR,
};
use super::frame::{Frame, Slot};
use super::functions::{Function, ROOM};
use super::schedule::{Step, schedule};
use super::wide::Line;
use crate::columns::LANES;
use crate::ir::{BinaryOp, Block, Column, CompareOp, MaskOp, Op, UnaryOp, Value};

/// Registers that hold values; the last two are for the moment.
const REGISTERS: usize = 14;
const FIRST_SPARE: Register = Register(14);
const SECOND_SPARE: Register = Register(15);

/// Comparison of the second kind of NaN, for what [`CompareOp`] has no name.
const UNORDERED: u8 = 3;

/// Code, and the memory that it needs.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) bytes: Vec<u8>,
    pub(super) lines: Vec<Line>,
    /// How many vectors of eight numbers it keeps for itself.
    pub(super) frame: usize,
    /// In operations on one number.
    pub(super) cost: usize,
}

struct Compiler<'a> {
    block: &'a Block,
    uniform: &'a [bool],
    code: Assembler,
    frame: Frame,
    lines: Vec<Line>,
    /// By value: the steps that read it, the last first.
    uses: Vec<Vec<usize>>,
    /// By value: the register that holds it.
    register: Vec<Option<Register>>,
    held: [Option<Value>; REGISTERS],
    /// By value: where it lies in memory.
    home: Vec<Option<Operand>>,
    /// By value: the column it is written to as soon as it is there.
    direct: Vec<Option<Column>>,
    /// Places that are free after this step.
    leaving: Vec<Slot>,
}

/// Compiles a block for one instance.
pub(super) fn compile(block: &Block, uniform: &[bool]) -> Compiled {
    let steps = schedule(block, uniform);
    let n = block.ops.len();
    let mut c = Compiler {
        block,
        uniform,
        code: Assembler::default(),
        frame: Frame::default(),
        lines: Vec::new(),
        uses: vec![Vec::new(); n],
        register: vec![None; n],
        held: [None; REGISTERS],
        home: vec![None; n],
        direct: vec![None; n],
        leaving: Vec::new(),
    };
    c.code.enter();
    let late = c.plan(&steps);
    for (at, step) in steps.iter().enumerate() {
        match step {
            Step::Op(value) => c.op(at, *value),
            Step::Call(function, values) => c.call(at, *function, values),
        }
        for slot in std::mem::take(&mut c.leaving) {
            c.frame.give_back(slot);
        }
    }
    for (column, value) in late {
        let from = c.operand(value);
        c.store(column, from);
    }
    c.code.leave();
    let cost = |step: &Step| if let Step::Call(..) = step { CALL } else { 1 };
    let cost = steps.iter().map(cost).sum();
    Compiled { bytes: c.code.bytes, lines: c.lines, frame: c.frame.len().div_ceil(LANES), cost }
}

fn offset(numbers: usize) -> i32 {
    i32::try_from(numbers * size_of::<f64>()).unwrap_or(i32::MAX)
}

fn place(column: Column) -> Operand {
    Operand::At(Base::Columns, offset(column.index() * LANES))
}

impl Compiler<'_> {
    /// Finds out when values are used, and when stores may be done; answers those that are left for the end.
    fn plan(&mut self, steps: &[Step]) -> Vec<(Column, Value)> {
        let block = self.block;
        let mut made = vec![None; block.ops.len()];
        for (at, step) in steps.iter().enumerate() {
            for value in step.results() {
                made[value.index()] = Some(at);
                block.ops[value.index()].for_each_operand(|v| self.uses[v.index()].push(at));
            }
        }
        let loaded = |value: Value| match block.ops[value.index()] {
            Op::Load(column) => Some(column),
            _ => None,
        };
        // A column moved to another and overwritten itself is saved first.
        for store in &block.stores {
            if let Some(from) = loaded(store.value)
                && from != store.column
                && block.stores.iter().any(|s| s.column == from)
                && self.home[store.value.index()].is_none()
            {
                let slot = self.frame.slot();
                self.code.load(FIRST_SPARE, place(from));
                self.code.store(Base::Frame, offset(slot), FIRST_SPARE);
                self.home[store.value.index()] = Some(Operand::At(Base::Frame, offset(slot)));
            }
        }
        let mut last_read: Vec<Option<usize>> = Vec::new();
        for (at, op) in block.ops.iter().enumerate() {
            if let (Op::Load(column), None) = (op, self.home[at]) {
                if last_read.len() <= column.index() {
                    last_read.resize(column.index() + 1, None);
                }
                let read = self.uses[at].last().copied();
                last_read[column.index()] = last_read[column.index()].max(read);
            }
        }
        let mut late = Vec::new();
        for store in &block.stores {
            let i = store.value.index();
            let read = last_read.get(store.column.index()).copied().flatten();
            if made[i].is_some() && self.direct[i].is_none() && read <= made[i] {
                self.direct[i] = Some(store.column);
            } else if loaded(store.value) != Some(store.column) {
                late.push((store.column, store.value));
                self.uses[i].push(steps.len());
            }
        }
        for uses in &mut self.uses {
            uses.reverse();
        }
        late
    }

    /// Where a value lies in memory.
    fn home(&mut self, v: Value) -> Operand {
        if let Some(home) = self.home[v.index()] {
            return home;
        }
        let home = if let Op::Load(column) = self.block.ops[v.index()] {
            place(column)
        } else {
            debug_assert!(self.uniform[v.index()], "v{} is used before it is made", v.0);
            self.line(Line::Uniform(v))
        };
        self.home[v.index()] = Some(home);
        home
    }

    fn line(&mut self, line: Line) -> Operand {
        let known = match line {
            // Asked for once.
            Line::Uniform(_) => None,
            _ => self.lines.iter().position(|l| *l == line),
        };
        let index = known.unwrap_or_else(|| {
            self.lines.push(line);
            self.lines.len() - 1
        });
        Operand::At(Base::Lines, offset(index))
    }

    fn operand(&mut self, v: Value) -> Operand {
        match self.register[v.index()] {
            Some(register) => Operand::In(register),
            None => self.home(v),
        }
    }

    /// A register that holds a value.
    fn fetch(&mut self, v: Value, pinned: &[Register]) -> Register {
        if let Some(register) = self.register[v.index()] {
            return register;
        }
        let register = self.take(pinned);
        let home = self.home(v);
        self.code.load(register, home);
        self.hold(v, register);
        register
    }

    fn hold(&mut self, v: Value, register: Register) {
        self.register[v.index()] = Some(register);
        self.held[register.0 as usize] = Some(v);
    }

    fn let_go(&mut self, v: Value) {
        if let Some(register) = self.register[v.index()].take() {
            self.held[register.0 as usize] = None;
        }
    }

    /// A free register.
    fn take(&mut self, pinned: &[Register]) -> Register {
        let mut farthest = (0, 0);
        for (at, held) in (0..).zip(&self.held) {
            let Some(v) = held else { return Register(at) };
            let next = self.uses[v.index()].last().copied().unwrap_or(usize::MAX);
            if next >= farthest.0 && !pinned.contains(&Register(at)) {
                farthest = (next, at);
            }
        }
        let register = Register(farthest.1);
        if let Some(v) = self.held[register.0 as usize] {
            self.save(v, register);
            self.let_go(v);
        }
        register
    }

    /// Writes a value to memory if it is nowhere there.
    fn save(&mut self, v: Value, register: Register) {
        let leaf = self.uniform[v.index()] || matches!(self.block.ops[v.index()], Op::Load(_));
        if self.home[v.index()].is_none() && !leaf {
            let slot = self.frame.slot();
            self.code.store(Base::Frame, offset(slot), register);
            self.home[v.index()] = Some(Operand::At(Base::Frame, offset(slot)));
        }
    }

    fn dies(&self, v: Value, at: usize) -> bool {
        self.uses[v.index()].first().is_none_or(|last| *last <= at)
    }

    /// Forgets the uses of a step; registers of values that are not needed any more are free at once, their places
    /// after the step.
    fn used(&mut self, at: usize, operation: Value) {
        let block = self.block;
        block.ops[operation.index()].for_each_operand(|v| {
            let uses = &mut self.uses[v.index()];
            if uses.is_empty() {
                return;
            }
            while uses.last().is_some_and(|next| *next <= at) {
                uses.pop();
            }
            if uses.is_empty() {
                self.let_go(v);
                if let Some(Operand::At(Base::Frame, bytes)) = self.home[v.index()] {
                    let slot = usize::try_from(bytes).unwrap_or(0) / size_of::<f64>();
                    self.leaving.push(slot);
                }
            }
        });
    }

    /// A value is in a register.
    fn made(&mut self, v: Value, register: Register) {
        if let Some(column) = self.direct[v.index()] {
            self.store(column, Operand::In(register));
            self.home[v.index()] = Some(place(column));
        }
        if !self.uses[v.index()].is_empty() {
            self.hold(v, register);
        }
    }

    fn store(&mut self, column: Column, from: Operand) {
        let register = match from {
            Operand::In(register) => register,
            Operand::At(..) => {
                self.code.load(FIRST_SPARE, from);
                FIRST_SPARE
            }
        };
        self.code.store(Base::Columns, offset(column.index() * LANES), register);
    }

    fn spare(&mut self, register: Register, line: Line) -> Register {
        let from = self.line(line);
        self.code.load(register, from);
        register
    }

    fn op(&mut self, at: usize, v: Value) {
        const SIGN: Line = Line::Bits(1 << 63);
        match self.block.ops[v.index()] {
            Op::Unary(op, a) => {
                let a = self.fetch(a, &[]);
                self.used(at, v);
                let to = self.take(&[]);
                match op {
                    UnaryOp::Neg => {
                        let sign = self.spare(SECOND_SPARE, SIGN);
                        self.code.two(XOR, to, a, Operand::In(sign));
                    }
                    UnaryOp::Abs => {
                        let sign = self.spare(SECOND_SPARE, SIGN);
                        self.code.two(AND_NOT, to, sign, Operand::In(a));
                    }
                    UnaryOp::Sqrt => self.code.two(SQRT, to, a, Operand::In(a)),
                    UnaryOp::Ceil => self.code.two_with(ROUND, to, (a, Operand::In(a)), 0b1010),
                    // All others are functions but this.
                    _ => self.code.two_with(ROUND, to, (a, Operand::In(a)), 0b1001),
                }
                self.made(v, to);
            }
            Op::Binary(BinaryOp::Min, a, b) => self.extreme(at, v, MIN, (a, b)),
            Op::Binary(BinaryOp::Max, a, b) => self.extreme(at, v, MAX, (a, b)),
            Op::Binary(op, a, b) => {
                let (ins, commutes) = match op {
                    BinaryOp::Add => (ADD, true),
                    BinaryOp::Mul => (MUL, true),
                    BinaryOp::Sub => (SUB, false),
                    _ => (DIV, false),
                };
                let swap = commutes && self.register[a.index()].is_none();
                let (a, b) = if swap { (b, a) } else { (a, b) };
                let (a, b) = (self.fetch(a, &[]), self.operand(b));
                self.used(at, v);
                let to = self.take(&[]);
                self.code.two(ins, to, a, b);
                self.made(v, to);
            }
            Op::Fma(a, b, c) => self.fma(at, v, (a, b, c)),
            Op::Compare(op, a, b) => {
                let predicate = match op {
                    CompareOp::Lt => 0x11,
                    CompareOp::Le => 0x12,
                    CompareOp::Eq => 0,
                    CompareOp::Ne => 4,
                };
                let (a, b) = (self.fetch(a, &[]), self.operand(b));
                self.used(at, v);
                let to = self.take(&[]);
                self.code.two_with(COMPARE, to, (a, b), predicate);
                self.made(v, to);
            }
            Op::Mask(op, a, b) => {
                let a = self.fetch(a, &[]);
                let b = self.fetch(b, &[a]);
                self.used(at, v);
                let to = self.take(&[]);
                let ins = if op == MaskOp::And { AND } else { OR };
                self.code.two(ins, to, a, Operand::In(b));
                self.made(v, to);
            }
            Op::Not(a) => {
                let a = self.fetch(a, &[]);
                self.used(at, v);
                let to = self.take(&[]);
                let all = self.spare(SECOND_SPARE, Line::Bits(u64::MAX));
                self.code.two(XOR, to, a, Operand::In(all));
                self.made(v, to);
            }
            Op::Select(mask, a, b) => {
                let mask = self.fetch(mask, &[]);
                let a = self.fetch(a, &[mask]);
                let b = self.fetch(b, &[mask, a]);
                self.used(at, v);
                let to = self.take(&[]);
                self.code.two_with(BLEND, to, (b, Operand::In(a)), mask.0 << 4);
                self.made(v, to);
            }
            Op::Const(_) | Op::MaskConst(_) | Op::Uniform(_) | Op::Load(_) | Op::Random { .. } => {
                debug_assert!(false, "v{} is no step", v.0);
            }
        }
    }

    /// The lesser or greater of two, or the first that is NaN.
    fn extreme(&mut self, at: usize, v: Value, ins: Instruction, (a, b): (Value, Value)) {
        let (a, b) = (self.fetch(a, &[]), self.operand(b));
        self.used(at, v);
        let to = self.take(&[a]);
        // Gives the second where either is NaN.
        self.code.two(ins, FIRST_SPARE, a, b);
        self.code.two_with(COMPARE, SECOND_SPARE, (a, Operand::In(a)), UNORDERED);
        let mask = SECOND_SPARE.0 << 4;
        self.code.two_with(BLEND, to, (FIRST_SPARE, Operand::In(a)), mask);
        self.made(v, to);
    }

    /// a · b + c; an operand that is not needed any more gives its register.
    fn fma(&mut self, at: usize, v: Value, (a, b, c): (Value, Value, Value)) {
        let (a, b) = if self.register[a.index()].is_none() { (b, a) } else { (a, b) };
        let first = self.fetch(a, &[]);
        let in_register = |c: &Self, v: Value| c.register[v.index()];
        let alone = |v: Value, others: [Value; 2]| !others.contains(&v);
        if let Some(to) = in_register(self, c)
            && self.dies(c, at)
            && alone(c, [a, b])
        {
            let second = self.operand(b);
            self.used(at, v);
            self.code.two(FMA_231, to, first, second);
            self.made(v, to);
            return;
        }
        if let (Some(second), None) = (in_register(self, b), in_register(self, c))
            && a != b
        {
            let to = [(a, first, second), (b, second, first)];
            if let Some((_, to, other)) = to.into_iter().find(|(v, ..)| self.dies(*v, at)) {
                let addend = self.home(c);
                self.used(at, v);
                self.code.two(FMA_213, to, other, addend);
                self.made(v, to);
                return;
            }
        }
        let pinned = [Some(first), in_register(self, b), in_register(self, c)];
        let pinned: Vec<Register> = pinned.into_iter().flatten().collect();
        let to = self.take(&pinned);
        let (second, addend) = (self.operand(b), self.operand(c));
        self.code.load(to, addend);
        self.used(at, v);
        self.code.two(FMA_231, to, first, second);
        self.made(v, to);
    }

    fn call(&mut self, at: usize, function: Function, values: &[Value]) {
        let group = self.frame.group(values.len());
        let mut args: Vec<Operand> = Vec::with_capacity(ROOM);
        for value in values {
            let op = self.block.ops[value.index()];
            op.for_each_operand(|v| args.push(self.operand(v)));
            if let Op::Random { stream, .. } = op {
                args.push(self.line(Line::Seed));
                args.push(self.line(Line::Bits(u64::from(stream))));
            }
        }
        if let (Function::Many(_), Some(last)) = (function, args.last().copied()) {
            args.resize(ROOM, last);
        }
        for (k, from) in args.into_iter().enumerate() {
            let register = match from {
                Operand::In(register) => register,
                Operand::At(..) => {
                    self.code.load(FIRST_SPARE, from);
                    FIRST_SPARE
                }
            };
            self.code.store(Base::Frame, offset(group + k), register);
        }
        for value in values {
            self.used(at, *value);
        }
        // A function may use all registers.
        for register in (0..).take(REGISTERS).map(Register) {
            if let Some(v) = self.held[register.0 as usize] {
                self.save(v, register);
                self.let_go(v);
            }
        }
        self.code.call(function.address(), offset(group));
        for (k, v) in values.iter().enumerate() {
            let home = Operand::At(Base::Frame, offset(group + k));
            self.home[v.index()] = Some(home);
            if let Some(column) = self.direct[v.index()] {
                self.store(column, home);
                self.home[v.index()] = Some(place(column));
            }
            let stays = !self.uses[v.index()].is_empty() && self.direct[v.index()].is_none();
            if !stays {
                self.leaving.push(group + k);
            }
        }
    }
}
