//! H06: a claim that the replay refutes; likewise what the reader is told by `reveal`.
//!
//! The message says what is the case instead, and what made it so.

use super::case::Case;
use super::conflicting_claims::Said;
use super::counting::Moment;
use super::impossible;
use super::report::{Anchor, Findings};
use super::{crowd, source, words};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::ChainId;
use crate::state::{FailedPart, StateError};
use crate::telling::replay::{Incident, MomentId, What};
use crate::world::{EntityId, Expression, LineContent, Quantifier, Term, World, say};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H06",
    name: "false claim",
    severity: Severity::Error,
    summary: "a claim, or what the reader is told, is not so",
};

/// What to do about a claim.
const CHECKED: &str = "a claim is only checked: tell before it what makes it so, or claim what is so";

/// What to do about what the reader is told.
const REVEALED: &str =
    "`reveal` says what is so: tell before it what makes it so; what somebody only says, let them say in a scene";

/// So many parts are explained.
const MOST_PARTS: usize = 4;

/// So many moments after a claim are looked at for what makes it so.
const FURTHEST_AHEAD: usize = 50;

/// The message.
pub(super) fn diagnostic(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    failing: &[FailedPart],
) -> Result<Diagnostic, StateError> {
    let line = &case.telling.scenes[incident.scene.index()].lines[incident.line.unwrap_or(0)];
    let (claim, said, checked) = match &line.content {
        LineContent::Claim(claim) => (claim, "This claim is false", CHECKED),
        LineContent::Reveal(told) => (told, "The reader is told what is not so", REVEALED),
        _ => return Ok(Diagnostic::new(&CODE, "This claim is false", Some(line.span))),
    };
    let title = format!("{said}: {}", case.say(&claim.value));
    // Where it is not so, what somebody believes of the same explains nothing more.
    let is_so = |part: &&FailedPart| failing.iter().all(|other| !is_of_same(other, part));
    let failing: Vec<FailedPart> = failing.iter().filter(is_so).take(MOST_PARTS).cloned().collect();
    let mut actual: Vec<String> = Vec::new();
    for part in &failing {
        let part = case.say_actual(part.place, part.actual);
        if !actual.contains(&part) {
            actual.push(part);
        }
    }
    let mut diagnostic = Diagnostic::new(&CODE, title, Some(claim.span));
    diagnostic = match actual.as_slice() {
        [] => diagnostic.at(format!("it is not so that {}", case.say(&claim.value))),
        actual => match computed(case, incident, &claim.value)? {
            Some(amount) => diagnostic.at(amount),
            None => diagnostic.at(say::list(actual)),
        },
    };
    if let Some(instead) = crowd::instead(case.world, &claim.value) {
        return Ok(diagnostic.at(case.say(&instead)).help(checked));
    }
    let exceptions = crowd::exceptions(case, incident, &claim.value)?;
    let held = exceptions.as_ref().map_or(&claim.value, |(_, first)| first);
    if let Some(at) = crowd::about_where(case, held, exceptions.as_ref().map(|(names, _)| names.as_slice())) {
        let diagnostic = diagnostic.at(at);
        return Ok(match held {
            Expression::Not(_) => impossible::causes(case, incident, &failing, diagnostic)?.help(checked),
            _ => diagnostic.help("let somebody tell them before this, or let them see it"),
        });
    }
    if let Some((who, inner)) = belief(held) {
        let mut diagnostic = believed(case, incident, (who, inner), &failing, diagnostic)?;
        if let (Some((names, _)), true) = (&exceptions, failing.iter().all(|part| part.place.chain != ChainId::REAL)) {
            diagnostic = match names.get(1..).unwrap_or_default() {
                [] => diagnostic,
                [other] => diagnostic.note(format!("nor is it so of {}", case.name(*other))),
                others => diagnostic.note(format!("nor is it so of {}", words::names(case.world, others))),
            };
        }
        return Ok(diagnostic);
    }
    let diagnostic = impossible::causes(case, incident, &failing, diagnostic)?;
    if let Some(later) = made_so_later(case, incident, &claim.value)? {
        let place = case.moment_span(later);
        return Ok(diagnostic.label(place, "it becomes so only here").help("put the claim behind that line"));
    }
    Ok(diagnostic.help(match incident.moment.index() {
        0 if checked == CHECKED => {
            "a claim is only checked: say below `start` that it is so, or tell before it how it comes about"
        }
        _ => checked,
    }))
}

/// Who believes or knows what, in a claim of this form.
fn belief(claim: &Expression) -> Option<(EntityId, &Expression)> {
    match claim {
        Expression::Believes(Term::Entity(who), inner) | Expression::Knows(Term::Entity(who), inner) => {
            Some((*who, inner))
        }
        _ => None,
    }
}

/// A claim about what somebody believes: where it was said, or came about, and why they missed it.
fn believed(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    (who, statement): (EntityId, &Expression),
    failing: &[FailedPart],
    diagnostic: Diagnostic,
) -> Result<Diagnostic, StateError> {
    if failing.iter().any(|part| part.place.chain == ChainId::REAL) {
        let diagnostic = impossible::causes(case, incident, failing, diagnostic)?;
        let believes = Expression::Believes(Term::Entity(who), Box::new(statement.clone()));
        let belief = case.say(&believes);
        if !is_so(case, incident, &believes)? {
            return Ok(diagnostic);
        }
        let diagnostic = diagnostic.note("to know is to believe what is so");
        return Ok(diagnostic.help(format!("it is only believed: `claim {belief}`")));
    }
    let sayings = source::sayings(case, incident, statement);
    let mut diagnostic = diagnostic;
    if !is_so(case, incident, statement)? {
        diagnostic = impossible::causes(case, incident, failing, diagnostic)?;
        return if sayings.is_empty() {
            Ok(diagnostic)
        } else {
            source::said(case, incident, who, &sayings, diagnostic)
        };
    }
    for part in failing {
        diagnostic = source::sources(case, incident, (who, &sayings), part, diagnostic)?;
    }
    source::said(case, incident, who, &sayings, diagnostic)
}

fn is_so(case: &mut Case<'_, '_>, incident: &Incident, statement: &Expression) -> Result<bool, StateError> {
    let Ok(condition) = case.situations.problem_mut().condition(statement) else { return Ok(false) };
    case.situations.holds(incident.state, &condition)
}

/// The event soon after it by which a claim becomes true.
fn made_so_later(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    claim: &Expression,
) -> Result<Option<MomentId>, StateError> {
    let Ok(condition) = case.situations.problem_mut().condition(claim) else { return Ok(None) };
    let replay = case.replay;
    let first = incident.moment.index();
    for (index, moment) in replay.moments.iter().enumerate().skip(first).take(FURTHEST_AHEAD) {
        if matches!(moment.what, What::Event(_)) && case.situations.holds(moment.after, &condition)? {
            return Ok(Some(MomentId::from_index(index)));
        }
    }
    Ok(None)
}

/// What a number that the claim computes is: `count x: thing (x is broken) is 2`.
fn computed(case: &mut Case<'_, '_>, incident: &Incident, claim: &Expression) -> Result<Option<String>, StateError> {
    let Expression::Compare(_, left, _) = claim else { return Ok(None) };
    let counts = |quantifier| !matches!(quantifier, Quantifier::ForAll | Quantifier::Exists);
    let is_computed = match &**left {
        Expression::Arithmetic(..) => true,
        Expression::Quantified(quantifier, ..) => counts(*quantifier),
        _ => false,
    };
    if !is_computed {
        return Ok(None);
    }
    let Ok(amount) = case.situations.problem_mut().amount(left) else { return Ok(None) };
    let value = case.situations.evaluate(incident.state, &amount)?;
    let value = value.as_number().map_or("unknown".to_owned(), say::number);
    Ok(Some(format!("{} is {value}", case.say(left))))
}

/// Whether `real` fails in what is so, and `part` likewise in what somebody believes.
fn is_of_same(real: &FailedPart, part: &FailedPart) -> bool {
    real.place.chain == ChainId::REAL && part.place.chain != ChainId::REAL && real.place.fluent == part.place.fluent
}

/// A count that falls short of what is told.
pub(super) fn too_few(
    world: &World,
    said: &Said<'_>,
    events: &[(Moment, crate::source::Span)],
    findings: &mut Findings,
) {
    let title = format!("This claim is false: {}", say::statement(world, said.statement));
    let told = words::counted(events.len(), "such event is told", "such events are told");
    let mut diagnostic = Diagnostic::new(&CODE, title, Some(said.span)).at(format!("{told} before this"));
    for (number, (_, span)) in events.iter().take(6).enumerate() {
        diagnostic = diagnostic.label(*span, format!("{} of {}", number + 1, events.len()));
    }
    let diagnostic = diagnostic
        .note("more may have happened than is told, but never less")
        .help("change the number, or count only from some scene on: `times(… since scene 2)`");
    findings.add(Anchor::Line(said.scene, said.line), diagnostic);
}
