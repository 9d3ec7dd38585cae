//! The arena of situations: nodes that never change, each with the operation that made it and one edge per character,
//! known or still to be computed.
//!
//! Invariant: a node is named by (node before it, operation, owner), so that equal histories of beliefs share one node
//! and cycles close. A node with an owner is that character's own belief about what they believe.

use super::StateId;
use super::errors::StateError;
use super::rounds::Rounds;
use super::values::{Values, ValuesId};
use super::writes::{WriteSets, WritesId};
use crate::ground::{ChainId, EventId, GroundFluentId, Problem, Value};
use crate::world::EntityId;
use rustc_hash::FxHashMap;
use std::sync::Arc;

pub(crate) const NOBODY: u32 = u32::MAX;
const NO_EDGE: u32 = u32::MAX;

/// Why something was written directly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WriteReason {
    /// An effect of this event on beliefs.
    Effect(EventId),
    /// This event was noticed and could not have happened as things were believed: they were corrected.
    Correction(EventId),
    /// Rules had effects on beliefs.
    Rules,
    /// The telling says so: an assumption, a conclusion, a patch.
    Told,
}

/// The operation that made a node from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    /// A node of the start.
    Start,
    /// An event happened; its rules have not run yet.
    Event(EventId),
    /// Values were written; rules have not run yet.
    Write(WritesId, WriteReason),
    /// The rules of this level ran; holds the run.
    Rules(u32),
}

/// One situation.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) before: StateId,
    pub(crate) values: ValuesId,
    pub(crate) operation: Operation,
    /// Whose own belief it is, where that is not so by itself.
    pub(crate) owner: u32,
    first_edge: u32,
    /// For which characters, by number modulo 64, an edge may be listed.
    listed: u64,
    /// What is known about whom the operation concerns; see [`Situations::concerns`](super::observe).
    pub(crate) concerned: u32,
    /// No rule applies here, nor in any belief below.
    pub(crate) settled: bool,
    /// Edges that are not listed lead back to the node.
    pub(crate) closed: bool,
}

#[derive(Clone, Copy, Debug)]
struct Edge {
    character: u32,
    target: StateId,
    next: u32,
}

/// One run of the rules at one level.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Run {
    /// The rules that applied, in order.
    pub(crate) applied: Vec<crate::ground::TriggerInstanceId>,
    /// What they wrote on beliefs.
    pub(crate) beliefs: WritesId,
}

/// All situations of one problem, computed on demand and shared.
///
/// Nothing is computed about a belief that nobody asks for; whatever was computed is remembered.
#[derive(Clone, Debug)]
pub struct Situations<'w> {
    pub(crate) problem: Problem<'w>,
    pub(crate) values: Values,
    pub(crate) nodes: Vec<Node>,
    edges: Vec<Edge>,
    pub(crate) made: FxHashMap<(StateId, Operation, u32), StateId>,
    pub(crate) passed: FxHashMap<(StateId, u32), StateId>,
    pub(crate) settled: FxHashMap<(StateId, u32), StateId>,
    pub(crate) rounds: Rounds,
    pub(crate) writes: WriteSets,
    pub(crate) runs: Vec<Arc<Run>>,
    /// Sets of characters, as many words each as there are characters by 64.
    pub(crate) concerned: Vec<u64>,
    pub(crate) depth: usize,
    pub(crate) begun: Option<StateId>,
}

impl<'w> Situations<'w> {
    /// No situations yet; fixes which events are remembered.
    pub fn new(mut problem: Problem<'w>) -> Self {
        problem.freeze();
        Self {
            values: Values::new(problem.fluents.len()),
            problem,
            nodes: Vec::new(),
            edges: Vec::new(),
            made: FxHashMap::default(),
            passed: FxHashMap::default(),
            settled: FxHashMap::default(),
            rounds: Rounds::default(),
            writes: WriteSets::new(),
            runs: Vec::new(),
            concerned: Vec::new(),
            depth: 0,
            begun: None,
        }
    }

    /// The ground world.
    pub fn problem(&self) -> &Problem<'w> {
        &self.problem
    }

    /// The ground world, to ask it for further events, conditions and effects.
    pub fn problem_mut(&mut self) -> &mut Problem<'w> {
        &mut self.problem
    }

    /// How many situations, true and believed, are kept.
    pub fn count(&self) -> usize {
        self.nodes.len()
    }

    /// Roughly how many bytes they take.
    pub fn bytes(&self) -> usize {
        let tables = (self.made.capacity() + self.passed.capacity() + self.settled.capacity()) * 24;
        self.values.bytes()
            + self.nodes.len() * size_of::<Node>()
            + self.edges.len() * size_of::<Edge>()
            + self.concerned.len() * 8
            + tables
    }

    /// The value of a fact in a situation.
    #[inline]
    pub fn value(&self, state: StateId, fluent: GroundFluentId) -> Value {
        self.values.get(self.node(state).values, fluent)
    }

    /// The facts that have other values in one situation than in the other, in their order.
    pub fn differences(&self, left: StateId, right: StateId) -> Vec<GroundFluentId> {
        let mut found = Vec::new();
        let (left, right) = (self.node(left).values, self.node(right).values);
        self.values.differences(left, right, &mut |fluent| found.push(fluent));
        found
    }

    #[inline]
    pub(crate) fn node(&self, state: StateId) -> &Node {
        &self.nodes[state.index()]
    }

    pub(crate) fn add(&mut self, node: Node) -> Result<StateId, StateError> {
        let limit = self.problem.limits().situations;
        if self.nodes.len() >= limit {
            return Err(StateError::TooManySituations(limit));
        }
        let id = StateId::from_index(self.nodes.len());
        self.nodes.push(node);
        Ok(id)
    }

    /// A node made from `before`, its edges still to be computed.
    pub(crate) fn derive(
        &mut self,
        before: StateId,
        values: ValuesId,
        operation: Operation,
        owner: Option<EntityId>,
    ) -> Result<StateId, StateError> {
        let owner = code(owner);
        let settled = !self.problem.has_rules();
        let node = Node {
            before,
            values,
            operation,
            owner,
            first_edge: NO_EDGE,
            listed: 0,
            concerned: 0,
            settled,
            closed: false,
        };
        let id = self.add(node)?;
        self.made.insert((before, operation, owner), id);
        Ok(id)
    }

    /// A node of the start.
    pub(crate) fn add_start(&mut self, values: ValuesId, closed: bool) -> Result<StateId, StateError> {
        let before = StateId::from_index(self.nodes.len());
        let settled = !self.problem.has_rules();
        let operation = Operation::Start;
        self.add(Node {
            before,
            values,
            operation,
            owner: NOBODY,
            first_edge: NO_EDGE,
            listed: 0,
            concerned: 0,
            settled,
            closed,
        })
    }

    pub(crate) fn remember_edge(&mut self, state: StateId, character: EntityId, target: StateId) {
        if self.known_edge(state, character).is_none() {
            self.remember_edge_always(state, character, target);
        }
    }

    /// The same where the node leads back to itself unless an edge is listed.
    pub(crate) fn remember_edge_always(&mut self, state: StateId, character: EntityId, target: StateId) {
        let edge = self.edges.len() as u32;
        let next = self.nodes[state.index()].first_edge;
        self.edges.push(Edge { character: character.index() as u32, target, next });
        let node = &mut self.nodes[state.index()];
        node.first_edge = edge;
        node.listed |= 1 << (character.index() % 64);
    }

    /// The edge for `character`, if it was computed.
    pub(crate) fn known_edge(&self, state: StateId, character: EntityId) -> Option<StateId> {
        let node = self.node(state);
        let character = character.index() as u32;
        if node.owner == character {
            return Some(state);
        }
        if node.listed & (1 << (character % 64)) == 0 {
            return node.closed.then_some(state);
        }
        let mut edge = node.first_edge;
        while edge != NO_EDGE {
            let found = &self.edges[edge as usize];
            if found.character == character {
                return Some(found.target);
            }
            edge = found.next;
        }
        node.closed.then_some(state)
    }

    /// The situation that the believers of `chain` take to be real.
    pub(crate) fn follow(&mut self, state: StateId, chain: ChainId) -> Result<StateId, StateError> {
        if chain == ChainId::REAL {
            return Ok(state);
        }
        let mut state = state;
        for position in 0..self.problem.believers(chain).len() {
            let believer = self.problem.believers(chain)[position];
            state = self.believed(believer, state)?;
        }
        Ok(state)
    }
}

/// A character or nobody as a number.
pub(crate) fn code(owner: Option<EntityId>) -> u32 {
    owner.map_or(NOBODY, |owner| owner.index() as u32)
}

/// The character that [`code`] made the number of.
pub(crate) fn decode(owner: u32) -> Option<EntityId> {
    (owner != NOBODY).then(|| EntityId::from_index(owner as usize))
}
