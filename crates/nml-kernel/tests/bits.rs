//! The fast path against the oracle: random programs, random states, every instruction set of this machine.
#![expect(clippy::unwrap_used, reason = "a failure here fails the test")]

use nml_kernel::{
    BinaryOp, Block, Column, ColumnRole, Columns, CompareOp, Entry, Isa, MaskOp, Native, Op,
    Program, ProgramBuilder, RunContext, Store, Tape, Type, UnaryOp, Uniform, Value, Wide, oracle,
    passes,
};
use proptest::prelude::*;

const N_COLUMNS: u32 = 6;
const UNARY: [UnaryOp; 15] = [
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
const BINARY: [BinaryOp; 7] = [
    BinaryOp::Add,
    BinaryOp::Sub,
    BinaryOp::Mul,
    BinaryOp::Div,
    BinaryOp::Min,
    BinaryOp::Max,
    BinaryOp::Pow,
];
const COMPARE: [CompareOp; 4] = [CompareOp::Lt, CompareOp::Le, CompareOp::Eq, CompareOp::Ne];

/// Numbers of every kind: ordinary, special, tiny, and any bits.
fn number() -> impl Strategy<Value = f64> {
    let special = prop::sample::select(vec![
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        2.0,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        f64::MIN_POSITIVE,
        5e-324,
        -1e-310,
        f64::MAX,
        709.9,
        -745.2,
    ]);
    prop_oneof![
        4 => -100.0..100.0f64,
        2 => special,
        1 => -1e-3..1e-3f64,
        1 => any::<u64>().prop_map(f64::from_bits),
    ]
}

/// What to append: kind, which operation, which three of the recent values.
type Step = (u8, usize, [usize; 3], f64);

fn steps(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Step>> {
    let step = (0..17u8, any::<usize>(), any::<[usize; 3]>(), number());
    prop::collection::vec(step, count)
}

/// The program that `steps` describe: operands are picked among values of the right type, near ones more often, so
/// that super-ops appear.
fn program(steps: &[Step]) -> (Program, Entry) {
    let mut p = ProgramBuilder::new();
    for i in 0..N_COLUMNS {
        p.column(format!("c{i}"), ColumnRole::State);
    }
    p.uniform("u0");
    p.uniform("u1");
    let mut ops: Vec<Op> = (0..N_COLUMNS).map(|i| Op::Load(Column(i))).collect();
    ops.push(Op::Uniform(Uniform(0)));
    ops.push(Op::Uniform(Uniform(1)));
    ops.push(Op::Compare(CompareOp::Lt, Value(0), Value(1)));
    let mut stores: Vec<Store> = Vec::new();
    let pick = |ops: &[Op], ty: Type, n: usize| {
        let of_type: Vec<usize> = (0..ops.len()).filter(|i| ops[*i].ty() == ty).collect();
        let window = if n.is_multiple_of(3) { of_type.len() } else { of_type.len().min(4) };
        let index = of_type[of_type.len() - 1 - (n / 3) % window];
        Value(u32::try_from(index).unwrap())
    };
    for (kind, which, operands, x) in steps {
        let real = |k: usize| pick(&ops, Type::Real, operands[k]);
        let mask = |k: usize| pick(&ops, Type::Mask, operands[k]);
        let op = match kind {
            0..=2 => Op::Unary(UNARY[which % UNARY.len()], real(0)),
            3 => Op::Unary([UnaryOp::Exp, UnaryOp::Exprelr][which % 2], real(0)),
            4..=6 => Op::Binary(BINARY[which % 4], real(0), real(1)),
            7 => Op::Binary(BINARY[which % BINARY.len()], real(0), real(1)),
            8 => Op::Fma(real(0), real(1), real(2)),
            9 => Op::Compare(COMPARE[which % COMPARE.len()], real(0), real(1)),
            10 if which % 3 == 0 => Op::Not(mask(0)),
            10 => Op::Mask([MaskOp::And, MaskOp::Or][which % 2], mask(0), mask(1)),
            11 => Op::Select(mask(0), real(1), real(2)),
            12 => Op::Const((*x).into()),
            13 if which % 4 == 0 => Op::Random {
                stream: u16::try_from(which % 5).unwrap(),
                id: real(0),
                counter: real(1),
            },
            14 => {
                let operands = [0, 1, 2].map(real);
                push_form(&mut ops, *which, operands);
                continue;
            }
            _ => {
                let column = Column(u32::try_from(which % N_COLUMNS as usize).unwrap());
                stores.retain(|s| s.column != column);
                stores.push(Store { column, value: real(0) });
                continue;
            }
        };
        ops.push(op);
    }
    let value =
        Value(u32::try_from(ops.iter().rposition(|op| op.ty() == Type::Real).unwrap()).unwrap());
    stores.retain(|s| s.column != Column(0));
    stores.push(Store { column: Column(0), value });
    stores.sort_by_key(|s| s.column);
    let entry = p.add(Block { name: "random".into(), ops, stores });
    (p.finish(), entry)
}

/// Appends one of the forms that super-ops are made for, sometimes with a further use inside that forbids it.
fn push_form(ops: &mut Vec<Op>, which: usize, [x, p, q]: [Value; 3]) {
    let mut push = |op: Op| {
        ops.push(op);
        Value(u32::try_from(ops.len() - 1).unwrap())
    };
    let binary = |op, a, b| Op::Binary(op, a, b);
    let exp = [UnaryOp::Exp, UnaryOp::Exprelr][which / 16 % 2];
    let argument = match which / 32 % 6 {
        0 => push(binary(BinaryOp::Mul, p, q)),
        1 => push(binary(BinaryOp::Div, p, q)),
        2 => push(Op::Fma(p, q, x)),
        3 => push(Op::Unary(UnaryOp::Neg, p)),
        4 => push(binary(BinaryOp::Add, p, q)),
        _ => {
            let difference = push(binary(BinaryOp::Sub, p, q));
            push(binary(BinaryOp::Div, difference, x))
        }
    };
    match which % 8 {
        0 | 1 => {
            let y = push(Op::Unary(exp, argument));
            push(binary(BinaryOp::Mul, x, y));
        }
        2 => {
            let (y, one) = (push(Op::Unary(exp, argument)), push(Op::Const(1.0.into())));
            let denominator = push(binary(BinaryOp::Add, y, one));
            push(binary(BinaryOp::Div, p, denominator));
        }
        3 => {
            let y = push(Op::Unary(exp, argument));
            let distance = push(binary(BinaryOp::Sub, x, p));
            // Relaxes to p only if p is also what is subtracted.
            let addend = if (which / 512).is_multiple_of(4) { q } else { p };
            push(Op::Fma(y, distance, addend));
        }
        4 => {
            let sum = push(binary(BinaryOp::Add, p, q));
            let inf = push(binary(BinaryOp::Div, [p, q][which / 8 % 2], sum));
            let exponent = push(binary(BinaryOp::Mul, x, sum));
            let decay = push(Op::Unary(UnaryOp::Exp, exponent));
            let distance = push(binary(BinaryOp::Sub, argument, inf));
            push(Op::Fma(distance, decay, inf));
        }
        5 => {
            let [a, b, c] = [x, p, q].map(|v| push(Op::Unary(UnaryOp::Neg, v)));
            let signed = |bit: usize, minus, plus| if which >> bit & 1 == 1 { minus } else { plus };
            push(Op::Fma(signed(8, a, x), signed(9, b, p), signed(10, c, q)));
        }
        6 => {
            let mask = push(Op::Compare(COMPARE[which / 8 % 4], x, p));
            push(Op::Select(mask, argument, q));
        }
        _ => {
            let inner = push(binary(BINARY[which / 8 % 4], x, p));
            let (a, b) = if (which / 512).is_multiple_of(2) { (inner, q) } else { (q, inner) };
            push(binary(BINARY[which / 256 % 4], a, b));
        }
    }
    if (which / 4096).is_multiple_of(8) {
        push(Op::Unary(UnaryOp::Abs, argument));
    }
}

/// Numbers for all columns, instance by instance, repeating `numbers`.
fn state(program: &Program, n: usize, numbers: &[f64]) -> Columns {
    let mut columns = Columns::new(program, n);
    for c in 0..u32::try_from(program.columns.len()).unwrap() {
        for (i, x) in columns.get_mut(Column(c)).iter_mut().enumerate() {
            *x = numbers[(i * 7 + c as usize * 5) % numbers.len()];
        }
    }
    columns.pad();
    columns
}

/// All bits, with one NaN for all.
fn bits(columns: &Columns) -> Vec<Vec<u64>> {
    let canonical = |x: &f64| if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() };
    let all = (0..u32::try_from(columns.count()).unwrap()).map(Column);
    all.map(|c| columns.get(c).iter().map(canonical).collect()).collect()
}

fn available() -> impl Iterator<Item = Isa> {
    Isa::ALL.into_iter().filter(|isa| isa.is_available())
}

fn tapes(program: &Program, entry: Entry) -> Vec<Tape> {
    available()
        .flat_map(|isa| {
            [Tape::compile(program, entry, isa), Tape::compile_unfused(program, entry, isa)]
        })
        .collect()
}

fn check_all(program: &Program, entry: Entry, numbers: &[f64], n: usize) {
    let context = RunContext { seed: 42, uniforms: &[0.025, -3.0] };
    let mut expected = state(program, n, numbers);
    oracle::run(program, entry, &mut expected, &context);
    for mut tape in tapes(program, entry) {
        let mut columns = state(program, n, numbers);
        tape.run(&mut columns, &context);
        assert_eq!(bits(&columns), bits(&expected), "{program}\n{tape}\n{:?}", tape.isa());
    }
}

/// As [`check_all`] for machine code for many instances.
fn check_wide(program: &Program, entry: Entry, numbers: &[f64], n: usize) {
    let context = RunContext { seed: 42, uniforms: &[0.025, -3.0] };
    let mut columns = state(program, n, numbers);
    let mut expected = columns.clone();
    oracle::run(program, entry, &mut expected, &context);
    let wide = Wide::compile(program, entry, &columns);
    assert_eq!(wide.is_some(), cfg!(target_arch = "x86_64") && Isa::Avx512.is_available());
    let Some(mut wide) = wide else { return };
    for mut share in columns.split(2) {
        wide.clone().run(&mut share, &context);
    }
    assert_eq!(bits(&columns), bits(&expected), "{program}");
    let mut columns = state(program, n, numbers);
    wide.run(&mut columns.view(), &context);
    assert_eq!(bits(&columns), bits(&expected), "{program}");
}

/// As [`check_all`] for machine code, which is run twice from the same state.
fn check_native(program: &Program, entry: Entry, numbers: &[f64]) {
    let context = RunContext { seed: 42, uniforms: &[0.025, -3.0] };
    let mut expected = state(program, 1, numbers);
    oracle::run(program, entry, &mut expected, &context);
    let native = Native::compile(program, entry);
    assert_eq!(native.is_some(), cfg!(target_arch = "x86_64") && Isa::Avx2.is_available());
    let packed = Native::compile_packed(program, entry);
    assert_eq!(packed.is_some(), cfg!(target_arch = "x86_64") && Isa::Avx512.is_available());
    for mut native in native.into_iter().chain(packed) {
        for _ in 0..2 {
            let mut columns = state(program, 1, numbers);
            native.run(&mut columns, &context);
            assert_eq!(bits(&columns), bits(&expected), "{program}");
        }
    }
}

/// `count` instances of a program as one: columns of equal names, other constants in each; the last column is common
/// to all, and now and then an operand is that of the instance before.
fn linked(program: &Program, entry: Entry, count: u32, crossed: usize) -> (Program, Entry) {
    let mut p = ProgramBuilder::new();
    let common = (N_COLUMNS - 1) * count;
    for c in 0..N_COLUMNS {
        for _ in 0..if c < N_COLUMNS - 1 { count } else { 1 } {
            p.column(format!("c{c}"), ColumnRole::State);
        }
    }
    p.uniform("u0");
    p.uniform("u1");
    let block = program.block(entry);
    let mut ops: Vec<Op> = Vec::new();
    let mut stores: Vec<Store> = Vec::new();
    let mut before: Vec<Value> = Vec::new();
    for instance in 0..count {
        let place = |c: Column| Column((c.0 * count + instance).min(common));
        let mut new: Vec<Value> = Vec::new();
        for (at, op) in block.ops.iter().enumerate() {
            let operand = |v: Value| match before.get(v.0 as usize) {
                Some(other) if at % 16 == crossed => *other,
                _ => new[v.0 as usize],
            };
            ops.push(match op {
                Op::Load(column) => Op::Load(place(*column)),
                Op::Const(x) => Op::Const((x.get() + f64::from(instance % 3)).into()),
                op => op.map_operands(operand),
            });
            new.push(Value(u32::try_from(ops.len() - 1).unwrap()));
        }
        for store in &block.stores {
            let (column, value) = (place(store.column), new[store.value.0 as usize]);
            stores.retain(|store| store.column != column);
            stores.push(Store { column, value });
        }
        before = new;
    }
    stores.sort_by_key(|store| store.column);
    let entry = p.add(Block { name: "linked".into(), ops, stores });
    (p.finish(), entry)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Fast path and oracle agree in every bit, for NaN, infinities and denormals too.
    #[test]
    fn tape_equals_oracle(
        steps in steps(1..60),
        numbers in prop::collection::vec(number(), 40),
        n in prop::sample::select(vec![1usize, 2, 4, 5, 8, 9, 129, 300]),
    ) {
        let (program, entry) = program(&steps);
        check_all(&program, entry, &numbers, n);
    }

    /// So do machine code and oracle, where registers suffice and where they do not.
    #[test]
    fn machine_code_equals_oracle(
        steps in prop_oneof![steps(1..20), steps(1..60), steps(200..500)],
        numbers in prop::collection::vec(number(), 40),
    ) {
        let (mut program, entry) = program(&steps);
        check_native(&program, entry, &numbers);
        check_wide(&program, entry, &numbers, 19);
        passes::optimize(&mut program, passes::Options::default(), |_, _| {});
        check_native(&program, entry, &numbers);
        check_wide(&program, entry, &numbers, 8);
    }

    /// So do they where equal instances are one program, whatever is done side by side.
    #[test]
    fn packed_code_equals_oracle(
        steps in steps(1..60),
        numbers in prop::collection::vec(number(), 40),
        count in prop::sample::select(vec![2, 3, 8, 9, 21]),
        crossed in 0..32usize,
    ) {
        let (program, entry) = program(&steps);
        let (mut program, entry) = linked(&program, entry, count, crossed);
        check_native(&program, entry, &numbers);
        passes::optimize(&mut program, passes::Options::default(), |_, _| {});
        check_native(&program, entry, &numbers);
    }

    /// So they do after the passes; and the exact passes change no bit.
    #[test]
    fn passes_keep_what_they_promise(
        steps in steps(1..60),
        numbers in prop::collection::vec(number(), 40),
    ) {
        let (mut program, entry) = program(&steps);
        let context = RunContext { seed: 42, uniforms: &[0.025, -3.0] };
        let run = |program: &Program| {
            let mut columns = state(program, 17, &numbers);
            oracle::run(program, entry, &mut columns, &context);
            bits(&columns)
        };
        let before = run(&program);
        let mut broken = None;
        passes::optimize(&mut program, passes::Options::EXACT, |pass, program| {
            if broken.is_none() && run(program) != before {
                broken = Some((pass, program.to_string()));
            }
        });
        prop_assert!(broken.is_none(), "{broken:?}");
        passes::optimize(&mut program, passes::Options::default(), |_, _| {});
        check_all(&program, entry, &numbers, 17);
    }

    /// Neither the position of an instance among others nor the split over threads changes a bit.
    #[test]
    fn position_and_split_do_not_matter(
        steps in steps(1..60),
        numbers in prop::collection::vec(number(), 40),
        shift in 1..20usize,
        parts in 1..8usize,
    ) {
        let (program, entry) = program(&steps);
        let context = RunContext { seed: 1, uniforms: &[0.5, 2.0] };
        let n = 150;
        for isa in available() {
            let mut tape = Tape::compile(&program, entry, isa);
            let mut whole = state(&program, n, &numbers);
            tape.run(&mut whole, &context);

            let mut split = state(&program, n, &numbers);
            for mut view in split.split(parts) {
                tape.clone().run_view(&mut view, &context);
            }
            prop_assert_eq!(bits(&whole), bits(&split));

            let original = state(&program, n, &numbers);
            let mut shifted = Columns::new(&program, n + shift);
            for c in (0..N_COLUMNS).map(Column) {
                shifted.get_mut(c)[shift..].copy_from_slice(original.get(c));
            }
            tape.run(&mut shifted, &context);
            for (all, moved) in bits(&whole).iter().zip(bits(&shifted)) {
                prop_assert_eq!(&all[..], &moved[shift..]);
            }
        }
    }
}

/// Every function has the same bits in every vector width, densely where its cases meet.
#[test]
fn functions_are_the_same_on_every_instruction_set() {
    let mut numbers: Vec<f64> = Vec::new();
    for (low, high) in [(-750.0, 715.0), (-1.0, 1.0), (-746.0, -707.0), (709.0, 710.5)] {
        let n = 2000;
        numbers.extend((0..n).map(|i| low + (high - low) * f64::from(i) / f64::from(n)));
    }
    for e in -1074..1024 {
        let power = f64::from(e).exp2();
        numbers.extend([
            power,
            -power,
            power * 1.7,
            power.next_down(),
            power * std::f64::consts::SQRT_2,
        ]);
    }
    let n = numbers.len();
    for op in UNARY {
        let mut p = ProgramBuilder::new();
        for i in 0..N_COLUMNS {
            p.column(format!("c{i}"), ColumnRole::State);
        }
        let ops = vec![Op::Load(Column(0)), Op::Unary(op, Value(0))];
        let stores = vec![Store { column: Column(1), value: Value(1) }];
        let entry = p.add(Block { name: format!("{op:?}"), ops, stores });
        let program = p.finish();
        let context = RunContext { seed: 0, uniforms: &[] };
        let mut expected = state(&program, n, &[0.0]);
        expected.get_mut(Column(0)).copy_from_slice(&numbers);
        let start = expected.clone();
        oracle::run(&program, entry, &mut expected, &context);
        for isa in available() {
            let mut columns = start.clone();
            Tape::compile(&program, entry, isa).run(&mut columns, &context);
            assert!(bits(&columns) == bits(&expected), "{op:?} on {isa:?}");
        }
        if let Some(mut wide) = Wide::compile(&program, entry, &start) {
            let mut columns = start.clone();
            wide.run(&mut columns.view(), &context);
            assert!(bits(&columns) == bits(&expected), "{op:?} in machine code");
        }
    }
}

/// A tape follows changes of uniforms and seed between runs.
#[test]
fn uniforms_and_seed_may_change_between_runs() {
    let steps: [Step; 3] =
        [(4, 2, [0, 15, 0], 0.0), (13, 0, [0, 1, 0], 0.0), (4, 0, [1, 4, 0], 0.0)];
    let (program, entry) = program(&steps);
    for mut tape in tapes(&program, entry) {
        for (seed, u0) in [(1, 0.5), (1, 0.25), (2, 0.25), (1, 0.5)] {
            let context = RunContext { seed, uniforms: &[u0, 1.0] };
            let mut expected = state(&program, 9, &[1.0, 2.0, 3.0]);
            let mut columns = expected.clone();
            oracle::run(&program, entry, &mut expected, &context);
            tape.run(&mut columns, &context);
            assert_eq!(bits(&columns), bits(&expected));
        }
    }
    let mut columns = state(&program, 9, &[1.0, 2.0, 3.0]);
    if let Some(mut wide) = Wide::compile(&program, entry, &columns) {
        for (seed, u0) in [(1, 0.5), (1, 0.25), (2, 0.25), (1, 0.5)] {
            let context = RunContext { seed, uniforms: &[u0, 1.0] };
            let mut expected = columns.clone();
            oracle::run(&program, entry, &mut expected, &context);
            wide.run(&mut columns.view(), &context);
            assert_eq!(bits(&columns), bits(&expected));
        }
    }
    if let Some(mut native) = Native::compile(&program, entry) {
        for (seed, u0) in [(1, 0.5), (1, 0.25), (2, 0.25), (1, 0.5)] {
            let context = RunContext { seed, uniforms: &[u0, 1.0] };
            let mut expected = state(&program, 1, &[1.0, 2.0, 3.0]);
            let mut columns = expected.clone();
            oracle::run(&program, entry, &mut expected, &context);
            native.run(&mut columns, &context);
            assert_eq!(bits(&columns), bits(&expected));
        }
    }
}

/// Columns exchanged in one block, directly and with an operation between.
#[test]
fn stores_see_old_values() {
    let swap = |ops: Vec<Op>, stores: &[(u32, u32)]| {
        let mut p = ProgramBuilder::new();
        for i in 0..N_COLUMNS {
            p.column(format!("c{i}"), ColumnRole::State);
        }
        let stores =
            stores.iter().map(|&(c, v)| Store { column: Column(c), value: Value(v) }).collect();
        let entry = p.add(Block { name: "swap".into(), ops, stores });
        let program = p.finish();
        check_all(&program, entry, &[1.0, 2.0, 3.0, 4.0], 11);
        check_native(&program, entry, &[1.0, 2.0, 3.0, 4.0]);
        check_wide(&program, entry, &[1.0, 2.0, 3.0, 4.0], 11);
    };
    let loads = |n: u32| (0..n).map(|i| Op::Load(Column(i))).collect::<Vec<_>>();
    swap(loads(2), &[(0, 1), (1, 0)]);
    swap(loads(3), &[(0, 1), (1, 2), (2, 0)]);
    let mut ops = loads(2);
    ops.push(Op::Unary(UnaryOp::Neg, Value(0)));
    ops.push(Op::Unary(UnaryOp::Exp, Value(1)));
    ops.push(Op::Binary(BinaryOp::Add, Value(2), Value(3)));
    swap(ops.clone(), &[(0, 3), (1, 2), (2, 4), (3, 0), (4, 2)]);
    swap(ops, &[(0, 2), (1, 2), (2, 2), (3, 1)]);
}
