//! A story of sixty people: what is wrong in it by construction is found, and nothing else; it can be asked, and shown on a page
//! of a size that a browser opens at once.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

#[allow(dead_code)]
#[path = "browser/large_story.rs"]
mod large_story;
mod program;

use large_story::{Size, name, story};
use program::{Story, whoknew};
use std::fs;

/// Bytes of the page.
const LARGEST_PAGE: u64 = 3_000_000;

/// A sound story of sixty people and two hundred scenes, and after it three claims that cannot be met.
fn sixty_people() -> Story {
    let [keeper, witness, hearer] = [0, 1, 2].map(name);
    let wrong = format!(
        "person Zoe
thing the compass

scene \"The compass\", later
  at the mill
  present {keeper}, {witness}
  {keeper} hides the compass in the mill
  claim {witness} does not know that the compass is hidden in the mill

scene \"The lie\", later
  at the cellar
  present {keeper}, {hearer}
  {keeper} tells {hearer} that the compass is hidden in the chapel
  claim {hearer} believes that {keeper} believes that the compass is hidden in the chapel
  claim the compass is hidden in the chapel

scene \"Who cannot know it\", later
  at the tavern
  present Zoe, {hearer}
  {hearer} tells Zoe that the compass is hidden in the chapel
  claim Zoe knows that the compass is hidden in the mill
"
    );
    let sound = story(Size { persons: 60, scenes: 200, seed: 60 });
    Story::new().file("tale/a.who", sound).file("tale/b.who", wrong)
}

#[test]
fn what_is_wrong_is_found_and_nothing_else() {
    let sound = Story::new().file("a.who", story(Size { persons: 60, scenes: 200, seed: 60 }));
    let run = whoknew(&["check", "a.who"]).inside(&sound).run();
    assert_eq!(run.status, Some(0), "{}", run.seen());
    let wrong = sixty_people();
    let run = whoknew(&["check", "tale"]).inside(&wrong).run();
    assert_eq!(run.status, Some(1), "{}", run.seen());
    let seen = run.seen();
    let found: Vec<_> = program::reported(&seen).into_iter().filter(|(severity, _)| *severity != "note").collect();
    assert_eq!(found, [("warning", "H04"), ("error", "H06"), ("error", "H02")], "{seen}");
    for place in ["tale/b.who:8:", "tale/b.who:15:", "tale/b.who:21:"] {
        assert!(seen.contains(place), "{place} in {seen}");
    }
    assert!(seen.contains("61 characters"), "{seen}");
}

#[test]
fn it_answers() {
    let wrong = sixty_people();
    let [keeper, witness, hearer] = [0, 1, 2].map(name);
    let ask = |question: &str| {
        let run = whoknew(&["ask", "tale", question, "--at", "202"]).inside(&wrong).run();
        assert_eq!(run.status, Some(0), "{}", run.seen());
        run.output.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(
        ask("who knows that the compass is hidden in the mill"),
        format!("{keeper} and {witness} know that the compass is hidden in the mill.")
    );
    assert_eq!(
        ask("who believes that the compass is hidden in the chapel"),
        format!("Only {hearer} believes that the compass is hidden in the chapel.")
    );
    assert_eq!(
        ask(&format!("does {keeper} know that {hearer} believes that the compass is hidden in the chapel")),
        format!("Yes, {keeper} knows that {hearer} believes that the compass is hidden in the chapel.")
    );
}

#[test]
fn its_page_is_small_enough() {
    let wrong = sixty_people();
    let run = whoknew(&["report", "tale", "-o", "page.html"]).inside(&wrong).run();
    assert!(run.output.contains("Wrote page.html"), "{}", run.seen());
    let size = fs::metadata(wrong.path().join("page.html")).expect("it was written").len();
    assert!(size < LARGEST_PAGE, "{size} bytes");
    let page = fs::read_to_string(wrong.path().join("page.html")).expect("it is text");
    for person in [0, 30, 59].map(name) {
        assert!(page.contains(&person), "{person}");
    }
}
