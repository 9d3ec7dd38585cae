//! Rules in rounds over the whole graph of beliefs, where what happens below a level may concern that level's rules again.

use super::arena::Operation;
use super::errors::StateError;
use super::{Situations, StateId};
use crate::ground::TriggerInstanceId;
use crate::world::EntityId;
use rustc_hash::FxHashSet;

/// Rounds that may pass until nothing changes.
const MOST_ROUNDS: usize = 64;
/// Situations that one settling may reach.
const MOST_REACHED: usize = 200_000;

impl Situations<'_> {
    pub(crate) fn settle_in_rounds(&mut self, state: StateId, owner: Option<EntityId>) -> Result<StateId, StateError> {
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
        let cycle = self.applied_at(current)?;
        Err(StateError::RuleLoop { cycle, before: state })
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

    /// The rules that applied last, at any level.
    fn applied_at(&mut self, state: StateId) -> Result<Vec<TriggerInstanceId>, StateError> {
        let mut cycle = Vec::new();
        for node in self.reachable(state)? {
            if let Operation::Rules(run) = self.node(node).operation {
                for &instance in &self.runs[run as usize].applied {
                    if !cycle.contains(&instance) {
                        cycle.push(instance);
                    }
                }
            }
        }
        cycle.sort_unstable();
        Ok(cycle)
    }
}
