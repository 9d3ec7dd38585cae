//! Answers what if are true: they agree with the story told without the event, loaded and replayed by itself.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod project_stories;

use project_stories::{Disk, spread, stories};
use std::collections::BTreeSet;
use whoknew::ask::what_if::{Change, Scope, WhatIf, what_if};
use whoknew::ask::{Spot, Story};
use whoknew::ground::{ChainId, Limits, Place};
use whoknew::world::{self, EntityId, Loaded, SceneId, World};

/// So many events of each story are left out, one at a time.
const MOST_EVENTS: usize = 25;

fn load(path: &std::path::Path) -> Loaded {
    world::load(path.to_str().expect("a plain path"), &Disk)
}

/// Believers, nobody for what is so, and what they believe.
type Beliefs = BTreeSet<(Option<EntityId>, String)>;

/// Who believes what at the end, in words; `None` stands for what is so.
fn beliefs(world: &World) -> Option<Beliefs> {
    let mut story = Story::new(world, &Limits::default()).ok()?;
    let end = story.run.replay.end()?;
    let mut found = BTreeSet::new();
    for who in (0..world.characters).map(|who| Some(EntityId::from_index(who))).chain([None]) {
        let level = match who {
            Some(who) => story.run.situations.believed(who, end).ok()?,
            None => end,
        };
        for fluent in story.run.situations.problem().fluents().collect::<Vec<_>>() {
            let place = Place { chain: ChainId::REAL, fluent };
            let value = story.run.situations.value_at(level, place).ok()?;
            let fact = story.run.situations.problem().expression(fluent);
            found.insert((who, format!("{} = {value:?}", world::say::formula(world, &fact))));
        }
    }
    Some(found)
}

fn without(world: &World, (scene, line): (SceneId, usize)) -> World {
    let mut changed = world.clone();
    changed.telling.scenes[scene.index()].lines.remove(line);
    changed
}

/// Whose beliefs differ at the end, and how many of them; likewise facts.
fn differences(
    one: &BTreeSet<(Option<EntityId>, String)>,
    other: &BTreeSet<(Option<EntityId>, String)>,
) -> Vec<Option<EntityId>> {
    one.difference(other).map(|(who, _)| *who).collect()
}

fn told(answer: &WhatIf) -> Vec<Option<EntityId>> {
    let beliefs = answer.beliefs.iter().filter(|change| change.lasts).map(|change| Some(change.believers[0]));
    let mut all: Vec<Option<EntityId>> = beliefs.chain(answer.facts.iter().map(|_| None)).collect();
    all.sort();
    all
}

#[test]
fn leaving_out_an_event_is_telling_the_story_without_it() {
    let (mut compared, mut gone) = (0, 0);
    for path in stories() {
        let loaded = load(&path);
        let Some(world) = &loaded.world else { continue };
        let Ok(story) = Story::new(world, &Limits::default()) else { continue };
        let lines = world.telling.scenes.iter().enumerate().flat_map(|(scene, told)| {
            let scene = SceneId::from_index(scene);
            (0..told.lines.len()).map(move |line| (scene, line))
        });
        let points: Vec<_> = lines.filter_map(|(scene, line)| story.after_line(scene, line)).collect();
        let before = beliefs(world).expect("it was replayed");
        for point in spread(points, MOST_EVENTS) {
            let Spot::Event { scene, line, .. } = point.spot() else { continue };
            let change = Change::Without { scene, line };
            let answer = what_if(world, (&loaded.usage, &loaded.sources), &[change], &Scope::default());
            let answer = answer.expect("within the limits");
            let what = format!("{}, without {point}", path.display());
            if !answer.gone.is_empty() {
                gone += 1;
                let holes = answer.findings.iter().filter(|change| change.appears);
                assert!(holes.count() > 0 || path.is_dir(), "{what}: {:?}", answer.gone);
                continue;
            }
            // The check assumes what somebody is claimed to know; the changed story does not.
            let hole = |code: &str| ["H01", "H02", "H03"].contains(&code);
            if answer.findings.iter().any(|change| change.appears && hole(change.finding.code.id)) {
                continue;
            }
            let Some(after) = beliefs(&without(world, (scene, line))) else { continue };
            // What nothing mentions any more is not remembered.
            if before.len() != after.len() {
                continue;
            }
            let mut expected = differences(&before, &after);
            expected.sort();
            assert_eq!(told(&answer), expected, "{what}: {answer:?}");
            compared += 1;
        }
    }
    assert!(compared > 60 && gone > 5, "{compared} compared, {gone} with something gone");
}

#[test]
fn without_a_change_nothing_differs() {
    for path in stories() {
        let loaded = load(&path);
        let Some(world) = &loaded.world else { continue };
        let Ok(answer) = what_if(world, (&loaded.usage, &loaded.sources), &[], &Scope { depth: 2, ..Scope::default() })
        else {
            continue;
        };
        assert!(answer.is_the_same(), "{}: {answer:?}", path.display());
    }
}
