//! H01: an event that cannot happen as told.
//!
//! A need of the event is false in what is so. The message names the part that fails, what is the case instead, and what
//! made it so. The check then goes on as if the need had been met, and says what it assumes.

use super::case::Case;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::EventId;
use crate::state::{FailedNeed, FailedPart, StateError};
use crate::telling::replay::{Incident, MomentId};
use crate::world::say;

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H01",
    name: "impossible event",
    severity: Severity::Error,
    summary: "a need of the event is false when it is told to happen",
};

/// So many failing parts are explained.
const MOST_PARTS: usize = 4;

/// The message.
pub(super) fn diagnostic(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    event: EventId,
    needs: &[FailedNeed],
) -> Result<Diagnostic, StateError> {
    let told = case.event(event);
    let title = match incident.line {
        Some(_) => format!("This cannot happen: {told}"),
        None => format!("{} cannot begin like this: {told}", say::capitalised(&case.scene(incident.scene))),
    };
    let span = case.span(incident.scene, incident.line);
    let mut parts = case.failing_parts(incident.state, event, needs)?;
    parts.truncate(MOST_PARTS);
    let mut diagnostic = Diagnostic::new(&CODE, title, Some(span));
    if parts.iter().all(|part| part.facts.is_empty()) {
        return Ok(diagnostic.at("what it needs can never be so"));
    }
    let mut words = Vec::new();
    for part in &parts {
        let facts = part.facts.iter().take(MOST_PARTS).map(|fact| case.say_fact(fact.place, fact.actual));
        let facts: Vec<String> = facts.filter(|fact| *fact != part.text).collect();
        words.push(match facts.as_slice() {
            [] => format!("it needs that {}", part.text),
            facts => format!("it needs that {}, but {}", part.text, say::list(facts)),
        });
        diagnostic = causes(case, incident, &part.facts, diagnostic)?;
    }
    diagnostic = diagnostic.at(words.join("; "));
    if let Some(repaired) = case.repaired(incident) {
        diagnostic = diagnostic.note(repaired);
    }
    if needs.iter().any(|need| need.cut) {
        let limit = case.situations.problem().limits().alternatives;
        diagnostic =
            diagnostic.note(format!("it could be met in more than {limit} ways; only the first were looked at"));
    }
    let needed: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    Ok(diagnostic.help(format!("tell before this how it comes about that {}", say::list(&needed))))
}

/// Labels at what made the failing parts what they are.
pub(super) fn causes(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    failing: &[FailedPart],
    mut diagnostic: Diagnostic,
) -> Result<Diagnostic, StateError> {
    let mut labelled: Vec<MomentId> = Vec::new();
    for part in failing.iter().take(MOST_PARTS) {
        let Some(moment) = case.origin(part.place, incident.moment)?.moment() else { continue };
        if labelled.contains(&moment) {
            continue;
        }
        labelled.push(moment);
        let text = format!("since here {}", case.say_fact(part.place, part.actual));
        diagnostic = diagnostic.label(case.moment_span(moment), text);
    }
    Ok(diagnostic)
}
