//! What to write where an event names one for whom another passes: what happens to that other is told with their own name.

use super::case::Case;
use crate::ground::EventId;
use crate::state::StateError;
use crate::telling::replay::Incident;
use crate::world::EntityId;

/// The same event with those in it who truly are there, if it can happen so.
pub(super) fn help(case: &mut Case<'_, '_>, incident: &Incident, event: EventId) -> Result<Option<String>, StateError> {
    let named: Vec<(usize, EntityId)> = case.situations.problem().get(event).characters(case.world).collect();
    let mut truly = Vec::new();
    let mut passing = Vec::new();
    for (place, guise) in named {
        let characters = (0..case.world.characters).map(EntityId::from_index);
        let others: Vec<EntityId> =
            characters.filter(|&who| case.situations.guise(incident.state, who) == Some(guise)).collect();
        if let [other] = others[..] {
            truly.push((place, other));
            passing.push((other, guise));
        }
    }
    let [(other, guise), ..] = passing[..] else { return Ok(None) };
    let Ok(meant) = case.situations.problem_mut().disguised(event, &truly) else { return Ok(None) };
    if meant == event || case.situations.refusal(incident.state, meant)?.is_some() {
        return Ok(None);
    }
    let (name, like, line) = (case.name(other), case.name(guise), case.event(meant));
    Ok(Some(format!(
        "{name} passes for {like} here; if it is {name}, write `{line}`: whoever does not know of the disguise takes it for what stands here"
    )))
}
