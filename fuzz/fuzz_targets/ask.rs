//! Any question about a small story, at any point, has an answer or an error, without panic; so has its beginning when
//! it is completed. The first line names the point, the rest is the question.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;
use whoknew::ask::{Story, question};
use whoknew::ground::Limits;
use whoknew::source::FileId;
use whoknew::world::{World, load_text};

const STORY: &str = r#"use std/places, std/talk
kind container : thing
person Sally, Anne (the sister), Miles
place nursery, garden
thing marble
container box, basket
fact inside(what: thing): container "the {what} is inside the {value}"
fact open(what: container) "the {what} is open"
fact age(who: person): number "{who} is {value} years old"
action put(who: person, what: thing, into: container) "{who} puts the {what} in the {into}"
  makes inside(what) = into
  by who
  seen by c if notices(c, who)
want Anne "mischief": 1 if inside(marble) = box and Sally believes inside(marble) = basket
start
  Sally, Anne and Miles are in the nursery
  the marble is inside the basket
scene "Nursery"
  at the nursery
  Sally goes to the garden
  Anne puts the marble in the box
  Miles leaves
scene "Back", later
  at the nursery
  Sally returns to the nursery
  Anne tells Sally that the marble is inside the basket
  Sally concludes that Miles is in the garden
"#;

fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| load_text("story.who", STORY).world.expect("the story is sound"))
}

fuzz_target!(|text: &str| {
    let mut story = Story::new(world(), &Limits::default()).expect("the story is small");
    let (point, asked) = text.split_once('\n').unwrap_or(("end", text));
    let point = story.point(point).unwrap_or_else(|_| story.end());
    let _ = point.to_string();
    let _ = question::complete(&story, asked);
    if let Ok(asking) = question::read(&story, asked, FileId::from_index(0)) {
        let _ = story.answer(&asking, &point);
    }
});
