//! Explanations: whether somebody who takes a situation to be real has a reason for an act, and which.
//!
//! A reason is a plan that begins with the act, can be carried out in what they believe, raises their want, has every later
//! act explained for its other actors, one level of nesting further in, and is minimal. A shortest one is minimal unless a
//! plan without the first act does as well, so the search carries along which situations are reached without it.
//! Whatever is found, or found to have no explanation, is remembered by (character, situation, act, steps, nesting).

use super::canonical::Node;
use super::limits::Limits;
use super::observer::Watch;
use super::outcome::StopReason;
use super::relaxed::Relaxed;
use super::successors::Successors;
use super::within::{Goal, Within};
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;
use std::sync::Arc;

/// Why the search for an explanation ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stopped;

/// What is asked: why `character`, who takes `believed` to be real, should do `event`, with so many steps and so
/// many levels of nesting below this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Question {
    pub(super) believed: Node,
    pub(super) event: u32,
    pub(super) character: u8,
    pub(super) steps: u8,
    pub(super) nesting: u8,
}

/// The events of a plan, the act to be explained first.
pub(super) type Reason = Rc<[u32]>;

/// Finds and remembers explanations.
pub(super) struct Explainer<'o> {
    pub(super) successors: Successors,
    pub(super) relaxed: Relaxed,
    pub(super) within: Within,
    known: FxHashMap<Question, Option<Reason>>,
    /// The planned events, with actors, that somebody may imagine.
    acts: Rc<[u32]>,
    possible: FxHashMap<Node, Rc<[u32]>>,
    /// Stops when so many successors were computed.
    pub(super) limit: u64,
    pub(super) watch: Watch<'o>,
}

/// A situation in an imagined plan.
struct Reached {
    node: Node,
    /// What is reached without the first act, by leaving out some of the others; sorted.
    without: Rc<[Node]>,
    before: u32,
    event: u32,
}

impl<'o> Explainer<'o> {
    /// With the usual limits on situations and memory, and nobody who looks on.
    pub(super) fn new(successors: Successors, steps: usize) -> Self {
        let model = std::sync::Arc::clone(&successors.model);
        let acts = model.explainable.iter().copied().filter(|&event| !model.events[event as usize].actors.is_empty());
        Self {
            acts: acts.collect(),
            within: Within::new(Arc::clone(&model)),
            relaxed: Relaxed::new(model, &successors.numbers, steps),
            successors,
            known: FxHashMap::default(),
            possible: FxHashMap::default(),
            limit: u64::MAX,
            watch: Watch::new(None, Limits::default()),
        }
    }

    /// How many questions were answered.
    #[cfg(test)]
    pub(super) fn answered(&self) -> usize {
        self.known.len()
    }

    /// Roughly how many bytes everything takes.
    pub(super) fn bytes(&self) -> usize {
        self.successors.bytes()
            + self.relaxed.bytes()
            + self.within.bytes()
            + self.known.capacity() * 33
            + self.possible.len() * 96
    }

    /// The acts that are possible in a situation.
    fn possible(&mut self, node: Node) -> Rc<[u32]> {
        if let Some(known) = self.possible.get(&node) {
            return Rc::clone(known);
        }
        let possible: Rc<[u32]> =
            self.acts.iter().copied().filter(|&event| self.successors.possible(node, event)).collect();
        self.possible.insert(node, Rc::clone(&possible));
        possible
    }

    pub(super) fn next(&mut self, node: Node, event: u32) -> Result<Option<Node>, Stopped> {
        if self.successors.computed >= self.limit {
            return Err(Stopped);
        }
        if self.watch.is_due(1) {
            self.look_around()?;
        }
        Ok(self.successors.successor(node, event))
    }

    /// Keeps the limits and asks whoever looks on.
    pub(super) fn look_around(&mut self) -> Result<(), Stopped> {
        let most = self.watch.limits.memory;
        if self.bytes() > most {
            self.successors.forget();
            self.possible = FxHashMap::default();
            if self.bytes() > most {
                self.watch.stopped = Some(StopReason::Memory);
            }
        }
        if self.successors.is_full() {
            self.watch.stopped = Some(StopReason::Memory);
        }
        self.watch.ask(self.successors.computed, self.successors.canonical.len(), self.bytes());
        if self.watch.stopped.is_some() { Err(Stopped) } else { Ok(()) }
    }

    /// The most that the holder's want can be so many steps after a situation.
    pub(super) fn most(&mut self, node: Node, holder: usize, steps: usize) -> f64 {
        let canonical = &self.successors.canonical;
        let row = canonical.row_of(node);
        self.relaxed.most((row, canonical.row(row)), &self.successors.numbers, holder, steps)
    }

    /// Whether the character's want may be higher than `now` within so many steps, as far as values can tell.
    fn may_rise(&mut self, node: Node, holder: usize, now: f64, steps: usize) -> bool {
        if self.most(node, holder, steps) <= now {
            return false;
        }
        let goal = Goal { holder, above: now, least: f64::NEG_INFINITY };
        self.may_reach(node, goal, steps)
    }

    /// Whether the goal may be reached within so many steps, as far as values can tell.
    pub(super) fn may_reach(&mut self, node: Node, goal: Goal, steps: usize) -> bool {
        let row = self.successors.canonical.row_of(node);
        self.within.may_reach(goal, row, steps, &mut self.successors)
    }

    /// Whether all actors but `except` have a reason for `event` in `node`.
    fn others_agree(&mut self, node: Node, event: u32, except: u8, steps: u8, nesting: u8) -> Result<bool, Stopped> {
        let model = std::sync::Arc::clone(&self.successors.model);
        for &character in &model.events[event as usize].actors {
            if character == except {
                continue;
            }
            let believed = self.successors.canonical.believed(node, usize::from(character));
            if self.explain(Question { believed, event, character, steps, nesting })?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The reason that answers the question; `None` if there is none.
    pub(super) fn explain(&mut self, question: Question) -> Result<Option<Reason>, Stopped> {
        let alone = question.steps <= 1 || question.nesting == 0;
        let question = if alone { Question { steps: 1, nesting: 0, ..question } } else { question };
        if let Some(known) = self.known.get(&question) {
            return Ok(known.clone());
        }
        let found = self.search(question)?;
        self.known.insert(question, found.clone());
        Ok(found)
    }

    fn search(&mut self, question: Question) -> Result<Option<Reason>, Stopped> {
        let Question { believed, event, character, steps, nesting } = question;
        let holder = usize::from(character) + 1;
        let Some(now) = self.successors.utility(believed, holder) else { return Ok(None) };
        if !self.may_rise(believed, holder, now, usize::from(steps)) || !self.successors.possible(believed, event) {
            return Ok(None);
        }
        let Some(first) = self.next(believed, event)? else { return Ok(None) };
        let mut reached = vec![Reached { node: first, without: Rc::new([believed]), before: u32::MAX, event }];
        if self.raises(first, holder, &[believed]) {
            return Ok(Some(Rc::new([event])));
        }
        let mut seen: FxHashSet<(Node, Rc<[Node]>)> = FxHashSet::default();
        let (mut from, mut to) = (0, 1);
        for taken in 1..steps {
            for index in from..to {
                let left = steps - taken;
                if let Some(last) = self.expand(&mut reached, index, (holder, now, left, nesting), &mut seen)? {
                    return Ok(Some(plan_of(&reached, last)));
                }
            }
            (from, to) = (to, reached.len());
        }
        Ok(None)
    }

    /// Whether the want is higher in `node` than in all others.
    fn raises(&self, node: Node, holder: usize, others: &[Node]) -> bool {
        let Some(utility) = self.successors.utility(node, holder) else { return false };
        others.iter().all(|&other| self.successors.utility(other, holder).is_none_or(|before| utility > before))
    }

    /// Adds what follows on a reached situation; the index of one that raises the want, if there is one.
    fn expand(
        &mut self,
        reached: &mut Vec<Reached>,
        index: usize,
        (holder, now, left, nesting): (usize, f64, u8, u8),
        seen: &mut FxHashSet<(Node, Rc<[Node]>)>,
    ) -> Result<Option<usize>, Stopped> {
        let (node, without) = (reached[index].node, Rc::clone(&reached[index].without));
        let character = (holder - 1) as u8;
        for &event in self.possible(node).iter() {
            let Some(next) = self.next(node, event)? else { continue };
            if next == node || !self.may_rise(next, holder, now, usize::from(left) - 1) {
                continue;
            }
            if !self.others_agree(node, event, character, left, nesting - 1)? {
                continue;
            }
            let mut also: Vec<Node> = without.to_vec();
            for &other in without.iter() {
                if self.successors.possible(other, event)
                    && self.others_agree(other, event, character, left, nesting - 1)?
                {
                    also.extend(self.next(other, event)?);
                }
            }
            also.sort_unstable();
            also.dedup();
            if also.contains(&next) {
                continue;
            }
            let without: Rc<[Node]> = also.into();
            if !seen.insert((next, Rc::clone(&without))) {
                continue;
            }
            let raised = self.raises(next, holder, &without);
            reached.push(Reached { node: next, without, before: index as u32, event });
            if raised {
                return Ok(Some(reached.len() - 1));
            }
        }
        Ok(None)
    }
}

fn plan_of(reached: &[Reached], last: usize) -> Reason {
    let mut events = Vec::new();
    let mut index = last as u32;
    while let Some(step) = reached.get(index as usize) {
        events.push(step.event);
        index = step.before;
    }
    events.reverse();
    events.into()
}
