//! Ground events: an action with its arguments, unfolded on demand and kept.

use super::sights::{Appearance, Sight, Viewing};
use super::templates::{Need, PlainStatement, StatedChange, StatedValue, Template};
use super::{
    Amount, ChainId, Change, Changes, Condition, Conflict, EventId, GroundFluentId, Level, Place, Value, evaluate,
};
use crate::world::{EntityId, EventTerm, SceneId, VariableId};
use rustc_hash::FxHashMap;
use std::sync::{Arc, OnceLock};

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

/// A ground event.
#[derive(Clone, Debug)]
pub struct Event {
    /// The action with its arguments.
    pub(super) term: EventTerm,
    pub(super) template: Arc<Template>,
    /// The statements it is about, where the template leaves them open.
    pub(super) statements: Vec<(VariableId, PlainStatement)>,
    /// Whether it depends on beliefs who takes these over.
    pub(super) heeds_beliefs: bool,
    /// What it does to memories: those that it sets, and those that it counts up.
    pub(super) memories: Vec<(GroundFluentId, bool)>,
    pub(super) sights: Vec<Sight>,
    pub(super) notices: Vec<(EntityId, bool)>,
    /// The same event without what is special about this telling; that is what happens in beliefs.
    pub(super) plain: EventId,
    pub(super) scene: Option<SceneId>,
    /// Facts that noticing the event, in whatever way, may change in somebody's beliefs.
    pub(super) may_change: OnceLock<Arc<[GroundFluentId]>>,
}

/// Writes, or two different ones of one place.
pub type Written = Result<Vec<(Place, Value)>, Conflict>;

fn add(writes: &mut Vec<(Place, Value)>, place: Place, value: Value) -> Result<(), Conflict> {
    match writes.iter().find(|(written, _)| *written == place) {
        Some(&(place, first)) if first != value => Err(Conflict { place, first, second: value }),
        Some(_) => Ok(()),
        None => {
            writes.push((place, value));
            Ok(())
        }
    }
}

impl Event {
    /// The action with its arguments.
    pub fn term(&self) -> &EventTerm {
        &self.term
    }

    /// All must hold.
    pub fn needs(&self) -> &[Need] {
        &self.template.needs
    }

    /// Whose choice it is; nobody's: fate.
    pub fn actors(&self) -> &[EntityId] {
        &self.template.actors
    }

    /// Whether a condition of it reads a belief.
    pub(crate) fn reads_beliefs(&self) -> bool {
        self.template.reads_beliefs || self.heeds_beliefs
    }

    /// Whether who notices it depends on beliefs.
    pub(crate) fn sights_read_beliefs(&self) -> bool {
        self.template.sights_read_beliefs
    }

    /// How many changes are written out for it alone.
    pub(crate) fn size(&self) -> usize {
        if self.statements.is_empty() { self.template.changes.iter().count() } else { 1 }
    }

    /// The same event without what is special about this telling.
    pub fn plain(&self) -> EventId {
        self.plain
    }

    /// Everything that it changes, statements and memories filled in.
    pub(crate) fn all_changes(&self, joins: &Joins) -> Changes {
        let mut changes: Vec<Change> = self.template.changes.iter().cloned().collect();
        for stated in &self.template.stated {
            let statement = self.statements.iter().find(|(variable, _)| *variable == stated.statement);
            changes.extend(statement.iter().flat_map(|(_, values)| values.iter()).map(
                |&StatedValue { place, value, told }| {
                    let place = Place { chain: joins.join(stated.chain, place.chain), fluent: place.fluent };
                    let heeded = joins.heeded(stated, place.chain, told).cloned();
                    let condition = Condition::all([stated.condition.clone()].into_iter().chain(heeded));
                    Change { condition, place, value: Amount::Constant(value) }
                },
            ));
        }
        for &(fluent, counts) in &self.memories {
            let place = Place { chain: ChainId::REAL, fluent };
            let one = Amount::Constant(Value::number(1.0));
            let counted = || {
                let sides = (Box::new(Amount::Place(place)), Box::new(one));
                Amount::Arithmetic(crate::world::Arithmetic::Add, sides.0, sides.1)
            };
            let value = if counts { counted() } else { Amount::Constant(Value::YES) };
            changes.push(Change { condition: Condition::Constant(true), place, value });
        }
        Changes::new(changes)
    }

    /// Those of all its changes that are about one fact.
    pub(crate) fn changes_of(&self, fluent: GroundFluentId, joins: &Joins) -> Vec<Change> {
        let about = |change: &&Change| change.place.fluent == fluent;
        if self.statements.is_empty() && self.memories.is_empty() {
            return self.template.changes.iter().filter(about).cloned().collect();
        }
        self.all_changes(joins).iter().filter(about).cloned().collect()
    }

    /// What the event writes at `level` itself.
    pub fn own_writes<L: Level>(&self, level: &mut L) -> Result<Written, L::Error> {
        let mut writes = match super::written(level, self.template.changes.own())? {
            Ok(writes) => writes,
            conflict => return Ok(conflict),
        };
        for &(fluent, counts) in &self.memories {
            let place = Place { chain: ChainId::REAL, fluent };
            let value = if counts {
                evaluate::calculate(crate::world::Arithmetic::Add, level.value(place)?, Value::number(1.0))
            } else {
                Value::YES
            };
            if let Err(conflict) = add(&mut writes, place, value) {
                return Ok(Err(conflict));
            }
        }
        Ok(Ok(writes))
    }

    /// What the event, at `level`, writes on what `head` believes, and on what they believe of others.
    pub fn belief_writes<L: Level>(&self, level: &mut L, joins: &Joins, head: EntityId) -> Result<Written, L::Error> {
        let mut writes = match super::written(level, self.template.changes.on(head))? {
            Ok(writes) => writes,
            conflict => return Ok(conflict),
        };
        for change in self.stated_on(head) {
            if !evaluate::holds(level, &change.condition)? {
                continue;
            }
            let stated = self.statements.iter().find(|(variable, _)| *variable == change.statement);
            for &StatedValue { place, value, told } in stated.iter().flat_map(|(_, statement)| statement.iter()) {
                let place = Place { chain: joins.join(change.chain, place.chain), fluent: place.fluent };
                if let Some(heeded) = joins.heeded(change, place.chain, told)
                    && !evaluate::holds(level, heeded)?
                {
                    continue;
                }
                if let Err(conflict) = add(&mut writes, place, value) {
                    return Ok(Err(conflict));
                }
            }
        }
        Ok(Ok(writes))
    }

    /// Whether the event writes anything, at `level`, on what `head` believes.
    pub fn concerns<L: Level>(&self, level: &mut L, head: EntityId) -> Result<bool, L::Error> {
        let named = self.template.changes.on(head).iter().map(|change| &change.condition);
        for condition in named.chain(self.stated_on(head).iter().map(|change| &change.condition)) {
            if evaluate::holds(level, condition)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the event could write anything on what `head` believes.
    pub(crate) fn may_concern(&self, head: EntityId) -> bool {
        !self.template.changes.on(head).is_empty() || !self.stated_on(head).is_empty()
    }

    fn stated_on(&self, head: EntityId) -> &[StatedChange] {
        let stated = &self.template.stated;
        let from = stated.partition_point(|change| change.head < head);
        let to = stated.partition_point(|change| change.head <= head);
        &stated[from..to]
    }

    /// What may decide what `character` notices, in order, with what they then notice, and whether openly.
    pub(crate) fn sights_of(&self, character: EntityId) -> impl Iterator<Item = (Viewing<'_>, EventId, bool)> + '_ {
        self.sights.iter().filter_map(move |sight| {
            let viewing = sight.viewers.viewing(character)?;
            let event = match &sight.appearance {
                Appearance::Itself => self.plain,
                Appearance::Same(event) => *event,
                Appearance::Each(events) => events[character.index()],
            };
            Some((viewing, event, sight.openly))
        })
    }

    /// Whether this telling says that `character` notices it, or does not.
    pub(crate) fn told_notice(&self, character: EntityId) -> Option<bool> {
        self.notices.iter().find(|(who, _)| *who == character).map(|(_, notices)| *notices)
    }

    /// All events that somebody may take it for, itself left out.
    pub(crate) fn appearances(&self) -> impl Iterator<Item = EventId> + '_ {
        let of = |sight: &Sight| match &sight.appearance {
            Appearance::Itself => Vec::new(),
            Appearance::Same(event) => vec![*event],
            Appearance::Each(events) => events.clone(),
        };
        self.sights.iter().flat_map(of)
    }
}

/// What happens to statements in beliefs: their chains joined with those of the beliefs, and whose words are heeded.
#[derive(Clone, Debug, Default)]
pub struct Joins {
    /// Chains joined: what somebody believes of what a statement says of beliefs.
    pub(super) joined: FxHashMap<(ChainId, ChainId), ChainId>,
    /// Of facts that are plain to somebody and what is said of them, for each character: in which case they believe it.
    pub(super) heeded: FxHashMap<(GroundFluentId, Value), Arc<[Condition]>>,
}

impl Joins {
    /// In which case `change` writes on what `chain` believes what is `told`; `None`: always.
    fn heeded(&self, change: &StatedChange, chain: ChainId, told: (GroundFluentId, Value)) -> Option<&Condition> {
        if !change.own || chain != change.chain || self.heeded.is_empty() {
            return None;
        }
        self.heeded.get(&told)?.get(change.head.index())
    }

    /// `inner` as the believers of `outer` see it.
    fn join(&self, outer: ChainId, inner: ChainId) -> ChainId {
        if inner == ChainId::REAL { outer } else { self.joined.get(&(outer, inner)).copied().unwrap_or(outer) }
    }
}
