//! The functions of LEMS on `f64`: the only place that computes transcendentals, with the same bits on
//! every machine.

/// `e^x`.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// The natural logarithm; NaN below 0.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// The sine of `x` radians.
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// The cosine of `x` radians.
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

/// The tangent of `x` radians.
pub fn tan(x: f64) -> f64 {
    libm::tan(x)
}

/// The hyperbolic sine.
pub fn sinh(x: f64) -> f64 {
    libm::sinh(x)
}

/// The hyperbolic cosine.
pub fn cosh(x: f64) -> f64 {
    libm::cosh(x)
}

/// The hyperbolic tangent.
pub fn tanh(x: f64) -> f64 {
    libm::tanh(x)
}

/// The square root; NaN below 0.
pub fn sqrt(x: f64) -> f64 {
    libm::sqrt(x)
}

/// `x^y`; `pow(x, 0)` and `pow(1, y)` are 1 for every operand, as in C.
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// The least whole number not below `x`.
pub fn ceil(x: f64) -> f64 {
    libm::ceil(x)
}

/// The size of `x`.
pub fn abs(x: f64) -> f64 {
    libm::fabs(x)
}

/// The step: 0 below 0, ½ at 0, 1 above, NaN for NaN (`jLEMS` `FunctionNode.java`: `0.5 (signum(x) + 1)`).
pub fn heaviside(x: f64) -> f64 {
    if x > 0.0 {
        1.0
    } else if x < 0.0 {
        0.0
    } else if x == 0.0 {
        0.5
    } else {
        f64::NAN
    }
}

/// `n!` for whole `n` ≥ 0 (infinite above 170), NaN for all else.
///
/// The product is exact up to 22!, then rounded at each step.  jLEMS computes in 32 bits and is wrong from
/// 13! on.
pub fn factorial(n: f64) -> f64 {
    if n < 0.0 || n != libm::trunc(n) {
        return f64::NAN;
    }
    if n > 170.0 {
        return f64::INFINITY;
    }
    let mut product = 1.0;
    let mut factor = 2.0;
    while factor <= n {
        product *= factor;
        factor += 1.0;
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!((heaviside(-1e-300), heaviside(0.0), heaviside(2.0)), (0.0, 0.5, 1.0));
        assert_eq!(heaviside(-0.0), 0.5);
        assert!(heaviside(f64::NAN).is_nan());
        assert_eq!(factorial(0.0), 1.0);
        assert_eq!(factorial(13.0), 6_227_020_800.0);
        assert_eq!(factorial(171.0), f64::INFINITY);
        assert!(factorial(170.0).is_finite());
        assert!(
            factorial(2.5).is_nan() && factorial(-1.0).is_nan() && factorial(f64::NAN).is_nan()
        );
        assert_eq!((pow(0.0, 0.0), pow(1.0, f64::NAN)), (1.0, 1.0));
    }
}
