//! The answer for programs. The form is described in docs/why-json.md and docs/schema/why-1.json.

use super::answer::{Answer, Answered};
use crate::json::{self, LabelDocument, place_document};
use crate::places::Places;
use serde::Serialize;
use whoknew::ask::why::{Asked, Background, Cause, Fact, Happening, Why};
use whoknew::ask::why_not::{Instead, Missing, Since, Way, WhyNot};
use whoknew::causes::Role;

/// Grows when a reader of the form before would misread this one.
const VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(tag = "kind")]
enum WhyAnswer<'a> {
    #[serde(rename = "because")]
    Because(WhyDocument<'a>),
    #[serde(rename = "missing")]
    Missing(MissingDocument<'a>),
    #[serde(rename = "not so")]
    NotSo { says: &'a str, at: &'a str, missing: Vec<NeedDocument<'a>> },
}

#[derive(Serialize)]
struct WhyDocument<'a> {
    asked: &'static str,
    says: &'a str,
    at: &'a str,
    place: Option<LabelDocument<'a>>,
    because: Vec<FactDocument<'a>>,
    besides: Vec<HappeningDocument<'a>>,
    verified: bool,
    minimal: bool,
    reasons: Vec<ReasonDocument<'a>>,
    background: Vec<BackgroundDocument<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct MissingDocument<'a> {
    asked: &'static str,
    says: &'a str,
    at: &'a str,
    missing: Vec<NeedDocument<'a>>,
    ways: Vec<Vec<&'a str>>,
    acts: &'a [String],
    notes: &'a [String],
}

/// Something that is missing.
#[derive(Serialize)]
pub struct NeedDocument<'a> {
    needed: &'a str,
    instead: Vec<InsteadDocument<'a>>,
}

#[derive(Serialize)]
struct InsteadDocument<'a> {
    says: &'a str,
    since: Option<SinceDocument<'a>>,
}

#[derive(Serialize)]
struct SinceDocument<'a> {
    moment: usize,
    says: &'a str,
    at: &'a str,
    place: LabelDocument<'a>,
}

#[derive(Serialize)]
struct FactDocument<'a> {
    says: &'a str,
    role: &'static str,
    link: &'a str,
    again: Option<&'a str>,
    happened: Option<HappeningDocument<'a>>,
}

#[derive(Serialize)]
struct HappeningDocument<'a> {
    moment: usize,
    kind: &'static str,
    says: &'a str,
    how: &'a [String],
    at: &'a str,
    place: LabelDocument<'a>,
    repeated: bool,
    because: Vec<FactDocument<'a>>,
}

#[derive(Serialize)]
struct ReasonDocument<'a> {
    lines: &'a [String],
    known: bool,
}

#[derive(Serialize)]
struct BackgroundDocument<'a> {
    says: &'a str,
    why: Option<Box<WhyDocument<'a>>>,
}

/// The whole answer as one line of JSON.
pub fn document(path: &str, answered: &Answered) -> String {
    let places = Places::new(&answered.sources);
    let answer = answered.answer.as_ref().map(|answer| match answer {
        Answer::Because(why) => WhyAnswer::Because(why_document(why, &places)),
        Answer::Missing { why_not, acts } => WhyAnswer::Missing(missing_document(why_not, acts, &places)),
        Answer::Impossible(why_not) => {
            let missing = why_not.missing.iter().map(|missing| need_document(missing, &places)).collect();
            WhyAnswer::NotSo { says: &why_not.says, at: &why_not.at, missing }
        }
        Answer::NotSo { says, at } => WhyAnswer::NotSo { says, at, missing: Vec::new() },
    });
    json::line(&json::AnswerDocument::new(VERSION, path, answered.status(), (&answered.problems, answer), &places))
}

fn why_document<'a>(why: &'a Why, places: &Places<'a>) -> WhyDocument<'a> {
    WhyDocument {
        asked: match why.asked {
            Asked::Event => "event",
            Asked::Thought => "thought",
            Asked::Statement => "statement",
        },
        says: &why.says,
        at: &why.at,
        place: why.place.map(|place| place_document(place, places)),
        because: why.because.iter().map(|fact| fact_document(fact, places)).collect(),
        besides: why.besides.iter().map(|happening| happening_document(happening, places)).collect(),
        verified: why.causes.verified,
        minimal: why.causes.minimal,
        reasons: why
            .reasons
            .iter()
            .map(|reason| ReasonDocument { lines: &reason.lines, known: reason.known })
            .collect(),
        background: why.background.iter().map(|background| background_document(background, places)).collect(),
        notes: &why.notes,
    }
}

/// Something that is missing, with what is so instead.
pub fn need_document<'a>(missing: &'a Missing, places: &Places<'a>) -> NeedDocument<'a> {
    let since = |since: &'a Since| SinceDocument {
        moment: since.moment.index(),
        says: &since.says,
        at: &since.at,
        place: place_document(since.place, places),
    };
    let instead =
        |instead: &'a Instead| InsteadDocument { says: &instead.says, since: instead.since.as_ref().map(since) };
    NeedDocument { needed: &missing.needed, instead: missing.instead.iter().map(instead).collect() }
}

fn missing_document<'a>(why_not: &'a WhyNot, acts: &'a [String], places: &Places<'a>) -> MissingDocument<'a> {
    let way = |way: &'a Way| way.settings.iter().map(|setting| setting.says.as_str()).collect();
    MissingDocument {
        asked: if why_not.is_event { "event" } else { "statement" },
        says: &why_not.says,
        at: &why_not.at,
        missing: why_not.missing.iter().map(|missing| need_document(missing, places)).collect(),
        ways: why_not.ways.iter().map(way).collect(),
        acts,
        notes: &why_not.notes,
    }
}

fn fact_document<'a>(fact: &'a Fact, places: &Places<'a>) -> FactDocument<'a> {
    FactDocument {
        says: &fact.says,
        role: match fact.role {
            Role::Need => "need",
            Role::Noticing(_) => "noticing",
            Role::Premise => "premise",
            Role::Effect => "effect",
            Role::Rule(_) => "rule",
        },
        link: &fact.link,
        again: match &fact.source {
            Cause::Start { again } => again.as_deref(),
            Cause::Happened(_) => None,
        },
        happened: match &fact.source {
            Cause::Start { .. } => None,
            Cause::Happened(happening) => Some(happening_document(happening, places)),
        },
    }
}

fn happening_document<'a>(happening: &'a Happening, places: &Places<'a>) -> HappeningDocument<'a> {
    HappeningDocument {
        moment: happening.moment.index(),
        kind: happening.kind.name(),
        says: &happening.says,
        how: &happening.how,
        at: &happening.at,
        place: place_document(happening.place, places),
        repeated: happening.repeated,
        because: happening.because.iter().map(|fact| fact_document(fact, places)).collect(),
    }
}

fn background_document<'a>(background: &'a Background, places: &Places<'a>) -> BackgroundDocument<'a> {
    BackgroundDocument {
        says: &background.says,
        why: background.why.as_ref().map(|why| Box::new(why_document(why, places))),
    }
}
