//! Distance, sine and cosine for the pictures. They are only as precise as pixels need, and take a
//! fiftieth of the code size of the standard library's versions in wasm.

use std::f64::consts::FRAC_PI_2;

/// The distance between two points.
#[must_use]
pub fn distance(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (x, y) = (one.0 - other.0, one.1 - other.1);
    (x * x + y * y).sqrt()
}

/// The sine and cosine of an angle in turns, accurate to a millionth.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "a cast of f64 saturates, and angles are far smaller")]
pub fn sin_cos(turns: f64) -> (f64, f64) {
    let quarters = turns * 4.0;
    let whole = quarters.round_ties_even();
    // The angle is at most an eighth of a turn from the nearest quarter turn, so a few terms of the
    // Taylor series are enough.
    let x = (quarters - whole) * FRAC_PI_2;
    let square = x * x;
    let sin = x * (1.0 - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0)));
    let cos = 1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)));
    match (whole as i64).rem_euclid(4) {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::f64::consts::TAU;

    proptest! {
        #[test]
        fn sine_and_cosine_are_accurate_to_a_millionth(turns in -3.0_f64..3.0) {
            let (sin, cos) = sin_cos(turns);
            let (true_sin, true_cos) = (turns * TAU).sin_cos();
            prop_assert!((sin - true_sin).abs() < 1e-6 && (cos - true_cos).abs() < 1e-6);
        }

        #[test]
        fn the_distance_is_the_same_as_in_the_standard_library(x in -1e4_f64..1e4, y in -1e4_f64..1e4) {
            prop_assert!((distance((x, y), (0.0, 0.0)) - x.hypot(y)).abs() < 1e-6);
        }
    }
}
