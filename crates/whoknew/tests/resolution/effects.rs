//! What actions, rules, wants and the start make so.

use super::check::after_world;

#[test]
fn what_can_be_made_so() {
    insta::assert_snapshot!(after_world(
        "\
action act(who, whom: person, what: statement, amount: number)
  makes at(who) = garden and inside(marble) = ?, alive(who), not alive(whom)
  makes fear(who) = fear(who) + amount if alive(whom)
  makes for all p: person (fear(p) = 0 if at(p) = at(who))
  makes whom believes what and whom believes who believes what and what
  makes who learns at(whom) and whom forgets at(who)
"
    ));
}

#[test]
fn what_cannot() {
    insta::assert_snapshot!(after_world(
        "\
fact near(a, b: person)
  means at(a) = at(b)
rule r()
  makes near(Sally, Anne)
---
fact near(a, b: person)
  means at(a) = at(b)
start
  near(Sally, Anne)
  Sally believes not near(Sally, Anne)
---
rule r()
  makes at(Sally)
---
rule r()
  makes not fear(Sally)
---
rule r()
  makes at(Sally) = box
---
rule r(c: character)
  makes fear(Anne) = c
---
rule r()
  makes alive(Sally) = 1
---
rule r()
  makes Sally
---
rule r()
  makes marble believes alive(Sally)
---
rule r()
  makes alive(Saly) and at(Anne) = gardn
"
    ));
}

#[test]
fn actors_and_observers() {
    insta::assert_snapshot!(after_world(
        "\
action drop(who: character, what: thing)
  by who, Anne
  seen by Anne as put(someone, what, box)
  seen by c as drop(c, what) if at(c) = at(who) and c is not a person
---
action drop(who: person, what: thing)
  seen by c as drop(c, what)
---
action drop(who: person, what: thing)
  by what
---
action drop(who: person, what: thing)
  by Tom
---
action drop(who: person, what: thing)
  seen by Saly if alive(Anne)
---
action drop(who: person, what: thing)
  seen by box
---
action drop(who: person, what: thing)
  takes garden
"
    ));
}

#[test]
fn wants() {
    insta::assert_snapshot!(after_world(
        "\
want Sally, Anne \"live\": alive(Sally)
want every person p: fear(p)
aim \"peace\": 3 if happened(put(Anne, marble, box))
---
want Tom: 1
---
want marble: 1
---
want every thing t: 1
---
want Sally \"revenge\": 1
want Sally \"Revenge\": 2
---
want every person p: happines(p)
"
    ));
}

#[test]
fn what_is_sayable() {
    insta::assert_snapshot!(after_world(
        "\
fact shut(what: thing) \"{what} is shut\"
sayable the box is shut
sayable Anne believes the box and the basket are not shut
sayable inside(marble) = box
sayable every thing t, every container c: inside(t) = c
sayable every person p: Anne believes not alive(p)
---
sayable every thing t: inside(t) = garden
---
sayable every thingg t: inside(t) = box
---
sayable every thing: inside(marble) = box
---
sayable every thing t, container c: inside(t) = c
---
sayable every thing t
---
sayable
---
fact shut(what: thing) \"{what} is shut\"
sayable the boks is shut
---
sayable every thing t: inside(t) = box or inside(t) = basket
---
sayable every person p: p
---
sayabel the box is shut
---
fact near(a, b: person)
  means at(a) = at(b)
sayable every person p, every person q: near(p, q)
"
    ));
}

#[test]
fn the_start() {
    insta::assert_snapshot!(after_world(
        "\
start
  inside(marble) = basket
  known to Anne: inside(marble) = box
  Sally believes Anne believes inside(marble) = basket
  told to reader: inside(marble) = box
  at(Sally) = nursery and at(Anne) = nursery
---
start
  known to Tom: inside(marble) = box
---
start
  known to marble: inside(marble) = box
---
start
  inside(marble) = garden
"
    ));
}
