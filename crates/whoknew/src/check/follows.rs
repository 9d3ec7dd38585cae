//! Which findings follow from an earlier hole (H14): those that would not be there without it.
//!
//! Everything that fails must come from a hole: from what the check assumed after one, from what it left out, or from what
//! is lost for good and was missed before. One failing part that comes from none of them makes a finding of its own.

use super::case::Case;
use super::{FOLLOWS, impossible};
use crate::causes::Origin;
use crate::diagnostic::{Diagnostic, Severity};
use crate::ground::{GroundFluentId, Place};
use crate::state::{FailedNeed, FailedPart, StateError};
use crate::telling::irrevocable::is_lost_for_good;
use crate::telling::needed::nearest;
use crate::telling::replay::{Incident, IncidentKind, What};
use crate::world::{Effect, FluentId, World};

/// So many parts of one way to meet a need are looked at, and so many ways.
const MOST: usize = 8;

/// The incident that all of this follows from, the first if there are several.
pub(super) fn from(case: &mut Case<'_, '_>, incident: &Incident) -> Result<Option<usize>, StateError> {
    if case.replay.incidents.first().is_none_or(|first| std::ptr::eq(first, incident)) {
        return Ok(None);
    }
    match &incident.kind {
        IncidentKind::Impossible { needs, .. } => {
            let mut first = None;
            for need in needs {
                let Some(cause) = need_from(case, need, incident)? else { return Ok(None) };
                first = first.or(Some(cause));
            }
            Ok(first)
        }
        IncidentKind::Unaware { failing, .. }
        | IncidentKind::UnknownClaim { failing, .. }
        | IncidentKind::Premise { failing, .. } => all_from(case, failing, incident, true),
        IncidentKind::FalseClaim { failing } => all_from(case, failing, incident, false),
        IncidentKind::BelievedClaim { .. } | IncidentKind::Failed { .. } => Ok(None),
    }
}

/// The finding as a note under the one that it follows from.
pub(super) fn noted(diagnostic: Diagnostic) -> Diagnostic {
    let title = format!("It follows from this hole: {}", diagnostic.title);
    Diagnostic { code: &FOLLOWS, severity: Severity::Note, title, help: Vec::new(), ..diagnostic }
}

/// Where one of the shortest ways to meet the need misses only what comes from holes: one of these.
fn need_from(case: &mut Case<'_, '_>, need: &FailedNeed, incident: &Incident) -> Result<Option<usize>, StateError> {
    let fewest = need.alternatives.iter().map(|way| way.failing.len()).min();
    for way in need.alternatives.iter().filter(|way| Some(way.failing.len()) == fewest).take(MOST) {
        if let Some(cause) = all_from(case, &way.failing, incident, false)? {
            return Ok(Some(cause));
        }
    }
    Ok(None)
}

/// The first of the incidents that all these parts come from.
fn all_from(
    case: &mut Case<'_, '_>,
    failing: &[FailedPart],
    incident: &Incident,
    believed: bool,
) -> Result<Option<usize>, StateError> {
    if failing.len() > MOST {
        return Ok(None);
    }
    let mut first = None;
    for part in failing {
        let Some(cause) = part_from(case, part, incident, believed)? else { return Ok(None) };
        first = first.or(Some(cause));
    }
    Ok(first)
}

/// The incident whose patch gave a failing part its value, or made so what somebody fails to believe; or which left out
/// what might have given it another.
fn part_from(
    case: &mut Case<'_, '_>,
    part: &FailedPart,
    incident: &Incident,
    believed: bool,
) -> Result<Option<usize>, StateError> {
    if !believed && let Some(cause) = missed_before(case, part, incident)? {
        return Ok(Some(cause));
    }
    let origin = case.origin(part.place, incident.moment)?;
    if let (Some(cause), Some(moment)) = (case.patched(&origin), origin.moment()) {
        let before = case.moment(moment).before;
        return Ok(part.is_met_by(case.value(before, part.place)?).then_some(cause));
    }
    if let Some(cause) = left_out(case, part.place, &origin, incident) {
        return Ok(Some(cause));
    }
    if !believed {
        return Ok(None);
    }
    let outside = case.outside(part.place);
    let origin = case.origin(outside, incident.moment)?;
    Ok(case.patched(&origin).or_else(|| left_out(case, outside, &origin, incident)))
}

/// The first incident whose event happened although the same part was missing, which is lost for good. What is left out
/// because it is so already is another hole.
fn missed_before(case: &mut Case<'_, '_>, part: &FailedPart, incident: &Incident) -> Result<Option<usize>, StateError> {
    if impossible::is_so_already(case, incident) || !is_lost_for_good(case.situations, case.replay.beginning(), part)? {
        return Ok(None);
    }
    let since = case.origin(part.place, incident.moment)?.moment();
    let missed = |other: &Incident| match &other.kind {
        IncidentKind::Impossible { needs, .. } => {
            let same = |missing: &FailedPart| missing.place == part.place && missing.wanted == part.wanted;
            since.is_none_or(|since| since < other.moment)
                && nearest(needs).iter().any(same)
                && !impossible::is_so_already(case, other)
        }
        _ => false,
    };
    Ok(case.replay.incidents.iter().take_while(|other| !std::ptr::eq(*other, incident)).position(missed))
}

/// The last incident that left out what might have changed `place` since its value came about.
fn left_out(case: &Case<'_, '_>, place: Place, origin: &Origin, until: &Incident) -> Option<usize> {
    let since = origin.moment();
    let before = |other: &Incident| other.moment <= until.moment && since.is_none_or(|since| since < other.moment);
    let earlier = case.replay.incidents.iter().take_while(|other| !std::ptr::eq(*other, until)).enumerate();
    let (index, _) = earlier.filter(|(_, other)| before(other) && leaves_out(case, other, place.fluent)).last()?;
    Some(index)
}

/// Whether the incident left out what might change `fact`.
fn leaves_out(case: &Case<'_, '_>, incident: &Incident, fact: GroundFluentId) -> bool {
    let problem = case.situations.problem();
    match &incident.kind {
        IncidentKind::Impossible { event, needs } => {
            needs.iter().any(FailedNeed::can_never_be) && problem.may_change(*event).contains(&fact)
        }
        IncidentKind::Failed { what, written, .. } => {
            let by_event = match what {
                What::Event(event) | What::TimePassed(event) => problem.may_change(*event).contains(&fact),
                _ => written.contains(&fact),
            };
            by_event || problem.declared(fact).is_some_and(|(fact, _)| a_rule_makes(case.world, fact))
        }
        _ => false,
    }
}

/// Whether some rule may change `fact`.
fn a_rule_makes(world: &World, fact: FluentId) -> bool {
    world.triggers.iter().any(|rule| makes(&rule.effect, fact))
}

fn makes(effect: &Effect, fact: FluentId) -> bool {
    match effect {
        Effect::Assign(term, _) => term.fluent == fact,
        Effect::Believes(_, inner) | Effect::If(_, inner) | Effect::ForAll(_, inner) => makes(inner, fact),
        Effect::Statement(_) | Effect::Stated(_) => true,
        Effect::All(parts) => parts.iter().any(|inner| makes(inner, fact)),
    }
}
