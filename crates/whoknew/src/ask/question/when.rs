//! When a question asks: `… at 22:15`, `… at half past ten on day 2`, `… in scene 12`, `after scene 3, …`.

use super::statement::is_one_of;
use crate::ask::clock::Time;
use crate::ask::point::{Point, Spot};
use crate::ask::story::Story;
use crate::diagnostic::Diagnostic;
use crate::world::sentences::Token;

/// Words that say when.
const WHEN: &[&str] = &["at", "in", "on", "during", "after", "before", "by", "until"];

/// A point is named by at most so many words.
const MOST_WORDS: usize = 12;

/// The question without the words that say when, and the point that they name.
pub(super) fn said<'w>(
    story: &Story<'_>,
    text: &str,
    words: &[Token<'w>],
) -> Option<(Vec<Token<'w>>, Result<Point, Diagnostic>)> {
    let is_comma = |token: Option<&Token<'_>>| token.is_some_and(|token| is_one_of(token, &[","]));
    let mut unknown = None;
    for (start, word) in words.iter().enumerate().filter(|(_, word)| is_one_of(word, WHEN)) {
        let longest = words.len().min(start + 1 + MOST_WORDS);
        for end in (start + 2..=longest).rev() {
            let named = text.get(words[start + 1].span.start as usize..words[end - 1].span.end as usize)?;
            let Some(point) = point(story, word, named) else { continue };
            let before = &words[..start - usize::from(is_comma(words[..start].last()))];
            let after = &words[end + usize::from(is_comma(words.get(end)))..];
            let rest = [before, after].concat();
            match point {
                Ok(_) => return Some((rest, point)),
                Err(_) => unknown = Some((rest, point)),
            }
        }
    }
    unknown
}

/// The point that `at 22:15` or `after scene 3` names; `None`: it says something else.
fn point(story: &Story<'_>, word: &Token<'_>, named: &str) -> Option<Result<Point, Diagnostic>> {
    let lower = named.to_lowercase();
    let bare = |text: &'_ str| text.strip_prefix("the ").unwrap_or(text).to_owned();
    let is_before = is_one_of(word, &["before"]);
    match bare(&lower).as_str() {
        "start" | "beginning" | "start of the story" | "beginning of the story" => return Some(Ok(story.start())),
        "end" | "end of the story" => return Some(Ok(story.end())),
        _ => {}
    }
    for edge in ["end of ", "beginning of ", "start of "] {
        let skipped = lower.len() - bare(&lower).len() + edge.len();
        if bare(&lower).starts_with(edge)
            && let Some(scene) = named.get(skipped..)
        {
            let found = story.point(scene);
            let opens = edge != "end of ";
            return Some(found.map(|point| match point.scene() {
                Some(scene) if opens => story.at(Spot::Opening(scene)),
                _ => point,
            }));
        }
    }
    if let Some(time) = Time::read(named) {
        return Some(story.at_time(if is_before { time.earlier() } else { time }));
    }
    let says_scene = lower.starts_with("scene ") || named.starts_with(['"', '“']);
    let found = match story.point(named) {
        Err(_) if !says_scene => return None,
        // `in the garden` is a place before it is a scene.
        Ok(_) if !says_scene && !is_one_of(word, &["after", "before", "during"]) => return None,
        found => found,
    };
    Some(found.map(|point| match (is_before, point.spot()) {
        (true, Spot::Scene(scene) | Spot::Opening(scene)) => story.before_scene(scene),
        _ => point,
    }))
}
