//! What can be lost and never be again: nobody dead comes back to life where no event brings anybody back.
//!
//! What an event misses so is not assumed for it: the event happens as it is told, and what was lost stays lost. Of
//! anything else it may be that the story forgot to tell how it came about, and it is taken to have come about.

use crate::ground::{ChainId, Value};
use crate::state::{FailedPart, Situations, StateError, StateId};
use crate::world::{Effect, Expression, FluentId};

/// Whether `part` was so at the `start`, and no event or rule can ever make it so again.
pub(crate) fn is_lost_for_good(
    situations: &mut Situations<'_>,
    start: Option<StateId>,
    part: &FailedPart,
) -> Result<bool, StateError> {
    let Some(start) = start.filter(|_| part.place.chain == ChainId::REAL) else { return Ok(false) };
    let problem = situations.problem();
    let Some((fact, _)) = problem.declared(part.place.fluent) else { return Ok(false) };
    let world = problem.world();
    let mut effects =
        world.actions.iter().map(|action| &action.effect).chain(world.triggers.iter().map(|rule| &rule.effect));
    Ok(!effects.any(|effect| may_make(effect, fact, part)) && part.is_met_by(situations.value_at(start, part.place)?))
}

/// Whether an effect may give the fact a value that would do.
fn may_make(effect: &Effect, fact: FluentId, part: &FailedPart) -> bool {
    match effect {
        Effect::Assign(term, value) => {
            term.fluent == fact
                && match value {
                    Expression::Boolean(yes) => part.is_met_by(Value::boolean(*yes)),
                    Expression::Unknown => part.is_met_by(Value::UNKNOWN),
                    _ => true,
                }
        }
        Effect::Believes(..) => false,
        Effect::Statement(_) | Effect::Stated(_) => true,
        Effect::If(_, inner) | Effect::ForAll(_, inner) => may_make(inner, fact, part),
        Effect::All(parts) => parts.iter().any(|inner| may_make(inner, fact, part)),
    }
}
