//! Facts with arguments, as they stand in formulas and effects; facts as arguments of facts.

use super::arguments::{Argument, Called, Candidate};
use super::codes::{CANNOT_BE_MADE, NESTED_FACT, SOMEONE_MISUSED, WRONG_KIND};
use super::scope::Nested;
use super::{Reported, Resolved, Resolver, Scope, VariableKind};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{AstNode, Call, Formula, FormulaKind, Name};
use crate::world::everybody::Crowd;
use crate::world::names::NameKey;
use crate::world::usage::Symbol;
use crate::world::{
    Binding, Comparison, EntityId, EventArgument, Expression, FluentId, FluentTerm, KindId, Parameter, ParameterKind,
    Quantifier, Term, ValueKind, VariableId, World,
};

/// What a fact as an argument stands in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Around {
    /// An effect.
    Effect,
    /// A number.
    Number,
}

/// What a plain name stands for.
pub(super) enum Meaning {
    /// An entity, or a variable that holds one or a number.
    Term(Term),
    /// `someone`, `something`.
    Anyone,
    /// A statement parameter.
    Statement(VariableId),
    /// A fact without arguments.
    Fact(FluentId),
}

impl Resolver<'_> {
    /// What a plain name stands for: a variable, an entity, a fact without arguments.
    pub(super) fn meaning(&mut self, name: &Name, scope: &Scope) -> Resolved<Meaning> {
        let text = name.text();
        if let Some(variable) = scope.find(&text) {
            return Ok(match variable.kind {
                VariableKind::Statement => Meaning::Statement(variable.id),
                VariableKind::Constant(entity) => Meaning::Term(Term::Entity(entity)),
                _ => Meaning::Term(Term::Variable(variable.id)),
            });
        }
        if let Some(entity) = self.names.entity(&text) {
            if entity == self.world.someone() {
                return Ok(Meaning::Anyone);
            }
            self.used(Symbol::Entity(entity), name.span());
            return Ok(Meaning::Term(Term::Entity(entity)));
        }
        if let Some(fluent) = self.fact_without_arguments(&text) {
            self.used(Symbol::Fluent(fluent), name.span());
            return Ok(Meaning::Fact(fluent));
        }
        let others: Vec<&str> = scope.names().collect();
        Err(self.unknown_name(&text, name.span(), &others))
    }

    fn fact_without_arguments(&self, name: &str) -> Option<FluentId> {
        let candidates = self.names.fluents.get(&NameKey::new(name))?;
        candidates.iter().copied().find(|fluent| self.world.fluents[fluent.index()].parameters.is_empty())
    }

    /// The entity or variable that `name` names, where a certain one must stand.
    pub(crate) fn term(&mut self, name: &Name, scope: &Scope) -> Resolved<Term> {
        let help = "for anybody, a formula says `exists x: character (…)`; for all, `for all x: character (…)`";
        self.certain_term(name, help, scope)
    }

    /// The entity or variable that `name` names; `help` says what to write instead of `someone`.
    fn certain_term(&mut self, name: &Name, help: &str, scope: &Scope) -> Resolved<Term> {
        match self.meaning(name, scope)? {
            Meaning::Term(term) => Ok(term),
            Meaning::Anyone => Err(self.report_someone(name.span(), help)),
            Meaning::Statement(_) | Meaning::Fact(_) => {
                let title = format!("`{}` is a statement, where somebody or something is meant", name.text());
                Err(self.report(Diagnostic::new(&WRONG_KIND, title, Some(name.span()))))
            }
        }
    }

    /// The character that `name` names.
    pub(crate) fn character(&mut self, name: &Name, scope: &Scope) -> Resolved<Term> {
        let help =
            "name who it is; a formula says `exists x: character (…)`, and what is nobody's choice has no `by` line";
        let term = self.wanting(&[World::CHARACTER_KIND], |resolver| resolver.certain_term(name, help, scope))?;
        self.require_character(term, name.span(), scope)
    }

    /// `everyone`, `nobody`, `somebody`, `only Ada` where a formula names who believes something.
    pub(crate) fn crowd(&mut self, name: &Name, scope: &Scope) -> Option<(Crowd, Span)> {
        let text = name.text().to_lowercase();
        if self.names.entities.contains_key(&NameKey::new(&text)) && text != "someone" || scope.find(&text).is_some() {
            return None;
        }
        let crowd = match text.as_str() {
            "everyone" | "everybody" => Crowd::Everyone,
            "nobody" => Crowd::Nobody,
            "somebody" | "someone" => Crowd::Somebody,
            _ => return None,
        };
        Some((crowd, name.span()))
    }

    /// The character that `name` names; no variables.
    pub(crate) fn certain_character(&mut self, name: &Name) -> Resolved<EntityId> {
        let scope = Scope::default();
        match self.character(name, &scope)? {
            Term::Entity(entity) => Ok(entity),
            Term::Variable(_) => Err(Reported),
        }
    }

    pub(super) fn report_someone(&mut self, span: Span, help: &str) -> Reported {
        let title = format!("`{}` stands for anybody, but here a certain one is meant", self.sources.slice(span));
        self.report(Diagnostic::new(&SOMEONE_MISUSED, title, Some(span)).help(help))
    }

    /// The fact that `call` speaks of. Facts as its arguments are put aside into `scope.nested`.
    pub(crate) fn fluent_term(&mut self, call: &Call, scope: &mut Scope) -> Resolved<FluentTerm> {
        let name = call.name.text();
        let Some(candidates) = self.names.fluents.get(&NameKey::new(&name)).cloned() else {
            return Err(self.unknown_fact(call, &name, scope));
        };
        let mut arguments = Vec::with_capacity(call.arguments.len());
        let mut failed = false;
        for (position, argument) in call.arguments.iter().enumerate() {
            let taken = candidates.iter().map(|fluent| self.world.fluents[fluent.index()].parameters.as_slice());
            let kinds = kinds_at(position, taken);
            match self.wanting(&kinds, |resolver| resolver.fact_argument(argument, scope)) {
                Ok(term) => arguments.push(Argument { value: EventArgument::Term(term), span: argument.span }),
                Err(Reported) => failed = true,
            }
        }
        if failed {
            return Err(Reported);
        }
        let described = candidates.iter().enumerate().map(|(index, fluent)| {
            let fluent = &self.world.fluents[fluent.index()];
            Candidate {
                index,
                parameters: fluent.parameters.clone(),
                value: Some(fluent.value.clone()),
                span: fluent.span,
            }
        });
        let described: Vec<Candidate> = described.collect();
        let called = Called { word: "fact", name: &name, span: call.span };
        let chosen = candidates[self.choose(called, described, &arguments, scope)?];
        self.used(Symbol::Fluent(chosen), call.name.span());
        let terms = arguments.into_iter().filter_map(|argument| match argument.value {
            EventArgument::Term(term) => Some(term),
            _ => None,
        });
        Ok(FluentTerm { fluent: chosen, arguments: terms.collect() })
    }

    fn fact_argument(&mut self, argument: &Formula, scope: &mut Scope) -> Resolved<Term> {
        match &argument.kind {
            FormulaKind::Name(name) => self.term(name, scope),
            FormulaKind::Call(call) => self.nested_fact(call, scope),
            FormulaKind::Error => Err(Reported),
            FormulaKind::Unknown => {
                let title = "`?` cannot be an argument: a fact is about somebody or something certain";
                let message = Diagnostic::new(&WRONG_KIND, title, Some(argument.span));
                let kind = self.wanted.first().copied().unwrap_or(World::CHARACTER_KIND);
                let kind = &self.world.kinds[kind.index()].name;
                let help = format!("for anybody or anything, write `exists x: {kind} (…)` with `x` in its place");
                Err(self.report(message.help(help)))
            }
            _ => {
                let title = "the arguments of a fact are persons, places or things";
                Err(self.report(Diagnostic::new(&WRONG_KIND, title, Some(argument.span)).at("not a name")))
            }
        }
    }

    /// `owner(x)` as an argument: a variable that equals it, put aside for the condition around it.
    fn nested_fact(&mut self, call: &Call, scope: &mut Scope) -> Resolved<Term> {
        let inner = self.fluent_term(call, scope)?;
        let fluent = &self.world.fluents[inner.fluent.index()];
        let ValueKind::Entity(kinds) = fluent.value.clone() else {
            let sort = if fluent.value == ValueKind::Number { "a number" } else { "yes or no" };
            let title = format!("the value of `{}` is {sort}, so it cannot be an argument", fluent.name);
            let message = Diagnostic::new(&WRONG_KIND, title, Some(call.span)).label(fluent.span, "declared here");
            return Err(self.report(message));
        };
        let variable = scope.bind_hidden(VariableKind::Entity(kinds.clone()));
        scope.nested.push(Nested { binding: Binding::new(variable, kinds), fact: inner, span: call.span });
        Ok(Term::Variable(variable))
    }

    /// `condition`, with the facts put aside since `mark` bound around it: `exists y (owner(x) = y and condition)`.
    pub(super) fn with_nested(&self, condition: Expression, scope: &mut Scope, mark: usize) -> Expression {
        scope.nested.split_off(mark).into_iter().rev().fold(condition, |condition, nested| {
            let value = Expression::Entity(Term::Variable(nested.binding.variable));
            let fact = Expression::Fluent(nested.fact);
            let equal = Expression::Compare(Comparison::Equal, Box::new(fact), Box::new(value));
            let both = Expression::And(vec![equal, condition]);
            Expression::Quantified(Quantifier::Exists, nested.binding, Box::new(both))
        })
    }

    /// Reports facts put aside since `mark` where no condition can bind them. `around` is what they stand in.
    pub(super) fn reject_nested(
        &mut self,
        scope: &mut Scope,
        mark: usize,
        around: Option<(Span, Around)>,
    ) -> Resolved<()> {
        let Some(first) = scope.nested.split_off(mark.min(scope.nested.len())).into_iter().next() else {
            return Ok(());
        };
        let name = self.world.fluents[first.fact.fluent.index()].name.clone();
        let title = format!("the fact `{name}` cannot be an argument here: only a condition can look it up");
        let kinds = self.any_of_kinds(&first.binding.kinds);
        let kind = kinds.split_once(' ').map_or("entity", |(_, kind)| kind).to_owned();
        let inner = self.sources.slice(first.span);
        let named = around.and_then(|(outer, around)| {
            let (before, after) = self.sources.slice(outer).split_once(inner)?;
            Some((format!("{before}x{after}"), around))
        });
        let help = match named {
            Some((outer, Around::Effect)) => {
                format!("name its value first: `for all x: {kind} ({outer} if {inner} = x)`")
            }
            Some((outer, Around::Number)) => {
                format!("name its value first: `sum x: {kind} ({outer} if {inner} = x else 0)`")
            }
            None => format!(
                "name its value first: `… if {inner} = x` inside `for all x: {kind} (…)` or `exists x: {kind} (…)`"
            ),
        };
        Err(self.report(Diagnostic::new(&NESTED_FACT, title, Some(first.span)).help(help)))
    }

    /// The fact that is to be made so: not derived, without facts as arguments.
    pub(crate) fn made_fact(&mut self, call: &Call, scope: &mut Scope) -> Resolved<FluentTerm> {
        let mark = scope.nested.len();
        if self.is_action_only(call) {
            return Err(self.report_action_made(call));
        }
        let fact = self.fluent_term(call, scope)?;
        self.reject_nested(scope, mark, Some((call.span, Around::Effect)))?;
        self.require_base(fact.fluent, call.span)?;
        Ok(fact)
    }

    /// Reports that a derived fact is made so, and which facts to make instead.
    pub(crate) fn require_base(&mut self, fluent: FluentId, span: Span) -> Resolved<()> {
        let Some(&means) = self.derived.get(&fluent).and_then(|lines| lines.first()) else { return Ok(()) };
        let declared = &self.world.fluents[fluent.index()];
        let title = format!(
            "the fact `{}` follows from others, so it cannot be made so, told or concluded itself",
            declared.name
        );
        let message =
            Diagnostic::new(&super::codes::DERIVED_MADE, title, Some(span)).label(means, "it follows from this");
        let bases = self.base_names(fluent);
        Err(self.report(if bases.is_empty() {
            message
        } else {
            message.help(format!("write what it follows from in its place: {}", bases.join(", ")))
        }))
    }

    /// The name of a sort, for messages.
    pub(super) fn not_yes_or_no(&mut self, fluent: FluentId, span: Span, help: String) -> Reported {
        let declared = &self.world.fluents[fluent.index()];
        let sort = match &declared.value {
            ValueKind::Number => "a number".to_owned(),
            ValueKind::Entity(kinds) => self.any_of_kinds(kinds),
            ValueKind::Boolean => "yes or no".to_owned(),
        };
        let title = format!("the value of `{}` is {sort}, so it must be said", declared.name);
        let message = Diagnostic::new(&CANNOT_BE_MADE, title, Some(span)).label(declared.span, "declared here");
        self.report(message.help(help))
    }
}

/// The kinds that some of the parameter lists take at `position`.
pub(super) fn kinds_at<'p>(position: usize, lists: impl Iterator<Item = &'p [Parameter]>) -> Vec<KindId> {
    let taken = lists.filter_map(|parameters| match &parameters.get(position)?.kind {
        ParameterKind::Entity(kinds) => Some(kinds),
        _ => None,
    });
    taken.flatten().copied().collect()
}
