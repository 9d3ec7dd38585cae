//! Retellings: the replay run again with some of its moments left out, to see what still comes about.
//!
//! In a retelling an impossible event does not happen, and a thought whose premises are not believed is not had. What the
//! check assumed after a hole is a moment of its own: left out like any other, or assumed again. What the replay let happen
//! although nothing made it possible happens here too. Invariant: a retelling that leaves out nothing ends as the replay.

use super::replay::{Moment, MomentId, Replay, What};
use super::script::{Script, Sides, Step, Thought};
use crate::ground::{EventId, Value};
use crate::state::{Situations, StateError, StateId};

/// The moments of a replay that happened again.
#[derive(Clone, Debug)]
pub struct Retelling {
    /// What happened; incidents that its moments name are those of the replay retold.
    pub replay: Replay,
    /// For each of its moments the one of the replay retold.
    pub originals: Vec<MomentId>,
    /// The situation at the end.
    pub end: StateId,
}

/// Runs those moments of `replay` again that `keep` names, in their order.
pub(crate) fn retell(
    situations: &mut Situations<'_>,
    told: (&Replay, &Script),
    keep: &[MomentId],
) -> Result<Retelling, StateError> {
    let start = situations.start()?;
    let (replay, script) = told;
    let mut teller = Teller { situations, script, replay, state: start };
    let (mut moments, mut originals) = (Vec::with_capacity(keep.len()), Vec::with_capacity(keep.len()));
    for &id in keep {
        let Some(original) = replay.moments.get(id.index()) else { continue };
        let before = teller.state;
        if teller.moment(original)? {
            moments.push(Moment { before, after: teller.state, ..original.clone() });
            originals.push(id);
        }
    }
    let end = teller.state;
    Ok(Retelling { replay: Replay::of_moments(start, moments), originals, end })
}

struct Teller<'t, 'w> {
    situations: &'t mut Situations<'w>,
    script: &'t Script,
    replay: &'t Replay,
    state: StateId,
}

impl Teller<'_, '_> {
    /// Goes on by one moment; whether it happened.
    fn moment(&mut self, original: &Moment) -> Result<bool, StateError> {
        match self.after(original) {
            Ok(Some(after)) => {
                self.state = after;
                Ok(true)
            }
            Ok(None) => Ok(false),
            Err(error @ (StateError::TooManySituations(_) | StateError::TooDeep(_) | StateError::Unfolded(_))) => {
                Err(error)
            }
            Err(StateError::RuleLoop { .. } | StateError::Conflict { .. }) => Ok(false),
        }
    }

    fn after(&mut self, original: &Moment) -> Result<Option<StateId>, StateError> {
        match original.what {
            What::Event(event) | What::TimePassed(event) => self.event(original, event),
            What::Patched(incident) => {
                let repaired = &self.replay.incidents[incident.index()].repaired;
                self.situations.write_values(self.state, repaired).map(Some)
            }
            What::Assumed | What::Concluded(_) | What::Forgot(_) => self.line(original),
        }
    }

    fn event(&mut self, original: &Moment, event: EventId) -> Result<Option<StateId>, StateError> {
        if self.is_prevented(original, event)? {
            return Ok(None);
        }
        self.situations.happen(self.state, event).map(Some)
    }

    /// Whether an event is not possible here, and was when it was told.
    fn is_prevented(&mut self, original: &Moment, event: EventId) -> Result<bool, StateError> {
        let refused = self.situations.refusal(self.state, event)?.is_some();
        Ok(refused && self.situations.refusal(original.before, event)?.is_none())
    }

    fn line(&mut self, original: &Moment) -> Result<Option<StateId>, StateError> {
        let steps = &self.script.scenes[original.scene.index()].steps;
        let Some(step) = original.line.and_then(|line| steps.get(line)) else { return Ok(None) };
        match step {
            Step::Conclusion(Thought { thinking, premises, concluded, .. }) => {
                if let Some(thinking) = *thinking
                    && self.is_prevented(original, thinking)?
                {
                    return Ok(None);
                }
                for premise in premises {
                    if self.lacks(original, premise)? {
                        return Ok(None);
                    }
                }
                self.situations.write(self.state, concluded).map(Some)
            }
            Step::Assumption(changes) | Step::Forgets(_, changes) => {
                self.situations.write(self.state, changes).map(Some)
            }
            Step::LosesTime(character) => {
                let Some(clock) = self.situations.problem().clock() else { return Ok(None) };
                let place = self.situations.problem_mut().place(&[*character], clock);
                self.situations.write_values(self.state, &[(place, Value::UNKNOWN)]).map(Some)
            }
            Step::Event(_) | Step::Claim(..) | Step::Nothing => Ok(None),
        }
    }

    /// Whether a premise is not believed here, and was when it was told.
    fn lacks(&mut self, original: &Moment, premise: &Sides) -> Result<bool, StateError> {
        Ok(!self.situations.holds(self.state, &premise.believed)?
            && self.situations.holds(original.before, &premise.believed)?)
    }
}
