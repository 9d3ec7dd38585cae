//! Formulas with an `if` among conditions, taken apart into their cases.

use super::overloads::{Lowered, Trouble};
use super::{TOO_LARGE, failure};
use crate::source::Span;
use crate::world::{Comparison, Expression};

/// The most cases that one comparison or assignment with `if` inside may have.
const MAX_CASES: usize = 256;

/// The most parts that one formula may have after its cases are written out.
const MAX_PARTS: usize = 20_000;

/// The opposite of a condition.
pub(super) fn negated(condition: Expression) -> Expression {
    match condition {
        Expression::Boolean(value) => Expression::Boolean(!value),
        Expression::Not(inner) => *inner,
        other => Expression::Not(Box::new(other)),
    }
}

/// Each branch of an `if` with all that must be so for it: its test, and that those before it fail.
pub(super) fn if_cases<T>(branches: Vec<(Expression, T)>, otherwise: T) -> Vec<(Vec<Expression>, T)> {
    let mut failed = Vec::new();
    let mut cases = Vec::new();
    for (test, branch) in branches {
        let mut tests: Vec<Expression> = failed.clone();
        tests.push(test.clone());
        cases.push((tests, branch));
        failed.push(negated(test));
    }
    cases.push((failed, otherwise));
    cases
}

/// The values that an expression may have, each with its conditions: `if` is lifted out of arithmetic and beliefs.
pub(super) fn cases(expression: Expression, span: Span) -> Lowered<Vec<(Vec<Expression>, Expression)>> {
    let found = match expression {
        Expression::If(branches, otherwise) => {
            check_size(branches.iter().map(|(test, _)| test), branches.len(), span)?;
            let mut found = Vec::new();
            for (tests, branch) in if_cases(branches, *otherwise) {
                for (inner_tests, value) in cases(branch, span)? {
                    found.push((tests.iter().cloned().chain(inner_tests).collect(), value));
                }
            }
            found
        }
        Expression::Arithmetic(operator, left, right) => {
            let build = |left, right| Expression::Arithmetic(operator, Box::new(left), Box::new(right));
            pairs(*left, *right, &build, span)?
        }
        Expression::Believes(believer, inner) => {
            let wrap = |inner| Expression::Believes(believer, Box::new(inner));
            let inner = cases(*inner, span)?;
            inner.into_iter().map(|(tests, value)| (tests.into_iter().map(wrap).collect(), wrap(value))).collect()
        }
        other => vec![(Vec::new(), other)],
    };
    if found.len() > MAX_CASES {
        return Err(too_many_cases(span));
    }
    Ok(found)
}

type Cases = Vec<(Vec<Expression>, Expression)>;

fn pairs(
    left: Expression,
    right: Expression,
    build: &dyn Fn(Expression, Expression) -> Expression,
    span: Span,
) -> Lowered<Cases> {
    let (left, right) = (cases(left, span)?, cases(right, span)?);
    if left.len() * right.len() > MAX_CASES {
        return Err(too_many_cases(span));
    }
    let mut found = Vec::new();
    for (left_tests, left) in left {
        for (right_tests, right) in &right {
            let tests = left_tests.iter().chain(right_tests).cloned().collect();
            found.push((tests, build(left.clone(), right.clone())));
        }
    }
    Ok(found)
}

pub(super) fn compare_cases(
    comparison: Comparison,
    left: Expression,
    right: Expression,
    span: Span,
) -> Lowered<Expression> {
    let build = |left, right| Expression::Compare(comparison, Box::new(left), Box::new(right));
    let mut found = pairs(left, right, &build, span)?;
    if found.len() == 1
        && let Some((tests, compared)) = found.pop()
        && tests.is_empty()
    {
        return Ok(compared);
    }
    let clause = |(mut tests, compared): (Vec<Expression>, Expression)| {
        tests.push(compared);
        Expression::And(tests)
    };
    Ok(Expression::Or(found.into_iter().map(clause).collect()))
}

pub(super) fn compare_conditions(comparison: Comparison, left: Expression, right: Expression) -> Expression {
    let equal = comparison == Comparison::Equal;
    match (left, right) {
        (Expression::Boolean(value), other) | (other, Expression::Boolean(value)) => {
            if value == equal {
                other
            } else {
                negated(other)
            }
        }
        (Expression::Unknown, fluent @ Expression::Fluent(_))
        | (fluent @ Expression::Fluent(_), Expression::Unknown) => {
            Expression::Compare(comparison, Box::new(fluent), Box::new(Expression::Unknown))
        }
        (Expression::Unknown, _) | (_, Expression::Unknown) => Expression::Boolean(!equal),
        (left, right) => {
            let same = if equal { right.clone() } else { negated(right.clone()) };
            let opposite = if equal { negated(right) } else { right };
            Expression::Or(vec![
                Expression::And(vec![left.clone(), same]),
                Expression::And(vec![negated(left), opposite]),
            ])
        }
    }
}

fn too_many_cases(span: Span) -> Trouble {
    failure(&TOO_LARGE, "the branches in this expression have too many combinations", span).into()
}

/// Refuses formulas that, taken `times` times, have too many parts.
pub(super) fn check_size<'e>(formulas: impl Iterator<Item = &'e Expression>, times: usize, span: Span) -> Lowered<()> {
    let mut left = MAX_PARTS / times.max(1);
    let mut open: Vec<&Expression> = formulas.collect();
    while let Some(next) = open.pop() {
        if left == 0 {
            return Err(too_many_cases(span));
        }
        left -= 1;
        match next {
            Expression::Not(inner)
            | Expression::Believes(_, inner)
            | Expression::Quantified(_, _, inner)
            | Expression::IsKind(inner, _) => open.push(inner),
            Expression::And(parts) | Expression::Or(parts) => open.extend(parts),
            Expression::Compare(_, left, right) | Expression::Arithmetic(_, left, right) => {
                open.extend([&**left, &**right]);
            }
            Expression::If(branches, otherwise) => {
                open.push(otherwise);
                open.extend(branches.iter().flat_map(|(test, branch)| [test, branch]));
            }
            _ => {}
        }
    }
    Ok(())
}
