//! Comparisons made ground: constants folded, comparisons of numbers solved for each fact in them.
//!
//! Solving matters for surprise: somebody who sees that `a + b = 4` held learns what each of them is.

use super::{Amount, Atom, Condition, Place, Value, evaluate};
use crate::world::{Arithmetic, Comparison};

/// The comparison that is false where `comparison` holds, between known values.
pub(crate) const fn negated(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    }
}

/// The comparison with its sides exchanged.
pub(crate) const fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::Equal,
        Comparison::NotEqual => Comparison::NotEqual,
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
    }
}

/// `left` compared with `right`; `numeric` where one of them is a number.
pub(crate) fn compared(comparison: Comparison, left: Amount, right: Amount, numeric: bool) -> Condition {
    let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    let equal = comparison == Comparison::Equal;
    match (left, right) {
        (Amount::Constant(left), Amount::Constant(right)) => {
            Condition::Constant(evaluate::compare(comparison, left, right))
        }
        (Amount::Place(place), Amount::Constant(value)) | (Amount::Constant(value), Amount::Place(place))
            if equality =>
        {
            Condition::Atom(Atom::Is { place, value, equal })
        }
        (Amount::Place(left), Amount::Place(right)) if left == right => {
            Condition::Constant(!matches!(comparison, Comparison::NotEqual | Comparison::Less | Comparison::Greater))
        }
        (Amount::Place(left), Amount::Place(right)) if equality && !numeric => {
            Condition::Atom(Atom::Same { left, right, equal })
        }
        (left, right) => solved(comparison, &left, &right)
            .unwrap_or_else(|| Condition::Atom(Atom::Amounts(Box::new((comparison, left, right))))),
    }
}

/// One comparison for each fact in it; `None` where that cannot be done.
fn solved(comparison: Comparison, left: &Amount, right: &Amount) -> Option<Condition> {
    let mut places = Vec::new();
    left.places(&mut |place| places.push(place));
    let on_the_left = places.len();
    right.places(&mut |place| places.push(place));
    let mut distinct = places.clone();
    distinct.sort_unstable();
    distinct.dedup();
    if places.is_empty() || distinct.len() != places.len() {
        return None;
    }
    let parts = places.iter().enumerate().map(|(index, &place)| {
        if index < on_the_left {
            solve(left, place, comparison, right.clone())
        } else {
            solve(right, place, mirrored(comparison), left.clone())
        }
    });
    parts.collect::<Option<Vec<_>>>().map(Condition::all)
}

/// `side comparison rest`, solved for `place`, which stands once in `side`.
fn solve(side: &Amount, place: Place, comparison: Comparison, rest: Amount) -> Option<Condition> {
    let (operation, left, right) = match side {
        Amount::Place(_) => return Some(Condition::Atom(Atom::Measure { place, comparison, amount: Box::new(rest) })),
        Amount::Arithmetic(operation, left, right) => (*operation, left, right),
        Amount::Constant(_) | Amount::If(..) => return None,
    };
    if reads(left, place) {
        let (inverse, comparison) = match operation {
            Arithmetic::Add => (Arithmetic::Subtract, comparison),
            Arithmetic::Subtract => (Arithmetic::Add, comparison),
            Arithmetic::Multiply => (Arithmetic::Divide, scaled(comparison, right)?),
            Arithmetic::Divide => (Arithmetic::Multiply, scaled(comparison, right)?),
        };
        solve(left, place, comparison, calculated(inverse, rest, (**right).clone()))
    } else {
        match operation {
            Arithmetic::Add => {
                solve(right, place, comparison, calculated(Arithmetic::Subtract, rest, (**left).clone()))
            }
            Arithmetic::Subtract => {
                solve(right, place, mirrored(comparison), calculated(Arithmetic::Subtract, (**left).clone(), rest))
            }
            Arithmetic::Multiply => {
                let comparison = scaled(comparison, left)?;
                solve(right, place, comparison, calculated(Arithmetic::Divide, rest, (**left).clone()))
            }
            Arithmetic::Divide => None,
        }
    }
}

/// The comparison after both sides were divided by `factor`, a constant that is not 0.
fn scaled(comparison: Comparison, factor: &Amount) -> Option<Comparison> {
    let Amount::Constant(value) = factor else { return None };
    let number = value.as_number().filter(|number| *number != 0.0)?;
    Some(if number < 0.0 { mirrored(comparison) } else { comparison })
}

fn reads(amount: &Amount, place: Place) -> bool {
    let mut found = false;
    amount.places(&mut |read| found |= read == place);
    found
}

/// The arithmetic of two amounts, constants folded; a factor 0 makes 0.
pub(crate) fn calculated(operation: Arithmetic, left: Amount, right: Amount) -> Amount {
    let zero = Value::number(0.0);
    let is = |amount: &Amount, number: f64| *amount == Amount::Constant(Value::number(number));
    match (operation, &left, &right) {
        (_, Amount::Constant(left), Amount::Constant(right)) => {
            Amount::Constant(evaluate::calculate(operation, *left, *right))
        }
        (Arithmetic::Multiply, ..) if is(&left, 0.0) || is(&right, 0.0) => Amount::Constant(zero),
        (Arithmetic::Divide, ..) if is(&left, 0.0) => Amount::Constant(zero),
        (Arithmetic::Add, ..) if is(&left, 0.0) => right,
        (Arithmetic::Add | Arithmetic::Subtract, ..) if is(&right, 0.0) => left,
        (Arithmetic::Multiply, ..) if is(&left, 1.0) => right,
        (Arithmetic::Multiply | Arithmetic::Divide, ..) if is(&right, 1.0) => left,
        _ => Amount::Arithmetic(operation, Box::new(left), Box::new(right)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::{ChainId, GroundFluentId};

    fn place(index: usize) -> Amount {
        Amount::Place(Place { chain: ChainId::REAL, fluent: GroundFluentId::from_index(index) })
    }

    fn number(number: f64) -> Amount {
        Amount::Constant(Value::number(number))
    }

    #[test]
    fn a_sum_is_solved_for_each_of_its_facts() {
        let sum = calculated(Arithmetic::Add, place(0), place(1));
        let condition = compared(Comparison::Equal, sum, number(4.0), true);
        let Condition::All(parts) = condition else { unreachable!("two facts give two comparisons") };
        assert_eq!(parts.len(), 2);
        let rest = Amount::Arithmetic(Arithmetic::Subtract, Box::new(number(4.0)), Box::new(place(1)));
        assert!(matches!(&parts[0], Condition::Atom(Atom::Measure { amount, .. }) if **amount == rest));
    }

    #[test]
    fn dividing_by_a_negative_number_mirrors_the_comparison() {
        let product = calculated(Arithmetic::Multiply, number(-2.0), place(0));
        let condition = compared(Comparison::Less, product, number(4.0), true);
        let expected = Atom::Measure {
            place: Place { chain: ChainId::REAL, fluent: GroundFluentId::from_index(0) },
            comparison: Comparison::Greater,
            amount: Box::new(number(-2.0)),
        };
        assert_eq!(condition, Condition::Atom(expected));
    }
}
