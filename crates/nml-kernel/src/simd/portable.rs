//! Four lanes of plain Rust, which the compiler may vectorise for its target.

use super::{Lanes, Real};

/// Four lanes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Portable([f64; 4]);

impl Portable {
    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self(std::array::from_fn(|i| f(self.0[i], other.0[i])))
    }

    #[inline(always)]
    fn test(self, other: Self, f: impl Fn(f64, f64) -> bool) -> [bool; 4] {
        std::array::from_fn(|i| f(self.0[i], other.0[i]))
    }
}

/// Forwards methods without further operands, or with one more vector, to `f64`.
macro_rules! forward {
    (unary: $($name:ident)*) => {$(
        #[inline(always)]
        fn $name(self) -> Self {
            Self(self.0.map(Real::$name))
        }
    )*};
    (binary: $($name:ident)*) => {$(
        #[inline(always)]
        fn $name(self, other: Self) -> Self {
            self.zip(other, Real::$name)
        }
    )*};
    (compare: $($name:ident)*) => {$(
        #[inline(always)]
        fn $name(self, other: Self) -> [bool; 4] {
            self.test(other, Real::$name)
        }
    )*};
}

impl Real for Portable {
    type Mask = [bool; 4];
    #[inline(always)]
    fn splat(self, x: f64) -> Self {
        Self([x; 4])
    }
    forward!(unary: neg abs sqrt ceil floor bits_exponent bits_to_exponent);
    forward!(binary: add sub mul div lesser greater bits_or bits_xor bits_both);
    forward!(compare: lt le eq ne);
    #[inline(always)]
    fn fma(self, b: Self, c: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i].mul_add(b.0[i], c.0[i])))
    }
    #[inline(always)]
    fn select(mask: [bool; 4], on_true: Self, on_false: Self) -> Self {
        Self(std::array::from_fn(|i| if mask[i] { on_true.0[i] } else { on_false.0[i] }))
    }
    #[inline(always)]
    fn bits_add(self, n: i64) -> Self {
        Self(self.0.map(|x| x.bits_add(n)))
    }
    #[inline(always)]
    fn bits_and(self, n: i64) -> Self {
        Self(self.0.map(|x| x.bits_and(n)))
    }
    #[inline(always)]
    fn scale(self, n: Self, rounded: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i].scale(n.0[i], rounded.0[i])))
    }
}

impl Lanes for Portable {
    const WIDTH: usize = 4;

    #[inline(always)]
    unsafe fn load(from: *const f64) -> Self {
        // SAFETY: the caller vouches for four readable numbers.
        unsafe { Self(*from.cast()) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f64) {
        // SAFETY: the caller vouches for four writable numbers.
        unsafe { *to.cast() = self.0 }
    }
    #[inline(always)]
    fn mask_lanes(self, mask: [bool; 4]) -> Self {
        Self(mask.map(|m| 0.0f64.mask_lanes(m)))
    }
    #[inline(always)]
    fn to_mask(self) -> [bool; 4] {
        self.0.map(Lanes::to_mask)
    }
    #[inline(always)]
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self(self.0.map(f))
    }
    #[inline(always)]
    fn map2(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        self.zip(other, f)
    }
}
