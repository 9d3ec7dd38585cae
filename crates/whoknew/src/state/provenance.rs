//! Where a situation comes from: the one before it, and the operation that made it; and the operation that gave a fact its
//! value. A belief has a history of its own, of what that character noticed.

use super::arena::{Operation, WriteReason};
use super::{Situations, StateId};
use crate::ground::{EventId, GroundFluentId, TriggerInstanceId};

/// The operation that made a situation from the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// It was there at the start.
    AtStart,
    /// An event happened, or, in a belief, was noticed.
    ByEvent(EventId),
    /// Values were written, for this reason.
    ByWriting(WriteReason),
    /// These rules applied, in order; perhaps none.
    ByRules(Vec<TriggerInstanceId>),
}

impl Situations<'_> {
    /// The situation before `state`; `None` at the start.
    pub fn before(&self, state: StateId) -> Option<StateId> {
        let before = self.node(state).before;
        (before != state).then_some(before)
    }

    /// What made `state`.
    pub fn made(&self, state: StateId) -> Made {
        match self.node(state).operation {
            Operation::Start => Made::AtStart,
            Operation::Event(event) => Made::ByEvent(event),
            Operation::Write(_, reason) => Made::ByWriting(reason),
            Operation::Rules(run) => Made::ByRules(self.runs[run as usize].applied.clone()),
        }
    }

    /// The situation in the history of `state` since which `fluent` has the value that it has in `state`.
    ///
    /// In a belief (see [`Situations::believed`]) that is the history of the belief: what made it is the event as that
    /// character noticed it.
    pub fn since(&self, state: StateId, fluent: GroundFluentId) -> StateId {
        let value = self.value(state, fluent);
        let mut since = state;
        while let Some(before) = self.before(since) {
            if self.value(before, fluent) != value {
                break;
            }
            since = before;
        }
        since
    }
}
