//! Conditions and amounts where only some values are known.

use super::formula::{Formula, Number, Slot, View};
use super::numbers::{Numbers, Small};
use crate::ground::Value;

/// A level of which only some values are known.
pub(super) trait Partial {
    /// The number of the value of `slot`, if it is known.
    fn sure(&self, slot: Slot) -> Option<Small>;
    fn numbers(&self) -> &Numbers;
}

/// A level as if all were known: read only where it is.
struct Sure<'p, P>(&'p P);

impl<P: Partial> View for Sure<'_, P> {
    #[inline]
    fn small(&self, slot: Slot) -> Small {
        self.0.sure(slot).unwrap_or_default()
    }

    #[inline]
    fn value(&self, small: Small) -> Value {
        self.0.numbers().value(small)
    }
}

/// Whether a formula holds, if what is known says so.
pub(super) fn decide(formula: &Formula, level: &impl Partial) -> Option<bool> {
    match formula {
        Formula::All(parts) => decide_parts(parts, level, false),
        Formula::Any(parts) => decide_parts(parts, level, true),
        other => {
            let mut sure = true;
            other.slots(&mut |slot| sure &= level.sure(slot).is_some());
            sure.then(|| other.holds(&Sure(level)))
        }
    }
}

/// One part that is as `ends` decides.
fn decide_parts(parts: &[Formula], level: &impl Partial, ends: bool) -> Option<bool> {
    let mut known = Some(!ends);
    for part in parts {
        match decide(part, level) {
            Some(holds) if holds == ends => return Some(ends),
            Some(_) => {}
            None => known = None,
        }
    }
    known
}

/// The value of a number, if what is known says it.
pub(super) fn evaluate(number: &Number, level: &impl Partial) -> Option<Value> {
    let mut sure = true;
    number.slots(&mut |slot| sure &= level.sure(slot).is_some());
    sure.then(|| number.evaluate(&Sure(level)))
}
