//! What may come to happen, step by step, if nothing is ever undone. Each event and each rule counts the values that it still
//! lacks, so that only what has just become possible is looked at.

use super::formula::Formula;
use super::model::{Change, Model, Rule};
use super::ranges::{Bits, Eyes, Layer};

/// Rounds of rules after which numbers are taken to be anything.
const MOST_ROUNDS: usize = 50;

/// What the events and rules of a model wait for. Items are the planned events, then rules.
#[derive(Debug)]
pub(super) struct Lacking {
    /// By item: how many values it lacks at first.
    missing: Vec<u16>,
    /// By item: what else must hold.
    rest: Vec<Formula>,
    /// By column and bit: the items that lack this value.
    waiting: Vec<Vec<u32>>,
    /// Items that lack none.
    ready: Vec<u32>,
    /// By item: it may write something else every time.
    varies: Vec<bool>,
    events: Vec<u32>,
    rules: Vec<u32>,
}

impl Lacking {
    pub(super) fn new(model: &Model, bits: &Bits) -> Self {
        let own = |rule: &Rule| rule.changes.iter().any(|change| change.slot.chain == 0);
        let rules = model.rules[0].rules.iter().enumerate().filter(|(_, rule)| own(rule));
        let mut lacking = Self {
            missing: Vec::new(),
            rest: Vec::new(),
            waiting: vec![Vec::new(); model.facts.len() * 64],
            ready: Vec::new(),
            varies: Vec::new(),
            events: model.explainable.clone(),
            rules: rules.map(|(rank, _)| rank as u32).collect(),
        };
        for &event in &model.explainable {
            let event = &model.events[event as usize];
            lacking.add(bits, &event.needs, &event.own);
        }
        for &rank in &lacking.rules.clone() {
            let rule = &model.rules[0].rules[rank as usize];
            lacking.add(bits, &rule.condition, &rule.changes);
        }
        lacking
    }

    fn add(&mut self, bits: &Bits, condition: &Formula, changes: &[Change]) {
        let item = self.missing.len() as u32;
        let (mut values, mut rest) = (Vec::new(), Vec::new());
        for part in condition.conjuncts() {
            match part {
                Formula::Is { slot, .. } if slot.chain != 0 => {}
                Formula::Is { slot, value, equal: true } if bits.bit(usize::from(slot.fact), *value) != 0 => {
                    let bit = bits.bit(usize::from(slot.fact), *value).trailing_zeros() as usize;
                    values.push(usize::from(slot.fact) * 64 + bit);
                }
                other => rest.push(other.clone()),
            }
        }
        values.sort_unstable();
        values.dedup();
        for &value in &values {
            self.waiting[value].push(item);
        }
        if values.is_empty() {
            self.ready.push(item);
        }
        self.missing.push(values.len() as u16);
        self.rest.push(Formula::all(rest));
        self.varies.push(changes.iter().any(varies));
    }
}

/// Whether what it writes is not always the same.
fn varies(change: &Change) -> bool {
    change.small.is_none() || change.condition != Formula::Constant(true)
}

/// What may come to happen from one row of values on.
pub(super) struct Spread<'a> {
    model: &'a Model,
    lacking: &'a Lacking,
    eyes: Eyes<'a>,
    fate: bool,
    missing: Vec<u16>,
    /// By column: the values that were counted.
    counted: Vec<u64>,
    before: Layer,
    events: Items,
    rules: Items,
}

/// Events, or rules, that lack no value any more.
#[derive(Default)]
struct Items {
    /// Something else may still fail to hold.
    waiting: Vec<u32>,
    /// They may happen, and may write something new each time.
    again: Vec<u32>,
}

impl<'a> Spread<'a> {
    pub(super) fn new(model: &'a Model, lacking: &'a Lacking, eyes: Eyes<'a>, layer: &Layer, fate: bool) -> Self {
        let mut spread = Self {
            model,
            lacking,
            eyes,
            fate,
            missing: lacking.missing.clone(),
            counted: vec![0; layer.columns.len()],
            before: layer.clone(),
            events: Items::default(),
            rules: Items::default(),
        };
        lacking.ready.iter().for_each(|&item| spread.lacks_nothing(item));
        spread.count(layer);
        spread
    }

    fn lacks_nothing(&mut self, item: u32) {
        match self.lacking.events.get(item as usize) {
            None => self.rules.waiting.push(item),
            Some(&event) if self.fate || !self.model.events[event as usize].actors.is_empty() => {
                self.events.waiting.push(item);
            }
            Some(_) => {}
        }
    }

    /// Counts values that have become possible.
    fn count(&mut self, layer: &Layer) {
        let lacking = self.lacking;
        for (column, range) in layer.columns.iter().enumerate() {
            let mut new = range.bits & !self.counted[column];
            self.counted[column] |= range.bits;
            while new != 0 {
                let bit = new.trailing_zeros() as usize;
                new &= new - 1;
                for &item in &lacking.waiting[column * 64 + bit] {
                    self.missing[item as usize] -= 1;
                    if self.missing[item as usize] == 0 {
                        self.lacks_nothing(item);
                    }
                }
            }
        }
    }

    fn changes(&self, item: u32) -> &'a [Change] {
        let model = self.model;
        match self.lacking.events.get(item as usize) {
            Some(&event) => &model.events[event as usize].own,
            None => {
                let rank = self.lacking.rules[item as usize - self.lacking.events.len()];
                &model.rules[0].rules[rank as usize].changes
            }
        }
    }

    /// One step further; whether anything is new.
    pub(super) fn advance(&mut self, layer: &mut Layer) -> bool {
        let mut events = std::mem::take(&mut self.events);
        let changed = self.happen(&mut events, layer);
        self.events = events;
        if changed {
            self.count(layer);
        }
        // A belief alone may set off a rule.
        self.settle(layer) || changed
    }

    /// Rules run until nothing is new; whether anything was.
    pub(super) fn settle(&mut self, layer: &mut Layer) -> bool {
        let mut rounds = 0;
        loop {
            let mut rules = std::mem::take(&mut self.rules);
            let changed = self.happen(&mut rules, layer);
            rules.waiting.append(&mut self.rules.waiting);
            self.rules = rules;
            if !changed {
                return rounds > 0;
            }
            self.count(layer);
            rounds += 1;
            if rounds > MOST_ROUNDS {
                layer.widen();
            }
        }
    }

    /// Everything that may happen does, all at once; whether anything is new.
    fn happen(&mut self, items: &mut Items, layer: &mut Layer) -> bool {
        self.before.columns.copy_from_slice(&layer.columns);
        let mut changed = false;
        let mut index = 0;
        while index < items.waiting.len() {
            let item = items.waiting[index];
            if !self.before.may_hold(&self.lacking.rest[item as usize], self.eyes) {
                index += 1;
                continue;
            }
            items.waiting.swap_remove(index);
            if self.lacking.varies[item as usize] {
                items.again.push(item);
            } else {
                changed |= layer.apply(&self.before, self.changes(item), self.eyes);
            }
        }
        for &item in &items.again {
            changed |= layer.apply(&self.before, self.changes(item), self.eyes);
        }
        changed
    }
}
