//! What planned events look like to those whom guises deceive, found before planning: planning keeps all its events from
//! the beginning.

use super::sights::Viewing;
use super::{Atom, ChainId, Condition, EventId, GroundError, Place, Problem, Value, errors};
use crate::world::EntityId;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// By event and character: in which case it looks like which event, the most replaced first.
pub(crate) type Looks = FxHashMap<(EventId, EntityId), Arc<[(Condition, EventId)]>>;

/// Somebody in an event, and for whom they are taken, in which case.
struct Taken {
    place: usize,
    guise: EntityId,
    condition: Condition,
}

impl Problem<'_> {
    /// In which case `event` looks like which other event to `character`; the first that holds decides.
    pub(crate) fn looks(&self, event: EventId, character: EntityId) -> &[(Condition, EventId)] {
        self.guises.looks.get(&(event, character)).map_or(&[], |looks| looks)
    }

    /// What `event` may look like to anybody.
    pub(crate) fn all_looks(&self, event: EventId) -> impl Iterator<Item = EventId> + '_ {
        let characters = (0..self.world.characters).map(EntityId::from_index);
        characters.flat_map(move |character| self.looks(event, character).iter().map(|(_, look)| *look))
    }

    /// Finds what all events look like, and what they are taken for.
    pub(super) fn find_looks(&mut self) -> Result<(), GroundError> {
        let guises = if self.may_be_in_guise() { self.possible_guises() } else { Vec::new() };
        let (mut next, mut found) = (0, 0);
        while !guises.is_empty() && next < self.events.events.len() {
            let event = EventId::from_index(next);
            next += 1;
            if self.get(event).characters(self.world).all(|(_, who)| guises.iter().all(|guise| guise.0 != who)) {
                continue;
            }
            for character in (0..self.world.characters).map(EntityId::from_index) {
                let mut looks = Vec::new();
                for taken in self.takings(event, character, &guises)? {
                    let places: Vec<_> = taken.iter().map(|taken| (taken.place, taken.guise)).collect();
                    let look = self.disguised(event, &places)?;
                    looks.push((Condition::all(taken.into_iter().map(|taken| taken.condition)), look));
                }
                found += looks.len();
                if found > self.limits.instances {
                    let message = "plans would have to try too many events with somebody who may pass for somebody";
                    return Err(GroundError::new(&errors::TOO_MANY_INSTANCES, message).help(
                        "let fewer people disguise themselves: narrower kinds for the parameters of the action",
                    ));
                }
                if !looks.is_empty() {
                    self.guises.looks.insert((event, character), looks.into());
                }
            }
        }
        Ok(())
    }

    /// All ways to take some in the event for others, the most first.
    fn takings(
        &mut self,
        event: EventId,
        character: EntityId,
        guises: &[(EntityId, EntityId)],
    ) -> Result<Vec<Vec<Taken>>, GroundError> {
        let ground = Arc::clone(self.get(event));
        let mut ways: Vec<Vec<(usize, EntityId, EntityId)>> = vec![Vec::new()];
        for (place, who) in ground.characters(self.world).filter(|&(_, who)| who != character) {
            let further = guises.iter().filter(|guise| guise.0 == who && guise.1 != who);
            let further: Vec<_> = further.map(|&(_, like)| (place, who, like)).collect();
            let longer = ways
                .iter()
                .flat_map(|way| further.iter().map(|&one| way.iter().copied().chain([one]).collect::<Vec<_>>()));
            ways = longer.collect::<Vec<_>>().into_iter().chain(ways.iter().cloned()).collect();
        }
        ways.retain(|way| !way.is_empty());
        ways.sort_by_key(|way| std::cmp::Reverse(way.len()));
        let someone = self.world.someone();
        let mut takings = Vec::with_capacity(ways.len());
        for way in ways {
            let mut taken = Vec::with_capacity(way.len());
            for (place, who, like) in way {
                let acts = ground.actors().contains(&who);
                let condition = self.is_taken(character, (who, like), acts)?;
                taken.push(Taken { place, guise: if like == character { someone } else { like }, condition });
            }
            takings.push(taken);
        }
        Ok(takings)
    }

    /// That `who` looks like another, and `character` does not know it; where they do not act, that it deceives.
    fn is_taken(
        &mut self,
        character: EntityId,
        (who, like): (EntityId, EntityId),
        acts: bool,
    ) -> Result<Condition, GroundError> {
        let Some(fluent) = self.guise_of(who) else { return Ok(Condition::Constant(false)) };
        let (real, value) = (Place { chain: ChainId::REAL, fluent }, Value::entity(like));
        let believed = self.place(&[character], fluent);
        let deceives = match self.deceived_by(who)?.viewing(character) {
            _ if acts => Condition::Constant(true),
            None => Condition::Constant(false),
            Some(Viewing::If(condition)) => condition.clone(),
            Some(Viewing::ByFacts(decisions)) => decisions.condition(character),
        };
        let looks = Condition::Atom(Atom::Is { place: real, value, equal: true });
        let unknown = Condition::Atom(Atom::Is { place: believed, value, equal: false });
        Ok(Condition::all([looks, unknown, deceives]))
    }
}
