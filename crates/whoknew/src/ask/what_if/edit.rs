//! Changes to a telling.

use super::Compared;
use crate::check::words;
use crate::telling::ChangedTelling;
use crate::world::{EntityId, Expression, Line, LineContent, SceneId, Telling, Term, World, say};

/// A change to what is told.
#[derive(Clone, Debug)]
pub enum Change {
    /// A line is left out.
    Without {
        /// Of this scene.
        scene: SceneId,
        /// Counted from 0.
        line: usize,
    },
    /// A line is put in: something happens, or is assumed.
    Insert {
        /// The line.
        line: Box<Line>,
        /// Where.
        position: Position,
    },
}

/// A place between two lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// In this scene.
    pub scene: SceneId,
    /// Before this line, counted from 0; after the last line for any larger number.
    pub before: usize,
}

/// The telling with all changes made. Lines put in at the same place stay in the order given.
pub(super) fn changed(telling: &Telling, changes: &[Change]) -> ChangedTelling {
    let mut changed = telling.clone();
    let mut lines = Vec::with_capacity(telling.scenes.len());
    for (index, scene) in telling.scenes.iter().enumerate() {
        let id = SceneId::from_index(index);
        let (told, numbers) = scene_lines(id, &scene.lines, changes);
        changed.scenes[index].lines = told;
        lines.push(numbers);
    }
    ChangedTelling { telling: changed, lines }
}

fn scene_lines(scene: SceneId, told: &[Line], changes: &[Change]) -> (Vec<Line>, Vec<Option<usize>>) {
    let mut lines = Vec::with_capacity(told.len());
    let mut numbers = Vec::with_capacity(told.len());
    for number in 0..=told.len() {
        for change in changes {
            if let Change::Insert { line, position } = change
                && position.scene == scene
                && position.before.min(told.len()) == number
            {
                lines.push((**line).clone());
                numbers.push(None);
            }
        }
        let is_left_out =
            |change: &Change| matches!(change, Change::Without { scene: of, line } if *of == scene && *line == number);
        if let Some(line) = told.get(number)
            && !changes.iter().any(is_left_out)
        {
            lines.push(line.clone());
            numbers.push(Some(number));
        }
    }
    (lines, numbers)
}

/// The changes in words.
pub(super) fn said(compared: &mut Compared<'_, '_>, changes: &[Change]) -> Vec<String> {
    let world = compared.world;
    let telling = &world.telling;
    let mut said = Vec::new();
    for change in changes {
        said.push(match change {
            Change::Without { scene, line } => {
                let place = match telling.scenes[scene.index()].lines.get(*line) {
                    Some(told) => content(compared, &told.content),
                    None => String::new(),
                };
                format!("without {}: {place}", told_at(telling, *scene, *line))
            }
            Change::Insert { line, position } => {
                let scene = words::scene(telling, position.scene);
                let told = &telling.scenes[position.scene.index()];
                let events = super::super::point::events_of(told);
                let after = events.iter().rposition(|&event| event < position.before);
                let place = match (position.before >= told.lines.len(), after) {
                    (true, _) => format!("at the end of {scene}"),
                    (false, Some(event)) => format!("after {scene}, event {}", event + 1),
                    (false, None) => format!("at the beginning of {scene}"),
                };
                format!("{place}: {}", content(compared, &line.content))
            }
        });
    }
    said
}

/// Of what is set nobody is told: what to set besides.
pub(super) fn unknown(world: &World, changes: &[Change]) -> Option<String> {
    let set = |change: &Change| match change {
        Change::Insert { line, .. } => match &line.content {
            LineContent::Assumption { statement, .. } => Some(statement.value.clone()),
            _ => None,
        },
        Change::Without { .. } => None,
    };
    let all: Vec<Expression> = changes.iter().filter_map(set).collect();
    all.iter().find_map(|statement| {
        if matches!(statement, Expression::Believes(..) | Expression::Knows(..)) {
            return None;
        }
        let Some(concerned) = concerned(world, statement) else {
            let says = say::statement(world, statement);
            return Some(format!(
                "nobody is told of what is set; who should know of it needs that set, too: “… believes that {says}”"
            ));
        };
        let believes = Expression::Believes(Term::Entity(concerned), Box::new(statement.clone()));
        let name = words::name(world, concerned);
        let says = say::statement(world, &believes);
        (!all.contains(&believes)).then(|| {
            format!(
                "nobody is told of what is set, not even {name}, who goes on by what {name} believes; for {name} to know it, \
                 set this as well: --set \"{says}\""
            )
        })
    })
}

/// Whom a statement is about: the first character that it names.
fn concerned(world: &World, statement: &Expression) -> Option<EntityId> {
    let is_character = |term: &Term| match term {
        Term::Entity(entity) => Some(*entity).filter(|entity| entity.index() < world.characters),
        Term::Variable(_) => None,
    };
    match statement {
        Expression::Fluent(fact) => fact.arguments.iter().find_map(is_character),
        Expression::Entity(term) => is_character(term),
        Expression::Not(inner) => concerned(world, inner),
        Expression::Compare(_, fact, value) => concerned(world, fact).or_else(|| concerned(world, value)),
        _ => None,
    }
}

fn told_at(telling: &Telling, scene: SceneId, line: usize) -> String {
    let number = super::super::point::events_of(&telling.scenes[scene.index()]).iter().position(|&event| event == line);
    let scene = words::scene(telling, scene);
    number.map_or_else(|| scene.clone(), |number| format!("{scene}, event {}", number + 1))
}

fn content(compared: &mut Compared<'_, '_>, content: &LineContent) -> String {
    let world = compared.world;
    let case = compared.changed_case();
    match content {
        LineContent::Event(told) => say::event(world, &told.event),
        LineContent::Conclusion { thinker, conclusion, .. } => {
            format!("{} concludes that {}", case.name(*thinker), case.say(&conclusion.value))
        }
        LineContent::Assumption { statement, .. } => format!("it is so that {}", case.say(&statement.value)),
        LineContent::Claim(statement) | LineContent::Reveal(statement) => case.say(&statement.value),
        LineContent::Drops { character, .. } => format!("{} drops a want", case.name(*character)),
        LineContent::Forgets { character, .. } => format!("{} forgets something", case.name(*character)),
        LineContent::LosesTime(character) => format!("{} loses time", case.name(*character)),
    }
}
