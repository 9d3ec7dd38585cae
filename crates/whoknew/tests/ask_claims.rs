//! Answers come from what happened: a claim that fails makes nothing so, and is mentioned.
#![allow(clippy::expect_used, clippy::panic, missing_docs)]

mod ask_support;

use ask_support::{answer_at, lines};
use whoknew::ask::Story;
use whoknew::ground::Limits;
use whoknew::source::FileId;
use whoknew::{ask, world};

const STORY: &str = r#"use std/things, std/talk
person Ada, Ben, Cora
place the hall, the garden
thing the will, the key
start
  Ada and Ben are in the hall
  Cora is in the garden
  Ben has the key
scene 1
  Ada tells Ben that the will is in the hall
scene 2
  claim Cora knows that the will is in the garden
  claim Ada has the key
  claim Ben does not believe that the will is in the hall
  assume the will is in the garden "found there"
  claim Cora knows that the will is in the garden
scene 3
  Ben goes to the garden
  Ben tells Cora that the will is in the garden
  claim Cora knows that the will is in the garden
"#;

#[test]
fn a_failed_claim_is_not_believed_afterwards() {
    let said = |at: &str| {
        let answer = answer_at(STORY, "does Cora know that the will is in the garden", at);
        let because: Vec<String> = answer.because.into_iter().map(|said| said.text).collect();
        (answer.says, because.last().cloned().expect("a reason"))
    };
    let (no, claimed) = said("2");
    assert_eq!(no, "No, Cora does not know that the will is in the garden");
    assert_eq!(claimed, "The story claims otherwise in scene 2: Cora knows that the will is in the garden (H02)");
    let (yes, reason) = said("3");
    assert_eq!(yes, "Yes, Cora knows that the will is in the garden");
    assert!(reason.contains("Ben tells Cora"), "it has come about: {reason}");
    let (_, before) = said("1");
    assert!(!before.contains("claims"), "it is claimed later: {before}");
}

#[test]
fn claims_of_facts_and_of_ignorance_are_mentioned_too() {
    assert_eq!(
        lines(STORY, "who has the key"),
        ["Ben has the key", "From the start", "The story claims otherwise in scene 2: Ada has the key (H06)"]
    );
    let ben = answer_at(STORY, "does Ben believe that the will is in the hall", "2");
    assert_eq!(
        ben.because.last().map(|said| said.text.as_str()),
        Some("The story claims otherwise in scene 2: Ben does not believe that the will is in the hall (H04)")
    );
    let other = lines(STORY, "does Ben believe that Ada has the will");
    assert!(other.iter().all(|line| !line.contains("claims")), "about something else: {other:?}");
}

#[test]
fn why_rests_on_no_claim() {
    let loaded = world::load_text("story.who", STORY);
    let world = loaded.world.as_ref().expect("a sound world");
    let mut story = Story::new(world, &Limits::default()).expect("it can be run");
    let asked = "does Cora believe that the will is in the garden";
    let asking = ask::question::read(&story, asked, FileId::from_index(0)).expect("a question");
    let ask::question::Question::Attitude(ask::question::Mind::Character(cora), _, statement) = asking.question else {
        panic!("{asking:?}");
    };
    let believes = world::Expression::Believes(world::Term::Entity(cora), Box::new(statement));
    let scene_2 = story.point("2").expect("a scene");
    assert!(story.why(&believes, &scene_2).expect("within the limits").is_none(), "nobody told Cora");
    let end = story.end();
    assert!(story.why(&believes, &end).expect("within the limits").is_some());
}

const LIE: &str = r#"use std/things, std/talk
person Ada, Ben, Cook, Maid
place the hall, the garden
thing the key, the ticket
action poison(who, whom: person) "{who} poisons|poison {whom}"
  past "{who} poisoned {whom}"
  by who
start
  Ada, Ben, Cook and Maid are in the hall
  Ada has the key
scene 1
  Ada tells Cook that Ben has the key
scene 2
  Ada gives the key to Ben
    unnoticed by Cook, Maid
  Cook tells Maid that Ben has the key
  claim Maid believes that Ben has the key
"#;

#[test]
fn a_lie_that_came_true_is_believed_and_so() {
    assert_eq!(
        lines(LIE, "does Cook know that Ben has the key"),
        [
            "Yes, Cook believes that Ben has the key, and by now it is so",
            "Cook believes that Ben has the key, since scene 1: Ada tells Cook that Ben has the key",
            "In truth Ben has the key, since scene 2: Ada gives the key to Ben"
        ]
    );
    assert_eq!(lines(LIE, "does Ada know that Ben has the key")[0], "Yes, Ada knows that Ben has the key");
}

#[test]
fn answers_are_whole_sentences() {
    assert_eq!(lines(LIE, "who is in the hall")[0], "Ada, Ben, Cook and Maid are in the hall");
    assert_eq!(lines(LIE, "who is in the garden"), ["Nobody is in the garden"]);
    assert_eq!(lines(LIE, "who trusts Ada")[0], "Each of Ada, Ben, Cook and Maid trusts Ada");
    assert_eq!(lines(LIE, "did Ada poison Ben")[0], "No, it never happened that Ada poisoned Ben");
    assert_eq!(lines(LIE, "who was there when Ada poisons Ben"), ["Nobody: it never happened that Ada poisoned Ben"]);
}

#[test]
fn what_is_offered_is_of_the_story_and_near() {
    let offered = |asked: &str| {
        let loaded = world::load_text("story.who", LIE);
        let world = loaded.world.as_ref().expect("a sound world");
        let story = Story::new(world, &Limits::default()).expect("it can be run");
        ask::question::read(&story, asked, FileId::from_index(0)).expect_err("no question").help
    };
    assert_eq!(offered("does the maid no that ben has key")[0], "one can ask: does Maid know that Ben has the key?");
    assert_eq!(
        offered("tell me about the key"),
        [
            "one can ask: where is the key?",
            "one can ask: who knows where the key is?",
            "one can ask: what does Maid believe about the key?"
        ]
    );
    assert_eq!(offered("who knows where the kee is"), ["did you mean `the key`?"]);
    let far = offered("is there any hope left");
    assert!(far.iter().all(|help| help.contains("Ben has the key")), "what the story tells: {far:?}");
}
