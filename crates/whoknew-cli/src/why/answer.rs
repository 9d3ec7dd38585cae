//! Loading a story and answering one question why.

use super::WhyOptions;
use super::question::{self, Question};
use crate::status::Status;
use crate::story::Checked;
use whoknew::ask::why::{E0823, Why};
use whoknew::ask::why_not::WhyNot;
use whoknew::ask::{Point, Spot, Story};
use whoknew::diagnostic::Diagnostic;
use whoknew::ground::Limits;
use whoknew::source::{Files, Sources, Span};
use whoknew::world::{EventTerm, LineContent, say};

/// What came of a question.
pub struct Answered {
    /// The texts that were read.
    pub sources: Sources,
    /// What is wrong with the story or the question.
    pub problems: Vec<Diagnostic>,
    /// The answer.
    pub answer: Option<Answer>,
}

/// An answer.
pub enum Answer {
    /// Why it is so.
    Because(Box<Why>),
    /// Why it cannot happen, or is not so; or that it can, or is.
    Missing {
        /// What is missing.
        why_not: Box<WhyNot>,
        /// Acts with which it would come about.
        acts: Vec<String>,
    },
    /// What is told cannot happen.
    Impossible(Box<WhyNot>),
    /// It is not so, or nobody can have thought so.
    NotSo {
        /// What.
        says: String,
        /// When.
        at: String,
    },
}

impl Answered {
    /// Of what cannot be used at all.
    pub fn unusable(wrong: Checked) -> Self {
        Self { sources: wrong.sources, problems: wrong.findings, answer: None }
    }

    /// The exit status.
    pub fn status(&self) -> Status {
        match &self.answer {
            Some(Answer::Because(_)) => Status::Sound,
            Some(Answer::Missing { why_not, .. }) if why_not.missing.is_empty() => Status::Holes,
            Some(Answer::Missing { .. }) => Status::Sound,
            Some(Answer::NotSo { .. } | Answer::Impossible(_)) => Status::Holes,
            None => Status::Unusable,
        }
    }
}

/// Answers the question `text`, as `options` say.
pub fn answer(path: &str, files: &dyn Files, (text, options): (&str, &WhyOptions)) -> Answered {
    let (loaded, question) = question::read(path, files, text);
    let (sources, mut problems) = (loaded.sources, loaded.diagnostics);
    let answer = match (&loaded.world, question) {
        (Some(world), Some(question)) => {
            problems.clear();
            match answered(world, &question, options) {
                Ok(answer) => Some(answer),
                Err(wrong) => {
                    problems = wrong;
                    None
                }
            }
        }
        _ => None,
    };
    Answered { sources, problems, answer }
}

fn answered(
    world: &whoknew::world::World,
    question: &Question,
    options: &WhyOptions,
) -> Result<Answer, Vec<Diagnostic>> {
    let mut story = Story::new(world, &Limits::default())?;
    let one = |message: Diagnostic| vec![message];
    let at = match &options.at {
        Some(text) => Some(story.point(text).map_err(one)?),
        None => None,
    };
    let when = at.clone().unwrap_or_else(|| story.end());
    if options.not.is_some() {
        let why_not = missing(&mut story, question, &when).map_err(one)?;
        let acts =
            if why_not.missing.is_empty() { Vec::new() } else { acts(&mut story, question, &when).map_err(one)? };
        return Ok(Answer::Missing { why_not: Box::new(why_not), acts });
    }
    let (why, says, point) = match question {
        Question::Statement(statement) => {
            let why = story.why(statement, &when).map_err(one)?;
            (why, say::statement(world, statement), when)
        }
        Question::Point(text) => {
            let point = story.point(text).map_err(one)?;
            happened(&mut story, point)?
        }
        Question::Line(line) => {
            let within = at.as_ref().and_then(Point::scene);
            let point = match at.as_ref().map(Point::spot) {
                Some(Spot::Event { .. }) if story.tellings_of(line, within).len() > 1 => when,
                _ => story.told(line, within).map_err(one)?,
            };
            happened(&mut story, point)?
        }
    };
    if let Some(why) = why {
        return Ok(Answer::Because(Box::new(why)));
    }
    if let Some(event) = told_event(&story, &point).filter(|_| !matches!(question, Question::Statement(_))) {
        let why_not = story.why_not_told(event, &point).map_err(one)?;
        if !why_not.missing.is_empty() {
            return Ok(Answer::Impossible(Box::new(WhyNot { at: point.to_string(), ..why_not })));
        }
    }
    Ok(Answer::NotSo { says, at: point.to_string() })
}

/// The event that is told at `point`.
fn told_event<'w>(story: &Story<'w>, point: &Point) -> Option<&'w EventTerm> {
    let Spot::Event { scene, line, .. } = point.spot() else { return None };
    match &story.telling().scenes[scene.index()].lines[line].content {
        LineContent::Event(told) => Some(&told.event),
        _ => None,
    }
}

/// Acts with which it would come about; of an event that is told they are the help of `check`.
fn acts(story: &mut Story<'_>, question: &Question, when: &Point) -> Result<Vec<String>, Diagnostic> {
    match question {
        Question::Statement(statement) => story.how(statement, when),
        Question::Line(line) => match &line.content {
            LineContent::Event(told) => story.how_event(&told.event, when),
            _ => Ok(Vec::new()),
        },
        Question::Point(_) => Ok(Vec::new()),
    }
}

fn missing(story: &mut Story<'_>, question: &Question, when: &Point) -> Result<WhyNot, Diagnostic> {
    match question {
        Question::Statement(statement) => story.why_not(statement, when),
        Question::Line(line) => match &line.content {
            LineContent::Event(told) => story.why_not_event(&told.event, when),
            _ => Err(nothing_to_ask(line.span.into(), "only an event, or a statement, can be missing something")),
        },
        Question::Point(text) => {
            let point = story.point(text)?;
            match told_event(story, &point) {
                Some(event) => story.why_not_told(event, &point),
                None => Err(nothing_to_ask(story.span(&point), &format!("{point} is no event"))),
            }
        }
    }
}

fn nothing_to_ask(span: Option<Span>, title: &str) -> Diagnostic {
    Diagnostic::new(&E0823, title, span).help("name an event, as `SCENE.EVENT`, or write the event or the statement")
}

fn happened(story: &mut Story<'_>, point: Point) -> Result<(Option<Why>, String, Point), Vec<Diagnostic>> {
    // What is told, but so already, is left out.
    let says = story.says(&point).or_else(|| Some(say::event(story.world(), told_event(story, &point)?)));
    match (says, point.spot()) {
        (Some(says), Spot::Event { .. }) => {
            let why = story.why_happened(&point).map_err(|message| vec![message])?;
            Ok((why, says, point))
        }
        _ => {
            let title = format!("{point} is no event that could be explained");
            let scene = point.scene().map(|scene| story.telling().scenes[scene.index()].label.clone());
            let first = scene.map_or_else(|| "`SCENE.EVENT`".to_owned(), |label| format!("`{label}.1` for its first"));
            let help = format!("name an event, as {first}, or a statement to explain with `--at`");
            Err(vec![Diagnostic::new(&E0823, title, story.span(&point)).help(help)])
        }
    }
}
