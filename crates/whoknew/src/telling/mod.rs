//! The told story over time: when its scenes happen, in which order, and the replay of it.

mod constraints;
pub mod time;
pub mod chronicle;
pub(crate) mod script;
pub mod replay;

pub use chronicle::Chronicle;
pub use replay::Replay;
pub use time::Timeline;
