//! What a want comes to: the conditions that it wants to hold, and the numbers that it wants to be more or less.
//!
//! A want is a number that its holder tries to raise. Whether it is met, and how it is said, follows from its goals
//! everywhere: `-1 if F` wants F not to be so.

use super::{Arithmetic, Expression, Quantifier, ValueKind, World, say};

/// One thing that a want wants.
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// That this holds.
    Holds(Expression),
    /// That this number is more.
    More(Expression),
    /// That this number is less.
    Less(Expression),
}

impl Goal {
    /// `that it is not hot`, `more of this: “Ann has … coins”`: what follows after `wants`.
    pub fn words(&self, world: &World) -> String {
        match self {
            Self::Holds(_) => format!("that {}", self.sentence(world)),
            Self::More(number) => format!("more of this: {}", amount(world, number)),
            Self::Less(number) => format!("less of this: {}", amount(world, number)),
        }
    }

    /// `it is not hot`; of a number its formula.
    pub fn sentence(&self, world: &World) -> String {
        match self {
            Self::Holds(Expression::Not(inner)) => say::negated(world, inner),
            Self::Holds(condition) => say::expression(world, condition),
            Self::More(number) | Self::Less(number) => say::formula(world, number),
        }
    }
}

/// `“Ann has … coins”`; of what is more than one fact its formula.
fn amount(world: &World, number: &Expression) -> String {
    match number {
        Expression::Fluent(fact) if !world.fluents[fact.fluent.index()].sentences.is_empty() => {
            format!("“{}”", say::open(world, fact))
        }
        other => say::formula(world, other),
    }
}

/// What a want that comes to `amount` wants.
pub fn goals(world: &World, amount: &Expression) -> Vec<Goal> {
    let mut found = Vec::new();
    collect(world, amount, true, &mut found);
    found
}

/// What makes `amount` more (or less, if it is not to be `higher`).
fn collect(world: &World, amount: &Expression, higher: bool, found: &mut Vec<Goal>) {
    match amount {
        Expression::Number(_) | Expression::Boolean(_) => {}
        Expression::Arithmetic(operator @ (Arithmetic::Add | Arithmetic::Subtract), left, right) => {
            collect(world, left, higher, found);
            collect(world, right, higher == (*operator == Arithmetic::Add), found);
        }
        Expression::Arithmetic(Arithmetic::Multiply, left, right) => match (&**left, &**right) {
            (Expression::Number(factor), other) | (other, Expression::Number(factor)) => {
                collect(world, other, higher == (*factor > 0.0), found);
            }
            _ => found.push(number(amount, higher)),
        },
        Expression::If(tests, otherwise) => found.extend(choice(amount, tests, otherwise, higher)),
        amount if is_number(world, amount) => found.push(number(amount, higher)),
        condition if higher => found.push(Goal::Holds(condition.clone())),
        condition => found.push(Goal::Holds(not(condition.clone()))),
    }
}

fn number(amount: &Expression, higher: bool) -> Goal {
    if higher { Goal::More(amount.clone()) } else { Goal::Less(amount.clone()) }
}

/// Of `A if F else …`: that it comes to the best of its numbers; nothing where they are all the same.
fn choice(
    amount: &Expression,
    tests: &[(Expression, Expression)],
    otherwise: &Expression,
    higher: bool,
) -> Option<Goal> {
    let value = |expression: &Expression| match expression {
        Expression::Number(number) => Some(if higher { *number } else { -number }),
        _ => None,
    };
    let values: Option<Vec<f64>> = tests.iter().map(|(_, amount)| amount).chain([otherwise]).map(value).collect();
    let Some(values) = values else { return Some(number(amount, higher)) };
    let best = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if values.iter().all(|&value| value == best) {
        return None;
    }
    let mut ways = Vec::new();
    let mut worse_before: Vec<Expression> = Vec::new();
    for (index, &value) in values.iter().enumerate() {
        let test = tests.get(index).map(|(test, _)| test.clone());
        if value == best {
            let mut parts: Vec<Expression> = test.into_iter().collect();
            parts.extend(worse_before.iter().cloned());
            ways.push(one_or(parts, Expression::And));
        } else if let Some(test) = test {
            worse_before.push(not(test));
        }
    }
    Some(Goal::Holds(one_or(ways, Expression::Or)))
}

fn one_or(mut parts: Vec<Expression>, joined: fn(Vec<Expression>) -> Expression) -> Expression {
    if parts.len() == 1 { parts.remove(0) } else { joined(parts) }
}

fn not(condition: Expression) -> Expression {
    match condition {
        Expression::Not(inner) => *inner,
        other => Expression::Not(Box::new(other)),
    }
}

/// Whether it comes to a number, and is not a condition.
pub(crate) fn is_number(world: &World, amount: &Expression) -> bool {
    match amount {
        Expression::Number(_) | Expression::Arithmetic(..) | Expression::Times { .. } | Expression::Time => true,
        Expression::Quantified(Quantifier::Sum | Quantifier::Count | Quantifier::Product, ..) => true,
        Expression::Believes(_, inner) => is_number(world, inner),
        Expression::Fluent(read) => world.fluents[read.fluent.index()].value == ValueKind::Number,
        Expression::If(_, otherwise) => is_number(world, otherwise),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::load_text;

    fn words(want: &str) -> Vec<String> {
        let text = format!(
            "kind person : character\nperson Ann\nfact hot \"it is hot\"\nfact wet \"it is wet\"\n\
             fact gold(who: person): number \"{{who}} has {{value}} coins\"\nwant Ann: {want}\n"
        );
        let world = load_text("goals.who", &text).world.expect("it loads");
        goals(&world, &world.utilities[0].value).iter().map(|goal| goal.words(&world)).collect()
    }

    #[test]
    fn a_negative_number_wants_the_opposite() {
        assert_eq!(words("1 if hot()"), ["that it is hot"]);
        assert_eq!(words("-1 if hot()"), ["that it is not hot"]);
        assert_eq!(words("0 if hot() else 2"), ["that it is not hot"]);
        assert_eq!(words("0 - (1 if hot())"), ["that it is not hot"]);
        assert_eq!(words("-2 * (1 if hot())"), ["that it is not hot"]);
        assert_eq!(words("not hot()"), ["that it is not hot"]);
        assert_eq!(words("-1 if not hot()"), ["that it is hot"]);
    }

    #[test]
    fn sums_want_each_of_their_parts() {
        assert_eq!(words("(1 if hot()) - (1 if wet()) + 3"), ["that it is hot", "that it is not wet"]);
        assert_eq!(words("gold(Ann) - (2 if wet())"), ["more of this: “Ann has … coins”", "that it is not wet"]);
        assert_eq!(words("-1 * gold(Ann)"), ["less of this: “Ann has … coins”"]);
    }

    #[test]
    fn of_several_cases_the_best_is_wanted() {
        assert_eq!(words("2 if hot() else 1 if wet()"), ["that it is hot"]);
        assert_eq!(words("1 if hot() else 2 if wet()"), ["that it is wet and it is not hot"]);
        assert!(words("1 if hot() else 1").is_empty());
        assert_eq!(words("gold(Ann) if hot()"), ["more of this: gold(Ann) if hot() else 0"]);
    }
}
