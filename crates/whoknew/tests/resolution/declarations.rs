//! Kinds, entities, signatures, `extend`, lines in the wrong place.

use super::check::{after_world, alone};

#[test]
fn kinds() {
    insta::assert_snapshot!(alone(
        "\
kind person : character
kind person : creature
kind creature
person Tom
---
kind person : charcter
---
kind a : b
kind b : c
kind c : a
---
kind self : self
---
persn Tom
---
kind person : character
persn Tom
---
acton put()
"
    ));
}

#[test]
fn entities() {
    insta::assert_snapshot!(alone(
        "\
kind person : character
kind witch
person Giles (the watcher, Rupert)
person rupert
---
kind person : character
kind witch
person Willow
witch the willow
---
kind person : character
person Giles (the watcher)
person Sam (Watcher)
---
kind person : character
person someone, Yes
---
kind person : character
kind witch
person and witch Willow
minor person the landlord
fact awake(who: witch)
fact up(who: person)
rule wakes()
  when awake(Willow) and up(willow) and up(the Landlord)
"
    ));
}

#[test]
fn doubled_signatures() {
    insta::assert_snapshot!(after_world(
        "\
fact inside(what: container): place
---
fact inside(who: person): place
---
action put(who: person, what: container, into: container)
---
fact \"the safe is open\"
fact \"The safe is open\"
---
fact near(a, a: person)
---
fact near(someone: person, value: person)
---
fact said(what: statement)
---
fact heavy(what: thng)
"
    ));
}

#[test]
fn extensions() {
    insta::assert_snapshot!(after_world(
        "\
extend put
  needs at(who) = at(into)
  makes inside(what) = into
  by who
---
extend putt
  by who
---
fact put(what: thing)
extend put
  by who
---
extend inside
  needs alive(Sally)
"
    ));
}

#[test]
fn lines_in_the_wrong_place() {
    insta::assert_snapshot!(after_world(
        "\
fact near(a, b: person)
  location
---
fact home(who: person): place
  location
---
fact far(a, b: person)
  means at(a) != at(b)
  means at(a) = garden
---
fact far(a, b: person)
  means at(a) != at(b)
  default yes
---
action meet(a: person, what: thing)
  mutual
---
action meet(a, b: person)
  mutual
---
action come(who: person)
  entrance
action go(who: person)
  exit
---
action go(who: person)
  exit
action leave(who: character)
  exit
---
rule burn(who: person)
  needs alive(who)
"
    ));
}

#[test]
fn defaults() {
    insta::assert_snapshot!(after_world(
        "\
fact home(who: person): place
  default nursery
fact bold(who: person)
  default yes
fact age(who: person): number
  default 7
fact mother(who: person): person
  default ?
---
fact home(who: person): place
  default Sally
---
fact bold(who: person)
  default 7
---
fact age(who: person): number
  default fear(Sally)
"
    ));
}

#[test]
fn derived_facts() {
    insta::assert_snapshot!(after_world(
        "\
fact near(a, b: character or thing)
  means at(a) = at(b)
fact height(who: person): number
  means 3 if alive(who)
fact company(who: person): person
  means Sally if near(who, Sally) else Anne
---
fact p(who: person)
  means q(who)
fact q(who: person)
  means not p(who)
---
fact p(who: person)
  means who believes p(who)
---
fact near(a, b: person)
  means at(a)
---
fact near(a, b: person): number
  means alive(a)
"
    ));
}

#[test]
fn parameters_that_are_one_entity() {
    insta::assert_snapshot!(alone(
        "\
kind person : character
person Sally, the old watchman
fact tired(who: only the old watchman) \"{who} is tired\"
fact ready(who: person)
rule nod(who: only Sally)
  when not ready(who) and tired(the old watchman)
  makes ready(who)
action rest(who: only the old watchman, whom: person) \"{who} rests with {whom}\"
  makes not tired(who), ready(whom)
  by who
---
kind person : character
person Sally, Tom
fact tired(who: only Sally)
rule rest(who: person)
  when tired(who) or tired(Tom)
---
kind person : character
fact tired(who: only Sally, whom: only someone)
---
kind person : character
person Sally, Tom
action rest(who: only Sally)
  by who
action rest(who: only Tom)
  by who
action rest(who: person)
  by who
"
    ));
}
