//! A node of the arena as a level that conditions can be evaluated at.

use super::errors::{StateError, WrittenBy};
use super::values::ValuesId;
use super::{Situations, StateId};
use crate::ground::{Amount, ChainId, Change, Condition, Level, Place, Value, evaluate, written};

/// One situation of the arena.
pub(crate) struct At<'s, 'w> {
    pub(crate) situations: &'s mut Situations<'w>,
    pub(crate) state: StateId,
    values: ValuesId,
}

impl Level for At<'_, '_> {
    type Error = StateError;

    #[inline]
    fn value(&mut self, place: Place) -> Result<Value, StateError> {
        if place.chain == ChainId::REAL {
            return Ok(self.situations.values.get(self.values, place.fluent));
        }
        let state = self.situations.follow(self.state, place.chain)?;
        Ok(self.situations.value(state, place.fluent))
    }
}

impl<'w> Situations<'w> {
    pub(crate) fn at(&mut self, state: StateId) -> At<'_, 'w> {
        let values = self.node(state).values;
        At { situations: self, state, values }
    }

    /// Whether `condition` holds.
    pub fn holds(&mut self, state: StateId, condition: &Condition) -> Result<bool, StateError> {
        evaluate::holds(&mut self.at(state), condition)
    }

    /// The value of `amount`.
    pub fn evaluate(&mut self, state: StateId, amount: &Amount) -> Result<Value, StateError> {
        evaluate::amount(&mut self.at(state), amount)
    }

    /// The value of a fact in some chain of beliefs.
    pub fn value_at(&mut self, state: StateId, place: Place) -> Result<Value, StateError> {
        self.at(state).value(place)
    }

    /// What `changes` write; two different values for one place are an error.
    pub(crate) fn computed(&mut self, state: StateId, changes: &[Change]) -> Result<Vec<(Place, Value)>, StateError> {
        written(&mut self.at(state), changes)?
            .map_err(|conflict| StateError::Conflict { by: WrittenBy::Statements, conflict })
    }
}
