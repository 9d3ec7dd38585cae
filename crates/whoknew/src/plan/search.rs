//! The author's plan: best first over canonical situations, each act explained for all its actors.
//!
//! Rounds with rising limits on imagined steps and nesting share all that is remembered; each has a budget, and all are run
//! again with three times as much until one finds a plan or the last one has seen everything. Those that look only at what
//! has prospects begin, and are a few budgets ahead of the others.
//!
//! Where a shortest plan is asked for, one is found in this way first; then all that is shorter is looked through.

use super::canonical::Node;
use super::explain::{Explainer, Question, Stopped};
use super::glances::Glances;
use super::limits::{Limits, Task};
use super::observer::Sketch;
use super::outcome::StopReason;
use super::prospects::View;
use super::within::GENEROSITY;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Successors that the first run of a round may compute.
const FIRST_BUDGET: u64 = 500;
/// How much more rounds may cost in which only what has prospects is tried: they cost it seldom.
const LEAD: u64 = 9;
/// How much more the distance to the aim counts than the way that was gone.
const WEIGHT: u32 = 3;

/// Successors that a proof may compute before it takes a closer look again.
const PATIENCE: u64 = 10_000;

/// What seems farther away than this is as far as anything.
const FAR: u32 = 1_000;

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
pub(super) struct Search<'o> {
    pub(super) explainer: Explainer<'o>,
    pub(super) limits: Limits,
    pub(super) task: Task,
    pub(super) above: f64,
    /// What a closer look at some beliefs says of distances.
    pub(super) glances: Option<Glances>,
    /// A closer look still says nothing more.
    pub(super) seen_enough: bool,
    /// Prospects may guide the search.
    pub(super) guides: bool,
    /// The best so far.
    pub(super) best: Option<Beginning>,
}

/// Explained events from the start on, and what is good about them.
#[derive(Clone, Debug)]
pub(super) struct Beginning {
    pub(super) events: Vec<u32>,
    pub(super) depth: Depth,
    pub(super) reaches_aim: bool,
    /// Only acts with prospects were tried.
    pub(super) guided: bool,
    utility: f64,
    guide: u32,
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

/// What a round of the search is to do.
#[derive(Clone, Copy)]
struct Aims {
    depth: Depth,
    steps: usize,
    weight: u32,
}

impl<'o> Search<'o> {
    pub(super) fn new(mut explainer: Explainer<'o>, task: Task, limits: Limits) -> Self {
        let above = explainer.successors.utility(explainer.successors.start, 0).unwrap_or(f64::NEG_INFINITY);
        explainer.relaxed.aim_at(task.aim);
        let limits = Limits { steps: limits.steps.min(MOST_STEPS), ..limits };
        Self { explainer, limits, task, above, glances: None, seen_enough: false, guides: true, best: None }
    }

    /// Limits on explanations as they were asked for.
    fn full(&self) -> Depth {
        Depth { imagined: self.limits.imagined.min(MOST_STEPS) as u8, nesting: self.limits.nesting.min(100) as u8 }
    }

    pub(super) fn run(&mut self) -> Ended {
        match self.rounds() {
            Ended::Found(events, depth) if self.task.shortest => self.shortest(events, depth),
            ended => ended,
        }
    }

    /// A shortest plan, where these events are a plan within `depth`.
    fn shortest(&mut self, events: Vec<u32>, depth: Depth) -> Ended {
        let full = self.full();
        let before = self.best.clone();
        // Whatever ends the search from here on, this is better than nothing.
        self.note(Beginning {
            events: events.clone(),
            depth,
            reaches_aim: true,
            guided: self.explainer.guided,
            utility: f64::MAX,
            guide: 0,
        });
        self.explainer.guided = false;
        self.explainer.limit = self.limits.situations;
        self.explainer.within.generosity[0] = GENEROSITY;
        let mut steps = self.limits.steps;
        let Ok(events) = self.shortened(events, depth) else { return self.ended_early() };
        match self.follow(&events, Some(full)) {
            Err(Stopped) => return self.ended_early(),
            Ok(None) => self.best = before,
            Ok(Some(_)) => {
                steps = events.len() - 1;
                self.note(Beginning {
                    events,
                    depth: full,
                    reaches_aim: true,
                    guided: false,
                    utility: f64::INFINITY,
                    guide: 0,
                });
            }
        }
        match self.proof(Aims { depth: full, steps, weight: 1 }) {
            Round::Found(events) => Ended::Found(events, full),
            Round::OverBudget => self.ended_early(),
            Round::Exhausted => match self.best.take() {
                Some(best) if best.reaches_aim => Ended::Found(best.events, full),
                _ => Ended::Nothing,
            },
        }
    }

    /// Looks through everything within the limits, and now and then more closely at what the distances rest on.
    fn proof(&mut self, aims: Aims) -> Round {
        let mut patience = PATIENCE;
        loop {
            self.explainer.limit = self.limits.situations;
            match self.look_closer(aims.depth, aims.steps) {
                Err(Stopped) => return Round::OverBudget,
                Ok(false) => return Round::Exhausted,
                Ok(true) => {}
            }
            let computed = self.explainer.successors.computed;
            self.explainer.limit = computed.saturating_add(patience).min(self.limits.situations);
            let ended = self.round(aims);
            let stopped = self.explainer.watch.stopped.is_some();
            if !matches!(ended, Round::OverBudget)
                || stopped
                || self.explainer.successors.computed >= self.limits.situations
            {
                return ended;
            }
            patience = patience.saturating_mul(4);
        }
    }

    /// Any plan: rounds with rising limits.
    fn rounds(&mut self) -> Ended {
        let full = self.full();
        let mut depths: Vec<Depth> = (1..=full.imagined)
            .map(|imagined| Depth { imagined, nesting: full.nesting.min(imagined.saturating_sub(1).max(1)) })
            .collect();
        if depths.last() != Some(&full) {
            depths.push(full);
        }
        let mut budget = FIRST_BUDGET;
        // Where much can be said, what has prospects is tried before everything.
        let modes: &[bool] =
            if self.guides && self.explainer.successors.model.much_is_said { &[true, false] } else { &[false] };
        let mut rounds: Vec<(bool, Depth)> =
            modes.iter().flat_map(|&guided| depths.iter().map(move |&depth| (guided, depth))).collect();
        loop {
            let mut index = 0;
            while let Some(&(guided, depth)) = rounds.get(index) {
                let behind = !guided && rounds[0].0;
                let budget = if behind { budget / LEAD } else { budget };
                if budget < FIRST_BUDGET {
                    break;
                }
                self.explainer.guided = guided;
                self.explainer.limit = self.explainer.begin_work().saturating_add(budget).min(self.limits.situations);
                match self.round(Aims { depth, steps: self.limits.steps, weight: WEIGHT }) {
                    Round::Found(plan) => return Ended::Found(plan, depth),
                    Round::Exhausted if !guided && depth == full && !self.explainer.successors.is_full() => {
                        return Ended::Nothing;
                    }
                    Round::Exhausted => {
                        rounds.remove(index);
                    }
                    Round::OverBudget => index += 1,
                }
                if self.explainer.watch.stopped.is_some()
                    || self.explainer.successors.computed >= self.limits.situations
                {
                    return self.ended_early();
                }
            }
            budget = budget.saturating_mul(3);
        }
    }

    pub(super) fn ended_early(&self) -> Ended {
        Ended::Stopped(self.explainer.watch.stopped.unwrap_or(StopReason::Situations))
    }

    /// Keeps a beginning if it is better than what is known: with the author's aim met further, then nearer to it.
    fn note(&mut self, beginning: Beginning) {
        let better = self.best.as_ref().is_none_or(|best| {
            (beginning.reaches_aim, beginning.utility) > (best.reaches_aim, best.utility)
                || (beginning.reaches_aim, beginning.utility) == (best.reaches_aim, best.utility)
                    && (!beginning.guided, beginning.guide) < (!best.guided, best.guide)
        });
        if better {
            let model = &self.explainer.successors.model;
            self.explainer.watch.best = Some(Sketch {
                events: beginning.events.iter().map(|&event| model.events[event as usize].id).collect(),
                reaches_aim: beginning.reaches_aim,
                utility: beginning.utility.is_finite().then_some(beginning.utility),
            });
            self.best = Some(beginning);
        }
    }

    /// Whether a situation may be worth being noted.
    fn may_be_better(&self, utility: f64) -> bool {
        match &self.best {
            None => utility >= self.above,
            Some(best) => !best.reaches_aim && utility >= best.utility,
        }
    }

    /// How far the aim seems to be: measured in the same way, however the search goes on.
    fn nearness(&mut self, view: View) -> u32 {
        if self.explainer.guided { self.explainer.cost(view).min(FAR) } else { self.guide(view.node) }
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
        let (aim, above, goal) = (self.task.aim, self.above, self.goal());
        let least = (1..=left).find(|&steps| {
            let most = self.explainer.most(node, 0, steps);
            most >= aim && most > above && self.explainer.may_reach(node, goal, steps)
        })?;
        let Some(glances) = &mut self.glances else { return Some(least as u32) };
        let glance = glances.at(node, &self.explainer);
        (least..=left).find(|&steps| glances.may_reach(glance, steps, &mut self.explainer)).map(|steps| steps as u32)
    }

    /// How far the aim seems to be.
    fn guide(&mut self, node: Node) -> u32 {
        let row = self.explainer.successors.canonical.row_of(node);
        self.explainer.relaxed.guide(row)
    }

    fn round(&mut self, Aims { depth, steps: most, weight }: Aims) -> Round {
        let start = self.explainer.successors.start;
        self.explainer.watch.depth = (depth.imagined, depth.nesting);
        if self.explainer.look_around().is_err() {
            return Round::OverBudget;
        }
        let Some(distance) = self.distance(start, most) else { return Round::Exhausted };
        let at_start = self.nearness(View { node: start, holder: 0, steps: depth.imagined, nesting: depth.nesting });
        let mut entries = vec![Entry { node: start, before: u32::MAX, event: u32::MAX, steps: 0 }];
        let mut queue = BinaryHeap::from([Reverse((weight * distance, distance, 0u32))]);
        let mut closed: FxHashMap<Node, u8> = FxHashMap::default();
        while let Some(Reverse((sum, guide, index))) = queue.pop() {
            let Entry { node, before, event, steps } = entries[index as usize];
            if closed.get(&node).is_some_and(|&known| known <= steps) {
                continue;
            }
            if weight == 1 {
                self.explainer.watch.at_least = self.explainer.watch.at_least.max(sum as usize);
            }
            if before != u32::MAX {
                match self.is_explained(entries[before as usize].node, event, depth) {
                    Ok(true) => {}
                    Ok(false) => continue,
                    Err(Stopped) => return Round::OverBudget,
                }
            }
            closed.insert(node, steps);
            let glances = self.glances.as_ref().map_or(0, Glances::bytes);
            self.explainer.besides = glances + entries.capacity() * 16 + queue.capacity() * 12 + closed.capacity() * 9;
            if self.is_aim(node) {
                return Round::Found(path(&entries, index));
            }
            if usize::from(steps) == most {
                continue;
            }
            let view = View { node, holder: 0, steps: depth.imagined, nesting: depth.nesting };
            if steps > 0
                && let Some(utility) = self.explainer.successors.utility(node, 0)
                && self.may_be_better(utility)
            {
                let guided = self.explainer.guided;
                // What is near is measured in one way; distances that are proved are shorter.
                let guide = if weight == 1 { self.nearness(view) } else { guide };
                // What leads no nearer is no beginning.
                let nearer = utility > self.above || guide < at_start;
                if nearer {
                    let events = path(&entries, index);
                    self.note(Beginning { events, depth, reaches_aim: false, guided, utility, guide });
                }
            }
            let left = (most - usize::from(steps)).min(250) as u8;
            for &event in self.explainer.possible(node).iter() {
                if !self.explainer.has_prospects(view, event, left) {
                    continue;
                }
                let next = match self.explainer.next(node, event) {
                    Ok(Some(next)) => next,
                    Ok(None) => continue,
                    Err(Stopped) => return Round::OverBudget,
                };
                let taken = steps + 1;
                if closed.get(&next).is_some_and(|&known| known <= taken) {
                    continue;
                }
                let Some(distance) = self.distance(next, most - usize::from(taken)) else { continue };
                let guide = match weight {
                    1 => distance,
                    _ if self.explainer.guided && distance > 0 => {
                        let ahead = self.explainer.cost(View { node: next, ..view });
                        ahead.min(FAR).max(distance)
                    }
                    _ => self.guide(next).max(distance),
                };
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
        let event = self.explainer.successors.as_meant(node, event, character);
        Question { believed, event, character, steps: depth.imagined, nesting: depth.nesting }
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
