//! A plan that was found fast, with whatever can be left out left out.

use super::canonical::Node;
use super::explain::Stopped;
use super::search::{Depth, Search};

/// Longer plans are left as they are.
const LONGEST: usize = 20;

impl Search<'_> {
    /// Leaves out what can be left out: the shortest part of the plan that is explained and does as well.
    pub(super) fn shortened(&mut self, plan: Vec<u32>, depth: Depth) -> Result<Vec<u32>, Stopped> {
        let reached = self.follow(&plan, None)?.and_then(|node| self.explainer.successors.utility(node, 0));
        let Some(reached) = reached.filter(|_| plan.len() < LONGEST) else { return Ok(plan) };
        let mut parts: Vec<u32> = (1..(1u32 << plan.len()) - 1).collect();
        parts.sort_by_key(|part| part.count_ones());
        for part in parts {
            let kept: Vec<u32> =
                plan.iter().enumerate().filter(|(index, _)| part >> index & 1 == 1).map(|(_, &event)| event).collect();
            let Some(node) = self.follow(&kept, None)? else { continue };
            let does_as_well = self.explainer.successors.utility(node, 0).is_some_and(|utility| utility >= reached);
            if does_as_well && self.follow(&kept, Some(depth))?.is_some() {
                return Ok(kept);
            }
        }
        Ok(plan)
    }

    /// Where the events lead, if they are possible, and explained where that is asked.
    pub(super) fn follow(&mut self, events: &[u32], depth: Option<Depth>) -> Result<Option<Node>, Stopped> {
        let mut node = self.explainer.successors.start;
        for &event in events {
            if !self.explainer.successors.possible(node, event) {
                return Ok(None);
            }
            if let Some(depth) = depth
                && !self.is_explained(node, event, depth)?
            {
                return Ok(None);
            }
            match self.explainer.next(node, event)? {
                Some(next) => node = next,
                None => return Ok(None),
            }
        }
        Ok(Some(node))
    }
}
