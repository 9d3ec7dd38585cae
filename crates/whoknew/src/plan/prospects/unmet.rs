//! What a condition lacks: the ways in which it could come to hold, or to fail.

use super::super::formula::{Formula, Number, Slot, View};
use super::super::numbers::Small;
use super::paths::{DEEPEST, Path, joined};
use crate::world::Arithmetic;

/// More ways for one condition are not looked at.
const MOST_WAYS: usize = 12;

/// What a fact should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Should {
    Be(Small),
    /// Anything else.
    NotBe(Small),
}

/// A fact, in the beliefs of those on the path, that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Lack {
    pub(super) path: Path,
    pub(super) fact: u16,
    pub(super) should: Should,
}

/// Ways, each of which does; a way without lacks is there already. None: there is none.
pub(super) type Ways = Vec<Vec<Lack>>;

/// Nothing is lacking.
pub(super) fn met() -> Ways {
    vec![Vec::new()]
}

/// Both must be met.
pub(super) fn both(one: &Ways, other: &Ways) -> Ways {
    let mut all = Vec::new();
    for first in one {
        for second in other {
            let mut way = first.clone();
            way.extend(second.iter().filter(|lack| !first.contains(lack)).cloned());
            all.push(way);
        }
    }
    all.sort_by_key(Vec::len);
    all.truncate(MOST_WAYS);
    all
}

/// Where a condition is looked at: the level, the minds that lead to it, and who takes the outermost situation to be real.
pub(super) struct Place<'a, V: View> {
    pub(super) view: &'a V,
    pub(super) chains: &'a [Path],
    pub(super) path: &'a [u8],
    pub(super) holder: u8,
}

impl<V: View> Place<'_, V> {
    /// The ways in which the condition could come to hold, or to fail.
    pub(super) fn unmet(&self, condition: &Formula, hold: bool) -> Ways {
        if condition.holds(self.view) == hold {
            return met();
        }
        match condition {
            Formula::Constant(_) => Vec::new(),
            Formula::Is { slot, value, equal } => {
                let should = if *equal == hold { Should::Be(*value) } else { Should::NotBe(*value) };
                self.one(*slot, should)
            }
            Formula::Differs { slot, from } => {
                self.one(*slot, if hold { Should::NotBe(*from) } else { Should::Be(*from) })
            }
            Formula::Same { left, right, equal } => {
                let (of_left, of_right) = (self.view.small(*left), self.view.small(*right));
                let should = |value| if *equal == hold { Should::Be(value) } else { Should::NotBe(value) };
                self.any([self.one(*left, should(of_right)), self.one(*right, should(of_left))])
            }
            Formula::Compare { sides, .. } => self.any([self.changed(&sides.0), self.changed(&sides.1)]),
            Formula::All(parts) if hold => self.every(parts, hold),
            Formula::Any(parts) if !hold => self.every(parts, hold),
            Formula::All(parts) | Formula::Any(parts) => self.any(parts.iter().map(|part| self.unmet(part, hold))),
        }
    }

    fn every(&self, parts: &[Formula], hold: bool) -> Ways {
        parts.iter().fold(met(), |ways, part| if ways.is_empty() { ways } else { both(&ways, &self.unmet(part, hold)) })
    }

    fn any(&self, each: impl IntoIterator<Item = Ways>) -> Ways {
        let mut all: Ways = each.into_iter().flatten().collect();
        all.sort_by_key(Vec::len);
        all.truncate(MOST_WAYS);
        all
    }

    fn one(&self, slot: Slot, should: Should) -> Ways {
        let path = joined(self.holder, self.path, &self.chains[usize::from(slot.chain)]);
        if path.len() > DEEPEST {
            return Vec::new();
        }
        vec![vec![Lack { path, fact: slot.fact, should }]]
    }

    /// The fact being anything else than now.
    pub(super) fn other(&self, slot: Slot) -> Ways {
        self.one(slot, Should::NotBe(self.view.small(slot)))
    }

    /// The ways in which a number could become another one.
    fn changed(&self, number: &Number) -> Ways {
        let mut slots = Vec::new();
        number.slots(&mut |slot| slots.push(slot));
        slots.sort_unstable();
        slots.dedup();
        self.any(slots.into_iter().map(|slot| self.other(slot)))
    }

    /// The ways in which a number could rise, or fall.
    pub(super) fn moved(&self, number: &Number, rise: bool) -> Ways {
        match number {
            Number::Constant(_) => Vec::new(),
            Number::Arithmetic(Arithmetic::Add, sides) => {
                self.any([self.moved(&sides.0, rise), self.moved(&sides.1, rise)])
            }
            Number::Arithmetic(Arithmetic::Subtract, sides) => {
                self.any([self.moved(&sides.0, rise), self.moved(&sides.1, !rise)])
            }
            Number::If(branches, otherwise) => match (&**branches, &**otherwise) {
                ([(condition, Number::Constant(then))], Number::Constant(other)) => {
                    let up = then.as_number() >= other.as_number();
                    let ways = self.unmet(condition, up == rise);
                    // What is met already cannot move it that way.
                    if ways == met() { Vec::new() } else { ways }
                }
                _ => self.changed(number),
            },
            Number::Slot(slot) if self.view.value(self.view.small(*slot)).as_boolean() == Some(rise) => Vec::new(),
            other => self.changed(other),
        }
    }
}
