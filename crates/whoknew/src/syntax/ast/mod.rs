//! The tree with types: what each line says, as values that are pleasant to match on.
//!
//! Wrappers ([`Name`], [`Sentence`], [`SceneBlock`] …) point into the tree; what a line, formula, effect or time
//! says comes as a plain enum ([`Formula`], [`Effect`], [`SceneLineKind`] …). Where the text has a mistake, a part
//! is `None` or `Error`: the parser has already reported it, so that a reader of the AST skips it silently.
//!
//! Invariant: nothing here reports errors or looks at names; spans never include the white space around a thing.

mod allowances;
mod declarations;
mod effects;
mod formulas;
mod items;
mod names;
mod node;
mod sayable;
mod scenes;
mod statements;
mod times;

pub use allowances::*;
pub use declarations::*;
pub use effects::*;
pub use formulas::*;
pub use items::*;
pub use names::*;
pub use node::AstNode;
pub use sayable::*;
pub use scenes::*;
pub use statements::*;
pub use times::*;
pub(in crate::syntax) use times::{clock_of, date};
