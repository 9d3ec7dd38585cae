//! Unfolding formulas into ground amounts.

use super::closing::{Bound, close_event};
use super::comparisons;
use super::compile::{Compiled, Compiler, Sense, either, one_if};
use super::memory::Memory;
use super::{Amount, ChainId, Value};
use crate::world::{Arithmetic, Binding, EventTerm, Expression, Quantifier, SceneId, Term};

impl Compiler<'_, '_> {
    /// The value of `expression` in the beliefs of `chain`.
    pub(crate) fn amount(&mut self, expression: &Expression, chain: ChainId) -> Compiled<Amount> {
        self.deeper(|this| this.amount_inside(expression, chain))
    }

    fn amount_inside(&mut self, expression: &Expression, chain: ChainId) -> Compiled<Amount> {
        match expression {
            Expression::Boolean(yes) => Ok(Amount::Constant(Value::boolean(*yes))),
            Expression::Number(number) => Ok(Amount::Constant(Value::number(*number))),
            Expression::Unknown => Ok(Amount::Constant(Value::UNKNOWN)),
            Expression::Entity(term) => self.entity_amount(*term),
            Expression::Fluent(read) => match &self.world().fluents[read.fluent.index()].definition {
                Some(definition) => {
                    let bindings = self.arguments(read)?;
                    self.closed(bindings, |this| this.amount(definition, chain))
                }
                None => self.fact(read, chain),
            },
            Expression::Happened(event) => self.memory(event, false, (None, None), chain),
            Expression::Times { event, since, until } => self.memory(event, true, (*since, *until), chain),
            Expression::Time => {
                let fluent = self.problem.clock_fluent()?;
                Ok(self.place(fluent, chain))
            }
            Expression::Arithmetic(operation, left, right) => {
                let left = self.amount(left, chain)?;
                Ok(comparisons::calculated(*operation, left, self.amount(right, chain)?))
            }
            Expression::Believes(who, inner) => {
                let chain = self.believed(chain, *who)?;
                self.amount(inner, chain)
            }
            Expression::Quantified(quantifier, binding, body) => self.total(*quantifier, binding, body, chain),
            Expression::If(branches, otherwise) => {
                let mut cases = Vec::with_capacity(branches.len());
                for (test, value) in branches {
                    cases.push((self.condition(test, chain, Sense::So)?, self.amount(value, chain)?));
                }
                Ok(Amount::If(cases, Box::new(self.amount(otherwise, chain)?)))
            }
            _ => {
                let yes = self.condition(expression, chain, Sense::So)?;
                Ok(one_if(yes, Value::YES, Value::NO))
            }
        }
    }

    fn entity_amount(&self, term: Term) -> Compiled<Amount> {
        if let Term::Variable(variable) = term
            && let Some(Bound::Number(number)) = self.bindings.get(variable)
        {
            return Ok(Amount::Constant(Value::number(*number)));
        }
        self.bindings.entity(term).map(|entity| Amount::Constant(Value::entity(entity)))
    }

    fn total(
        &mut self,
        quantifier: Quantifier,
        binding: &Binding,
        body: &Expression,
        chain: ChainId,
    ) -> Compiled<Amount> {
        let (operation, start) = match quantifier {
            Quantifier::Product => (Arithmetic::Multiply, 1.0),
            _ => (Arithmetic::Add, 0.0),
        };
        if matches!(quantifier, Quantifier::ForAll | Quantifier::Exists) {
            let parts = self.unfolded(binding, body, chain, Sense::So)?;
            return Ok(one_if(either(quantifier == Quantifier::ForAll, parts), Value::YES, Value::NO));
        }
        let parts = self.for_each(binding, |this| {
            if quantifier == Quantifier::Count {
                let holds = this.condition(body, chain, Sense::So)?;
                Ok(one_if(holds, Value::number(1.0), Value::number(0.0)))
            } else {
                this.amount(body, chain)
            }
        })?;
        let start = Amount::Constant(Value::number(start));
        Ok(parts.into_iter().fold(start, |sum, part| comparisons::calculated(operation, sum, part)))
    }

    fn memory(
        &mut self,
        event: &EventTerm,
        counts: bool,
        (since, until): (Option<SceneId>, Option<SceneId>),
        chain: ChainId,
    ) -> Compiled<Amount> {
        let event = close_event(event, &self.bindings)?;
        let fluent = self.problem.remember(Memory { event, counts, since, until })?;
        Ok(self.place(fluent, chain))
    }
}
