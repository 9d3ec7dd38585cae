//! The facts that the told story speaks of: in claims, thoughts, assumptions, and in what people tell each other.

use super::facts::{Derived, Subject};
use crate::ground::{Amount, GroundFluentId};
use crate::state::Situations;
use crate::world::{EventArgument, EventTerm, Expression, FluentTerm, Line, LineContent, Term, World};

/// So many derived facts are followed: each has to be evaluated anew in every mind.
const MOST_DERIVED: usize = 60;

/// Facts that somebody speaks of.
#[derive(Clone, Debug, Default)]
pub(super) struct Spoken {
    /// In the order of their first mention, with the number of lines that speak of them.
    pub subjects: Vec<(Subject, usize)>,
    /// The derived ones.
    pub derived: Vec<Derived>,
}

/// All facts that the told story speaks of.
pub(super) fn spoken(world: &World, situations: &mut Situations<'_>) -> Spoken {
    let mut spoken = Spoken::default();
    for line in world.telling.scenes.iter().flat_map(|scene| &scene.lines) {
        let mut mentioned = Vec::new();
        line_mentions(line, &mut mentioned);
        let mut here: Vec<Subject> = Vec::new();
        for expression in mentioned {
            let Some(subject) = spoken.subject(situations, expression) else { continue };
            if !here.contains(&subject) {
                here.push(subject);
            }
        }
        here.into_iter().for_each(|subject| spoken.count(subject));
    }
    spoken
}

impl Spoken {
    fn count(&mut self, subject: Subject) {
        match self.subjects.iter_mut().find(|(known, _)| *known == subject) {
            Some((_, lines)) => *lines += 1,
            None => self.subjects.push((subject, 1)),
        }
    }

    fn subject(&mut self, situations: &mut Situations<'_>, expression: &Expression) -> Option<Subject> {
        if let Some(fluent) = ground(situations, expression) {
            return Some(Subject::Fluent(fluent));
        }
        if let Some(position) = self.derived.iter().position(|known| known.expression == *expression) {
            return Some(Subject::Derived(position));
        }
        if self.derived.len() >= MOST_DERIVED || !matches!(expression, Expression::Fluent(_)) {
            return None;
        }
        let amount = situations.problem_mut().amount(expression).ok()?;
        self.derived.push(Derived { expression: expression.clone(), amount });
        Some(Subject::Derived(self.derived.len() - 1))
    }
}

/// The ground fact that `expression` reads, if it reads just one.
pub(super) fn ground(situations: &mut Situations<'_>, expression: &Expression) -> Option<GroundFluentId> {
    if let Expression::Fluent(fact) = expression {
        let arguments: Option<Vec<_>> = fact.arguments.iter().map(|&term| entity(term)).collect();
        return situations.problem().fluent(fact.fluent, &arguments?);
    }
    match situations.problem_mut().amount(expression).ok()? {
        Amount::Place(place) => Some(place.fluent),
        _ => None,
    }
}

fn entity(term: Term) -> Option<crate::world::EntityId> {
    match term {
        Term::Entity(entity) => Some(entity),
        Term::Variable(_) => None,
    }
}

fn line_mentions<'w>(line: &'w Line, found: &mut Vec<&'w Expression>) {
    match &line.content {
        LineContent::Event(told) => event_mentions(&told.event, found),
        LineContent::Conclusion { conclusion, premises, .. } => {
            premises.iter().chain([conclusion]).for_each(|part| mentions(&part.value, found));
        }
        LineContent::Claim(statement) | LineContent::Reveal(statement) | LineContent::Assumption { statement, .. } => {
            mentions(&statement.value, found);
        }
        LineContent::Drops { .. } | LineContent::Forgets { .. } | LineContent::LosesTime(_) => {}
    }
}

/// The statements that an event carries.
pub(super) fn event_mentions<'w>(event: &'w EventTerm, found: &mut Vec<&'w Expression>) {
    for argument in &event.arguments {
        if let EventArgument::Statement(statement) = argument {
            mentions(statement, found);
        }
    }
}

/// The facts without variables inside `expression`. Formulas are as deep as the parser lets them be.
fn mentions<'w>(expression: &'w Expression, found: &mut Vec<&'w Expression>) {
    match expression {
        Expression::Fluent(FluentTerm { arguments, .. }) => {
            if arguments.iter().all(|&term| entity(term).is_some()) {
                found.push(expression);
            }
        }
        Expression::Happened(event) | Expression::Times { event, .. } => {
            found.push(expression);
            event_mentions(event, found);
        }
        Expression::Not(inner)
        | Expression::Believes(_, inner)
        | Expression::Knows(_, inner)
        | Expression::KnowsWhether(_, inner)
        | Expression::Wonders(_, inner)
        | Expression::IsKind(inner, _) => mentions(inner, found),
        Expression::And(parts) | Expression::Or(parts) => parts.iter().for_each(|part| mentions(part, found)),
        Expression::Compare(_, left, right) | Expression::Arithmetic(_, left, right) => {
            mentions(left, found);
            mentions(right, found);
        }
        // Their facts have variables, or are of no single value.
        Expression::Quantified(..) | Expression::If(..) | Expression::Statement(_) => {}
        Expression::Boolean(_)
        | Expression::Number(_)
        | Expression::Entity(_)
        | Expression::Unknown
        | Expression::Time => {}
    }
}
