//! Questions about what was said, about lies, and whether anybody knows.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod ask_support;

use ask_support::answer_at;
use whoknew::ask::{Answer, Verdict};

const STORY: &str = r#"use std/people, std/things
person Ann, Ben, Cid
place the hall, the attic, the quay
thing the key
start
  Ann, Ben and Cid are in the hall
  the key is in the attic
scene 1 "Hall"
  Ann goes to the attic
  Ann takes the key
  Ann goes to the hall
  Ann whispers to Ben that the key is in the quay
  Ann goes to the attic
  Cid asks Ben whether the key is in the quay
  Ben tells Cid that the key is in the quay
  Cid tells Ben that Ben is alive
"#;

fn ask(question: &str) -> Answer {
    answer_at(STORY, question, "end")
}

fn listed(question: &str) -> Vec<String> {
    ask(question).facts.into_iter().map(|said| said.text).collect()
}

#[test]
fn what_one_told_the_other() {
    assert_eq!(ask("what did Ann tell Ben?").says, "Ann said one thing to Ben, and it was a lie");
    assert_eq!(
        listed("what did Ann tell Ben"),
        [
            "Ann whispers to Ben that the key is in the quay, in scene 1 “Hall” (a lie: Ann believes that Ann has the key)"
        ]
    );
    assert_eq!(ask("what did Ann tell Cid").says, "Ann said nothing to Cid");
    assert_eq!(ask("what was Ben told").says, "Somebody said 3 things to Ben, one of them a lie");
    assert_eq!(ask("what did Cid hear from Ben").says, "Ben said one thing to Cid");
    assert_eq!(ask("what did Cid say").says, "Cid said 2 things");
}

#[test]
fn who_lied() {
    let liars = ask("who lied to Ben");
    assert_eq!((liars.says.as_str(), liars.characters.len()), ("Ann lied to Ben", 1));
    assert_eq!(ask("who lied to Cid").says, "Nobody lied to Cid");
    assert_eq!(ask("who lied?").says, "Ann lied");
    assert_eq!(ask("whom did Ann lie to").says, "Ann lied to Ben");
    assert_eq!(ask("what lies did Ann tell").says, "Ann told 1 lie");
    let honest = ask("did Ben lie");
    assert_eq!((honest.verdict, honest.says.as_str()), (Verdict::No, "No, Ben did not lie"));
    assert_eq!(ask("did Ann lie to Ben").says, "Yes, Ann lied to Ben");
}

#[test]
fn whether_anybody_knows() {
    let known = ask("does anybody know where the key is");
    assert_eq!(
        (known.verdict, known.says.as_str()),
        (Verdict::Yes, "Yes, only Ann knows where the key is: Ann has the key")
    );
    let everybody = ask("does everyone know that Ann has the key");
    assert_eq!(everybody.verdict, Verdict::No);
    assert_eq!(everybody.says, "No, Ben and Cid do not know that Ann has the key");
    assert_eq!(ask("does everybody know where the key is").verdict, Verdict::No);
    assert_eq!(ask("does anyone believe that Ben is dead").says, "No, nobody believes that Ben is dead");
    assert_eq!(ask("does everybody know that Ben is alive").verdict, Verdict::Yes);
}

#[test]
fn where_a_thing_is_has_one_answer() {
    let known = listed("what does Ann know about the key");
    assert_eq!(known, ["Ann has the key, since scene 1 “Hall”: Ann takes the key"]);
    let wrong = listed("what does Ben believe that is false");
    assert!(
        wrong.contains(
            &"The key is in the quay (in truth Ann has the key), since scene 1 “Hall”: Ann whispers to Ben that the key is in the quay"
                .to_owned()
        ),
        "{wrong:?}"
    );
}

#[test]
fn one_new_belief_is_not_all_that_is_believed() {
    let answer = answer_at(
        "use std/places\nperson Ann, Ben\nplace hall, attic\nstart\n  Ann and Ben are in the hall\nscene\n  Ben goes to the attic\n",
        "what does Ann know",
        "end",
    );
    assert_eq!(answer.says, "Ann came to believe one thing since the start");
    assert_eq!(answer.because[0].text, "Ann believes 1 more thing from the start: `--all` lists them");
}

const KILLING: &str = "use std/people\nperson Ann, Ben, Cid, Dan\nplace hall, attic\nstart\n  Ann, Ben and Cid are in the hall\n  \
    Dan is in the attic\nscene 1\n  Ann kills Ben\n  Dan goes to the hall\n";

#[test]
fn who_killed_somebody_is_known_beyond_that_they_are_dead() {
    let answer = answer_at(KILLING, "what does Cid know that Dan does not", "end");
    assert_eq!(answer.facts[0].text, "Ann killed Ben (Dan does not know it), in scene 1");
    assert_eq!(answer_at(KILLING, "what does Cid know that Ann does not", "end").facts.len(), 0);
    assert_eq!(answer_at(KILLING, "what does Dan know that Cid does not", "end").facts.len(), 0);
}

#[test]
fn who_noticed_names_those_who_did() {
    let answer = answer_at(KILLING, "who noticed that Ann killed Ben", "end");
    assert_eq!(answer.says, "Ann and Cid noticed it in scene 1");
    assert_eq!(answer.characters.len(), 2);
    let there = answer_at(KILLING, "who was there when Ann killed Ben", "end");
    assert_eq!(there.characters.len(), 3);
}

/// Who speaks and who hears where more than two are named, or one is taken for another, or reads.
const BY_WAYS: &str = r#"use std/people
person Ann, Ben, Cyd, Dan
minor person Tuner
place the hall, the attic, the village
fact mad(who: person) "{who} is mad"
start
  Ann, Ben and Dan are in the hall
  Cyd is in the attic
  Tuner is in the village
scene 1
  Cyd overhears Ann telling Ben that Cyd is mad
scene 2
  Cyd disguises as Tuner
  Cyd comes to the hall as Tuner
  Cyd tells Ann as Tuner that Tuner is mad
scene 3
  Ben writes to Cyd that Dan is mad
  Dan reads in a letter of Ben that Dan is mad
scene 4
  Dan falls asleep
  Ann whispers to Dan that Ben is mad
"#;

fn by_ways(question: &str, at: &str) -> String {
    let answer = answer_at(BY_WAYS, question, at);
    let listed: Vec<&str> = answer.facts.iter().map(|said| said.text.as_str()).collect();
    [vec![answer.says.as_str()], listed].concat().join("\n")
}

#[test]
fn overheard_talk_was_said_to_whom_it_was_meant_for_and_heard_by_who_listened() {
    insta::assert_snapshot!(by_ways("what did Ann tell Ben", "1"), @r"
    Ann said one thing to Ben, and it was a lie
    Cyd overhears Ann telling Ben that Cyd is mad, in scene 1 (a lie: Ann believes that Cyd is not mad)
    ");
    insta::assert_snapshot!(by_ways("what was Cyd told", "1"), @r"
    Somebody said one thing to Cyd, and it was a lie
    Cyd overhears Ann telling Ben that Cyd is mad, in scene 1 (a lie: Ann believes that Cyd is not mad)
    ");
    insta::assert_snapshot!(by_ways("what was Dan told", "1"), @"Nobody said anything to Dan");
    insta::assert_snapshot!(by_ways("who lied to Ben", "1"), @r"
    Ann lied to Ben
    Cyd overhears Ann telling Ben that Cyd is mad, in scene 1 (a lie: Ann believes that Cyd is not mad)
    ");
    insta::assert_snapshot!(by_ways("who told Ben that Cyd is mad", "1"), @"Ben came to believe from Ann in scene 1 that Cyd is mad, which was not so");
    insta::assert_snapshot!(by_ways("what lies did Ann tell", "1"), @r"
    Ann told 1 lie
    Cyd overhears Ann telling Ben that Cyd is mad, in scene 1 (a lie: Ann believes that Cyd is not mad)
    ");
}

#[test]
fn what_is_said_in_disguise_was_said_by_the_one_in_it_to_the_one_spoken_to() {
    insta::assert_snapshot!(by_ways("what was Ann told", "2"), @r"
    Somebody said one thing to Ann, and it was a lie
    Cyd tells Ann as Tuner that Tuner is mad, in scene 2 (a lie: Cyd believes that Tuner is not mad)
    ");
    insta::assert_snapshot!(by_ways("who lied to Ann", "2"), @r"
    Cyd lied to Ann
    Cyd tells Ann as Tuner that Tuner is mad, in scene 2 (a lie: Cyd believes that Tuner is not mad)
    ");
    insta::assert_snapshot!(by_ways("who lied to Tuner", "2"), @"Nobody lied to Tuner");
    insta::assert_snapshot!(by_ways("who told Ann that Tuner is mad", "2"), @"Ann came to believe from Tuner (in truth Cyd) in scene 2 that Tuner is mad, which was not so");
}

#[test]
fn a_letter_is_said_to_the_one_who_reads_it() {
    insta::assert_snapshot!(by_ways("what was Cyd told", "3"), @r"
    Somebody said one thing to Cyd, and it was a lie
    Cyd overhears Ann telling Ben that Cyd is mad, in scene 1 (a lie: Ann believes that Cyd is not mad)
    ");
    insta::assert_snapshot!(by_ways("what was Dan told", "3"), @r"
    Somebody said one thing to Dan, and it was a lie
    Dan reads in a letter of Ben that Dan is mad, in scene 3 (a lie: Ben believes that Dan is not mad)
    ");
    insta::assert_snapshot!(by_ways("who lied to Dan", "3"), @r"
    Ben lied to Dan
    Dan reads in a letter of Ben that Dan is mad, in scene 3 (a lie: Ben believes that Dan is not mad)
    ");
    insta::assert_snapshot!(by_ways("who told Dan that Dan is mad", "3"), @"Dan came to believe from Ben in scene 3 that Dan is mad, which was not so");
    insta::assert_snapshot!(by_ways("what did Ben say", "3"), @r"
    Ben said one thing, and it was a lie
    Ben writes to Cyd that Dan is mad, in scene 3 (a lie: Ben believes that Dan is not mad)
    ");
}

#[test]
fn who_sleeps_was_told_nothing() {
    insta::assert_snapshot!(by_ways("what was Dan told", "4"), @r"
    Somebody said one thing to Dan, and it was a lie
    Dan reads in a letter of Ben that Dan is mad, in scene 3 (a lie: Ben believes that Dan is not mad)
    ");
}
