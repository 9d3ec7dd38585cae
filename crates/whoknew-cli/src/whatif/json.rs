//! The differences for programs. The form is described in docs/whatif-json.md and docs/schema/whatif-1.json.

use super::answer::Answered;
use crate::json::{self, FindingDocument, LabelDocument, finding_document, place_document};
use crate::places::Places;
use crate::why::{NeedDocument, need_document};
use serde::Serialize;
use whoknew::ask::what_if::{BeliefChange, Gone, ReasonChange, WhatIf};

/// Grows when a reader of the form before would misread this one.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Differences<'a> {
    changes: &'a [String],
    gone: Vec<GoneDocument<'a>>,
    reasons: Vec<ReasonDocument<'a>>,
    beliefs: Vec<BeliefDocument<'a>>,
    facts: Vec<FactDocument<'a>>,
    findings: Vec<ChangeDocument<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct GoneDocument<'a> {
    says: &'a str,
    at: &'a str,
    place: LabelDocument<'a>,
    why: &'static str,
    missing: Vec<NeedDocument<'a>>,
}

#[derive(Serialize)]
struct ReasonDocument<'a> {
    who: &'a str,
    says: &'a str,
    at: &'a str,
    place: LabelDocument<'a>,
    gains: bool,
}

#[derive(Serialize)]
struct BeliefDocument<'a> {
    believers: &'a [String],
    told: &'a str,
    changed: &'a str,
    first: &'a str,
    lasts: bool,
}

#[derive(Serialize)]
struct FactDocument<'a> {
    told: &'a str,
    changed: &'a str,
}

#[derive(Serialize)]
struct ChangeDocument<'a> {
    appears: bool,
    finding: FindingDocument<'a>,
}

/// The whole answer as one line of JSON.
pub fn document(path: &str, answered: &Answered) -> String {
    let places = Places::new(&answered.sources);
    let answer = answered.answer.as_ref().map(|answer| answer_document(answer, &places));
    json::line(&json::AnswerDocument::new(VERSION, path, answered.status(), (&answered.problems, answer), &places))
}

fn answer_document<'a>(answer: &'a WhatIf, places: &Places<'a>) -> Differences<'a> {
    let gone = |gone: &'a Gone| GoneDocument {
        says: &gone.says,
        at: &gone.at,
        place: place_document(gone.place, places),
        why: gone.why.name(),
        missing: gone.missing.iter().map(|missing| need_document(missing, places)).collect(),
    };
    let reason = |change: &'a ReasonChange| ReasonDocument {
        who: &change.name,
        says: &change.says,
        at: &change.at,
        place: place_document(change.place, places),
        gains: change.gains,
    };
    let belief = |change: &'a BeliefChange| BeliefDocument {
        believers: &change.names,
        told: &change.told,
        changed: &change.changed,
        first: &change.first,
        lasts: change.lasts,
    };
    Differences {
        changes: &answer.changes,
        gone: answer.gone.iter().map(gone).collect(),
        reasons: answer.reasons.iter().map(reason).collect(),
        beliefs: answer.beliefs.iter().map(belief).collect(),
        facts: answer.facts.iter().map(|fact| FactDocument { told: &fact.told, changed: &fact.changed }).collect(),
        findings: answer
            .findings
            .iter()
            .map(|change| ChangeDocument {
                appears: change.appears,
                finding: finding_document(&change.finding, places),
            })
            .collect(),
        notes: &answer.notes,
    }
}
