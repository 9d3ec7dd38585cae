//! Rules: what happens by itself after every change, at every level of belief.
//!
//! One pass at a level applies the first rule that holds and would change something, until none does, reading beliefs that
//! have not run their own rules yet; then every belief passes likewise, again until nothing changes anywhere. Beliefs pass
//! when somebody asks for them. A level is final after its pass unless the rules of beliefs below it may concern one of
//! its own rules again (a *fragile* one): see [`rounds`](super::rounds).

use super::arena::{Operation, Run, WriteReason, code, decode};
use super::errors::{StateError, WrittenBy};
use super::values::ValuesId;
use super::writes::WritesId;
use super::{Situations, StateId};
use crate::ground::{
    ChainId, Condition, GroundFluentId, Level, Place, TriggerInstance, TriggerInstanceId, Triggers, Value, evaluate,
    written,
};
use crate::world::EntityId;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// After so many applications in one pass, states that repeat are looked for.
const SUSPICIOUS: usize = 64;

impl Situations<'_> {
    /// The situation after one pass of the rules over this level; beliefs pass when they are asked for.
    pub(crate) fn pass(&mut self, state: StateId, owner: Option<EntityId>) -> Result<StateId, StateError> {
        if self.node(state).settled {
            return Ok(state);
        }
        let owner = decode(self.node(state).owner).or(owner);
        if let Some(&passed) = self.passed.get(&(state, code(owner))) {
            return Ok(passed);
        }
        let outcome = self.run_rules(state, owner)?;
        let passed = match owner {
            Some(character) if self.node(state).owner != code(owner) => {
                match self.same_as_unowned(state, character, &outcome)? {
                    Some(shared) => shared,
                    None => self.passed(state, outcome, owner)?,
                }
            }
            _ => self.passed(state, outcome, owner)?,
        };
        self.passed.insert((state, code(owner)), passed);
        Ok(passed)
    }

    fn passed(&mut self, state: StateId, outcome: Outcome, owner: Option<EntityId>) -> Result<StateId, StateError> {
        let run = self.runs.len() as u32;
        self.runs.push(Arc::new(Run { applied: outcome.applied, beliefs: outcome.beliefs }));
        let passed = self.derive(state, outcome.values, Operation::Rules(run), owner)?;
        self.nodes[passed.index()].settled = self.problem.triggers.fragile.is_empty();
        Ok(passed)
    }

    /// The node after the rules ran as if this were nobody's belief, if that is the same for `character`, whose own
    /// belief it is.
    fn same_as_unowned(
        &mut self,
        state: StateId,
        character: EntityId,
        outcome: &Outcome,
    ) -> Result<Option<StateId>, StateError> {
        let shared = self.pass(state, None)?;
        let Operation::Rules(run) = self.node(shared).operation else { return Ok(None) };
        let beliefs = self.runs[run as usize].beliefs;
        if !self.same_values(self.node(shared).values, outcome.values) {
            return Ok(None);
        }
        let own = self.writes.of(beliefs, character);
        let idle = {
            let set = self.writes.get(own);
            let so = |values: ValuesId| set.own.iter().all(|&(fluent, value)| self.values.get(values, fluent) == value);
            set.nested.is_empty() && so(outcome.values) && so(self.node(state).values)
        };
        let others = |id: WritesId| -> Vec<(EntityId, WritesId)> {
            self.writes.get(id).nested.iter().filter(|(who, _)| *who != character).copied().collect()
        };
        Ok((idle && others(beliefs) == others(outcome.beliefs)).then_some(shared))
    }

    fn same_values(&self, one: ValuesId, other: ValuesId) -> bool {
        let mut same = true;
        self.values.differences(one, other, &mut |_| same = false);
        same
    }

    /// Runs the rules of one level until none applies.
    fn run_rules(&mut self, state: StateId, owner: Option<EntityId>) -> Result<Outcome, StateError> {
        let triggers = Arc::clone(&self.problem.triggers);
        let mut candidates = self.candidates(state, &triggers);
        let values = self.node(state).values;
        let mut level = Running { situations: self, state, owner, values, pending: Vec::new() };
        let mut applied = Vec::new();
        let mut watch = Watch::default();
        while let Some(rank) = candidates.pop_first() {
            let (id, instance) = triggers.at_rank(rank);
            let changed = level.apply(instance)?;
            if changed.is_empty() {
                continue;
            }
            applied.push(id);
            candidates.insert(rank);
            for place in changed {
                let value = level.situations.values.get(level.values, place.fluent);
                if place.chain == ChainId::REAL {
                    candidates.extend(triggers.concerned(place.fluent, value));
                } else {
                    candidates.extend(triggers.concerned_by_belief(place.fluent, value));
                }
            }
            watch.step(&level, &applied, state)?;
        }
        let (values, pending) = (level.values, level.pending);
        let beliefs = self.writes.collect(&self.problem, &pending, None);
        Ok(Outcome { values, beliefs, applied })
    }

    /// The instances that what happened since the last settled situation may concern.
    fn candidates(&mut self, state: StateId, triggers: &Triggers) -> BTreeSet<u32> {
        let mut candidates = BTreeSet::new();
        let mut beliefs: Vec<GroundFluentId> = Vec::new();
        let mut reached = state;
        while !self.node(reached).settled {
            match self.node(reached).operation {
                Operation::Start => return (0..triggers.ranked.len() as u32).collect(),
                Operation::Event(event) => {
                    beliefs.extend(self.problem.may_change(event).iter());
                    if self.problem.may_be_in_guise() {
                        // Somebody may take it for another event.
                        candidates.extend(triggers.about_beliefs.iter().copied());
                    }
                }
                Operation::Write(writes, _) => self.written_in_beliefs(writes, &mut beliefs),
                Operation::Rules(_) => {
                    // A pass before this one: of what it read, only beliefs may have changed since.
                    candidates.extend(triggers.about_beliefs.iter().copied());
                    break;
                }
            }
            reached = self.node(reached).before;
        }
        beliefs.sort_unstable();
        beliefs.dedup();
        let values = self.node(state).values;
        self.values.differences(self.node(reached).values, values, &mut |fluent| {
            candidates.extend(triggers.concerned(fluent, self.values.get(values, fluent)));
        });
        for fluent in beliefs {
            candidates.extend(triggers.concerned_by_belief(fluent, self.values.get(values, fluent)));
        }
        candidates
    }

    fn written_in_beliefs(&self, writes: WritesId, fluents: &mut Vec<GroundFluentId>) {
        for &(_, below) in &self.writes.get(writes).nested {
            fluents.extend(self.writes.get(below).own.iter().map(|(fluent, _)| *fluent));
            self.written_in_beliefs(below, fluents);
        }
    }
}

/// What a pass of the rules over one level came to.
struct Outcome {
    values: ValuesId,
    beliefs: WritesId,
    applied: Vec<TriggerInstanceId>,
}

/// A level while its rules run: its own values as they are by now, beliefs as they were before their own rules, with what
/// rules of this level have written on them.
pub(super) struct Running<'s, 'w> {
    pub(super) situations: &'s mut Situations<'w>,
    pub(super) state: StateId,
    pub(super) owner: Option<EntityId>,
    pub(super) values: ValuesId,
    /// What the rules have written on beliefs. Chains never begin with the owner.
    pub(super) pending: Vec<(Place, Value)>,
}

impl Level for Running<'_, '_> {
    type Error = StateError;

    fn value(&mut self, place: Place) -> Result<Value, StateError> {
        let place = self.collapsed(place);
        if place.chain == ChainId::REAL {
            return Ok(self.situations.values.get(self.values, place.fluent));
        }
        let believers = self.situations.problem.believers(place.chain).to_vec();
        let Some((&first, deeper)) = believers.split_first() else {
            return Ok(self.situations.values.get(self.values, place.fluent));
        };
        let mut state = self.situations.believed(first, self.state)?;
        let writes = self.situations.writes.collect(&self.situations.problem, &self.pending, None);
        let writes = self.situations.writes.of(writes, first);
        if writes != WritesId::NONE {
            state = self.situations.after_write(state, writes, WriteReason::Rules, Some(first))?;
        }
        for &believer in deeper {
            state = self.situations.believed(believer, state)?;
        }
        Ok(self.situations.value(state, place.fluent))
    }
}

impl Running<'_, '_> {
    /// What the owner believes here is what is so here.
    pub(super) fn collapsed(&mut self, place: Place) -> Place {
        let believers = self.situations.problem.believers(place.chain);
        match self.owner {
            Some(owner) if believers.first() == Some(&owner) => {
                let inside = believers[1..].to_vec();
                self.situations.problem.place(&inside, place.fluent)
            }
            _ => place,
        }
    }

    /// Applies a rule if it holds and would change something; returns what it changed.
    fn apply(&mut self, instance: &TriggerInstance) -> Result<Vec<Place>, StateError> {
        if !evaluate::holds(self, &instance.own)? {
            return Ok(Vec::new());
        }
        if let Some(unasked) = self.unasked(instance)? {
            return Ok(unasked);
        }
        if !evaluate::holds(self, &instance.believed)? {
            return Ok(Vec::new());
        }
        let writes = self.computed(instance)?;
        let mut changed = Vec::new();
        for (place, value) in writes {
            let place = self.collapsed(place);
            if self.value(place)? != value {
                changed.push((place, value));
            }
        }
        for &(place, value) in &changed {
            self.set(place, value);
        }
        Ok(changed.into_iter().map(|(place, _)| place).collect())
    }

    /// Whether a rule holds and would change something.
    pub(super) fn wants_to_change(&mut self, instance: &TriggerInstance) -> Result<bool, StateError> {
        if !evaluate::holds(self, &instance.own)? || !evaluate::holds(self, &instance.believed)? {
            return Ok(false);
        }
        for (place, value) in self.computed(instance)? {
            let place = self.collapsed(place);
            if self.value(place)? != value {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn computed(&mut self, instance: &TriggerInstance) -> Result<Vec<(Place, Value)>, StateError> {
        let conflict = |conflict| {
            let by = WrittenBy::Rule(instance.trigger, instance.arguments.clone());
            StateError::Conflict { by, conflict }
        };
        let mut writes = written(self, instance.changes.own())?.map_err(conflict)?;
        writes.extend(written(self, instance.changes.beliefs())?.map_err(conflict)?);
        Ok(writes)
    }

    /// Applies an idempotent rule without asking what is believed so far. `None`: that cannot be done here, beliefs must be
    /// asked for.
    fn unasked(&mut self, instance: &TriggerInstance) -> Result<Option<Vec<Place>>, StateError> {
        if !instance.idempotent {
            return Ok(None);
        }
        let mut changed = Vec::new();
        for (written, value) in self.computed(instance)? {
            let place = self.collapsed(written);
            let guarded = instance.believed != Condition::Constant(true);
            if place.chain == ChainId::REAL {
                if guarded {
                    return Ok(None);
                }
                if self.value(place)? != value {
                    changed.push((place, value));
                }
                continue;
            }
            match self.pending.iter().find(|(pending, _)| *pending == place) {
                Some((_, known)) if *known == value => {}
                Some(_) => return Ok(None),
                None => changed.push((place, value)),
            }
        }
        for &(place, value) in &changed {
            self.set(place, value);
        }
        Ok(Some(changed.into_iter().map(|(place, _)| place).collect()))
    }

    fn set(&mut self, place: Place, value: Value) {
        if place.chain == ChainId::REAL {
            let mark = self.situations.values.mark();
            self.values = self.situations.values.set(self.values, place.fluent, value, mark);
            return;
        }
        match self.pending.iter_mut().find(|(written, _)| *written == place) {
            Some(slot) => slot.1 = value,
            None => self.pending.push((place, value)),
        }
    }
}

/// Looks for a state that repeats while the rules of one level run.
#[derive(Default)]
struct Watch {
    seen: FxHashMap<Vec<(Place, Value)>, Vec<(ValuesId, usize)>>,
}

impl Watch {
    fn step(
        &mut self,
        level: &Running<'_, '_>,
        applied: &[TriggerInstanceId],
        before: StateId,
    ) -> Result<(), StateError> {
        let steps = applied.len();
        if steps < SUSPICIOUS {
            return Ok(());
        }
        let mut pending = level.pending.clone();
        pending.sort_unstable();
        let earlier = self.seen.entry(pending).or_default();
        let same = |&&(values, _): &&(ValuesId, usize)| {
            let mut same = true;
            level.situations.values.differences(values, level.values, &mut |_| same = false);
            same
        };
        // Comparing with the last few is enough to find a cycle that goes round again and again.
        if let Some((_, from)) = earlier.iter().rev().take(steps.min(256)).find(same) {
            return Err(StateError::RuleLoop { cycle: applied[*from..].to_vec(), stopped_after: None, before });
        }
        earlier.push((level.values, steps));
        if steps >= level.situations.problem.limits().rule_steps {
            let from = steps.saturating_sub(SUSPICIOUS);
            return Err(StateError::RuleLoop { cycle: applied[from..].to_vec(), stopped_after: Some(steps), before });
        }
        Ok(())
    }
}
