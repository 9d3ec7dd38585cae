//! Whether somebody's want can come true within so many steps, if nobody needs a reason: exactly, on values alone. What is out of
//! reach here is out of reach with beliefs and reasons too.
//!
//! How many rows may be looked at is measured by the work done elsewhere; when there is none left, the answer is that it may be.

use super::model::Model;
use super::numbers::Numbers;
use super::rows::{Row, Rows, utility};
use super::successors::Successors;
use std::sync::Arc;

/// Rows that may be looked at before anything else is done.
const FIRST_ROWS: u64 = 100;
/// Rows that may be looked at for every successor that was computed. They cost much less.
pub(super) const GENEROSITY: u64 = 20;

/// What is to come true: a want higher than `above` and at least `least`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Goal {
    /// 0 is the author, who has fate at their service.
    pub(super) holder: usize,
    pub(super) above: f64,
    pub(super) least: f64,
}

/// Steps to a goal from a row: at least, at most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) least: u8,
    pub(super) most: u8,
}

pub(super) const UNKNOWN: Bounds = Bounds { least: 0, most: u8::MAX };

/// Distances on rows.
#[derive(Debug)]
pub(super) struct Within {
    model: Arc<Model>,
    pub(super) rows: Rows,
    goals: Vec<Goal>,
    /// By goal, then row.
    bounds: Vec<Vec<Bounds>>,
    /// By holder: whether the want reads beliefs.
    pub(super) vague: Vec<bool>,
    /// Rows that may be looked at for every successor that was computed: for the author, for a character.
    pub(super) generosity: [u64; 2],
    gave_up: bool,
}

impl Within {
    pub(super) fn new(model: Arc<Model>) -> Self {
        let vague = |parts: &Vec<super::formula::Number>| {
            let mut beliefs = false;
            parts.iter().for_each(|part| part.slots(&mut |slot| beliefs |= slot.chain != 0));
            beliefs
        };
        Self {
            rows: Rows::new(Arc::clone(&model)),
            goals: Vec::new(),
            bounds: Vec::new(),
            vague: model.utilities.iter().map(vague).collect(),
            generosity: [1, GENEROSITY],
            gave_up: false,
            model,
        }
    }

    /// Roughly how many bytes everything takes.
    pub(super) fn bytes(&self) -> usize {
        self.rows.bytes() + self.bounds.iter().map(|bounds| bounds.capacity() * 2).sum::<usize>()
    }

    fn number_of(&mut self, goal: Goal) -> usize {
        self.goals.iter().position(|known| *known == goal).unwrap_or_else(|| {
            self.goals.push(goal);
            self.bounds.push(Vec::new());
            self.goals.len() - 1
        })
    }

    /// What `may_reach` says, if that is known already.
    pub(super) fn known(&mut self, goal: Goal, row: Row, steps: usize) -> Option<bool> {
        let index = self.number_of(goal);
        let bounds = self.bounds[index].get(row as usize)?;
        (usize::from(bounds.most) <= steps || usize::from(bounds.least) > steps)
            .then_some(usize::from(bounds.most) <= steps)
    }

    /// Whether the goal may be reached within so many steps from a row.
    pub(super) fn may_reach(&mut self, goal: Goal, row: Row, steps: usize, successors: &mut Successors) -> bool {
        if self.vague[goal.holder] {
            return true;
        }
        let index = self.number_of(goal);
        self.gave_up = false;
        self.search(index, row, steps.min(250) as u8, successors)
    }

    fn search(&mut self, goal: usize, row: Row, steps: u8, successors: &mut Successors) -> bool {
        if self.bounds[goal].len() <= row as usize {
            self.bounds[goal].resize(row as usize + 1, UNKNOWN);
        }
        let known = self.bounds[goal][row as usize];
        if known.most <= steps || known.least > steps {
            return known.most <= steps;
        }
        if known.least == 0 {
            let reached = self.is_reached(self.goals[goal], row, &successors.numbers, successors);
            self.bounds[goal][row as usize] =
                if reached { Bounds { least: 0, most: 0 } } else { Bounds { least: 1, ..known } };
            if reached || steps == 0 {
                return reached;
            }
        }
        let fate = self.goals[goal].holder == 0;
        let after = match self.rows.known(row) {
            Some(after) => after,
            None if self.rows.computed
                > FIRST_ROWS + self.generosity[usize::from(!fate)].saturating_mul(successors.computed) =>
            {
                self.gave_up = true;
                return true;
            }
            None => self.rows.compute(row, successors),
        };
        let mut reached = after.unclear[usize::from(fate)];
        let mut position = 0;
        while !reached && let Some(next) = self.rows.target(after, fate, position) {
            reached = self.search(goal, next, steps - 1, successors);
            position += 1;
        }
        let known = &mut self.bounds[goal][row as usize];
        match reached {
            true if !self.gave_up => known.most = known.most.min(steps),
            true => {}
            false => known.least = known.least.max(steps + 1),
        }
        reached
    }

    pub(super) fn is_reached(&self, goal: Goal, row: Row, numbers: &Numbers, successors: &Successors) -> bool {
        utility(&self.model, goal.holder, successors.canonical.row(row), numbers)
            .is_some_and(|utility| utility > goal.above && utility >= goal.least)
    }
}
