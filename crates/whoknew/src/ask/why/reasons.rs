//! Why those whose act it is did it: what the author says, and the plan that they can have had in mind.

use super::Reason;
use super::find::Question;
use crate::ask::Story;
use crate::ground::EventId;
use crate::plan::say::{reason, reason_lines};
use crate::plan::told::{Answer, Limits, Nearest, Seeker};
use crate::state::StateError;
use crate::telling::replay::MomentId;
use crate::world::{EntityId, LineContent, SceneId, UtilityId};

/// The reasons of all actors of the event that is asked about.
pub(super) fn reasons(story: &mut Story<'_>, question: &Question) -> Result<Vec<Reason>, StateError> {
    let Some(event) = question.event else { return Ok(Vec::new()) };
    let actors = story.run.situations.problem().actors(event).to_vec();
    if actors.is_empty() {
        return Ok(Vec::new());
    }
    let seeker = Seeker::new(&mut story.run.situations, Limits::default());
    let mut seeker = seeker.ok();
    if let Some(seeker) = &mut seeker {
        seeker.set_aside(dropped(story, question.until));
    }
    let told = told(story, question.until);
    let mut reasons = Vec::with_capacity(actors.len());
    for actor in actors {
        let mut found = sought(story, seeker.as_mut(), question.until, (actor, event))?;
        if let Some(want) = &told {
            let name = story.case().name(actor);
            found.lines.insert(0, format!("The story says that {name} does it for “{want}”."));
            found.known = true;
        }
        reasons.push(found);
    }
    Ok(reasons)
}

/// The want that the author names.
fn told(story: &mut Story<'_>, until: MomentId) -> Option<String> {
    let moment = story.run.replay.moments.get(until.index())?.clone();
    let line = story.telling().scenes[moment.scene.index()].lines.get(moment.line?)?;
    let LineContent::Event(told) = &line.content else { return None };
    let want = told.because.as_ref()?.value;
    story.world().utilities[want.index()].label.clone()
}

/// The wants that were dropped before.
fn dropped(story: &Story<'_>, until: MomentId) -> Vec<UtilityId> {
    let mut dropped = Vec::new();
    for (index, scene) in story.telling().scenes.iter().enumerate() {
        for (number, line) in scene.lines.iter().enumerate() {
            let LineContent::Drops { want, .. } = &line.content else { continue };
            if story.run.replay.line_start(SceneId::from_index(index), number) <= until {
                dropped.push(*want);
            }
        }
    }
    dropped
}

fn sought(
    story: &mut Story<'_>,
    seeker: Option<&mut Seeker>,
    until: MomentId,
    (actor, event): (EntityId, EventId),
) -> Result<Reason, StateError> {
    let name = story.case().name(actor);
    let unknown = |text: String| Reason { actor, lines: vec![text], known: false };
    let (Some(seeker), Some(state)) = (seeker, story.run.replay.state(until)) else {
        return Ok(unknown(format!("The world is too large to look for a reason of {name}.")));
    };
    let situations = &mut story.run.situations;
    Ok(match seeker.reason(situations, state, actor, event)? {
        Answer::Found(found) => {
            let said = reason(situations, state, &found)?;
            let indented = |line: crate::plan::say::Line| {
                let mark = if line.mark.is_empty() { String::new() } else { format!("{} ", line.mark) };
                format!("{}{mark}{}", "  ".repeat(line.depth), line.text)
            };
            Reason { actor, lines: reason_lines(&said).into_iter().map(indented).collect(), known: true }
        }
        Answer::NoneWithinLimits(nearest) => unknown(match nearest {
            Nearest::WantsNothing => format!("What {name} wants is not told, so no reason can be given."),
            Nearest::Content => format!("As {name} sees it, all that {name} wants is so already: no reason was found."),
            Nearest::Impossible => format!("{name} does not believe that this is possible: no reason was found."),
            _ => format!("No reason of {name} was found within {} imagined acts.", Limits::default().imagined),
        }),
        Answer::Stopped { none_within: Some((limits, _)) } => unknown(format!(
            "No reason of {name} was found within {} imagined acts; to look further was too much.",
            limits.imagined
        )),
        Answer::Stopped { none_within: None } => {
            unknown(format!("It was too much to find out whether {name} has a reason."))
        }
    })
}
