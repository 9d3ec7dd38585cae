//! Planning, from a ground world to a verified plan.

use super::PlanError;
use super::explain::Explainer;
use super::limits::{Limits, Task};
use super::outcome::{Outcome, Report, StopReason};
use super::search::{Ended, Search};
use super::start::begin;
use super::verify::verify;
use crate::state::Situations;
use std::sync::atomic::AtomicBool;

/// Looks for a plan from the start of `situations`. Stops soon after `cancelled` becomes true.
pub fn plan(
    situations: &mut Situations<'_>,
    task: &Task,
    limits: &Limits,
    cancelled: &AtomicBool,
) -> Result<Report, PlanError> {
    let successors = begin(situations)?;
    let explainer = Explainer::new(successors, limits.steps.max(limits.imagined).min(250));
    let mut search = Search::new(explainer, *task, *limits, cancelled);
    let outcome = match search.run() {
        Ended::Nothing => Outcome::NoneWithinLimits,
        Ended::Stopped(reason) => Outcome::Stopped(reason),
        Ended::Found(events, depth) => {
            search.explainer.limit = u64::MAX;
            let written = search.shortened(events, depth).and_then(|events| search.written_out(&events, depth));
            match written {
                Err(_) => Outcome::Stopped(StopReason::Situations),
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
