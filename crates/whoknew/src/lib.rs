//! whoknew: stories as running systems of who knows what.
//!
//! Data flows one way, each module using only those above it in this list.

mod id;
pub mod source;
pub mod diagnostic;
mod suggest;
pub mod syntax;
pub mod format;
pub mod world;
pub mod ground;
pub mod state;
pub mod import;
pub mod telling;
pub mod plan;
pub mod causes;
pub mod check;
pub mod ask;
pub mod overview;
pub mod settings;
pub mod catalogue;
