//! From a line as it is told to the point at which the story tells it.

use super::codes::{E0821, E0822};
use crate::ask::{Point, Spot, Story};
use crate::diagnostic::Diagnostic;
use crate::world::{EventArgument, EventTerm, Line, LineContent, SceneId};

/// So many places are shown where a line is told several times.
const MOST_SHOWN: usize = 8;

impl Story<'_> {
    /// The point at which the story tells what `line` says: an event, perhaps with `someone` in it, a thought, a forgetting.
    /// With `within`, only that scene is looked at.
    ///
    /// # Errors
    /// It is told nowhere, or several times.
    pub fn told(&self, line: &Line, within: Option<SceneId>) -> Result<Point, Diagnostic> {
        let found = self.tellings_of(line, within);
        match found.as_slice() {
            [] => {
                let title = match within {
                    Some(_) => "nothing of this sentence is told there",
                    None => "this is told nowhere in the story",
                };
                let help = "for something that does not happen, ask why it cannot: `--not`";
                Err(Diagnostic::new(&E0821, title, Some(line.span)).help(help))
            }
            [only] => Ok(only.clone()),
            several => {
                let title = format!("this is told {} times", several.len());
                let mut message = Diagnostic::new(&E0822, title, Some(line.span));
                for point in several.iter().take(MOST_SHOWN) {
                    if let Some(span) = self.span(point) {
                        message = message.label(span, point.to_string());
                    }
                }
                let points = several.iter().take(MOST_SHOWN).filter_map(|point| self.short_name(point));
                let points: Vec<String> = points.map(|point| format!("`{point}`")).collect();
                Err(message.help(format!(
                    "write the point of the one that is meant, {}, or say its scene with `--at`",
                    points.join(" or ")
                )))
            }
        }
    }

    /// `12.3` for the third event of scene 12.
    fn short_name(&self, point: &Point) -> Option<String> {
        let Spot::Event { scene, number, .. } = point.spot() else { return None };
        Some(format!("{}.{number}", self.telling().scenes[scene.index()].label))
    }

    /// All points at which the story tells what `line` says.
    pub fn tellings_of(&self, line: &Line, within: Option<SceneId>) -> Vec<Point> {
        let mut found = Vec::new();
        for (index, scene) in self.telling().scenes.iter().enumerate() {
            let id = SceneId::from_index(index);
            if within.is_some_and(|within| within != id) {
                continue;
            }
            let lines = scene.lines.iter().enumerate();
            let same = lines.filter(|(_, told)| says_the_same(&line.content, &told.content));
            found.extend(same.filter_map(|(number, _)| self.after_line(id, number)));
        }
        found
    }

    /// What happens at `point`, in words; `None` if nothing does that changes anything.
    pub fn says(&mut self, point: &Point) -> Option<String> {
        let moments = &self.run.replay.moments[point.before().index()..point.after().index()];
        let moment = moments.iter().rev().find(|moment| moment.line.is_some())?.clone();
        Some(super::words::happening(&self.case(), &moment))
    }

    /// Where the line of a point is written.
    pub fn span(&self, point: &Point) -> Option<crate::source::Span> {
        let scene = &self.telling().scenes[point.scene()?.index()];
        Some(match point.spot() {
            crate::ask::Spot::Event { line, .. } => scene.lines[line].span,
            _ => scene.span,
        })
    }
}

fn says_the_same(asked: &LineContent, told: &LineContent) -> bool {
    match (asked, told) {
        (LineContent::Event(asked), LineContent::Event(told)) => fits(&asked.event, &told.event),
        (
            LineContent::Conclusion { thinker, conclusion, .. },
            LineContent::Conclusion { thinker: other, conclusion: told, .. },
        ) => thinker == other && conclusion.value == told.value,
        (LineContent::Forgets { character, facts }, LineContent::Forgets { character: other, facts: told }) => {
            character == other && facts == told
        }
        (LineContent::LosesTime(asked), LineContent::LosesTime(told)) => asked == told,
        _ => false,
    }
}

fn fits(asked: &EventTerm, told: &EventTerm) -> bool {
    let same = |(asked, told): (&EventArgument, &EventArgument)| *asked == EventArgument::Anyone || asked == told;
    asked.action == told.action && asked.arguments.iter().zip(&told.arguments).all(same)
}
