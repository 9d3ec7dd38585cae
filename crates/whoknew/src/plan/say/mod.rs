//! A plan and its reasons in the story's own words: first as a tree ([`Act`], [`Reason`]), then as [`lines`].
//!
//! The reasons of a plan name events only. What a reader wants to hear besides is computed here, by the plain semantics:
//! which want an imagined plan serves, and where whoever imagines it is wrong.

mod lines;
mod mistakes;
mod wants;

pub use lines::{Line, lines, reason_lines};
pub use mistakes::Mistake;
pub use wants::Want;

use super::outcome;
use crate::ground::EventId;
use crate::state::{Situations, StateError, StateId};
use crate::world::{EntityId, say};

/// Something that happens, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// What happens.
    pub event: EventId,
    /// The same by the story's pattern; a call where there is none.
    pub sentence: String,
    /// The same as a call.
    pub call: String,
    /// Those whose choice it is; none: fate.
    pub actors: Vec<EntityId>,
    /// Why each of its actors does it; in imagined plans, why the others do.
    pub reasons: Vec<Reason>,
}

/// Why somebody does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Who.
    pub character: EntityId,
    /// Their name.
    pub name: String,
    /// What they want and expect to reach.
    pub wants: Vec<Want>,
    /// What they are wrong about, and count on.
    pub mistakes: Vec<Mistake>,
    /// The act for which this is the reason.
    pub act: EventId,
    /// What they expect to follow on it.
    pub next: Vec<Act>,
}

/// The acts, which happen one after the other from `state` on, in words.
pub fn acts(situations: &mut Situations<'_>, state: StateId, acts: &[outcome::Act]) -> Result<Vec<Act>, StateError> {
    let mut state = state;
    let mut said = Vec::with_capacity(acts.len());
    for act in acts {
        let problem = situations.problem();
        let sentence = say::event(problem.world(), problem.event_term(act.event));
        let call = say::call(problem.world(), problem.event_term(act.event));
        let reasons = act.reasons.iter().map(|given| reason(situations, state, given)).collect::<Result<_, _>>()?;
        let actors = situations.problem().actors(act.event).to_vec();
        said.push(Act { event: act.event, sentence, call, actors, reasons });
        state = situations.happen(state, act.event)?;
    }
    Ok(said)
}

/// The reason that somebody has in `state`, in words.
pub fn reason(situations: &mut Situations<'_>, state: StateId, reason: &outcome::Reason) -> Result<Reason, StateError> {
    let character = reason.character;
    let believed = situations.believed(character, state)?;
    let mut mistakes = mistakes::mistakes(situations, (state, believed), &reason.acts)?;
    let mut imagined = acts(situations, believed, &reason.acts)?;
    let mut end = believed;
    for act in &reason.acts {
        end = situations.happen(end, act.event)?;
    }
    mistakes::of_wants(situations, character, (state, believed, end), &mut mistakes)?;
    let wants = wants::raised(situations, character, (believed, end))?;
    let name = situations.problem().world().entities[character.index()].name.clone();
    let act = imagined.remove(0).event;
    Ok(Reason { character, name, wants, mistakes, act, next: imagined })
}

impl Reason {
    /// All events of the imagined plan.
    fn events(&self) -> Vec<EventId> {
        std::iter::once(self.act).chain(self.next.iter().map(|act| act.event)).collect()
    }
}

#[cfg(test)]
mod tests;
