//! Rules: what happens by itself after every change, at every level of belief.

use super::errors::StateError;
use super::{Situations, StateId};
use crate::world::EntityId;

impl Situations<'_> {
    /// The situation after the rules settled; `owner` is whose belief it is.
    pub(crate) fn settle(&mut self, state: StateId, _owner: Option<EntityId>) -> Result<StateId, StateError> {
        if self.node(state).settled {
            return Ok(state);
        }
        Ok(state)
    }
}
