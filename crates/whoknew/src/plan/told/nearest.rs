//! Why there is no reason: what comes nearest to one.

use super::relevance::Plans;
use super::search::{Frame, Path, Question, possible};
use super::{Halt, Seeker};
use crate::ground::EventId;
use crate::state::{FailedNeed, Situations, StateError, StateId};
use crate::world::{EntityId, UtilityId};
use std::rc::Rc;

/// Why somebody has no reason.
#[derive(Clone, Debug, PartialEq)]
pub enum Nearest {
    /// They want nothing.
    WantsNothing,
    /// As they see it, all that they want is so.
    Content,
    /// They do not believe that it is possible.
    Impossible,
    /// Nothing that they want depends on what the act does, within the limits.
    Idle,
    /// They get as far without the act, by these events.
    WithoutIt {
        /// The plan without the act; empty: it changes nothing for the better by itself.
        events: Vec<EventId>,
    },
    /// It would serve them if somebody else did their part, and they have no reason to.
    Unwilling {
        /// The plan.
        events: Vec<EventId>,
        /// Which of its events.
        position: usize,
        /// Who.
        who: EntityId,
    },
    /// What they would do next for a want cannot be done then.
    Blocked {
        /// For which want.
        want: UtilityId,
        /// What they would do.
        event: EventId,
        /// What they believe after the act.
        state: StateId,
        /// What it lacks.
        needs: Vec<FailedNeed>,
    },
    /// No plan within the limits, and none comes near.
    Nothing,
}

/// Events that are tried to find out what comes nearest.
const TRIED: u64 = 5_000;

/// How many acts are thought of if everybody were willing.
const MOST_UNWILLING: u8 = 2;

impl Seeker {
    /// What comes nearest to a reason where there is none.
    pub(super) fn nearest(
        &mut self,
        situations: &mut Situations<'_>,
        question: Question,
    ) -> Result<Nearest, StateError> {
        let limits = self.limits;
        self.limits.tried = TRIED;
        self.begin();
        let found = self.look_for_nearest(situations, question);
        self.limits = limits;
        match found {
            Ok(nearest) => Ok(nearest),
            Err(Halt::State(error)) => Err(error),
            Err(_) => Ok(Nearest::Nothing),
        }
    }

    fn look_for_nearest(&mut self, situations: &mut Situations<'_>, question: Question) -> Result<Nearest, Halt> {
        let Question { believed, event, purpose, steps, nesting } = question;
        let wants = self.purposes.wants(situations, purpose);
        if wants.is_empty() {
            return Ok(Nearest::WantsNothing);
        }
        let now = self.purposes.measure(situations, believed, purpose)?;
        if now.is_some_and(|now| self.purposes.most(situations, purpose) <= now) {
            return Ok(Nearest::Content);
        }
        if !possible(situations, believed, event)? {
            return Ok(Nearest::Impossible);
        }
        let (Some(now), Some(after)) = (now, self.after(situations, believed, event)?) else {
            return Ok(Nearest::Nothing);
        };
        let length = usize::from(if nesting == 0 { 1 } else { steps });
        let near = steps.min(MOST_UNWILLING);
        let act = self.acts.add(situations.problem(), event);
        let unwilling = super::Purpose { willing: false, ..purpose };
        let relevant = self.relevant(situations, unwilling, (near, nesting), Plans::Free)?;
        let own = self.relevant(situations, purpose, (steps, nesting), Plans::Begun)?;
        let fewest = own.fewest(situations.problem(), self.acts.get(act), purpose.holder);
        if fewest.is_none_or(|fewest| fewest > length) {
            return Ok(Nearest::Idle);
        }
        // Without the act.
        for length in 1..=length.saturating_sub(1) {
            let relevant = Rc::clone(&own);
            let frame = Frame { purpose, now, steps, nesting, fixed: 0, length, relevant };
            let mut path = Path { events: Vec::new(), states: vec![believed] };
            if let Some(events) = self.deepen(situations, &frame, &mut path)? {
                return Ok(Nearest::WithoutIt { events: events.to_vec() });
            }
        }
        // If everybody were willing.
        for length in 1..=length {
            let frame =
                Frame { purpose: unwilling, now, steps, nesting, fixed: 1, length, relevant: Rc::clone(&relevant) };
            let mut path = Path { events: vec![event], states: vec![believed, after] };
            if let Some(events) = self.deepen(situations, &frame, &mut path)?
                && let Some((position, who)) = self.first_unwilling(situations, question, &events)?
            {
                return Ok(Nearest::Unwilling { events: events.to_vec(), position, who });
            }
        }
        self.blocked(situations, question, after)
    }

    fn first_unwilling(
        &mut self,
        situations: &mut Situations<'_>,
        question: Question,
        events: &[EventId],
    ) -> Result<Option<(usize, EntityId)>, Halt> {
        let mut state = question.believed;
        for (position, &event) in events.iter().enumerate() {
            let actors: Vec<EntityId> = situations.problem().actors(event).to_vec();
            for actor in actors.into_iter().filter(|&actor| position > 0 && Some(actor) != question.purpose.holder) {
                let believed = situations.believed(actor, state)?;
                let purpose = self.wants_of(situations, actor);
                let event = situations.as_meant(state, event, actor)?;
                let (steps, nesting) = (question.steps - position as u8, question.nesting.saturating_sub(1));
                if self.explain(situations, Question { believed, event, purpose, steps, nesting })?.is_none() {
                    return Ok(Some((position, actor)));
                }
            }
            let Some(after) = self.after(situations, state, event)? else { return Ok(None) };
            state = after;
        }
        Ok(None)
    }

    /// The act of theirs that would serve an unmet want next, if it could be done: that which lacks least.
    fn blocked(
        &mut self,
        situations: &mut Situations<'_>,
        question: Question,
        after: StateId,
    ) -> Result<Nearest, Halt> {
        let Some(holder) = question.purpose.holder else { return Ok(Nearest::Nothing) };
        let mut nearest: Option<(usize, Nearest)> = None;
        let wants = self.purposes.wants(situations, question.purpose);
        for &want in &wants {
            let others = wants.iter().copied().filter(|&other| other != want);
            let aside = others.chain(self.purposes.aside(question.purpose).iter().copied()).collect();
            let purpose = super::Purpose { among: self.purposes.set_aside(aside), ..question.purpose };
            let relevant = self.relevant(situations, purpose, (1, 0), Plans::Free)?;
            for &act in relevant.within(1).iter() {
                let known = self.acts.get(act);
                let event = known.event;
                if !known.actors.contains(&holder) || event == question.event {
                    continue;
                }
                let Some(refusal) = situations.refusal(after, event)? else { continue };
                let lacks = |need: &FailedNeed| need.nearest().map_or(usize::MAX / 64, |one| one.failing.len());
                let lacking: usize = refusal.needs.iter().map(lacks).sum();
                if nearest.as_ref().is_none_or(|(least, _)| lacking < *least) {
                    let found = Nearest::Blocked { want, event, state: after, needs: refusal.needs };
                    nearest = Some((lacking, found));
                }
            }
        }
        Ok(nearest.map_or(Nearest::Nothing, |(_, nearest)| nearest))
    }
}
