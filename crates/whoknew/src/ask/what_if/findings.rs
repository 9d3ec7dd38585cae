//! Findings of the check that vanish with the change, or appear.

use crate::check::{Options, check};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources, Span};
use crate::telling::ChangedTelling;
use crate::world::usage::Usage;
use crate::world::{StoryTest, World};

/// A finding that only one of the two stories has.
#[derive(Clone, Debug)]
pub struct FindingChange {
    /// The changed story has it; else the story as it is told.
    pub appears: bool,
    /// It.
    pub finding: Diagnostic,
}

/// Checks both stories and compares. The story's `test` blocks tell stories of their own and are left out.
pub(super) fn compared(
    world: &World,
    (usage, sources): (&Usage, &Sources),
    change: &ChangedTelling,
    options: &Options,
) -> Vec<FindingChange> {
    let told = World { tests: Vec::<StoryTest>::new(), ..world.clone() };
    let changed = World { telling: change.telling.clone(), ..told.clone() };
    let before = found(&told, (usage, sources), options);
    let after = found(&changed, (usage, sources), options);
    let missing = |from: &[Diagnostic], other: &[Diagnostic], appears: bool| -> Vec<FindingChange> {
        let mut rest: Vec<_> = other.iter().map(key).collect();
        let mut kept = Vec::new();
        for finding in from {
            match rest.iter().position(|known| *known == key(finding)) {
                Some(position) => {
                    rest.swap_remove(position);
                }
                None => kept.push(FindingChange { appears, finding: finding.clone() }),
            }
        }
        kept
    };
    let mut changes = missing(&before, &after, false);
    let appear = missing(&after, &before, true);
    // That an expected finding vanishes is said; that it was expected need not be.
    let is_unmet = |change: &FindingChange| {
        let vanished = |other: &FindingChange| {
            other.finding.expected.is_some() && change.finding.title.starts_with(other.finding.code.id)
        };
        change.finding.code.id == UNMET && changes.iter().any(vanished)
    };
    // Nor that what is set is an assumption.
    let put_in = put_in(change);
    let is_set = |change: &FindingChange| {
        let place = change.finding.primary.as_ref().map(|label| label.span.file);
        change.finding.code.id == ASSUMED && place.is_some_and(|file| put_in.contains(&file))
    };
    let kept: Vec<FindingChange> = appear.into_iter().filter(|change| !is_unmet(change) && !is_set(change)).collect();
    changes.extend(kept);
    changes
}

/// The code of an expectation that is not met.
const UNMET: &str = "H13";
/// The code of an assumption.
const ASSUMED: &str = "H12";

/// The texts of the lines that were put in.
fn put_in(change: &ChangedTelling) -> Vec<FileId> {
    let lines =
        change.telling.scenes.iter().zip(&change.lines).flat_map(|(scene, numbers)| scene.lines.iter().zip(numbers));
    lines.filter(|(_, number)| number.is_none()).map(|(line, _)| line.span.file).collect()
}

fn found(world: &World, (usage, sources): (&Usage, &Sources), options: &Options) -> Vec<Diagnostic> {
    let report = check(world, usage, sources, options);
    report.input_errors.into_iter().chain(report.findings).filter(|finding| finding.allowed.is_none()).collect()
}

/// What tells findings apart.
fn key(finding: &Diagnostic) -> (&'static str, Option<Span>, &str) {
    (finding.code.id, finding.primary.as_ref().map(|label| label.span), finding.title.as_str())
}
