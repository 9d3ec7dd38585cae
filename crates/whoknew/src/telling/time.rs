//! What is told about time, as difference constraints between the starts and ends of scenes.
//!
//! Only what is said binds: where nothing bounds a gap, any gap is possible, and no finding rests on it.

mod build;
mod next_day;

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use self::build::Builder;
use self::next_day::NextDay;
use super::constraints::{ConstraintId, Constraints, MINUTE, Point, Units};
use crate::world::{Scene, SceneId, SceneTime, Telling};

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
