//! Is a program well formed?

use super::{Block, Op, Program, Type};

/// Why a program is not well formed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ValidationError {
    /// An operand is made after its use, or never.
    #[error("entry `{entry}`: operand v{operand} of v{value} is not defined before it")]
    UndefinedOperand {
        /// The entry's name.
        entry: String,
        /// The operation.
        value: usize,
        /// The operand.
        operand: usize,
    },
    /// An operand has the wrong type.
    #[error("entry `{entry}`: operand v{operand} of v{value} should be {expected:?}")]
    OperandType {
        /// The entry's name.
        entry: String,
        /// The operation.
        value: usize,
        /// The operand.
        operand: usize,
        /// The type it should have.
        expected: Type,
    },
    /// A column, uniform or entry index is out of range.
    #[error("entry `{entry}`: {what} {index} does not exist")]
    OutOfRange {
        /// The entry's name.
        entry: String,
        /// `column` or `uniform`.
        what: &'static str,
        /// The index.
        index: u32,
    },
    /// Stores are not sorted by column, or two write one column.
    #[error("entry `{entry}`: stores to column {column} are not unique and sorted")]
    StoreOrder {
        /// The entry's name.
        entry: String,
        /// The column.
        column: u32,
    },
    /// A mask or an undefined value is stored.
    #[error("entry `{entry}`: v{value}, stored to column {column}, is not a real")]
    StoredValue {
        /// The entry's name.
        entry: String,
        /// The column.
        column: u32,
        /// The value.
        value: usize,
    },
}

impl Program {
    /// Checks that operands are defined before use and of the right type, that columns and uniforms exist, and that
    /// each column is stored at most once per entry.
    ///
    /// # Errors
    /// The first [`ValidationError`], by entry and operation.
    pub fn validate(&self) -> Result<(), ValidationError> {
        self.entries.iter().try_for_each(|block| self.validate_block(block))
    }

    fn validate_block(&self, block: &Block) -> Result<(), ValidationError> {
        let entry = || block.name.clone();
        for (value, op) in block.ops.iter().enumerate() {
            match *op {
                Op::Load(c) if c.index() >= self.columns.len() => {
                    return Err(ValidationError::OutOfRange {
                        entry: entry(),
                        what: "column",
                        index: c.0,
                    });
                }
                Op::Uniform(u) if u.index() >= self.uniforms.len() => {
                    return Err(ValidationError::OutOfRange {
                        entry: entry(),
                        what: "uniform",
                        index: u.0,
                    });
                }
                _ => {}
            }
            let mut expected = op.operand_types().into_iter();
            let mut result = Ok(());
            op.for_each_operand(|v| {
                let operand = v.index();
                let Some(expected) = expected.next() else { return };
                if result.is_err() {
                } else if operand >= value {
                    result =
                        Err(ValidationError::UndefinedOperand { entry: entry(), value, operand });
                } else if block.ops[operand].ty() != expected {
                    result = Err(ValidationError::OperandType {
                        entry: entry(),
                        value,
                        operand,
                        expected,
                    });
                }
            });
            result?;
        }
        let mut previous = None;
        for store in &block.stores {
            let (column, value) = (store.column.0, store.value.index());
            if store.column.index() >= self.columns.len() {
                return Err(ValidationError::OutOfRange {
                    entry: entry(),
                    what: "column",
                    index: column,
                });
            }
            if previous >= Some(column) {
                return Err(ValidationError::StoreOrder { entry: entry(), column });
            }
            if block.ops.get(value).map(Op::ty) != Some(Type::Real) {
                return Err(ValidationError::StoredValue { entry: entry(), column, value });
            }
            previous = Some(column);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BinaryOp, Column, ColumnInfo, ColumnRole, CompareOp, Store, Uniform, Value};

    fn check(ops: Vec<Op>, stores: &[(u32, u32)], expected: &str) {
        let stores =
            stores.iter().map(|&(c, v)| Store { column: Column(c), value: Value(v) }).collect();
        let program = Program {
            columns: vec![ColumnInfo { name: "x".into(), role: ColumnRole::State }],
            uniforms: vec![],
            entries: vec![Block { name: "e".into(), ops, stores }],
        };
        let message = program.validate().map_or_else(|e| e.to_string(), |()| "ok".into());
        assert_eq!(message, expected);
    }

    #[test]
    fn malformed_programs_are_refused() {
        let load = Op::Load(Column(0));
        let (v0, v1) = (Value(0), Value(1));
        check(vec![load], &[(0, 0)], "ok");
        let late = Op::Binary(BinaryOp::Add, v0, v1);
        check(vec![load, late], &[], "entry `e`: operand v1 of v1 is not defined before it");
        let mask = Op::Compare(CompareOp::Lt, v0, v0);
        check(vec![load, mask, Op::Not(v0)], &[], "entry `e`: operand v0 of v2 should be Mask");
        check(
            vec![load, mask, Op::Fma(v0, v1, v0)],
            &[],
            "entry `e`: operand v1 of v2 should be Real",
        );
        check(vec![Op::Load(Column(1))], &[], "entry `e`: column 1 does not exist");
        check(vec![Op::Uniform(Uniform(0))], &[], "entry `e`: uniform 0 does not exist");
        check(
            vec![load],
            &[(0, 0), (0, 0)],
            "entry `e`: stores to column 0 are not unique and sorted",
        );
        check(vec![load, mask], &[(0, 1)], "entry `e`: v1, stored to column 0, is not a real");
        check(vec![load], &[(0, 9)], "entry `e`: v9, stored to column 0, is not a real");
    }
}
