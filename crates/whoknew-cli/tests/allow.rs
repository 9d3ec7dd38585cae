//! `allow CODE "reason"`: what is then not shown, and what still is.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;
mod schema;

use program::{Run, SOUND, Story, whoknew};
use serde_json::Value;

/// The story with an entity that nothing uses (H10) besides.
fn unused() -> String {
    SOUND.replace("person Ann, Ben\n", "person Ann, Ben\nperson Tom\n")
}

fn check(text: &str) -> Run {
    whoknew(&["check", "-"]).input(text).run()
}

/// The story with `lines` after the line `after`.
fn with(after: &str, lines: &str) -> Run {
    let story = unused();
    assert_eq!(story.matches(after).count(), 1, "{after}");
    check(&story.replace(after, &format!("{after}\n{lines}")))
}

/// The codes of what is shown, and the summary.
fn shown(run: &Run) -> (Vec<&str>, &str) {
    let codes = run.output.lines().filter_map(|line| line.split_once('[')?.1.split_once("]: ").map(|parts| parts.0));
    (codes.collect(), run.output.lines().last().expect("it says something").split(": ").last().expect("it counts"))
}

#[test]
fn the_story_itself() {
    let run = check(&unused());
    assert_eq!(shown(&run), (vec!["H11", "H10"], "1 warning and 1 note."), "{}", run.output);
    assert_eq!(run.status, Some(1));
}

#[test]
fn below_a_declaration() {
    let run = with("person Tom", "  allow H10 \"he comes in part two\"");
    assert_eq!(shown(&run), (vec!["H11"], "1 note and 1 allowed finding."), "{}", run.output);
    assert_eq!(run.status, Some(0));
    // Of the same line, another finding is not meant; nor the same of another line.
    let run = with("person Tom", "  allow H11 \"he comes in part two\"");
    assert_eq!(shown(&run).1, "1 warning and 1 note.");
    let run = with("place the hall, the yard", "  allow H10 \"they come in part two\"");
    assert_eq!(shown(&run).1, "1 warning and 1 note.");
    // That of a character who acts once points at the declaration.
    let run = with("person Ann, Ben", "  allow H11 \"passers-by\"");
    assert_eq!(shown(&run), (vec!["H10"], "1 warning and 1 allowed finding."), "{}", run.output);
}

#[test]
fn below_every_sort_of_declaration() {
    let run = check(
        "kind person : character\nperson Ann\n  allow H10 \"a\"\nfact lit(who: person)  \"{who} is lit\"\n  also \"{who} shines\"\n  \
         allow H10 \"a\"\naction sing(who: person)  \"{who} sings\"\n  by who\n  allow H10 \"a\"\n\
         rule burn(who: person)\n  when lit(who)\n  makes not lit(who)\n  allow h10 \"a\"\nwant Ann \"w\": lit(Ann)\n  allow H11 \"a\"\n\
         extend sing\n  allow H10 \"a\"\nscene\n",
    );
    assert_eq!((run.status, shown(&run).0), (Some(0), vec![]), "{}", run.output);
}

#[test]
fn below_a_line_in_a_scene_and_in_a_file() {
    let line = with("  Ann goes to the yard", "    allow H11 \"a passer-by\"");
    let scene = with("scene \"One\"", "  allow H11 \"a passer-by\"");
    let file = with("use std/talk", "allow H11 \"passers-by\"");
    for run in [line, scene, file] {
        assert_eq!(shown(&run), (vec!["H10"], "1 warning and 1 allowed finding."), "{}", run.output);
    }
    let elsewhere = with("  claim Ben is in the yard", "  allow H11 \"a passer-by\"");
    assert_eq!(shown(&elsewhere).1, "1 warning and 1 note.");
    let story = Story::new().file("a.who", unused()).file("b.who", "allow H11 \"a\"\nallow H10 \"b\"\n");
    let run = whoknew(&["check", "."]).inside(&story).run();
    assert_eq!(shown(&run).1, "1 warning and 1 note.", "another file: {}", run.output);
}

#[test]
fn what_never_meets_anything_is_no_mistake() {
    let run = with("scene \"Two\"", "  allow H04 \"nobody forgets anything here\"");
    assert_eq!(shown(&run).1, "1 warning and 1 note.");
}

#[test]
fn tests_may_allow_too() {
    let story = |line: &str| {
        format!(
            "{}test \"one\"\n  {line}\n  scene\n    Ann concludes that Ben is in the yard\n      from Ben is in the yard\n",
            unused()
        )
    };
    let failed = check(&story("offstage scene"));
    assert!(failed.output.ends_with("1 of 1 test failed.\n"), "{}", failed.output);
    assert!(failed.output.contains("[H03]"), "{}", failed.output);
    let passed = check(&story("allow H03 \"she guesses\""));
    assert!(passed.output.ends_with("1 test passed.\n"), "{}", passed.output);
    assert!(!passed.output.contains("[H03]"), "{}", passed.output);
}

#[test]
fn what_cannot_be_allowed() {
    let mut seen = String::new();
    for line in [
        "allow H01 \"a\"",
        "allow h12 \"a\"",
        "allow H16 \"a\"",
        "allow E0201 \"a\"",
        "allow H100 \"a\"",
        "allow all \"a\"",
        "allow H10",
        "allow",
    ] {
        let run = with("use std/talk", line);
        assert_ne!(run.status, Some(0), "{line}");
        let first = run.output.split("\n\n").find(|finding| finding.contains(line)).expect("it is reported");
        seen += &format!("{first}\n\n");
    }
    insta::assert_snapshot!(seen);
}

#[test]
fn errors_stay() {
    let run = with("  Ben goes to the yard", "  Ben goes to the yard\n    allow H01 \"a slip\"");
    assert_eq!(shown(&run).0, ["H11", "H01", "H10", "H16"], "{}", run.output);
}

#[test]
fn an_action_named_so_is_still_one() {
    let run = check(
        "use std/secrets\nperson Ann, Ben\nsecret the key\nstart\n  Ann is in on the key\nscene\n  allow(Ann, Ben, key)\n  Ben guesses the key\n",
    );
    assert!(!run.output.contains("error"), "{}", run.output);
}

#[test]
fn programs_see_what_is_allowed() {
    let text = unused().replace("person Tom", "person Tom\n  allow H10 \"he comes in part two\"");
    let run = whoknew(&["check", "-", "--format", "json"]).input(text).run();
    let document: Value = serde_json::from_str(&run.output).expect("it is JSON");
    let form = serde_json::from_str(include_str!("../../../docs/schema/check-1.json")).expect("the schema is JSON");
    schema::assert_valid(&document, &form);
    let findings = document["findings"].as_array().expect("there are some");
    let allowed: Vec<(&Value, &Value)> =
        findings.iter().map(|finding| (&finding["code"], &finding["allowed"])).collect();
    assert_eq!(allowed, [(&"H11".into(), &Value::Null), (&"H10".into(), &"he comes in part two".into())]);
    assert_eq!((&document["status"], &document["summary"]["allowed"]), (&0.into(), &1.into()));
    assert_eq!(document["summary"]["warnings"], 0);
}
