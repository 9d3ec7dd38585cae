//! What a replay does where the story has a hole: it assumes what is missing and goes on, or it leaves out what cannot be.
//!
//! The check assumes. Who asks is told what happened: for them a claim that fails makes nothing so. A changed story assumes what was assumed for the story as it is told, so that what differs differs
//! because of the change; elsewhere an impossible event does not happen, and a thought without its premises is not had.

use rustc_hash::FxHashSet;

use super::replay::{Incident, IncidentKind, Replay};
use crate::ground::Problem;
use crate::world::{EntityId, EventArgument, SceneId, Term};

/// What is assumed after a hole.
#[derive(Clone, Debug, Default)]
pub(crate) enum Holes {
    /// Whatever is missing.
    #[default]
    Mended,
    /// What is missing for what happens; a claim that fails changes nothing.
    Happened,
    /// What is assumed in another replay.
    As(KnownHoles),
}

/// The holes of another replay, and where its lines stand in this one.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownHoles {
    known: FxHashSet<(SceneId, Option<usize>, Sort)>,
    /// For each line of each scene its place in the other telling; `None`: it is not told there.
    lines: Vec<Vec<Option<usize>>>,
}

/// What kind of hole, and whose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Sort {
    Impossible(Option<EntityId>),
    Unaware(EntityId),
    Premise(usize),
    Claim,
    Failed,
}

impl KnownHoles {
    /// Those of `replay`, to be found again at the lines of another telling.
    pub fn new(problem: &Problem<'_>, replay: &Replay, lines: Vec<Vec<Option<usize>>>) -> Self {
        let known = |incident: &Incident| (incident.scene, incident.line, sort(problem, &incident.kind));
        let known = replay.incidents.iter().map(known).collect();
        Self { known, lines }
    }
}

impl Holes {
    /// Whether what is missing for this is assumed.
    pub fn mends(&self, problem: &Problem<'_>, (scene, line): (SceneId, Option<usize>), kind: &IncidentKind) -> bool {
        let holes = match self {
            Self::Mended => return true,
            Self::Happened => return !is_claim(kind),
            Self::As(_) if is_claim(kind) => return false,
            Self::As(holes) => holes,
        };
        let line = match line {
            Some(line) => match holes.lines.get(scene.index()).and_then(|lines| lines.get(line)) {
                Some(Some(line)) => Some(*line),
                _ => return false,
            },
            None => None,
        };
        holes.known.contains(&(scene, line, sort(problem, kind)))
    }
}

fn is_claim(kind: &IncidentKind) -> bool {
    matches!(
        kind,
        IncidentKind::UnknownClaim { .. } | IncidentKind::BelievedClaim { .. } | IncidentKind::FalseClaim { .. }
    )
}

fn sort(problem: &Problem<'_>, kind: &IncidentKind) -> Sort {
    match kind {
        IncidentKind::Impossible { event, .. } => {
            let first = problem.event_term(*event).arguments.first();
            Sort::Impossible(first.and_then(|argument| match argument {
                EventArgument::Term(Term::Entity(entity)) => Some(*entity),
                _ => None,
            }))
        }
        IncidentKind::Unaware { actor, .. } => Sort::Unaware(*actor),
        IncidentKind::Premise { premise, .. } => Sort::Premise(*premise),
        IncidentKind::UnknownClaim { .. } | IncidentKind::BelievedClaim { .. } | IncidentKind::FalseClaim { .. } => {
            Sort::Claim
        }
        IncidentKind::Failed { .. } => Sort::Failed,
    }
}
