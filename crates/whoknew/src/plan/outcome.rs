//! What planning came to.

use crate::ground::{EventId, TriggerInstanceId};
use crate::world::EntityId;

/// Why somebody does something: a plan that they believe in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Who.
    pub character: EntityId,
    /// What they imagine; the act itself comes first.
    pub acts: Vec<Act>,
}

/// An event with the reasons of its actors. In an imagined plan the first act has none, and later ones none of the
/// character who imagines it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// What happens.
    pub event: EventId,
    /// One for each actor who needs one.
    pub reasons: Vec<Reason>,
}

/// A plan for the author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What happens, in order.
    pub acts: Vec<Act>,
}

/// Which limit ended a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// Too many situations.
    Situations,
    /// Too much memory.
    Memory,
    /// It was told to stop.
    Cancelled,
}

/// The best that was found before a search was stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Best {
    /// Acts from the start on, each with the reasons of its actors.
    pub plan: Plan,
    /// Whether they reach the aim: then this is a plan, and perhaps not a shortest one. Otherwise it is a beginning.
    pub reaches_aim: bool,
    /// Every plan that reaches the aim has at least so many acts.
    pub at_least: usize,
}

/// What planning came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// This plan, verified.
    Found(Plan),
    /// There is none within the limits.
    NoneWithinLimits,
    /// A limit ended the search.
    Stopped {
        /// Which.
        reason: StopReason,
        /// The best until then, verified as far as it goes.
        best: Option<Best>,
    },
}

/// An event after which rules never come to rest, so that no plan holds it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unrest {
    /// The event.
    pub event: EventId,
    /// A rule that goes on and on.
    pub rule: Option<TriggerInstanceId>,
}

/// An outcome and what it cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What planning came to.
    pub outcome: Outcome,
    /// The first event that was left out because rules never come to rest after it.
    pub unrest: Option<Unrest>,
    /// How many events were tried in situations.
    pub tried: u64,
    /// How many situations are kept.
    pub situations: usize,
    /// Roughly how many bytes they take.
    pub bytes: usize,
}
