//! Surprise: what somebody learns who notices an event that they believed impossible (see the module
//! [`state`](crate::state), which does the same on its own graph).

use super::formula::{Formula, Number, Slot, View};
use super::numbers::Small;
use crate::world::Comparison;

/// What is found to be otherwise than believed.
#[derive(Debug, Default)]
pub(super) struct Corrections {
    pub(super) writes: Vec<(Slot, Correct)>,
}

/// What a slot is corrected to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Correct {
    /// This number.
    Small(Small),
    /// This value, which has no number yet perhaps.
    Value(crate::ground::Value),
}

impl Corrections {
    fn add(&mut self, slot: Slot, correct: Correct) {
        let unknown = |correct: Correct| correct == Correct::Value(crate::ground::Value::UNKNOWN);
        match self.writes.iter_mut().find(|(written, _)| *written == slot) {
            Some((_, known)) if unknown(*known) => *known = correct,
            Some(_) => {}
            None => self.writes.push((slot, correct)),
        }
    }

    /// Adds what corrects `believed`, where `formula` holds in `real`.
    pub(super) fn correct(&mut self, real: &impl View, believed: &impl View, formula: &Formula) {
        const UNKNOWN: Correct = Correct::Value(crate::ground::Value::UNKNOWN);
        match formula {
            Formula::Constant(_) => {}
            Formula::All(parts) => parts.iter().for_each(|part| self.correct(real, believed, part)),
            Formula::Any(parts) => {
                for part in parts.iter().filter(|part| part.holds(real)) {
                    self.correct(real, believed, part);
                }
            }
            Formula::Is { slot, value, equal } => {
                if !formula.holds(believed) {
                    self.add(*slot, if *equal { Correct::Small(*value) } else { UNKNOWN });
                }
            }
            Formula::Differs { slot, .. } => {
                let value = real.small(*slot);
                if believed.small(*slot) != value {
                    self.add(*slot, Correct::Small(value));
                }
            }
            Formula::Same { left, right, equal } => {
                let value = real.small(*right);
                if believed.small(*right) != value {
                    self.add(*right, Correct::Small(value));
                }
                if (believed.small(*left) == value) != *equal {
                    self.add(*left, if *equal { Correct::Small(value) } else { UNKNOWN });
                }
            }
            Formula::Compare { comparison, solved: true, sides } => {
                if let (Number::Slot(slot), false) = (&sides.0, formula.holds(believed)) {
                    let equal = *comparison == Comparison::Equal;
                    self.add(*slot, if equal { Correct::Value(sides.1.evaluate(real)) } else { UNKNOWN });
                }
            }
            Formula::Compare { solved: false, .. } => {
                if !formula.holds(believed) {
                    formula.slots(&mut |slot| self.add(slot, UNKNOWN));
                }
            }
        }
    }
}
