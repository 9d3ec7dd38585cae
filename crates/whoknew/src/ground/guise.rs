//! Guises: who looks like another is taken for that one by those who do not know better. The `guise` fact made ground, and
//! events as they look to somebody so deceived.

use super::closing::Bindings;
use super::compile::Compiled;
use super::looks::Looks;
use super::sights::Viewers;
use super::{Amount, Event, EventId, GroundError, GroundFluentId, Place, Problem, Value};
use crate::world::{ActionId, EntityId, EventArgument, FluentId, ParameterKind, Term, World};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// The fact that says whom somebody looks like, and whom they deceive.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guises {
    fact: Option<FluentId>,
    /// Somebody is in a guise at the start, or because a telling was patched.
    given: bool,
    deceived: FxHashMap<EntityId, Arc<Viewers>>,
    /// Actions whose events ask what happened.
    asking: FxHashSet<ActionId>,
    pub(super) looks: Looks,
}

impl Guises {
    pub(super) fn new(world: &World) -> Self {
        let fact = world.fluents.iter().position(|fluent| fluent.guise.is_some() && fluent.definition.is_none());
        Self { fact: fact.map(FluentId::from_index), ..Self::default() }
    }

    /// Notes that events of `action` ask what happened.
    pub(super) fn asks_memories(&mut self, action: ActionId) {
        self.asking.insert(action);
    }
}

impl Event {
    /// The characters among its arguments, with their positions.
    pub(crate) fn characters(&self, world: &World) -> impl Iterator<Item = (usize, EntityId)> + '_ {
        let count = world.characters;
        let character = move |(index, argument): (usize, &EventArgument)| match argument {
            EventArgument::Term(Term::Entity(entity)) if entity.index() < count => Some((index, *entity)),
            _ => None,
        };
        self.term.arguments.iter().enumerate().filter_map(character)
    }
}

impl Problem<'_> {
    /// Whether anybody may ever be in a guise.
    pub(crate) fn may_be_in_guise(&self) -> bool {
        self.guises.fact.is_some_and(|fact| self.guises.given || self.constants.may_change(fact))
    }

    /// The ground fact that says whom `who` looks like.
    pub(crate) fn guise_of(&self, who: EntityId) -> Option<GroundFluentId> {
        self.fluents.find(self.guises.fact?, &[who])
    }

    /// Notes that facts are given values that no event gives them.
    pub(crate) fn note_given(&mut self, mut values: impl Iterator<Item = (GroundFluentId, Value)>) {
        let Some(fact) = self.guises.fact else { return };
        let fluents = &self.fluents;
        self.guises.given |=
            values.any(|(fluent, value)| !value.is_unknown() && fluents.declared_fact(fluent) == Some(fact));
    }

    /// Those whom `who` deceives who is only acted upon, each in which case.
    pub(crate) fn deceived_by(&mut self, who: EntityId) -> Compiled<Arc<Viewers>> {
        if let Some(known) = self.guises.deceived.get(&who) {
            return Ok(Arc::clone(known));
        }
        let world = self.world;
        let line = self.guises.fact.and_then(|fact| world.fluents[fact.index()].guise.as_ref());
        let viewers = match line {
            Some(line) => self.unfolded_viewers(line, &Bindings::of_entities(&[who]))?,
            None => None,
        };
        let viewers = viewers.unwrap_or_else(|| Viewers::Every(Vec::new()));
        let viewers = Arc::new(viewers);
        self.guises.deceived.insert(who, Arc::clone(&viewers));
        Ok(viewers)
    }

    /// Asks for what the events look like, to those whom guises deceive, that ask what happened: memories are made before
    /// the story begins.
    pub(super) fn mention_disguised(&mut self) {
        if !self.may_be_in_guise() {
            return;
        }
        for who in (0..self.world.characters).map(EntityId::from_index) {
            let _ = self.deceived_by(who);
        }
        if self.planned.is_some() {
            return;
        }
        let pairs = self.possible_guises();
        let mut next = 0;
        while next < self.events.events.len() && self.events.events.len() <= self.limits.instances {
            let event = EventId::from_index(next);
            next += 1;
            let ground = Arc::clone(self.get(event));
            if !self.guises.asking.contains(&ground.term.action) {
                continue;
            }
            for (index, who) in ground.characters(self.world) {
                let own = pairs.iter().filter(|&&(disguised, _)| disguised == who);
                let mut guises: Vec<EntityId> = own.map(|&(_, guise)| guise).collect();
                if !guises.is_empty() {
                    guises.push(self.world.someone());
                }
                for guise in guises {
                    // What cannot be made ground is reported if it comes to that.
                    let _ = self.disguised(event, &[(index, guise)]);
                }
            }
        }
    }

    /// Who may come to look like whom, as far as the events and the start tell.
    pub(super) fn possible_guises(&self) -> Vec<(EntityId, EntityId)> {
        let mut pairs = Vec::new();
        let mut note = |place: Place, value: Option<Value>| {
            let Some((declared, arguments)) = self.declared(place.fluent) else { return };
            let (true, [who]) = (Some(declared) == self.guises.fact, arguments.as_slice()) else { return };
            let characters = (0..self.world.characters).map(EntityId::from_index);
            let like = characters.filter(|&like| value.is_none_or(|value| value.as_entity() == Some(like)));
            pairs.extend(like.map(|like| (*who, like)));
        };
        let constant = |amount: &Amount| if let Amount::Constant(value) = amount { Some(*value) } else { None };
        for event in &self.events.events {
            for change in event.template.changes.iter() {
                note(change.place, constant(&change.value));
            }
            for stated in event.statements.iter().flat_map(|(_, statement)| statement.iter()) {
                note(stated.place, Some(stated.value));
            }
        }
        let start = self.start().iter().flat_map(|statement| statement.changes.iter());
        let rules = self.triggers.instances.iter().flat_map(|instance| instance.changes.iter());
        start.chain(rules).for_each(|change| note(change.place, constant(&change.value)));
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// `event` with others in these places; itself if one of them could not be there: such an act gives the guise away.
    pub(crate) fn disguised(&mut self, event: EventId, taken: &[(usize, EntityId)]) -> Result<EventId, GroundError> {
        let mut term = self.get(event).term.clone();
        let parameters = &self.world.actions[term.action.index()].parameters;
        for &(index, guise) in taken {
            let fits = match &parameters[index].kind {
                ParameterKind::Entity(kinds) => {
                    guise == self.world.someone() || kinds.iter().any(|&kind| self.world.is_of_kind(guise, kind))
                }
                _ => false,
            };
            if !fits {
                return Ok(event);
            }
            term.arguments[index] = EventArgument::Term(Term::Entity(guise));
        }
        let occasion = super::Occasion { scene: self.get(event).scene, ..super::Occasion::default() };
        self.event_on(&term, &occasion)
    }
}
