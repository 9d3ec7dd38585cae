//! Questions that say when they ask, and questions about when.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod ask_support;

use ask_support::{answer_at, lines};
use whoknew::ask::{Story, question};
use whoknew::diagnostic::Diagnostic;
use whoknew::ground::Limits;
use whoknew::source::FileId;
use whoknew::world;

const STORY: &str = r#"use std/people
person Julian, Ann, Ben
place the study, the garden, the hall
start
  Julian and Ann are in the study
  Ben is in the hall
scene 1 "Supper", day 1, 21:00
  Ann goes to the garden
scene 2 "The shot", 70 minutes later
  at the study
  present Julian, Ben
  Ben kills Julian
    clock 22:15
  Ben goes to the hall
    clock 22:20
scene 3 "Somewhere"
  Ann goes to the hall
scene 4 "Morning", the next day, 09:00
  at the hall
  Ann goes to the study
"#;

fn says(question: &str) -> String {
    lines(STORY, question).remove(0)
}

fn note(question: &str) -> String {
    lines(STORY, question).pop().unwrap()
}

fn refused(story: &str, text: &str) -> Diagnostic {
    let loaded = world::load_text("story.who", story);
    let story = Story::new(loaded.world.as_ref().unwrap(), &Limits::default()).unwrap();
    question::read(&story, text, FileId::from_index(0)).unwrap_err()
}

#[test]
fn where_somebody_was_at_a_time() {
    assert_eq!(says("where was Julian at 22:14 on day 1"), "Julian is in the study");
    assert_eq!(says("where was Ann at 21:00"), "Ann is in the study");
    assert_eq!(says("where was Ann at 21:30 on day 1?"), "Ann is in the garden");
    assert_eq!(says("At 22:19 on day 1, where was Ben?"), "Ben is in the study");
    assert_eq!(says("where was Ben at day 1, 22:20"), "Ben is in the hall");
    assert_eq!(says("where was Ann at nine in the morning on day 2"), "Ann is in the hall");
    assert_eq!(says("where was Ann at 20:00 on day 1"), "Ann is in the study");
}

#[test]
fn who_was_where_and_who_knew_what_at_a_time() {
    assert_eq!(says("who was in the study at 22:10 on day 1"), "Julian and Ben are in the study");
    assert_eq!(says("who was in the garden at 22:00"), "Ann is in the garden");
    assert_eq!(
        says("did Ann know at 22:30 on day 1 that Julian was dead"),
        "No, Ann does not know that Julian is dead"
    );
    assert_eq!(says("who knew that Julian was dead at 22:16 on day 1"), "Only Ben knows that Julian is dead");
    assert_eq!(says("is Julian alive at 22:14 on day 1"), "Yes, Julian is alive");
    assert_eq!(says("is Julian alive at 22:15 on day 1"), "No, Julian is dead");
}

#[test]
fn for_what_a_time_is_taken_is_said() {
    assert_eq!(
        note("where was Ann at 22:17"),
        "Asked of day 1, 22:17: after scene 2 “The shot”, event 1 (day 1, 22:15); of another day with `22:17 on day 2`"
    );
    assert_eq!(
        note("where was Ann at 08:00 on day 1"),
        "Asked of day 1, 08:00: before day 1, 21:00, the first time that is told"
    );
    assert_eq!(note("where was Ann on day 1"), "Asked of the end of day 1: after scene 2 “The shot” (day 1, 22:20)");
    assert_eq!(
        note("where was Ann at 21:30 on day 1"),
        "Asked of day 1, 21:30: after scene 1 “Supper” (day 1, 21:00); \
         it is not told when that ended: to ask before its event, `--at 1.0`"
    );
    assert_eq!(
        note("where was Ben at 22:25 on day 1"),
        "Asked of day 1, 22:25: after scene 2 “The shot” (day 1, 22:20)"
    );
    let point = answer_at(STORY, "where is Ann", "day 2, 09:00");
    assert_eq!(point.says, "Ann is in the hall");
}

#[test]
fn scenes_in_questions() {
    assert_eq!(says("who was in the study in scene 2"), "Julian is in the study");
    assert_eq!(says("who is in the study before scene 2"), "Julian is in the study");
    assert_eq!(says("after scene 1, where is Ann"), "Ann is in the garden");
    assert_eq!(says("where is Ann at the start"), "Ann is in the study");
    assert_eq!(says("where is Ann at the end of \"Supper\""), "Ann is in the garden");
    assert_eq!(says("where is Ann at the beginning of scene 1"), "Ann is in the study");
    assert_eq!(says("where was Ben during The shot"), "Ben is in the hall");
    assert_eq!(says("did Ann know in scene 2 that Julian is dead"), "No, Ann does not know that Julian is dead");
    let unknown = refused(STORY, "where is Ann in scene 9");
    assert_eq!((unknown.code.id, unknown.title.as_str()), ("E0801", "there is no scene “9”"));
}

#[test]
fn a_story_without_times_has_none() {
    let story = "use std/places\nperson Ann\nplace hall\nstart\n  Ann is in the hall\nscene\n  Ann leaves\n";
    let unknown = refused(story, "where was Ann at 22:15");
    assert_eq!(unknown.code.id, "E0809");
    assert!(unknown.help[0].contains("scene \"Supper\", day 1, 18:00"), "{unknown:?}");
}

#[test]
fn when_something_happened() {
    assert_eq!(says("when did Ann go to the garden"), "In scene 1 “Supper” (day 1, 21:00)");
    assert_eq!(says("when did Ben kill Julian?"), "In scene 2 “The shot” (day 1, 22:15)");
    assert_eq!(says("when did someone kill Julian"), "In scene 2 “The shot” (day 1, 22:15)");
    assert_eq!(says("when did Ben kill Ann"), "Never: it never happened that Ben killed Ann");
    assert_eq!(
        says("when was Ann in the garden"),
        "From scene 1 “Supper” until scene 3 “Somewhere”: Ann is in the garden"
    );
    let often = answer_at(STORY, "when did Ann go to something", "end");
    assert_eq!(often.facts.len(), 3);
    assert!(often.says.starts_with("3 times: first in scene 1"), "{often:?}");
}

#[test]
fn who_was_killed_has_died() {
    let answer = answer_at(STORY, "when did Julian die?", "end");
    assert_eq!(
        answer.says,
        "It is not told that Julian died, but Julian is dead since scene 2 “The shot” (day 1, 22:15)"
    );
    assert!(answer.facts[0].text.ends_with("Ben kills Julian"), "{answer:?}");
    assert_eq!(answer_at(STORY, "when did Julian die?", "1").says, "Never: it never happened that Julian died");
    assert_eq!(says("when did Ann die"), "Never: it never happened that Ann died");
    assert!(says("did Julian die").starts_with("It is not told that Julian died, but Julian is dead since"));
}
