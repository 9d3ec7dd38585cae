//! H03: somebody concludes from a premise that is neither so nor believed by them.
//!
//! Thoughts rest on what the thinker believes, true or not. A premise that is neither is a slip of the author.

use super::case::Case;
use super::impossible;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::state::{FailedPart, StateError};
use crate::telling::replay::Incident;
use crate::world::{EntityId, LineContent, say};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H03",
    name: "groundless conclusion",
    severity: Severity::Warning,
    summary: "a premise of what somebody concludes is neither so nor believed by them",
};

/// The message.
pub(super) fn diagnostic(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    thinker: EntityId,
    (premise, failing): (usize, &[FailedPart]),
) -> Result<Diagnostic, StateError> {
    let name = case.name(thinker);
    let line = &case.telling.scenes[incident.scene.index()].lines[incident.line.unwrap_or(0)];
    let LineContent::Conclusion { premises, .. } = &line.content else {
        return Ok(Diagnostic::new(&CODE, "A conclusion without ground", Some(line.span)));
    };
    let premise = &premises[premise];
    let title = format!("{name} concludes from something that is not so and that {name} does not believe");
    let mut diagnostic = Diagnostic::new(&CODE, title, Some(premise.span));
    let failing = &failing[..failing.len().min(3)];
    let actual: Vec<String> = failing.iter().map(|part| case.say_fact(part.place, part.actual)).collect();
    diagnostic = match actual.as_slice() {
        [] => diagnostic.at(format!("{name} cannot believe this")),
        actual => diagnostic.at(say::list(actual)),
    };
    diagnostic = impossible::causes(case, incident, failing, diagnostic)?;
    if let Some(repaired) = case.repaired(incident) {
        diagnostic = diagnostic.note(repaired);
    }
    let premise = case.say(&premise.value);
    Ok(diagnostic
        .help(format!("tell before this how {name} comes to believe that {premise}, or take the premise away")))
}
