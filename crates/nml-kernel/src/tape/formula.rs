//! The arithmetic of each [`Code`], written once over lanes.
#![expect(
    clippy::inline_always,
    reason = "lane functions must be compiled with their caller's instruction set"
)]

use std::marker::PhantomData;

use super::code::{Arith, Code, Core, Post, Pre};
use crate::ir::{BinaryOp, CompareOp, MaskOp, UnaryOp};
use crate::math;
use crate::simd::Lanes;

/// The most operands a formula has.
pub(super) const MAX_OPERANDS: usize = 5;

/// A function of up to [`MAX_OPERANDS`] vectors.
pub(super) trait Formula {
    /// How many operands are read; at least one.
    const OPERANDS: usize;
    /// The result; operands from `OPERANDS` on have no meaning.
    fn eval<V: Lanes>(x: [V; MAX_OPERANDS]) -> V;
}

/// Turns a formula into something that can be called.
pub(super) trait Target {
    type Output;
    fn compile<F: Formula>() -> Self::Output;
}

macro_rules! formulas {
    ($($name:ident($($x:ident),+) = $e:expr;)*) => {$(
        struct $name;
        impl Formula for $name {
            const OPERANDS: usize = [$(stringify!($x)),+].len();
            #[inline(always)]
            fn eval<V: Lanes>(x: [V; MAX_OPERANDS]) -> V {
                let [$($x,)+ ..] = x;
                $e
            }
        }
    )*};
}

formulas! {
    Copy(a) = a;
    Neg(a) = a.neg();
    Abs(a) = a.abs();
    Sqrt(a) = a.sqrt();
    Expm1(a) = math::expm1_lanes(a);
    Log(a) = math::log_lanes(a);
    Sin(a) = a.map(math::sin);
    Cos(a) = a.map(math::cos);
    Tan(a) = a.map(math::tan);
    Sinh(a) = a.map(math::sinh);
    Cosh(a) = a.map(math::cosh);
    Tanh(a) = a.map(math::tanh);
    Ceil(a) = a.ceil();
    Floor(a) = a.floor();
    Add(a, b) = a.add(b);
    Sub(a, b) = a.sub(b);
    Mul(a, b) = a.mul(b);
    Div(a, b) = a.div(b);
    Min(a, b) = a.min(b);
    Max(a, b) = a.max(b);
    Pow(a, b) = a.map2(b, math::pow);
    Fma(a, b, c) = a.fma(b, c);
    FmaSub(a, b, c) = a.fma(b, c.neg());
    NegFma(a, b, c) = a.neg().fma(b, c);
    NegFmaSub(a, b, c) = a.neg().fma(b, c.neg());
    Lt(a, b) = a.mask_lanes(a.lt(b));
    Le(a, b) = a.mask_lanes(a.le(b));
    Eq(a, b) = a.mask_lanes(a.eq(b));
    Ne(a, b) = a.mask_lanes(a.ne(b));
    And(a, b) = a.bits_both(b);
    Or(a, b) = a.bits_or(b);
    Not(a) = a.bits_xor(a.mask_lanes(a.splat(0.0).eq(a.splat(0.0))));
    Select(m, a, b) = V::select(m.to_mask(), a, b);
    SelectLt(p, q, a, b) = V::select(p.lt(q), a, b);
    SelectLe(p, q, a, b) = V::select(p.le(q), a, b);
    SelectEq(p, q, a, b) = V::select(p.eq(q), a, b);
    SelectNe(p, q, a, b) = V::select(p.ne(q), a, b);
    SubDiv(a, b, c) = a.sub(b).div(c);
    RateGate(x, alpha, beta, k) = {
        let sum = alpha.add(beta);
        let inf = alpha.div(sum);
        x.sub(inf).fma(math::exp_lanes(sum.mul(k)), inf)
    };
}

/// `O` of (`I` of operands 0 and 1) and operand 2, in this order if `FIRST`.
struct Pair<O, I, const FIRST: bool>(PhantomData<(O, I)>);

impl<O: Formula, I: Formula, const FIRST: bool> Formula for Pair<O, I, FIRST> {
    const OPERANDS: usize = 3;
    #[inline(always)]
    fn eval<V: Lanes>(x: [V; MAX_OPERANDS]) -> V {
        let inner = I::eval(x);
        let (a, b) = if FIRST { (inner, x[2]) } else { (x[2], inner) };
        O::eval([a, b, b, b, b])
    }
}

/// The function of a rate.
trait RateCore {
    fn eval<V: Lanes>(x: V) -> V;
}

struct CoreExp;

impl RateCore for CoreExp {
    #[inline(always)]
    fn eval<V: Lanes>(x: V) -> V {
        math::exp_lanes(x)
    }
}

struct CoreExprelr;

impl RateCore for CoreExprelr {
    #[inline(always)]
    fn eval<V: Lanes>(x: V) -> V {
        math::exprelr_lanes(x)
    }
}

/// What is done with the function's value `y`.
trait RatePost {
    const OPERANDS: usize;
    fn eval<V: Lanes>(y: V, x: [V; 2]) -> V;
}

macro_rules! posts {
    ($($name:ident[$n:literal]($y:ident, $a:ident, $b:ident) = $e:expr;)*) => {$(
        struct $name;
        impl RatePost for $name {
            const OPERANDS: usize = $n;
            #[inline(always)]
            fn eval<V: Lanes>($y: V, [$a, $b]: [V; 2]) -> V {
                $e
            }
        }
    )*};
}

posts! {
    PostIdentity[0](y, _a, _b) = y;
    PostMul[1](y, a, _b) = a.mul(y);
    PostOverOnePlus[1](y, a, _b) = a.div(y.add(a.splat(1.0)));
    PostRelax[2](y, x, inf) = x.sub(inf).fma(y, inf);
}

struct Rate<P, C, Q>(PhantomData<(P, C, Q)>);

impl<P: Formula, C: RateCore, Q: RatePost> Formula for Rate<P, C, Q> {
    const OPERANDS: usize = P::OPERANDS + Q::OPERANDS;
    #[inline(always)]
    fn eval<V: Lanes>(x: [V; MAX_OPERANDS]) -> V {
        Q::eval(C::eval(P::eval(x)), [x[P::OPERANDS], x[P::OPERANDS + 1]])
    }
}

/// Compiles the formula of `code`; [`Code::Random`] has none.
pub(super) fn compile<T: Target>(code: Code) -> Option<T::Output> {
    Some(match code {
        Code::Random => return None,
        Code::Copy => T::compile::<Copy>(),
        Code::Unary(op) => unary::<T>(op),
        Code::Binary(op) => match op {
            BinaryOp::Add => T::compile::<Add>(),
            BinaryOp::Sub => T::compile::<Sub>(),
            BinaryOp::Mul => T::compile::<Mul>(),
            BinaryOp::Div => T::compile::<Div>(),
            BinaryOp::Min => T::compile::<Min>(),
            BinaryOp::Max => T::compile::<Max>(),
            BinaryOp::Pow => T::compile::<Pow>(),
        },
        Code::Fma { negate_product: false, negate_addend: false } => T::compile::<Fma>(),
        Code::Fma { negate_product: false, negate_addend: true } => T::compile::<FmaSub>(),
        Code::Fma { negate_product: true, negate_addend: false } => T::compile::<NegFma>(),
        Code::Fma { negate_product: true, negate_addend: true } => T::compile::<NegFmaSub>(),
        Code::Compare(CompareOp::Lt) => T::compile::<Lt>(),
        Code::Compare(CompareOp::Le) => T::compile::<Le>(),
        Code::Compare(CompareOp::Eq) => T::compile::<Eq>(),
        Code::Compare(CompareOp::Ne) => T::compile::<Ne>(),
        Code::Mask(MaskOp::And) => T::compile::<And>(),
        Code::Mask(MaskOp::Or) => T::compile::<Or>(),
        Code::Not => T::compile::<Not>(),
        Code::Select => T::compile::<Select>(),
        Code::CompareSelect(CompareOp::Lt) => T::compile::<SelectLt>(),
        Code::CompareSelect(CompareOp::Le) => T::compile::<SelectLe>(),
        Code::CompareSelect(CompareOp::Eq) => T::compile::<SelectEq>(),
        Code::CompareSelect(CompareOp::Ne) => T::compile::<SelectNe>(),
        Code::Pair { outer, inner, inner_first } => match inner {
            Arith::Add => pair::<T, Add>(outer, inner_first),
            Arith::Sub => pair::<T, Sub>(outer, inner_first),
            Arith::Mul => pair::<T, Mul>(outer, inner_first),
            Arith::Div => pair::<T, Div>(outer, inner_first),
        },
        Code::Rate(pre, core, post) => match pre {
            Pre::Identity => rate::<T, Copy>(core, post),
            Pre::Neg => rate::<T, Neg>(core, post),
            Pre::Add => rate::<T, Add>(core, post),
            Pre::Sub => rate::<T, Sub>(core, post),
            Pre::Mul => rate::<T, Mul>(core, post),
            Pre::Div => rate::<T, Div>(core, post),
            Pre::SubDiv => rate::<T, SubDiv>(core, post),
            Pre::Fma => rate::<T, Fma>(core, post),
        },
        Code::RateGate => T::compile::<RateGate>(),
    })
}

fn unary<T: Target>(op: UnaryOp) -> T::Output {
    match op {
        UnaryOp::Neg => T::compile::<Neg>(),
        UnaryOp::Abs => T::compile::<Abs>(),
        UnaryOp::Sqrt => T::compile::<Sqrt>(),
        UnaryOp::Exp => T::compile::<Rate<Copy, CoreExp, PostIdentity>>(),
        UnaryOp::Expm1 => T::compile::<Expm1>(),
        UnaryOp::Exprelr => T::compile::<Rate<Copy, CoreExprelr, PostIdentity>>(),
        UnaryOp::Log => T::compile::<Log>(),
        UnaryOp::Sin => T::compile::<Sin>(),
        UnaryOp::Cos => T::compile::<Cos>(),
        UnaryOp::Tan => T::compile::<Tan>(),
        UnaryOp::Sinh => T::compile::<Sinh>(),
        UnaryOp::Cosh => T::compile::<Cosh>(),
        UnaryOp::Tanh => T::compile::<Tanh>(),
        UnaryOp::Ceil => T::compile::<Ceil>(),
        UnaryOp::Floor => T::compile::<Floor>(),
    }
}

fn pair<T: Target, I: Formula>(outer: Arith, inner_first: bool) -> T::Output {
    match (outer, inner_first) {
        (Arith::Add, _) => T::compile::<Pair<Add, I, true>>(),
        (Arith::Mul, _) => T::compile::<Pair<Mul, I, true>>(),
        (Arith::Sub, true) => T::compile::<Pair<Sub, I, true>>(),
        (Arith::Sub, false) => T::compile::<Pair<Sub, I, false>>(),
        (Arith::Div, true) => T::compile::<Pair<Div, I, true>>(),
        (Arith::Div, false) => T::compile::<Pair<Div, I, false>>(),
    }
}

fn rate<T: Target, P: Formula>(core: Core, post: Post) -> T::Output {
    match (core, post) {
        (Core::Exp, Post::Identity) => T::compile::<Rate<P, CoreExp, PostIdentity>>(),
        (Core::Exp, Post::Mul) => T::compile::<Rate<P, CoreExp, PostMul>>(),
        (Core::Exp, Post::OverOnePlus) => T::compile::<Rate<P, CoreExp, PostOverOnePlus>>(),
        (Core::Exp, Post::Relax) => T::compile::<Rate<P, CoreExp, PostRelax>>(),
        (Core::Exprelr, Post::Identity) => T::compile::<Rate<P, CoreExprelr, PostIdentity>>(),
        (Core::Exprelr, Post::Mul) => T::compile::<Rate<P, CoreExprelr, PostMul>>(),
        (Core::Exprelr, Post::OverOnePlus) => T::compile::<Rate<P, CoreExprelr, PostOverOnePlus>>(),
        (Core::Exprelr, Post::Relax) => T::compile::<Rate<P, CoreExprelr, PostRelax>>(),
    }
}
