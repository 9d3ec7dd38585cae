//! The way back, step by step: the acts that may change what is wanted.

use super::super::acts::Write;
use super::super::purpose::Purpose;
use super::super::{Halt, Seeker};
use super::fit::{fits, prefixes};
use super::found::Found;
use super::{Plans, Wanted};
use crate::ground::{Amount, ChainId, GroundFluentId, Problem};
use crate::state::Situations;
use crate::world::EntityId;

/// The way back for one purpose.
pub(super) struct Finder<'s> {
    pub(super) seeker: &'s mut Seeker,
    pub(super) purpose: Purpose,
    pub(super) steps: u8,
    pub(super) nesting: u8,
    pub(super) plans: Plans,
    /// Changes of acts that were looked at.
    pub(super) looked: u64,
    pub(super) found: Found,
}

/// Changes of acts that may be looked at for every event that may be tried.
const LOOKS: u64 = 10;
/// However few those are.
const FEWEST_LOOKS: u64 = 100_000;
/// Changes that may be looked at for what is near, which is looked at for every act.
const NEAR_LOOKS: u64 = 20_000_000;

impl Finder<'_> {
    /// Finds the acts that can matter when `step` steps are left.
    pub(super) fn step(&mut self, situations: &mut Situations<'_>, step: usize) -> Result<(), Halt> {
        self.follow_rules(situations.problem_mut());
        self.found.now = step + 1;
        let last = step >= usize::from(self.steps) && self.plans != Plans::Imagined;
        if last && self.plans == Plans::Begun {
            return Ok(());
        }
        let most = self.most_looks();
        let until = self.found.list.len();
        for index in self.found.for_acts..until {
            let wanted = self.found.list[index];
            self.seeker.say_for(situations, (self.purpose, self.steps, self.nesting), wanted)?;
        }
        let acts = self.seeker.acts.list.len() as u32;
        // Facts wanted since the last step, and all others again for acts that were said in between.
        for index in 0..until {
            let wanted = self.found.list[index];
            let from = if index >= self.found.for_acts { 0 } else { self.found.acts };
            for chain in self.written_chains(situations.problem_mut(), wanted.chain) {
                // Acts are listed in the order in which they became known.
                let writing = self.seeker.acts.writing(chain, wanted.fluent);
                let known = writing.partition_point(|&(act, _)| act < from);
                self.looked += (writing.len() - known) as u64;
                if self.looked > most {
                    return Err(Halt::Tried);
                }
                for position in known..writing.len() {
                    let (act, write) = self.seeker.acts.writing(chain, wanted.fluent)[position];
                    let write = self.seeker.acts.get(act).writes[write as usize];
                    self.matched(situations, (act, write), wanted, (step, last))?;
                }
            }
        }
        self.found.acts = acts;
        self.found.for_acts = until;
        Ok(())
    }

    fn most_looks(&self) -> u64 {
        let limits = self.seeker.limits;
        let near = limits.near();
        let most = limits.tried.saturating_mul(LOOKS).max(FEWEST_LOOKS);
        let is_near = usize::from(self.steps) <= near.imagined && usize::from(self.nesting) <= near.nesting;
        if is_near { most.max(NEAR_LOOKS) } else { most }
    }

    /// Takes in an act that may change a wanted fact.
    fn matched(
        &mut self,
        situations: &mut Situations<'_>,
        (act, write): (u32, Write),
        wanted: Wanted,
        (step, last): (usize, bool),
    ) -> Result<(), Halt> {
        let known = self.found.by_steps.contains_key(&act);
        let fits = fits(wanted.should, write.value);
        if self.found.refused.contains(&act) || !known && !fits || known && last {
            return Ok(());
        }
        let prefixes = prefixes(situations.problem(), self.purpose.holder, &write, wanted);
        let Some(prefixes) = prefixes else { return Ok(()) };
        if !known {
            if !self.may_agree(situations, act)? {
                self.found.refused.insert(act);
                return Ok(());
            }
            self.found.by_steps.insert(act, step);
            if !last {
                self.needs_of(situations, act)?;
            }
        }
        if !last {
            for prefix in prefixes {
                self.reads(situations.problem_mut(), act, (&write, fits), &prefix);
            }
        }
        Ok(())
    }

    /// The chains of beliefs in which a write may become one of `chain` if somebody notices it.
    fn written_chains(&self, problem: &mut Problem<'_>, chain: ChainId) -> Vec<ChainId> {
        let believers = problem.believers(chain).to_vec();
        let any = GroundFluentId::from_index(0);
        let mut chains: Vec<ChainId> =
            (0..=believers.len()).map(|from| problem.place(&believers[from..], any).chain).collect();
        if let Some(holder) = self.purpose.holder {
            let own: Vec<EntityId> = std::iter::once(holder).chain(believers).collect();
            chains.push(problem.place(&own, any).chain);
        }
        chains.dedup();
        chains
    }

    /// What rules may make of facts: their conditions matter as what they change does.
    fn follow_rules(&mut self, problem: &mut Problem<'_>) {
        while self.found.for_rules < self.found.list.len() {
            let wanted = self.found.list[self.found.for_rules];
            self.found.for_rules += 1;
            let Some(rules) = self.seeker.relevance.rules.get(&wanted.fluent).cloned() else { continue };
            for (instance, position) in rules {
                let triggers = std::sync::Arc::clone(&problem.triggers);
                let instance = &triggers.instances[instance];
                let Some(change) = instance.changes.iter().nth(position) else { continue };
                let value = if let Amount::Constant(value) = &change.value { Some(*value) } else { None };
                let write = Write { chain: change.place.chain, fluent: change.place.fluent, value, noticed: false };
                let fits = fits(wanted.should, value);
                for prefix in prefixes(problem, self.purpose.holder, &write, wanted).into_iter().flatten() {
                    self.condition(problem, &prefix, &instance.own, fits);
                    self.condition(problem, &prefix, &instance.believed, fits);
                    self.condition(problem, &prefix, &change.condition, fits);
                    self.matter(problem, &prefix, &change.value);
                }
            }
        }
    }
}
