//! How far a want may rise within so many steps, at most: relaxed reachability, where nothing that became so is ever undone.
//! Conditions on beliefs are taken to hold. (hmax, after Bonet and Geffner, AIJ 2001.)
//!
//! Invariant: never less than what some plan reaches, so whatever is cut off by it holds no plan.

use super::formula::{Formula, Number};
use super::model::Model;
use super::numbers::{Numbers, Small};
use super::ranges::{ANY, Bits, EMPTY, Eyes, Layer};
use super::spread::{Lacking, Spread};
use crate::world::Arithmetic;
use std::sync::Arc;

/// Bounds for every row of values that was asked for.
#[derive(Debug)]
pub(super) struct Relaxed {
    model: Arc<Model>,
    bits: Bits,
    lacking: Lacking,
    steps: usize,
    /// With fate, without: by row, then by holder and step, the most that the want can be.
    bounds: [Vec<Option<Box<[f64]>>>; 2],
    /// By row, how far the author's aim seems to be: its parts one after the other.
    guides: Vec<u16>,
    aim: f64,
    pub(super) rows: usize,
    /// How many bounds are kept.
    kept: usize,
}

impl Relaxed {
    /// Bounds for up to `steps` steps.
    pub(super) fn new(model: Arc<Model>, numbers: &Numbers, steps: usize) -> Self {
        let bits = Bits::new(&model, numbers);
        Self {
            lacking: Lacking::new(&model, &bits),
            bits,
            model,
            steps,
            bounds: [Vec::new(), Vec::new()],
            guides: Vec::new(),
            aim: f64::INFINITY,
            rows: 0,
            kept: 0,
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
        if self.bounds[variant][index].is_none() {
            let mut parts = Vec::new();
            let bounds = self.compute(row.1, numbers, holder == 0, &mut parts);
            self.rows += 1;
            self.kept += bounds.len();
            let count = self.model.utilities[0].iter().map(summands).sum();
            if holder == 0 {
                self.guides.resize(self.guides.len().max(index + 1), 0);
                self.guides[index] = apart(&parts, count, self.aim);
            }
            self.bounds[variant][index] = Some(bounds);
        }
        let holders = self.model.characters + 1;
        let bounds = self.bounds[variant][index].as_deref().unwrap_or_default();
        let last = (bounds.len() / holders).saturating_sub(1);
        if steps > last && last == self.steps {
            return f64::INFINITY;
        }
        bounds.get(steps.min(last) * holders + holder).copied().unwrap_or(f64::INFINITY)
    }

    /// Whether somebody who takes these values to be real, `None` being any, may have a reason for the event: whether the
    /// holder's want may rise within so many steps, the event first, above what it is.
    pub(super) fn may_raise(
        &self,
        values: &[Option<Small>],
        numbers: &Numbers,
        (event, holder): (u32, usize),
        steps: usize,
    ) -> bool {
        let model = &*self.model;
        let ground = &model.events[event as usize];
        let eyes = Eyes { numbers, bits: &self.bits, domains: &model.domains };
        let of = |column: usize, small: Option<Small>| {
            let range = small.map_or(ANY, |small| self.bits.range(numbers, column, small));
            if range == EMPTY { ANY } else { range }
        };
        let columns = values.iter().enumerate().map(|(column, &small)| of(column, small)).collect();
        let mut before = Layer { columns };
        if !before.may_hold(&ground.needs, eyes) {
            return false;
        }
        for part in ground.needs.conjuncts() {
            if let Formula::Is { slot, value, equal: true } = part
                && slot.chain == 0
            {
                before.columns[usize::from(slot.fact)] = of(usize::from(slot.fact), Some(*value));
            }
        }
        let want = &model.utilities[holder];
        let now = before.least(want, eyes);
        let mut layer = before.clone();
        layer.happen(&before, &ground.own, eyes);
        let mut spread = Spread::new(model, &self.lacking, eyes, &layer, false);
        spread.settle(&mut layer);
        for _ in 1..steps {
            if layer.utility(want, eyes) > now || !spread.advance(&mut layer) {
                break;
            }
        }
        layer.utility(want, eyes) > now
    }

    /// Roughly how many bytes they take.
    pub(super) fn bytes(&self) -> usize {
        (self.bounds[0].capacity() + self.bounds[1].capacity()) * 16 + self.kept * 8
    }

    /// By step, then by holder, the most that the want can be, up to the step after which nothing changes any more.
    fn compute(&self, row: &[Small], numbers: &Numbers, fate: bool, parts: &mut Vec<f64>) -> Box<[f64]> {
        let model = &*self.model;
        let mut bounds = Vec::with_capacity(model.characters + 1);
        let mut layer = Layer { columns: Vec::with_capacity(row.len()) };
        let ranges = row.iter().enumerate().map(|(column, &small)| self.bits.range(numbers, column, small));
        layer.columns.extend(ranges);
        let eyes = Eyes { numbers, bits: &self.bits, domains: &model.domains };
        let mut spread = Spread::new(model, &self.lacking, eyes, &layer, fate);
        for step in 0..=self.steps {
            bounds.extend(model.utilities.iter().map(|parts| layer.utility(parts, eyes)));
            if fate {
                for part in &model.utilities[0] {
                    layer.parts(part, eyes, parts);
                }
            }
            if step < self.steps && !spread.advance(&mut layer) {
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
