//! Whether those who say something in what is proposed believe it: a lie would do for much, and nobody asks for it.

use crate::ground::EventId;
use crate::plan::told::Sequence;
use crate::state::{Situations, StateError, StateId};
use crate::world::{EntityId, EventArgument, Expression, Term};

/// Whether all who say something in `sequence`, which happens from `state` on, believe it.
pub(crate) fn sincere(
    situations: &mut Situations<'_>,
    state: StateId,
    sequence: &Sequence,
) -> Result<bool, StateError> {
    let mut state = state;
    for act in &sequence.acts {
        let term = situations.problem().event_term(act.event).clone();
        for argument in &term.arguments {
            let EventArgument::Statement(said) = argument else { continue };
            // A letter is the reader's act; who wrote it is named beside.
            let named = term.arguments.iter().filter_map(|argument| match argument {
                EventArgument::Term(Term::Entity(entity)) => Some(*entity),
                _ => None,
            });
            let Some(source) = source(situations, act.event, named.collect()) else { continue };
            let believes = Expression::Believes(Term::Entity(source), said.clone());
            let Ok(condition) = situations.problem_mut().condition(&believes) else { return Ok(false) };
            if !situations.holds(state, &condition)? {
                return Ok(false);
            }
        }
        state = situations.happen(state, act.event)?;
    }
    Ok(true)
}

/// From whom it is: the speaker; where the speaker learns it from the act, the other who is named.
fn source(situations: &Situations<'_>, event: EventId, named: Vec<EntityId>) -> Option<EntityId> {
    let problem = situations.problem();
    let speaker = problem.actors(event).first().copied()?;
    let changes = problem.get(event).all_changes(&problem.events.joins);
    let learns = changes.iter().any(|change| problem.believers(change.place.chain).first() == Some(&speaker));
    if learns { named.into_iter().find(|who| *who != speaker) } else { Some(speaker) }
}
