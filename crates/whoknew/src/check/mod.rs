//! Plot holes: what [`check`] finds in a told story. One file per finding, its catalogue text on top.
//!
//! The story is replayed once; the replay says where it and the told story part, and each finding puts that into words.
//! Invariant: findings come in told order and are the same on every run; causes are traced only for what is reported.

mod allowance;
mod assumption;
mod because;
mod broken_time;
pub(crate) mod case;
mod conflicting_claims;
mod counting;
mod crowd;
mod expectation;
mod follows;
mod false_claim;
mod forgotten;
mod groundless;
mod guise;
mod impossible;
mod integers;
mod journeys;
mod loose_end;
mod mislaid;
mod elsewhere;
mod overruled_start;
mod presence;
mod proposal;
mod reason_words;
mod reasons;
mod report;
mod rule_loop;
pub(crate) mod run;
pub(crate) mod sincerity;
mod source;
mod untold;
mod unused;
pub(crate) mod unknowing;
mod viewpoint;
mod whereabouts;
pub(crate) mod words;

pub use allowance::{NotAllowed, may_be_allowed};
pub use report::{Report, Summary};

use crate::diagnostic::{Code, Severity};
use crate::ground::Limits;
use crate::plan::told;
use crate::source::Sources;
use crate::world::World;
use crate::world::usage::Usage;

/// H14: what follows from a hole that is reported already: a note under it, not a finding of its own.
pub static FOLLOWS: Code = Code {
    id: "H14",
    name: "follows from a hole",
    severity: Severity::Note,
    summary: "this fails only because of what the check assumed after an earlier hole",
};

/// The findings' catalogue, by code.
pub static CODES: &[&Code] = &[
    &impossible::CODE,
    &source::CODE,
    &groundless::CODE,
    &forgotten::CODE,
    &because::CODE,
    &false_claim::CODE,
    &conflicting_claims::CODE,
    &broken_time::CODE,
    &rule_loop::CODE,
    &unused::CODE,
    &loose_end::CODE,
    &assumption::CODE,
    &expectation::CODE,
    &FOLLOWS,
    &allowance::CODE,
    &reasons::UNDECIDED,
    &elsewhere::CODE,
    &overruled_start::CODE,
    &unknowing::CODE,
    &run::TOO_MANY_SITUATIONS,
];

/// How to check.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// What it may cost.
    pub limits: Limits,
    /// Look for everybody's reasons too, so far; and for what would close a hole.
    pub reasons: Option<told::Limits>,
    /// Where no reasons are looked for, add to the help of the first findings one event that would close the hole.
    pub examples: bool,
    /// Whoever may end the search for reasons: what is known by then is reported.
    pub stop: Option<told::Stop>,
}

/// How far the search for reasons is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Acts that were looked at.
    pub done: usize,
    /// All acts.
    pub of: usize,
}

/// Checks the told story of `world` and its `test` blocks.
///
/// ```
/// use whoknew::{check, world};
/// let loaded = world::load_text("story.who", "fact \"it rains\"\nscene\n  claim it rains\n");
/// if let Some(world) = &loaded.world {
///     let report = check::check(world, &loaded.usage, &loaded.sources, &check::Options::default());
///     assert_eq!(report.findings[0].code.id, "H06");
/// }
/// ```
pub fn check(world: &World, usage: &Usage, sources: &Sources, options: &Options) -> Report {
    check_watched(world, usage, sources, options, &mut |_| {})
}

/// The same; `progress` hears now and then how far the search for reasons is. In `test` blocks no reasons are looked for.
pub fn check_watched(
    world: &World,
    usage: &Usage,
    sources: &Sources,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Report {
    let more = |findings: &mut report::Findings| {
        overruled_start::report(world, findings);
        unused::report(world, usage, sources, findings);
    };
    let mut report = run::story(world, options, progress, more);
    for test in &world.tests {
        run::test(world, test, &Options { reasons: None, ..*options }, &mut report);
    }
    let findings = std::mem::take(&mut report.findings);
    report.summary.count(&findings);
    report.findings = findings;
    report
}
