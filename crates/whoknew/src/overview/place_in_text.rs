//! Which scene and line a place in the text belongs to.

use crate::source::Span;
use crate::world::{Line, LineContent, Scene, SceneId, World};

/// The scene, and the line in it, that hold the beginning of `span`; `None` outside all scenes.
pub fn scene_at(world: &World, span: Span) -> Option<(SceneId, Option<usize>)> {
    world.telling.scenes.iter().enumerate().find_map(|(index, scene)| {
        let id = SceneId::from_index(index);
        match scene.lines.iter().position(|line| in_line(line, span)) {
            Some(line) => Some((id, Some(line))),
            None => in_header(scene, span).then_some((id, None)),
        }
    })
}

fn in_line(line: &Line, span: Span) -> bool {
    let expectations = line.expectations.iter().map(|expectation| expectation.span);
    // Premises stand on lines of their own.
    let premises: &[_] = match &line.content {
        LineContent::Conclusion { premises, .. } => premises,
        _ => &[],
    };
    let premises = premises.iter().map(|premise| premise.span);
    [line.span].into_iter().chain(expectations).chain(premises).any(|part| holds(part, span))
}

fn in_header(scene: &Scene, span: Span) -> bool {
    let expectations = scene.expectations.iter().map(|expectation| expectation.span);
    let times = scene.times.iter().map(|time| time.span);
    let place = scene.place.iter().map(|place| place.span);
    let present = scene.present.iter().map(|present| present.span);
    [scene.span].into_iter().chain(times).chain(place).chain(present).chain(expectations).any(|part| holds(part, span))
}

fn holds(whole: Span, part: Span) -> bool {
    whole.file == part.file && whole.start <= part.start && part.start <= whole.end
}
