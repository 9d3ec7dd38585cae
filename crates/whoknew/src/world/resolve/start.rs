//! The start: what is so before the story begins, and who knows it.

use super::codes::CANNOT_BE_MADE;
use super::{Reported, Resolved, Resolver, Scope, Tree};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{AstNode, Item, StartBlock, StartContent, StartLine, StartScope};
use crate::world::{Comparison, Effect, EntityId, Expression, FluentTerm, Spanned, StartStatement, Term, say};

impl Resolver<'_> {
    /// Resolves the start blocks of all files.
    pub(super) fn resolve_start(&mut self, trees: &[Tree]) {
        for item in trees.iter().flat_map(|tree| tree.items()) {
            if let Item::Start(block) = item {
                let statements = self.start_block(&block);
                self.world.start.extend(statements);
            }
        }
    }

    /// The statements of a start block; mistakes are reported.
    pub(crate) fn start_block(&mut self, block: &StartBlock) -> Vec<StartStatement> {
        let mut statements = Vec::new();
        for line in block.lines() {
            if !self.broken.touch(line.span()) {
                statements.extend(self.start_line(&line).ok());
            }
        }
        statements
    }

    fn start_line(&mut self, line: &StartLine) -> Resolved<StartStatement> {
        let content = line.content().ok_or(Reported)?;
        match line.scope() {
            StartScope::ToldToReader => match content {
                StartContent::Statement(statement) => Ok(StartStatement::ToldToReader(self.statement(&statement)?)),
                StartContent::Effect(_) => Err(Reported),
            },
            StartScope::Everybody => Ok(StartStatement::Common(self.start_effect(&content)?)),
            StartScope::KnownTo(names) => {
                let known: Vec<Resolved<EntityId>> = names.iter().map(|name| self.certain_character(name)).collect();
                let effect = self.start_effect(&content)?;
                Ok(StartStatement::KnownTo(known.into_iter().collect::<Resolved<Vec<EntityId>>>()?, effect))
            }
        }
    }

    fn start_effect(&mut self, content: &StartContent) -> Resolved<Spanned<Effect>> {
        match content {
            StartContent::Effect(effect) => {
                let value = self.effect(effect, &mut Scope::default())?;
                Ok(Spanned { value, span: effect.span })
            }
            StartContent::Statement(statement) => {
                let statement = self.statement(statement)?;
                self.refuse_knowledge(&statement)?;
                let value = self.effect_of(&statement.value, statement.span)?;
                Ok(Spanned { value, span: statement.span })
            }
        }
    }

    /// `Anna knows that …` in the start says that it is so, and so that everybody knows it.
    fn refuse_knowledge(&mut self, statement: &Spanned<Expression>) -> Resolved<()> {
        let parts = match &statement.value {
            Expression::And(parts) => parts.as_slice(),
            only => std::slice::from_ref(only),
        };
        let knows = |part: &Expression| match part {
            Expression::Knows(Term::Entity(who), known) => Some((*who, (**known).clone())),
            _ => None,
        };
        let Some(all) = parts.iter().map(knows).collect::<Option<Vec<_>>>() else { return Ok(()) };
        let Some((_, known)) = all.first() else { return Ok(()) };
        // What is believed is so of the believer alone: nobody knows it but those of whom it is said.
        let is_belief = |known: &Expression| matches!(known, Expression::Believes(..));
        if is_belief(known) || matches!(known, Expression::Not(inner) if is_belief(inner)) {
            return Ok(());
        }
        if all.len() >= self.world.characters || !all.iter().all(|(_, other)| other == known) {
            return Ok(());
        }
        let names: Vec<&str> = all.iter().map(|(who, _)| self.world.entities[who.index()].name.as_str()).collect();
        let (names, known) = (names.join(", "), say::statement(&self.world, known));
        let title = format!("everybody knows what the start says, not only {names}");
        let message = Diagnostic::new(&CANNOT_BE_MADE, title, Some(statement.span))
            .help(format!("if nobody else knows it, write `known to {names}: {known}`"))
            .help(format!("if everybody knows it, write `{known}` alone"));
        Err(self.report(message))
    }

    /// The effect that makes `statement` so; derived facts in it are reported.
    pub(crate) fn effect_of(&mut self, statement: &Expression, span: Span) -> Resolved<Effect> {
        if let Some(effect) = Effect::making(statement) {
            let mut made = Vec::new();
            effect.for_each_fact(&mut |fact: &FluentTerm| made.push(fact.fluent));
            for fluent in made {
                self.require_base(fluent, span)?;
            }
            return Ok(effect);
        }
        let mut read = Vec::new();
        statement.for_each(&mut |part| {
            if let Expression::Fluent(fact) = part {
                read.push(fact.fluent);
            }
        });
        for fluent in read {
            self.require_base(fluent, span)?;
        }
        Ok(Effect::Stated(Box::new(statement.clone())))
    }
}

impl Effect {
    /// The effect that makes a statement so: of facts with values, their opposites, beliefs in them to any depth, and
    /// several of these; `None` for anything else.
    pub fn making(statement: &Expression) -> Option<Self> {
        match statement {
            Expression::And(parts) => parts.iter().map(Self::making).collect::<Option<Vec<Self>>>().map(Self::All),
            Expression::Fluent(fact) => Some(Self::Assign(fact.clone(), Expression::Boolean(true))),
            Expression::Not(inner) => match &**inner {
                Expression::Fluent(fact) => Some(Self::Assign(fact.clone(), Expression::Boolean(false))),
                Expression::Not(inner) => Self::making(inner),
                _ => None,
            },
            Expression::Compare(Comparison::Equal, left, right) => match (&**left, &**right) {
                (Expression::Fluent(fact), value) | (value, Expression::Fluent(fact)) => {
                    Some(Self::Assign(fact.clone(), value.clone()))
                }
                _ => None,
            },
            Expression::Believes(character, inner) => Some(Self::Believes(*character, Box::new(Self::making(inner)?))),
            Expression::Knows(character, inner) => {
                let made = Self::making(inner)?;
                Some(Self::All(vec![made.clone(), Self::Believes(*character, Box::new(made))]))
            }
            Expression::Wonders(character, inner) => match &**inner {
                Expression::Fluent(fact) => {
                    Some(Self::Believes(*character, Box::new(Self::Assign(fact.clone(), Expression::Unknown))))
                }
                _ => None,
            },
            Expression::Statement(variable) => Some(Self::Statement(*variable)),
            _ => None,
        }
    }

    /// Whether this effect may give the fact of `term` such a value: `yes` or `no` as it is, any other by its kind.
    pub(crate) fn may_make(&self, term: &FluentTerm, value: &Expression) -> bool {
        match self {
            Self::Assign(fact, made) => {
                fact.fluent == term.fluent
                    && *made != Expression::Unknown
                    && (made == value || !matches!(value, Expression::Boolean(_)))
            }
            Self::If(_, inner) | Self::ForAll(_, inner) => inner.may_make(term, value),
            Self::All(parts) => parts.iter().any(|part| part.may_make(term, value)),
            Self::Believes(..) | Self::Statement(_) | Self::Stated(_) => false,
        }
    }

    /// Calls `visit` on every fact that this effect may change.
    pub fn for_each_fact(&self, visit: &mut impl FnMut(&FluentTerm)) {
        match self {
            Self::Assign(fact, _) => visit(fact),
            Self::Believes(_, inner) | Self::If(_, inner) | Self::ForAll(_, inner) => inner.for_each_fact(visit),
            Self::Statement(_) | Self::Stated(_) => {}
            Self::All(parts) => parts.iter().for_each(|part| part.for_each_fact(visit)),
        }
    }
}
