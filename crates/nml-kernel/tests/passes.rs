//! What single passes make of forms that models are written in.
#![expect(clippy::unwrap_used, reason = "a failure here fails the test")]

use nml_kernel::{
    BinaryOp, Block, BlockBuilder, Column, ColumnRole, Columns, CompareOp, Op, Program,
    ProgramBuilder, RunContext, UnaryOp, Value, oracle, passes,
};

const CONTEXT: RunContext<'_> = RunContext { seed: 0, uniforms: &[] };

/// A program of columns x, p, y and one entry that stores what `build` makes of x and p in y.
fn program(build: impl Fn(&mut BlockBuilder, Value, Value) -> Value) -> Program {
    let mut program = ProgramBuilder::new();
    let x = program.column("x", ColumnRole::State);
    let p = program.column("p", ColumnRole::Parameter);
    let y = program.column("y", ColumnRole::Output);
    let mut b = BlockBuilder::new("entry");
    let (x, p) = (b.load(x), b.load(p));
    let made = build(&mut b, x, p);
    b.store(y, made);
    program.add(b.finish());
    program.finish()
}

fn run(program: &Program, x: f64, p: f64) -> f64 {
    let mut columns = Columns::new(program, 1);
    columns.get_mut(Column(0))[0] = x;
    columns.get_mut(Column(1))[0] = p;
    for entry in (0..u32::try_from(program.entries.len()).unwrap()).rev() {
        oracle::run(program, nml_kernel::Entry(entry), &mut columns, &CONTEXT);
    }
    columns.get(Column(2))[0]
}

fn count(block: &Block, is: impl Fn(&Op) -> bool) -> usize {
    block.ops.iter().filter(|op| is(op)).count()
}

/// `HHExpLinearRate` as the standard defines it, with its case for x = 0.
fn exp_linear(b: &mut BlockBuilder, v: Value, rate: Value) -> Value {
    let (zero, one, ten, minus) =
        (b.constant(0.0), b.constant(1.0), b.constant(10.0), b.constant(-10.0));
    let (x, y) = (b.div(v, ten), b.div(v, minus));
    let exp = b.exp(y);
    let below = b.sub(one, exp);
    let quotient = b.div(x, below);
    let product = b.mul(rate, quotient);
    let at_zero = b.compare(CompareOp::Eq, x, zero);
    let last = b.select(at_zero, rate, zero);
    let elsewhere = b.compare(CompareOp::Ne, x, zero);
    b.select(elsewhere, product, last)
}

#[test]
fn the_exp_linear_rate_is_one_function_without_cases() {
    let plain = program(exp_linear);
    let mut simple = plain.clone();
    passes::optimize(&mut simple, passes::Options::default(), |_, _| {});
    let block = &simple.entries[0];
    assert_eq!(count(block, |op| matches!(op, Op::Unary(UnaryOp::Exprelr, _))), 1, "{simple}");
    assert_eq!(count(block, |op| matches!(op, Op::Select(..) | Op::Compare(..))), 0, "{simple}");
    for v in [-80.0, -3.0, 0.0, 0.25, 40.0] {
        let (one, other) = (run(&plain, v, 0.1), run(&simple, v, 0.1));
        assert!((one - other).abs() <= 1e-14 * one.abs(), "{v}: {one} {other}");
    }
    // 1 − exp(−10⁻¹²) has four digits left.
    assert_eq!(run(&simple, 1e-11, 0.1), 0.1 * (1.0 + 5e-13));
    assert!((run(&plain, 1e-11, 0.1) - 0.1).abs() > 1e-7);
}

#[test]
fn a_case_with_another_limit_stays() {
    let mut other = program(|b, v, rate| {
        let (zero, one) = (b.constant(0.0), b.constant(1.0));
        let minus = b.neg(v);
        let exp = b.exp(minus);
        let below = b.sub(one, exp);
        let quotient = b.div(v, below);
        let product = b.mul(rate, quotient);
        let elsewhere = b.compare(CompareOp::Ne, v, zero);
        b.select(elsewhere, product, zero)
    });
    passes::optimize(&mut other, passes::Options::default(), |_, _| {});
    assert_eq!(count(&other.entries[0], |op| matches!(op, Op::Select(..))), 1, "{other}");
    assert_eq!(run(&other, 0.0, 3.0), 0.0);
}

#[test]
fn divisions_become_products_where_one_reciprocal_serves_all() {
    let divisions = |program: &Program| {
        count(&program.entries[0], |op| matches!(op, Op::Binary(BinaryOp::Div, ..)))
    };
    let optimized = |mut program: Program| {
        passes::optimize(&mut program, passes::Options::default(), |_, _| {});
        program
    };
    let by_number = optimized(program(|b, x, _| {
        let three = b.constant(3.0);
        b.div(x, three)
    }));
    assert_eq!(divisions(&by_number), 0, "{by_number}");
    assert!((run(&by_number, 1.0, 0.0) - 1.0 / 3.0).abs() < 1e-16);
    let twice = optimized(program(|b, x, p| {
        let five = b.constant(5.0);
        let (one, two) = (b.div(x, p), b.div(five, p));
        b.sub(one, two)
    }));
    assert_eq!(divisions(&twice), 1, "{twice}");
    assert!((run(&twice, 7.0, 3.0) - 2.0 / 3.0).abs() < 1e-15);
    let once = optimized(program(BlockBuilder::div));
    assert_eq!(divisions(&once), 1);
    assert_eq!(run(&once, 7.0, 3.0), 7.0 / 3.0);
    // The reciprocal of a denormal number is not one.
    let tiny = optimized(program(|b, x, _| {
        let tiny = b.constant(1e-310);
        b.div(x, tiny)
    }));
    assert_eq!(run(&tiny, 1e-310, 0.0), 1.0);
}

#[test]
fn what_is_fixed_is_computed_once() {
    let plain = program(|b, x, p| {
        let (square, two) = (b.mul(p, p), b.constant(2.0));
        let root = b.unary(UnaryOp::Sqrt, square);
        let most = b.add(root, two);
        let product = b.mul(x, most);
        b.add(product, p)
    });
    let mut hoisted = plain.clone();
    let entry = passes::hoist(&mut hoisted, |column| column == Column(1)).unwrap();
    assert_eq!(hoisted.validate(), Ok(()));
    assert_eq!(entry.0, 1);
    let block = &hoisted.entries[0];
    assert_eq!(count(block, |op| matches!(op, Op::Unary(UnaryOp::Sqrt, _))), 0, "{hoisted}");
    assert_eq!(block.loaded_columns(), [Column(0), Column(1), Column(3)], "{hoisted}");
    for (x, p) in [(1.5, -3.0), (0.1, 7.0)] {
        assert_eq!(run(&hoisted, x, p).to_bits(), run(&plain, x, p).to_bits());
    }
    let mut nothing = plain.clone();
    assert_eq!(passes::hoist(&mut nothing, |_| false), None);
    assert_eq!(nothing, plain);
}

#[test]
fn powers_of_a_number_and_broken_powers_go_by_the_exponential() {
    let optimized = |build: fn(&mut BlockBuilder, Value, Value) -> Value| {
        let mut program = program(build);
        passes::optimize(&mut program, passes::Options::default(), |_, _| {});
        let powers = |op: &Op| matches!(op, Op::Binary(BinaryOp::Pow, ..));
        assert_eq!(count(&program.entries[0], powers), 0, "{program}");
        program
    };
    let of_three = optimized(|b, x, _| {
        let three = b.constant(3.0);
        b.binary(BinaryOp::Pow, three, x)
    });
    let broken = optimized(|b, x, _| {
        let c = b.constant(1.7);
        b.binary(BinaryOp::Pow, x, c)
    });
    let close = |found: f64, exact: f64| {
        let allowed = (2.0 + exact.ln().abs()) * f64::EPSILON * exact;
        assert!((found - exact).abs() <= allowed, "{found} {exact}");
    };
    for x in [-40.0_f64, -1.3, 0.0, 0.5, 2.37, 100.0] {
        close(run(&of_three, x, 0.0), 3.0_f64.powf(x));
    }
    for x in [1e-100_f64, 0.3, 1.0, 55.0, 1e100] {
        close(run(&broken, x, 0.0), x.powf(1.7));
    }
    assert_eq!(run(&broken, 0.0, 0.0), 0.0);
    assert!(run(&broken, -2.0, 0.0).is_nan());
    assert_eq!(run(&of_three, f64::NEG_INFINITY, 0.0), 0.0);
}

/// The rates of Hodgkin and Huxley: six exponentials of one potential are two.
#[test]
fn exponentials_of_one_potential_are_powers_of_one() {
    let plain = program(|b, v, _| {
        let exp = |b: &mut BlockBuilder, op: UnaryOp, mid: f64, scale: f64| {
            let (mid, scale) = (b.constant(mid), b.constant(scale));
            let apart = b.sub(v, mid);
            let argument = b.div(apart, scale);
            b.unary(op, argument)
        };
        let rates = [
            exp(b, UnaryOp::Exp, -65.0, -20.0),
            exp(b, UnaryOp::Exp, -65.0, -18.0),
            exp(b, UnaryOp::Exp, -35.0, -10.0),
            exp(b, UnaryOp::Exprelr, -40.0, 10.0),
            exp(b, UnaryOp::Exprelr, -55.0, 10.0),
            exp(b, UnaryOp::Exp, -65.0, -80.0),
        ];
        // Each counts in the sum, whatever the others are.
        let mut sum = b.constant(0.0);
        for rate in rates {
            let root = b.unary(UnaryOp::Log, rate);
            let square = b.mul(root, root);
            sum = b.add(sum, square);
        }
        sum
    });
    let mut shared = plain.clone();
    passes::optimize(&mut shared, passes::Options::default(), |_, _| {});
    let exponentials =
        |op: &Op| matches!(op, Op::Unary(UnaryOp::Exp | UnaryOp::Exprelr | UnaryOp::Expm1, _));
    assert_eq!(count(&shared.entries[0], exponentials), 2, "{shared}");
    let mut v = -140.0;
    while v < 90.0 {
        let (one, other) = (run(&plain, v, 0.0), run(&shared, v, 0.0));
        assert!((one - other).abs() <= 3e-14 * (1.0 + one), "{v}: {one} {other}");
        v += 0.09;
    }
    // Where the form is 0 / 0.
    for v in [-40.0, -55.0, -40.000_000_1, -54.5] {
        let (one, other) = (run(&plain, v, 0.0), run(&shared, v, 0.0));
        assert!((one - other).abs() <= 3e-14 * (1.0 + one), "{v}: {one} {other}");
    }
}
