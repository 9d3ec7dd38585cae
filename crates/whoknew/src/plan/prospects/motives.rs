//! What others would need for a reason: what they would have to believe so that an act serves what they want.

use super::super::formula::Number;
use super::View;
use super::back::Back;
use super::paths::level;
use super::unmet::{Place, Ways, both, met};
use crate::world::Arithmetic;
use std::sync::Arc;

impl Back<'_> {
    /// What is lacking so that `actor` has a reason for the event; nothing does if they cannot have one.
    pub(super) fn motives(&mut self, actor: u8, event: u32) -> Ways {
        let model = Arc::clone(&self.model);
        if model.events[event as usize].may_mean_another(actor) {
            return met();
        }
        let possible = self.unmet(&[actor], &model.events[event as usize].needs);
        if possible.is_empty() || self.has_prospects(actor, event) {
            return possible;
        }
        both(&possible, &self.changed_minds(actor, event))
    }

    /// Whether it has prospects for the actor.
    fn has_prospects(&mut self, actor: u8, event: u32) -> bool {
        let (steps, nesting) = match self.view.holder {
            0 => (self.view.steps, self.view.nesting),
            _ => (self.view.steps, self.view.nesting.saturating_sub(1)),
        };
        let node = self.successors.canonical.believed(self.view.node, usize::from(actor));
        let view = View { node, holder: actor + 1, steps, nesting };
        self.prospects.at(view, self.successors).has(event, usize::from(steps))
    }

    /// One thing that the actor would have to see otherwise, of what decides a want that the event touches.
    fn changed_minds(&self, actor: u8, event: u32) -> Ways {
        let touched = &self.prospects.writers.touched[event as usize];
        let mut parts = Vec::new();
        self.model.utilities[usize::from(actor) + 1].iter().for_each(|number| summands(number, &mut parts));
        let path = [actor];
        let view = level(self.successors, self.view.node, &path);
        let place = Place { view: &view, chains: &self.model.chains, path: &path, holder: self.view.holder };
        let mut ways = Vec::new();
        for part in parts {
            let mut slots = Vec::new();
            part.slots(&mut |slot| slots.push(slot));
            if slots.iter().any(|slot| touched.contains(&slot.fact)) {
                let others = slots.into_iter().filter(|slot| !touched.contains(&slot.fact));
                ways.extend(others.flat_map(|slot| place.other(slot)));
            }
        }
        ways
    }
}

fn summands<'n>(number: &'n Number, parts: &mut Vec<&'n Number>) {
    match number {
        Number::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, sides) => {
            summands(&sides.0, parts);
            summands(&sides.1, parts);
        }
        other => parts.push(other),
    }
}
