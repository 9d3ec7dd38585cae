//! A story that is asked one question after another, at a point that can be changed.

use super::{json, shown, text};
use crate::arguments::Format;
use crate::output::Output;
use crate::status::Status;
use whoknew::ask::{Point, Story, question};
use whoknew::diagnostic::Diagnostic;
use whoknew::source::{Origin, Source, Sources, Span};

/// A story with the point at which it is asked.
pub struct Session<'w> {
    story: Story<'w>,
    sources: Sources,
    path: String,
    format: Format,
    point: Point,
}

impl<'w> Session<'w> {
    /// Asked at the end, for now.
    pub fn new(story: Story<'w>, sources: Sources, path: &str, format: Format) -> Self {
        let point = story.end();
        Self { story, sources, path: path.to_owned(), format, point }
    }

    /// The story.
    pub fn story(&self) -> &Story<'w> {
        &self.story
    }

    /// The point at which it is asked.
    pub fn point(&self) -> &Point {
        &self.point
    }

    /// The first line of the text at `span`.
    pub fn source(&self, span: Span) -> &str {
        self.sources.slice(span).lines().next().unwrap_or_default()
    }

    /// Goes to another point.
    pub fn go_to(&mut self, point: &str) -> Result<(), Diagnostic> {
        self.point = self.story.point(point)?;
        Ok(())
    }

    /// From now on answers list all that there is.
    pub fn list_all(&mut self) {
        self.story.list_all();
    }

    /// Answers one question.
    pub fn ask(&mut self, question: &str, output: &Output) -> Status {
        // The question is a text of its own, so that messages can point into it.
        let mut sources = self.sources.clone();
        let asked = Source { name: "the question".into(), text: question.to_owned(), origin: Origin::Story };
        let file = sources.add(asked);
        let asking = match question::read(&self.story, question, file) {
            Ok(asking) => asking,
            Err(error) => return self.refuse_in(&[error], Some(question), &sources, output),
        };
        let answer = match self.story.answer(&asking, &self.point) {
            Ok(answer) => answer,
            Err(errors) => return self.refuse_in(&errors, Some(question), &sources, output),
        };
        let written = match self.format {
            Format::Human => text::answer(&answer, &self.sources),
            Format::Json => {
                let point = asking.at.as_ref().unwrap_or(&self.point);
                json::answer((&self.path, point, &self.story), question, (&asking, &answer), &self.sources)
            }
        };
        // A reader that has gone away has seen what it wanted.
        let _ = output.write(&written);
        Status::Sound
    }

    /// Shows why something cannot be answered.
    pub fn refuse(&self, diagnostics: &[Diagnostic], question: Option<&str>, output: &Output) -> Status {
        self.refuse_in(diagnostics, question, &self.sources, output)
    }

    fn refuse_in(
        &self,
        diagnostics: &[Diagnostic],
        question: Option<&str>,
        sources: &Sources,
        output: &Output,
    ) -> Status {
        let written = match self.format {
            Format::Human => shown(diagnostics, sources, output),
            Format::Json => json::refusal((&self.path, Some(&self.point)), question, diagnostics, sources),
        };
        let _ = output.write(&written);
        Status::Unusable
    }
}
