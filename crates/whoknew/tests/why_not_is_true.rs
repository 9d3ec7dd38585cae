//! Answers why not are true: writing exactly what an answer proposes makes the event possible, and all of it is needed.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod project_stories;

use project_stories::{Disk, spread, stories};
use whoknew::ask::{Spot, Story};
use whoknew::ground::{Limits, Place, Value};
use whoknew::world::{self, EventTerm, LineContent, SceneId};

/// So many events are asked about for each story, and so many points for each event.
const MOST_EVENTS: usize = 24;
const MOST_POINTS: usize = 6;

#[test]
fn on_every_story() {
    let (mut refused, mut ways) = (0, 0);
    for path in stories() {
        let loaded = world::load(path.to_str().expect("a plain path"), &Disk);
        let Some(world) = &loaded.world else { continue };
        let Ok(mut story) = Story::new(world, &Limits::default()) else { continue };
        let lines = world.telling.scenes.iter().flat_map(|scene| &scene.lines);
        let events: Vec<&EventTerm> = lines
            .filter_map(|line| match &line.content {
                LineContent::Event(told) => Some(&told.event),
                _ => None,
            })
            .collect();
        let scenes: Vec<usize> = (0..world.telling.scenes.len()).collect();
        for event in spread(events, MOST_EVENTS) {
            for scene in spread(scenes.clone(), MOST_POINTS) {
                let point = story.at(Spot::Scene(SceneId::from_index(scene)));
                let state = story.state(&point).expect("it was replayed");
                let answer = story.why_not_event(event, &point).expect("within the limits");
                let ground = story.run.situations.problem_mut().event(event).expect("it was told");
                let mut refusal = |settings: &[(Place, Value)]| {
                    let set = story.run.situations.write_values(state, settings).expect("it can be written");
                    story.run.situations.refusal(set, ground).expect("within the limits")
                };
                let what = format!("{}, {}: {}", path.display(), answer.at, answer.says);
                assert_eq!(refusal(&[]).is_none(), answer.missing.is_empty(), "{what}");
                // Of what can never be, whatever is so, there is a story of its own.
                let can_never_be = path.ends_with("left-out.who") && answer.ways.is_empty();
                refused += usize::from(!answer.missing.is_empty() && !can_never_be);
                ways += usize::from(!answer.ways.is_empty());
                for way in &answer.ways {
                    let settings: Vec<_> = way.settings.iter().map(|setting| (setting.place, setting.value)).collect();
                    assert_eq!(refusal(&settings), None, "{what}: {settings:?} are not enough");
                    for left_out in 0..settings.len() {
                        let mut rest = settings.clone();
                        rest.remove(left_out);
                        assert!(refusal(&rest).is_some(), "{what}: {:?} is not needed", settings[left_out]);
                    }
                }
            }
        }
    }
    assert!(refused > 60 && ways == refused, "{refused} refused, {ways} with a way");
}
