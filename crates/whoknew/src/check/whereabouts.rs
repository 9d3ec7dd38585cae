//! What to write where an event fails because somebody is not where it happens: scenes move nobody but those whom they
//! list as present.

use super::case::{Case, FailingPart};
use crate::ground::{EventId, Place, Value};
use crate::state::StateError;
use crate::telling::replay::Incident;
use crate::world::{EntityId, Scene, ValueKind};

/// So many are listed in the line to be written.
const MOST_LISTED: usize = 8;

/// The lines to write, if the event of `incident` fails only because of where its characters are, and the scene could say so.
pub(super) fn help(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    event: EventId,
    parts: &[FailingPart],
) -> Result<Option<String>, StateError> {
    let mut missing: Vec<(EntityId, Place, Value)> = Vec::new();
    for fact in parts.iter().flat_map(|part| &part.facts) {
        let Some(who) = case.located(fact.place.fluent).filter(|who| who.index() < case.world.characters) else {
            return Ok(None);
        };
        missing.push((who, fact.place, fact.actual));
    }
    if incident.line.is_none() || missing.is_empty() {
        return Ok(None);
    }
    let told = &case.telling.scenes[incident.scene.index()];
    if let (Some(_), None) = (&told.present, &told.place) {
        let somewhere = missing.iter().find_map(|(.., actual)| actual.as_entity());
        let somewhere = somewhere.map_or_else(|| "…".to_owned(), |place| case.name(place));
        return Ok(Some(format!("`present` says who is here, but not where: write `at {somewhere}` above it")));
    }
    match &told.place {
        Some(place) => listed(case, incident, (told, place.value), &missing),
        None => placed(case, incident, event, &missing),
    }
}

/// The scene has a place: who acts there must be listed.
fn listed(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    (told, place): (&Scene, EntityId),
    missing: &[(EntityId, Place, Value)],
) -> Result<Option<String>, StateError> {
    let listed = told.present.as_ref().map(|present| present.value.as_slice()).unwrap_or_default();
    let absent =
        |&&(who, _, actual): &&(EntityId, Place, Value)| actual != Value::entity(place) && !listed.contains(&who);
    let mut absent: Vec<EntityId> = missing.iter().filter(absent).map(|&(who, ..)| who).collect();
    absent.dedup();
    if absent.is_empty() {
        return Ok(None);
    }
    let mut present = listed.to_vec();
    if present.is_empty() {
        present = there(case, incident, place)?;
    }
    present.extend(absent);
    if present.len() > MOST_LISTED {
        return Ok(None);
    }
    let names: Vec<String> = present.iter().map(|&who| case.name(who)).collect();
    let scene = case.name(place);
    let line = format!("`present {}`", names.join(", "));
    Ok(Some(if told.present.is_some() {
        format!("if they are in {scene} too, list them: {line}")
    } else {
        format!("`at {scene}` moves nobody; list who is there below it, and they come in: {line}")
    }))
}

/// The characters who are at `place`.
fn there(case: &mut Case<'_, '_>, incident: &Incident, place: EntityId) -> Result<Vec<EntityId>, StateError> {
    let mut there = Vec::new();
    for who in (0..case.world.characters).map(EntityId::from_index) {
        let Some(fact) = case.places.of(case.situations.problem(), who) else { continue };
        if case.value(incident.state, fact)? == Value::entity(place) {
            there.push(who);
        }
    }
    Ok(there)
}

/// The scene has no place, and of somebody nothing tells where they are.
fn placed(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    event: EventId,
    missing: &[(EntityId, Place, Value)],
) -> Result<Option<String>, StateError> {
    let mut lost = None;
    for &(who, place, actual) in missing {
        if actual.is_unknown() && case.origin(place, incident.moment)?.moment().is_none() {
            lost = lost.or(Some((who, place)));
        }
    }
    let Some((who, place)) = lost else { return Ok(None) };
    let known = missing.iter().find_map(|(.., actual)| actual.as_entity());
    let somewhere = known.or_else(|| match case.situations.problem().value_kind(place.fluent) {
        ValueKind::Entity(kinds) => case.world.entities_of(&kinds).next(),
        _ => None,
    });
    let Some(somewhere) = somewhere else { return Ok(None) };
    let mut present = case.situations.problem().actors(event).to_vec();
    for (who, ..) in missing {
        if !present.contains(who) {
            present.push(*who);
        }
    }
    let names: Vec<String> = present.iter().map(|&who| case.name(who)).collect();
    let start = case.say(&case.fact(place, Value::entity(somewhere)));
    let somewhere = case.name(somewhere);
    Ok(Some(format!(
        "say where {} is: below `start` write `{start}`, or below the scene's line `at {somewhere}` and `present {}`",
        case.name(who),
        names.join(", ")
    )))
}
