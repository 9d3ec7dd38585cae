//! One check of one telling: times, replay, then every finding.

use super::case::Case;
use super::conflicting_claims::Said;
use super::counting::{CountedEvent, Moment, Moments};
use super::proposal::Again;
use super::report::{FindingId, Findings, Report};
use super::{
    Options, Progress, allowance, assumption, because, broken_time, conflicting_claims, elsewhere, expectation,
    false_claim, follows, forgotten, groundless, impossible, loose_end, presence, proposal, reasons, rule_loop, source,
    unknowing, viewpoint, words,
};
use crate::diagnostic::{Diagnostic, Severity};
use crate::ground::{CONFLICTING_EFFECTS, Conflict, GroundError, TOO_LARGE_FORMULA};
use crate::source::Span;
use crate::state::{StateError, WrittenBy};
use crate::telling::replay::{Incident, IncidentKind, Replay, What, Whereabouts};
use crate::telling::{Chronicle, Run};
use crate::world::{LineContent, SceneId, StartStatement, StoryTest, Telling, World, say};

/// Checks the story itself; `more` adds findings about its declarations.
pub(super) fn story(
    world: &World,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
    more: impl FnOnce(&mut Findings),
) -> Report {
    let mut report = Report::default();
    let mut findings = Findings::default();
    report.summary.scenes = world.telling.scenes.len();
    report.summary.characters = world.characters;
    report.summary.tests = world.tests.len();
    let unaware;
    let outcome = telling(world, (&world.telling, &[]), options, &mut findings, progress);
    match outcome {
        Ok(outcome) => {
            report.summary.events = outcome.events;
            unaware = outcome.unaware;
            report.input_errors = outcome.errors;
        }
        Err(error) => {
            report.input_errors.push(error.diagnostic());
            return report;
        }
    }
    report.summary.assumptions = assumption::report(world, &world.telling, &unaware, &mut findings);
    more(&mut findings);
    expectation::report(&world.telling, options.reasons.is_some(), &mut findings);
    allowance::report(world, &mut findings);
    report.findings = findings.into_ordered();
    allowance::apply(world, &mut report.findings);
    report
}

/// Checks a test like a story of its own.
pub(super) fn test(world: &World, test: &StoryTest, options: &Options, report: &mut Report) {
    let mut findings = Findings::default();
    match telling(world, (&test.telling, &test.start), options, &mut findings, &mut |_| {}) {
        Ok(outcome) => report.input_errors.extend(outcome.errors),
        Err(error) => report.input_errors.push(error.diagnostic()),
    }
    expectation::report(&test.telling, true, &mut findings);
    let found = findings.into_ordered().into_iter().filter(|finding| finding.code.id != super::loose_end::CODE.id);
    let mut found: Vec<Diagnostic> =
        found.map(|finding| finding.note(format!("in the test “{}”", test.title))).collect();
    allowance::apply(world, &mut found);
    let failed = |finding: &Diagnostic| {
        finding.expected.is_none() && finding.allowed.is_none() && finding.severity > Severity::Note
    };
    report.summary.failed_tests += usize::from(found.iter().any(failed));
    report.findings.extend(found);
}

/// What a run counts, besides its findings.
pub(super) struct Outcome {
    events: usize,
    unaware: Vec<assumption::Unaware>,
    pub errors: Vec<Diagnostic>,
}

pub(super) fn telling(
    world: &World,
    (telling, start): (&Telling, &[StartStatement]),
    options: &Options,
    findings: &mut Findings,
    progress: &mut dyn FnMut(Progress),
) -> Result<Outcome, GroundError> {
    let Run { timeline, chronicle, mut situations, replay, .. } = Run::new(world, telling, start, &options.limits)?;
    broken_time::report(telling, &timeline, findings);
    let places = Whereabouts::new(world);
    let mut errors = replay.errors.clone();
    let mut case =
        Case { world, telling, timeline: &timeline, replay: &replay, situations: &mut situations, places, traces: 0 };
    let again = Again { telling, start, options };
    let stopped = report(&mut case, &chronicle, &again, findings, progress).err();
    let (unaware, unable) = match assumption::unaware(&mut case) {
        Ok(unaware) => (unaware, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    for error in replay.stopped.iter().chain(&stopped.or(unable)) {
        errors.push(failure(&case, None, error));
    }
    let events = replay.moments.iter().filter(|moment| moment.line.is_some() && matches!(moment.what, What::Event(_)));
    Ok(Outcome { events: events.count(), unaware, errors })
}

fn report(
    case: &mut Case<'_, '_>,
    chronicle: &Chronicle,
    again: &Again<'_>,
    findings: &mut Findings,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), StateError> {
    let own = incidents(case, findings)?;
    if case.replay.stopped.is_some() {
        return Ok(());
    }
    counts(case, findings);
    groundless::report(case, findings)?;
    unknowing::report(case, findings)?;
    because::report(case, chronicle, findings)?;
    presence::report(case, chronicle, findings)?;
    elsewhere::report(case, chronicle, findings)?;
    viewpoint::report(case, chronicle, findings)?;
    loose_end::report(case, chronicle, findings)?;
    let Some(limits) = again.options.reasons else { return proposal::examples(case, again, &own, findings) };
    reasons::report(case, chronicle, (limits, again.options.stop), findings, progress)?;
    proposal::report(case, again, &own, findings)
}

/// Each incident is a finding of its own, or a note under the one that it follows from. Returns those of their own.
fn incidents(case: &mut Case<'_, '_>, findings: &mut Findings) -> Result<Vec<(usize, FindingId)>, StateError> {
    let mut own = Vec::new();
    let replay = case.replay;
    let mut ids = Vec::with_capacity(replay.incidents.len());
    for (index, incident) in replay.incidents.iter().enumerate() {
        let anchor = case.anchor(incident);
        let from = follows::from(case, incident)?.and_then(|cause: usize| ids.get(cause).copied());
        let diagnostic = diagnostic(case, incident)?;
        match from {
            Some(from) => {
                findings.add_under(from, anchor, follows::noted(diagnostic));
                ids.push(from);
            }
            None => {
                let id = findings.add(anchor, diagnostic);
                ids.push(id);
                own.push((index, id));
            }
        }
    }
    Ok(own)
}

/// The finding that an incident is.
pub(crate) fn diagnostic(case: &mut Case<'_, '_>, incident: &Incident) -> Result<Diagnostic, StateError> {
    match &incident.kind {
        IncidentKind::Impossible { event, needs } => impossible::diagnostic(case, incident, *event, needs),
        IncidentKind::Unaware { event, actor, failing } => source::of_act(case, incident, (*event, *actor), failing),
        IncidentKind::Premise { thinker, premise, so: true, failing } => {
            source::of_thought(case, incident, *thinker, (Some(*premise), failing))
        }
        IncidentKind::Premise { thinker, premise, so: false, failing } => {
            groundless::diagnostic(case, incident, *thinker, (*premise, failing))
        }
        IncidentKind::UnknownClaim { character, failing, others } => {
            let diagnostic = source::of_thought(case, incident, *character, (None, failing))?;
            Ok(match others.as_slice() {
                [] => diagnostic,
                [other] => diagnostic.note(format!("nor does {} believe it", case.name(*other))),
                others => diagnostic.note(format!("nor do {} believe it", words::names(case.world, others))),
            })
        }
        IncidentKind::BelievedClaim { character, believed, others } => {
            forgotten::diagnostic(case, incident, *character, (believed, others))
        }
        IncidentKind::FalseClaim { failing } => false_claim::diagnostic(case, incident, failing),
        IncidentKind::Failed { error, .. } => Ok(failure(case, Some(case.span(incident.scene, incident.line)), error)),
    }
}

/// What a situation that cannot be computed is reported as.
pub(crate) fn failure(case: &Case<'_, '_>, span: Option<Span>, error: &StateError) -> Diagnostic {
    match error {
        StateError::RuleLoop { cycle, stopped_after, .. } => rule_loop::diagnostic(case, span, (cycle, *stopped_after)),
        StateError::Conflict { by, conflict } => two_values(case, span, by, *conflict),
        StateError::TooManySituations(limit) => Diagnostic::new(
            &TOO_MANY_SITUATIONS,
            format!("The check needs more than {limit} situations, the limit"),
            span,
        ),
        StateError::Unfolded(error) => error.diagnostic(),
        StateError::TooDeep(limit) => Diagnostic::new(
            &TOO_LARGE_FORMULA,
            format!("Beliefs about beliefs are nested deeper than {limit}, the limit"),
            span,
        ),
    }
}

/// One fact is given two values at once, by what `by` is.
fn two_values(case: &Case<'_, '_>, span: Option<Span>, by: &WrittenBy, conflict: Conflict) -> Diagnostic {
    let fact = |value| case.say_fact(conflict.place, value);
    let both = format!("{}, and {}", fact(conflict.first), fact(conflict.second));
    let new = |title: String, span| Diagnostic::new(&CONFLICTING_EFFECTS, title, span).at(both.clone());
    let diagnostic = match by {
        WrittenBy::Event(event) => {
            let action = case.situations.problem().event_term(*event).action;
            new(format!("This makes two things so that cannot both be: {}", case.event(*event)), span)
                .label(case.world.actions[action.index()].span, "what it makes is declared here")
                .help("let one event make the one and a later event the other, or write `makes … if …`")
        }
        WrittenBy::Rule(rule, arguments) => {
            let title = "This rule makes two things so that cannot both be".to_owned();
            let words = format!("here it applies: {}", say::rule(case.world, *rule, arguments));
            let diagnostic = new(title, Some(case.world.triggers[rule.index()].span));
            match span {
                Some(span) => diagnostic.label(span, words),
                None => diagnostic.note(format!("{words}, from the start of the story")),
            }
            .help("let each part of its `makes` hold at another time: `makes … if …`")
        }
        WrittenBy::Statements => new("This makes two things so that cannot both be".to_owned(), span),
    };
    diagnostic.note(impossible::LEFT_OUT)
}

/// More situations than the limit.
pub(super) static TOO_MANY_SITUATIONS: crate::diagnostic::Code = crate::diagnostic::Code {
    id: "E0901",
    name: "too many situations",
    severity: Severity::Error,
    summary: "checking the story needs more situations, true and believed, than the limit",
};

struct Starts<'a>(&'a Replay);

impl Moments for Starts<'_> {
    fn start_of(&self, scene: SceneId) -> Moment {
        self.0.scene_start(scene).index()
    }
}

/// Claims about counts, compared with what is told and with each other.
fn counts(case: &Case<'_, '_>, findings: &mut Findings) {
    let mut said: Vec<Said<'_>> = Vec::new();
    for (index, scene) in case.telling.scenes.iter().enumerate() {
        for (line, told) in scene.lines.iter().enumerate() {
            let (statement, assumed) = match &told.content {
                LineContent::Claim(statement) => (statement, false),
                LineContent::Assumption { statement, .. } => (statement, true),
                _ => continue,
            };
            let id = SceneId::from_index(index);
            let moment = case.replay.line_start(id, line).index();
            said.push(Said { statement: &statement.value, span: statement.span, scene: id, line, moment, assumed });
        }
    }
    if !said.iter().any(|said| conflicting_claims::mentions_counts(said.statement)) {
        return;
    }
    let problem = case.situations.problem();
    let happened = case.replay.moments.iter().enumerate();
    let told: Vec<CountedEvent<'_>> = happened
        .filter_map(|(moment, happened)| match happened.what {
            What::Event(event) => Some(CountedEvent { event: problem.event_term(event), moment }),
            _ => None,
        })
        .collect();
    let span = |moment: Moment| {
        let happened = &case.replay.moments[moment];
        case.span(happened.scene, happened.line)
    };
    conflicting_claims::report((case.world, case.telling), (&said, &told, &Starts(case.replay)), &span, findings);
}
