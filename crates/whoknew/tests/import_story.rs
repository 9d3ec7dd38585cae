//! Problems printed as stories: what is read back is the same world.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "support/tasks.rs"]
mod listed;
#[allow(dead_code)]
mod reference;

use reference::data;
use reference::engine::{Engine, call};
use reference::walks::{self, Lists, Walker, chains};
use serde_json::Value as Json;
use whoknew::check::{self, Options};
use whoknew::diagnostic::Severity;
use whoknew::ground::{Limits, Problem};
use whoknew::import::write;
use whoknew::plan;
use whoknew::state::Situations;
use whoknew::world::{Action, EventArgument, Loaded, Parameter, ParameterKind, Term, World, load_text};

/// Problems of our own.
const OWN: [(&str, &str); 3] = [
    ("names", include_str!("problems/names.txt")),
    ("fits", include_str!("problems/fits.txt")),
    ("values", include_str!("problems/values.txt")),
];

/// The world of a problem, and what its story reads back as.
struct Pair {
    name: String,
    world: World,
    story: String,
    loaded: Loaded,
}

impl Pair {
    fn new(name: &str, text: &str) -> Self {
        let world = data::read_world(name, text);
        let story = write::story(&world).unwrap_or_else(|why| panic!("{name}: {}", why.title));
        let loaded = load_text(&format!("{name}.who"), &story);
        let messages: Vec<&str> = loaded.diagnostics.iter().map(|message| message.title.as_str()).collect();
        assert!(messages.is_empty(), "{name}: {messages:#?}\n{story}");
        Self { name: name.to_owned(), world, story, loaded }
    }

    /// The world read back, with the names of the problem.
    fn reread(&self) -> World {
        let mut world = self.loaded.world.clone().unwrap();
        assert_eq!(world.characters, self.world.characters, "{}", self.name);
        assert_eq!(world.entities.len(), self.world.entities.len(), "{}", self.name);
        assert_eq!(world.fluents.len(), self.world.fluents.len(), "{}", self.name);
        for (ours, theirs) in world.entities.iter_mut().zip(&self.world.entities) {
            ours.name.clone_from(&theirs.name);
        }
        for (ours, theirs) in world.fluents.iter_mut().zip(&self.world.fluents) {
            ours.name.clone_from(&theirs.name);
        }
        let mut actions = world.actions.iter_mut();
        for theirs in &self.world.actions {
            for _ in 0..self.instances(theirs, actions.as_slice()) {
                actions.next().unwrap().name.clone_from(&theirs.name);
            }
        }
        assert_eq!(actions.len(), 0, "{}", self.name);
        world
    }

    /// How many of the actions read back, `next` first, stand for `action`: it may have been taken apart.
    fn instances(&self, action: &Action, next: &[Action]) -> usize {
        let constants = |action: &Action| {
            action.parameters.iter().filter(|parameter| matches!(parameter.kind, ParameterKind::Constant(_))).count()
        };
        if next.first().is_some_and(|next| constants(next) == constants(action)) {
            return 1;
        }
        let range = |parameter: &Parameter| match &parameter.kind {
            ParameterKind::Entity(kinds) => self.world.entities_of(kinds).count(),
            _ => 1,
        };
        action.parameters.iter().map(range).product()
    }
}

fn pairs() -> Vec<Pair> {
    let data = data::problems();
    let own = OWN.iter().map(|(name, text)| Pair::new(name, text));
    own.chain(data.iter().map(|problem| Pair::new(&problem.name, &problem.text))).collect()
}

/// All events by name, sorted, and how many facts there are.
fn ground(world: &World) -> (Vec<String>, usize) {
    let mut problem = Problem::new(world, &world.telling, &Limits::default()).unwrap();
    let events = problem.all_events().unwrap();
    let name = |term: &whoknew::world::EventTerm| {
        let arguments: Vec<_> = term
            .arguments
            .iter()
            .map(|argument| match argument {
                EventArgument::Term(Term::Entity(entity)) => *entity,
                other => panic!("{other:?} in an enumerated event"),
            })
            .collect();
        call(world, &world.actions[term.action.index()].name, &arguments)
    };
    let mut names: Vec<String> = events.into_iter().map(|event| name(problem.event_term(event))).collect();
    names.sort();
    (names, problem.fluents().count())
}

/// The names of all facts.
fn facts(world: &World) -> Vec<String> {
    let problem = Problem::new(world, &world.telling, &Limits::default()).unwrap();
    let declared = problem.fluents().filter_map(|fluent| problem.declared(fluent));
    declared.map(|(fluent, arguments)| call(world, &world.fluents[fluent.index()].name, &arguments)).collect()
}

#[test]
fn the_events_and_facts_are_the_same() {
    for pair in pairs() {
        let reread = pair.reread();
        let (ours, theirs) = (ground(&reread), ground(&pair.world));
        assert_eq!(ours, theirs, "{}", pair.name);
    }
}

#[test]
fn nothing_but_notes_is_found_in_a_printed_story() {
    for pair in pairs() {
        let world = pair.loaded.world.as_ref().unwrap();
        let report = check::check(world, &pair.loaded.usage, &pair.loaded.sources, &Options::default());
        let found = report.input_errors.iter().chain(&report.findings);
        let wrong: Vec<&str> =
            found.filter(|found| found.severity != Severity::Note).map(|found| &*found.title).collect();
        assert_eq!(wrong, [""; 0], "{}\n{}", pair.name, pair.story);
    }
}

#[test]
fn printed_stories_are_readable() {
    for (name, text) in OWN {
        insta::assert_snapshot!(format!("story_{name}"), Pair::new(name, text).story);
    }
}

/// How many walks of each problem are followed: all if `WHOKNEW_ALL_WALKS` is set (slow).
fn walks_followed() -> usize {
    if std::env::var_os("WHOKNEW_ALL_WALKS").is_some() { usize::MAX } else { 3 }
}

#[test]
fn walks_go_the_same_way_in_a_printed_story() {
    let problems = data::problems();
    walks::follow_all(&problems, |problem| {
        let Some(lists) = walks::lists(problem) else { return (0, Vec::new()) };
        let reread = Pair::new(&problem.name, &problem.text).reread();
        walks::follow(problem, &mut Engine::new(&reread, &lists), walks_followed())
    });
}

#[test]
fn walks_of_our_own_go_the_same_way() {
    for (name, text) in OWN {
        let pair = Pair::new(name, text);
        let reread = pair.reread();
        let lists = Lists { fluents: facts(&pair.world), actions: ground(&pair.world).0 };
        let mut walkers = [Engine::new(&pair.world, &lists), Engine::new(&reread, &lists)];
        for walk in 0..12 {
            walkers.iter_mut().for_each(|walker| walker.restart().unwrap());
            for step in 0..8 {
                let [ours, theirs] = walkers.each_mut().map(|walker| seen(walker, lists.actions.len()));
                assert_eq!(ours, theirs, "{name}: walk {walk}, step {step}");
                let possible = ours.0;
                if possible.is_empty() {
                    break;
                }
                let action = possible[(walk * 7 + step * 5) % possible.len()];
                let [ours, theirs] = walkers.each_mut().map(|walker| walker.happen(action));
                assert_eq!(ours.is_ok(), theirs.is_ok(), "{name}: {}", lists.actions[action]);
                if ours.is_err() {
                    break;
                }
            }
        }
    }
}

/// What can happen, what is so and is believed, and what everybody's wants come to.
fn seen(walker: &mut Engine<'_>, actions: usize) -> (Vec<usize>, Vec<Vec<Json>>, Vec<Json>) {
    let characters = walker.world.characters;
    let possible = (0..actions).filter(|&action| walker.possible(action)).collect();
    let minds = chains(characters).into_iter().filter(|(chain, _)| chain.len() < 3);
    let values = minds.map(|(chain, _)| walker.values(&chain)).collect();
    (possible, values, (0..=characters).map(|holder| walker.utility(holder, None)).collect())
}

#[test]
fn plans_are_found_in_a_printed_story_too() {
    let Some(folder) = data::folder() else { return };
    for task in listed::tasks(&folder).into_iter().filter(|task| task.is_light()) {
        let pair = Pair::new(&task.problem, &task.text(&folder));
        let (steps, imagined, nesting) = (task.steps, task.imagined, task.nesting);
        let limits = plan::Limits { steps, imagined, nesting, ..plan::Limits::default() };
        let shortest = plan::Task { aim: task.aim, shortest: true };
        let lengths = [&pair.world, pair.loaded.world.as_ref().unwrap()].map(|world| {
            let problem = Problem::new(world, &world.telling, &Limits::default()).unwrap();
            match plan::plan(&mut Situations::new(problem), &shortest, &limits, &mut ()).unwrap().outcome {
                plan::Outcome::Found(plan) => plan.acts.len(),
                other => panic!("{}: {other:?}", task.name),
            }
        });
        assert_eq!(lengths[0], lengths[1], "{}", task.name);
    }
}
