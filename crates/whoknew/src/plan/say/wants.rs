//! Which wants an imagined plan serves, in words.

use crate::ground::Value;
use crate::state::{Situations, StateError, StateId};
use crate::world::goals::is_number;
use crate::world::{Arithmetic, EntityId, Expression, Holder, World, say};

/// A want that is expected to be better met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Want {
    /// Its name, if the author gave it one.
    pub label: Option<String>,
    /// What is expected to be the case in the end: `the marble is in the box`.
    pub sentence: String,
}

impl Want {
    /// `“revenge” (the wolf is dead)`, or the sentence alone.
    pub fn words(&self) -> String {
        match &self.label {
            Some(label) => format!("“{label}” ({})", self.sentence),
            None => self.sentence.clone(),
        }
    }
}

/// The wants of `character` that are higher in the second situation than in the first.
pub(super) fn raised(
    situations: &mut Situations<'_>,
    character: EntityId,
    states: (StateId, StateId),
) -> Result<Vec<Want>, StateError> {
    let world = situations.problem().world();
    let wants: Vec<_> = situations.problem().utilities_of(Holder::Character(character)).collect();
    let mut raised = Vec::new();
    for want in wants {
        let utility = &world.utilities[want.index()];
        let mut comparison = Comparison { situations, world, states };
        if comparison.moves(&utility.value)? != Some(true) {
            continue;
        }
        let parts = comparison.parts(&utility.value, true)?;
        raised.push(Want { label: utility.label.clone(), sentence: say::list(&parts) });
    }
    Ok(raised)
}

/// Two situations of which the second is to be better.
struct Comparison<'s, 'w> {
    situations: &'s mut Situations<'w>,
    world: &'w World,
    states: (StateId, StateId),
}

impl Comparison<'_, '_> {
    /// What of `amount` makes it higher, or lower, in the second situation.
    fn parts(&mut self, amount: &Expression, higher: bool) -> Result<Vec<String>, StateError> {
        if self.moves(amount)? != Some(higher) {
            return Ok(Vec::new());
        }
        match amount {
            Expression::Arithmetic(operator @ (Arithmetic::Add | Arithmetic::Subtract), left, right) => {
                let mut parts = self.parts(left, higher)?;
                parts.extend(self.parts(right, higher == (*operator == Arithmetic::Add))?);
                Ok(parts)
            }
            Expression::Arithmetic(Arithmetic::Multiply, left, right) => match (&**left, &**right) {
                (Expression::Number(factor), other) | (other, Expression::Number(factor)) => {
                    self.parts(other, higher == (*factor > 0.0))
                }
                _ => self.number(amount).map(|part| vec![part]),
            },
            Expression::If(tests, otherwise) => self.choice(tests, otherwise, higher),
            Expression::Fluent(fact) if is_number(self.world, amount) => {
                let value = self.values(amount)?.1;
                Ok(vec![say::value(self.world, fact, &Expression::Number(value.unwrap_or_default()))])
            }
            amount if is_number(self.world, amount) => self.number(amount).map(|part| vec![part]),
            condition if higher => Ok(vec![say::expression(self.world, condition)]),
            condition => Ok(vec![say::negated(self.world, condition)]),
        }
    }

    /// What of `A if F else …` makes it higher, or lower: the condition that now decides.
    fn choice(
        &mut self,
        tests: &[(Expression, Expression)],
        otherwise: &Expression,
        higher: bool,
    ) -> Result<Vec<String>, StateError> {
        let (before, after) = (self.deciding(tests, self.states.0)?, self.deciding(tests, self.states.1)?);
        let value = |index: Option<usize>| index.map_or(otherwise, |index| &tests[index].1);
        if before == after {
            return self.parts(value(after), higher);
        }
        Ok(match (before, after) {
            (_, Some(after)) => vec![say::expression(self.world, &tests[after].0)],
            (Some(before), None) => vec![say::negated(self.world, &tests[before].0)],
            (None, None) => Vec::new(),
        })
    }

    /// The first test that holds.
    fn deciding(&mut self, tests: &[(Expression, Expression)], state: StateId) -> Result<Option<usize>, StateError> {
        for (index, (test, _)) in tests.iter().enumerate() {
            if let Ok(condition) = self.situations.problem_mut().condition(test)
                && self.situations.holds(state, &condition)?
            {
                return Ok(Some(index));
            }
        }
        Ok(None)
    }

    /// `fear(Sally) + fear(Anne) is 3 instead of 2`
    fn number(&mut self, amount: &Expression) -> Result<String, StateError> {
        let formula = say::formula(self.world, amount);
        Ok(match self.values(amount)? {
            (Some(before), Some(after)) => {
                format!("{formula} is {} instead of {}", say::number(after), say::number(before))
            }
            _ => formula,
        })
    }

    /// Whether it is higher in the second situation, or lower; `None` if neither.
    fn moves(&mut self, amount: &Expression) -> Result<Option<bool>, StateError> {
        let (before, after) = self.values(amount)?;
        let before = before.unwrap_or(f64::NEG_INFINITY);
        Ok(after.filter(|&after| after != before).map(|after| after > before))
    }

    /// The number in both situations.
    fn values(&mut self, amount: &Expression) -> Result<(Option<f64>, Option<f64>), StateError> {
        let Ok(amount) = self.situations.problem_mut().amount(amount) else { return Ok((None, None)) };
        let before = self.situations.evaluate(self.states.0, &amount)?;
        let after = self.situations.evaluate(self.states.1, &amount)?;
        Ok((as_number(before), as_number(after)))
    }
}

/// The number that a want comes to; a condition counts 1 or 0.
fn as_number(value: Value) -> Option<f64> {
    value.as_number().or(value.as_boolean().map(|yes| f64::from(u8::from(yes))))
}
