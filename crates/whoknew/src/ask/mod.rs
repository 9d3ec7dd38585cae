//! Questions to a story: it is loaded and replayed once, then asked at any point.

mod answer;
mod codes;
mod history;
mod point;
pub mod question;
mod story;

pub use answer::{Answer, Said, Verdict};
pub use codes::*;
pub use point::{Point, Spot};
pub use story::Story;
