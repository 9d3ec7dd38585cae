//! Choosing among facts or actions of one name by their arguments, and saying what does not fit.

use super::codes::{AMBIGUOUS_CALL, WRONG_COUNT, WRONG_KIND};
use super::kinds::with_article;
use super::{Resolved, Resolver, Scope, Variable, VariableKind};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::world::{EntityId, EventArgument, KindId, Parameter, ParameterKind, Term, World};

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
            return Err(self.report(wrong_count_message(called, &wrong_count, arguments.len())));
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
                Err(self.report(message.help("name the one that is meant instead of `someone` or `something`")))
            }
        }
    }

    /// The first argument that the candidate does not take.
    fn misfit(&self, candidate: &Candidate, arguments: &[Argument], scope: &Scope) -> Option<usize> {
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

    /// Says what does not fit. Of several candidates, the one whose first arguments fit furthest is meant.
    fn report_misfit(
        &mut self,
        called: Called<'_>,
        candidates: &[Candidate],
        arguments: &[Argument],
        scope: &Scope,
    ) -> super::Reported {
        let position = |candidate: &Candidate| self.misfit(candidate, arguments, scope).unwrap_or(0);
        let furthest = candidates.iter().map(position).max().unwrap_or(0);
        let meant: Vec<&Candidate> = candidates.iter().filter(|candidate| position(candidate) == furthest).collect();
        let Some(argument) = arguments.get(furthest) else { return super::Reported };
        let is = self.argument_is(argument, scope);
        let mut taken: Vec<String> = Vec::new();
        for candidate in &meant {
            let takes = self.parameter_takes(&candidate.parameters[furthest].kind);
            if !taken.contains(&takes) {
                taken.push(takes);
            }
        }
        let title = format!("the {} `{}` takes {} here, but {is}", called.word, called.name, taken.join(" or "));
        let mut message =
            Diagnostic::new(&WRONG_KIND, title, Some(argument.span)).at(format!("not {}", taken.join(" or ")));
        let mut takes: Vec<KindId> = Vec::new();
        for candidate in meant {
            if let ParameterKind::Entity(kinds) = &candidate.parameters[furthest].kind {
                takes.extend(kinds);
            }
            message = message
                .label(candidate.span, format!("declared here: {}", self.signature_text(called.name, candidate)));
        }
        self.report(match &argument.value {
            EventArgument::Term(Term::Variable(variable)) => match scope.variable(*variable) {
                Some(Variable { kind: VariableKind::Entity(kinds), name, .. })
                    if self.kinds_overlap_some(kinds, &takes) =>
                {
                    message.help(format!(
                        "{name} may be any {}, so what is said of it must fit all of them",
                        self.kind_names(kinds)
                    ))
                }
                _ => message,
            },
            _ => message,
        })
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
        format!("`{name}({})`", parameters.join(", "))
    }

    /// `character or thing`
    fn kind_names(&self, kinds: &[KindId]) -> String {
        let names: Vec<&str> = kinds.iter().map(|kind| self.world.kinds[kind.index()].name.as_str()).collect();
        names.join(" or ")
    }

    /// Whether something of the first kinds may be of the others.
    fn kinds_overlap_some(&self, kinds: &[KindId], others: &[KindId]) -> bool {
        !others.is_empty() && self.kinds_overlap(kinds, others)
    }

    /// Whether `term` is surely a character; if not, that is reported.
    pub(crate) fn require_character(&mut self, term: Term, span: Span, scope: &Scope) -> Resolved<Term> {
        let argument = EventArgument::Term(term);
        if self.argument_fits(&argument, &ParameterKind::Entity(vec![World::CHARACTER_KIND]), scope) {
            return Ok(term);
        }
        let title = format!("only characters believe and act, but {}", self.term_is(term, scope));
        let message = Diagnostic::new(&WRONG_KIND, title, Some(span)).at(format!("not {}", with_article("character")));
        let message = match self.declared_kinds_span(term, scope) {
            Some((span, kind)) => {
                message.label(span, format!("to make every {kind} a character, write `kind {kind} : character`"))
            }
            None => message,
        };
        Err(self.report(message))
    }

    /// The place and name of the only kind of `term`, where the story declares it.
    fn declared_kinds_span(&self, term: Term, scope: &Scope) -> Option<(Span, String)> {
        let kinds = match term {
            Term::Entity(entity) => self.world.entities[entity.index()].kinds.clone(),
            Term::Variable(variable) => match &scope.variable(variable)?.kind {
                VariableKind::Entity(kinds) => kinds.clone(),
                _ => return None,
            },
        };
        match kinds.as_slice() {
            [only] => {
                let kind = &self.world.kinds[only.index()];
                Some((kind.span?, kind.name.clone()))
            }
            _ => None,
        }
    }
}

fn wrong_count_message(called: Called<'_>, candidates: &[Candidate], given: usize) -> Diagnostic {
    let mut counts: Vec<usize> = candidates.iter().map(|candidate| candidate.parameters.len()).collect();
    counts.sort_unstable();
    counts.dedup();
    let taken: Vec<String> = counts.iter().map(usize::to_string).collect();
    let plural = if counts == [1] { "" } else { "s" };
    let title =
        format!("the {} `{}` takes {} argument{plural}, not {given}", called.word, called.name, taken.join(" or "),);
    let mut message = Diagnostic::new(&WRONG_COUNT, title, Some(called.span));
    for candidate in candidates {
        let names: Vec<&str> = candidate.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        message = message.label(candidate.span, format!("declared here: `{}({})`", called.name, names.join(", ")));
    }
    message
}
