//! Gives results registers and writes the code of a block for eight instances at a time.
//!
//! A register that is needed is taken from the result whose next use is farthest away (Belady 1966), which in a
//! straight line is known.

use rustc_hash::FxHashSet;

use super::super::frame::{Frame, Slot};
use super::encode::{Base, Encoder, Mask, Operand, Vector};
use super::trace::{Line, Low, Name, Trace};
use crate::columns::LANES;
use crate::ir::Column;

/// Registers that hold vectors; the one after them is for the moment.
const VECTORS: u8 = 31;
pub(super) const SPARE: Vector = Vector(VECTORS);
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
pub(super) struct File {
    first: u8,
    pub(super) held: Vec<Option<Name>>,
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

pub(super) struct Compiler<'a> {
    pub(super) list: &'a [Low],
    pub(super) code: Encoder,
    pub(super) frame: Frame,
    pub(super) lines: Vec<Line>,
    /// The bytes from one column to the next.
    pub(super) stride: usize,
    /// By result: the instructions that read it, the last first.
    pub(super) uses: Vec<Vec<usize>>,
    /// By result: the register that holds it.
    pub(super) register: Vec<Option<u8>>,
    pub(super) vectors: File,
    pub(super) masks: File,
    /// By result: where it lies in memory.
    pub(super) home: Vec<Option<Operand>>,
    /// By result: the column it is written to as soon as it is there.
    pub(super) direct: Vec<Option<Column>>,
    /// Places that are free after this instruction.
    pub(super) leaving: Vec<Slot>,
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

pub(super) fn bytes(vectors: usize) -> i32 {
    i32::try_from(vectors * BYTES).unwrap_or(i32::MAX)
}

impl Compiler<'_> {
    pub(super) fn column(&self, column: Column) -> Operand {
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
    pub(super) fn home(&mut self, name: Name) -> Operand {
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
    pub(super) fn first(&self, column: Column) -> (Base, i32) {
        // Checked at the beginning.
        let offset = i32::try_from(column.index() * self.stride).unwrap_or(i32::MAX);
        (Base::Columns, offset)
    }

    /// New lines.
    pub(super) fn lines(&mut self, lines: &[Line]) -> (Base, i32) {
        let offset = self.lines.len() * size_of::<f64>();
        self.lines.extend(lines);
        (Base::Lines, i32::try_from(offset).unwrap_or(i32::MAX))
    }

    pub(super) fn operand(&mut self, name: Name) -> Operand {
        match self.vector(name) {
            Some(register) => Operand::In(register),
            None => self.home(name),
        }
    }

    /// The register that holds a vector, if any does.
    pub(super) fn vector(&self, name: Name) -> Option<Vector> {
        self.register[name as usize].map(Vector)
    }

    /// A register that holds a vector.
    pub(super) fn fetch(&mut self, name: Name, pinned: &[Vector]) -> Vector {
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
    pub(super) fn fetch_mask(&mut self, name: Name, pinned: &[Mask]) -> Mask {
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

    pub(super) fn hold(&mut self, name: Name, register: u8) {
        self.register[name as usize] = Some(register);
        *self.file(name).slot(register) = Some(name);
    }

    pub(super) fn let_go(&mut self, name: Name) {
        if let Some(register) = self.register[name as usize].take() {
            *self.file(name).slot(register) = None;
        }
    }

    /// A free vector register.
    pub(super) fn take(&mut self, pinned: &[Vector]) -> Vector {
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
    pub(super) fn take_mask(&mut self, pinned: &[Mask]) -> Mask {
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
    pub(super) fn save(&mut self, name: Name) {
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

    pub(super) fn dies(&self, name: Name, at: usize) -> bool {
        self.uses[name as usize].first().is_none_or(|last| *last <= at)
    }

    /// Forgets the uses of an instruction; registers of results that are not needed any more are free at once, their
    /// places after the instruction.
    pub(super) fn used(&mut self, at: usize) {
        self.list[at].for_each_operand(|name| {
            self.used_at(name, at);
            if let Low::Pick(of, _) = self.list[name as usize] {
                self.used_at(of, at);
            }
        });
    }

    pub(super) fn used_at(&mut self, name: Name, at: usize) {
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
    pub(super) fn made(&mut self, at: usize, register: Vector) {
        if let Some(column) = self.direct[at] {
            self.store(column, Operand::In(register));
            self.home[at] = Some(self.column(column));
        }
        self.made_mask(at, register.0);
    }

    pub(super) fn made_mask(&mut self, at: usize, register: u8) {
        if !self.uses[at].is_empty() {
            self.hold(Name::try_from(at).unwrap_or(Name::MAX), register);
        }
    }

    pub(super) fn store(&mut self, column: Column, from: Operand) {
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
}
