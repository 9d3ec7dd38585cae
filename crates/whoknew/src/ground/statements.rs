//! Values and places as statements: what it is to say that a fact, in somebody's beliefs, has a value.

use super::{Place, Problem, Value};
use crate::world::{Comparison, EntityId, Expression, Term};

impl Value {
    /// The expression that stands for the value in every situation.
    ///
    /// ```
    /// use whoknew::{ground::Value, world::Expression};
    /// assert_eq!(Value::number(3.0).expression(), Expression::Number(3.0));
    /// assert_eq!(Value::UNKNOWN.expression(), Expression::Unknown);
    /// ```
    pub fn expression(self) -> Expression {
        if let Some(yes) = self.as_boolean() {
            Expression::Boolean(yes)
        } else if let Some(entity) = self.as_entity() {
            Expression::Entity(Term::Entity(entity))
        } else {
            self.as_number().map_or(Expression::Unknown, Expression::Number)
        }
    }
}

/// The statement that `fact` has `value`.
///
/// ```
/// use whoknew::{ground::{Value, valued}, world::Expression};
/// assert_eq!(valued(Expression::Time, Value::YES), Expression::Time);
/// ```
pub fn valued(fact: Expression, value: Value) -> Expression {
    match value.as_boolean() {
        Some(true) => fact,
        Some(false) => Expression::Not(Box::new(fact)),
        None => Expression::Compare(Comparison::Equal, Box::new(fact), Box::new(value.expression())),
    }
}

/// `statement` as the belief of `believers`, outermost first.
pub fn believed_by(believers: &[EntityId], statement: Expression) -> Expression {
    let believes = |inner, &who: &EntityId| Expression::Believes(Term::Entity(who), Box::new(inner));
    believers.iter().rev().fold(statement, believes)
}

impl Problem<'_> {
    /// The statement that `place` has `value`: that those believe so whose beliefs it is in.
    pub fn statement(&self, place: Place, value: Value) -> Expression {
        believed_by(self.believers(place.chain), valued(self.expression(place.fluent), value))
    }
}
