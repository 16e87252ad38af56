//! Dimensions, derivatives and other languages.

use nml_expr::{
    BinaryOp, DifferentiateError, Expr, Form, Function, Inferred, MismatchKind, Parentheses, Syntax,
};
use nml_units::{Dimension, UnitTable};

const D: Dimension = Dimension::NONE;

fn dimension(name: &str) -> Option<Dimension> {
    Some(match name {
        "v" | "erev" => Dimension::VOLTAGE,
        "g" => Dimension::CONDUCTANCE,
        "t" | "tau" => Dimension::TIME,
        "len" => Dimension::LENGTH,
        "area" => Dimension([0, 2, 0, 0, 0, 0, 0]),
        "big" => Dimension([127, 0, 0, 0, 0, 0, 0]),
        "n" | "x" => D,
        _ => return None,
    })
}

#[test]
fn dimensions_are_inferred() {
    let known = Inferred::Known;
    for (text, result) in [
        ("g * (erev - v)", known(Dimension::CURRENT)),
        ("v / erev", known(D)),
        ("0", Inferred::Zero),
        ("-(0)", Inferred::Zero),
        ("0 + v", known(Dimension::VOLTAGE)),
        ("v - 0", known(Dimension::VOLTAGE)),
        ("v .gt. 0 .and. n .lt. 0.5", Inferred::Condition),
        ("len^2 + area", known(Dimension([0, 2, 0, 0, 0, 0, 0]))),
        ("area^0.5 + len", known(Dimension::LENGTH)),
        ("area^(1/2) + len", known(Dimension::LENGTH)),
        ("len^-1 * len", known(D)),
        ("n^x", known(D)),
        ("n^0.3", known(D)),
        ("exp(v / erev)", known(D)),
        ("unknown + v", known(Dimension::VOLTAGE)),
        ("unknown * v", Inferred::Any),
        ("unknown^2", Inferred::Any),
        ("exp(unknown)", known(D)),
        ("len^unknown", Inferred::Any),
    ] {
        let inference = Expr::parse(text).unwrap().infer(dimension);
        assert_eq!(inference.result(), result, "{text}");
        assert!(inference.mismatches.is_empty(), "{text}");
    }
    assert!(Inferred::Zero.agrees_with(Dimension::VOLTAGE));
    assert!(!known(D).agrees_with(Dimension::VOLTAGE));
    assert!(!Inferred::Condition.agrees_with(D));
}

#[test]
fn every_mismatch_is_found_with_both_places() {
    let mut units = UnitTable::new();
    units.insert_dimension("voltage", Dimension::VOLTAGE).unwrap();
    units.insert_dimension("time", Dimension::TIME).unwrap();
    for (text, found) in [
        ("v + t", vec![("v", Some("t"), "voltage and time cannot be added")]),
        ("v - 1", vec![("v", Some("1"), "dimensionless cannot be subtracted from voltage")]),
        ("n * (v + t) .gt. 3", vec![("v", Some("t"), "voltage and time cannot be added")]),
        ("v .gt. t", vec![("v", Some("t"), "voltage cannot be compared with time")]),
        (
            "(v .gt. 1) .and. exp( v ) .lt. log(t/tau)",
            vec![
                ("v", Some("1"), "voltage cannot be compared with dimensionless"),
                ("v", None, "the argument of `exp` must be dimensionless, this is voltage"),
            ],
        ),
        (
            "abs(v) + t",
            vec![("v", None, "the argument of `abs` must be dimensionless, this is voltage")],
        ),
        ("n^t", vec![("t", None, "an exponent must be dimensionless, this is time")]),
        (
            "v^n",
            vec![(
                "v",
                Some("n"),
                "the exponent of a value with dimension must be a literal number, this base is voltage",
            )],
        ),
        ("len^0.5", vec![("len", None, "m to the power of 0.5 is no dimension")]),
        (
            "big * big",
            vec![("big", Some("big"), "the dimension of this `*` has exponents beyond 127")],
        ),
        ("big^2", vec![("big", None, "the dimension of this `^` has exponents beyond 127")]),
        (
            "(v + t) + (t + (v))",
            vec![
                ("v", Some("t"), "voltage and time cannot be added"),
                ("t", Some("(v)"), "time and voltage cannot be added"),
            ],
        ),
    ] {
        let expr = Expr::parse(text).unwrap();
        let mismatches = expr.infer(dimension).mismatches;
        let seen: Vec<_> = mismatches
            .iter()
            .map(|m| {
                (m.left.range.slice(text), m.right.map(|r| r.range.slice(text)), m.message(&units))
            })
            .collect();
        let wanted: Vec<_> = found.into_iter().map(|(l, r, m)| (l, r, m.to_owned())).collect();
        assert_eq!(seen, wanted, "{text}");
    }
    let kind = Expr::parse("len^0.5").unwrap().infer(dimension).mismatches[0].kind;
    assert_eq!(kind, MismatchKind::FractionalPower(0.5));
}

#[test]
fn derivatives() {
    for (text, slope) in [
        ("3", "0"),
        ("y", "0"),
        ("x", "1"),
        ("-x", "-1"),
        ("g * (erev - x)", "g * -1"),
        ("x^3", "3 * x^2"),
        ("x^n", "n * x^(n - 1)"),
        ("n^x", "n^x * log(n)"),
        ("exp(2 * x)", "exp(2 * x) * 2"),
        ("1 / x", "-(1 / x / x)"),
        ("sin(x)", "cos(x)"),
        ("tanh(x)", "1 - tanh(x)^2"),
        ("sqrt(x)", "1 / (2 * sqrt(x))"),
        ("H(x) + ceil(x)", "0"),
        ("abs(x)", "2 * H(x) - 1"),
        ("random(y) * x", "random(y)"),
        ("factorial(y)", "0"),
    ] {
        let result = Expr::parse(text).unwrap().differentiate("x").unwrap();
        let slope = Expr::parse(slope).map_or(slope.to_owned(), |e| e.to_string());
        assert_eq!(result.to_string(), slope, "{text}");
    }
    let error = |text: &str| Expr::parse(text).unwrap().differentiate("x").unwrap_err();
    assert_eq!(error("x .gt. 1"), DifferentiateError::Condition);
    assert!(matches!(
        error("random(x)"),
        DifferentiateError::Function { function: Function::Random, .. }
    ));
}

#[test]
fn simplification_is_exact() {
    for (text, simple) in [
        ("x + 0", "x"),
        ("0 - x", "-x"),
        ("1 * x / 1", "x"),
        ("x^1", "x"),
        ("x^0", "1"),
        ("x^1e-17", "x^1e-17"),
        ("x / 1e-18", "x / 1e-18"),
        ("0 * x", "0 * x"),
        ("x + x + x", "x + x + x"),
        ("2 * 3 * x", "6 * x"),
        ("1 / 0", "1 / 0"),
        ("x - (-y)", "x + y"),
        ("x + (-2)", "x - 2"),
        ("exp(0) * x", "x"),
        ("random(1)^0", "random(1)^0"),
        ("x .gt. 1 - 1", "x .gt. 0"),
    ] {
        assert_eq!(Expr::parse(text).unwrap().simplify().to_string(), simple, "{text}");
    }
}

/// A language with `**`, C's precedences, functions with a module in front, and a step that is spelled out.
struct Python;

impl Syntax for Python {
    fn number(&self, value: f64, _digits: Option<&str>, out: &mut String) {
        let _ = std::fmt::Write::write_fmt(out, format_args!("{value:?}"));
    }

    fn variable(&self, name: &str, out: &mut String) {
        out.push_str("self.");
        out.push_str(name);
    }

    fn binary(&self, op: BinaryOp) -> Form<'_> {
        let (text, precedence) = match op {
            BinaryOp::Or => (" or ", 1),
            BinaryOp::And => (" and ", 2),
            BinaryOp::Lt => (" < ", 3),
            BinaryOp::Gt => (" > ", 3),
            BinaryOp::Leq => (" <= ", 3),
            BinaryOp::Geq => (" >= ", 3),
            BinaryOp::Eq => (" == ", 3),
            BinaryOp::Neq => (" != ", 3),
            BinaryOp::Add => (" + ", 4),
            BinaryOp::Sub => (" - ", 4),
            BinaryOp::Mul => (" * ", 5),
            BinaryOp::Div => (" / ", 5),
            BinaryOp::Pow => return Form::Call { before: "pow(", between: ", ", after: ")" },
        };
        Form::Infix { text, precedence }
    }

    fn call(&self, function: Function) -> (&str, &str) {
        match function {
            Function::Heaviside => ("(0.5 * (np.sign(", ") + 1))"),
            Function::Exp => ("np.exp(", ")"),
            _ => ("f(", ")"),
        }
    }
}

#[test]
fn other_languages_get_the_same_tree() {
    for (text, python) in [
        ("a + b - c", "self.a + (self.b - self.c)"),
        ("a * b / c", "self.a * (self.b / self.c)"),
        ("a / b * c", "self.a / self.b * self.c"),
        ("a - b - c", "self.a - self.b - self.c"),
        ("a - (b - c)", "self.a - (self.b - self.c)"),
        ("-x^2", "-pow(self.x, 2.0)"),
        ("2 * -x", "2.0 * (-self.x)"),
        ("-a * b", "-self.a * self.b"),
        ("H(-x)", "(0.5 * (np.sign(-self.x) + 1))"),
        (
            "x .gt. 1 .or. y .lt. 2 .and. z .neq. 3",
            "(self.x > 1.0 or self.y < 2.0) and self.z != 3.0",
        ),
        ("1e-20 * exp(x)", "1e-20 * np.exp(self.x)"),
    ] {
        let expr = Expr::parse(text).unwrap();
        assert_eq!(expr.print(&Python, Parentheses::Minimal), python, "{text}");
    }
}
