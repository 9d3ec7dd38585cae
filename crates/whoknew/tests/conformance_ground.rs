//! The events that could ever be possible, against the conformance data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[allow(dead_code)]
#[path = "reference/data.rs"]
mod data;

use whoknew::ground::{Limits, Problem};
use whoknew::world::{EventArgument, EventTerm, Term, World};

fn name(world: &World, term: &EventTerm) -> String {
    let argument = |argument: &EventArgument| match argument {
        EventArgument::Term(Term::Entity(entity)) => world.entities[entity.index()].name.clone(),
        other => panic!("{other:?} in an enumerated event"),
    };
    let arguments: Vec<String> = term.arguments.iter().map(argument).collect();
    format!("{}({})", world.actions[term.action.index()].name, arguments.join(", "))
}

#[test]
fn all_events_are_those_whose_needs_do_not_contradict_themselves() {
    for problem in data::problems() {
        let world = data::read_world(&problem.name, &problem.text);
        let mut ground = Problem::new(&world, &world.telling, &Limits::default()).expect("ground");
        let events = ground.all_events().expect("within the limits");
        let mut ours: Vec<String> = events.into_iter().map(|event| name(&world, ground.event_term(event))).collect();
        ours.sort();
        let listed = problem.ground["actions"].as_array().expect("a list");
        let theirs: Vec<String> = listed.iter().map(|action| action["s"].as_str().unwrap().to_owned()).collect();
        // An action whose needs are plainly false is listed, though it can never happen, and so is not ours.
        let missing: Vec<&String> = theirs.iter().filter(|name| !ours.contains(name)).collect();
        let extra: Vec<&String> = ours.iter().filter(|name| !theirs.contains(name)).collect();
        assert!(missing.len() <= 1 && extra.is_empty(), "{}: missing {missing:?}, extra {extra:?}", problem.name);
    }
}
