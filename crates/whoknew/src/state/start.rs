//! The start: common knowledge, what only some know, and what somebody believes otherwise.
//!
//! A chain of believers takes a fact to have the value stated for it; without statement of its own, that of the chain
//! without its innermost believer, and so on; in the end what is so, or `?` if somebody in the chain is not among those
//! whom it is known to. Chains that cannot be told apart share one node, so the start is a small finite graph.

use super::errors::{StateError, WrittenBy};
use super::values::ValuesId;
use super::{Situations, StateId};
use crate::ground::{GroundFluentId, Level, Place, Problem, Value, written};
use crate::world::EntityId;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::convert::Infallible;

/// What the start statements say so far.
struct Start<'p, 'w> {
    problem: &'p Problem<'w>,
    real: Vec<Value>,
    /// Which group knows a fact; `None`: everybody.
    known_to: Vec<Option<usize>>,
    groups: Vec<Vec<EntityId>>,
    stated: BTreeMap<Vec<EntityId>, BTreeMap<GroundFluentId, Value>>,
}

impl Level for Start<'_, '_> {
    type Error = Infallible;

    fn value(&mut self, place: Place) -> Result<Value, Infallible> {
        let believers = self.problem.believers(place.chain);
        let stated = (1..=believers.len()).rev().find_map(|length| {
            self.stated.get(&believers[..length]).and_then(|facts| facts.get(&place.fluent)).copied()
        });
        let outside = |group: usize| believers.iter().any(|believer| !self.groups[group].contains(believer));
        Ok(match stated {
            Some(value) => value,
            None if self.known_to[place.fluent.index()].is_some_and(outside) => Value::UNKNOWN,
            None => self.real[place.fluent.index()],
        })
    }
}

impl Start<'_, '_> {
    fn state(&mut self, known_to: Option<&[EntityId]>, place: Place, value: Value) {
        let believers = self.problem.believers(place.chain).to_vec();
        let group = known_to.map(|group| self.group(group));
        if believers.is_empty() {
            self.real[place.fluent.index()] = value;
            self.known_to[place.fluent.index()] = group;
            return;
        }
        if let Some(known_to) = known_to {
            for character in (0..self.problem.world().characters).map(EntityId::from_index) {
                if believers.first() != Some(&character) {
                    let value = if known_to.contains(&character) { value } else { Value::UNKNOWN };
                    let chain = std::iter::once(character).chain(believers.iter().copied()).collect();
                    self.stated.entry(chain).or_default().insert(place.fluent, value);
                }
            }
        }
        self.stated.entry(believers).or_default().insert(place.fluent, value);
    }

    fn group(&mut self, characters: &[EntityId]) -> usize {
        let mut group = characters.to_vec();
        group.sort_unstable();
        group.dedup();
        self.groups.iter().position(|known| *known == group).unwrap_or_else(|| {
            self.groups.push(group);
            self.groups.len() - 1
        })
    }
}

/// What tells a chain of believers apart at the start.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Mind {
    /// The longest stated chain that it begins with.
    stated: Vec<EntityId>,
    /// Whether it goes on after that.
    beyond: bool,
    /// To which groups all in the chain belong.
    inside: Vec<bool>,
}

impl<'w> Situations<'w> {
    /// The start of the story, its rules settled. Two statements at odds within one start line are an error.
    pub fn start(&mut self) -> Result<StateId, StateError> {
        if let Some(begun) = self.begun {
            return Ok(begun);
        }
        let raw = self.raw_start()?;
        let begun = self.settle(raw, None)?;
        self.begun = Some(begun);
        Ok(begun)
    }

    /// From here on what is asked of the start is asked of `state`: plans begin there.
    pub fn begin_at(&mut self, state: StateId) {
        self.begun = Some(state);
    }

    fn raw_start(&mut self) -> Result<StateId, StateError> {
        let problem = self.problem.clone();
        let facts = problem.fluents.len();
        let mut start = Start {
            problem: &problem,
            real: self.problem.initial_values().to_vec(),
            known_to: vec![None; facts],
            groups: Vec::new(),
            stated: BTreeMap::new(),
        };
        for statement in problem.start() {
            let writes = match written(&mut start, &statement.changes.iter().cloned().collect::<Vec<_>>()) {
                Ok(Ok(writes)) => writes,
                Ok(Err(conflict)) => return Err(StateError::Conflict { by: WrittenBy::Statements, conflict }),
                Err(never) => match never {},
            };
            for (place, value) in writes {
                start.state(statement.known_to.as_deref(), place, value);
            }
        }
        self.build_start(&start)
    }

    fn build_start(&mut self, start: &Start<'_, '_>) -> Result<StateId, StateError> {
        let base = self.values.add_slice(&start.real);
        let characters = start.problem.world().characters;
        let mut nodes: FxHashMap<Mind, StateId> = FxHashMap::default();
        let mut first = Mind { stated: Vec::new(), beyond: false, inside: vec![true; start.groups.len()] };
        start.normalize(&mut first);
        let root = self.mind_node(start, &first, base)?;
        nodes.insert(first.clone(), root);
        let mut queue = vec![first];
        while let Some(mind) = queue.pop() {
            let node = nodes[&mind];
            for character in (0..characters).map(EntityId::from_index) {
                let next = start.next(&mind, character);
                let target = match nodes.get(&next) {
                    Some(&known) => known,
                    None => {
                        let made = self.mind_node(start, &next, base)?;
                        nodes.insert(next.clone(), made);
                        queue.push(next);
                        made
                    }
                };
                if target != node {
                    self.remember_edge_always(node, character, target);
                }
            }
        }
        Ok(root)
    }

    fn mind_node(&mut self, start: &Start<'_, '_>, mind: &Mind, base: ValuesId) -> Result<StateId, StateError> {
        let mark = self.values.mark();
        let mut values = base;
        for (index, group) in start.known_to.iter().enumerate() {
            if group.is_some_and(|group| !mind.inside[group]) {
                values = self.values.set(values, GroundFluentId::from_index(index), Value::UNKNOWN, mark);
            }
        }
        for length in 1..=mind.stated.len() {
            for (&fluent, &value) in start.stated.get(&mind.stated[..length]).into_iter().flatten() {
                values = self.values.set(values, fluent, value, mark);
            }
        }
        self.add_start(values, true)
    }
}

impl Start<'_, '_> {
    fn next(&self, mind: &Mind, character: EntityId) -> Mind {
        if !mind.beyond && mind.stated.last() == Some(&character) {
            return mind.clone();
        }
        let mut next = mind.clone();
        for (inside, group) in next.inside.iter_mut().zip(&self.groups) {
            *inside = *inside && group.contains(&character);
        }
        if !mind.beyond {
            next.stated.push(character);
            if !self.begins_a_statement(&next.stated) {
                next.stated.pop();
                next.beyond = true;
            }
        }
        self.normalize(&mut next);
        next
    }

    /// Where no longer chain is stated, going on beyond makes no difference.
    fn normalize(&self, mind: &mut Mind) {
        let goes_on =
            self.stated.keys().any(|chain| chain.len() > mind.stated.len() && chain.starts_with(&mind.stated));
        if !goes_on {
            mind.beyond = true;
        }
    }

    fn begins_a_statement(&self, chain: &[EntityId]) -> bool {
        self.stated.keys().any(|stated| stated.starts_with(chain))
    }
}
