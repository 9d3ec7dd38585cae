//! Points of a story: how the author names them, and which moments of the replay they are.
//!
//! `12` or `scene 12` is the end of that scene, `12.3` right after its third event, `12.0` its beginning, before
//! its first line. A scene is named by its label, as messages show it, or by its title. Besides there are `start` and `end`, and
//! times of day (see [`super::clock`]).

use std::fmt;

use super::clock::Time;
use super::codes::{E0801, E0802, E0803, E0804};
use super::story::Story;
use crate::check::words;
use crate::diagnostic::Diagnostic;
use crate::suggest;
use crate::telling::replay::{MomentId, Replay};
use crate::world::names::NameKey;
use crate::world::{LineContent, Scene, SceneId, Telling};

/// A place in the told story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Before everything.
    Start,
    /// When the scene begins: those who are present have come, no line has happened.
    Opening(SceneId),
    /// After an event of the scene.
    Event {
        /// The scene.
        scene: SceneId,
        /// Which of its events, counted from 1.
        number: usize,
        /// Its line in the scene, counted from 0.
        line: usize,
    },
    /// When the scene is over.
    Scene(SceneId),
    /// After everything.
    End,
}

/// A place in the told story, with the moments of the replay that it lies between.
///
/// It prints itself: `scene 12 “The cellar”, event 3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    spot: Spot,
    before: MomentId,
    after: MomentId,
    name: String,
    note: Option<String>,
}

impl Point {
    /// The place.
    pub fn spot(&self) -> Spot {
        self.spot
    }

    /// The scene, unless it is the start or the end of the story.
    pub fn scene(&self) -> Option<SceneId> {
        match self.spot {
            Spot::Start | Spot::End => None,
            Spot::Opening(scene) | Spot::Scene(scene) | Spot::Event { scene, .. } => Some(scene),
        }
    }

    /// For what the point was taken, if it was named by a time.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// The same point by another name, with for what it was taken.
    pub(super) fn called(self, name: String, note: String) -> Self {
        Self { name, note: Some(note), ..self }
    }

    /// How many moments of the replay came before what happens here: before the event, or the scene.
    pub fn before(&self) -> MomentId {
        self.before
    }

    /// How many moments of the replay came before the situation that is asked about: after the event, or the scene.
    pub fn after(&self) -> MomentId {
        self.after
    }
}

impl fmt::Display for Point {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

/// What may stand before the name of a point.
const AFTER: &str = "after ";

/// Whether a line is counted as an event of its scene: what happens, also in somebody's mind.
pub fn is_event(content: &LineContent) -> bool {
    match content {
        LineContent::Event(_)
        | LineContent::Conclusion { .. }
        | LineContent::Forgets { .. }
        | LineContent::LosesTime(_) => true,
        LineContent::Claim(_) | LineContent::Assumption { .. } | LineContent::Reveal(_) | LineContent::Drops { .. } => {
            false
        }
    }
}

/// The lines of a scene that are its events, in order.
pub fn events_of(scene: &Scene) -> Vec<usize> {
    let lines = scene.lines.iter().enumerate();
    lines.filter(|(_, line)| is_event(&line.content)).map(|(index, _)| index).collect()
}

impl Story<'_> {
    /// Before everything.
    pub fn start(&self) -> Point {
        self.at(Spot::Start)
    }

    /// After everything.
    pub fn end(&self) -> Point {
        self.at(Spot::End)
    }

    /// The point that `text` names: `12`, `scene 12`, `after scene 12`, `12.3`, `"The cellar".2`, `day 2, 22:15`, `start`,
    /// `end`.
    ///
    /// # Errors
    /// There is no such scene, or it has fewer events; or no time is told.
    pub fn point(&self, text: &str) -> Result<Point, Diagnostic> {
        let wanted = match text.trim().split_at_checked(AFTER.len()) {
            Some((word, rest)) if word.eq_ignore_ascii_case(AFTER) && self.scene(text)?.is_none() => rest.trim(),
            _ => text.trim(),
        };
        match NameKey::new(wanted).as_str() {
            "start" => return Ok(self.start()),
            "end" | "" => return Ok(self.end()),
            _ => {}
        }
        if self.telling().scenes.is_empty() {
            let title = format!("the story tells no scene, so there is no point “{wanted}” in it");
            return Err(Diagnostic::new(&E0803, title, None)
                .help("what is so at the start can be asked without a point, or at `start`")
                .help("a line `scene \"…\"` begins a scene; what happens stands below it, indented"));
        }
        if let Some(scene) = self.scene(wanted)? {
            return Ok(self.at(Spot::Scene(scene)));
        }
        if let Some((name, event)) = split(wanted)
            && let Some(scene) = self.scene(name)?
        {
            return self.event(scene, event);
        }
        if let Some(time) = Time::read(wanted) {
            return self.at_time(time);
        }
        let name = split(wanted).map_or(wanted, |(name, _)| name);
        Err(unknown_scene(self.telling(), bare(name)))
    }

    /// The point of a place.
    pub fn at(&self, spot: Spot) -> Point {
        let (before, after) = moments(&self.run.replay, spot);
        Point { spot, before, after, name: name(self.telling(), spot), note: None }
    }

    /// Before anything of the scene happens: after the one that happened before it.
    pub(super) fn before_scene(&self, scene: SceneId) -> Point {
        let before = self.run.chronicle.position(scene).checked_sub(1);
        let spot = before.map_or(Spot::Start, |before| Spot::Scene(self.run.chronicle.scenes()[before]));
        self.at(spot)
    }

    /// The point after the event that a line tells; `None` if the line tells none.
    pub fn after_line(&self, scene: SceneId, line: usize) -> Option<Point> {
        let told = self.telling().scenes.get(scene.index())?;
        let number = 1 + events_of(told).iter().position(|&other| other == line)?;
        Some(self.at(Spot::Event { scene, number, line }))
    }

    fn event(&self, scene: SceneId, number: usize) -> Result<Point, Diagnostic> {
        let told = &self.telling().scenes[scene.index()];
        let events = events_of(told);
        if number == 0 {
            return Ok(self.at(Spot::Opening(scene)));
        }
        if let Some(&line) = events.get(number - 1) {
            return Ok(self.at(Spot::Event { scene, number, line }));
        }
        let named = words::scene(self.telling(), scene);
        let has = match events.len() {
            0 => "it tells no event".to_owned(),
            count => format!("it tells {}", words::counted(count, "event", "events")),
        };
        let title = format!("{named} has no event {number}: {has}");
        let message = Diagnostic::new(&E0802, title, Some(told.span));
        Err(message.help(format!("`{}` is the end of the scene", told.label)))
    }

    /// The scene of this name, if there is one.
    fn scene(&self, name: &str) -> Result<Option<SceneId>, Diagnostic> {
        let key = NameKey::new(bare(name));
        let scenes = &self.telling().scenes;
        let labelled = scenes.iter().position(|scene| NameKey::new(&scene.label) == key);
        if let Some(found) = labelled {
            return Ok(Some(SceneId::from_index(found)));
        }
        let is_titled = |scene: &Scene| scene.title.as_deref().is_some_and(|title| NameKey::new(title) == key);
        let titled = scenes.iter().enumerate().filter(|(_, scene)| is_titled(scene)).map(|(index, _)| index);
        let titled: Vec<SceneId> = titled.map(SceneId::from_index).collect();
        match titled.as_slice() {
            [] => Ok(None),
            [only] => Ok(Some(*only)),
            several => {
                let mut message = Diagnostic::new(&E0804, format!("several scenes are titled “{}”", bare(name)), None);
                for &scene in several {
                    message = message.label(scenes[scene.index()].span, words::scene(self.telling(), scene));
                }
                let labels: Vec<&str> = several.iter().map(|scene| scenes[scene.index()].label.as_str()).collect();
                Err(message.help(format!("name the scene by its label: `{}`", labels.join("` or `"))))
            }
        }
    }
}

/// `scene "The cellar"` as `The cellar`.
fn bare(name: &str) -> &str {
    let name = name.trim();
    let without = match name.get(..5) {
        Some(word) if word.eq_ignore_ascii_case("scene") && !name[5..].starts_with(char::is_alphanumeric) => &name[5..],
        _ => name,
    };
    without.trim().trim_matches(['"', '“', '”']).trim()
}

/// `12.3`, `scene 12, event 3` and the like: the scene and the number of the event.
fn split(text: &str) -> Option<(&str, usize)> {
    let digits = text.len() - text.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    let (name, number) = text.split_at(text.len() - digits);
    let number = number.parse().ok()?;
    let name = name.trim_end();
    if let Some(name) = name.strip_suffix('.') {
        return Some((name, number));
    }
    let name = name.strip_suffix("event")?.trim_end();
    Some((name.strip_suffix(',').unwrap_or(name), number))
}

fn unknown_scene(telling: &Telling, name: &str) -> Diagnostic {
    let message = Diagnostic::new(&E0801, format!("there is no scene “{name}”"), None);
    let labels = telling.scenes.iter().map(|scene| scene.label.as_str());
    let titles = || telling.scenes.iter().filter_map(|scene| scene.title.as_deref());
    let part = |title: &&str| name.len() > 2 && title.to_lowercase().contains(&name.to_lowercase());
    let meant = titles().find(part).map(|title| format!("did you mean `{title}`?"));
    let meant =
        meant.or_else(|| other_word(telling, name)).or_else(|| suggest::did_you_mean(name, labels.chain(titles())));
    match (meant, telling.scenes.first(), telling.scenes.last()) {
        (Some(question), ..) => return message.help(question),
        (None, Some(first), Some(last)) if telling.scenes.len() > 1 => {
            message.help(format!("the scenes told are labelled from {} to {}", first.label, last.label))
        }
        (None, Some(only), _) => message.help(format!("the only scene told is labelled {}", only.label)),
        (None, ..) => message,
    }
    .help("`1` is the end of scene 1, `1.2` is after its second event; `start` and `end` are those of the story")
}

/// What a word of everyday may mean where a point is named.
fn other_word(telling: &Telling, name: &str) -> Option<String> {
    let key = NameKey::new(name);
    let is_one_of = |words: &[&str]| words.contains(&key.as_str());
    let last = telling.scenes.last()?;
    if is_one_of(&["beginning", "begin", "first", "before", "opening"]) {
        return Some("did you mean `start`?".to_owned());
    }
    if is_one_of(&["now", "last", "finish", "ending", "after", "finally"]) {
        return Some(format!("did you mean `end`? The last scene is `{}`", last.label));
    }
    const NUMBERS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    if let Some(number) = NUMBERS.iter().position(|word| key.as_str() == *word) {
        let label = (number + 1).to_string();
        return telling.scenes.iter().any(|scene| scene.label == label).then(|| format!("did you mean `{label}`?"));
    }
    None
}

fn name(telling: &Telling, spot: Spot) -> String {
    match spot {
        Spot::Start => "the start".to_owned(),
        Spot::End => "the end".to_owned(),
        Spot::Opening(scene) => format!("the beginning of {}", words::scene(telling, scene)),
        Spot::Scene(scene) => words::scene(telling, scene),
        Spot::Event { scene, number, .. } => format!("{}, event {number}", words::scene(telling, scene)),
    }
}

/// How many moments came before and after what happens at `spot`.
fn moments(replay: &Replay, spot: Spot) -> (MomentId, MomentId) {
    let all = MomentId::from_index(replay.moments.len());
    let none = MomentId::from_index(0);
    let after = |first: MomentId, belongs: &dyn Fn(usize) -> bool| {
        let count = (first.index()..replay.moments.len()).take_while(|&index| belongs(index)).count();
        MomentId::from_index(first.index() + count)
    };
    match spot {
        Spot::Start => (none, none),
        Spot::End => (all, all),
        Spot::Scene(scene) => {
            let first = replay.scene_start(scene);
            (first, after(first, &|index| replay.moments[index].scene == scene))
        }
        Spot::Opening(scene) => {
            let first = replay.scene_start(scene);
            let opening = |index: usize| {
                let moment = &replay.moments[index];
                moment.scene == scene && moment.line.is_none()
            };
            (first, after(first, &opening))
        }
        Spot::Event { scene, line, .. } => {
            let first = replay.line_start(scene, line);
            let told = |index: usize| {
                let moment = &replay.moments[index];
                moment.scene == scene && moment.line == Some(line)
            };
            (first, after(first, &told))
        }
    }
}
