//! The project's stories as plans: what `whoknew plan` makes of their beginnings, everybody having a reason.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;

use program::whoknew;
use serde_json::Value;

/// The plan, as people see it.
fn plan(story: &str) -> String {
    let run = whoknew(&["plan", &format!("stories/{story}")]).run();
    assert_eq!(run.status, Some(0), "{}", run.seen());
    run.output
}

/// The plan for programs: its steps.
fn steps(story: &str) -> Vec<Value> {
    let run = whoknew(&["plan", "--format", "json", &format!("stories/{story}")]).run();
    assert_eq!(run.status, Some(0), "{}", run.seen());
    let plan: Value = serde_json::from_str(&run.output).expect("it is JSON");
    plan["steps"].as_array().expect("steps are a list").clone()
}

/// The sentences of what `who` does, and the wants for which they do it.
fn doings(steps: &[Value], who: &str) -> Vec<(String, String)> {
    let of = |step: &&Value| step["actors"] == Value::from(vec![who]);
    let doing = |step: &Value| {
        let wants = &step["reasons"][0]["wants"][0]["name"];
        (step["sentence"].as_str().unwrap_or_default().to_owned(), wants.as_str().unwrap_or_default().to_owned())
    };
    steps.iter().filter(of).map(doing).collect()
}

fn does(doings: &[(String, String)], what: &str, want: &str) -> bool {
    doings.iter().any(|(sentence, wanted)| sentence.contains(what) && wanted == want)
}

#[test]
fn the_wolf_comes_first() {
    insta::assert_snapshot!(plan("red-riding-hood"));
}

#[test]
fn nobody_sees_the_murder_in_the_study() {
    insta::assert_snapshot!(plan("locked-study"));
}

#[test]
fn three_lies_and_the_moor_does_the_rest() {
    let steps = steps("othello");
    let (iago, othello) = (doings(&steps, "Iago"), doings(&steps, "Othello"));
    assert!(does(&iago, "that Cassio is drunk", "the fall of Cassio"), "{steps:#?}");
    assert!(does(&iago, "that Cassio has the handkerchief", "the fall of the Moor"), "{steps:#?}");
    assert!(does(&iago, "that Desdemona loves Cassio", "the fall of the Moor"), "{steps:#?}");
    assert!(does(&othello, "dismisses Cassio", "discipline"), "{steps:#?}");
    assert_eq!(iago.len() + othello.len(), steps.len(), "nobody else does anything: {steps:#?}");
}
