//! Questions to a story: it is loaded and replayed once, then asked at any point.

mod answer;
mod clock;
mod codes;
mod history;
mod how;
mod point;
pub mod question;
mod story;
pub mod what_if;
pub mod why;
pub mod why_not;

pub use answer::{Answer, AnswerData, AsksOfSayings, Held, Occasion, Period, Said, Sayings, Verdict, Want};
pub use codes::*;
pub use point::{Point, Spot, events_of, is_event};
pub use story::Story;

use crate::diagnostic::Diagnostic;
use crate::world::whereabouts;

/// The first of several messages.
fn first(messages: Vec<Diagnostic>) -> Diagnostic {
    let first = messages.into_iter().next();
    first.unwrap_or_else(|| Diagnostic::new(&E0801, "the story cannot be asked", None))
}
