//! What the author is told when names, kinds or declarations are wrong, and what a sound story becomes.

// Lints know only functions marked as tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod check;
mod declarations;
mod effects;
mod files;
mod formulas;
mod one_mistake;
mod rough;
mod sound;
mod worded;
