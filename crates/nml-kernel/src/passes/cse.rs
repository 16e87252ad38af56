//! Common subexpressions.

use super::rewrite;
use crate::ir::Block;

/// Makes equal operations on equal operands one value, exactly.
///
/// The builder does the same while building; this is for blocks made otherwise.
pub fn eliminate_common_subexpressions(block: &Block) -> Block {
    rewrite(block, |b, _, op| b.push(op))
}
