//! A story and a changed one, run in the same situations, so that what is the same in both is the same node.

use super::holes::{Holes, KnownHoles};
use super::replay::{self, Replay};
use super::script::Script;
use super::{Chronicle, Run, Timeline};
use crate::ground::{GroundError, Limits, Problem};
use crate::state::Situations;
use crate::world::{Telling, World};

/// A telling with some lines left out and others put in. Its scenes are those of the other, in their order.
#[derive(Clone, Debug)]
pub struct ChangedTelling {
    /// It.
    pub telling: Telling,
    /// For each line of each scene its place in the telling before the change; `None`: it was put in.
    pub lines: Vec<Vec<Option<usize>>>,
}

/// A story and a changed one.
pub struct ChangedRun<'w> {
    /// The story as it is told.
    pub told: Run<'w>,
    /// What happens in the changed one: an impossible event does not.
    pub changed: Replay,
}

impl<'w> ChangedRun<'w> {
    /// Runs the story of `world`, and `change`.
    ///
    /// # Errors
    /// A part of either is larger than a limit.
    pub fn new(world: &'w World, change: &ChangedTelling, limits: &Limits) -> Result<Self, GroundError> {
        let telling = &world.telling;
        let timeline = Timeline::new(telling);
        let chronicle = Chronicle::new(telling, &timeline);
        let mut problem = Problem::new(world, telling, limits)?;
        problem.mention_telling(&change.telling);
        problem.order_scenes(chronicle.scenes());
        let script = Script::new(&mut problem, world, telling);
        let changed_script = Script::new(&mut problem, world, &change.telling);
        let mut situations = Situations::new(problem);
        let order = (&chronicle, &timeline);
        let told = replay::replay(&mut situations, (&script, telling), order, Holes::Happened);
        let known = KnownHoles::new(situations.problem(), &told, change.lines.clone());
        let holes = Holes::As(known);
        let changed = replay::replay(&mut situations, (&changed_script, &change.telling), order, holes);
        let told = Run { timeline, chronicle, situations, replay: told, script };
        Ok(Self { told, changed })
    }
}
