//! The way back from what is wanted: what is lacking, the acts and rules that may mend it, what is lacking for those.

use super::super::formula::Formula;
use super::super::model::{Change, Model};
use super::super::numbers::Small;
use super::super::successors::Successors;
use super::paths::{joined, level};
use super::unmet::{Lack, Place, Should, Ways, both, met};
use super::writers::{How, Writer};
use super::{FARTHEST, Found, Prospects, View, costs};
use rustc_hash::FxHashMap;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

/// More that is lacking is not looked at.
const MOST_LACKS: usize = 2_000;

/// An act, or a rule, that mends something once other things are mended.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) act: Option<u32>,
    pub(super) lacks: Box<[u32]>,
}

/// The way back for one view.
pub(super) struct Back<'a> {
    pub(super) prospects: &'a mut Prospects,
    pub(super) successors: &'a mut Successors,
    pub(super) model: Arc<Model>,
    pub(super) view: View,
    lacks: Vec<Lack>,
    index: FxHashMap<Lack, u32>,
    ways: Vec<Vec<Way>>,
    /// The steps left where each can matter.
    levels: Vec<u8>,
    /// What is lacking for an act and for the reasons of others.
    needed: FxHashMap<u32, Rc<Ways>>,
    /// Lacks still to be looked at with as many steps left, and with one more.
    now: Vec<u32>,
    later: Vec<u32>,
    step: u8,
    /// Conditions that were looked at.
    pub(super) looked_at: Cell<u64>,
}

impl<'a> Back<'a> {
    pub(super) fn new(prospects: &'a mut Prospects, successors: &'a mut Successors, view: View) -> Self {
        Self {
            model: Arc::clone(&prospects.model),
            prospects,
            successors,
            view,
            lacks: Vec::new(),
            index: FxHashMap::default(),
            ways: Vec::new(),
            levels: Vec::new(),
            needed: FxHashMap::default(),
            now: Vec::new(),
            later: Vec::new(),
            step: 1,
            looked_at: Cell::new(0),
        }
    }

    /// All that may matter.
    pub(super) fn found(&mut self) -> Found {
        let wanted = self.wanted();
        let mut roots = Vec::new();
        for way in wanted {
            roots.push(Way { act: None, lacks: self.numbered(way, false) });
        }
        let farthest = if self.view.holder == 0 { FARTHEST + 1 } else { self.view.steps };
        let mut costs = Vec::new();
        while self.step <= farthest && !self.now.is_empty() {
            while let Some(lack) = self.now.pop() {
                self.mend(lack);
            }
            self.now = std::mem::take(&mut self.later);
            self.step += 1;
            costs = costs::costs(&self.ways);
            if roots.iter().all(|way| way.cost(&costs) < costs::NEVER) {
                break;
            }
        }
        let cost = roots.iter().map(|way| way.cost(&costs)).min().unwrap_or(costs::NEVER);
        let most = if self.view.holder == 0 { costs::NEVER - 1 } else { u32::from(self.view.steps) * 2 + 2 };
        roots.retain(|way| way.cost(&costs) <= most);
        Found { acts: costs::acts(&self.ways, &roots, &costs, &self.levels), cost }
    }

    /// What would raise the holder's want.
    fn wanted(&self) -> Ways {
        let view = level(self.successors, self.view.node, &[]);
        let place = Place { view: &view, chains: &self.model.chains, path: &[], holder: self.view.holder };
        let parts = self.model.utilities[usize::from(self.view.holder)].iter();
        parts.flat_map(|number| place.moved(number, true)).collect()
    }

    pub(super) fn unmet(&self, path: &[u8], condition: &Formula) -> Ways {
        self.looked_at.set(self.looked_at.get() + 1);
        let view = level(self.successors, self.view.node, path);
        let place = Place { view: &view, chains: &self.model.chains, path, holder: self.view.holder };
        place.unmet(condition, true)
    }

    /// The numbers of what is lacking, to be looked at with as many steps left or with one more.
    fn numbered(&mut self, way: Vec<Lack>, later: bool) -> Box<[u32]> {
        let mut numbers = Vec::with_capacity(way.len());
        for lack in way {
            let next = self.lacks.len() as u32;
            let number = *self.index.entry(lack.clone()).or_insert(next);
            if number == next {
                self.lacks.push(lack);
                self.ways.push(Vec::new());
                self.levels.push(self.step + u8::from(later));
                if self.lacks.len() < MOST_LACKS {
                    if later { &mut self.later } else { &mut self.now }.push(number);
                }
            }
            numbers.push(number);
        }
        numbers.into()
    }

    fn add(&mut self, lack: u32, act: Option<u32>, ways: Ways) {
        for way in ways {
            let lacks = self.numbered(way, act.is_some());
            if !lacks.contains(&lack) {
                self.ways[lack as usize].push(Way { act, lacks });
            }
        }
    }

    /// Finds what may mend a lack.
    fn mend(&mut self, number: u32) {
        let lack = self.lacks[number as usize].clone();
        for depth in 0..=lack.path.len() {
            self.by_rules(number, &lack, depth);
        }
        for depth in 0..=lack.path.len() {
            let (noticing, believing) = lack.path.split_at(depth);
            // To be told what one would like to be so is no way to make it so.
            for writer in self.prospects.writers.on(lack.fact, believing.into()).to_vec() {
                if fits(lack.should, writer.small) && (depth > 0 || writer.how != How::Learned) {
                    self.by_event(number, noticing, &writer);
                }
            }
        }
    }

    fn by_rules(&mut self, number: u32, lack: &Lack, depth: usize) {
        let path = &lack.path[..depth];
        let owner = path.last().map_or(usize::from(self.view.holder), |&mind| usize::from(mind) + 1);
        let model = Arc::clone(&self.model);
        for index in 0..self.prospects.writers.rules[owner][usize::from(lack.fact)].len() {
            let ruling = self.prospects.writers.rules[owner][usize::from(lack.fact)][index];
            let rule = &model.rules[owner].rules[ruling.rule as usize];
            let change = &rule.changes[ruling.change as usize];
            if self.fits(lack, path, change) {
                let ways = both(&self.unmet(path, &rule.condition), &self.unmet(path, &change.condition));
                self.add(number, None, ways);
            }
        }
    }

    fn fits(&self, lack: &Lack, path: &[u8], change: &Change) -> bool {
        let chain = &self.model.chains[usize::from(change.slot.chain)];
        fits(lack.should, change.small) && joined(self.view.holder, path, chain) == lack.path
    }

    fn by_event(&mut self, number: u32, path: &[u8], writer: &Writer) {
        let model = Arc::clone(&self.model);
        let ground = &model.events[writer.event as usize];
        let sources = self.noticed(writer.event, path);
        if sources.iter().all(|&(event, _)| self.needed(event).is_empty()) {
            return;
        }
        let written = match writer.how {
            How::Own(index) => self.unmet(path, &ground.own[index as usize].condition),
            How::Belief(index) => self.unmet(path, &ground.beliefs[index as usize].condition),
            How::Learned => met(),
        };
        if written.is_empty() {
            return;
        }
        for (event, noticed) in sources {
            let needed = self.needed(event);
            if !needed.is_empty() {
                self.add(number, Some(event), both(&both(&written, &noticed), &needed));
            }
        }
    }

    /// What may really happen that those on the path notice, one in the other, as the event, and what is lacking for that.
    fn noticed(&self, event: u32, path: &[u8]) -> Vec<(u32, Ways)> {
        let Some((&last, before)) = path.split_last() else { return vec![(event, met())] };
        let mut all = Vec::new();
        for &(other, who) in &self.prospects.writers.seen_as[event as usize] {
            if who != last {
                continue;
            }
            let view = level(self.successors, self.view.node, before);
            let sights = &self.model.events[other as usize].sights[usize::from(who)];
            let ways = match sights.iter().find(|(condition, _)| condition.holds(&view)) {
                Some((_, seen)) if *seen == event => met(),
                Some(_) => continue,
                None => {
                    let leading = sights.iter().filter(|(_, seen)| *seen == event);
                    leading.flat_map(|(condition, _)| self.unmet(before, condition)).collect()
                }
            };
            for (real, outer) in self.noticed(other, before) {
                all.push((real, both(&outer, &ways)));
            }
        }
        all
    }

    /// What is lacking for an act, and for the reasons of all others whose act it is; nothing does if they never do it.
    fn needed(&mut self, event: u32) -> Rc<Ways> {
        if let Some(known) = self.needed.get(&event) {
            return Rc::clone(known);
        }
        let ways = Rc::new(self.find_needed(event));
        self.needed.insert(event, Rc::clone(&ways));
        ways
    }

    fn find_needed(&mut self, event: u32) -> Ways {
        let model = Arc::clone(&self.model);
        let ground = &model.events[event as usize];
        let holder = self.view.holder.checked_sub(1);
        let own = holder.is_some_and(|holder| ground.actors.contains(&holder));
        let alone = holder.is_some() && self.view.nesting == 0;
        if !model.is_explainable[event as usize] || holder.is_some() && ground.actors.is_empty() || alone && !own {
            return Vec::new();
        }
        let mut ways = self.unmet(&[], &ground.needs);
        for &actor in ground.actors.iter().filter(|&&actor| Some(actor) != holder && !alone) {
            if ways.is_empty() {
                break;
            }
            ways = both(&ways, &self.motives(actor, event));
        }
        ways
    }
}

/// Whether writing that value may make a fact as it should be.
fn fits(should: Should, small: Option<Small>) -> bool {
    match (should, small) {
        (_, None) => true,
        (Should::Be(wanted), Some(small)) => wanted == small,
        (Should::NotBe(unwanted), Some(small)) => unwanted != small,
    }
}
