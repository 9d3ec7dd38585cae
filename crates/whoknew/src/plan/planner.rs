//! Planning, from a ground world to a verified plan.

use super::PlanError;
use super::explain::{Explainer, Stopped};
use super::limits::{Limits, Task};
use super::observer::{Observer, Watch};
use super::outcome::{Best, Outcome, Plan, Report, Unrest};
use super::search::{Beginning, Depth, Ended, Search};
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
    let mut ended = search.run();
    if let Ended::Found(events, depth) = &ended
        && search.explainer.guided
    {
        match guided_plan(&mut search, situations, (events.clone(), *depth), task, limits) {
            Ok(Some(plan)) => return Ok(report(&search, Outcome::Found(plan))),
            Ok(None) => {
                search.guides = false;
                ended = search.run();
            }
            Err(Stopped) => ended = search.ended_early(),
        }
    }
    search.explainer.limit = search.explainer.spent().saturating_add(LAST_BUDGET);
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
    Ok(report(&search, outcome))
}

fn report(search: &Search<'_>, outcome: Outcome) -> Report {
    let explainer = &search.explainer;
    let successors = &explainer.successors;
    let unrest = successors
        .unrest
        .map(|event| Unrest { event: successors.model.events[event as usize].id, rule: successors.restless });
    Report {
        outcome,
        unrest,
        tried: explainer.successors.computed,
        situations: explainer.successors.canonical.len(),
        bytes: explainer.bytes(),
    }
}

/// A plan that was found by prospects; `None` if it is none: what was left aside may do as well with fewer acts.
fn guided_plan(
    search: &mut Search<'_>,
    situations: &mut Situations<'_>,
    (events, depth): (Vec<u32>, Depth),
    task: &Task,
    limits: &Limits,
) -> Result<Option<Plan>, Stopped> {
    search.explainer.limit = search.explainer.spent().saturating_add(LAST_BUDGET);
    let events = search.shortened(events, depth)?;
    let plan = search.written_out(&events, depth)?;
    Ok(verify(situations, &plan, task, limits).is_ok().then_some(plan))
}

/// The best so far with its reasons, verified; `None` if writing them out takes too long.
fn written_best(
    search: &mut Search<'_>,
    situations: &mut Situations<'_>,
    beginning: &Beginning,
    task: &Task,
    limits: &Limits,
) -> Result<Option<Best>, PlanError> {
    search.explainer.guided = beginning.guided;
    let mut events = beginning.events.clone();
    if beginning.reaches_aim && beginning.guided {
        events = search.shortened(events.clone(), beginning.depth).unwrap_or(events);
    }
    let Ok(plan) = search.written_out(&events, beginning.depth) else { return Ok(None) };
    let mut reaches_aim = beginning.reaches_aim;
    if reaches_aim && beginning.guided {
        // What was left aside may do as well with fewer acts: then it is a beginning all the same.
        reaches_aim = verify(situations, &plan, task, limits).is_ok();
    } else if reaches_aim {
        verify(situations, &plan, task, limits).map_err(PlanError::Flawed)?;
    }
    let checked = if reaches_aim { Ok(()) } else { verify_beginning(situations, &plan, limits) };
    if beginning.guided && checked.is_err() {
        return Ok(None);
    }
    checked.map_err(PlanError::Flawed)?;
    Ok(Some(Best { plan, reaches_aim, at_least: 0 }))
}
