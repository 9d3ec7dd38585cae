//! Lowers the lines of actions and triggers.

use super::definitions::Event;
use super::formulas::{Each, Formulas, misfit};
use super::overloads::Lowered;
use super::scope::Meaning;
use crate::world::{
    Action, Binding, Effect, Expression, Observation, Observer, Parameter, Precondition, Spanned, Term, Trigger, World,
};

impl<'a> Formulas<'_, 'a> {
    /// An action with these parameters.
    pub fn action(&mut self, event: &Event<'a>, parameters: Vec<Parameter>) -> Lowered<Action> {
        let preconditions = match &event.precondition {
            Some(node) => {
                let condition = Spanned { value: self.condition(node)?, span: node.span };
                vec![Precondition { condition, hidden: false }]
            }
            None => Vec::new(),
        };
        Ok(Action {
            name: event.name.text.to_owned(),
            parameters,
            sentences: Vec::new(),
            past_sentences: Vec::new(),
            preconditions,
            effect: self.event_effect(event)?,
            actors: self.actors(event)?,
            observations: self.observations(event)?,
            duration: None,
            staging: None,
            mutual: false,
            unplanned: false,
            span: event.name.span,
        })
    }

    /// A trigger with these parameters.
    pub fn trigger(&mut self, event: &Event<'a>, parameters: Vec<Parameter>) -> Lowered<Trigger> {
        let (value, span) = match &event.precondition {
            Some(node) => (self.condition(node)?, node.span),
            None => (Expression::Boolean(true), event.name.span),
        };
        Ok(Trigger {
            name: event.name.text.to_owned(),
            parameters,
            sentences: Vec::new(),
            condition: Spanned { value, span },
            effect: self.event_effect(event)?,
            span: event.name.span,
        })
    }

    fn event_effect(&mut self, event: &Event<'a>) -> Lowered<Effect> {
        match &event.effect {
            Some(node) => self.effect(node, &mut Vec::new()),
            None => Ok(Effect::All(Vec::new())),
        }
    }

    fn actors(&mut self, event: &Event<'a>) -> Lowered<Vec<Term>> {
        let mut actors = Vec::new();
        for name in &event.consenting {
            let actor = self.believer(name.text, name.span)?;
            if !actors.contains(&actor) {
                actors.push(actor);
            }
        }
        Ok(actors)
    }

    fn observations(&mut self, event: &Event<'a>) -> Lowered<Vec<Observation>> {
        let observation =
            |observer, condition, span| Observation { observer, condition, openly: false, noticed_as: None, span };
        let Some((parameter, condition)) = &event.observing else {
            let kinds = vec![World::CHARACTER_KIND];
            let binding = Binding::new(self.scope.new_variable(), kinds);
            return Ok(vec![observation(Observer::Every(binding), Expression::Boolean(true), event.name.span)]);
        };
        let Some(kind) = parameter.kind else {
            return Err(misfit("'observing' needs a parameter with a type", parameter.name.span));
        };
        let span = condition.span;
        let mut read = |formulas: &mut Self| {
            let observer = formulas.scope.find(parameter.name.text);
            Ok((observer, formulas.condition(condition)?))
        };
        Ok(match self.each(parameter.name.text, kind.text, span, &mut read)? {
            Each::Bound(binding, (_, condition)) => vec![observation(Observer::Every(binding), condition, span)],
            Each::Apart(bodies) => {
                let one = |(observer, condition)| match observer {
                    Some(Meaning::Constant(entity)) if entity.index() < self.names.world.characters => {
                        Some(observation(Observer::One(Term::Entity(entity)), condition, span))
                    }
                    _ => None,
                };
                let lines: Vec<Observation> = bodies.into_iter().filter_map(one).collect();
                if !lines.is_empty() {
                    return Ok(lines);
                }
                // No line at all would mean that those who act notice it.
                let kinds = vec![World::CHARACTER_KIND];
                let binding = Binding::new(self.scope.new_variable(), kinds);
                vec![observation(Observer::Every(binding), Expression::Boolean(false), span)]
            }
        })
    }
}
