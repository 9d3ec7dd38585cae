//! Planning, from a ground world to a verified plan.

use super::PlanError;
use super::explain::Explainer;
use super::limits::{Limits, Task};
use super::observer::{Observer, Watch};
use super::outcome::{Best, Outcome, Report};
use super::search::{Beginning, Ended, Search};
use super::start::begin;
use super::verify::{verify, verify_beginning};
use crate::state::Situations;

/// Events that may be tried when a search has ended and what it found is written out.
const LAST_BUDGET: u64 = 1_000_000;

/// Looks for a plan from the start of `situations`, which [`prepare`](super::prepare) made. Ends soon after `observer` says so; `&mut ()` never does.
pub fn plan(
    situations: &mut Situations<'_>,
    task: &Task,
    limits: &Limits,
    observer: &mut dyn Observer,
) -> Result<Report, PlanError> {
    let successors = begin(situations)?;
    let mut explainer = Explainer::new(successors, limits.steps.max(limits.imagined).min(250));
    explainer.watch = Watch::new(Some(observer), *limits);
    let mut search = Search::new(explainer, *task, *limits);
    let ended = search.run();
    search.explainer.limit = search.explainer.successors.computed.saturating_add(LAST_BUDGET);
    let at_least = search.explainer.watch.at_least;
    let watch = Watch::new(None, Limits { memory: usize::MAX, ..*limits });
    search.explainer.watch = watch;
    let outcome = match ended {
        Ended::Nothing => Outcome::NoneWithinLimits,
        Ended::Stopped(reason) => {
            let best = match search.best.take() {
                Some(beginning) => written_best(&mut search, situations, &beginning, task, limits)?,
                None => None,
            };
            Outcome::Stopped { reason, best: best.map(|best| Best { at_least, ..best }) }
        }
        Ended::Found(events, depth) => {
            let written = search.shortened(events, depth).and_then(|events| search.written_out(&events, depth));
            match written {
                Err(_) => Outcome::Stopped { reason: super::StopReason::Situations, best: None },
                Ok(plan) => {
                    verify(situations, &plan, task, limits).map_err(PlanError::Flawed)?;
                    Outcome::Found(plan)
                }
            }
        }
    };
    let explainer = &search.explainer;
    Ok(Report {
        outcome,
        tried: explainer.successors.computed,
        situations: explainer.successors.canonical.len(),
        bytes: explainer.bytes(),
    })
}

/// The best so far with its reasons, verified; `None` if writing them out takes too long.
fn written_best(
    search: &mut Search<'_>,
    situations: &mut Situations<'_>,
    beginning: &Beginning,
    task: &Task,
    limits: &Limits,
) -> Result<Option<Best>, PlanError> {
    let Ok(plan) = search.written_out(&beginning.events, beginning.depth) else { return Ok(None) };
    let checked = if beginning.reaches_aim {
        verify(situations, &plan, task, limits)
    } else {
        verify_beginning(situations, &plan, limits)
    };
    checked.map_err(PlanError::Flawed)?;
    Ok(Some(Best { plan, reaches_aim: beginning.reaches_aim, at_least: 0 }))
}
