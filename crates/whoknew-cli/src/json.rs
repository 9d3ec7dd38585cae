//! Findings for programs. The form is described in docs/check-json.md and docs/schema/check-1.json.

use crate::places::{Places, Point};
use crate::status::Status;
use crate::story::Checked;
use serde::Serialize;
use whoknew::check::Summary;
use whoknew::diagnostic::{Diagnostic, Label, Proposal, Severity};
use whoknew::source::{Origin, Span};

/// Grows when a reader of the form before would misread this one.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    path: &'a str,
    status: u8,
    findings: Vec<FindingDocument<'a>>,
    summary: SummaryDocument,
}

/// A finding.
#[derive(Serialize)]
pub struct FindingDocument<'a> {
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    title: &'a str,
    primary: Option<LabelDocument<'a>>,
    secondary: Vec<LabelDocument<'a>>,
    notes: &'a [String],
    help: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    proposals: Vec<ProposalDocument<'a>>,
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed: Option<&'a str>,
}

/// Lines that would close a hole.
#[derive(Serialize)]
struct ProposalDocument<'a> {
    before: LabelDocument<'a>,
    lines: &'a [String],
    explained: bool,
    reasons: &'a [String],
}

/// A place in a text.
#[derive(Serialize)]
pub struct LabelDocument<'a> {
    file: &'a str,
    origin: &'a str,
    start: PointDocument,
    end: PointDocument,
    text: &'a str,
    label: &'a str,
}

#[derive(Serialize)]
struct PointDocument {
    byte: usize,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct SummaryDocument {
    errors: usize,
    warnings: usize,
    notes: usize,
    expected: usize,
    allowed: usize,
    scenes: usize,
    events: usize,
    characters: usize,
    assumptions: usize,
    tests: usize,
    failed_tests: usize,
}

/// An answer to one question about a story, or what is wrong with the story or the question: the form of `why` and `whatif`.
#[derive(Serialize)]
pub struct AnswerDocument<'a, A> {
    version: u32,
    path: &'a str,
    status: u8,
    problems: Vec<FindingDocument<'a>>,
    answer: Option<A>,
}

impl<'a, A: Serialize> AnswerDocument<'a, A> {
    /// The form's `version`, the story's `path`, and what came of the question.
    pub fn new(
        version: u32,
        path: &'a str,
        status: Status,
        (problems, answer): (&'a [Diagnostic], Option<A>),
        places: &Places<'a>,
    ) -> Self {
        let problems = problems.iter().map(|problem| finding_document(problem, places)).collect();
        Self { version, path, status: status.number(), problems, answer }
    }
}

/// A document as one line.
pub fn line(document: &impl Serialize) -> String {
    // Plain structures with text keys always serialise.
    serde_json::to_string(document).unwrap_or_default() + "\n"
}

/// The whole check as one line of JSON.
pub fn document(checked: &Checked) -> String {
    let places = Places::new(&checked.sources);
    let document = Document {
        version: VERSION,
        path: &checked.path,
        status: checked.status().number(),
        findings: checked.findings.iter().map(|finding| finding_document(finding, &places)).collect(),
        summary: summary_document(&checked.summary),
    };
    line(&document)
}

/// A finding, with its places.
pub fn finding_document<'a>(finding: &'a Diagnostic, places: &Places<'a>) -> FindingDocument<'a> {
    FindingDocument {
        code: finding.code.id,
        name: finding.code.name,
        severity: severity(finding.severity),
        title: &finding.title,
        primary: finding.primary.as_ref().map(|label| label_document(label, places)),
        secondary: finding.secondary.iter().map(|label| label_document(label, places)).collect(),
        notes: &finding.notes,
        help: &finding.help,
        proposals: finding.proposals.iter().map(|proposal| proposal_document(proposal, places)).collect(),
        expected: finding.expected.as_deref(),
        allowed: finding.allowed.as_deref(),
    }
}

fn proposal_document<'a>(proposal: &'a Proposal, places: &Places<'a>) -> ProposalDocument<'a> {
    ProposalDocument {
        before: place_document(proposal.before, places),
        lines: &proposal.lines,
        explained: proposal.explained,
        reasons: &proposal.reasons,
    }
}

fn label_document<'a>(label: &'a Label, places: &Places<'a>) -> LabelDocument<'a> {
    LabelDocument { label: &label.text, ..place_document(label.span, places) }
}

/// A place without a label.
pub fn place_document<'a>(span: Span, places: &Places<'a>) -> LabelDocument<'a> {
    let source = places.source(span.file);
    let (start, end) = places.points(span);
    LabelDocument {
        file: &source.name,
        origin: match source.origin {
            Origin::Story => "story",
            Origin::Pack => "pack",
        },
        start: point_document(start),
        end: point_document(end),
        text: &source.text[places.range(span)],
        label: "",
    }
}

fn point_document(point: Point) -> PointDocument {
    PointDocument { byte: point.byte, line: point.line, column: point.column }
}

fn summary_document(summary: &Summary) -> SummaryDocument {
    SummaryDocument {
        errors: summary.errors,
        warnings: summary.warnings,
        notes: summary.notes,
        expected: summary.expected,
        allowed: summary.allowed,
        scenes: summary.scenes,
        events: summary.events,
        characters: summary.characters,
        assumptions: summary.assumptions,
        tests: summary.tests,
        failed_tests: summary.failed_tests,
    }
}

/// The word for a severity.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
