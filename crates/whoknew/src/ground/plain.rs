//! What somebody can see for themselves, no words change: the `plain to` lines of facts made ground.

use super::closing::{Bindings, Bound};
use super::compile::{Compiled, Compiler, Sense};
use super::{ChainId, Condition, GroundFluentId, Problem};
use crate::world::{EntityId, Observation, Observer};
use std::sync::Arc;

impl Problem<'_> {
    /// For each character in which case they would take somebody's word for the value of `fluent`: not where its value, or
    /// that of a fact that excludes it, is plain to them. `None`: always, all of them.
    pub(super) fn heeded(&mut self, fluent: GroundFluentId) -> Compiled<Option<Arc<[Condition]>>> {
        if let Some(known) = self.events.joins.heeded.get(&fluent) {
            return Ok(Some(Arc::clone(known)));
        }
        let mut facts = self.other_whereabouts(fluent);
        facts.push(fluent);
        let world = self.world;
        let plain = |problem: &Self, fact| match problem.fluents.declared(fact) {
            Some((declared, _)) => world.fluents[declared.index()].plain.as_slice(),
            None => &[],
        };
        facts.retain(|&fact| !plain(self, fact).is_empty());
        if facts.is_empty() {
            return Ok(None);
        }
        let mut parts = vec![Vec::new(); world.characters];
        for fact in facts {
            let Some((_, arguments)) = self.declared(fact) else { continue };
            for line in plain(self, fact) {
                self.unless_plain(line, &arguments, &mut parts).map_err(|error| error.or_at(line.span))?;
            }
        }
        let heeded: Arc<[Condition]> = parts.into_iter().map(Condition::all).collect();
        Arc::make_mut(&mut self.events.joins).heeded.insert(fluent, Arc::clone(&heeded));
        Ok(Some(heeded))
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
