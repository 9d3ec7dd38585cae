//! What made a value what it is, who noticed an event, and where somebody was then.
//!
//! Walks back over a replay only when something is to be told; every walk is bounded.

mod fewest;
mod history;
mod reads;
mod trace;

pub use fewest::CauseSet;
pub(crate) use fewest::fewest;
pub use history::History;
pub use reads::{Read, Role};
pub(crate) use reads::{looked_at, reads};
pub(crate) use trace::trace;

use crate::ground::{ChainId, EventId, Place, Value};
use crate::state::{Situations, StateError, StateId};
use crate::telling::replay::{Moment, MomentId, Replay, What, Whereabouts};
use crate::world::{EntityId, EventArgument, EventTerm, Expression};

/// No walk goes back further than so many moments.
const LONGEST_WALK: usize = 200_000;
/// Walks through what somebody believes are shorter: beliefs of long ago must be computed for them.
const LONGEST_WALK_IN_BELIEFS: usize = 20_000;

/// What made a value what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It was so from the start.
    Start,
    /// This moment made it so.
    Moment(MomentId),
    /// It is older than the walk goes back.
    Unknown,
}

impl Origin {
    /// The moment, if it is one.
    pub fn moment(self) -> Option<MomentId> {
        match self {
            Self::Moment(moment) => Some(moment),
            Self::Start | Self::Unknown => None,
        }
    }
}

/// What gave `place` the value that it has after `until` moments.
pub fn origin(
    situations: &mut Situations<'_>,
    replay: &Replay,
    place: Place,
    until: MomentId,
) -> Result<Origin, StateError> {
    let Some(state) = replay.state(until) else { return Ok(Origin::Start) };
    let value = situations.value_at(state, place)?;
    let longest = if place.chain == ChainId::REAL { LONGEST_WALK } else { LONGEST_WALK_IN_BELIEFS };
    for (walked, index) in (0..until.index()).rev().enumerate() {
        if walked >= longest {
            return Ok(Origin::Unknown);
        }
        let Moment { before, after, .. } = replay.moments[index];
        if before != after && situations.value_at(before, place)? != value {
            return Ok(Origin::Moment(MomentId::from_index(index)));
        }
    }
    Ok(Origin::Start)
}

/// The characters who noticed the event of a moment, its actors first.
pub fn noticers(situations: &mut Situations<'_>, moment: &Moment) -> Result<Vec<EntityId>, StateError> {
    let What::Event(event) = moment.what else { return Ok(Vec::new()) };
    let mut noticed = situations.problem().actors(event).to_vec();
    for character in (0..situations.problem().world().characters).map(EntityId::from_index) {
        if !noticed.contains(&character) && situations.notices(moment.before, event, character)?.is_some() {
            noticed.push(character);
        }
    }
    Ok(noticed)
}

/// Those of them who noticed it as it was, and not as something else.
pub fn plain_noticers(situations: &mut Situations<'_>, moment: &Moment) -> Result<Vec<EntityId>, StateError> {
    let What::Event(event) = moment.what else { return Ok(Vec::new()) };
    let mut plainly = Vec::new();
    for who in noticers(situations, moment)? {
        if let Some(seen) = situations.notices(moment.before, event, who)?
            && situations.problem().event_term(seen) == situations.problem().event_term(event)
        {
            plainly.push(who);
        }
    }
    Ok(plainly)
}

/// Where `who` is in `state`; `None` if no fact says where such a one is.
pub fn whereabouts(
    situations: &mut Situations<'_>,
    places: &Whereabouts,
    state: StateId,
    who: EntityId,
) -> Result<Option<Value>, StateError> {
    match places.of(situations.problem(), who) {
        Some(place) => situations.value_at(state, place).map(Some),
        None => Ok(None),
    }
}

/// The later events, until `until`, by which somebody says what `statement` says, or something inside it.
pub fn sayings(
    situations: &Situations<'_>,
    replay: &Replay,
    statement: &Expression,
    range: std::ops::Range<usize>,
) -> Vec<(MomentId, EventId)> {
    let wanted = innermost(statement);
    let mut found = Vec::new();
    for index in range {
        let Some(What::Event(event)) = replay.moments.get(index).map(|moment| moment.what) else { continue };
        if says(situations.problem().event_term(event), wanted) {
            found.push((MomentId::from_index(index), event));
        }
    }
    found
}

/// Whether the event says it; to deny it is not to say it.
fn says(event: &EventTerm, wanted: &Expression) -> bool {
    event.arguments.iter().any(|argument| match argument {
        EventArgument::Statement(statement) => contains(statement, wanted),
        _ => false,
    })
}

/// What is believed, inside all beliefs about it.
fn innermost(statement: &Expression) -> &Expression {
    match statement {
        Expression::Believes(_, inner) | Expression::Knows(_, inner) => innermost(inner),
        other => other,
    }
}

fn contains(statement: &Expression, wanted: &Expression) -> bool {
    statement == wanted
        || match statement {
            Expression::Believes(_, inner) | Expression::Knows(_, inner) => contains(inner, wanted),
            Expression::And(parts) => parts.iter().any(|part| contains(part, wanted)),
            _ => false,
        }
}
