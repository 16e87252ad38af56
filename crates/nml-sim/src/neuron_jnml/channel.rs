//! The current of an ion channel.

use nml_flat::QuantityId;
use nml_kernel::{UnaryOp, Value};

use super::body::Body;
use super::sort::Current;
use super::written::{GION, GMAX, INSIDE, ION_CURRENT, OUTSIDE, REVERSAL, SHOWN};
use crate::emit::{Emitter, Untranslatable};

/// The gas constant as NEURON has it, J/(K mol).
pub(super) const GAS_CONSTANT: f64 = 8.314_462_618_153_24;

impl Body<'_, '_> {
    pub(super) fn channel(
        &self,
        e: &mut Emitter<'_>,
        current: Current,
    ) -> Result<(), Untranslatable> {
        let fopen = self
            .kind
            .quantities
            .iter()
            .zip(0..)
            .find(|(quantity, _)| quantity.node == self.root && quantity.name == "fopen");
        let Some((_, at)) = fopen else {
            return Err(Untranslatable("a channel without `fopen` is not exported".to_owned()));
        };
        let fopen = e.load(self.layout.quantity(QuantityId(at)));
        let gmax = e.b.load(self.scratch[GMAX]);
        let gion = e.b.mul(gmax, fopen);
        e.b.store(self.scratch[GION], gion);
        let v = e.b.load(self.v);
        let drive = match current {
            Current::Ohmic | Current::Nernst => {
                let reversal = e.b.load(self.scratch[REVERSAL]);
                e.b.sub(v, reversal)
            }
            Current::Ghk => self.ghk(e, v),
            Current::Ghk2 => self.ghk2(e, v),
        };
        let i = e.b.mul(gion, drive);
        e.b.store(self.scratch[ION_CURRENT], i);
        let shown = e.b.neg(i);
        e.b.store(self.scratch[SHOWN], shown);
        Ok(())
    }

    /// The function `efun` of NEURON's own GHK mechanisms: `z / (exp(z) - 1)`.
    fn efun(e: &mut Emitter<'_>, z: Value) -> Value {
        let (one, two, small) = (e.b.constant(1.0), e.b.constant(2.0), e.b.constant(1e-4));
        let half = e.b.div(z, two);
        let near = e.b.sub(one, half);
        let power = e.b.unary(UnaryOp::Exp, z);
        let below = e.b.sub(power, one);
        let far = e.b.div(z, below);
        let size = e.b.unary(UnaryOp::Abs, z);
        let is_near = e.b.lt(size, small);
        e.b.select(is_near, near, far)
    }

    fn ghk(&self, e: &mut Emitter<'_>, v: Value) -> Value {
        const FARADAY: f64 = 96485.3;
        let scale = e.b.constant(1e-3 * 2.0 * FARADAY);
        let thermal = e.b.constant(GAS_CONSTANT * self.setting.temperature);
        let top = e.b.mul(scale, v);
        let z = e.b.div(top, thermal);
        let minus = e.b.neg(z);
        let out = Self::efun(e, z);
        let into = Self::efun(e, minus);
        let (inside, outside) = (e.b.load(self.scratch[INSIDE]), e.b.load(self.scratch[OUTSIDE]));
        let out = e.b.mul(outside, out);
        let into = e.b.mul(inside, into);
        let difference = e.b.sub(into, out);
        let scale = e.b.constant(0.001 * 2.0 * FARADAY);
        e.b.mul(scale, difference)
    }

    fn ghk2(&self, e: &mut Emitter<'_>, v: Value) -> Value {
        let f = e.b.constant(25.0 / 293.15 * self.setting.temperature / 2.0);
        let nu = e.b.div(v, f);
        let power = e.b.unary(UnaryOp::Exp, nu);
        let (inside, outside) = (e.b.load(self.scratch[INSIDE]), e.b.load(self.scratch[OUTSIDE]));
        let ratio = e.b.div(inside, outside);
        let part = e.b.mul(ratio, power);
        let one = e.b.constant(1.0);
        let rest = e.b.sub(one, part);
        let minus = e.b.neg(f);
        let scaled = e.b.mul(minus, rest);
        let efun = Self::efun(e, nu);
        e.b.mul(scaled, efun)
    }
}
