//! Since when a fact has its value in what is so, or in what somebody believes; and what brought it about.
//!
//! A belief has a history of its own, the situations through which it went. The moment at which it reached one of them is
//! searched by halving, because a belief only ever goes on along its history.

use rustc_hash::FxHashMap;

use crate::causes::Origin;
use crate::ground::{Condition, EventId, GroundFluentId, Value};
use crate::state::{Situations, StateError, StateId};
use crate::telling::replay::{MomentId, Replay, What};
use crate::world::EntityId;

/// From a situation that left the history, at most so many steps are gone back to it.
const LONGEST_WAY_BACK: usize = 10_000;

/// The situation that `minds` take to be real in `state`: what the first believes that the second believes ….
pub fn believed(situations: &mut Situations<'_>, state: StateId, minds: &[EntityId]) -> Result<StateId, StateError> {
    minds.iter().try_fold(state, |state, &mind| situations.believed(mind, state))
}

/// The situations through which what some minds believe went until some moment.
pub struct History {
    minds: Vec<EntityId>,
    until: MomentId,
    /// From the first to the last.
    situations: Vec<StateId>,
    positions: FxHashMap<StateId, usize>,
}

impl History {
    /// That of `minds`, nobody's being what is so, after `until` moments.
    pub fn new(
        situations: &mut Situations<'_>,
        replay: &Replay,
        minds: &[EntityId],
        until: MomentId,
    ) -> Result<Self, StateError> {
        let mut through = Vec::new();
        if let Some(state) = replay.state(until) {
            let mut next = Some(believed(situations, state, minds)?);
            while let Some(state) = next {
                through.push(state);
                next = situations.before(state);
            }
        }
        through.reverse();
        let positions = through.iter().enumerate().map(|(position, &state)| (state, position)).collect();
        Ok(Self { minds: minds.to_vec(), until, situations: through, positions })
    }

    /// The last situation.
    pub fn last(&self) -> Option<StateId> {
        self.situations.last().copied()
    }

    /// The position in the history since which `fluent` has the value that it has at its end.
    pub fn since(&self, situations: &Situations<'_>, fluent: GroundFluentId) -> usize {
        let Some(last) = self.last() else { return 0 };
        let value = situations.value(last, fluent);
        let other = self.situations.iter().rposition(|&state| situations.value(state, fluent) != value);
        other.map_or(0, |other| other + 1)
    }

    /// The value of `fluent` before the one that it has at the end; `None` if it always had that.
    pub fn value_before(&self, situations: &Situations<'_>, fluent: GroundFluentId) -> Option<Value> {
        let before = self.situations.get(self.since(situations, fluent).checked_sub(1)?)?;
        Some(situations.value(*before, fluent))
    }

    /// What gave `fluent` the value that it has at the end.
    pub fn origin(
        &self,
        situations: &mut Situations<'_>,
        replay: &Replay,
        fluent: GroundFluentId,
    ) -> Result<Origin, StateError> {
        let since = self.since(situations, fluent);
        self.moment(situations, replay, since)
    }

    /// The moment by which the history reached this position.
    pub fn moment(
        &self,
        situations: &mut Situations<'_>,
        replay: &Replay,
        position: usize,
    ) -> Result<Origin, StateError> {
        let (mut before, mut after) = (0, self.until.index());
        if self.reached(situations, replay, before)? >= position {
            return Ok(Origin::Start);
        }
        // Reached after `after` moments, not yet after `before`.
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            if self.reached(situations, replay, middle)? >= position {
                after = middle;
            } else {
                before = middle;
            }
        }
        Ok(Origin::Moment(MomentId::from_index(after - 1)))
    }

    /// How far the history was after so many moments.
    fn reached(&self, situations: &mut Situations<'_>, replay: &Replay, moments: usize) -> Result<usize, StateError> {
        let Some(state) = replay.state(MomentId::from_index(moments)) else { return Ok(0) };
        let mut state = believed(situations, state, &self.minds)?;
        for _ in 0..LONGEST_WAY_BACK {
            if let Some(&position) = self.positions.get(&state) {
                return Ok(position);
            }
            match situations.before(state) {
                Some(before) => state = before,
                None => break,
            }
        }
        Ok(0)
    }
}

/// A stretch of the story in which something is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// What made it so; `None`: it was so from the start.
    pub from: Option<MomentId>,
    /// What ended it; `None`: it is still so.
    pub until: Option<MomentId>,
}

/// The stretches in which `condition` holds, until so many moments have passed.
pub fn stretches(
    situations: &mut Situations<'_>,
    replay: &Replay,
    condition: &Condition,
    until: MomentId,
) -> Result<Vec<Stretch>, StateError> {
    let mut found = Vec::new();
    let mut open: Option<Option<MomentId>> = None;
    let mut before = None;
    for moments in 0..=until.index() {
        let Some(state) = replay.state(MomentId::from_index(moments)) else { break };
        if before == Some(state) {
            continue;
        }
        before = Some(state);
        let by = moments.checked_sub(1).map(MomentId::from_index);
        match (situations.holds(state, condition)?, open) {
            (true, None) => open = Some(by),
            (false, Some(from)) => {
                found.push(Stretch { from, until: by });
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|from| Stretch { from, until: None }));
    Ok(found)
}

/// The event of a moment as the innermost of `minds` noticed it, in what the others believe of that.
pub fn noticed(
    situations: &mut Situations<'_>,
    replay: &Replay,
    moment: MomentId,
    minds: &[EntityId],
) -> Result<Option<EventId>, StateError> {
    let told = &replay.moments[moment.index()];
    let What::Event(mut event) = told.what else { return Ok(None) };
    let mut state = told.before;
    for &mind in minds {
        match situations.notices(state, event, mind)? {
            Some(noticed) => event = noticed,
            None => return Ok(None),
        }
        state = situations.believed(mind, state)?;
    }
    Ok(Some(event))
}
