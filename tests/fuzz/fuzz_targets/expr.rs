//! Expressions: no text panics, and the laws hold for whatever parses.

#![no_main]

use libfuzzer_sys::fuzz_target;
use nml_expr::{Expr, Lems, Node, Parentheses};
use nml_units::Dimension;

/// Larger trees make runs slow without making them different.
const LARGE: usize = 2000;

fn value(name: &str) -> f64 {
    // Any fixed numbers do; different names get different ones.
    let sum: u32 = name.bytes().map(u32::from).sum();
    f64::from(sum % 17) / 4.0 - 1.5
}

fn dimension(name: &str) -> Option<Dimension> {
    match name.bytes().next() {
        Some(b'v') => Some(Dimension::VOLTAGE),
        Some(b't') => Some(Dimension::TIME),
        Some(b'g') => Some(Dimension::CONDUCTANCE),
        Some(b'x') => Some(Dimension::NONE),
        _ => None,
    }
}

fuzz_target!(|text: &str| {
    let expr = match Expr::parse(text) {
        Ok(expr) => expr,
        Err(error) => {
            let range = error.range.start as usize..error.range.end as usize;
            assert!(text.get(range).is_some(), "{error:?}");
            if let Some(fix) = error.replacement {
                let range = fix.range.start as usize..fix.range.end as usize;
                assert!(text.get(range).is_some(), "{fix:?}");
            }
            return;
        }
    };
    assert_eq!(expr.range(expr.root()).slice(text), text.trim());
    for (name, range) in expr.uses() {
        // The place of a variable takes in the parentheses around it.
        let blank = |c: char| c.is_whitespace() || matches!(c, '(' | ')');
        assert_eq!(range.slice(text).trim_matches(blank), name);
    }
    for style in [Parentheses::Minimal, Parentheses::Full] {
        let printed = expr.print(&Lems, style);
        // Parentheses may make it longer than what is taken.
        if printed.len() <= nml_expr::MAX_TEXT {
            assert_eq!(Expr::parse(&printed).as_ref(), Ok(&expr), "{printed}");
        }
    }
    let _ = expr.portability();
    let inferred = expr.infer(dimension);
    assert_eq!(inferred.nodes.len(), expr.len());
    for mismatch in &inferred.mismatches {
        let _ = mismatch.message(&nml_units::UnitTable::new());
    }
    let before = expr.eval_nodes(&expr.symbols().map(value).collect::<Vec<_>>(), || 0.25);
    let simple = expr.simplify();
    assert!(simple.len() <= expr.len());
    assert_eq!(simple.simplify().to_string(), simple.to_string(), "simplifying twice");
    // The sign of a zero may change, and 1/0 with it.
    let zero = expr.nodes().any(|(id, node)| {
        before[id.index()] == 0.0 && !matches!(node, Node::Number(_)) && !node.is_condition()
    });
    let negative_zero = before.iter().any(|v| *v == 0.0 && v.is_sign_negative());
    if !zero && !negative_zero {
        let after = simple.eval(|name| Some(value(name)), || 0.25).map(|v| v.number());
        let (before, after) = (before[expr.root().index()], after.unwrap_or(f64::NAN));
        assert!(before == after || before.is_nan() && after.is_nan(), "{expr} = {before}, {simple} = {after}");
    }
    if expr.len() < LARGE {
        for name in expr.symbols() {
            if let Ok(slope) = expr.differentiate(name) {
                assert!(slope.symbols().all(|s| expr.uses_variable(s)));
                let _ = slope.eval(|name| Some(value(name)), || 0.25);
            }
        }
        let _ = expr.substitute(|name| (name == "x").then(|| Expr::variable("y")));
        let renamed = expr.rename(|name| Some(format!("{name}_1")));
        assert_eq!(renamed.len(), expr.len());
    }
});
