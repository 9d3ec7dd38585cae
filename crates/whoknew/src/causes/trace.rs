//! The moments that led to a conclusion, traced back from it: what gave each fact its value, and what that depended on.

use std::collections::{BTreeSet, VecDeque};

use rustc_hash::FxHashSet;

use super::reads::reads;
use super::{History, Origin};
use crate::ground::Place;
use crate::state::{Situations, StateError};
use crate::telling::replay::{MomentId, Replay};
use crate::telling::script::Script;

/// So many facts are traced back; with more the trace is left incomplete.
const MOST_FACTS: usize = 50_000;

/// The moments from which the values come that `places` have after `until` moments, and all that these rest on.
pub(crate) fn trace(
    situations: &mut Situations<'_>,
    (replay, script): (&Replay, &Script),
    places: &[Place],
    until: MomentId,
) -> Result<BTreeSet<MomentId>, StateError> {
    let mut history = History::new(replay, until);
    let mut found = BTreeSet::new();
    let mut seen: FxHashSet<(Place, MomentId)> = FxHashSet::default();
    let mut wanted: VecDeque<(Place, MomentId)> = places.iter().map(|&place| (place, until)).collect();
    while let Some((place, until)) = wanted.pop_front() {
        let Origin::Moment(moment) = history.origin(situations, place, until)? else { continue };
        if !seen.insert((place, moment)) {
            continue;
        }
        if seen.len() > MOST_FACTS {
            break;
        }
        found.insert(moment);
        let after = MomentId::from_index(moment.index() + 1);
        for read in reads(situations, script, &replay.moments[moment.index()], Some(place))? {
            wanted.push_back((read.place, if read.after { after } else { moment }));
        }
    }
    Ok(found)
}
