//! What one mind takes to be so, over the whole story, told as changes.

use super::facts::Facts;
use super::tracks::{Mind, Tracks};
use super::{FactId, ValueId};
use crate::telling::Run;
use crate::telling::replay::MomentId;
use crate::world::EntityId;

/// A fact takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The fact.
    pub fact: FactId,
    /// The value that it then has.
    pub value: ValueId,
}

/// What one mind takes to be so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// At the start; relative to what its owner says.
    pub start: Vec<Change>,
    /// For each scene, in told order: what is otherwise at its end than at the end of the scene that happened before it.
    pub scenes: Vec<Vec<Change>>,
}

/// What is so.
pub(super) fn truth(run: &mut Run<'_>, tracks: &Tracks, facts: &mut Facts) -> Course {
    let mut course = Course { start: Vec::new(), scenes: vec![Vec::new(); run.chronicle.scenes().len()] };
    if let Some(start) = run.replay.state(MomentId::from_index(0)) {
        for fact in facts.ids() {
            if let Ok(value) = facts.at(&mut run.situations, start, fact) {
                course.start.push(Change { fact, value });
            }
        }
    }
    fill(
        run,
        tracks,
        facts,
        &mut |mind| if mind.is_none() { Some(0) } else { None },
        std::slice::from_mut(&mut course),
    );
    course
}

/// What each character believes.
pub(super) fn minds(run: &mut Run<'_>, tracks: &Tracks, facts: &mut Facts) -> Vec<Course> {
    let characters = run.situations.problem().world().characters;
    let empty = Course { start: Vec::new(), scenes: vec![Vec::new(); run.chronicle.scenes().len()] };
    let mut courses = vec![empty; characters];
    if let Some(start) = run.replay.state(MomentId::from_index(0)) {
        for &(who, subject) in &tracks.start {
            let Some(fact) = facts.of(subject) else { continue };
            let Ok(believed) = run.situations.believed(who, start) else { continue };
            if let Ok(value) = facts.at(&mut run.situations, believed, fact) {
                courses[who.index()].start.push(Change { fact, value });
            }
        }
    }
    fill(run, tracks, facts, &mut |mind| mind.map(EntityId::index), &mut courses);
    courses
}

/// Adds the changes to the course that `which` names for their mind; of several in one scene the last stays.
fn fill(
    run: &Run<'_>,
    tracks: &Tracks,
    facts: &mut Facts,
    which: &mut impl FnMut(Mind) -> Option<usize>,
    courses: &mut [Course],
) {
    for step in &tracks.steps {
        let (Some(course), Some(fact)) = (which(step.mind), facts.of(step.subject)) else { continue };
        let scene = run.replay.moments[step.moment.index()].scene;
        let value = facts.value(fact, step.value);
        let changes = &mut courses[course].scenes[scene.index()];
        match changes.iter_mut().find(|change| change.fact == fact) {
            Some(change) => change.value = value,
            None => changes.push(Change { fact, value }),
        }
    }
}
