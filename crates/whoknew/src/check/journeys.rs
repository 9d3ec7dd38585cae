//! How long an event takes: what its action says; of a journey of which that is unknown, as long as the shortest chain of
//! journeys of which it is said.

use super::case::Case;
use crate::ground::{EventId, Value};
use crate::state::{StateError, StateId};
use crate::world::{EntityId, EventArgument, EventTerm, ParameterKind, Term};

/// How many minutes an event takes in `state`; none where nothing says it.
pub(super) fn minutes(case: &mut Case<'_, '_>, state: StateId, event: EventId) -> Result<f64, StateError> {
    let term = case.situations.problem().event_term(event).clone();
    if case.world.actions[term.action.index()].duration.is_none() {
        return Ok(0.0);
    }
    if let Some(minutes) = said(case, state, &term)? {
        return Ok(minutes);
    }
    let Some(journey) = journey(case, state, event, term)? else { return Ok(0.0) };
    Ok(shortest(case, state, &journey)?.unwrap_or(0.0))
}

/// What the action itself says.
fn said(case: &mut Case<'_, '_>, state: StateId, term: &EventTerm) -> Result<Option<f64>, StateError> {
    let Ok(Some(amount)) = case.situations.problem_mut().duration(term) else { return Ok(None) };
    let value = case.situations.evaluate(state, &amount)?;
    Ok(value.as_number().filter(|minutes| minutes.is_finite()).map(|minutes| minutes.max(0.0)))
}

/// Somebody's way from a place to another.
struct Journey {
    traveller: EntityId,
    from: EntityId,
    to: EntityId,
    term: EventTerm,
    /// Which argument says where it leads.
    argument: usize,
    places: Vec<EntityId>,
}

/// The journey that an event is, if one of its arguments could be the place where its first actor is.
fn journey(
    case: &mut Case<'_, '_>,
    state: StateId,
    event: EventId,
    term: EventTerm,
) -> Result<Option<Journey>, StateError> {
    let Some(&traveller) = case.situations.problem().actors(event).first() else { return Ok(None) };
    let Some(at) = case.places.of(case.situations.problem(), traveller) else { return Ok(None) };
    let Some(from) = case.value(state, at)?.as_entity() else { return Ok(None) };
    let parameters = case.world.actions[term.action.index()].parameters.iter().zip(&term.arguments).enumerate();
    let mut found = None;
    for (argument, (parameter, value)) in parameters {
        let (ParameterKind::Entity(kinds), EventArgument::Term(Term::Entity(to))) = (&parameter.kind, value) else {
            continue;
        };
        if kinds.iter().any(|&kind| case.world.is_of_kind(from, kind)) {
            found = Some((argument, *to, case.world.entities_of(kinds).collect()));
        }
    }
    Ok(found.map(|(argument, to, places)| Journey { traveller, from, to, term, argument, places }))
}

/// The shortest chain, by always going on from the nearest place reached so far.
fn shortest(case: &mut Case<'_, '_>, state: StateId, journey: &Journey) -> Result<Option<f64>, StateError> {
    let mut reached: Vec<(EntityId, f64)> = vec![(journey.from, 0.0)];
    let mut left: Vec<EntityId> = Vec::new();
    loop {
        let open = reached.iter().filter(|(place, _)| !left.contains(place));
        let Some(&(nearest, so_far)) = open.min_by(|one, other| one.1.total_cmp(&other.1)) else { return Ok(None) };
        if nearest == journey.to {
            return Ok(Some(so_far));
        }
        left.push(nearest);
        let there = being_at(case, state, journey, nearest)?;
        for &next in journey.places.iter().filter(|next| !left.contains(next)) {
            let mut term = journey.term.clone();
            term.arguments[journey.argument] = EventArgument::Term(Term::Entity(next));
            let Some(minutes) = said(case, there, &term)? else { continue };
            match reached.iter_mut().find(|(place, _)| *place == next) {
                Some((_, known)) => *known = known.min(so_far + minutes),
                None => reached.push((next, so_far + minutes)),
            }
        }
    }
}

/// `state` with the traveller at another place.
fn being_at(
    case: &mut Case<'_, '_>,
    state: StateId,
    journey: &Journey,
    place: EntityId,
) -> Result<StateId, StateError> {
    match case.places.of(case.situations.problem(), journey.traveller) {
        Some(at) if place != journey.from => case.situations.write_values(state, &[(at, Value::entity(place))]),
        _ => Ok(state),
    }
}
