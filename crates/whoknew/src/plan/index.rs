//! Which events may be possible, found by the values that they need rather than by trying them all: a tree that asks for
//! the value of one column at each branch.

use super::formula::Formula;
use super::model::Model;
use super::numbers::Small;
use rustc_hash::FxHashMap;

/// A tree over columns; what it finds still has to be tried.
#[derive(Debug, Default)]
pub(super) struct Index {
    branches: Vec<Branch>,
}

#[derive(Debug, Default)]
struct Branch {
    /// Events that need no more than was asked for on the way here; then there is nothing below.
    here: Vec<u32>,
    column: u16,
    by_value: FxHashMap<Small, u32>,
    /// Those that do not need a certain value of the column.
    others: Option<u32>,
}

/// An event with the values that it surely needs.
type Wanted = (u32, Vec<(u16, Small)>);

impl Index {
    /// An index of some events of the model.
    pub(super) fn new(model: &Model, events: impl Iterator<Item = u32>) -> Self {
        let mut index = Self::default();
        let wanted = events.map(|event| (event, wanted(&model.events[event as usize].needs))).collect();
        index.branches.push(Branch::default());
        let mut pending = vec![(0, wanted)];
        while let Some((place, events)) = pending.pop() {
            index.branch(place, events, &mut pending);
        }
        index
    }

    fn branch(&mut self, place: usize, events: Vec<Wanted>, pending: &mut Vec<(usize, Vec<Wanted>)>) {
        let Some(column) = most_wanted(&events) else {
            self.branches[place].here = events.into_iter().map(|(event, _)| event).collect();
            return;
        };
        let mut by_value: Vec<(Small, Vec<Wanted>)> = Vec::new();
        let mut others = Vec::new();
        for (event, mut values) in events {
            let Some(position) = values.iter().position(|(asked, _)| *asked == column) else {
                others.push((event, values));
                continue;
            };
            let (_, value) = values.remove(position);
            match by_value.iter_mut().find(|(known, _)| *known == value) {
                Some((_, list)) => list.push((event, values)),
                None => by_value.push((value, vec![(event, values)])),
            }
        }
        self.branches[place].column = column;
        for (value, events) in by_value {
            let below = self.below(events, pending);
            self.branches[place].by_value.insert(value, below);
        }
        if !others.is_empty() {
            self.branches[place].others = Some(self.below(others, pending));
        }
    }

    fn below(&mut self, events: Vec<Wanted>, pending: &mut Vec<(usize, Vec<Wanted>)>) -> u32 {
        let place = self.branches.len();
        self.branches.push(Branch::default());
        pending.push((place, events));
        place as u32
    }

    /// Adds the events that may be possible where the columns have these values, in the order of their numbers.
    pub(super) fn find(&self, row: &[Small], found: &mut Vec<u32>) {
        let start = found.len();
        let mut at = Some(0u32);
        let mut pending: Vec<u32> = Vec::new();
        while let Some(index) = at.take().or_else(|| pending.pop()) {
            let Some(branch) = self.branches.get(index as usize) else { continue };
            found.extend_from_slice(&branch.here);
            pending.extend(branch.others);
            if let Some(value) = row.get(usize::from(branch.column)) {
                at = branch.by_value.get(value).copied();
            }
        }
        found[start..].sort_unstable();
    }
}

/// The column that most events want something of.
fn most_wanted(events: &[Wanted]) -> Option<u16> {
    let mut counts: FxHashMap<u16, usize> = FxHashMap::default();
    for (column, _) in events.iter().flat_map(|(_, values)| values) {
        *counts.entry(*column).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(column, count)| (count, std::cmp::Reverse(column))).map(|(column, _)| column)
}

/// The values of the level's own columns without which `needs` do not hold, by column.
fn wanted(needs: &Formula) -> Vec<(u16, Small)> {
    let mut values: Vec<(u16, Small)> = needs
        .conjuncts()
        .iter()
        .filter_map(|part| match part {
            Formula::Is { slot, value, equal: true } if slot.chain == 0 => Some((slot.fact, *value)),
            _ => None,
        })
        .collect();
    values.sort_unstable();
    values.dedup_by_key(|(column, _)| *column);
    values
}
