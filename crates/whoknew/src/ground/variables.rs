//! Which variables a formula or event mentions.

use crate::world::{EventArgument, EventTerm, Expression, Observer, Term, VariableId};

/// Whether `variable` occurs in `event`.
pub(crate) fn event_mentions(event: &EventTerm, variable: VariableId) -> bool {
    let mut found = false;
    in_event(event, &mut |mentioned| found |= mentioned == variable);
    found
}

/// Whether `variable` occurs in a `seen by` line's condition or observer.
pub(crate) fn line_mentions(observer: &Observer, condition: &Expression, variable: VariableId) -> bool {
    let mut found = matches!(observer, Observer::One(Term::Variable(observer)) if *observer == variable);
    in_expression(condition, &mut |mentioned| found |= mentioned == variable);
    found
}

fn in_term(term: Term, visit: &mut impl FnMut(VariableId)) {
    if let Term::Variable(variable) = term {
        visit(variable);
    }
}

fn in_event(event: &EventTerm, visit: &mut dyn FnMut(VariableId)) {
    for argument in &event.arguments {
        match argument {
            EventArgument::Term(Term::Variable(variable)) | EventArgument::StatementVariable(variable) => {
                visit(*variable);
            }
            EventArgument::Statement(statement) => in_expression(statement, visit),
            EventArgument::Term(Term::Entity(_)) | EventArgument::Anyone | EventArgument::Number(_) => {}
        }
    }
}

/// Calls `visit` on every variable in `expression`, those that it binds itself included.
pub(crate) fn in_expression(expression: &Expression, mut visit: &mut dyn FnMut(VariableId)) {
    match expression {
        Expression::Boolean(_) | Expression::Number(_) | Expression::Unknown | Expression::Time => {}
        Expression::Entity(term) => in_term(*term, &mut visit),
        Expression::Fluent(read) => read.arguments.iter().for_each(|&term| in_term(term, &mut visit)),
        Expression::Happened(event) | Expression::Times { event, .. } => in_event(event, visit),
        Expression::Not(inner) | Expression::IsKind(inner, _) | Expression::Quantified(_, _, inner) => {
            in_expression(inner, visit);
        }
        Expression::And(parts) | Expression::Or(parts) => {
            parts.iter().for_each(|part| in_expression(part, visit));
        }
        Expression::Compare(_, left, right) | Expression::Arithmetic(_, left, right) => {
            in_expression(left, visit);
            in_expression(right, visit);
        }
        Expression::Believes(who, inner)
        | Expression::Knows(who, inner)
        | Expression::KnowsWhether(who, inner)
        | Expression::Wonders(who, inner) => {
            in_term(*who, &mut visit);
            in_expression(inner, visit);
        }
        Expression::If(branches, otherwise) => {
            for (test, value) in branches {
                in_expression(test, visit);
                in_expression(value, visit);
            }
            in_expression(otherwise, visit);
        }
        Expression::Statement(variable) => visit(*variable),
    }
}
