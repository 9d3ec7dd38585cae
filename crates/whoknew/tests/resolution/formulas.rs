//! Names, arguments, sorts and comparisons in formulas.

use super::check::{after_world, alone};

#[test]
fn unknown_names() {
    insta::assert_snapshot!(after_world(
        "\
rule r()
  when alive(Saly)
---
rule r(who: person)
  when alive(wha)
---
rule r()
  when alive(dragon)
---
rule r()
  when alive(person)
---
rule r()
  when alve(Sally)
---
rule r()
  when put(Sally, marble, box)
---
rule r()
  when happened(putt(Sally, marble, box))
---
rule r()
  when happened(inside(marble))
---
rule r()
  when exists x: persn (alive(x))
---
rule r()
  when Saly believes alive(Anne)
"
    ));
}

#[test]
fn arguments() {
    insta::assert_snapshot!(after_world(
        "\
rule r()
  when inside(Sally) = box
---
rule r()
  when inside(marble, box) = box
---
rule r(c: character)
  when fear(c) > 1
---
rule r()
  when happened(put(Sally, Anne, box))
---
rule r()
  when happened(put(Sally, marble))
---
rule r()
  when happened(tell(Sally, Anne, marble))
---
rule r()
  when happened(wait(Sally, Anne))
---
rule r()
  when alive(someone)
---
rule r()
  when at(marble) = someone
---
rule r()
  when alive(?)
---
rule r()
  when alive(alive(Sally))
---
rule r()
  when marble believes alive(Sally)
---
fact inside(who: person): place
rule r()
  when inside(nursery) = box
---
action put(who: person, what: person, into: container)
rule r()
  when happened(put(Sally, someone, box))
"
    ));
}

#[test]
fn sorts() {
    insta::assert_snapshot!(after_world(
        "\
rule r()
  when fear(Sally)
---
rule r()
  when at(Sally)
---
rule r()
  when Sally
---
rule r()
  when Sally and 3
---
rule r()
  when fear(Sally) + at(Sally) > 1
---
rule r()
  when not Sally believes at(Anne)
---
want Sally: at(Anne)
---
rule r()
  when alive(Sally) is a person
"
    ));
}

#[test]
fn comparisons() {
    insta::assert_snapshot!(after_world(
        "\
rule r()
  when inside(marble) = nursery
---
rule r()
  when fear(Sally) = box
---
rule r()
  when at(Sally) > nursery
---
rule r()
  when at(Sally) = inside(marble)
---
rule r()
  when alive(Sally) = 1
---
rule r()
  when Sally = nursery
---
rule r()
  when fear(Sally) > ?
---
rule r()
  when at(Sally) = (1 if alive(Sally) else nursery)
---
rule r()
  when fear(Sally) > 99999999999999999999
"
    ));
}

#[test]
fn everything_that_a_formula_can_say() {
    insta::assert_snapshot!(after_world(
        "\
rule r(x, y: person)
  when x believes at(y) = garden and y knows whether alive(x) and x knows at(y) and x knows alive(y)
  when x wonders whether alive(y) or x wonders at(y) or y does not believe alive(x)
  when exists z: person or thing (at(z) = at(x)) and for all t: thing (at(t) != ?)
  when (sum z: person (fear(z))) + (count z: person (alive(z))) * 2 / 3 - 1 >= -4
  when happened(put(someone, something, box)) and times(put(x, something, something)) >= 2
  when happened(tell(x, y, x believes inside(marble) = box)) and happened(wait(someone, 14 days))
  when time() > 14 days and x is a person and y is not a person
  when (Sally if alive(Sally) else Anne if alive(Anne)) = x and alive(x) = yes and at(x) = ?
"
    ));
}

#[test]
fn facts_inside_facts() {
    insta::assert_snapshot!(after_world(
        "\
fact owner(what: thing): person
rule r()
  when alive(owner(marble)) and at(owner(marble)) = at(owner(box)) and Sally believes at(owner(box)) = garden
---
fact owner(what: thing): person
want Sally: fear(owner(box))
---
fact owner(what: thing): person
rule r()
  makes fear(owner(box)) = 1
---
rule r()
  when alive(fear(Sally))
"
    ));
}

#[test]
fn scenes_in_counts() {
    insta::assert_snapshot!(alone(
        "\
kind person : character
person Tom
action jump(who: person) \"{who} jumps\"
want Tom: times(jump(Tom) since scene 2 until \"The end\")
scene \"The start\"
  Tom jumps
scene
  Tom jumps
scene 9 \"The end\"
  Tom jumps
---
kind person : character
person Tom
action jump(who: person) \"{who} jumps\"
want Tom: times(jump(Tom) since scene 7)
scene \"The start\"
  Tom jumps
"
    ));
}
