//! Where somebody who imagines a plan is wrong about what the plan needs, or about what makes it worth while.

use super::super::outcome::Act;
use crate::ground::{Amount, Atom, Condition, Place, Value};
use crate::state::{Situations, StateError, StateId};
use crate::world::{EntityId, Holder, UtilityId, say};

/// A false belief that an imagined plan counts on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What they believe: `the marble is in the basket`.
    pub believed: String,
    /// What is the case instead.
    pub so: String,
}

/// What the acts need that holds in what somebody believes, from the beginning on, and is not so.
pub(super) fn mistakes(
    situations: &mut Situations<'_>,
    (real, believed): (StateId, StateId),
    acts: &[Act],
) -> Result<Vec<Mistake>, StateError> {
    let mut mistakes: Vec<Mistake> = Vec::new();
    let mut now = believed;
    for act in acts {
        let mut atoms: Vec<Atom> = Vec::new();
        for need in situations.problem().get(act.event).needs() {
            need.condition.atoms(&mut |atom| atoms.push(atom.clone()));
        }
        for atom in atoms {
            let condition = Condition::Atom(atom);
            let fits = situations.holds(now, &condition)? && situations.holds(believed, &condition)?;
            if fits && !situations.holds(real, &condition)? {
                wrong_places(situations, &condition, (real, believed, now), &mut mistakes)?;
            }
        }
        now = situations.happen(now, act.event)?;
    }
    Ok(mistakes)
}

/// Adds what a want of `character` that is better met at `end` rests on from the beginning on, and is not so: were it so as it
/// is in truth, the end would be worth less.
pub(super) fn of_wants(
    situations: &mut Situations<'_>,
    character: EntityId,
    (real, believed, end): (StateId, StateId, StateId),
    mistakes: &mut Vec<Mistake>,
) -> Result<(), StateError> {
    let wants: Vec<UtilityId> = situations.problem().utilities_of(Holder::Character(character)).collect();
    for want in wants {
        let amount = situations.problem().utility(want).clone();
        let reached = worth(situations, end, &amount)?;
        if reached <= worth(situations, believed, &amount)? {
            continue;
        }
        let mut places: Vec<Place> = Vec::new();
        amount.places(&mut |place| places.push(place));
        for place in places {
            let (so, taken) = (situations.value_at(real, place)?, situations.value_at(believed, place)?);
            if so == taken || taken.is_unknown() || situations.value_at(end, place)? != taken {
                continue;
            }
            let undeceived = situations.write_values(end, &[(place, so)])?;
            if worth(situations, undeceived, &amount)? < reached {
                add(situations, (place, taken, so), mistakes);
            }
        }
    }
    Ok(())
}

/// The number that a want comes to; a condition counts 1 or 0.
fn worth(situations: &mut Situations<'_>, state: StateId, amount: &Amount) -> Result<f64, StateError> {
    let value = situations.evaluate(state, amount)?;
    let number = value.as_number().or(value.as_boolean().map(|yes| f64::from(u8::from(yes))));
    Ok(number.unwrap_or(f64::NEG_INFINITY))
}

fn add(situations: &Situations<'_>, (place, taken, so): (Place, Value, Value), mistakes: &mut Vec<Mistake>) {
    let mistake = Mistake { believed: sentence(situations, place, taken), so: sentence(situations, place, so) };
    if !mistakes.contains(&mistake) {
        mistakes.push(mistake);
    }
}

/// Adds the facts of `condition` that differ from what is so, unless the plan itself has changed them.
fn wrong_places(
    situations: &mut Situations<'_>,
    condition: &Condition,
    (real, believed, now): (StateId, StateId, StateId),
    mistakes: &mut Vec<Mistake>,
) -> Result<(), StateError> {
    let mut places: Vec<Place> = Vec::new();
    condition.places(&mut |place| places.push(place));
    for place in places {
        let (so, taken) = (situations.value_at(real, place)?, situations.value_at(believed, place)?);
        if so == taken || situations.value_at(now, place)? != taken {
            continue;
        }
        add(situations, (place, taken, so), mistakes);
    }
    Ok(())
}

/// The fact with the value, believed by those whose belief the place is in.
fn sentence(situations: &Situations<'_>, place: Place, value: Value) -> String {
    let problem = situations.problem();
    say::statement(problem.world(), &problem.statement(place, value))
}
