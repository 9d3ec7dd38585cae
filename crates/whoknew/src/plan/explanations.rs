//! Reasons one by one: why somebody would do something after certain events from the start on.

use super::PlanError;
use super::explain::{Explainer, Question, Stopped};
use super::limits::Limits;
use super::observer::Watch;
use super::outcome::{Reason, StopReason};
use super::start::begin;
use crate::ground::EventId;
use crate::state::Situations;
use crate::world::EntityId;
use rustc_hash::FxHashMap;

/// Finds reasons, and remembers them.
pub struct Explanations {
    explainer: Explainer<'static>,
    events: FxHashMap<EventId, u32>,
}

impl Explanations {
    /// Reasons in the story of `situations`, which [`prepare`](super::prepare) made; their plans have at most `steps` acts.
    pub fn new(situations: &mut Situations<'_>, steps: usize) -> Result<Self, PlanError> {
        let successors = begin(situations)?;
        let events = successors.model.events.iter().enumerate();
        let events = events.map(|(index, event)| (event.id, index as u32)).collect();
        Ok(Self { explainer: Explainer::new(successors, steps.min(250)), events })
    }

    /// Why `character`, one of its actors, would do `event` when `before` has happened from the start on; `None` if they have
    /// no reason within the limits, or it cannot come to that.
    pub fn reason(
        &mut self,
        before: &[EventId],
        (event, character): (EventId, EntityId),
        limits: &Limits,
    ) -> Result<Option<Reason>, StopReason> {
        self.explainer.watch = Watch::new(None, *limits);
        self.explainer.limit = self.explainer.successors.computed.saturating_add(limits.situations);
        let found = self.find(before, (event, character), limits);
        let stopped = self.explainer.watch.stopped.unwrap_or(StopReason::Situations);
        found.map_err(|Stopped| stopped)
    }

    fn find(
        &mut self,
        before: &[EventId],
        (event, character): (EventId, EntityId),
        limits: &Limits,
    ) -> Result<Option<Reason>, Stopped> {
        let mut node = self.explainer.successors.start;
        for event in before {
            let Some(&event) = self.events.get(event) else { return Ok(None) };
            match self.explainer.next(node, event)? {
                Some(next) => node = next,
                None => return Ok(None),
            }
        }
        let Some(&event) = self.events.get(&event) else { return Ok(None) };
        let question = Question {
            believed: self.explainer.successors.canonical.believed(node, character.index()),
            event,
            character: character.index() as u8,
            steps: limits.imagined.min(250) as u8,
            nesting: limits.nesting.min(100) as u8,
        };
        match self.explainer.explain(question)? {
            Some(events) => self.explainer.reason(question, &events).map(Some),
            None => Ok(None),
        }
    }
}
