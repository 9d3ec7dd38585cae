//! Explaining and planning: a story in which everybody who acts has a reason (design section 4, "Explained").
//!
//! [`model`] is the world with a column for each fact that may change; [`canonical`] makes equal situations one number;
//! [`successors`] and [`rules`] say what events make of them.

mod numbers;
mod hash;
mod formula;
mod possible;
mod enumerate;
mod model;
mod canonical;
mod level;
mod correct;
mod successors;
mod rules;
mod start;
mod relaxed;
mod explain;
mod limits;
mod outcome;
mod search;
mod reasons;
mod verify;
mod planner;

pub use limits::{Limits, Task};
pub use outcome::{Act, Outcome, Plan, Reason, Report, StopReason};
pub use planner::plan;
pub use verify::{Flaw, verify};

use crate::ground::GroundError;
use crate::state::StateError;

/// Why nothing can be planned.
#[derive(Clone, Debug)]
pub enum PlanError {
    /// The world cannot be made ground.
    Ground(GroundError),
    /// The start cannot be computed.
    State(StateError),
    /// More facts that may change than there are columns.
    TooManyFacts,
    /// More characters than can be told apart.
    TooManyCharacters,
    /// The plan that was found is none: an error of this program.
    Flawed(Flaw),
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod explain_tests;
