//! Facts of which one at a time says where something is: a belief or a statement that gives one of them a value makes the others
//! unknown.

use super::{Amount, Atom, Change, Condition, GroundFluentId, Place, Problem, Value};
use crate::world::{FluentId, World};

/// The facts of `world` that exclude each other. Without one that is declared so, locations stand alone.
pub(crate) fn of(world: &World) -> Vec<FluentId> {
    if world.fluents.iter().all(|fluent| !fluent.whereabouts) {
        return Vec::new();
    }
    let says_where =
        |fluent: &crate::world::Fluent| (fluent.location || fluent.whereabouts) && fluent.definition.is_none();
    let all = world.fluents.iter().enumerate().filter(|(_, fluent)| says_where(fluent));
    all.map(|(index, _)| FluentId::from_index(index)).collect()
}

/// `changes`, and what those of them that are `judged` make unknown. What is written anyway stays as it is written.
pub(crate) fn completed(
    problem: &Problem<'_>,
    mut changes: Vec<Change>,
    judged: impl Fn(&Change) -> bool,
) -> Vec<Change> {
    if problem.whereabouts.is_empty() {
        return changes;
    }
    let mut lost: Vec<Change> = Vec::new();
    for change in changes.iter().filter(|change| judged(change)) {
        let Some(condition) = gets_value(change) else { continue };
        for fluent in problem.other_whereabouts(change.place.fluent) {
            let place = Place { chain: change.place.chain, fluent };
            let condition = condition.clone();
            let change = Change { condition, place, value: Amount::Constant(Value::UNKNOWN) };
            if changes.iter().all(|written| written.place != place) && !lost.contains(&change) {
                lost.push(change);
            }
        }
    }
    changes.append(&mut lost);
    changes
}

/// In which case a change gives a value.
fn gets_value(change: &Change) -> Option<Condition> {
    let known = match &change.value {
        Amount::Constant(value) if value.is_unknown() => return None,
        Amount::Place(place) => Condition::Atom(Atom::Is { place: *place, value: Value::UNKNOWN, equal: false }),
        _ => return Some(change.condition.clone()),
    };
    Some(Condition::all([change.condition.clone(), known]))
}

impl Problem<'_> {
    /// The facts that say in other ways where that is of which `fluent` says it; none if it does not say that.
    pub fn other_whereabouts(&self, fluent: GroundFluentId) -> Vec<GroundFluentId> {
        let Some((declared, arguments)) = self.declared(fluent) else { return Vec::new() };
        if !self.whereabouts.contains(&declared) {
            return Vec::new();
        }
        let others = self.whereabouts.iter().filter(|&&other| other != declared);
        others.filter_map(|&other| self.fluents.find(other, &arguments)).collect()
    }
}
