//! Claims about everyone, nobody, only some: of whom they are not so.

use super::case::Case;
use super::words;
use crate::causes::Origin;
use crate::diagnostic::Diagnostic;
use crate::ground::{Atom, Condition, Place};
use crate::state::StateError;
use crate::telling::replay::{Incident, MomentId, What};
use crate::world::everybody::{self, Crowd, SaidOf};
use crate::world::whereabouts::known_in;
use crate::world::{EntityId, Expression, Term, World, say};

/// So many places where those of whom a claim is not so learned it are shown.
const MOST_SHOWN: usize = 4;

/// Whether a claim, or a part of it, speaks of a crowd.
pub(super) fn speaks_of_crowd(world: &World, claim: &Expression) -> bool {
    everybody::said_of(world, claim).is_some()
        || matches!(claim, Expression::And(parts) if parts.iter().any(|part| speaks_of_crowd(world, part)))
}

/// The part of a claim, made of lists and of crowds, that is of the form `wanted`.
pub(super) fn part(world: &World, claim: &Expression, wanted: &dyn Fn(&Expression) -> bool) -> Option<Expression> {
    if wanted(claim) {
        return Some(claim.clone());
    }
    if let Some(instances) = everybody::instances(world, claim) {
        return instances.into_iter().map(|instance| instance.held).find(|held| wanted(held));
    }
    match claim {
        Expression::And(parts) => parts.iter().find_map(|one| part(world, one, wanted)),
        _ => None,
    }
}

/// Those of whom a claim about a crowd is not so, and what it says of the first of them; nobody for other claims.
pub(super) fn exceptions(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    claim: &Expression,
) -> Result<Option<(Vec<EntityId>, Expression)>, StateError> {
    if let Expression::And(parts) = claim
        && everybody::said_of(case.world, claim).is_none()
    {
        for part in parts {
            if let Some(found) = exceptions(case, incident, part)? {
                return Ok(Some(found));
            }
        }
        return Ok(None);
    }
    let (mut who, mut first) = (Vec::new(), None);
    for instance in everybody::instances(case.world, claim).unwrap_or_default() {
        let Ok(condition) = case.situations.problem_mut().condition(&instance.condition()) else { continue };
        if !case.situations.holds(incident.state, &condition)? {
            who.push(instance.who);
            first.get_or_insert(instance.held);
        }
    }
    Ok(first.map(|first| (who, first)))
}

/// Of whom a claim that they know, or do not know, where something is, is not so: `Ben and Cy know where the key is`.
pub(super) fn about_where(case: &Case<'_, '_>, held: &Expression, who: Option<&[EntityId]>) -> Option<String> {
    let (inner, denies) = if let Expression::Not(inner) = held { (&**inner, true) } else { (held, false) };
    let (holder, thing) = known_in(case.world, inner)?;
    let who = match (who, holder) {
        (Some(who), _) => who.to_vec(),
        (None, Term::Entity(holder)) => vec![holder],
        _ => return None,
    };
    let verb = match (denies, who.len()) {
        (true, 1) => "knows",
        (true, _) => "know",
        (false, 1) => "does not know",
        (false, _) => "do not know",
    };
    Some(format!("{} {verb} where {} is", words::names(case.world, &who), case.name(thing)))
}

/// What is so instead of a claim that somebody, or not everyone, takes something so.
pub(super) fn instead(world: &World, claim: &Expression) -> Option<Expression> {
    let SaidOf { crowd, held } = everybody::said_of(world, claim)?;
    let instead = match (crowd, held) {
        (Crowd::Somebody, Expression::Not(_)) | (Crowd::NotEveryone, _) => Crowd::Everyone,
        (Crowd::Somebody, _) => Crowd::Nobody,
        _ => return None,
    };
    said(world, &instead, held)
}

/// What `held` says, said of another crowd.
fn said(world: &World, crowd: &Crowd, held: &Expression) -> Option<Expression> {
    let attitude = if let Expression::Not(inner) = held { inner } else { held };
    everybody::held_by_crowd(world, crowd, attitude)
}

/// The claim about a crowd that would be so: the one that names those who know it.
fn mended(world: &World, claim: &Expression, who: &[EntityId]) -> Option<String> {
    let SaidOf { crowd, held } = everybody::said_of(world, claim)?;
    let terms = || who.iter().map(|&who| Term::Entity(who)).collect::<Vec<_>>();
    let crowd = match crowd {
        Crowd::Nobody if who.len() == world.characters => Crowd::Everyone,
        Crowd::Nobody => Crowd::Only(terms()),
        Crowd::Only(mut names) => {
            names.extend(terms());
            if names.len() == world.characters { Crowd::Everyone } else { Crowd::Only(names) }
        }
        Crowd::AllBut(mut names) => {
            names.retain(|name| !terms().contains(name));
            if names.is_empty() { Crowd::Everyone } else { Crowd::AllBut(names) }
        }
        _ => return None,
    };
    Some(say::statement(world, &said(world, &crowd, held)?))
}

/// The message about those who are claimed not to know or believe what they do; and whether an event gave it to one.
pub(super) fn knowing(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    claim: &Expression,
    (who, mut diagnostic): (&[(EntityId, Condition)], Diagnostic),
) -> Result<(Diagnostic, bool), StateError> {
    let names: Vec<EntityId> = who.iter().map(|(who, _)| *who).collect();
    let believes = part(case.world, claim, &|part| {
        matches!(part, Expression::Not(inner)
        if matches!(**inner, Expression::Believes(..)))
    });
    let verb = if believes.is_some() { "believe" } else { "know" };
    diagnostic = diagnostic.at(format!("{} {verb}{} it", words::names(case.world, &names), third(&names)));
    let (mut learned, mut at_start): (Vec<(MomentId, Vec<EntityId>)>, Vec<EntityId>) = (Vec::new(), Vec::new());
    for (who, believed) in who {
        let Some((_, moment)) = source(case, incident, believed)? else {
            at_start.push(*who);
            continue;
        };
        match learned.iter_mut().find(|(known, _)| *known == moment) {
            Some((_, others)) => others.push(*who),
            None => learned.push((moment, vec![*who])),
        }
    }
    for (moment, who) in learned.iter().take(MOST_SHOWN) {
        let (names, told) = (words::names(case.world, who), case.moment(*moment));
        let text = match (&told.what, told.line) {
            (What::Event(_), Some(_)) => format!("{names} learned it here, in {}", case.scene(told.scene)),
            (What::Event(_), None) => format!("{names} learned it here: {}", case.happening(*moment)),
            _ => format!("since here {names} {verb}{} it: {}", third(who), case.happening(*moment)),
        };
        diagnostic = diagnostic.label(case.moment_span(*moment), text);
    }
    if !at_start.is_empty() {
        let known = format!("{} {verb}{} it from the start", words::names(case.world, &at_start), third(&at_start));
        diagnostic = diagnostic.note(known);
        if at_start.len() > 1 {
            diagnostic = diagnostic.note("what `start` says everybody knows, unless it says `known to …:` before it");
        }
    }
    let is_event = |(moment, _): &&(MomentId, Vec<EntityId>)| matches!(case.moment(*moment).what, What::Event(_));
    let by_event: Vec<EntityId> = learned.iter().filter(is_event).flat_map(|(_, who)| who.iter().copied()).collect();
    if !by_event.is_empty() {
        let names = words::names(case.world, &by_event);
        diagnostic = diagnostic.note(format!("no event, rule or `forgets` took it from {names} since then"));
    }
    if let Some(mended) = mended(case.world, claim, &names) {
        diagnostic = diagnostic.help(format!("what is so is this: `claim {mended}`"));
    }
    Ok((diagnostic, !by_event.is_empty()))
}

/// The ending of a verb: `knows`, `know`.
fn third(who: &[EntityId]) -> &'static str {
    if who.len() == 1 { "s" } else { "" }
}

/// The last moment that gave somebody a part of what they believe, and which; events come before all else.
pub(super) fn source(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    believed: &Condition,
) -> Result<Option<(Place, MomentId)>, StateError> {
    let mut atoms: Vec<Atom> = Vec::new();
    case.holding(incident.state, believed, &mut atoms)?;
    let mut last: Option<(bool, MomentId, Place)> = None;
    for atom in atoms.iter().take(8) {
        let mut subject = None;
        atom.places(&mut |place| {
            subject.get_or_insert(place);
        });
        let Some(place) = subject else { continue };
        let Origin::Moment(moment) = case.origin(place, incident.moment)? else { continue };
        let found = (matches!(case.moment(moment).what, What::Event(_)), moment, place);
        last = last.max(Some(found));
    }
    Ok(last.map(|(_, moment, place)| (place, moment)))
}
