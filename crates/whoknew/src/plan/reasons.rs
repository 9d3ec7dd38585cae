//! The reasons of a plan, written out with the reasons that they rest on.

use super::canonical::Node;
use super::explain::{Explainer, Question, Stopped};
use super::outcome::{Act, Plan, Reason};
use super::search::{Depth, Search};
use crate::world::EntityId;

impl Search<'_> {
    /// The plan with everybody's reasons.
    pub(super) fn written_out(&mut self, events: &[u32], depth: Depth) -> Result<Plan, Stopped> {
        let mut node = self.explainer.successors.start;
        let mut acts = Vec::with_capacity(events.len());
        for &event in events {
            acts.push(self.explainer.act(node, event, None, (depth.imagined, depth.nesting))?);
            node = self.explainer.next(node, event)?.unwrap_or(node);
        }
        Ok(Plan { acts })
    }
}

impl Explainer<'_> {
    /// The event with the reasons of its actors, but for `except`.
    fn act(&mut self, node: Node, event: u32, except: Option<u8>, (steps, nesting): (u8, u8)) -> Result<Act, Stopped> {
        let model = std::sync::Arc::clone(&self.successors.model);
        let ground = &model.events[event as usize];
        let mut reasons = Vec::new();
        for &character in ground.actors.iter().filter(|&&actor| Some(actor) != except) {
            let believed = self.successors.canonical.believed(node, usize::from(character));
            let event = self.successors.as_meant(node, event, character);
            let question = Question { believed, event, character, steps, nesting };
            if let Some(events) = self.explain(question)? {
                reasons.push(self.reason(question, &events)?);
            }
        }
        Ok(Act { event: ground.id, reasons })
    }

    pub(super) fn reason(&mut self, question: Question, events: &[u32]) -> Result<Reason, Stopped> {
        let model = std::sync::Arc::clone(&self.successors.model);
        let mut acts = Vec::with_capacity(events.len());
        let mut node = question.believed;
        for (index, &event) in events.iter().enumerate() {
            acts.push(if index == 0 {
                Act { event: model.events[event as usize].id, reasons: Vec::new() }
            } else {
                let left = (question.steps - index as u8, question.nesting.saturating_sub(1));
                self.act(node, event, Some(question.character), left)?
            });
            node = self.next(node, event)?.unwrap_or(node);
        }
        Ok(Reason { character: EntityId::from_index(usize::from(question.character)), acts })
    }
}
