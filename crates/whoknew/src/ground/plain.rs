//! What somebody can see for themselves, no words change: the `plain to` lines of facts made ground. Nor do words change what
//! somebody takes themselves to have done, or not, but where they are true.

use super::closing::{Bindings, Bound};
use super::compile::{Compiled, Compiler, Sense};
use super::fluents::Extra;
use super::memory::Memory;
use super::{Atom, ChainId, Condition, GroundFluentId, Place, Problem, Value};
use crate::world::{EntityId, EventArgument, Observation, Observer, Term};
use std::sync::Arc;

impl Problem<'_> {
    /// For each character in which case they would take somebody's word that a fact has this value: not where its value, or
    /// that of a fact that excludes it, is plain to them. `None`: always, all of them.
    pub(super) fn heeded(&mut self, told: (GroundFluentId, Value)) -> Compiled<Option<Arc<[Condition]>>> {
        if let Some(known) = self.events.joins.heeded.get(&told) {
            return Ok(Some(Arc::clone(known)));
        }
        let mut facts = self.other_whereabouts(told.0);
        facts.push(told.0);
        let world = self.world;
        let plain = |problem: &Self, fact| match problem.fluents.declared(fact) {
            Some((declared, _)) => world.fluents[declared.index()].plain.as_slice(),
            None => &[],
        };
        facts.retain(|&fact| !plain(self, fact).is_empty());
        let doers = self.doers(told.0);
        if facts.is_empty() && doers.is_empty() {
            return Ok(None);
        }
        let mut parts = vec![Vec::new(); world.characters];
        for fact in facts {
            let Some((_, arguments)) = self.declared(fact) else { continue };
            for line in plain(self, fact) {
                self.unless_plain(line, &arguments, &mut parts).map_err(|error| error.or_at(line.span))?;
            }
        }
        for doer in doers {
            let place = Place { chain: ChainId::REAL, fluent: told.0 };
            if let Some(parts) = parts.get_mut(doer.index()) {
                parts.push(Condition::Atom(Atom::Is { place, value: told.1, equal: true }));
            }
        }
        let heeded: Arc<[Condition]> = parts.into_iter().map(Condition::all).collect();
        Arc::make_mut(&mut self.events.joins).heeded.insert(told, Arc::clone(&heeded));
        Ok(Some(heeded))
    }

    /// Those whose choice the event was that `fluent` remembers, as far as it names them.
    fn doers(&self, fluent: GroundFluentId) -> Vec<EntityId> {
        let Some(Extra::Memory(Memory { event, counts: false, .. })) = self.fluents.extra(fluent) else {
            return Vec::new();
        };
        let entity = |actor: &Term| match actor {
            Term::Entity(entity) => Some(*entity),
            Term::Variable(parameter) => match event.arguments.get(parameter.index()) {
                Some(&EventArgument::Term(Term::Entity(entity))) => Some(entity),
                _ => None,
            },
        };
        self.world.actions[event.action.index()].actors.iter().filter_map(entity).collect()
    }

    /// Adds, for each character of whom `line` speaks, that its condition does not hold.
    fn unless_plain(
        &mut self,
        line: &Observation,
        arguments: &[EntityId],
        parts: &mut [Vec<Condition>],
    ) -> Compiled<()> {
        let mut compiler = Compiler::new(self, Bindings::of_entities(arguments));
        let (variable, characters) = match &line.observer {
            Observer::One(term) => (None, vec![compiler.bindings.entity(*term)?]),
            Observer::Every(binding) => (Some(binding.variable), compiler.problem.entities_of(&binding.kinds).to_vec()),
        };
        for character in characters {
            let Some(parts) = parts.get_mut(character.index()) else { continue };
            if let Some(variable) = variable {
                compiler.bindings.bind(variable, Some(Bound::Entity(character)));
            }
            parts.push(compiler.condition(&line.condition, ChainId::REAL, Sense::Unless)?);
        }
        Ok(())
    }
}
