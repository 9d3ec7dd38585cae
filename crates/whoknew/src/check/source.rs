//! H02: somebody uses knowledge that they have from nowhere.
//!
//! A need of their act, or a premise of what they conclude, is so, but not in what they believe: it is unknown to them, or
//! they still hold the older value. Likewise somebody is claimed to know what is so and what they do not believe. The
//! message names where it happened or was said, who noticed, and where the character was then.

use super::case::{Case, FailingPart};
use super::{crowd, words};
use crate::causes::{self, Origin};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::{EventId, Place, Value, believed_by};
use crate::state::{FailedPart, StateError};
use crate::telling::replay::{Incident, Moment, MomentId, What};
use crate::world::{EntityId, EventArgument, Expression, LineContent, Term, World, say};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H02",
    name: "knowledge without a source",
    severity: Severity::Error,
    summary: "somebody acts on, concludes from or is said to know what is so, but nothing told them",
};

/// So many failing parts are explained.
pub(super) const MOST_PARTS: usize = 3;
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
    if !case.is_told_as(incident, event) {
        diagnostic = diagnostic.note(format!("as {name} sees it, this is: {}", case.event(event)));
    }
    let statement = failing.first().map(|part| case.needed_inside(part));
    let sayings = statement.map_or_else(Vec::new, |statement| sayings(case, incident, &statement));
    for part in failing {
        diagnostic = sources(case, incident, (actor, &sayings), part, diagnostic)?;
    }
    let diagnostic = said(case, incident, actor, &sayings, diagnostic)?;
    Ok(match case.repaired(incident) {
        Some(repaired) => diagnostic.note(repaired),
        None => diagnostic,
    })
}

pub(super) fn lacking(who: EntityId, statement: Expression) -> Expression {
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
        (LineContent::Claim(claim), _) => (claim.span, known(case.world, &claim.value, character)),
        _ => (line.span, Expression::Boolean(true)),
    };
    let lacks = case.say(&lacking(character, statement.clone()));
    let mut diagnostic = Diagnostic::new(&CODE, title, Some(span)).at(lacks);
    let sayings = sayings(case, incident, &statement);
    for part in failing.iter().take(MOST_PARTS) {
        diagnostic = sources(case, incident, (character, &sayings), part, diagnostic)?;
    }
    diagnostic = said(case, incident, character, &sayings, diagnostic)?;
    if let Some(repaired) = case.repaired(incident) {
        diagnostic = diagnostic.note(repaired);
    }
    Ok(diagnostic)
}

/// What a claim says that `character` knows.
fn known(world: &World, claim: &Expression, character: EntityId) -> Expression {
    let is_about = |part: &Expression| matches!(part, Expression::Knows(Term::Entity(who), _) if *who == character);
    match crowd::part(world, claim, &is_about) {
        Some(Expression::Knows(_, inner)) => *inner,
        _ => claim.clone(),
    }
}

/// Where it came to be so and who noticed, and since when the character believes otherwise.
pub(super) fn sources(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    (character, sayings): (EntityId, &[MomentId]),
    part: &FailedPart,
    mut diagnostic: Diagnostic,
) -> Result<Diagnostic, StateError> {
    let real = case.outside(part.place);
    let came_about = case.origin(real, incident.moment)?.moment();
    if let Some(moment) = came_about.filter(|moment| !sayings.contains(moment)) {
        let text = match case.moment(moment).what {
            What::Event(_) => format!("it happened here; {}", noticed_by(case, moment)?),
            What::Assumed => "it is assumed here, but not that anybody knows it".to_owned(),
            _ => "it came about here".to_owned(),
        };
        diagnostic = diagnostic.label(case.moment_span(moment), text);
        if sayings.is_empty() {
            diagnostic = absence(case, moment, character, diagnostic)?;
        }
    }
    let older = case.say_fact(part.place, part.actual);
    Ok(match case.origin(part.place, incident.moment)? {
        Origin::Moment(moment) => diagnostic.label(case.moment_span(moment), format!("since here {older}")),
        Origin::Start if is_mistaken_from_the_start(case, real, part)? => {
            diagnostic.note(format!("from the start {older}"))
        }
        Origin::Start | Origin::Unknown => diagnostic,
    })
}

/// Whether it was otherwise at the start than somebody took it to be.
fn is_mistaken_from_the_start(case: &mut Case<'_, '_>, real: Place, part: &FailedPart) -> Result<bool, StateError> {
    let Some(start) = case.replay.beginning() else { return Ok(false) };
    Ok(!part.actual.is_unknown() && case.value(start, real)? != part.actual)
}

fn noticed_by(case: &mut Case<'_, '_>, moment: MomentId) -> Result<String, StateError> {
    let told = case.moment(moment).clone();
    let noticed = causes::plain_noticers(case.situations, &told)?;
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
pub(super) fn sayings(case: &Case<'_, '_>, incident: &Incident, statement: &Expression) -> Vec<MomentId> {
    let found = causes::sayings(case.situations, case.replay, statement, 0..incident.moment.index());
    found.into_iter().map(|(moment, _)| moment).take(MOST_SAYINGS).collect()
}

/// How somebody missed what was said, or did not take it for true.
#[derive(Clone, Copy, PartialEq)]
enum Missed {
    /// They were elsewhere.
    Elsewhere,
    /// They were where it was said.
    There,
    /// They heard it.
    Heard,
    /// They heard it and took it for true, then.
    Believed,
}

/// Labels at those occasions, and what would mend it.
pub(super) fn said(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    character: EntityId,
    sayings: &[MomentId],
    mut diagnostic: Diagnostic,
) -> Result<Diagnostic, StateError> {
    let name = case.name(character);
    let mut missed: Option<(MomentId, Missed)> = None;
    for &moment in sayings {
        let told = case.moment(moment).clone();
        let before = causes::noticers(case.situations, &told)?;
        let how = how_missed(case, &told, character, &before)?;
        let heard_by = |how| matches!(how, Missed::Heard | Missed::Believed);
        if missed.is_none_or(|(_, known)| heard_by(known) && !heard_by(how)) {
            missed = Some((moment, how));
        }
        let heard = match before.as_slice() {
            [] => "it was spoken of here".to_owned(),
            [only] => format!("it was spoken of here; only {} noticed", case.name(*only)),
            _ => format!("it was spoken of here, before {}", words::names(case.world, &before)),
        };
        let text = match how {
            Missed::Elsewhere => heard,
            Missed::There => format!("{heard}; {name} was there, but did not notice it"),
            Missed::Heard => format!("{heard}; {name} did not take it for true"),
            Missed::Believed => format!("{heard}; {name} took it for true then"),
        };
        diagnostic = diagnostic.label(case.moment_span(moment), text);
    }
    let Some((first, how)) = missed else {
        return Ok(
            diagnostic.help(format!("let somebody tell {name} before this, or let {name} notice it when it happens"))
        );
    };
    let spoken = case.moment(first).scene;
    let scene = case.scene(spoken);
    let before = case.before(incident, spoken);
    let help = match how {
        Missed::Heard => {
            format!("let somebody whom {name} believes say so {before}, or let {name} see for themselves")
        }
        Missed::Believed => {
            format!("let somebody tell {name} so again, or let nothing since then tell {name} otherwise")
        }
        Missed::There => format!("let somebody tell {name} {before}, or let {name} notice it in {scene}"),
        Missed::Elsewhere => {
            diagnostic = absence(case, first, character, diagnostic)?;
            format!("let somebody tell {name} {before}, or let {name} be there when it is spoken of ({scene})")
        }
    };
    Ok(diagnostic.help(help))
}

/// How `character` missed what was said at a moment that `noticed` noticed.
fn how_missed(
    case: &mut Case<'_, '_>,
    told: &Moment,
    character: EntityId,
    noticed: &[EntityId],
) -> Result<Missed, StateError> {
    if noticed.contains(&character) {
        return Ok(if took_for_true(case, told, character)? { Missed::Believed } else { Missed::Heard });
    }
    let place = |case: &Case<'_, '_>, who| case.places.of(case.situations.problem(), who);
    let (Some(own), Some(&speaker)) = (place(case, character), noticed.first()) else { return Ok(Missed::Elsewhere) };
    let Some(there) = place(case, speaker) else { return Ok(Missed::Elsewhere) };
    let (own, there) = (case.value(told.before, own)?, case.value(told.before, there)?);
    Ok(if own == there && !own.is_unknown() { Missed::There } else { Missed::Elsewhere })
}

/// Whether `character` believes after a moment what is said in it.
fn took_for_true(case: &mut Case<'_, '_>, told: &Moment, character: EntityId) -> Result<bool, StateError> {
    let What::Event(event) = told.what else { return Ok(false) };
    let said = case.situations.problem().event_term(event).arguments.iter().find_map(|argument| match argument {
        EventArgument::Statement(statement) => Some((**statement).clone()),
        _ => None,
    });
    let believed = said.map(|statement| case.situations.problem_mut().condition(&believed_by(&[character], statement)));
    match believed {
        Some(Ok(believed)) => case.situations.holds(told.after, &believed),
        _ => Ok(false),
    }
}
