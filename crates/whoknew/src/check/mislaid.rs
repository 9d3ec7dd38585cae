//! What to say where an event fails because of a thing that is not where it would have to be: nothing tells where it is, or
//! it is somewhere that the event does not ask for, as hidden.

use super::case::{Case, FailingPart};
use crate::ground::{ChainId, GroundFluentId, Place, Value};
use crate::state::{FailedPart, StateError, Wanted};
use crate::telling::replay::Incident;
use crate::world::{EntityId, ValueKind};

/// Where a thing is instead, if anything tells.
pub(super) struct Mislaid {
    /// The thing.
    thing: EntityId,
    /// The facts that say where it is, with their values.
    pub instead: Vec<FailedPart>,
    /// One of the facts that should have said it.
    fact: GroundFluentId,
}

/// The thing of which `part` needs to know where it is, in other words than the story has told it.
pub(super) fn thing(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    part: &FailingPart,
) -> Result<Option<Mislaid>, StateError> {
    for fact in part.facts.iter().filter(|fact| fact.place.chain == ChainId::REAL && fact.actual.is_unknown()) {
        let others = case.situations.problem().other_whereabouts(fact.place.fluent);
        let declared = case.situations.problem().declared(fact.place.fluent);
        let Some(thing) = declared.and_then(|(_, arguments)| arguments.first().copied()) else { continue };
        if others.is_empty() || thing.index() < case.world.characters {
            continue;
        }
        let mut instead = Vec::new();
        for fluent in others {
            let place = Place { chain: ChainId::REAL, fluent };
            let actual = case.value(incident.state, place)?;
            if !actual.is_unknown() {
                instead.push(FailedPart { place, wanted: Wanted::Equal(Value::UNKNOWN), actual });
            }
        }
        return Ok(Some(Mislaid { thing, instead, fact: fact.place.fluent }));
    }
    Ok(None)
}

/// `the story never says where the ring is`, or where it is and that `actor` does not know so.
pub(super) fn words(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    mislaid: &Mislaid,
    actor: Option<EntityId>,
) -> Result<Vec<String>, StateError> {
    if mislaid.instead.is_empty() {
        let untold = match case.origin(Place { chain: ChainId::REAL, fluent: mislaid.fact }, incident.moment)?.moment()
        {
            Some(_) => "nothing tells where",
            None => "the story never says where",
        };
        return Ok(vec![format!("{untold} {} is", case.name(mislaid.thing))]);
    }
    let mut said = Vec::new();
    for fact in &mislaid.instead {
        let mut text = case.say_fact(fact.place, fact.actual);
        if let Some(actor) = actor {
            let place = case.situations.problem_mut().place(&[actor], fact.place.fluent);
            if case.value(incident.state, place)? != fact.actual {
                text += &format!(", which {} does not know", case.name(actor));
            }
        }
        said.push(text);
    }
    Ok(said)
}

/// The lines that would tell where a thing is of which nothing does, if the story never did.
pub(super) fn help(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    mislaid: &Mislaid,
    actor: Option<EntityId>,
) -> Result<Option<String>, StateError> {
    let fact = Place { chain: ChainId::REAL, fluent: mislaid.fact };
    let (true, Some(actor)) = (mislaid.instead.is_empty(), actor) else { return Ok(None) };
    if case.origin(fact, incident.moment)?.moment().is_some() {
        return Ok(None);
    }
    let here = match case.places.of(case.situations.problem(), actor) {
        Some(place) => case.value(incident.state, place)?.as_entity(),
        None => None,
    };
    let mut facts = vec![mislaid.fact];
    facts.extend(case.situations.problem().other_whereabouts(mislaid.fact));
    let mut lines = Vec::new();
    for fluent in facts {
        let where_it_is = if case.located(fluent).is_some() { here } else { Some(actor) };
        let Some(holder) = where_it_is.filter(|&holder| takes(case, fluent, holder)) else { continue };
        let place = Place { chain: ChainId::REAL, fluent };
        lines.push(format!("`{}`", case.say_fact(place, Value::entity(holder))));
    }
    let name = case.name(mislaid.thing);
    Ok((!lines.is_empty()).then(|| format!("say below `start` where {name} is: {}", lines.join(" or "))))
}

fn takes(case: &Case<'_, '_>, fluent: GroundFluentId, value: EntityId) -> bool {
    match case.situations.problem().value_kind(fluent) {
        ValueKind::Entity(kinds) => kinds.iter().any(|&kind| case.world.is_of_kind(value, kind)),
        _ => false,
    }
}
