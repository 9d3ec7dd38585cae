//! The told story over time: when its scenes happen, in which order, its replay, and what its reader believes.

mod constraints;
pub mod time;
pub mod chronicle;
pub(crate) mod script;
pub mod replay;
pub mod reader;
mod retelling;
mod holes;
pub(crate) mod irrevocable;
pub(crate) mod needed;
mod claims;
mod changed;

pub use changed::{ChangedRun, ChangedTelling};
pub use chronicle::Chronicle;
pub use reader::Reader;
pub use replay::Replay;
pub use retelling::Retelling;
pub(crate) use retelling::retell;
pub use time::Timeline;

use crate::ground::{GroundError, Limits, Problem};
use crate::state::Situations;
use crate::world::{Expression, StartStatement, Telling, World};
use holes::Holes;
use script::Script;

/// A telling, run: its times, its order, its situations and what happened.
pub struct Run<'w> {
    /// Its times.
    pub timeline: Timeline,
    /// The order in which its scenes happened.
    pub chronicle: Chronicle,
    /// All situations.
    pub situations: Situations<'w>,
    /// What happened.
    pub replay: Replay,
    /// What it was run from.
    pub(crate) script: Script,
}

impl<'w> Run<'w> {
    /// Runs `telling` in `world`, which begins with `start` after the world's own start statements.
    pub fn new(
        world: &'w World,
        telling: &Telling,
        start: &[StartStatement],
        limits: &Limits,
    ) -> Result<Self, GroundError> {
        Self::replayed(world, telling, (start, &[], Holes::Mended), limits, |_| Ok(()))
    }

    /// Runs the story of `world` for those who ask about it: what fails in a claim is not made so. The events that
    /// `mentions` speak of are remembered too.
    pub fn asked(world: &'w World, mentions: &[Expression], limits: &Limits) -> Result<Self, GroundError> {
        Self::replayed(world, &world.telling, (&[], mentions, Holes::Happened), limits, |_| Ok(()))
    }

    /// Runs the story of `world` for those who plan how it may go on: what plans remember is remembered from the
    /// beginning.
    pub fn planned(world: &'w World, limits: &Limits) -> Result<Self, GroundError> {
        let prepare = |problem: &mut Problem<'w>| problem.planned_events().map(drop);
        Self::replayed(world, &world.telling, (&[], &[], Holes::Happened), limits, prepare)
    }

    fn replayed(
        world: &'w World,
        telling: &Telling,
        (start, mentions, holes): (&[StartStatement], &[Expression], Holes),
        limits: &Limits,
        prepare: impl FnOnce(&mut Problem<'w>) -> Result<(), GroundError>,
    ) -> Result<Self, GroundError> {
        let timeline = Timeline::new(telling);
        let chronicle = Chronicle::new(telling, &timeline);
        let mut problem = Problem::new(world, telling, limits)?;
        problem.ground_start(start)?;
        mentions.iter().for_each(|statement| problem.mention(statement));
        problem.order_scenes(chronicle.scenes());
        let script = Script::new(&mut problem, world, telling);
        prepare(&mut problem)?;
        let mut situations = Situations::new(problem);
        let replay = replay::replay(&mut situations, (&script, telling), (&chronicle, &timeline), holes);
        Ok(Self { timeline, chronicle, situations, replay, script })
    }

    /// Runs those moments again that `keep` names, in their order; see [`Retelling`].
    pub fn retell(&mut self, keep: &[replay::MomentId]) -> Result<Retelling, crate::state::StateError> {
        retell(&mut self.situations, (&self.replay, &self.script), keep)
    }

    /// What the reader of `telling` believes; `newcomer` is what [`reader::newcomer`] makes of the world.
    pub fn reader<'n>(
        &mut self,
        newcomer: &'n World,
        telling: &Telling,
        limits: &Limits,
    ) -> Result<Reader<'n>, reader::ReaderError> {
        self.reader_asked(newcomer, telling, &[], limits)
    }

    /// The same for a reader who will be asked what `mentions` say.
    pub fn reader_asked<'n>(
        &mut self,
        newcomer: &'n World,
        telling: &Telling,
        mentions: &[Expression],
        limits: &Limits,
    ) -> Result<Reader<'n>, reader::ReaderError> {
        let Self { chronicle, situations, replay, .. } = self;
        Reader::new(newcomer, &mut reader::Story { telling, chronicle, replay, situations, mentions }, limits)
    }
}
