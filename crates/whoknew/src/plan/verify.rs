//! Verifies a plan with the plain semantics of situations alone. Shares nothing with the search.

use super::limits::{Limits, Task};
use super::outcome::{Act, Plan, Reason};
use crate::ground::EventId;
use crate::state::{Situations, StateError, StateId};
use crate::world::{EntityId, Holder, UtilityId};

/// What is wrong with a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The act at this position cannot happen.
    Impossible(usize),
    /// The act at this position has no valid reason for this actor.
    Unexplained(usize, EntityId),
    /// It does not reach the aim.
    MissesTheAim,
    /// It is longer than the limit.
    TooLong,
    /// Something can be left out.
    NotMinimal,
    /// A situation cannot be computed.
    State(StateError),
}

impl From<StateError> for Flaw {
    fn from(error: StateError) -> Self {
        Self::State(error)
    }
}

/// Checks that `plan` is a plan for the author as design section 4 defines it, for the reasons that it gives.
pub fn verify(situations: &mut Situations<'_>, plan: &Plan, task: &Task, limits: &Limits) -> Result<(), Flaw> {
    let start = situations.start()?;
    let depth = whole_depth(limits);
    let end = explained_end(situations, plan, limits)?;
    let before = utility(situations, start, Holder::Author, &[])?;
    let reached = utility(situations, end, Holder::Author, &[])?;
    let reaches = |reached: Option<f64>| {
        reached.is_some_and(|reached| reached >= task.aim && before.is_none_or(|before| reached > before))
    };
    if !reaches(reached) {
        return Err(Flaw::MissesTheAim);
    }
    for part in proper_parts(&plan.acts) {
        if let Ok(end) = carried_out(situations, start, &part)
            && utility(situations, end, Holder::Author, &[])? >= reached
            && follow(situations, start, &part, &|_| depth).is_ok()
        {
            return Err(Flaw::NotMinimal);
        }
    }
    Ok(())
}

/// Checks that `plan` is the beginning of one: every act can happen and has valid reasons for all its actors.
pub fn verify_beginning(situations: &mut Situations<'_>, plan: &Plan, limits: &Limits) -> Result<(), Flaw> {
    explained_end(situations, plan, limits).map(drop)
}

fn whole_depth(limits: &Limits) -> Depth<'static> {
    Depth { imagined: limits.imagined, nesting: limits.nesting.saturating_add(1), set_aside: &[] }
}

/// Where the acts lead, each with valid reasons for all its actors.
fn explained_end(situations: &mut Situations<'_>, plan: &Plan, limits: &Limits) -> Result<StateId, Flaw> {
    let start = situations.start()?;
    if plan.acts.len() > limits.steps {
        return Err(Flaw::TooLong);
    }
    for (index, act) in plan.acts.iter().enumerate() {
        if let Some(actor) = without_reason(situations, act, None) {
            return Err(Flaw::Unexplained(index, actor));
        }
    }
    let depth = whole_depth(limits);
    follow(situations, start, &plan.acts.iter().enumerate().collect::<Vec<_>>(), &|_| depth)
}

/// Checks that `reason` is one for its first act in the situation that `before`, from the start on, leads to.
pub fn verify_reason(
    situations: &mut Situations<'_>,
    before: &[EventId],
    reason: &Reason,
    limits: &Limits,
) -> Result<(), Flaw> {
    let mut state = situations.start()?;
    for &event in before {
        state = situations.happen(state, event)?;
    }
    let within = ReasonLimits { imagined: limits.imagined, nesting: limits.nesting, set_aside: &[] };
    if holds(situations, state, reason, &within)? { Ok(()) } else { Err(Flaw::Unexplained(0, reason.character)) }
}

/// Within what a single reason must keep.
pub(super) struct ReasonLimits<'a> {
    /// Acts in a plan that a character imagines.
    pub(super) imagined: usize,
    /// How deep reasons may rest on the reasons of others.
    pub(super) nesting: usize,
    /// Wants that do not count.
    pub(super) set_aside: &'a [UtilityId],
}

/// Whether `reason`, for its first act in `state`, is one as design section 4 defines it.
pub(super) fn holds(
    situations: &mut Situations<'_>,
    state: StateId,
    reason: &Reason,
    limits: &ReasonLimits<'_>,
) -> Result<bool, StateError> {
    let Some(first) = reason.acts.first() else { return Ok(false) };
    let depth = Depth { imagined: limits.imagined, nesting: limits.nesting + 1, set_aside: limits.set_aside };
    match is_reason(situations, state, first, reason, depth) {
        Ok(holds) => Ok(holds),
        Err(Flaw::State(error)) => Err(error),
        Err(_) => Ok(false),
    }
}

/// How long a reason may be and how deep reasons may be nested, this level included.
#[derive(Clone, Copy)]
struct Depth<'a> {
    imagined: usize,
    nesting: usize,
    set_aside: &'a [UtilityId],
}

/// Where `acts` lead from `state`; the reasons given for each act must be valid there, as far as `depth` allows at its position
/// in the whole plan.
fn follow<'d>(
    situations: &mut Situations<'_>,
    state: StateId,
    acts: &[(usize, &Act)],
    depth: &dyn Fn(usize) -> Depth<'d>,
) -> Result<StateId, Flaw> {
    let mut state = state;
    for &(index, act) in acts {
        if situations.refusal(state, act.event)?.is_some() {
            return Err(Flaw::Impossible(index));
        }
        for reason in &act.reasons {
            if !is_reason(situations, state, act, reason, depth(index))? {
                return Err(Flaw::Unexplained(index, reason.character));
            }
        }
        state = situations.happen(state, act.event)?;
    }
    Ok(state)
}

/// Where `acts` lead from `state`, whatever the reasons.
fn carried_out(situations: &mut Situations<'_>, state: StateId, acts: &[(usize, &Act)]) -> Result<StateId, Flaw> {
    let mut state = state;
    for &(index, act) in acts {
        if situations.refusal(state, act.event)?.is_some() {
            return Err(Flaw::Impossible(index));
        }
        state = situations.happen(state, act.event)?;
    }
    Ok(state)
}

/// An actor of `act`, not `except`, for whom no reason is given.
fn without_reason(situations: &Situations<'_>, act: &Act, except: Option<EntityId>) -> Option<EntityId> {
    let actors = situations.problem().actors(act.event);
    let has_reason = |actor: EntityId| act.reasons.iter().any(|reason| reason.character == actor);
    actors.iter().copied().find(|&actor| Some(actor) != except && !has_reason(actor))
}

fn is_reason(
    situations: &mut Situations<'_>,
    state: StateId,
    act: &Act,
    reason: &Reason,
    depth: Depth<'_>,
) -> Result<bool, Flaw> {
    let character = reason.character;
    let long = reason.acts.len();
    let meant = situations.as_meant(state, act.event, character)?;
    if reason.acts.first().map(|first| first.event) != Some(meant)
        || depth.nesting == 0
        || long > if depth.nesting == 1 { 1 } else { depth.imagined }
    {
        return Ok(false);
    }
    for (index, later) in reason.acts.iter().enumerate() {
        let fate = situations.problem().actors(later.event).is_empty();
        if fate || (index > 0 && without_reason(situations, later, Some(character)).is_some()) {
            return Ok(false);
        }
    }
    let believed = situations.believed(character, state)?;
    let holder = Holder::Character(character);
    let Some(before) = utility(situations, believed, holder, depth.set_aside)? else { return Ok(false) };
    let below = |index: usize| Depth {
        imagined: depth.imagined - index,
        nesting: depth.nesting - 1,
        set_aside: depth.set_aside,
    };
    let Ok(end) = follow(situations, believed, &reason.acts.iter().enumerate().collect::<Vec<_>>(), &below) else {
        return Ok(false);
    };
    let Some(reached) = utility(situations, end, holder, depth.set_aside)?.filter(|&reached| reached > before) else {
        return Ok(false);
    };
    for part in proper_parts(&reason.acts) {
        // Most parts miss the want; only of those that do not the reasons matter.
        if let Ok(end) = carried_out(situations, believed, &part)
            && utility(situations, end, holder, depth.set_aside)?.is_some_and(|other| other >= reached)
            && follow(situations, believed, &part, &below).is_ok()
        {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The longest sequence of which all parts are tried.
const TRIED_WHOLLY: usize = 12;

/// All sequences that leave out something, with the positions in the whole; of long ones those that leave out one or two.
fn proper_parts(acts: &[Act]) -> Vec<Vec<(usize, &Act)>> {
    let count = acts.len();
    if count <= TRIED_WHOLLY {
        let kept = |part: u32| acts.iter().enumerate().filter(move |(index, _)| part >> index & 1 == 1);
        return (0..(1u32 << count) - 1).map(|part| kept(part).collect()).collect();
    }
    let without = |one: usize, other: usize| {
        acts.iter().enumerate().filter(move |(index, _)| *index != one && *index != other).collect()
    };
    (0..count).flat_map(|one| (one..count).map(move |other| without(one, other))).collect()
}

/// The sum of the holder's wants that count; `None` if one is unknown.
fn utility(
    situations: &mut Situations<'_>,
    state: StateId,
    holder: Holder,
    set_aside: &[UtilityId],
) -> Result<Option<f64>, StateError> {
    let wants = situations.problem().utilities_of(holder);
    let wants: Vec<_> = wants.filter(|want| !set_aside.contains(want)).collect();
    let mut sum = 0.0;
    for want in wants {
        let amount = situations.problem().utility(want).clone();
        let value = situations.evaluate(state, &amount)?;
        let number = value.as_number().or(value.as_boolean().map(|yes| f64::from(u8::from(yes))));
        match number {
            Some(number) => sum += number,
            None => return Ok(None),
        }
    }
    Ok(Some(sum))
}
