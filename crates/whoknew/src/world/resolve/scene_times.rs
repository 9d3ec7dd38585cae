//! What a scene's header says about its time, in minutes and relative to other scenes.

use super::scene_codes::{E0404, E0405, E0406};
use super::{Reported, Resolved, Resolver};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{self, AstNode, Bound, DayPart, Direction, Duration, SceneReference, TimeKind};
use crate::world::{SceneId, SceneTime, Spanned};

/// The longest time that is counted, in minutes: two million years.
const LONGEST: f64 = 1e12;
/// The last day that is counted.
const LAST_DAY: i64 = 500_000_000;
const MINUTES_A_DAY: i64 = 24 * 60;

impl Resolver<'_> {
    /// What one part of the header of `scene` says.
    pub(super) fn scene_time(&mut self, time: &ast::SceneTime, scene: SceneId) -> Resolved<Vec<Spanned<SceneTime>>> {
        let span = time.span();
        let kind = time.kind().filter(|_| !self.broken.touch(span)).ok_or(Reported)?;
        let times = match kind {
            TimeKind::Day(day) if (1..=LAST_DAY).contains(&day) => vec![SceneTime::Day(day)],
            TimeKind::Day(day) => return Err(self.report_range(&format!("day {day}"), span)),
            TimeKind::Clock(minute) => vec![SceneTime::Clock(minute)],
            TimeKind::Year(year) => vec![calendar(days_before(year, 1, 1), days_before(year.saturating_add(1), 1, 1))],
            TimeKind::Date { year, month, day } => {
                let start = days_before(year, month, day);
                vec![calendar(start, start + 1)]
            }
            TimeKind::Distance { bound, duration, direction } => {
                let range = self.range(bound, &duration)?;
                vec![self.distance(range, &direction, scene, span)?]
            }
            TimeKind::Order(direction) => vec![self.distance((Some(0.0), None), &direction, scene, span)?],
            TimeKind::Between(first, second) => {
                let after = self.distance((Some(0.0), None), &Direction::After(Some(first)), scene, span);
                let before = self.distance((Some(0.0), None), &Direction::Before(Some(second)), scene, span);
                vec![after?, before?]
            }
            TimeKind::SameTime(other) => vec![SceneTime::Same(self.other(other.as_ref(), scene, span)?)],
            TimeKind::SameDay { part, scene: other } => {
                let other = self.other(other.as_ref(), scene, span)?;
                in_part(part, SceneTime::SameNight(other), SceneTime::SameDay(other))
            }
            TimeKind::NextDay(part) => {
                let other = self.other(None, scene, span)?;
                in_part(part, SceneTime::NextNight(other), SceneTime::NextDay(other))
            }
            TimeKind::Flashback => vec![SceneTime::Flashback],
        };
        Ok(times.into_iter().map(|value| Spanned { value, span }).collect())
    }

    /// Least and most minutes of a distance. Units above an hour are meant to half a unit.
    fn range(&mut self, bound: Bound, duration: &Duration) -> Resolved<(Option<f64>, Option<f64>)> {
        let minutes = self.duration(duration)?;
        let slack = if duration.unit.is_exact() { 0.0 } else { duration.unit.minutes() / 2.0 };
        Ok(match bound {
            Bound::About => (Some((minutes - slack).max(0.0)), Some(minutes + slack)),
            Bound::AtLeast => (Some(minutes), None),
            Bound::AtMost => (Some(0.0), Some(minutes)),
        })
    }

    /// A duration in minutes.
    pub(super) fn duration(&mut self, duration: &Duration) -> Resolved<f64> {
        let minutes = duration.minutes();
        if minutes.is_finite() && minutes <= LONGEST {
            return Ok(minutes);
        }
        Err(self.report_range("this stretch of time", duration.span))
    }

    fn distance(
        &mut self,
        (least, most): (Option<f64>, Option<f64>),
        direction: &Direction,
        scene: SceneId,
        span: Span,
    ) -> Resolved<SceneTime> {
        Ok(match direction {
            Direction::After(other) => {
                SceneTime::Distance { scene: self.other(other.as_ref(), scene, span)?, least, most }
            }
            Direction::Before(other) => {
                let (least, most) = (most.map(|minutes| 0.0 - minutes), least.map(|minutes| 0.0 - minutes));
                SceneTime::Distance { scene: self.other(other.as_ref(), scene, span)?, least, most }
            }
        })
    }

    /// The scene that a time is relative to: the one named, or the one told before.
    fn other(&mut self, other: Option<&SceneReference>, scene: SceneId, span: Span) -> Resolved<SceneId> {
        match other {
            Some(reference) => {
                let other = self.scene_named(reference)?;
                if other == scene {
                    let title = "this scene is placed relative to itself";
                    let message = Diagnostic::new(&E0405, title, Some(reference.span()));
                    return Err(self.report(message.help("name another scene, or leave this out")));
                }
                Ok(other)
            }
            None if scene.index() > 0 => Ok(SceneId::from_index(scene.index() - 1)),
            None => {
                let title = "no scene is told before this one";
                let message = Diagnostic::new(&E0404, title, Some(span));
                Err(self.report(
                    message.help("say the day or the time of day: `day 1, 09:00`; or name a scene: `after scene 2`"),
                ))
            }
        }
    }

    fn report_range(&mut self, what: &str, span: Span) -> Reported {
        let title = format!("{what} cannot be counted");
        let message = Diagnostic::new(&E0406, title, Some(span));
        self.report(message.help("days are counted from 1; no time may be longer than two million years"))
    }
}

/// The night, or the day and the part of it.
fn in_part(part: DayPart, night: SceneTime, day: SceneTime) -> Vec<SceneTime> {
    match part {
        DayPart::Night => vec![night],
        DayPart::Day => vec![day],
        DayPart::Morning | DayPart::Afternoon | DayPart::Evening => vec![day, SceneTime::Part(part)],
    }
}

fn calendar(from_day: i64, to_day: i64) -> SceneTime {
    SceneTime::Calendar { from: from_day * MINUTES_A_DAY, to: to_day * MINUTES_A_DAY }
}

/// The days from the first day of the year 0 (Gregorian, carried backwards) to this one.
fn days_before(year: i32, month: u32, day: u32) -> i64 {
    let year = i64::from(year);
    let leaps = |years: i64| years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400);
    let before_year = 365 * year + leaps(year - 1) - leaps(-1);
    const BEFORE_MONTH: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let month = month.clamp(1, 12) as usize;
    before_year + BEFORE_MONTH[month - 1] + i64::from(leap && month > 2) + i64::from(day) - 1
}

#[cfg(test)]
mod tests {
    use super::days_before;

    #[test]
    fn days_since_the_year_zero() {
        assert_eq!(days_before(0, 1, 1), 0);
        assert_eq!(days_before(0, 12, 31), 365);
        assert_eq!(days_before(1, 1, 1), 366);
        assert_eq!(days_before(1970, 1, 1), 719_528);
        assert_eq!(days_before(2000, 3, 1), 730_545);
        assert_eq!(days_before(2024, 3, 1) - days_before(2024, 2, 28), 2);
        assert_eq!(days_before(1900, 3, 1) - days_before(1900, 2, 28), 1);
        assert_eq!(days_before(-1, 12, 31), -1);
    }
}
