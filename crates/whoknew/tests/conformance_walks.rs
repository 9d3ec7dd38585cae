//! The engine against the conformance data: every clean record of every walk.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[allow(dead_code)]
mod reference;

use reference::engine::Engine;
use reference::{data, walks};

#[test]
fn walks() {
    let problems = data::problems();
    let agreed = walks::follow_all(&problems, |problem| {
        let Some(lists) = walks::lists(problem) else { return (0, Vec::new()) };
        let world = data::read_world(&problem.name, &problem.text);
        walks::follow(problem, &mut Engine::new(&world, &lists), usize::MAX)
    });
    eprintln!("{agreed} records agree");
    assert!(problems.is_empty() || agreed > 0, "no walk was followed");
}
