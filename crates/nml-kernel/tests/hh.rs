//! The Hodgkin–Huxley kernel: what it compiles to.

mod common;

use nml_kernel::{Columns, Isa, RunContext, Tape, oracle, passes};

#[test]
fn listing_before_and_after_the_passes() {
    let mut hh = common::hh();
    insta::assert_snapshot!("built", hh.program.to_string());
    let mut seen = Vec::new();
    passes::optimize(&mut hh.program, passes::Options::default(), |pass, program| {
        assert_eq!(program.validate(), Ok(()));
        seen.push(pass.name());
    });
    assert_eq!(seen.join(" "), "pow fold strength fold strength cse dce fma strength fold dce");
    insta::assert_snapshot!("optimized", hh.program.to_string());
    insta::assert_snapshot!("tape", Tape::compile(&hh.program, hh.step, Isa::Portable).to_string());
}

/// One step from rest at −65 mV hardly moves the gates, and the numbers are those of the unoptimised program to 1e-14.
#[test]
fn optimising_changes_roundings_only() {
    let mut hh = common::hh();
    let context = RunContext { seed: 0, uniforms: &[0.025] };
    let start = |hh: &common::Hh| {
        let mut columns = Columns::new(&hh.program, 3);
        columns.fill(hh.v, -65.0);
        for (gate, x) in hh.gates.into_iter().zip([0.0529, 0.5961, 0.3177]) {
            columns.fill(gate, x);
        }
        columns
    };
    let mut plain = start(&hh);
    oracle::run(&hh.program, hh.step, &mut plain, &context);
    passes::optimize(&mut hh.program, passes::Options::default(), |_, _| {});
    let mut optimized = start(&hh);
    oracle::run(&hh.program, hh.step, &mut optimized, &context);
    for column in hh.gates.into_iter().chain([hh.g, hh.i]) {
        let (a, b) = (plain.get(column)[0], optimized.get(column)[0]);
        assert!((a - b).abs() <= 1e-14 * a.abs().max(1.0), "{a} {b}");
    }
    assert!((plain.get(hh.gates[0])[0] - 0.0529).abs() < 1e-4);
}
