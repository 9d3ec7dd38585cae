//! The resolved world: everything a story declares and tells, names resolved and kinds checked.
//!
//! Two readers make it, the story language and the importer of Sabre files; everything after this module
//! works on it alone. Invariant: every id is valid, every argument fits its parameter's kinds.

mod allowances;
mod expression;
mod ids;
mod declarations;
mod scenes;
pub mod goals;
pub mod load;
pub mod everybody;
mod codes;
pub mod names;
pub mod packs;
pub mod usage;
pub(crate) use crate::suggest;
mod habits;
mod paths;
mod unknown;
mod unreadable;
mod use_graph;
mod walk;
pub mod whereabouts;
pub mod sentences;
pub mod say;
mod resolve;

pub use allowances::{Allowance, Covers};
pub use codes::codes;
pub use declarations::*;
pub use expression::*;
pub use ids::*;
pub use load::{LOAD_CODES, LineBeside, Loaded, load, load_text, load_with_lines};
pub(crate) use resolve::canonical;
pub use resolve::{DECLARATION_CODES, SCENE_CODES};
pub use scenes::*;
pub(crate) use unreadable::NOT_FOUND;
pub use unreadable::file_error;
