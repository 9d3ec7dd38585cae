//! What is told about time, as difference constraints between the starts and ends of scenes.
//!
//! Only what is said binds: where nothing bounds a gap, any gap is possible, and no finding rests on it.

mod next_day;

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use self::next_day::NextDay;
use super::constraints::{ConstraintId, Constraints, DAY, LONGEST, MINUTE, Point, Units};
use crate::syntax::ast::DayPart;
use crate::world::{LineContent, Scene, SceneId, SceneTime, Telling};

/// Between two times of day in one scene lies no more than this, unless the scene says how long it lasts.
const LONGEST_GAP: i64 = 18 * 60 * MINUTE;

/// Until then, in minutes after midnight, it is still the night of the day before to many.
pub(crate) const SMALL_HOURS: u32 = 6 * 60;

/// So many contradictions are looked for; a story with more has its times mended first.
const MOST_CONTRADICTIONS: usize = 50;

/// What of the told story bounds a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeReason {
    /// A statement of a scene's header, by its position.
    Header {
        /// The scene.
        scene: SceneId,
        /// Which of its times.
        statement: usize,
    },
    /// The scene is told after `previous`, and nothing says that it is a flashback.
    Follows {
        /// The scene.
        scene: SceneId,
        /// The scene told before it.
        previous: SceneId,
    },
    /// How long a scene lasts.
    Lasts(SceneId),
    /// The time of day of an event.
    Clock {
        /// The scene.
        scene: SceneId,
        /// The position of the event's line in it.
        line: usize,
    },
}

impl TimeReason {
    /// The scene that says it.
    pub fn scene(self) -> SceneId {
        match self {
            Self::Header { scene, .. }
            | Self::Follows { scene, .. }
            | Self::Lasts(scene)
            | Self::Clock { scene, .. } => scene,
        }
    }
}

/// Told times that cannot all be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// What contradicts itself, in told order.
    pub reasons: Vec<TimeReason>,
    /// The one that is disregarded from here on.
    pub disregarded: TimeReason,
}

/// Between which bounds a gap lies, in minutes; `None`: unbounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// At least so much.
    pub least: Option<f64>,
    /// At most so much.
    pub most: Option<f64>,
}

/// The times of the scenes of one telling.
#[derive(Clone, Debug)]
pub struct Timeline {
    system: Constraints,
    starts: Vec<Point>,
    ends: Vec<Point>,
    reasons: FxHashMap<ConstraintId, Vec<TimeReason>>,
    contradictions: Vec<Contradiction>,
    next_days: Vec<NextDay>,
}

impl Timeline {
    /// Reads all times of `telling` and finds the contradictions among them.
    pub fn new(telling: &Telling) -> Self {
        let mut builder = Builder::new(telling);
        for index in 0..telling.scenes.len() {
            builder.scene(SceneId::from_index(index));
        }
        let mut timeline = builder.timeline;
        timeline.settle();
        timeline.keep_days_apart(telling);
        timeline
    }

    /// The contradictions among the told times.
    pub fn contradictions(&self) -> &[Contradiction] {
        &self.contradictions
    }

    /// How long after the start of `from` that of `to` lies.
    pub fn gap(&self, from: SceneId, to: SceneId) -> Gap {
        let (a, b) = (self.starts[from.index()], self.starts[to.index()]);
        let target = |point| BTreeSet::from([point]);
        let minutes = |units: Units| units as f64 / MINUTE as f64;
        if from == to {
            return Gap { least: Some(0.0), most: Some(0.0) };
        }
        if let Some(distance) = self.system.exactly(a, b) {
            return Gap { least: Some(minutes(distance)), most: Some(minutes(distance)) };
        }
        let most = self.system.most_to(a, &target(b)).first().map(|found| minutes(found.1));
        let least = self.system.most_to(b, &target(a)).first().map(|found| minutes(-found.1));
        Gap { least, most }
    }

    /// Whether the told times bound the distance of the two scenes' starts from both sides.
    pub fn bound(&self, first: SceneId, second: SceneId) -> bool {
        self.system.bound(self.starts[first.index()], self.starts[second.index()])
    }

    /// The told reasons why `to` starts at most so long after `from` as [`Timeline::gap`] says.
    pub fn reasons_at_most(&self, from: SceneId, to: SceneId) -> Vec<TimeReason> {
        let chain = self.system.chain(self.starts[from.index()], self.starts[to.index()]);
        self.told(&chain)
    }

    /// For each scene, how many minutes after `from` it starts, where the told times fix that.
    pub fn fixed_after(&self, from: SceneId) -> Vec<Option<f64>> {
        let start = self.starts[from.index()];
        let points = self.starts.iter().copied().collect();
        let most: FxHashMap<Point, Units> = self.system.most_to(start, &points).into_iter().collect();
        let least: FxHashMap<Point, Units> = self.system.most_from(start, &points).into_iter().collect();
        let fixed = |point: &Point| {
            let (most, least) = (most.get(point)?, -least.get(point)?);
            (*most == least).then_some(least as f64 / MINUTE as f64)
        };
        self.starts.iter().map(|point| if *point == start { Some(0.0) } else { fixed(point) }).collect()
    }

    /// The scenes among `others` that certainly start before `scene`, or with it, and those that certainly start
    /// after it.
    pub(crate) fn order(&self, scene: SceneId, others: &[SceneId]) -> (FxHashSet<SceneId>, FxHashSet<SceneId>) {
        let start = self.starts[scene.index()];
        let points: BTreeSet<Point> = others.iter().map(|other| self.starts[other.index()]).collect();
        let after: FxHashMap<Point, Units> = self.system.most_to(start, &points).into_iter().collect();
        let before: FxHashMap<Point, Units> = self.system.most_from(start, &points).into_iter().collect();
        let not_after = |other: &SceneId| after.get(&self.starts[other.index()]).is_some_and(|&most| most <= 0);
        let not_before = |other: &SceneId| before.get(&self.starts[other.index()]).is_some_and(|&most| most <= 0);
        let earlier: FxHashSet<SceneId> = others.iter().copied().filter(not_after).collect();
        let later = others.iter().copied().filter(|other| not_before(other) && !earlier.contains(other)).collect();
        (earlier, later)
    }

    fn settle(&mut self) {
        while let Err(cycle) = self.system.settle() {
            let Some(mut found) = self.contradiction(&cycle) else { return };
            self.disregard(found.disregarded);
            // A part of what contradicts itself may do so already, and says it more plainly.
            while let Some(plainer) = self.system.settle().err().and_then(|cycle| self.contradiction(&cycle)) {
                if !plainer.reasons.iter().all(|reason| found.reasons.contains(reason)) {
                    break;
                }
                self.regard(found.disregarded);
                self.disregard(plainer.disregarded);
                found = plainer;
            }
            self.contradictions.push(found);
            if self.contradictions.len() >= MOST_CONTRADICTIONS {
                self.disregard_all();
            }
        }
    }

    /// What the constraints of a cycle were told by, and which of it is blamed: the last that was told.
    fn contradiction(&self, cycle: &[ConstraintId]) -> Option<Contradiction> {
        let mut reasons = self.told(cycle);
        reasons.sort_unstable_by_key(|reason| (reason.scene(), *reason));
        let header = |reason: &&TimeReason| !matches!(reason, TimeReason::Follows { .. });
        let disregarded = *reasons.iter().rev().find(header).or(reasons.last())?;
        Some(Contradiction { reasons, disregarded })
    }

    fn disregard(&mut self, reason: TimeReason) {
        for constraint in self.resting_on(reason) {
            self.system.remove(constraint);
        }
    }

    /// Takes a [`Timeline::disregard`] back.
    fn regard(&mut self, reason: TimeReason) {
        for constraint in self.resting_on(reason) {
            if !self.reasons[&constraint].iter().any(|&reason| self.is_disregarded(reason)) {
                self.system.restore(constraint);
            }
        }
    }

    fn is_disregarded(&self, reason: TimeReason) -> bool {
        self.contradictions.iter().any(|found| found.disregarded == reason)
    }

    fn resting_on(&self, reason: TimeReason) -> Vec<ConstraintId> {
        let rests_on_it = |entry: (&ConstraintId, &Vec<TimeReason>)| entry.1.contains(&reason).then_some(*entry.0);
        let mut constraints: Vec<ConstraintId> = self.reasons.iter().filter_map(rests_on_it).collect();
        constraints.sort_unstable();
        constraints
    }

    /// Keeps the told order only.
    fn disregard_all(&mut self) {
        let mut constraints: Vec<ConstraintId> = self.reasons.keys().copied().collect();
        constraints.sort_unstable();
        for constraint in constraints {
            self.system.remove(constraint);
        }
    }

    fn told(&self, constraints: &[ConstraintId]) -> Vec<TimeReason> {
        let mut told: Vec<TimeReason> = Vec::new();
        for reason in constraints.iter().filter_map(|constraint| self.reasons.get(constraint)).flatten() {
            if !told.contains(reason) {
                told.push(*reason);
            }
        }
        told
    }
}

/// Whether the scene told before binds `scene`, which says `times`.
pub(crate) fn follows_told_order(scene: &Scene, previous: SceneId) -> bool {
    scene.times.iter().all(|time| match time.value {
        SceneTime::Day(_) | SceneTime::Clock(_) | SceneTime::Calendar { .. } | SceneTime::Part(_) => true,
        SceneTime::SameDay(other)
        | SceneTime::SameNight(other)
        | SceneTime::NextDay(other)
        | SceneTime::NextNight(other) => other == previous,
        SceneTime::Distance { .. } | SceneTime::Same(_) | SceneTime::Flashback => false,
    })
}

/// Whether `scene` is said to be a flashback.
pub(crate) fn is_flashback(scene: &Scene) -> bool {
    scene.times.iter().any(|time| time.value == SceneTime::Flashback)
}

/// Turns scenes into constraints.
struct Builder<'a> {
    telling: &'a Telling,
    timeline: Timeline,
    /// The story's first midnight, and midnight at the beginning of the calendar.
    midnight: Point,
    calendar: Point,
    /// The midnight, and the midnight before the noon, before each scene's start, where something needs it.
    days: FxHashMap<SceneId, Point>,
    nights: FxHashMap<SceneId, Point>,
}

impl<'a> Builder<'a> {
    fn new(telling: &'a Telling) -> Self {
        let mut system = Constraints::default();
        let (midnight, calendar) = (system.whole_day(), system.whole_day());
        let starts: Vec<Point> = telling.scenes.iter().map(|_| system.point()).collect();
        let ends: Vec<Point> = telling.scenes.iter().map(|_| system.point()).collect();
        let (reasons, contradictions, next_days) = (FxHashMap::default(), Vec::new(), Vec::new());
        let timeline = Timeline { system, starts, ends, reasons, contradictions, next_days };
        let (days, nights) = (FxHashMap::default(), FxHashMap::default());
        Self { telling, timeline, midnight, calendar, days, nights }
    }

    fn scene(&mut self, id: SceneId) {
        let telling = self.telling;
        let scene = &telling.scenes[id.index()];
        let (start, end) = (self.timeline.starts[id.index()], self.timeline.ends[id.index()]);
        match scene.duration {
            Some(minutes) => self.exactly(start, end, units(minutes), &[TimeReason::Lasts(id)]),
            None => self.at_least(start, end, 0, &[]),
        }
        self.order(id, scene);
        for (statement, time) in scene.times.iter().enumerate() {
            self.time(id, &time.value, TimeReason::Header { scene: id, statement });
        }
        self.clocks(id, scene);
    }

    /// Starts not before the last scene told before it that is no flashback ends.
    fn order(&mut self, id: SceneId, scene: &Scene) {
        let before = &self.telling.scenes[..id.index()];
        let Some(previous) = before.iter().rposition(|other| !is_flashback(other)).map(SceneId::from_index) else {
            return;
        };
        if follows_told_order(scene, previous) {
            let reason = TimeReason::Follows { scene: id, previous };
            let (end, start) = (self.timeline.ends[previous.index()], self.timeline.starts[id.index()]);
            self.at_least(end, start, 0, &[reason]);
        }
    }

    fn time(&mut self, id: SceneId, time: &SceneTime, reason: TimeReason) {
        let start = self.timeline.starts[id.index()];
        match *time {
            SceneTime::Day(day) => {
                let day_start = self.day(id);
                let from = day.saturating_sub(1).saturating_mul(DAY);
                self.exactly(self.midnight, day_start, from, &[reason]);
            }
            SceneTime::Clock(minutes) => {
                let day_start = self.day(id);
                self.exactly(day_start, start, i64::from(minutes) * MINUTE, &[reason]);
            }
            SceneTime::Calendar { from, to } => {
                let (from, to) = (from.saturating_mul(MINUTE), to.saturating_mul(MINUTE));
                self.at_least(self.calendar, start, from, &[reason]);
                self.at_most(self.calendar, start, to.saturating_sub(1), &[reason]);
                if from % DAY == 0 && to.saturating_sub(from) == DAY {
                    let day_start = self.day(id);
                    self.exactly(self.calendar, day_start, from, &[reason]);
                }
            }
            SceneTime::Distance { scene, least, most } => self.distance(scene, id, (least, most), reason),
            SceneTime::Same(scene) => {
                let other = self.timeline.starts[scene.index()];
                self.exactly(other, start, 0, &[reason]);
            }
            SceneTime::SameDay(scene) => {
                let (day, other) = (self.day(id), self.day(scene));
                self.exactly(other, day, 0, &[reason]);
            }
            SceneTime::SameNight(scene) => {
                let (night, other) = (self.night(id), self.night(scene));
                self.exactly(other, night, 0, &[reason]);
            }
            // After midnight many still count to the day before: "the next morning" may then be the same day. Where it is
            // not, `keep_days_apart` finds that out.
            SceneTime::NextDay(scene) => {
                let (day, other) = (self.day(id), self.day(scene));
                self.at_least(other, day, 0, &[reason]);
                self.at_most(other, day, DAY, &[reason]);
                self.at_least(self.timeline.starts[scene.index()], start, 1, &[reason]);
                self.timeline.next_days.push(NextDay { day, other: scene, other_day: other, reason });
            }
            SceneTime::NextNight(scene) => {
                let (night, other) = (self.night(id), self.night(scene));
                self.exactly(other, night, DAY, &[reason]);
            }
            SceneTime::Part(part) => {
                let (from, to) = hours_of(part);
                let day_start = self.day(id);
                self.at_least(day_start, start, from * 60 * MINUTE, &[reason]);
                self.at_most(day_start, start, to * 60 * MINUTE - 1, &[reason]);
            }
            SceneTime::Flashback => {}
        }
    }

    /// "After" and "before" alone mean at least one unit of time.
    fn distance(&mut self, from: SceneId, to: SceneId, bounds: (Option<f64>, Option<f64>), reason: TimeReason) {
        let (from, to) = (self.timeline.starts[from.index()], self.timeline.starts[to.index()]);
        let (least, most) = match bounds {
            (Some(0.0), None) => (Some(1), None),
            (None, Some(0.0)) => (None, Some(-1)),
            (least, most) => (least.map(units), most.map(units)),
        };
        if let Some(least) = least {
            self.at_least(from, to, least, &[reason]);
        }
        if let Some(most) = most {
            self.at_most(from, to, most, &[reason]);
        }
    }

    /// The times of day of a scene's events. Where the scene does not say how long it lasts, an earlier time of day is a
    /// slip rather than the next day, unless the night lies between.
    fn clocks(&mut self, id: SceneId, scene: &Scene) {
        let mut previous = self.timeline.starts[id.index()];
        for (line, told) in scene.lines.iter().enumerate() {
            let LineContent::Event(event) = &told.content else { continue };
            let Some(clock) = event.clock else { continue };
            let reason = TimeReason::Clock { scene: id, line };
            let (point, day) = (self.timeline.system.point(), self.timeline.system.whole_day());
            self.exactly(day, point, i64::from(clock) * MINUTE, &[reason]);
            self.at_least(previous, point, 0, &[]);
            if scene.duration.is_none() {
                self.at_most(previous, point, LONGEST_GAP, &[reason]);
            }
            self.at_least(point, self.timeline.ends[id.index()], 0, &[]);
            previous = point;
        }
    }

    fn day(&mut self, id: SceneId) -> Point {
        if let Some(&day) = self.days.get(&id) {
            return day;
        }
        let day = self.timeline.system.whole_day();
        let start = self.timeline.starts[id.index()];
        self.at_least(day, start, 0, &[]);
        self.at_most(day, start, DAY - 1, &[]);
        self.days.insert(id, day);
        day
    }

    fn night(&mut self, id: SceneId) -> Point {
        if let Some(&night) = self.nights.get(&id) {
            return night;
        }
        let night = self.timeline.system.whole_day();
        let start = self.timeline.starts[id.index()];
        self.at_least(night, start, DAY / 2, &[]);
        self.at_most(night, start, DAY + DAY / 2 - 1, &[]);
        self.nights.insert(id, night);
        night
    }

    fn exactly(&mut self, from: Point, to: Point, distance: Units, reasons: &[TimeReason]) {
        self.at_least(from, to, distance, reasons);
        self.at_most(from, to, distance, reasons);
    }

    fn at_least(&mut self, from: Point, to: Point, distance: Units, reasons: &[TimeReason]) {
        let id = self.timeline.system.at_least(from, to, distance);
        self.timeline.reasons.insert(id, reasons.to_vec());
    }

    fn at_most(&mut self, from: Point, to: Point, distance: Units, reasons: &[TimeReason]) {
        let id = self.timeline.system.at_most(from, to, distance);
        self.timeline.reasons.insert(id, reasons.to_vec());
    }
}

/// The hours of a day that a part of it can mean at most; the next begins before it ends.
fn hours_of(part: DayPart) -> (i64, i64) {
    match part {
        DayPart::Morning => (0, 13),
        DayPart::Afternoon => (12, 20),
        DayPart::Evening => (15, 24),
        DayPart::Day | DayPart::Night => (0, 24),
    }
}

fn units(minutes: f64) -> Units {
    let longest = LONGEST as f64;
    (minutes * MINUTE as f64).round().clamp(-longest, longest) as Units
}

#[cfg(test)]
#[path = "time_tests.rs"]
mod tests;

/// Small tellings for tests.
#[cfg(test)]
pub(crate) mod tests_support {
    use super::*;
    use crate::source::{FileId, Span};
    use crate::world::Spanned;

    /// The scene told as number `number`, counted from 1.
    pub fn scene(number: usize) -> SceneId {
        SceneId::from_index(number - 1)
    }

    /// Exactly so many minutes after a scene.
    pub fn after(number: usize, minutes: f64) -> SceneTime {
        between(number, minutes, minutes)
    }

    /// Between so many minutes after a scene.
    pub fn between(number: usize, least: f64, most: f64) -> SceneTime {
        SceneTime::Distance { scene: scene(number), least: Some(least), most: Some(most) }
    }

    /// `after scene N`
    pub fn later_than(number: usize) -> SceneTime {
        SceneTime::Distance { scene: scene(number), least: Some(0.0), most: None }
    }

    /// `before scene N`
    pub fn earlier_than(number: usize) -> SceneTime {
        SceneTime::Distance { scene: scene(number), least: None, most: Some(0.0) }
    }

    /// Scenes that say these times.
    pub fn telling(times: &[&[SceneTime]]) -> Telling {
        let span = Span::new(FileId::from_index(0), 0..0);
        let told = |(index, times): (usize, &&[SceneTime])| Scene {
            label: (index + 1).to_string(),
            title: None,
            times: times.iter().map(|time| Spanned { value: time.clone(), span }).collect(),
            place: None,
            present: None,
            point_of_view: None,
            duration: None,
            offstage: false,
            lines: Vec::new(),
            expectations: Vec::new(),
            span,
        };
        Telling { scenes: times.iter().enumerate().map(told).collect() }
    }

    /// The same, where a variable hides the name.
    pub fn telling_of(times: &[&[SceneTime]]) -> Telling {
        telling(times)
    }
}
