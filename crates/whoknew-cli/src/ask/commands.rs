//! A line at the prompt: a question, or one of a few commands.

use super::session::Session;
use crate::output::Output;
use crate::status::Status;
use whoknew::ask::{events_of, question};
use whoknew::world::LineContent;

/// The first words of commands.
pub const WORDS: &[&str] = &["all", "at", "events", "help", "quit", "scenes"];

/// What comes after a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The next line; this one had this status.
    GoOn(Status),
    /// Nothing.
    End,
}

/// Does what a line says.
pub fn line(session: &mut Session<'_>, line: &str, output: &Output) -> Next {
    let line = line.trim();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let status = match (word.to_lowercase().as_str(), rest.trim()) {
        ("", _) => Status::Sound,
        ("quit" | "exit", "") => return Next::End,
        ("help" | "?", "") => say(&help(session), output),
        ("all", "") => {
            session.list_all();
            say("Answers list all from here on.\n", output)
        }
        ("scenes", "") => say(&scenes(session), output),
        ("events", scene) => events(session, scene, output),
        ("at", point) if !point.is_empty() => match session.go_to(point) {
            Ok(()) => say(&format!("At {}.\n", session.point()), output),
            Err(error) => session.refuse(&[error], Some(line), output),
        },
        _ if line.starts_with('#') => Status::Sound,
        _ => session.ask(line, output),
    };
    Next::GoOn(status)
}

fn say(text: &str, output: &Output) -> Status {
    // A reader that has gone away has seen what it wanted.
    let _ = output.write(text);
    Status::Sound
}

fn help(session: &Session<'_>) -> String {
    let examples = question::examples(session.story().world());
    let width = examples.iter().map(|(example, _)| example.chars().count()).max().unwrap_or(0).min(60);
    let mut text = "Questions, in the story's own sentences:\n".to_owned();
    for (example, meaning) in &examples {
        text += &format!("  {example:width$}  {meaning}\n");
    }
    text += "\nAlso:\n  at SCENE[.EVENT]  go to the end of a scene, or right after its event of that number; also `at start`, `at end`\n  \
             all               list all from here on, however much it is\n  \
             scenes            the scenes, in told order\n  \
             events SCENE      the events of a scene, with their numbers\n  \
             help              this\n  \
             quit              end\n";
    text
}

fn scenes(session: &Session<'_>) -> String {
    let scenes = session.story().telling().scenes.iter();
    let named = scenes.map(|scene| match &scene.title {
        Some(title) if *title != scene.label => format!("  {} “{title}”\n", scene.label),
        _ => format!("  {}\n", scene.label),
    });
    let text: String = named.collect();
    if text.is_empty() { "The story tells no scene.\n".to_owned() } else { text }
}

/// The events of the scene that is named, or else of the scene at hand.
fn events(session: &Session<'_>, scene: &str, output: &Output) -> Status {
    let point = match scene {
        "" => Ok(session.point().clone()),
        scene => session.story().point(scene),
    };
    let scene = match point {
        Ok(point) => point.scene(),
        Err(error) => return session.refuse(&[error], None, output),
    };
    let Some(scene) = scene else { return say("Say of which scene: `events SCENE`.\n", output) };
    let told = &session.story().telling().scenes[scene.index()];
    let mut text = String::new();
    for (number, line) in events_of(told).into_iter().enumerate() {
        let what = match &told.lines[line].content {
            LineContent::Event(event) => whoknew::world::say::event(session.story().world(), &event.event),
            _ => session.source(told.lines[line].span).trim().to_owned(),
        };
        text += &format!("  {}.{}  {what}\n", told.label, number + 1);
    }
    say(if text.is_empty() { "The scene tells no event.\n" } else { &text }, output)
}
