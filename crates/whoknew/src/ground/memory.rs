//! Memory of events: what `happened(…)` and `times(…)` read is a ground fact like any other, which every matching
//! event sets or counts up wherever it is noticed. Only patterns that something mentions are kept.

use super::compile::Compiled;
use super::fluents::Extra;
use super::{GroundError, GroundFluentId, Problem, errors};
use crate::world::{ActionId, EventArgument, EventTerm, Expression, SceneId, World};

/// A pattern of events that something mentions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Memory {
    /// The pattern; no variables, `Anyone` matches anything.
    pub(crate) event: EventTerm,
    /// Whether it counts (`times`) or only remembers (`happened`).
    pub(crate) counts: bool,
    /// Counts from the start of this scene.
    pub(crate) since: Option<SceneId>,
    /// Counts until the start of this scene.
    pub(crate) until: Option<SceneId>,
}

impl Memory {
    /// The formula that reads it.
    pub(crate) fn expression(&self) -> Expression {
        if self.counts {
            Expression::Times { event: self.event.clone(), since: self.since, until: self.until }
        } else {
            Expression::Happened(self.event.clone())
        }
    }

    /// Whether `event` is of this pattern.
    pub(crate) fn matches(&self, world: &World, event: &EventTerm) -> bool {
        if self.event.action != event.action {
            return false;
        }
        let pattern = &self.event.arguments;
        if pattern.iter().zip(&event.arguments).all(|(wanted, given)| fits(world, wanted, given)) {
            return true;
        }
        world.actions[event.action.index()].mutual && event.arguments.len() >= 2 && {
            let mut exchanged = event.arguments.clone();
            exchanged.swap(0, 1);
            pattern.iter().zip(&exchanged).all(|(wanted, given)| fits(world, wanted, given))
        }
    }
}

fn fits(world: &World, wanted: &EventArgument, given: &EventArgument) -> bool {
    match (wanted, given) {
        (EventArgument::Anyone, _) => true,
        (EventArgument::Term(crate::world::Term::Entity(entity)), _) if *entity == world.someone() => true,
        _ => wanted == given,
    }
}

/// The order in which scenes happen, and the windows of counting that it opens.
#[derive(Clone, Debug, Default)]
pub(crate) struct SceneOrder {
    positions: Vec<usize>,
}

impl SceneOrder {
    /// Told order.
    pub(crate) fn told(scenes: usize) -> Self {
        Self { positions: (0..scenes).collect() }
    }

    /// Scenes happen in `order`.
    pub(crate) fn happened(&mut self, order: &[SceneId]) {
        for (position, scene) in order.iter().enumerate() {
            if let Some(slot) = self.positions.get_mut(scene.index()) {
                *slot = position;
            }
        }
    }

    fn position(&self, scene: SceneId) -> usize {
        self.positions.get(scene.index()).copied().unwrap_or(usize::MAX)
    }

    /// Whether an event of `scene` is counted by `memory`; one outside every scene only where nothing bounds the count.
    pub(crate) fn counts_in(&self, memory: &Memory, scene: Option<SceneId>) -> bool {
        let Some(scene) = scene else {
            return memory.since.is_none() && memory.until.is_none();
        };
        let now = self.position(scene);
        memory.since.is_none_or(|since| self.position(since) <= now)
            && memory.until.is_none_or(|until| now < self.position(until))
    }
}

/// Memories by the action they are about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memories {
    by_action: Vec<Vec<GroundFluentId>>,
    /// The scenes at whose start some count begins or ends.
    pub(crate) bounds: Vec<SceneId>,
    /// How often somebody asked for a memory.
    pub(crate) asked: usize,
}

impl Memories {
    pub(crate) fn new(world: &World) -> Self {
        Self { by_action: vec![Vec::new(); world.actions.len()], bounds: Vec::new(), asked: 0 }
    }

    pub(crate) fn of(&self, action: ActionId) -> &[GroundFluentId] {
        &self.by_action[action.index()]
    }

    pub(crate) fn add(&mut self, memory: &Memory, fluent: GroundFluentId) {
        self.by_action[memory.event.action.index()].push(fluent);
        self.bounds.extend(memory.since);
        self.bounds.extend(memory.until);
        self.bounds.sort_unstable();
        self.bounds.dedup();
    }
}

impl Problem<'_> {
    /// The ground fact that remembers events of a pattern; made at its first mention.
    pub(crate) fn remember(&mut self, memory: Memory) -> Compiled<GroundFluentId> {
        self.memories.asked += 1;
        let known = self.memories.of(memory.event.action).iter().copied();
        for fluent in known {
            if matches!(self.fluents.extra(fluent), Some(Extra::Memory(other)) if *other == memory) {
                return Ok(fluent);
            }
        }
        if self.frozen {
            return Err(GroundError::new(
                &errors::LATE_MEMORY,
                "the formula asks whether an event happened that nothing mentioned when the story began",
            ));
        }
        let fluent = self.fluents.add(Extra::Memory(memory.clone()));
        self.memories.add(&memory, fluent);
        Ok(fluent)
    }

    /// The ground fact that holds the minutes since the story's first moment.
    pub(crate) fn clock_fluent(&mut self) -> Compiled<GroundFluentId> {
        if let Some(fluent) = self.clock {
            return Ok(fluent);
        }
        if self.frozen {
            return Err(GroundError::new(&errors::LATE_MEMORY, "nothing mentioned the time when the story began"));
        }
        let fluent = self.fluents.add(Extra::Clock);
        self.clock = Some(fluent);
        Ok(fluent)
    }
}
