//! Statements and events, in words or as formulas and calls.

use super::repeats::Missing;
use super::{Reported, Resolved, Resolver, Scope};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast;
use crate::world::everybody::{Crowd, SaidOf, said_of};
use crate::world::packs::PACKS;
use crate::world::sentences::{E0310, E0312, E0313, E0320, NamedVariable, Reader, Reading, Token, opposite};
use crate::world::whereabouts::known_in;
use crate::world::{
    Comparison, EntityId, EventArgument, EventTerm, Expression, FluentId, Quantifier, Spanned, Term, World, say,
};

impl Resolver<'_> {
    /// A statement that is only looked at: any condition without variables.
    pub(crate) fn statement(&mut self, statement: &ast::Statement) -> Resolved<Spanned<Expression>> {
        let span = statement.span();
        let value = match statement {
            ast::Statement::Sentence(sentence) => self.read(sentence, |reader, words| reader.statement(words))?,
            ast::Statement::Formula(formula) => self.condition(formula, &mut Scope::default())?,
        };
        Ok(Spanned { value: canonical(value), span })
    }

    /// A statement that is made so, or believed from here on: facts with values, beliefs and what happened.
    pub(crate) fn asserted(&mut self, statement: &ast::Statement) -> Resolved<Spanned<Expression>> {
        let stated = self.statement(statement)?;
        self.require_assertable(&stated.value, stated.span)?;
        Ok(stated)
    }

    /// An event, as a sentence or a call.
    pub(crate) fn told(&mut self, event: &ast::Event) -> Resolved<EventTerm> {
        let term = match event {
            ast::Event::Sentence(sentence) => self.read(sentence, |reader, words| reader.event(words))?,
            ast::Event::Call(call) => self.event(call, &mut Scope::default())?,
        };
        for argument in &term.arguments {
            if let EventArgument::Statement(statement) = argument {
                self.require_assertable(statement, event.span())?;
            }
        }
        Ok(term)
    }

    /// Reads a sentence; notes what it uses, or reports why it says nothing.
    fn read<T>(
        &mut self,
        sentence: &ast::Sentence,
        read: impl Fn(&Reader<'_>, &[Token<'_>]) -> Result<Reading<T>, Diagnostic>,
    ) -> Resolved<T> {
        let tokens: Vec<ast::Token> = sentence.tokens().collect();
        let words: Vec<Token<'_>> =
            tokens.iter().map(|token| Token { text: token.text(), span: token.span() }).collect();
        self.read_words(&words, &[], read)
    }

    /// Reads the words of a sentence, among them variables; notes what it uses, or reports why it says nothing.
    pub(super) fn read_words<T>(
        &mut self,
        words: &[Token<'_>],
        variables: &[NamedVariable],
        read: impl Fn(&Reader<'_>, &[Token<'_>]) -> Result<Reading<T>, Diagnostic>,
    ) -> Resolved<T> {
        let suggests = self.suggesting();
        let Some(reader) = self.reader(variables, suggests) else { return Err(Reported) };
        match read(&reader, words) {
            Ok(reading) => {
                for (symbol, span) in reading.uses {
                    self.used(symbol, span);
                }
                Ok(reading.value)
            }
            Err(diagnostic) => Err(self.report_sentence(diagnostic, words)),
        }
    }

    /// What reads sentences with these variables; `None` as long as patterns are not known.
    pub(super) fn reader<'r>(&'r self, variables: &'r [NamedVariable], suggests: bool) -> Option<Reader<'r>> {
        let book = self.book.as_ref()?;
        Some(Reader { book, world: &self.world, variables, suggests, asks: false })
    }

    /// Reports why a sentence says nothing, unless that follows from a mistake that is reported.
    fn report_sentence(&mut self, diagnostic: Diagnostic, words: &[Token<'_>]) -> Reported {
        let code = diagnostic.code;
        let primary = diagnostic.primary.as_ref().map(|label| label.span);
        if code == &E0313 {
            if !self.loose_kinds.is_empty() {
                return Reported;
            }
            let wanted = diagnostic.title.rsplit(" is no ").next().unwrap_or_default();
            let key = format!("{:?} {wanted}", diagnostic.secondary.first().map(|label| label.span));
            return self.report_once(Missing::Fit, &key, diagnostic);
        }
        if code != &E0310 && code != &E0312 {
            return self.report(diagnostic);
        }
        if code == &E0312 {
            let name = primary.map(|span| self.sources.slice(span).to_owned()).unwrap_or_default();
            if primary.is_some_and(|span| self.is_missed_again(Missing::Entity, &name, span)) {
                return Reported;
            }
        }
        if self.lacks_files || self.is_offered(&diagnostic) || self.lacks_patterns || self.speaks_of_missing(words) {
            return Reported;
        }
        if let Some(pack) = pack_offered(&diagnostic) {
            return self.report_once(Missing::Pack, pack, diagnostic);
        }
        if code == &E0310 {
            return self.report(diagnostic);
        }
        let others = diagnostic.secondary.iter().filter(|label| label.text.starts_with("nor is"));
        let spans: Vec<Span> = primary.into_iter().chain(others.map(|label| label.span)).collect();
        let names: Vec<String> = spans.into_iter().map(|span| self.sources.slice(span).to_owned()).collect();
        for name in &names {
            self.names.note_reported(name);
        }
        self.report_missing(Missing::Entity, &names, diagnostic)
    }

    /// Whether a word belongs to a broken declaration or an unknown name. In the latter case, the place is counted.
    fn speaks_of_missing(&mut self, words: &[Token<'_>]) -> bool {
        let Some(broken) = words.iter().find(|word| self.names.may_be_broken(word.text)) else { return false };
        self.is_missed_again(Missing::Entity, broken.text, broken.span);
        true
    }

    /// Whether the same declaration has been offered before: what is missing is missing once.
    fn is_offered(&self, diagnostic: &Diagnostic) -> bool {
        let offers = |help: &&String| help.starts_with("to declare it, write `");
        let Some(offer) = diagnostic.help.iter().find(offers) else { return false };
        self.diagnostics.iter().any(|other| other.code == diagnostic.code && other.help.contains(offer))
    }

    pub(super) fn require_assertable(&mut self, statement: &Expression, span: Span) -> Resolved<()> {
        if let Err(part) = assertable(&self.world, statement) {
            let title = "this is a condition, where a statement is wanted";
            let knows_where = known_in(&self.world, part);
            let written = [say::formula(&self.world, part), say::expression(&self.world, part)];
            let mut message = Diagnostic::new(&E0320, title, Some(span));
            if let Some((Term::Entity(who), thing)) = knows_where {
                let name = |entity: EntityId| &self.world.entities[entity.index()].name;
                message = message.help(format!("say where: `{} believes that {} is …`", name(who), name(thing)));
            } else if written.iter().all(|part| part != self.sources.slice(span)) {
                message = message.note(format!("`{}` does not say which fact has which value", written[1]));
            }
            message = message
                .help("a statement is a fact with a value, its opposite, a belief of such, or that something happened")
                .help("to have a condition checked, write `claim` before it");
            return Err(self.report(message));
        }
        let mut facts = Vec::new();
        asserted_facts(statement, &mut facts);
        for fact in facts {
            self.require_base(fact, span)?;
        }
        Ok(())
    }
}

/// The pack that a message tells to use.
fn pack_offered(diagnostic: &Diagnostic) -> Option<&'static str> {
    let last = diagnostic.help.last()?;
    PACKS
        .iter()
        .map(|pack| pack.name)
        .find(|name| last.starts_with("the pack `") && last.contains(&format!("`use {name}`")))
}

/// Whether a statement says which facts get which values; else the part that does not.
fn assertable<'e>(world: &World, statement: &'e Expression) -> Result<(), &'e Expression> {
    match said_of(world, statement) {
        Some(SaidOf { crowd: Crowd::Somebody | Crowd::NotEveryone, .. }) => return Err(statement),
        Some(SaidOf { held, .. }) => return assertable(world, held),
        None => {}
    }
    let assertable = |inner: &'e Expression| assertable(world, inner);
    match statement {
        Expression::Fluent(_) | Expression::Happened(_) => Ok(()),
        Expression::Boolean(_) => Ok(()),
        Expression::And(parts) => parts.iter().try_for_each(assertable),
        Expression::Compare(Comparison::Equal | Comparison::NotEqual, left, _) if is_fact(left) => Ok(()),
        Expression::Believes(_, inner) | Expression::Knows(_, inner) => assertable(inner),
        Expression::KnowsWhether(_, inner) | Expression::Wonders(_, inner) => assertable(inner),
        Expression::Quantified(Quantifier::ForAll, _, body) => assertable(body),
        Expression::Not(inner) => match &**inner {
            Expression::And(_) | Expression::Quantified(..) => Err(statement),
            inner => assertable(inner),
        },
        other => Err(other),
    }
}

fn is_fact(expression: &Expression) -> bool {
    match expression {
        Expression::Fluent(_) => true,
        Expression::Believes(_, inner) => is_fact(inner),
        _ => false,
    }
}

fn is_attitude(expression: &Expression) -> bool {
    match expression {
        Expression::Believes(..) | Expression::Knows(..) => true,
        Expression::KnowsWhether(..) | Expression::Wonders(..) => true,
        Expression::Not(inner) => is_attitude(inner),
        _ => false,
    }
}

/// The facts that an assertable statement gives values.
fn asserted_facts(statement: &Expression, facts: &mut Vec<FluentId>) {
    match statement {
        Expression::Fluent(fact) => facts.push(fact.fluent),
        Expression::And(parts) => parts.iter().for_each(|part| asserted_facts(part, facts)),
        // Of a crowd: the other parts say who is meant.
        Expression::Or(parts) => {
            parts.iter().filter(|part| is_attitude(part)).for_each(|part| asserted_facts(part, facts))
        }
        Expression::Compare(_, left, _) => asserted_facts(left, facts),
        Expression::Believes(_, inner)
        | Expression::Knows(_, inner)
        | Expression::KnowsWhether(_, inner)
        | Expression::Wonders(_, inner)
        | Expression::Quantified(_, _, inner)
        | Expression::Not(inner) => asserted_facts(inner, facts),
        _ => {}
    }
}

/// One form for what can be said in several: the fact on the left, `=` and `!=` instead of `not`, no `= yes`.
pub(crate) fn canonical(statement: Expression) -> Expression {
    let boxed = |inner: Box<Expression>| Box::new(canonical(*inner));
    match statement {
        Expression::Not(inner) => match canonical(*inner) {
            inner @ (Expression::Not(_)
            | Expression::Boolean(_)
            | Expression::Compare(Comparison::Equal | Comparison::NotEqual, ..)) => opposite(inner),
            inner => Expression::Not(Box::new(inner)),
        },
        Expression::And(parts) => Expression::And(parts.into_iter().map(canonical).collect()),
        Expression::Or(parts) => Expression::Or(parts.into_iter().map(canonical).collect()),
        Expression::Believes(holder, inner) => Expression::Believes(holder, boxed(inner)),
        Expression::Knows(holder, inner) => Expression::Knows(holder, boxed(inner)),
        Expression::KnowsWhether(holder, inner) => Expression::KnowsWhether(holder, boxed(inner)),
        Expression::Wonders(holder, inner) => Expression::Wonders(holder, boxed(inner)),
        Expression::Quantified(quantifier, binding, inner) => Expression::Quantified(quantifier, binding, boxed(inner)),
        Expression::Compare(comparison @ (Comparison::Equal | Comparison::NotEqual), left, right) => {
            let (left, right) = if is_fact(&right) && !is_fact(&left) { (right, left) } else { (left, right) };
            match (comparison, *right) {
                (Comparison::Equal, Expression::Boolean(true)) => *left,
                (Comparison::Equal, Expression::Boolean(false)) => Expression::Not(left),
                (_, right) => Expression::Compare(comparison, left, Box::new(right)),
            }
        }
        other => other,
    }
}
