//! The project's stories as plans: what `whoknew plan` makes of their beginnings, everybody having a reason.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;

use program::whoknew;

/// The plan, as people see it.
fn plan(story: &str) -> String {
    let run = whoknew(&["plan", &format!("stories/{story}")]).run();
    assert_eq!(run.status, Some(0), "{}", run.seen());
    run.output
}

#[test]
fn the_wolf_comes_first() {
    insta::assert_snapshot!(plan("red-riding-hood"));
}

#[test]
fn nobody_sees_the_murder_in_the_study() {
    insta::assert_snapshot!(plan("locked-study"));
}
