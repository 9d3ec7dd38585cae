//! What somebody can see for themselves, no words change, nor what they would see for themselves if the words were true: the
//! `plain to` lines of facts made ground. Nor do words change what somebody takes themselves to have done, or not. Where they
//! are true, words are heeded all the same.

use super::closing::{Bindings, Bound};
use super::compile::{Compiled, Compiler, Sense};
use super::fluents::Extra;
use super::memory::Memory;
use super::{Atom, ChainId, Condition, GroundFluentId, Place, Problem, Value};
use crate::world::{EntityId, EventArgument, Observation, Observer, Term};
use std::sync::Arc;

impl Problem<'_> {
    /// For each character in which case they would take somebody's word that a fact has this value: where it is true, or neither
    /// the fact, nor one that excludes it, is plain to them, nor would it be if it had the value. `None`: always, all of them.
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
            let supposed = Some(told).filter(|&(other, value)| other == fact && !value.is_unknown());
            for line in plain(self, fact) {
                self.unless_plain(line, &arguments, supposed, &mut parts).map_err(|error| error.or_at(line.span))?;
            }
        }
        for doer in doers {
            if let Some(parts) = parts.get_mut(doer.index()) {
                parts.push(Condition::Constant(false));
            }
        }
        let (fluent, value) = told;
        let place = Place { chain: ChainId::REAL, fluent };
        let so = (!value.is_unknown()).then_some(Condition::Atom(Atom::Is { place, value, equal: true }));
        let heeded = |parts| Condition::any([Condition::all(parts)].into_iter().chain(so.clone()));
        let heeded: Arc<[Condition]> = parts.into_iter().map(heeded).collect();
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

    /// Adds, for each character of whom `line` speaks, that its condition does not hold, nor would if `supposed` were so.
    fn unless_plain(
        &mut self,
        line: &Observation,
        arguments: &[EntityId],
        supposed: Option<(GroundFluentId, Value)>,
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
            let now = compiler.condition(&line.condition, ChainId::REAL, Sense::Unless)?;
            if let Some(supposed) = supposed {
                let then = compiler.condition_supposing(supposed, &line.condition, Sense::Unless)?;
                parts.extend((then != now).then_some(then));
            }
            parts.push(now);
        }
        Ok(())
    }
}
