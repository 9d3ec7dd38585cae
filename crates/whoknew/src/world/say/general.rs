//! Printing of what is said of some, of all, of how often, and of two that are in the same place.

use super::Speaker;
use super::formula::number;
use crate::world::{Binding, Comparison, EventTerm, Expression, FluentTerm, Quantifier, SceneId, Term, VariableId};

impl<'w> Speaker<'w> {
    /// The names of variables where that of `binding` has the name that was written.
    pub(super) fn bound<'a>(&'a self, binding: &'a Binding) -> impl Fn(VariableId) -> String + 'a {
        move |variable| match binding.name.as_str() {
            name if variable == binding.variable && !name.is_empty() => name.to_owned(),
            _ => (self.variables)(variable),
        }
    }

    /// The same with these names of variables.
    pub(super) fn with_variables<'a>(&'a self, variables: &'a dyn Fn(VariableId) -> String) -> Speaker<'a> {
        Speaker { world: self.world, variables }
    }

    /// `some person is accused`, `every person is in the hall`; what is no single sentence stays a formula around sentences.
    pub(super) fn quantified(&self, quantifier: Quantifier, binding: &Binding, body: &Expression) -> String {
        match quantifier {
            Quantifier::Exists if self.is_about_one(binding, body) => self.of_some("some", binding, body),
            // "Every person is not in the hall" could mean two things.
            Quantifier::ForAll if self.is_about_one(binding, body) && !is_negative(body) => {
                self.of_some("every", binding, body)
            }
            _ => {
                let named = self.bound(binding);
                let inside = self.with_variables(&named);
                format!("{} ({})", inside.binder(quantifier, binding), inside.expression(body))
            }
        }
    }

    /// The sentence with `some person` for its variable.
    pub(super) fn of_some(&self, word: &str, binding: &Binding, body: &Expression) -> String {
        let some = format!("{word} {}", self.kinds(&binding.kinds));
        let named = |variable| if variable == binding.variable { some.clone() } else { (self.variables)(variable) };
        self.with_variables(&named).expression(body)
    }

    /// Whether it is one sentence that names the variable once.
    pub(super) fn is_about_one(&self, binding: &Binding, body: &Expression) -> bool {
        let is_it = |term: &Term| *term == Term::Variable(binding.variable);
        let once = |fact: &FluentTerm, more: usize| {
            self.has_pattern(fact) && fact.arguments.iter().filter(|term| is_it(term)).count() + more == 1
        };
        match body {
            Expression::Fluent(fact) => self.is_boolean(fact) && once(fact, 0),
            Expression::Not(inner) => matches!(**inner, Expression::Fluent(_)) && self.is_about_one(binding, inner),
            Expression::Compare(Comparison::Equal | Comparison::NotEqual, left, right) => match (&**left, &**right) {
                (Expression::Fluent(fact), Expression::Entity(value)) => once(fact, usize::from(is_it(value))),
                (Expression::Fluent(fact), Expression::Number(_) | Expression::Boolean(_)) => once(fact, 0),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether both say where something is.
    pub(super) fn are_whereabouts(&self, fact: &FluentTerm, other: &FluentTerm) -> bool {
        let is_location = self.world.fluents[fact.fluent.index()].location;
        is_location && fact.fluent == other.fluent && self.has_pattern(fact) && other.arguments.len() == 1
    }

    /// `Sally is in the same place as Anne`
    pub(super) fn in_the_same_place(&self, fact: &FluentTerm, other: &FluentTerm, positive: bool) -> String {
        let other: Vec<String> = other.arguments.iter().map(|&term| self.term(term)).collect();
        self.fact_valued(fact, Some(format!("the same place as {}", other.join(", "))), positive)
    }

    /// `it happened at least 3 times since scene 4 that Sally went to the garden`
    pub(super) fn happened_often(
        &self,
        often: &str,
        event: &EventTerm,
        (since, until): (Option<SceneId>, Option<SceneId>),
    ) -> String {
        let mut text = format!("it happened {often}");
        for (word, scene) in [("since", since), ("until", until)] {
            if let Some(scene) = scene {
                text.push_str(&format!(" {word} scene {}", self.scene(scene)));
            }
        }
        format!("{text} that {}", self.told_past(event))
    }

    /// `once`, `3 times`
    pub(super) fn often(&self, amount: &Expression) -> String {
        match amount {
            Expression::Number(1.0) => "once".to_owned(),
            Expression::Number(times) => format!("{} times", number(*times)),
            other => format!("{} times", self.formula(other)),
        }
    }
}

fn is_negative(body: &Expression) -> bool {
    matches!(body, Expression::Not(_) | Expression::Compare(Comparison::NotEqual, ..))
}
