//! From syntax trees to a [`World`]: names resolved, kinds checked, one file per term.
//!
//! Passes, each over all files in definition order: kinds, entities, signatures and patterns of facts, actions and
//! rules, the sentence book, bodies (formulas, effects), wants, start, scenes and tests.
//! Invariant: a function that returns [`Reported`] has already told the author why; nobody tells it again.

mod scope;

pub(crate) use scope::{Scope, Variable, VariableKind};

use crate::diagnostic::Diagnostic;
use crate::source::{Sources, Span};
use crate::world::names::Names;
use crate::world::usage::{Symbol, Usage};
use crate::world::{Kind, Telling, World};

/// What could not be resolved has been reported already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reported;

/// A resolved thing, or the knowledge that its mistake is reported.
pub(crate) type Resolved<T> = Result<T, Reported>;

/// The state of resolving: what is known so far and what was wrong.
pub(crate) struct Resolver<'a> {
    /// The texts.
    pub sources: &'a Sources,
    /// What is resolved so far.
    pub world: World,
    /// What names mean.
    pub names: Names,
    /// What is used where.
    pub usage: Usage,
    /// The declaration whose body is being resolved, for [`Usage`].
    pub inside: Option<Symbol>,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Resolver<'a> {
    /// A resolver that knows the built-in kinds only.
    pub fn new(sources: &'a Sources) -> Self {
        let built_in = |name: &str, parents| Kind { name: name.to_owned(), parents, span: None };
        let world = World {
            title: None,
            kinds: vec![built_in("entity", Vec::new()), built_in("character", vec![World::ENTITY_KIND])],
            entities: Vec::new(),
            characters: 0,
            fluents: Vec::new(),
            actions: Vec::new(),
            triggers: Vec::new(),
            utilities: Vec::new(),
            start: Vec::new(),
            telling: Telling::default(),
            tests: Vec::new(),
        };
        Self { sources, world, names: Names::default(), usage: Usage::default(), inside: None, diagnostics: Vec::new() }
    }

    /// Reports a mistake.
    pub fn report(&mut self, diagnostic: Diagnostic) -> Reported {
        self.diagnostics.push(diagnostic);
        Reported
    }

    /// Notes that `symbol` is used at `span`.
    pub fn used(&mut self, symbol: Symbol, span: Span) {
        self.usage.record(symbol, span, self.inside);
    }
}
