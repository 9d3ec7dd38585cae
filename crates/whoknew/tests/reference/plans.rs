//! Explanations and plans by plain enumeration, straight from the definition: every sequence of acts is tried in turn, and a
//! sequence is minimal if none of its parts does as well.
//!
//! A part is "explained in the same way": each act that is left keeps the budget that its place in the whole gave it.
//! Situations get numbers and what an event makes of one is remembered; nothing else is clever.

use super::Reference;
use super::evaluate::View;
use super::events::EventId;
use super::situations::{Failed, Node, Situation};
use super::values::{Mind, Value};
use std::collections::HashMap;
use whoknew::world::EntityId;

/// More work than this reference cares to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMuch;

/// How long an imagined plan may be, and how deep reasons may rest on others' below this level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Budget {
    pub steps: usize,
    pub nesting: usize,
}

/// An act that may be planned.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub event: EventId,
    pub actors: Vec<Mind>,
}

type Number = usize;
/// Situation, act, character, budget.
type Question = (Number, usize, Mind, Budget);

pub struct Plans<'r, 'w> {
    reference: &'r Reference<'w>,
    /// Those that may be planned, then those for which somebody takes them.
    candidates: Vec<Candidate>,
    planned: usize,
    situations: Vec<Situation>,
    numbers: HashMap<Situation, Number>,
    after: HashMap<(Number, usize), Option<Number>>,
    believed: HashMap<(Number, Mind), Number>,
    explained: HashMap<Question, bool>,
    /// Work that may still be done.
    pub left: usize,
    pub start: Number,
}

impl<'r, 'w> Plans<'r, 'w> {
    pub fn new(reference: &'r Reference<'w>, candidates: Vec<Candidate>, start: Situation) -> Self {
        let mut plans = Self {
            reference,
            planned: candidates.len(),
            candidates,
            situations: Vec::new(),
            numbers: HashMap::new(),
            after: HashMap::new(),
            believed: HashMap::new(),
            explained: HashMap::new(),
            left: 0,
            start: 0,
        };
        plans.start = plans.number(start);
        plans
    }

    fn number(&mut self, situation: Situation) -> Number {
        let next = self.situations.len();
        let number = *self.numbers.entry(situation.clone()).or_insert(next);
        if number == next {
            self.situations.push(situation);
        }
        number
    }

    fn work(&mut self) -> Result<(), TooMuch> {
        self.left = self.left.checked_sub(1).ok_or(TooMuch)?;
        Ok(())
    }

    /// What the act makes of the situation; `None` if it cannot happen.
    pub fn happen(&mut self, situation: Number, act: usize) -> Result<Option<Number>, TooMuch> {
        if let Some(&known) = self.after.get(&(situation, act)) {
            return Ok(known);
        }
        self.work()?;
        let (before, event) = (&self.situations[situation], self.candidates[act].event);
        let ground = self.reference.ground();
        let next = if ground.possible(before, event) { Some(ground.happen(before, event)) } else { None };
        let next = match next {
            Some(Ok(next)) => Some(self.number(next)),
            Some(Err(Failed::TooLarge)) => return Err(TooMuch),
            Some(Err(Failed::Conflict | Failed::RuleLoop)) | None => None,
        };
        self.after.insert((situation, act), next);
        Ok(next)
    }

    /// What `mind` takes to be real.
    pub fn believed(&mut self, situation: Number, mind: Mind) -> Number {
        if let Some(&known) = self.believed.get(&(situation, mind)) {
            return known;
        }
        let believed = seen_from(&self.situations[situation], mind);
        let number = self.number(believed);
        self.believed.insert((situation, mind), number);
        number
    }

    /// What the author (0) or a character (1 and up) tries to raise; `None` if it is unknown.
    pub fn utility(&self, situation: Number, holder: usize) -> Option<f64> {
        let situation = &self.situations[situation];
        let view: View = &|minds, fact| situation.value(minds, fact);
        match self.reference.utility(holder, view) {
            Value::Number(_) => self.reference.utility(holder, view).as_number(),
            _ => None,
        }
    }

    /// Whether `mind` has an explanation for the act in the situation.
    pub fn is_explained(&mut self, situation: Number, act: usize, mind: Mind, budget: Budget) -> Result<bool, TooMuch> {
        let act = self.meant(situation, act, mind)?;
        let believed = self.believed(situation, mind);
        let question = (believed, act, mind, budget);
        if let Some(&known) = self.explained.get(&question) {
            return Ok(known);
        }
        let longest = if budget.nesting == 0 { budget.steps.min(1) } else { budget.steps };
        let answer = match self.happen(believed, act)? {
            Some(next) if longest > 0 => self.extend(believed, &mut vec![act], next, (mind, budget, longest))?,
            _ => false,
        };
        self.explained.insert(question, answer);
        Ok(answer)
    }

    /// The act as it looks to `mind`, whose act it is.
    pub fn meant(&mut self, situation: Number, act: usize, mind: Mind) -> Result<usize, TooMuch> {
        let ground = self.reference.ground();
        let meant = ground.as_meant(&self.situations[situation], self.candidates[act].event, mind);
        let event = meant.map_err(|_| TooMuch)?;
        if let Some(known) = self.candidates.iter().position(|candidate| candidate.event == event) {
            return Ok(known);
        }
        let events = &self.reference.events;
        let characters = 0..self.reference.world.characters;
        let actors = characters.filter(|&mind| events.is_act_of(event, EntityId::from_index(mind))).collect();
        self.candidates.push(Candidate { event, actors });
        Ok(self.candidates.len() - 1)
    }

    /// Whether some plan that begins with `acts`, which lead to `end`, is an explanation.
    fn extend(
        &mut self,
        believed: Number,
        acts: &mut Vec<usize>,
        end: Number,
        (mind, budget, longest): (Mind, Budget, usize),
    ) -> Result<bool, TooMuch> {
        self.work()?;
        if self.raises(believed, end, mind) && self.is_minimal(believed, acts, end, (mind, budget))? {
            return Ok(true);
        }
        if acts.len() == longest {
            return Ok(false);
        }
        for act in 0..self.planned {
            if self.candidates[act].actors.is_empty() {
                continue;
            }
            let Some(next) = self.happen(end, act)? else { continue };
            if !self.others_agree(end, act, mind, at(budget, acts.len()))? {
                continue;
            }
            acts.push(act);
            let found = self.extend(believed, acts, next, (mind, budget, longest))?;
            acts.pop();
            if found {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn raises(&self, before: Number, after: Number, mind: Mind) -> bool {
        match (self.utility(before, mind + 1), self.utility(after, mind + 1)) {
            (Some(before), Some(after)) => after > before,
            _ => false,
        }
    }

    fn others_agree(&mut self, situation: Number, act: usize, mind: Mind, budget: Budget) -> Result<bool, TooMuch> {
        for other in self.candidates[act].actors.clone() {
            if other != mind && !self.is_explained(situation, act, other, budget)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether no part of the plan, explained in the same way, does as well for `mind`.
    fn is_minimal(
        &mut self,
        believed: Number,
        acts: &[usize],
        end: Number,
        (mind, budget): (Mind, Budget),
    ) -> Result<bool, TooMuch> {
        let reached = self.utility(end, mind + 1);
        for part in 0..(1u32 << acts.len()) - 1 {
            let mut now = Some(believed);
            for (index, &act) in acts.iter().enumerate().filter(|(index, _)| part >> index & 1 == 1) {
                let Some(situation) = now else { break };
                let agreed = index == 0 || self.others_agree(situation, act, mind, at(budget, index))?;
                now = if agreed { self.happen(situation, act)? } else { None };
            }
            if now.is_some_and(|now| self.utility(now, mind + 1).is_some_and(|other| reached <= Some(other))) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether `acts` are an explanation of the first of them for `mind` in the situation.
    pub fn is_explanation(
        &mut self,
        situation: Number,
        acts: &[usize],
        mind: Mind,
        budget: Budget,
    ) -> Result<bool, TooMuch> {
        let believed = self.believed(situation, mind);
        let longest = if budget.nesting == 0 { 1 } else { budget.steps };
        let mut now = believed;
        for (index, &act) in acts.iter().enumerate() {
            let fate = self.candidates[act].actors.is_empty();
            if fate || (index > 0 && !self.others_agree(now, act, mind, at(budget, index))?) {
                return Ok(false);
            }
            let Some(next) = self.happen(now, act)? else { return Ok(false) };
            now = next;
        }
        Ok(acts.len() <= longest
            && self.raises(believed, now, mind)
            && self.is_minimal(believed, acts, now, (mind, budget))?)
    }

    /// The number of acts of a shortest plan for the author: every act explained for all its actors, the aim reached and
    /// above the start. `None`: there is none of at most `steps` acts.
    pub fn shortest(&mut self, aim: f64, steps: usize, budget: Budget) -> Result<Option<usize>, TooMuch> {
        let before = self.utility(self.start, 0);
        let mut reached = vec![self.start];
        for taken in 1..=steps {
            let mut next = Vec::new();
            for &situation in &reached {
                for act in 0..self.planned {
                    let Some(after) = self.happen(situation, act)? else { continue };
                    if next.contains(&after) || !self.all_agree(situation, act, budget)? {
                        continue;
                    }
                    let utility = self.utility(after, 0);
                    if utility.is_some_and(|now| now >= aim && before.is_none_or(|before| now > before)) {
                        return Ok(Some(taken));
                    }
                    next.push(after);
                }
            }
            reached = next;
        }
        Ok(None)
    }

    fn all_agree(&mut self, situation: Number, act: usize, budget: Budget) -> Result<bool, TooMuch> {
        for actor in self.candidates[act].actors.clone() {
            if !self.is_explained(situation, act, actor, budget)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The budget of the act at a place of an imagined plan, for its other actors.
fn at(budget: Budget, index: usize) -> Budget {
    Budget { steps: budget.steps - index, nesting: budget.nesting - 1 }
}

/// The situation that `mind` takes to be real, as a situation.
fn seen_from(situation: &Situation, mind: Mind) -> Situation {
    let mut order = vec![situation.nodes[0].believed[mind]];
    let mut nodes = Vec::new();
    while nodes.len() < order.len() {
        let node = &situation.nodes[order[nodes.len()]];
        let place = |&target: &usize| {
            order.iter().position(|&known| known == target).unwrap_or_else(|| {
                order.push(target);
                order.len() - 1
            })
        };
        let believed = node.believed.iter().map(place).collect();
        nodes.push(Node { values: node.values.clone(), believed });
    }
    Situation { nodes }
}
