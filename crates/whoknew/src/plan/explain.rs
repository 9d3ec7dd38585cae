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
use super::prospects::{Found, Prospects, View};
use super::relaxed::Relaxed;
use super::successors::Successors;
use super::within::{Goal, Within};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
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

/// What it takes, in beliefs looked at, to compute a successor that is no work to speak of.
const EASY: u64 = 16;

/// The events of a plan, the act to be explained first.
pub(super) type Reason = Rc<[u32]>;

/// Finds and remembers explanations.
pub(super) struct Explainer<'o> {
    pub(super) successors: Successors,
    pub(super) relaxed: Relaxed,
    pub(super) within: Within,
    /// Without regard to prospects, and with.
    known: [FxHashMap<Question, Option<Reason>>; 2],
    /// Made when they are asked for.
    prospects: Option<Prospects>,
    /// Only acts that have prospects are tried.
    pub(super) guided: bool,
    /// The events that are possible somewhere.
    possible: FxHashMap<Node, Rc<[u32]>>,
    /// How many those are together.
    listed: usize,
    /// Bytes that the author's search takes.
    pub(super) besides: usize,
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
    taken: u8,
}

/// An act whose turn will come: the acts that are needed at least, those of them that are still missing, a number of its own,
/// where it happens, the event and where it leads.
type Waiting = Reverse<(u8, u8, u32, u32, u32, Node)>;

/// A search for a reason.
struct Imagined {
    question: Question,
    now: f64,
    reached: Vec<Reached>,
    queue: BinaryHeap<Waiting>,
    /// After how many acts.
    seen: FxHashMap<(Node, Rc<[Node]>), u8>,
    entered: u32,
}

impl<'o> Explainer<'o> {
    /// With the usual limits on situations and memory, and nobody who looks on.
    pub(super) fn new(successors: Successors, steps: usize) -> Self {
        let model = std::sync::Arc::clone(&successors.model);
        Self {
            within: Within::new(Arc::clone(&model)),
            relaxed: Relaxed::new(model, &successors.numbers, steps),
            successors,
            known: [FxHashMap::default(), FxHashMap::default()],
            prospects: None,
            guided: false,
            possible: FxHashMap::default(),
            listed: 0,
            besides: 0,
            limit: u64::MAX,
            watch: Watch::new(None, Limits::default()),
        }
    }

    /// How many questions were answered.
    #[cfg(test)]
    pub(super) fn answered(&self) -> usize {
        self.known.iter().map(FxHashMap::len).sum()
    }

    /// Roughly how many bytes everything takes.
    pub(super) fn bytes(&self) -> usize {
        self.successors.bytes()
            + self.relaxed.bytes()
            + self.within.bytes()
            + self.known.iter().map(FxHashMap::capacity).sum::<usize>() * 40
            + self.prospects.as_ref().map_or(0, Prospects::bytes)
            + self.possible.capacity() * 48
            + self.listed * 4
            + self.besides
    }

    /// The events that are possible in a situation.
    pub(super) fn possible(&mut self, node: Node) -> Rc<[u32]> {
        if let Some(known) = self.possible.get(&node) {
            return Rc::clone(known);
        }
        let mut found = Vec::new();
        self.within.rows.index.find(self.successors.canonical.values(node), &mut found);
        found.retain(|&event| self.successors.possible(node, event));
        let possible: Rc<[u32]> = found.into();
        self.listed += possible.len();
        self.possible.insert(node, Rc::clone(&possible));
        possible
    }

    pub(super) fn next(&mut self, node: Node, event: u32) -> Result<Option<Node>, Stopped> {
        if self.spent() >= self.limit {
            return Err(Stopped);
        }
        let before = self.successors.effort;
        let next = self.successors.successor(node, event);
        let effort = (self.successors.effort - before) * self.successors.model.characters as u64;
        if self.watch.is_due(u32::try_from(1 + effort / EASY).unwrap_or(u32::MAX)) {
            self.look_around()?;
        }
        Ok(next)
    }

    /// The work that was done: successors, and in this round what it took to see prospects.
    pub(super) fn spent(&self) -> u64 {
        self.successors.computed + self.prospects.as_ref().map_or(0, |prospects| prospects.work)
    }

    /// A round begins: what it took to see prospects before counts no more.
    pub(super) fn begin_work(&mut self) -> u64 {
        if let Some(prospects) = &mut self.prospects {
            prospects.work = 0;
        }
        self.successors.computed
    }

    /// Keeps the limits and asks whoever looks on.
    pub(super) fn look_around(&mut self) -> Result<(), Stopped> {
        let most = self.watch.limits.memory;
        if self.bytes() > most {
            self.successors.forget();
            self.possible = FxHashMap::default();
            self.listed = 0;
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
        let goal = Goal { holder, above: now, least: f64::NEG_INFINITY };
        let row = self.successors.canonical.row_of(node);
        match self.within.known(goal, row, steps) {
            Some(known) => known,
            None => self.most(node, holder, steps) > now && self.may_reach(node, goal, steps),
        }
    }

    /// Whether the goal may be reached within so many steps, as far as values can tell.
    pub(super) fn may_reach(&mut self, node: Node, goal: Goal, steps: usize) -> bool {
        // Prospects say more, and values would cost more than they save.
        if self.guided {
            return true;
        }
        let row = self.successors.canonical.row_of(node);
        let before = self.within.rows.tried;
        let may = self.within.may_reach(goal, row, steps, &mut self.successors);
        let tried = self.within.rows.tried - before;
        self.watch.is_due(u32::try_from(tried / EASY).unwrap_or(u32::MAX));
        may
    }

    /// Whether all actors but `except` have a reason for `event` in `node`.
    fn others_agree(&mut self, node: Node, event: u32, except: u8, steps: u8, nesting: u8) -> Result<bool, Stopped> {
        let model = std::sync::Arc::clone(&self.successors.model);
        for &character in &model.events[event as usize].actors {
            if character == except {
                continue;
            }
            let believed = self.successors.canonical.believed(node, usize::from(character));
            let event = self.successors.as_meant(node, event, character);
            if self.explain(Question { believed, event, character, steps, nesting })?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The reason that answers the question; `None` if there is none.
    pub(super) fn explain(&mut self, question: Question) -> Result<Option<Reason>, Stopped> {
        if question.steps == 0 {
            return Ok(None);
        }
        let alone = question.steps <= 1 || question.nesting == 0;
        let question = if alone { Question { steps: 1, nesting: 0, ..question } } else { question };
        let mode = usize::from(self.guided);
        if let Some(known) = self.known[mode].get(&question) {
            return Ok(known.clone());
        }
        let found = self.search(question)?;
        self.known[mode].insert(question, found.clone());
        Ok(found)
    }

    /// Best first by the acts that are at least needed, so that the first plan found is a shortest one; whether the
    /// others agree to an act is asked only when its turn has come.
    fn search(&mut self, question: Question) -> Result<Option<Reason>, Stopped> {
        let Question { believed, event, character, steps, .. } = question;
        let holder = usize::from(character) + 1;
        let Some(now) = self.successors.utility(believed, holder) else { return Ok(None) };
        // An act that others would not agree to is in no plan but this one.
        let usual = self.successors.model.is_explainable[event as usize];
        if (usual && !self.may_rise(believed, holder, now, usize::from(steps)))
            || !self.successors.possible(believed, event)
        {
            return Ok(None);
        }
        let view = View { node: believed, holder: character + 1, steps, nesting: question.nesting };
        if !self.has_prospects(view, event, steps) {
            return Ok(None);
        }
        let Some(first) = self.next(believed, event)? else { return Ok(None) };
        if self.raises(first, holder, &[believed]) {
            return Ok(Some(Rc::new([event])));
        }
        if steps == 1 {
            return Ok(None);
        }
        let mut imagined = Imagined {
            question,
            now,
            reached: Vec::new(),
            queue: BinaryHeap::new(),
            seen: FxHashMap::default(),
            entered: 0,
        };
        imagined.reached.push(Reached { node: first, without: Rc::new([believed]), before: u32::MAX, event, taken: 1 });
        self.expand(&mut imagined, 0)?;
        while let Some(Reverse((_, _, _, before, event, node))) = imagined.queue.pop() {
            if let Some(index) = self.arrive(&mut imagined, before, event, node)? {
                if self.raises(node, holder, &imagined.reached[index].without) {
                    return Ok(Some(plan_of(&imagined.reached, index)));
                }
                self.expand(&mut imagined, index)?;
            }
        }
        Ok(None)
    }

    /// Whether the want is higher in `node` than in all others.
    fn raises(&self, node: Node, holder: usize, others: &[Node]) -> bool {
        let Some(utility) = self.successors.utility(node, holder) else { return false };
        others.iter().all(|&other| self.successors.utility(other, holder).is_none_or(|before| utility > before))
    }

    /// Whether the act is worth trying with so many steps left, its own included.
    pub(super) fn has_prospects(&mut self, view: View, event: u32, left: u8) -> bool {
        !self.guided || self.prospects(view).has(event, usize::from(left))
    }

    /// How many acts the holder of a view seems to need.
    pub(super) fn cost(&mut self, view: View) -> u32 {
        self.prospects(view).cost
    }

    fn prospects(&mut self, view: View) -> Rc<Found> {
        let model = &self.successors.model;
        let prospects = self.prospects.get_or_insert_with(|| Prospects::new(Arc::clone(model)));
        let before = prospects.work;
        let found = prospects.at(view, &mut self.successors);
        let work = prospects.work - before;
        self.watch.is_due(u32::try_from(work).unwrap_or(u32::MAX));
        found
    }

    /// How many acts are needed, at least, until the character's want is higher than `now`; `None` if more than are left.
    fn distance(&mut self, node: Node, holder: usize, now: f64, left: usize) -> Option<u8> {
        if self.successors.utility(node, holder).is_some_and(|utility| utility > now) {
            return Some(0);
        }
        if !self.may_rise(node, holder, now, left) {
            return None;
        }
        (1..=left).find(|&steps| self.may_rise(node, holder, now, steps)).map(|steps| steps as u8)
    }

    /// Queues what may follow on a reached situation.
    fn expand(&mut self, imagined: &mut Imagined, index: usize) -> Result<(), Stopped> {
        let Question { character, steps, .. } = imagined.question;
        let (node, taken) = (imagined.reached[index].node, imagined.reached[index].taken + 1);
        if taken > steps {
            return Ok(());
        }
        let left = steps - taken + 1;
        let view = View { node, holder: character + 1, steps: left, nesting: imagined.question.nesting };
        let model = Arc::clone(&self.successors.model);
        for &event in self.possible(node).iter() {
            if model.events[event as usize].actors.is_empty() || !self.has_prospects(view, event, left) {
                continue;
            }
            let Some(next) = self.next(node, event)? else { continue };
            if next == node {
                continue;
            }
            let left = usize::from(steps - taken);
            let Some(distance) = self.distance(next, usize::from(character) + 1, imagined.now, left) else { continue };
            imagined.entered += 1;
            imagined.queue.push(Reverse((taken + distance, distance, imagined.entered, index as u32, event, next)));
        }
        Ok(())
    }

    /// The index of a situation that an act leads to, if the act's other actors agree and nothing as good is reached
    /// without the first act.
    fn arrive(
        &mut self,
        imagined: &mut Imagined,
        before: u32,
        event: u32,
        next: Node,
    ) -> Result<Option<usize>, Stopped> {
        let Question { character, steps, nesting, .. } = imagined.question;
        let Reached { node, ref without, taken, .. } = imagined.reached[before as usize];
        let without = Rc::clone(without);
        let left = steps - taken;
        if !self.others_agree(node, event, character, left, nesting - 1)? {
            return Ok(None);
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
            return Ok(None);
        }
        let without: Rc<[Node]> = also.into();
        let fewest = imagined.seen.entry((next, Rc::clone(&without))).or_insert(u8::MAX);
        if *fewest <= taken + 1 {
            return Ok(None);
        }
        *fewest = taken + 1;
        imagined.reached.push(Reached { node: next, without, before, event, taken: taken + 1 });
        Ok(Some(imagined.reached.len() - 1))
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
