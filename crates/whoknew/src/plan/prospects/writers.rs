//! What may change each fact: the changes of events and rules, and what those learn who notice an event that they believed impossible.

use super::super::formula::{Formula, Slot};
use super::super::model::{Change, Model};
use super::super::numbers::Small;
use super::paths::Path;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// What an event may write on a fact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Writer {
    pub(super) event: u32,
    /// `None` if it is computed.
    pub(super) small: Option<Small>,
    pub(super) how: How,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// By the change with this index, of its own or on beliefs.
    Own(u32),
    Belief(u32),
    /// Whoever notices it learns what it needs.
    Learned,
}

/// A change of a rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ruling {
    pub(super) rule: u32,
    pub(super) change: u32,
}

#[derive(Debug)]
pub(super) struct Writers {
    /// By fact and the minds in whose beliefs it is written.
    events: FxHashMap<(u16, Path), Vec<Writer>>,
    /// By owner of the level, nobody first, then by fact.
    pub(super) rules: Vec<Vec<Vec<Ruling>>>,
    /// By event: the facts that it may change, the rules that may follow included.
    pub(super) touched: Vec<BTreeSet<u16>>,
    /// By event: what somebody may do, or what may happen, that some notice as this event, and who.
    pub(super) seen_as: Vec<Vec<(u32, u8)>>,
}

impl Writers {
    pub(super) fn new(model: &Model) -> Self {
        let facts = model.facts.len();
        let mut writers = Self {
            events: FxHashMap::default(),
            rules: model.rules.iter().map(|_| vec![Vec::new(); facts]).collect(),
            touched: Vec::new(),
            seen_as: vec![Vec::new(); model.events.len()],
        };
        for event in 0..model.events.len() as u32 {
            writers.event(model, event);
        }
        for (owner, rules) in model.rules.iter().enumerate() {
            for (rule, found) in rules.rules.iter().enumerate() {
                for (change, found) in found.changes.iter().enumerate() {
                    let ruling = Ruling { rule: rule as u32, change: change as u32 };
                    writers.rules[owner][usize::from(found.slot.fact)].push(ruling);
                }
            }
        }
        writers.follow_rules(model);
        writers
    }

    /// What events may write on the fact in such beliefs.
    pub(super) fn on(&self, fact: u16, path: Path) -> &[Writer] {
        self.events.get(&(fact, path)).map_or(&[], Vec::as_slice)
    }

    fn event(&mut self, model: &Model, event: u32) {
        let ground = &model.events[event as usize];
        let mut touched = BTreeSet::new();
        let mut add = |slot: Slot, small: Option<Small>, how: How| {
            touched.insert(slot.fact);
            let chain = model.chains[usize::from(slot.chain)].clone();
            self.events.entry((slot.fact, chain)).or_default().push(Writer { event, small, how });
        };
        let each = |changes: &[Change], how: fn(u32) -> How, add: &mut dyn FnMut(Slot, Option<Small>, How)| {
            for (index, change) in changes.iter().enumerate() {
                add(change.slot, change.small, how(index as u32));
            }
        };
        each(&ground.own, How::Own, &mut add);
        each(&ground.beliefs, How::Belief, &mut add);
        for part in ground.visible.as_ref().unwrap_or(&ground.needs).conjuncts() {
            if let Formula::Is { slot, value, equal: true } = part {
                add(*slot, Some(*value), How::Learned);
            }
        }
        self.touched.push(touched);
        for (character, sights) in ground.sights.iter().enumerate() {
            for (_, noticed) in sights {
                let seen = &mut self.seen_as[*noticed as usize];
                if !seen.contains(&(event, character as u8)) {
                    seen.push((event, character as u8));
                }
            }
        }
    }

    /// What rules may make of the facts that an event touches.
    fn follow_rules(&mut self, model: &Model) {
        let mut ways: Vec<(BTreeSet<u16>, BTreeSet<u16>)> = Vec::new();
        for rule in model.rules.first().map(|rules| rules.rules.as_slice()).unwrap_or_default() {
            let mut read = BTreeSet::new();
            rule.condition.slots(&mut |slot| {
                read.insert(slot.fact);
            });
            let written = rule.changes.iter().map(|change| change.slot.fact).collect();
            if !ways.contains(&(read.clone(), BTreeSet::clone(&written))) {
                ways.push((read, written));
            }
        }
        for touched in &mut self.touched {
            loop {
                let before = touched.len();
                for (read, written) in &ways {
                    if !touched.is_disjoint(read) {
                        touched.extend(written);
                    }
                }
                if touched.len() == before {
                    break;
                }
            }
        }
    }
}
