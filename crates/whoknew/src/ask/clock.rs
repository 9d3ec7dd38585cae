//! Points named by a time of day: `22:15`, `day 2, 22:15`, `half past ten on day 2`.
//!
//! A scene whose start is told, or fixed by the told distances to one that is, lies at that minute; where told times leave it open
//! on which day, it is the first that they allow. What happens in a scene is taken to be over when the clock has left its start behind,
//! unless events below it have times of their own.

use super::codes::{E0803, E0809};
use super::point::{Point, Spot, events_of};
use super::story::Story;
use crate::check::words;
use crate::diagnostic::Diagnostic;
use crate::world::{self, LineContent, SceneId, SceneTime, say};

/// Minutes of a day.
const DAY: i64 = 24 * 60;
/// A longer text names no time.
const LONGEST: usize = 80;

/// A time without a digit has one of these in it.
const HOURS: &[&str] = &["noon", "midnight", "clock", "past", "half", "quarter", " in the ", "day "];

/// A time as it is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// The day, counted from 1, if it is said.
    day: Option<i64>,
    /// The minute of the day; `None`: the end of the day.
    minute: Option<i64>,
}

/// Something that is told to begin, or to happen, at a time: in minutes after the midnight before day 1.
#[derive(Clone, Copy, Debug)]
struct Hour {
    minute: i64,
    scene: SceneId,
    /// The line of the event; `None`: the scene begins.
    line: Option<usize>,
}

impl Time {
    /// The time that `text` names, in the words in which scenes tell it.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > LONGEST
            || text.contains(['\n', '\r', '"', '#'])
            || text.bytes().all(|byte| byte.is_ascii_digit())
        {
            return None;
        }
        let names_hour = |text: &str| HOURS.iter().any(|word| text.contains(word));
        if !text.bytes().any(|byte| byte.is_ascii_digit()) && !names_hour(&text.to_lowercase()) {
            return None;
        }
        let text = text.to_lowercase().replace(" on ", ", ").replace(" at ", ", ");
        let header = format!("scene \"\", {}\n", text.trim().trim_start_matches("on ").trim_start_matches("at "));
        let world = world::load_text("the time", &header).world?;
        let [scene] = world.telling.scenes.as_slice() else { return None };
        let mut time = Self { day: None, minute: None };
        for told in &scene.times {
            match told.value {
                SceneTime::Day(day) => time.day = Some(day),
                SceneTime::Clock(minute) => time.minute = Some(i64::from(minute)),
                _ => return None,
            }
        }
        (time.day.is_some() || time.minute.is_some()).then_some(time)
    }
}

impl Time {
    /// The minute before.
    pub fn earlier(self) -> Self {
        match (self.day, self.minute) {
            (_, Some(minute)) if minute > 0 => Self { minute: Some(minute - 1), ..self },
            (Some(day), _) => Self { day: Some(day - 1), minute: None },
            (None, _) => self,
        }
    }
}

/// `day 2, 22:15`
fn named(minute: i64) -> String {
    let (day, of_day) = (minute.div_euclid(DAY) + 1, minute.rem_euclid(DAY));
    format!("day {day}, {}", clock(of_day))
}

fn clock(of_day: i64) -> String {
    format!("{:02}:{:02}", of_day / 60, of_day % 60)
}

impl Story<'_> {
    /// The point at a time.
    pub(super) fn at_time(&self, time: Time) -> Result<Point, Diagnostic> {
        if self.telling().scenes.is_empty() {
            let message = Diagnostic::new(&E0803, "the story tells no scene, so there is no time in it", None);
            return Err(message.help("ask without a time, or at `start`"));
        }
        let hours = self.hours();
        let Some(first) = hours.iter().map(|hour| hour.minute).min() else {
            let message = Diagnostic::new(&E0809, "the story tells no time of day, so it cannot be asked at one", None);
            return Err(
                message.help("name a scene, as in `--at 3`, or give scenes a time: `scene \"Supper\", day 1, 18:00`")
            );
        };
        let (minute, others) = match time {
            Time { day: Some(day), minute: Some(minute) } => ((day - 1) * DAY + minute, Vec::new()),
            Time { day: Some(day), minute: None } => (day * DAY - 1, Vec::new()),
            Time { day: None, minute } => on_some_day(&hours, minute.unwrap_or(DAY - 1)),
        };
        let (spot, when) = self.spot_at(&hours, minute);
        let name = match time.minute {
            Some(_) => named(minute),
            None => format!("the end of day {}", minute.div_euclid(DAY) + 1),
        };
        let where_told = match spot {
            Spot::Start => format!("before {}, the first time that is told", named(first)),
            Spot::Opening(scene) => format!("at the beginning of {}", words::scene(self.telling(), scene)),
            _ => format!("after {} ({when})", self.at(spot)),
        };
        let mut note = format!("Asked of {name}: {where_told}");
        // By the end of a day it is over.
        if let (Spot::Scene(scene), Some(_)) = (spot, time.minute) {
            note += &self.end_of(scene, &hours);
        }
        if !others.is_empty() {
            let days: Vec<String> =
                others.iter().map(|day| format!("`{} on day {day}`", clock(minute % DAY))).collect();
            note += &format!("; of another day with {}", say::list(&days).replace(" and ", " or "));
        }
        Ok(self.at(spot).called(name, note))
    }

    /// That nothing tells when a scene ended, and how to ask within it.
    fn end_of(&self, scene: SceneId, hours: &[Hour]) -> String {
        let told = &self.telling().scenes[scene.index()];
        let point = |event: usize| format!("`--at {}.{event}`", told.label);
        let events = events_of(told);
        let is_last = |hour: &Hour| hour.scene == scene && hour.line.is_some() && hour.line == events.last().copied();
        match events.len() {
            0 => String::new(),
            _ if hours.iter().any(is_last) => String::new(),
            1 => format!("; it is not told when that ended: to ask before its event, {}", point(0)),
            events => {
                let (first, last) = (point(1), point(events - 1));
                let within = if events == 2 { first } else { format!("{first} to {last}") };
                format!("; it is not told when that ended: to ask within it, {within}")
            }
        }
    }

    /// What of the story has happened at a minute, and when the last of it began.
    fn spot_at(&self, hours: &[Hour], minute: i64) -> (Spot, String) {
        let Some(last) = hours.iter().rposition(|hour| hour.minute <= minute) else {
            return (Spot::Start, String::new());
        };
        let Hour { minute: began, scene, line } = hours[last];
        let told = &self.telling().scenes[scene.index()];
        let after_event = |line: usize| {
            let number = events_of(told).iter().position(|&other| other == line);
            number.map(|number| Spot::Event { scene, number: number + 1, line })
        };
        // Later times in the same scene hold back what comes with them.
        let next = hours[last + 1..].iter().find(|next| next.scene == scene && next.minute > minute);
        let spot = match (line, next.and_then(|next| next.line)) {
            (_, Some(next)) => {
                let before = events_of(told).into_iter().rfind(|&line| line < next);
                before.and_then(after_event).unwrap_or(Spot::Opening(scene))
            }
            (None, None) if began == minute => Spot::Opening(scene),
            (Some(line), None) if began == minute => after_event(line).unwrap_or(Spot::Scene(scene)),
            _ => Spot::Scene(scene),
        };
        (spot, named(began))
    }

    /// The time that is told for a line or else for its scene: `day 1, 21:16`.
    pub(super) fn time_of(&self, spot: Spot) -> Option<String> {
        let (scene, line) = match spot {
            Spot::Event { scene, line, .. } => (scene, Some(line)),
            Spot::Scene(scene) | Spot::Opening(scene) => (scene, None),
            Spot::Start | Spot::End => return None,
        };
        let hours = self.hours();
        let told = |hour: &&Hour| hour.scene == scene && hour.line.is_none_or(|at| Some(at) <= line);
        hours.iter().rfind(told).map(|hour| named(hour.minute))
    }

    /// All told times, in the order in which things happened.
    fn hours(&self) -> Vec<Hour> {
        let scenes = &self.telling().scenes;
        let told_clock = |scene: &SceneId| clock_of(&scenes[scene.index()].times).is_some();
        let told_both = |scene: &&SceneId| told_clock(scene) && day_of(&scenes[scene.index()].times).is_some();
        let order = self.run.chronicle.scenes();
        let anchor = order.iter().find(told_both).or_else(|| order.iter().find(|scene| told_clock(scene))).copied();
        let mut hours = Vec::new();
        let mut last = 0;
        for &scene in order {
            let told = &scenes[scene.index()];
            let start = anchor.and_then(|anchor| self.start_of(scene, anchor));
            if let Some(minute) = start {
                hours.push(Hour { minute, scene, line: None });
            }
            let own_day = day_of(&told.times).map(|day| (day - 1) * DAY);
            let mut from = start.or(own_day).unwrap_or(last);
            for (line, content) in told.lines.iter().enumerate() {
                let LineContent::Event(event) = &content.content else { continue };
                let Some(clock) = event.clock else { continue };
                from += (i64::from(clock) - from).rem_euclid(DAY);
                hours.push(Hour { minute: from, scene, line: Some(line) });
            }
            last = last.max(from);
        }
        hours
    }

    /// The minute at which a scene starts, if that is told; `anchor` is one of which it is.
    fn start_of(&self, scene: SceneId, anchor: SceneId) -> Option<i64> {
        let times = |scene: SceneId| self.telling().scenes[scene.index()].times.as_slice();
        let own = clock_of(times(scene));
        if let (Some(clock), Some(day)) = (own, day_of(times(scene))) {
            return Some((day - 1) * DAY + clock);
        }
        let base = (day_of(times(anchor)).unwrap_or(1) - 1) * DAY + clock_of(times(anchor))?;
        let gap = self.run.timeline.gap(anchor, scene);
        match own {
            None => gap.least.filter(|_| gap.least == gap.most).map(|gap| base + gap as i64),
            Some(clock) => {
                let around = base + gap.least.or(gap.most)? as i64;
                Some(around + (clock - around).rem_euclid(DAY))
            }
        }
    }
}

/// The minute on the day that is meant where none is said, and the other days that it could be: the first day on which told times
/// lie around it, or the first of all.
fn on_some_day(hours: &[Hour], of_day: i64) -> (i64, Vec<i64>) {
    let mut days: Vec<i64> = hours.iter().map(|hour| hour.minute.div_euclid(DAY)).collect();
    days.sort_unstable();
    days.dedup();
    let lies_within = |day: &&i64| {
        let minute = **day * DAY + of_day;
        let on_it = || hours.iter().map(|hour| hour.minute).filter(|minute| minute.div_euclid(DAY) == **day);
        on_it().any(|told| told <= minute) && on_it().any(|told| told >= minute)
    };
    let begun = |day: &&i64| hours.iter().any(|hour| hour.minute <= **day * DAY + of_day);
    let meant =
        days.iter().find(lies_within).or_else(|| days.iter().find(begun)).or(days.first()).copied().unwrap_or(0);
    (meant * DAY + of_day, days.into_iter().filter(|&day| day != meant).map(|day| day + 1).collect())
}

fn clock_of(times: &[world::Spanned<SceneTime>]) -> Option<i64> {
    times.iter().find_map(|time| match time.value {
        SceneTime::Clock(minute) => Some(i64::from(minute)),
        _ => None,
    })
}

fn day_of(times: &[world::Spanned<SceneTime>]) -> Option<i64> {
    times.iter().find_map(|time| match time.value {
        SceneTime::Day(day) => Some(day),
        _ => None,
    })
}
