//! What can no longer happen in the changed story, or be thought.

use super::{Compared, Missing};
use crate::ask::why_not::{Instead, Since};
use crate::causes::{Origin, origin};
use crate::source::Span;
use crate::state::{FailedPart, StateError};
use crate::telling::replay::{Incident, IncidentKind, MomentId};
use crate::world::LineContent;

/// Something that no longer happens, or no longer as it should.
#[derive(Clone, Debug)]
pub struct Gone {
    /// What.
    pub says: String,
    /// `scene 3, event 2`
    pub at: String,
    /// Where it is told.
    pub place: Span,
    /// Why not.
    pub why: Why,
    /// What is missing.
    pub missing: Vec<Missing>,
}

/// Why something no longer happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// What it needs is not so.
    Impossible,
    /// A premise is not believed.
    NotThought,
    /// It can happen, but whoever acts does not believe so.
    NotBelieved,
}

impl Why {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Impossible => "impossible",
            Self::NotThought => "not thought",
            Self::NotBelieved => "not believed possible",
        }
    }
}

/// All that is gone, in the order in which it would happen.
pub(super) fn gone(compared: &mut Compared<'_, '_>) -> Result<Vec<Gone>, StateError> {
    let mut gone: Vec<Gone> = Vec::new();
    for position in 0..compared.run.changed.incidents.len() {
        let incident = compared.run.changed.incidents[position].clone();
        if !incident.repaired.is_empty() || known(compared, &incident) {
            continue;
        }
        let Some(found) = described(compared, &incident)? else { continue };
        // Several premises of one thought may be missing.
        match gone.last_mut().filter(|last| last.place == found.place && last.why == found.why) {
            Some(last) if found.why == Why::NotThought => last.missing.extend(found.missing),
            _ => gone.push(found),
        }
    }
    Ok(gone)
}

/// Whether the story as it is told has the same hole.
fn known(compared: &Compared<'_, '_>, incident: &Incident) -> bool {
    let line = match incident.line {
        Some(line) => match compared.change.lines[incident.scene.index()][line] {
            Some(line) => Some(line),
            None => return false,
        },
        None => None,
    };
    let same = |other: &&Incident| {
        other.scene == incident.scene
            && other.line == line
            && match (&other.kind, &incident.kind) {
                (IncidentKind::Premise { premise: one, .. }, IncidentKind::Premise { premise: other, .. }) => {
                    one == other
                }
                (IncidentKind::Unaware { actor: one, .. }, IncidentKind::Unaware { actor: other, .. }) => one == other,
                (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
            }
    };
    compared.run.told.replay.incidents.iter().any(|other| same(&other))
}

fn described(compared: &mut Compared<'_, '_>, incident: &Incident) -> Result<Option<Gone>, StateError> {
    let at = compared.at(incident.scene, incident.line);
    let mut case = compared.changed_case();
    let place = case.span(incident.scene, incident.line);
    let content = incident.line.map(|line| case.telling.scenes[incident.scene.index()].lines[line].content.clone());
    let (says, why, parts): (String, Why, Vec<(String, Vec<FailedPart>)>) = match &incident.kind {
        IncidentKind::Impossible { event, needs } => {
            let parts = case.failing_parts(incident.state, *event, needs)?;
            let parts = parts.into_iter().map(|part| (part.text, part.facts)).collect();
            (case.event(*event), Why::Impossible, parts)
        }
        IncidentKind::Unaware { event, actor, .. } => {
            let believed = case.situations.believed(*actor, incident.state)?;
            let needs = case.situations.refusal(believed, *event)?.map_or_else(Vec::new, |refusal| refusal.needs);
            let parts = case.failing_parts(believed, *event, &needs)?;
            let name = case.name(*actor);
            let about =
                |part: crate::check::case::FailingPart| (format!("{name} believes that {}", part.text), Vec::new());
            (case.event(*event), Why::NotBelieved, parts.into_iter().map(about).collect())
        }
        IncidentKind::Premise { thinker, premise, failing, .. } => {
            let Some(LineContent::Conclusion { conclusion, premises, .. }) = content else { return Ok(None) };
            let name = case.name(*thinker);
            let says = format!("{name} concludes that {}", case.say(&conclusion.value));
            let premise = case.say(&premises[*premise].value);
            (says, Why::NotThought, vec![(format!("{name} believes that {premise}"), failing.clone())])
        }
        _ => return Ok(None),
    };
    let mut missing = Vec::with_capacity(parts.len());
    for (needed, facts) in parts {
        let mut instead = Vec::with_capacity(facts.len());
        for fact in facts {
            instead.push(told_instead(compared, &fact, incident.moment)?);
        }
        missing.push(Missing { needed, instead });
    }
    Ok(Some(Gone { says, at, place, why, missing }))
}

/// What is so instead in the changed story, and since when.
fn told_instead(compared: &mut Compared<'_, '_>, part: &FailedPart, until: MomentId) -> Result<Instead, StateError> {
    let origin = {
        let run = &mut *compared.run;
        origin(&mut run.told.situations, &run.changed, part.place, until)?
    };
    let since = match origin {
        Origin::Moment(moment) => {
            let told = compared.run.changed.moments[moment.index()].clone();
            let at = compared.at(told.scene, told.line);
            let case = compared.changed_case();
            let says = crate::ask::why::sentence_of(&case, &told);
            Some(Since { moment, says, at, place: case.span(told.scene, told.line) })
        }
        Origin::Start | Origin::Unknown => None,
    };
    Ok(Instead { says: compared.changed_case().say_fact(part.place, part.actual), since })
}
