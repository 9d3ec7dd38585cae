//! When each value changed: an index over a replay, made for one chain of beliefs after the other as they are asked for.

use rustc_hash::FxHashMap;

use super::Origin;
use crate::ground::{ChainId, GroundFluentId, Place};
use crate::state::{Situations, StateError};
use crate::telling::replay::{MomentId, Replay};

/// By fact, the moments at which its value changed, in order.
type Changed = FxHashMap<GroundFluentId, Vec<u32>>;

/// When each value of a replay changed.
#[derive(Debug)]
pub struct History<'r> {
    replay: &'r Replay,
    until: usize,
    chains: FxHashMap<ChainId, Changed>,
}

impl<'r> History<'r> {
    /// The history of `replay`, of which no more than the first `until` moments are looked at.
    pub fn new(replay: &'r Replay, until: MomentId) -> Self {
        Self { replay, until: until.index().min(replay.moments.len()), chains: FxHashMap::default() }
    }

    /// What gave `place` the value that it has after `until` moments.
    pub fn origin(
        &mut self,
        situations: &mut Situations<'_>,
        place: Place,
        until: MomentId,
    ) -> Result<Origin, StateError> {
        if !self.chains.contains_key(&place.chain) {
            let changed = self.changed(situations, place.chain)?;
            self.chains.insert(place.chain, changed);
        }
        let changes = self.chains.get(&place.chain).and_then(|changed| changed.get(&place.fluent));
        let before = |changes: &Vec<u32>| {
            let count = changes.partition_point(|&moment| (moment as usize) < until.index());
            count.checked_sub(1).map(|last| MomentId::from_index(changes[last] as usize))
        };
        Ok(changes.and_then(before).map_or(Origin::Start, Origin::Moment))
    }

    fn changed(&self, situations: &mut Situations<'_>, chain: ChainId) -> Result<Changed, StateError> {
        let mut changed = Changed::default();
        for (index, moment) in self.replay.moments[..self.until].iter().enumerate() {
            if moment.before == moment.after {
                continue;
            }
            let before = situations.follow(moment.before, chain)?;
            let after = situations.follow(moment.after, chain)?;
            for fluent in situations.differences(before, after) {
                changed.entry(fluent).or_default().push(index as u32);
            }
        }
        Ok(changed)
    }
}
