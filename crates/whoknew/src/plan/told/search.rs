//! The search for a plan that somebody believes in, by length, so that the shortest is found first.

use super::purpose::Purpose;
use super::relevance::{Plans, Relevant};
use super::{Halt, Seeker, Stop};
use crate::ground::EventId;
use crate::state::{Situations, StateError, StateId};
use crate::world::EntityId;
use std::rc::Rc;

/// What is asked: why the holder of a purpose, who takes `believed` to be real, should do `event`, with so many steps
/// and so many levels of nesting below this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Question {
    pub(super) believed: StateId,
    pub(super) event: EventId,
    pub(super) purpose: Purpose,
    pub(super) steps: u8,
    pub(super) nesting: u8,
}

/// What stays the same while plans of one length are tried.
pub(super) struct Frame {
    pub(super) purpose: Purpose,
    /// How far the purpose is reached before.
    pub(super) now: f64,
    pub(super) steps: u8,
    pub(super) nesting: u8,
    /// So many first acts need no reason of others.
    pub(super) fixed: usize,
    pub(super) length: usize,
    pub(super) relevant: Rc<Relevant>,
}

/// A plan under trial: its events, and the situations before, between and after them.
pub(super) struct Path {
    pub(super) events: Vec<EventId>,
    pub(super) states: Vec<StateId>,
}

impl Path {
    fn last(&self) -> StateId {
        self.states[self.states.len() - 1]
    }
}

impl Frame {
    /// The steps and the nesting that others have who take part in the act at this position.
    fn room(&self, position: usize) -> (u8, u8) {
        match self.purpose.holder {
            Some(_) => (self.steps.saturating_sub(position as u8), self.nesting.saturating_sub(1)),
            None => (self.steps, self.nesting),
        }
    }
}

impl Seeker {
    /// The plan that answers the question; `None` if there is none.
    pub(super) fn explain(
        &mut self,
        situations: &mut Situations<'_>,
        question: Question,
    ) -> Result<Option<Rc<[EventId]>>, Halt> {
        let alone = question.steps <= 1 || question.nesting == 0;
        let question = if alone { Question { steps: 1, nesting: 0, ..question } } else { question };
        if let Some(known) = self.known.get(&question) {
            return Ok(known.clone());
        }
        let found = self.look(situations, question)?;
        self.known.insert(question, found.clone());
        Ok(found)
    }

    fn look(&mut self, situations: &mut Situations<'_>, question: Question) -> Result<Option<Rc<[EventId]>>, Halt> {
        let Question { believed, event, purpose, steps, nesting } = question;
        let Some(now) = self.purposes.measure(situations, believed, purpose)? else { return Ok(None) };
        if self.purposes.most(situations, purpose) <= now || !possible(situations, believed, event)? {
            return Ok(None);
        }
        let Some(first) = self.after(situations, believed, event)? else { return Ok(None) };
        let act = self.acts.add(situations.problem(), event);
        let relevant = self.relevant(situations, purpose, (steps, nesting), Plans::Begun)?;
        let Some(fewest) = relevant.fewest(situations.problem(), self.acts.get(act), purpose.holder) else {
            return Ok(None);
        };
        for length in fewest..=usize::from(steps) {
            let frame = Frame { purpose, now, steps, nesting, fixed: 1, length, relevant: Rc::clone(&relevant) };
            let mut path = Path { events: vec![event], states: vec![believed, first] };
            if let Some(found) = self.deepen(situations, &frame, &mut path)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Plans of so many acts that begin with an act of the holder, no two with the same one.
    pub(super) fn plans_of_length(
        &mut self,
        situations: &mut Situations<'_>,
        (believed, purpose): (StateId, Purpose),
        length: usize,
        begun: &mut Vec<EventId>,
        most: usize,
    ) -> (Vec<Rc<[EventId]>>, Option<Halt>) {
        let mut plans = Vec::new();
        let result = self.collect_plans(situations, (believed, purpose), length, begun, (most, &mut plans));
        (plans, result.err())
    }

    fn collect_plans(
        &mut self,
        situations: &mut Situations<'_>,
        (believed, purpose): (StateId, Purpose),
        length: usize,
        begun: &mut Vec<EventId>,
        (most, plans): (usize, &mut Vec<Rc<[EventId]>>),
    ) -> Result<(), Halt> {
        let (steps, nesting) = (self.limits.imagined as u8, self.limits.nesting as u8);
        let (steps, nesting) = if nesting == 0 { (1, 0) } else { (steps, nesting) };
        let Some(now) = self.purposes.measure(situations, believed, purpose)? else { return Ok(()) };
        if self.purposes.most(situations, purpose) <= now || length > usize::from(steps) {
            return Ok(());
        }
        let relevant = self.relevant(situations, purpose, (steps, nesting), Plans::Free)?;
        for &act in relevant.within(length).iter() {
            let known = self.acts.get(act);
            let event = known.event;
            let own = purpose.holder.is_some_and(|holder| known.actors.contains(&holder));
            if begun.len() >= most || !own || begun.contains(&event) || !possible(situations, believed, event)? {
                continue;
            }
            let Some(first) = self.after(situations, believed, event)? else { continue };
            let frame = Frame { purpose, now, steps, nesting, fixed: 1, length, relevant: Rc::clone(&relevant) };
            let mut path = Path { events: vec![event], states: vec![believed, first] };
            if let Some(found) = self.deepen(situations, &frame, &mut path)? {
                begun.push(event);
                plans.push(found);
            }
        }
        Ok(())
    }

    /// The situation after an event; `None` if it cannot be computed.
    pub(super) fn after(
        &mut self,
        situations: &mut Situations<'_>,
        state: StateId,
        event: EventId,
    ) -> Result<Option<StateId>, Halt> {
        if self.tried - self.tried_before >= self.limits.tried {
            return Err(Halt::Tried);
        }
        if self.stop.is_some_and(Stop::is_asked_for) {
            return Err(Halt::Stopped);
        }
        self.tried += 1;
        match situations.happen(state, event) {
            Ok(after) => Ok(Some(after)),
            Err(StateError::Conflict { .. } | StateError::RuleLoop { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Continues a plan until it has the length that is tried.
    pub(super) fn deepen(
        &mut self,
        situations: &mut Situations<'_>,
        frame: &Frame,
        path: &mut Path,
    ) -> Result<Option<Rc<[EventId]>>, Halt> {
        let taken = path.events.len();
        if taken == frame.length {
            let good = self.raises(situations, frame, path)?
                && !self.rejected.contains(path.events.as_slice())
                && self.minimal(situations, frame, path)?;
            return Ok(good.then(|| path.events.as_slice().into()));
        }
        let last = taken + 1 == frame.length;
        let state = path.last();
        for &act in frame.relevant.within(frame.length - taken).iter() {
            let event = self.acts.get(act).event;
            if !possible(situations, state, event)? {
                continue;
            }
            if !last && !self.others_agree(situations, frame, (state, event), taken)? {
                continue;
            }
            let Some(next) = self.after(situations, state, event)? else { continue };
            path.events.push(event);
            path.states.push(next);
            let found = if last
                && !(self.raises(situations, frame, path)?
                    && self.others_agree(situations, frame, (state, event), taken)?)
            {
                None
            } else {
                self.deepen(situations, frame, path)?
            };
            path.events.pop();
            path.states.pop();
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    fn raises(&mut self, situations: &mut Situations<'_>, frame: &Frame, path: &Path) -> Result<bool, Halt> {
        let reached = self.purposes.measure(situations, path.last(), frame.purpose)?;
        Ok(reached.is_some_and(|reached| reached > frame.now))
    }

    /// Whether all others whose act it is have a reason.
    fn others_agree(
        &mut self,
        situations: &mut Situations<'_>,
        frame: &Frame,
        (state, event): (StateId, EventId),
        position: usize,
    ) -> Result<bool, Halt> {
        if position < frame.fixed || !frame.purpose.willing {
            return Ok(true);
        }
        let (steps, nesting) = frame.room(position);
        let actors: Vec<EntityId> = situations.problem().actors(event).to_vec();
        for actor in actors.into_iter().filter(|&actor| Some(actor) != frame.purpose.holder) {
            let purpose = self.wants_of(situations, actor);
            let believed = situations.believed(actor, state)?;
            let event = situations.as_meant(state, event, actor)?;
            if self.explain(situations, Question { believed, event, purpose, steps, nesting })?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether no part of the plan does as well.
    fn minimal(&mut self, situations: &mut Situations<'_>, frame: &Frame, path: &Path) -> Result<bool, Halt> {
        let Some(reached) = self.purposes.measure(situations, path.last(), frame.purpose)? else { return Ok(false) };
        let count = path.events.len() as u32;
        'parts: for part in 1..(1u32 << count) - 1 {
            let mut state = path.states[0];
            for (kept, position) in (0..count).filter(|position| part >> position & 1 == 1).enumerate() {
                let position = position as usize;
                let event = path.events[position];
                let free = position < frame.fixed;
                if !possible(situations, state, event)?
                    || !free && !self.others_agree(situations, frame, (state, event), kept.max(frame.fixed))?
                {
                    continue 'parts;
                }
                let Some(next) = self.after(situations, state, event)? else { continue 'parts };
                state = next;
            }
            if self.purposes.measure(situations, state, frame.purpose)?.is_some_and(|other| other >= reached) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Whether the event's needs hold.
pub(super) fn possible(situations: &mut Situations<'_>, state: StateId, event: EventId) -> Result<bool, StateError> {
    let ground = situations.problem().get(event).clone();
    for need in ground.needs() {
        if !situations.holds(state, &need.condition)? {
            return Ok(false);
        }
    }
    Ok(true)
}
