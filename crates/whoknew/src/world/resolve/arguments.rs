//! Choosing among facts or actions of one name by their arguments, and saying what does not fit.

use super::codes::{AMBIGUOUS_CALL, WRONG_KIND};
use super::kinds::with_article;
use super::repeats::Missing;
use super::{Resolved, Resolver, Scope, VariableKind};
use crate::diagnostic::Diagnostic;
use crate::source::{Origin, Span};
use crate::world::{EntityId, EventArgument, KindId, Parameter, ParameterKind, Term, ValueKind, World};

/// An argument with its place.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    /// What it is.
    pub value: EventArgument,
    /// Where it was written.
    pub span: Span,
}

/// One of the facts or actions that a call may mean.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Its position in the list of candidates' ids.
    pub index: usize,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Of a fact, its values.
    pub value: Option<ValueKind>,
    /// Where it was declared.
    pub span: Span,
}

/// A call as messages speak of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Called<'a> {
    /// `fact` or `action`.
    pub word: &'static str,
    /// Its name.
    pub name: &'a str,
    /// Where the call was written.
    pub span: Span,
}

impl Resolver<'_> {
    /// The only candidate that the arguments fit; everything else is reported.
    pub(super) fn choose(
        &mut self,
        called: Called<'_>,
        candidates: Vec<Candidate>,
        arguments: &[Argument],
        scope: &Scope,
    ) -> Resolved<usize> {
        let (right_count, wrong_count): (Vec<Candidate>, Vec<Candidate>) =
            candidates.into_iter().partition(|candidate| candidate.parameters.len() == arguments.len());
        if right_count.is_empty() {
            return Err(self.report_wrong_count(called, &wrong_count, arguments, scope));
        }
        let fits = |candidate: &&Candidate| self.misfit(candidate, arguments, scope).is_none();
        let fitting: Vec<&Candidate> = right_count.iter().filter(fits).collect();
        match fitting.as_slice() {
            [only] => Ok(only.index),
            [] => Err(self.report_misfit(called, &right_count, arguments, scope)),
            several => {
                let title = format!("`{}` could mean several {}s here", called.name, called.word);
                let mut message = Diagnostic::new(&AMBIGUOUS_CALL, title, Some(called.span));
                for candidate in several {
                    message = message.label(candidate.span, "it could be this one");
                }
                Err(self.report(message.help(
                    "name the one that is meant instead of `someone` or `something`, or give them names of their own",
                )))
            }
        }
    }

    /// The first argument that the candidate does not take.
    pub(super) fn misfit(&self, candidate: &Candidate, arguments: &[Argument], scope: &Scope) -> Option<usize> {
        let fits = |(parameter, argument): (&Parameter, &Argument)| {
            self.argument_fits(&argument.value, &parameter.kind, scope)
        };
        candidate.parameters.iter().zip(arguments).position(|pair| !fits(pair))
    }

    /// Whether `argument` can stand for a parameter of this kind.
    pub(crate) fn argument_fits(&self, argument: &EventArgument, kind: &ParameterKind, scope: &Scope) -> bool {
        match (argument, kind) {
            (EventArgument::Term(Term::Entity(entity)), kind) => self.entity_fits(*entity, kind),
            (EventArgument::Term(Term::Variable(variable)), kind) => {
                match (scope.variable(*variable).map(|variable| &variable.kind), kind) {
                    (Some(VariableKind::Entity(kinds)), ParameterKind::Entity(taken)) => {
                        self.kinds_within(kinds, taken)
                    }
                    (Some(VariableKind::Constant(entity)), kind) => self.entity_fits(*entity, kind),
                    (Some(VariableKind::Broken), _) => true,
                    (Some(VariableKind::Number), kind) => *kind == ParameterKind::Number,
                    _ => false,
                }
            }
            (EventArgument::Anyone, _) => true,
            (EventArgument::Statement(_) | EventArgument::StatementVariable(_), kind) => {
                *kind == ParameterKind::Statement
            }
            (EventArgument::Number(_), kind) => *kind == ParameterKind::Number,
        }
    }

    fn entity_fits(&self, entity: EntityId, kind: &ParameterKind) -> bool {
        match kind {
            ParameterKind::Entity(kinds) => self.entity_within(entity, kinds),
            ParameterKind::Constant(only) => *only == entity,
            ParameterKind::Statement | ParameterKind::Number => false,
        }
    }

    /// `Sally is a person`, `who is a character`
    pub(super) fn argument_is(&self, argument: &Argument, scope: &Scope) -> String {
        match &argument.value {
            EventArgument::Term(term) => self.term_is(*term, scope),
            EventArgument::Anyone => "this is anybody".to_owned(),
            EventArgument::Statement(_) => "this is a statement".to_owned(),
            EventArgument::StatementVariable(variable) => {
                let name = scope.variable(*variable).map_or("this", |variable| variable.name.as_str());
                format!("{name} is a statement")
            }
            EventArgument::Number(_) => "this is a number".to_owned(),
        }
    }

    /// `Sally is a person`, `who is a character`
    pub(super) fn term_is(&self, term: Term, scope: &Scope) -> String {
        let variable = match term {
            Term::Entity(entity) => return self.entity_is(entity),
            Term::Variable(variable) => variable,
        };
        let Some(variable) = scope.variable(variable) else { return "this is something else".to_owned() };
        let kind = match &variable.kind {
            VariableKind::Entity(kinds) => self.any_of_kinds(kinds),
            VariableKind::Constant(entity) => self.world.entities[entity.index()].name.clone(),
            VariableKind::Statement => "a statement".to_owned(),
            VariableKind::Number => "a number".to_owned(),
            VariableKind::Broken => "something else".to_owned(),
        };
        format!("{} is {kind}", variable.name)
    }

    /// `a container or thing`, `a statement`
    pub(super) fn parameter_takes(&self, kind: &ParameterKind) -> String {
        match kind {
            ParameterKind::Entity(kinds) => self.any_of_kinds(kinds),
            ParameterKind::Constant(entity) => self.world.entities[entity.index()].name.clone(),
            ParameterKind::Statement => "a statement".to_owned(),
            ParameterKind::Number => "a number".to_owned(),
        }
    }

    /// `inside(what: thing)`
    pub(super) fn signature_text(&self, name: &str, candidate: &Candidate) -> String {
        let parameters: Vec<String> = candidate
            .parameters
            .iter()
            .map(|parameter| {
                let kind = match &parameter.kind {
                    ParameterKind::Entity(kinds) => self.kind_names(kinds),
                    ParameterKind::Constant(_) => format!("only {}", self.parameter_takes(&parameter.kind)),
                    kind => self.parameter_takes(kind).trim_start_matches("a ").to_owned(),
                };
                format!("{}: {kind}", parameter.name)
            })
            .collect();
        let value = match &candidate.value {
            Some(ValueKind::Number) => ": number".to_owned(),
            Some(ValueKind::Entity(kinds)) => format!(": {}", self.kind_names(kinds)),
            Some(ValueKind::Boolean) | None => String::new(),
        };
        format!("`{name}({}){value}`", parameters.join(", "))
    }

    /// `character or thing`
    pub(super) fn kind_names(&self, kinds: &[KindId]) -> String {
        let names: Vec<&str> = kinds.iter().map(|kind| self.world.kinds[kind.index()].name.as_str()).collect();
        names.join(" or ")
    }

    /// Whether `term` is surely a character; if not, that is reported.
    pub(crate) fn require_character(&mut self, term: Term, span: Span, scope: &Scope) -> Resolved<Term> {
        let argument = EventArgument::Term(term);
        if self.argument_fits(&argument, &ParameterKind::Entity(vec![World::CHARACTER_KIND]), scope) {
            return Ok(term);
        }
        let title = format!("only characters believe and act, but {}", self.term_is(term, scope));
        let message = Diagnostic::new(&WRONG_KIND, title, Some(span)).at(format!("not {}", with_article("character")));
        let message = self.how_to_be_a_character(term, message, scope);
        let key = format!("character {}", self.term_is(term, scope));
        Err(self.report_once(Missing::Fit, &key, message))
    }

    /// Adds how what is no character could be one.
    fn how_to_be_a_character(&self, term: Term, message: Diagnostic, scope: &Scope) -> Diagnostic {
        let kinds = match term {
            Term::Entity(entity) => self.world.entities[entity.index()].kinds.as_slice(),
            Term::Variable(variable) => match scope.variable(variable).map(|variable| &variable.kind) {
                Some(VariableKind::Entity(kinds)) => kinds.as_slice(),
                _ => return message,
            },
        };
        let own = match kinds {
            [only] => {
                let kind = &self.world.kinds[only.index()];
                kind.span
                    .filter(|span| self.sources.get(span.file).origin == Origin::Story)
                    .map(|span| (span, &kind.name))
            }
            _ => None,
        };
        match (own, term) {
            (Some((span, kind)), _) => {
                message.label(span, format!("to make every {kind} a character, write `kind {kind} : character`"))
            }
            (None, Term::Entity(entity)) => {
                let entity = &self.world.entities[entity.index()];
                let kinds: Vec<&str> =
                    entity.kinds.iter().map(|kind| self.world.kinds[kind.index()].name.as_str()).collect();
                let help =
                    format!("to make it one, declare it as `{} and character {}`", kinds.join(" and "), entity.name);
                entity.span.into_iter().fold(message, |message, span| message.label(span, "declared here")).help(help)
            }
            (None, Term::Variable(variable)) => {
                let name = scope.variable(variable).map_or("who", |variable| variable.name.as_str());
                message.help(format!("take a character: `{name}: character`"))
            }
        }
    }
}
