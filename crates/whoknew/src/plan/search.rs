//! The author's plan: best first over canonical situations, each act explained for all its actors.
//!
//! Rounds with rising limits on imagined steps and nesting share all that is remembered; each has a budget, and all are run
//! again with three times as much until one finds a plan or the last one has seen everything.

use super::canonical::Node;
use super::explain::{Explainer, Question, Stopped};
use super::limits::{Limits, Task};
use super::outcome::StopReason;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Successors that the first run of a round may compute.
const FIRST_BUDGET: u64 = 500;
/// How much more the distance to the aim counts than the way that was gone.
const WEIGHT: u32 = 3;

/// Steps that any plan may have.
const MOST_STEPS: usize = 250;

/// How a search ended.
pub(super) enum Ended {
    /// With these events, explained within these limits on imagined steps and nesting.
    Found(Vec<u32>, Depth),
    Nothing,
    Stopped(StopReason),
}

/// Limits on explanations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Depth {
    pub(super) imagined: u8,
    pub(super) nesting: u8,
}

/// The search for the author's plan.
pub(super) struct Search<'a> {
    pub(super) explainer: Explainer,
    limits: Limits,
    task: Task,
    cancelled: &'a AtomicBool,
    above: f64,
    possible: FxHashMap<Node, Rc<[u32]>>,
}

/// A situation on the way, not yet known to be explained.
struct Entry {
    node: Node,
    before: u32,
    event: u32,
    steps: u8,
}

enum Round {
    Found(Vec<u32>),
    Exhausted,
    OverBudget,
}

impl<'a> Search<'a> {
    pub(super) fn new(mut explainer: Explainer, task: Task, limits: Limits, cancelled: &'a AtomicBool) -> Self {
        let above = explainer.successors.utility(explainer.successors.start, 0).unwrap_or(f64::NEG_INFINITY);
        explainer.relaxed.aim_at(task.aim);
        let limits = Limits { steps: limits.steps.min(MOST_STEPS), ..limits };
        Self { explainer, limits, task, cancelled, above, possible: FxHashMap::default() }
    }

    pub(super) fn run(&mut self) -> Ended {
        let full =
            Depth { imagined: self.limits.imagined.min(MOST_STEPS) as u8, nesting: self.limits.nesting.min(100) as u8 };
        let mut rounds: Vec<Depth> = Vec::new();
        if self.task.shortest {
            rounds.push(full);
        } else {
            rounds.extend(
                (1..=full.imagined)
                    .map(|imagined| Depth { imagined, nesting: full.nesting.min(imagined.saturating_sub(1).max(1)) }),
            );
            if rounds.last() != Some(&full) {
                rounds.push(full);
            }
        }
        let mut budget = if self.task.shortest { u64::MAX } else { FIRST_BUDGET };
        let mut exhausted = vec![false; rounds.len()];
        loop {
            for (index, &depth) in rounds.iter().enumerate() {
                if exhausted[index] {
                    continue;
                }
                let computed = self.explainer.successors.computed;
                self.explainer.limit = computed.saturating_add(budget).min(self.limits.situations);
                match self.round(depth) {
                    Round::Found(plan) => return Ended::Found(plan, depth),
                    Round::Exhausted if depth == full && !self.is_full() => return Ended::Nothing,
                    Round::Exhausted => exhausted[index] = true,
                    Round::OverBudget => {}
                }
                if let Some(reason) = self.must_stop() {
                    return Ended::Stopped(reason);
                }
            }
            budget = budget.saturating_mul(3);
        }
    }

    /// There are more values or situations than can be told apart.
    fn is_full(&self) -> bool {
        self.explainer.successors.numbers.overflowed || self.explainer.successors.canonical.is_full()
    }

    fn must_stop(&mut self) -> Option<StopReason> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Some(StopReason::Cancelled);
        }
        if self.explainer.successors.computed >= self.limits.situations {
            return Some(StopReason::Situations);
        }
        if self.is_full() {
            return Some(StopReason::Memory);
        }
        if self.explainer.bytes() > self.limits.memory {
            self.explainer.successors.forget();
            if self.explainer.bytes() > self.limits.memory {
                return Some(StopReason::Memory);
            }
        }
        None
    }

    fn is_aim(&self, node: Node) -> bool {
        let utility = self.explainer.successors.utility(node, 0);
        utility.is_some_and(|utility| utility >= self.task.aim && utility > self.above)
    }

    /// At least so many steps are missing to the aim; `None` if more than are left.
    fn distance(&mut self, node: Node, left: usize) -> Option<u32> {
        if self.is_aim(node) {
            return Some(0);
        }
        let (aim, above) = (self.task.aim, self.above);
        (1..=left)
            .find(|&steps| {
                let most = self.explainer.most(node, 0, steps);
                most >= aim && most > above
            })
            .map(|steps| steps as u32)
    }

    /// How far the aim seems to be.
    fn guide(&mut self, node: Node) -> u32 {
        let row = self.explainer.successors.canonical.row_of(node);
        self.explainer.relaxed.guide(row)
    }

    fn possible(&mut self, node: Node) -> Rc<[u32]> {
        if let Some(known) = self.possible.get(&node) {
            return Rc::clone(known);
        }
        let successors = &self.explainer.successors;
        let possible: Rc<[u32]> =
            successors.model.planned.iter().copied().filter(|&event| successors.possible(node, event)).collect();
        self.possible.insert(node, Rc::clone(&possible));
        possible
    }

    fn round(&mut self, depth: Depth) -> Round {
        let weight = if self.task.shortest { 1 } else { WEIGHT };
        let start = self.explainer.successors.start;
        let Some(distance) = self.distance(start, self.limits.steps) else { return Round::Exhausted };
        let mut entries = vec![Entry { node: start, before: u32::MAX, event: u32::MAX, steps: 0 }];
        let mut queue = BinaryHeap::from([Reverse((weight * distance, distance, 0u32))]);
        let mut closed: FxHashMap<Node, u8> = FxHashMap::default();
        while let Some(Reverse((_, _, index))) = queue.pop() {
            let Entry { node, before, event, steps } = entries[index as usize];
            if closed.get(&node).is_some_and(|&known| known <= steps) {
                continue;
            }
            if before != u32::MAX {
                match self.is_explained(entries[before as usize].node, event, depth) {
                    Ok(true) => {}
                    Ok(false) => continue,
                    Err(Stopped) => return Round::OverBudget,
                }
            }
            closed.insert(node, steps);
            if self.is_aim(node) {
                return Round::Found(path(&entries, index));
            }
            if usize::from(steps) == self.limits.steps {
                continue;
            }
            if index % 64 == 0 && self.must_stop().is_some() {
                return Round::OverBudget;
            }
            for &event in self.possible(node).iter() {
                let next = match self.explainer.next(node, event) {
                    Ok(Some(next)) => next,
                    Ok(None) => continue,
                    Err(Stopped) => return Round::OverBudget,
                };
                let taken = steps + 1;
                if closed.get(&next).is_some_and(|&known| known <= taken) {
                    continue;
                }
                let Some(distance) = self.distance(next, self.limits.steps - usize::from(taken)) else { continue };
                let guide = if self.task.shortest { distance } else { self.guide(next).max(distance) };
                let entry = entries.len() as u32;
                entries.push(Entry { node: next, before: index, event, steps: taken });
                queue.push(Reverse((u32::from(taken) + weight * guide, guide, entry)));
            }
        }
        Round::Exhausted
    }

    /// Whether all actors have a reason for the event.
    pub(super) fn is_explained(&mut self, node: Node, event: u32, depth: Depth) -> Result<bool, Stopped> {
        let model = std::sync::Arc::clone(&self.explainer.successors.model);
        for &character in &model.events[event as usize].actors {
            if self.explainer.explain(self.question(node, event, character, depth))?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub(super) fn question(&self, node: Node, event: u32, character: u8, depth: Depth) -> Question {
        let believed = self.explainer.successors.canonical.believed(node, usize::from(character));
        Question { believed, event, character, steps: depth.imagined, nesting: depth.nesting }
    }

    /// Leaves out what can be left out: the shortest part of the plan that is explained and does as well.
    pub(super) fn shortened(&mut self, plan: Vec<u32>, depth: Depth) -> Result<Vec<u32>, Stopped> {
        let reached = self.follow(&plan, None)?.and_then(|node| self.explainer.successors.utility(node, 0));
        let Some(reached) = reached.filter(|_| plan.len() < 20) else { return Ok(plan) };
        let mut parts: Vec<u32> = (1..(1u32 << plan.len()) - 1).collect();
        parts.sort_by_key(|part| part.count_ones());
        for part in parts {
            let kept: Vec<u32> =
                plan.iter().enumerate().filter(|(index, _)| part >> index & 1 == 1).map(|(_, &event)| event).collect();
            let Some(node) = self.follow(&kept, None)? else { continue };
            let does_as_well = self.explainer.successors.utility(node, 0).is_some_and(|utility| utility >= reached);
            if does_as_well && self.follow(&kept, Some(depth))?.is_some() {
                return Ok(kept);
            }
        }
        Ok(plan)
    }

    /// Where the events lead, if they are possible, and explained where that is asked.
    fn follow(&mut self, events: &[u32], depth: Option<Depth>) -> Result<Option<Node>, Stopped> {
        let mut node = self.explainer.successors.start;
        for &event in events {
            if !self.explainer.successors.possible(node, event) {
                return Ok(None);
            }
            if let Some(depth) = depth
                && !self.is_explained(node, event, depth)?
            {
                return Ok(None);
            }
            match self.explainer.next(node, event)? {
                Some(next) => node = next,
                None => return Ok(None),
            }
        }
        Ok(Some(node))
    }
}

fn path(entries: &[Entry], last: u32) -> Vec<u32> {
    let mut events = Vec::new();
    let mut index = last;
    while let Some(entry) = entries.get(index as usize).filter(|entry| entry.before != u32::MAX) {
        events.push(entry.event);
        index = entry.before;
    }
    events.reverse();
    events
}
