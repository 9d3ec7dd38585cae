//! What answers say as data, beside their sentences, where it is not the value of a fact.

use super::super::point::Point;
use crate::world::{EntityId, EventTerm, UtilityId};

/// What an answer says as data, where that is not the value of a fact; empty where the question is another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnswerData {
    /// What somebody wants: one for each fact of the answer.
    pub wants: Vec<Want>,
    /// What somebody could do for it: acts, one after the other.
    pub ways: Vec<Vec<EventTerm>>,
    /// In which times something was so, the earliest first.
    pub periods: Vec<Period>,
    /// When something happened, the earliest first.
    pub occasions: Vec<Occasion>,
}

/// What somebody wants, in truth and as they believe.
#[derive(Clone, Debug, PartialEq)]
pub struct Want {
    /// Which of the world's.
    pub want: UtilityId,
    /// Whether it is met; `None` where more or less of something is wanted, without an end.
    pub met: Option<bool>,
    /// Whether they believe that it is.
    pub believed_met: Option<bool>,
    /// What it comes to.
    pub amount: Option<f64>,
    /// What they believe that it comes to.
    pub believed_amount: Option<f64>,
}

/// A time in which something was so.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// Since when: the start, or right after what made it so.
    pub from: Point,
    /// Until when; `None`: still.
    pub until: Option<Point>,
}

/// One time that something happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Occasion {
    /// When.
    pub at: Point,
    /// What.
    pub event: EventTerm,
    /// Who was there.
    pub there: Vec<EntityId>,
    /// Who noticed something, and what.
    pub noticed: Vec<(EntityId, EventTerm)>,
}
