//! The fewest moments that suffice: from the traced ones, leaving out more and more as long as the conclusion still comes
//! about, until none can be left out (the field: delta debugging, Zeller 1999).
//!
//! Invariant of a [`CauseSet`] that is verified: retelling its moments alone gives the conclusion; if it is minimal too,
//! leaving out any one of them loses it.

use std::collections::BTreeSet;

use crate::state::{Situations, StateError, StateId};
use crate::telling::replay::{MomentId, Replay};
use crate::telling::retell;
use crate::telling::script::Script;

/// What finding the fewest moments may cost: how many moments may happen again.
const MOST_RETOLD: usize = 400_000;

/// The moments on which a conclusion rests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CauseSet {
    /// In the order in which they happened.
    pub moments: Vec<MomentId>,
    /// Retelling them alone gives the conclusion.
    pub verified: bool,
    /// None can be left out.
    pub minimal: bool,
}

/// Whether a conclusion holds in a situation.
pub(crate) type Conclusion<'c, 'w> = &'c mut dyn FnMut(&mut Situations<'w>, StateId) -> Result<bool, StateError>;

/// The fewest of the first `until` moments that give the conclusion; `traced` are likely to be among them.
pub(crate) fn fewest<'w>(
    situations: &mut Situations<'w>,
    told: (&Replay, &Script),
    (traced, until): (&BTreeSet<MomentId>, MomentId),
    conclusion: Conclusion<'_, 'w>,
) -> Result<CauseSet, StateError> {
    let mut search = Search { situations, told, conclusion, budget: MOST_RETOLD };
    let traced: Vec<MomentId> = traced.iter().copied().filter(|moment| moment.index() < until.index()).collect();
    let (moments, verified) = if search.suffices(&traced)? == Some(true) {
        (traced, true)
    } else {
        match search.more(&traced, until)? {
            Some(moments) => (moments, true),
            None => (traced, false),
        }
    };
    if !verified {
        return Ok(CauseSet { moments, verified, minimal: false });
    }
    let (moments, minimal) = search.minimised(moments)?;
    Ok(CauseSet { moments, verified, minimal })
}

struct Search<'s, 'c, 'w> {
    situations: &'s mut Situations<'w>,
    told: (&'s Replay, &'s Script),
    conclusion: Conclusion<'c, 'w>,
    budget: usize,
}

impl Search<'_, '_, '_> {
    /// Whether these moments suffice; `None`: that would cost too much.
    fn suffices(&mut self, moments: &[MomentId]) -> Result<Option<bool>, StateError> {
        let cost = moments.len() + 1;
        if cost > self.budget {
            return Ok(None);
        }
        self.budget -= cost;
        let outcome = retell(self.situations, self.told, moments)
            .and_then(|retelling| (self.conclusion)(self.situations, retelling.end));
        match outcome {
            Ok(holds) => Ok(Some(holds)),
            Err(StateError::RuleLoop { .. } | StateError::Conflict { .. }) => Ok(Some(false)),
            Err(StateError::TooManySituations(_)) => {
                self.budget = 0;
                Ok(None)
            }
            Err(error @ (StateError::TooDeep(_) | StateError::Unfolded(_))) => Err(error),
        }
    }

    /// The traced moments and the latest others, as many as it takes; those that are not needed are left out first.
    fn more(&mut self, traced: &[MomentId], until: MomentId) -> Result<Option<Vec<MomentId>>, StateError> {
        let others: Vec<MomentId> = (0..until.index())
            .map(MomentId::from_index)
            .filter(|moment| traced.binary_search(moment).is_err())
            .collect();
        let mut count = 1;
        loop {
            let latest = &others[others.len() - count.min(others.len())..];
            if self.suffices(&joined(traced, latest))? == Some(true) {
                let needed = self.without_chunks(latest.to_vec(), traced)?;
                return Ok(Some(joined(traced, &needed)));
            }
            if count >= others.len() {
                return Ok(None);
            }
            count *= 2;
        }
    }

    /// Leaves out what can be left out of `moments`; `kept` stay. Large pieces first, then smaller ones.
    fn without_chunks(&mut self, moments: Vec<MomentId>, kept: &[MomentId]) -> Result<Vec<MomentId>, StateError> {
        let mut moments = moments;
        let mut size = moments.len().div_ceil(2);
        while size >= 1 && !moments.is_empty() {
            let mut first = 0;
            while first < moments.len() {
                let last = (first + size).min(moments.len());
                let rest: Vec<MomentId> = [&moments[..first], &moments[last..]].concat();
                match self.suffices(&joined(kept, &rest))? {
                    Some(true) => moments = rest,
                    Some(false) => first = last,
                    None => return Ok(moments),
                }
            }
            if size == 1 {
                break;
            }
            size = size.div_ceil(2);
        }
        Ok(moments)
    }

    /// Leaves out moments until none can be left out; whether that was reached.
    fn minimised(&mut self, moments: Vec<MomentId>) -> Result<(Vec<MomentId>, bool), StateError> {
        let mut moments = self.without_chunks(moments, &[])?;
        // What could not be left out before may be left out now.
        let mut first = 0;
        let mut unchanged = 0;
        while unchanged < moments.len() {
            first %= moments.len();
            let mut rest = moments.clone();
            rest.remove(first);
            match self.suffices(&rest)? {
                Some(true) => {
                    moments = rest;
                    unchanged = 0;
                }
                Some(false) => {
                    first += 1;
                    unchanged += 1;
                }
                None => return Ok((moments, false)),
            }
        }
        Ok((moments, true))
    }
}

/// Both, in order.
fn joined(one: &[MomentId], other: &[MomentId]) -> Vec<MomentId> {
    let mut all: Vec<MomentId> = one.iter().chain(other).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}
