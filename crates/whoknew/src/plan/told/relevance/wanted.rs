//! What is wanted: what would raise a want, or make a condition hold or fail.

use super::finder::Finder;
use super::fit::{number, wanted_by};
use super::{DEEPEST, Should, Wanted};
use crate::ground::{Amount, Condition, Place, Problem, Value};
use crate::state::Situations;
use crate::world::{Arithmetic, EntityId};

impl Finder<'_> {
    pub(super) fn begin(&mut self, situations: &mut Situations<'_>) {
        self.found.now = 1;
        if let Some(condition) = self.seeker.purposes.condition(self.purpose).cloned() {
            self.condition(situations.problem_mut(), &[], &condition, true);
            for wanted in &self.found.list {
                self.found.hearers.extend(situations.problem().believers(wanted.chain).first());
            }
            self.found.hearers.dedup();
            return;
        }
        for want in self.seeker.purposes.wants(situations, self.purpose) {
            let amount = situations.problem().utility(want).clone();
            self.raise(situations.problem_mut(), &amount);
        }
    }

    /// What would raise an amount.
    fn raise(&mut self, problem: &mut Problem<'_>, amount: &Amount) {
        match amount {
            Amount::Constant(_) => {}
            Amount::Arithmetic(Arithmetic::Add, left, right) => {
                self.raise(problem, left);
                self.raise(problem, right);
            }
            Amount::If(branches, otherwise) => match (branches.as_slice(), &**otherwise) {
                ([(condition, Amount::Constant(then))], Amount::Constant(other)) => {
                    let (then, other) = (number(*then), number(*other));
                    self.condition(problem, &[], condition, then >= other);
                }
                _ => self.matter(problem, &[], amount),
            },
            Amount::Place(place) if problem.value_kind(place.fluent) == crate::world::ValueKind::Boolean => {
                self.want(problem, &[], *place, Should::Be(Value::YES));
            }
            other => self.matter(problem, &[], other),
        }
    }

    pub(super) fn matter(&mut self, problem: &mut Problem<'_>, before: &[EntityId], amount: &Amount) {
        let mut places = Vec::new();
        amount.places(&mut |place| places.push(place));
        for place in places {
            self.want(problem, before, place, Should::Matter);
        }
    }

    /// What would make `condition`, in the beliefs of those `before`, hold or fail.
    pub(super) fn condition(
        &mut self,
        problem: &mut Problem<'_>,
        before: &[EntityId],
        condition: &Condition,
        hold: bool,
    ) {
        let mut wanted: Vec<(Place, Should)> = Vec::new();
        wanted_by(condition, hold, &mut wanted);
        for (place, should) in wanted {
            self.want(problem, before, place, should);
        }
    }

    pub(super) fn want(&mut self, problem: &mut Problem<'_>, before: &[EntityId], place: Place, should: Should) {
        let mut believers = before.to_vec();
        believers.extend_from_slice(problem.believers(place.chain));
        believers.dedup();
        if believers.first().copied() == self.purpose.holder && !believers.is_empty() {
            believers.remove(0);
        }
        if believers.len() > DEEPEST {
            return;
        }
        let chain = problem.place(&believers, place.fluent).chain;
        let wanted = |should| Wanted { chain, fluent: place.fluent, should };
        if !self.found.known.contains_key(&wanted(Should::Matter)) && !self.found.known.contains_key(&wanted(should)) {
            self.found.known.insert(wanted(should), self.found.now);
            self.found.list.push(wanted(should));
        }
    }
}
