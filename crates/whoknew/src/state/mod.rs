//! Situations: what is so, and what everybody takes to be so, nested without end.
//!
//! A situation is a node: its values, and for each character an edge to the situation that they take to be real.
//! Invariants: a node never changes; what somebody believes that they believe is what they believe; whatever nobody asks
//! for is never computed. Meaning: design section 4, after Sabre (Ware and Siler, AIIDE 2021).

mod arena;
mod correct;
mod errors;
mod guise;
mod happen;
mod level;
mod observe;
mod provenance;
mod refusal;
mod rounds;
mod settle;
mod start;
mod values;
mod writes;

pub use arena::{Situations, WriteReason};
pub use correct::Corrections;
pub use errors::{StateError, WrittenBy};
pub use provenance::Made;
pub use refusal::{Alternative, FailedNeed, FailedPart, Refusal, Wanted};

crate::define_id! {
    /// Names a situation, true or believed, of one [`Situations`].
    pub struct StateId;
}
