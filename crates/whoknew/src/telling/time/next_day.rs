//! "The next day": a midnight lies between two scenes, unless the first starts in the small hours, which many still
//! count to the day before.

use std::collections::BTreeSet;

use super::{SMALL_HOURS, TimeReason, Timeline};
use crate::telling::constraints::{DAY, MINUTE, Point};
use crate::world::{SceneId, SceneTime, Spanned, Telling};

/// "The next day", told of a scene.
#[derive(Clone, Copy, Debug)]
pub(super) struct NextDay {
    /// The midnight before the scene.
    pub day: Point,
    /// The scene that happens on the day before.
    pub other: SceneId,
    /// The midnight before that.
    pub other_day: Point,
    /// Where it is told.
    pub reason: TimeReason,
}

impl Timeline {
    /// Puts a midnight between the scenes where the first is known not to start in the small hours; only once all told
    /// times agree can that be known.
    pub(super) fn keep_days_apart(&mut self, telling: &Telling) {
        let mut apart: Vec<(NextDay, Vec<TimeReason>)> = Vec::new();
        for next in std::mem::take(&mut self.next_days) {
            let Some(mut reasons) = self.not_in_small_hours(telling, next.other, next.other_day) else { continue };
            reasons.push(next.reason);
            if !reasons.iter().any(|&reason| self.is_disregarded(reason)) {
                apart.push((next, reasons));
            }
        }
        if apart.is_empty() {
            return;
        }
        for (next, reasons) in apart {
            let id = self.system.at_least(next.other_day, next.day, DAY);
            self.reasons.insert(id, reasons);
        }
        self.settle();
    }

    /// By what `scene` is known not to start in the small hours. Who names its day, and nothing else of its time, does not
    /// mean them, unless a scene before it goes on past midnight.
    fn not_in_small_hours(&self, telling: &Telling, scene: SceneId, day: Point) -> Option<Vec<TimeReason>> {
        let start = self.starts[scene.index()];
        let (_, before) = *self.system.most_to(start, &BTreeSet::from([day])).first()?;
        let times = telling.scenes[scene.index()].times.as_slice();
        let says_day_only = matches!(times, [Spanned { value: SceneTime::Day(_), .. }]);
        if says_day_only && before == 0 {
            return Some(vec![TimeReason::Header { scene, statement: 0 }]);
        }
        let is_later = -before >= i64::from(SMALL_HOURS) * MINUTE;
        is_later.then(|| self.told(&self.system.chain(start, day)))
    }
}
