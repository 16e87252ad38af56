//! Time of a Hodgkin–Huxley kernel per compartment and step, and of the machine's exp and division.
//!
//! Throughput is in compartment-steps (or function values) per second; the state relaxes but voltages are random and
//! fixed, so no branch or cache is favoured.

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use nml_kernel::{
    BinaryOp, BlockBuilder, ColumnRole, Columns, Isa, ProgramBuilder, RunContext, Tape, UnaryOp,
    Value, Wide, oracle, passes, random,
};

const NO_UNIFORMS: RunContext<'_> = RunContext { seed: 0, uniforms: &[] };
const CONTEXT: RunContext<'_> = RunContext { seed: 0, uniforms: &[0.025] };

fn start(hh: &common::Hh, n: usize) -> Columns {
    let mut columns = Columns::new(&hh.program, n);
    for (i, v) in columns.get_mut(hh.v).iter_mut().enumerate() {
        *v = -90.0 + 130.0 * random::draw(1, 0, i as f64, 0.0);
    }
    for gate in hh.gates {
        columns.fill(gate, 0.3);
    }
    columns.pad();
    columns
}

fn available() -> impl Iterator<Item = Isa> {
    Isa::ALL.into_iter().filter(|isa| isa.is_available())
}

fn hh_step(c: &mut Criterion) {
    let mut hh = common::hh();
    passes::optimize(&mut hh.program, passes::Options::default(), |_, _| {});
    let mut group = c.benchmark_group("hh");
    for n in [1u32, 4, 10, 1000, 100_000] {
        group.throughput(Throughput::Elements(u64::from(n)));
        for isa in available() {
            let mut tape = Tape::compile(&hh.program, hh.step, isa);
            let mut columns = start(&hh, n as usize);
            group.bench_function(BenchmarkId::new(format!("tape {isa:?}"), n), |b| {
                b.iter(|| tape.run(black_box(&mut columns), &CONTEXT));
            });
        }
        let mut columns = start(&hh, n as usize);
        if let Some(mut wide) = Wide::compile(&hh.program, hh.step, &columns) {
            group.bench_function(BenchmarkId::new("machine code", n), |b| {
                b.iter(|| wide.run(&mut black_box(&mut columns).view(), &CONTEXT));
            });
        }
        if n <= 1000 {
            let mut columns = start(&hh, n as usize);
            group.bench_function(BenchmarkId::new("oracle", n), |b| {
                b.iter(|| oracle::run(&hh.program, hh.step, black_box(&mut columns), &CONTEXT));
            });
        }
    }
    group.finish();
}

fn compile(c: &mut Criterion) {
    let built = common::hh().program;
    c.bench_function("compile/passes", |b| {
        b.iter(|| {
            let mut program = built.clone();
            passes::optimize(&mut program, passes::Options::default(), |_, _| {});
            program
        });
    });
    let mut hh = common::hh();
    passes::optimize(&mut hh.program, passes::Options::default(), |_, _| {});
    c.bench_function("compile/tape", |b| {
        b.iter(|| Tape::compile(&hh.program, hh.step, Isa::best()));
    });
    let columns = start(&hh, 1000);
    c.bench_function("compile/machine code", |b| {
        b.iter(|| Wide::compile(&hh.program, hh.step, &columns));
    });
}

/// One function of 256 numbers in L1: the roofline of a model with so many calls.
fn roofline(c: &mut Criterion) {
    const N: usize = 256;
    type Build = fn(&mut BlockBuilder, Value) -> Value;
    let functions: [(&str, Build); 6] = [
        ("exp", |b, x| b.exp(x)),
        ("expm1", |b, x| b.unary(UnaryOp::Expm1, x)),
        ("exprelr", |b, x| b.unary(UnaryOp::Exprelr, x)),
        ("log", |b, x| b.unary(UnaryOp::Log, x)),
        ("div", |b, x| {
            let three = b.constant(3.0);
            b.div(three, x)
        }),
        ("mul", |b, x| b.binary(BinaryOp::Mul, x, x)),
    ];
    let mut group = c.benchmark_group("roofline");
    group.throughput(Throughput::Elements(N as u64));
    for (name, build) in functions {
        let mut p = ProgramBuilder::new();
        let (x, y) = (p.column("x", ColumnRole::Input), p.column("y", ColumnRole::Output));
        let mut b = BlockBuilder::new(name);
        let argument = b.load(x);
        let value = build(&mut b, argument);
        b.store(y, value);
        let entry = p.add(b.finish());
        let program = p.finish();
        for isa in available() {
            let mut tape = Tape::compile(&program, entry, isa);
            let mut columns = Columns::new(&program, N);
            for (i, x) in columns.get_mut(x).iter_mut().enumerate() {
                *x = 0.01 + 4.0 * random::draw(2, 0, i as f64, 0.0);
            }
            group.bench_function(BenchmarkId::new(name, format!("{isa:?}")), |b| {
                b.iter(|| {
                    tape.run(black_box(&mut columns), &NO_UNIFORMS);
                });
            });
        }
        let mut columns = Columns::new(&program, N);
        columns.fill(x, 0.7);
        if let Some(mut wide) = Wide::compile(&program, entry, &columns) {
            group.bench_function(BenchmarkId::new(name, "machine code"), |b| {
                b.iter(|| wide.run(&mut black_box(&mut columns).view(), &NO_UNIFORMS));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, hh_step, compile, roofline);
criterion_main!(benches);
