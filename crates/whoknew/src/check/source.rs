//! H02: somebody uses knowledge that they have from nowhere.
//!
//! A need of their act, or a premise of what they conclude, is so, but not in what they believe: it is unknown to them, or
//! they still hold the older value. Likewise somebody is claimed to know what is so and what they do not believe. The
//! message names where it happened or was said, who noticed, and where the character was then.

use super::case::Case;
use super::words;
use crate::causes;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::{EventId, Value};
use crate::state::{FailedPart, StateError};
use crate::telling::replay::{Incident, MomentId};
use crate::world::{EntityId, Expression, LineContent, Term};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H02",
    name: "knowledge without a source",
    severity: Severity::Error,
    summary: "somebody acts on, concludes from or is said to know what is so, but nothing told them",
};

/// So many failing parts are explained.
const MOST_PARTS: usize = 3;
/// So many occasions on which it was said are named.
const MOST_SAYINGS: usize = 3;

/// The message for an act.
pub(super) fn of_act(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    (event, actor): (EventId, EntityId),
    failing: &[FailedPart],
) -> Result<Diagnostic, StateError> {
    let name = case.name(actor);
    let title = format!("{name} acts on something that {name} has no way of knowing");
    let span = case.span(incident.scene, incident.line);
    let failing = &failing[..failing.len().min(MOST_PARTS)];
    let lacks = |part: &FailedPart| case.say(&lacking(actor, case.needed_inside(part)));
    let parts: Vec<String> = failing.iter().map(lacks).collect();
    let told = case.event(event);
    let mut diagnostic = Diagnostic::new(&CODE, title, Some(span)).at(match parts.as_slice() {
        [] => format!("{name} believes that this can never be: {told}"),
        parts => format!("this needs more than {name} believes: {}", words::list(parts)),
    });
    for part in failing {
        diagnostic = sources(case, incident, actor, part, diagnostic)?;
    }
    if let Some(part) = failing.first() {
        let statement = case.needed_inside(part);
        diagnostic = said(case, incident, actor, &statement, diagnostic)?;
    }
    Ok(diagnostic)
}

fn lacking(who: EntityId, statement: Expression) -> Expression {
    Expression::Not(Box::new(Expression::Believes(Term::Entity(who), Box::new(statement))))
}

/// The message for a premise, or for a claim that somebody knows something. The chains of `failing` begin with them.
pub(super) fn of_thought(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    character: EntityId,
    (premise, failing): (Option<usize>, &[FailedPart]),
) -> Result<Diagnostic, StateError> {
    let name = case.name(character);
    let title = match premise {
        Some(_) => format!("{name} concludes from something that {name} has no way of knowing"),
        None => format!("{name} is said to know something that {name} has no way of knowing"),
    };
    let line = &case.telling.scenes[incident.scene.index()].lines[incident.line.unwrap_or(0)];
    let (span, statement) = match (&line.content, premise) {
        (LineContent::Conclusion { premises, .. }, Some(premise)) => {
            (premises[premise].span, premises[premise].value.clone())
        }
        (LineContent::Claim(claim), _) => match &claim.value {
            Expression::Knows(_, inner) => (claim.span, (**inner).clone()),
            other => (claim.span, other.clone()),
        },
        _ => (line.span, Expression::Boolean(true)),
    };
    let lacks = case.say(&lacking(character, statement.clone()));
    let mut diagnostic = Diagnostic::new(&CODE, title, Some(span)).at(lacks);
    for part in failing.iter().take(MOST_PARTS) {
        diagnostic = sources(case, incident, character, part, diagnostic)?;
    }
    diagnostic = said(case, incident, character, &statement, diagnostic)?;
    if let Some(repaired) = case.repaired(incident) {
        diagnostic = diagnostic.note(repaired);
    }
    Ok(diagnostic)
}

/// Where it came to be so, who noticed, and what the character believes instead and since when.
fn sources(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    character: EntityId,
    part: &FailedPart,
    mut diagnostic: Diagnostic,
) -> Result<Diagnostic, StateError> {
    let (believed, value) = (part.place, part.actual);
    let real = case.outside(believed);
    if let Some(moment) = case.origin(real, incident.moment)?.moment() {
        let noticed = noticed_by(case, moment, character)?;
        diagnostic = diagnostic.label(case.moment_span(moment), format!("it happened here; {noticed}"));
        diagnostic = absence(case, moment, character, diagnostic)?;
    }
    if !value.is_unknown() {
        let older = case.say_fact(believed, value);
        match case.origin(believed, incident.moment)?.moment() {
            Some(moment) => diagnostic = diagnostic.label(case.moment_span(moment), format!("since here {older}")),
            None => diagnostic = diagnostic.note(format!("{older}, as from the start")),
        }
    }
    Ok(diagnostic)
}

fn noticed_by(case: &mut Case<'_, '_>, moment: MomentId, besides: EntityId) -> Result<String, StateError> {
    let told = case.moment(moment).clone();
    let mut noticed = causes::noticers(case.situations, &told)?;
    noticed.retain(|&who| who != besides);
    Ok(match noticed.as_slice() {
        [] => "nobody noticed".to_owned(),
        noticed => format!("{} noticed", words::names(case.world, noticed)),
    })
}

/// Where the character was, if elsewhere: a label at their leaving.
fn absence(
    case: &mut Case<'_, '_>,
    moment: MomentId,
    character: EntityId,
    diagnostic: Diagnostic,
) -> Result<Diagnostic, StateError> {
    let Some(place) = case.places.of(case.situations.problem(), character) else { return Ok(diagnostic) };
    let told = case.moment(moment).clone();
    let scene_place = case.telling.scenes[told.scene.index()].place.as_ref().map(|place| Value::entity(place.value));
    let where_then = case.value(told.before, place)?;
    if Some(where_then) == scene_place {
        return Ok(diagnostic);
    }
    let name = case.name(character);
    Ok(match case.origin(place, moment)?.moment() {
        Some(left) if where_then.is_unknown() => {
            diagnostic.label(case.moment_span(left), format!("{name} had left here"))
        }
        Some(left) => {
            let there = case.say_fact(place, where_then);
            diagnostic.label(case.moment_span(left), format!("since here {there}"))
        }
        None => diagnostic,
    })
}

/// The occasions on which it was said before others, and what would mend it.
fn said(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    character: EntityId,
    statement: &Expression,
    mut diagnostic: Diagnostic,
) -> Result<Diagnostic, StateError> {
    let name = case.name(character);
    let sayings = causes::sayings(case.situations, case.replay, statement, 0..incident.moment.index());
    let mut missed = None;
    for &(moment, _) in sayings.iter().take(MOST_SAYINGS) {
        let told = case.moment(moment).clone();
        let mut before = causes::noticers(case.situations, &told)?;
        before.retain(|&who| who != character);
        let text = format!("it was spoken of here, before {}", words::names(case.world, &before));
        diagnostic = diagnostic.label(case.moment_span(moment), text);
        if missed.is_none() {
            diagnostic = absence(case, moment, character, diagnostic)?;
        }
        missed.get_or_insert(told.scene);
    }
    let here = case.scene(incident.scene);
    Ok(diagnostic.help(match missed {
        Some(missed) => {
            let missed = case.scene(missed);
            format!("let somebody tell {name} before {here}, or let {name} be there when it is spoken of ({missed})")
        }
        None => format!("let somebody tell {name} before {here}, or let {name} notice it when it happens"),
    }))
}
