//! Gives results registers and writes the code of a block for eight instances at a time.
//!
//! A register that is needed is taken from the result whose next use is farthest away (Belady 1966), which in a
//! straight line is known.

use rustc_hash::FxHashSet;

use super::super::frame::{Frame, Slot};
use super::super::functions::ROOM;
use super::encode::{
    ADD, ADD_BITS, AND, Base, DIV, Encoder, Instruction, MAX, MIN, MUL, Mask, OR, Operand, Order,
    SCALE, SQRT, SUB, Vector, XOR, fused,
};
use super::functions;
use super::trace::{Lane, Line, Low, Name, One, Trace, Two};
use crate::columns::LANES;
use crate::ir::{Column, CompareOp, MaskOp};

/// Registers that hold vectors; the one after them is for the moment.
const VECTORS: u8 = 31;
const SPARE: Vector = Vector(VECTORS);
/// One more than the mask registers; the first of all has another meaning.
const MASKS: u8 = 8;

/// The bytes of a vector.
const BYTES: usize = LANES * size_of::<f64>();

/// Code, and the memory that it needs.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) bytes: Vec<u8>,
    pub(super) lines: Vec<Line>,
    /// How many vectors it keeps for itself.
    pub(super) frame: usize,
}

/// The registers of one sort.
#[derive(Debug)]
struct File {
    first: u8,
    held: Vec<Option<Name>>,
}

impl File {
    fn new(registers: std::ops::Range<u8>) -> Self {
        Self { first: registers.start, held: vec![None; registers.len()] }
    }

    fn slot(&mut self, register: u8) -> &mut Option<Name> {
        &mut self.held[usize::from(register - self.first)]
    }

    /// A free register, or else the one whose result is needed last, `pinned` ones aside.
    fn best(&self, pinned: &[u8], next_use: impl Fn(Name) -> usize) -> u8 {
        let mut best = (0, self.first);
        for (register, held) in (self.first..).zip(&self.held) {
            let Some(name) = held else { return register };
            let next = next_use(*name);
            if next >= best.0 && !pinned.contains(&register) {
                best = (next, register);
            }
        }
        best.1
    }
}

struct Compiler<'a> {
    list: &'a [Low],
    code: Encoder,
    frame: Frame,
    lines: Vec<Line>,
    /// The bytes from one column to the next.
    stride: usize,
    /// By result: the instructions that read it, the last first.
    uses: Vec<Vec<usize>>,
    /// By result: the register that holds it.
    register: Vec<Option<u8>>,
    vectors: File,
    masks: File,
    /// By result: where it lies in memory.
    home: Vec<Option<Operand>>,
    /// By result: the column it is written to as soon as it is there.
    direct: Vec<Option<Column>>,
    /// Places that are free after this instruction.
    leaving: Vec<Slot>,
}

/// Compiles a trace for columns that lie `stride` numbers apart; none if they are too far apart for an instruction.
pub(super) fn compile(trace: &Trace, columns: usize, stride: usize) -> Option<Compiled> {
    let stride = stride * size_of::<f64>();
    i32::try_from(columns.checked_mul(stride)?).ok()?;
    let n = trace.list.len();
    let mut c = Compiler {
        list: &trace.list,
        code: Encoder::default(),
        frame: Frame::default(),
        lines: Vec::new(),
        stride,
        uses: vec![Vec::new(); n],
        register: vec![None; n],
        vectors: File::new(0..VECTORS),
        masks: File::new(1..MASKS),
        home: vec![None; n],
        direct: vec![None; n],
        leaving: Vec::new(),
    };
    c.code.enter();
    let start = c.code.bytes.len();
    let late = c.plan(trace);
    for (at, low) in (0..).zip(&trace.list) {
        if !low.is_leaf() {
            c.instruction(at, *low);
        }
        for slot in std::mem::take(&mut c.leaving) {
            c.frame.give_back(slot);
        }
    }
    for (column, name) in late {
        let from = c.operand(name);
        c.store(column, from);
    }
    for lanes in trace.scattered.chunk_by(|a, b| a.1 == b.1) {
        c.scatter(n, lanes);
    }
    c.code.leave(start);
    Some(Compiled { bytes: c.code.bytes, lines: c.lines, frame: c.frame.len() })
}

fn bytes(vectors: usize) -> i32 {
    i32::try_from(vectors * BYTES).unwrap_or(i32::MAX)
}

impl Compiler<'_> {
    fn column(&self, column: Column) -> Operand {
        let (base, offset) = self.first(column);
        Operand::At(base, offset)
    }

    /// Finds out when results are used, and when stores may be done; answers those that are left for the end.
    fn plan(&mut self, trace: &Trace) -> Vec<(Column, Name)> {
        let list = self.list;
        for (at, low) in list.iter().enumerate() {
            low.for_each_operand(|name| self.use_at(name, at));
        }
        let loaded = |name: Name| match list[name as usize] {
            Low::Load(column) | Low::First(column) => Some(column),
            _ => None,
        };
        let scattered = trace.scattered.iter().map(|(column, name, _)| (*column, *name));
        let moves: Vec<_> = trace.stores.iter().copied().chain(scattered).collect();
        let written: FxHashSet<Column> = moves.iter().map(|(column, _)| *column).collect();
        // A column moved to another and overwritten itself is saved first.
        for (to, name) in moves {
            if let Some(from) = loaded(name)
                && from != to
                && written.contains(&from)
                && self.home[name as usize].is_none()
            {
                let slot = self.frame.slot();
                let from = self.home(name);
                self.code.load(SPARE, from);
                self.code.store(Base::Frame, bytes(slot), SPARE);
                self.home[name as usize] = Some(Operand::At(Base::Frame, bytes(slot)));
            }
        }
        let mut last_read: Vec<Option<usize>> = Vec::new();
        for (at, low) in list.iter().enumerate() {
            if let (Low::Load(column), None) = (low, self.home[at]) {
                if last_read.len() <= column.index() {
                    last_read.resize(column.index() + 1, None);
                }
                let read = self.uses[at].last().copied();
                last_read[column.index()] = last_read[column.index()].max(read);
            }
        }
        let mut late = Vec::new();
        for &(_, name, _) in &trace.scattered {
            self.use_at(name, list.len());
        }
        for &(column, name) in &trace.stores {
            let i = name as usize;
            let read = last_read.get(column.index()).copied().flatten();
            if !list[i].is_leaf() && self.direct[i].is_none() && read <= Some(i) {
                self.direct[i] = Some(column);
            } else if loaded(name) != Some(column) {
                late.push((column, name));
                self.uses[i].push(list.len());
            }
        }
        for uses in &mut self.uses {
            uses.reverse();
        }
        late
    }

    /// Notes a use; one of a lane is one of its vector too.
    fn use_at(&mut self, name: Name, at: usize) {
        self.uses[name as usize].push(at);
        if let Low::Pick(of, _) = self.list[name as usize] {
            self.uses[of as usize].push(at);
        }
    }

    /// Where a result lies in memory.
    fn home(&mut self, name: Name) -> Operand {
        if let Some(home) = self.home[name as usize] {
            return home;
        }
        let home = match self.list[name as usize] {
            Low::Load(column) => self.column(column),
            Low::First(column) => {
                let (base, offset) = self.first(column);
                Operand::All(base, offset)
            }
            Low::Line(line) => {
                let (base, offset) = self.lines(&[line]);
                Operand::All(base, offset)
            }
            Low::Lines(lines) => {
                let (base, offset) = self.lines(&lines);
                Operand::At(base, offset)
            }
            _ => {
                debug_assert!(false, "%{name} is used before it is made");
                Operand::In(SPARE)
            }
        };
        self.home[name as usize] = Some(home);
        home
    }

    /// The first of a column.
    fn first(&self, column: Column) -> (Base, i32) {
        // Checked at the beginning.
        let offset = i32::try_from(column.index() * self.stride).unwrap_or(i32::MAX);
        (Base::Columns, offset)
    }

    /// New lines.
    fn lines(&mut self, lines: &[Line]) -> (Base, i32) {
        let offset = self.lines.len() * size_of::<f64>();
        self.lines.extend(lines);
        (Base::Lines, i32::try_from(offset).unwrap_or(i32::MAX))
    }

    fn operand(&mut self, name: Name) -> Operand {
        match self.vector(name) {
            Some(register) => Operand::In(register),
            None => self.home(name),
        }
    }

    /// The register that holds a vector, if any does.
    fn vector(&self, name: Name) -> Option<Vector> {
        self.register[name as usize].map(Vector)
    }

    /// A register that holds a vector.
    fn fetch(&mut self, name: Name, pinned: &[Vector]) -> Vector {
        if let Some(register) = self.vector(name) {
            return register;
        }
        let register = self.take(pinned);
        let home = self.home(name);
        self.code.load(register, home);
        self.hold(name, register.0);
        register
    }

    /// A register that holds a mask.
    fn fetch_mask(&mut self, name: Name, pinned: &[Mask]) -> Mask {
        if let Some(register) = self.register[name as usize] {
            return Mask(register);
        }
        let register = self.take_mask(pinned);
        if let Operand::At(Base::Frame, offset) = self.home(name) {
            self.code.load_mask(register, offset);
        }
        self.hold(name, register.0);
        register
    }

    fn file(&mut self, name: Name) -> &mut File {
        if self.list[name as usize].is_mask() { &mut self.masks } else { &mut self.vectors }
    }

    fn hold(&mut self, name: Name, register: u8) {
        self.register[name as usize] = Some(register);
        *self.file(name).slot(register) = Some(name);
    }

    fn let_go(&mut self, name: Name) {
        if let Some(register) = self.register[name as usize].take() {
            *self.file(name).slot(register) = None;
        }
    }

    /// A free vector register.
    fn take(&mut self, pinned: &[Vector]) -> Vector {
        let pinned: Vec<u8> = pinned.iter().map(|vector| vector.0).collect();
        let next = |name: Name| self.uses[name as usize].last().copied().unwrap_or(usize::MAX);
        let register = self.vectors.best(&pinned, next);
        if let Some(name) = *self.vectors.slot(register) {
            self.save(name);
            self.let_go(name);
        }
        Vector(register)
    }

    /// A free mask register.
    fn take_mask(&mut self, pinned: &[Mask]) -> Mask {
        let pinned: Vec<u8> = pinned.iter().map(|mask| mask.0).collect();
        let next = |name: Name| self.uses[name as usize].last().copied().unwrap_or(usize::MAX);
        let register = self.masks.best(&pinned, next);
        if let Some(name) = *self.masks.slot(register) {
            self.save(name);
            self.let_go(name);
        }
        Mask(register)
    }

    /// Writes a result that is in a register to memory if it is nowhere there.
    fn save(&mut self, name: Name) {
        let Some(register) = self.register[name as usize] else { return };
        let low = self.list[name as usize];
        if self.home[name as usize].is_some() || low.is_leaf() {
            return;
        }
        let slot = self.frame.slot();
        if low.is_mask() {
            self.code.store_mask(Mask(register), bytes(slot));
        } else {
            self.code.store(Base::Frame, bytes(slot), Vector(register));
        }
        self.home[name as usize] = Some(Operand::At(Base::Frame, bytes(slot)));
    }

    fn dies(&self, name: Name, at: usize) -> bool {
        self.uses[name as usize].first().is_none_or(|last| *last <= at)
    }

    /// Forgets the uses of an instruction; registers of results that are not needed any more are free at once, their
    /// places after the instruction.
    fn used(&mut self, at: usize) {
        self.list[at].for_each_operand(|name| {
            self.used_at(name, at);
            if let Low::Pick(of, _) = self.list[name as usize] {
                self.used_at(of, at);
            }
        });
    }

    fn used_at(&mut self, name: Name, at: usize) {
        let uses = &mut self.uses[name as usize];
        if uses.is_empty() {
            return;
        }
        while uses.last().is_some_and(|next| *next <= at) {
            uses.pop();
        }
        if uses.is_empty() {
            self.let_go(name);
            if let Some(Operand::At(Base::Frame, offset)) = self.home[name as usize] {
                self.leaving.push(usize::try_from(offset).unwrap_or(0) / BYTES);
            }
        }
    }

    /// A vector is in a register.
    fn made(&mut self, at: usize, register: Vector) {
        if let Some(column) = self.direct[at] {
            self.store(column, Operand::In(register));
            self.home[at] = Some(self.column(column));
        }
        self.made_mask(at, register.0);
    }

    fn made_mask(&mut self, at: usize, register: u8) {
        if !self.uses[at].is_empty() {
            self.hold(Name::try_from(at).unwrap_or(Name::MAX), register);
        }
    }

    fn store(&mut self, column: Column, from: Operand) {
        let register = match from {
            Operand::In(register) => register,
            Operand::At(..) | Operand::All(..) => {
                self.code.load(SPARE, from);
                SPARE
            }
        };
        if let Operand::At(base, offset) = self.column(column) {
            self.code.store(base, offset, register);
        }
    }

    fn instruction(&mut self, at: usize, low: Low) {
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
    fn scatter(&mut self, end: usize, lanes: &[(Column, Name, u8)]) {
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
