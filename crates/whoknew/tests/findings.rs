//! Every finding as people read it, each with a sound twin that differs in one line and gets none.

mod findings_support;

use findings_support::{check, clean};

const BASKET: &str = "\
story \"The basket and the box\"
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
start
  Sally, Anne, the basket, the box are in the nursery
  the marble is in the box
told
";

#[test]
fn basket() {
    let text = format!(
        "{BASKET}scene \"Nursery\", day 1, 09:00
  Sally puts the marble in the basket
  Sally goes to the garden
  Anne puts the marble in the box
scene \"Garden\", 10 minutes later
  Anne goes to the garden
  Anne tells Sally that the marble is in the basket
  claim Sally believes the marble is in the basket
  claim Anne believes Sally believes the marble is in the basket
  claim the marble is in the box
"
    );
    clean(&text);
    insta::assert_snapshot!(check(
        &text.replace("claim the marble is in the box", "claim the marble is in the basket")
    ));
}
