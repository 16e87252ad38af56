//! Functions from tables against the entry that they stand for.

mod common;

use nml_kernel::tables::{Tables, Wanted};
use nml_kernel::{
    BinaryOp, BlockBuilder, Column, ColumnRole, Columns, CompareOp, Entry, Isa, Program,
    ProgramBuilder, RunContext, UnaryOp, oracle, passes,
};

const CONTEXT: RunContext<'_> = RunContext { seed: 0, uniforms: &[] };
const RANGE: (f64, f64) = (-0.15, 0.1);

/// Of a potential in volts: a gate's steady state, what is left of it after a step, and a rate with a removable
/// singularity.
fn rates(kink: bool) -> (Program, Entry, Column) {
    let mut p = ProgramBuilder::new();
    let v = p.column("v", ColumnRole::State);
    let to: Vec<Column> = (0..3).map(|_| p.column("f", ColumnRole::Scratch)).collect();
    let mut b = BlockBuilder::new("rates");
    let x = b.load(v);
    let scaled = |b: &mut BlockBuilder, mid: f64, scale: f64| {
        let (mid, scale) = (b.constant(mid), b.constant(scale));
        let off = b.sub(x, mid);
        b.div(off, scale)
    };
    let one = b.constant(1.0);
    let at = scaled(&mut b, -0.04, 0.01);
    let alpha = b.unary(UnaryOp::Exprelr, at);
    let at = scaled(&mut b, -0.065, -0.018);
    let mut beta = b.unary(UnaryOp::Exp, at);
    if kink {
        let (low, floor) = (b.constant(-0.05), b.constant(0.2));
        let is_low = b.compare(CompareOp::Lt, x, low);
        beta = b.select(is_low, floor, beta);
    }
    let sum = b.add(alpha, beta);
    let steady = b.div(alpha, sum);
    let minus = b.neg(sum);
    let h = b.constant(0.025);
    let left = b.mul(h, minus);
    let left = b.unary(UnaryOp::Exp, left);
    let at = scaled(&mut b, -0.03, 0.005);
    let tanh = b.unary(UnaryOp::Tanh, at);
    let other = b.binary(BinaryOp::Add, one, tanh);
    for (to, value) in to.into_iter().zip([steady, left, other]) {
        b.store(to, value);
    }
    let entry = p.add(b.finish());
    (p.finish(), entry, v)
}

/// Many potentials, some of them no place of a table.
fn start(program: &Program, v: Column) -> Columns {
    let mut columns = Columns::new(program, 20_003);
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.15, 0.1, -0.150_000_1, -0.04, 1e300];
    for (i, x) in columns.get_mut(v).iter_mut().enumerate() {
        let far = -0.16 + 0.27 * (i as f64 / 20_003.0);
        *x = odd.get(i / 8).copied().filter(|_| i % 8 == 3).unwrap_or(far);
    }
    columns.pad();
    columns
}

#[test]
fn no_function_is_further_off_than_is_proven() {
    for (kink, tolerance) in [(false, 1e-9), (false, 1e-6), (true, 1e-9)] {
        let (program, entry, v) = rates(kink);
        let mut tables =
            Tables::new(&program, entry, v, Wanted { range: RANGE, tolerance }).unwrap();
        let proof = tables.proof();
        assert!(proof.bound <= tolerance && proof.functions == 3, "{proof:?}");
        // A kink is in one piece, or at the joint of two.
        assert_eq!((1..=2).contains(&proof.exact), kink, "{proof:?}");
        let mut exact = start(&program, v);
        let mut looked_up = exact.clone();
        oracle::run(&program, entry, &mut exact, &CONTEXT);
        tables.run(&mut looked_up.view(), &CONTEXT);
        let mut worst = 0.0_f64;
        for at in 1..4 {
            let (exact, looked_up) = (exact.get(Column(at)), looked_up.get(Column(at)));
            let potentials = start(&program, v);
            let potentials = potentials.get(v);
            let within = |x: f64| (RANGE.0..RANGE.1).contains(&x);
            let inside =
                || exact.iter().zip(looked_up).zip(potentials).filter(|(_, x)| within(**x));
            let largest = inside().map(|((e, _), _)| e.abs()).fold(0.0, f64::max);
            worst = inside().map(|((e, l), _)| (e - l).abs() / largest).fold(worst, f64::max);
            for ((e, l), x) in exact.iter().zip(looked_up).zip(potentials) {
                assert!(
                    within(*x) || e.to_bits() == l.to_bits() || e.is_nan() && l.is_nan(),
                    "{x} {e} {l}"
                );
            }
        }
        assert!(worst <= proof.bound, "{worst:e} {proof:?}");
        // The bound is one of this size, not just large enough.
        assert!(worst > proof.bound / 20.0, "{worst:e} {proof:?}");
    }
}

#[test]
fn bits_do_not_depend_on_instructions() {
    let (program, entry, v) = rates(true);
    let tables = Tables::new(&program, entry, v, Wanted { range: RANGE, tolerance: 1e-9 }).unwrap();
    let before = start(&program, v);
    let mut expected = before.clone();
    tables.clone().on(Isa::Portable).run(&mut expected.view(), &CONTEXT);
    for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
        let mut columns = before.clone();
        tables.clone().on(isa).run(&mut columns.view(), &CONTEXT);
        for at in 1..4 {
            let bits = |columns: &Columns| -> Vec<u64> {
                let all = columns.get(Column(at)).iter();
                all.map(|x| if x.is_nan() { 0 } else { x.to_bits() }).collect()
            };
            assert_eq!(bits(&columns), bits(&expected), "{isa:?}");
        }
    }
}

#[test]
fn an_entry_in_two_computes_the_same() {
    let mut hh = common::hh();
    passes::optimize(&mut hh.program, passes::Options::default(), |_, _| {});
    let whole = hh.step;
    let parted = passes::part(&mut hh.program, whole, hh.v).expect("gates have rates");
    assert_eq!(hh.program.validate(), Ok(()));
    assert_eq!(hh.program.block(parted.functions).loaded_columns(), [hh.v]);
    let mut one = Columns::new(&hh.program, 57);
    for (i, v) in one.get_mut(hh.v).iter_mut().enumerate() {
        *v = -90.0 + 2.0 * i as f64;
    }
    let mut two = one.clone();
    let context = RunContext { seed: 0, uniforms: &[0.025] };
    oracle::run(&hh.program, whole, &mut one, &context);
    oracle::run(&hh.program, parted.functions, &mut two, &context);
    oracle::run(&hh.program, parted.rest, &mut two, &context);
    for gate in hh.gates {
        assert_eq!(one.get(gate), two.get(gate));
    }
}
