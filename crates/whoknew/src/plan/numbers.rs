//! Every value that occurs while planning as a small number, so that values compare as integers.

use crate::ground::Value;
use rustc_hash::FxHashMap;

/// A value, as a small number.
pub(super) type Small = u16;

/// The values met so far. Invariant: one number per value.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    values: Vec<Value>,
    known: FxHashMap<Value, Small>,
    /// More values were met than there are numbers; the last one stands for several.
    pub(super) overflowed: bool,
}

impl Numbers {
    /// The number of `value`.
    pub(super) fn intern(&mut self, value: Value) -> Small {
        if let Some(&known) = self.known.get(&value) {
            return known;
        }
        if self.values.len() > usize::from(Small::MAX) {
            self.overflowed = true;
            return Small::MAX;
        }
        let number = self.values.len() as Small;
        self.values.push(value);
        self.known.insert(value, number);
        number
    }

    /// Forgets the values met since there were so many, which nothing names any more.
    pub(super) fn forget_since(&mut self, length: usize) {
        for value in self.values.drain(length.min(self.values.len())..) {
            self.known.remove(&value);
        }
        self.overflowed = false;
    }

    /// How many values were met.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// The value that has the number.
    #[inline]
    pub(super) fn value(&self, number: Small) -> Value {
        self.values[usize::from(number)]
    }
}
