//! Laws that hold for every expression.

#![expect(clippy::expect_used, reason = "a panic is how a test fails")]

use nml_expr::{BinaryOp, Builder, Expr, Function, Lems, Node, Parentheses};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn config(cases: u32) -> ProptestConfig {
    // One seed for ever: a law that fails is found by the person who broke it.
    let rng_seed = RngSeed::Fixed(0x6e6d_6c65);
    ProptestConfig { cases, failure_persistence: None, rng_seed, ..ProptestConfig::default() }
}

fn binary(op: BinaryOp, a: &Expr, b: &Expr) -> Expr {
    let mut builder = Builder::new();
    let (a, b) = (builder.import(a), builder.import(b));
    let root = builder.binary(op, a, b);
    builder.finish(root).expect("operands of the right kind")
}

fn unary(function: Option<Function>, a: &Expr) -> Expr {
    let mut builder = Builder::new();
    let a = builder.import(a);
    let root = match function {
        Some(function) => builder.call(function, a),
        None => builder.neg(a),
    };
    builder.finish(root).expect("operands of the right kind")
}

/// Numbers made of x, y, z, literals, operators and the given functions.
fn number(functions: Vec<Function>) -> impl Strategy<Value = Expr> {
    let literal = prop_oneof![
        Just(0.0),
        Just(1.0),
        Just(2.0),
        Just(-1.0),
        Just(0.5),
        -100.0..100.0,
        proptest::num::f64::NORMAL,
    ];
    let leaf = prop_oneof![
        literal.prop_filter_map("finite", Expr::number),
        prop_oneof![Just("x"), Just("y"), Just("z")].prop_map(Expr::variable),
    ];
    leaf.prop_recursive(6, 40, 2, move |inner| {
        let op = prop_oneof![
            Just(BinaryOp::Add),
            Just(BinaryOp::Sub),
            Just(BinaryOp::Mul),
            Just(BinaryOp::Div),
            Just(BinaryOp::Pow),
        ];
        let function = prop::sample::select(functions.clone());
        prop_oneof![
            4 => (op, inner.clone(), inner.clone()).prop_map(|(op, a, b)| binary(op, &a, &b)),
            1 => inner.clone().prop_map(|a| unary(None, &a)),
            1 => (function, inner).prop_map(|(f, a)| unary(Some(f), &a)),
        ]
    })
}

fn all_functions() -> Vec<Function> {
    Function::ALL.into_iter().filter(|f| *f != Function::Factorial).collect()
}

fn condition() -> impl Strategy<Value = Expr> {
    let comparison = prop::sample::select(
        BinaryOp::ALL.into_iter().filter(|op| op.is_comparison()).collect::<Vec<_>>(),
    );
    let leaf = (comparison, number(all_functions()), number(all_functions()))
        .prop_map(|(op, a, b)| binary(op, &a, &b));
    leaf.prop_recursive(3, 8, 2, |inner| {
        let op = prop_oneof![Just(BinaryOp::And), Just(BinaryOp::Or)];
        (op, inner.clone(), inner).prop_map(|(op, a, b)| binary(op, &a, &b))
    })
}

fn any_expr() -> impl Strategy<Value = Expr> {
    prop_oneof![3 => number(all_functions()), 1 => condition()]
}

fn values(expr: &Expr, at: (f64, f64, f64)) -> Vec<f64> {
    let value = |name| match name {
        "x" => at.0,
        "y" => at.1,
        _ => at.2,
    };
    expr.symbols().map(value).collect()
}

fn same(a: f64, b: f64) -> bool {
    a == b || a.is_nan() && b.is_nan()
}

proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn printing_and_parsing_is_the_identity(expr in any_expr()) {
        let minimal = expr.to_string();
        let parsed = Expr::parse(&minimal).map_err(|e| TestCaseError::fail(format!("{minimal}: {e}")))?;
        prop_assert_eq!(&parsed, &expr, "{}", minimal);
        prop_assert!(parsed.portability().is_empty(), "{}: {:?}", minimal, parsed.portability());
        let full = expr.print(&Lems, Parentheses::Full);
        prop_assert_eq!(&Expr::parse(&full).map_err(|e| TestCaseError::fail(e.message))?, &expr);
        prop_assert_eq!(parsed.to_string(), minimal);
    }

    #[test]
    fn simplifying_keeps_the_value(
        expr in any_expr(),
        at in (0.1..3.0, -3.0..-0.1, 0.1..3.0),
        draws in prop::collection::vec(0.01..1.0, 40),
    ) {
        let simple = expr.simplify();
        prop_assert!(simple.len() <= expr.len());
        let uniform = || {
            let mut draws = draws.iter().cycle().copied();
            move || draws.next().unwrap_or(0.5)
        };
        let done = expr.eval_nodes(&values(&expr, at), uniform());
        // The sign of a zero may change, and 1/0 with it.
        let zero = expr.nodes().any(|(id, node)| {
            done[id.index()] == 0.0 && !matches!(node, Node::Number(_)) && !node.is_condition()
        });
        if !zero {
            let before = done[expr.root().index()];
            let after = simple.eval_with(&values(&simple, at), uniform()).number();
            prop_assert!(same(before, after), "{} = {}, {} = {}", expr, before, simple, after);
        }
        prop_assert_eq!(simple.simplify().to_string(), simple.to_string());
    }

    #[test]
    fn inlining_is_evaluating_first(
        expr in number(all_functions()),
        inner in number(vec![Function::Sin, Function::Exp]),
        at in (0.1..3.0, -3.0..-0.1, 0.1..3.0),
    ) {
        let put = expr.substitute(|name| (name == "x").then(|| inner.clone()))
            .map_err(|e| TestCaseError::fail(e.to_string()))?;
        let x = inner.eval_with(&values(&inner, at), || 0.5).number();
        let outer = expr.eval_with(&values(&expr, (x, at.1, at.2)), || 0.5).number();
        prop_assert!(same(outer, put.eval_with(&values(&put, at), || 0.5).number()));
    }

    #[test]
    fn no_text_panics(text in ".{0,30}") {
        let _ = Expr::parse(&text);
    }

    #[test]
    fn no_lookalike_panics(words in prop::collection::vec(prop::sample::select(vec![
        "x", "1", ".", "e", "-", "+", "*", "/", "^", "(", ")", " ", ".gt.", ".and.", ".eq.", ".x",
        "exp(", "H (", "é", "1e", "<", "**",
    ]), 0..14)) {
        let text = words.concat();
        match Expr::parse(&text) {
            Ok(expr) => {
                prop_assert_eq!(&Expr::parse(&expr.to_string()).ok(), &Some(expr.clone()));
                let whole = expr.range(expr.root()).slice(&text);
                prop_assert_eq!(whole, text.trim());
            }
            Err(error) => {
                let (start, end) = (error.range.start as usize, error.range.end as usize);
                prop_assert!(text.get(start..end).is_some());
            }
        }
    }
}

fn smooth() -> Vec<Function> {
    let rough = [Function::Random, Function::Factorial, Function::Ceil, Function::Heaviside];
    Function::ALL.into_iter().filter(|f| !rough.contains(f)).collect()
}

/// How many derivatives could be compared; the law would be empty if that were few.
static COMPARED: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);

proptest! {
    #![proptest_config(config(4000))]

    fn derivative_law(
        expr in number(smooth()),
        at in (0.3..3.0, -3.0..-0.3, 0.3..3.0),
    ) {
        let slope = expr.differentiate("x").map_err(|e| TestCaseError::fail(e.to_string()))?;
        let exact = slope.eval_with(&values(&slope, at), || 0.5).number();
        let f = |x: f64| expr.eval_with(&values(&expr, (x, at.1, at.2)), || 0.5).number();
        let central = |h: f64| (f(at.0 + h) - f(at.0 - h)) / (2.0 * h);
        let (d1, d2, d3) = (central(1e-4), central(2.5e-5), central(6e-6));
        let scale = 1.0_f64.max(d3.abs());
        // Where three steps do not agree, rounding, a kink or a pole hides the slope.
        let clear = (d1 - d3).abs() <= 1e-5 * scale && (d2 - d3).abs() <= 1e-5 * scale;
        let flat = f(at.0 + 1e-4) == f(at.0 - 1e-4);
        if clear && exact.is_finite() && !(flat && exact != 0.0) {
            COMPARED.fetch_add(u32::from(exact != 0.0), std::sync::atomic::Ordering::Relaxed);
            // Ten times the disagreement that was let through.
            prop_assert!((exact - d3).abs() <= 1e-4 * scale, "({})' = {}: {} or {}", expr, slope, exact, d3);
        }
    }
}

#[test]
fn derivatives_agree_with_central_differences() {
    derivative_law();
    assert!(COMPARED.load(std::sync::atomic::Ordering::Relaxed) > 500);
}
