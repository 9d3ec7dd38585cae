//! The ground world: finite ids for facts and events, formulas unfolded into small trees, computed once.
//!
//! Invariant: nothing here knows a situation. Meaning is that of design section 4; comparison with `?` and the solving of
//! comparisons are those of the Sabre planner (Ware and Siler, AIIDE 2021).

mod amounts;
mod bounds;
mod changing;
mod closing;
mod comparisons;
mod compile;
mod conditions;
mod constants;
mod decisions;
mod domains;
mod effects;
mod enumerate;
mod plain;
mod planned;
mod sayable;
mod errors;
pub mod evaluate;
mod event_table;
mod events;
mod fluents;
mod guise;
mod ids;
mod limits;
mod looks;
mod memory;
mod problem;
mod sights;
mod statements;
mod templates;
mod triggers;
mod value;
mod variables;
mod whereabouts;

pub use conditions::{Amount, Atom, Condition};
pub use effects::{Change, Changes, Conflict, written};
pub use errors::{
    CODES, CONFLICTING_EFFECTS, Failure, GroundError, LATE_MEMORY, MISPLACED, NOT_A_CHANGE, TOO_LARGE_FORMULA,
    TOO_MANY_FACTS, TOO_MANY_INSTANCES,
};
pub use evaluate::Level;
pub use events::{Event, Joins, Occasion, Written};
pub use ids::{ChainId, EventId, GroundFluentId, Place, TriggerInstanceId};
pub use limits::Limits;
pub use problem::Problem;
pub(crate) use sights::Viewing;
pub use statements::{believed_by, valued};
pub use templates::Need;
pub use triggers::TriggerInstance;
pub(crate) use triggers::Triggers;
pub use value::Value;
