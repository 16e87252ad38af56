//! Passes that make new values: derivatives against central differences, linear forms, exact steps.

mod common;

use nml_kernel::{
    BinaryOp, BlockBuilder, Column, ColumnRole, Columns, Program, ProgramBuilder, RunContext,
    UnaryOp, Value, oracle, passes,
};

const X: Column = Column(0);
const P: Column = Column(1);
const OUT: [Column; 2] = [Column(2), Column(3)];

/// A program with state x, parameter p and two outputs, which `build` stores; evaluated at some (x, p).
fn evaluate(
    build: impl Fn(&mut BlockBuilder, Value, Value) -> [Value; 2],
    at: &[(f64, f64)],
) -> Vec<[f64; 2]> {
    let (program, entry) = program(build);
    let mut columns = Columns::new(&program, at.len());
    for (i, (x, p)) in at.iter().enumerate() {
        columns.get_mut(X)[i] = *x;
        columns.get_mut(P)[i] = *p;
    }
    oracle::run(&program, entry, &mut columns, &RunContext { seed: 0, uniforms: &[0.1] });
    (0..at.len()).map(|i| OUT.map(|c| columns.get(c)[i])).collect()
}

fn program(
    build: impl Fn(&mut BlockBuilder, Value, Value) -> [Value; 2],
) -> (Program, nml_kernel::Entry) {
    let mut p = ProgramBuilder::new();
    p.column("x", ColumnRole::State);
    p.column("p", ColumnRole::Parameter);
    p.column("y", ColumnRole::Output);
    p.column("dy", ColumnRole::Output);
    p.uniform("dt");
    let mut b = BlockBuilder::new("e");
    let (x, parameter) = (b.load(X), b.load(P));
    let values = build(&mut b, x, parameter);
    for (column, value) in OUT.into_iter().zip(values) {
        b.store(column, value);
    }
    let entry = p.add(b.finish());
    (p.finish(), entry)
}

/// dy/dx by the pass against (y(x+h) − y(x−h)) / 2h with h = 1e-5: both its errors, h²y‴/6 and the rounding of y over h,
/// stay below 1e-8 of the scale of these functions.
fn check_derivative(
    name: &str,
    f: impl Fn(&mut BlockBuilder, Value, Value) -> Value,
    points: &[(f64, f64)],
) {
    const H: f64 = 1e-5;
    let both = |b: &mut BlockBuilder, x: Value, p: Value| {
        let y = f(b, x, p);
        [y, passes::differentiate(b, &[y], x)[0]]
    };
    let shifted =
        |h: f64| evaluate(both, &points.iter().map(|(x, p)| (x + h, *p)).collect::<Vec<_>>());
    let (low, here, high) = (shifted(-H), shifted(0.0), shifted(H));
    for (i, at) in points.iter().enumerate() {
        let difference = (high[i][0] - low[i][0]) / (2.0 * H);
        let derivative = here[i][1];
        let scale = 1.0 + here[i][0].abs() + derivative.abs();
        assert!(
            (difference - derivative).abs() < 1e-8 * scale,
            "{name} at {at:?}: {derivative}, {difference}"
        );
    }
}

#[test]
fn derivatives_equal_central_differences() {
    let points = [(0.3, 0.7), (1.7, -0.4), (0.9, 2.5), (0.02, 1.0), (2.2, 0.1)];
    let unary = [
        UnaryOp::Neg,
        UnaryOp::Abs,
        UnaryOp::Sqrt,
        UnaryOp::Exp,
        UnaryOp::Expm1,
        UnaryOp::Exprelr,
        UnaryOp::Log,
        UnaryOp::Sin,
        UnaryOp::Cos,
        UnaryOp::Tan,
        UnaryOp::Sinh,
        UnaryOp::Cosh,
        UnaryOp::Tanh,
        UnaryOp::Ceil,
        UnaryOp::Floor,
    ];
    // √ and log of 0.02 have third derivatives of 1e4 and more.
    for op in unary {
        let points =
            if matches!(op, UnaryOp::Sqrt | UnaryOp::Log) { &points[..3] } else { &points[..] };
        check_derivative(&format!("{op:?}"), |b, x, _| b.unary(op, x), points);
        check_derivative(
            &format!("{op:?} of a product"),
            |b, x, p| {
                let square = b.mul(x, p);
                let positive = b.mul(square, square);
                let one = b.constant(1.0);
                let argument = b.add(positive, one);
                b.unary(op, argument)
            },
            &points[..2],
        );
    }
    for op in [
        BinaryOp::Add,
        BinaryOp::Sub,
        BinaryOp::Mul,
        BinaryOp::Div,
        BinaryOp::Min,
        BinaryOp::Max,
        BinaryOp::Pow,
    ] {
        let points = &points[..3];
        check_derivative(&format!("{op:?} left"), |b, x, p| b.binary(op, x, p), points);
        check_derivative(
            &format!("{op:?} right"),
            |b, x, p| {
                let positive = b.mul(p, p);
                b.binary(op, positive, x)
            },
            points,
        );
        check_derivative(
            &format!("{op:?} both"),
            |b, x, p| {
                let other = b.mul(x, p);
                b.binary(op, x, other)
            },
            points,
        );
    }
    check_derivative(
        "fma",
        |b, x, p| {
            let y = b.sin(x);
            b.fma(x, y, p)
        },
        &points,
    );
    check_derivative(
        "select",
        |b, x, p| {
            let mask = b.lt(x, p);
            let (s, e) = (b.sin(x), b.exp(x));
            b.select(mask, s, e)
        },
        &points,
    );
    check_derivative("random", |b, x, p| b.random(0, p, x), &[(3.5, 1.0)]);
}

trait Sine {
    fn sin(&mut self, x: Value) -> Value;
}

impl Sine for BlockBuilder {
    fn sin(&mut self, x: Value) -> Value {
        self.unary(UnaryOp::Sin, x)
    }
}

/// The slope of x/(1 − e⁻ˣ) near 0 is ½ + x/6, and the two ways of computing it meet at 0.03.
#[test]
fn slope_of_exprelr_is_smooth_through_zero() {
    let slope = |at: &[f64]| -> Vec<f64> {
        let f = |b: &mut BlockBuilder, x: Value, _: Value| {
            let y = b.unary(UnaryOp::Exprelr, x);
            [y, passes::differentiate(b, &[y], x)[0]]
        };
        evaluate(f, &at.iter().map(|x| (*x, 0.0)).collect::<Vec<_>>())
            .iter()
            .map(|r| r[1])
            .collect()
    };
    assert_eq!(slope(&[0.0, -0.0, 1e-300, 1e-20]), [0.5; 4]);
    for x in [0.03, -0.03, 1e-3, -1e-5] {
        let [below, above] = [slope(&[x * (1.0 - 1e-15)])[0], slope(&[x * (1.0 + 1e-15)])[0]];
        assert!((below - above).abs() < 2e-14, "{x}: {below} {above}");
    }
    assert_eq!(slope(&[800.0, -800.0]), [1.0, 0.0]);
}

/// di/dv of the Hodgkin–Huxley current with its gates held is the conductance.
#[test]
fn conductance_is_the_derivative_of_current() {
    let mut hh = common::hh();
    let block = hh.program.entries[0].clone();
    let stored = |c: Column| block.stores.iter().find(|s| s.column == c).map(|s| s.value);
    let (g, i) = (stored(hh.g).unwrap(), stored(hh.i).unwrap());
    // The gates depend on v too; with dt = 0 they stay, exactly.
    let mut b = BlockBuilder::resume(block);
    let v = b.load_old(hh.v);
    let slope = passes::differentiate(&mut b, &[i], v)[0];
    let difference = b.sub(slope, g);
    b.store(hh.g, difference);
    hh.program.entries[0] = b.finish();
    let mut columns = Columns::new(&hh.program, 5);
    for (k, gate) in hh.gates.into_iter().enumerate() {
        columns.fill(gate, 0.3 + 0.1 * k as f64);
    }
    columns.get_mut(hh.v).copy_from_slice(&[-80.0, -65.0, -40.0, 0.0, 30.0]);
    oracle::run(&hh.program, hh.step, &mut columns, &RunContext { seed: 0, uniforms: &[0.0] });
    for rest in columns.get(hh.g) {
        assert!(rest.abs() < 1e-11, "{rest}");
    }
}

/// a + b·x from the pass equals f, for forms it must find; and it refuses what is not linear.
#[test]
fn linear_rates_are_found() {
    type Build = fn(&mut BlockBuilder, Value, Value) -> Value;
    let linear: [(&str, Build); 7] = [
        ("alpha (1 - x) - beta x", |b, x, p| {
            let (one, beta) = (b.constant(1.0), b.exp(p));
            let closed = b.sub(one, x);
            let (open, close) = (b.mul(p, closed), b.mul(beta, x));
            b.sub(open, close)
        }),
        ("(inf - x) / tau", |b, x, p| {
            let tau = b.exp(p);
            let distance = b.sub(p, x);
            b.div(distance, tau)
        }),
        ("-x", |b, x, _| b.neg(x)),
        ("x", |_, x, _| x),
        ("p", |_, _, p| p),
        ("fma", |b, x, p| {
            let y = b.fma(p, x, x);
            b.fma(y, p, p)
        }),
        ("select", |b, x, p| {
            let zero = b.constant(0.0);
            let mask = b.lt(p, zero);
            let y = b.mul(p, x);
            b.select(mask, y, p)
        }),
    ];
    let points = [(0.3, 0.7), (-1.7, -0.4), (12.0, 2.5)];
    for (name, f) in linear {
        let results = evaluate(
            |b, x, p| {
                let f = f(b, x, p);
                let form = passes::linear_in(b, f, x).expect(name);
                let product = b.mul(form.b, x);
                [f, b.add(form.a, product)]
            },
            &points,
        );
        for [f, rebuilt] in results {
            assert!((f - rebuilt).abs() <= 1e-14 * (1.0 + f.abs()), "{name}: {f} {rebuilt}");
        }
    }
    let other: [(&str, Build); 6] = [
        ("x x", |b, x, _| b.mul(x, x)),
        ("exp x", |b, x, _| b.exp(x)),
        ("p / x", |b, x, p| b.div(p, x)),
        ("x - x x", |b, x, _| {
            let square = b.mul(x, x);
            b.sub(x, square)
        }),
        ("select by x", |b, x, p| {
            let mask = b.lt(x, p);
            b.select(mask, x, p)
        }),
        ("fma x x", |b, x, p| b.fma(x, x, p)),
    ];
    for (name, f) in other {
        program(|b, x, p| {
            let f = f(b, x, p);
            assert_eq!(passes::linear_in(b, f, x), None, "{name}");
            [f, x]
        });
    }
}

/// dx/dt = a + b·x against its closed form over dt = 0.1, b = 0 included.
#[test]
fn exponential_euler_is_exact_for_linear_rates() {
    for slope in [-3.0, -1e-9, 0.0, 2.0, -400.0f64] {
        let results = evaluate(
            |b, x, p| {
                let slope = b.constant(slope);
                let dt = b.uniform(nml_kernel::Uniform(0));
                let product = b.mul(slope, x);
                let f = b.add(p, product);
                [f, passes::exponential_euler(b, f, x, dt, &[]).unwrap()]
            },
            &[(0.3, 0.7), (-2.0, 5.0)],
        );
        for ((x, a), [_, stepped]) in [(0.3, 0.7), (-2.0, 5.0)].into_iter().zip(results) {
            let z = slope * 0.1;
            let phi = if z == 0.0 { 1.0 } else { nml_kernel::math::expm1(z) / z };
            let exact = x + 0.1 * phi * (a + slope * x);
            assert!((stepped - exact).abs() < 1e-13, "{slope} {x}: {stepped} {exact}");
        }
    }
    // (p − x)/τ by relaxation.
    let results = evaluate(
        |b, x, p| {
            let tau = b.constant(0.2);
            let dt = b.uniform(nml_kernel::Uniform(0));
            let distance = b.sub(p, x);
            let f = b.div(distance, tau);
            [f, passes::exponential_euler(b, f, x, dt, &[]).unwrap()]
        },
        &[(0.3, 0.7)],
    );
    let exact = 0.7 + (0.3 - 0.7) * nml_kernel::math::exp(-0.5);
    assert!((results[0][1] - exact).abs() < 1e-15);
}
