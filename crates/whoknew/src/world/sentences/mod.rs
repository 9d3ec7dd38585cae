//! Sentences: patterns that say facts and actions, and the exact reading of lines by them.
//!
//! A [`SentenceBook`] holds all patterns and names of a world. A line is read in every way that the patterns and the
//! grammar of statements allow; exactly one reading is right, none or two are errors that say what is near.
//! Invariant: a line is never guessed.

mod book;
mod build;
mod codes;
mod crowds;
mod everyday;
mod failure;
mod fitted;
mod line;
mod matcher;
mod meant;
mod name_tree;
mod nearest;
mod negation;
mod no_sentence;
mod numbers;
mod pattern;
mod shorter;
mod tellers;
mod tokens;
mod trouble;
mod verbs;
mod words;
mod wrong_form;

#[cfg(test)]
mod tests;

pub use book::SentenceBook;
pub(crate) use build::{opposite, question};
pub use codes::*;
pub(crate) use meant::lines_below_action;
pub(crate) use negation::opposites;
pub use pattern::{Slots, parse_pattern};
pub use tokens::{Token, tokens};
pub(crate) use tokens::{folded, is_article, is_possessive};

use book::Tree;
use failure::{Failure, Otherwise};
use line::Line;
use matcher::{Found, Matcher, Mention};
use trouble::{Stranger, Trouble};

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::world::usage::Symbol;
use crate::world::{Action, ActionId, Effect, EventTerm, Expression, KindId, ParameterKind, Term, World, say};

/// What a line says.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading<T> {
    /// The statement or event.
    pub value: T,
    /// The facts, actions, patterns and entities it uses, with the places that use them.
    pub uses: Vec<(Symbol, Span)>,
}

/// A variable that a sentence may name, where it stands inside a formula.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedVariable {
    /// Its name, as it is compared: in small letters.
    pub word: String,
    /// What its name stands for.
    pub term: Term,
    /// The kinds that it may be of, all of which a place in a sentence must take; none if it fits everywhere.
    pub kinds: Vec<KindId>,
}

/// Reads the lines of one world.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The patterns and names of the world.
    pub book: &'a SentenceBook,
    /// The world.
    pub world: &'a World,
    /// The variables that the line may name, innermost last.
    pub variables: &'a [NamedVariable],
    /// Whether a line without a reading is compared with everything known, to find what was meant. That takes its
    /// time; not for the thousandth mistake.
    pub suggests: bool,
    /// Whether the line is part of a question: then no new sentence is offered to be declared for it.
    pub asks: bool,
}

impl Reader<'_> {
    /// Reads a line as a statement. Lists of names make it an [`Expression::And`] of one statement each.
    ///
    /// # Errors
    /// The line has no reading, or two.
    pub fn statement(&self, tokens: &[Token<'_>]) -> Result<Reading<Expression>, Diagnostic> {
        self.statement_or_question(tokens, false)
    }

    /// Reads a line as what may stand after `whether`: a statement, or a fact with `this or that` value.
    ///
    /// # Errors
    /// The line has no reading, or two.
    pub fn question(&self, tokens: &[Token<'_>]) -> Result<Reading<Expression>, Diagnostic> {
        self.statement_or_question(tokens, true)
    }

    fn statement_or_question(&self, tokens: &[Token<'_>], asks: bool) -> Result<Reading<Expression>, Diagnostic> {
        let line = Line::new(self, tokens);
        let mut matcher = Matcher::new(self.book, self.world, &line);
        let readings = matcher.statements(0);
        let stated =
            |found: &&Found<Expression>| asks || !found.parts.iter().any(|part| build::is_question(self.world, part));
        let readings: Vec<&Found<Expression>> = readings.iter().filter(stated).collect();
        match readings.as_slice() {
            [only] if !matcher.trouble.too_rich => {
                Ok(Reading { value: build::conjunction(only.parts.clone()), uses: uses(&line, &only.mentions) })
            }
            [] => Err(self.failure(&line, matcher.trouble, Wanted::Statement)),
            _ if matcher.trouble.too_rich => Err(self.failure(&line, matcher.trouble, Wanted::Statement)),
            several => {
                let readings = several.iter().map(|found| {
                    let formula = say::formula(self.world, &build::conjunction(found.parts.clone()));
                    (formula, found.pattern())
                });
                let readings = readings.collect::<Vec<_>>();
                match several.first() {
                    Some(first) if failure::are_alike(&readings) => {
                        let value = build::conjunction(first.parts.clone());
                        Ok(Reading { value, uses: uses(&line, &first.mentions) })
                    }
                    _ => Err(failure::two_readings(self.world, &line, &readings)),
                }
            }
        }
    }

    /// Reads a line as an event, in the words it is told with. `someone` and `something` are left open.
    ///
    /// # Errors
    /// The line has no reading, or two.
    pub fn event(&self, tokens: &[Token<'_>]) -> Result<Reading<EventTerm>, Diagnostic> {
        let line = Line::new(self, tokens);
        let mut matcher = Matcher::new(self.book, self.world, &line);
        let mut readings = matcher.events(Tree::Events, 0, false);
        matcher.trouble.nothing_from(0, &[Tree::Events]);
        if readings.len() > 1 {
            let said = |found: &Found<EventTerm>| {
                let calls = found.parts.iter().map(|event| say::call(self.world, event));
                calls.map(|call| (call, found.pattern())).collect::<Vec<_>>()
            };
            let calls: Vec<(String, Option<Span>)> = readings.iter().flat_map(said).collect();
            if !failure::are_alike(&calls) || calls.len() != readings.len() {
                return Err(failure::two_readings(self.world, &line, &calls));
            }
            readings.truncate(1);
        }
        match readings.pop() {
            Some(Found { mut parts, mentions, .. }) if !matcher.trouble.too_rich && parts.len() == 1 => {
                let value = parts.remove(0);
                Ok(Reading { value, uses: uses(&line, &mentions) })
            }
            _ => Err(self.failure(&line, matcher.trouble, Wanted::Event)),
        }
    }

    fn failure(&self, line: &Line<'_>, trouble: Trouble, wanted: Wanted) -> Diagnostic {
        let otherwise = if self.suggests { self.otherwise(line, wanted, &trouble) } else { Otherwise::Nothing };
        let strangers = if self.suggests { self.strangers(line, wanted) } else { Vec::new() };
        let mistyped = if self.suggests { self.mistyped(line, wanted) } else { None };
        let says_several = self.suggests && self.says_several(line, wanted);
        let denies = self.suggests && self.denies(line, wanted);
        let &Self { book, world, suggests, .. } = self;
        let trouble = &trouble;
        Failure {
            reader: *self,
            book,
            world,
            line,
            trouble,
            strangers,
            mistyped,
            says_several,
            denies,
            otherwise,
            suggests,
        }
        .diagnostic()
    }

    /// What the line says, though it should not.
    fn otherwise(&self, line: &Line<'_>, wanted: Wanted, trouble: &Trouble) -> Otherwise {
        let mut matcher = Matcher::new(self.book, self.world, line);
        let inner = trouble.deepest.filter(|(from, trees)| *from > 0 && trees.contains(&Tree::Facts));
        if let Some(from) = inner.map(|(from, _)| from).or((wanted == Wanted::Statement).then_some(0))
            && let Some(event) = matcher.events(Tree::Events, from, true).first().and_then(|found| found.parts.first())
        {
            let past = match self.variables {
                [] => say::past(self.world, event),
                _ => format!("it happened that {}", line.text(from, line.len())),
            };
            return Otherwise::Event { from, past };
        }
        if wanted == Wanted::Statement {
            return Otherwise::Nothing;
        }
        if let Some(list) = matcher.events(Tree::Events, 0, true).iter().max_by_key(|found| found.parts.len()) {
            let lines = list.parts.iter().take(MOST_LINES).map(|event| say::event(self.world, event));
            return Otherwise::List(lines.collect(), list.parts.len().saturating_sub(MOST_LINES));
        }
        match matcher.statements(0).first().map(|found| found.parts.as_slice()) {
            Some([Expression::Happened(event)]) => Otherwise::Past(say::event(self.world, event)),
            Some(parts) => Otherwise::Statement(parts.first().and_then(|statement| self.pattern_making(statement))),
            None => Otherwise::Nothing,
        }
    }

    /// The pattern of an action that makes a statement so: one with its effect, or one that says a statement to somebody.
    fn pattern_making(&self, statement: &Expression) -> Option<String> {
        let action = match statement {
            Expression::Believes(..) | Expression::Knows(..) | Expression::KnowsWhether(..) => {
                let says = |action: &Action| {
                    let people =
                        action.parameters.iter().filter(|parameter| parameter.kind != ParameterKind::Statement);
                    people.count() == 2 && action.parameters.len() == 3
                };
                self.world.actions.iter().position(says)
            }
            Expression::Fluent(_) | Expression::Compare(..) | Expression::Not(_) => match Effect::making(statement)? {
                Effect::Assign(fact, value) => {
                    self.world.actions.iter().position(|action| action.effect.may_make(&fact, &value))
                }
                _ => None,
            },
            _ => None,
        };
        let action = ActionId::from_index(action?);
        let says =
            |pattern: &&book::Pattern| pattern.tree == Tree::Events && pattern.subject == book::Subject::Action(action);
        self.book.patterns.iter().find(says).map(|pattern| pattern.text.clone())
    }

    /// The words that name nothing in the pattern that fits best otherwise.
    fn strangers(&self, line: &Line<'_>, wanted: Wanted) -> Vec<Stranger> {
        let mut matcher = Matcher::new(self.book, self.world, line);
        matcher.trouble.lenient = true;
        let found: Vec<Vec<Stranger>> = match wanted {
            Wanted::Statement => matcher.statements(0).iter().map(|found| found.strangers.clone()).collect(),
            Wanted::Event => matcher.events(Tree::Events, 0, false).into_iter().map(|found| found.strangers).collect(),
        };
        let distance = |strangers: &Vec<Stranger>| {
            let words: usize = strangers.iter().map(|stranger| stranger.to - stranger.from).sum();
            let nameless =
                strangers.iter().filter(|stranger| failure::near_names(self.world, line, stranger).is_empty());
            (words, nameless.count())
        };
        let found = found.into_iter().filter(|strangers| !strangers.is_empty()).min_by_key(distance);
        found.or_else(|| self.stranger_in_list(line, wanted)).unwrap_or_default()
    }
}

/// At most so many lines are offered in the place of one.
const MOST_LINES: usize = 6;

/// What a line should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Statement,
    Event,
}

fn uses(line: &Line<'_>, mentions: &[Mention]) -> Vec<(Symbol, Span)> {
    mentions.iter().filter_map(|mention| Some((mention.symbol, line.span(mention.from, mention.to)?))).collect()
}
