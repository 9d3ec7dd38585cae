//! The generated worlds of the growth benchmark: sound, and planned as they are built to be.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../examples/shared/relay.rs"]
mod relay;

use relay::Size;
use whoknew::check::{self, Options};
use whoknew::ground::Problem;
use whoknew::plan::{Limits, Outcome, Task, plan};
use whoknew::state::Situations;
use whoknew::world::load_text;

const SMALL: Size = Size { links: 2, walkers: 1, rooms: 1, things: 1, solvable: true };

fn outcome(size: Size, limits: Limits) -> Outcome {
    let world = load_text("relay.who", &relay::world(size)).world.unwrap();
    let problem = Problem::new(&world, &world.telling, &Default::default()).unwrap();
    plan(&mut Situations::new(problem), &Task { aim: 1.0, shortest: true }, &limits, &mut ()).unwrap().outcome
}

/// Limits just wide enough.
fn tight(size: Size) -> Limits {
    Limits { steps: size.shortest(), imagined: size.shortest(), nesting: size.links, ..Limits::default() }
}

#[test]
fn nothing_is_found_in_them() {
    for size in
        [SMALL, Size { solvable: false, ..SMALL }, Size { links: 4, walkers: 5, rooms: 3, things: 4, solvable: true }]
    {
        let loaded = load_text("relay.who", &relay::world(size));
        let messages: Vec<&str> = loaded.diagnostics.iter().map(|message| message.title.as_str()).collect();
        assert_eq!(messages, [""; 0], "{size:?}");
        let report = check::check(loaded.world.as_ref().unwrap(), &loaded.usage, &loaded.sources, &Options::default());
        let found: Vec<&str> = report.findings.iter().map(|finding| finding.title.as_str()).collect();
        assert_eq!(found, [""; 0], "{size:?}");
    }
}

#[test]
fn the_letter_arrives_after_a_walk_and_a_handing_over_for_each_link() {
    for size in
        [Size { links: 1, ..SMALL }, SMALL, Size { walkers: 3, ..SMALL }, Size { links: 3, walkers: 0, ..SMALL }]
    {
        match outcome(size, tight(size)) {
            Outcome::Found(plan) => assert_eq!(plan.acts.len(), size.shortest(), "{size:?}"),
            other => panic!("{size:?}: {other:?}"),
        }
    }
}

#[test]
fn every_limit_is_needed() {
    let size = SMALL;
    let limits = tight(size);
    for narrower in [
        Limits { steps: limits.steps - 1, ..limits },
        Limits { imagined: limits.imagined - 1, ..limits },
        Limits { nesting: limits.nesting - 1, ..limits },
    ] {
        assert_eq!(outcome(size, narrower), Outcome::NoneWithinLimits, "{narrower:?}");
    }
    assert_eq!(outcome(Size { solvable: false, ..size }, limits), Outcome::NoneWithinLimits);
}
