//! Sentences inside formulas and effects: what is not written with brackets and signs is read by the declared
//! patterns, with the variables in scope as names.

use super::codes::CANNOT_BE_MADE;
use super::formulas::{Sort, Sorted};
use super::{Reported, Resolved, Resolver, Scope, VariableKind};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{self, AstNode, Formula, FormulaKind, Name};
use crate::world::names::NameKey;
use crate::world::sentences::{E0316, NamedVariable, Token, folded, opposite, question, tokens};
use crate::world::{ActionId, Comparison, Effect, Expression, FluentTerm, Term, suggest};

impl Resolver<'_> {
    /// A sentence as a condition.
    pub(super) fn worded(&mut self, sentence: &ast::Sentence, scope: &Scope) -> Resolved<Sorted> {
        let tokens: Vec<ast::Token> = sentence.tokens().collect();
        let words = words_of(&tokens);
        let variables = variables(scope);
        let value = self.read_words(&words, &variables, |reader, words| reader.statement(words))?;
        Ok(Sorted { expression: value, sort: Sort::Condition })
    }

    /// The sentence that the words between two places are, if they are one.
    pub(super) fn worded_at(&mut self, span: Span, scope: &Scope) -> Option<Sorted> {
        let text = self.sources.slice(span).to_owned();
        let words = tokens(&text, span.file, span.start);
        let variables = variables(scope);
        self.try_words(&words, &variables)
    }

    /// What words mean that name nothing.
    pub(super) fn worded_name(&mut self, name: &Name, scope: &Scope) -> Option<Resolved<Sorted>> {
        let text = name.text();
        if !self.may_be_sentence(&text, scope) {
            return None;
        }
        let tokens: Vec<ast::Token> = name.tokens().collect();
        let words = words_of(&tokens);
        let variables = variables(scope);
        if let Some(sorted) = self.try_words(&words, &variables) {
            return Some(Ok(sorted));
        }
        if self.is_more_like_a_name(&text, scope) {
            return None;
        }
        let read = self.read_words(&words, &variables, |reader, words| reader.statement(words));
        Some(read.map(|expression| Sorted { expression, sort: Sort::Condition }))
    }

    /// Whether words may be read as a sentence: nothing has this name.
    pub(super) fn may_be_sentence(&self, text: &str, scope: &Scope) -> bool {
        scope.find(text).is_none()
            && self.names.entity(text).is_none()
            && !self.names.fluents.contains_key(&NameKey::new(text))
    }

    /// Whether a name that nothing has is hardly a sentence: it is one word, or nearly somebody's name.
    fn is_more_like_a_name(&self, text: &str, scope: &Scope) -> bool {
        let mut words = text.split_whitespace().filter(|word| !crate::world::names::is_article(word));
        let Some(first) = words.next() else { return true };
        if words.clone().count() < 2 && self.names.fluents.contains_key(&NameKey::new(first)) {
            return true;
        }
        let last = words.next_back();
        let is_proper = |word: &str| word.chars().next().is_some_and(|letter| !letter.is_lowercase());
        let Some(last) = last else { return true };
        let names = self.world.entities.iter().map(|entity| entity.name.as_str()).chain(scope.names());
        (is_proper(first) && words.all(is_proper) && is_proper(last)) || !suggest::nearest(text, names).is_empty()
    }

    fn try_words(&mut self, words: &[Token<'_>], variables: &[NamedVariable]) -> Option<Sorted> {
        let reading = self.reader(variables, false)?.statement(words).ok()?;
        for (symbol, span) in reading.uses {
            self.used(symbol, span);
        }
        Some(Sorted { expression: reading.value, sort: Sort::Condition })
    }

    /// Conditions joined by `and`, if some of these only join the names of a sentence: `Ann and Ben are in the hall`.
    pub(super) fn worded_lists(&mut self, parts: &[Formula], scope: &mut Scope) -> Option<Resolved<Vec<Expression>>> {
        let mut conditions: Vec<Resolved<Vec<Expression>>> = Vec::new();
        let mut read_lists = false;
        let (mut from, mut plain) = (0, 0);
        while from < parts.len() {
            let names = parts[from..].iter().take_while(|part| self.names_somebody(part, scope)).count();
            let span = parts.get(from + names).map(|last| parts[from].span.to(last.span));
            let worded = span.filter(|_| names > 0).and_then(|span| self.worded_at(span, scope));
            let Some(worded) = worded else {
                from += names.max(1);
                continue;
            };
            conditions.push(self.conditions(&parts[plain..from], scope));
            conditions.push(Ok(vec![worded.expression]));
            read_lists = true;
            from += names + 1;
            plain = from;
        }
        if !read_lists {
            return None;
        }
        conditions.push(self.conditions(&parts[plain..], scope));
        let conditions: Resolved<Vec<Vec<Expression>>> = conditions.into_iter().collect();
        Some(conditions.map(|parts| parts.into_iter().flatten().collect()))
    }

    /// Whether a part of a formula is but the name of somebody or something.
    fn names_somebody(&self, part: &Formula, scope: &Scope) -> bool {
        let FormulaKind::Name(name) = &part.kind else { return false };
        let text = name.text();
        match scope.find(&text) {
            Some(variable) => matches!(variable.kind, VariableKind::Entity(_) | VariableKind::Constant(_)),
            None => self.names.entity(&text).is_some(),
        }
    }

    /// What somebody is said to believe or know, if the line says it in words alone: perhaps in words of its own.
    pub(super) fn worded_attitude(&mut self, content: &Formula, span: Span, scope: &Scope) -> Option<Sorted> {
        match &content.kind {
            FormulaKind::Sentence(_) => self.worded_at(span, scope),
            FormulaKind::Name(name) if self.may_be_sentence(&name.text(), scope) => self.worded_at(span, scope),
            _ => None,
        }
    }

    /// A sentence that is made so.
    pub(super) fn worded_effect(&mut self, sentence: &ast::Sentence, negated: bool, scope: &Scope) -> Resolved<Effect> {
        let tokens: Vec<ast::Token> = sentence.tokens().collect();
        self.made_words(&words_of(&tokens), negated, scope)
    }

    /// Words that name nothing, made so; `None` if they are hardly a sentence.
    pub(super) fn worded_effect_name(&mut self, name: &Name, scope: &Scope) -> Option<Resolved<Effect>> {
        let text = name.text();
        if !self.may_be_sentence(&text, scope) || self.is_more_like_a_name(&text, scope) {
            return None;
        }
        let tokens: Vec<ast::Token> = name.tokens().collect();
        Some(self.made_words(&words_of(&tokens), false, scope))
    }

    fn made_words(&mut self, words: &[Token<'_>], negated: bool, scope: &Scope) -> Resolved<Effect> {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return Err(Reported) };
        let span = first.span.to(last.span);
        let variables = variables(scope);
        let event = self.reader(&variables, false).and_then(|reader| reader.event(words).ok());
        if let Some(action) = event.map(|event| event.value.action)
            && self.reader(&variables, false).is_some_and(|reader| reader.statement(words).is_err())
        {
            return Err(self.report_happening_made(action, span));
        }
        let stated = self.read_words(words, &variables, |reader, words| reader.statement(words))?;
        let stated = if negated { opposite(stated) } else { stated };
        self.require_assertable(&stated, span)?;
        match Effect::making(&super::canonical(stated.clone())) {
            Some(effect) => Ok(effect),
            None => Err(self.report_not_made(&stated, span)),
        }
    }

    /// The fact that a sentence after `whether` speaks of.
    pub(super) fn worded_fact(&mut self, sentence: &ast::Sentence, scope: &Scope) -> Resolved<FluentTerm> {
        let tokens: Vec<ast::Token> = sentence.tokens().collect();
        let stated = self.read_words(&words_of(&tokens), &variables(scope), |reader, words| reader.question(words))?;
        let span = sentence.span();
        match question(stated) {
            Expression::Fluent(fact) => {
                self.require_base(fact.fluent, span)?;
                Ok(fact)
            }
            other => Err(self.report_not_made(&other, span)),
        }
    }

    /// Reports that something that happens is made so.
    fn report_happening_made(&mut self, action: ActionId, span: Span) -> Reported {
        let title = "this is something that happens, where something is made so";
        let message = Diagnostic::new(&E0316, title, Some(span));
        let facts = self.facts_made_by(action);
        self.report(match facts.as_slice() {
            [] => message.help("say what is so after it; what follows by itself is a `rule`"),
            facts => message.help(format!("say what is so after it; it changes {}", facts.join(", "))),
        })
    }

    /// Reports a statement that says what is not so, without saying what is instead.
    fn report_not_made(&mut self, stated: &Expression, span: Span) -> Reported {
        let title = "this does not say which fact gets which value";
        let message = Diagnostic::new(&CANNOT_BE_MADE, title, Some(span));
        let mut denied = None;
        stated.for_each(&mut |part| {
            if let (Expression::Compare(Comparison::NotEqual, left, _), None) = (part, denied)
                && let Expression::Fluent(fact) = &**left
            {
                denied = Some(fact.fluent);
            }
        });
        self.report(match denied {
            Some(fluent) => {
                let name = &self.world.fluents[fluent.index()].name;
                let fact = self.fact_with_sentence(fluent);
                message.help(format!("say which value the fact {fact} has instead; `{name}(…) = ?` makes it unknown"))
            }
            None => message.help("say what is so after it, one fact or belief at a time"),
        })
    }
}

/// The variables of a scope as names in a sentence. Of numbers and statements no sentence speaks.
fn variables(scope: &Scope) -> Vec<NamedVariable> {
    let mut named = Vec::new();
    for variable in scope.all() {
        let (term, kinds) = match &variable.kind {
            VariableKind::Entity(kinds) => (Term::Variable(variable.id), kinds.clone()),
            VariableKind::Constant(entity) => (Term::Entity(*entity), Vec::new()),
            VariableKind::Broken => (Term::Variable(variable.id), Vec::new()),
            VariableKind::Statement | VariableKind::Number => continue,
        };
        named.push(NamedVariable { word: folded(&variable.name), term, kinds });
    }
    named
}

fn words_of(tokens: &[ast::Token]) -> Vec<Token<'_>> {
    tokens.iter().map(|token| Token { text: token.text(), span: token.span() }).collect()
}
