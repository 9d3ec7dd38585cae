//! Decisions: conditions on facts alone, one for each character, as one list of tests that each say which comes next.
//!
//! Whether somebody notices an event is by far the most frequent question; asked in this form it takes a few steps through
//! one block of memory. Invariant: a test leads to tests before it in the list only, so every walk ends.

use super::{Atom, ChainId, Condition, GroundFluentId, Place, Value};
use crate::world::EntityId;

/// Where a walk ends that finds the condition to hold.
const HOLDS: u32 = u32::MAX;
/// Where it ends otherwise.
const FAILS: u32 = u32::MAX - 1;

/// The conditions of all characters.
#[derive(Debug)]
pub(crate) struct Decisions {
    tests: Vec<Test>,
    /// For each character the first test.
    first: Vec<u32>,
}

/// Whether a fact has some value, and where that leads.
#[derive(Clone, Copy, Debug)]
struct Test {
    fact: GroundFluentId,
    compared: Compared,
    equal: u32,
    different: u32,
}

#[derive(Clone, Copy, Debug)]
enum Compared {
    With(Value),
    WithFact(GroundFluentId),
}

impl Decisions {
    /// The same as `conditions`, one for each character; `None` if one of them asks for beliefs or calculates.
    pub(crate) fn new(conditions: &[Condition]) -> Option<Self> {
        let mut decisions = Self { tests: Vec::new(), first: Vec::with_capacity(conditions.len()) };
        for condition in conditions {
            let first = decisions.add(condition, HOLDS, FAILS)?;
            decisions.first.push(first);
        }
        Some(decisions)
    }

    /// Whether the condition of `character` holds where facts have these values.
    #[inline]
    pub(crate) fn hold(&self, character: EntityId, value: impl Fn(GroundFluentId) -> Value) -> bool {
        let mut next = self.first.get(character.index()).copied().unwrap_or(FAILS);
        while let Some(test) = self.tests.get(next as usize) {
            let compared = match test.compared {
                Compared::With(value) => value,
                Compared::WithFact(other) => value(other),
            };
            next = if value(test.fact) == compared { test.equal } else { test.different };
        }
        next == HOLDS
    }

    /// The condition of `character`, as it was or another that holds in the same situations.
    pub(crate) fn condition(&self, character: EntityId) -> Condition {
        self.tree(self.first.get(character.index()).copied().unwrap_or(FAILS))
    }

    fn tree(&self, next: u32) -> Condition {
        let Some(test) = self.tests.get(next as usize) else { return Condition::Constant(next == HOLDS) };
        let own = |fluent| Place { chain: ChainId::REAL, fluent };
        let atom = |equal| {
            Condition::Atom(match test.compared {
                Compared::With(value) => Atom::Is { place: own(test.fact), value, equal },
                Compared::WithFact(other) => Atom::Same { left: own(test.fact), right: own(other), equal },
            })
        };
        match (self.tree(test.equal), self.tree(test.different)) {
            (equal, Condition::Constant(false)) => Condition::all([atom(true), equal]),
            (Condition::Constant(false), different) => Condition::all([atom(false), different]),
            (Condition::Constant(true), different) => Condition::any([atom(true), different]),
            (equal, Condition::Constant(true)) => Condition::any([atom(false), equal]),
            (equal, different) => {
                Condition::any([Condition::all([atom(true), equal]), Condition::all([atom(false), different])])
            }
        }
    }

    /// Adds the tests of `condition`, which lead to `holds` or `fails` in the end; where they begin.
    fn add(&mut self, condition: &Condition, holds: u32, fails: u32) -> Option<u32> {
        match condition {
            Condition::Constant(true) => Some(holds),
            Condition::Constant(false) => Some(fails),
            Condition::Atom(atom) => self.add_atom(atom, holds, fails),
            Condition::All(parts) => parts.iter().rev().try_fold(holds, |next, part| self.add(part, next, fails)),
            Condition::Any(parts) => parts.iter().rev().try_fold(fails, |next, part| self.add(part, holds, next)),
        }
    }

    fn add_atom(&mut self, atom: &Atom, holds: u32, fails: u32) -> Option<u32> {
        let fact = |place: &Place| (place.chain == ChainId::REAL).then_some(place.fluent);
        let (fact, compared, asked) = match atom {
            Atom::Is { place, value, equal } => (fact(place)?, Compared::With(*value), *equal),
            Atom::Same { left, right, equal } => (fact(left)?, Compared::WithFact(fact(right)?), *equal),
            Atom::Measure { .. } | Atom::Amounts(..) => return None,
        };
        let (equal, different) = if asked { (holds, fails) } else { (fails, holds) };
        let place = self.tests.len() as u32;
        self.tests.push(Test { fact, compared, equal, different });
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(index: usize) -> Place {
        Place { chain: ChainId::REAL, fluent: GroundFluentId::from_index(index) }
    }

    fn is(index: usize, equal: bool) -> Condition {
        Condition::Atom(Atom::Is { place: fact(index), value: Value::YES, equal })
    }

    #[test]
    fn a_decision_holds_where_its_condition_holds() {
        let same = Condition::Atom(Atom::Same { left: fact(1), right: fact(2), equal: false });
        let nested = Condition::Any(vec![Condition::All(vec![is(0, true), is(1, false)]), same.clone()]);
        let all = Condition::All(vec![nested.clone(), is(2, true)]);
        let conditions = [Condition::Constant(true), Condition::Constant(false), same, nested, all];
        let decisions = Decisions::new(&conditions).expect("they read facts only");
        for bits in 0..8 {
            let value = |fact: GroundFluentId| Value::boolean(bits >> fact.index() & 1 == 1);
            let yes = [0, 1, 2].map(|fact| bits >> fact & 1 == 1);
            let differ = yes[1] != yes[2];
            let expected = [true, false, differ, yes[0] && !yes[1] || differ, (yes[0] && !yes[1] || differ) && yes[2]];
            let held = [0, 1, 2, 3, 4].map(|who| decisions.hold(EntityId::from_index(who), value));
            assert_eq!(held, expected, "facts {bits:03b}");
        }
    }

    #[test]
    fn beliefs_are_not_decided_by_facts() {
        let believed = Place { chain: ChainId::from_index(1), fluent: GroundFluentId::from_index(0) };
        let condition = Condition::Atom(Atom::Is { place: believed, value: Value::YES, equal: true });
        assert!(Decisions::new(&[condition]).is_none());
    }
}
