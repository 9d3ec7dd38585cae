//! A story at a glance: which facts are shown, what each mind believes after each scene, and how it came about.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

use whoknew::ground::Limits;
use whoknew::overview::{Bounds, Course, FactId, Means, Outcome, Overview, Sincerity, ValueId, scene_at};
use whoknew::telling::Run;
use whoknew::world::{self, World};

const TALE: &str = "use std/talk
person Sally, Anne, Carla
place nursery, garden
thing marble, basket, box
fact inside(what: thing): thing  \"the {what} is in the {value}\"
action put(who: person, what: thing, into: thing)  \"{who} puts the {what} in the {into}\"
  makes inside(what) = into
  by who
  seen by c if at(c) = at(who)
start
  Sally and Anne are in nursery
  Carla is in garden
  the marble is in the basket
told
scene \"Nursery\"
  at nursery
  present Sally, Anne
  Sally goes to garden
  Anne puts the marble in the box
scene \"Garden\", later
  at garden
  present Sally, Carla, Anne
  through Carla
  Anne tells Carla that the marble is in the basket
  Anne tells Sally that the marble is in the box
  claim Carla believes the marble is in the box
scene \"Before\", flashback, between scene 1 and scene 2
  at garden
  present Sally, Carla
  Carla concludes that the marble is in the marble
    from the marble is in the basket
";

struct Glance {
    world: World,
    overview: Overview,
}

fn glance(text: &str, bounds: &Bounds) -> Glance {
    let loaded = world::load_text("a.who", text);
    let world = loaded.world.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let mut run = Run::new(&world, &world.telling, &[], &Limits::default()).expect("it is small");
    let overview = Overview::new(&mut run, (&world, &loaded.sources), bounds);
    drop(run);
    Glance { world, overview }
}

impl Glance {
    fn fact(&self, open: &str) -> FactId {
        let found = self.overview.facts.iter().position(|fact| fact.open == open);
        FactId::from_index(found.unwrap_or_else(|| panic!("{open} is not among {:?}", self.overview.facts)))
    }

    fn who(&self, name: &str) -> usize {
        self.world.entities.iter().position(|entity| entity.name == name).expect("there is such a one")
    }

    fn words(&self, fact: FactId, value: ValueId) -> &str {
        &self.overview.facts[fact.index()].values[value.index()].short
    }

    /// What a course says of a fact after so many scenes in the order in which they happened.
    fn after<'g>(&'g self, base: &[&Course], course: &Course, fact: FactId, scenes: usize) -> &'g str {
        let mut value = ValueId::UNKNOWN;
        for start in base.iter().map(|course| &course.start).chain([&course.start]) {
            value = start.iter().rfind(|change| change.fact == fact).map_or(value, |change| change.value);
        }
        for scene in &self.overview.happened[..scenes] {
            let changes = course.scenes[scene.index()].iter();
            value = changes.rev().find(|change| change.fact == fact).map_or(value, |change| change.value);
        }
        self.words(fact, value)
    }

    fn mind(&self, name: &str, fact: FactId, scenes: usize) -> &str {
        self.after(&[&self.overview.truth], &self.overview.minds[self.who(name)], fact, scenes)
    }
}

#[test]
fn minds_are_followed_through_the_scenes() {
    let glance = glance(TALE, &Bounds::default());
    let marble = glance.fact("the marble is in the …");
    let happened: Vec<usize> = glance.overview.happened.iter().map(|scene| scene.index()).collect();
    assert_eq!(happened, [0, 2, 1]);
    let truth = &glance.overview.truth;
    assert_eq!(["basket", "box", "box"], [0, 1, 3].map(|scenes| glance.after(&[], truth, marble, scenes)));
    assert_eq!(["basket", "basket", "box"], [0, 1, 3].map(|scenes| glance.mind("Sally", marble, scenes)));
    assert_eq!(["basket", "marble", "box"], [1, 2, 3].map(|scenes| glance.mind("Carla", marble, scenes)));
    assert_eq!(["box", "box"], [1, 3].map(|scenes| glance.mind("Anne", marble, scenes)));
}

#[test]
fn what_somebody_believes_of_others_starts_from_what_they_believe() {
    let glance = glance(TALE, &Bounds::default());
    let marble = glance.fact("the marble is in the …");
    let (anne, sally) = (glance.who("Anne"), glance.who("Sally"));
    let pictures = glance.overview.others[anne].as_ref().expect("nothing is cut");
    let base = [&glance.overview.truth, &glance.overview.minds[anne]];
    assert_eq!(glance.after(&base, &pictures[sally], marble, 1), "basket", "Anne knows what Sally missed");
    assert_eq!(glance.after(&base, &pictures[sally], marble, 3), "box");
}

#[test]
fn every_change_says_how_it_came_about() {
    let glance = glance(TALE, &Bounds::default());
    let marble = glance.fact("the marble is in the …");
    let learned = glance.overview.learned.iter().filter(|learned| learned.change.fact == marble);
    let told: Vec<(&str, &str, Means)> = learned
        .map(|learned| {
            let name = glance.world.entities[learned.who.index()].name.as_str();
            (name, glance.words(marble, learned.change.value), learned.means.clone())
        })
        .collect();
    let anne = Some(whoknew::world::EntityId::from_index(glance.who("Anne")));
    let said = |sincerity| Means::Told { by: anne, really: None, sincerity };
    assert_eq!(told[0], ("Anne", "box", Means::Acted));
    assert_eq!(told[1], ("Carla", "marble", Means::Concluded));
    assert!(told.contains(&("Carla", "basket", said(Sincerity::Lied))), "{told:?}");
    assert!(told.contains(&("Sally", "box", said(Sincerity::Believed))), "{told:?}");
    let lie = &glance.overview.said[0];
    assert_eq!(lie.sincerity, Sincerity::Lied);
    let outcome = |name: &str| lie.hearers.iter().find(|(who, _)| who.index() == glance.who(name)).map(|found| found.1);
    assert_eq!(outcome("Carla"), Some(Outcome::Learned));
    assert_eq!(outcome("Sally"), Some(Outcome::Already));
}

#[test]
fn the_reader_is_followed_as_told() {
    let glance = glance(TALE, &Bounds::default());
    let marble = glance.fact("the marble is in the …");
    let reader = glance.overview.reader.as_ref().expect("it can be computed");
    let value = reader.scenes[0].iter().rfind(|change| change.fact == marble).expect("it is told").value;
    assert_eq!(glance.words(marble, value), "box");
}

#[test]
fn scenes_say_who_is_where() {
    let glance = glance(TALE, &Bounds::default());
    let scene = &glance.overview.scenes[0];
    let settings: Vec<(&str, Vec<&str>)> = scene
        .settings
        .iter()
        .map(|setting| {
            let name = |who: &whoknew::world::EntityId| glance.world.entities[who.index()].name.as_str();
            (setting.place.as_ref().map_or("?", name), setting.there.iter().map(name).collect())
        })
        .collect();
    assert_eq!(settings, [("nursery", vec!["Sally", "Anne"]), ("garden", vec!["Sally"])]);
    assert_eq!(glance.overview.scenes[1].times, ["later"]);
}

#[test]
fn bounds_cut_and_say_so() {
    let none = glance(TALE, &Bounds { facts: 0, ..Bounds::default() }).overview;
    assert_eq!((none.facts.len(), none.cuts.facts), (0, 1));
    let bounds = Bounds { lines: 3, learned: 2, others: 0, ..Bounds::default() };
    let overview = glance(TALE, &bounds).overview;
    assert!(overview.scenes.iter().all(|scene| scene.lines.len() <= 1));
    assert!(overview.cuts.lines > 0);
    assert!(overview.learned.len() <= 2 && overview.cuts.learned > 0);
    assert_eq!(overview.cuts.others.len(), 3, "nobody's picture of the others is shown in part");
    let stopped = glance(TALE, &Bounds { changes: 1, ..Bounds::default() }).overview;
    assert!(stopped.cuts.stopped.is_some());
}

#[test]
fn a_story_where_nothing_is_told_is_empty() {
    let overview = glance("kind person : character\nperson Ann\n", &Bounds::default()).overview;
    assert!(overview.scenes.is_empty() && overview.facts.is_empty() && overview.learned.is_empty());
    assert_eq!(overview.cuts, whoknew::overview::Cuts::default());
}

#[test]
fn places_in_the_text_belong_to_scenes() {
    let glance = glance(TALE, &Bounds::default());
    let line = glance.world.telling.scenes[1].lines[1].span;
    let (scene, found) = scene_at(&glance.world, line).expect("it is in a scene");
    assert_eq!((scene.index(), found), (1, Some(1)));
    let premise = match &glance.world.telling.scenes[2].lines[0].content {
        world::LineContent::Conclusion { premises, .. } => premises[0].span,
        other => panic!("{other:?}"),
    };
    assert_eq!(scene_at(&glance.world, premise).map(|(scene, line)| (scene.index(), line)), Some((2, Some(0))));
    let declared = glance.world.entities[0].span.expect("it was declared");
    assert_eq!(scene_at(&glance.world, declared), None);
}

/// A value as a cell shows it.
fn short(world: &World, value: whoknew::ground::Value) -> String {
    match (value.as_boolean(), value.as_entity(), value.as_number()) {
        (Some(yes), _, _) => if yes { "yes" } else { "no" }.to_owned(),
        (_, Some(entity), _) => world.entities[entity.index()].name.clone(),
        (_, _, Some(number)) => world::say::number(number),
        _ => "?".to_owned(),
    }
}

/// All values of a course after each scene in the order in which they happened, the start first.
fn unrolled(overview: &Overview, base: &[&Course], course: &Course) -> Vec<Vec<ValueId>> {
    let mut values = vec![ValueId::UNKNOWN; overview.facts.len()];
    let starts = base.iter().map(|course| &course.start).chain([&course.start]);
    starts.flatten().for_each(|change| values[change.fact.index()] = change.value);
    let mut all = vec![values.clone()];
    for scene in &overview.happened {
        course.scenes[scene.index()].iter().for_each(|change| values[change.fact.index()] = change.value);
        all.push(values.clone());
    }
    all
}

/// Compares everything that the overview says of beliefs, one deep and two deep, with what the situations say.
fn assert_true(text: &str) {
    let loaded = world::load_text("a.who", text);
    let world = loaded.world.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let mut run = Run::new(&world, &world.telling, &[], &Limits::default()).expect("it is small");
    let overview = Overview::new(&mut run, (&world, &loaded.sources), &Bounds::default());
    let happened = &overview.happened;
    let mut states = vec![run.replay.state(run.replay.scene_start(happened[0]))];
    states.extend(happened.iter().skip(1).map(|&scene| run.replay.state(run.replay.scene_start(scene))));
    states.push(run.replay.end());
    let states: Vec<_> = states.into_iter().map(|state| state.expect("nothing stopped it")).collect();
    let amounts: Vec<_> = overview
        .facts
        .iter()
        .map(|fact| run.situations.problem_mut().amount(&fact.expression).expect("it was ground"))
        .collect();
    let characters = || (0..world.characters).map(whoknew::world::EntityId::from_index);
    let mut compared = 0;
    let mut compare = |run: &mut Run<'_>, chain: &[whoknew::world::EntityId], all: &[Vec<ValueId>]| {
        for (&state, values) in states.iter().zip(all) {
            let believed = chain.iter().fold(state, |state, &who| run.situations.believed(who, state).expect("small"));
            for (fact, amount) in amounts.iter().enumerate() {
                let real = run.situations.evaluate(believed, amount).expect("it was ground");
                let shown = &overview.facts[fact].values[values[fact].index()].short;
                assert_eq!(*shown, short(&world, real), "{chain:?} about {}", overview.facts[fact].open);
                compared += 1;
            }
        }
    };
    compare(&mut run, &[], &unrolled(&overview, &[], &overview.truth));
    for who in characters() {
        let own = &overview.minds[who.index()];
        compare(&mut run, &[who], &unrolled(&overview, &[&overview.truth], own));
        let Some(pictures) = &overview.others[who.index()] else { panic!("nothing is cut") };
        for other in characters().filter(|&other| other != who) {
            let course = unrolled(&overview, &[&overview.truth, own], &pictures[other.index()]);
            compare(&mut run, &[who, other], &course);
        }
    }
    assert!(compared > 0);
}

#[test]
fn everything_said_of_beliefs_is_so() {
    assert_true(TALE);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories/slumber");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the flagship is there")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "who"))
        .collect();
    files.sort();
    let text: String = files.iter().map(|path| std::fs::read_to_string(path).expect("it is a text") + "\n").collect();
    assert_true(&text);
}

#[test]
fn what_was_learned_is_what_is_believed() {
    let glance = glance(TALE, &Bounds::default());
    for who in 0..glance.world.characters {
        let mut values: Vec<ValueId> = vec![ValueId::UNKNOWN; glance.overview.facts.len()];
        let starts = [&glance.overview.truth.start, &glance.overview.minds[who].start];
        starts.into_iter().flatten().for_each(|change| values[change.fact.index()] = change.value);
        for learned in glance.overview.learned.iter().filter(|learned| learned.who.index() == who) {
            assert_eq!(values[learned.change.fact.index()], learned.before);
            values[learned.change.fact.index()] = learned.change.value;
        }
        let course = unrolled(&glance.overview, &[&glance.overview.truth], &glance.overview.minds[who]);
        assert_eq!(course.last(), Some(&values));
    }
}
