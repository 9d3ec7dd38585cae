//! What decides whether, and what, an act writes, and who notices it.

use super::super::acts::Write;
use super::Should;
use super::finder::Finder;
use super::fit::wanted_by;
use crate::ground::{Condition, EventId, GroundFluentId, Place, Problem, Viewing};
use crate::world::EntityId;
use rustc_hash::FxHashSet;
use std::rc::Rc;

impl Finder<'_> {
    /// What decides whether, and what, the act writes there.
    pub(super) fn reads(
        &mut self,
        problem: &mut Problem<'_>,
        act: u32,
        (write, fits): (&Write, bool),
        prefix: &[EntityId],
    ) {
        let event = self.seeker.acts.get(act).event;
        let chain = problem.place(prefix, write.fluent).chain;
        if !self.found.read.insert((act, chain, write.fluent)) {
            return;
        }
        for &event in self.noticed(problem, act, event, prefix).iter() {
            for &(place, should) in self.reading(problem, event, write).iter() {
                let should = match should {
                    Should::Be(value) if !fits => Should::NotBe(value),
                    Should::NotBe(value) if !fits => Should::Be(value),
                    should => should,
                };
                self.want(problem, prefix, place, should);
            }
        }
    }

    /// What the changes of an event read that write there.
    fn reading(&mut self, problem: &Problem<'_>, event: EventId, write: &Write) -> Rc<[(Place, Should)]> {
        let key = (event, write.chain, write.fluent);
        if let Some(known) = self.seeker.relevance.reading.get(&key) {
            return Rc::clone(known);
        }
        let mut reading: Vec<(Place, Should)> = Vec::new();
        for change in problem.get(event).changes_of(write.fluent, &problem.events.joins) {
            if change.place.chain == write.chain {
                wanted_by(&change.condition, true, &mut reading);
                change.value.places(&mut |place| reading.push((place, Should::Matter)));
            }
        }
        let mut known = FxHashSet::default();
        reading.retain(|one| known.insert(*one));
        let reading: Rc<[(Place, Should)]> = reading.into();
        self.seeker.relevance.reading.insert(key, Rc::clone(&reading));
        reading
    }

    /// What those of a chain take an event for; who notices what depends on facts that matter then.
    fn noticed(&mut self, problem: &mut Problem<'_>, act: u32, event: EventId, prefix: &[EntityId]) -> Rc<[EventId]> {
        let any = GroundFluentId::from_index(0);
        let key = (act, problem.place(prefix, any).chain);
        if let Some(known) = self.found.noticed.get(&key) {
            return Rc::clone(known);
        }
        let mut noticed: Vec<EventId> = vec![event];
        for (position, &who) in prefix.iter().enumerate() {
            let mut next: Vec<EventId> = Vec::new();
            for event in noticed {
                let ground = problem.get(event).clone();
                for (viewing, seen, _) in ground.sights_of(who) {
                    let condition = match viewing {
                        Viewing::If(condition) => condition.clone(),
                        Viewing::ByFacts(decisions) => decisions.condition(who),
                    };
                    self.condition(problem, &prefix[..position], &condition, true);
                    if condition != Condition::Constant(false) && !next.contains(&seen) {
                        next.push(seen);
                    }
                }
            }
            noticed = next;
        }
        let noticed: Rc<[EventId]> = noticed.into();
        self.found.noticed.insert(key, Rc::clone(&noticed));
        noticed
    }
}
