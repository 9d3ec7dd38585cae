//! One mistake, one message: what a broken line declares counts as known, and several mistakes show at once.

use super::check::{after_world, alone, messages};

#[test]
fn several_mistakes_show_at_once() {
    insta::assert_snapshot!(after_world(
        "\
rule r()
  when alive(Saly) and inside(Sally) = box
  makes at(Anne) = gardn
want Tom: 1
"
    ));
}

#[test]
fn nothing_follows_from_a_broken_declaration() {
    insta::assert_snapshot!(alone(
        "\
kind person : charcter
person Tom
fact alive(who: person)
rule r()
  when alive(Tom)
---
kind person : character
persn Tom
fact alive(who: person)
rule r()
  when alive(Tom)
---
kind person : character
person Tom
fact alive(who: persn)
action greet(who: person)
  needs alive(who)
  makes not alive(who)
rule r()
  when happened(greet(Tom))
---
kind person : character
person Tom
fact alive(who: person
action greet(who: person)
  needs alive(who)
"
    ));
}

#[test]
fn a_thousand_mistakes_take_no_time() {
    let mut text = String::from("kind person : character\n");
    for index in 0..1_000 {
        text.push_str(&format!("person Somebody{index}\nfact strange{index}(who: person)\n"));
    }
    text.push_str("rule r()\n");
    for index in 0..1_000 {
        text.push_str(&format!("  when strnge{index}(Somebdy{index})\n"));
    }
    assert_eq!(messages(&text).matches("E0203").count(), 1_000);
}
