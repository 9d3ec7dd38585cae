//! Findings about what happens and who knows it, as people read them, each with a sound twin that differs in one line
//! and gets none.

// Lints know only functions marked as tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod findings_support;

use findings_support::{check, clean, finds, pair};
use insta::assert_snapshot;

/// Two people, a marble, two containers.
fn nursery(told: &str) -> String {
    const WORLD: &str = "\
use std/places, std/talk
kind container : thing
person Sally, Anne
place the nursery, the garden
thing the marble
container the basket, the box
fact inside(what: thing): container  \"the {what} is|are in the {value}\"
action put(who: person, what: thing, into: container)  \"{who} puts|put the {what} in the {into}\"
  needs at(who) = at(into) and inside(what) != into
  makes inside(what) = into
  by who
  seen by c if at(c) = at(who)
action fetch(who: person, what: thing, from: container)  \"{who} takes|take the {what} out of the {from}\"
  needs inside(what) = from
  makes inside(what) = ?
  by who
  seen by c if at(c) = at(who)
start
  Sally, Anne, the marble, the basket, the box are in the nursery
  the marble is in the box
test \"every action is used\"
  scene
    Anne takes the marble out of the box
    Sally goes to the garden
told
scene
  Sally puts the marble in the basket
";
    format!("{WORLD}{told}")
}

#[test]
fn an_event_whose_needs_fail_is_impossible() {
    let told = nursery("  LINE\n  Anne puts the marble in the box\n");
    assert_snapshot!(pair(
        &told,
        "Anne puts the marble in the basket",
        "Anne puts the marble in the box\n  Sally puts the marble in the basket"
    ));
    let apart = nursery("  Sally goes to the garden\n  LINE\n  Sally puts the marble in the box\n");
    assert_snapshot!(pair(&apart, "Anne goes to the garden", "Sally goes to the nursery"));
}

#[test]
fn what_follows_from_a_hole_is_a_note_under_it() {
    let told = nursery("  Anne puts the marble in the basket\n  claim Sally believes the marble is in the basket\n");
    finds(&told, &["H01"]);
    let follows = nursery(
        "  Anne takes the marble out of the box\n  Sally puts the marble in the basket\n  Anne puts the marble in the box\n",
    );
    finds(&follows, &["H01"]);
    let claimed = nursery(
        "  Sally goes to the garden\n  Sally puts the marble in the box\n  claim Sally is in the garden\n  claim the marble is in the box\n",
    );
    assert_snapshot!(check(&claimed));
}

const ACCUSED: &str = "\
use std/people
person Ann, Ben, Cid
place the hall, the cellar
fact guilty(who: person) \"{who} is guilty\"
action confront(who, whom: person) \"{who} confronts {whom}\"
  needs at(who) = at(whom) and (who believes guilty(whom))
  by who
  seen by c if notices(c, who)
action greet(who, whom: person) \"{who} greets {whom}\"
  needs at(who) = at(whom)
  by who
fact p \"p holds\"
fact q \"q holds\"
rule rises \"p comes\"
  when q() and not p()
  makes p()
rule sinks \"p goes\"
  when q() and p()
  makes not p()
action begin(who: person) \"{who} begins\"
  makes q()
  by who
action contradict(who: person) \"{who} contradicts\"
  makes guilty(who) and not guilty(who)
  by who
start
  Ann and Ben are in the hall
  Cid is in the cellar
  Cid is guilty
scene
";

/// Codes that are found in the scene of the accused, but for what its short world leaves unused.
#[track_caller]
fn accused(told: &str, codes: &[&str]) {
    let (report, _) = findings_support::report(&format!("{ACCUSED}{told}"));
    let all = report.input_errors.iter().chain(&report.findings).map(|diagnostic| diagnostic.code.id);
    let found: Vec<&str> = all.filter(|code| !["H10", "H11"].contains(code)).collect();
    assert_eq!(found, codes, "{told}");
}

#[test]
fn what_fails_for_a_reason_of_its_own_does_not_follow_from_a_hole() {
    accused("  Ann confronts Cid\n  Ann greets Ben\n", &["H01", "H14"]);
    accused("  Ann confronts Cid\n    expect H01 \"she shouts\"\n  Ann confronts Ben\n", &["H01", "H01"]);
    let says = "  Ann kills Ben\n  Ben says that Ann is in the hall\n";
    accused(&format!("{says}  Ben says that Ben is in the hall\n"), &["H01", "H14"]);
    accused(&format!("{says}  Ann telephones Ben\n"), &["H01", "H01"]);
}

#[test]
fn what_cannot_be_computed_excuses_only_what_it_would_have_changed() {
    accused("  Ann begins\n  claim q holds\n  claim p holds\n", &["H09", "H14", "H14"]);
    accused("  Ann begins\n  Ben goes to the hall\n  claim Ben is in the cellar\n", &["H09", "H01", "H06"]);
    accused("  Ann contradicts\n  claim Ann is guilty\n  claim Ben is guilty\n", &["E0507", "H14", "H06"]);
}

#[test]
fn an_actor_must_know_what_the_act_needs() {
    let told = nursery(
        "  Sally goes to the garden\n  Anne puts the marble in the box\nscene\n  LINE\n  Sally goes to the nursery\n  Sally takes the marble out of the box\n",
    );
    let sound = "Anne goes to the garden\n  Anne tells Sally that the marble is in the box";
    assert_snapshot!(pair(&told, "Anne goes to the garden", sound));
}

#[test]
fn an_act_on_what_nobody_ever_said() {
    let told = nursery(
        "  Sally takes the marble out of the basket\n  Anne goes to the garden\n  Sally puts the marble in the box\n  LINE\n",
    );
    assert_snapshot!(pair(&told, "Anne takes the marble out of the box", "Sally takes the marble out of the box"));
}

/// Who told whom what, and who was there.
fn gossip(told: &str) -> String {
    const WORLD: &str = "\
use std/places, std/talk
person Anne, Ben, Cleo
place the hall, the yard
fact late(who: person)  \"{who} is late\"
fact guilty(who: person)  \"{who} is guilty\"
action oversleep(who: person)  \"{who} oversleeps\"
  makes late(who)
  by who
start
  Anne, Ben, Cleo are in the hall
  Ben is guilty
test \"nobody is guilty by nature\"
  scene
    Ben oversleeps
    claim Ben is late
    Ben goes to the yard
told
";
    format!("{WORLD}{told}")
}

#[test]
fn a_premise_needs_a_source() {
    let told = gossip(
        "\
scene 1
  at the hall
  present Anne, Ben, Cleo
  Anne oversleeps
  LINE
scene 2
  at the hall
  present Anne, Ben
  Anne tells Ben that Anne is late
scene 3
  at the yard
  present Cleo
  Cleo concludes that Anne is guilty
    from Anne is late
  claim Cleo believes Anne is guilty
",
    );
    assert_snapshot!(pair(&told, "Cleo leaves", "Anne tells Cleo that Anne is late"));
}

#[test]
fn a_premise_that_is_neither_so_nor_believed_is_groundless() {
    let told = gossip(
        "\
scene
  LINE
  Cleo concludes that Anne is guilty
    from Anne is late
",
    );
    assert_snapshot!(pair(&told, "Ben goes to the yard", "Ben tells Cleo that Anne is late"));
}

#[test]
fn a_conclusion_from_a_false_belief_is_sound() {
    let told = gossip(
        "\
scene
  Ben tells Cleo that Anne is late
  Cleo concludes that Anne is guilty
    from Anne is late
  claim Cleo believes Anne is guilty
  claim Anne is not guilty
",
    );
    clean(&told);
}

#[test]
fn nobody_knows_without_a_source() {
    let told = gossip(
        "scene\n  at the hall\n  present Anne, Ben, Cleo\n  Anne oversleeps\n  LINE\n  claim Cleo knows that Anne is late\n",
    );
    assert_snapshot!(pair(&told, "Ben goes to the yard", "Anne tells Cleo that Anne is late"));
}

#[test]
fn knowledge_is_not_forgotten_by_itself() {
    let told = gossip(
        "\
scene 1
  at the hall
  present Anne, Ben, Cleo
  Anne oversleeps
  LINE
scene 2, the same day
  at the yard
  present Cleo
  claim Cleo does not know that Anne is late
",
    );
    assert_snapshot!(pair(&told, "Anne tells Ben that Anne is late", "Anne whispers to Ben that Anne is late"));
    let forgets = "Anne tells Ben that Anne is late\n  Cleo forgets that Anne is late";
    clean(&told.replace("LINE", forgets));
}

#[test]
fn wondering_is_not_believing() {
    let told = gossip("scene\n  LINE\n  claim Cleo wonders whether Anne is late\n");
    let text = told.replace("LINE", "Anne tells Cleo that Anne is late");
    assert_snapshot!(check(&text));
}

#[test]
fn what_was_never_learned_but_always_so_is_a_false_claim() {
    let told = gossip("scene\n  Anne goes to the yard\n  LINE\n");
    assert_snapshot!(pair(
        &told,
        "claim Cleo does not believe that Ben is guilty",
        "claim Cleo believes that Ben is guilty"
    ));
}

#[test]
fn a_claim_that_is_refuted() {
    let told = nursery("  Anne puts the marble in the box\n  LINE\n");
    assert_snapshot!(pair(
        &told,
        "claim Anne believes Sally believes the marble is in the basket",
        "claim Anne believes Sally believes the marble is in the box"
    ));
    let both = nursery("  LINE\n");
    assert_snapshot!(pair(
        &both,
        "claim inside(marble) = box and at(Anne) = garden",
        "claim inside(marble) = basket and at(Anne) = nursery"
    ));
}

#[test]
fn assumptions_are_listed() {
    let told = gossip(
        "scene\n  assume Anne is late \"her alarm clock is broken\"\n  assume Cleo believes Anne is late\n  claim Cleo knows that Anne is late\n",
    );
    assert_snapshot!(check(&told));
    let (report, _) = findings_support::report(&told);
    assert_eq!(report.summary.assumptions, 2);
}

#[test]
fn what_follows_from_a_missing_source_is_told_once() {
    let told = gossip(
        "\
scene
  Anne oversleeps
  claim Cleo knows that Anne is late
  claim Cleo knows that Anne is late
  Cleo concludes that Anne is guilty
    from Anne is late
",
    );
    finds(&told, &["H02"]);
}

#[test]
fn expected_findings_are_marked_and_unmet_ones_reported() {
    let told = gossip("scene\n  claim Anne is late\n    expect H06 \"she is only slow\"\n");
    assert_snapshot!(check(&told));
    let unmet = gossip("scene\n  claim Ben is guilty\n    expect H06 \"he denies it\"\n");
    assert_snapshot!(check(&unmet));
}

#[test]
fn tests_are_checked_like_stories() {
    let told = gossip(
        "\
scene
  Anne goes to the yard
test \"Ben is late too\"
  start
    Ben is late
  scene
    claim Ben is late
    claim Anne is late
",
    );
    assert_snapshot!(check(&told));
    let (report, _) = findings_support::report(&told);
    assert_eq!((report.summary.tests, report.summary.failed_tests), (2, 1));
}

#[test]
fn what_nothing_uses_is_reported() {
    let text = "\
use std/places
person Anne, Ben
place the hall
fact brave(who: person)  \"{who} is brave\"
action sing(who: person)  \"{who} sings\"
  also \"{who} raises the voice\"
  by who
start
  Anne is in the hall
told
scene
  LINE
";
    assert_snapshot!(pair(
        text,
        "Anne leaves",
        "Anne sings\n  Ben raises the voice\n  claim Anne is not brave\n  Anne leaves\n  Ben leaves"
    ));
}

#[test]
fn a_pattern_that_no_line_is_written_in() {
    let text = "\
use std/places
person Anne
action sing(who: person)  \"{who} sings\"
  also \"{who} raises the voice\"
  by who
told
scene
  Anne sings
  LINE
";
    assert_snapshot!(pair(text, "Anne sings", "Anne raises the voice"));
}

#[test]
fn what_was_concluded_is_not_forgotten_either() {
    let told = gossip("scene\n  Cleo concludes that Anne is guilty\n    from Anne is not guilty\n  LINE\n");
    assert_snapshot!(pair(
        &told,
        "claim Cleo does not believe Anne is guilty",
        "claim Ben does not believe Anne is guilty"
    ));
}

#[test]
fn words_for_what_fails() {
    let told = "  Ann kills Ben\n  Ben concludes that Ann is in the cellar\n  Ann overhears Cid telling Ann that Ann is in the hall\n  Ann takes off the disguise\n";
    let (report, sources) = findings_support::report(&format!("{ACCUSED}{told}"));
    let found = report.findings.iter().filter(|found| found.code.id == "H01");
    let shown: Vec<String> = found.map(|found| findings_support::show(found, &sources)).collect();
    assert_snapshot!(shown.join("\n"));
}
