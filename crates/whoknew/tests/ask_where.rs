//! Where something is: one notion for all forms of questions, whatever facts say it.
#![allow(clippy::expect_used, clippy::panic, missing_docs)]

mod ask_support;

use ask_support::{answer_at, lines};
use whoknew::ask::Verdict;

const PACKS: &str = r#"use std/things, std/talk
person Ada, Ben, Cora, Dora
place the hall, the study, the garden
thing the will, the key, the watch, the ticket
container the desk
start
  Ada, Ben and Cora are in the hall
  Dora is in the garden
  the will is in the desk
  the desk is in the study
  the key is in the hall
  known to Ben: the watch is hidden in the garden
scene 1
  at the hall
  present Ada, Ben, Cora
  Ada takes the key
  Ada goes to the study
  Ada takes the will
scene 2
  at the study
  present Ada
  Ada goes to the garden
  Ada tells Dora that Ben has the key
"#;

/// Facts of a story's own, none of them marked but that of persons.
const OWN: &str = r#"kind person : character
kind spot
kind item
person Ada, Ben, Cora
spot the hall, the attic
item the will, the lamp, the cup, the song
fact place_of(who: person): spot  "{who} is in {value}"
  location
fact lies(what: item): spot       "{what} lies in {value}"
fact holds(who: person): item     "{who} holds {value}"
fact keeps(who: person, what: item)  "{who} keeps {what}"
fact writer(what: item): person   "{value} wrote {what}"
action grab(who: person, what: item) "{who} grabs {what}"
  makes holds(who) = what and lies(what) = ?
  by who
start
  Ada is in the hall
  Ben and Cora are in the attic
  the will lies in the hall
  the lamp lies in the attic
  known to Ben: Ben keeps the cup
  Cora wrote the song
scene 1
  Ada grabs the will
"#;

/// Facts whose words are of another language: what actions exchange with the place is where a thing is, too.
const OTHER_WORDS: &str = r#"kind hito : character
kind basho
kind mono
hito Aya, Ben
basho Niwa, Mon
mono Kagi, Tegami
fact iru(who: hito or mono): basho  "{who} wa {value} ni"
  location
fact motsu(what: mono): hito   "{what} wo {value} ga"
fact kaku(what: mono): hito    "{what} no sakka {value}"
action toru(who: hito, what: mono)  "{who} toru {what}"
  makes motsu(what) = who and iru(what) = ?
  by who
action oku(who: hito, what: mono)   "{who} oku {what}"
  makes motsu(what) = ? and iru(what) = iru(who)
  by who
start
  Aya wa Niwa ni
  Ben wa Mon ni
  Kagi wa Niwa ni
  Tegami no sakka Ben
scene 1
  Aya toru Kagi
"#;

#[test]
fn who_has_a_thing_knows_where_it_is() {
    assert_eq!(
        lines(PACKS, "does Ada know where the will is"),
        ["Yes, Ada knows that Ada has the will", "Since scene 1: Ada takes the will"]
    );
    assert_eq!(
        lines(PACKS, "who knows where the will is"),
        ["Only Ada knows where the will is: Ada has the will", "Since scene 1: Ada takes the will"]
    );
    let all = answer_at(PACKS, "who knows where the key is", "end");
    assert_eq!(all.says, "Ada, Ben and Cora know where the key is: Ada has the key");
    assert_eq!(all.characters.len(), 3);
}

#[test]
fn where_a_thing_is_leads_to_where_its_bearer_is() {
    assert_eq!(
        lines(PACKS, "where is the will"),
        [
            "Ada has the will",
            "Since scene 1: Ada takes the will",
            "Ada is in the garden, since scene 2: Ada goes to the garden"
        ]
    );
    assert_eq!(
        lines(PACKS, "where does Ben think the will is")[..3],
        [
            "Ben believes that the will is in the desk",
            "From the start",
            "Ben believes that the desk is in the study, from the start"
        ]
    );
}

#[test]
fn who_is_wrong_about_it_does_not_know() {
    assert_eq!(
        lines(PACKS, "does Ben know where the will is"),
        [
            "No, Ben wrongly believes that the will is in the desk",
            "From the start",
            "In truth Ada has the will, since scene 1: Ada takes the will"
        ]
    );
    assert_eq!(
        lines(PACKS, "does Dora know where the key is")[0],
        "No, Dora wrongly believes that Ben has the key",
        "the newest of what Dora believes"
    );
    assert_eq!(
        lines(PACKS, "who does not know where the will is"),
        [
            "Ben, Cora and Dora do not know where the will is: Ada has the will",
            "Ada has the will, since scene 1: Ada takes the will",
            "Ben, Cora and Dora believe that the will is in the desk, from the start"
        ]
    );
}

#[test]
fn what_is_hidden_is_known_to_who_knows_the_place() {
    assert_eq!(
        lines(PACKS, "who knows where the watch is")[0],
        "Only Ben knows where the watch is: the watch is hidden in the garden"
    );
    assert_eq!(lines(PACKS, "does Ada know where the watch is")[0], "No, Ada does not know where the watch is");
    assert_eq!(
        lines(PACKS, "who wonders where the watch is")[0],
        "Ada, Cora and Dora wonder where the watch is: the watch is hidden in the garden"
    );
}

#[test]
fn what_nobody_is_told_nobody_knows() {
    assert_eq!(lines(PACKS, "where is the ticket")[0], "It is not told where the ticket is");
    assert_eq!(lines(PACKS, "who knows where the ticket is")[0], "Nobody: it is not told where the ticket is");
    assert_eq!(lines(PACKS, "does Ada wonder where the ticket is")[0], "Yes, Ada does not know where the ticket is");
}

#[test]
fn when_and_since_when_and_whether_others_know() {
    assert_eq!(lines(PACKS, "when did Ada learn where the key is")[0], "Ada learned in scene 1 that Ada has the key");
    assert_eq!(
        lines(PACKS, "when did Ben learn where the will is"),
        [
            "Ben believed from the start that the will is in the desk",
            "In truth Ada has the will, since scene 1: Ada takes the will"
        ]
    );
    assert_eq!(
        lines(PACKS, "since when does Ada know where the will is")[0],
        "Always: Ada knows where the will is",
        "first in the desk, then in Ada's hands"
    );
    assert_eq!(
        lines(PACKS, "does Ben believe that Ada knows where the key is"),
        [
            "Yes, Ben believes that Ada knows where the key is",
            "Ben believes that Ada believes that Ada has the key, since scene 1: Ada takes the key",
            "Ben believes that Ada has the key, since scene 1: Ada takes the key"
        ]
    );
    assert_eq!(
        lines(PACKS, "does Ben know that Dora knows where the key is")[0],
        "No, Ben does not know that Dora knows where the key is"
    );
}

#[test]
fn what_has_no_value_is_said_so() {
    assert_eq!(lines(PACKS, "who has the ticket"), ["Nobody has the ticket", "From the start"]);
    assert_eq!(lines(PACKS, "does Ada have the ticket")[1], "Nobody has the ticket, from the start");
    assert_eq!(lines(PACKS, "does nobody have the ticket")[0], "Yes, nobody has the ticket");
    assert_eq!(lines(PACKS, "is the will in no container")[0], "Yes, the will is in no container");
    assert_eq!(lines(OWN, "is it so that the cup lies in no spot")[0], "Yes, the cup lies in no spot");
}

#[test]
fn the_reader_too() {
    assert_eq!(
        lines(PACKS, "does the reader know where the will is")[0],
        "Yes, the reader knows that Ada has the will"
    );
    assert_eq!(
        lines(PACKS, "does the reader know where the watch is")[0],
        "No, the reader does not know where the watch is"
    );
}

#[test]
fn facts_of_a_storys_own_tell_it_as_well() {
    assert_eq!(
        lines(OWN, "where is the will"),
        ["Ada holds the will", "Since scene 1: Ada grabs the will", "Ada is in the hall, from the start"]
    );
    assert_eq!(lines(OWN, "who knows where the will is")[0], "Only Ada knows where the will is: Ada holds the will");
    assert_eq!(
        lines(OWN, "does Ben know where the will is")[0],
        "No, Ben wrongly believes that the will lies in the hall"
    );
    assert_eq!(
        lines(OWN, "who knows where the lamp is")[0],
        "Everybody knows where the lamp is: the lamp lies in the attic"
    );
    assert_eq!(lines(OWN, "who knows where the cup is")[0], "Only Ben knows where the cup is: Ben keeps the cup");
}

#[test]
fn who_wrote_a_thing_does_not_tell_where_it_is() {
    assert_eq!(
        lines(OWN, "where is the song"),
        ["It is not told where the song is", "Cora wrote the song, from the start"]
    );
    assert_eq!(answer_at(OWN, "does Ada know where the song is", "end").verdict, Verdict::No);
    assert_eq!(lines(OTHER_WORDS, "where is Tegami")[0], "It is not told where Tegami is");
}

#[test]
fn what_actions_exchange_with_the_place_tells_it_in_any_words() {
    assert_eq!(lines(OTHER_WORDS, "where is Kagi")[..2], ["Kagi wo Aya ga", "Since scene 1: Aya toru Kagi"]);
    assert_eq!(lines(OTHER_WORDS, "who knows where Kagi is")[0], "Only Aya knows where Kagi is: Kagi wo Aya ga");
    assert_eq!(lines(OTHER_WORDS, "does Ben know where Kagi is")[0], "No, Ben wrongly believes that Kagi wa Niwa ni");
}

#[test]
fn since_when_nothing_tells_it_is_since_what_told_it_last() {
    const BURNT: &str = r#"use std/things
person Ann, Ben
place the hall
thing the plate
action burn(who: person) "{who} burns the plate"
  needs carried(plate) = who
  makes carried(plate) = ?
  by who
  seen by c if notices(c, who)
start
  Ann and Ben are in the hall
  Ann has the plate
scene
  Ann burns the plate
"#;
    assert_eq!(
        lines(BURNT, "where is the plate"),
        ["It is not told where the plate is", "Since scene 1: Ann burns the plate"]
    );
    assert_eq!(
        lines(BURNT, "where does Ben think the plate is"),
        ["Ben does not know where the plate is", "Since scene 1: Ann burns the plate"]
    );
}

#[test]
fn nobody_is_company_for_themselves() {
    assert_eq!(lines(PACKS, "who was with Ben")[0], "Cora is with Ben");
    assert_eq!(lines(PACKS, "who is with Ada")[0], "Dora is with Ada");
    assert_eq!(answer_at(PACKS, "who is with Dora", "1").says, "Nobody is with Dora");
}

#[test]
fn how_somebody_knows_what_they_do_not_believe() {
    assert_eq!(
        lines(PACKS, "how does Cora know that Ben has the key")[0],
        "Cora does not believe that Ben has the key, and never did"
    );
}
