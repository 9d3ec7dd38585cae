//! What others want of an act that is theirs too.

use super::super::Halt;
use super::super::acts::Write;
use super::finder::Finder;
use super::fit::prefixes;
use super::{Plans, Relevant, Should, Wanted};
use crate::ground::{Condition, Place};
use crate::state::Situations;
use crate::world::EntityId;
use std::rc::Rc;

impl Finder<'_> {
    /// Whether the act could ever serve the wants of all others whose act it is.
    pub(super) fn may_agree(&mut self, situations: &mut Situations<'_>, act: u32) -> Result<bool, Halt> {
        if !self.purpose.willing {
            return Ok(true);
        }
        for other in self.others(act) {
            let Some(relevant) = self.relevant_to(situations, other)? else { return Ok(false) };
            let known = self.seeker.acts.get(act);
            if relevant.fewest(situations.problem(), known, Some(other)).is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn others(&self, act: u32) -> Vec<EntityId> {
        let actors = self.seeker.acts.get(act).actors.iter();
        actors.copied().filter(|&actor| Some(actor) != self.purpose.holder).collect()
    }

    /// What can matter for somebody else who takes part.
    fn relevant_to(&mut self, situations: &mut Situations<'_>, other: EntityId) -> Result<Option<Rc<Relevant>>, Halt> {
        let purpose = self.seeker.wants_of(situations, other);
        if self.seeker.purposes.wants(situations, purpose).is_empty() {
            return Ok(None);
        }
        let nesting = match self.purpose.holder {
            Some(_) if self.nesting == 0 => return Ok(None),
            Some(_) => self.nesting - 1,
            None => self.nesting,
        };
        self.seeker.relevant(situations, purpose, (self.steps, nesting), Plans::Imagined).map(Some)
    }

    /// What the act needs, and what the others whose act it is need for a reason.
    pub(super) fn needs_of(&mut self, situations: &mut Situations<'_>, act: u32) -> Result<(), Halt> {
        let event = self.seeker.acts.get(act).event;
        let needs: Vec<Condition> =
            situations.problem().get(event).needs().iter().map(|need| need.condition.clone()).collect();
        for need in &needs {
            self.condition(situations.problem_mut(), &[], need, true);
        }
        if !self.purpose.willing {
            return Ok(());
        }
        for other in self.others(act) {
            for need in &needs {
                self.condition(situations.problem_mut(), &[other], need, true);
            }
            if self.nesting <= 1 || self.steps <= 1 {
                self.motives_of(situations, act, other);
                continue;
            }
            // All that matters to them, whatever the act: once is enough.
            if !self.found.others.insert(other) {
                continue;
            }
            let Some(relevant) = self.relevant_to(situations, other)? else { continue };
            for &Wanted { chain, fluent, should } in &relevant.list {
                self.want(situations.problem_mut(), &[other], Place { chain, fluent }, should);
            }
        }
        Ok(())
    }

    /// What somebody else who takes part must believe so that the act, by itself, serves a want of theirs: all that the
    /// wants which it touches read, and what decides what it writes there.
    fn motives_of(&mut self, situations: &mut Situations<'_>, act: u32, other: EntityId) {
        let writes = self.seeker.acts.get(act).writes.clone();
        let mut served = false;
        let mut read: Vec<Place> = Vec::new();
        for places in self.motives(situations, other).iter() {
            let problem = situations.problem_mut();
            let mut touched: Vec<Write> = Vec::new();
            for write in &writes {
                let touches = |place: &Place| {
                    let wanted = Wanted { chain: place.chain, fluent: place.fluent, should: Should::Matter };
                    place.fluent == write.fluent && prefixes(problem, Some(other), write, wanted).is_some()
                };
                if places.iter().any(touches) {
                    touched.push(*write);
                }
            }
            if touched.is_empty() {
                read.extend(places.iter());
                continue;
            }
            served = true;
            for &place in places {
                self.want(problem, &[other], place, Should::Matter);
            }
            for write in touched {
                self.reads(problem, act, (&write, true), &[other]);
            }
        }
        // By way of rules, then.
        for place in read.into_iter().filter(|_| !served) {
            self.want(situations.problem_mut(), &[other], place, Should::Matter);
        }
    }

    /// What each want of somebody reads.
    fn motives(&mut self, situations: &Situations<'_>, other: EntityId) -> Rc<[Box<[Place]>]> {
        let purpose = self.seeker.wants_of(situations, other);
        if let Some(known) = self.seeker.relevance.motives.get(&purpose) {
            return Rc::clone(known);
        }
        let mut motives: Vec<Box<[Place]>> = Vec::new();
        for want in self.seeker.purposes.wants(situations, purpose) {
            let mut places: Vec<Place> = Vec::new();
            situations.problem().utility(want).places(&mut |place| places.push(place));
            places.sort_unstable();
            places.dedup();
            motives.push(places.into());
        }
        let motives: Rc<[Box<[Place]>]> = motives.into();
        self.seeker.relevance.motives.insert(purpose, Rc::clone(&motives));
        motives
    }
}
