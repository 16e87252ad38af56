//! What expressions mean, and what is said of texts that are none.

use nml_expr::{Expr, Lems, Parentheses, ParseErrorKind as Kind};

/// The tree with all its parentheses.
fn tree(text: &str) -> String {
    match Expr::parse(text) {
        Ok(expr) => expr.print(&Lems, Parentheses::Full),
        Err(error) => format!("error: {error}"),
    }
}

fn value(text: &str) -> f64 {
    let Ok(expr) = Expr::parse(text) else { return f64::NAN };
    expr.eval(|_| None, || 0.25).map_or(f64::NAN, nml_expr::Value::number)
}

#[test]
fn operators_group_as_in_jlems() {
    for (text, grouped) in [
        ("2^3^2", "(2^3)^2"),
        ("-2^2", "-(2^2)"),
        ("2*-3^2", "2 * ((-3)^2)"),
        ("a*b/c", "a * (b / c)"),
        ("a/b*c", "(a / b) * c"),
        ("a/b/c", "(a / b) / c"),
        ("a/b*c/d", "(a / b) * (c / d)"),
        ("a-b+c", "(a - b) + c"),
        ("a+b-c+d", "(a + (b - c)) + d"),
        ("a-b-c", "(a - b) - c"),
        ("-a-b", "(-a) - b"),
        ("-a*b", "-(a * b)"),
        ("--a", "-(-a)"),
        ("a--b", "a - (-b)"),
        ("a .gt. -b^2", "a .gt. ((-b)^2)"),
        ("(-b^2)", "-(b^2)"),
        ("exp(-x^2)", "exp((-(x^2)))"),
        ("x^-1", "x^(-1)"),
        ("a .or. b .and. c", "error: `.or.` needs a condition, this is a number"),
        ("a.gt.1 .or. b.gt.2 .and. c.eq.3", "error: `.and.` needs a condition, this is a number"),
        ("a.gt.1 .or. b.gt.2 .and. c.neq.3", "((a .gt. 1) .or. (b .gt. 2)) .and. (c .neq. 3)"),
        ("x .eq. 3 .and. t .geq. y", "(x .eq. 3) .and. (t .geq. y)"),
        ("1.eq.2", "1 .eq. 2"),
        ("V/tmp .eq. 0.", "(V / tmp) .eq. 0."),
        ("1.e3+.5e-2*2e", "error: an operator is missing here"),
        ("1.e3+.5E-2 *\n\t2", "1.e3 + (.5E-2 * 2)"),
        ("exp (a)", "exp(a)"),
        ("exp", "exp"),
    ] {
        assert_eq!(tree(text), grouped, "{text}");
    }
    assert_eq!(value("2^3^2"), 64.0);
    assert_eq!(value("-2^2"), -4.0);
    assert_eq!(value("2*-3^2"), 18.0);
    assert_eq!(value("H(0) + H(-1) + H(1)"), 1.5);
    assert_eq!(value("log(exp(2)) - ln(exp(2))"), 0.0);
    assert_eq!(value("random(8)"), 2.0);
    assert_eq!(value("factorial(13)"), 6_227_020_800.0);
}

#[test]
fn errors_say_where_and_what_to_do() {
    for (text, part, kind, help) in [
        ("", "", Kind::Empty, None),
        (" \n", " \n", Kind::Empty, None),
        ("a .ge. b", ".ge.", Kind::UnknownOperator, Some("write `.geq.`")),
        ("a .le. b", ".le.", Kind::UnknownOperator, Some("write `.leq.`")),
        ("a .ne. b", ".ne.", Kind::UnknownOperator, Some("write `.neq.`")),
        ("a .GT. b", ".GT.", Kind::UnknownOperator, Some("write `.gt.`")),
        ("a .gt b", ".gt", Kind::UnknownOperator, Some("write `.gt.`")),
        ("a .xnor. b", ".xnor.", Kind::UnknownOperator, None),
        ("a . b", ".", Kind::UnknownOperator, None),
        ("a .gt. 1 && b .gt. 1", "&&", Kind::UnknownOperator, Some("write `.and.`")),
        ("a < b", "<", Kind::UnknownOperator, Some("write `.lt.`")),
        ("a <= b", "<=", Kind::UnknownOperator, Some("write `.leq.`")),
        ("a ** 2", "**", Kind::UnknownOperator, Some("write `^`")),
        ("a − b", "−", Kind::UnknownOperator, Some("write `-`")),
        ("a # b", "#", Kind::UnknownOperator, None),
        ("é", "é", Kind::UnknownOperator, None),
        ("1e999", "1e999", Kind::NumberTooLarge, None),
        ("tanhh(x)", "tanhh", Kind::UnknownFunction, Some("write `tanh`")),
        ("a(b + c)", "a", Kind::UnknownFunction, Some("for a product write `a * (…)`")),
        ("pow(x, 2)", "pow", Kind::UnknownFunction, Some("write `x^y`")),
        (
            "exp(x, 2)",
            ",",
            Kind::UnknownOperator,
            Some("functions take one argument, numbers a decimal point"),
        ),
        ("exp()", ")", Kind::MissingOperand, None),
        ("()", ")", Kind::MissingOperand, None),
        ("a +", "", Kind::MissingOperand, None),
        ("a + * b", "*", Kind::MissingOperand, None),
        ("+a", "+", Kind::MissingOperand, Some("remove the `+`")),
        ("a (b)", "a", Kind::UnknownFunction, Some("for a product write `a * (…)`")),
        (
            "2v",
            "v",
            Kind::MissingOperator,
            Some("write `2 * v`; a number with a unit has to be a Constant"),
        ),
        (
            "1d",
            "d",
            Kind::MissingOperator,
            Some("write `1 * d`; a number with a unit has to be a Constant"),
        ),
        ("a b", "b", Kind::MissingOperator, Some("for a product write `*` before `b`")),
        ("2 (a)", "(", Kind::MissingOperator, Some("for a product write `*` before `(`")),
        ("((a)", "(", Kind::Parenthesis, Some("add `)`")),
        ("exp(a", "exp", Kind::Parenthesis, Some("add `)`")),
        ("(a))", ")", Kind::Parenthesis, Some("remove it")),
        (")", ")", Kind::Parenthesis, None),
        (
            "x .eq. 3 .and. y .eq. 2",
            "y",
            Kind::Kind,
            Some(
                "`.eq.` binds no tighter than `.and.` and `.or.`: put each comparison in parentheses",
            ),
        ),
        (
            "t .gt. 3 .and. y",
            "y",
            Kind::Kind,
            Some("compare it with something, such as `x .gt. 0`"),
        ),
        ("(a .gt. b) + 1", "(a .gt. b)", Kind::Kind, None),
        ("exp(a .gt. b)", "a .gt. b", Kind::Kind, None),
        ("-(a .gt. b)", "(a .gt. b)", Kind::Kind, None),
        ("a .lt. b .lt. c", "a .lt. b", Kind::Kind, None),
    ] {
        let error = Expr::parse(text).expect_err(text);
        assert_eq!((error.kind, error.range.slice(text)), (kind, part), "{text}: {error}");
        assert_eq!(error.help.as_deref(), help, "{text}: {error}");
        if let Some(replacement) = error.replacement {
            assert!(!replacement.range.is_empty() && !replacement.text.is_empty());
        }
    }
}

#[test]
fn size_costs_memory_only() {
    let n = 100_000;
    for text in [
        format!("{}x{}", "(".repeat(n), ")".repeat(n)),
        format!("{}x{}", "sin(".repeat(n), ")".repeat(n)),
        format!("1{}", "+1".repeat(n)),
        format!("{}x", "-".repeat(n)),
        format!("x{}", "^2".repeat(n)),
        format!("x{}", "/(1+x".repeat(n / 2) + &")".repeat(n / 2)),
    ] {
        let expr = Expr::parse(&text).unwrap();
        let print = expr.to_string();
        assert_eq!(Expr::parse(&print).unwrap(), expr);
        assert!(expr.infer(|_| None).mismatches.is_empty());
        let simple = expr.simplify();
        assert!(simple.len() <= expr.len());
        let _ = expr.eval(|_| Some(0.5), || 0.5).unwrap();
        let _ = expr.portability();
    }
    let product = Expr::parse(&format!("x{}", "*x".repeat(n))).unwrap();
    assert_eq!(product.differentiate("x"), Err(nml_expr::DifferentiateError::TooLarge));
    for open in ["(", "sin(", "-", "x^"] {
        assert!(Expr::parse(&open.repeat(n)).is_err());
    }
    let long = "1+".repeat(nml_expr::MAX_TEXT);
    assert_eq!(Expr::parse(&long).unwrap_err().kind, Kind::TooLong);
}

#[test]
fn places_are_kept() {
    let text = " g * ( erev - v ) ";
    let expr = Expr::parse(text).unwrap();
    let parts: Vec<_> = expr.nodes().map(|(id, _)| expr.range(id).slice(text)).collect();
    assert_eq!(parts, ["g", "erev", "v", "( erev - v )", "g * ( erev - v )"]);
    assert_eq!(expr.symbols().collect::<Vec<_>>(), ["g", "erev", "v"]);
    let inner = Expr::parse("a - 1.50").unwrap();
    let put = expr.substitute(|name| (name == "v").then(|| inner.clone())).unwrap();
    assert_eq!(put.to_string(), "g * (erev - (a - 1.50))");
    let parts: Vec<_> = put.uses().map(|(name, range)| (name, range.slice(text))).collect();
    assert_eq!(parts, [("g", "g"), ("erev", "erev"), ("a", "v")]);
    let renamed = expr.rename(|name| Some(format!("{name}_1")));
    assert_eq!(renamed.to_string(), "g_1 * (erev_1 - v_1)");
    let condition = Expr::parse("a .gt. 1").unwrap();
    assert!(expr.substitute(|_| Some(condition.clone())).is_err());
    assert_eq!(Expr::number(-2.5).unwrap().to_string(), "-2.5");
    assert_eq!(Expr::number(f64::NAN), None);
    assert_eq!(Expr::parse("1 + x").unwrap(), Expr::parse("(1.0)+ x").unwrap());
    assert_ne!(Expr::parse("1 + x").unwrap(), Expr::parse("x + 1").unwrap());
}

#[test]
fn readers_that_differ_are_told() {
    for (text, n) in [
        ("2^3^2", 1),
        ("(2^3)^2", 0),
        ("2^(3^2)", 0),
        ("-x^2", 1),
        ("-(x^2)", 0),
        ("(-x)^2", 0),
        ("2*-x^2", 1),
        ("a*b/c - a/b*c + d - e - f", 0),
        ("a .gt. 1 .or. b .gt. 1 .and. c .gt. 1", 1),
        ("a .gt. 1 .and. b .gt. 1 .or. c .gt. 1", 0),
        ("(a .gt. 1 .or. b .gt. 1) .and. c .gt. 1", 0),
        ("factorial(12) + factorial(6 * 2 + 1)", 1),
    ] {
        let notes = Expr::parse(text).unwrap().portability();
        assert_eq!(notes.len(), n, "{text}: {notes:?}");
    }
}
