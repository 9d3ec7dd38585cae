//! What is assumed after a hole: of the ways in which a need could be met the one that misses the least.
//!
//! Where something is so and somebody does not believe it, they are assumed to believe what is so, nothing else that would
//! do. What an act is assumed to find, those whose act it is find too.

use super::replay::Runner;
use super::script::Sides;
use crate::ground::{Condition, EventId, Place, Value};
use crate::state::{Alternative, FailedNeed, FailedPart, StateError, StateId, Wanted};
use crate::world::EntityId;

/// Of the alternatives of each need, the parts of the one with the fewest.
pub(crate) fn nearest(needs: &[FailedNeed]) -> Vec<FailedPart> {
    together(needs.iter().filter_map(FailedNeed::nearest).flat_map(|alternative| alternative.failing.clone()))
}

fn together(parts: impl Iterator<Item = FailedPart>) -> Vec<FailedPart> {
    let mut all: Vec<FailedPart> = Vec::new();
    for part in parts {
        if !all.contains(&part) {
            all.push(part);
        }
    }
    all
}

/// What somebody does not believe, and what they are assumed to believe from then on.
#[derive(Default)]
pub(super) struct Unbelieved {
    pub failing: Vec<FailedPart>,
    pub assumed: Vec<FailedPart>,
}

impl Runner<'_, '_> {
    /// The fewest parts whose failing makes `condition` fail.
    pub(super) fn failing(&mut self, state: StateId, condition: &Condition) -> Result<Vec<FailedPart>, StateError> {
        let alternatives = self.situations.unmet(state, condition)?;
        let fewest = alternatives.into_iter().min_by_key(|alternative| alternative.failing.len());
        Ok(fewest.map(|alternative| alternative.failing).unwrap_or_default())
    }

    /// What the thinker of `sides` misses of them; what is so, if that is what they miss.
    pub(super) fn unbelieved(&mut self, state: StateId, sides: &Sides) -> Result<Unbelieved, StateError> {
        if !self.situations.holds(state, &sides.real)? {
            let failing = self.failing(state, &sides.believed)?;
            return Ok(Unbelieved { assumed: failing.clone(), failing });
        }
        let alternatives = self.situations.unmet(state, &sides.believed)?;
        self.truth(state, &alternatives)
    }

    /// What the actor misses of these needs of their act, which in truth are met.
    pub(super) fn unaware(
        &mut self,
        state: StateId,
        actor: EntityId,
        needs: Vec<FailedNeed>,
    ) -> Result<Unbelieved, StateError> {
        let mut all = Unbelieved::default();
        for mut need in needs {
            for part in need.alternatives.iter_mut().flat_map(|alternative| &mut alternative.failing) {
                part.place = self.believed_by(actor, part.place);
            }
            let one = self.truth(state, &need.alternatives)?;
            all.failing.extend(one.failing);
            all.assumed.extend(one.assumed);
        }
        all.failing = together(all.failing.into_iter());
        all.assumed = together(all.assumed.into_iter());
        Ok(all)
    }

    /// Of these ways the one that agrees with what is so, outside the first believer; where none does, all that plays a
    /// part in them is taken as it is.
    fn truth(&mut self, state: StateId, ways: &[Alternative]) -> Result<Unbelieved, StateError> {
        let mut best: Option<((usize, usize, usize), &Alternative)> = None;
        for way in ways {
            let mut disagreeing = 0;
            for part in &way.failing {
                disagreeing += usize::from(!part.is_met_by(self.outside(state, part.place)?));
            }
            let rank = (disagreeing, way.failing.len(), way.made_unknown());
            if best.is_none_or(|(known, _)| rank < known) {
                best = Some((rank, way));
            }
        }
        let Some(((disagreeing, ..), way)) = best else { return Ok(Unbelieved::default()) };
        let failing = way.failing.clone();
        let mut assumed =
            if disagreeing == 0 { failing.clone() } else { together(ways.iter().flat_map(|way| way.failing.clone())) };
        for part in &mut assumed {
            part.wanted = Wanted::Equal(self.outside(state, part.place)?);
        }
        Ok(Unbelieved { failing, assumed: together(assumed.into_iter()) })
    }

    /// The value of a fact outside the first of its believers.
    fn outside(&mut self, state: StateId, place: Place) -> Result<Value, StateError> {
        let believers = self.situations.problem().believers(place.chain).get(1..).unwrap_or_default().to_vec();
        let place = self.situations.problem_mut().place(&believers, place.fluent);
        self.situations.value_at(state, place)
    }

    fn believed_by(&mut self, who: EntityId, place: Place) -> Place {
        let mut believers = vec![who];
        believers.extend_from_slice(self.situations.problem().believers(place.chain));
        self.situations.problem_mut().place(&believers, place.fluent)
    }

    /// Adds to what `event` is assumed to find that those whose act it is find it so.
    pub(super) fn found_by_actors(
        &mut self,
        state: StateId,
        event: EventId,
        needed: &mut Vec<FailedPart>,
    ) -> Result<(), StateError> {
        let found = needed.clone();
        for actor in self.situations.problem().actors(event).to_vec() {
            for part in &found {
                if self.situations.problem().believers(part.place.chain).first() == Some(&actor) {
                    continue;
                }
                let place = self.believed_by(actor, part.place);
                let actual = self.situations.value_at(state, place)?;
                needed.push(FailedPart { place, wanted: Wanted::Equal(part.repair()), actual });
            }
        }
        Ok(())
    }
}
