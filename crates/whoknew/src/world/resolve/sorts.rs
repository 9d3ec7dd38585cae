//! What to say of values of another sort than is needed: a name where a condition is needed, a place compared with a number.

use super::codes::{CANNOT_COMPARE, WRONG_SORT};
use super::formulas::{Sort, Sorted};
use super::{Reported, Resolver, Scope};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{Formula, FormulaKind};
use crate::world::{Expression, Fluent, FluentTerm, KindId, ParameterKind, Term, ValueKind, World};

impl Resolver<'_> {
    /// Reports what is no condition. `before` stands before it in a row of conditions.
    pub(super) fn report_no_condition(
        &mut self,
        formula: &Formula,
        before: Option<&Formula>,
        sorted: &Sorted,
        scope: &Scope,
    ) -> Reported {
        let text = self.sources.slice(formula.span).to_owned();
        let is = self.side_is(formula, sorted, scope);
        let help = match (&sorted.sort, &sorted.expression, before.map(|before| &before.kind)) {
            (_, Expression::Entity(_) | Expression::Number(_), Some(FormulaKind::Compare { left, right, .. })) => {
                let sign = Span::new(left.span.file, left.span.end..right.span.start);
                let (left, sign) = (self.sources.slice(left.span), self.sources.slice(sign).trim());
                format!("each part is a condition of its own: `{left} {sign} {text}`")
            }
            (_, Expression::Number(_) | Expression::Unknown, _) => {
                format!("compare something with it, as in `… = {text}`")
            }
            (Sort::Number, ..) => format!("compare it, as in `{text} > 0`"),
            (_, Expression::Entity(term), _) => match self.fact_about(*term, &text, scope) {
                Some(fact) => format!("say something about it, as in `{fact}`"),
                None => "say something about it, with a fact".to_owned(),
            },
            _ => format!("compare it, as in `{text} = …`"),
        };
        let title = format!("something that is so or not is needed here, but {is}");
        self.report(Diagnostic::new(&WRONG_SORT, title, Some(formula.span)).at("not a condition").help(help))
    }

    /// Reports what is no number.
    pub(super) fn report_no_number(&mut self, formula: &Formula, sorted: &Sorted, scope: &Scope) -> Reported {
        let title = format!("a number is needed here, but {}", self.side_is(formula, sorted, scope));
        let message = Diagnostic::new(&WRONG_SORT, title, Some(formula.span)).at("not a number");
        let text = self.sources.slice(formula.span);
        let fact = match &sorted.expression {
            Expression::Entity(term) => self.fact_about(*term, text, scope),
            Expression::Fluent(_) => Some(format!("{text} = …")),
            _ => None,
        };
        self.report(match fact {
            Some(fact) => message.help(format!("a condition counts 1 or 0: `{fact}`")),
            None => message,
        })
    }

    /// Says which side is no number.
    pub(super) fn report_unordered(
        &mut self,
        left: (&Formula, &Sorted),
        right: (&Formula, &Sorted),
        scope: &Scope,
    ) -> Reported {
        let (formula, sorted) = if left.1.sort == Sort::Number { right } else { left };
        let text = self.sources.slice(formula.span);
        let (is, help) = match (&sorted.expression, &sorted.sort) {
            (Expression::Unknown, _) => {
                let other = if left.1.sort == Sort::Number { left.0 } else { right.0 };
                let help = format!("whether it is known is written `{} != ?`", self.sources.slice(other.span));
                ("`?` is unknown".to_owned(), Some(help))
            }
            (_, Sort::Condition) => (self.side_is(formula, sorted, scope), Some(yes_or_no(text))),
            _ => (self.side_is(formula, sorted, scope), None),
        };
        let title = format!("only numbers are more or less than each other, but {is}");
        let message = Diagnostic::new(&CANNOT_COMPARE, title, Some(formula.span)).at("not a number");
        self.report(help.into_iter().fold(message, Diagnostic::help))
    }

    /// Says what the two sides are.
    pub(super) fn report_incomparable(
        &mut self,
        span: Span,
        left: (&Formula, &Sorted),
        right: (&Formula, &Sorted),
        scope: &Scope,
    ) -> Reported {
        let (left_is, right_is) = (self.side_is(left.0, left.1, scope), self.side_is(right.0, right.1, scope));
        let message = Diagnostic::new(&CANNOT_COMPARE, format!("{left_is}, but {right_is}"), Some(span))
            .at("these cannot be compared");
        let message = [left.1, right.1].iter().fold(message, |message, side| match &side.expression {
            Expression::Fluent(fact) => {
                let declared = &self.world.fluents[fact.fluent.index()];
                message.label(declared.span, format!("`{}` is declared here", declared.name))
            }
            _ => message,
        });
        let help = self.comparison_meant(left, right, scope).or_else(|| self.comparison_meant(right, left, scope));
        self.report(help.into_iter().fold(message, Diagnostic::help))
    }

    /// How a comparison of different sorts may be meant.
    fn comparison_meant(&self, left: (&Formula, &Sorted), right: (&Formula, &Sorted), scope: &Scope) -> Option<String> {
        let (left_text, right_text) = (self.sources.slice(left.0.span), self.sources.slice(right.0.span));
        match (&left.1.expression, &right.1.expression) {
            (Expression::Fluent(_), _) if left.1.sort == Sort::Condition => Some(yes_or_no(left_text)),
            (Expression::Fluent(fact), Expression::Entity(term)) => {
                let fluent = &self.world.fluents[fact.fluent.index()];
                let fits = takes_one(fluent, |kinds| self.term_within(*term, kinds, scope));
                let looked_up = fits.then(|| format!("did you mean `{left_text} = {}({right_text})`?", fluent.name));
                looked_up.or_else(|| self.other_fact(fact, *term, right_text, scope))
            }
            (Expression::Entity(one), Expression::Entity(other)) => {
                let says = |fluent: &&Fluent| {
                    let of_value = match &fluent.value {
                        ValueKind::Entity(kinds) => self.term_within(*other, kinds, scope),
                        _ => false,
                    };
                    of_value && takes_one(fluent, |kinds| self.term_within(*one, kinds, scope))
                };
                let fluent = self.world.fluents.iter().find(says)?;
                Some(format!("did you mean `{}({left_text}) = {right_text}`?", fluent.name))
            }
            _ => None,
        }
    }

    /// Another fact of the same argument, whose value `term` can be.
    pub(super) fn other_fact(&self, fact: &FluentTerm, term: Term, text: &str, scope: &Scope) -> Option<String> {
        let [argument] = fact.arguments.as_slice() else { return None };
        let fits = |fluent: &&Fluent| {
            takes_one(fluent, |kinds| self.term_within(*argument, kinds, scope))
                && matches!(&fluent.value, ValueKind::Entity(kinds) if self.term_within(term, kinds, scope))
        };
        let fluent = self.world.fluents.iter().find(fits)?;
        let argument = match argument {
            Term::Entity(entity) => &self.world.entities[entity.index()].name,
            Term::Variable(variable) => &scope.variable(*variable)?.name,
        };
        Some(format!("did you mean `{}({argument}) = {text}`?", fluent.name))
    }

    /// A fact that can be said of `term`: `at(…) = the garden`, `asleep(Sally)`.
    pub(super) fn fact_about(&self, term: Term, text: &str, scope: &Scope) -> Option<String> {
        let mut fluents = self.world.fluents.iter();
        let is_value = |fluent: &&Fluent| {
            fluent.parameters.len() == 1
                && matches!(&fluent.value, ValueKind::Entity(kinds) if self.term_within(term, kinds, scope))
        };
        let is_argument = |fluent: &&Fluent| {
            fluent.value == ValueKind::Boolean && takes_one(fluent, |kinds| self.term_within(term, kinds, scope))
        };
        let is_character = self.term_within(term, &[World::CHARACTER_KIND], scope);
        if !is_character && let Some(fluent) = fluents.clone().find(is_value) {
            return Some(format!("{}(…) = {text}", fluent.name));
        }
        fluents.find(is_argument).map(|fluent| format!("{}({text})", fluent.name))
    }

    fn term_within(&self, term: Term, kinds: &[KindId], scope: &Scope) -> bool {
        let taken = ParameterKind::Entity(kinds.to_vec());
        self.argument_fits(&crate::world::EventArgument::Term(term), &taken, scope)
    }

    /// `at(x) is a place`, `3 is a number`
    pub(super) fn side_is(&self, formula: &Formula, side: &Sorted, scope: &Scope) -> String {
        let text = self.sources.slice(formula.span);
        match &side.sort {
            Sort::Condition => format!("`{text}` is yes or no"),
            Sort::Number => format!("`{text}` is a number"),
            Sort::Unknown => "`?` is any value".to_owned(),
            Sort::Entity(kinds) => match &side.expression {
                Expression::Entity(term) => self.term_is(*term, scope),
                _ => format!("`{text}` is {}", self.any_of_kinds(kinds)),
            },
        }
    }
}

/// Whether a fact has one parameter, and it takes what `fits` says.
fn takes_one(fluent: &Fluent, fits: impl Fn(&[KindId]) -> bool) -> bool {
    match fluent.parameters.as_slice() {
        [only] => matches!(&only.kind, ParameterKind::Entity(kinds) if fits(kinds)),
        _ => false,
    }
}

/// How a fact that is so or not is asked for.
fn yes_or_no(text: &str) -> String {
    format!("that it is so is written `{text}` alone, that it is not `not {text}`")
}
