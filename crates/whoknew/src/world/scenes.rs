//! The told story, resolved: scenes in told order with their lines, and sentence patterns.

use super::{EntityId, EventTerm, Expression, FluentTerm, SceneId, Spanned, UtilityId};
use crate::source::Span;
use crate::syntax::ast::DayPart;

/// A sentence pattern: `"{who} puts the {what} in the {into}"`.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Its parts, in order.
    pub parts: Vec<SentencePart>,
    /// Where it was written.
    pub span: Span,
}

/// A part of a sentence pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum SentencePart {
    /// A word, with its other forms (`goes|go`); the first is printed.
    Word(Vec<String>),
    /// A parameter's place, by position.
    Slot(usize),
    /// The place of a fact's value.
    Value,
}

/// The told story.
#[derive(Clone, Debug, Default)]
pub struct Telling {
    /// The scenes, in told order.
    pub scenes: Vec<Scene>,
}

/// A stretch of the told story at one place and time.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Its label: as written, else its position counted from 1.
    pub label: String,
    /// Its title.
    pub title: Option<String>,
    /// What is said about its time, relative to other scenes.
    pub times: Vec<Spanned<SceneTime>>,
    /// Where it plays.
    pub place: Option<Spanned<EntityId>>,
    /// Who is there, and nobody else; `None`: not said.
    pub present: Option<Spanned<Vec<EntityId>>>,
    /// Through whose eyes it is told.
    pub point_of_view: Option<EntityId>,
    /// How long it lasts, in minutes, if said.
    pub duration: Option<f64>,
    /// Wholly off the page: the reader sees nothing of it.
    pub offstage: bool,
    /// Its lines, in order.
    pub lines: Vec<Line>,
    /// Findings that the author expects at its header.
    pub expectations: Vec<Expectation>,
    /// Where its header was written.
    pub span: Span,
}

/// What a scene's header says about its time. All times in minutes.
#[derive(Clone, Debug, PartialEq)]
pub enum SceneTime {
    /// `day 3`: it starts on this day (counted from 1; the story's first midnight is 0).
    Day(i64),
    /// `09:00`: it starts at this time of its day.
    Clock(u32),
    /// `in 2073`, `1999-03-02`: it starts inside this stretch of calendar time, given as minutes since the year 0.
    Calendar {
        /// First minute.
        from: i64,
        /// One past the last minute.
        to: i64,
    },
    /// `10 minutes later`, `three weeks after scene 2`, `2 days before scene 5`: the distance from the start of
    /// `scene` to the start of this one lies between `least` and `most`.
    Distance {
        /// The other scene.
        scene: SceneId,
        /// At least so much later (negative: before).
        least: Option<f64>,
        /// At most so much later.
        most: Option<f64>,
    },
    /// `meanwhile`, `at the same time as scene 4`.
    Same(SceneId),
    /// `the same day as scene 4`, `the same morning`: between the same two midnights.
    SameDay(SceneId),
    /// `the same night as scene 4`: between the same two noons.
    SameNight(SceneId),
    /// `the next day`: on the day after that of `scene`, or, if that may start in the small hours, later on the same day.
    NextDay(SceneId),
    /// `the next night`: between the next two noons.
    NextNight(SceneId),
    /// `the next morning`, `the same evening`: in this part of its day.
    Part(DayPart),
    /// `flashback`: not bound to come after the scene told before it.
    Flashback,
}

/// One line of a scene.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it says.
    pub content: LineContent,
    /// Findings that the author expects at this line.
    pub expectations: Vec<Expectation>,
    /// Where it was written.
    pub span: Span,
}

/// What a line of a scene says.
#[derive(Clone, Debug)]
pub enum LineContent {
    /// Something happens.
    Event(ToldEvent),
    /// `X concludes that S` with premises: thoughts.
    Conclusion {
        /// Who thinks.
        thinker: EntityId,
        /// What they conclude (a statement).
        conclusion: Spanned<Expression>,
        /// From what (statements).
        premises: Vec<Spanned<Expression>>,
    },
    /// `claim S`: checked.
    Claim(Spanned<Expression>),
    /// `assume S "reason"`: made so, and counted.
    Assumption {
        /// What is made so (a statement, or a condition between counts).
        statement: Spanned<Expression>,
        /// Why the author may assume it.
        reason: Option<String>,
    },
    /// `reveal S`: the reader is told so.
    Reveal(Spanned<Expression>),
    /// `X drops WANT`
    Drops {
        /// Whose want.
        character: EntityId,
        /// Which.
        want: UtilityId,
    },
    /// `X forgets f(a)` or `X forgets that S`.
    Forgets {
        /// Who.
        character: EntityId,
        /// Facts that become unknown to them.
        facts: Vec<FluentTerm>,
    },
    /// `X loses time`: how much time passed is unknown to X from here.
    LosesTime(EntityId),
}

/// An event as told.
#[derive(Clone, Debug)]
pub struct ToldEvent {
    /// The event; no variables, `Anyone` stands for `someone`.
    pub event: EventTerm,
    /// Off the page: the reader does not see it.
    pub offstage: bool,
    /// What the reader sees instead.
    pub shown_as: Option<EventTerm>,
    /// The want it serves, with the place it was written.
    pub because: Option<Spanned<UtilityId>>,
    /// Characters who notice it too, though no `seen by` line says so.
    pub noticed_by: Vec<EntityId>,
    /// Characters who do not notice it, whatever the `seen by` lines say.
    pub unnoticed_by: Vec<EntityId>,
    /// The time of its day, if said, in minutes after midnight.
    pub clock: Option<u32>,
}

impl ToldEvent {
    /// An event with nothing said below it.
    pub fn plain(event: EventTerm) -> Self {
        Self {
            event,
            offstage: false,
            shown_as: None,
            because: None,
            noticed_by: Vec::new(),
            unnoticed_by: Vec::new(),
            clock: None,
        }
    }
}

/// `expect CODE "reason"`
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The code, as `H02`.
    pub code: String,
    /// Why the author accepts it.
    pub reason: Option<String>,
    /// Where it was written.
    pub span: Span,
}
