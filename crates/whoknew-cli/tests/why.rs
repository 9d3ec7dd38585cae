//! `whoknew why` and `whoknew whatif` as people and programs see them.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod pages;
mod program;
mod schema;

use pages::page;
use program::page::{blocks, call};
use program::{Run, Story, whoknew};
use serde_json::Value;

const SLUMBER: &str = "stories/slumber";
const WHY: &str = include_str!("../../../docs/schema/why-1.json");
const WHATIF: &str = include_str!("../../../docs/schema/whatif-1.json");

/// The output and the exit status, for snapshots.
fn seen(run: &Run) -> String {
    format!("status: {}\n{}{}", run.status.expect("no signal"), run.output, run.complaint)
}

/// The story that docs/causes.md shows.
fn letter() -> Story {
    let page = page("docs/causes.md");
    let shown = blocks(&page).into_iter().find(|block| block.info == "who letter.who").expect("the page shows a story");
    Story::new().file("letter.who", shown.text)
}

#[test]
fn why_on_the_flagship_story() {
    let ask = |point: &[&str]| seen(&whoknew(&[&["why", SLUMBER], point].concat()).run());
    insta::assert_snapshot!("a_hole_among_the_causes", ask(&["12.1"]));
    insta::assert_snapshot!("a_chain_of_tellers", ask(&["Angel believes that Tara has killed Willow", "--at", "36"]));
    insta::assert_snapshot!("an_event", ask(&["Spike frees Willow"]));
    insta::assert_snapshot!(
        "a_lie",
        ask(&["Giles believes that it happened that Willow telephoned Buffy", "--at", "8"])
    );
}

#[test]
fn why_not_on_the_flagship_story() {
    let ask = |point: &[&str]| seen(&whoknew(&[&["why", SLUMBER, "--not"], point].concat()).run());
    insta::assert_snapshot!("what_an_event_lacks", ask(&["Spike frees Anya", "--at", "12"]));
    insta::assert_snapshot!("what_a_statement_lacks", ask(&["Xander believes that Tara is dead"]));
    insta::assert_snapshot!("nothing_is_lacking", ask(&["12.5"]));
}

/// Asks why of a story in which somebody is killed, and acts afterwards.
fn why_dead(question: &[&str]) -> Run {
    let text = "use std/people, std/things\nperson Helene, Konrad, Viktor\nplace the hall, the garden\nstart\n  \
                Helene and Konrad are in the hall\n  Viktor is in the garden\nscene 1\n  Helene kills Konrad\n  \
                Konrad kills Helene\n  Helene kills Konrad\n";
    let story = Story::new().file("dead.who", text);
    whoknew(&[&["why", "dead.who"], question].concat()).inside(&story).run()
}

#[test]
fn what_is_told_and_cannot_happen_is_said_to_be_that() {
    insta::assert_snapshot!("told_but_impossible", seen(&why_dead(&["Konrad kills Helene"])));
    insta::assert_snapshot!("told_again_for_nothing", seen(&why_dead(&["1.3"])));
    let answer: Value = serde_json::from_str(&why_dead(&["1.2", "--format", "json"]).output).expect("one document");
    assert_eq!(answer["answer"]["kind"], "not so");
    assert_eq!(answer["answer"]["missing"][0]["needed"], "Konrad is awake");
}

/// At the start it was not so either, by another reason: that is not why it is not so now.
#[test]
fn why_something_is_not_so_is_what_is_so_now() {
    let story = Story::new().file(
        "away.who",
        "use std/talk, std/things\n\
         person Ann, Ben, Cid\n\
         place the hall, the mill, the garden\n\
         thing the key\n\
         start\n  Ann, Ben and Cid are in the hall\n  the key is in the hall\n\
         scene\n  Ben goes to the mill\n  Ben goes to the garden\n  Ann tells Cid that the key is in the mill\n",
    );
    let mut said = String::new();
    for question in
        ["Ben is not in the mill", "Ben is not in the hall", "Cid does not know that the key is in the garden"]
    {
        said += &seen(&call(&format!("whoknew why away.who \"{question}\""), &story));
    }
    insta::assert_snapshot!(said, @r"
    status: 0
    the end: Ben is not in the mill
    └─ from Ben is in the garden
       scene 1, event 2: Ben goes to the garden  [away.who:10]
    status: 0
    the end: Ben is not in the hall
    └─ from Ben is in the garden
       scene 1, event 2: Ben goes to the garden  [away.who:10]
    status: 0
    the end: Cid does not know that the key is in the garden
    └─ from Cid believes that the key is in the mill
       scene 1, event 3: Ann tells Cid that the key is in the mill  [away.who:11]
       Cid notices it
       └─ from the start Ann is in the hall, Cid is in the hall and Cid trusts Ann
    ");
}

#[test]
fn why_not_names_acts_with_which_it_would_come_about() {
    let ask = |statement: &str| why_dead(&["--not", statement, "--at", "1.1"]).output;
    let last = |text: String| text.lines().last().unwrap_or_default().to_owned();
    assert_eq!(
        last(ask("Viktor knows that Helene killed Konrad")),
        "For example, it would come about so: Helene tells Viktor by telephone that Helene killed Konrad."
    );
    assert_eq!(last(ask("Helene is with Viktor")), "For example, it would come about so: Helene goes to the garden.");
    // Nobody is asked to lie.
    assert!(!ask("Viktor believes that Helene is in the garden").contains("tells Viktor"));
    // Nothing brings it about.
    assert!(!ask("Konrad is alive").contains("come about"));
}

#[test]
fn what_if_says_who_does_not_know_of_what_is_set() {
    let text = "use std/talk\nperson Ann, Bo\nplace the hall\nfact ill(who: person)  \"{who} is ill\"\nstart\n  \
                Ann and Bo are in the hall\nscene 1\n  Ann tells Bo that Ann is ill\n";
    let story = Story::new().file("a.who", text);
    let what_if = |sets: &[&str]| {
        let sets = sets.iter().flat_map(|set| ["--set", set]);
        let arguments: Vec<&str> = ["whatif", "a.who"].into_iter().chain(sets).chain(["--at", "1.0"]).collect();
        whoknew(&arguments).inside(&story).run().output
    };
    let (said, known) = ("Bo does not trust Ann", "Bo believes that Bo does not trust Ann");
    let alone = what_if(&[said]);
    assert!(alone.contains(&format!("set this as well: --set \"{known}\"")), "{alone}");
    let condition = what_if(&["Bo knows where Ann is"]);
    assert!(
        condition.contains("say where: `Bo believes that Ann is …`") && !condition.contains("at(Ann)"),
        "{condition}"
    );
    let both = what_if(&[said, known]);
    assert!(both.contains("Ann is not ill") && !both.contains("nobody is told"), "{both}");
}

#[test]
fn what_if_on_the_flagship_story() {
    let ask = |changes: &[&str]| seen(&whoknew(&[&["whatif", SLUMBER], changes].concat()).run());
    insta::assert_snapshot!("without_what_was_said", ask(&["--without", "7.2"]));
    let said = "Buffy tells Spike that it happened that Willow telephoned Buffy";
    insta::assert_snapshot!("the_hole_is_closed", ask(&["--insert", said, "--at", "7.2"]));
    insta::assert_snapshot!("set", ask(&["--set", "Willow is dead", "--at", "3.0"]));
}

#[test]
fn questions_that_cannot_be_answered() {
    let ask = |point: &[&str]| {
        let run = whoknew(&[&["why", SLUMBER], point].concat()).run();
        assert_eq!(run.status, Some(2), "{}", seen(&run));
        seen(&run)
    };
    insta::assert_snapshot!("no_such_scene", ask(&["99.1"]));
    insta::assert_snapshot!("no_such_event", ask(&["12.99"]));
    insta::assert_snapshot!("a_scene_is_no_event", ask(&["3"]));
    insta::assert_snapshot!("told_several_times", ask(&["Willow drinks a passer-by dry"]));
    insta::assert_snapshot!("told_nowhere", ask(&["Riley frees Willow"]));
    insta::assert_snapshot!("a_name_is_mistyped", ask(&["Spike goes to the celar"]));
    insta::assert_snapshot!("no_sentence_at_all", ask(&["Xander ponders"]));
}

#[test]
fn changes_that_cannot_be_made() {
    let ask = |changes: &[&str]| {
        let run = whoknew(&[&["whatif", SLUMBER], changes].concat()).run();
        assert_eq!(run.status, Some(2), "{}", seen(&run));
        seen(&run)
    };
    insta::assert_snapshot!("nothing_to_change", ask(&[]));
    insta::assert_snapshot!("nowhere_to_insert", ask(&["--insert", "Buffy leaves"]));
    insta::assert_snapshot!("a_place_for_nothing", ask(&["--without", "7.2", "--at", "3"]));
    insta::assert_snapshot!("unreadable_insertion", ask(&["--insert", "Buffy goes to the celar", "--at", "3"]));
    insta::assert_snapshot!("a_claim_is_no_change", ask(&["--insert", "claim Willow is dead", "--at", "3"]));
    insta::assert_snapshot!("a_point_that_is_not_there", ask(&["--set", "Willow is dead", "--at", "99"]));
}

#[test]
fn a_statement_that_is_not_so() {
    let run = whoknew(&["why", SLUMBER, "Xander believes that Tara is dead"]).run();
    insta::assert_snapshot!(seen(&run));
}

#[test]
fn stories_with_nothing_in_them() {
    let story = Story::new().file("empty.who", "").file("untold.who", "fact \"it rains\"\n");
    let run = |arguments: &[&str]| whoknew(arguments).inside(&story).run();
    for (arguments, status) in [
        (["why", "empty.who", "1.1"].as_slice(), 2),
        (&["whatif", "empty.who", "--without", "1.1"], 2),
        (&["why", "untold.who", "1.1"], 2),
        (&["why", "untold.who", "it rains"], 1),
        (&["why", "untold.who", "--not", "it rains"], 0),
        (&["whatif", "untold.who", "--without", "1.1"], 2),
        (&["whatif", "untold.who", "--set", "it rains", "--at", "start"], 2),
        (&["why", "nowhere.who", "1.1"], 2),
    ] {
        let run = run(arguments);
        assert_eq!(run.status, Some(status), "{arguments:?}: {}", seen(&run));
        assert!(!run.output.is_empty() && !run.output.contains("panicked"), "{arguments:?}: {}", seen(&run));
    }
}

/// The only line of output, found to be in the documented form.
fn document(run: &Run, form: &str) -> Value {
    assert_eq!(run.output.lines().count(), 1, "{}", seen(run));
    let document: Value = serde_json::from_str(&run.output).expect("the output is JSON");
    schema::assert_valid(&document, &serde_json::from_str(form).expect("the schema is JSON"));
    assert_eq!(document["status"].as_i64(), run.status.map(i64::from));
    document
}

#[test]
fn answers_for_programs() {
    let story = letter();
    for (line, kind) in [
        ("whoknew why letter.who \"Carla believes that the letter is in the safe\" --at Noon.2", "because"),
        ("whoknew why letter.who 2.4", "because"),
        ("whoknew why letter.who --not \"Carla fetches the letter\" --at 1", "missing"),
        ("whoknew why letter.who \"Rosa is in the garden\"", "not so"),
    ] {
        let found = document(&call(&format!("{line} --format json"), &story), WHY);
        assert_eq!(found["answer"]["kind"], kind, "{line}: {found}");
    }
    let unanswered = document(&call("whoknew why letter.who 9.9 --format json", &story), WHY);
    assert_eq!((&unanswered["answer"], &unanswered["problems"][0]["code"]), (&Value::Null, &"E0801".into()));
    for point in ["12.1", "12.6", "31.2"] {
        document(&whoknew(&["why", SLUMBER, point, "--format", "json"]).run(), WHY);
    }
}

#[test]
fn differences_for_programs() {
    let story = letter();
    let found =
        document(&call("whoknew whatif letter.who --without 1.2 --depth 2 --reasons --format json", &story), WHATIF);
    assert!(found["answer"]["beliefs"].as_array().is_some_and(|beliefs| !beliefs.is_empty()), "{found}");
    let unanswered = document(&call("whoknew whatif letter.who --without 9.9 --format json", &story), WHATIF);
    assert_eq!(unanswered["answer"], Value::Null);
    document(&whoknew(&["whatif", SLUMBER, "--without", "2.4", "--format", "json"]).run(), WHATIF);
}
