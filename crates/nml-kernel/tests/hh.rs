//! The Hodgkin–Huxley kernel: what it compiles to.

mod common;

use nml_kernel::{
    BlockBuilder, ColumnRole, Columns, Isa, ProgramBuilder, RunContext, Tape, oracle, passes,
};

#[test]
fn listing_before_and_after_the_passes() {
    let mut hh = common::hh();
    insta::assert_snapshot!("built", hh.program.to_string());
    let mut seen = Vec::new();
    passes::optimize(&mut hh.program, passes::Options::default(), |pass, program| {
        assert_eq!(program.validate(), Ok(()));
        seen.push(pass.name());
    });
    assert_eq!(
        seen.join(" "),
        "pow fold strength cse exprelr reciprocal fold strength cse dce share dce fma strength fold dce"
    );
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

/// A gate written with inf = α/(α + β) and tau = 1/(α + β) takes one instruction beside its rates.
#[test]
fn gate_by_time_constant_becomes_a_gate_by_rates() {
    let mut p = ProgramBuilder::new();
    let [x, alpha, beta] = ["x", "alpha", "beta"].map(|name| p.column(name, ColumnRole::State));
    let dt = p.uniform("dt");
    let mut b = BlockBuilder::new("step");
    let [old, open, close] = [x, alpha, beta].map(|column| b.load(column));
    let (step, one) = (b.uniform(dt), b.constant(1.0));
    let sum = b.add(open, close);
    let (inf, tau) = (b.div(open, sum), b.div(one, sum));
    let distance = b.sub(inf, old);
    let rate = b.div(distance, tau);
    let new = passes::exponential_euler(&mut b, rate, old, step, &[]);
    b.store(x, new.unwrap_or(old));
    let step = p.add(b.finish());
    let mut program = p.finish();
    passes::optimize(&mut program, passes::Options::default(), |_, _| {});
    let tape = Tape::compile(&program, step, Isa::best());
    assert_eq!(
        tape.to_string(),
        "c0 = RateGate c0 c1 c2 k0\n# 3 columns, 1 constants, 0 buffers, 128 lanes per block\n"
    );
}

/// The fast path is the oracle, bit for bit, over 200 steps at voltages from rest to overflow.
#[test]
fn tape_follows_the_oracle() {
    let mut hh = common::hh();
    passes::optimize(&mut hh.program, passes::Options::default(), |_, _| {});
    let context = RunContext { seed: 0, uniforms: &[0.025] };
    let mut start = Columns::new(&hh.program, 137);
    for (i, v) in start.get_mut(hh.v).iter_mut().enumerate() {
        *v = match i {
            0 => f64::NAN,
            1 => f64::INFINITY,
            2 => f64::NEG_INFINITY,
            3 => 1e-310,
            4 => 1e5,
            5 => -1e5,
            _ => i as f64 - 100.0,
        };
    }
    let mut expected = start.clone();
    for _ in 0..200 {
        oracle::run(&hh.program, hh.step, &mut expected, &context);
    }
    for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
        let mut tape = Tape::compile(&hh.program, hh.step, isa);
        let mut columns = start.clone();
        for _ in 0..200 {
            tape.run(&mut columns, &context);
        }
        for column in hh.gates.into_iter().chain([hh.g, hh.i]) {
            for (a, b) in columns.get(column).iter().zip(expected.get(column)) {
                assert!(a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan(), "{isa:?}: {a} {b}");
            }
        }
    }
}
