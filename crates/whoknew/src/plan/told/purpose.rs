//! What somebody tries to raise: all their wants but those set aside, or, for the author, that something becomes so.

use crate::ground::{Amount, Condition};
use crate::state::{Situations, StateError, StateId};
use crate::world::{EntityId, Holder, UtilityId};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// What is to be raised, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Purpose {
    /// Whose want it is; `None`: the author's, who wants a condition to hold.
    pub(super) holder: Option<EntityId>,
    /// Which wants are set aside, or which condition is to hold.
    pub(super) among: u16,
    /// Whether others who act need a reason.
    pub(super) willing: bool,
}

/// The sets of wants set aside and the conditions that purposes name.
#[derive(Clone, Debug)]
pub(super) struct Purposes {
    aside: Vec<Vec<UtilityId>>,
    conditions: Vec<Rc<Condition>>,
    /// The wants of each purpose that was asked for, and the most that they can come to.
    known: FxHashMap<Purpose, (Rc<[Amount]>, f64)>,
}

impl Purposes {
    pub(super) fn new() -> Self {
        Self { aside: vec![Vec::new()], conditions: Vec::new(), known: FxHashMap::default() }
    }

    fn amounts(&mut self, situations: &Situations<'_>, purpose: Purpose) -> (Rc<[Amount]>, f64) {
        if let Some((amounts, most)) = self.known.get(&purpose) {
            return (Rc::clone(amounts), *most);
        }
        let wants = self.wants(situations, purpose);
        let amounts: Rc<[Amount]> = wants.into_iter().map(|want| situations.problem().utility(want).clone()).collect();
        let most = if purpose.holder.is_some() {
            amounts.iter().map(|amount| situations.problem().bounds(amount).1).sum()
        } else {
            1.0
        };
        self.known.insert(purpose, (Rc::clone(&amounts), most));
        (amounts, most)
    }

    /// The number of a set of wants that are set aside.
    pub(super) fn set_aside(&mut self, mut wants: Vec<UtilityId>) -> u16 {
        wants.sort_unstable();
        wants.dedup();
        let known = self.aside.iter().position(|aside| *aside == wants);
        known.unwrap_or_else(|| {
            self.aside.push(wants);
            self.aside.len() - 1
        }) as u16
    }

    /// The wants of a set that are set aside.
    pub(super) fn set(&self, number: u16) -> &[UtilityId] {
        &self.aside[usize::from(number)]
    }

    /// The author wants `condition` to hold.
    pub(super) fn bring_about(&mut self, condition: Condition, willing: bool) -> Purpose {
        let known = self.conditions.iter().position(|known| **known == condition);
        let among = known.unwrap_or_else(|| {
            self.conditions.push(Rc::new(condition));
            self.conditions.len() - 1
        });
        Purpose { holder: None, among: among as u16, willing }
    }

    /// The wants that are set aside.
    pub(super) fn aside(&self, purpose: Purpose) -> &[UtilityId] {
        match purpose.holder {
            Some(_) => &self.aside[usize::from(purpose.among)],
            None => &[],
        }
    }

    /// The wants of the holder that count.
    pub(super) fn wants(&self, situations: &Situations<'_>, purpose: Purpose) -> Vec<UtilityId> {
        let Some(holder) = purpose.holder else { return Vec::new() };
        let aside = self.aside(purpose);
        situations.problem().utilities_of(Holder::Character(holder)).filter(|want| !aside.contains(want)).collect()
    }

    /// The condition that is to hold, for the author.
    pub(super) fn condition(&self, purpose: Purpose) -> Option<&Rc<Condition>> {
        match purpose.holder {
            Some(_) => None,
            None => self.conditions.get(usize::from(purpose.among)),
        }
    }

    /// How far it is reached in a situation; `None` if that is unknown.
    pub(super) fn measure(
        &mut self,
        situations: &mut Situations<'_>,
        state: StateId,
        purpose: Purpose,
    ) -> Result<Option<f64>, StateError> {
        if let Some(condition) = self.condition(purpose) {
            return Ok(Some(if situations.holds(state, condition)? { 1.0 } else { 0.0 }));
        }
        let (amounts, _) = self.amounts(situations, purpose);
        let mut sum = 0.0;
        for amount in amounts.iter() {
            let value = situations.evaluate(state, amount)?;
            match value.as_number().or(value.as_boolean().map(|yes| f64::from(u8::from(yes)))) {
                Some(number) => sum += number,
                None => return Ok(None),
            }
        }
        Ok(Some(sum))
    }

    /// The most that it could ever be.
    pub(super) fn most(&mut self, situations: &Situations<'_>, purpose: Purpose) -> f64 {
        self.amounts(situations, purpose).1
    }
}
