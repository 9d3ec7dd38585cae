//! The reader: what a newcomer would believe who notices, in the order in which they happened, the events told so far,
//! as they were told.
//!
//! The newcomer knows nothing of the start but what is `told to reader`. Events off the page stay hidden, `shown as`
//! shows another event, and thoughts, claims and `reveal` tell what they say. An event that the newcomer believes
//! impossible corrects them, as it corrects a character: what it needed is then taken to be as it was.

use crate::ground::{GroundError, GroundFluentId, Limits, Occasion, Place, Problem, Value};
use crate::state::{Situations, StateError, StateId};
use crate::world::{EventTerm, Expression, LineContent, SceneId, StartStatement, Telling, World};

use super::chronicle::Chronicle;
use super::replay::{Moment, Replay, What};

/// Why the reader's beliefs cannot be computed.
#[derive(Clone, Debug)]
pub enum ReaderError {
    /// A part of the story cannot be made ground.
    Ground(GroundError),
    /// A situation cannot be computed.
    State(StateError),
}

impl From<GroundError> for ReaderError {
    fn from(error: GroundError) -> Self {
        Self::Ground(error)
    }
}

impl From<StateError> for ReaderError {
    fn from(error: StateError) -> Self {
        Self::State(error)
    }
}

/// The world as a newcomer meets it: nothing is known of any fact.
pub fn newcomer(world: &World) -> World {
    let mut world = world.clone();
    for fluent in &mut world.fluents {
        fluent.default = Some(Expression::Unknown);
    }
    world.start.retain(|statement| matches!(statement, StartStatement::ToldToReader(_)));
    world
}

/// The story as it was run, which the reader is told.
pub struct Story<'s, 'w> {
    /// What it tells.
    pub telling: &'s Telling,
    /// In which order it happened.
    pub chronicle: &'s Chronicle,
    /// Its replay.
    pub replay: &'s Replay,
    /// The situations of the replay.
    pub situations: &'s mut Situations<'w>,
    /// What will be asked: events that it speaks of are remembered.
    pub mentions: &'s [Expression],
}

/// What the reader believes after each scene told.
pub struct Reader<'w> {
    situations: Situations<'w>,
    opening: Option<StateId>,
    after: Vec<StateId>,
}

impl<'w> Reader<'w> {
    /// Tells `story` to a newcomer; `newcomer` is the world that [`newcomer`] made.
    pub fn new(newcomer: &'w World, story: &mut Story<'_, '_>, limits: &Limits) -> Result<Self, ReaderError> {
        let mut problem = Problem::new(newcomer, story.telling, limits)?;
        problem.order_scenes(story.chronicle.scenes());
        story.mentions.iter().for_each(|statement| problem.mention(statement));
        let mut reader = Self { situations: Situations::new(problem), opening: None, after: Vec::new() };
        let mut start = reader.situations.start()?;
        for statement in &newcomer.start {
            if let StartStatement::ToldToReader(statement) = statement {
                start = reader.told(start, &statement.value)?;
            }
        }
        reader.opening = Some(start);
        reader.read(story, start)?;
        Ok(reader)
    }

    /// The situation that the reader takes to be real when all scenes have been told.
    pub fn last(&self) -> Option<StateId> {
        self.after.last().copied().or(self.opening)
    }

    /// The situations that the reader takes to be real, and what is believed in them.
    pub fn situations(&mut self) -> &mut Situations<'w> {
        &mut self.situations
    }

    /// The situation that the reader takes to be real when `scene` has been told.
    pub fn after(&self, scene: SceneId) -> StateId {
        self.after[scene.index()]
    }

    /// What the reader takes to be real, with the situations that [`Reader::after`] names.
    pub fn situations_mut(&mut self) -> &mut Situations<'w> {
        &mut self.situations
    }

    /// Whether the reader believes `statement` when `scene` has been told.
    pub fn believes(&mut self, scene: SceneId, statement: &Expression) -> Result<bool, ReaderError> {
        let condition = self.situations.problem_mut().condition(statement)?;
        Ok(self.situations.holds(self.after(scene), &condition)?)
    }

    /// Goes through the scenes as told. What was told so far is kept in the order in which it happened; a scene that
    /// happened earlier than others told before it is inserted, and those are gone through again.
    fn read(&mut self, story: &mut Story<'_, '_>, start: StateId) -> Result<(), ReaderError> {
        let mut happened: Vec<(SceneId, StateId)> = Vec::new();
        for scene in (0..story.telling.scenes.len()).map(SceneId::from_index) {
            let position = story.chronicle.position(scene);
            let place = happened.partition_point(|(other, _)| story.chronicle.position(*other) < position);
            happened.insert(place, (scene, start));
            for index in place..happened.len() {
                let before = index.checked_sub(1).map_or(start, |before| happened[before].1);
                happened[index].1 = self.scene(story, happened[index].0, before)?;
            }
            self.after.push(happened.last().map_or(start, |(_, state)| *state));
        }
        Ok(())
    }

    fn scene(&mut self, story: &mut Story<'_, '_>, scene: SceneId, mut state: StateId) -> Result<StateId, ReaderError> {
        let told = &story.telling.scenes[scene.index()];
        if told.offstage {
            return Ok(state);
        }
        let first = story.replay.scene_start(scene).index();
        let moments = story.replay.moments[first..].iter().take_while(|moment| moment.scene == scene);
        let moments: Vec<&Moment> = moments.collect();
        for moment in moments.iter().filter(|moment| moment.line.is_none()) {
            state = self.moment(story, state, moment)?;
        }
        for (line, content) in told.lines.iter().enumerate() {
            for moment in moments.iter().filter(|moment| moment.line == Some(line)) {
                state = self.moment(story, state, moment)?;
            }
            state = match &content.content {
                LineContent::Claim(statement) | LineContent::Reveal(statement) => self.told(state, &statement.value)?,
                LineContent::Conclusion { thinker, conclusion, premises } => {
                    for thought in premises.iter().chain([conclusion]) {
                        state = self.thought(state, *thinker, &thought.value)?;
                    }
                    state
                }
                _ => state,
            };
        }
        Ok(state)
    }

    fn moment(&mut self, story: &mut Story<'_, '_>, state: StateId, moment: &Moment) -> Result<StateId, ReaderError> {
        let What::Event(event) = moment.what else { return Ok(state) };
        let mut shown = story.situations.problem().event_term(event).clone();
        if let Some(line) = moment.line
            && let LineContent::Event(told) = &story.telling.scenes[moment.scene.index()].lines[line].content
        {
            if told.offstage {
                return Ok(state);
            }
            shown = told.shown_as.clone().unwrap_or(shown);
        }
        self.notice(story, state, moment, &shown)
    }

    /// The event as the reader sees it, who is corrected first where they believe it impossible.
    fn notice(
        &mut self,
        story: &mut Story<'_, '_>,
        state: StateId,
        moment: &Moment,
        shown: &EventTerm,
    ) -> Result<StateId, ReaderError> {
        let occasion = Occasion { scene: Some(moment.scene), ..Occasion::default() };
        let event = self.situations.problem_mut().event_on(shown, &occasion)?;
        let mut state = state;
        if let Some(refusal) = self.situations.refusal(state, event)? {
            let mut corrected: Vec<(Place, Value)> = Vec::new();
            for part in super::needed::nearest(&refusal.needs) {
                let real = self.real_value(story, moment.before, part.place)?;
                corrected.push((part.place, real.unwrap_or_else(|| part.repair())));
            }
            corrected.dedup_by_key(|(place, _)| *place);
            state = self.situations.write_values(state, &corrected)?;
        }
        Ok(self.situations.happen(state, event)?)
    }

    /// What a fact was in what is so.
    fn real_value(
        &self,
        story: &mut Story<'_, '_>,
        state: StateId,
        place: Place,
    ) -> Result<Option<Value>, ReaderError> {
        let real = |fluent: GroundFluentId| {
            let (declared, arguments) = self.situations.problem().declared(fluent)?;
            story.situations.problem().fluent(declared, &arguments)
        };
        let Some(fluent) = real(place.fluent) else { return Ok(None) };
        let believers = self.situations.problem().believers(place.chain).to_vec();
        let place = story.situations.problem_mut().place(&believers, fluent);
        Ok(Some(story.situations.value_at(state, place)?))
    }

    /// The reader is told that it is so. What says nothing about a certain fact is passed over.
    fn told(&mut self, state: StateId, statement: &Expression) -> Result<StateId, ReaderError> {
        match self.situations.problem_mut().made_so(&[], statement) {
            Ok(changes) => Ok(self.situations.write(state, &changes)?),
            Err(_) => Ok(state),
        }
    }

    fn thought(
        &mut self,
        state: StateId,
        thinker: crate::world::EntityId,
        statement: &Expression,
    ) -> Result<StateId, ReaderError> {
        match self.situations.problem_mut().made_so(&[thinker], statement) {
            Ok(changes) => Ok(self.situations.write(state, &changes)?),
            Err(_) => Ok(state),
        }
    }
}
