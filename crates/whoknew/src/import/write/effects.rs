//! Prints formulas and effects.

use super::variables::Variables;
use crate::world::{Effect, Expression, Quantifier, World, say};

/// Prints the formulas of one declaration.
pub(super) struct Printer<'w> {
    /// Whose.
    pub world: &'w World,
    /// What its variables are called.
    pub variables: Variables<'w>,
}

impl Printer<'_> {
    /// A formula.
    pub fn formula(&self, expression: &Expression) -> String {
        say::formula_with(self.world, expression, &|variable| self.variables.name(variable))
    }

    /// A formula whose parts stand on lines of their own; its first line begins with `word`.
    pub fn lines(&self, word: &str, expression: &Expression) -> String {
        let (joint, parts) = match expression {
            Expression::And(parts) => ("and", parts.as_slice()),
            Expression::Or(parts) => ("or", parts.as_slice()),
            other => return format!("  {word} {}\n", self.formula(other)),
        };
        let mut text = String::new();
        for (index, part) in parts.iter().enumerate() {
            let looser = matches!(part, Expression::And(_) | Expression::Or(_) | Expression::If(..));
            let part = if looser { format!("({})", self.formula(part)) } else { self.formula(part) };
            text += &if index == 0 { format!("  {word} {part}\n") } else { format!("    {joint} {part}\n") };
        }
        text
    }

    /// An effect on one line.
    pub fn effect(&self, effect: &Effect) -> String {
        match effect {
            Effect::Assign(fact, Expression::Boolean(true)) => self.formula(&Expression::Fluent(fact.clone())),
            Effect::Assign(fact, Expression::Boolean(false)) => {
                format!("not {}", self.formula(&Expression::Fluent(fact.clone())))
            }
            Effect::Assign(fact, value) => {
                let value = if is_value(value) { self.formula(value) } else { format!("({})", self.formula(value)) };
                format!("{} = {value}", self.formula(&Expression::Fluent(fact.clone())))
            }
            Effect::Believes(believer, inner) => {
                let believer = self.formula(&Expression::Entity(*believer));
                format!("{believer} believes {}", self.closed(inner))
            }
            Effect::If(test, inner) => format!("{} if {}", self.closed(inner), self.formula(test)),
            Effect::ForAll(binding, inner) => {
                let body = Box::new(Expression::Boolean(true));
                let quantified = self.formula(&Expression::Quantified(Quantifier::ForAll, binding.clone(), body));
                let head = quantified.strip_suffix("(yes)").unwrap_or(&quantified);
                format!("{head}({})", self.effect(inner))
            }
            Effect::All(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.effect(part)).collect();
                parts.join(", ")
            }
            Effect::Statement(variable) => self.variables.name(*variable),
            Effect::Stated(statement) => self.formula(statement),
        }
    }

    /// An effect that something may stand before or after.
    fn closed(&self, effect: &Effect) -> String {
        let text = self.effect(effect);
        if matches!(effect, Effect::All(_) | Effect::If(..)) { format!("({text})") } else { text }
    }
}

/// Whether an expression can stand after `=` without brackets.
fn is_value(value: &Expression) -> bool {
    matches!(
        value,
        Expression::Boolean(_)
            | Expression::Number(_)
            | Expression::Entity(_)
            | Expression::Unknown
            | Expression::Fluent(_)
            | Expression::Arithmetic(..)
            | Expression::Quantified(..)
    )
}
