//! H02: somebody uses knowledge that they have from nowhere.
//!
//! A need of their act, or a premise of what they conclude, is so, but not in what they believe: it is unknown to them, or
//! they still hold the older value. Likewise somebody is claimed to know what is so and what they do not believe. The
//! message names where it happened or was said, who noticed, and where the character was then.

use super::case::{Case, FailingPart};
use super::words;
use crate::causes;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::{EventId, Value};
use crate::state::{FailedPart, StateError};
use crate::telling::replay::{Incident, MomentId, What};
use crate::world::{EntityId, Expression, LineContent, Term, say};

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
    let believed = case.situations.believed(actor, incident.state)?;
    let needs = case.situations.refusal(believed, event)?.map_or_else(Vec::new, |refusal| refusal.needs);
    let parts = case.failing_parts(believed, event, &needs)?;
    let lacks = |part: &FailingPart| format!("{name} does not believe that {}", part.text);
    let lacks: Vec<String> = parts.iter().take(MOST_PARTS).map(lacks).collect();
    let mut diagnostic = Diagnostic::new(&CODE, title, Some(span)).at(match lacks.as_slice() {
        [] => format!("{name} believes that this can never be"),
        lacks => say::list(lacks),
    });
    let statement = failing.first().map(|part| case.needed_inside(part));
    let sayings = statement.map_or_else(Vec::new, |statement| sayings(case, incident, &statement));
    for part in failing {
        diagnostic = sources(case, incident, (actor, !sayings.is_empty()), part, diagnostic)?;
    }
    said(case, incident, actor, &sayings, diagnostic)
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
    let sayings = sayings(case, incident, &statement);
    for part in failing.iter().take(MOST_PARTS) {
        diagnostic = sources(case, incident, (character, !sayings.is_empty()), part, diagnostic)?;
    }
    diagnostic = said(case, incident, character, &sayings, diagnostic)?;
    if let Some(repaired) = case.repaired(incident) {
        diagnostic = diagnostic.note(repaired);
    }
    Ok(diagnostic)
}

/// Where it came to be so and who noticed, and since when the character believes otherwise.
fn sources(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    (character, was_said): (EntityId, bool),
    part: &FailedPart,
    mut diagnostic: Diagnostic,
) -> Result<Diagnostic, StateError> {
    let real = case.outside(part.place);
    if let Some(moment) = case.origin(real, incident.moment)?.moment() {
        let text = match case.moment(moment).what {
            What::Event(_) => format!("it happened here; {}", noticed_by(case, moment, character)?),
            What::Assumed => "it is assumed here, but not that anybody knows it".to_owned(),
            _ => "it came about here".to_owned(),
        };
        diagnostic = diagnostic.label(case.moment_span(moment), text);
        if !was_said {
            diagnostic = absence(case, moment, character, diagnostic)?;
        }
    }
    if !part.actual.is_unknown()
        && let Some(moment) = case.origin(part.place, incident.moment)?.moment()
    {
        let older = case.say_fact(part.place, part.actual);
        diagnostic = diagnostic.label(case.moment_span(moment), format!("since here {older}"));
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

/// The occasions, before the incident, on which a statement was said.
fn sayings(case: &Case<'_, '_>, incident: &Incident, statement: &Expression) -> Vec<MomentId> {
    let found = causes::sayings(case.situations, case.replay, statement, 0..incident.moment.index());
    found.into_iter().map(|(moment, _)| moment).take(MOST_SAYINGS).collect()
}

/// Labels at those occasions, and what would mend it.
fn said(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    character: EntityId,
    sayings: &[MomentId],
    mut diagnostic: Diagnostic,
) -> Result<Diagnostic, StateError> {
    let name = case.name(character);
    let mut missed = None;
    for &moment in sayings {
        let told = case.moment(moment).clone();
        let before = causes::noticers(case.situations, &told)?;
        if !before.contains(&character) {
            missed = missed.or(Some(moment));
        }
        let text = format!("it was spoken of here, before {}", words::names(case.world, &before));
        diagnostic = diagnostic.label(case.moment_span(moment), text);
    }
    let Some(first) = missed else {
        let help = match sayings {
            [] => format!("let somebody tell {name} before this, or let {name} notice it when it happens"),
            _ => {
                format!("let somebody whom {name} believes say so before this, or let {name} notice it when it happens")
            }
        };
        return Ok(diagnostic.help(help));
    };
    diagnostic = absence(case, first, character, diagnostic)?;
    let spoken = case.moment(first).scene;
    let (before, missed) = (case.before(incident, spoken), case.scene(spoken));
    let help = format!("let somebody tell {name} {before}, or let {name} be there when it is spoken of ({missed})");
    Ok(diagnostic.help(help))
}
