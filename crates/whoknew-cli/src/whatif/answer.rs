//! Loading a story, reading the changes, comparing.

use super::WhatIfOptions;
use super::changes::Written;
use crate::settings::Set;
use crate::status::Status;
use crate::story::Checked;
use crate::why::names_a_point;
use whoknew::ask::what_if::{Change, Position, Scope, WhatIf, what_if};
use whoknew::ask::why::E0823;
use whoknew::ask::{Point, Spot, Story};
use whoknew::diagnostic::Diagnostic;
use whoknew::source::{Files, Sources};
use whoknew::world::{self, Line, LineBeside, LineContent, Loaded, World};

/// What came of it.
pub struct Answered {
    /// The texts that were read.
    pub sources: Sources,
    /// What is wrong with the story or a change.
    pub problems: Vec<Diagnostic>,
    /// The differences.
    pub answer: Option<WhatIf>,
}

impl Answered {
    /// Of what cannot be used at all.
    pub fn unusable(wrong: Checked) -> Self {
        Self { sources: wrong.sources, problems: wrong.findings, answer: None }
    }

    /// The exit status.
    pub fn status(&self) -> Status {
        if self.answer.is_some() { Status::Sound } else { Status::Unusable }
    }
}

/// Compares the story with the changed one.
pub fn answer(Set { input, settings, .. }: &Set, options: &WhatIfOptions) -> Answered {
    let written = &options.changes.written;
    let (loaded, lines) = read(&input.path, &input.files, written);
    let Loaded { sources, world, usage, diagnostics } = loaded;
    let Some(mut world) = world else { return Answered { sources, problems: diagnostics, answer: None } };
    world.allowances.extend_from_slice(&settings.allow);
    let scope = Scope { depth: options.depth.into(), reasons: options.reasons, ..Scope::default() };
    let compared =
        changes(&world, written, lines).and_then(|changes| what_if(&world, (&usage, &sources), &changes, &scope));
    match compared {
        Ok(answer) => Answered { sources, problems: Vec::new(), answer: Some(answer) },
        Err(problems) => Answered { sources, problems, answer: None },
    }
}

/// The story, and for each change its line, if it has one.
fn read(path: &str, files: &dyn Files, written: &[Written]) -> (Loaded, Vec<Option<Line>>) {
    let plain = world::load(path, files);
    let Some(world) = &plain.world else { return (plain, vec![None; written.len()]) };
    let mut beside: Vec<LineBeside> = Vec::new();
    let mut places: Vec<Option<usize>> = Vec::new();
    for change in written {
        let (name, before, text) = match change {
            Written::Without(text) if names_a_point(world, text) => {
                places.push(None);
                continue;
            }
            Written::Without(text) => ("--without", "", text.clone()),
            Written::Insert(text, _) => ("--insert", "", text.clone()),
            Written::Set(text, _) => ("--set", "assume ", text.clone()),
        };
        places.push(Some(beside.len()));
        let number = beside.len() + 1;
        beside.push(LineBeside { name: format!("{name} (change {number})"), before, text });
    }
    if beside.is_empty() {
        return (plain, vec![None; written.len()]);
    }
    let (loaded, lines) = world::load_with_lines(path, files, &beside);
    let lines = places.into_iter().map(|place| lines.get(place?).cloned().flatten()).collect();
    (loaded, lines)
}

fn changes(world: &World, written: &[Written], lines: Vec<Option<Line>>) -> Result<Vec<Change>, Vec<Diagnostic>> {
    let story = Story::new(world, &Scope::default().limits)?;
    let mut changes = Vec::new();
    let mut problems = Vec::new();
    for (written, line) in written.iter().zip(lines) {
        let change = match written {
            Written::Without(text) => without(&story, text, line.as_ref()),
            Written::Insert(text, at) | Written::Set(text, at) => {
                inserted(&story, (text, at.as_deref().unwrap_or("end")), line)
            }
        };
        match change {
            Ok(change) => changes.push(change),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(changes) } else { Err(problems) }
}

fn without(story: &Story<'_>, text: &str, line: Option<&Line>) -> Result<Change, Diagnostic> {
    let point = match line {
        Some(line) => story.told(line, None)?,
        None => story.point(text)?,
    };
    match point.spot() {
        Spot::Event { scene, line, .. } => Ok(Change::Without { scene, line }),
        _ => {
            let title = format!("{point} is no event that could be left out");
            Err(Diagnostic::new(&E0823, title, story.span(&point)).help("name an event, as `SCENE.EVENT`"))
        }
    }
}

fn inserted(story: &Story<'_>, (text, at): (&str, &str), line: Option<Line>) -> Result<Change, Diagnostic> {
    let Some(line) = line.filter(|line| happens(&line.content)) else {
        let title = format!("“{text}” is nothing that could happen in a scene");
        return Err(Diagnostic::new(&E0823, title, None).help("insert an event, a thought or an assumption"));
    };
    let point = story.point(at)?;
    let Some(position) = position(story, &point) else {
        return Err(Diagnostic::new(&E0823, "the story tells no scene, so nothing can be inserted", None));
    };
    Ok(Change::Insert { line: Box::new(line), position })
}

fn happens(content: &LineContent) -> bool {
    !matches!(content, LineContent::Claim(_) | LineContent::Reveal(_) | LineContent::Drops { .. })
}

/// The place right after a point.
fn position(story: &Story<'_>, point: &Point) -> Option<Position> {
    let scenes = story.run.chronicle.scenes();
    let end_of = |scene| Position { scene, before: usize::MAX };
    Some(match point.spot() {
        Spot::Start => Position { scene: *scenes.first()?, before: 0 },
        Spot::Opening(scene) => Position { scene, before: 0 },
        Spot::Event { scene, line, .. } => Position { scene, before: line + 1 },
        Spot::Scene(scene) => end_of(scene),
        Spot::End => end_of(*scenes.last()?),
    })
}
