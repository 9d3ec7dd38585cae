//! The replay: the told story run in the order in which it happened.
//!
//! After a hole it goes on from what the author says happened: what is missing is made true, unless it is lost for good,
//! then the event happens; what can never be is left out. What was made true so is remembered, so that what follows from it is told apart from holes
//! of its own. Invariant: each moment starts in the situation in which the last one ended.

use std::collections::BTreeSet;

use super::chronicle::Chronicle;
use super::holes::Holes;
use super::irrevocable::is_lost_for_good;
use super::needed::nearest;
use super::script::{Script, Sides, Step, Thought, locations};
use super::time::Timeline;
use crate::diagnostic::Diagnostic;
use crate::ground::{Changes, Condition, EventId, GroundFluentId, Place, Problem, Value};
use crate::state::{FailedNeed, FailedPart, Refusal, Situations, StateError, StateId};
use crate::world::{EntityId, FluentId, SceneId, Telling, World};

crate::define_id! {
    /// Names a moment of a [`Replay`]; also counts how many came before it.
    pub struct MomentId;
}
crate::define_id! {
    /// Names an incident of a [`Replay`].
    pub struct IncidentId;
}

/// Something that changed the situation.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The scene.
    pub scene: SceneId,
    /// The line of the scene; `None` for comings and goings that `present` implies.
    pub line: Option<usize>,
    /// What changed it.
    pub what: What,
    /// The situation before.
    pub before: StateId,
    /// The situation after, all rules settled.
    pub after: StateId,
}

/// What changed a situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// An event.
    Event(EventId),
    /// An assumption of the author.
    Assumed,
    /// A conclusion of somebody.
    Concluded(EntityId),
    /// Somebody forgot something.
    Forgot(EntityId),
    /// The replay went on after a hole.
    Patched(IncidentId),
    /// Time passed until the scene; the event is that of its passing.
    TimePassed(EventId),
}

/// Where the told story and the replay part.
#[derive(Clone, Debug)]
pub struct Incident {
    /// The scene.
    pub scene: SceneId,
    /// The line of the scene; `None` for comings and goings that `present` implies.
    pub line: Option<usize>,
    /// How many moments came before.
    pub moment: MomentId,
    /// The situation in which it is found.
    pub state: StateId,
    /// What it is.
    pub kind: IncidentKind,
    /// What was made true to go on.
    pub repaired: Vec<(Place, Value)>,
}

/// How the told story and the replay part.
#[derive(Clone, Debug)]
pub enum IncidentKind {
    /// Needs of an event fail.
    Impossible {
        /// The event.
        event: EventId,
        /// What fails.
        needs: Vec<FailedNeed>,
    },
    /// Needs of an act hold, but the actor does not believe so.
    Unaware {
        /// The event, as it looks to the actor.
        event: EventId,
        /// Whose act it is.
        actor: EntityId,
        /// What fails in what the actor believes; chains begin with the actor.
        failing: Vec<FailedPart>,
    },
    /// A premise is not believed by its thinker.
    Premise {
        /// Who thinks.
        thinker: EntityId,
        /// Which premise.
        premise: usize,
        /// Whether it is so.
        so: bool,
        /// What fails in what the thinker believes; chains begin with the thinker.
        failing: Vec<FailedPart>,
    },
    /// Somebody is claimed to know what is so, and does not believe it.
    UnknownClaim {
        /// Who.
        character: EntityId,
        /// What fails in what they believe; chains begin with them.
        failing: Vec<FailedPart>,
        /// Who else is claimed to know it and does not.
        others: Vec<EntityId>,
    },
    /// Somebody is claimed not to know or believe what they do believe.
    BelievedClaim {
        /// Who.
        character: EntityId,
        /// What they are claimed not to believe.
        believed: Condition,
        /// Who else is claimed so and believes it, and what.
        others: Vec<(EntityId, Condition)>,
    },
    /// A claim is not so.
    FalseClaim {
        /// What fails.
        failing: Vec<FailedPart>,
    },
    /// The situation after the event or change cannot be computed.
    Failed {
        /// Why.
        error: StateError,
        /// What was left out.
        what: What,
        /// The facts that it was to write, where it is no event.
        written: Vec<GroundFluentId>,
    },
}

/// The told story, run.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    /// What changed the situation, in the order in which it happened.
    pub moments: Vec<Moment>,
    /// Where the told story and the replay part, in that order.
    pub incidents: Vec<Incident>,
    /// For each scene, how many moments came before it.
    scene_starts: Vec<MomentId>,
    /// For each line of each scene, how many moments came before it.
    line_starts: Vec<Vec<MomentId>>,
    /// The situation before everything.
    start: Option<StateId>,
    /// What could not be run; the lines were skipped.
    pub errors: Vec<Diagnostic>,
    /// Where a limit ended the replay.
    pub stopped: Option<StateError>,
}

impl Replay {
    /// These moments after `start`, without scenes and incidents of their own.
    pub(super) fn of_moments(start: StateId, moments: Vec<Moment>) -> Self {
        Self { start: Some(start), moments, ..Self::default() }
    }

    /// How many moments came before the start of `scene`.
    pub fn scene_start(&self, scene: SceneId) -> MomentId {
        self.scene_starts[scene.index()]
    }

    /// The moments of a scene: the one at `position` of those in the order in which they happened.
    pub fn scene_moments(&self, scenes: &[SceneId], position: usize) -> &[Moment] {
        let start = |position: usize| scenes.get(position).map(|&scene| self.scene_start(scene).index());
        let first = start(position).unwrap_or(self.moments.len());
        let until = start(position + 1).unwrap_or(self.moments.len());
        self.moments.get(first..until).unwrap_or_default()
    }

    /// How many moments came before a line.
    pub fn line_start(&self, scene: SceneId, line: usize) -> MomentId {
        let lines = &self.line_starts[scene.index()];
        lines.get(line).copied().unwrap_or(MomentId::from_index(self.moments.len()))
    }

    /// The situation after so many moments.
    pub fn state(&self, moment: MomentId) -> Option<StateId> {
        match moment.index().checked_sub(1) {
            Some(last) => self.moments.get(last).map(|moment| moment.after),
            None => self.start,
        }
    }

    /// The situation before everything.
    pub fn beginning(&self) -> Option<StateId> {
        self.start
    }

    /// The situation at the end.
    pub fn end(&self) -> Option<StateId> {
        self.state(MomentId::from_index(self.moments.len()))
    }
}

/// The facts that say where each entity is.
#[derive(Clone, Debug)]
pub struct Whereabouts {
    fluents: Vec<FluentId>,
}

impl Whereabouts {
    /// Those of `world`.
    pub fn new(world: &World) -> Self {
        Self { fluents: locations(world) }
    }

    /// Whether `fluent` is one of these facts.
    pub fn are_said_by(&self, fluent: FluentId) -> bool {
        self.fluents.contains(&fluent)
    }

    /// The place of the fact that says where `who` is.
    pub fn of(&self, problem: &Problem<'_>, who: EntityId) -> Option<Place> {
        let fluent = self.fluents.iter().find_map(|&fluent| problem.fluent(fluent, &[who]))?;
        Some(Place { chain: crate::ground::ChainId::REAL, fluent })
    }
}

/// Runs `script` in the order of `chronicle`; `holes` says what is assumed where something is missing.
pub(crate) fn replay(
    situations: &mut Situations<'_>,
    (script, telling): (&Script, &Telling),
    (chronicle, timeline): (&Chronicle, &Timeline),
    holes: Holes,
) -> Replay {
    let whereabouts = Whereabouts::new(situations.problem().world());
    let mut runner = Runner {
        situations,
        whereabouts,
        replay: Replay { errors: script.errors.clone(), ..Replay::default() },
        lost: BTreeSet::new(),
        times: Vec::new(),
        state: None,
        holes,
    };
    if let (Some(&first), Some(_)) = (chronicle.scenes().first(), runner.situations.problem().clock()) {
        runner.times = timeline.fixed_after(first);
    }
    let scenes = telling.scenes.len();
    runner.replay.scene_starts = vec![MomentId::from_index(0); scenes];
    runner.replay.line_starts = vec![Vec::new(); scenes];
    if let Err(error) = runner.run(script, telling, chronicle) {
        runner.replay.stopped = Some(error);
    }
    runner.replay
}

pub(super) struct Runner<'s, 'p> {
    pub(super) situations: &'s mut Situations<'p>,
    whereabouts: Whereabouts,
    replay: Replay,
    /// Those who do not know how much time passed.
    lost: BTreeSet<EntityId>,
    /// For each scene, how many minutes after the first it starts, where that is fixed; empty if nobody asks.
    times: Vec<Option<f64>>,
    state: Option<StateId>,
    holes: Holes,
}

/// A line, or a scene's header.
pub(super) type Told = (SceneId, Option<usize>);

impl Runner<'_, '_> {
    fn run(&mut self, script: &Script, telling: &Telling, chronicle: &Chronicle) -> Result<(), StateError> {
        let start = self.situations.start()?;
        self.replay.start = Some(start);
        self.state = Some(start);
        for &scene in chronicle.scenes() {
            self.replay.scene_starts[scene.index()] = self.now();
            self.pass_time(scene)?;
            let place = telling.scenes[scene.index()].place.as_ref().map(|place| place.value);
            if let Some(place) = place {
                self.stage(scene, place, &script.scenes[scene.index()])?;
            }
            for (line, step) in script.scenes[scene.index()].steps.iter().enumerate() {
                let now = self.now();
                self.replay.line_starts[scene.index()].push(now);
                self.step((scene, Some(line)), step)?;
            }
        }
        Ok(())
    }

    fn now(&self) -> MomentId {
        MomentId::from_index(self.replay.moments.len())
    }

    /// Everybody notices how much time passed until the scene, but for those who lost count of it.
    fn pass_time(&mut self, scene: SceneId) -> Result<(), StateError> {
        let (Some(minutes), Some(state)) = (self.times.get(scene.index()), self.state) else { return Ok(()) };
        let minutes = minutes.map_or(Value::UNKNOWN, Value::number);
        let lost: Vec<EntityId> = self.lost.iter().copied().collect();
        let Some(event) = self.situations.problem_mut().time_passes(minutes, &lost) else { return Ok(()) };
        let after = self.situations.happen(state, event);
        self.moment((scene, None), What::TimePassed(event), after)
    }

    fn lose_time(&mut self, told: Told, character: EntityId) -> Result<(), StateError> {
        self.lost.insert(character);
        let (Some(clock), Some(state)) = (self.situations.problem().clock(), self.state) else { return Ok(()) };
        let place = self.situations.problem_mut().place(&[character], clock);
        let after = self.situations.write_values(state, &[(place, Value::UNKNOWN)]);
        self.moment(told, What::Forgot(character), after)
    }

    /// Those who are not listed go, then those who are listed come.
    fn stage(
        &mut self,
        scene: SceneId,
        place: EntityId,
        script: &super::script::SceneScript,
    ) -> Result<(), StateError> {
        let here = Value::entity(place);
        for (events, wanted) in [(&script.exits, true), (&script.entrances, false)] {
            for &(who, event) in events {
                let Some(state) = self.state else { return Ok(()) };
                let Some(fact) = self.whereabouts.of(self.situations.problem(), who) else { continue };
                if (self.situations.value_at(state, fact)? == here) == wanted {
                    self.event((scene, None), event)?;
                }
            }
        }
        Ok(())
    }

    fn step(&mut self, told: Told, step: &Step) -> Result<(), StateError> {
        let Some(state) = self.state else { return Ok(()) };
        match step {
            Step::Event(event) => self.event(told, *event),
            Step::Conclusion(thought) => self.thought(told, state, thought),
            Step::Claim(claim, shape) => self.claim(told, state, (claim, shape), shape),
            Step::Assumption(made_so) => self.write(told, What::Assumed, made_so),
            Step::Forgets(character, forgotten) => self.write(told, What::Forgot(*character), forgotten),
            Step::LosesTime(character) => self.lose_time(told, *character),
            Step::Nothing => Ok(()),
        }
    }

    fn thought(&mut self, told: Told, state: StateId, thought: &Thought) -> Result<(), StateError> {
        let mut drawn = true;
        let refusal = thought.thinking.map(|thinking| self.situations.refusal(state, thinking)).transpose()?;
        if let Some(Refusal { event, needs }) = refusal.flatten() {
            let needed = self.restorable(nearest(&needs))?;
            drawn = self.hole(told, IncidentKind::Impossible { event, needs }, &needed)?;
        }
        for (premise, sides) in thought.premises.iter().enumerate() {
            drawn &= self.premise(told, thought.thinker, premise, sides)?;
        }
        if !drawn {
            return Ok(());
        }
        self.write(told, What::Concluded(thought.thinker), &thought.concluded)
    }

    fn event(&mut self, told: Told, event: EventId) -> Result<(), StateError> {
        let Some(state) = self.state else { return Ok(()) };
        match self.situations.refusal(state, event)? {
            None => self.actors(told, event)?,
            Some(refusal) => {
                let needed = nearest(&refusal.needs);
                let leaves_out = refusal.can_never_be() || self.is_so_already(state, event, &needed);
                let kind = IncidentKind::Impossible { event, needs: refusal.needs };
                if leaves_out {
                    return self.hole(told, kind, &[]).map(|_| ());
                }
                let mut needed = self.restorable(needed)?;
                self.found_by_actors(state, event, &mut needed)?;
                if !self.hole(told, kind, &needed)? {
                    return Ok(());
                }
            }
        }
        let Some(state) = self.state else { return Ok(()) };
        let after = self.situations.happen(state, event);
        self.moment(told, What::Event(event), after)
    }

    /// The parts that could have come about untold.
    fn restorable(&mut self, needed: Vec<FailedPart>) -> Result<Vec<FailedPart>, StateError> {
        let mut restorable = Vec::with_capacity(needed.len());
        for part in needed {
            if !is_lost_for_good(self.situations, self.replay.start, &part)? {
                restorable.push(part);
            }
        }
        Ok(restorable)
    }

    /// Whether the event fails only because what it brings about is so: then it is left out, and nothing assumed.
    fn is_so_already(&mut self, state: StateId, event: EventId, needed: &[FailedPart]) -> bool {
        let [FailedPart { place, actual, .. }] = needed else { return false };
        // What only a rule brings about, as death does to who was poisoned, is not what the event is for.
        if !self.situations.problem().may_change(event).contains(&place.fluent) {
            return false;
        }
        let mut brought_about = || {
            let ready = self.situations.write_values(state, &[(*place, needed[0].repair())])?;
            let after = self.situations.happen(ready, event)?;
            let [before, after] = [self.situations.value_at(ready, *place)?, self.situations.value_at(after, *place)?];
            Ok::<bool, StateError>(before != *actual && after == *actual)
        };
        !actual.is_unknown() && brought_about().unwrap_or(false)
    }

    /// Whether those whose act it is believe that it is possible.
    fn actors(&mut self, told: Told, event: EventId) -> Result<(), StateError> {
        if self.situations.problem().get(event).needs().is_empty() {
            return Ok(());
        }
        for position in 0..self.situations.problem().actors(event).len() {
            let actor = self.situations.problem().actors(event)[position];
            let Some(state) = self.state else { return Ok(()) };
            let believed = self.situations.believed(actor, state)?;
            let meant = self.situations.as_meant(state, event, actor)?;
            let Some(refusal) = self.situations.refusal(believed, meant)? else { continue };
            let needed = self.unaware(state, actor, refusal.needs)?;
            let failing = needed.failing;
            self.hole(told, IncidentKind::Unaware { event: meant, actor, failing }, &needed.assumed)?;
        }
        Ok(())
    }

    /// Judges a premise; whether the thought is had.
    fn premise(&mut self, told: Told, thinker: EntityId, premise: usize, sides: &Sides) -> Result<bool, StateError> {
        let Some(state) = self.state else { return Ok(true) };
        if self.situations.holds(state, &sides.believed)? {
            return Ok(true);
        }
        let so = self.situations.holds(state, &sides.real)?;
        let needed = self.unbelieved(state, sides)?;
        let failing = needed.failing;
        self.hole(told, IncidentKind::Premise { thinker, premise, so, failing }, &needed.assumed)
    }

    /// Records an incident and makes true what it needs to go on; whether that is assumed at all.
    pub(super) fn hole(&mut self, told: Told, kind: IncidentKind, needed: &[FailedPart]) -> Result<bool, StateError> {
        let Some(state) = self.state else { return Ok(true) };
        let mends = self.holes.mends(self.situations.problem(), told, &kind);
        let mut repaired: Vec<(Place, Value)> = Vec::new();
        for part in needed.iter().filter(|part| mends && part.repair() != part.actual) {
            if repaired.iter().all(|(place, _)| *place != part.place) {
                repaired.push((part.place, part.repair()));
            }
        }
        let id = IncidentId::from_index(self.replay.incidents.len());
        let (scene, line) = told;
        let moment = self.now();
        self.replay.incidents.push(Incident { scene, line, moment, state, kind, repaired: repaired.clone() });
        if repaired.is_empty() {
            return Ok(mends);
        }
        let after = self.situations.write_values(state, &repaired);
        let facts = repaired.iter().map(|(place, _)| place.fluent);
        self.written(told, What::Patched(id), after, facts)?;
        Ok(true)
    }

    fn write(&mut self, told: Told, what: What, changes: &Changes) -> Result<(), StateError> {
        let Some(state) = self.state else { return Ok(()) };
        let after = self.situations.write(state, changes);
        self.written(told, what, after, changes.iter().map(|change| change.place.fluent))
    }

    /// Goes on after a change without facts of its own.
    fn moment(&mut self, told: Told, what: What, after: Result<StateId, StateError>) -> Result<(), StateError> {
        self.written(told, what, after, std::iter::empty())
    }

    /// Goes on after a change that writes these `facts`; where it cannot be computed, as if it had not been.
    fn written(
        &mut self,
        told: Told,
        what: What,
        after: Result<StateId, StateError>,
        facts: impl Iterator<Item = GroundFluentId>,
    ) -> Result<(), StateError> {
        let Some(before) = self.state else { return Ok(()) };
        let (scene, line) = told;
        match after {
            Ok(after) => {
                self.replay.moments.push(Moment { scene, line, what, before, after });
                self.state = Some(after);
                Ok(())
            }
            Err(error @ (StateError::TooManySituations(_) | StateError::TooDeep(_) | StateError::Unfolded(_))) => {
                Err(error)
            }
            Err(error) => {
                let kind = IncidentKind::Failed { error, what, written: facts.collect() };
                self.hole(told, kind, &[]).map(|_| ())
            }
        }
    }
}
