//! H19: somebody tells what is so, and has no way of knowing it.
//!
//! A lie says what is not so, and needs no knowledge. Whoever says what is so, and does not believe it, either lies and
//! happens to be right, or, far more often, was never told. What is in their own mind they know.

use super::case::{Case, fewest};
use super::report::{Anchor, Findings};
use super::source;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::{EventId, believed_by};
use crate::state::StateError;
use crate::telling::replay::{Incident, IncidentKind, MomentId, What};
use crate::world::{Action, ActionId, Effect, EntityId, EventArgument, Expression, Term, World};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H19",
    name: "told without knowing",
    severity: Severity::Warning,
    summary: "somebody tells what is so, does not believe it, and has no way of knowing it",
};

/// Reports what is told so, but for lines in which something worse is found.
pub(super) fn report(case: &mut Case<'_, '_>, findings: &mut Findings) -> Result<(), StateError> {
    let replay = case.replay;
    for (index, moment) in replay.moments.iter().enumerate() {
        let (What::Event(event), Some(line)) = (moment.what, moment.line) else { continue };
        let is_reported = |incident: &Incident| (incident.scene, incident.line) == (moment.scene, moment.line);
        if replay.incidents.iter().any(is_reported) {
            continue;
        }
        for statement in asserted(case, event) {
            for teller in case.situations.problem().actors(event).to_vec() {
                if let Some(incident) = by_chance(case, MomentId::from_index(index), teller, &statement)? {
                    let diagnostic = diagnostic(case, &incident, teller, &statement)?;
                    findings.add(Anchor::Line(moment.scene, line), diagnostic);
                }
            }
        }
    }
    Ok(())
}

/// The statements that others come to believe by this event, or by another that needs this one, as a letter is read that
/// was written.
pub(crate) fn asserted(case: &Case<'_, '_>, event: EventId) -> Vec<Expression> {
    let term = case.situations.problem().event_term(event);
    let action = &case.world.actions[term.action.index()];
    let statements = term.arguments.iter().enumerate().filter_map(|(index, argument)| match argument {
        EventArgument::Statement(statement)
            if is_asserted(action, index) || is_passed_on(case.world, term.action, index) =>
        {
            Some((**statement).clone())
        }
        _ => None,
    });
    statements.collect()
}

/// Whether somebody comes to believe the statement that this parameter is.
fn is_asserted(action: &Action, parameter: usize) -> bool {
    fn makes(effect: &Effect, parameter: usize, believed: bool) -> bool {
        match effect {
            Effect::Believes(_, inner) => makes(inner, parameter, true),
            Effect::Statement(variable) => believed && variable.index() == parameter,
            Effect::If(_, inner) | Effect::ForAll(_, inner) => makes(inner, parameter, believed),
            Effect::All(parts) => parts.iter().any(|part| makes(part, parameter, believed)),
            Effect::Assign(..) | Effect::Stated(_) => false,
        }
    }
    makes(&action.effect, parameter, false)
}

/// Whether another action needs that this one happened with the statement that this parameter is, and makes it believed.
fn is_passed_on(world: &World, action: ActionId, parameter: usize) -> bool {
    let passes_on = |other: &Action| {
        other.preconditions.iter().any(|need| {
            let mut found = false;
            need.condition.value.for_each(&mut |part| {
                let Expression::Happened(event) = part else { return };
                let said = event.arguments.get(parameter).filter(|_| event.action == action);
                let Some(EventArgument::StatementVariable(said)) = said else { return };
                found |= is_asserted(other, said.index());
            });
            found
        })
    };
    world.actions.iter().any(passes_on)
}

/// Whether the statement says what the teller believes, knows or wonders: everybody has a way of knowing that.
fn is_of_own_mind(teller: EntityId, statement: &Expression) -> bool {
    match statement {
        Expression::Not(inner) => is_of_own_mind(teller, inner),
        Expression::Believes(Term::Entity(who), _)
        | Expression::Knows(Term::Entity(who), _)
        | Expression::KnowsWhether(Term::Entity(who), _)
        | Expression::Wonders(Term::Entity(who), _) => *who == teller,
        _ => false,
    }
}

/// As an incident, if the statement is so, and the teller does not believe it.
fn by_chance(
    case: &mut Case<'_, '_>,
    moment: MomentId,
    teller: EntityId,
    statement: &Expression,
) -> Result<Option<Incident>, StateError> {
    if is_of_own_mind(teller, statement) {
        return Ok(None);
    }
    let told = case.moment(moment).clone();
    let problem = case.situations.problem_mut();
    let (Ok(so), Ok(believed)) =
        (problem.condition(statement), problem.condition(&believed_by(&[teller], statement.clone())))
    else {
        return Ok(None);
    };
    if !case.situations.holds(told.before, &so)? || case.situations.holds(told.before, &believed)? {
        return Ok(None);
    }
    let failing = fewest(case.situations.unmet(told.before, &believed)?);
    let kind = IncidentKind::UnknownClaim { character: teller, failing, others: Vec::new() };
    let (scene, line, state) = (told.scene, told.line, told.before);
    Ok(Some(Incident { scene, line, moment, state, kind, repaired: Vec::new() }))
}

fn diagnostic(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    teller: EntityId,
    statement: &Expression,
) -> Result<Diagnostic, StateError> {
    let name = case.name(teller);
    let title = format!("{name} tells what is so, and has no way of knowing it");
    let lacks = source::lacking(teller, statement.clone());
    let span = case.span(incident.scene, incident.line);
    let mut diagnostic = Diagnostic::new(&CODE, title, Some(span)).at(case.say(&lacks));
    let IncidentKind::UnknownClaim { failing, .. } = &incident.kind else { return Ok(diagnostic) };
    let sayings = source::sayings(case, incident, statement);
    for part in failing.iter().take(source::MOST_PARTS) {
        diagnostic = source::sources(case, incident, (teller, &sayings), part, diagnostic)?;
    }
    diagnostic = source::said(case, incident, teller, &sayings, diagnostic)?;
    Ok(diagnostic.help(format!(
        "if {name} lies, or guesses, and happens to be right: put `allow H19 \"reason\"` below the line"
    )))
}
