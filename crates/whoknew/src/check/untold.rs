//! What an event needs and nothing tells before it: that something else happened.

use super::case::{Case, FailingPart};
use crate::ground::{ChainId, EventId, Value};
use crate::state::{FailedPart, Wanted};
use crate::telling::replay::{Incident, MomentId, What};
use crate::world::{EntityId, EventArgument, EventTerm, Expression, ParameterKind, Term, say};

/// The event that should have happened, if that is all that `part` fails by.
pub(super) fn event(case: &Case<'_, '_>, part: &FailingPart) -> Option<EventTerm> {
    let [FailedPart { place, wanted: Wanted::Equal(Value::YES), .. }] = part.facts.as_slice() else { return None };
    match case.situations.problem().expression(place.fluent) {
        Expression::Happened(event) if place.chain == ChainId::REAL => Some(event),
        _ => None,
    }
}

/// Where such an event is told to happen only after `incident`.
pub(super) fn later(case: &Case<'_, '_>, incident: &Incident, missing: &EventTerm) -> Option<MomentId> {
    let after = case.replay.moments.iter().enumerate().skip(incident.moment.index());
    let mut events = after.filter_map(|(position, moment)| match moment.what {
        What::Event(event) => Some((position, case.situations.problem().event_term(event))),
        _ => None,
    });
    let (position, _) = events.find(|(_, told)| is_meant(case, missing, told))?;
    Some(MomentId::from_index(position))
}

fn is_meant(case: &Case<'_, '_>, missing: &EventTerm, told: &EventTerm) -> bool {
    let mut arguments = missing.arguments.iter().zip(&told.arguments);
    missing.action == told.action && arguments.all(|(wanted, given)| is_open(case, wanted) || wanted == given)
}

/// The line to write before the event `told`: whom the missing one leaves open is the first who has a part in `told` only.
pub(super) fn line(case: &Case<'_, '_>, mut missing: EventTerm, told: EventId) -> String {
    let named: Vec<EntityId> = missing.arguments.iter().filter_map(entity).collect();
    let told = case.situations.problem().event_term(told).arguments.iter().filter_map(entity);
    let mut others = told.filter(|who| !named.contains(who));
    let action = &case.world.actions[missing.action.index()];
    for (argument, parameter) in missing.arguments.iter_mut().zip(&action.parameters) {
        let ParameterKind::Entity(kinds) = &parameter.kind else { continue };
        let fits = |who: &EntityId| kinds.iter().any(|&kind| case.world.is_of_kind(*who, kind));
        if is_open(case, argument)
            && let Some(who) = others.find(fits)
        {
            *argument = EventArgument::Term(Term::Entity(who));
        }
    }
    say::event(case.world, &missing)
}

fn is_open(case: &Case<'_, '_>, argument: &EventArgument) -> bool {
    *argument == EventArgument::Anyone || entity(argument) == Some(case.world.someone())
}

fn entity(argument: &EventArgument) -> Option<EntityId> {
    match argument {
        EventArgument::Term(Term::Entity(entity)) => Some(*entity),
        _ => None,
    }
}
