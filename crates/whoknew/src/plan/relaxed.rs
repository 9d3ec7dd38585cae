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

/// What a column may be: values that are no numbers, each a bit, and any number between two. The last bit stands for
/// all values beyond the first 63.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Range {
    bits: u64,
    low: f64,
    high: f64,
}

/// The columns within some number of steps.
#[derive(Clone, Debug)]
struct Layer {
    columns: Vec<Range>,
}

const SHARED: u64 = 1 << 63;

/// Which bit of its column a value is.
#[derive(Debug)]
struct Bits {
    /// By column, then by number of the value.
    bits: Vec<u64>,
    known: usize,
}

impl Bits {
    fn new(model: &Model, numbers: &Numbers) -> Self {
        let known = numbers.len();
        let mut bits = vec![0; known * model.facts.len()];
        for (column, domain) in model.domains.iter().enumerate() {
            for (position, &small) in domain.iter().enumerate() {
                bits[column * known + usize::from(small)] = 1 << position.min(63);
            }
        }
        Self { bits, known }
    }

    /// The value's range in the column.
    #[inline]
    fn range(&self, numbers: &Numbers, column: usize, small: Small) -> Range {
        let bits = self.bit(column, small);
        match numbers.value(small).as_number() {
            Some(number) if bits == 0 => Range { bits: 0, low: number, high: number },
            _ => Range { bits, ..EMPTY },
        }
    }

    #[inline]
    fn bit(&self, column: usize, small: Small) -> u64 {
        if usize::from(small) < self.known { self.bits[column * self.known + usize::from(small)] } else { 0 }
    }
}

const EMPTY: Range = Range { bits: 0, low: f64::INFINITY, high: f64::NEG_INFINITY };

/// Bounds for every row of values that was asked for.
#[derive(Debug)]
pub(super) struct Relaxed {
    model: Arc<Model>,
    bits: Bits,
    /// Rules that change something at their own level.
    rules: Vec<u32>,
    steps: usize,
    /// With fate, without: by row, then by holder and step, the most that the want can be.
    bounds: [Vec<Option<Box<[f64]>>>; 2],
    /// By row, how far the author's aim seems to be: its parts one after the other.
    guides: Vec<u16>,
    aim: f64,
    pub(super) rows: usize,
}

impl Relaxed {
    /// Bounds for up to `steps` steps.
    pub(super) fn new(model: Arc<Model>, numbers: &Numbers, steps: usize) -> Self {
        let bits = Bits::new(&model, numbers);
        let own = |rule: &Rule| rule.changes.iter().any(|change| change.slot.chain == 0);
        let rules = model.rules[0].rules.iter().enumerate().filter(|(_, rule)| own(rule));
        let rules = rules.map(|(rank, _)| rank as u32).collect();
        Self {
            bits,
            rules,
            model,
            steps,
            bounds: [Vec::new(), Vec::new()],
            guides: Vec::new(),
            aim: f64::INFINITY,
            rows: 0,
        }
    }

    /// From here on, guides lead to this aim of the author.
    pub(super) fn aim_at(&mut self, aim: f64) {
        self.aim = aim;
        self.bounds[0].clear();
    }

    /// How far the author's aim seems to be from a row that the most was asked for: never used to cut anything off.
    pub(super) fn guide(&self, row: u32) -> u32 {
        u32::from(self.guides.get(row as usize).copied().unwrap_or_default())
    }

    /// The most that `holder` (0 is the author) can have `steps` steps after a situation with these values.
    pub(super) fn most(&mut self, row: (u32, &[Small]), numbers: &Numbers, holder: usize, steps: usize) -> f64 {
        let variant = usize::from(holder != 0);
        let index = row.0 as usize;
        if self.bounds[variant].len() <= index {
            self.bounds[variant].resize(index + 1, None);
        }
        let width = self.steps + 1;
        if self.bounds[variant][index].is_none() {
            self.rows += 1;
            let mut parts = Vec::new();
            let bounds = self.compute(row.1, numbers, holder == 0, &mut parts);
            let count = self.model.utilities[0].iter().map(summands).sum();
            if holder == 0 {
                self.guides.resize(self.guides.len().max(index + 1), 0);
                self.guides[index] = apart(&parts, count, self.aim);
            }
            self.bounds[variant][index] = Some(bounds);
        }
        let bounds = self.bounds[variant][index].as_deref().unwrap_or_default();
        bounds.get(holder * width + steps.min(self.steps)).copied().unwrap_or(f64::INFINITY)
    }

    /// Roughly how many bytes they take.
    pub(super) fn bytes(&self) -> usize {
        self.rows * (self.model.characters + 1) * (self.steps + 1) * 8
    }

    fn compute(&self, row: &[Small], numbers: &Numbers, fate: bool, parts: &mut Vec<f64>) -> Box<[f64]> {
        let (model, steps, width) = (&*self.model, self.steps, self.steps + 1);
        let mut bounds = vec![f64::NEG_INFINITY; (model.characters + 1) * width];
        let mut layer = Layer { columns: Vec::with_capacity(row.len()) };
        let ranges = row.iter().enumerate().map(|(column, &small)| self.bits.range(numbers, column, small));
        layer.columns.extend(ranges);
        let may_happen = |event: &u32| fate || !model.events[*event as usize].actors.is_empty();
        let mut rest = Work {
            eyes: Eyes { numbers, bits: &self.bits, domains: &model.domains },
            before: layer.clone(),
            events: model.explainable.iter().copied().filter(may_happen).collect(),
            happened: Vec::new(),
            rules: &self.rules,
        };
        for step in 0..=steps {
            for holder in 0..=model.characters {
                bounds[holder * width + step] = layer.utility(&model.utilities[holder], rest.eyes);
            }
            if fate {
                for part in &model.utilities[0] {
                    layer.parts(part, rest.eyes, parts);
                }
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

/// How many summands a number has.
fn summands(number: &Number) -> usize {
    match number {
        Number::Arithmetic(Arithmetic::Add, sides) => summands(&sides.0) + summands(&sides.1),
        _ => 1,
    }
}

/// How many steps reach `aim` if each part of it takes its steps by itself. `parts` holds, for one step after another, the most
/// that each of the `count` parts can be.
fn apart(parts: &[f64], count: usize, aim: f64) -> u16 {
    let count = count.max(1);
    let steps = parts.len() / count;
    let most = count * steps;
    let mut best = vec![f64::NEG_INFINITY; most + 1];
    best[0] = 0.0;
    for part in 0..count {
        let mut next = vec![f64::NEG_INFINITY; most + 1];
        for (cost, &sum) in best.iter().enumerate().filter(|(_, sum)| **sum > f64::NEG_INFINITY) {
            for step in 0..steps.min(most + 1 - cost) {
                next[cost + step] = f64::max(next[cost + step], sum + parts[step * count + part]);
            }
        }
        best = next;
    }
    best.iter().position(|&sum| sum >= aim).unwrap_or(most) as u16
}

/// How values are read.
#[derive(Clone, Copy)]
struct Eyes<'a> {
    numbers: &'a Numbers,
    bits: &'a Bits,
    domains: &'a [Vec<Small>],
}

/// What may still come to happen.
struct Work<'a> {
    eyes: Eyes<'a>,
    before: Layer,
    events: Vec<u32>,
    happened: Vec<u32>,
    rules: &'a [u32],
}

impl Work<'_> {
    /// One step further; whether anything is new.
    fn advance(&mut self, model: &Model, layer: &mut Layer) -> bool {
        self.before.columns.copy_from_slice(&layer.columns);
        let (mut changed, mut index) = (false, 0);
        while index < self.events.len() {
            let event = &model.events[self.events[index] as usize];
            if self.before.may_hold(&event.needs, self.eyes) {
                let id = self.events.swap_remove(index);
                if event.own.iter().any(varies) {
                    self.happened.push(id);
                } else {
                    changed |= layer.apply(&self.before, &event.own, self.eyes);
                }
            } else {
                index += 1;
            }
        }
        for &event in &self.happened {
            changed |= layer.apply(&self.before, &model.events[event as usize].own, self.eyes);
        }
        while changed && self.rules_run(model, layer) {}
        changed
    }

    fn rules_run(&mut self, model: &Model, layer: &mut Layer) -> bool {
        let mut changed = false;
        for &rank in self.rules {
            let rule = &model.rules[0].rules[rank as usize];
            if layer.may_hold(&rule.condition, self.eyes) {
                self.before.columns.copy_from_slice(&layer.columns);
                changed |= layer.apply(&self.before, &rule.changes, self.eyes);
            }
        }
        changed
    }
}

/// Whether what it writes is not always the same.
fn varies(change: &Change) -> bool {
    change.small.is_none() || change.condition != Formula::Constant(true)
}

impl Range {
    const fn has_numbers(self) -> bool {
        self.low <= self.high
    }

    /// Whether the two may be the same value.
    fn meets(self, other: Self) -> bool {
        self.bits & other.bits != 0
            || (self.has_numbers() && other.has_numbers() && self.low <= other.high && other.low <= self.high)
    }

    /// Whether it may be another value than the single one of `other`.
    fn differs(self, other: Self) -> bool {
        self.bits & (!other.bits | SHARED) != 0
            || (self.has_numbers() && (self.low != other.low || self.high != other.high))
    }

    fn add(&mut self, other: Self) -> bool {
        let before = *self;
        self.bits |= other.bits;
        self.low = self.low.min(other.low);
        self.high = self.high.max(other.high);
        *self != before
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
            let all =
                [f(self.low, other.low), f(self.low, other.high), f(self.high, other.low), f(self.high, other.high)];
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
    fn column(&self, slot: Slot) -> Option<Range> {
        (slot.chain == 0).then(|| self.columns[usize::from(slot.fact)])
    }

    fn utility(&self, parts: &[Number], eyes: Eyes<'_>) -> f64 {
        parts.iter().fold(0.0, |sum, part| sum + self.bounds(part, eyes).high)
    }

    /// Adds the most that each summand of `number` can be.
    fn parts(&self, number: &Number, eyes: Eyes<'_>, parts: &mut Vec<f64>) {
        if let Number::Arithmetic(Arithmetic::Add, sides) = number {
            self.parts(&sides.0, eyes, parts);
            self.parts(&sides.1, eyes, parts);
        } else {
            parts.push(self.bounds(number, eyes).high);
        }
    }

    fn bounds(&self, number: &Number, eyes: Eyes<'_>) -> Bounds {
        match number {
            Number::Constant(value) => Bounds::of(*value),
            Number::Slot(slot) => match self.column(*slot) {
                None => ANYTHING,
                Some(range) => {
                    let start = Bounds { low: range.low, high: range.high, unknown: false };
                    self.others(*slot, range, eyes).fold(start, Bounds::join)
                }
            },
            Number::Arithmetic(operation, sides) => {
                self.bounds(&sides.0, eyes).calculate(*operation, self.bounds(&sides.1, eyes))
            }
            Number::If(branches, otherwise) => {
                let mut all = NOTHING;
                for (test, value) in branches {
                    if self.may_hold(test, eyes) {
                        all = all.join(self.bounds(value, eyes));
                        if !self.may_fail(test, eyes) {
                            return all;
                        }
                    }
                }
                all.join(self.bounds(otherwise, eyes))
            }
        }
    }

    fn may_hold(&self, formula: &Formula, eyes: Eyes<'_>) -> bool {
        match formula {
            Formula::Constant(holds) => *holds,
            Formula::All(parts) => parts.iter().all(|part| self.may_hold(part, eyes)),
            Formula::Any(parts) => parts.iter().any(|part| self.may_hold(part, eyes)),
            Formula::Is { slot, value, equal } => self.column(*slot).is_none_or(|range| {
                let one = eyes.of(*slot, *value);
                if *equal { range.meets(one) } else { range.differs(one) }
            }),
            Formula::Differs { slot, from } => {
                self.column(*slot).is_none_or(|range| range.differs(eyes.of(*slot, *from)))
            }
            Formula::Same { .. } => true,
            Formula::Compare { comparison, sides, .. } => {
                may_compare(*comparison, self.bounds(&sides.0, eyes), self.bounds(&sides.1, eyes))
            }
        }
    }

    /// Whether it may fail to hold.
    fn may_fail(&self, formula: &Formula, eyes: Eyes<'_>) -> bool {
        match formula {
            Formula::Constant(holds) => !*holds,
            Formula::All(parts) => parts.iter().any(|part| self.may_fail(part, eyes)),
            Formula::Any(parts) => parts.iter().all(|part| self.may_fail(part, eyes)),
            Formula::Is { slot, value, equal } => self.column(*slot).is_none_or(|range| {
                let one = eyes.of(*slot, *value);
                if *equal { range.differs(one) } else { range.meets(one) }
            }),
            Formula::Differs { slot, from } => {
                self.column(*slot).is_none_or(|range| range.meets(eyes.of(*slot, *from)))
            }
            Formula::Same { .. } | Formula::Compare { .. } => true,
        }
    }

    /// Adds what `changes`, computed in `before`, may write; whether anything is new.
    fn apply(&mut self, before: &Self, changes: &[Change], eyes: Eyes<'_>) -> bool {
        let mut changed = false;
        for change in changes.iter().filter(|change| change.slot.chain == 0) {
            if !before.may_hold(&change.condition, eyes) {
                continue;
            }
            let range = match change.small {
                Some(small) => eyes.of(change.slot, small),
                None => before.values_of(&change.value, change.slot, eyes),
            };
            changed |= self.columns[usize::from(change.slot.fact)].add(range);
        }
        changed
    }

    /// What a computed value may be, in the column where it is written.
    fn values_of(&self, number: &Number, column: Slot, eyes: Eyes<'_>) -> Range {
        if let Number::Slot(from) = number
            && let Some(range) = self.column(*from)
        {
            let inside =
                eyes.domains[usize::from(from.fact)].iter().filter(|&&small| eyes.of(*from, small).meets(range));
            let bits = inside.fold(0, |bits, &small| bits | eyes.of(column, small).bits);
            return Range { bits, ..range };
        }
        let bounds = self.bounds(number, eyes);
        // Values of one column have other bits in another one; any of them may be meant.
        let bits = if matches!(number, Number::Arithmetic(..)) { 0 } else { u64::MAX };
        let unknown = if bounds.unknown { eyes.of_value(column, Value::UNKNOWN) } else { 0 };
        Range { bits: bits | unknown, low: bounds.low, high: bounds.high }
    }

    /// The values in a range that are no numbers, as bounds.
    fn others<'l>(&'l self, slot: Slot, range: Range, eyes: Eyes<'l>) -> impl Iterator<Item = Bounds> + 'l {
        let domain = &eyes.domains[usize::from(slot.fact)];
        let inside = move |&&small: &&Small| eyes.of(slot, small).bits & range.bits != 0;
        domain.iter().filter(inside).map(move |&small| Bounds::of(eyes.numbers.value(small)))
    }
}

impl Eyes<'_> {
    #[inline]
    fn of(self, slot: Slot, small: Small) -> Range {
        self.bits.range(self.numbers, usize::from(slot.fact), small)
    }

    fn of_value(self, slot: Slot, value: Value) -> u64 {
        let small = self.domains[usize::from(slot.fact)].iter().find(|&&small| self.numbers.value(small) == value);
        small.map_or(0, |&small| self.of(slot, small).bits)
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
