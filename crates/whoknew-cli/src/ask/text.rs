//! Answers for people: the answer in one sentence, then why, with the places in the story's files.

use crate::places::Places;
use whoknew::ask::{Answer, Said};
use whoknew::source::Sources;

/// The answer, with a line end after each line.
pub fn answer(answer: &Answer, sources: &Sources) -> String {
    let places = Places::new(sources);
    let mut text = format!("{}.\n", answer.says);
    for said in &answer.facts {
        text += &line("- ", said, &places);
    }
    if answer.more > 0 {
        text += &format!("  - and {} more: `--all` lists them; in the prompt, say `all` before\n", answer.more);
    }
    for said in &answer.because {
        text += &line("", said, &places);
    }
    text
}

/// `  - The marble is in the box, since scene 3: … [story.who:12]`
fn line(mark: &str, said: &Said, places: &Places<'_>) -> String {
    let place = said.span.map(|span| {
        let (start, _) = places.points(span);
        format!(" [{}:{}]", places.source(span.file).name, start.line)
    });
    format!("  {mark}{}.{}\n", said.text, place.unwrap_or_default())
}
