//! The told story over time: when its scenes happen, in which order, and what is replayed of it.

mod constraints;
pub mod time;
pub mod chronicle;

pub use chronicle::Chronicle;
pub use time::Timeline;
