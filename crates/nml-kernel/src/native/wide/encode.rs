//! Bytes of the x86-64 instructions on vectors of eight lanes and on masks (Intel 64 Architectures Software Developer's
//! Manual, volume 2, sections 2.3 and 2.7).

/// A vector register, below 32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Vector(pub(super) u8);

/// A mask register, 1 to 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mask(pub(super) u8);

/// A register that holds an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// The lanes at hand in the first column: rbx.
    Columns = 3,
    /// The numbers common to all lanes: rbp.
    Lines = 5,
    /// Working memory: r14.
    Frame = 14,
}

/// Where the last operand of an instruction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operand {
    In(Vector),
    /// Eight numbers at so many bytes after an address.
    At(Base, i32),
    /// One number there, for all lanes.
    All(Base, i32),
}

/// An instruction on vectors: map and prefix as encoded, and its opcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Instruction {
    map: u8,
    prefix: u8,
    opcode: u8,
}

const fn plain(opcode: u8) -> Instruction {
    Instruction { map: 1, prefix: 1, opcode }
}

const fn later(opcode: u8) -> Instruction {
    Instruction { map: 2, prefix: 1, opcode }
}

pub(super) const LOAD: Instruction = plain(0x10);
pub(super) const STORE: Instruction = plain(0x11);
pub(super) const COPY: Instruction = plain(0x28);
pub(super) const SQRT: Instruction = plain(0x51);
pub(super) const AND: Instruction = plain(0x54);
pub(super) const OR: Instruction = plain(0x56);
pub(super) const XOR: Instruction = plain(0x57);
pub(super) const ADD: Instruction = plain(0x58);
pub(super) const MUL: Instruction = plain(0x59);
pub(super) const SUB: Instruction = plain(0x5C);
pub(super) const MIN: Instruction = plain(0x5D);
pub(super) const DIV: Instruction = plain(0x5E);
pub(super) const MAX: Instruction = plain(0x5F);
pub(super) const ADD_BITS: Instruction = plain(0xD4);
pub(super) const SCALE: Instruction = later(0x2C);
pub(super) const BROADCAST: Instruction = later(0x19);
/// With a mask: the second where it holds, else the first.
pub(super) const BLEND: Instruction = later(0x65);
/// Into a mask register, with a predicate.
const COMPARE: Instruction = plain(0xC2);
/// Into a mask register: the sign bits.
const SIGNS: Instruction = Instruction { map: 2, prefix: 2, opcode: 0x39 };
/// The sign bits of a mask register into all bits of lanes.
const SPREAD: Instruction = Instruction { map: 2, prefix: 2, opcode: 0x38 };
const ROUND: Instruction = Instruction { map: 3, prefix: 1, opcode: 0x09 };
// Of a pair of lanes: the lower with nothing above it, the upper beside it, both; from and to memory.
const LOAD_LOWER: Instruction = Instruction { map: 1, prefix: 3, opcode: 0x10 };
const LOAD_UPPER: Instruction = plain(0x16);
const STORE_LOWER: Instruction = plain(0x13);
const STORE_UPPER: Instruction = plain(0x17);
/// A pair of lanes into a vector, and out of it.
const INSERT_PAIR: Instruction = Instruction { map: 3, prefix: 1, opcode: 0x18 };
const EXTRACT_PAIR: Instruction = Instruction { map: 3, prefix: 1, opcode: 0x19 };
const SHIFT: Instruction = plain(0x73);

/// How long the vectors of an instruction are, as encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Pair = 0,
    Whole = 2,
}

/// The order of a fused instruction's operands: to · third + second, second · to + third, second · third + to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    ToThird = 0x98,
    SecondTo = 0xA8,
    SecondThird = 0xB8,
}

/// ±a · b ± c.
pub(super) fn fused(order: Order, minus_product: bool, minus_addend: bool) -> Instruction {
    later(order as u8 + 4 * u8::from(minus_product) + 2 * u8::from(minus_addend))
}

/// Machine code in the making.
#[derive(Debug, Default)]
pub(super) struct Encoder {
    pub(super) bytes: Vec<u8>,
}

impl Encoder {
    /// to = instruction (first, second).
    pub(super) fn two(&mut self, ins: Instruction, to: Vector, first: Vector, second: Operand) {
        self.evex(ins, to.0, first.0, second, 0);
    }

    /// to = instruction (operand).
    pub(super) fn one(&mut self, ins: Instruction, to: Vector, operand: Operand) {
        self.evex(ins, to.0, 0, operand, 0);
    }

    /// to = second where the mask holds, else first.
    pub(super) fn blend(&mut self, to: Vector, mask: Mask, first: Vector, second: Operand) {
        self.evex(BLEND, to.0, first.0, second, mask.0);
    }

    /// to = first (predicate) second.
    pub(super) fn compare(&mut self, to: Mask, first: Vector, second: Operand, predicate: u8) {
        self.evex(COMPARE, to.0, first.0, second, 0);
        self.bytes.push(predicate);
    }

    /// to = the sign bits of a vector.
    pub(super) fn signs(&mut self, to: Mask, from: Vector) {
        self.evex(SIGNS, to.0, 0, Operand::In(from), 0);
    }

    /// Rounds to whole numbers: up, else down.
    pub(super) fn round(&mut self, to: Vector, operand: Operand, up: bool) {
        self.evex(ROUND, to.0, 0, operand, 0);
        self.bytes.push(if up { 0b1010 } else { 0b1001 });
    }

    /// Shifts the bits of each lane: left, else right.
    pub(super) fn shift(&mut self, to: Vector, operand: Operand, left: bool, by: u8) {
        self.evex(SHIFT, if left { 6 } else { 2 }, to.0, operand, 0);
        self.bytes.push(by);
    }

    /// Fills a register.
    pub(super) fn load(&mut self, to: Vector, from: Operand) {
        match from {
            Operand::In(register) if register == to => {}
            Operand::In(_) => self.one(COPY, to, from),
            Operand::At(..) => self.one(LOAD, to, from),
            Operand::All(base, offset) => self.evex_broadcast(to, base, offset),
        }
    }

    /// Writes a register to memory.
    pub(super) fn store(&mut self, base: Base, offset: i32, from: Vector) {
        self.one(STORE, from, Operand::At(base, offset));
    }

    /// Puts two numbers in the lanes of a pair, other lanes being 0; the upper may be missing.
    pub(super) fn load_pair(&mut self, to: Vector, lower: (Base, i32), upper: Option<(Base, i32)>) {
        self.half(LOAD_LOWER, to.0, 0, lower);
        if let Some(upper) = upper {
            self.half(LOAD_UPPER, to.0, to.0, upper);
        }
    }

    /// Writes one or both lanes of the first pair.
    pub(super) fn store_pair(&mut self, from: Vector, upper: bool, to: (Base, i32)) {
        let ins = if upper { STORE_UPPER } else { STORE_LOWER };
        self.half(ins, from.0, 0, to);
    }

    /// The first pair of a vector becomes a pair of another, whose other lanes stay.
    pub(super) fn insert_pair(&mut self, to: Vector, from: Vector, pair: u8) {
        self.evex(INSERT_PAIR, to.0, to.0, Operand::In(from), 0);
        self.bytes.push(pair);
    }

    /// A pair becomes the first of a vector with nothing else.
    pub(super) fn extract_pair(&mut self, to: Vector, from: Vector, pair: u8) {
        self.evex(EXTRACT_PAIR, from.0, 0, Operand::In(to), 0);
        self.bytes.push(pair);
    }

    /// to = all bits of the lanes where the mask holds.
    pub(super) fn spread(&mut self, to: Vector, from: Mask) {
        self.evex(SPREAD, to.0, 0, Operand::In(Vector(from.0)), 0);
    }

    /// An instruction on a number in memory and half a pair.
    fn half(&mut self, ins: Instruction, reg: u8, vvvv: u8, (base, offset): (Base, i32)) {
        self.prefix(ins, reg, vvvv, (base as u8, 0), (0, false), Length::Pair);
        self.bytes.push(ins.opcode);
        self.address(reg, base, offset, 8);
    }

    fn evex_broadcast(&mut self, to: Vector, base: Base, offset: i32) {
        // One number is read, so the short displacement counts numbers; there is no broadcast bit.
        self.prefix(BROADCAST, to.0, 0, (base as u8, 0), (0, false), Length::Whole);
        self.bytes.push(BROADCAST.opcode);
        self.address(to.0, base, offset, 8);
    }

    fn evex(&mut self, ins: Instruction, reg: u8, vvvv: u8, rm: Operand, mask: u8) {
        let (low, high, all) = match rm {
            Operand::In(Vector(register)) => (register, register >> 4, false),
            Operand::At(base, _) => (base as u8, 0, false),
            Operand::All(base, _) => (base as u8, 0, true),
        };
        self.prefix(ins, reg, vvvv, (low, high), (mask, all), Length::Whole);
        self.bytes.push(ins.opcode);
        match rm {
            Operand::In(_) => self.bytes.push(0xC0 | (reg & 7) << 3 | low & 7),
            Operand::At(base, offset) => self.address(reg, base, offset, 64),
            Operand::All(base, offset) => self.address(reg, base, offset, 8),
        }
    }

    /// The EVEX prefix for 64-bit elements; register numbers stand in it inverted.
    fn prefix(
        &mut self,
        ins: Instruction,
        reg: u8,
        vvvv: u8,
        (low, high): (u8, u8),
        (mask, all): (u8, bool),
        length: Length,
    ) {
        let not = |bit: u8| u8::from(bit & 1 == 0);
        let first = not(reg >> 3) << 7 | not(high) << 6 | not(low >> 3) << 5 | not(reg >> 4) << 4;
        let second = 1 << 7 | (!vvvv & 15) << 3 | 1 << 2 | ins.prefix;
        let third = (length as u8) << 5 | u8::from(all) << 4 | not(vvvv >> 4) << 3 | mask;
        self.bytes.extend([0x62, first | ins.map, second, third]);
    }

    /// The operand at an address; a short displacement counts units of `unit` bytes.
    fn address(&mut self, reg: u8, base: Base, offset: i32, unit: i32) {
        let (reg, low) = ((reg & 7) << 3, base as u8 & 7);
        match i8::try_from(offset / unit) {
            Ok(short) if offset % unit == 0 => {
                self.bytes.extend([0x40 | reg | low, short.cast_unsigned()]);
            }
            _ => {
                self.bytes.push(0x80 | reg | low);
                self.bytes.extend(offset.to_le_bytes());
            }
        }
    }

    /// to = first and second, or first or second.
    pub(super) fn masks(&mut self, both: bool, to: Mask, first: Mask, second: Mask) {
        let opcode = if both { 0x41 } else { 0x45 };
        self.vex(1 << 2 | 1, to.0, first.0);
        self.bytes.extend([opcode, 0xC0 | to.0 << 3 | second.0]);
    }

    /// to = not from.
    pub(super) fn mask_not(&mut self, to: Mask, from: Mask) {
        self.vex(1, to.0, 0);
        self.bytes.extend([0x44, 0xC0 | to.0 << 3 | from.0]);
    }

    pub(super) fn load_mask(&mut self, to: Mask, offset: i32) {
        self.mask_at_frame(0x90, to, offset);
    }

    pub(super) fn store_mask(&mut self, from: Mask, offset: i32) {
        self.mask_at_frame(0x91, from, offset);
    }

    fn mask_at_frame(&mut self, opcode: u8, mask: Mask, offset: i32) {
        let base = Base::Frame as u8;
        self.bytes.extend([0xC4, 1 << 7 | 1 << 6 | 1, 0x79, opcode]);
        self.bytes.push(0x80 | mask.0 << 3 | base & 7);
        self.bytes.extend(offset.to_le_bytes());
    }

    /// The short VEX prefix of instructions on bytes of masks.
    fn vex(&mut self, length_and_prefix: u8, _reg: u8, vvvv: u8) {
        self.bytes.extend([0xC5, 1 << 7 | (!vvvv & 15) << 3 | length_and_prefix]);
    }

    /// Saves the address registers and takes the addresses and the count given by the caller.
    pub(super) fn enter(&mut self) {
        // push rbx; push rbp; push r14; push r12; sub rsp, 8: the stack is then aligned for calls.
        self.bytes.extend([0x53, 0x55, 0x41, 0x56, 0x41, 0x54, 0x48, 0x83, 0xEC, 0x08]);
        // mov rbx, rdi; mov rbp, rsi; mov r14, rdx; mov r12, rcx
        self.bytes.extend([0x48, 0x89, 0xFB, 0x48, 0x89, 0xF5, 0x49, 0x89, 0xD6, 0x49, 0x89, 0xCC]);
    }

    /// Goes on with the next lanes from `start` while there are any, then undoes [`enter`](Self::enter) and returns.
    pub(super) fn leave(&mut self, start: usize) {
        // add rbx, 64; dec r12; jnz start
        self.bytes.extend([0x48, 0x83, 0xC3, 0x40, 0x49, 0xFF, 0xCC, 0x0F, 0x85]);
        let end = self.bytes.len() + 4;
        // Code is shorter than what a jump reaches.
        let back = i32::try_from(end - start).map_or(0, |n| -n);
        self.bytes.extend(back.to_le_bytes());
        // vzeroupper; add rsp, 8; pop r12; pop r14; pop rbp; pop rbx; ret
        self.bytes.extend([0xC5, 0xF8, 0x77, 0x48, 0x83, 0xC4, 0x08]);
        self.bytes.extend([0x41, 0x5C, 0x41, 0x5E, 0x5D, 0x5B, 0xC3]);
    }

    /// Calls a function with the address of a place in the frame and a number of lanes.
    pub(super) fn call(&mut self, function: u64, offset: i32, lanes: u8) {
        // vzeroupper; lea rdi, [r14 + offset]
        self.bytes.extend([0xC5, 0xF8, 0x77, 0x49, 0x8D, 0xBE]);
        self.bytes.extend(offset.to_le_bytes());
        // mov esi, lanes
        self.bytes.push(0xBE);
        self.bytes.extend(u32::from(lanes).to_le_bytes());
        // mov rax, function; call rax
        self.bytes.extend([0x48, 0xB8]);
        self.bytes.extend(function.to_le_bytes());
        self.bytes.extend([0xFF, 0xD0]);
    }
}
