//! Ground facts as dense numbers: one block per declared fact, then the memories and the clock.
//!
//! Derived facts have no ground fact: they are unfolded wherever they are read. A fact about `someone` has none
//! either: it is unknown, and nothing makes it anything else.

use super::memory::Memory;
use super::{GroundError, GroundFluentId, Limits, Value, errors};
use crate::diagnostic::grouped;
use crate::world::{
    EntityId, Expression, Fluent, FluentId, FluentTerm, Parameter, ParameterKind, Term, ValueKind, World,
};
use std::convert::Infallible;

const NOT_IN_DOMAIN: u32 = u32::MAX;

/// The entities that a parameter takes.
#[derive(Clone, Debug)]
struct Domain {
    entities: Vec<EntityId>,
    positions: Vec<u32>,
}

impl Domain {
    fn new(world: &World, parameter: &Parameter) -> Self {
        let entities = entities_of(world, &parameter.kind);
        let mut positions = vec![NOT_IN_DOMAIN; world.entities.len()];
        for (position, entity) in entities.iter().enumerate() {
            positions[entity.index()] = position as u32;
        }
        Self { entities, positions }
    }
}

/// The entities that a parameter of `kind` takes, in entity order.
pub(crate) fn entities_of(world: &World, kind: &ParameterKind) -> Vec<EntityId> {
    match kind {
        ParameterKind::Entity(kinds) => world.entities_of(kinds).collect(),
        ParameterKind::Constant(entity) => vec![*entity],
        ParameterKind::Statement | ParameterKind::Number => Vec::new(),
    }
}

/// The ground facts of one declared fact.
#[derive(Clone, Debug)]
struct Block {
    first: usize,
    count: usize,
    domains: Vec<Domain>,
}

/// What a ground fact stands for.
#[derive(Clone, Debug)]
pub(crate) enum Extra {
    /// The memory of an event.
    Memory(Memory),
    /// The minutes since the story's first moment.
    Clock,
}

/// All ground facts.
#[derive(Clone, Debug)]
pub(crate) struct Fluents {
    blocks: Vec<Block>,
    declared: usize,
    extras: Vec<Extra>,
}

impl Fluents {
    pub(crate) fn new(world: &World, limits: &Limits) -> Result<Self, GroundError> {
        let mut blocks = Vec::with_capacity(world.fluents.len());
        let mut declared = 0usize;
        for fluent in &world.fluents {
            let domains: Vec<Domain> =
                fluent.parameters.iter().map(|parameter| Domain::new(world, parameter)).collect();
            let product = domains.iter().try_fold(1usize, |all, one| all.checked_mul(one.entities.len()));
            let count = if fluent.definition.is_some() { Some(0) } else { product };
            let total = count.and_then(|count| declared.checked_add(count));
            let (Some(count), Some(total)) = (count, total.filter(|&total| total <= limits.fluents)) else {
                return Err(too_many_facts(fluent, product, limits));
            };
            blocks.push(Block { first: declared, count, domains });
            declared = total;
        }
        Ok(Self { blocks, declared, extras: Vec::new() })
    }

    pub(crate) fn len(&self) -> usize {
        self.declared + self.extras.len()
    }

    /// The ground fact of `fluent` with `arguments`; `None` for a derived fact, or arguments outside its kinds.
    pub(crate) fn find(&self, fluent: FluentId, arguments: &[EntityId]) -> Option<GroundFluentId> {
        match self.find_among(fluent, arguments.iter().copied().map(Ok::<_, Infallible>)) {
            Ok(found) => found,
            Err(never) => match never {},
        }
    }

    /// The same of arguments that may fail.
    pub(crate) fn find_among<E>(
        &self,
        fluent: FluentId,
        arguments: impl ExactSizeIterator<Item = Result<EntityId, E>>,
    ) -> Result<Option<GroundFluentId>, E> {
        let block = &self.blocks[fluent.index()];
        let mut found = block.count > 0 && block.domains.len() == arguments.len();
        let mut offset = 0usize;
        for (place, argument) in arguments.enumerate() {
            let argument = argument?;
            let Some(domain) = block.domains.get(place) else { continue };
            let position = domain.positions[argument.index()];
            found &= position != NOT_IN_DOMAIN;
            offset = offset.wrapping_mul(domain.entities.len()).wrapping_add(position as usize);
        }
        Ok(found.then(|| GroundFluentId::from_index(block.first + offset)))
    }

    pub(crate) fn add(&mut self, extra: Extra) -> GroundFluentId {
        self.extras.push(extra);
        GroundFluentId::from_index(self.len() - 1)
    }

    pub(crate) fn extras(&self) -> impl Iterator<Item = (GroundFluentId, &Extra)> {
        let first = self.declared;
        self.extras.iter().enumerate().map(move |(index, extra)| (GroundFluentId::from_index(first + index), extra))
    }

    pub(crate) fn extra(&self, fluent: GroundFluentId) -> Option<&Extra> {
        fluent.index().checked_sub(self.declared).map(|index| &self.extras[index])
    }

    /// The declared fact of a ground fact; `None` for a memory or the clock.
    pub(crate) fn declared_fact(&self, fluent: GroundFluentId) -> Option<FluentId> {
        let is_declared = fluent.index() < self.declared;
        is_declared
            .then(|| FluentId::from_index(self.blocks.partition_point(|block| block.first <= fluent.index()) - 1))
    }

    /// The declared fact and the arguments of a ground fact; `None` for a memory or the clock.
    pub(crate) fn declared(&self, fluent: GroundFluentId) -> Option<(FluentId, Vec<EntityId>)> {
        let block = self.declared_fact(fluent)?.index();
        let mut offset = fluent.index() - self.blocks[block].first;
        let mut arguments = Vec::new();
        for domain in self.blocks[block].domains.iter().rev() {
            arguments.push(domain.entities[offset % domain.entities.len()]);
            offset /= domain.entities.len();
        }
        arguments.reverse();
        Some((FluentId::from_index(block), arguments))
    }

    /// The ground facts of one declared fact.
    pub(crate) fn of(&self, fluent: FluentId) -> impl Iterator<Item = GroundFluentId> + use<> {
        let block = &self.blocks[fluent.index()];
        (block.first..block.first + block.count).map(GroundFluentId::from_index)
    }

    /// The formula that reads the ground fact.
    pub(crate) fn expression(&self, fluent: GroundFluentId) -> Expression {
        match (self.declared(fluent), self.extra(fluent)) {
            (Some((fluent, arguments)), _) => {
                Expression::Fluent(FluentTerm { fluent, arguments: arguments.into_iter().map(Term::Entity).collect() })
            }
            (None, Some(Extra::Memory(memory))) => memory.expression(),
            (None, _) => Expression::Time,
        }
    }

    /// What the values of the ground fact are.
    pub(crate) fn value_kind(&self, world: &World, fluent: GroundFluentId) -> ValueKind {
        match (self.declared(fluent), self.extra(fluent)) {
            (Some((fluent, _)), _) => world.fluents[fluent.index()].value.clone(),
            (None, Some(Extra::Memory(memory))) if !memory.counts => ValueKind::Boolean,
            (None, _) => ValueKind::Number,
        }
    }
}

/// The value of a fact of `kind` before anything is said.
pub(crate) const fn plain_default(kind: &ValueKind) -> Value {
    match kind {
        ValueKind::Boolean => Value::NO,
        ValueKind::Number => Value::number_zero(),
        ValueKind::Entity(_) => Value::UNKNOWN,
    }
}

/// Says how many facts `fluent` stands for, and what makes fewer.
fn too_many_facts(fluent: &Fluent, count: Option<usize>, limits: &Limits) -> GroundError {
    let many = count.map_or_else(|| "far too many".to_owned(), grouped);
    let message = format!(
        "“{}” stands for {many} facts, one for each choice of its arguments; all facts together may be {} at most",
        fluent.name,
        grouped(limits.fluents)
    );
    GroundError::new(&errors::TOO_MANY_FACTS, message)
        .or_at(fluent.span)
        .help("fewer arguments, or narrower kinds for them, make fewer facts: two facts of three arguments are far fewer than one of six")
}
