//! Turns what scenes say about their time into constraints.

use rustc_hash::FxHashMap;

use super::next_day::NextDay;
use super::{LONGEST_GAP, TimeReason, Timeline, follows_told_order, is_flashback};
use crate::syntax::ast::DayPart;
use crate::telling::constraints::{Constraints, DAY, LONGEST, MINUTE, Point, Units};
use crate::world::{LineContent, Scene, SceneId, SceneTime, Telling};

/// Turns scenes into constraints.
pub(super) struct Builder<'a> {
    telling: &'a Telling,
    pub(super) timeline: Timeline,
    /// The story's first midnight, and midnight at the beginning of the calendar.
    midnight: Point,
    calendar: Point,
    /// The midnight, and the midnight before the noon, before each scene's start, where something needs it.
    days: FxHashMap<SceneId, Point>,
    nights: FxHashMap<SceneId, Point>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(telling: &'a Telling) -> Self {
        let mut system = Constraints::default();
        let (midnight, calendar) = (system.whole_day(), system.whole_day());
        let starts: Vec<Point> = telling.scenes.iter().map(|_| system.point()).collect();
        let ends: Vec<Point> = telling.scenes.iter().map(|_| system.point()).collect();
        let (reasons, contradictions, next_days) = (FxHashMap::default(), Vec::new(), Vec::new());
        let timeline = Timeline { system, starts, ends, reasons, contradictions, next_days };
        let (days, nights) = (FxHashMap::default(), FxHashMap::default());
        Self { telling, timeline, midnight, calendar, days, nights }
    }

    pub(super) fn scene(&mut self, id: SceneId) {
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
