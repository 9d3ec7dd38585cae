//! What the user asks about: a point, an event in its own words, or a statement.

use whoknew::diagnostic::Diagnostic;
use whoknew::source::{Files, Span};
use whoknew::world::{self, Expression, Line, LineBeside, LineContent, Loaded};

/// What makes a statement a line of a scene.
const CLAIM: &str = "claim ";

/// A question as it was read.
pub enum Question {
    /// A point, still in words: only the story knows its scenes.
    Point(String),
    /// An event, a thought, a forgetting: a line as it stands in a scene.
    Line(Box<Line>),
    /// A statement.
    Statement(Box<Expression>),
}

/// The story, and the question that `text` puts to it; what is wrong with either is among the diagnostics of the story.
pub fn read(path: &str, files: &dyn Files, text: &str) -> (Loaded, Option<Question>) {
    let plain = world::load(path, files);
    let Some(world) = &plain.world else { return (plain, None) };
    let text = without_why(text);
    if names_a_point(world, text) {
        return (plain, Some(Question::Point(text.to_owned())));
    }
    let (told, line) = beside(path, files, "", text);
    if let (Some(_), Some(line)) = (&told.world, line)
        && happens(&line)
    {
        return (told, Some(Question::Line(Box::new(line))));
    }
    let (stated, line) = beside(path, files, CLAIM, text);
    let statement = line.and_then(|line| match line.content {
        LineContent::Claim(statement) => Some(Question::Statement(Box::new(statement.value))),
        _ => None,
    });
    match (&stated.world, statement) {
        (Some(_), Some(statement)) => (stated, Some(statement)),
        _ => (neither(told, stated), None),
    }
}

/// Whether the text is a point: the name of a scene, perhaps with the number of an event, or `start` or `end`.
pub fn names_a_point(world: &world::World, text: &str) -> bool {
    let text = text.trim();
    let bare = text.strip_prefix("scene ").unwrap_or(text);
    let name = bare.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let name = name.strip_suffix('.').unwrap_or(bare).trim().trim_matches(['"', '“', '”']);
    let is_scene = |scene: &world::Scene| {
        let title = scene.title.as_deref().unwrap_or_default();
        [scene.label.as_str(), title].iter().any(|known| known.eq_ignore_ascii_case(name))
    };
    let looks_like_one = !name.contains(' ') && bare.len() != name.len() && bare.contains('.');
    matches!(text, "start" | "end") || looks_like_one || world.telling.scenes.iter().any(is_scene) || is_number(bare)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
}

/// What is asked about, of a question that begins with `why` and ends with a question mark.
fn without_why(text: &str) -> &str {
    let mut rest = text.trim().trim_end_matches(['?', '.']).trim_end();
    for word in ["why", "did", "does", "do"] {
        let begins = rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        // Without `why` the other words belong to the sentence.
        match rest[if begins { word.len() } else { 0 }..].strip_prefix(' ') {
            Some(after) if begins => rest = after.trim_start(),
            _ if word == "why" => break,
            _ => {}
        }
    }
    rest
}

fn beside(path: &str, files: &dyn Files, before: &'static str, text: &str) -> (Loaded, Option<Line>) {
    let line = LineBeside { name: "the question".to_owned(), before, text: text.to_owned() };
    let (loaded, mut lines) = world::load_with_lines(path, files, &[line]);
    (loaded, lines.pop().flatten())
}

fn happens(line: &Line) -> bool {
    matches!(
        line.content,
        LineContent::Event(_)
            | LineContent::Conclusion { .. }
            | LineContent::Forgets { .. }
            | LineContent::LosesTime(_)
    )
}

/// What to say where the text is neither: what is wrong with the reading that comes near; else with both.
fn neither(told: Loaded, stated: Loaded) -> Loaded {
    let is_far = |loaded: &Loaded| loaded.diagnostics.iter().all(|diagnostic| diagnostic.code.id == "E0310");
    match (is_far(&told), is_far(&stated)) {
        (false, _) => told,
        (true, false) => stated,
        (true, true) => {
            let mut both = told;
            let statements: Vec<Diagnostic> = stated.diagnostics.into_iter().map(without_claim).collect();
            both.diagnostics = in_one(both.diagnostics, statements);
            both
        }
    }
}

/// One message for a text that is like no event and like no statement.
fn in_one(events: Vec<Diagnostic>, statements: Vec<Diagnostic>) -> Vec<Diagnostic> {
    const OF_STORIES: &[&str] = &[
        "to declare it",
        "below it, indented",
        "a line must fit a declared sentence pattern word by word",
        "all sentences of the packs",
    ];
    let mut messages = events.into_iter().chain(statements);
    let Some(mut message) = messages.next() else { return Vec::new() };
    message.title = "neither an event nor a statement is said like this".to_owned();
    for other in messages {
        message.help.extend(other.help);
    }
    // A question is no reason to declare something.
    message.help.retain(|help| !OF_STORIES.iter().any(|begins| help.starts_with(begins)));
    let mut seen = Vec::new();
    message.help.retain(|help| {
        !seen.contains(help) && {
            seen.push(help.clone());
            true
        }
    });
    if message.help.is_empty() {
        message
            .help
            .push("name an event in the words in which it is told, or a statement in those of a fact".to_owned());
    }
    vec![message]
}

/// A message about `claim S` as one about `S`.
fn without_claim(mut message: Diagnostic) -> Diagnostic {
    let shift = CLAIM.len() as u32;
    for label in message.primary.iter_mut().chain(&mut message.secondary) {
        let span = label.span;
        label.span = Span::new(span.file, span.start.saturating_sub(shift)..span.end.saturating_sub(shift));
    }
    message
}

#[cfg(test)]
mod tests {
    use super::without_why;

    #[test]
    fn a_question_may_begin_with_why() {
        assert_eq!(without_why("why did Anna take the gun?"), "Anna take the gun");
        assert_eq!(without_why("Why does Anna believe that it rains"), "Anna believe that it rains");
        assert_eq!(without_why("why Anna takes the gun"), "Anna takes the gun");
        assert_eq!(without_why("do Anna and Ben meet"), "do Anna and Ben meet");
        assert_eq!(without_why("Doris leaves"), "Doris leaves");
        assert_eq!(without_why("why"), "why");
    }
}
