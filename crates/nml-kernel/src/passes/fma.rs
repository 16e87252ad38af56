//! Fusing products with sums.

use super::rewrite;
use crate::ir::{BinaryOp, Block, BlockBuilder, Op, UnaryOp, Value};

/// Fuses a sum or difference with a product that has no other use: one rounding instead of two.
///
/// Not fused are
/// - sums and differences of two products, because a·b − c·d would no longer be 0 for equal products,
/// - products that all instances share, because those are computed once per run,
/// - rates, that is a shared factor times `exp` or `exprelr`, because a tape computes those in one instruction, and so
///   that α and β of a gate are rounded alike.
pub fn fuse_fma(block: &Block) -> Block {
    let uses = block.use_counts();
    let uniform = block.uniform_values();
    let transcendental =
        |v: Value| matches!(block.ops[v.index()], Op::Unary(UnaryOp::Exp | UnaryOp::Exprelr, _));
    let is_rate = |p: Value, q: Value| uniform[p.index()] && transcendental(q);
    // A product in the old block that may be fused.
    let fusible = |v: Value| match block.ops[v.index()] {
        Op::Binary(BinaryOp::Mul, p, q) => {
            uses[v.index()] == 1 && !uniform[v.index()] && !is_rate(p, q) && !is_rate(q, p)
        }
        _ => false,
    };
    let is_product = |v: Value| matches!(block.ops[v.index()], Op::Binary(BinaryOp::Mul, ..));
    rewrite(block, |b, old, op| {
        let (kind, x, y) = match (block.ops[old.index()], op) {
            (
                Op::Binary(kind @ (BinaryOp::Add | BinaryOp::Sub), old_x, old_y),
                Op::Binary(_, x, y),
            ) if is_product(old_x) != is_product(old_y) => {
                // The rebuilt sum may have its operands the other way round, which `factors` finds out.
                if !fusible(old_x) && !fusible(old_y) {
                    return b.push(op);
                }
                (kind, x, y)
            }
            _ => return b.push(op),
        };
        match (kind, factors(b, x), factors(b, y)) {
            (BinaryOp::Add, Some((p, q)), _) => b.fma(p, q, y),
            (BinaryOp::Add, None, Some((p, q))) => b.fma(p, q, x),
            (BinaryOp::Sub, Some((p, q)), _) => {
                let addend = b.neg(y);
                b.fma(p, q, addend)
            }
            (BinaryOp::Sub, None, Some((p, q))) => {
                let (p, q) = if costless(b, q) { (q, p) } else { (p, q) };
                let p = b.neg(p);
                b.fma(p, q, x)
            }
            _ => b.push(op),
        }
    })
}

fn factors(b: &BlockBuilder, v: Value) -> Option<(Value, Value)> {
    match b.op(v) {
        Op::Binary(BinaryOp::Mul, p, q) => Some((p, q)),
        _ => None,
    }
}

/// Whether negating the value costs nothing per instance.
fn costless(b: &BlockBuilder, v: Value) -> bool {
    matches!(b.op(v), Op::Const(_) | Op::Uniform(_))
}
