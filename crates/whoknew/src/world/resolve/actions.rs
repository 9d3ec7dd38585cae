//! Actions: patterns, needs, effects, actors, who notices.

use super::codes::MISPLACED_LINE;
use super::fluents::Once;
use super::signatures::Signature;
use super::{Resolved, Resolver, Scope, VariableKind};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{AstNode, Call, DeclarationLine, DeclarationLineKind, Formula, Name};
use crate::world::names::NameKey;
use crate::world::suggest::nearest;
use crate::world::usage::Symbol;
use crate::world::{
    Action, ActionId, Binding, Effect, Expression, Observation, Observer, ParameterKind, Precondition, Spanned,
    Staging, Term, World,
};

/// Shorter names of observers are never taken for mistyped ones.
const SHORTEST_MISTYPED: usize = 4;

impl Resolver<'_> {
    /// Declares the actions: names, parameters, patterns.
    pub(super) fn declare_actions(&mut self, signatures: &[Signature]) {
        for (index, signature) in signatures.iter().enumerate() {
            let mut action = Action {
                name: signature.name.clone(),
                parameters: signature.parameters.clone(),
                sentences: Vec::new(),
                past_sentences: Vec::new(),
                preconditions: Vec::new(),
                effect: Effect::All(Vec::new()),
                actors: Vec::new(),
                observations: Vec::new(),
                duration: None,
                staging: None,
                mutual: false,
                unplanned: false,
                span: signature.span,
            };
            action.sentences.extend(signature.pattern.as_ref().and_then(|text| self.pattern(signature, text)));
            for line in signature.plain_lines() {
                match line.kind() {
                    DeclarationLineKind::Also(Some(text)) => action.sentences.extend(self.pattern(signature, &text)),
                    DeclarationLineKind::Past(Some(text)) => {
                        action.past_sentences.extend(self.pattern(signature, &text))
                    }
                    _ => {}
                }
            }
            let id = ActionId::from_index(index);
            self.names.actions.entry(NameKey::new(&action.name)).or_default().push(id);
            self.world.actions.push(action);
        }
    }

    /// Resolves the bodies of all actions.
    pub(super) fn resolve_actions(&mut self, signatures: &[Signature]) {
        for (index, signature) in signatures.iter().enumerate() {
            self.inside = Some(Symbol::Action(ActionId::from_index(index)));
            let mut body = Body::new(signature);
            for line in &signature.lines {
                if !self.is_broken_line(line) {
                    self.action_line(signature, line, &mut body);
                }
            }
            let action = &mut self.world.actions[index];
            action.preconditions = body.preconditions;
            action.effect = all_of(body.effects);
            action.actors = body.actors;
            action.observations = body.observations;
            action.duration = body.duration;
            action.staging = body.staging;
            action.mutual = body.mutual;
            action.unplanned = body.unplanned;
        }
        self.inside = None;
        self.check_staging();
    }

    fn action_line(&mut self, signature: &Signature, line: &DeclarationLine, body: &mut Body) {
        let span = line.span();
        match line.kind() {
            DeclarationLineKind::Needs { hidden, condition: Some(formula) } => {
                if let Ok(value) = self.condition(&formula, &mut body.scope) {
                    let condition = Spanned { value, span: formula.span };
                    body.preconditions.push(Precondition { condition, hidden });
                }
            }
            DeclarationLineKind::Makes(Some(effect)) => {
                body.effects.extend(self.effect(&effect, &mut body.scope).ok());
            }
            DeclarationLineKind::By(names) => {
                for name in &names {
                    let actor = self.character(name, &body.scope);
                    body.actors.extend(actor.ok().filter(|actor| !body.actors.contains(actor)));
                }
            }
            DeclarationLineKind::Seen { observer: Some(observer), openly, noticed_as, condition } => {
                let seen = Seen { observer, openly, noticed_as, condition, span };
                body.observations.extend(self.observation(&seen, &mut body.scope).ok());
            }
            DeclarationLineKind::Takes(Some(formula)) => {
                let first = body.once.first(self, "takes", span);
                body.duration = if first { self.number(&formula, &mut body.scope).ok() } else { body.duration.take() };
            }
            DeclarationLineKind::Mutual => body.mutual = self.can_be_mutual(signature, span),
            DeclarationLineKind::Unplanned => body.unplanned = true,
            DeclarationLineKind::Entrance => self.stage(signature, Staging::Entrance, span, body),
            DeclarationLineKind::Exit => self.stage(signature, Staging::Exit, span, body),
            DeclarationLineKind::Thought => self.stage(signature, Staging::Thought, span, body),
            DeclarationLineKind::Not(_)
            | DeclarationLineKind::Default(_)
            | DeclarationLineKind::Means(_)
            | DeclarationLineKind::Location
            | DeclarationLineKind::Living
            | DeclarationLineKind::Whereabouts
            | DeclarationLineKind::Plain { .. }
            | DeclarationLineKind::When(_) => self.report_misplaced(signature, line),
            _ => {}
        }
    }

    /// Who notices something, in which case, and as what.
    pub(super) fn observation(&mut self, seen: &Seen, scope: &mut Scope) -> Resolved<Observation> {
        let text = seen.observer.text();
        let known = scope.find(&text).is_some() || self.names.entity(&text).is_some();
        if !known {
            self.reject_mistyped_observer(&seen.observer, scope)?;
        }
        let observer = if known {
            Observer::One(self.character(&seen.observer, scope)?)
        } else {
            let kinds = vec![World::CHARACTER_KIND];
            let variable = scope.bind(&text, VariableKind::Entity(kinds.clone()));
            Observer::Every(Binding { variable, kinds, name: text.to_string() })
        };
        let noticed_as = seen.noticed_as.as_ref().map(|call| self.event(call, scope)).transpose();
        let condition = seen.condition.as_ref().map(|formula| self.condition(formula, scope)).transpose();
        if !known {
            scope.unbind();
        }
        let condition = condition?.unwrap_or(Expression::Boolean(true));
        Ok(Observation { observer, condition, openly: seen.openly, noticed_as: noticed_as?, span: seen.span })
    }

    /// `seen by Saly` would make everybody see it: a new name that is nearly a known one is an error.
    fn reject_mistyped_observer(&mut self, observer: &Name, scope: &Scope) -> Resolved<()> {
        let text = observer.text();
        if text.chars().count() < SHORTEST_MISTYPED {
            return Ok(());
        }
        let parameters: Vec<&str> = scope.names().collect();
        let entities = self.world.entities.iter().map(|entity| entity.name.as_str());
        if nearest(&text, parameters.iter().copied().chain(entities)).is_empty() {
            return Ok(());
        }
        Err(self.unknown_name(&text, observer.span(), &parameters))
    }

    fn can_be_mutual(&mut self, signature: &Signature, span: Span) -> bool {
        let fits = match signature.parameters.as_slice() {
            [first, second, ..] => first.kind == second.kind,
            _ => false,
        };
        if !fits {
            let title = "a `mutual` action has two parameters of the same kind at its start, which may be exchanged";
            let message = Diagnostic::new(&MISPLACED_LINE, title, Some(span));
            self.report(message.label(signature.span, format!("the action `{}`", signature.name)));
        }
        fits
    }

    fn stage(&mut self, signature: &Signature, staging: Staging, span: Span, body: &mut Body) {
        let is_entity = |index: usize| {
            signature.parameters.get(index).is_some_and(|parameter| matches!(parameter.kind, ParameterKind::Entity(_)))
        };
        let (fits, title) = match staging {
            Staging::Entrance => (
                signature.parameters.len() == 2 && is_entity(0) && is_entity(1),
                "an `entrance` has two parameters: who comes in, and where",
            ),
            Staging::Exit => (signature.parameters.len() == 1 && is_entity(0), "an `exit` has one parameter: who goes"),
            Staging::Thought => {
                (signature.parameters.len() == 1 && is_entity(0), "a `thought` has one parameter: who thinks")
            }
        };
        if fits {
            body.staging = Some(staging);
            return;
        }
        let message = Diagnostic::new(&MISPLACED_LINE, title, Some(span));
        self.report(message.label(signature.span, format!("the action `{}`", signature.name)));
    }

    /// One action stages entrances, one exits and one thoughts: the story's own rather than a pack's.
    fn check_staging(&mut self) {
        for staging in Staging::ALL {
            let mut staged: Vec<usize> = (0..self.world.actions.len())
                .filter(|&index| self.world.actions[index].staging == Some(staging))
                .collect();
            let is_story = |resolver: &Self, index: usize| {
                let file = resolver.world.actions[index].span.file;
                resolver.sources.get(file).origin == crate::source::Origin::Story
            };
            if staged.iter().any(|&index| is_story(self, index)) {
                let (kept, dropped): (Vec<usize>, Vec<usize>) =
                    staged.iter().partition(|&&index| is_story(self, index));
                for index in dropped {
                    self.world.actions[index].staging = None;
                }
                staged = kept;
            }
            if let [first, second, ..] = staged.as_slice() {
                let word = staging.word();
                let (first, second) = (&self.world.actions[*first], &self.world.actions[*second]);
                let title = format!("two actions are the `{word}` of scenes; only one can be");
                let message = Diagnostic::new(&MISPLACED_LINE, title, Some(second.span)).label(first.span, "the first");
                self.report(message);
            }
        }
    }
}

/// What the lines of an action say.
struct Body {
    scope: Scope,
    once: Once,
    preconditions: Vec<Precondition>,
    effects: Vec<Effect>,
    actors: Vec<Term>,
    observations: Vec<Observation>,
    duration: Option<Expression>,
    staging: Option<Staging>,
    mutual: bool,
    unplanned: bool,
}

impl Body {
    fn new(signature: &Signature) -> Self {
        Self {
            scope: Scope::of_parameters(&signature.parameters),
            once: Once::default(),
            preconditions: Vec::new(),
            effects: Vec::new(),
            actors: Vec::new(),
            observations: Vec::new(),
            duration: None,
            staging: None,
            mutual: false,
            unplanned: false,
        }
    }
}

/// A `seen by` line, `plain to` or `guise to`.
pub(super) struct Seen {
    pub observer: Name,
    pub openly: bool,
    pub noticed_as: Option<Call>,
    pub condition: Option<Formula>,
    pub span: Span,
}

/// Several effects as one.
pub(super) fn all_of(mut effects: Vec<Effect>) -> Effect {
    match effects.len() {
        1 => effects.remove(0),
        _ => Effect::All(effects),
    }
}
