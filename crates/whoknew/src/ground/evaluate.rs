//! Evaluation of ground conditions and amounts at one level: anything that can look up a place will do, be it a node of
//! the lazy graph, the start under construction or, for planning, a canonical store.

use super::{Amount, Atom, Condition, Place, Value};
use crate::world::{Arithmetic, Comparison};

/// One level of a situation: its values, and those of the beliefs below it.
pub trait Level {
    /// What goes wrong when a belief is looked up.
    type Error;
    /// The value at `place`.
    fn value(&mut self, place: Place) -> Result<Value, Self::Error>;
}

/// Whether `condition` holds at `level`.
pub fn holds<L: Level>(level: &mut L, condition: &Condition) -> Result<bool, L::Error> {
    Ok(match condition {
        Condition::Constant(holds) => *holds,
        Condition::Atom(atom) => atom_holds(level, atom)?,
        Condition::All(parts) => {
            for part in parts {
                if !holds(level, part)? {
                    return Ok(false);
                }
            }
            true
        }
        Condition::Any(parts) => {
            for part in parts {
                if holds(level, part)? {
                    return Ok(true);
                }
            }
            false
        }
    })
}

/// Whether `atom` holds at `level`.
pub fn atom_holds<L: Level>(level: &mut L, atom: &Atom) -> Result<bool, L::Error> {
    Ok(match atom {
        Atom::Is { place, value, equal } => (level.value(*place)? == *value) == *equal,
        Atom::Same { left, right, equal } => (level.value(*left)? == level.value(*right)?) == *equal,
        Atom::Measure { place, comparison, amount: other } => {
            let value = level.value(*place)?;
            compare(*comparison, value, amount(level, other)?)
        }
        Atom::Amounts(compared) => {
            let (comparison, left, right) = &**compared;
            let left = amount(level, left)?;
            compare(*comparison, left, amount(level, right)?)
        }
    })
}

/// The value of an amount at `level`.
pub fn amount<L: Level>(level: &mut L, amount_: &Amount) -> Result<Value, L::Error> {
    Ok(match amount_ {
        Amount::Constant(value) => *value,
        Amount::Place(place) => level.value(*place)?,
        Amount::Arithmetic(operation, left, right) => {
            let left = amount(level, left)?;
            calculate(*operation, left, amount(level, right)?)
        }
        Amount::If(branches, otherwise) => {
            for (test, value) in branches {
                if holds(level, test)? {
                    return amount(level, value);
                }
            }
            amount(level, otherwise)?
        }
    })
}

/// Compares two values; see [`Condition`] for what `?` means here.
pub fn compare(comparison: Comparison, left: Value, right: Value) -> bool {
    let numbers = left.as_number().zip(right.as_number());
    let unknown = left.is_unknown() && right.is_unknown();
    match comparison {
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
        Comparison::Less => numbers.is_some_and(|(left, right)| left < right),
        Comparison::Greater => numbers.is_some_and(|(left, right)| left > right),
        Comparison::LessOrEqual => unknown || numbers.is_some_and(|(left, right)| left <= right),
        Comparison::GreaterOrEqual => unknown || numbers.is_some_and(|(left, right)| left >= right),
    }
}

/// Calculates; `?` with anything is `?`, and so is division by zero.
pub fn calculate(operation: Arithmetic, left: Value, right: Value) -> Value {
    let Some((left, right)) = left.as_number().zip(right.as_number()) else {
        return Value::UNKNOWN;
    };
    match operation {
        Arithmetic::Add => Value::number(left + right),
        Arithmetic::Subtract => Value::number(left - right),
        Arithmetic::Multiply => Value::number(left * right),
        Arithmetic::Divide if right == 0.0 => Value::UNKNOWN,
        Arithmetic::Divide => Value::number(left / right),
    }
}
