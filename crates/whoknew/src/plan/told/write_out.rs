//! Reasons written out, with the reasons of others that they rest on; checked by the plain semantics.

use super::super::outcome::{Act, Reason};
use super::super::verify;
use super::search::Question;
use super::{Halt, Seeker, Sequence};
use crate::ground::EventId;
use crate::state::{Situations, StateError, StateId};
use crate::world::EntityId;

/// Who has how many steps and how much nesting for a reason; whose reasons are not asked for.
struct Room {
    except: Option<EntityId>,
    steps: u8,
    nesting: u8,
}

impl Seeker {
    pub(super) fn written_reason(
        &mut self,
        situations: &mut Situations<'_>,
        question: Question,
        events: &[EventId],
    ) -> Result<Reason, Halt> {
        let Some(character) = question.purpose.holder else {
            return Ok(Reason { character: EntityId::from_index(0), acts: Vec::new() });
        };
        let mut state = question.believed;
        let mut acts = Vec::with_capacity(events.len());
        for (index, &event) in events.iter().enumerate() {
            acts.push(if index == 0 {
                Act { event, reasons: Vec::new() }
            } else {
                let room = Room {
                    except: Some(character),
                    steps: question.steps.saturating_sub(index as u8),
                    nesting: question.nesting.saturating_sub(1),
                };
                self.written_act(situations, state, event, &room)?
            });
            state = situations.happen(state, event)?;
        }
        Ok(Reason { character, acts })
    }

    fn written_act(
        &mut self,
        situations: &mut Situations<'_>,
        state: StateId,
        event: EventId,
        room: &Room,
    ) -> Result<Act, Halt> {
        let actors: Vec<EntityId> = situations.problem().actors(event).to_vec();
        let mut reasons = Vec::new();
        for actor in actors.into_iter().filter(|&actor| Some(actor) != room.except) {
            let believed = situations.believed(actor, state)?;
            let purpose = self.wants_of(situations, actor);
            let event = situations.as_meant(state, event, actor)?;
            let question = Question { believed, event, purpose, steps: room.steps, nesting: room.nesting };
            if let Some(events) = self.explain(situations, question)? {
                reasons.push(self.written_reason(situations, question, &events)?);
            }
        }
        Ok(Act { event, reasons })
    }

    pub(super) fn written_sequence(
        &mut self,
        situations: &mut Situations<'_>,
        state: StateId,
        events: &[EventId],
        willing: bool,
    ) -> Result<Sequence, Halt> {
        let mut state = state;
        let mut acts = Vec::with_capacity(events.len());
        for &event in events {
            acts.push(if willing {
                let room = Room { except: None, steps: self.limits.imagined as u8, nesting: self.limits.nesting as u8 };
                self.written_act(situations, state, event, &room)?
            } else {
                Act { event, reasons: Vec::new() }
            });
            state = situations.happen(state, event)?;
        }
        Ok(Sequence { acts })
    }

    /// Whether a reason for its first act, in `state`, is one by the plain semantics.
    pub(super) fn verified(
        &mut self,
        situations: &mut Situations<'_>,
        state: StateId,
        reason: &Reason,
    ) -> Result<bool, StateError> {
        let limits = verify::ReasonLimits {
            imagined: self.limits.imagined,
            nesting: self.limits.nesting,
            set_aside: self.purposes.set(self.aside),
        };
        verify::holds(situations, state, reason, &limits)
    }
}
