//! All ground events that were asked for, each made once.

use super::closing::Bindings;
use super::compile::Compiled;
use super::events::{Event, Joins, Occasion};
use super::fluents::Extra;
use super::sights::{Appearance, KnownViewers, Sight, Viewers};
use super::templates::{PlainStatement, StatedValue, Template};
use super::{Amount, ChainId, Change, Changes, Condition, EventId, GroundError, GroundFluentId, Place, Problem, Value};
use crate::world::{ActionId, EntityId, EventArgument, EventTerm, Expression, SceneId, Term, VariableId};
use rustc_hash::FxHashMap;
use std::sync::{Arc, OnceLock};

crate::define_id! {
    /// Names a statement that events are about.
    pub struct StatementId;
}

/// All ground events that were asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Events {
    pub(crate) events: Vec<Arc<Event>>,
    by_key: FxHashMap<Key, EventId>,
    /// Templates by action and entities; `None`: these events get templates of their own.
    templates: FxHashMap<(ActionId, Vec<Option<EntityId>>), Option<Arc<Template>>>,
    statements: FxHashMap<String, StatementId>,
    plain_statements: Vec<Option<PlainStatement>>,
    pub(crate) viewers: KnownViewers,
    pub(crate) joins: Arc<Joins>,
    pending: Vec<EventId>,
}

/// What tells events apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    action: ActionId,
    arguments: Vec<KeyArgument>,
    window: usize,
    notices: Vec<(EntityId, bool)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum KeyArgument {
    Entity(EntityId),
    Statement(StatementId),
    Number(Value),
    Open,
}

impl Problem<'_> {
    /// The ground event of `term` (no variables; `Anyone` is `someone`).
    pub fn event(&mut self, term: &EventTerm) -> Result<EventId, GroundError> {
        self.event_on(term, &Occasion::default())
    }

    /// The ground event of `term` with what is special about this telling of it.
    pub fn event_on(&mut self, term: &EventTerm, occasion: &Occasion) -> Result<EventId, GroundError> {
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
                event.template.mentioned(&mut facts);
                facts.extend(event.memories.iter().map(|(fluent, _)| *fluent));
                for (_, statement) in &event.statements {
                    facts.extend(statement.iter().map(|stated| stated.place.fluent));
                }
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
        let everybody = vec![Condition::Constant(true); self.world.characters];
        let place = Place { chain: ChainId::REAL, fluent: clock };
        let change = Change { condition: Condition::Constant(true), place, value: Amount::Constant(minutes) };
        let event = Event {
            term: EventTerm { action: ActionId::from_index(self.world.actions.len()), arguments: Vec::new() },
            template: Arc::new(Template::plain(Changes::new(vec![change]))),
            statements: Vec::new(),
            heeds_beliefs: false,
            memories: Vec::new(),
            sights: vec![Sight {
                viewers: Arc::new(Viewers::every(everybody)),
                appearance: Appearance::Itself,
                openly: true,
            }],
            notices: Vec::new(),
            plain,
            scene: None,
            may_change: OnceLock::new(),
        };
        self.events.events.push(Arc::new(event.clone()));
        if unaware.is_empty() {
            return Some(plain);
        }
        let notices = unaware.iter().map(|&who| (who, false)).collect();
        self.events.events.push(Arc::new(Event { notices, ..event }));
        Some(EventId::from_index(plain.index() + 1))
    }

    pub(crate) fn intern_event(
        &mut self,
        term: &EventTerm,
        scene: Option<SceneId>,
        notices: Vec<(EntityId, bool)>,
    ) -> EventId {
        let arguments = term.arguments.iter().map(|argument| self.key_argument(argument)).collect();
        let key = Key { action: term.action, arguments, window: self.window(scene), notices };
        if let Some(&id) = self.events.by_key.get(&key) {
            return id;
        }
        let plain = if key.notices.is_empty() { None } else { Some(self.intern_event(term, scene, Vec::new())) };
        let mut term = term.clone();
        for argument in &mut term.arguments {
            if *argument == EventArgument::Anyone {
                *argument = EventArgument::Term(Term::Entity(self.world.someone()));
            }
        }
        let id = EventId::from_index(self.events.events.len());
        self.events.events.push(Arc::new(Event {
            term,
            template: Arc::new(Template::plain(Changes::default())),
            statements: Vec::new(),
            heeds_beliefs: false,
            memories: Vec::new(),
            sights: Vec::new(),
            notices: key.notices.clone(),
            plain: plain.unwrap_or(id),
            scene,
            may_change: OnceLock::new(),
        }));
        self.events.by_key.insert(key, id);
        self.events.pending.push(id);
        id
    }

    fn key_argument(&mut self, argument: &EventArgument) -> KeyArgument {
        match argument {
            EventArgument::Term(Term::Entity(entity)) => KeyArgument::Entity(*entity),
            EventArgument::Anyone => KeyArgument::Entity(self.world.someone()),
            EventArgument::Number(number) => KeyArgument::Number(Value::number(*number)),
            EventArgument::Statement(statement) => KeyArgument::Statement(self.statement_id(statement)),
            EventArgument::Term(Term::Variable(_)) | EventArgument::StatementVariable(_) => KeyArgument::Open,
        }
    }

    /// Statements are told apart by their text.
    fn statement_id(&mut self, statement: &Expression) -> StatementId {
        let text = format!("{statement:?}");
        if let Some(&known) = self.events.statements.get(&text) {
            return known;
        }
        let id = StatementId::from_index(self.events.statements.len());
        self.events.statements.insert(text, id);
        let plain = self.plain_statement(statement);
        self.events.plain_statements.push(plain);
        id
    }

    /// The values that make `statement` so, if that depends on nothing.
    fn plain_statement(&mut self, statement: &Expression) -> Option<PlainStatement> {
        let changes = self.made_so(&[], statement).ok()?;
        // Said before the rules are ground, it changes facts all the same.
        self.loosen(changes.iter().map(|change| change.place.fluent).collect::<Vec<_>>()).ok()?;
        let plain = |change: &Change| match (&change.condition, &change.value) {
            (Condition::Constant(true), Amount::Constant(value)) => {
                Some(StatedValue { place: change.place, value: *value, told: (change.place.fluent, *value) })
            }
            _ => None,
        };
        let mut stated = changes.iter().map(plain).collect::<Option<Vec<_>>>()?;
        for index in 0..stated.len() {
            let one = stated[index];
            if one.value.is_unknown() {
                let others = self.other_whereabouts(one.place.fluent);
                let instead = |other: &&StatedValue| {
                    !other.value.is_unknown()
                        && other.place.chain == one.place.chain
                        && others.contains(&other.place.fluent)
                };
                stated[index].told = stated.iter().find(instead).map_or(one.told, |other| other.told);
            }
        }
        Some(stated.into())
    }

    /// Scenes between which no count begins or ends are one window.
    fn window(&self, scene: Option<SceneId>) -> usize {
        match scene {
            Some(scene) if !self.memories.bounds.is_empty() => scene.index() + 1,
            _ => 0,
        }
    }

    fn unfold_event(&mut self, id: EventId) -> Compiled<()> {
        let term = self.get(id).term.clone();
        let scene = self.get(id).scene;
        let bindings = Bindings::of_event(&term, self.world.someone());
        let asked = self.memories.asked;
        let (template, statements) = self.template(&term, &bindings)?;
        let heeds_beliefs = self.heed(&template, &statements)?;
        let sights = self.sights(&term, &template, &bindings, scene)?;
        if self.memories.asked != asked {
            self.guises.asks_memories(term.action);
        }
        let event = Arc::make_mut(&mut self.events.events[id.index()]);
        event.template = template;
        event.statements = statements;
        event.heeds_beliefs = heeds_beliefs;
        event.sights = sights;
        if self.frozen {
            self.remember_event(id);
        }
        Ok(())
    }

    /// The template of an event, and the statements that it leaves open.
    fn template(
        &mut self,
        term: &EventTerm,
        bindings: &Bindings,
    ) -> Compiled<(Arc<Template>, Vec<(VariableId, PlainStatement)>)> {
        let Some(statements) = self.open_statements(term) else {
            return Ok((Arc::new(self.unfold_template(term.action, bindings, false)?), Vec::new()));
        };
        let entity = |argument: &EventArgument| match argument {
            EventArgument::Term(Term::Entity(entity)) => Some(*entity),
            _ => None,
        };
        let key = (term.action, term.arguments.iter().map(entity).collect::<Vec<_>>());
        let shared = match self.events.templates.get(&key) {
            Some(shared) => shared.clone(),
            None => {
                let mut open = bindings.clone();
                for (variable, _) in &statements {
                    open.bind(*variable, None);
                }
                let shared = self.unfold_template(term.action, &open, true).ok().map(Arc::new);
                self.events.templates.insert(key, shared.clone());
                shared
            }
        };
        match shared {
            Some(template) => {
                self.join_chains(&template, &statements);
                Ok((template, statements))
            }
            None => Ok((Arc::new(self.unfold_template(term.action, bindings, false)?), Vec::new())),
        }
    }

    /// The plain statements among the arguments; `None` if one is not plain, or there are numbers.
    fn open_statements(&mut self, term: &EventTerm) -> Option<Vec<(VariableId, PlainStatement)>> {
        let mut statements = Vec::new();
        for (index, argument) in term.arguments.iter().enumerate() {
            match argument {
                EventArgument::Statement(statement) => {
                    let id = self.statement_id(statement);
                    let plain = self.events.plain_statements[id.index()].clone()?;
                    statements.push((VariableId::from_index(index), plain));
                }
                EventArgument::Number(_) => return None,
                _ => {}
            }
        }
        Some(statements)
    }

    /// Joins the chains of a template's open beliefs with those of the statements' own.
    fn join_chains(&mut self, template: &Template, statements: &[(VariableId, PlainStatement)]) {
        for (_, statement) in statements {
            for place in statement.iter().map(|stated| stated.place).filter(|place| place.chain != ChainId::REAL) {
                for change in &template.stated {
                    let key = (change.chain, place.chain);
                    if self.events.joins.joined.contains_key(&key) {
                        continue;
                    }
                    let mut believers = self.chains.believers(change.chain).to_vec();
                    believers.extend_from_slice(self.chains.believers(place.chain));
                    let joined = self.chains.intern(&believers);
                    Arc::make_mut(&mut self.events.joins).joined.insert(key, joined);
                }
            }
        }
    }

    /// Finds out in which case those who are told `statements` believe them, and whether that reads beliefs.
    fn heed(&mut self, template: &Template, statements: &[(VariableId, PlainStatement)]) -> Compiled<bool> {
        let mut reads = false;
        if template.stated.iter().any(|change| change.own) {
            for stated in statements.iter().flat_map(|(_, statement)| statement.iter()) {
                for condition in self.heeded(stated.told)?.iter().flat_map(|heeded| heeded.iter()) {
                    condition.places(&mut |place| reads |= place.chain != ChainId::REAL);
                }
            }
        }
        Ok(reads)
    }

    fn sights(
        &mut self,
        term: &EventTerm,
        template: &Template,
        bindings: &Bindings,
        scene: Option<SceneId>,
    ) -> Compiled<Vec<Sight>> {
        let action = &self.world.actions[term.action.index()];
        if action.observations.is_empty() {
            let sight = |&actor: &EntityId| Sight {
                viewers: Arc::new(Viewers::One(actor, Condition::Constant(true))),
                appearance: Appearance::Itself,
                openly: false,
            };
            return Ok(template.actors.iter().map(sight).collect());
        }
        let mut sights = Vec::with_capacity(action.observations.len());
        for (observation, viewers) in action.observations.iter().zip(&template.viewers) {
            let Some(viewers) = viewers else { continue };
            let appearance = match &observation.noticed_as {
                None => Appearance::Itself,
                Some(noticed) => self.appearance(noticed, &observation.observer, bindings, scene)?,
            };
            sights.push(Sight { viewers: Arc::clone(viewers), appearance, openly: observation.openly });
        }
        Ok(sights)
    }

    /// Adds to an event what it does to memories; done once all memories are known.
    pub(crate) fn remember_event(&mut self, id: EventId) {
        let event = self.get(id);
        if event.term.action.index() >= self.world.actions.len() {
            return;
        }
        let mut memories = Vec::new();
        for &fluent in self.memories.of(event.term.action) {
            let Some(Extra::Memory(memory)) = self.fluents.extra(fluent) else { continue };
            if memory.matches(self.world, &event.term) && self.scenes.counts_in(memory, event.scene) {
                memories.push((fluent, memory.counts));
            }
        }
        if !memories.is_empty() {
            Arc::make_mut(&mut self.events.events[id.index()]).memories = memories;
        }
    }
}
