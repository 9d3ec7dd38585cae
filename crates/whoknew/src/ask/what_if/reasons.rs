//! Acts whose actors lose or gain their reason.

use super::Compared;
use crate::ground::EventId;
use crate::plan::told::{Answer, Limits, Seeker};
use crate::source::Span;
use crate::state::{StateError, StateId};
use crate::telling::replay::{Moment, Replay, What};
use crate::world::{EntityId, SceneId};

/// So many acts are looked at.
const MOST_ACTS: usize = 400;

/// An act that somebody has a reason for in one of the two stories only.
#[derive(Clone, Debug)]
pub struct ReasonChange {
    /// Who.
    pub actor: EntityId,
    /// Their name.
    pub name: String,
    /// The act.
    pub says: String,
    /// `scene 3, event 2`
    pub at: String,
    /// Where it is told.
    pub place: Span,
    /// In the changed story they have a reason; else in the story as it is told.
    pub gains: bool,
}

/// The acts that happen in both stories and are judged differently.
pub(super) fn compared(
    compared: &mut Compared<'_, '_>,
    notes: &mut Vec<String>,
) -> Result<Vec<ReasonChange>, StateError> {
    let Ok(mut seeker) = Seeker::new(&mut compared.run.told.situations, Limits::default().near()) else {
        notes.push("reasons could not be looked for: the world is too large".to_owned());
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    let mut unknown = 0usize;
    let acts = acts(compared);
    if acts.len() > MOST_ACTS {
        notes.push(format!("reasons were compared for the first {MOST_ACTS} of {} acts only", acts.len()));
    }
    for act in acts.into_iter().take(MOST_ACTS) {
        let actors = compared.run.told.situations.problem().actors(act.event).to_vec();
        for actor in actors {
            let mut answers = [None, None];
            let situations = &mut compared.run.told.situations;
            let believed = (situations.believed(actor, act.told)?, situations.believed(actor, act.changed)?);
            if believed.0 == believed.1 {
                continue;
            }
            for (answer, state) in answers.iter_mut().zip([act.told, act.changed]) {
                *answer = match seeker.reason(situations, state, actor, act.event)? {
                    Answer::Found(_) => Some(true),
                    Answer::NoneWithinLimits(_) => Some(false),
                    Answer::Stopped { .. } => None,
                };
            }
            match answers {
                [Some(told), Some(changed)] if told != changed => {
                    let at = compared.at(act.scene, Some(act.line));
                    let case = compared.changed_case();
                    let place = case.span(act.scene, Some(act.line));
                    let (name, says) = (case.name(actor), case.event(act.event));
                    found.push(ReasonChange { actor, name, says, at, place, gains: changed });
                }
                [Some(_), Some(_)] => {}
                _ => unknown += 1,
            }
        }
    }
    if unknown > 0 {
        notes.push(format!("for {unknown} acts it was too much to find out whether there is a reason"));
    }
    Ok(found)
}

/// An act that happens in both stories, in different situations; its line is that of the changed one.
struct Act {
    scene: SceneId,
    line: usize,
    event: EventId,
    told: StateId,
    changed: StateId,
}

fn acts(compared: &Compared<'_, '_>) -> Vec<Act> {
    let mut acts = Vec::new();
    for moment in &compared.run.changed.moments {
        let (What::Event(event), Some(line)) = (moment.what, moment.line) else { continue };
        let Some(told_line) = compared.change.lines[moment.scene.index()][line] else { continue };
        let Some(told) = event_at(&compared.run.told.replay, moment.scene, told_line) else { continue };
        if told.before != moment.before {
            acts.push(Act { scene: moment.scene, line, event, told: told.before, changed: moment.before });
        }
    }
    acts
}

fn event_at(replay: &Replay, scene: SceneId, line: usize) -> Option<&Moment> {
    let first = replay.line_start(scene, line).index();
    let moments = replay.moments.get(first..)?.iter();
    let mut here = moments.take_while(|moment| moment.scene == scene && moment.line == Some(line));
    here.find(|moment| matches!(moment.what, What::Event(_)))
}
