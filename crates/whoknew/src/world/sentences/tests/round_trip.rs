//! What is printed reads back as the same.

use proptest::prelude::*;

use super::small_world::{event, small_world, statement};
use crate::world::{
    ActionId, Comparison, EntityId, EventArgument, EventTerm, Expression, FluentId, FluentTerm, ParameterKind, Term,
    ValueKind, World, say,
};

/// Choices that decide what is built.
type Choices<'a> = &'a mut dyn Iterator<Item = u8>;

fn pick(choices: Choices<'_>, count: usize) -> usize {
    choices.next().map_or(0, usize::from) % count.max(1)
}

fn entity(world: &World, kind: &ParameterKind, choices: Choices<'_>) -> EntityId {
    let ParameterKind::Entity(kinds) = kind else { unreachable!("facts take entities only") };
    let all: Vec<EntityId> = world.entities_of(kinds).collect();
    all[pick(choices, all.len())]
}

fn literal(world: &World, choices: Choices<'_>) -> Expression {
    let id = pick(choices, world.fluents.len());
    let fluent = &world.fluents[id];
    let arguments = fluent.parameters.iter().map(|p| Term::Entity(entity(world, &p.kind, choices))).collect();
    let fact = Expression::Fluent(FluentTerm { fluent: FluentId::from_index(id), arguments });
    let unknown = pick(choices, 5) == 0;
    let value = match &fluent.value {
        _ if unknown => Expression::Unknown,
        ValueKind::Boolean if pick(choices, 2) == 0 => return fact,
        ValueKind::Boolean => return Expression::Not(Box::new(fact)),
        ValueKind::Number => Expression::Number(pick(choices, 200) as f64 - 100.0),
        ValueKind::Entity(kinds) => {
            Expression::Entity(Term::Entity(entity(world, &ParameterKind::Entity(kinds.clone()), choices)))
        }
    };
    let comparison = if pick(choices, 2) == 0 { Comparison::Equal } else { Comparison::NotEqual };
    Expression::Compare(comparison, Box::new(fact), Box::new(value))
}

fn question(statement: Expression) -> Expression {
    match statement {
        Expression::Not(inner) => question(*inner),
        Expression::Compare(_, left, _) => *left,
        other => other,
    }
}

fn any_statement(world: &World, depth: usize, choices: Choices<'_>) -> Expression {
    if depth == 0 {
        return literal(world, choices);
    }
    let holder = Term::Entity(EntityId::from_index(pick(choices, 3)));
    let positive = match pick(choices, 6) {
        0 => return literal(world, choices),
        1 => Expression::Knows(holder, Box::new(any_statement(world, depth - 1, choices))),
        2 => Expression::KnowsWhether(holder, Box::new(question(literal(world, choices)))),
        3 => Expression::Wonders(holder, Box::new(question(literal(world, choices)))),
        4 => Expression::Happened(any_event(world, depth - 1, choices)),
        _ => Expression::Believes(holder, Box::new(any_statement(world, depth - 1, choices))),
    };
    if pick(choices, 3) == 0 { Expression::Not(Box::new(positive)) } else { positive }
}

fn any_event(world: &World, depth: usize, choices: Choices<'_>) -> EventTerm {
    let id = pick(choices, world.actions.len());
    let arguments = world.actions[id].parameters.iter().map(|parameter| match &parameter.kind {
        ParameterKind::Statement => EventArgument::Statement(Box::new(any_statement(world, depth, choices))),
        ParameterKind::Number => EventArgument::Number(pick(choices, 200) as f64 - 100.0),
        _ if pick(choices, 6) == 0 => EventArgument::Anyone,
        kind => EventArgument::Term(Term::Entity(entity(world, kind, choices))),
    });
    EventTerm { action: ActionId::from_index(id), arguments: arguments.collect() }
}

proptest! {
    #[test]
    fn statements(choices in proptest::collection::vec(any::<u8>(), 60)) {
        let world = small_world();
        let meant = any_statement(&world, 3, &mut choices.into_iter());
        let said = say::statement(&world, &meant);
        let read = statement(&world, &said).map_err(|error| TestCaseError::fail(format!("{said}: {}", error.title)))?;
        prop_assert_eq!(&read, &meant, "{}", said);
        prop_assert_eq!(statement(&world, &say::capitalised(&said)).ok(), Some(meant));
    }

    #[test]
    fn events(choices in proptest::collection::vec(any::<u8>(), 60)) {
        let world = small_world();
        let meant = any_event(&world, 2, &mut choices.into_iter());
        let said = say::event(&world, &meant);
        let read = event(&world, &said).map_err(|error| TestCaseError::fail(format!("{said}: {}", error.title)))?;
        prop_assert_eq!(&read, &meant, "{}", said);
    }

    #[test]
    fn opposites(choices in proptest::collection::vec(any::<u8>(), 60)) {
        let world = small_world();
        let meant = any_statement(&world, 2, &mut choices.into_iter());
        let said = say::negated(&world, &meant);
        let read = statement(&world, &said).map_err(|error| TestCaseError::fail(format!("{said}: {}", error.title)))?;
        prop_assert_eq!(say::negated(&world, &read), say::statement(&world, &meant));
    }

    #[test]
    fn any_words_end(words in proptest::collection::vec("(Sally|Anne|the|box|red|and|,|believes|that|is|in|not|it|knows|whether|puts|[a-z]{1,4})", 0..30)) {
        let world = small_world();
        let line = words.join(" ");
        let _ = (statement(&world, &line), event(&world, &line));
    }
}
