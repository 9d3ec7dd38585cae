//! A plan for programs. The form is described in docs/plan-json.md and docs/schema/plan-1.json.

use super::human::proved_shortest;
use super::options::PlanOptions;
use super::result::{Outcome, Planned};
use crate::json::{self, FindingDocument, finding_document};
use crate::places::Places;
use crate::status::Status;
use serde::Serialize;
use whoknew::diagnostic::Diagnostic;
use whoknew::plan::say::{Act, Reason};
use whoknew::world::World;

/// Grows when a reader of the form before would misread this one.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    path: &'a str,
    status: u8,
    outcome: &'a str,
    stopped_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'a str>,
    aim: Option<f64>,
    aim_at_start: Option<f64>,
    limits: LimitsDocument,
    steps: Vec<StepDocument<'a>>,
    reaches_aim: bool,
    at_least: usize,
    proved_shortest: bool,
    states: usize,
    tried: u64,
    bytes: usize,
    seconds: f64,
    findings: Vec<FindingDocument<'a>>,
}

#[derive(Serialize)]
struct LimitsDocument {
    steps: u8,
    imagined: u8,
    nesting: u8,
    states: u64,
    bytes: usize,
    seconds: Option<f64>,
}

#[derive(Serialize)]
struct StepDocument<'a> {
    call: &'a str,
    sentence: &'a str,
    actors: Vec<&'a str>,
    reasons: Vec<ReasonDocument<'a>>,
}

#[derive(Serialize)]
struct ReasonDocument<'a> {
    character: &'a str,
    wants: Vec<WantDocument<'a>>,
    mistakes: Vec<MistakeDocument<'a>>,
    next: Vec<StepDocument<'a>>,
}

#[derive(Serialize)]
struct WantDocument<'a> {
    name: Option<&'a str>,
    sentence: &'a str,
}

#[derive(Serialize)]
struct MistakeDocument<'a> {
    believed: &'a str,
    so: &'a str,
}

impl<'a> Document<'a> {
    fn new(path: &'a str, options: &PlanOptions) -> Self {
        let limits = LimitsDocument {
            steps: options.steps(),
            imagined: options.imagined(),
            nesting: options.nesting(),
            states: options.states(),
            bytes: options.memory(),
            seconds: options.timeout.map(|timeout| timeout.as_secs_f64()),
        };
        Self {
            version: VERSION,
            path,
            status: Status::Unusable.number(),
            outcome: "unusable",
            stopped_by: None,
            from: None,
            aim: options.least(),
            aim_at_start: None,
            limits,
            steps: Vec::new(),
            reaches_aim: false,
            at_least: 0,
            proved_shortest: false,
            states: 0,
            tried: 0,
            bytes: 0,
            seconds: 0.0,
            findings: Vec::new(),
        }
    }

    fn line(&self) -> String {
        json::line(self)
    }
}

/// The result as one line of JSON.
pub fn planned(path: &str, options: &PlanOptions, world: Option<&World>, planned: &Planned) -> String {
    let mut document = Document {
        from: planned.from.as_deref(),
        status: super::status(&planned.outcome).number(),
        aim_at_start: planned.aim_at_start,
        states: planned.states,
        tried: planned.tried,
        bytes: planned.bytes,
        seconds: planned.elapsed.as_secs_f64(),
        ..Document::new(path, options)
    };
    match &planned.outcome {
        Outcome::Found(acts) => {
            document.outcome = "found";
            document.steps = steps(world, acts);
            document.reaches_aim = true;
            document.proved_shortest = proved_shortest(options, acts);
            document.at_least = if document.proved_shortest { acts.len() } else { 0 };
        }
        Outcome::NoneWithinLimits => document.outcome = "none-within-limits",
        Outcome::Stopped { by, best } => {
            document.outcome = "stopped";
            document.stopped_by = Some(by.word());
            if let Some(best) = best {
                document.steps = steps(world, &best.acts);
                document.reaches_aim = best.reaches_aim;
                document.at_least = best.at_least;
            }
        }
    }
    document.line()
}

/// Why nothing was planned.
pub fn unusable(path: &str, options: &PlanOptions, findings: &[Diagnostic], places: &Places<'_>) -> String {
    let findings = findings.iter().map(|finding| finding_document(finding, places)).collect();
    Document { findings, ..Document::new(path, options) }.line()
}

fn steps<'a>(world: Option<&'a World>, acts: &'a [Act]) -> Vec<StepDocument<'a>> {
    let Some(world) = world else { return Vec::new() };
    let step = |act: &'a Act| StepDocument {
        call: &act.call,
        sentence: &act.sentence,
        actors: act.actors.iter().map(|actor| world.entities[actor.index()].name.as_str()).collect(),
        reasons: act.reasons.iter().map(|reason| reason_document(world, reason)).collect(),
    };
    acts.iter().map(step).collect()
}

fn reason_document<'a>(world: &'a World, reason: &'a Reason) -> ReasonDocument<'a> {
    ReasonDocument {
        character: &reason.name,
        wants: reason
            .wants
            .iter()
            .map(|want| WantDocument { name: want.label.as_deref(), sentence: &want.sentence })
            .collect(),
        mistakes: reason
            .mistakes
            .iter()
            .map(|mistake| MistakeDocument { believed: &mistake.believed, so: &mistake.so })
            .collect(),
        next: steps(Some(world), &reason.next),
    }
}
