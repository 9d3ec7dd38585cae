//! Why somebody has no reason, in the story's words: what they want, what they believe, how the nearest plan fails.

use super::case::Case;
use crate::ground::{Condition, EventId};
use crate::plan::told::Nearest;
use crate::state::{StateError, StateId};
use crate::world::goals::{Goal, goals};
use crate::world::{EntityId, Expression, Holder, Term, UtilityId, say};

/// So many wants are told.
const MOST_WANTS: usize = 4;
/// So many facts are told for one want.
const MOST_FACTS: usize = 3;

/// What is to be said.
pub(super) struct Why<'a> {
    /// Who has no reason.
    pub who: EntityId,
    /// When.
    pub before: StateId,
    /// Wants that do not count.
    pub aside: &'a [UtilityId],
    /// The want that the act is told to serve.
    pub because: Option<UtilityId>,
}

/// It, said.
pub(super) struct Told {
    /// At the act.
    pub label: String,
    /// Below.
    pub notes: Vec<String>,
    /// They want nothing at all.
    pub wants_nothing: bool,
}

/// Says it.
pub(super) fn told(
    case: &mut Case<'_, '_>,
    why: &Why<'_>,
    nearest: &Nearest,
    (imagined, wants_nothing): (usize, bool),
) -> Result<Told, StateError> {
    let mut label = nearest_words(case, why, nearest, imagined)?;
    if let Some(want) = why.because
        && let Some(named) = &case.world.utilities[want.index()].label
    {
        label = format!("this does not serve “{named}”: {label}");
    }
    let notes = if wants_nothing { Vec::new() } else { wants(case, why)? };
    Ok(Told { label, notes, wants_nothing })
}

fn nearest_words(
    case: &mut Case<'_, '_>,
    why: &Why<'_>,
    nearest: &Nearest,
    imagined: usize,
) -> Result<String, StateError> {
    let name = case.name(why.who);
    Ok(match nearest {
        Nearest::WantsNothing => format!("{name} wants nothing"),
        Nearest::Content => format!("as {name} sees it, all that {name} wants is so already"),
        Nearest::Impossible => format!("{name} does not believe that it is possible"),
        Nearest::Idle => format!("nothing that {name} wants can come of it{}", within(imagined)),
        Nearest::WithoutIt { events } => {
            format!("as {name} sees it, this does as well without it: {}", sequence(case, events))
        }
        Nearest::Unwilling { events, position, who } => {
            let (other, part) = (case.name(*who), case.event(events[*position]));
            format!("it would serve {name} if this followed: {part}; but {other} has no reason for that")
        }
        Nearest::Blocked { event, state, needs, .. } => {
            let next = case.event(*event);
            let parts = case.failing_parts(*state, *event, needs)?;
            let lacks: Vec<&str> = parts.iter().take(MOST_FACTS).map(|part| part.text.as_str()).collect();
            match lacks.as_slice() {
                [] => format!("{name} would then do this: {next}; but that can never be"),
                lacks => {
                    format!(
                        "the nearest plan of {name} goes on with this: {next}; but it needs that {}",
                        say::list(lacks)
                    )
                }
            }
        }
        Nearest::Nothing => format!("{name} gets nearer to nothing by it{}", within(imagined)),
    })
}

fn within(imagined: usize) -> String {
    match imagined {
        1 => " in one act".to_owned(),
        imagined => format!(" within {imagined} acts"),
    }
}

fn sequence(case: &Case<'_, '_>, events: &[EventId]) -> String {
    let said: Vec<String> = events.iter().map(|&event| case.event(event)).collect();
    said.join(", then ")
}

/// What they want and is not so, as they see it, with what they believe instead.
fn wants(case: &mut Case<'_, '_>, why: &Why<'_>) -> Result<Vec<String>, StateError> {
    let name = case.name(why.who);
    let believed = case.situations.believed(why.who, why.before)?;
    let held: Vec<UtilityId> = case.situations.problem().utilities_of(Holder::Character(why.who)).collect();
    let mut notes = Vec::new();
    let mut met = 0;
    for want in held.into_iter().filter(|want| !why.aside.contains(want)) {
        let utility = &case.world.utilities[want.index()];
        for goal in goals(case.world, &utility.value) {
            let condition = match &goal {
                Goal::Holds(condition) => Some(condition),
                Goal::More(_) | Goal::Less(_) => None,
            };
            if condition.map_or(Ok(false), |condition| case.holds(believed, condition))? {
                met += 1;
            } else if notes.len() < MOST_WANTS {
                let sentence = goal.words(case.world);
                let wants = match &utility.label {
                    Some(label) => format!("{name} wants “{label}”, {sentence}"),
                    None => format!("{name} wants {sentence}"),
                };
                let instead = condition.map_or(Ok(Vec::new()), |goal| instead(case, why.who, believed, goal))?;
                notes.push(match instead.as_slice() {
                    [] => wants,
                    instead => format!("{wants}; {}", say::list(instead)),
                });
            }
        }
    }
    if met > 0 && !notes.is_empty() {
        notes.push(format!("what else {name} wants is so, as {name} sees it"));
    }
    Ok(notes)
}

/// What they believe where the want wants something else.
fn instead(
    case: &mut Case<'_, '_>,
    who: EntityId,
    believed: StateId,
    goal: &Expression,
) -> Result<Vec<String>, StateError> {
    let Ok(condition) = case.situations.problem_mut().condition(goal) else { return Ok(Vec::new()) };
    if matches!(condition, Condition::Constant(_)) {
        return Ok(Vec::new());
    }
    let alternatives = case.situations.unmet(believed, &condition)?;
    let Some(nearest) = alternatives.into_iter().min_by_key(|alternative| alternative.failing.len()) else {
        return Ok(Vec::new());
    };
    let mut said = Vec::new();
    for part in nearest.failing.iter().take(MOST_FACTS) {
        let mut believers = vec![who];
        believers.extend_from_slice(case.situations.problem().believers(part.place.chain));
        let place = case.situations.problem_mut().place(&believers, part.place.fluent);
        let text = if part.actual.is_unknown() {
            let fact = case.situations.problem().expression(place.fluent);
            case.say(&Expression::Not(Box::new(Expression::KnowsWhether(Term::Entity(who), Box::new(fact)))))
        } else {
            case.say_fact(place, part.actual)
        };
        said.push(text);
    }
    Ok(said)
}
