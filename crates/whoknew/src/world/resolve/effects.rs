//! Effects: what actions, rules and the start make so.

use super::codes::{CANNOT_BE_MADE, WRONG_KIND, WRONG_SORT};
use super::facts::Meaning;
use super::formulas::{Sort, Sorted};
use super::{Reported, Resolved, Resolver, Scope, VariableKind};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{self, AstNode, Call, EffectKind, Formula, FormulaKind, Name};
use crate::world::{Effect, Expression, FluentTerm, KindId, Term, ValueKind};

impl Resolver<'_> {
    /// An effect, names resolved and kinds checked.
    pub(crate) fn effect(&mut self, effect: &ast::Effect, scope: &mut Scope) -> Resolved<Effect> {
        match &effect.kind {
            EffectKind::All(parts) => {
                let parts: Vec<Resolved<Effect>> = parts.iter().map(|part| self.effect(part, scope)).collect();
                parts.into_iter().collect::<Resolved<Vec<Effect>>>().map(Effect::All)
            }
            EffectKind::If { effect, condition } => {
                let condition = self.condition(condition, scope);
                let effect = self.effect(effect, scope)?;
                Ok(Effect::If(condition?, Box::new(effect)))
            }
            EffectKind::Assign { fact, value } => self.assignment(fact, value, scope),
            EffectKind::Make(call) => self.make(call, true, scope),
            EffectKind::Unmake(call) => self.make(call, false, scope),
            EffectKind::Believes { character, effect } => {
                let character = self.character(character, scope);
                let effect = self.effect(effect, scope)?;
                Ok(Effect::Believes(character?, Box::new(effect)))
            }
            EffectKind::Learns { character, fact } => self.belief_about(character, fact, scope, Expression::Fluent),
            EffectKind::Forgets { character, fact } => {
                self.belief_about(character, fact, scope, |_| Expression::Unknown)
            }
            EffectKind::Statement(name) => match self.worded_effect_name(name, scope) {
                Some(worded) => worded,
                None => self.named_effect(name, scope),
            },
            EffectKind::Sentence { sentence, negated } => self.worded_effect(sentence, *negated, scope),
            EffectKind::ForAll { variable, kinds, effect } => {
                let binding = self.binding(variable, kinds, scope);
                let effect = self.effect(effect, scope);
                scope.unbind();
                Ok(Effect::ForAll(binding?, Box::new(effect?)))
            }
            EffectKind::Error => Err(Reported),
        }
    }

    /// `x learns f(a)`, `x forgets f(a)`, `x learns whether S`
    fn belief_about(
        &mut self,
        character: &Name,
        known: &ast::Known,
        scope: &mut Scope,
        value: impl Fn(FluentTerm) -> Expression,
    ) -> Resolved<Effect> {
        let character = self.character(character, scope);
        let fact = match known {
            ast::Known::Fact(call) => self.made_fact(call, scope)?,
            ast::Known::Sentence(sentence) => self.worded_fact(sentence, scope)?,
        };
        Ok(Effect::Believes(character?, Box::new(Effect::Assign(fact.clone(), value(fact)))))
    }

    /// `f(a)`, `not f(a)`
    fn make(&mut self, call: &Call, value: bool, scope: &mut Scope) -> Resolved<Effect> {
        let fact = self.made_fact(call, scope)?;
        if self.world.fluents[fact.fluent.index()].value != ValueKind::Boolean {
            let text = self.sources.slice(call.span);
            let help = format!("say which: `{text} = …`");
            return Err(self.not_yes_or_no(fact.fluent, call.span, help));
        }
        Ok(Effect::Assign(fact, Expression::Boolean(value)))
    }

    /// A name alone: a statement parameter, or a fact without arguments.
    fn named_effect(&mut self, name: &Name, scope: &mut Scope) -> Resolved<Effect> {
        match self.meaning(name, scope)? {
            Meaning::Statement(variable) => Ok(Effect::Statement(variable)),
            Meaning::Fact(fluent) if self.world.fluents[fluent.index()].value == ValueKind::Boolean => {
                self.require_base(fluent, name.span())?;
                Ok(Effect::Assign(FluentTerm { fluent, arguments: Vec::new() }, Expression::Boolean(true)))
            }
            Meaning::Fact(fluent) => {
                let help = format!("say which: `{}() = …`", name.text());
                Err(self.not_yes_or_no(fluent, name.span(), help))
            }
            Meaning::Term(term) => {
                let text = name.text();
                let title = format!("`{text}` is no fact, so it cannot be made so");
                let message = Diagnostic::new(&CANNOT_BE_MADE, title, Some(name.span()));
                let fact = self.fact_about(term, &text, scope);
                Err(self.report(
                    fact.into_iter()
                        .fold(message, |message, fact| message.help(format!("say what is so of it, as in `{fact}`"))),
                ))
            }
            Meaning::Anyone => Err(self.report_someone(name.span(), "say what is so, with a fact")),
        }
    }

    fn assignment(&mut self, fact: &Call, value: &Formula, scope: &mut Scope) -> Resolved<Effect> {
        let made = self.made_fact(fact, scope);
        let mark = scope.nested.len();
        let kinds = self.value_kinds(fact);
        let sorted = self.wanting(&kinds, |resolver| match &value.kind {
            FormulaKind::Name(name) => resolver.name(name, scope),
            _ => resolver.sorted(value, scope),
        })?;
        self.reject_nested(scope, mark, None)?;
        let made = made?;
        let value = self.value_of_fact(&made, sorted, value.span, scope)?;
        Ok(Effect::Assign(made, value))
    }

    /// `sorted` as a value of `fact`; reported if the fact cannot have it.
    pub(super) fn value_of_fact(
        &mut self,
        fact: &FluentTerm,
        sorted: Sorted,
        span: Span,
        scope: &Scope,
    ) -> Resolved<Expression> {
        let declared = self.world.fluents[fact.fluent.index()].value.clone();
        let fits = match (&declared, &sorted.sort) {
            (_, Sort::Unknown) | (ValueKind::Boolean, Sort::Condition) | (ValueKind::Number, Sort::Number) => true,
            (ValueKind::Entity(taken), Sort::Entity(given)) => {
                self.value_within(&sorted.expression, given, taken, scope)
            }
            _ => false,
        };
        if fits {
            return Ok(sorted.expression);
        }
        let declared = &self.world.fluents[fact.fluent.index()];
        let takes = match &declared.value {
            ValueKind::Boolean => "yes or no".to_owned(),
            ValueKind::Number => "a number".to_owned(),
            ValueKind::Entity(kinds) => self.any_of_kinds(kinds),
        };
        let text = self.sources.slice(span);
        let is = match (&sorted.sort, &sorted.expression) {
            (Sort::Condition, _) => format!("`{text}` is yes or no"),
            (Sort::Number, _) => format!("`{text}` is a number"),
            (Sort::Entity(_), Expression::Entity(term)) => self.term_is(*term, scope),
            (Sort::Entity(kinds), _) => format!("`{text}` is {}", self.any_of_kinds(kinds)),
            (Sort::Unknown, _) => format!("`{text}` is unknown"),
        };
        let title = format!("the value of `{}` is {takes}, but {is}", declared.name);
        let both_entities = matches!((&sorted.sort, &declared.value), (Sort::Entity(_), ValueKind::Entity(_)));
        let code = if both_entities { &WRONG_KIND } else { &WRONG_SORT };
        let message =
            Diagnostic::new(code, title, Some(span)).at(format!("not {takes}")).label(declared.span, "declared here");
        let message = match (&declared.value, is_number(&sorted.expression)) {
            (ValueKind::Boolean, Some(0.0)) => message.help("that it is not so is written `no`"),
            (ValueKind::Boolean, Some(1.0)) => message.help("that it is so is written `yes`"),
            (ValueKind::Boolean, _) => message.help("its values are `yes`, `no` and `?`, unknown"),
            _ => match &sorted.expression {
                Expression::Entity(term) => self
                    .other_fact(fact, *term, self.sources.slice(span), scope)
                    .into_iter()
                    .fold(message, Diagnostic::help),
                _ => message,
            },
        };
        Err(self.report(message))
    }

    /// Whether a value is surely of one of the kinds `taken`.
    fn value_within(&self, value: &Expression, given: &[KindId], taken: &[KindId], scope: &Scope) -> bool {
        match value {
            Expression::Entity(Term::Entity(entity)) => self.entity_within(*entity, taken),
            Expression::Entity(Term::Variable(variable)) => {
                match scope.variable(*variable).map(|variable| &variable.kind) {
                    Some(VariableKind::Constant(entity)) => self.entity_within(*entity, taken),
                    _ => self.kinds_within(given, taken),
                }
            }
            Expression::If(cases, last) => {
                let mut values = cases.iter().map(|(_, value)| value).chain(std::iter::once(&**last));
                values.all(|value| self.value_within(value, given, taken, scope))
            }
            Expression::Fluent(fact) => match &self.world.fluents[fact.fluent.index()].value {
                ValueKind::Entity(kinds) => self.kinds_within(kinds, taken),
                _ => false,
            },
            Expression::Unknown => true,
            _ => self.kinds_within(given, taken),
        }
    }
}

/// The number that an expression is, if it is one.
fn is_number(expression: &Expression) -> Option<f64> {
    match expression {
        Expression::Number(number) => Some(*number),
        _ => None,
    }
}
