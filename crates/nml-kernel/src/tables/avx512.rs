//! Cubics of eight lanes at a time: two functions of a lane lie in one line of memory, so eight lines are read and
//! turned into eight vectors of coefficients, which costs a fraction of what eight gathers do.

use std::arch::x86_64::{
    __m512d, _CMP_GE_OQ, _CMP_LT_OQ, _CMP_ORD_Q, _MM_FROUND_NO_EXC, _MM_FROUND_TO_NEG_INF,
    _mm512_cmp_pd_mask, _mm512_cvttpd_epi64, _mm512_fmadd_pd, _mm512_load_pd, _mm512_loadu_pd,
    _mm512_maskz_mul_pd, _mm512_min_pd, _mm512_mul_pd, _mm512_roundscale_pd, _mm512_set1_pd,
    _mm512_shuffle_f64x2, _mm512_store_pd, _mm512_storeu_si512, _mm512_sub_pd, _mm512_unpackhi_pd,
    _mm512_unpacklo_pd,
};

use super::Lanes;
use super::cubic::Cubics;
use crate::columns::LANES;

/// Evaluates all functions at eight arguments; tells which of them lie in a piece with proof.
#[target_feature(enable = "avx512f,avx512dq")]
pub(super) fn evaluate(cubics: &Cubics, x: &[f64; LANES], functions: &mut [Lanes]) -> u8 {
    let Cubics { low, high, per, pairs, ref lines, .. } = *cubics;
    let last = (lines.len() / pairs) as f64 - 1.0;
    // SAFETY: eight numbers are readable.
    let x = unsafe { _mm512_loadu_pd(x.as_ptr()) };
    let (low, high) = (_mm512_set1_pd(low), _mm512_set1_pd(high));
    let inside =
        _mm512_cmp_pd_mask::<_CMP_GE_OQ>(x, low) & _mm512_cmp_pd_mask::<_CMP_LT_OQ>(x, high);
    // What is not inside is looked up at 0, in vain.
    let scaled = _mm512_maskz_mul_pd(inside, _mm512_sub_pd(x, low), _mm512_set1_pd(per));
    let piece = _mm512_roundscale_pd::<{ _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC }>(scaled);
    let piece = _mm512_min_pd(piece, _mm512_set1_pd(last));
    let t = _mm512_sub_pd(scaled, piece);
    let first = _mm512_cvttpd_epi64(_mm512_mul_pd(piece, _mm512_set1_pd(pairs as f64)));
    let mut pieces = [0_usize; LANES];
    // SAFETY: eight integers are writable.
    unsafe { _mm512_storeu_si512(pieces.as_mut_ptr().cast(), first) };
    assert!(functions.len() == 2 * pairs, "two functions a line");
    let mut proven = inside;
    for (pair, functions) in functions.chunks_exact_mut(2).enumerate() {
        let first = lines.as_ptr().wrapping_add(pair);
        // No closures and no arrays of vectors: they would go through memory.
        macro_rules! row {
            ($lane:literal) => {
                // SAFETY: pieces begin with one of the lines and have as many as there are pairs, aligned to their size.
                unsafe { _mm512_load_pd(first.wrapping_add(pieces[$lane]).cast()) }
            };
        }
        let (r0, r1, r2, r3) = (row!(0), row!(1), row!(2), row!(3));
        let (r4, r5, r6, r7) = (row!(4), row!(5), row!(6), row!(7));
        // Coefficients 0, 2, 0, 2 of both functions, one quarter each, of two rows; then 1 and 3.
        let (p, q) = (_mm512_unpacklo_pd(r0, r1), _mm512_unpacklo_pd(r2, r3));
        let (r, s) = (_mm512_unpacklo_pd(r4, r5), _mm512_unpacklo_pd(r6, r7));
        let [c0, c2, d0, d2] = joined(p, q, r, s);
        let (p, q) = (_mm512_unpackhi_pd(r0, r1), _mm512_unpackhi_pd(r2, r3));
        let (r, s) = (_mm512_unpackhi_pd(r4, r5), _mm512_unpackhi_pd(r6, r7));
        let [c1, c3, d1, d3] = joined(p, q, r, s);
        let c = _mm512_fmadd_pd(_mm512_fmadd_pd(_mm512_fmadd_pd(c3, t, c2), t, c1), t, c0);
        let d = _mm512_fmadd_pd(_mm512_fmadd_pd(_mm512_fmadd_pd(d3, t, d2), t, d1), t, d0);
        if pair == 0 {
            // A piece without proof begins with what is no number.
            proven &= _mm512_cmp_pd_mask::<_CMP_ORD_Q>(c0, c0);
        }
        // SAFETY: there are two functions, each with lanes for eight numbers, aligned to their size.
        unsafe {
            _mm512_store_pd(functions[0].0.as_mut_ptr(), c);
            _mm512_store_pd(functions[1].0.as_mut_ptr(), d);
        }
    }
    proven
}

/// The four quarters of four vectors, quarter by quarter.
#[inline]
#[target_feature(enable = "avx512f")]
fn joined(p: __m512d, q: __m512d, r: __m512d, s: __m512d) -> [__m512d; 4] {
    // Quarters 0 and 2, and 1 and 3, of two each.
    let (pq_even, pq_odd) =
        (_mm512_shuffle_f64x2::<0x88>(p, q), _mm512_shuffle_f64x2::<0xDD>(p, q));
    let (rs_even, rs_odd) =
        (_mm512_shuffle_f64x2::<0x88>(r, s), _mm512_shuffle_f64x2::<0xDD>(r, s));
    [
        _mm512_shuffle_f64x2::<0x88>(pq_even, rs_even),
        _mm512_shuffle_f64x2::<0x88>(pq_odd, rs_odd),
        _mm512_shuffle_f64x2::<0xDD>(pq_even, rs_even),
        _mm512_shuffle_f64x2::<0xDD>(pq_odd, rs_odd),
    ]
}
