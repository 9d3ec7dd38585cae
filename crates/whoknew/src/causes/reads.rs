//! What a moment looked at when it gave a fact its value: what its event needs, what decides who notices it, on what its
//! effects depend, which rules followed.
//!
//! Rather too much than too little is listed: what does not matter is found out by leaving it out.

use std::sync::Arc;

use crate::ground::{
    Amount, ChainId, Changes, Condition, EventId, GroundFluentId, Level, Place, TriggerInstanceId, Value, Viewing,
    evaluate,
};
use crate::state::{Made, Situations, StateError, StateId};
use crate::telling::replay::{Moment, What};
use crate::telling::script::{Script, Step, Thought};
use crate::world::EntityId;

/// Why a moment looked at a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The event needs it.
    Need,
    /// Whether this character notices the event depends on it.
    Noticing(EntityId),
    /// It is a premise of the thought.
    Premise,
    /// What the event does depends on it.
    Effect,
    /// The condition of this rule.
    Rule(TriggerInstanceId),
}

/// A fact that a moment looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// The fact.
    pub place: Place,
    /// Why.
    pub role: Role,
    /// It was looked at when the event had happened already, as rules do.
    pub after: bool,
}

/// What `moment` looked at to give `place` its value; with `None`, what it needs to happen.
pub(crate) fn reads(
    situations: &mut Situations<'_>,
    script: &Script,
    moment: &Moment,
    place: Option<Place>,
) -> Result<Vec<Read>, StateError> {
    let mut reader = Reader { situations, moment, prefix: Vec::new(), reads: Vec::new() };
    let rest = match place {
        Some(place) => reader.situations.problem().believers(place.chain).to_vec(),
        None => Vec::new(),
    };
    let target = place.map(|place| Target { rest, fluent: place.fluent });
    match moment.what {
        What::Event(event) | What::TimePassed(event) => {
            reader.needs(event, Role::Need)?;
            if let Some(target) = target {
                reader.event(event, target)?;
            }
        }
        What::Concluded(_) | What::Assumed | What::Forgot(_) => {
            let steps = &script.scenes[moment.scene.index()].steps;
            if let Some(step) = moment.line.and_then(|line| steps.get(line)) {
                reader.line(step, target.as_ref())?;
            }
            if let Some(target) = &target {
                reader.rules(target)?;
            }
        }
        What::Patched(_) => {
            if let Some(target) = &target {
                reader.rules(target)?;
            }
        }
    }
    let mut found: Vec<Read> = Vec::new();
    for read in reader.reads {
        if !found.contains(&read) {
            found.push(read);
        }
    }
    Ok(found)
}

/// A fact in what those of `rest` believe, seen from some level.
#[derive(Clone, Debug)]
struct Target {
    rest: Vec<EntityId>,
    fluent: GroundFluentId,
}

struct Reader<'s, 'm, 'w> {
    situations: &'s mut Situations<'w>,
    moment: &'m Moment,
    /// In whose beliefs the reader is.
    prefix: Vec<EntityId>,
    reads: Vec<Read>,
}

impl Reader<'_, '_, '_> {
    /// The situation at the reader's level.
    fn level(&mut self, state: StateId) -> Result<StateId, StateError> {
        let mut state = state;
        for position in 0..self.prefix.len() {
            state = self.situations.believed(self.prefix[position], state)?;
        }
        Ok(state)
    }

    /// Notes that `places`, seen from the reader's level, were looked at.
    fn note(&mut self, places: Vec<Place>, role: Role, after: bool) {
        for place in places {
            let mut believers = self.prefix.clone();
            believers.extend_from_slice(self.situations.problem().believers(place.chain));
            let place = self.situations.problem_mut().place(&believers, place.fluent);
            self.reads.push(Read { place, role, after });
        }
    }

    /// Evaluates a condition at the reader's level; what it looked at is returned with the outcome.
    fn holds(&mut self, state: StateId, condition: &Condition) -> Result<(bool, Vec<Place>), StateError> {
        let state = self.level(state)?;
        let mut recorder = Recorder { situations: self.situations, state, places: Vec::new() };
        let holds = evaluate::holds(&mut recorder, condition)?;
        Ok((holds, recorder.places))
    }

    fn amount(&mut self, state: StateId, amount: &Amount) -> Result<Vec<Place>, StateError> {
        let state = self.level(state)?;
        let mut recorder = Recorder { situations: self.situations, state, places: Vec::new() };
        evaluate::amount(&mut recorder, amount)?;
        Ok(recorder.places)
    }

    fn needs(&mut self, event: EventId, role: Role) -> Result<(), StateError> {
        let ground = Arc::clone(self.situations.problem().get(event));
        for need in ground.needs() {
            let (_, places) = self.holds(self.moment.before, &need.condition)?;
            self.note(places, role, false);
        }
        Ok(())
    }

    /// What an event that happens at the reader's level looks at to change the target, level after level.
    fn event(&mut self, event: EventId, target: Target) -> Result<(), StateError> {
        let (mut event, mut target) = (event, target);
        loop {
            let ground = Arc::clone(self.situations.problem().get(event));
            let joins = Arc::clone(&self.situations.problem().events.joins);
            self.changes(&ground.all_changes(&joins), &target)?;
            self.rules(&target)?;
            if target.rest.is_empty() {
                return Ok(());
            }
            let head = target.rest.remove(0);
            let Some(noticed) = self.notice(event, head)? else { return Ok(()) };
            // What was believed before is corrected where the event could not have happened.
            self.prefix.push(head);
            let level = self.level(self.moment.before)?;
            let surprised = self.situations.refusal(level, noticed)?.is_some();
            self.prefix.pop();
            if surprised {
                self.needs(noticed, Role::Noticing(head))?;
            }
            self.prefix.push(head);
            event = noticed;
        }
    }

    /// What decided whether `who` notices `event`; what they notice.
    fn notice(&mut self, event: EventId, who: EntityId) -> Result<Option<EventId>, StateError> {
        let ground = Arc::clone(self.situations.problem().get(event));
        if ground.told_notice(who).is_none() {
            for (viewing, ..) in ground.sights_of(who) {
                let condition = match viewing {
                    Viewing::If(condition) => condition.clone(),
                    Viewing::ByFacts(decisions) => decisions.condition(who),
                };
                let (holds, places) = self.holds(self.moment.before, &condition)?;
                self.note(places, Role::Noticing(who), false);
                if holds {
                    break;
                }
            }
        }
        let level = self.level(self.moment.before)?;
        if self.situations.in_guise(level, &ground) {
            let problem = self.situations.problem();
            let looks = ground.characters(problem.world()).filter_map(|(_, other)| problem.guise_of(other));
            let places = looks.map(|fluent| Place { chain: ChainId::REAL, fluent }).collect();
            self.note(places, Role::Noticing(who), false);
        }
        self.situations.notices(level, event, who)
    }

    /// What the changes of the target depend on.
    fn changes(&mut self, changes: &Changes, target: &Target) -> Result<(), StateError> {
        for change in changes.iter().filter(|change| change.place.fluent == target.fluent) {
            if !self.concerns(change.place.chain, target) {
                continue;
            }
            let (holds, places) = self.holds(self.moment.before, &change.condition)?;
            if holds {
                self.note(places, Role::Effect, false);
                let places = self.amount(self.moment.before, &change.value)?;
                self.note(places, Role::Effect, false);
            }
        }
        Ok(())
    }

    /// Whether a change in the beliefs of `chain` is one of the target; what somebody makes themselves believe, they believe.
    fn concerns(&self, chain: ChainId, target: &Target) -> bool {
        let believers = self.situations.problem().believers(chain);
        believers == target.rest
            || (believers.first() == self.prefix.last() && believers.get(1..) == Some(target.rest.as_slice()))
    }

    /// What the rules looked at that changed the target after the event.
    fn rules(&mut self, target: &Target) -> Result<(), StateError> {
        let mut state = self.level(self.moment.after)?;
        let mut applied: Vec<TriggerInstanceId> = Vec::new();
        while let Made::ByRules(rules) = self.situations.made(state) {
            applied.extend(rules);
            match self.situations.before(state) {
                Some(before) => state = before,
                None => break,
            }
        }
        for rule in applied {
            let triggers = Arc::clone(&self.situations.problem().triggers);
            let instance = &triggers.instances[rule.index()];
            let changes: Vec<_> = instance.changes.iter().cloned().collect();
            let writes = |change: &&crate::ground::Change| {
                change.place.fluent == target.fluent && self.concerns(change.place.chain, target)
            };
            let writing: Vec<_> = changes.iter().filter(writes).collect();
            if writing.is_empty() {
                continue;
            }
            for condition in [&instance.own, &instance.believed] {
                let mut places = Vec::new();
                condition.places(&mut |place| places.push(place));
                self.note(places, Role::Rule(rule), true);
            }
            for change in writing {
                let mut places = Vec::new();
                change.condition.places(&mut |place| places.push(place));
                change.value.places(&mut |place| places.push(place));
                self.note(places, Role::Rule(rule), true);
            }
        }
        Ok(())
    }

    fn line(&mut self, step: &Step, target: Option<&Target>) -> Result<(), StateError> {
        match step {
            Step::Conclusion(Thought { thinking, premises, concluded, .. }) => {
                if let Some(thinking) = thinking {
                    self.needs(*thinking, Role::Need)?;
                }
                for premise in premises {
                    let (_, places) = self.holds(self.moment.before, &premise.believed)?;
                    self.note(places, Role::Premise, false);
                }
                self.written(concluded, target)
            }
            Step::Assumption(changes) | Step::Forgets(_, changes) => self.written(changes, target),
            Step::Event(_) | Step::Claim(..) | Step::LosesTime(_) | Step::Nothing => Ok(()),
        }
    }

    fn written(&mut self, changes: &Changes, target: Option<&Target>) -> Result<(), StateError> {
        match target {
            Some(target) => self.changes(changes, target),
            None => Ok(()),
        }
    }
}

/// A level that notes what is looked up.
struct Recorder<'s, 'w> {
    situations: &'s mut Situations<'w>,
    state: StateId,
    places: Vec<Place>,
}

impl Level for Recorder<'_, '_> {
    type Error = StateError;

    fn value(&mut self, place: Place) -> Result<Value, StateError> {
        if !self.places.contains(&place) {
            self.places.push(place);
        }
        self.situations.value_at(self.state, place)
    }
}

/// What a condition looks at in `state`.
pub(crate) fn looked_at(
    situations: &mut Situations<'_>,
    state: StateId,
    condition: &Condition,
) -> Result<Vec<Place>, StateError> {
    let mut recorder = Recorder { situations, state, places: Vec::new() };
    evaluate::holds(&mut recorder, condition)?;
    Ok(recorder.places)
}
