//! The facts of an overview, and the words for each value that somebody takes one to have.

use super::{FactId, ValueId};
use crate::ground::{Amount, ChainId, GroundFluentId, Place, Value, valued};
use crate::state::{Situations, StateError, StateId};
use crate::world::{Expression, World, say};
use rustc_hash::FxHashMap;

/// What an overview may tell of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Subject {
    /// A ground fact.
    Fluent(GroundFluentId),
    /// A derived fact, by its position among those spoken of.
    Derived(usize),
}

/// A derived fact that somebody speaks of.
#[derive(Clone, Debug)]
pub(super) struct Derived {
    /// How it is read.
    pub expression: Expression,
    /// The same, ready to evaluate.
    pub amount: Amount,
}

/// A fact that was chosen.
#[derive(Clone, Debug)]
pub(super) struct ChosenFact {
    /// Which.
    pub subject: Subject,
    /// How it is read.
    pub expression: Expression,
    /// How it is evaluated.
    pub amount: Amount,
    /// In how many lines somebody speaks of it.
    pub spoken: usize,
    /// For how many scenes how many minds differ from what is so, together.
    pub disputed: usize,
}

/// A fact for people.
#[derive(Clone, Debug, PartialEq)]
pub struct FactSummary {
    /// How it is read.
    pub expression: Expression,
    /// The name of its declaration: `at`; of the memory of an event, `happened`.
    pub family: String,
    /// The fact with its value left open: `the marble is in …`.
    pub open: String,
    /// All values that somebody ever takes it to have; the first is "unknown".
    pub values: Vec<ValueWords>,
    /// In how many lines of the story somebody speaks of it.
    pub spoken: usize,
    /// For how many scenes how many minds differ from what is so, together.
    pub disputed: usize,
}

/// A value for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueWords {
    /// The whole statement: `the marble is in the box`.
    pub statement: String,
    /// The value alone: `the box`, `yes`, `3`.
    pub short: String,
}

/// All chosen facts, with the values they were ever seen to have.
pub(super) struct Facts {
    chosen: Vec<ChosenFact>,
    by_subject: FxHashMap<Subject, FactId>,
    values: Vec<Vec<Value>>,
}

impl Facts {
    pub(super) fn new(chosen: Vec<ChosenFact>) -> Self {
        let named = chosen.iter().enumerate().map(|(index, fact)| (fact.subject, FactId::from_index(index)));
        let by_subject = named.collect();
        let values = vec![vec![Value::UNKNOWN]; chosen.len()];
        Self { chosen, by_subject, values }
    }

    /// All of them.
    pub(super) fn ids(&self) -> impl Iterator<Item = FactId> + use<> {
        (0..self.chosen.len()).map(FactId::from_index)
    }

    /// The fact that was chosen for `subject`, if it was.
    pub(super) fn of(&self, subject: Subject) -> Option<FactId> {
        self.by_subject.get(&subject).copied()
    }

    pub(super) fn get(&self, fact: FactId) -> &ChosenFact {
        &self.chosen[fact.index()]
    }

    /// The number of a value of `fact`.
    pub(super) fn value(&mut self, fact: FactId, value: Value) -> ValueId {
        let known = &mut self.values[fact.index()];
        let position = known.iter().position(|&other| other == value).unwrap_or_else(|| {
            known.push(value);
            known.len() - 1
        });
        ValueId::from_index(position)
    }

    /// The value of `fact` in `state`.
    pub(super) fn at(
        &mut self,
        situations: &mut Situations<'_>,
        state: StateId,
        fact: FactId,
    ) -> Result<ValueId, StateError> {
        let value = match self.chosen[fact.index()].subject {
            Subject::Fluent(fluent) => situations.value(state, fluent),
            Subject::Derived(_) => situations.evaluate(state, &self.chosen[fact.index()].amount)?,
        };
        Ok(self.value(fact, value))
    }

    /// The same for people.
    pub(super) fn summaries(&self, world: &World) -> Vec<FactSummary> {
        let summary = |(fact, values): (&ChosenFact, &Vec<Value>)| FactSummary {
            expression: fact.expression.clone(),
            family: family(world, &fact.expression),
            open: open(world, &fact.expression),
            values: values.iter().map(|&value| words(world, &fact.expression, value)).collect(),
            spoken: fact.spoken,
            disputed: fact.disputed,
        };
        self.chosen.iter().zip(&self.values).map(summary).collect()
    }
}

/// The place of a ground fact in what is so.
pub(super) fn real(fluent: GroundFluentId) -> Amount {
    Amount::Place(Place { chain: ChainId::REAL, fluent })
}

fn family(world: &World, expression: &Expression) -> String {
    match expression {
        Expression::Fluent(fact) => world.fluents[fact.fluent.index()].name.clone(),
        Expression::Happened(_) => "happened".to_owned(),
        Expression::Times { .. } => "times".to_owned(),
        _ => "time".to_owned(),
    }
}

fn open(world: &World, expression: &Expression) -> String {
    match expression {
        Expression::Fluent(fact) => say::open(world, fact),
        other => say::expression(world, other),
    }
}

fn words(world: &World, expression: &Expression, value: Value) -> ValueWords {
    if value.is_unknown() {
        return ValueWords { statement: open(world, expression), short: "?".to_owned() };
    }
    let statement = say::statement(world, &valued(expression.clone(), value));
    ValueWords { statement, short: say::formula(world, &value.expression()) }
}
