//! AVX-512 F and DQ: eight lanes.

use std::arch::x86_64::{
    __m512d, __mmask8, _CMP_EQ_OQ, _CMP_LE_OQ, _CMP_LT_OQ, _CMP_NEQ_UQ, _MM_FROUND_NO_EXC,
    _MM_FROUND_TO_NEG_INF, _MM_FROUND_TO_POS_INF, _mm512_add_epi64, _mm512_add_pd, _mm512_and_pd,
    _mm512_and_si512, _mm512_castpd_si512, _mm512_castsi512_pd, _mm512_cmp_pd_mask, _mm512_div_pd,
    _mm512_fmadd_pd, _mm512_loadu_pd, _mm512_mask_blend_pd, _mm512_max_pd, _mm512_min_pd,
    _mm512_movepi64_mask, _mm512_movm_epi64, _mm512_mul_pd, _mm512_or_pd, _mm512_roundscale_pd,
    _mm512_scalef_pd, _mm512_set1_epi64, _mm512_set1_pd, _mm512_slli_epi64, _mm512_sqrt_pd,
    _mm512_srli_epi64, _mm512_storeu_pd, _mm512_sub_pd, _mm512_xor_pd,
};

use super::{Lanes, Real};

/// A vector of 8 lanes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx512(__m512d);

/// Runs intrinsics in a method of a vector.
macro_rules! ins {
    ($e:expr) => {
        // SAFETY: a vector exists, and only `Lanes::load` makes one, whose caller vouches for AVX-512 F and DQ.
        unsafe { $e }
    };
}

impl Real for Avx512 {
    type Mask = __mmask8;
    #[inline(always)]
    fn splat(self, x: f64) -> Self {
        Self(ins!(_mm512_set1_pd(x)))
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(ins!(_mm512_add_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(ins!(_mm512_sub_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self(ins!(_mm512_mul_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        Self(ins!(_mm512_div_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn fma(self, b: Self, c: Self) -> Self {
        Self(ins!(_mm512_fmadd_pd(self.0, b.0, c.0)))
    }
    #[inline(always)]
    fn neg(self) -> Self {
        self.bits_xor(self.splat(-0.0))
    }
    #[inline(always)]
    fn abs(self) -> Self {
        self.bits_and(i64::MAX)
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        Self(ins!(_mm512_sqrt_pd(self.0)))
    }
    #[inline(always)]
    fn ceil(self) -> Self {
        Self(ins!(_mm512_roundscale_pd::<{ _MM_FROUND_TO_POS_INF | _MM_FROUND_NO_EXC }>(self.0)))
    }
    #[inline(always)]
    fn floor(self) -> Self {
        Self(ins!(_mm512_roundscale_pd::<{ _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC }>(self.0)))
    }
    // The instructions give the second operand if either is NaN or both are zero, which is what the trait says.
    #[inline(always)]
    fn lesser(self, other: Self) -> Self {
        Self(ins!(_mm512_min_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn greater(self, other: Self) -> Self {
        Self(ins!(_mm512_max_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn lt(self, other: Self) -> __mmask8 {
        ins!(_mm512_cmp_pd_mask::<_CMP_LT_OQ>(self.0, other.0))
    }
    #[inline(always)]
    fn le(self, other: Self) -> __mmask8 {
        ins!(_mm512_cmp_pd_mask::<_CMP_LE_OQ>(self.0, other.0))
    }
    #[inline(always)]
    fn eq(self, other: Self) -> __mmask8 {
        ins!(_mm512_cmp_pd_mask::<_CMP_EQ_OQ>(self.0, other.0))
    }
    #[inline(always)]
    fn ne(self, other: Self) -> __mmask8 {
        ins!(_mm512_cmp_pd_mask::<_CMP_NEQ_UQ>(self.0, other.0))
    }
    #[inline(always)]
    fn select(mask: __mmask8, on_true: Self, on_false: Self) -> Self {
        Self(ins!(_mm512_mask_blend_pd(mask, on_false.0, on_true.0)))
    }
    #[inline(always)]
    fn bits_add(self, n: i64) -> Self {
        Self(ins!(_mm512_castsi512_pd(_mm512_add_epi64(
            _mm512_castpd_si512(self.0),
            _mm512_set1_epi64(n)
        ))))
    }
    #[inline(always)]
    fn bits_and(self, n: i64) -> Self {
        Self(ins!(_mm512_castsi512_pd(_mm512_and_si512(
            _mm512_castpd_si512(self.0),
            _mm512_set1_epi64(n)
        ))))
    }
    #[inline(always)]
    fn bits_or(self, other: Self) -> Self {
        Self(ins!(_mm512_or_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn bits_xor(self, other: Self) -> Self {
        Self(ins!(_mm512_xor_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn bits_both(self, other: Self) -> Self {
        Self(ins!(_mm512_and_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn bits_exponent(self) -> Self {
        Self(ins!(_mm512_castsi512_pd(_mm512_srli_epi64::<52>(_mm512_castpd_si512(self.0)))))
    }
    #[inline(always)]
    fn bits_to_exponent(self) -> Self {
        Self(ins!(_mm512_castsi512_pd(_mm512_slli_epi64::<52>(_mm512_castpd_si512(self.0)))))
    }
    #[inline(always)]
    fn scale(self, n: Self, _rounded: Self) -> Self {
        Self(ins!(_mm512_scalef_pd(self.0, n.0)))
    }
}

impl Lanes for Avx512 {
    const WIDTH: usize = 8;

    #[inline(always)]
    unsafe fn load(from: *const f64) -> Self {
        // SAFETY: the caller vouches for the instruction set and 8 readable numbers.
        unsafe { Self(_mm512_loadu_pd(from)) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f64) {
        // SAFETY: the caller vouches for 8 writable numbers.
        unsafe { _mm512_storeu_pd(to, self.0) }
    }
    #[inline(always)]
    fn mask_lanes(self, mask: __mmask8) -> Self {
        Self(ins!(_mm512_castsi512_pd(_mm512_movm_epi64(mask))))
    }
    #[inline(always)]
    fn to_mask(self) -> __mmask8 {
        ins!(_mm512_movepi64_mask(_mm512_castpd_si512(self.0)))
    }
    #[inline(always)]
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        let mut lanes = [0.0; Self::WIDTH];
        // SAFETY: the array has `WIDTH` numbers, and `self` proves the instruction set.
        unsafe {
            self.store(lanes.as_mut_ptr());
            Self::load(lanes.map(f).as_ptr())
        }
    }
    #[inline(always)]
    fn map2(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        let (mut a, mut b) = ([0.0; Self::WIDTH], [0.0; Self::WIDTH]);
        // SAFETY: the arrays have `WIDTH` numbers, and `self` proves the instruction set.
        unsafe {
            self.store(a.as_mut_ptr());
            other.store(b.as_mut_ptr());
            let result: [f64; Self::WIDTH] = std::array::from_fn(|i| f(a[i], b[i]));
            Self::load(result.as_ptr())
        }
    }
}
