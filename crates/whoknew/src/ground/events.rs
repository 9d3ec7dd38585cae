//! Ground events: an action with its arguments, unfolded on demand and kept.

use super::changing::Changing;
use super::closing::{Bindings, Bound, close_event};
use super::compile::{Compiled, Compiler, Sense};
use super::variables::{event_mentions, line_mentions};
use super::{Amount, ChainId, Change, Changes, Condition, EventId, GroundFluentId, Place, Problem, Value};
use crate::world::{EntityId, EventTerm, Expression, Observer, SceneId, Term, VariableId};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What is special about one telling of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Occasion {
    /// The scene in which it happens, for counts between scenes.
    pub scene: Option<SceneId>,
    /// Characters who notice it, whatever the `seen by` lines say.
    pub noticed_by: Vec<EntityId>,
    /// Characters who do not notice it, whatever the `seen by` lines say.
    pub unnoticed_by: Vec<EntityId>,
}

/// A part of what an event needs.
#[derive(Clone, Debug)]
pub struct Need {
    /// What must hold.
    pub condition: Condition,
    /// Whether those who are surprised do not learn it.
    pub hidden: bool,
}

/// For which characters a `seen by` line holds.
#[derive(Debug)]
enum Viewers {
    One(EntityId, Condition),
    Every(Vec<Condition>),
}

/// What those for whom a line holds notice.
#[derive(Clone, Debug)]
enum Appearance {
    Itself,
    Same(EventId),
    Each(Vec<EventId>),
}

/// A ground `seen by` line.
#[derive(Clone, Debug)]
struct Sight {
    viewers: Arc<Viewers>,
    appearance: Appearance,
}

/// A ground event.
#[derive(Clone, Debug)]
pub struct Event {
    /// The action with its arguments.
    pub term: EventTerm,
    /// All must hold.
    pub needs: Vec<Need>,
    /// Whose choice it is; nobody's: fate.
    pub actors: Vec<EntityId>,
    /// What it changes.
    pub changes: Changes,
    sights: Vec<Sight>,
    notices: Vec<(EntityId, bool)>,
    /// The same event without what is special about this telling; that is what happens in beliefs.
    plain: EventId,
    scene: Option<SceneId>,
    /// Whether a condition of it reads a belief.
    pub(crate) reads_beliefs: bool,
    /// Facts that noticing the event, in whatever way, may change in somebody's beliefs.
    may_change: std::sync::OnceLock<Arc<[GroundFluentId]>>,
}

impl Event {
    /// The conditions that may decide what `character` notices, in order, with what they then notice.
    pub(crate) fn sights_of(&self, character: EntityId) -> impl Iterator<Item = (&Condition, EventId)> + '_ {
        let plain = self.plain;
        self.sights.iter().filter_map(move |sight| {
            let condition = match &*sight.viewers {
                Viewers::One(viewer, condition) => (*viewer == character).then_some(condition)?,
                Viewers::Every(conditions) => &conditions[character.index()],
            };
            let event = match &sight.appearance {
                Appearance::Itself => plain,
                Appearance::Same(event) => *event,
                Appearance::Each(events) => events[character.index()],
            };
            Some((condition, event))
        })
    }

    /// Whether this telling says that `character` notices it, or does not.
    pub(crate) fn told_notice(&self, character: EntityId) -> Option<bool> {
        self.notices.iter().find(|(who, _)| *who == character).map(|(_, notices)| *notices)
    }

    /// The same event without what is special about this telling.
    pub fn plain(&self) -> EventId {
        self.plain
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
        for sight in &self.sights {
            match &*sight.viewers {
                Viewers::One(_, condition) => condition.places(&mut visit),
                Viewers::Every(conditions) => conditions.iter().for_each(|condition| condition.places(&mut visit)),
            }
        }
        reads
    }

    /// All events that somebody may take it for, itself left out.
    pub(crate) fn appearances(&self) -> impl Iterator<Item = EventId> + '_ {
        self.sights
            .iter()
            .flat_map(|sight| match &sight.appearance {
                Appearance::Itself => &[][..],
                Appearance::Same(event) => std::slice::from_ref(event),
                Appearance::Each(events) => events.as_slice(),
            })
            .copied()
    }
}

type SightKey = (usize, usize, Vec<Option<EntityId>>);

/// All ground events that were asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Events {
    pub(crate) events: Vec<Arc<Event>>,
    /// Events are told apart by a text of their arguments and what is special about them.
    by_key: FxHashMap<Key, EventId>,
    viewers: FxHashMap<SightKey, Arc<Viewers>>,
    pending: Vec<EventId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    term: String,
    window: usize,
    notices: Vec<(EntityId, bool)>,
}

impl Problem<'_> {
    /// The ground event of `term` (no variables; `Anyone` is `someone`).
    pub fn event(&mut self, term: &EventTerm) -> Compiled<EventId> {
        self.event_on(term, &Occasion::default())
    }

    /// The ground event of `term` with what is special about this telling of it.
    pub fn event_on(&mut self, term: &EventTerm, occasion: &Occasion) -> Compiled<EventId> {
        let noticed = occasion.noticed_by.iter().map(|&who| (who, true));
        let unnoticed = occasion.unnoticed_by.iter().map(|&who| (who, false));
        let mut notices: Vec<_> = noticed.chain(unnoticed).collect();
        notices.sort_unstable();
        let id = self.intern_event(term, occasion.scene, notices);
        while let Some(pending) = self.events.pending.pop() {
            if let Err(error) = self.unfold_event(pending) {
                self.events.pending.clear();
                let span = self.world.actions[term.action.index()].span;
                return Err(error.or_at(span));
            }
        }
        Ok(id)
    }

    /// A ground event.
    pub fn get(&self, event: EventId) -> &Arc<Event> {
        &self.events.events[event.index()]
    }

    /// The facts that noticing `event`, in whatever way, may change in somebody's beliefs.
    pub(crate) fn may_change(&self, event: EventId) -> Arc<[GroundFluentId]> {
        let ground = self.get(event);
        let facts = ground.may_change.get_or_init(|| {
            let mut seen = vec![event, ground.plain];
            let mut facts = Vec::new();
            let mut next = 0;
            while next < seen.len() {
                let event = self.get(seen[next]);
                next += 1;
                for need in &event.needs {
                    need.condition.places(&mut |place| facts.push(place.fluent));
                }
                facts.extend(event.changes.iter().map(|change| change.place.fluent));
                for other in event.appearances() {
                    if !seen.contains(&other) {
                        seen.push(other);
                    }
                }
            }
            facts.sort_unstable();
            facts.dedup();
            facts.into()
        });
        Arc::clone(facts)
    }

    /// The event that it is now so many minutes after the story's first moment. Everybody notices, but for those who are
    /// `unaware`, and everybody believes so of everybody. `None` where nothing mentions how much time passed, or the
    /// first situations are still to be made.
    pub fn time_passes(&mut self, minutes: Value, unaware: &[EntityId]) -> Option<EventId> {
        let clock = self.clock.filter(|_| self.frozen)?;
        let plain = EventId::from_index(self.events.events.len());
        let everybody = (0..self.world.characters).map(EntityId::from_index);
        let sight = |who| Sight {
            viewers: Arc::new(Viewers::One(who, Condition::Constant(true))),
            appearance: Appearance::Itself,
        };
        let place = Place { chain: ChainId::REAL, fluent: clock };
        let change = Change { condition: Condition::Constant(true), place, value: Amount::Constant(minutes) };
        let event = Event {
            term: EventTerm {
                action: crate::world::ActionId::from_index(self.world.actions.len()),
                arguments: Vec::new(),
            },
            needs: Vec::new(),
            actors: Vec::new(),
            changes: Changes::new(vec![change]),
            sights: everybody.map(sight).collect(),
            notices: Vec::new(),
            plain,
            scene: None,
            reads_beliefs: false,
            may_change: std::sync::OnceLock::new(),
        };
        self.events.events.push(Arc::new(event.clone()));
        if unaware.is_empty() {
            return Some(plain);
        }
        let notices = unaware.iter().map(|&who| (who, false)).collect();
        self.events.events.push(Arc::new(Event { notices, ..event }));
        Some(EventId::from_index(plain.index() + 1))
    }

    fn intern_event(&mut self, term: &EventTerm, scene: Option<SceneId>, notices: Vec<(EntityId, bool)>) -> EventId {
        let mut term = term.clone();
        let someone = crate::world::EventArgument::Term(Term::Entity(self.world.someone()));
        for argument in &mut term.arguments {
            if *argument == crate::world::EventArgument::Anyone {
                *argument = someone.clone();
            }
        }
        let window = self.window(scene);
        let key = Key { term: format!("{term:?}"), window, notices };
        if let Some(&id) = self.events.by_key.get(&key) {
            return id;
        }
        let plain = if key.notices.is_empty() { None } else { Some(self.intern_event(&term, scene, Vec::new())) };
        let id = EventId::from_index(self.events.events.len());
        self.events.events.push(Arc::new(Event {
            term,
            needs: Vec::new(),
            actors: Vec::new(),
            changes: Changes::default(),
            sights: Vec::new(),
            notices: key.notices.clone(),
            plain: plain.unwrap_or(id),
            scene,
            reads_beliefs: false,
            may_change: std::sync::OnceLock::new(),
        }));
        self.events.by_key.insert(key, id);
        self.events.pending.push(id);
        id
    }

    /// Scenes between which no count begins or ends are one window.
    fn window(&self, scene: Option<SceneId>) -> usize {
        match scene {
            None => 0,
            Some(_) if self.memories.bounds.is_empty() => 0,
            Some(scene) => scene.index() + 1,
        }
    }

    fn unfold_event(&mut self, id: EventId) -> Compiled<()> {
        let world = self.world;
        let term = self.events.events[id.index()].term.clone();
        let action = &world.actions[term.action.index()];
        let bindings = Bindings::of_event(&term, world.someone());
        let mut compiler = Compiler::new(self, bindings.clone());
        let mut needs = Vec::with_capacity(action.preconditions.len());
        for precondition in &action.preconditions {
            let condition = compiler
                .condition(&precondition.condition.value, ChainId::REAL, Sense::So)
                .map_err(|error| error.or_at(precondition.condition.span))?;
            needs.push(Need { condition, hidden: precondition.hidden });
        }
        let mut actors = Vec::with_capacity(action.actors.len());
        for &actor in &action.actors {
            let actor = bindings.entity(actor)?;
            if actor.index() < world.characters && !actors.contains(&actor) {
                actors.push(actor);
            }
        }
        let mut changing = Changing::new(&mut compiler);
        changing.effect(&action.effect, ChainId::REAL)?;
        let changes = Changes::new(changing.finish());
        self.loosen(changes.iter().map(|change| change.place.fluent).collect::<Vec<_>>())?;
        let sights = self.unfold_sights(&term, &bindings, &actors, self.events.events[id.index()].scene)?;
        let event = Arc::make_mut(&mut self.events.events[id.index()]);
        event.needs = needs;
        event.actors = actors;
        event.changes = changes;
        event.sights = sights;
        event.reads_beliefs = event.reads_any_belief();
        if self.frozen {
            self.remember_event(id);
        }
        Ok(())
    }

    /// Adds to an event what it does to memories; done once all memories are known.
    pub(crate) fn remember_event(&mut self, id: EventId) {
        let event = &self.events.events[id.index()];
        let mut changes: Vec<Change> = event.changes.iter().cloned().collect();
        let before = changes.len();
        for &fluent in self.memories.of(event.term.action) {
            let Some(super::fluents::Extra::Memory(memory)) = self.fluents.extra(fluent) else { continue };
            if !memory.matches(self.world, &event.term) || !self.scenes.counts_in(memory, event.scene) {
                continue;
            }
            let place = Place { chain: ChainId::REAL, fluent };
            let value = if memory.counts {
                let one = Box::new(Amount::Constant(Value::number(1.0)));
                Amount::Arithmetic(crate::world::Arithmetic::Add, Box::new(Amount::Place(place)), one)
            } else {
                Amount::Constant(Value::YES)
            };
            changes.push(Change { condition: Condition::Constant(true), place, value });
        }
        if changes.len() != before {
            Arc::make_mut(&mut self.events.events[id.index()]).changes = Changes::new(changes);
        }
    }

    fn unfold_sights(
        &mut self,
        term: &EventTerm,
        bindings: &Bindings,
        actors: &[EntityId],
        scene: Option<SceneId>,
    ) -> Compiled<Vec<Sight>> {
        let world = self.world;
        let action = &world.actions[term.action.index()];
        if action.observations.is_empty() {
            let sight = |&actor: &EntityId| Sight {
                viewers: Arc::new(Viewers::One(actor, Condition::Constant(true))),
                appearance: Appearance::Itself,
            };
            return Ok(actors.iter().map(sight).collect());
        }
        let mut sights = Vec::with_capacity(action.observations.len());
        for (line, observation) in action.observations.iter().enumerate() {
            let viewers = self
                .viewers((term.action.index(), line), &observation.observer, &observation.condition, bindings)
                .map_err(|error| error.or_at(observation.span))?;
            let Some(viewers) = viewers else { continue };
            let appearance = match &observation.noticed_as {
                None => Appearance::Itself,
                Some(noticed) => self.appearance(noticed, &observation.observer, bindings, scene)?,
            };
            sights.push(Sight { viewers, appearance });
        }
        Ok(sights)
    }

    fn appearance(
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

    /// The viewers of one line; shared by all events that bind what the line mentions to the same entities. `None` for
    /// the line of an observer who is no character.
    fn viewers(
        &mut self,
        (action, line): (usize, usize),
        observer: &Observer,
        condition: &Expression,
        bindings: &Bindings,
    ) -> Compiled<Option<Arc<Viewers>>> {
        let world = self.world;
        let parameters = world.actions[action].parameters.len();
        let mut used: Vec<Option<EntityId>> = Vec::with_capacity(parameters);
        let mut shared = true;
        for parameter in 0..parameters {
            let variable = VariableId::from_index(parameter);
            if !line_mentions(observer, condition, variable) {
                used.push(None);
                continue;
            }
            match bindings.get(variable) {
                Some(Bound::Entity(entity)) => used.push(Some(*entity)),
                _ => {
                    used.push(None);
                    shared = false;
                }
            }
        }
        let key = (action, line, used);
        if shared && let Some(viewers) = self.events.viewers.get(&key) {
            return Ok(Some(Arc::clone(viewers)));
        }
        let mut compiler = Compiler::new(self, bindings.clone());
        let viewers = match observer {
            Observer::One(term) => {
                let viewer = bindings.entity(*term)?;
                if viewer.index() >= world.characters {
                    return Ok(None);
                }
                Viewers::One(viewer, compiler.condition(condition, ChainId::REAL, Sense::So)?)
            }
            Observer::Every(binding) => {
                let mut conditions = vec![Condition::Constant(false); world.characters];
                for character in world.entities_of(&binding.kinds).filter(|who| who.index() < world.characters) {
                    compiler.bindings.bind(binding.variable, Some(Bound::Entity(character)));
                    conditions[character.index()] = compiler.condition(condition, ChainId::REAL, Sense::So)?;
                }
                Viewers::Every(conditions)
            }
        };
        let viewers = Arc::new(viewers);
        if shared {
            self.events.viewers.insert(key, Arc::clone(&viewers));
        }
        Ok(Some(viewers))
    }
}
