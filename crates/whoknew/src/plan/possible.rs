//! Which values each fact may ever have, at any level of belief, if everything that may happen happens and nothing is
//! ever undone. What can never happen is left out of the plan; what can never change has no column.

use crate::ground::{Amount, Atom, Changes, Condition, EventId, GroundFluentId, Place, Problem, Value};
use rustc_hash::FxHashSet;

/// The values that a fact may have.
#[derive(Clone, Debug, Default)]
pub(super) struct Possible {
    pub(super) values: Vec<Value>,
    /// Any number besides.
    pub(super) any_number: bool,
}

impl Possible {
    fn may_be(&self, value: Value) -> bool {
        self.values.contains(&value) || (self.any_number && value.as_number().is_some())
    }

    fn may_differ_from(&self, value: Value) -> bool {
        self.any_number || self.values.iter().any(|&other| other != value)
    }
}

/// All facts with their values, and the events and rules that may happen.
#[derive(Debug)]
pub(super) struct Reach {
    pub(super) facts: Vec<Possible>,
    pub(super) events: FxHashSet<EventId>,
    pub(super) rules: Vec<bool>,
    changed: bool,
}

/// What somebody may take the event for.
pub(super) fn noticed(problem: &Problem<'_>, event: EventId) -> Vec<EventId> {
    problem.get(event).appearances().chain(problem.all_looks(event)).collect()
}

impl Reach {
    /// From the values that the facts have, somewhere, at the start.
    pub(super) fn new(problem: &Problem<'_>, start: Vec<Possible>, events: &[EventId]) -> Self {
        let rules = problem.triggers.instances.len();
        let mut reach = Self { facts: start, events: FxHashSet::default(), rules: vec![false; rules], changed: true };
        while std::mem::take(&mut reach.changed) {
            for &event in events {
                reach.event(problem, event);
            }
            // Many notice an event as the same one.
            let mut known = FxHashSet::default();
            let mut all: Vec<EventId> = Vec::new();
            for &event in &reach.events {
                all.extend(noticed(problem, event).into_iter().filter(|&noticed| known.insert(noticed)));
            }
            for event in all {
                reach.happened(problem, event);
            }
            for (index, instance) in problem.triggers.instances.iter().enumerate() {
                if reach.may_hold(&instance.own) && reach.may_hold(&instance.believed) {
                    reach.rules[index] = true;
                    reach.changes(&instance.changes);
                }
            }
        }
        reach
    }

    fn event(&mut self, problem: &Problem<'_>, event: EventId) {
        if problem.get(event).needs().iter().all(|need| self.may_hold(&need.condition)) {
            self.happened(problem, event);
        }
    }

    fn happened(&mut self, problem: &Problem<'_>, event: EventId) {
        self.changed |= self.events.insert(event);
        let ground = problem.get(event);
        self.changes(&ground.all_changes(&problem.events.joins));
        for need in ground.needs().iter().filter(|need| !need.hidden) {
            self.learn(&need.condition);
        }
    }

    /// What those learn who did not believe that `condition` held.
    fn learn(&mut self, condition: &Condition) {
        let mut forgotten = Vec::new();
        condition.atoms(&mut |atom| match atom {
            Atom::Is { equal: true, .. } => {}
            Atom::Is { place, .. } => forgotten.push(place.fluent),
            Atom::Same { left, right, .. } => forgotten.extend([left.fluent, right.fluent]),
            Atom::Measure { .. } | Atom::Amounts(..) => atom.places(&mut |place| forgotten.push(place.fluent)),
        });
        for fluent in forgotten {
            self.add(fluent, Value::UNKNOWN);
        }
        let mut learned = Vec::new();
        condition.atoms(&mut |atom| match atom {
            Atom::Is { place, value, equal: true } => learned.push((place.fluent, *value)),
            Atom::Same { left, right, .. } => {
                learned.extend(self.facts[right.fluent.index()].values.iter().map(|&value| (left.fluent, value)));
            }
            Atom::Measure { place, amount, .. } => {
                learned.extend(self.values_of(amount).values.into_iter().map(|value| (place.fluent, value)));
            }
            Atom::Is { .. } | Atom::Amounts(..) => {}
        });
        for (fluent, value) in learned {
            self.add(fluent, value);
        }
    }

    fn changes(&mut self, changes: &Changes) {
        for change in changes.iter() {
            if self.may_hold(&change.condition) {
                let values = self.values_of(&change.value);
                for value in values.values {
                    self.add(change.place.fluent, value);
                }
                if values.any_number {
                    self.changed |= !std::mem::replace(&mut self.facts[change.place.fluent.index()].any_number, true);
                }
            }
        }
    }

    fn add(&mut self, fluent: GroundFluentId, value: Value) {
        let fact = &mut self.facts[fluent.index()];
        if !fact.values.contains(&value) {
            fact.values.push(value);
            self.changed = true;
        }
    }

    fn fact(&self, place: Place) -> &Possible {
        &self.facts[place.fluent.index()]
    }

    fn values_of(&self, amount: &Amount) -> Possible {
        match amount {
            Amount::Constant(value) => Possible { values: vec![*value], any_number: false },
            Amount::Place(place) => self.fact(*place).clone(),
            Amount::Arithmetic(..) => Possible { values: vec![Value::UNKNOWN], any_number: true },
            Amount::If(branches, otherwise) => {
                let mut all = self.values_of(otherwise);
                for (_, amount) in branches {
                    let more = self.values_of(amount);
                    all.any_number |= more.any_number;
                    all.values.extend(more.values);
                }
                all
            }
        }
    }

    fn may_hold(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Constant(holds) => *holds,
            Condition::All(parts) => parts.iter().all(|part| self.may_hold(part)),
            Condition::Any(parts) => parts.iter().any(|part| self.may_hold(part)),
            Condition::Atom(Atom::Is { place, value, equal: true }) => self.fact(*place).may_be(*value),
            Condition::Atom(Atom::Is { place, value, equal: false }) => self.fact(*place).may_differ_from(*value),
            Condition::Atom(Atom::Same { left, right, equal: true }) => {
                let (left, right) = (self.fact(*left), self.fact(*right));
                left.any_number || right.any_number || left.values.iter().any(|&value| right.may_be(value))
            }
            Condition::Atom(_) => true,
        }
    }
}
