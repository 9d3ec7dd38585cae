//! Questions to small stories.

// Each test binary uses its own part of this.
#![allow(dead_code)]

use whoknew::ask::{Answer, Story, question};
use whoknew::ground::Limits;
use whoknew::source::FileId;
use whoknew::world;

/// The answer to a question at a point of a story.
pub fn answer_at(story: &str, question: &str, at: &str) -> Answer {
    let loaded = world::load_text("story.who", story);
    let world = loaded.world.as_ref().unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let mut story = Story::new(world, &Limits::default()).expect("it can be run");
    let point = story.point(at).expect("there is such a point");
    let asking = question::read(&story, question, FileId::from_index(0)).unwrap_or_else(|error| panic!("{error:?}"));
    story.answer(&asking, &point).unwrap_or_else(|error| panic!("{question}: {error:?}"))
}

/// The answer in lines: what it says, then why.
pub fn lines(story: &str, question: &str) -> Vec<String> {
    let answer = answer_at(story, question, "end");
    let because = answer.because.into_iter().map(|said| said.text);
    std::iter::once(answer.says).chain(because).collect()
}
