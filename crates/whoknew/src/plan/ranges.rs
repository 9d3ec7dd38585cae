//! What columns may be: sets of values and ranges of numbers, and what conditions, amounts and changes can make of them.
//!
//! Invariant: whatever may be is included, so "cannot hold" is certain and "may hold" is not. Conditions on beliefs may hold.

use super::formula::{Formula, Number, Slot};
use super::model::{Change, Model};
use super::numbers::{Numbers, Small};
use crate::ground::Value;
use crate::world::{Arithmetic, Comparison};

/// What a column may be: values that are no numbers, each a bit, and any number between two. The last bit stands for
/// all values beyond the first 63.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    pub(super) bits: u64,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// The columns within some number of steps.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    pub(super) columns: Vec<Range>,
}

pub(super) const SHARED: u64 = 1 << 63;

/// Which bit of its column a value is.
#[derive(Debug)]
pub(super) struct Bits {
    /// By column, then by number of the value.
    bits: Vec<u64>,
    known: usize,
}

impl Bits {
    pub(super) fn new(model: &Model, numbers: &Numbers) -> Self {
        let known = numbers.len();
        let mut bits = vec![0; known * model.facts.len()];
        for (column, domain) in model.domains.iter().enumerate() {
            for (position, &small) in domain.iter().enumerate() {
                bits[column * known + usize::from(small)] = 1 << position.min(63);
            }
        }
        Self { bits, known }
    }

    /// The value's range in the column.
    #[inline]
    pub(super) fn range(&self, numbers: &Numbers, column: usize, small: Small) -> Range {
        let bits = self.bit(column, small);
        match numbers.value(small).as_number() {
            Some(number) if bits == 0 => Range { bits: 0, low: number, high: number },
            _ => Range { bits, ..EMPTY },
        }
    }

    #[inline]
    pub(super) fn bit(&self, column: usize, small: Small) -> u64 {
        if usize::from(small) < self.known { self.bits[column * self.known + usize::from(small)] } else { 0 }
    }
}

/// Any value.
pub(super) const ANY: Range = Range { bits: u64::MAX, low: f64::NEG_INFINITY, high: f64::INFINITY };

pub(super) const EMPTY: Range = Range { bits: 0, low: f64::INFINITY, high: f64::NEG_INFINITY };

/// How values are read.
#[derive(Clone, Copy)]
pub(super) struct Eyes<'a> {
    pub(super) numbers: &'a Numbers,
    pub(super) bits: &'a Bits,
    pub(super) domains: &'a [Vec<Small>],
}

impl Range {
    pub(super) const fn has_numbers(self) -> bool {
        self.low <= self.high
    }

    /// Whether the two may be the same value.
    pub(super) fn meets(self, other: Self) -> bool {
        self.bits & other.bits != 0
            || (self.has_numbers() && other.has_numbers() && self.low <= other.high && other.low <= self.high)
    }

    /// Whether it may be another value than the single one of `other`.
    pub(super) fn differs(self, other: Self) -> bool {
        self.bits & (!other.bits | SHARED) != 0
            || (self.has_numbers() && (self.low != other.low || self.high != other.high))
    }

    pub(super) fn add(&mut self, other: Self) -> bool {
        let before = *self;
        self.bits |= other.bits;
        self.low = self.low.min(other.low);
        self.high = self.high.max(other.high);
        *self != before
    }
}

/// What a number may be; unknown besides, perhaps.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    low: f64,
    high: f64,
    unknown: bool,
}

const ANYTHING: Bounds = Bounds { low: f64::NEG_INFINITY, high: f64::INFINITY, unknown: true };
const NOTHING: Bounds = Bounds { low: f64::INFINITY, high: f64::NEG_INFINITY, unknown: false };

impl Bounds {
    pub(super) fn of(value: Value) -> Self {
        let number = value.as_number().or(value.as_boolean().map(|yes| f64::from(u8::from(yes))));
        match number {
            Some(number) => Self { low: number, high: number, unknown: false },
            None => Self { unknown: true, ..NOTHING },
        }
    }

    pub(super) fn join(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high), unknown: self.unknown || other.unknown }
    }

    pub(super) fn is_number(self) -> bool {
        self.low <= self.high
    }

    pub(super) fn calculate(self, operation: Arithmetic, other: Self) -> Self {
        let unknown = self.unknown || other.unknown;
        if !self.is_number() || !other.is_number() {
            return Self { unknown, ..NOTHING };
        }
        let corners = |f: fn(f64, f64) -> f64| {
            let all =
                [f(self.low, other.low), f(self.low, other.high), f(self.high, other.low), f(self.high, other.high)];
            if all.iter().any(|number| number.is_nan()) {
                return ANYTHING;
            }
            let fold = |start: f64, f: fn(f64, f64) -> f64| all.iter().copied().fold(start, f);
            Self { low: fold(f64::INFINITY, f64::min), high: fold(f64::NEG_INFINITY, f64::max), unknown }
        };
        match operation {
            Arithmetic::Add => corners(|one, other| one + other),
            Arithmetic::Subtract => corners(|one, other| one - other),
            Arithmetic::Multiply => corners(|one, other| one * other),
            Arithmetic::Divide if other.low > 0.0 || other.high < 0.0 => corners(|one, other| one / other),
            Arithmetic::Divide => ANYTHING,
        }
    }
}

impl Layer {
    /// Takes every number to be any number.
    pub(super) fn widen(&mut self) {
        for range in self.columns.iter_mut().filter(|range| range.has_numbers()) {
            (range.low, range.high) = (f64::NEG_INFINITY, f64::INFINITY);
        }
    }

    pub(super) fn column(&self, slot: Slot) -> Option<Range> {
        (slot.chain == 0).then(|| self.columns[usize::from(slot.fact)])
    }

    pub(super) fn utility(&self, parts: &[Number], eyes: Eyes<'_>) -> f64 {
        parts.iter().fold(0.0, |sum, part| sum + self.bounds(part, eyes).high)
    }

    /// The least that a want may be, where it is a number.
    pub(super) fn least(&self, parts: &[Number], eyes: Eyes<'_>) -> f64 {
        parts.iter().fold(0.0, |sum, part| sum + self.bounds(part, eyes).low)
    }

    /// Adds the most that each summand of `number` can be.
    pub(super) fn parts(&self, number: &Number, eyes: Eyes<'_>, parts: &mut Vec<f64>) {
        if let Number::Arithmetic(Arithmetic::Add, sides) = number {
            self.parts(&sides.0, eyes, parts);
            self.parts(&sides.1, eyes, parts);
        } else {
            parts.push(self.bounds(number, eyes).high);
        }
    }

    fn bounds(&self, number: &Number, eyes: Eyes<'_>) -> Bounds {
        match number {
            Number::Constant(value) => Bounds::of(*value),
            Number::Slot(slot) => match self.column(*slot) {
                None => ANYTHING,
                Some(range) => {
                    let start = Bounds { low: range.low, high: range.high, unknown: false };
                    self.others(*slot, range, eyes).fold(start, Bounds::join)
                }
            },
            Number::Arithmetic(operation, sides) => {
                self.bounds(&sides.0, eyes).calculate(*operation, self.bounds(&sides.1, eyes))
            }
            Number::If(branches, otherwise) => {
                let mut all = NOTHING;
                for (test, value) in branches {
                    if self.may_hold(test, eyes) {
                        all = all.join(self.bounds(value, eyes));
                        if !self.may_fail(test, eyes) {
                            return all;
                        }
                    }
                }
                all.join(self.bounds(otherwise, eyes))
            }
        }
    }

    pub(super) fn may_hold(&self, formula: &Formula, eyes: Eyes<'_>) -> bool {
        self.may_be(formula, true, eyes)
    }

    /// Whether it may fail to hold.
    pub(super) fn may_fail(&self, formula: &Formula, eyes: Eyes<'_>) -> bool {
        self.may_be(formula, false, eyes)
    }

    /// Whether it may hold, or fail to.
    fn may_be(&self, formula: &Formula, holds: bool, eyes: Eyes<'_>) -> bool {
        match formula {
            Formula::Constant(constant) => *constant == holds,
            Formula::All(parts) if holds => parts.iter().all(|part| self.may_be(part, holds, eyes)),
            Formula::Any(parts) if !holds => parts.iter().all(|part| self.may_be(part, holds, eyes)),
            Formula::All(parts) | Formula::Any(parts) => parts.iter().any(|part| self.may_be(part, holds, eyes)),
            Formula::Is { slot, value, equal } => self.may_equal(*slot, *value, *equal == holds, eyes),
            Formula::Differs { slot, from } => self.may_equal(*slot, *from, !holds, eyes),
            Formula::Compare { comparison, sides, .. } if holds => {
                may_compare(*comparison, self.bounds(&sides.0, eyes), self.bounds(&sides.1, eyes))
            }
            Formula::Compare { .. } | Formula::Same { .. } => true,
        }
    }

    /// Whether the column may have the value, or another.
    fn may_equal(&self, slot: Slot, value: Small, equal: bool, eyes: Eyes<'_>) -> bool {
        self.column(slot).is_none_or(|range| {
            let one = eyes.of(slot, value);
            if equal { range.meets(one) } else { range.differs(one) }
        })
    }

    /// Writes what `changes` surely write, computed in `before`, then adds what they may write.
    pub(super) fn happen(&mut self, before: &Self, changes: &[Change], eyes: Eyes<'_>) {
        let own = |change: &&Change| change.slot.chain == 0;
        for change in changes.iter().filter(own).filter(|change| !before.may_fail(&change.condition, eyes)) {
            self.columns[usize::from(change.slot.fact)] = EMPTY;
        }
        self.apply(before, changes, eyes);
        for column in self.columns.iter_mut().filter(|column| **column == EMPTY) {
            *column = ANY;
        }
    }

    /// Adds what `changes`, computed in `before`, may write; whether anything is new.
    pub(super) fn apply(&mut self, before: &Self, changes: &[Change], eyes: Eyes<'_>) -> bool {
        let mut changed = false;
        for change in changes.iter().filter(|change| change.slot.chain == 0) {
            if !before.may_hold(&change.condition, eyes) {
                continue;
            }
            let range = match change.small {
                Some(small) => eyes.of(change.slot, small),
                None => before.values_of(&change.value, change.slot, eyes),
            };
            changed |= self.columns[usize::from(change.slot.fact)].add(range);
        }
        changed
    }

    /// What a computed value may be, in the column where it is written.
    pub(super) fn values_of(&self, number: &Number, column: Slot, eyes: Eyes<'_>) -> Range {
        if let Number::Slot(from) = number
            && let Some(range) = self.column(*from)
        {
            let inside =
                eyes.domains[usize::from(from.fact)].iter().filter(|&&small| eyes.of(*from, small).meets(range));
            let bits = inside.fold(0, |bits, &small| bits | eyes.of(column, small).bits);
            return Range { bits, ..range };
        }
        let bounds = self.bounds(number, eyes);
        // Values of one column have other bits in another one; any of them may be meant.
        let bits = if matches!(number, Number::Arithmetic(..)) { 0 } else { u64::MAX };
        let unknown = if bounds.unknown { eyes.of_value(column, Value::UNKNOWN) } else { 0 };
        Range { bits: bits | unknown, low: bounds.low, high: bounds.high }
    }

    /// The values in a range that are no numbers, as bounds.
    fn others<'l>(&'l self, slot: Slot, range: Range, eyes: Eyes<'l>) -> impl Iterator<Item = Bounds> + 'l {
        let domain = &eyes.domains[usize::from(slot.fact)];
        let inside = move |&&small: &&Small| eyes.of(slot, small).bits & range.bits != 0;
        domain.iter().filter(inside).map(move |&small| Bounds::of(eyes.numbers.value(small)))
    }
}

impl Eyes<'_> {
    #[inline]
    pub(super) fn of(self, slot: Slot, small: Small) -> Range {
        self.bits.range(self.numbers, usize::from(slot.fact), small)
    }

    pub(super) fn of_value(self, slot: Slot, value: Value) -> u64 {
        let small = self.domains[usize::from(slot.fact)].iter().find(|&&small| self.numbers.value(small) == value);
        small.map_or(0, |&small| self.of(slot, small).bits)
    }
}

fn may_compare(comparison: Comparison, left: Bounds, right: Bounds) -> bool {
    let unknown = left.unknown && right.unknown;
    let numbers = left.is_number() && right.is_number();
    match comparison {
        Comparison::Equal => unknown || (numbers && left.low <= right.high && right.low <= left.high),
        Comparison::NotEqual => true,
        Comparison::Less => numbers && left.low < right.high,
        Comparison::Greater => numbers && left.high > right.low,
        Comparison::LessOrEqual => unknown || (numbers && left.low <= right.high),
        Comparison::GreaterOrEqual => unknown || (numbers && left.high >= right.low),
    }
}
