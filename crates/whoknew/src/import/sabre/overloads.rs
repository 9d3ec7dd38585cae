//! The names a file declares, and which of several properties of one name a call means.

use super::scope::Meaning;
use super::{DECLARED_TWICE, Failure, MISFIT, failure, unknown_name};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::world::{EntityId, FluentId, FluentTerm, KindId, Parameter, ParameterKind, Term, VariableId, World};
use rustc_hash::FxHashMap;

/// Why something could not be lowered.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It is wrong.
    Failed(Failure),
    /// This variable ranges over entities that need different properties: take the declaration apart.
    Split(VariableId),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// What lowering a part gives.
pub(super) type Lowered<T> = Result<T, Trouble>;

/// The names a file declares.
pub(super) struct Names<'a> {
    /// Kinds by name.
    pub kinds: FxHashMap<&'a str, KindId>,
    /// Entities by name.
    pub entities: FxHashMap<&'a str, EntityId>,
    /// Properties by name, in file order.
    pub fluents: FxHashMap<&'a str, Vec<FluentId>>,
    /// The entities `False` and `True`, which exist if some parameter is boolean.
    pub booleans: Option<[EntityId; 2]>,
    /// The entities of every kind.
    pub ranges: Vec<Vec<EntityId>>,
    /// What was lowered so far: kinds, entities and fluents are complete.
    pub world: World,
}

/// How well an argument fits a parameter.
#[derive(Clone, Copy, PartialEq)]
enum Fit {
    Full,
    Partial(VariableId),
    None,
}

impl Names<'_> {
    /// The entities over which a variable of `kind` ranges.
    pub fn range(&self, kind: KindId) -> &[EntityId] {
        &self.ranges[kind.index()]
    }

    /// The kind called `name`.
    pub fn kind(&self, name: &str, span: Span) -> Result<KindId, Failure> {
        self.kinds.get(name).copied().ok_or_else(|| {
            let title = format!("there is no type called `{name}`");
            unknown_name(title, name, span, self.kinds.keys().map(|name| &**name))
        })
    }

    /// The property that `name` with `arguments` means.
    pub fn fluent(&self, name: &str, arguments: &[(&str, Meaning)], span: Span) -> Lowered<FluentTerm> {
        let Some(candidates) = self.fluents.get(name) else {
            let names = self.fluents.keys().map(|name| &**name);
            return Err(unknown_name(format!("there is no property called `{name}`"), name, span, names).into());
        };
        let mut partial = None;
        for &fluent in candidates {
            match self.fit(&self.world.fluents[fluent.index()].parameters, arguments) {
                Fit::Full => return Ok(FluentTerm { fluent, arguments: self.terms(arguments) }),
                Fit::Partial(variable) => partial = partial.or(Some(variable)),
                Fit::None => {}
            }
        }
        match partial {
            Some(variable) => Err(Trouble::Split(variable)),
            None => Err(self.no_such_property(name, candidates, span).into()),
        }
    }

    /// That no property of this name takes what it is given, with what those of the name take.
    fn no_such_property(&self, name: &str, candidates: &[FluentId], span: Span) -> Failure {
        let mut message = failure(&MISFIT, format!("no property `{name}` takes these arguments"), span);
        for fluent in candidates.iter().take(3).map(|fluent| &self.world.fluents[fluent.index()]) {
            let takes: Vec<String> = fluent.parameters.iter().map(|parameter| self.takes(parameter)).collect();
            let takes = if takes.is_empty() { "nothing".to_owned() } else { takes.join(", ") };
            *message = message.label(fluent.span, format!("`{name}` takes {takes}"));
        }
        message
    }

    /// `a character`: what a parameter takes.
    fn takes(&self, parameter: &Parameter) -> String {
        match &parameter.kind {
            ParameterKind::Entity(kinds) => {
                let kinds: Vec<&str> = kinds.iter().map(|kind| self.world.kinds[kind.index()].name.as_str()).collect();
                format!("a {}", kinds.join(" or "))
            }
            ParameterKind::Constant(entity) => self.world.entities[entity.index()].name.clone(),
            ParameterKind::Statement | ParameterKind::Number => "a number".to_owned(),
        }
    }

    fn fit(&self, parameters: &[Parameter], arguments: &[(&str, Meaning)]) -> Fit {
        if parameters.len() != arguments.len() {
            return Fit::None;
        }
        let mut whole = Fit::Full;
        for (parameter, (_, meaning)) in parameters.iter().zip(arguments) {
            match self.fit_one(&parameter.kind, *meaning) {
                Fit::None => return Fit::None,
                Fit::Partial(variable) if whole == Fit::Full => whole = Fit::Partial(variable),
                _ => {}
            }
        }
        whole
    }

    fn fit_one(&self, parameter: &ParameterKind, meaning: Meaning) -> Fit {
        let takes = |entity: EntityId| match parameter {
            ParameterKind::Entity(kinds) => kinds.iter().any(|&kind| self.world.is_of_kind(entity, kind)),
            ParameterKind::Constant(constant) => *constant == entity,
            ParameterKind::Statement | ParameterKind::Number => false,
        };
        match meaning {
            Meaning::Constant(entity) if takes(entity) => Fit::Full,
            Meaning::Boolean(value) if self.boolean(value).is_some_and(takes) => Fit::Full,
            Meaning::Variable(variable, kind) => {
                let range = self.range(kind);
                match range.iter().filter(|&&entity| takes(entity)).count() {
                    count if count == range.len() => Fit::Full,
                    0 => Fit::None,
                    _ => Fit::Partial(variable),
                }
            }
            _ => Fit::None,
        }
    }

    /// The entity that stands for a boolean in argument position.
    pub fn boolean(&self, value: bool) -> Option<EntityId> {
        self.booleans.map(|booleans| booleans[usize::from(value)])
    }

    fn terms(&self, arguments: &[(&str, Meaning)]) -> Vec<Term> {
        let term = |(_, meaning): &(&str, Meaning)| match *meaning {
            Meaning::Variable(variable, _) => Some(Term::Variable(variable)),
            Meaning::Constant(entity) => Some(Term::Entity(entity)),
            Meaning::Boolean(value) => self.boolean(value).map(Term::Entity),
        };
        arguments.iter().filter_map(term).collect()
    }
}

/// Reports declarations of one name that fit the same arguments. `overlaps` says whether two parameters share an entity.
pub(super) fn report_clashes<'p>(
    declared: impl Iterator<Item = (&'p str, &'p [Parameter], Span)>,
    names: &Names,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut known: FxHashMap<&str, Vec<(&[Parameter], Span)>> = FxHashMap::default();
    for (name, parameters, span) in declared {
        let others = known.entry(name).or_default();
        let clash = others.iter().find(|(other, _)| {
            other.len() == parameters.len()
                && other.iter().zip(parameters).all(|(one, two)| names.overlap(&one.kind, &two.kind))
        });
        if let Some((_, first)) = clash {
            let title = format!("two definitions of `{name}` fit the same arguments");
            let message = failure(&DECLARED_TWICE, title, span).label(*first, "this is the first");
            diagnostics.push(message.help("rename one of them, or take it away"));
        } else if others.len() < 64 {
            others.push((parameters, span));
        }
    }
}

impl Names<'_> {
    fn overlap(&self, one: &ParameterKind, two: &ParameterKind) -> bool {
        let is_of =
            |entity: &EntityId, kinds: &[KindId]| kinds.iter().any(|&kind| self.world.is_of_kind(*entity, kind));
        match (one, two) {
            (ParameterKind::Constant(one), ParameterKind::Constant(two)) => one == two,
            (ParameterKind::Constant(constant), ParameterKind::Entity(kinds))
            | (ParameterKind::Entity(kinds), ParameterKind::Constant(constant)) => is_of(constant, kinds),
            (ParameterKind::Entity(one), ParameterKind::Entity(two)) => {
                one.iter().flat_map(|&kind| self.range(kind)).any(|entity| is_of(entity, two))
            }
            _ => false,
        }
    }
}
