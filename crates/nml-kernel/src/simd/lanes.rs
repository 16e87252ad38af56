//! What a vector of lanes can do.

/// Real numbers side by side, and what IEEE 754 and their bits allow to do with them without branches.
///
/// Every operation is exactly that of IEEE 754, lane by lane, but for the sign and payload of NaN.
pub(crate) trait Real: Copy {
    /// One truth value per lane.
    type Mask: Copy;

    /// `x` in all lanes; `self` only says where.
    fn splat(self, x: f64) -> Self;

    fn add(self, other: Self) -> Self;
    fn sub(self, other: Self) -> Self;
    fn mul(self, other: Self) -> Self;
    fn div(self, other: Self) -> Self;
    /// self · b + c, rounded once.
    fn fma(self, b: Self, c: Self) -> Self;
    fn neg(self) -> Self;
    fn abs(self) -> Self;
    fn sqrt(self) -> Self;
    fn ceil(self) -> Self;
    fn floor(self) -> Self;
    /// `self` where less than `other`, else `other`.
    fn lesser(self, other: Self) -> Self;
    /// `self` where greater than `other`, else `other`.
    fn greater(self, other: Self) -> Self;

    fn lt(self, other: Self) -> Self::Mask;
    fn le(self, other: Self) -> Self::Mask;
    fn eq(self, other: Self) -> Self::Mask;
    /// Not equal or not comparable.
    fn ne(self, other: Self) -> Self::Mask;
    fn select(mask: Self::Mask, on_true: Self, on_false: Self) -> Self;

    /// The bits of each lane as an integer, plus `n`.
    fn bits_add(self, n: i64) -> Self;
    /// The bits of each lane and those of `n`.
    fn bits_and(self, n: i64) -> Self;
    fn bits_or(self, other: Self) -> Self;
    fn bits_xor(self, other: Self) -> Self;
    fn bits_both(self, other: Self) -> Self;
    /// The bits of each lane moved down by 52: sign and exponent field as an integer.
    fn bits_exponent(self) -> Self;
    /// The bits of each lane moved up by 52: the inverse.
    fn bits_to_exponent(self) -> Self;
    /// self · 2ⁿ rounded once, for 1 ≤ self < 2 roughly and −1077 ≤ n ≤ 1025; `rounded` is n plus 1.5 · 2⁵².
    fn scale(self, n: Self, rounded: Self) -> Self;

    /// `self` if less or NaN, else `other`.
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        Self::select(self.ne(self), self, self.lesser(other))
    }

    /// `self` if greater or NaN, else `other`.
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        Self::select(self.ne(self), self, self.greater(other))
    }
}

/// A vector of `f64` lanes in a register.
///
/// Only [`load`](Self::load) makes one from nothing, and it is unsafe: holding a vector proves that its instruction set
/// is there, so all else is safe.
pub(crate) trait Lanes: Real {
    /// The number of lanes; divides [`crate::LANES`].
    const WIDTH: usize;

    /// Reads `WIDTH` numbers.
    ///
    /// # Safety
    /// The instruction set must be available and `from` readable for `WIDTH` numbers.
    unsafe fn load(from: *const f64) -> Self;
    /// Writes `WIDTH` numbers.
    ///
    /// # Safety
    /// `to` must be writable for `WIDTH` numbers.
    unsafe fn store(self, to: *mut f64);
    /// All bits one where the mask holds, else zero.
    fn mask_lanes(self, mask: Self::Mask) -> Self;
    /// The inverse of [`mask_lanes`](Self::mask_lanes).
    fn to_mask(self) -> Self::Mask;
    /// A scalar function on each lane.
    fn map(self, f: impl Fn(f64) -> f64) -> Self;
    /// A scalar function on each pair of lanes.
    fn map2(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self;
}

/// All bits one, or zero.
#[inline(always)]
fn mask_bits(mask: bool) -> f64 {
    f64::from_bits(if mask { u64::MAX } else { 0 })
}

/// One lane.
impl Real for f64 {
    type Mask = bool;
    #[inline(always)]
    fn splat(self, x: f64) -> Self {
        x
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self + other
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self - other
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self * other
    }
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        self / other
    }
    #[inline(always)]
    fn fma(self, b: Self, c: Self) -> Self {
        self.mul_add(b, c)
    }
    #[inline(always)]
    fn neg(self) -> Self {
        -self
    }
    #[inline(always)]
    fn abs(self) -> Self {
        f64::abs(self)
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        f64::sqrt(self)
    }
    #[inline(always)]
    fn ceil(self) -> Self {
        f64::ceil(self)
    }
    #[inline(always)]
    fn floor(self) -> Self {
        f64::floor(self)
    }
    #[inline(always)]
    fn lesser(self, other: Self) -> Self {
        if self < other { self } else { other }
    }
    #[inline(always)]
    fn greater(self, other: Self) -> Self {
        if self > other { self } else { other }
    }
    #[inline(always)]
    fn lt(self, other: Self) -> bool {
        self < other
    }
    #[inline(always)]
    fn le(self, other: Self) -> bool {
        self <= other
    }
    #[inline(always)]
    fn eq(self, other: Self) -> bool {
        self == other
    }
    #[inline(always)]
    fn ne(self, other: Self) -> bool {
        self != other
    }
    #[inline(always)]
    fn select(mask: bool, on_true: Self, on_false: Self) -> Self {
        if mask { on_true } else { on_false }
    }
    #[inline(always)]
    fn bits_add(self, n: i64) -> Self {
        f64::from_bits(self.to_bits().wrapping_add_signed(n))
    }
    #[inline(always)]
    fn bits_and(self, n: i64) -> Self {
        f64::from_bits(self.to_bits() & n.cast_unsigned())
    }
    #[inline(always)]
    fn bits_or(self, other: Self) -> Self {
        f64::from_bits(self.to_bits() | other.to_bits())
    }
    #[inline(always)]
    fn bits_xor(self, other: Self) -> Self {
        f64::from_bits(self.to_bits() ^ other.to_bits())
    }
    #[inline(always)]
    fn bits_both(self, other: Self) -> Self {
        f64::from_bits(self.to_bits() & other.to_bits())
    }
    #[inline(always)]
    fn bits_exponent(self) -> Self {
        f64::from_bits(self.to_bits() >> 52)
    }
    #[inline(always)]
    fn bits_to_exponent(self) -> Self {
        f64::from_bits(self.to_bits() << 52)
    }
    #[inline(always)]
    fn scale(self, _n: Self, rounded: Self) -> Self {
        const ROUND: u64 = 0x4338_0000_0000_0000;
        let n = rounded.to_bits().wrapping_sub(ROUND).cast_signed();
        // Two factors, because 2ⁿ itself may not be normal; only the last product rounds.
        let half = n >> 1;
        let power = |n: i64| f64::from_bits(n.wrapping_add(1023).cast_unsigned() << 52);
        self * power(half) * power(n.wrapping_sub(half))
    }
}

impl Lanes for f64 {
    const WIDTH: usize = 1;

    #[inline(always)]
    unsafe fn load(from: *const f64) -> Self {
        // SAFETY: the caller vouches for one readable number.
        unsafe { *from }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f64) {
        // SAFETY: the caller vouches for one writable number.
        unsafe { *to = self }
    }
    #[inline(always)]
    fn mask_lanes(self, mask: bool) -> Self {
        mask_bits(mask)
    }
    #[inline(always)]
    fn to_mask(self) -> bool {
        self.to_bits() >> 63 == 1
    }
    #[inline(always)]
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        f(self)
    }
    #[inline(always)]
    fn map2(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        f(self, other)
    }
}
