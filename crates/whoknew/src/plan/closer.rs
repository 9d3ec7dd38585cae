//! A closer look at what acts the author's aim takes: which beliefs have to be looked at is found by following the ways that
//! seem to lead there, until somebody turns out to have no reason.
//!
//! (Refinement by counterexample: Clarke and others, CAV 2000; for planning Seipp and Helmert, JAIR 2018.)

use super::explain::Stopped;
use super::glances::{Glances, may_raise};
use super::looks::Looks;
use super::numbers::Small;
use super::search::{Depth, Search};
use super::within::Goal;
use std::sync::Arc;

/// Beliefs that may be looked at.
const MOST_LOOKS: usize = 200;

impl Search<'_> {
    /// Looks at more beliefs until the distance of the start is as large as they make it, where at most so many steps matter;
    /// whether the aim may be reached within those.
    pub(super) fn look_closer(&mut self, depth: Depth, most: usize) -> Result<bool, Stopped> {
        let goal = self.goal();
        if self.seen_enough || self.explainer.within.vague[goal.holder] {
            return Ok(true);
        }
        let model = Arc::clone(&self.explainer.successors.model);
        let imagined = if depth.nesting == 0 { 1 } else { usize::from(depth.imagined) };
        let seen = |slots| Glances::new(Arc::clone(&model), Looks::new(&model, slots), goal, imagined);
        let mut glances = self.glances.take().unwrap_or_else(|| seen(Vec::new()));
        loop {
            let least = self.explainer.watch.at_least;
            let start = glances.at(self.explainer.successors.start, &self.explainer);
            let reached = (least..=most).find(|&steps| glances.may_reach(start, steps, &mut self.explainer));
            let way = reached.and_then(|_| glances.way(start));
            let (mut slots, expanded) = (glances.looks.slots.clone(), glances.expanded);
            self.glances = Some(glances);
            if self.explainer.watch.stopped.is_some() {
                return Err(Stopped);
            }
            let Some(reached) = reached else { return Ok(false) };
            self.explainer.watch.at_least = least.max(reached);
            let Some(way) = way else { return Ok(true) };
            let before = slots.len();
            slots.extend(self.refuted(&way, imagined)?);
            slots.sort_unstable();
            slots.dedup();
            if slots.len() == before || slots.len() > MOST_LOOKS {
                self.seen_enough = true;
                return Ok(true);
            }
            glances = seen(slots);
            glances.expanded = expanded;
        }
    }

    /// The author's aim.
    pub(super) fn goal(&self) -> Goal {
        Goal { holder: 0, above: self.above, least: self.task.aim }
    }

    /// Follows a way with all beliefs, up to an act that turns out to be impossible or to have no reason; those beliefs which
    /// show that.
    fn refuted(&mut self, way: &[u32], imagined: usize) -> Result<Vec<(u8, u16)>, Stopped> {
        let model = Arc::clone(&self.explainer.successors.model);
        let mut node = self.explainer.successors.start;
        for &event in way {
            let ground = &model.events[event as usize];
            if !self.explainer.successors.possible(node, event) {
                let mut read = Vec::new();
                ground.needs.slots(&mut |slot| {
                    if let [character] = *model.chains[usize::from(slot.chain)] {
                        read.push((character, slot.fact));
                    }
                });
                return Ok(read);
            }
            for &character in ground.actors.iter().filter(|&&actor| !ground.may_mean_another(actor)) {
                let canonical = &self.explainer.successors.canonical;
                let row = canonical.values(canonical.believed(node, usize::from(character))).to_vec();
                if let Some(columns) = self.telling(&row, (event, character), imagined) {
                    return Ok(columns.into_iter().map(|fact| (character, fact)).collect());
                }
            }
            match self.explainer.next(node, event)? {
                Some(next) => node = next,
                None => break,
            }
        }
        Ok(Vec::new())
    }

    /// Those of the believed values which show already that the character has no reason; `None` if all together do not.
    fn telling(&self, row: &[Small], act: (u32, u8), imagined: usize) -> Option<Vec<u16>> {
        let mut values: Vec<Option<Small>> = row.iter().copied().map(Some).collect();
        if may_raise(&self.explainer, &values, act, imagined) {
            return None;
        }
        for column in 0..values.len() {
            let value = values[column].take();
            if may_raise(&self.explainer, &values, act, imagined) {
                values[column] = value;
            }
        }
        Some((0u16..).zip(&values).filter(|(_, value)| value.is_some()).map(|(column, _)| column).collect())
    }
}
