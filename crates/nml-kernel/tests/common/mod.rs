//! Programs that several tests use.
#![allow(dead_code, reason = "each test binary uses a part")]

use nml_kernel::{
    BinaryOp, BlockBuilder, Column, ColumnRole, Entry, Program, ProgramBuilder, UnaryOp, Value,
};

/// A Hodgkin–Huxley step of kernel size: 3 gates, 6 rates, two currents, for a given v.
///
/// Columns: v, m, h, n in; m, h, n, total conductance and total current out.
pub(crate) struct Hh {
    pub program: Program,
    pub step: Entry,
    pub v: Column,
    pub gates: [Column; 3],
    pub g: Column,
    pub i: Column,
}

pub(crate) fn hh() -> Hh {
    let mut p = ProgramBuilder::new();
    let v = p.column("v", ColumnRole::Input);
    let gates = ["m", "h", "n"].map(|name| p.column(name, ColumnRole::State));
    let g = p.column("g", ColumnRole::Output);
    let i = p.column("i", ColumnRole::Output);
    let dt = p.uniform("dt");

    let mut b = BlockBuilder::new("step");
    let (voltage, step) = (b.load(v), b.uniform(dt));
    let rates = [
        (Rate::ExpLinear(1.0, -40.0, 10.0), Rate::Exp(4.0, -65.0, -18.0)),
        (Rate::Exp(0.07, -65.0, -20.0), Rate::Sigmoid(1.0, -35.0, 10.0)),
        (Rate::ExpLinear(0.1, -55.0, 10.0), Rate::Exp(0.125, -65.0, -80.0)),
    ];
    let mut new = Vec::new();
    for (gate, (alpha, beta)) in gates.into_iter().zip(rates) {
        let (alpha, beta) = (alpha.build(&mut b, voltage), beta.build(&mut b, voltage));
        let x = b.load(gate);
        let sum = b.add(alpha, beta);
        let inf = b.div(alpha, sum);
        let minus_dt = b.neg(step);
        let exponent = b.mul(sum, minus_dt);
        let decay = b.exp(exponent);
        let distance = b.sub(x, inf);
        let rest = b.mul(distance, decay);
        let x = b.add(rest, inf);
        b.store(gate, x);
        new.push(x);
    }
    let current = |b: &mut BlockBuilder, g_max: f64, factors: &[(Value, f64)], e: f64| {
        let mut g = b.constant(g_max);
        for &(x, n) in factors {
            let n = b.constant(n);
            let power = b.binary(BinaryOp::Pow, x, n);
            g = b.mul(g, power);
        }
        let e = b.constant(e);
        let drive = b.sub(voltage, e);
        (g, b.mul(g, drive))
    };
    let (g_na, i_na) = current(&mut b, 120.0, &[(new[0], 3.0), (new[1], 1.0)], 50.0);
    let (g_k, i_k) = current(&mut b, 36.0, &[(new[2], 4.0)], -77.0);
    let (g_l, i_l) = current(&mut b, 0.3, &[], -54.387);
    for (column, parts) in [(g, [g_na, g_k, g_l]), (i, [i_na, i_k, i_l])] {
        let sum = b.add(parts[0], parts[1]);
        let sum = b.add(sum, parts[2]);
        b.store(column, sum);
    }
    let step = p.add(b.finish());
    Hh { program: p.finish(), step, v, gates, g, i }
}

/// The three rate forms of Hodgkin and Huxley: rate, midpoint, scale.
pub(crate) enum Rate {
    Exp(f64, f64, f64),
    Sigmoid(f64, f64, f64),
    ExpLinear(f64, f64, f64),
}

impl Rate {
    pub(crate) fn build(&self, b: &mut BlockBuilder, v: Value) -> Value {
        let (Self::Exp(rate, midpoint, scale)
        | Self::Sigmoid(rate, midpoint, scale)
        | Self::ExpLinear(rate, midpoint, scale)) = *self;
        let [rate, midpoint, scale] = [rate, midpoint, scale].map(|x| b.constant(x));
        let x = b.sub(v, midpoint);
        let x = b.div(x, scale);
        match self {
            Self::Exp(..) => {
                let e = b.exp(x);
                b.mul(rate, e)
            }
            Self::Sigmoid(..) => {
                let (zero, one) = (b.constant(0.0), b.constant(1.0));
                let minus = b.sub(zero, x);
                let e = b.exp(minus);
                let denominator = b.add(one, e);
                b.div(rate, denominator)
            }
            Self::ExpLinear(..) => {
                let y = b.unary(UnaryOp::Exprelr, x);
                b.mul(rate, y)
            }
        }
    }
}
