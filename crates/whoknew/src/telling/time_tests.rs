use super::tests_support::*;
use super::*;

fn contradictions(telling: &Telling) -> Vec<Vec<usize>> {
    let timeline = Timeline::new(telling);
    let scenes = |found: &Contradiction| found.reasons.iter().map(|reason| reason.scene().index() + 1).collect();
    timeline.contradictions().iter().map(scenes).collect()
}

const DAY_ONE: SceneTime = SceneTime::Day(1);

#[test]
fn unstated_gaps_accuse_nobody() {
    let telling = telling(&[&[], &[], &[SceneTime::Flashback], &[later_than(1)], &[SceneTime::Clock(540)]]);
    assert_eq!(contradictions(&telling), Vec::<Vec<usize>>::new());
    assert_eq!(Timeline::new(&telling).gap(scene(1), scene(2)), Gap { least: Some(0.0), most: None });
}

#[test]
fn distances_add_up() {
    let telling = telling(&[&[], &[after(1, 10.0)], &[after(2, 20.0)]]);
    assert_eq!(Timeline::new(&telling).gap(scene(1), scene(3)), Gap { least: Some(30.0), most: Some(30.0) });
}

#[test]
fn a_distance_against_the_days_is_broken() {
    let telling =
        telling(&[&[DAY_ONE], &[SceneTime::Day(5)], &[between(1, 17.0 * 1440.0, 25.0 * 1440.0), SceneTime::Day(6)]]);
    assert_eq!(contradictions(&telling), [[1, 3, 3]]);
    let sound = telling_of(&[
        &[DAY_ONE],
        &[SceneTime::Day(5)],
        &[between(1, 17.0 * 1440.0, 25.0 * 1440.0), SceneTime::Day(20)],
    ]);
    assert!(contradictions(&sound).is_empty());
}

#[test]
fn an_earlier_day_told_later_must_be_a_flashback() {
    assert_eq!(contradictions(&telling(&[&[SceneTime::Day(3)], &[], &[SceneTime::Day(2)]])).len(), 1);
    assert!(
        contradictions(&telling(&[&[SceneTime::Day(3)], &[], &[SceneTime::Day(2), SceneTime::Flashback]])).is_empty()
    );
}

#[test]
fn the_same_night_lasts_from_noon_to_noon() {
    let late = |clock| [SceneTime::SameNight(scene(1)), SceneTime::Clock(clock)];
    assert!(contradictions(&telling(&[&[DAY_ONE, SceneTime::Clock(1380)], &late(60)])).is_empty());
    assert_eq!(contradictions(&telling(&[&[DAY_ONE, SceneTime::Clock(1380)], &late(1300)])).len(), 1);
    let same_day = [SceneTime::SameDay(scene(1)), SceneTime::Clock(60)];
    assert_eq!(contradictions(&telling(&[&[SceneTime::Clock(1380)], &same_day])).len(), 1);
}

#[test]
fn before_and_after_the_same_scene_is_broken() {
    assert_eq!(contradictions(&telling(&[&[], &[later_than(1), earlier_than(1)]])).len(), 1);
}

#[test]
fn scenes_that_last_push_the_next_one() {
    let mut told = telling(&[&[DAY_ONE, SceneTime::Clock(540)], &[SceneTime::Clock(550), SceneTime::Day(1)]]);
    told.scenes[0].duration = Some(10.0);
    assert!(contradictions(&told).is_empty());
    told.scenes[0].duration = Some(30.0);
    assert_eq!(contradictions(&told).len(), 1);
}

#[test]
fn several_contradictions_are_all_found() {
    let telling =
        telling(&[&[DAY_ONE], &[SceneTime::Day(1), after(1, 5000.0)], &[SceneTime::Day(4)], &[SceneTime::Day(2)]]);
    assert_eq!(contradictions(&telling).len(), 2);
}

#[test]
fn calendar_and_days_agree_or_not() {
    let calendar = |from: i64, to: i64| SceneTime::Calendar { from: from * 1440, to: to * 1440 };
    let told = |day| telling(&[&[DAY_ONE, calendar(100, 101)], &[SceneTime::Day(day), calendar(110, 140)]]);
    assert_eq!(contradictions(&told(5)).len(), 1);
    assert!(contradictions(&told(12)).is_empty());
}
