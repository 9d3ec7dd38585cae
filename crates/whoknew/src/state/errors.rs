//! What can go wrong while a situation is computed.

use super::StateId;
use crate::ground::{Conflict, EventId, TriggerInstanceId};

/// Why a situation cannot be computed. All but the loop and the conflict are limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StateError {
    /// Rules go on changing things without end; holds the cycle.
    RuleLoop {
        /// The rules that apply in turn.
        cycle: Vec<TriggerInstanceId>,
        /// The situation in which they began.
        before: StateId,
    },
    /// One event gives one fact two different values.
    Conflict {
        /// The event; `None`: several statements written together.
        event: Option<EventId>,
        /// The fact and its values.
        conflict: Conflict,
    },
    /// More situations than the limit.
    TooManySituations(usize),
    /// Beliefs about beliefs deeper than the limit.
    TooDeep(usize),
}
