//! Rules: when they apply and what they make so.

use super::actions::all_of;
use super::signatures::Signature;
use super::{Resolver, Scope};
use crate::syntax::ast::DeclarationLineKind;
use crate::world::names::NameKey;
use crate::world::usage::Symbol;
use crate::world::{Effect, Expression, Spanned, Trigger, TriggerId};

impl Resolver<'_> {
    /// Declares the rules: names, parameters, patterns.
    pub(super) fn declare_triggers(&mut self, signatures: &[Signature]) {
        for (index, signature) in signatures.iter().enumerate() {
            let mut sentences = Vec::new();
            sentences.extend(signature.pattern.as_ref().and_then(|text| self.pattern(signature, text)));
            for line in signature.plain_lines() {
                if let DeclarationLineKind::Also(Some(text)) = line.kind() {
                    sentences.extend(self.pattern(signature, &text));
                }
            }
            let id = TriggerId::from_index(index);
            self.names.triggers.entry(NameKey::new(&signature.name)).or_default().push(id);
            self.world.triggers.push(Trigger {
                name: signature.name.clone(),
                parameters: signature.parameters.clone(),
                sentences,
                condition: Spanned { value: Expression::Boolean(true), span: signature.span },
                effect: Effect::All(Vec::new()),
                span: signature.span,
            });
        }
    }

    /// Resolves the bodies of all rules.
    pub(super) fn resolve_triggers(&mut self, signatures: &[Signature]) {
        for (index, signature) in signatures.iter().enumerate() {
            self.inside = Some(Symbol::Trigger(TriggerId::from_index(index)));
            let mut scope = Scope::of_parameters(&signature.parameters);
            let mut conditions: Vec<Spanned<Expression>> = Vec::new();
            let mut effects = Vec::new();
            for line in &signature.lines {
                if self.is_broken_line(line) {
                    continue;
                }
                match line.kind() {
                    DeclarationLineKind::When(Some(formula)) => {
                        let condition = self.condition(&formula, &mut scope).ok();
                        conditions.extend(condition.map(|value| Spanned { value, span: formula.span }));
                    }
                    DeclarationLineKind::Makes(Some(effect)) => effects.extend(self.effect(&effect, &mut scope).ok()),
                    DeclarationLineKind::Also(_)
                    | DeclarationLineKind::When(None)
                    | DeclarationLineKind::Makes(None) => {}
                    _ => self.report_misplaced(signature, line),
                }
            }
            let trigger = &mut self.world.triggers[index];
            if let Some(condition) = joined(conditions) {
                trigger.condition = condition;
            }
            trigger.effect = all_of(effects);
        }
        self.inside = None;
    }
}

/// All of the conditions as one.
fn joined(mut conditions: Vec<Spanned<Expression>>) -> Option<Spanned<Expression>> {
    let first = conditions.first()?.span;
    if conditions.len() == 1 {
        return conditions.pop();
    }
    let span = conditions.iter().fold(first, |span, condition| span.to(condition.span));
    let value = Expression::And(conditions.into_iter().map(|condition| condition.value).collect());
    Some(Spanned { value, span })
}
