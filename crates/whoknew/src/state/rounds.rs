//! Rounds of rules, where what happens in a belief may concern the rules of the level above it again.
//!
//! A level that passed is final if none of its fragile rules whose own conditions hold would apply in view of the beliefs
//! that it reads, and these are final themselves; otherwise it passes once more. Only the beliefs that such rules read are
//! looked at. A belief that is being looked at already, further up, is taken to be final; if that turns out wrong, what was
//! concluded from it is taken back. The plain way, which passes over the whole graph of beliefs until nothing changes, is
//! kept to test this one.

use super::arena::{Operation, code, decode};
use super::errors::StateError;
use super::settle::Running;
use super::{Situations, StateId};
use crate::ground::{ChainId, Place, TriggerInstance, TriggerInstanceId, evaluate};
use crate::world::EntityId;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Rounds that may pass until nothing changes.
const MOST_ROUNDS: usize = 64;
/// Situations that one settling may reach, the plain way.
const MOST_REACHED: usize = 200_000;

/// What is known about final levels while some are being looked at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rounds {
    /// Levels that are being looked at, outermost first.
    looking: Vec<StateId>,
    /// What was found final, in order.
    found: Vec<((StateId, u32), StateId)>,
    /// How often a level being looked at was taken to be final.
    assumed: usize,
    /// Settle the plain way.
    pub(crate) plainly: bool,
}

impl<'w> Situations<'w> {
    /// The situation after the rules settled; `owner` is whose belief it is.
    pub(crate) fn settle(&mut self, state: StateId, owner: Option<EntityId>) -> Result<StateId, StateError> {
        if self.node(state).settled {
            return Ok(state);
        }
        let owner = decode(self.node(state).owner).or(owner);
        if self.rounds.plainly {
            return self.settle_plainly(state, owner);
        }
        let key = (state, code(owner));
        if let Some(&settled) = self.settled.get(&key) {
            return Ok(settled);
        }
        let passed = matches!(self.node(state).operation, Operation::Rules(_));
        let mut current = if passed { state } else { self.pass(state, owner)? };
        for _ in 0..MOST_ROUNDS {
            if self.node(current).settled {
                return Ok(current);
            }
            if self.rounds.looking.contains(&current) {
                self.rounds.assumed += 1;
                return Ok(current);
            }
            if self.look(current)? {
                self.nodes[current.index()].settled = true;
                self.settled.insert(key, current);
                self.rounds.found.push((key, current));
                return Ok(current);
            }
            current = self.pass(current, owner)?;
        }
        Err(StateError::RuleLoop { cycle: self.applied_in_turn(current), stopped_after: None, before: state })
    }

    /// Whether the level is final; takes back what was concluded from it if not.
    fn look(&mut self, state: StateId) -> Result<bool, StateError> {
        let (found, assumed) = (self.rounds.found.len(), self.rounds.assumed);
        self.rounds.looking.push(state);
        let quiet = self.is_quiet(state);
        self.rounds.looking.pop();
        let quiet = quiet?;
        if !quiet && self.rounds.assumed != assumed {
            for (key, node) in self.rounds.found.split_off(found) {
                self.settled.remove(&key);
                self.nodes[node.index()].settled = false;
            }
        }
        if self.rounds.looking.is_empty() {
            self.rounds.found.clear();
        }
        Ok(quiet)
    }

    /// Whether no fragile rule applies, and the beliefs that those whose own conditions hold read are final.
    fn is_quiet(&mut self, state: StateId) -> Result<bool, StateError> {
        let triggers = Arc::clone(&self.problem.triggers);
        for &rank in &triggers.fragile {
            let (_, instance) = triggers.at_rank(rank);
            if evaluate::holds(&mut self.running(state), &instance.own)?
                && (!self.reads_final_beliefs(state, instance)? || self.running(state).wants_to_change(instance)?)
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn running(&mut self, state: StateId) -> Running<'_, 'w> {
        let (values, owner) = (self.node(state).values, decode(self.node(state).owner));
        Running { situations: self, state, owner, values, pending: Vec::new() }
    }

    fn reads_final_beliefs(&mut self, state: StateId, instance: &TriggerInstance) -> Result<bool, StateError> {
        let mut places: Vec<Place> = Vec::new();
        instance.places(&mut |place| places.push(place));
        let mut chains: Vec<ChainId> = Vec::new();
        for place in places {
            let chain = self.running(state).collapsed(place).chain;
            if chain != ChainId::REAL && !chains.contains(&chain) {
                chains.push(chain);
            }
        }
        for chain in chains {
            let believers = self.problem.believers(chain).to_vec();
            let mut reached = state;
            for believer in believers {
                reached = self.believed(believer, reached)?;
                let settled = self.deeper(|this| this.settle(reached, Some(believer)))?;
                if settled != reached {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// The rules that applied in the last passes over a level.
    fn applied_in_turn(&self, state: StateId) -> Vec<TriggerInstanceId> {
        let mut cycle = Vec::new();
        let mut reached = state;
        while let Operation::Rules(run) = self.node(reached).operation {
            for &instance in &self.runs[run as usize].applied {
                if !cycle.contains(&instance) {
                    cycle.push(instance);
                }
            }
            reached = self.node(reached).before;
        }
        cycle.sort_unstable();
        cycle
    }

    fn settle_plainly(&mut self, state: StateId, owner: Option<EntityId>) -> Result<StateId, StateError> {
        let mut current = state;
        for _ in 0..MOST_ROUNDS {
            current = self.pass(current, owner)?;
            let reached = self.reachable(current)?;
            let mut restless = false;
            for &node in &reached {
                restless = restless || self.is_restless(node)?;
            }
            if !restless {
                for node in reached {
                    self.nodes[node.index()].settled = true;
                }
                return Ok(current);
            }
        }
        Err(StateError::RuleLoop { cycle: self.applied_in_turn(current), stopped_after: None, before: state })
    }

    /// All situations that somebody in `state` may take to be real, however nested, it included.
    fn reachable(&mut self, state: StateId) -> Result<Vec<StateId>, StateError> {
        let characters = self.problem.world().characters;
        let mut reached = vec![state];
        let mut known: FxHashSet<StateId> = reached.iter().copied().collect();
        let mut next = 0;
        while next < reached.len() {
            let node = reached[next];
            next += 1;
            if self.node(node).settled {
                continue;
            }
            for character in (0..characters).map(EntityId::from_index) {
                let target = self.believed(character, node)?;
                if known.insert(target) {
                    reached.push(target);
                }
            }
            if reached.len() > MOST_REACHED {
                return Err(StateError::TooManySituations(MOST_REACHED));
            }
        }
        Ok(reached)
    }

    /// Whether some rule about beliefs still applies at this level.
    fn is_restless(&mut self, state: StateId) -> Result<bool, StateError> {
        if self.node(state).settled {
            return Ok(false);
        }
        let triggers = Arc::clone(&self.problem.triggers);
        for &rank in &triggers.about_beliefs {
            let (_, instance) = triggers.at_rank(rank);
            if self.running(state).wants_to_change(instance)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// From here on rules settle over the whole graph of beliefs at once: slow, and plainly right. For tests.
    #[doc(hidden)]
    pub fn settle_rules_plainly(&mut self) {
        self.rounds.plainly = true;
    }
}
