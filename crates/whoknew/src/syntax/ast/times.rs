//! What a scene's header says about its time, durations, and how scenes are named.

use super::{
    StringLiteral, Token,
    node::{AstNode, ast_node, child, children, has_word, is_word, line_span, token_of, tokens},
};
use crate::{
    source::{FileId, Span},
    syntax::{SyntaxKind, SyntaxNode, SyntaxToken, numbers},
};

ast_node! {
    /// One part of what a scene's header says about its time.
    SceneTime, SceneTime
}

/// What a part of a scene's header says about its time.
#[derive(Clone, Debug)]
pub enum TimeKind {
    /// `day 3`
    Day(i64),
    /// `09:00`, in minutes after midnight.
    Clock(u32),
    /// `in 2073`
    Year(i32),
    /// `1999-03-02`
    Date {
        /// The year.
        year: i32,
        /// The month, 1 to 12.
        month: u32,
        /// The day of the month, 1 to 31.
        day: u32,
    },
    /// `three weeks later`, `at most an hour after scene 3`, `two days before scene 5`
    Distance {
        /// Whether it is a bound only.
        bound: Bound,
        /// How much.
        duration: Duration,
        /// To which side of which scene.
        direction: Direction,
    },
    /// `later`, `after scene 6`, `before scene 9`: order only.
    Order(Direction),
    /// `between scene 6 and scene 10`
    Between(SceneReference, SceneReference),
    /// `meanwhile`, `at the same time as scene 4`; `None`: the scene told before.
    SameTime(Option<SceneReference>),
    /// `the same night`, `the same day as scene 4`; `None`: the scene told before.
    SameDay {
        /// Which part of the day it names.
        part: DayPart,
        /// The other scene.
        scene: Option<SceneReference>,
    },
    /// `flashback`
    Flashback,
}

/// To which side of which scene.
#[derive(Clone, Debug)]
pub enum Direction {
    /// `later`, `after scene 2`; `None`: the scene told before.
    After(Option<SceneReference>),
    /// `earlier`, `before scene 2`; `None`: the scene told before.
    Before(Option<SceneReference>),
}

/// Whether a distance is a bound only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// So much, as exactly as its unit says.
    About,
    /// `at least`
    AtLeast,
    /// `at most`
    AtMost,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayPart {
    /// `day`
    Day,
    /// `morning`
    Morning,
    /// `afternoon`
    Afternoon,
    /// `evening`
    Evening,
    /// `night`: from noon to noon.
    Night,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// `minute`
    Minute,
    /// `hour`
    Hour,
    /// `day`
    Day,
    /// `week`
    Week,
    /// `month`, a twelfth of a year
    Month,
    /// `year`, of 365.25 days
    Year,
}

impl Unit {
    /// How many minutes one has.
    pub const fn minutes(self) -> f64 {
        match self {
            Self::Minute => 1.0,
            Self::Hour => 60.0,
            Self::Day => 1_440.0,
            Self::Week => 10_080.0,
            Self::Month => 43_830.0,
            Self::Year => 525_960.0,
        }
    }

    /// Whether it is meant exactly (minutes, hours) or half a unit more or less.
    pub const fn is_exact(self) -> bool {
        matches!(self, Self::Minute | Self::Hour)
    }
}

/// `three weeks`, `half an hour`
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Duration {
    /// How many.
    pub count: f64,
    /// Of what.
    pub unit: Unit,
    /// Where it is written.
    pub span: Span,
}

impl Duration {
    /// Its length in minutes.
    pub fn minutes(&self) -> f64 {
        self.count * self.unit.minutes()
    }

    /// The duration that a node of the tree holds, if it is one.
    pub fn cast(node: &SyntaxNode, file: FileId) -> Option<Self> {
        if node.kind() != SyntaxKind::Duration {
            return None;
        }
        let words: Vec<SyntaxToken> = tokens(node).collect();
        let (unit, count) = words.split_last()?;
        let count = numbers::count(&mut count.iter().map(SyntaxToken::text))?;
        Some(Self { count, unit: numbers::unit(unit.text())?, span: line_span(node, file) })
    }
}

ast_node! {
    /// A scene, named by its label or its title: `scene 2`, `"The warning"`.
    SceneReference, SceneReference
}

/// How a scene is named.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SceneName {
    /// By its label.
    Label(Token),
    /// By its title.
    Title(StringLiteral),
}

impl SceneReference {
    /// The name it uses.
    pub fn name(&self) -> Option<SceneName> {
        if let Some(title) = StringLiteral::of(self) {
            return Some(SceneName::Title(title));
        }
        let label = tokens(self.syntax()).find(|token| !is_word(token, "scene"))?;
        Some(SceneName::Label(Token::new(label, self.file())))
    }
}

impl SceneTime {
    /// What it says; `None` if it was not understood.
    pub fn kind(&self) -> Option<TimeKind> {
        let node = self.syntax();
        let first = tokens(node).next();
        let text = first.as_ref().map(|token| token.text().to_ascii_lowercase()).unwrap_or_default();
        if let Some(duration) = node.children().find_map(|child| Duration::cast(&child, self.file())) {
            return Some(TimeKind::Distance { bound: self.bound(), duration, direction: self.direction()? });
        }
        Some(match text.as_str() {
            "day" => TimeKind::Day(self.number()? as i64),
            "in" => TimeKind::Year(self.number()? as i32),
            "later" | "earlier" | "after" | "before" => TimeKind::Order(self.direction()?),
            "between" => {
                let mut scenes = children(node, self.file());
                TimeKind::Between(scenes.next()?, scenes.next()?)
            }
            "meanwhile" | "at" => TimeKind::SameTime(child(node, self.file())),
            "the" => TimeKind::SameDay { part: self.day_part()?, scene: child(node, self.file()) },
            "flashback" => TimeKind::Flashback,
            _ => return self.calendar(),
        })
    }

    /// A clock time or a date.
    fn calendar(&self) -> Option<TimeKind> {
        if let Some(token) = token_of(self.syntax(), SyntaxKind::Clock) {
            return clock_minutes(token.text()).map(TimeKind::Clock);
        }
        let token = token_of(self.syntax(), SyntaxKind::Date)?;
        let (year, month, day) = date(token.text())?;
        Some(TimeKind::Date { year, month, day })
    }

    fn number(&self) -> Option<f64> {
        let words: Vec<SyntaxToken> = tokens(self.syntax()).skip(1).collect();
        numbers::count(&mut words.iter().map(SyntaxToken::text))
    }

    fn bound(&self) -> Bound {
        if has_word(self.syntax(), "least") {
            Bound::AtLeast
        } else if has_word(self.syntax(), "most") {
            Bound::AtMost
        } else {
            Bound::About
        }
    }

    fn direction(&self) -> Option<Direction> {
        let scene = child(self.syntax(), self.file());
        let last = tokens(self.syntax()).last()?;
        Some(match last.text().to_ascii_lowercase().as_str() {
            "later" => Direction::After(None),
            "earlier" => Direction::Before(None),
            "after" => Direction::After(Some(scene?)),
            "before" => Direction::Before(Some(scene?)),
            _ => return None,
        })
    }

    fn day_part(&self) -> Option<DayPart> {
        let part = tokens(self.syntax()).nth(2)?;
        Some(match part.text().to_ascii_lowercase().as_str() {
            "day" => DayPart::Day,
            "morning" => DayPart::Morning,
            "afternoon" => DayPart::Afternoon,
            "evening" => DayPart::Evening,
            "night" => DayPart::Night,
            _ => return None,
        })
    }
}

/// `21:30` in minutes after midnight; `None` if there is no such time of day.
pub(in crate::syntax) fn clock_minutes(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// `1999-03-02` as year, month, day; `None` if the calendar has no such day.
pub(in crate::syntax) fn date(text: &str) -> Option<(i32, u32, u32)> {
    let mut parts = text.split('-');
    let year: i32 = parts.next()?.parse().ok()?;
    let month: u32 = parts.next()?.parse().ok()?;
    let day: u32 = parts.next()?.parse().ok()?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=last).contains(&day).then_some((year, month, day))
}
