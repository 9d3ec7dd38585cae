//! H06: a claim that the replay refutes.
//!
//! The message says what is the case instead, and what made it so.

use super::case::Case;
use super::conflicting_claims::Said;
use super::counting::Moment;
use super::impossible;
use super::report::{Anchor, Findings};
use super::words;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::ChainId;
use crate::state::{FailedPart, StateError};
use crate::telling::replay::Incident;
use crate::world::{Expression, LineContent, Quantifier, World, say};

/// The catalogue entry.
pub static CODE: Code =
    Code { id: "H06", name: "false claim", severity: Severity::Error, summary: "a claim is not so in what is told" };

/// So many parts are explained.
const MOST_PARTS: usize = 4;

/// The message.
pub(super) fn diagnostic(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    failing: &[FailedPart],
) -> Result<Diagnostic, StateError> {
    let line = &case.telling.scenes[incident.scene.index()].lines[incident.line.unwrap_or(0)];
    let LineContent::Claim(claim) = &line.content else {
        return Ok(Diagnostic::new(&CODE, "This claim is false", Some(line.span)));
    };
    let title = format!("This claim is false: {}", case.say(&claim.value));
    // Where it is not so, what somebody believes of the same explains nothing more.
    let is_so = |part: &&FailedPart| failing.iter().all(|other| !is_of_same(other, part));
    let failing: Vec<FailedPart> = failing.iter().filter(is_so).take(MOST_PARTS).cloned().collect();
    let mut actual: Vec<String> = Vec::new();
    for part in &failing {
        let part = case.say_fact(part.place, part.actual);
        if !actual.contains(&part) {
            actual.push(part);
        }
    }
    let diagnostic = Diagnostic::new(&CODE, title, Some(claim.span));
    let diagnostic = match actual.as_slice() {
        [] => diagnostic.at(format!("it is not so that {}", case.say(&claim.value))),
        actual => match computed(case, incident, &claim.value)? {
            Some(amount) => diagnostic.at(amount),
            None => diagnostic.at(say::list(actual)),
        },
    };
    impossible::causes(case, incident, &failing, diagnostic)
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
    let diagnostic = diagnostic.note("more may have happened than is told, but never less");
    findings.add(Anchor::Line(said.scene, said.line), diagnostic);
}
