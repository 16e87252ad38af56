//! Listings of programs.

use std::fmt::{Display, Formatter, Result};

use super::{BinaryOp, Block, Column, CompareOp, MaskOp, Op, Program, UnaryOp};

impl Display for Program {
    /// A listing with the names of columns and uniforms.
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        writeln!(f, "columns")?;
        for (i, column) in self.columns.iter().enumerate() {
            let role = format!("{:?}", column.role).to_lowercase();
            writeln!(f, "  c{i} {} {role}", column.name)?;
        }
        for block in &self.entries {
            writeln!(f, "entry {}", block.name)?;
            self.fmt_block(block, f)?;
        }
        Ok(())
    }
}

impl Program {
    fn column_name(&self, column: Column) -> &str {
        self.columns.get(column.index()).map_or("?", |c| &c.name)
    }

    fn fmt_block(&self, block: &Block, f: &mut Formatter<'_>) -> Result {
        for (i, op) in block.ops.iter().enumerate() {
            write!(f, "  v{i} = ")?;
            match op {
                Op::Const(x) => write!(f, "{:?}", x.get())?,
                Op::MaskConst(truth) => write!(f, "{truth}")?,
                Op::Uniform(u) => {
                    let name = self.uniforms.get(u.index()).map_or("?", String::as_str);
                    write!(f, "uniform {name}")?;
                }
                Op::Load(c) => write!(f, "load {}", self.column_name(*c))?,
                _ => {
                    write!(f, "{}", op.mnemonic())?;
                    if let Op::Random { stream, .. } = op {
                        write!(f, " {stream}")?;
                    }
                    let mut result = Ok(());
                    op.for_each_operand(|v| {
                        result = result.and_then(|()| write!(f, " v{}", v.0));
                    });
                    result?;
                }
            }
            writeln!(f)?;
        }
        for store in &block.stores {
            writeln!(f, "  store {} v{}", self.column_name(store.column), store.value.0)?;
        }
        Ok(())
    }
}

impl Op {
    /// The operation's name in listings.
    pub fn mnemonic(&self) -> &'static str {
        match self {
            Self::Const(_) | Self::MaskConst(_) => "const",
            Self::Uniform(_) => "uniform",
            Self::Load(_) => "load",
            Self::Unary(op, _) => op.mnemonic(),
            Self::Binary(op, ..) => op.mnemonic(),
            Self::Fma(..) => "fma",
            Self::Compare(op, ..) => match op {
                CompareOp::Lt => "lt",
                CompareOp::Le => "le",
                CompareOp::Eq => "eq",
                CompareOp::Ne => "ne",
            },
            Self::Mask(MaskOp::And, ..) => "and",
            Self::Mask(MaskOp::Or, ..) => "or",
            Self::Not(_) => "not",
            Self::Select(..) => "select",
            Self::Random { .. } => "random",
        }
    }
}

impl UnaryOp {
    fn mnemonic(self) -> &'static str {
        match self {
            Self::Neg => "neg",
            Self::Abs => "abs",
            Self::Sqrt => "sqrt",
            Self::Exp => "exp",
            Self::Expm1 => "expm1",
            Self::Exprelr => "exprelr",
            Self::Log => "log",
            Self::Sin => "sin",
            Self::Cos => "cos",
            Self::Tan => "tan",
            Self::Sinh => "sinh",
            Self::Cosh => "cosh",
            Self::Tanh => "tanh",
            Self::Ceil => "ceil",
            Self::Floor => "floor",
        }
    }
}

impl BinaryOp {
    fn mnemonic(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Sub => "sub",
            Self::Mul => "mul",
            Self::Div => "div",
            Self::Min => "min",
            Self::Max => "max",
            Self::Pow => "pow",
        }
    }
}
