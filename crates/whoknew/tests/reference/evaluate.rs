//! What conditions and values come to in a situation.

use super::formulas::{Formula, Number};
use super::values::{FactId, Mind, Place, Value};
use whoknew::world::{Arithmetic, Comparison};

/// How to read a fact: through which minds.
pub type View<'v> = &'v dyn Fn(&[Mind], FactId) -> Value;

pub fn compare_values(comparison: Comparison, left: Value, right: Value) -> bool {
    match (comparison, left.as_number(), right.as_number()) {
        (Comparison::Equal, ..) => left == right,
        (Comparison::NotEqual, ..) => left != right,
        (Comparison::Less, Some(left), Some(right)) => left < right,
        (Comparison::LessOrEqual, Some(left), Some(right)) => left <= right,
        (Comparison::Greater, Some(left), Some(right)) => left > right,
        (Comparison::GreaterOrEqual, Some(left), Some(right)) => left >= right,
        (Comparison::LessOrEqual | Comparison::GreaterOrEqual, None, None) => true,
        _ => false,
    }
}

pub fn evaluate(number: &Number, view: View) -> Value {
    match number {
        Number::Constant(value) => *value,
        Number::Fact { minds, fact } => view(minds, *fact),
        Number::Indicator(formula) => Value::number(if holds(formula, view) { 1.0 } else { 0.0 }),
        Number::If(branches, otherwise) => {
            let found = branches.iter().find(|(test, _)| holds(test, view));
            evaluate(found.map_or(otherwise, |(_, branch)| branch), view)
        }
        Number::Arithmetic(operator, left, right) => {
            match (evaluate(left, view).as_number(), evaluate(right, view).as_number()) {
                (Some(left), Some(right)) => calculate(*operator, left, right),
                _ => Value::Unknown,
            }
        }
    }
}

fn calculate(operator: Arithmetic, left: f64, right: f64) -> Value {
    match operator {
        Arithmetic::Add => Value::number(left + right),
        Arithmetic::Subtract => Value::number(left - right),
        Arithmetic::Multiply => Value::number(left * right),
        Arithmetic::Divide if right == 0.0 => Value::Unknown,
        Arithmetic::Divide => Value::number(left / right),
    }
}

/// All facts in a number, as often as they occur, and whether it holds a literal `?`.
pub fn facts_in(number: &Number, facts: &mut Vec<Place>, unknown: &mut bool) {
    match number {
        Number::Constant(value) => *unknown |= *value == Value::Unknown,
        Number::Fact { minds, fact } => facts.push((minds.clone(), *fact)),
        Number::Arithmetic(_, left, right) => {
            facts_in(left, facts, unknown);
            facts_in(right, facts, unknown);
        }
        Number::Indicator(formula) => facts_of(formula, facts),
        Number::If(branches, otherwise) => {
            for (test, branch) in branches {
                facts_of(test, facts);
                facts_in(branch, facts, unknown);
            }
            facts_in(otherwise, facts, unknown);
        }
    }
}

/// All facts in a condition.
pub fn facts_of(formula: &Formula, facts: &mut Vec<Place>) {
    match formula {
        Formula::And(parts) | Formula::Or(parts) => parts.iter().for_each(|part| facts_of(part, facts)),
        Formula::Is { minds, fact, .. } => facts.push((minds.clone(), *fact)),
        Formula::Numbers { left, right, .. } => {
            facts_in(left, facts, &mut false);
            facts_in(right, facts, &mut false);
        }
    }
}

/// Whether a condition holds.
pub fn holds(formula: &Formula, view: View) -> bool {
    match formula {
        Formula::And(parts) => parts.iter().all(|part| holds(part, view)),
        Formula::Or(parts) => parts.iter().any(|part| holds(part, view)),
        Formula::Is { minds, fact, value, equal } => (view(minds, *fact) == *value) == *equal,
        Formula::Numbers { comparison, left, right, solved: false } => {
            compare_values(*comparison, evaluate(left, view), evaluate(right, view))
        }
        Formula::Numbers { comparison, left, right, solved: true } => {
            let mut facts = Vec::new();
            facts_in(left, &mut facts, &mut false);
            facts_in(right, &mut facts, &mut false);
            (0..facts.len()).all(|index| holds_for(*comparison, left, right, index, view))
        }
    }
}

/// Whether a comparison of numbers holds when it is solved for the fact at `index`.
pub fn holds_for(comparison: Comparison, left: &Number, right: &Number, index: usize, view: View) -> bool {
    let mut facts = Vec::new();
    let mut rest_unknown = false;
    facts_in(left, &mut facts, &mut rest_unknown);
    facts_in(right, &mut facts, &mut rest_unknown);
    let unknown = |(minds, fact): &Place| view(minds, *fact) == Value::Unknown;
    for (other, fact) in facts.iter().enumerate() {
        rest_unknown |= other != index && unknown(fact);
    }
    let own_unknown = unknown(&facts[index]);
    if !own_unknown && !rest_unknown {
        return compare_values(comparison, evaluate(left, view), evaluate(right, view));
    }
    match comparison {
        Comparison::Equal | Comparison::LessOrEqual | Comparison::GreaterOrEqual => own_unknown && rest_unknown,
        Comparison::NotEqual => own_unknown != rest_unknown,
        Comparison::Less | Comparison::Greater => false,
    }
}
