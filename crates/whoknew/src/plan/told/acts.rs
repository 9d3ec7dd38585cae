//! The acts that somebody may imagine, and what each may change: found once for a world, more sayings being added when
//! somebody wants something believed.

use crate::ground::{Amount, Atom, ChainId, Condition, EventId, GroundError, GroundFluentId, Problem, Value};
use crate::world::{EntityId, EventArgument, Term};
use rustc_hash::{FxHashMap, FxHashSet};

/// What an act may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Write {
    pub(super) chain: ChainId,
    pub(super) fluent: GroundFluentId,
    /// The value, where it is the same always.
    pub(super) value: Option<Value>,
    /// Only in the beliefs of somebody who notices it.
    pub(super) noticed: bool,
}

/// An event that is somebody's choice.
#[derive(Clone, Debug)]
pub(super) struct Act {
    pub(super) event: EventId,
    pub(super) actors: Box<[EntityId]>,
    /// The entities that it names.
    pub(super) names: Box<[EntityId]>,
    pub(super) writes: Box<[Write]>,
}

/// All acts known so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Acts {
    pub(super) list: Vec<Act>,
    by_event: FxHashMap<EventId, u32>,
    by_place: FxHashMap<(ChainId, GroundFluentId), Vec<(u32, u32)>>,
    /// The numbers that acts may be about.
    pub(super) numbers: Vec<f64>,
    /// What was asked to be said, and by whom.
    pub(super) said: FxHashSet<(String, Option<EntityId>, EntityId)>,
}

impl Acts {
    /// All acts without statements that plans may hold.
    pub(super) fn new(problem: &mut Problem<'_>) -> Result<Self, GroundError> {
        let mut acts = Self { numbers: problem.occurring_numbers(), ..Self::default() };
        let mut events = problem.all_events()?;
        events.extend(problem.numbered_events()?);
        for event in events {
            let action = problem.event_term(event).action;
            if !problem.actors(event).is_empty() && !problem.world().actions[action.index()].unplanned {
                acts.add(problem, event);
            }
        }
        Ok(acts)
    }

    /// The act that is this event.
    pub(super) fn add(&mut self, problem: &Problem<'_>, event: EventId) -> u32 {
        if let Some(&known) = self.by_event.get(&event) {
            return known;
        }
        let act = self.list.len() as u32;
        let writes = writes(problem, event);
        for (index, write) in writes.iter().enumerate() {
            self.by_place.entry((write.chain, write.fluent)).or_default().push((act, index as u32));
        }
        self.by_event.insert(event, act);
        let entity = |argument: &EventArgument| match argument {
            EventArgument::Term(Term::Entity(entity)) => Some(*entity),
            _ => None,
        };
        let names = problem.event_term(event).arguments.iter().filter_map(entity).collect();
        self.list.push(Act { event, actors: problem.actors(event).into(), names, writes });
        act
    }

    pub(super) fn get(&self, act: u32) -> &Act {
        &self.list[act as usize]
    }

    /// The acts that may write there, each with the write that does.
    pub(super) fn writing(&self, chain: ChainId, fluent: GroundFluentId) -> &[(u32, u32)] {
        self.by_place.get(&(chain, fluent)).map_or(&[], Vec::as_slice)
    }
}

fn writes(problem: &Problem<'_>, event: EventId) -> Box<[Write]> {
    let mut writes = Vec::new();
    let ground = problem.get(event);
    writes_of(problem, event, false, &mut writes);
    for appearance in ground.appearances() {
        writes_of(problem, appearance, true, &mut writes);
    }
    let mut known = FxHashSet::default();
    writes.retain(|write| known.insert(*write));
    writes.into()
}

fn writes_of(problem: &Problem<'_>, event: EventId, noticed: bool, writes: &mut Vec<Write>) {
    let ground = problem.get(event);
    for change in ground.all_changes(&problem.events.joins).iter() {
        let value = match &change.value {
            Amount::Constant(value) => Some(*value),
            _ => None,
        };
        writes.push(Write { chain: change.place.chain, fluent: change.place.fluent, value, noticed });
    }
    for need in ground.needs().iter().filter(|need| !need.hidden) {
        learned(&need.condition, writes);
    }
}

/// What those learn who did not believe that `condition` held.
fn learned(condition: &Condition, writes: &mut Vec<Write>) {
    condition.atoms(&mut |atom| match atom {
        Atom::Is { place, value, equal } => {
            let value = equal.then_some(*value);
            writes.push(Write { chain: place.chain, fluent: place.fluent, value, noticed: true });
        }
        atom => atom.places(&mut |place| {
            writes.push(Write { chain: place.chain, fluent: place.fluent, value: None, noticed: true });
        }),
    });
}
