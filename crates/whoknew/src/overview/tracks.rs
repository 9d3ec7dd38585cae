//! Every mind followed through the whole story: each change of a value in what is so and in what each character believes.

use super::facts::Subject;
use super::spoken::Spoken;
use crate::ground::Value;
use crate::state::{Situations, StateError, StateId};
use crate::telling::Run;
use crate::telling::replay::MomentId;
use crate::world::{EntityId, SceneId};

/// Whose picture of the world it is; nobody's is what is so.
pub(super) type Mind = Option<EntityId>;

/// A value became another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// When.
    pub moment: MomentId,
    /// In which mind.
    pub mind: Mind,
    /// Of what.
    pub subject: Subject,
    /// What it is then.
    pub value: Value,
}

/// All changes of a story.
#[derive(Clone, Debug, Default)]
pub(super) struct Tracks {
    /// What each mind takes to be otherwise than it is at the start.
    pub start: Vec<(EntityId, Subject)>,
    /// The changes, in the order in which they happen.
    pub steps: Vec<Step>,
    /// The first scene that could not be followed any more.
    pub stopped: Option<SceneId>,
}

impl Tracks {
    /// Follows all minds through `run`, at most so many changes far.
    pub(super) fn follow(run: &mut Run<'_>, spoken: &Spoken, most: usize) -> Self {
        let mut tracks = Self::default();
        let mut walker = Walker { spoken, tracks: &mut tracks, most };
        let Some(start) = run.replay.state(MomentId::from_index(0)) else { return tracks };
        let reached = walker.walk(run, start);
        let stopped = match reached {
            Ok(()) => run.replay.stopped.as_ref().and(run.replay.moments.last()).map(|moment| moment.scene),
            Err(Stop(moment)) => run.replay.moments.get(moment.index()).map(|moment| moment.scene),
        };
        tracks.stopped = stopped;
        tracks
    }
}

/// At which moment a limit was reached.
struct Stop(MomentId);

struct Walker<'t> {
    spoken: &'t Spoken,
    tracks: &'t mut Tracks,
    most: usize,
}

impl Walker<'_> {
    fn walk(&mut self, run: &mut Run<'_>, start: StateId) -> Result<(), Stop> {
        let first = Stop(MomentId::from_index(0));
        let characters: Vec<EntityId> =
            (0..run.situations.problem().world().characters).map(EntityId::from_index).collect();
        let mut minds = Vec::with_capacity(characters.len());
        for &who in &characters {
            let believed = self.begin(&mut run.situations, start, who).map_err(|_| Stop(first.0))?;
            minds.push(believed);
        }
        for index in 0..run.replay.moments.len() {
            let moment = MomentId::from_index(index);
            let (before, after) = (run.replay.moments[index].before, run.replay.moments[index].after);
            if before == after {
                continue;
            }
            self.compare(&mut run.situations, (before, after), moment, None).map_err(|_| Stop(moment))?;
            for (&who, mind) in characters.iter().zip(&mut minds) {
                let believed = run.situations.believed(who, after).map_err(|_| Stop(moment))?;
                if believed != *mind {
                    self.compare(&mut run.situations, (*mind, believed), moment, Some(who))
                        .map_err(|_| Stop(moment))?;
                    *mind = believed;
                }
            }
            if self.tracks.steps.len() > self.most {
                return Err(Stop(moment));
            }
        }
        Ok(())
    }

    fn begin(&mut self, situations: &mut Situations<'_>, start: StateId, who: EntityId) -> Result<StateId, StateError> {
        let believed = situations.believed(who, start)?;
        let spoken = self.spoken;
        let found = &mut self.tracks.start;
        found.extend(situations.differences(start, believed).into_iter().map(|fluent| (who, Subject::Fluent(fluent))));
        for (position, derived) in spoken.derived.iter().enumerate() {
            if situations.evaluate(start, &derived.amount)? != situations.evaluate(believed, &derived.amount)? {
                found.push((who, Subject::Derived(position)));
            }
        }
        Ok(believed)
    }

    fn compare(
        &mut self,
        situations: &mut Situations<'_>,
        (before, after): (StateId, StateId),
        moment: MomentId,
        mind: Mind,
    ) -> Result<(), StateError> {
        for fluent in situations.differences(before, after) {
            let value = situations.value(after, fluent);
            self.tracks.steps.push(Step { moment, mind, subject: Subject::Fluent(fluent), value });
        }
        for (position, derived) in self.spoken.derived.iter().enumerate() {
            let value = situations.evaluate(after, &derived.amount)?;
            if situations.evaluate(before, &derived.amount)? != value {
                self.tracks.steps.push(Step { moment, mind, subject: Subject::Derived(position), value });
            }
        }
        Ok(())
    }
}
