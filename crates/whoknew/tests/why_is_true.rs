//! Answers why are true, on every story of the project: retelling only the moments that an answer names ends in its
//! conclusion, leaving out any one of them loses it, and the tree names exactly these.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod project_stories;

use project_stories::{Disk, spread, stories};
use std::collections::BTreeSet;
use std::path::Path;

use whoknew::ask::why::{Cause, Fact, Happening, Why};
use whoknew::ask::{Spot, Story};
use whoknew::ground::{Condition, EventId, GroundFluentId, Limits, Value};
use whoknew::state::StateId;
use whoknew::telling::replay::{Incident, IncidentKind, MomentId, What};
use whoknew::world::{self, Comparison, EntityId, Expression, SceneId, Term, World};

/// So many answers are looked at for each story, evenly spread.
const MOST_EVENTS: usize = 40;
const MOST_BELIEFS: usize = 60;

/// What must come about.
enum Conclusion {
    Possible(EventId),
    Holds(Vec<Condition>),
}

impl Conclusion {
    fn comes_about(&self, story: &mut Story<'_>, state: StateId) -> bool {
        let situations = &mut story.run.situations;
        match self {
            Self::Possible(event) => situations.refusal(state, *event).expect("within the limits").is_none(),
            Self::Holds(all) => all.iter().all(|one| situations.holds(state, one).expect("within the limits")),
        }
    }
}

/// Checks one answer in a story replayed anew.
fn check(path: &Path, world: &World, why: &Why, conclusion: impl Fn(&mut Story<'_>) -> Conclusion) {
    let what = format!("{}, {}: {}", path.display(), why.at, why.says);
    assert!(why.causes.verified && why.causes.minimal, "{what}: {:?}", why.causes);
    let mut story = Story::new(world, &Limits::default()).expect("it was replayed before");
    let conclusion = conclusion(&mut story);
    let named = &why.causes.moments;
    let end = story.run.retell(named).expect("within the limits").end;
    assert!(conclusion.comes_about(&mut story, end), "{what}: the causes alone do not give it");
    for left_out in named {
        let rest: Vec<MomentId> = named.iter().copied().filter(|moment| moment != left_out).collect();
        let end = story.run.retell(&rest).expect("within the limits").end;
        assert!(!conclusion.comes_about(&mut story, end), "{what}: {left_out:?} is not needed");
    }
    let mut shown = BTreeSet::new();
    why.because.iter().for_each(|fact| in_fact(fact, &mut shown));
    why.besides.iter().for_each(|happening| in_happening(happening, &mut shown));
    assert_eq!(shown, named.iter().copied().collect(), "{what}: the tree names other moments");
}

fn in_fact(fact: &Fact, shown: &mut BTreeSet<MomentId>) {
    if let Cause::Happened(happening) = &fact.source {
        in_happening(happening, shown);
    }
}

fn in_happening(happening: &Happening, shown: &mut BTreeSet<MomentId>) {
    shown.insert(happening.moment);
    happening.because.iter().for_each(|fact| in_fact(fact, shown));
}

fn events(path: &Path, world: &World, story: &mut Story<'_>) -> usize {
    let mut points = Vec::new();
    for (scene, told) in world.telling.scenes.iter().enumerate() {
        for line in 0..told.lines.len() {
            points.extend(story.after_line(SceneId::from_index(scene), line));
        }
    }
    let mut answered = 0;
    for point in spread(points, MOST_EVENTS) {
        let Spot::Event { .. } = point.spot() else { continue };
        let moments = &story.run.replay.moments[point.before().index()..point.after().index()];
        let Some(event) = moments.iter().find_map(|moment| match moment.what {
            What::Event(event) => Some(event),
            _ => None,
        }) else {
            continue;
        };
        let why = story.why_possible(&point).expect("within the limits");
        let Some(why) = why else {
            // Told although it cannot happen, and nothing could have made it possible.
            let here = point.before()..=point.after();
            let is_hole = |incident: &Incident| matches!(incident.kind, IncidentKind::Impossible { .. });
            let mut holes = story.run.replay.incidents.iter().filter(|incident| is_hole(incident));
            assert!(holes.any(|hole| here.contains(&hole.moment)), "{}: {point} happened", path.display());
            continue;
        };
        check(path, world, &why, |_| Conclusion::Possible(event));
        answered += 1;
    }
    answered
}

/// Facts that the believers take to be otherwise than at the start.
fn changed(story: &mut Story<'_>, state: StateId, believers: &[EntityId]) -> Vec<(GroundFluentId, Value)> {
    let start = story.run.situations.start().expect("it started");
    let mut levels = [start, state];
    for level in &mut levels {
        for &who in believers {
            *level = story.run.situations.believed(who, *level).expect("within the limits");
        }
    }
    let facts = story.run.situations.differences(levels[0], levels[1]);
    facts.into_iter().map(|fact| (fact, story.run.situations.value(levels[1], fact))).collect()
}

fn beliefs(path: &Path, world: &World, story: &mut Story<'_>) -> usize {
    let characters: Vec<EntityId> = (0..world.characters).map(EntityId::from_index).collect();
    let mut chains: Vec<Vec<EntityId>> = characters.iter().map(|&who| vec![who]).collect();
    for &who in characters.iter().take(5) {
        chains.extend(characters.iter().filter(|&&other| other != who).take(4).map(|&other| vec![who, other]));
    }
    let mut asked = Vec::new();
    for point in spread((0..world.telling.scenes.len()).collect(), 10) {
        let point = story.at(Spot::Scene(SceneId::from_index(point)));
        let Some(state) = story.state(&point) else { continue };
        for chain in &chains {
            for (fact, value) in changed(story, state, chain) {
                asked.push((point.clone(), chain.clone(), fact, value));
            }
        }
    }
    let mut answered = 0;
    for (point, chain, fact, value) in spread(asked, MOST_BELIEFS) {
        let read = story.run.situations.problem().expression(fact);
        let fact = Expression::Compare(Comparison::Equal, Box::new(read), Box::new(value.expression()));
        let believed =
            chain.iter().rev().fold(fact, |inner, &who| Expression::Believes(Term::Entity(who), Box::new(inner)));
        let why = story.why(&believed, &point).expect("within the limits").expect("it is so");
        check(path, world, &why, |story| {
            let condition = story.run.situations.problem_mut().condition(&believed).expect("it was read before");
            Conclusion::Holds(vec![condition])
        });
        answered += 1;
    }
    answered
}

#[test]
fn on_every_story() {
    let mut answered = (0, 0);
    for path in stories() {
        let loaded = world::load(path.to_str().expect("a plain path"), &Disk);
        let world = loaded.world.unwrap_or_else(|| panic!("{}: {:?}", path.display(), loaded.diagnostics));
        let Ok(mut story) = Story::new(&world, &Limits::default()) else { continue };
        let found = (events(&path, &world, &mut story), beliefs(&path, &world, &mut story));
        answered = (answered.0 + found.0, answered.1 + found.1);
    }
    assert!(answered.0 > 80 && answered.1 > 150, "too little was asked: {answered:?}");
}

#[test]
fn a_retelling_that_leaves_out_nothing_ends_as_the_replay() {
    for path in stories() {
        let loaded = world::load(path.to_str().expect("a plain path"), &Disk);
        let Some(world) = &loaded.world else { continue };
        let Ok(mut story) = Story::new(world, &Limits::default()) else { continue };
        let all: Vec<MomentId> = (0..story.run.replay.moments.len()).map(MomentId::from_index).collect();
        let retelling = story.run.retell(&all).expect("within the limits");
        assert_eq!(retelling.originals, all, "{}", path.display());
        let end = story.run.replay.end().expect("it ended");
        assert_eq!(story.run.situations.differences(end, retelling.end), [], "{}", path.display());
    }
}
