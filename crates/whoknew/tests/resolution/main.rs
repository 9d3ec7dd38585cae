//! What the author is told when names, kinds or declarations are wrong, and what a sound story becomes.

mod check;
mod declarations;
mod effects;
mod files;
mod formulas;
mod one_mistake;
mod rough;
mod sound;
