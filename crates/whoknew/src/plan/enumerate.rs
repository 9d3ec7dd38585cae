//! All events that a plan may hold: every action with every combination of arguments, statements and numbers left out.

use super::PlanError;
use crate::ground::{EventId, GroundError, Problem, TOO_MANY_INSTANCES};
use crate::world::{ActionId, EntityId, EventArgument, EventTerm, ParameterKind, Term};

/// Makes all instances of all actions ground.
pub(super) fn events(problem: &mut Problem<'_>) -> Result<Vec<EventId>, PlanError> {
    let world = problem.world();
    let mut events = Vec::new();
    for (index, action) in world.actions.iter().enumerate() {
        let ranges: Option<Vec<Vec<EntityId>>> = action
            .parameters
            .iter()
            .map(|parameter| match &parameter.kind {
                ParameterKind::Entity(kinds) => Some(world.entities_of(kinds).collect()),
                ParameterKind::Constant(entity) => Some(vec![*entity]),
                ParameterKind::Statement | ParameterKind::Number => None,
            })
            .collect();
        let Some(ranges) = ranges else { continue };
        let count = ranges.iter().try_fold(1usize, |count, range| count.checked_mul(range.len()));
        if count.is_none_or(|count| count > problem.limits().instances.saturating_sub(events.len())) {
            let message = format!("the actions have more instances than the limit of {}", problem.limits().instances);
            return Err(PlanError::Ground(GroundError::new(&TOO_MANY_INSTANCES, message).or_at(action.span)));
        }
        for arguments in combinations(&ranges) {
            let arguments = arguments.into_iter().map(|entity| EventArgument::Term(Term::Entity(entity))).collect();
            let term = EventTerm { action: ActionId::from_index(index), arguments };
            events.push(problem.event(&term).map_err(PlanError::Ground)?);
        }
    }
    Ok(events)
}

/// One entity of each range, the first slowest.
fn combinations(ranges: &[Vec<EntityId>]) -> Vec<Vec<EntityId>> {
    let mut all = vec![Vec::with_capacity(ranges.len())];
    for range in ranges {
        all = all
            .iter()
            .flat_map(|begun| range.iter().map(move |&entity| begun.iter().copied().chain([entity]).collect()))
            .collect();
    }
    all
}
