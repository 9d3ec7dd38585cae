//! Who notices an event, and as what: the `seen by` lines made ground.

use super::closing::{Bindings, Bound, close_event};
use super::compile::{Compiled, Compiler, Sense};
use super::decisions::Decisions;
use super::variables::{event_mentions, line_mentions};
use super::{ChainId, Condition, EventId, Problem};
use crate::world::{ActionId, EntityId, EventTerm, Observation, Observer, SceneId, VariableId};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// For which characters a `seen by` line holds.
#[derive(Debug)]
pub(crate) enum Viewers {
    One(EntityId, Condition),
    Every(Vec<Condition>),
    /// Every, where facts alone decide.
    EveryByFacts(Decisions),
}

/// What decides whether a `seen by` line holds for one character.
pub(crate) enum Viewing<'a> {
    If(&'a Condition),
    ByFacts(&'a Decisions),
}

impl Viewers {
    /// For each character the condition on which the line holds.
    pub(crate) fn every(conditions: Vec<Condition>) -> Self {
        Decisions::new(&conditions).map_or(Self::Every(conditions), Self::EveryByFacts)
    }

    /// What decides whether the line holds for `character`; `None`: it is about somebody else.
    #[inline]
    pub(crate) fn viewing(&self, character: EntityId) -> Option<Viewing<'_>> {
        match self {
            Self::One(viewer, condition) => (*viewer == character).then_some(Viewing::If(condition)),
            Self::Every(conditions) => conditions.get(character.index()).map(Viewing::If),
            Self::EveryByFacts(decisions) => Some(Viewing::ByFacts(decisions)),
        }
    }

    /// Whether a belief decides for somebody.
    pub(crate) fn read_beliefs(&self) -> bool {
        let mut reads = false;
        let mut visit = |condition: &Condition| condition.places(&mut |place| reads |= place.chain != ChainId::REAL);
        match self {
            Self::One(_, condition) => visit(condition),
            Self::Every(conditions) => conditions.iter().for_each(visit),
            Self::EveryByFacts(_) => {}
        }
        reads
    }
}

/// What those for whom a line holds notice.
#[derive(Clone, Debug)]
pub(crate) enum Appearance {
    Itself,
    Same(EventId),
    Each(Vec<EventId>),
}

/// A ground `seen by` line.
#[derive(Clone, Debug)]
pub(crate) struct Sight {
    pub(crate) viewers: Arc<Viewers>,
    pub(crate) appearance: Appearance,
    /// No guise deceives them.
    pub(crate) openly: bool,
}

/// The viewers of the lines unfolded so far, by action, line and the entities that the line mentions.
pub(crate) type KnownViewers = FxHashMap<(ActionId, usize, Vec<Option<EntityId>>), Arc<Viewers>>;

impl Problem<'_> {
    /// The viewers of one line; shared by all events that bind what the line mentions to the same entities. `None` for
    /// the line of an observer who is no character.
    pub(crate) fn viewers(
        &mut self,
        (action, line): (ActionId, usize),
        observation: &Observation,
        bindings: &Bindings,
    ) -> Compiled<Option<Arc<Viewers>>> {
        let world = self.world;
        let (observer, condition) = (&observation.observer, &observation.condition);
        let parameters = world.actions[action.index()].parameters.len();
        let mut shared = true;
        let mut used: Vec<Option<EntityId>> = vec![None; parameters];
        for (parameter, slot) in used.iter_mut().enumerate() {
            let variable = VariableId::from_index(parameter);
            if line_mentions(observer, condition, variable) {
                match bindings.get(variable) {
                    Some(Bound::Entity(entity)) => *slot = Some(*entity),
                    _ => shared = false,
                }
            }
        }
        let key = (action, line, used);
        if shared && let Some(viewers) = self.events.viewers.get(&key) {
            return Ok(Some(Arc::clone(viewers)));
        }
        let Some(viewers) = self.unfolded_viewers(observation, bindings)? else { return Ok(None) };
        let viewers = Arc::new(viewers);
        if shared {
            self.events.viewers.insert(key, Arc::clone(&viewers));
        }
        Ok(Some(viewers))
    }

    /// For which characters a line holds; `None` for that of an observer who is no character.
    pub(super) fn unfolded_viewers(
        &mut self,
        observation: &Observation,
        bindings: &Bindings,
    ) -> Compiled<Option<Viewers>> {
        let characters = self.world.characters;
        let condition = &observation.condition;
        let mut compiler = Compiler::new(self, bindings.clone());
        let viewers = match &observation.observer {
            Observer::One(term) => {
                let viewer = bindings.entity(*term)?;
                if viewer.index() >= characters {
                    return Ok(None);
                }
                Viewers::One(viewer, compiler.condition(condition, ChainId::REAL, Sense::So)?)
            }
            Observer::Every(binding) => {
                let domain = compiler.problem.entities_of(&binding.kinds);
                let mut conditions = vec![Condition::Constant(false); characters];
                for &character in domain.iter().filter(|who| who.index() < characters) {
                    compiler.bindings.bind(binding.variable, Some(Bound::Entity(character)));
                    conditions[character.index()] = compiler.condition(condition, ChainId::REAL, Sense::So)?;
                }
                Viewers::every(conditions)
            }
        };
        Ok(Some(viewers))
    }

    /// What those for whom a line holds take the event for.
    pub(crate) fn appearance(
        &mut self,
        noticed: &EventTerm,
        observer: &Observer,
        bindings: &Bindings,
        scene: Option<SceneId>,
    ) -> Compiled<Appearance> {
        let variable = match observer {
            Observer::Every(binding) if event_mentions(noticed, binding.variable) => binding.variable,
            _ => {
                let term = close_event(noticed, bindings)?;
                return Ok(Appearance::Same(self.intern_event(&term, scene, Vec::new())));
            }
        };
        let mut bindings = bindings.clone();
        let mut events = Vec::with_capacity(self.world.characters);
        for character in (0..self.world.characters).map(EntityId::from_index) {
            bindings.bind(variable, Some(Bound::Entity(character)));
            let term = close_event(noticed, &bindings)?;
            events.push(self.intern_event(&term, scene, Vec::new()));
        }
        Ok(Appearance::Each(events))
    }
}
