//! What each character believes that each other character believes.
//!
//! With many characters there are many pairs: those who are in the most scenes come first, and where the bound is
//! reached the rest is left out whole, so that nobody's picture of the others is shown in part.

use super::course::{Change, Course};
use super::facts::{Facts, Subject};
use super::scenes::SceneSummary;
use super::{Cuts, FactId};
use crate::state::{Situations, StateError, StateId};
use crate::telling::Run;
use crate::telling::replay::MomentId;
use crate::world::EntityId;

/// So many beliefs about beliefs are looked at.
const MOST_VISITS: usize = 4_000_000;

/// For each character what they believe that each character believes.
pub(super) fn others(
    run: &mut Run<'_>,
    facts: &mut Facts,
    scenes: &[SceneSummary],
    (most, cuts): (usize, &mut Cuts),
) -> Vec<Option<Vec<Course>>> {
    let characters = run.situations.problem().world().characters;
    let states = states(run);
    let mut courses: Vec<Option<Vec<Course>>> = vec![None; characters];
    let (mut entries, mut visits) = (0, 0);
    let mut open = true;
    for who in by_prominence(scenes, characters) {
        visits += characters * states.len();
        open = open && visits <= MOST_VISITS.max(characters * states.len());
        let found = if open { pictures(run, facts, &states, who).ok() } else { None };
        let size =
            found.iter().flatten().map(|course| course.scenes.iter().map(Vec::len).sum::<usize>()).sum::<usize>();
        entries += size;
        open = open && found.is_some() && entries <= most;
        courses[who.index()] = found.filter(|_| open);
        if courses[who.index()].is_none() {
            cuts.others.push(who);
        }
    }
    cuts.others.sort_unstable();
    courses
}

/// The characters, those who are in the most scenes first.
fn by_prominence(scenes: &[SceneSummary], characters: usize) -> Vec<EntityId> {
    let mut counts = vec![0usize; characters];
    for scene in scenes {
        let mut here: Vec<EntityId> = scene.settings.iter().flat_map(|setting| setting.there.iter().copied()).collect();
        here.sort_unstable();
        here.dedup();
        here.into_iter().for_each(|who| counts[who.index()] += 1);
    }
    let mut order: Vec<EntityId> = (0..characters).map(EntityId::from_index).collect();
    order.sort_by_key(|who| usize::MAX - counts[who.index()]);
    order
}

/// The situation at the start, and after each scene in the order in which they happened.
pub(super) fn states(run: &Run<'_>) -> Vec<StateId> {
    let mut reached = MomentId::from_index(0);
    let mut states: Vec<StateId> = run.replay.state(reached).into_iter().collect();
    let order = run.chronicle.scenes();
    for position in 0..order.len() {
        let until = order.get(position + 1).map(|&next| run.replay.scene_start(next));
        // Scenes that a limit kept from running say that they begin at the start: nothing happens in them.
        reached = reached.max(until.unwrap_or(MomentId::from_index(run.replay.moments.len())));
        states.extend(run.replay.state(reached));
    }
    states
}

/// What `who` believes that each character believes.
fn pictures(
    run: &mut Run<'_>,
    facts: &mut Facts,
    states: &[StateId],
    who: EntityId,
) -> Result<Vec<Course>, StateError> {
    let characters = run.situations.problem().world().characters;
    let empty = Course { start: Vec::new(), scenes: vec![Vec::new(); run.chronicle.scenes().len()] };
    let mut courses = vec![empty; characters];
    let Some((&start, rest)) = states.split_first() else { return Ok(courses) };
    let own = run.situations.believed(who, start)?;
    let mut pictured = Vec::with_capacity(characters);
    for other in (0..characters).map(EntityId::from_index) {
        let believed = run.situations.believed(other, own)?;
        courses[other.index()].start = changes(&mut run.situations, facts, (own, believed))?;
        pictured.push(believed);
    }
    for (position, &state) in rest.iter().enumerate() {
        let scene = run.chronicle.scenes()[position];
        let own = run.situations.believed(who, state)?;
        for other in (0..characters).map(EntityId::from_index).filter(|&other| other != who) {
            let believed = run.situations.believed(other, own)?;
            let before = std::mem::replace(&mut pictured[other.index()], believed);
            if before != believed {
                courses[other.index()].scenes[scene.index()] = changes(&mut run.situations, facts, (before, believed))?;
            }
        }
    }
    Ok(courses)
}

/// Which facts have another value in the second situation.
fn changes(
    situations: &mut Situations<'_>,
    facts: &mut Facts,
    (before, after): (StateId, StateId),
) -> Result<Vec<Change>, StateError> {
    let differing = situations.differences(before, after).into_iter();
    let mut changed: Vec<FactId> = differing.filter_map(|fluent| facts.of(Subject::Fluent(fluent))).collect();
    for fact in facts.ids() {
        if matches!(facts.get(fact).subject, Subject::Derived(_))
            && facts.at(situations, before, fact)? != facts.at(situations, after, fact)?
        {
            changed.push(fact);
        }
    }
    changed.sort_unstable();
    let change = |fact| Ok(Change { fact, value: facts.at(situations, after, fact)? });
    changed.into_iter().map(change).collect()
}
