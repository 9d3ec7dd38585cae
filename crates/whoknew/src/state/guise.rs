//! An event as it looks to somebody: who looks like another is taken for that one, unless one believes that they look so.

use super::errors::StateError;
use super::{Situations, StateId};
use crate::ground::{Event, EventId, Place, Value, Viewing};
use crate::world::EntityId;
use std::sync::Arc;

impl Situations<'_> {
    /// Whether somebody whom `event` is about looks like another in `state`.
    pub(crate) fn in_guise(&self, state: StateId, event: &Event) -> bool {
        if !self.problem.may_be_in_guise() {
            return false;
        }
        let disguised = |who| self.guise(state, who).is_some();
        event.characters(self.problem.world()).any(|(_, who)| disguised(who))
    }

    /// Whom somebody looks like in `state`.
    pub(crate) fn guise(&self, state: StateId, who: EntityId) -> Option<EntityId> {
        self.value(state, self.problem.guise_of(who)?).as_entity()
    }

    /// What `event`, if it happens in `state`, looks like to `character`: with others in the places of those who are in a
    /// guise that deceives them. Nobody takes another for themselves: then it is somebody unknown.
    ///
    /// # Errors
    ///
    /// See [`StateError`].
    pub fn as_it_looks(&mut self, state: StateId, event: EventId, character: EntityId) -> Result<EventId, StateError> {
        if !self.in_guise(state, self.problem.get(event)) {
            return Ok(event);
        }
        let ground = Arc::clone(self.problem.get(event));
        let believed = self.believed(character, state)?;
        let mut taken = Vec::new();
        for (index, who) in ground.characters(self.problem.world()) {
            let Some(guise) = self.guise(state, who) else { continue };
            let knows = who == character || guise == who || self.guise(believed, who) == Some(guise);
            if knows || !(ground.actors().contains(&who) || self.deceives(state, who, character)?) {
                continue;
            }
            let unknown = self.problem.world().someone();
            taken.push((index, if guise == character { unknown } else { guise }));
        }
        if taken.is_empty() {
            return Ok(event);
        }
        self.problem.disguised(event, &taken).map_err(StateError::Unfolded)
    }

    /// What `event`, if it happens in `state`, looks like to `actor`, whose act it is.
    ///
    /// # Errors
    ///
    /// See [`StateError`].
    pub fn as_meant(&mut self, state: StateId, event: EventId, actor: EntityId) -> Result<EventId, StateError> {
        let ground = Arc::clone(self.problem.get(event));
        let openly = self.sighted(state, &ground, actor)?.is_some_and(|(_, openly)| openly);
        if openly { Ok(event) } else { self.as_it_looks(state, event, actor) }
    }

    /// Whether `who`, acted upon, is taken by `character` for whom they look like.
    fn deceives(&mut self, state: StateId, who: EntityId, character: EntityId) -> Result<bool, StateError> {
        let viewers = self.problem.deceived_by(who).map_err(StateError::Unfolded)?;
        let values = self.node(state).values;
        match viewers.viewing(character) {
            None => Ok(false),
            Some(Viewing::If(condition)) => self.holds(state, condition),
            Some(Viewing::ByFacts(decisions)) => Ok(decisions.hold(character, |fact| self.values.get(values, fact))),
        }
    }

    /// Leaves out what an event in a guise would write on the beliefs of those who notice it and are deceived, and on what
    /// others believe of these: it follows from the event as it looks to them.
    pub(crate) fn leave_out_deceived(
        &mut self,
        state: StateId,
        (event, ground): (EventId, &Event),
        writes: &mut Vec<(Place, Value)>,
    ) -> Result<(), StateError> {
        if !self.in_guise(state, ground) {
            return Ok(());
        }
        let mut deceived: Vec<(EntityId, bool)> = Vec::new();
        let mut kept = Vec::with_capacity(writes.len());
        for &(place, value) in writes.iter() {
            let mut keeps = true;
            for believer in self.problem.believers(place.chain).to_vec() {
                if believer.index() >= self.problem.world().characters {
                    continue;
                }
                let known = deceived.iter().find(|(who, _)| *who == believer).map(|&(_, is)| is);
                let is = match known {
                    Some(is) => is,
                    None => self.is_deceived(state, ground, event, believer)?,
                };
                deceived.extend(known.is_none().then_some((believer, is)));
                keeps &= !is;
            }
            if keeps {
                kept.push((place, value));
            }
        }
        *writes = kept;
        Ok(())
    }

    /// Whether `character` notices the event and takes somebody in it for another.
    fn is_deceived(
        &mut self,
        state: StateId,
        ground: &Event,
        event: EventId,
        character: EntityId,
    ) -> Result<bool, StateError> {
        match self.sighted(state, ground, character)? {
            Some((_, false)) => Ok(self.as_it_looks(state, event, character)? != event),
            Some((_, true)) | None => Ok(false),
        }
    }
}
