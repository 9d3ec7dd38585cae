//! What a scene's header says about its time, durations, and how scenes are named.

use super::{
    StringLiteral, Token,
    node::{AstNode, ast_node, child, children, has_word, is_word, line_span, token_of, tokens},
};
use crate::{
    source::{FileId, Span},
    syntax::{SyntaxKind, SyntaxNode, SyntaxToken, clock_words, numbers},
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
    /// `the next morning`: on the day after that of the scene told before.
    NextDay(DayPart),
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
            "meanwhile" => TimeKind::SameTime(None),
            "at" if has_word(node, "same") => TimeKind::SameTime(child(node, self.file())),
            "the" | "that" | "same" | "next" if has_word(node, "next") || has_word(node, "following") => {
                TimeKind::NextDay(self.day_part()?)
            }
            "the" | "that" | "same" => TimeKind::SameDay { part: self.day_part()?, scene: child(node, self.file()) },
            "flashback" => TimeKind::Flashback,
            _ => return self.calendar(),
        })
    }

    /// A clock time or a date.
    fn calendar(&self) -> Option<TimeKind> {
        let Some(token) = token_of(self.syntax(), SyntaxKind::Date) else {
            return clock_in(tokens(self.syntax())).map(TimeKind::Clock);
        };
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
        tokens(self.syntax()).find_map(|part| match part.text().to_ascii_lowercase().as_str() {
            "day" => Some(DayPart::Day),
            "morning" => Some(DayPart::Morning),
            "afternoon" => Some(DayPart::Afternoon),
            "evening" => Some(DayPart::Evening),
            "night" => Some(DayPart::Night),
            _ => None,
        })
    }
}

/// The time of day that the tokens of a line say together.
pub(super) fn clock_in(tokens: impl Iterator<Item = SyntaxToken>) -> Option<u32> {
    let words: Vec<SyntaxToken> = tokens.collect();
    let words: Vec<&str> = words.iter().map(SyntaxToken::text).collect();
    clock_of(&words)
}

/// The time of day that some words say together, in minutes after midnight.
pub(in crate::syntax) fn clock_of(words: &[&str]) -> Option<u32> {
    clock_words::minutes(words).or_else(|| clock_minutes(&words.concat()))
}

/// `21:30`, `9.30`, `9am`, `at9:30p.m.`, `noon`, without spaces, in minutes after midnight; `None` if there is no such time of day.
fn clock_minutes(text: &str) -> Option<u32> {
    let text = text.to_ascii_lowercase();
    let text = text.strip_prefix("at").unwrap_or(&text);
    match text {
        "noon" | "midday" => return Some(12 * 60),
        "midnight" => return Some(0),
        _ => {}
    }
    let time = text.trim_end_matches(|sign: char| sign == '.' || sign.is_ascii_alphabetic());
    let half: String = text[time.len()..].chars().filter(|&sign| sign != '.').collect();
    let (hour, minute) = match time.split_once([':', '.']) {
        Some((hour, minute)) => (hour, minute),
        None if half.is_empty() => return None,
        None => (time, "0"),
    };
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match half.as_str() {
        "" => hour,
        "am" if (1..=12).contains(&hour) => hour % 12,
        "pm" if (1..=12).contains(&hour) => hour % 12 + 12,
        _ => return None,
    };
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
