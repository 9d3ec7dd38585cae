//! Conditions and values without names, and how they are put together.

use super::evaluate::{compare_values, evaluate, facts_in};
use super::values::{FactId, Mind, Value};
use std::rc::Rc;
use whoknew::world::{Arithmetic, Comparison};

/// A condition. An empty `And` is true, an empty `Or` false.
#[derive(Clone, Debug)]
pub enum Formula {
    And(Vec<Formula>),
    Or(Vec<Formula>),
    /// The fact, read through these minds, has (or has not) this value.
    Is {
        minds: Vec<Mind>,
        fact: FactId,
        value: Value,
        equal: bool,
    },
    /// Two numbers compared; `solved` if the comparison can be solved for every fact in it.
    Numbers {
        comparison: Comparison,
        left: Rc<Number>,
        right: Rc<Number>,
        solved: bool,
    },
}

/// A value worked out from others.
#[derive(Clone, Debug)]
pub enum Number {
    Constant(Value),
    Fact {
        minds: Vec<Mind>,
        fact: FactId,
    },
    Arithmetic(Arithmetic, Rc<Number>, Rc<Number>),
    /// 1 if the condition holds, else 0.
    Indicator(Box<Formula>),
    /// The first test that holds decides.
    If(Vec<(Formula, Number)>, Box<Number>),
}

/// How a condition is asked for. `weak`: unknown will do.
#[derive(Clone, Copy, Debug)]
pub struct Sense {
    pub truth: bool,
    pub weak: bool,
}

impl Sense {
    pub const SO: Self = Self { truth: true, weak: false };
    pub const NOT_SO: Self = Self { truth: false, weak: false };

    pub fn negated(self) -> Self {
        Self { truth: !self.truth, ..self }
    }

    /// Somebody believes something or does not; they do not where it is unknown to them.
    pub fn of_belief(self) -> Self {
        Self { truth: self.truth, weak: !self.truth }
    }
}

pub fn truth(value: bool) -> Formula {
    if value { Formula::And(Vec::new()) } else { Formula::Or(Vec::new()) }
}

pub fn and(parts: Vec<Formula>) -> Formula {
    let mut kept = Vec::new();
    for part in parts {
        match part {
            Formula::And(inner) => kept.extend(inner),
            Formula::Or(inner) if inner.is_empty() => return truth(false),
            other => kept.push(other),
        }
    }
    Formula::And(kept)
}

pub fn or(parts: Vec<Formula>) -> Formula {
    let mut kept = Vec::new();
    for part in parts {
        match part {
            Formula::Or(inner) => kept.extend(inner),
            Formula::And(inner) if inner.is_empty() => return truth(true),
            other => kept.push(other),
        }
    }
    Formula::Or(kept)
}

pub fn is(minds: &[Mind], fact: FactId, value: Value, equal: bool) -> Formula {
    Formula::Is { minds: minds.to_vec(), fact, value, equal }
}

pub fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    }
}

/// A literal factor 0, and 0 divided by something, is 0 even if the rest is unknown.
pub fn arithmetic(operator: Arithmetic, left: Number, right: Number) -> Number {
    let zero = |number: &Number| matches!(number, Number::Constant(value) if value.as_number() == Some(0.0));
    match operator {
        Arithmetic::Multiply if zero(&left) || zero(&right) => Number::Constant(Value::number(0.0)),
        Arithmetic::Divide if zero(&left) && !zero(&right) => Number::Constant(Value::number(0.0)),
        _ => Number::Arithmetic(operator, Rc::new(left), Rc::new(right)),
    }
}

pub fn yes_or_no(minds: &[Mind], fact: Option<FactId>, sense: Sense) -> Formula {
    match fact {
        Some(fact) => is(minds, fact, Value::Boolean(sense.truth != sense.weak), !sense.weak),
        None => truth(sense.weak),
    }
}

/// Whether a comparison with this side can be solved for every fact in it: sums, and products with constants.
pub fn solvable(number: &Number) -> bool {
    let factor = |number: &Number| matches!(number, Number::Constant(value) if value.as_number().is_some_and(|number| number != 0.0));
    match number {
        Number::Constant(_) | Number::Fact { .. } => true,
        Number::Arithmetic(operator, left, right) => {
            let constant = |number: &Number| {
                let mut facts = Vec::new();
                facts_in(number, &mut facts, &mut false);
                facts.is_empty()
            };
            let solvable_inside = solvable(left) && solvable(right);
            match operator {
                Arithmetic::Add | Arithmetic::Subtract => solvable_inside,
                Arithmetic::Multiply if constant(left) && constant(right) => true,
                Arithmetic::Multiply => solvable_inside && (factor(left) || factor(right)),
                Arithmetic::Divide if constant(left) && constant(right) => true,
                Arithmetic::Divide => solvable_inside && factor(right),
            }
        }
        Number::Indicator(_) | Number::If(..) => false,
    }
}

/// `formula` as it would be if the fact, as it is and not as somebody believes it, had this value.
pub fn supposing(formula: &Formula, supposed: FactId, told: Value) -> Formula {
    let all = |parts: &[Formula]| parts.iter().map(|part| supposing(part, supposed, told)).collect();
    match formula {
        Formula::And(parts) => and(all(parts)),
        Formula::Or(parts) => or(all(parts)),
        Formula::Is { minds, fact, value, equal } if minds.is_empty() && *fact == supposed => {
            truth((*value == told) == *equal)
        }
        Formula::Is { .. } => formula.clone(),
        Formula::Numbers { comparison, left, right, .. } => {
            compared(*comparison, number_supposing(left, supposed, told), number_supposing(right, supposed, told))
        }
    }
}

fn number_supposing(number: &Number, supposed: FactId, told: Value) -> Number {
    let inner = |number: &Number| number_supposing(number, supposed, told);
    match number {
        Number::Fact { minds, fact } if minds.is_empty() && *fact == supposed => Number::Constant(told),
        Number::Constant(_) | Number::Fact { .. } => number.clone(),
        Number::Arithmetic(operator, left, right) => arithmetic(*operator, inner(left), inner(right)),
        Number::Indicator(test) => Number::Indicator(Box::new(supposing(test, supposed, told))),
        Number::If(branches, otherwise) => {
            let branches = branches.iter().map(|(test, value)| (supposing(test, supposed, told), inner(value)));
            Number::If(branches.collect(), Box::new(inner(otherwise)))
        }
    }
}

/// Two numbers compared.
pub fn compared(comparison: Comparison, left: Number, right: Number) -> Formula {
    let mut facts = Vec::new();
    facts_in(&left, &mut facts, &mut false);
    facts_in(&right, &mut facts, &mut false);
    if facts.is_empty() {
        let no_view = |_: &[Mind], _: FactId| Value::Unknown;
        return truth(compare_values(comparison, evaluate(&left, &no_view), evaluate(&right, &no_view)));
    }
    let places = facts.len();
    facts.sort();
    facts.dedup();
    let solved = facts.len() == places && solvable(&left) && solvable(&right);
    Formula::Numbers { comparison, left: Rc::new(left), right: Rc::new(right), solved }
}
