//! What if: the story told a little differently, and what is then no longer so.
//!
//! Both stories run in the same situations. In the changed one an impossible event does not happen; what the check assumes
//! for holes of the story as it is told is assumed there too, so every difference comes from the change.

mod beliefs;
mod edit;
mod events;
mod findings;
mod reasons;

use crate::check::case::Case;
use crate::check::{Options, words};
use crate::diagnostic::Diagnostic;
use crate::ground::Limits;
use crate::source::Sources;
use crate::state::StateError;
use crate::telling::replay::Whereabouts;
use crate::telling::{ChangedRun, ChangedTelling, Run};
use crate::world::usage::Usage;
use crate::world::{EntityId, SceneId, World};

pub use edit::{Change, Position};
pub use events::{Gone, Why};
pub use findings::FindingChange;
pub use reasons::ReasonChange;

use super::why_not::Missing;

/// What to compare.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// How deep beliefs are compared: 1, or 2 for beliefs about beliefs.
    pub depth: usize,
    /// Whether to look for everybody's reasons in both stories.
    pub reasons: bool,
    /// What it may cost.
    pub limits: Limits,
}

impl Default for Scope {
    fn default() -> Self {
        Self { depth: 1, reasons: false, limits: Limits::default() }
    }
}

/// How the changed story differs.
#[derive(Clone, Debug, Default)]
pub struct WhatIf {
    /// What is changed, in words.
    pub changes: Vec<String>,
    /// What can no longer happen, or be thought.
    pub gone: Vec<Gone>,
    /// Acts whose actors lose or gain their reason.
    pub reasons: Vec<ReasonChange>,
    /// Whose beliefs differ, character by character.
    pub beliefs: Vec<BeliefChange>,
    /// Facts that differ at the end.
    pub facts: Vec<FactChange>,
    /// Findings of the check that vanish or appear.
    pub findings: Vec<FindingChange>,
    /// What else to say.
    pub notes: Vec<String>,
}

impl WhatIf {
    /// Whether nothing differs.
    pub fn is_the_same(&self) -> bool {
        self.gone.is_empty()
            && self.reasons.is_empty()
            && self.beliefs.is_empty()
            && self.facts.is_empty()
            && self.findings.is_empty()
    }
}

/// A fact that somebody believes otherwise.
#[derive(Clone, Debug)]
pub struct BeliefChange {
    /// Who; with beliefs about beliefs, who believes that who believes.
    pub believers: Vec<EntityId>,
    /// Their names.
    pub names: Vec<String>,
    /// What they believe as the story is told: `the marble is in the box`.
    pub told: String,
    /// What they believe in the changed story.
    pub changed: String,
    /// The first scene at whose end it differs.
    pub first: String,
    /// It still differs at the end of the story.
    pub lasts: bool,
}

/// A fact that differs at the end.
#[derive(Clone, Debug)]
pub struct FactChange {
    /// What is so as the story is told.
    pub told: String,
    /// What is so in the changed story.
    pub changed: String,
}

/// Runs the story of `world` with `changes` and compares.
///
/// # Errors
/// The story or a change cannot be run.
pub fn what_if(
    world: &World,
    (usage, sources): (&Usage, &Sources),
    changes: &[Change],
    scope: &Scope,
) -> Result<WhatIf, Vec<Diagnostic>> {
    let change = edit::changed(&world.telling, changes);
    let unusable = |error: crate::ground::GroundError| vec![error.diagnostic()];
    let mut run = ChangedRun::new(world, &change, &scope.limits).map_err(unusable)?;
    let mut errors = std::mem::take(&mut run.told.replay.errors);
    errors.append(&mut std::mem::take(&mut run.changed.errors));
    for stopped in [run.told.replay.stopped.take(), run.changed.stopped.take()].into_iter().flatten() {
        let mut compared = Compared { world, change: &change, run: &mut run };
        errors.push(crate::check::run::failure(&compared.changed_case(), None, &stopped));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut compared = Compared { world, change: &change, run: &mut run };
    let found = compared.compare(changes, scope);
    let mut answer = found.map_err(|error| vec![crate::check::run::failure(&compared.changed_case(), None, &error)])?;
    let options = Options { limits: scope.limits, ..Options::default() };
    answer.findings = findings::compared(world, (usage, sources), &change, &options);
    Ok(answer)
}

/// Both stories.
struct Compared<'c, 'w> {
    world: &'w World,
    change: &'c ChangedTelling,
    run: &'c mut ChangedRun<'w>,
}

impl<'w> Compared<'_, 'w> {
    fn compare(&mut self, changes: &[Change], scope: &Scope) -> Result<WhatIf, StateError> {
        let mut answer = WhatIf { changes: edit::said(self, changes), ..WhatIf::default() };
        answer.notes.extend(edit::unknown(self.world, changes));
        answer.gone = events::gone(self)?;
        if scope.reasons {
            answer.reasons = reasons::compared(self, &mut answer.notes)?;
        }
        answer.beliefs = beliefs::compared(self, scope.depth)?;
        answer.facts = beliefs::facts(self);
        Ok(answer)
    }

    /// The changed story, for its words.
    fn changed_case(&mut self) -> Case<'_, 'w> {
        let Run { timeline, situations, .. } = &mut self.run.told;
        let telling = &self.change.telling;
        let places = Whereabouts::new(self.world);
        let replay = &self.run.changed;
        Case { world: self.world, telling, timeline, replay, situations, places, traces: 0 }
    }

    /// `scene 3, event 2`; the number of an event is that of the story as it is told.
    fn at(&self, scene: SceneId, changed_line: Option<usize>) -> String {
        let told = &self.world.telling.scenes[scene.index()];
        let line = changed_line.and_then(|line| self.change.lines[scene.index()][line]);
        let number = line.and_then(|line| super::point::events_of(told).iter().position(|&other| other == line));
        let scene = words::scene(&self.world.telling, scene);
        match (number, changed_line) {
            (Some(number), _) => format!("{scene}, event {}", number + 1),
            (None, Some(_)) => scene,
            (None, None) => format!("the beginning of {scene}"),
        }
    }
}
