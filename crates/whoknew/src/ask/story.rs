//! A story that was replayed, ready to be asked.

use std::cell::OnceCell;

use crate::check::{case::Case, run};
use crate::diagnostic::Diagnostic;
use crate::ground::{LATE_MEMORY, Limits};
use crate::state::{Situations, StateError, StateId};
use crate::telling::Run;
use crate::telling::replay::Whereabouts;
use crate::world::sentences::SentenceBook;
use crate::world::{Expression, LineContent, Telling, UtilityId, World};

use super::point::{Point, Spot};
use super::question::Names;

/// A story that was replayed once, so that any point of it can be asked about.
///
/// ```
/// use whoknew::{ask::Story, ground::Limits, world};
/// let loaded = world::load_text("rain.who", "fact \"it rains\"\nscene \"Noon\"\n  assume it rains\n");
/// if let Some(world) = &loaded.world {
///     let story = Story::new(world, &Limits::default()).expect("nothing in it is too large");
///     let noon = story.point("Noon").expect("there is such a scene");
///     assert_eq!(noon.to_string(), "scene 1 “Noon”");
///     assert!(story.point("Moon").is_err_and(|error| error.help[0] == "did you mean `Noon`?"));
/// }
/// ```
pub struct Story<'w> {
    world: &'w World,
    limits: Limits,
    mentions: Vec<Expression>,
    book: OnceCell<SentenceBook>,
    names: OnceCell<Names>,
    pub(super) lists_all: bool,
    /// Its times, its order, its situations and what happened.
    pub run: Run<'w>,
}

impl<'w> Story<'w> {
    /// Replays the told story of `world`.
    ///
    /// # Errors
    /// A part of it is larger than a limit or cannot be run, so that no answer could be relied on.
    pub fn new(world: &'w World, limits: &Limits) -> Result<Self, Vec<Diagnostic>> {
        Self::remembering(world, Vec::new(), limits)
    }

    fn remembering(world: &'w World, mentions: Vec<Expression>, limits: &Limits) -> Result<Self, Vec<Diagnostic>> {
        let run = Run::asked(world, &mentions, limits).map_err(|error| vec![error.diagnostic()])?;
        Self::of_run(world, run, mentions, limits)
    }

    /// Replays the told story of `world` for those who plan how it may go on from a point of it: see
    /// [`Story::beginning_at`].
    ///
    /// # Errors
    /// As [`Story::new`].
    pub fn for_plans(world: &'w World, limits: &Limits) -> Result<Self, Vec<Diagnostic>> {
        let run = Run::planned(world, limits).map_err(|error| vec![error.diagnostic()])?;
        Self::of_run(world, run, Vec::new(), limits)
    }

    fn of_run(
        world: &'w World,
        run: Run<'w>,
        mentions: Vec<Expression>,
        limits: &Limits,
    ) -> Result<Self, Vec<Diagnostic>> {
        let (book, names) = (OnceCell::new(), OnceCell::new());
        let mut story = Self { world, limits: *limits, mentions, book, names, lists_all: false, run };
        let mut errors = std::mem::take(&mut story.run.replay.errors);
        if let Some(stopped) = story.run.replay.stopped.take() {
            errors.push(story.failure(&stopped));
        }
        if errors.is_empty() { Ok(story) } else { Err(errors) }
    }

    /// Sees to it that the events that `statement` speaks of are remembered; the story is replayed if they were not.
    /// Points stay what they are, situations get new names.
    ///
    /// # Errors
    /// As [`Story::new`].
    pub fn mention(&mut self, statement: &Expression) -> Result<(), Vec<Diagnostic>> {
        match self.run.situations.problem_mut().condition(statement) {
            Err(error) if error.code == &LATE_MEMORY => {
                let mut mentions = self.mentions.clone();
                mentions.push(statement.clone());
                let (book, names, lists_all) = (self.book.take(), self.names.take(), self.lists_all);
                *self = Self { lists_all, ..Self::remembering(self.world, mentions, &self.limits)? };
                self.book = book.map_or_else(OnceCell::new, OnceCell::from);
                self.names = names.map_or_else(OnceCell::new, OnceCell::from);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// From now on answers list all that there is, as programs want it, and not only what people read.
    pub fn list_all(&mut self) {
        self.lists_all = true;
    }

    /// The world it plays in.
    pub fn world(&self) -> &'w World {
        self.world
    }

    /// Its scenes.
    pub fn telling(&self) -> &'w Telling {
        &self.world.telling
    }

    /// What it may cost.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// All sentence patterns and names.
    pub fn book(&self) -> &SentenceBook {
        self.book.get_or_init(|| SentenceBook::new(self.world))
    }

    /// All names.
    pub fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::new(self.world))
    }

    /// The situation at `point`: after what happens there.
    pub fn state(&self, point: &Point) -> Option<StateId> {
        self.run.replay.state(point.after())
    }

    /// Its situations, as if it began at `point`: with what everybody believes there, and without the wants that were
    /// dropped until then. `None` if it did not get there.
    ///
    /// ```
    /// use whoknew::{ask::Story, ground::Limits, world};
    /// let loaded = world::load_text("rain.who", "fact \"it rains\"\nscene \"Noon\"\n  assume it rains\n");
    /// if let Some(world) = &loaded.world {
    ///     let story = Story::for_plans(world, &Limits::default()).expect("nothing in it is too large");
    ///     let noon = story.point("Noon").expect("there is such a scene");
    ///     let state = story.state(&noon);
    ///     let mut situations = story.beginning_at(&noon).expect("the replay gets there");
    ///     assert_eq!(situations.start().ok(), state);
    /// }
    /// ```
    pub fn beginning_at(self, point: &Point) -> Option<Situations<'w>> {
        let state = self.state(point)?;
        let dropped = self.dropped(point);
        let mut situations = self.run.situations;
        situations.begin_at(state);
        situations.problem_mut().drop_wants(&dropped);
        Some(situations)
    }

    /// The wants that were dropped until `point`, in the order in which it happened.
    pub(super) fn dropped(&self, point: &Point) -> Vec<UtilityId> {
        let (last, lines) = match point.spot() {
            Spot::Start => return Vec::new(),
            Spot::End => (None, usize::MAX),
            Spot::Opening(scene) => (Some(scene), 0),
            Spot::Scene(scene) => (Some(scene), usize::MAX),
            Spot::Event { scene, line, .. } => (Some(scene), line),
        };
        let mut dropped = Vec::new();
        for &scene in self.run.chronicle.scenes() {
            let lines = if Some(scene) == last { lines } else { usize::MAX };
            for line in self.telling().scenes[scene.index()].lines.iter().take(lines) {
                if let LineContent::Drops { want, .. } = &line.content {
                    dropped.push(*want);
                }
            }
            if Some(scene) == last {
                break;
            }
        }
        dropped
    }

    /// What findings read, for their words.
    pub(crate) fn case(&mut self) -> Case<'_, 'w> {
        let Run { timeline, replay, situations, .. } = &mut self.run;
        Case {
            world: self.world,
            telling: &self.world.telling,
            timeline,
            replay,
            situations,
            places: Whereabouts::new(self.world),
            traces: 0,
        }
    }

    /// Why a situation could not be computed.
    pub fn failure(&mut self, error: &StateError) -> Diagnostic {
        run::failure(&self.case(), None, error)
    }
}
