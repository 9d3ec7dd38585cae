//! Whose beliefs differ, from when on; and what differs at the end.

use std::collections::BTreeMap;

use super::{BeliefChange, Compared, FactChange};
use crate::check::words;
use crate::ground::{ChainId, GroundFluentId, Place, Value};
use crate::state::{StateError, StateId};
use crate::telling::replay::{MomentId, Replay};
use crate::world::{EntityId, Expression, SceneId, say};

/// A difference: since which scene, and the last values seen.
struct Difference {
    first: SceneId,
    told: Value,
    changed: Value,
    lasts: bool,
}

/// Character by character, in the order in which they come about; first those that last.
pub(super) fn compared(compared: &mut Compared<'_, '_>, depth: usize) -> Result<Vec<BeliefChange>, StateError> {
    let characters: Vec<EntityId> = (0..compared.world.characters).map(EntityId::from_index).collect();
    let ends = ends(compared);
    let mut found = Vec::new();
    for &who in &characters {
        let mut chains = vec![vec![who]];
        if depth > 1 {
            chains.extend(characters.iter().filter(|&&other| other != who).map(|&other| vec![who, other]));
        }
        let mut own: Vec<(GroundFluentId, Value)> = Vec::new();
        for chain in chains {
            let differences = differences(compared, &ends, &chain)?;
            if chain.len() == 1 {
                own = differences.iter().map(|(&fluent, difference)| (fluent, difference.changed)).collect();
            }
            let mut changes: Vec<(SceneId, BeliefChange)> = Vec::new();
            for (fluent, difference) in differences {
                // What somebody takes another to believe as they do themselves is said once.
                if chain.len() > 1 && own.contains(&(fluent, difference.changed)) {
                    continue;
                }
                changes.push((difference.first, said(compared, &chain, fluent, &difference)));
            }
            let chronicle = &compared.run.told.chronicle;
            changes.sort_by_key(|(first, change)| (!change.lasts, chronicle.position(*first)));
            found.extend(changes.into_iter().map(|(_, change)| change));
        }
    }
    Ok(found)
}

/// The situations at the end of each scene, in the order in which they happened; only where the two stories differ.
fn ends(compared: &Compared<'_, '_>) -> Vec<(SceneId, StateId, StateId)> {
    let scenes = compared.run.told.chronicle.scenes();
    let after = |replay: &Replay, position: usize| {
        let until = scenes.get(position + 1).map(|&next| replay.scene_start(next));
        replay.state(until.unwrap_or(MomentId::from_index(replay.moments.len())))
    };
    let both = |(position, &scene): (usize, &SceneId)| {
        Some((scene, after(&compared.run.told.replay, position)?, after(&compared.run.changed, position)?))
    };
    scenes.iter().enumerate().filter_map(both).filter(|(_, told, changed)| told != changed).collect()
}

fn differences(
    compared: &mut Compared<'_, '_>,
    ends: &[(SceneId, StateId, StateId)],
    chain: &[EntityId],
) -> Result<BTreeMap<GroundFluentId, Difference>, StateError> {
    let last_scene = compared.run.told.chronicle.scenes().last().copied();
    let situations = &mut compared.run.told.situations;
    let mut found: BTreeMap<GroundFluentId, Difference> = BTreeMap::new();
    for &(scene, told, changed) in ends {
        let (mut told, mut changed) = (told, changed);
        for &who in chain {
            told = situations.believed(who, told)?;
            changed = situations.believed(who, changed)?;
        }
        if told == changed {
            continue;
        }
        for fluent in situations.differences(told, changed) {
            let values = (situations.value(told, fluent), situations.value(changed, fluent));
            let lasts = Some(scene) == last_scene;
            let new = Difference { first: scene, told: values.0, changed: values.1, lasts };
            let known = found.entry(fluent).or_insert(new);
            known.lasts |= lasts;
            if lasts {
                (known.told, known.changed) = values;
            }
        }
    }
    Ok(found)
}

fn said(
    compared: &mut Compared<'_, '_>,
    chain: &[EntityId],
    fluent: GroundFluentId,
    difference: &Difference,
) -> BeliefChange {
    let first = words::scene(&compared.world.telling, difference.first);
    let place = Place { chain: ChainId::REAL, fluent };
    let world = compared.world;
    let case = compared.changed_case();
    let says = |value: Value| match case.situations.problem().expression(fluent) {
        // In a mind nothing is said of what is unknown but that.
        Expression::Fluent(fact) if value.is_unknown() => match say::asked(world, &fact) {
            Some(asked) => format!("it is unknown {asked}"),
            None => case.say_fact(place, value),
        },
        _ => case.say_fact(place, value),
    };
    BeliefChange {
        believers: chain.to_vec(),
        names: chain.iter().map(|&who| case.name(who)).collect(),
        told: says(difference.told),
        changed: says(difference.changed),
        first,
        lasts: difference.lasts,
    }
}

/// What differs at the end.
pub(super) fn facts(compared: &mut Compared<'_, '_>) -> Vec<FactChange> {
    let (Some(told), Some(changed)) = (compared.run.told.replay.end(), compared.run.changed.end()) else {
        return Vec::new();
    };
    let fluents = compared.run.told.situations.differences(told, changed);
    let mut found = Vec::with_capacity(fluents.len());
    for fluent in fluents {
        let situations = &compared.run.told.situations;
        let values = (situations.value(told, fluent), situations.value(changed, fluent));
        let place = Place { chain: ChainId::REAL, fluent };
        let case = compared.changed_case();
        found.push(FactChange { told: case.say_fact(place, values.0), changed: case.say_fact(place, values.1) });
    }
    found
}
