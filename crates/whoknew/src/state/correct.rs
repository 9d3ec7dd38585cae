//! Surprise: noticing an event that one believed impossible. Beliefs are corrected just so far that each alternative of
//! the needs which holds where the event happens holds in them too. Hidden needs are never corrected.

use super::arena::WriteReason;
use super::errors::StateError;
use super::{Situations, StateId};
use crate::ground::evaluate::{amount, atom_holds, holds};
use crate::ground::{Atom, Condition, EventId, Level, Place, Value};
use crate::world::Comparison;
use std::sync::Arc;

/// The corrections found so far. A definite value wins over `?`.
#[derive(Debug, Default)]
pub struct Corrections {
    repairs: Vec<(Place, Value)>,
}

impl Corrections {
    fn add(&mut self, place: Place, value: Value) {
        match self.repairs.iter_mut().find(|(repaired, _)| *repaired == place) {
            Some((_, known)) if known.is_unknown() => *known = value,
            Some(_) => {}
            None => self.repairs.push((place, value)),
        }
    }

    /// What is to be written.
    pub fn repairs(&self) -> &[(Place, Value)] {
        &self.repairs
    }

    /// Adds what corrects `believed`, where `condition`, which holds in `real`, takes part in an alternative that holds.
    pub fn correct<R, B>(&mut self, real: &mut R, believed: &mut B, condition: &Condition) -> Result<(), R::Error>
    where
        R: Level,
        B: Level<Error = R::Error>,
    {
        match condition {
            Condition::Constant(_) => Ok(()),
            Condition::Atom(atom) => self.correct_atom(real, believed, atom),
            Condition::All(parts) => parts.iter().try_for_each(|part| self.correct(real, believed, part)),
            Condition::Any(parts) => parts
                .iter()
                .try_for_each(|part| if holds(real, part)? { self.correct(real, believed, part) } else { Ok(()) }),
        }
    }

    fn correct_atom<R, B>(&mut self, real: &mut R, believed: &mut B, atom: &Atom) -> Result<(), R::Error>
    where
        R: Level,
        B: Level<Error = R::Error>,
    {
        match atom {
            Atom::Is { place, value, equal } => {
                if (believed.value(*place)? == *value) != *equal {
                    self.add(*place, if *equal { *value } else { Value::UNKNOWN });
                }
            }
            Atom::Same { left, right, equal } => {
                // One alternative for each value of the right side; the one that holds is that of its real value.
                let value = real.value(*right)?;
                if believed.value(*right)? != value {
                    self.add(*right, value);
                }
                if (believed.value(*left)? == value) != *equal {
                    self.add(*left, if *equal { value } else { Value::UNKNOWN });
                }
            }
            Atom::Measure { place, comparison, amount: other } => {
                if !atom_holds(believed, atom)? {
                    let equal = *comparison == Comparison::Equal;
                    self.add(*place, if equal { amount(real, other)? } else { Value::UNKNOWN });
                }
            }
            Atom::Amounts(..) => {
                if !atom_holds(believed, atom)? {
                    let mut places = Vec::new();
                    atom.places(&mut |place| places.push(place));
                    for place in places {
                        self.add(place, Value::UNKNOWN);
                    }
                }
            }
        }
        Ok(())
    }
}

impl Situations<'_> {
    /// What somebody who believes `believed` takes to have been so before `event`, which they notice happening in `real`.
    pub(crate) fn corrected(
        &mut self,
        real: StateId,
        believed: StateId,
        event: EventId,
    ) -> Result<StateId, StateError> {
        let ground = Arc::clone(self.problem.get(event));
        let mut possible = true;
        for need in ground.needs() {
            possible = possible && self.holds(believed, &need.condition)?;
        }
        if possible {
            return Ok(believed);
        }
        let visible = || ground.needs().iter().filter(|need| !need.hidden).map(|need| &need.condition);
        for condition in visible() {
            if !self.holds(real, condition)? {
                return Ok(believed);
            }
        }
        let mut corrections = Corrections::default();
        for condition in visible() {
            self.correct_from(real, believed, condition, &mut corrections)?;
        }
        // While the event happens, `character` still believes that they believe what they did; the event ties them again.
        let writes = self.writes.collect(&self.problem, corrections.repairs(), None);
        self.after_write(believed, writes, WriteReason::Correction(event), None)
    }

    fn correct_from(
        &mut self,
        real: StateId,
        believed: StateId,
        condition: &Condition,
        corrections: &mut Corrections,
    ) -> Result<(), StateError> {
        let shared = std::cell::RefCell::new(self);
        let mut real = Shared { situations: &shared, state: real };
        let mut believed = Shared { situations: &shared, state: believed };
        corrections.correct(&mut real, &mut believed, condition)
    }
}

/// Two levels of one arena, read in turn.
struct Shared<'s, 'a, 'w> {
    situations: &'s std::cell::RefCell<&'a mut Situations<'w>>,
    state: StateId,
}

impl Level for Shared<'_, '_, '_> {
    type Error = StateError;

    fn value(&mut self, place: Place) -> Result<Value, StateError> {
        self.situations.borrow_mut().value_at(self.state, place)
    }
}
