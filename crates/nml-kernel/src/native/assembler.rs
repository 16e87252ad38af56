//! Bytes of the x86-64 instructions that blocks need (AMD64 Architecture Programmer's Manual, volumes 3 and 4).

/// An SSE register, below 16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Register(pub u8);

/// A register that holds an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// The columns: rbx.
    Columns = 3,
    /// The values common to all instances: rbp.
    Lines = 5,
    /// Working memory: r14.
    Frame = 14,
}

/// An operand that may lie in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operand {
    In(Register),
    /// At so many bytes after an address.
    At(Base, i32),
}

/// An instruction of two sources, the second of which may lie in memory, or of one that may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Instruction {
    map: u8,
    prefix: u8,
    wide: bool,
    opcode: u8,
}

const fn scalar(opcode: u8) -> Instruction {
    Instruction { map: 1, prefix: 3, wide: false, opcode }
}

const fn packed(opcode: u8) -> Instruction {
    Instruction { map: 1, prefix: 1, wide: false, opcode }
}

const fn fused(opcode: u8) -> Instruction {
    Instruction { map: 2, prefix: 1, wide: true, opcode }
}

pub(super) const LOAD: Instruction = scalar(0x10);
pub(super) const STORE: Instruction = scalar(0x11);
pub(super) const SQRT: Instruction = scalar(0x51);
pub(super) const ADD: Instruction = scalar(0x58);
pub(super) const MUL: Instruction = scalar(0x59);
pub(super) const SUB: Instruction = scalar(0x5C);
pub(super) const MIN: Instruction = scalar(0x5D);
pub(super) const DIV: Instruction = scalar(0x5E);
pub(super) const MAX: Instruction = scalar(0x5F);
/// With a predicate as immediate.
pub(super) const COMPARE: Instruction = scalar(0xC2);
pub(super) const COPY: Instruction = packed(0x28);
pub(super) const AND: Instruction = packed(0x54);
pub(super) const AND_NOT: Instruction = packed(0x55);
pub(super) const OR: Instruction = packed(0x56);
pub(super) const XOR: Instruction = packed(0x57);
/// to = first · to + second.
pub(super) const FMA_213: Instruction = fused(0xA9);
/// to = first · second + to.
pub(super) const FMA_231: Instruction = fused(0xB9);
/// With a direction as immediate.
pub(super) const ROUND: Instruction = Instruction { map: 3, prefix: 1, wide: false, opcode: 0x0B };
/// With a mask register, times 16, as immediate: the second where the mask holds, else the first.
pub(super) const BLEND: Instruction = Instruction { map: 3, prefix: 1, wide: false, opcode: 0x4B };

/// Machine code in the making.
#[derive(Debug, Default)]
pub(super) struct Assembler {
    pub(super) bytes: Vec<u8>,
}

impl Assembler {
    /// to = instruction (first, second).
    pub(super) fn two(&mut self, ins: Instruction, to: Register, first: Register, second: Operand) {
        self.vex(ins, to.0, first.0, second);
    }

    /// to = instruction (first, second), with an immediate.
    pub(super) fn two_with(
        &mut self,
        ins: Instruction,
        to: Register,
        (first, second): (Register, Operand),
        immediate: u8,
    ) {
        self.vex(ins, to.0, first.0, second);
        self.bytes.push(immediate);
    }

    /// Fills a register.
    pub(super) fn load(&mut self, to: Register, from: Operand) {
        match from {
            Operand::In(register) if register == to => {}
            Operand::In(_) => self.vex(COPY, to.0, 0, from),
            Operand::At(..) => self.vex(LOAD, to.0, 0, from),
        }
    }

    /// Writes a register to memory.
    pub(super) fn store(&mut self, base: Base, offset: i32, from: Register) {
        self.vex(STORE, from.0, 0, Operand::At(base, offset));
    }

    /// An instruction with a VEX prefix; the opcode's operands are named as in the manuals: reg, vvvv, rm.
    fn vex(&mut self, ins: Instruction, reg: u8, vvvv: u8, rm: Operand) {
        let low = match rm {
            Operand::In(register) => register.0,
            Operand::At(base, _) => base as u8,
        };
        // These bits are inverted.
        let (r, b) = (u8::from(reg < 8), u8::from(low < 8));
        let tail = ((!vvvv & 15) << 3) | ins.prefix;
        if b == 1 && ins.map == 1 && !ins.wide {
            self.bytes.extend([0xC5, (r << 7) | tail]);
        } else {
            let first = (r << 7) | (1 << 6) | (b << 5) | ins.map;
            self.bytes.extend([0xC4, first, (u8::from(ins.wide) << 7) | tail]);
        }
        self.bytes.push(ins.opcode);
        let (reg, low) = ((reg & 7) << 3, low & 7);
        match rm {
            Operand::In(_) => self.bytes.push(0xC0 | reg | low),
            Operand::At(_, offset) => {
                if let Ok(short) = i8::try_from(offset) {
                    self.bytes.extend([0x40 | reg | low, short.cast_unsigned()]);
                } else {
                    self.bytes.push(0x80 | reg | low);
                    self.bytes.extend(offset.to_le_bytes());
                }
            }
        }
    }

    /// Saves the address registers and takes the addresses given by the caller.
    pub(super) fn enter(&mut self) {
        // push rbx; push rbp; push r14: the stack is then aligned for calls.
        self.bytes.extend([0x53, 0x55, 0x41, 0x56]);
        // mov rbx, rdi; mov rbp, rsi; mov r14, rdx
        self.bytes.extend([0x48, 0x89, 0xFB, 0x48, 0x89, 0xF5, 0x49, 0x89, 0xD6]);
    }

    /// Undoes [`enter`](Self::enter) and returns.
    pub(super) fn leave(&mut self) {
        // pop r14; pop rbp; pop rbx; ret
        self.bytes.extend([0x41, 0x5E, 0x5D, 0x5B, 0xC3]);
    }

    /// Calls a function with the address of a place in the frame.
    pub(super) fn call(&mut self, function: u64, offset: i32) {
        // lea rdi, [r14 + offset]
        self.bytes.extend([0x49, 0x8D, 0xBE]);
        self.bytes.extend(offset.to_le_bytes());
        // mov rax, function; call rax
        self.bytes.extend([0x48, 0xB8]);
        self.bytes.extend(function.to_le_bytes());
        self.bytes.extend([0xFF, 0xD0]);
    }
}
