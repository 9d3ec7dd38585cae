//! How far a want may rise within so many steps, at most: relaxed reachability, where nothing that became so is ever undone.
//! Conditions on beliefs are taken to hold. (hmax, after Bonet and Geffner, AIJ 2001.)
//!
//! Invariant: never less than what some plan reaches, so whatever is cut off by it holds no plan.

use super::formula::{Formula, Number, Slot};
use super::model::{Change, Model, Rule};
use super::numbers::{Numbers, Small};
use crate::ground::Value;
use crate::world::{Arithmetic, Comparison};
use std::sync::Arc;

/// What a column may be: some values, and any number between two.
#[derive(Clone, Debug, PartialEq)]
struct Range {
    values: Vec<Small>,
    low: f64,
    high: f64,
}

/// The columns within some number of steps.
#[derive(Clone, Debug)]
struct Layer {
    columns: Vec<Range>,
}

/// Bounds for every row of values that was asked for.
#[derive(Debug)]
pub(super) struct Relaxed {
    model: Arc<Model>,
    steps: usize,
    /// With fate, without: by row, then by holder and step, the most that the want can be.
    bounds: [Vec<Option<Box<[f64]>>>; 2],
    pub(super) rows: usize,
}

impl Relaxed {
    /// Bounds for up to `steps` steps.
    pub(super) fn new(model: Arc<Model>, steps: usize) -> Self {
        Self { model, steps, bounds: [Vec::new(), Vec::new()], rows: 0 }
    }

    /// The most that `holder` (0 is the author) can have `steps` steps after a situation with these values.
    pub(super) fn most(&mut self, row: (u32, &[Small]), numbers: &Numbers, holder: usize, steps: usize) -> f64 {
        let variant = usize::from(holder != 0);
        let known = &mut self.bounds[variant];
        let index = row.0 as usize;
        if known.len() <= index {
            known.resize(index + 1, None);
        }
        let width = self.steps + 1;
        if known[index].is_none() {
            self.rows += 1;
            let bounds = Self::compute(&self.model, self.steps, row.1, numbers, holder == 0);
            self.bounds[variant][index] = Some(bounds);
        }
        let bounds = self.bounds[variant][index].as_deref().unwrap_or_default();
        bounds.get(holder * width + steps.min(self.steps)).copied().unwrap_or(f64::INFINITY)
    }

    /// Roughly how many bytes they take.
    pub(super) fn bytes(&self) -> usize {
        self.rows * (self.model.characters + 1) * (self.steps + 1) * 8
    }

    fn compute(model: &Model, steps: usize, row: &[Small], numbers: &Numbers, fate: bool) -> Box<[f64]> {
        let width = steps + 1;
        let mut bounds = vec![f64::NEG_INFINITY; (model.characters + 1) * width];
        let mut layer = Layer::new(row, numbers);
        let mut rest = Work {
            numbers,
            events: model.planned.iter().copied().filter(|&event| fate || !model.events[event as usize].actors.is_empty()).collect(),
            happened: Vec::new(),
            rules: (0..model.rules[0].rules.len() as u32).collect(),
            ran: Vec::new(),
        };
        for step in 0..=steps {
            for holder in 0..=model.characters {
                bounds[holder * width + step] = layer.utility(&model.utilities[holder], numbers);
            }
            if step < steps && !rest.advance(model, &mut layer) {
                for holder in 0..=model.characters {
                    let last = bounds[holder * width + step];
                    bounds[holder * width + step + 1..][..steps - step].fill(last);
                }
                break;
            }
        }
        bounds.into()
    }
}

/// What may still come to happen.
struct Work<'a> {
    numbers: &'a Numbers,
    events: Vec<u32>,
    happened: Vec<u32>,
    rules: Vec<u32>,
    ran: Vec<u32>,
}

impl Work<'_> {
    /// One step further; whether anything is new.
    fn advance(&mut self, model: &Model, layer: &mut Layer) -> bool {
        let before = layer.clone();
        let mut changed = false;
        let mut index = 0;
        while index < self.events.len() {
            let event = &model.events[self.events[index] as usize];
            if before.may_hold(&event.needs, self.numbers) {
                let id = self.events.swap_remove(index);
                if model.events[id as usize].own.iter().any(|change| varies(change)) {
                    self.happened.push(id);
                } else {
                    changed |= layer.apply(&before, &event.own, self.numbers);
                }
            } else {
                index += 1;
            }
        }
        for &event in &self.happened {
            changed |= layer.apply(&before, &model.events[event as usize].own, self.numbers);
        }
        while changed && self.rules_run(model, layer) {}
        changed
    }

    fn rules_run(&mut self, model: &Model, layer: &mut Layer) -> bool {
        let rules = &model.rules[0].rules;
        let mut changed = false;
        let mut index = 0;
        while index < self.rules.len() {
            let rule: &Rule = &rules[self.rules[index] as usize];
            if !rule.changes.iter().any(|change| change.slot.chain == 0) {
                self.rules.swap_remove(index);
            } else if layer.may_hold(&rule.condition, self.numbers) {
                self.ran.push(self.rules.swap_remove(index));
            } else {
                index += 1;
            }
        }
        for &rule in &self.ran {
            let before = layer.clone();
            changed |= layer.apply(&before, &rules[rule as usize].changes, self.numbers);
        }
        changed
    }
}

/// Whether what it writes is not always the same.
fn varies(change: &Change) -> bool {
    change.small.is_none() || change.condition != Formula::Constant(true)
}

impl Range {
    fn of(small: Small, numbers: &Numbers) -> Self {
        let number = numbers.value(small).as_number();
        match number {
            Some(number) => Self { values: Vec::new(), low: number, high: number },
            None => Self { values: vec![small], low: f64::INFINITY, high: f64::NEG_INFINITY },
        }
    }

    fn has_numbers(&self) -> bool {
        self.low <= self.high
    }

    fn may_be(&self, small: Small, numbers: &Numbers) -> bool {
        match numbers.value(small).as_number() {
            Some(number) => self.low <= number && number <= self.high,
            None => self.values.contains(&small),
        }
    }

    fn may_differ(&self, small: Small, numbers: &Numbers) -> bool {
        let number = numbers.value(small).as_number();
        self.values.iter().any(|&value| value != small)
            || (self.has_numbers() && !(number == Some(self.low) && self.low == self.high))
    }

    fn add(&mut self, other: &Self) -> bool {
        let mut changed = false;
        for &value in &other.values {
            if !self.values.contains(&value) {
                self.values.push(value);
                changed = true;
            }
        }
        if other.has_numbers() && (other.low < self.low || other.high > self.high) {
            self.low = self.low.min(other.low);
            self.high = self.high.max(other.high);
            changed = true;
        }
        changed
    }
}

/// What a number may be; unknown besides, perhaps.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    low: f64,
    high: f64,
    unknown: bool,
}

const ANYTHING: Bounds = Bounds { low: f64::NEG_INFINITY, high: f64::INFINITY, unknown: true };
const NOTHING: Bounds = Bounds { low: f64::INFINITY, high: f64::NEG_INFINITY, unknown: false };

impl Bounds {
    fn of(value: Value) -> Self {
        let number = value.as_number().or(value.as_boolean().map(|yes| f64::from(u8::from(yes))));
        match number {
            Some(number) => Self { low: number, high: number, unknown: false },
            None => Self { unknown: true, ..NOTHING },
        }
    }

    fn join(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high), unknown: self.unknown || other.unknown }
    }

    fn is_number(self) -> bool {
        self.low <= self.high
    }

    fn calculate(self, operation: Arithmetic, other: Self) -> Self {
        let unknown = self.unknown || other.unknown;
        if !self.is_number() || !other.is_number() {
            return Self { unknown, ..NOTHING };
        }
        let corners = |f: fn(f64, f64) -> f64| {
            let all = [f(self.low, other.low), f(self.low, other.high), f(self.high, other.low), f(self.high, other.high)];
            if all.iter().any(|number| number.is_nan()) {
                return ANYTHING;
            }
            let fold = |start: f64, f: fn(f64, f64) -> f64| all.iter().copied().fold(start, f);
            Self { low: fold(f64::INFINITY, f64::min), high: fold(f64::NEG_INFINITY, f64::max), unknown }
        };
        match operation {
            Arithmetic::Add => corners(|one, other| one + other),
            Arithmetic::Subtract => corners(|one, other| one - other),
            Arithmetic::Multiply => corners(|one, other| one * other),
            Arithmetic::Divide if other.low > 0.0 || other.high < 0.0 => corners(|one, other| one / other),
            Arithmetic::Divide => ANYTHING,
        }
    }
}

impl Layer {
    fn new(row: &[Small], numbers: &Numbers) -> Self {
        Self { columns: row.iter().map(|&small| Range::of(small, numbers)).collect() }
    }

    fn column(&self, slot: Slot) -> Option<&Range> {
        (slot.chain == 0).then(|| &self.columns[usize::from(slot.fact)])
    }

    fn utility(&self, parts: &[Number], numbers: &Numbers) -> f64 {
        parts.iter().fold(0.0, |sum, part| sum + self.bounds(part, numbers).high)
    }

    fn bounds(&self, number: &Number, numbers: &Numbers) -> Bounds {
        match number {
            Number::Constant(value) => Bounds::of(*value),
            Number::Slot(slot) => match self.column(*slot) {
                None => ANYTHING,
                Some(range) => {
                    let start = Bounds { low: range.low, high: range.high, unknown: false };
                    range.values.iter().fold(start, |bounds, &value| bounds.join(Bounds::of(numbers.value(value))))
                }
            },
            Number::Arithmetic(operation, sides) => {
                self.bounds(&sides.0, numbers).calculate(*operation, self.bounds(&sides.1, numbers))
            }
            Number::If(branches, otherwise) => {
                let mut all = NOTHING;
                for (test, value) in branches {
                    if self.may_hold(test, numbers) {
                        all = all.join(self.bounds(value, numbers));
                        if !self.may_fail(test, numbers) {
                            return all;
                        }
                    }
                }
                all.join(self.bounds(otherwise, numbers))
            }
        }
    }

    fn may_hold(&self, formula: &Formula, numbers: &Numbers) -> bool {
        match formula {
            Formula::Constant(holds) => *holds,
            Formula::All(parts) => parts.iter().all(|part| self.may_hold(part, numbers)),
            Formula::Any(parts) => parts.iter().any(|part| self.may_hold(part, numbers)),
            Formula::Is { slot, value, equal } => self.column(*slot).is_none_or(|range| {
                if *equal { range.may_be(*value, numbers) } else { range.may_differ(*value, numbers) }
            }),
            Formula::Differs { slot, from } => {
                self.column(*slot).is_none_or(|range| range.may_differ(*from, numbers))
            }
            Formula::Same { left, right, equal: true } => match (self.column(*left), self.column(*right)) {
                (Some(left), Some(right)) => {
                    left.values.iter().any(|value| right.values.contains(value))
                        || (left.has_numbers() && right.has_numbers() && left.low <= right.high && right.low <= left.high)
                }
                _ => true,
            },
            Formula::Same { .. } => true,
            Formula::Compare { comparison, sides, .. } => {
                may_compare(*comparison, self.bounds(&sides.0, numbers), self.bounds(&sides.1, numbers))
            }
        }
    }

    /// Whether it may fail to hold.
    fn may_fail(&self, formula: &Formula, numbers: &Numbers) -> bool {
        match formula {
            Formula::Constant(holds) => !*holds,
            Formula::All(parts) => parts.iter().any(|part| self.may_fail(part, numbers)),
            Formula::Any(parts) => parts.iter().all(|part| self.may_fail(part, numbers)),
            Formula::Is { slot, value, equal } => self.column(*slot).is_none_or(|range| {
                if *equal { range.may_differ(*value, numbers) } else { range.may_be(*value, numbers) }
            }),
            Formula::Differs { slot, from } => self.column(*slot).is_none_or(|range| range.may_be(*from, numbers)),
            Formula::Same { .. } | Formula::Compare { .. } => true,
        }
    }

    /// Adds what `changes`, computed in `before`, may write; whether anything is new.
    fn apply(&mut self, before: &Self, changes: &[Change], numbers: &Numbers) -> bool {
        let mut changed = false;
        for change in changes.iter().filter(|change| change.slot.chain == 0) {
            if !before.may_hold(&change.condition, numbers) {
                continue;
            }
            let column = &mut self.columns[usize::from(change.slot.fact)];
            changed |= match (&change.value, change.small) {
                (_, Some(small)) => column.add(&Range::of(small, numbers)),
                (Number::Slot(slot), None) if slot.chain == 0 => column.add(&before.columns[usize::from(slot.fact)]),
                (value, None) => {
                    let bounds = before.bounds(value, numbers);
                    column.add(&Range { values: Vec::new(), low: bounds.low, high: bounds.high })
                }
            };
        }
        changed
    }
}

fn may_compare(comparison: Comparison, left: Bounds, right: Bounds) -> bool {
    let unknown = left.unknown && right.unknown;
    let numbers = left.is_number() && right.is_number();
    match comparison {
        Comparison::Equal => unknown || (numbers && left.low <= right.high && right.low <= left.high),
        Comparison::NotEqual => true,
        Comparison::Less => numbers && left.low < right.high,
        Comparison::Greater => numbers && left.high > right.low,
        Comparison::LessOrEqual => unknown || (numbers && left.low <= right.high),
        Comparison::GreaterOrEqual => unknown || (numbers && left.high >= right.low),
    }
}
