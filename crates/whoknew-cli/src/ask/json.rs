//! Answers for programs. The form is described in docs/ask-json.md and docs/schema/ask-1.json.

use super::data::{BesideDocument, HeldDocument, beside_document, held_document};
use crate::json;
use crate::places::Places;
use crate::status::Status;
use serde::Serialize;
use whoknew::ask::question::Asking;
use whoknew::ask::{Answer, Point, Said, Spot, Story, Verdict};
use whoknew::diagnostic::{Diagnostic, Severity};
use whoknew::source::Sources;
use whoknew::world::World;

/// Grows when a reader of the form before would misread this one.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    path: &'a str,
    status: u8,
    at: Option<PointDocument>,
    question: Option<&'a str>,
    form: Option<&'a str>,
    answer: Option<AnswerDocument<'a>>,
    errors: Vec<ErrorDocument<'a>>,
}

#[derive(Serialize)]
pub struct PointDocument {
    name: String,
    scene: Option<usize>,
    event: Option<usize>,
}

#[derive(Serialize)]
struct AnswerDocument<'a> {
    verdict: &'a str,
    text: &'a str,
    characters: Vec<&'a str>,
    facts: Vec<SaidDocument<'a>>,
    more: usize,
    because: Vec<SaidDocument<'a>>,
    #[serde(flatten)]
    beside: BesideDocument<'a>,
}

#[derive(Serialize)]
struct SaidDocument<'a> {
    text: &'a str,
    scene: Option<usize>,
    file: Option<&'a str>,
    line: Option<usize>,
    data: Vec<HeldDocument<'a>>,
}

#[derive(Serialize)]
struct ErrorDocument<'a> {
    code: &'a str,
    title: &'a str,
    help: &'a [String],
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
}

/// An answer as one line of JSON.
pub fn answer(
    (path, point, story): (&str, &Point, &Story<'_>),
    question: &str,
    (asking, answer): (&Asking, &Answer),
    sources: &Sources,
) -> String {
    let places = Places::new(sources);
    let world = story.world();
    let name = |entity: &whoknew::world::EntityId| world.entities[entity.index()].name.as_str();
    let document = Document {
        version: VERSION,
        path,
        status: Status::Sound.number(),
        at: Some(point_document(point)),
        question: Some(question),
        form: Some(asking.form.name),
        answer: Some(AnswerDocument {
            verdict: match answer.verdict {
                Verdict::Yes => "yes",
                Verdict::No => "no",
                Verdict::Characters => "characters",
                Verdict::Facts => "facts",
            },
            text: &answer.says,
            characters: answer.characters.iter().map(name).collect(),
            facts: said_documents(&answer.facts, (world, &places)),
            more: answer.more,
            because: said_documents(&answer.because, (world, &places)),
            beside: beside_document(world, &answer.data),
        }),
        errors: Vec::new(),
    };
    json::line(&document)
}

/// Why there is no answer, as one line of JSON.
pub fn refusal(
    (path, point): (&str, Option<&Point>),
    question: Option<&str>,
    diagnostics: &[Diagnostic],
    sources: &Sources,
) -> String {
    let places = Places::new(sources);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let document = Document {
        version: VERSION,
        path,
        status: Status::Unusable.number(),
        at: point.map(point_document),
        question,
        form: None,
        answer: None,
        errors: errors.map(|error| error_document(error, &places)).collect(),
    };
    json::line(&document)
}

/// A point.
pub fn point_document(point: &Point) -> PointDocument {
    let event = match point.spot() {
        Spot::Event { number, .. } => Some(number),
        Spot::Opening(_) => Some(0),
        Spot::Start | Spot::Scene(_) | Spot::End => None,
    };
    PointDocument { name: point.to_string(), scene: point.scene().map(|scene| scene.index() + 1), event }
}

fn said_documents<'a>(all: &'a [Said], in_words: (&'a World, &Places<'a>)) -> Vec<SaidDocument<'a>> {
    all.iter().map(|said| said_document(said, in_words)).collect()
}

fn said_document<'a>(said: &'a Said, (world, places): (&'a World, &Places<'a>)) -> SaidDocument<'a> {
    let place = said.span.map(|span| (places.source(span.file).name.as_str(), places.points(span).0.line));
    SaidDocument {
        text: &said.text,
        scene: said.scene.map(|scene| scene.index() + 1),
        file: place.map(|(file, _)| file),
        line: place.map(|(_, line)| line),
        data: said.data.iter().map(|held| held_document(world, held)).collect(),
    }
}

fn error_document<'a>(error: &'a Diagnostic, places: &Places<'a>) -> ErrorDocument<'a> {
    let place = error.primary.as_ref().map(|label| {
        let start = places.points(label.span).0;
        (places.source(label.span.file).name.as_str(), start.line, start.column)
    });
    ErrorDocument {
        code: error.code.id,
        title: &error.title,
        help: &error.help,
        file: place.map(|(file, ..)| file),
        line: place.map(|(_, line, _)| line),
        column: place.map(|(.., column)| column),
    }
}
