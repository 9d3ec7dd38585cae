//! Why something came about: its causes as a tree in sentences.
//!
//! The tree is true: retelling only the moments that it names ends in the conclusion, and leaving out any one of them loses
//! it ([`CauseSet`]). It is grown in that retelling, so that whatever it says holds there.

mod background;
mod codes;
mod find;
mod graph;
mod reasons;
mod told;
mod tree;
mod words;

pub use codes::*;
pub(super) use words::{at as point_of, happening as sentence_of};

use crate::causes::{CauseSet, Role};
use crate::source::Span;
use crate::telling::replay::MomentId;
use crate::world::EntityId;

/// Why something is so, or could happen.
#[derive(Clone, Debug)]
pub struct Why {
    /// What is asked about: `Sally believes that the marble is in the basket`.
    pub says: String,
    /// What kind of question it is.
    pub asked: Asked,
    /// The point it is asked for, as [`Point`](super::Point) prints itself.
    pub at: String,
    /// Where it is told, if it is an event.
    pub place: Option<Span>,
    /// What it rests on.
    pub because: Vec<Fact>,
    /// Moments that it rests on in a way that none of the facts shows.
    pub besides: Vec<Happening>,
    /// All moments that are named, and whether this was verified.
    pub causes: CauseSet,
    /// Why the actors did it.
    pub reasons: Vec<Reason>,
    /// Where those who said it had it from: answers of their own, each with causes of its own.
    pub background: Vec<Background>,
    /// What else to say.
    pub notes: Vec<String>,
}

/// What kind of thing is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// An event: why it was possible.
    Event,
    /// A thought: why its premises are believed.
    Thought,
    /// A statement: why it is so.
    Statement,
}

/// A fact that something rests on.
#[derive(Clone, Debug)]
pub struct Fact {
    /// `Anne is in the kitchen`
    pub says: String,
    /// For what it matters.
    pub role: Role,
    /// For what it matters, in words: `possible because`.
    pub link: String,
    /// What made it so.
    pub source: Cause,
}

/// What made a fact so.
#[derive(Clone, Debug)]
pub enum Cause {
    /// It was so from the start.
    Start {
        /// In the story it was not so for a while, which makes no difference; since here it is so again.
        again: Option<String>,
    },
    /// Something happened.
    Happened(Box<Happening>),
}

/// Something that happened, with what it rests on.
#[derive(Clone, Debug)]
pub struct Happening {
    /// The moment of the replay.
    pub moment: MomentId,
    /// What kind of thing it is.
    pub kind: Kind,
    /// `Anne tells Sally that the marble is in the basket`
    pub says: String,
    /// How the fact follows from it: `Sally notices it`, `by the rule “…”`.
    pub how: Vec<String>,
    /// Where in the story: `scene 3, event 2`.
    pub at: String,
    /// Where in the text.
    pub place: Span,
    /// What it rests on; empty where it was shown before.
    pub because: Vec<Fact>,
    /// It was shown before, with what it rests on.
    pub repeated: bool,
}

/// What kind of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An event.
    Event,
    /// A thought.
    Thought,
    /// An assumption of the author.
    Assumption,
    /// Somebody forgot something.
    Forgetting,
    /// What the check assumes after a hole.
    Hole,
    /// Time passed.
    Time,
}

impl Kind {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Thought => "thought",
            Self::Assumption => "assumption",
            Self::Forgetting => "forgetting",
            Self::Hole => "hole",
            Self::Time => "time",
        }
    }
}

/// Why an actor did it.
#[derive(Clone, Debug)]
pub struct Reason {
    /// Who.
    pub actor: EntityId,
    /// In words, line by line; what follows from the one above is indented.
    pub lines: Vec<String>,
    /// Whether a reason is known.
    pub known: bool,
}

/// Where somebody who said it had it from.
#[derive(Clone, Debug)]
pub struct Background {
    /// Who said it.
    pub who: EntityId,
    /// `Anne believed it herself`, or that it was a lie.
    pub says: String,
    /// Why they believed it, if they did.
    pub why: Option<Box<Why>>,
}
