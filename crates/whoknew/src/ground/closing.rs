//! Closing: replacing the variables of a formula or event by what they are bound to.

use super::{GroundError, errors};
use crate::world::{EntityId, EventArgument, EventTerm, Expression, FluentTerm, Term, VariableId};
use std::sync::Arc;

/// What a variable is bound to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Bound {
    /// An entity.
    Entity(EntityId),
    /// A number.
    Number(f64),
    /// A statement without variables.
    Statement(Arc<Expression>),
}

/// The variables of one declaration with what they are bound to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bindings {
    bound: Vec<Option<Bound>>,
}

impl Bindings {
    /// The parameters of an action bound to the arguments of an event; `Anyone` is `someone`.
    pub(crate) fn of_event(event: &EventTerm, someone: EntityId) -> Self {
        let bind = |argument: &EventArgument| match argument {
            EventArgument::Term(Term::Entity(entity)) => Some(Bound::Entity(*entity)),
            EventArgument::Anyone => Some(Bound::Entity(someone)),
            EventArgument::Statement(statement) => Some(Bound::Statement(Arc::new((**statement).clone()))),
            EventArgument::Number(number) => Some(Bound::Number(*number)),
            EventArgument::Term(Term::Variable(_)) | EventArgument::StatementVariable(_) => None,
        };
        Self { bound: event.arguments.iter().map(bind).collect() }
    }

    pub(crate) fn of_entities(entities: &[EntityId]) -> Self {
        Self { bound: entities.iter().map(|&entity| Some(Bound::Entity(entity))).collect() }
    }

    pub(crate) fn get(&self, variable: VariableId) -> Option<&Bound> {
        self.bound.get(variable.index()).and_then(Option::as_ref)
    }

    /// Binds `variable` and returns what it was bound to before.
    pub(crate) fn bind(&mut self, variable: VariableId, bound: Option<Bound>) -> Option<Bound> {
        if self.bound.len() <= variable.index() {
            self.bound.resize(variable.index() + 1, None);
        }
        std::mem::replace(&mut self.bound[variable.index()], bound)
    }

    pub(crate) fn entity(&self, term: Term) -> Result<EntityId, GroundError> {
        match term {
            Term::Entity(entity) => Ok(entity),
            Term::Variable(variable) => match self.get(variable) {
                Some(Bound::Entity(entity)) => Ok(*entity),
                _ => Err(unbound()),
            },
        }
    }

    pub(crate) fn statement(&self, variable: VariableId) -> Result<Arc<Expression>, GroundError> {
        match self.get(variable) {
            Some(Bound::Statement(statement)) => Ok(Arc::clone(statement)),
            _ => Err(unbound()),
        }
    }
}

pub(crate) fn unbound() -> GroundError {
    GroundError::new(&errors::MISPLACED, "a variable is used where nothing gives it a value")
}

/// `event` with its variables replaced.
pub(crate) fn close_event(event: &EventTerm, bindings: &Bindings) -> Result<EventTerm, GroundError> {
    let close = |argument: &EventArgument| {
        Ok(match argument {
            EventArgument::Term(Term::Variable(variable)) => match bindings.get(*variable) {
                Some(Bound::Entity(entity)) => EventArgument::Term(Term::Entity(*entity)),
                Some(Bound::Number(number)) => EventArgument::Number(*number),
                Some(Bound::Statement(statement)) => EventArgument::Statement(Box::new((**statement).clone())),
                None => return Err(unbound()),
            },
            EventArgument::StatementVariable(variable) => {
                EventArgument::Statement(Box::new((*bindings.statement(*variable)?).clone()))
            }
            EventArgument::Statement(statement) => EventArgument::Statement(Box::new(close(statement, bindings)?)),
            EventArgument::Term(Term::Entity(_)) | EventArgument::Anyone | EventArgument::Number(_) => argument.clone(),
        })
    };
    let arguments = event.arguments.iter().map(close).collect::<Result<_, _>>()?;
    Ok(EventTerm { action: event.action, arguments })
}

/// `expression` with its free variables replaced; those bound inside it stay.
pub(crate) fn close(expression: &Expression, bindings: &Bindings) -> Result<Expression, GroundError> {
    let boxed = |inner: &Expression| close(inner, bindings).map(Box::new);
    let term = |term: Term| close_term(term, bindings);
    Ok(match expression {
        Expression::Boolean(_) | Expression::Number(_) | Expression::Unknown | Expression::Time => expression.clone(),
        Expression::Entity(Term::Variable(variable)) => match bindings.get(*variable) {
            Some(Bound::Number(number)) => Expression::Number(*number),
            Some(Bound::Statement(statement)) => (**statement).clone(),
            _ => Expression::Entity(term(Term::Variable(*variable))),
        },
        Expression::Entity(_) => expression.clone(),
        Expression::Fluent(read) => Expression::Fluent(FluentTerm {
            fluent: read.fluent,
            arguments: read.arguments.iter().map(|&argument| term(argument)).collect(),
        }),
        Expression::Happened(event) => Expression::Happened(close_event(event, bindings)?),
        Expression::Times { event, since, until } => {
            Expression::Times { event: close_event(event, bindings)?, since: *since, until: *until }
        }
        Expression::Not(inner) => Expression::Not(boxed(inner)?),
        Expression::And(parts) => Expression::And(close_all(parts, bindings)?),
        Expression::Or(parts) => Expression::Or(close_all(parts, bindings)?),
        Expression::Compare(comparison, left, right) => Expression::Compare(*comparison, boxed(left)?, boxed(right)?),
        Expression::Arithmetic(operation, left, right) => {
            Expression::Arithmetic(*operation, boxed(left)?, boxed(right)?)
        }
        Expression::Believes(who, inner) => Expression::Believes(term(*who), boxed(inner)?),
        Expression::Knows(who, inner) => Expression::Knows(term(*who), boxed(inner)?),
        Expression::KnowsWhether(who, inner) => Expression::KnowsWhether(term(*who), boxed(inner)?),
        Expression::Wonders(who, inner) => Expression::Wonders(term(*who), boxed(inner)?),
        Expression::Quantified(quantifier, binding, body) => {
            let mut inside = bindings.clone();
            inside.bind(binding.variable, None);
            Expression::Quantified(*quantifier, binding.clone(), Box::new(close(body, &inside)?))
        }
        Expression::If(branches, otherwise) => {
            let branches = branches.iter().map(|(value, test)| Ok((close(value, bindings)?, close(test, bindings)?)));
            Expression::If(branches.collect::<Result<_, GroundError>>()?, boxed(otherwise)?)
        }
        Expression::IsKind(inner, kind) => Expression::IsKind(boxed(inner)?, *kind),
        Expression::Statement(variable) => match bindings.get(*variable) {
            Some(Bound::Statement(statement)) => (**statement).clone(),
            _ => expression.clone(),
        },
    })
}

fn close_all(parts: &[Expression], bindings: &Bindings) -> Result<Vec<Expression>, GroundError> {
    parts.iter().map(|part| close(part, bindings)).collect()
}

fn close_term(term: Term, bindings: &Bindings) -> Term {
    match term {
        Term::Variable(variable) => match bindings.get(variable) {
            Some(Bound::Entity(entity)) => Term::Entity(*entity),
            _ => term,
        },
        Term::Entity(_) => term,
    }
}
