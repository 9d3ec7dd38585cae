//! Templates: what all events of one action with the same entities share, whatever statements they are about.
//!
//! A hundred thousand tellings differ in what is told; who must be where, who hears it and who believes it is unfolded once
//! for each pair of speaker and hearer. A statement that is a plain fact with its value, or several, perhaps as somebody
//! believes it, is filled in when the event happens; an event about any other gets a template of its own.

use super::changing::Changing;
use super::closing::Bindings;
use super::compile::{Compiled, Compiler, Sense};
use super::sights::Viewers;
use super::{ChainId, Changes, Condition, GroundFluentId, Place, Problem, Value};
use crate::world::{ActionId, EntityId, VariableId};
use std::sync::Arc;

/// A part of what an event needs.
#[derive(Clone, Debug)]
pub struct Need {
    /// What must hold.
    pub condition: Condition,
    /// Whether those who are surprised do not learn it.
    pub hidden: bool,
}

/// A statement made so in somebody's beliefs, the statement being open.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StatedChange {
    pub(crate) condition: Condition,
    /// In whose beliefs; never [`ChainId::REAL`].
    pub(crate) chain: ChainId,
    /// The first believer of the chain.
    pub(crate) head: EntityId,
    pub(crate) statement: VariableId,
    /// Whether these are beliefs of one character, not of what others believe.
    pub(crate) own: bool,
}

/// What all events of one action with the same entities share.
#[derive(Debug)]
pub(crate) struct Template {
    pub(crate) needs: Vec<Need>,
    pub(crate) actors: Vec<EntityId>,
    pub(crate) changes: Changes,
    /// By the character in whose beliefs they are.
    pub(crate) stated: Vec<StatedChange>,
    /// One for each `seen by` line; `None` for a line about no character.
    pub(crate) viewers: Vec<Option<Arc<Viewers>>>,
    /// Whether a condition of it reads a belief.
    pub(crate) reads_beliefs: bool,
    /// Whether who notices it depends on beliefs.
    pub(crate) sights_read_beliefs: bool,
}

impl Template {
    /// An event without needs that nobody chose and that changes one fact: the passing of time.
    pub(crate) fn plain(changes: Changes) -> Self {
        Self {
            needs: Vec::new(),
            actors: Vec::new(),
            changes,
            stated: Vec::new(),
            viewers: Vec::new(),
            reads_beliefs: false,
            sights_read_beliefs: false,
        }
    }

    /// The facts that its needs mention and its changes name.
    pub(crate) fn mentioned(&self, facts: &mut Vec<GroundFluentId>) {
        for need in &self.needs {
            need.condition.places(&mut |place| facts.push(place.fluent));
        }
        facts.extend(self.changes.iter().map(|change| change.place.fluent));
    }

    fn reads_any_belief(&self) -> bool {
        let mut reads = false;
        let mut visit = |place: Place| reads |= place.chain != ChainId::REAL;
        for need in &self.needs {
            need.condition.places(&mut visit);
        }
        for change in self.changes.iter() {
            change.condition.places(&mut visit);
            change.value.places(&mut visit);
        }
        for change in &self.stated {
            change.condition.places(&mut visit);
        }
        reads || self.sights_read_any_belief()
    }

    fn sights_read_any_belief(&self) -> bool {
        self.viewers.iter().flatten().any(|viewers| viewers.read_beliefs())
    }
}

/// A statement as plain values, if it is that.
pub(crate) type PlainStatement = Arc<[StatedValue]>;

/// A value that a statement gives a fact.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StatedValue {
    pub(crate) place: Place,
    pub(crate) value: Value,
    /// What is said; of a fact that is unknown now, for another says where that is, the other. Who does not believe the one does
    /// not believe the other.
    pub(crate) told: (GroundFluentId, Value),
}

impl Problem<'_> {
    /// The template of `action` with these bindings. Statements that are not bound may only be made so in beliefs.
    pub(crate) fn unfold_template(&mut self, action: ActionId, bindings: &Bindings, open: bool) -> Compiled<Template> {
        let declared = &self.world.actions[action.index()];
        let mut needs = Vec::with_capacity(declared.preconditions.len());
        let mut compiler = Compiler::new(self, bindings.clone());
        for precondition in &declared.preconditions {
            let condition = compiler
                .condition(&precondition.condition.value, ChainId::REAL, Sense::So)
                .map_err(|error| error.or_at(precondition.condition.span))?;
            needs.push(Need { condition, hidden: precondition.hidden });
        }
        let mut actors = Vec::with_capacity(declared.actors.len());
        for &actor in &declared.actors {
            let actor = bindings.entity(actor)?;
            if actor.index() < compiler.problem.world.characters && !actors.contains(&actor) {
                actors.push(actor);
            }
        }
        let mut changing = Changing::new(&mut compiler);
        changing.leave_statements_open(open);
        changing.effect(&declared.effect, ChainId::REAL)?;
        let (changes, mut stated) = changing.finish_open();
        let changes = Changes::grouped(self, changes);
        self.loosen(changes.iter().map(|change| change.place.fluent).collect::<Vec<_>>())?;
        stated.sort_by_key(|change| change.head);
        let mut viewers = Vec::with_capacity(declared.observations.len());
        for (line, observation) in declared.observations.iter().enumerate() {
            viewers.push(
                self.viewers((action, line), observation, bindings).map_err(|error| error.or_at(observation.span))?,
            );
        }
        let (reads_beliefs, sights_read_beliefs) = (false, false);
        let mut template = Template { needs, actors, changes, stated, viewers, reads_beliefs, sights_read_beliefs };
        template.reads_beliefs = template.reads_any_belief();
        template.sights_read_beliefs = template.sights_read_any_belief();
        Ok(template)
    }
}
