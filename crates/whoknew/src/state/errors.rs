//! What can go wrong while a situation is computed.

use super::StateId;
use crate::ground::{Conflict, EventId, GroundError, TriggerInstanceId};
use crate::world::{EntityId, TriggerId};

/// Why a situation cannot be computed. All but the loop and the conflict are limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StateError {
    /// Rules go on changing things without end, or longer than the limit; holds the cycle.
    RuleLoop {
        /// The rules that apply in turn.
        cycle: Vec<TriggerInstanceId>,
        /// They may come to rest later: they were stopped after so many applications.
        stopped_after: Option<usize>,
        /// The situation in which they began.
        before: StateId,
    },
    /// One fact is given two different values at once.
    Conflict {
        /// What gives them.
        by: WrittenBy,
        /// The fact and its values.
        conflict: Conflict,
    },
    /// More situations than the limit.
    TooManySituations(usize),
    /// Beliefs about beliefs deeper than the limit.
    TooDeep(usize),
    /// An event, as it looks to somebody, cannot be made ground.
    Unfolded(GroundError),
}

/// What writes several values at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrittenBy {
    /// An event.
    Event(EventId),
    /// A rule, for these.
    Rule(TriggerId, Vec<EntityId>),
    /// Statements that are made true together.
    Statements,
}
