//! What is printed reads back as the same.

use proptest::prelude::*;

use super::small_world::{event, small_world, statement};
use crate::diagnostic::Diagnostic;
use crate::world::everybody::{self, Crowd};
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
    let positive = match pick(choices, 7) {
        0 => return literal(world, choices),
        6 => {
            let named = vec![Term::Entity(EntityId::from_index(pick(choices, 3)))];
            let crowds = [Crowd::Everyone, Crowd::NotEveryone, Crowd::Nobody, Crowd::Somebody];
            let more = [Crowd::Only(named.clone()), Crowd::AllBut(named)];
            let crowd = crowds.into_iter().chain(more).nth(pick(choices, 6)).unwrap_or(Crowd::Nobody);
            let held = Expression::Knows(holder, Box::new(any_statement(world, depth - 1, choices)));
            return everybody::held_by_crowd(world, &crowd, &held).unwrap();
        }
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
    fn any_words_are_read_or_refused(words in proptest::collection::vec(proptest::sample::select(WORDS), 1..30)) {
        is_read_or_refused(&words.join(" "))?;
    }

    #[test]
    fn sentences_with_a_slip_are_read_or_refused(
        choices in proptest::collection::vec(any::<u8>(), 60),
        at in any::<proptest::sample::Index>(),
        slip in 0..5_usize,
        word in proptest::sample::select(WORDS),
    ) {
        let world = small_world();
        let choices = &mut choices.into_iter();
        let is_event = pick(choices, 2) == 0;
        let said = match is_event {
            true => say::event(&world, &any_event(&world, 1, choices)),
            false => say::statement(&world, &any_statement(&world, 2, choices)),
        };
        let mut words: Vec<&str> = said.split(' ').collect();
        let at = at.index(words.len());
        match slip {
            0 => words[at] = word,
            1 => words.insert(at, word),
            2 => words.insert(at, words[at]),
            3 => drop(words.remove(at)),
            _ => words.swap(at, 0),
        }
        is_read_or_refused(&words.join(" "))?;
    }
}

/// Words and parts of sentences of the small world, and strangers.
const WORDS: &[&str] = &[
    "Sally",
    "Anne",
    "the teacher",
    "the",
    "box",
    "the red box",
    "marble",
    "the nursery",
    "garden",
    "Miles's flat",
    "red",
    "someone",
    "and",
    ",",
    "believes",
    "thinks",
    "does not believe",
    "that",
    "is",
    "is in",
    "are in",
    "is not",
    "isn't",
    "in",
    "not",
    "it",
    "it is not so that",
    "it happened that",
    "it never happened that",
    "it is unknown whether",
    "knows",
    "knows whether",
    "wonders whether",
    "puts",
    "put",
    "tells",
    "has the",
    "is alive",
    "is dead",
    "feels",
    "five",
    "-3",
    "units of fear",
    "coins",
    "an unknown container",
    "nobody",
    "no container",
    "nothing",
    "this or that container",
    "'s",
    "x",
    "zebra",
    "花",
];

/// What is read says the same when it is printed and read again; what is not read has a message with a place.
fn is_read_or_refused(line: &str) -> Result<(), TestCaseError> {
    let world = small_world();
    match statement(&world, line) {
        Ok(read) => {
            let said = say::statement(&world, &read);
            prop_assert_eq!(statement(&world, &said).ok(), Some(read), "{} is printed as {}", line, said);
        }
        Err(error) => is_message(line, &error)?,
    }
    match event(&world, line) {
        Ok(read) => {
            let said = say::event(&world, &read);
            prop_assert_eq!(event(&world, &said).ok(), Some(read), "{} is printed as {}", line, said);
        }
        Err(error) => is_message(line, &error)?,
    }
    Ok(())
}

/// A message says something, at a place that lies in the line.
fn is_message(line: &str, error: &Diagnostic) -> Result<(), TestCaseError> {
    prop_assert!(!error.title.trim().is_empty(), "{line}");
    let Some(primary) = &error.primary else {
        return Err(TestCaseError::fail(format!("{line}: {} has no place", error.title)));
    };
    let covered = line.get(primary.span.range());
    let is_empty = covered.is_none_or(|text| text.trim().is_empty());
    prop_assert!(
        covered.is_some() && (!is_empty || line.trim().is_empty()),
        "{}: {} at {:?}",
        line,
        error.title,
        covered
    );
    Ok(())
}
