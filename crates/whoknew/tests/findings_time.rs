//! Findings about time, reasons, rules and loose ends, each with a sound twin.

// Lints know only functions marked as tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod findings_support;

use findings_support::{check, clean, finds, pair};
use insta::assert_snapshot;

/// Two people and three places with ways between them.
fn town(told: &str) -> String {
    const WORLD: &str = "\
use std/places, std/ways
person Anne, Ben
place the hall, the yard, the mill
start
  Anne, Ben are in the hall
  the way from the hall to the mill takes 45 minutes
  the way from the hall to the yard takes 5 minutes
test \"everybody and every place is used\"
  scene
    Anne goes to the yard
    Ben goes to the mill
told
";
    format!("{WORLD}{told}")
}

#[test]
fn days_out_of_order_are_a_flashback_or_a_mistake() {
    let told = town("scene 1, day 3, 09:00\nscene 2, LINE\n  Anne leaves\n  Ben leaves\n");
    assert_snapshot!(pair(&told, "day 2", "day 4"));
    clean(&told.replace("LINE", "day 2, flashback"));
}

#[test]
fn distances_that_do_not_add_up() {
    let told = town("scene 1, day 1\nscene 2, three weeks after scene 1\nscene 3, LINE\n  Anne leaves\n  Ben leaves\n");
    assert_snapshot!(pair(&told, "day 12", "day 22"));
    let hours = town("scene 1, 09:00\n  lasts 20 minutes\nscene 2, the same day, LINE\n  Anne leaves\n  Ben leaves\n");
    assert_snapshot!(pair(&hours, "09:10", "09:20"));
    let night = town("scene 1, 23:00\nscene 2, the same night, LINE\n  Anne leaves\n  Ben leaves\n");
    assert_snapshot!(pair(&night, "14:00", "01:00"));
}

#[test]
fn a_clock_inside_a_scene_that_ended() {
    let told = town("scene 1, day 1, 21:00\n  lasts 1 hour\n  Anne leaves\n    clock LINE\n  Ben leaves\n");
    assert_snapshot!(pair(&told, "22:30", "21:30"));
}

#[test]
fn nobody_is_in_two_places_at_once() {
    let told = town(
        "\
scene 1, day 1, 09:00
  at the hall
  present Anne, Ben
scene 2, LINE
  at the yard
  present Anne
  Anne leaves
  offstage Ben leaves
",
    );
    assert_snapshot!(pair(&told, "meanwhile", "10 minutes later"));
    let overlapping = town(
        "\
scene 1, day 1, 09:00
  at the hall
  present Anne, Ben
  lasts 1 hour
  LINE
scene 2, 30 minutes later
  at the yard
  present Anne
  Anne leaves
  offstage Ben leaves
",
    );
    assert_snapshot!(pair(&overlapping, "Ben leaves", "Anne leaves"));
}

#[test]
fn a_way_needs_its_time() {
    let told = town(
        "\
scene 1, day 1, 09:00
  Anne goes to the mill
scene 2, LINE
  at the mill
  present Anne
  offstage Ben leaves
  Anne leaves
",
    );
    assert_snapshot!(pair(&told, "30 minutes later", "1 hour later"));
    clean(&told.replace("LINE", "later"));
    let lasts = town("scene 1\n  lasts LINE\n  Anne goes to the mill\n  Ben leaves\n");
    assert_snapshot!(pair(&lasts, "20 minutes", "50 minutes"));
}

#[test]
fn who_is_present_must_be_able_to_come() {
    let told = town(
        "\
fact locked(where: place)  \"{where} is locked\"
extend arrive
  needs not locked(where)
action lock(where: place)  \"someone locks {where}\"
  makes locked(where)
told
scene 1
  LINE
scene 2
  at the yard
  present Anne, Ben
  Anne leaves
  Ben leaves
",
    );
    assert_snapshot!(pair(&told, "someone locks the yard", "someone locks the mill"));
}

#[test]
fn how_much_time_passed_is_known_to_all_who_did_not_lose_it() {
    let told = town(
        "\
scene 1, day 1, 09:00
  LINE
scene 2, day 2, 09:00
  claim time() = 1440
  claim Ben believes time() = 1440
  claim Ben believes Anne believes time() = 1440
  claim Anne believes time() = 1440
  Anne leaves
  Ben leaves
",
    );
    assert_snapshot!(pair(&told, "Anne loses time", "Ben goes to the yard"));
}

/// A person who wants things.
fn wants(told: &str) -> String {
    const WORLD: &str = "\
person : character
person Anne, Ben
fact rich(who: person)  \"{who} is rich\"
fact honest(who: person)  \"{who} is honest\"
  default yes
action rob(who, whom: person)  \"{who} robs|rob {whom}\"
  makes rich(who) and not rich(whom) and not honest(who)
  by who
  seen by c
action apologise(who, whom: person)  \"{who} apologises to {whom}\"
  makes honest(who)
  by who
  seen by c
want Anne \"money\": rich(Anne)
want Ben \"his money back\": rich(Ben)
want Anne \"a good name\": honest(Anne)
start
  Ben is rich
test \"all is used\"
  scene
    Anne robs Ben
    Anne apologises to Ben
told
";
    format!("kind {WORLD}{told}")
}

#[test]
fn a_reason_must_be_the_actors_own_open_want() {
    let told = wants(
        "scene\n  Anne robs Ben\n    because LINE\n  Ben robs Anne\n    because \"his money back\"\n  Anne apologises to Ben\n    because \"a good name\"\n",
    );
    assert_snapshot!(pair(&told, "\"his money back\"", "\"money\""));
    assert_snapshot!(check(&told.replace("LINE", "\"a good name\"")));
    let twice = wants(
        "scene\n  Anne robs Ben\n  LINE\n  Ben robs Anne\n    because \"his money back\"\n  Anne apologises to Ben\n",
    );
    assert_snapshot!(check(&twice.replace("LINE", "Ben drops \"his money back\"")));
    clean(&twice.replace("LINE", "Anne apologises to Ben"));
}

#[test]
fn a_want_that_nobody_takes_up_is_a_loose_end() {
    let told = wants("scene\n  Anne robs Ben\n    because \"money\"\nscene\n  Anne apologises to Ben\n  LINE\n");
    assert_snapshot!(pair(
        &told,
        "claim Ben is not rich",
        "Ben robs Anne\n    because \"his money back\"\n  Anne drops \"money\""
    ));
    finds(&told.replace("LINE", "Ben drops \"his money back\""), &[]);
}

#[test]
fn who_acts_once_and_is_never_heard_of_again() {
    let told = town("scene 1\n  Ben goes to the yard\nscene 2\n  Anne goes to the mill\n  LINE\n");
    assert_snapshot!(pair(&told, "Anne leaves", "claim Ben is in the yard"));
}

/// A lamp with rules.
fn lamp(rule: &str) -> String {
    format!(
        "\
person : character
person Anne
fact \"the lamp is lit\"
fact \"it is dark\"
action press(who: person)  \"{{who}} presses the button\"
  makes \"the lamp is lit\"
  by who
{rule}
told
scene
  Anne presses the button
  claim the lamp is lit
"
    )
    .replace("person : ", "kind person : ")
}

#[test]
fn rules_that_undo_each_other() {
    let text = lamp("rule LINE").replace("makes \"the lamp is lit\"", "makes lit()");
    let text =
        text.replace("fact \"the lamp is lit\"", "fact lit \"the lamp is lit\"").replace("fact \"it", "fact dark \"it");
    let looping = "dusk  \"the lamp attracts the dark\"\n  when lit() and not dark()\n  makes dark()\nrule dawn  \"the lamp drives away the dark\"\n  when lit() and dark()\n  makes not dark()";
    let sound = "dusk  \"the lamp attracts the dark\"\n  when lit() and not dark()\n  makes dark()";
    assert_snapshot!(pair(&text, looping, sound));
}

#[test]
fn a_scenes_header_may_expect_a_finding() {
    let told = town(
        "\
scene 1, day 1, 09:00
  at the hall
  present Anne, Ben
scene 2, meanwhile
  expect H08 \"she has a twin\"
  at the yard
  present Anne
  Anne leaves
  Ben leaves
",
    );
    let (report, _) = findings_support::report(&told);
    assert_eq!((report.summary.expected, report.summary.errors), (1, 0));
}

#[test]
fn a_story_that_tells_nothing_has_nothing_to_find() {
    finds("kind person : character\n", &[]);
}

#[test]
fn limits_are_told() {
    use whoknew::check::{Options, check};
    let loaded = whoknew::world::load_text("story.who", &town("scene\n  Anne leaves\nscene\n  Ben leaves\n"));
    let mut options = Options::default();
    options.limits.situations = 1;
    let report = loaded.world.as_ref().map(|world| check(world, &loaded.usage, &loaded.sources, &options));
    let codes: Vec<&str> = report.iter().flat_map(|report| &report.input_errors).map(|error| error.code.id).collect();
    assert!(codes.contains(&"E0901"), "{codes:?}");
}
