//! H03: somebody concludes from a premise that is neither so nor believed by them.
//!
//! Thoughts rest on what the thinker believes, true or not. A premise that is neither is a slip of the author. A thought
//! without any premise rests on nothing that is told: that is a note, for some thoughts need no reason.

use super::case::Case;
use super::report::{Anchor, Findings};
use super::{impossible, source};
use crate::causes;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::believed_by;
use crate::state::{FailedPart, StateError};
use crate::telling::replay::{Incident, MomentId, What};
use crate::world::{EntityId, Expression, LineContent, Spanned, say};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H03",
    name: "groundless conclusion",
    severity: Severity::Warning,
    summary: "a premise of what somebody concludes is neither so nor believed by them; \
              or, a note, they conclude it from nothing that is told",
};

/// Notes what is concluded from nothing, but for what its thinker believes already.
pub(super) fn report(case: &mut Case<'_, '_>, findings: &mut Findings) -> Result<(), StateError> {
    let replay = case.replay;
    for moment in &replay.moments {
        let (What::Concluded(thinker), Some(line)) = (moment.what, moment.line) else { continue };
        let told = &case.telling.scenes[moment.scene.index()].lines[line];
        let LineContent::Conclusion { conclusion, premises, .. } = &told.content else { continue };
        let is_reported = |incident: &Incident| (incident.scene, incident.line) == (moment.scene, moment.line);
        if !premises.is_empty() || replay.incidents.iter().any(is_reported) {
            continue;
        }
        let believed = believed_by(&[thinker], conclusion.value.clone());
        let Ok(condition) = case.situations.problem_mut().condition(&believed) else { continue };
        if !case.situations.holds(moment.before, &condition)? {
            findings.add(Anchor::Line(moment.scene, line), from_nothing(case, thinker, conclusion));
        }
    }
    Ok(())
}

fn from_nothing(case: &Case<'_, '_>, thinker: EntityId, conclusion: &Spanned<Expression>) -> Diagnostic {
    let name = case.name(thinker);
    let title = format!("{name} concludes from nothing that is told that {}", case.say(&conclusion.value));
    let diagnostic = Diagnostic::new(&CODE, title, Some(conclusion.span));
    Diagnostic { severity: Severity::Note, ..diagnostic }
        .help(format!("say below it what {name} concludes it from: `from …`; or let somebody say it, or {name} see it"))
}

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
    if let Some((moment, saying)) = heard(case, incident, thinker, &premise.value)? {
        return Ok(diagnostic
            .label(case.moment_span(moment), format!("{name} heard it here, and did not take it for true"))
            .help(format!("to conclude from its being said, write `from {saying}`")));
    }
    let premise = case.say(&premise.value);
    Ok(diagnostic
        .help(format!("tell before this how {name} comes to believe that {premise}, or take the premise away")))
}

/// Where the thinker heard it said, and that it was said, as a statement.
fn heard(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    thinker: EntityId,
    premise: &Expression,
) -> Result<Option<(MomentId, String)>, StateError> {
    for moment in source::sayings(case, incident, premise) {
        let told = case.moment(moment).clone();
        let What::Event(event) = told.what else { continue };
        if causes::noticers(case.situations, &told)?.contains(&thinker) {
            let event = case.situations.problem().event_term(event);
            return Ok(Some((moment, say::past(case.world, event))));
        }
    }
    Ok(None)
}
