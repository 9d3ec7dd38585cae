//! `whoknew plan`: find a story in which everybody who acts has a reason.

pub mod amounts;
mod human;
mod input;
mod json;
mod look;
mod options;
mod result;

pub use options::PlanOptions;

use crate::arguments::Format;
use crate::human::Layout;
use crate::interrupt;
use crate::output::Output;
use crate::places::Places;
use crate::settings::{self, Set, Unset};
use crate::status::Status;
use crate::watchdog::{Told, Watchdog};
use look::Look;
use result::{Best, Outcome, Planned, Restless, Stop};
use whoknew::ask::Story;
use whoknew::diagnostic::Diagnostic;
use whoknew::ground::{self, Problem};
use whoknew::plan::{self, Observer, PlanError, Progress, Unrest, say};
use whoknew::source::Sources;
use whoknew::state::Situations;
use whoknew::world::{Holder, World, say as words};

/// Runs the command.
pub fn run(options: &PlanOptions, output: &Output) -> Status {
    let set = match Set::new(options.path.as_deref()) {
        Ok(set) => set,
        Err(Unset::Nothing(file)) => {
            let which = "what to plan: a .who file, a folder of them, a problem file (.txt)";
            return settings::complain_of_nothing(which, file.as_deref());
        }
        Err(Unset::Unfit(wrong)) => {
            let shown = Shown { path: &wrong.path, options, world: None };
            let _ = output.write(&shown.unusable(&wrong.findings, &wrong.sources, output));
            return Status::Unusable;
        }
    };
    let (options, path) = (&options.with(&set.settings.plan), &set.input.path);
    interrupt::listen();
    let mut look = Look::new(options);
    let watchdog = unready(options, path, output);
    let mut loaded = input::load(&set.input);
    let chosen = match &mut loaded.world {
        Some(world) => choose_aims(world, options),
        None => Ok(()),
    };
    let planned = match &loaded.world {
        Some(world) => chosen.and_then(|()| plan(world, options, &mut look, &watchdog)),
        None => Err(loaded.diagnostics.clone()),
    };
    watchdog.end();
    look.finish();
    let shown = Shown { path, options, world: loaded.world.as_ref() };
    let (text, status) = match &planned {
        Ok(planned) => shown.planned(planned, output),
        Err(findings) => (shown.unusable(findings, &loaded.sources, output), Status::Unusable),
    };
    // Whoever has closed our output has seen what they wanted.
    let _ = output.write(&text);
    status
}

/// Answers if the time is over while the world is still made ready: the search, which looks at the clock by itself, has not
/// begun then, so there is nothing to lose.
fn unready(options: &PlanOptions, path: &str, output: &Output) -> Watchdog {
    let (timeout, options, path, output) = (options.timeout, options.clone(), path.to_owned(), *output);
    Watchdog::start(timeout, move |told, elapsed| {
        let shown = Shown { path: &path, options: &options, world: None };
        let (text, status) = shown.planned(&Planned::nothing(told, elapsed), &output);
        let _ = output.write(&text);
        status
    })
}

/// Lets only the aims that were named count.
fn choose_aims(world: &mut World, options: &PlanOptions) -> Result<(), Vec<Diagnostic>> {
    let names = options.aims();
    if names.is_empty() {
        return Ok(());
    }
    plan::choose_aims(world, &names).map_err(|unknown| vec![*unknown])
}

/// Looks for a plan, or says why none can be looked for.
fn plan(
    world: &World,
    options: &PlanOptions,
    look: &mut Look,
    watchdog: &Watchdog,
) -> Result<Planned, Vec<Diagnostic>> {
    if let Some(missing) = plan::missing_aim(world) {
        return Err(vec![missing]);
    }
    if let Some(told) = look.check() {
        return Ok(Planned::nothing(told, look.elapsed()));
    }
    let (mut situations, from) = situations(world, options.from.as_deref())?;
    let mut observer = |progress: &Progress<'_>| {
        watchdog.end();
        look.keep_going(progress)
    };
    let report = plan::plan(&mut situations, &options.task(), &options.limits(), &mut observer);
    watchdog.end();
    let explained = |error: PlanError, situations: &Situations<'_>| vec![error.diagnostic(situations.problem())];
    let report = report.map_err(|error| explained(error, &situations))?;
    let outcome = told(&mut situations, &report.outcome, look.told);
    let outcome = outcome.map_err(|error| explained(error, &situations))?;
    let aims = (aim_at_start(&mut situations), plan::most_of_aims(situations.problem()));
    let restless = report.unrest.map(|unrest| restless(situations.problem(), unrest));
    Ok(Planned { from, restless, ..Planned::new(outcome, &report, aims, look.elapsed()) })
}

fn restless(problem: &Problem<'_>, unrest: Unrest) -> Restless {
    let world = problem.world();
    let rule = unrest.rule.map(|rule| {
        let (trigger, arguments) = problem.rule(rule);
        words::rule(world, trigger, arguments)
    });
    Restless { event: words::event(world, problem.event_term(unrest.event)), rule }
}

/// The situations to plan in, which begin at the point that is named; what that point is called.
fn situations<'w>(world: &'w World, from: Option<&str>) -> Result<(Situations<'w>, Option<String>), Vec<Diagnostic>> {
    let limits = ground::Limits::default();
    let Some(from) = from else {
        let problem = Problem::new(world, &world.telling, &limits).map_err(|error| vec![error.diagnostic()])?;
        return Ok((Situations::new(problem), None));
    };
    let story = Story::for_plans(world, &limits)?;
    let point = story.point(from).map_err(|unknown| vec![unknown])?;
    let situations = story.beginning_at(&point).ok_or_else(Vec::new)?;
    Ok((situations, Some(point.to_string())))
}

/// What the author's aim comes to at the start; `None` if it is unknown.
fn aim_at_start(situations: &mut Situations<'_>) -> Option<f64> {
    let start = situations.start().ok()?;
    let aims: Vec<_> = situations.problem().utilities_of(Holder::Author).collect();
    let mut sum = 0.0;
    for aim in aims {
        let amount = situations.problem().utility(aim).clone();
        let value = situations.evaluate(start, &amount).ok()?;
        sum += value.as_number().or(value.as_boolean().map(|met| f64::from(u8::from(met))))?;
    }
    Some(sum)
}

/// The outcome with its plan in words.
fn told(situations: &mut Situations<'_>, outcome: &plan::Outcome, told: Option<Told>) -> Result<Outcome, PlanError> {
    let mut words = |plan: &plan::Plan| {
        let start = situations.start().map_err(PlanError::State)?;
        say::acts(situations, start, &plan.acts).map_err(PlanError::State)
    };
    Ok(match outcome {
        plan::Outcome::Found(plan) => Outcome::Found(words(plan)?),
        plan::Outcome::NoneWithinLimits => Outcome::NoneWithinLimits,
        plan::Outcome::Stopped { reason, best } => {
            let best = match best {
                Some(best) => {
                    Some(Best { acts: words(&best.plan)?, reaches_aim: best.reaches_aim, at_least: best.at_least })
                }
                None => None,
            };
            Outcome::Stopped { by: Stop::new(*reason, told), best }
        }
    })
}

/// What is needed to show a result.
struct Shown<'a> {
    path: &'a str,
    options: &'a PlanOptions,
    world: Option<&'a World>,
}

impl Shown<'_> {
    fn planned(&self, planned: &Planned, output: &Output) -> (String, Status) {
        let status = status(&planned.outcome);
        let text = match self.options.format {
            Format::Json => json::planned(self.path, self.options, self.world, planned),
            Format::Human => human::planned(self.options, planned, self.world, output),
        };
        (text, status)
    }

    fn unusable(&self, findings: &[Diagnostic], sources: &Sources, output: &Output) -> String {
        let places = Places::new(sources);
        if self.options.format == Format::Json {
            return json::unusable(self.path, self.options, findings, &places);
        }
        let layout = Layout::new(output.is_colored(), output.width());
        findings.iter().map(|finding| layout.finding(finding, &places) + "\n\n").collect::<String>()
            + "Nothing was planned.\n"
    }
}

fn status(outcome: &Outcome) -> Status {
    match outcome {
        Outcome::Found(_) => Status::Sound,
        Outcome::NoneWithinLimits => Status::Holes,
        Outcome::Stopped { .. } => Status::Unusable,
    }
}
