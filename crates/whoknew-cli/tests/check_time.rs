//! `--timeout` where something may take long: what is known by then is shown, and what was not done is said.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;

use program::{Run, Story, whoknew};

const STORY: &str = "use std/talk, std/things\nperson Ann, Bo\nplace the hall, the yard\nthing the gem\n\
                     want Ann: 1 if carried(gem) = Ann\n\
                     start\n  Ann and Bo are in the hall\n  Ann has the gem\n\
                     scene\n  Bo goes to the yard\n  Ann goes to the yard\n  claim Bo has the gem\n";

fn run(arguments: &[&str]) -> Run {
    whoknew(arguments).inside(&Story::new().file("a.who", STORY)).run()
}

#[test]
fn a_check_shows_what_is_known_when_its_time_is_over() {
    let stopped = run(&["check", "a.who", "--reasons", "--timeout", "0"]);
    assert_eq!(stopped.status, Some(2), "{}{}", stopped.output, stopped.complaint);
    assert!(stopped.output.contains("error[H06]"), "{}", stopped.output);
    assert!(stopped.complaint.contains("the time given with --timeout, 0 s, is over"), "{}", stopped.complaint);
    let whole = run(&["check", "a.who", "--reasons", "--timeout", "1h"]);
    assert_eq!(whole.status, Some(1), "{}{}", whole.output, whole.complaint);
    assert!(whole.output.contains("H05") && whole.complaint.is_empty(), "{}{}", whole.output, whole.complaint);
}

#[test]
fn time_is_for_reasons() {
    let without = run(&["check", "a.who", "--timeout", "1m"]);
    assert_eq!(without.status, Some(2));
    assert!(without.complaint.contains("they need --reasons"), "{}", without.complaint);
}

#[test]
fn time_enough_changes_nothing() {
    let answer = run(&["ask", "a.who", "--timeout", "1h", "what could Ann do"]);
    assert_eq!(answer.output, run(&["ask", "a.who", "what could Ann do"]).output);
    let page = run(&["report", "a.who", "--timeout", "1h", "-o", "-"]);
    assert_eq!(page.status, Some(0), "{}", page.complaint);
}
