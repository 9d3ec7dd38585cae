//! The least and the most that an amount can ever come to.

use super::{Amount, Problem, Value};
use crate::world::{Arithmetic, ValueKind};

const UNBOUNDED: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

impl Problem<'_> {
    /// The least and the most that an amount can ever come to; a condition comes to 0 or 1.
    pub fn bounds(&self, amount: &Amount) -> (f64, f64) {
        match amount {
            Amount::Constant(value) => number(*value).map_or(UNBOUNDED, |number| (number, number)),
            Amount::Place(place) if self.value_kind(place.fluent) == ValueKind::Boolean => (0.0, 1.0),
            Amount::Place(_) => UNBOUNDED,
            Amount::If(branches, otherwise) => {
                let cases = branches.iter().map(|(_, amount)| self.bounds(amount));
                cases.fold(self.bounds(otherwise), |(least, most), (low, high)| (least.min(low), most.max(high)))
            }
            Amount::Arithmetic(operator, left, right) => {
                let (left, right) = (self.bounds(left), self.bounds(right));
                match operator {
                    Arithmetic::Add => (left.0 + right.0, left.1 + right.1),
                    Arithmetic::Subtract => (left.0 - right.1, left.1 - right.0),
                    Arithmetic::Multiply => product(left, right),
                    Arithmetic::Divide => UNBOUNDED,
                }
            }
        }
    }
}

/// A condition counts 1 or 0.
fn number(value: Value) -> Option<f64> {
    value.as_number().or(value.as_boolean().map(|yes| f64::from(u8::from(yes))))
}

fn product(left: (f64, f64), right: (f64, f64)) -> (f64, f64) {
    let corners = [left.0 * right.0, left.0 * right.1, left.1 * right.0, left.1 * right.1];
    // Nothing times anything.
    let corners = corners.map(|corner| if corner.is_nan() { 0.0 } else { corner });
    (corners.into_iter().fold(f64::INFINITY, f64::min), corners.into_iter().fold(f64::NEG_INFINITY, f64::max))
}
