//! `check --format json` against its documented form.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;
mod schema;

use program::{Run, Story, whoknew};
use serde_json::Value;

const SCHEMA: &str = include_str!("../../../docs/schema/check-1.json");

/// The only line of output, found to be in the documented form.
fn document(run: &Run) -> Value {
    assert_eq!(run.output.lines().count(), 1, "{}", run.output);
    let document: Value = serde_json::from_str(&run.output).expect("the output is JSON");
    schema::assert_valid(&document, &serde_json::from_str(SCHEMA).expect("the schema is JSON"));
    assert_eq!(document["status"].as_i64(), run.status.map(i64::from));
    document
}

fn check(text: &str) -> Value {
    let story = Story::new().file("a.who", text);
    document(&whoknew(&["check", "a.who", "--format", "json"]).inside(&story).run())
}

#[test]
fn places_are_exact() {
    let document = check("character Zoë\nperson Ann\n");
    let finding = &document["findings"][0];
    assert_eq!(finding["code"], "E0202");
    let place = &finding["primary"];
    assert_eq!((&place["file"], &place["text"]), (&"a.who".into(), &"person".into()));
    assert_eq!(place["start"], serde_json::json!({ "byte": 15, "line": 2, "column": 1 }));
    assert_eq!(place["end"], serde_json::json!({ "byte": 21, "line": 2, "column": 7 }));
    assert_eq!(document["summary"]["errors"], 1);
}

#[test]
fn columns_count_characters() {
    let document = check("character Ann\nscene\n  Zoë Пётр & Ann\n");
    let start = &document["findings"][0]["primary"]["start"];
    assert_eq!(start["line"], 3, "{document}");
}

#[test]
fn unusable_input_has_the_same_form() {
    let missing = document(&whoknew(&["check", "--format=json", "nowhere.who"]).inside(&Story::new()).run());
    assert_eq!((&missing["status"], &missing["findings"][0]["primary"]), (&2.into(), &Value::Null));
    let piped = document(&whoknew(&["check", "--format=json"]).input("kind : :\n").run());
    assert_eq!(piped["path"], "standard input");
}

#[test]
fn a_sound_story_has_no_findings() {
    let document =
        check("kind dog : character\ndog Rex\naction bark(d: dog) \"{d} barks\"\n  by d\nscene\n  Rex barks\n");
    assert_eq!((&document["status"], &document["summary"]["errors"]), (&0.into(), &0.into()), "{document}");
}

#[test]
fn the_flagship_story() {
    document(&whoknew(&["check", "--format", "json", "stories/slumber"]).run());
}

#[test]
fn every_sort_of_unusable_text() {
    for text in
        ["use std/nothing\n", "fact (\n", "scene\n  nobody does anything\n", "start\n  claim\n", "scene, day 0\n"]
    {
        let document = check(text);
        assert_eq!(document["status"], 2, "{text:?}: {document}");
    }
}
