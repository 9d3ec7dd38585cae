//! Who notices an event, and what they then believe: the edges of a node, computed from those of the node before it.
//!
//! Long chains of events that a character does not notice are walked step by step, never recursively.

use super::arena::{Operation, WriteReason, decode};
use super::errors::StateError;
use super::writes::WritesId;
use super::{Situations, StateId};
use crate::ground::{Event, EventId, Viewing};
use crate::world::EntityId;
use std::sync::Arc;

/// Below: how often somebody asked whom an event concerns. From here on: the place of the set of those whom it concerns,
/// plus this.
const FIRST_SET: u32 = 64;
/// For one in so many characters it is found out singly; once more ask, for all.
const ONE_IN: u32 = 4;

impl Situations<'_> {
    /// The situation that `character` takes to be real in `state`.
    pub fn believed(&mut self, character: EntityId, state: StateId) -> Result<StateId, StateError> {
        if let Some(known) = self.known_edge(state, character) {
            return Ok(known);
        }
        self.deeper(|this| this.force(character, state))
    }

    /// Runs `body` one belief deeper, within the limit.
    pub(crate) fn deeper<T>(&mut self, body: impl FnOnce(&mut Self) -> Result<T, StateError>) -> Result<T, StateError> {
        let limit = self.problem.limits().nesting;
        if self.depth >= limit {
            return Err(StateError::TooDeep(limit));
        }
        self.depth += 1;
        let result = body(self);
        self.depth -= 1;
        result
    }

    fn force(&mut self, character: EntityId, state: StateId) -> Result<StateId, StateError> {
        let mut behind = Vec::new();
        let mut reached = state;
        let mut believed = loop {
            match self.known_edge(reached, character) {
                Some(known) => break known,
                None => behind.push(reached),
            }
            reached = self.node(reached).before;
        };
        while let Some(node) = behind.pop() {
            let next = self.edge_after(character, node, believed)?;
            if next != believed || node == state {
                self.remember_edge(node, character, next);
            }
            believed = next;
        }
        Ok(believed)
    }

    /// What `character` believes in `state`, given what they believed in the node before it.
    fn edge_after(&mut self, character: EntityId, state: StateId, believed: StateId) -> Result<StateId, StateError> {
        let node = self.node(state);
        let (before, operation, owner) = (node.before, node.operation, decode(node.owner));
        match operation {
            Operation::Start => Ok(state),
            Operation::Event(event) => {
                if !self.concerns(state, event, character)? {
                    return Ok(believed);
                }
                let ground = Arc::clone(self.problem.get(event));
                if ground.reads_beliefs() || self.in_guise(before, &ground) {
                    self.remember_edge(before, character, believed);
                }
                let after = self.after_notice(before, &ground, character, believed)?;
                let writes = self.effects_on(before, event, owner, character)?;
                if writes == WritesId::NONE {
                    return Ok(after);
                }
                self.after_write(after, writes, WriteReason::Effect(event), Some(character))
            }
            Operation::Write(writes, reason) => {
                let writes = self.writes.of(writes, character);
                if writes == WritesId::NONE {
                    return Ok(believed);
                }
                self.after_write(believed, writes, reason, Some(character))
            }
            Operation::Rules(run) => {
                let writes = self.writes.of(self.runs[run as usize].beliefs, character);
                let raw = if writes == WritesId::NONE {
                    believed
                } else {
                    self.after_write(believed, writes, WriteReason::Rules, Some(character))?
                };
                if self.node(state).settled {
                    self.settle(raw, Some(character))
                } else {
                    self.pass(raw, Some(character))
                }
            }
        }
    }

    /// Whether `character` may notice the event that made `state`, or it may write on what they believe. Asked for a few
    /// times it may say so of anybody; then it is found out for all at once.
    fn concerns(&mut self, state: StateId, event: EventId, character: EntityId) -> Result<bool, StateError> {
        let known = self.node(state).concerned;
        if known < FIRST_SET {
            let ground = Arc::clone(self.problem.get(event));
            let owner = decode(self.node(state).owner);
            let nested = owner.is_some_and(|owner| ground.may_concern(owner));
            let asked_singly = (self.problem.world().characters as u32 / ONE_IN).clamp(2, FIRST_SET - 2);
            if known < asked_singly {
                self.nodes[state.index()].concerned += 1;
                return Ok(true);
            }
            if ground.sights_read_beliefs() || nested || self.in_guise(self.node(state).before, &ground) {
                return Ok(true);
            }
            self.find_concerned(state, &ground)?;
        }
        let first = (self.node(state).concerned - FIRST_SET) as usize;
        Ok(self.concerned[first + character.index() / 64] & (1 << (character.index() % 64)) != 0)
    }

    fn find_concerned(&mut self, state: StateId, ground: &Event) -> Result<(), StateError> {
        let characters = self.problem.world().characters;
        let before = self.node(state).before;
        let first = self.concerned.len();
        self.concerned.resize(first + characters.div_ceil(64), 0);
        for character in (0..characters).map(EntityId::from_index) {
            let written = || ground.may_concern(character);
            let concerned = self.noticed(before, ground, character)?.is_some()
                || written() && (ground.reads_beliefs() || ground.concerns(&mut self.at(before), character)?);
            if concerned {
                self.concerned[first + character.index() / 64] |= 1 << (character.index() % 64);
            }
        }
        self.nodes[state.index()].concerned = FIRST_SET + first as u32;
        Ok(())
    }

    /// What `character` believes after noticing, or not, the event that happened in `before`.
    fn after_notice(
        &mut self,
        before: StateId,
        ground: &Event,
        character: EntityId,
        believed: StateId,
    ) -> Result<StateId, StateError> {
        let Some(noticed) = self.noticed(before, ground, character)? else {
            return Ok(believed);
        };
        let corrected = self.corrected(before, believed, noticed)?;
        self.after_event(corrected, noticed, Some(character))
    }

    /// What `character` notices of an event that happens in `state`: it, another event, or nothing.
    pub(crate) fn noticed(
        &mut self,
        state: StateId,
        ground: &Event,
        character: EntityId,
    ) -> Result<Option<EventId>, StateError> {
        match self.sighted(state, ground, character)? {
            None => Ok(None),
            Some((event, true)) => Ok(Some(event)),
            Some((event, false)) => self.as_it_looks(state, event, character).map(Some),
        }
    }

    /// The same whatever the guises, and whether they see who it truly is.
    pub(crate) fn sighted(
        &mut self,
        state: StateId,
        ground: &Event,
        character: EntityId,
    ) -> Result<Option<(EventId, bool)>, StateError> {
        if let Some(notices) = ground.told_notice(character) {
            return Ok(notices.then(|| (ground.plain(), false)));
        }
        let values = self.node(state).values;
        for (viewing, event, openly) in ground.sights_of(character) {
            let notices = match viewing {
                Viewing::If(condition) => self.holds(state, condition)?,
                Viewing::ByFacts(decisions) => decisions.hold(character, |fact| self.values.get(values, fact)),
            };
            if notices {
                return Ok(Some((event, openly)));
            }
        }
        Ok(None)
    }

    /// What `character` notices when `event` happens in `state`: it, another event, or nothing.
    pub fn notices(
        &mut self,
        state: StateId,
        event: EventId,
        character: EntityId,
    ) -> Result<Option<EventId>, StateError> {
        let ground = Arc::clone(self.problem.get(event));
        self.noticed(state, &ground, character)
    }
}
