//! What the reader believes of the chosen facts when each scene has been told.

use super::ValueId;
use super::course::{Change, Course};
use super::facts::Facts;
use crate::ground::{Amount, Limits};
use crate::telling::{Run, reader};
use crate::world::{SceneId, World};

/// The reader's course; `None` if what the reader believes cannot be computed.
pub(super) fn course(run: &mut Run<'_>, world: &World, facts: &mut Facts, limits: &Limits) -> Option<Course> {
    let newcomer = reader::newcomer(world);
    let mut reader = run.reader(&newcomer, &world.telling, limits).ok()?;
    let mut amounts: Vec<Option<Amount>> = Vec::new();
    for fact in facts.ids() {
        amounts.push(reader.situations_mut().problem_mut().amount(&facts.get(fact).expression).ok());
    }
    let mut course = Course { start: Vec::new(), scenes: vec![Vec::new(); world.telling.scenes.len()] };
    let mut known: Vec<ValueId> = vec![ValueId::UNKNOWN; amounts.len()];
    let mut last = None;
    for scene in (0..world.telling.scenes.len()).map(SceneId::from_index) {
        let state = reader.after(scene);
        if last.replace(state) == Some(state) {
            continue;
        }
        for (fact, amount) in facts.ids().zip(&amounts) {
            let Some(amount) = amount else { continue };
            let value = reader.situations_mut().evaluate(state, amount).ok()?;
            let value = facts.value(fact, value);
            if known[fact.index()] != value {
                known[fact.index()] = value;
                course.scenes[scene.index()].push(Change { fact, value });
            }
        }
    }
    Some(course)
}
