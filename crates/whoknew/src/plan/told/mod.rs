//! Reasons in the midst of a told story: why somebody does what they are told to do, and what they could do.
//!
//! The planner of the author starts at the beginning and keeps every situation whole, which a told story of many people
//! who all noticed different things does not allow. Here the search runs over [`Situations`] directly, where a belief is
//! computed when somebody asks for it. `acts` lists what may be done, `relevance` finds, back from what is wanted, which
//! acts can matter how many steps before the end, `sayings` adds what could be said for it, `search` tries them in order
//! of length, `nearest` says why there is nothing, `write_out` writes a reason down, which [`verify`](super::verify)
//! then checks. What a reason is, is the same as for plans (design section 4, "Explained").

mod acts;
mod nearest;
mod purpose;
mod relevance;
mod sayings;
mod search;
mod stop;
mod write_out;

pub use nearest::Nearest;
pub use stop::Stop;

use super::outcome::{Act, Reason, StopReason};
use crate::ground::{Condition, EventId, GroundError};
use crate::state::{Situations, StateError, StateId};
use crate::world::{EntityId, Holder, UtilityId};
use acts::Acts;
use purpose::{Purpose, Purposes};
use relevance::{Plans, Relevance};
use rustc_hash::{FxHashMap, FxHashSet};
use search::{Frame, Path, Question};
use std::rc::Rc;

/// How far to look for a reason: by default as far as plans do. All limits count; none is a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Acts in a plan that a character imagines.
    pub imagined: usize,
    /// How deep reasons may rest on the reasons of others.
    pub nesting: usize,
    /// Events to try for one question.
    pub tried: u64,
}

impl Default for Limits {
    fn default() -> Self {
        let plans = super::Limits::default();
        Self { imagined: plans.imagined, nesting: plans.nesting, tried: 50_000 }
    }
}

impl Limits {
    /// How far to look first, then, and at last: what is further on costs much more.
    fn rounds(self) -> [Self; 3] {
        [self.near(), Self { nesting: self.near().nesting, ..self }, self]
    }

    /// The near part of what these limits allow, which is looked at first, and costs little.
    pub fn near(self) -> Self {
        Self { imagined: self.imagined.min(3), nesting: self.nesting.min(1), ..self }
    }
}

/// Whether somebody has a reason.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// This one, verified.
    Found(Reason),
    /// None within the limits, and what comes nearest.
    NoneWithinLimits(Nearest),
    /// A limit ended the search.
    Stopped {
        /// There is none within these limits, and what comes nearest within them.
        none_within: Option<(Limits, Nearest)>,
    },
}

/// What somebody could do for their wants.
#[derive(Clone, Debug, PartialEq)]
pub struct Ways {
    /// Plans of theirs that they believe in, the shortest first; no two begin with the same act.
    pub reasons: Vec<Reason>,
    /// A limit ended the search: there may be more.
    pub stopped: Option<StopReason>,
}

/// Events that bring something about.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequence {
    /// What happens, with everybody's reasons; without, where none were asked for.
    pub acts: Vec<Act>,
}

/// Why a search ended early.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Halt {
    Tried,
    Stopped,
    State(StateError),
}

impl From<StateError> for Halt {
    fn from(error: StateError) -> Self {
        Self::State(error)
    }
}

/// Looks for reasons and remembers what it found. All questions must be about the same [`Situations`].
pub struct Seeker {
    limits: Limits,
    acts: Acts,
    purposes: Purposes,
    relevance: Relevance,
    known: FxHashMap<Question, Option<Rc<[EventId]>>>,
    /// The wants that are set aside, by number.
    aside: u16,
    /// Sequences that are no answer.
    rejected: FxHashSet<Vec<EventId>>,
    tried: u64,
    tried_before: u64,
    stop: Option<Stop>,
}

impl Seeker {
    /// Finds all that can be done in the world of `situations`.
    pub fn new(situations: &mut Situations<'_>, limits: Limits) -> Result<Self, GroundError> {
        let acts = Acts::new(situations.problem_mut())?;
        let limits =
            Limits { imagined: limits.imagined.clamp(1, MOST_IMAGINED), nesting: limits.nesting.min(16), ..limits };
        Ok(Self {
            limits,
            acts,
            purposes: Purposes::new(),
            relevance: Relevance::default(),
            known: FxHashMap::default(),
            aside: 0,
            rejected: FxHashSet::default(),
            tried: 0,
            tried_before: 0,
            stop: None,
        })
    }

    /// All searches end soon after this is asked for.
    pub fn end_when(&mut self, stop: Option<Stop>) {
        self.stop = stop;
    }

    /// From here on these wants count for nobody.
    pub fn set_aside(&mut self, wants: Vec<UtilityId>) {
        self.aside = self.purposes.set_aside(wants);
    }

    /// The situations that were asked about are no more; the world, and what can matter in it, is as it was.
    pub fn forget_situations(&mut self) {
        self.known.clear();
    }

    /// How many events were tried in situations, for all questions.
    pub fn tried(&self) -> u64 {
        self.tried
    }

    /// Whether `actor` has a reason for `event` in `state`.
    pub fn reason(
        &mut self,
        situations: &mut Situations<'_>,
        state: StateId,
        actor: EntityId,
        event: EventId,
    ) -> Result<Answer, StateError> {
        self.begin();
        let event = imagined(situations, event);
        let event = situations.as_meant(state, event, actor)?;
        let believed = situations.believed(actor, state)?;
        let purpose = self.wants_of(situations, actor);
        let mut none_within = None;
        for limits in self.limits.rounds() {
            let (steps, nesting) = (limits.imagined as u8, limits.nesting as u8);
            let question = Question { believed, event, purpose, steps, nesting };
            let found = match self.explain(situations, question) {
                Ok(Some(events)) => self.written_reason(situations, question, &events).map(Some),
                Ok(None) => Ok(None),
                Err(halt) => Err(halt),
            };
            match found {
                Ok(Some(reason)) if self.verified(situations, state, &reason)? => return Ok(Answer::Found(reason)),
                Ok(Some(_)) => break,
                Ok(None) if limits == self.limits => {
                    return self.nearest(situations, question).map(Answer::NoneWithinLimits);
                }
                Ok(None) => none_within = Some((limits, question)),
                Err(halt) => {
                    stopped(halt)?;
                    break;
                }
            }
        }
        let none_within = match none_within {
            Some((limits, question)) => Some((limits, self.nearest(situations, question)?)),
            None => None,
        };
        Ok(Answer::Stopped { none_within })
    }

    /// What `character` could do in `state` to get nearer to what they want: at most so many ways, the shortest first.
    pub fn ways(
        &mut self,
        situations: &mut Situations<'_>,
        state: StateId,
        character: EntityId,
        most: usize,
    ) -> Result<Ways, StateError> {
        self.begin();
        let believed = situations.believed(character, state)?;
        let purpose = self.wants_of(situations, character);
        let mut ways = Ways { reasons: Vec::new(), stopped: None };
        let mut begun: Vec<EventId> = Vec::new();
        for length in 1..=self.limits.imagined {
            let plans = self.plans_of_length(situations, (believed, purpose), length, &mut begun, most);
            let (plans, halt) = plans;
            for events in plans {
                let (steps, nesting) = (self.limits.imagined as u8, self.limits.nesting as u8);
                let question = Question { believed, event: events[0], purpose, steps, nesting };
                match self.written_reason(situations, question, &events) {
                    Ok(reason) if self.verified(situations, state, &reason)? => ways.reasons.push(reason),
                    Ok(_) => {}
                    Err(halt) => ways.stopped = Some(stopped(halt)?),
                }
            }
            if let Some(halt) = halt {
                ways.stopped = Some(stopped(halt)?);
            }
            if ways.stopped.is_some() || ways.reasons.len() >= most {
                break;
            }
        }
        Ok(ways)
    }

    /// The shortest sequence of events that makes `condition` hold, from `state`; each act with a reason for everybody
    /// whose act it is, unless `willing` is false. `None`: there is none within the limits.
    pub fn bring_about(
        &mut self,
        situations: &mut Situations<'_>,
        state: StateId,
        condition: &Condition,
        willing: bool,
    ) -> Result<Result<Option<Sequence>, StopReason>, StateError> {
        self.begin();
        let purpose = self.purposes.bring_about(condition.clone(), willing);
        for length in 1..=self.limits.imagined {
            let found = self.sequence(situations, state, purpose, length);
            match found {
                Ok(None) => {}
                Ok(Some(events)) => {
                    let written = self.written_sequence(situations, state, &events, willing);
                    return match written {
                        Ok(sequence) => Ok(Ok(Some(sequence))),
                        Err(halt) => stopped(halt).map(Err),
                    };
                }
                Err(halt) => return stopped(halt).map(Err),
            }
        }
        Ok(Ok(None))
    }

    /// What [`Seeker::bring_about`] found is of no use: from here on it looks for another.
    pub fn reject(&mut self, sequence: &Sequence) {
        self.rejected.insert(sequence.acts.iter().map(|act| act.event).collect());
    }

    /// Everything may be found again.
    pub fn forget_rejected(&mut self) {
        self.rejected.clear();
    }

    fn begin(&mut self) {
        self.tried_before = self.tried;
    }

    /// What somebody wants, as far as it counts.
    fn wants_of(&mut self, situations: &Situations<'_>, character: EntityId) -> Purpose {
        // Only what concerns them: so that more is remembered.
        let own = situations.problem().utilities_of(Holder::Character(character));
        let aside = self.purposes.set(self.aside);
        let among: Vec<UtilityId> = own.filter(|want| aside.contains(want)).collect();
        let among = if among.is_empty() { 0 } else { self.purposes.set_aside(among) };
        Purpose { holder: Some(character), among, willing: true }
    }

    fn sequence(
        &mut self,
        situations: &mut Situations<'_>,
        state: StateId,
        purpose: Purpose,
        length: usize,
    ) -> Result<Option<Rc<[EventId]>>, Halt> {
        let (steps, nesting) = (self.limits.imagined as u8, self.limits.nesting as u8);
        let relevant = self.relevant(situations, purpose, (steps, nesting), Plans::Free)?;
        let frame = Frame { purpose, now: 0.0, steps, nesting, fixed: 0, length, relevant };
        let mut path = Path { events: Vec::new(), states: vec![state] };
        self.deepen(situations, &frame, &mut path)
    }
}

/// A told event as somebody imagines it: without what is special about the telling.
fn imagined(situations: &mut Situations<'_>, event: EventId) -> EventId {
    let plain = situations.problem().get(event).plain();
    let term = situations.problem().event_term(plain).clone();
    situations.problem_mut().event(&term).unwrap_or(plain)
}

/// The longest plan that anybody may imagine here.
const MOST_IMAGINED: usize = 12;

/// A limit as an answer; an error that is none of the search's own as that error.
fn stopped(halt: Halt) -> Result<StopReason, StateError> {
    match halt {
        Halt::Tried => Ok(StopReason::Situations),
        Halt::Stopped => Ok(StopReason::Cancelled),
        Halt::State(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
