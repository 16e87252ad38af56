//! AVX2 with FMA: four lanes.

use std::arch::x86_64::{
    __m256d, _CMP_EQ_OQ, _CMP_LE_OQ, _CMP_LT_OQ, _CMP_NEQ_UQ, _mm256_add_epi64, _mm256_add_pd,
    _mm256_and_pd, _mm256_and_si256, _mm256_blendv_pd, _mm256_castpd_si256, _mm256_castsi256_pd,
    _mm256_ceil_pd, _mm256_cmp_pd, _mm256_div_pd, _mm256_floor_pd, _mm256_fmadd_pd,
    _mm256_loadu_pd, _mm256_max_pd, _mm256_min_pd, _mm256_mul_pd, _mm256_or_pd, _mm256_set1_epi64x,
    _mm256_set1_pd, _mm256_slli_epi64, _mm256_sqrt_pd, _mm256_srai_epi32, _mm256_srli_epi64,
    _mm256_storeu_pd, _mm256_sub_epi64, _mm256_sub_pd, _mm256_xor_pd,
};

use super::{Lanes, Real};

/// A vector of 4 lanes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx2(__m256d);

/// Runs intrinsics in a method of a vector.
macro_rules! ins {
    ($e:expr) => {
        // SAFETY: a vector exists, and only `Lanes::load` makes one, whose caller vouches for AVX2 and FMA.
        unsafe { $e }
    };
}

impl Real for Avx2 {
    type Mask = __m256d;
    #[inline(always)]
    fn splat(self, x: f64) -> Self {
        Self(ins!(_mm256_set1_pd(x)))
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(ins!(_mm256_add_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(ins!(_mm256_sub_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self(ins!(_mm256_mul_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        Self(ins!(_mm256_div_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn fma(self, b: Self, c: Self) -> Self {
        Self(ins!(_mm256_fmadd_pd(self.0, b.0, c.0)))
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
        Self(ins!(_mm256_sqrt_pd(self.0)))
    }
    #[inline(always)]
    fn ceil(self) -> Self {
        Self(ins!(_mm256_ceil_pd(self.0)))
    }
    #[inline(always)]
    fn floor(self) -> Self {
        Self(ins!(_mm256_floor_pd(self.0)))
    }
    // The instructions give the second operand if either is NaN or both are zero, which is what the trait says.
    #[inline(always)]
    fn lesser(self, other: Self) -> Self {
        Self(ins!(_mm256_min_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn greater(self, other: Self) -> Self {
        Self(ins!(_mm256_max_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn lt(self, other: Self) -> __m256d {
        ins!(_mm256_cmp_pd::<_CMP_LT_OQ>(self.0, other.0))
    }
    #[inline(always)]
    fn le(self, other: Self) -> __m256d {
        ins!(_mm256_cmp_pd::<_CMP_LE_OQ>(self.0, other.0))
    }
    #[inline(always)]
    fn eq(self, other: Self) -> __m256d {
        ins!(_mm256_cmp_pd::<_CMP_EQ_OQ>(self.0, other.0))
    }
    #[inline(always)]
    fn ne(self, other: Self) -> __m256d {
        ins!(_mm256_cmp_pd::<_CMP_NEQ_UQ>(self.0, other.0))
    }
    #[inline(always)]
    fn select(mask: __m256d, on_true: Self, on_false: Self) -> Self {
        Self(ins!(_mm256_blendv_pd(on_false.0, on_true.0, mask)))
    }
    #[inline(always)]
    fn bits_add(self, n: i64) -> Self {
        Self(ins!(_mm256_castsi256_pd(_mm256_add_epi64(
            _mm256_castpd_si256(self.0),
            _mm256_set1_epi64x(n)
        ))))
    }
    #[inline(always)]
    fn bits_and(self, n: i64) -> Self {
        Self(ins!(_mm256_castsi256_pd(_mm256_and_si256(
            _mm256_castpd_si256(self.0),
            _mm256_set1_epi64x(n)
        ))))
    }
    #[inline(always)]
    fn bits_or(self, other: Self) -> Self {
        Self(ins!(_mm256_or_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn bits_xor(self, other: Self) -> Self {
        Self(ins!(_mm256_xor_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn bits_both(self, other: Self) -> Self {
        Self(ins!(_mm256_and_pd(self.0, other.0)))
    }
    #[inline(always)]
    fn bits_exponent(self) -> Self {
        Self(ins!(_mm256_castsi256_pd(_mm256_srli_epi64::<52>(_mm256_castpd_si256(self.0)))))
    }
    #[inline(always)]
    fn bits_to_exponent(self) -> Self {
        Self(ins!(_mm256_castsi256_pd(_mm256_slli_epi64::<52>(_mm256_castpd_si256(self.0)))))
    }
    #[inline(always)]
    fn scale(self, _n: Self, rounded: Self) -> Self {
        const ROUND: i64 = 0x4338_0000_0000_0000;
        ins!({
            let n = _mm256_sub_epi64(_mm256_castpd_si256(rounded.0), _mm256_set1_epi64x(ROUND));
            // Two factors, because 2ⁿ itself may not be normal; only the last product rounds.
            // There is no 64-bit arithmetic shift; n fits the low half and the high half is its sign.
            let half = _mm256_srai_epi32::<1>(n);
            let rest = _mm256_sub_epi64(n, half);
            let bias = _mm256_set1_epi64x(1023);
            let first = _mm256_slli_epi64::<52>(_mm256_add_epi64(half, bias));
            let second = _mm256_slli_epi64::<52>(_mm256_add_epi64(rest, bias));
            let scaled = _mm256_mul_pd(self.0, _mm256_castsi256_pd(first));
            Self(_mm256_mul_pd(scaled, _mm256_castsi256_pd(second)))
        })
    }
}

impl Lanes for Avx2 {
    const WIDTH: usize = 4;

    #[inline(always)]
    unsafe fn load(from: *const f64) -> Self {
        // SAFETY: the caller vouches for the instruction set and 4 readable numbers.
        unsafe { Self(_mm256_loadu_pd(from)) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f64) {
        // SAFETY: the caller vouches for 4 writable numbers.
        unsafe { _mm256_storeu_pd(to, self.0) }
    }
    #[inline(always)]
    fn mask_lanes(self, mask: __m256d) -> Self {
        Self(mask)
    }
    #[inline(always)]
    fn to_mask(self) -> __m256d {
        self.0
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
