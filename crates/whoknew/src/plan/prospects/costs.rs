//! How far it is to what is wanted: every act counts once for each thing that lacks it, so it may say too much.

use super::back::Way;
use std::collections::BTreeMap;

/// It is not known how.
pub(super) const NEVER: u32 = u32::MAX;

impl Way {
    /// The acts that it seems to need.
    pub(super) fn cost(&self, costs: &[u32]) -> u32 {
        let sum = self
            .lacks
            .iter()
            .fold(0u32, |sum, &lack| sum.saturating_add(costs.get(lack as usize).copied().unwrap_or(NEVER)));
        sum.saturating_add(u32::from(self.act.is_some()))
    }
}

/// The acts that each lack seems to need.
pub(super) fn costs(ways: &[Vec<Way>]) -> Vec<u32> {
    let mut costs = vec![NEVER; ways.len()];
    loop {
        let mut changed = false;
        // What was found last is needed first.
        for (lack, ways) in ways.iter().enumerate().rev() {
            let least = ways.iter().map(|way| way.cost(&costs)).min().unwrap_or(NEVER);
            if least < costs[lack] {
                costs[lack] = least;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    costs
}

/// The acts on the cheapest ways to `roots`, by number, each with the fewest steps left when it can matter.
pub(super) fn acts(ways: &[Vec<Way>], roots: &[Way], costs: &[u32], levels: &[u8]) -> Vec<(u32, u8)> {
    let mut acts: BTreeMap<u32, u8> = BTreeMap::new();
    let mut seen = vec![false; ways.len()];
    let mut pending: Vec<u32> = Vec::new();
    let mut follow = |way: &Way, pending: &mut Vec<u32>| {
        for &lack in &way.lacks {
            if !std::mem::replace(&mut seen[lack as usize], true) {
                pending.push(lack);
            }
        }
    };
    roots.iter().for_each(|way| follow(way, &mut pending));
    while let Some(lack) = pending.pop() {
        let cheapest = |way: &&Way| way.cost(costs) == costs[lack as usize];
        for way in ways[lack as usize].iter().filter(cheapest) {
            if let Some(act) = way.act {
                let level = levels[lack as usize];
                acts.entry(act).and_modify(|known| *known = level.min(*known)).or_insert(level);
            }
            follow(way, &mut pending);
        }
    }
    acts.into_iter().collect()
}
