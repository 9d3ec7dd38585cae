//! The order in which the scenes happened.
//!
//! By time where the telling fixes it; ties in told order, whole scenes. A flashback goes right after its lower bound.
//! Invariant: no scene stands before one that certainly starts earlier.

use super::time::{Timeline, follows_told_order, is_flashback};
use crate::world::{SceneId, Telling};

/// The scenes in the order in which they happened (the field: fabula).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chronicle {
    order: Vec<SceneId>,
    positions: Vec<usize>,
}

impl Chronicle {
    /// Orders the scenes of `telling`.
    pub fn new(telling: &Telling, timeline: &Timeline) -> Self {
        let mut order: Vec<SceneId> = Vec::with_capacity(telling.scenes.len());
        let mut last_told = None;
        for (index, scene) in telling.scenes.iter().enumerate() {
            let id = SceneId::from_index(index);
            let flashback = is_flashback(scene);
            let simply_next = !flashback
                && order.last() == last_told.as_ref()
                && last_told.is_none_or(|previous| follows_told_order(scene, previous));
            if simply_next {
                order.push(id);
            } else {
                let position = place(&order, timeline, id, flashback);
                order.insert(position, id);
            }
            if !flashback {
                last_told = Some(id);
            }
        }
        let mut positions = vec![0; order.len()];
        for (position, scene) in order.iter().enumerate() {
            positions[scene.index()] = position;
        }
        Self { order, positions }
    }

    /// The scenes in the order in which they happened.
    pub fn scenes(&self) -> &[SceneId] {
        &self.order
    }

    /// The place of `scene` in that order, counted from 0.
    pub fn position(&self, scene: SceneId) -> usize {
        self.positions[scene.index()]
    }
}

fn place(order: &[SceneId], timeline: &Timeline, scene: SceneId, flashback: bool) -> usize {
    let (earlier, later) = timeline.order(scene, order);
    let after = |scene: &SceneId| earlier.contains(scene);
    if flashback {
        return order.iter().rposition(after).map_or(0, |last| last + 1);
    }
    order.iter().position(|other| later.contains(other)).unwrap_or(order.len())
}

#[cfg(test)]
mod tests {
    use super::super::time::tests_support::*;
    use super::*;
    use crate::world::SceneTime;

    fn happened(telling: &Telling) -> Vec<usize> {
        let chronicle = Chronicle::new(telling, &Timeline::new(telling));
        chronicle.scenes().iter().map(|scene| scene.index() + 1).collect()
    }

    #[test]
    fn told_order_unless_said_otherwise() {
        let telling = telling(&[&[], &[SceneTime::Clock(600)], &[after(2, 10.0)], &[SceneTime::Same(scene(3))]]);
        assert_eq!(happened(&telling), [1, 2, 3, 4]);
    }

    #[test]
    fn a_flashback_goes_right_after_its_lower_bound() {
        let between = [SceneTime::Flashback, later_than(2), earlier_than(4)];
        let telling = telling(&[&[], &[], &[], &[], &[], &between, &[]]);
        assert_eq!(happened(&telling), [1, 2, 6, 3, 4, 5, 7]);
    }

    #[test]
    fn a_scene_told_late_goes_before_what_certainly_follows_it() {
        let telling = telling(&[&[], &[after(1, 60.0)], &[], &[after(1, 20.0)], &[]]);
        assert_eq!(happened(&telling), [1, 4, 2, 3, 5]);
        let before = telling_of(&[&[], &[], &[earlier_than(2)]]);
        assert_eq!(happened(&before), [1, 3, 2]);
    }

    #[test]
    fn a_flashback_with_a_date_finds_its_place() {
        let day = |day| SceneTime::Day(day);
        let telling = telling(&[&[day(1)], &[day(3)], &[day(9)], &[SceneTime::Flashback, day(2)], &[]]);
        assert_eq!(happened(&telling), [1, 4, 2, 3, 5]);
    }
}
