//! Lowers effects and statements about the start.
//!
//! `believes(c, e)` distributes: every property inside is read in c's beliefs, while the value in `believes(c, p) = v` is
//! read where the event happens. In the world all values and tests of an effect are read where the event happens, so
//! those written inside a `believes` get that `believes` around them.

use super::cases::{cases, check_size, if_cases, negated};
use super::expressions::{Form, Node, NodeLink};
use super::formulas::{Class, Each, Formulas, misfit};
use super::overloads::Lowered;
use super::{MISFIT, failure};
use crate::source::Span;
use crate::world::{Effect, Expression, FluentTerm, Term, ValueKind};

impl<'a> Formulas<'_, 'a> {
    /// What `node` changes, for those who believe inside `minds` (outermost first).
    pub fn effect(&mut self, node: &Node<'a>, minds: &mut Vec<Term>) -> Lowered<Effect> {
        match &node.form {
            Form::Word("True") => Ok(Effect::All(Vec::new())),
            Form::And(parts) => {
                let parts = parts.iter().map(|part| self.effect(part, minds)).collect::<Lowered<_>>()?;
                Ok(Effect::All(parts))
            }
            Form::Believes(believer, inner) => {
                minds.push(self.believer(believer, node.span)?);
                let effect = self.effect(inner, minds);
                minds.pop();
                effect
            }
            Form::Call(..) => self.assign(node, Expression::Boolean(true), Class::Boolean, minds),
            Form::Not(inner) => self.assign(inner, Expression::Boolean(false), Class::Boolean, minds),
            Form::Operator("=" | "==", target, value) => {
                let (value, class) = self.value(value)?;
                self.assign(target, within(minds, value), class, minds)
            }
            Form::If(tests, otherwise) => self.conditional(tests, otherwise.as_ref(), node.span, minds),
            Form::Quantified("forall", variable, kind, body) => {
                let mut read = |formulas: &mut Self| formulas.effect(body, minds);
                Ok(match self.each(variable, kind, node.span, &mut read)? {
                    Each::Bound(binding, body) => Effect::ForAll(binding, Box::new(body)),
                    Each::Apart(bodies) => Effect::All(bodies),
                })
            }
            _ => Err(misfit("this changes nothing: expected a property and its new value", node.span)),
        }
    }

    fn conditional(
        &mut self,
        tests: &[(NodeLink<'a>, NodeLink<'a>)],
        otherwise: Option<&NodeLink<'a>>,
        span: Span,
        minds: &mut Vec<Term>,
    ) -> Lowered<Effect> {
        let mut branches = Vec::new();
        for (test, branch) in tests {
            let test = self.condition(test)?;
            branches.push((within(minds, test), self.effect(branch, minds)?));
        }
        let otherwise = match otherwise {
            Some(otherwise) => self.effect(otherwise, minds)?,
            None => Effect::All(Vec::new()),
        };
        check_size(branches.iter().map(|(test, _)| test), branches.len(), span)?;
        let cases = if_cases(branches, otherwise).into_iter();
        let mut effects: Vec<Effect> = cases.map(|(tests, effect)| guarded(tests, effect)).collect();
        effects.retain(|effect| !matches!(effect, Effect::If(_, inner) if **inner == Effect::All(Vec::new())));
        Ok(Effect::All(effects))
    }

    /// `target = value`, where the target may be a belief.
    fn assign(&mut self, target: &Node<'a>, value: Expression, class: Class, minds: &mut Vec<Term>) -> Lowered<Effect> {
        match &target.form {
            Form::Believes(believer, inner) => {
                minds.push(self.believer(believer, target.span)?);
                let effect = self.assign(inner, value, class, minds);
                minds.pop();
                effect
            }
            Form::Call(name, arguments) => {
                let term = self.fluent(name, arguments, target.span)?;
                if class != Class::Unknown && class != self.class_of(&term) {
                    let declared = &self.names.world.fluents[term.fluent.index()];
                    let wanted = match declared.value {
                        ValueKind::Boolean => "True or False",
                        ValueKind::Number => "a number",
                        ValueKind::Entity(_) => "an entity",
                    };
                    let title = format!("this value does not fit: the value of `{}` is {wanted}", declared.name);
                    let message = *failure(&MISFIT, title, target.span);
                    return Err(Box::new(message.label(declared.span, "declared here")).into());
                }
                let plain = class != Class::Boolean || is_plain(&value);
                let effect = if plain { plain_cases(&term, value, target.span)? } else { truth_cases(&term, value) };
                Ok(minds.iter().rev().fold(effect, |effect, &mind| believed(mind, effect)))
            }
            _ => Err(misfit("expected a property here", target.span)),
        }
    }
}

/// `effect` in the mind of `mind`; its tests stay outside, because they are read where the event happens.
fn believed(mind: Term, effect: Effect) -> Effect {
    match effect {
        Effect::All(effects) => Effect::All(effects.into_iter().map(|effect| believed(mind, effect)).collect()),
        Effect::If(test, effect) => Effect::If(test, Box::new(believed(mind, *effect))),
        other => Effect::Believes(mind, Box::new(other)),
    }
}

/// `expression`, read in `minds`.
fn within(minds: &[Term], expression: Expression) -> Expression {
    minds.iter().rev().fold(expression, |inner, &mind| Expression::Believes(mind, Box::new(inner)))
}

fn is_plain(value: &Expression) -> bool {
    match value {
        Expression::Boolean(_) | Expression::Fluent(_) => true,
        Expression::Believes(_, inner) => is_plain(inner),
        _ => false,
    }
}

/// One assignment for each value that `value` may have.
fn plain_cases(term: &FluentTerm, value: Expression, span: Span) -> Lowered<Effect> {
    let mut effects: Vec<Effect> = Vec::new();
    for (tests, value) in cases(value, span)? {
        effects.push(guarded(tests, Effect::Assign(term.clone(), value)));
    }
    Ok(all(effects))
}

/// A condition as a value: one assignment where it holds and one where its opposite does.
fn truth_cases(term: &FluentTerm, condition: Expression) -> Effect {
    let assign = |value| Effect::Assign(term.clone(), Expression::Boolean(value));
    Effect::All(vec![guarded(vec![condition.clone()], assign(true)), guarded(vec![negated(condition)], assign(false))])
}

fn guarded(mut tests: Vec<Expression>, effect: Effect) -> Effect {
    match tests.len() {
        0 => effect,
        1 => Effect::If(tests.remove(0), Box::new(effect)),
        _ => Effect::If(Expression::And(tests), Box::new(effect)),
    }
}

fn all(mut effects: Vec<Effect>) -> Effect {
    if effects.len() == 1 { effects.remove(0) } else { Effect::All(effects) }
}
