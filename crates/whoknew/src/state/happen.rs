//! An event happens: the values of the level, the owner's belief about their own beliefs kept as the belief itself.

use super::arena::{Operation, WriteReason, code};
use super::errors::{StateError, WrittenBy};
use super::writes::WritesId;
use super::{Situations, StateId};
use crate::ground::{ChainId, Changes, Event, EventId, Place, Value};
use crate::world::EntityId;
use std::sync::Arc;

impl Situations<'_> {
    /// The situation after `event` happened in `state` and the rules settled. Its needs are not asked for: see
    /// [`Situations::refusal`].
    pub fn happen(&mut self, state: StateId, event: EventId) -> Result<StateId, StateError> {
        let raw = self.after_event(state, event, None)?;
        self.settle(raw, None)
    }

    /// The situation in which `changes` were written at once, for an assumption, a conclusion or a patch; then the rules
    /// settle.
    pub fn write(&mut self, state: StateId, changes: &Changes) -> Result<StateId, StateError> {
        let mut writes = self.computed(state, changes.own())?;
        writes.extend(self.computed(state, changes.beliefs())?);
        self.write_values(state, &writes)
    }

    /// The situation in which the places have these values; then the rules settle.
    pub fn write_values(&mut self, state: StateId, writes: &[(Place, Value)]) -> Result<StateId, StateError> {
        self.problem.note_given(writes.iter().map(|&(place, value)| (place.fluent, value)));
        let writes = self.writes.collect(&self.problem, writes, None);
        let raw = self.after_write(state, writes, WriteReason::Told, None)?;
        self.settle(raw, None)
    }

    /// The node after `event`, before rules; `owner` believes that this is what they believe.
    pub(crate) fn after_event(
        &mut self,
        before: StateId,
        event: EventId,
        owner: Option<EntityId>,
    ) -> Result<StateId, StateError> {
        let ground = Arc::clone(self.problem.get(event));
        if let Some(owner) = owner
            && self.keeps_tie(before, event, &ground, owner)?
        {
            let after = self.after_owned_event(before, event, &ground, None)?;
            self.remember_edge(after, owner, after);
            return Ok(after);
        }
        self.after_owned_event(before, event, &ground, owner)
    }

    fn after_owned_event(
        &mut self,
        before: StateId,
        event: EventId,
        ground: &Event,
        owner: Option<EntityId>,
    ) -> Result<StateId, StateError> {
        if let Some(&made) = self.made.get(&(before, Operation::Event(event), code(owner))) {
            return Ok(made);
        }
        let conflict = |conflict| StateError::Conflict { by: WrittenBy::Event(event), conflict };
        let mut writes = ground.own_writes(&mut self.at(before))?.map_err(conflict)?;
        if let Some(owner) = owner.filter(|owner| ground.may_concern(*owner)) {
            // What the event does to the owner's beliefs, it does to this level; it wins over the rest.
            for (place, value) in self.belief_writes(before, event, ground, owner)? {
                if self.problem.believers(place.chain) == [owner] {
                    writes.push((Place { chain: ChainId::REAL, fluent: place.fluent }, value));
                }
            }
        }
        let mark = self.values.mark();
        let mut values = self.node(before).values;
        for (place, value) in writes {
            values = self.values.set(values, place.fluent, value, mark);
        }
        self.derive(before, values, Operation::Event(event), owner)
    }

    /// Whether `owner`, for whom `before` is their own belief, will by themselves believe that they believe what is so
    /// after `event`.
    fn keeps_tie(
        &mut self,
        before: StateId,
        event: EventId,
        ground: &Event,
        owner: EntityId,
    ) -> Result<bool, StateError> {
        if self.believed(owner, before)? != before || self.noticed(before, ground, owner)? != Some(event) {
            return Ok(false);
        }
        Ok(!ground.concerns(&mut self.at(before), owner)?)
    }

    /// What `event` writes, at `before`, on what `character` believes.
    pub(crate) fn effects_on(
        &mut self,
        before: StateId,
        event: EventId,
        owner: Option<EntityId>,
        character: EntityId,
    ) -> Result<WritesId, StateError> {
        let ground = Arc::clone(self.problem.get(event));
        let mut writes = Vec::new();
        if ground.may_concern(character) {
            writes = self.belief_writes(before, event, &ground, character)?;
        }
        if let Some(owner) = owner.filter(|owner| ground.may_concern(*owner)) {
            writes.extend(self.belief_writes(before, event, &ground, owner)?);
        }
        if writes.is_empty() {
            return Ok(WritesId::NONE);
        }
        let writes = self.writes.collect(&self.problem, &writes, owner);
        Ok(self.writes.of(writes, character))
    }

    fn belief_writes(
        &mut self,
        before: StateId,
        event: EventId,
        ground: &Event,
        head: EntityId,
    ) -> Result<Vec<(Place, Value)>, StateError> {
        let joins = Arc::clone(&self.problem.events.joins);
        let writes = ground.belief_writes(&mut self.at(before), &joins, head)?;
        let mut writes = writes.map_err(|conflict| StateError::Conflict { by: WrittenBy::Event(event), conflict })?;
        self.leave_out_deceived(before, (event, ground), &mut writes)?;
        Ok(writes)
    }

    /// The node with `writes` made; `owner` believes that this is what they believe.
    pub(crate) fn after_write(
        &mut self,
        before: StateId,
        writes: WritesId,
        reason: WriteReason,
        owner: Option<EntityId>,
    ) -> Result<StateId, StateError> {
        let set = Arc::clone(self.writes.get(writes));
        let tied = match owner {
            Some(owner) => self.believed(owner, before)? == before,
            None => true,
        };
        if tied && set.nested.is_empty() && set.own.iter().all(|&(fluent, value)| self.value(before, fluent) == value) {
            return Ok(before);
        }
        let operation = Operation::Write(writes, reason);
        if let Some(&made) = self.made.get(&(before, operation, code(owner))) {
            return Ok(made);
        }
        let mark = self.values.mark();
        let mut values = self.node(before).values;
        for &(fluent, value) in &set.own {
            values = self.values.set(values, fluent, value, mark);
        }
        self.derive(before, values, operation, owner)
    }
}
