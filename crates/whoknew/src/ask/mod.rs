//! Questions to a story: it is loaded and replayed once, then asked at any point.

mod codes;
mod point;
mod story;

pub use codes::*;
pub use point::{Point, Spot};
pub use story::Story;
