//! How mistakes are reported: one message a line, in an author's words; a habit that shows on many lines has one
//! message for all of them.

use super::{MAX_DEPTH, Parser, models};
use crate::{
    diagnostic::{Code, Diagnostic},
    source::Span,
    syntax::{SyntaxKind, codes},
};

/// How many mistakes of one text are reported.
const MAX_ERRORS: usize = 200;

/// What to do about words that somebody says in a scene.
const SPEECH: &str = "what is said is told as a statement, after `that`: `Ada tells Ben that the box is empty`";

/// A mistake of which a text is full, such as bullets before its lines: one message speaks for all of them.
pub(super) struct Habit {
    /// What the mistake is.
    key: String,
    /// Its message.
    error: usize,
    /// On how many further lines it stands.
    further: usize,
}

impl Parser<'_> {
    /// Reports a mistake, unless the line has one already.
    fn report(&mut self, error: Diagnostic) {
        if std::mem::replace(&mut self.failed, true) {
            return;
        }
        self.push(error);
    }

    fn push(&mut self, error: Diagnostic) {
        match self.errors.len() {
            MAX_ERRORS => {
                let span = error.primary.map(|label| label.span);
                let title = format!("more than {MAX_ERRORS} mistakes: those from here on are not reported");
                self.errors.push(Diagnostic::new(&codes::TOO_MANY, title, span));
            }
            count if count < MAX_ERRORS => self.errors.push(error),
            _ => {}
        }
    }

    /// Reports a mistake at `span`, with `help` if it is not empty.
    pub(super) fn fail(&mut self, code: &'static Code, title: impl Into<String>, span: Span, help: &str) {
        if self.failed || self.is_indentation_mixed_at(span) {
            return;
        }
        let mut error = Diagnostic::new(code, title, Some(span));
        if !help.is_empty() {
            error = error.help(help);
        }
        self.report(error);
    }

    /// Reports a mistake that also has to do with another place.
    pub(super) fn fail_with_label(
        &mut self,
        code: &'static Code,
        title: &str,
        span: Span,
        (other, help): (Option<Span>, &str),
    ) {
        if self.failed || self.is_indentation_mixed_at(span) {
            return;
        }
        let mut error = Diagnostic::new(code, title, Some(span)).help(help);
        if let Some(other) = other {
            error = error.label(other, "");
        }
        self.report(error);
    }

    /// The same, for a mistake that whoever makes it makes on many lines: `key` tells which.
    pub(super) fn fail_habit(&mut self, key: &str, code: &'static Code, title: &str, span: Span, help: &str) {
        if self.failed {
            return;
        }
        if let Some(habit) = self.habits.iter_mut().find(|habit| habit.key == key) {
            habit.further += 1;
            self.failed = true;
            return;
        }
        if self.errors.len() < MAX_ERRORS {
            self.habits.push(Habit { key: key.to_owned(), error: self.errors.len(), further: 0 });
        }
        self.fail(code, title, span, help);
    }

    /// Notes in the messages of habits how often they show.
    pub(super) fn count_habits(&mut self) {
        for habit in std::mem::take(&mut self.habits) {
            let lines = if habit.further == 1 { "line" } else { "lines" };
            if let Some(error) = self.errors.get_mut(habit.error).filter(|_| habit.further > 0) {
                error.notes.push(format!("the same on {} further {lines}", habit.further));
            }
        }
    }

    /// Whether the last mistake is the mixed indentation of the line that begins at `span`: what follows from it is none.
    fn is_indentation_mixed_at(&self, span: Span) -> bool {
        self.errors.last().is_some_and(|last| {
            last.code == &codes::MIXED && last.primary.as_ref().is_some_and(|label| label.span.end == span.start)
        })
    }

    /// Reports that something else should stand here.
    pub(super) fn expected(&mut self, what: &str) {
        self.expected_with(what, "");
    }

    /// The same, with help. Without, the form of such a line is shown.
    pub(super) fn expected_with(&mut self, what: &str, help: &str) {
        if self.failed {
            return;
        }
        let span = self.here();
        match self.kind() {
            Some(SyntaxKind::Stray) => return self.fail_stray(),
            Some(SyntaxKind::OpenString) => return self.fail_open_string(),
            Some(SyntaxKind::CloseBracket) if self.innermost_bracket().is_none() => {
                return self.fail(&codes::BRACKET, "this bracket closes nothing", span, "leave it out");
            }
            Some(SyntaxKind::Slash) if self.begins_foreign_comment() => return self.fail_foreign_comment(),
            None if self.innermost_bracket().is_some() => return self.fail_open_bracket(),
            _ => {}
        }
        let help = match (self.joined_with_below(), help) {
            _ if self.is_after_text() => {
                "a text holds no quotation marks of its own: write `'` inside, as in `\"{who} says 'no'\"`".to_owned()
            }
            (None, "") if self.construct == Some(SyntaxKind::EventLine) && self.at(SyntaxKind::String) => {
                SPEECH.to_owned()
            }
            (Some(joined), _) => {
                format!("a line goes on below only inside brackets, or before `and` or `or`; write `{joined}`")
            }
            (None, "") => self.model(),
            (None, help) => help.to_owned(),
        };
        let found = self.found();
        self.fail(&codes::EXPECTED, format!("expected {what}, found {found}"), span, &help);
    }

    /// Whether a text in quotation marks ended directly before the current place.
    fn is_after_text(&self) -> bool {
        let Some(before) = self.index(0).and_then(|index| index.checked_sub(1)) else { return false };
        self.tokens[before].kind == SyntaxKind::String
            && matches!(self.kind(), Some(SyntaxKind::Word | SyntaxKind::String))
    }

    /// How the current line is written, for one who does not know.
    fn model(&self) -> String {
        self.construct.and_then(models::model).map_or_else(String::new, |model| format!("as in `{model}`"))
    }

    /// The next token in words.
    pub(super) fn found(&self) -> String {
        match self.index(0) {
            None => "the end of the line".to_owned(),
            Some(index) if self.tokens[index].kind == SyntaxKind::String => "a text in quotation marks".to_owned(),
            Some(index) => format!("`{}`", self.text_of(index)),
        }
    }

    /// The last bracket of this line that is open at the current place.
    pub(super) fn innermost_bracket(&self) -> Option<usize> {
        let start = self.lines.get(self.line).map_or(self.position, |line| line.start);
        let mut open = Vec::new();
        for (offset, token) in self.tokens.get(start..self.position).unwrap_or_default().iter().enumerate() {
            match token.kind {
                SyntaxKind::OpenBracket => open.push(start + offset),
                SyntaxKind::CloseBracket => {
                    open.pop();
                }
                _ => {}
            }
        }
        open.pop()
    }

    /// Reports the innermost bracket that is open at the current place.
    pub(super) fn fail_open_bracket(&mut self) {
        let Some(bracket) = self.innermost_bracket() else { return };
        let help = "put `)` where it ends; further lines inside brackets are indented deeper than the first";
        self.unclosed = Some(self.line);
        self.fail(&codes::BRACKET, "this bracket is never closed", self.span(bracket), help);
    }

    /// Whether this line only goes on with one whose open bracket or quotation mark is reported: it closes more than it
    /// opens.
    pub(super) fn goes_on_unclosed(&self) -> bool {
        if self.line == 0 || self.unclosed != Some(self.line - 1) {
            return false;
        }
        let line = self.lines.get(self.line).and_then(|line| self.tokens.get(line.start..line.end));
        if line.unwrap_or_default().iter().any(|token| token.kind == SyntaxKind::OpenString) {
            return true;
        }
        let count = |wanted: SyntaxKind| {
            let tokens = self.lines.get(self.line).and_then(|line| self.tokens.get(line.start..line.end));
            tokens.unwrap_or_default().iter().filter(|token| token.kind == wanted).count()
        };
        count(SyntaxKind::CloseBracket) > count(SyntaxKind::OpenBracket)
    }

    fn fail_open_string(&mut self) {
        let span = self.here();
        let text = self.index(0).map_or("", |index| self.text_of(index));
        let written = text.trim_start_matches(['"', '“', '„', '«', '「']).trim_end();
        let in_word = self.text[..span.start as usize].ends_with(char::is_alphanumeric);
        self.unclosed = Some(self.line);
        let help = match written.rsplit_once(',') {
            _ if in_word => "names hold no quotation marks: leave it out".to_owned(),
            _ if self.construct == Some(SyntaxKind::EventLine) => SPEECH.to_owned(),
            _ if written.is_empty() => "a text stands between two of them: `\"…\"`".to_owned(),
            Some((title, times)) if self.construct == Some(SyntaxKind::Scene) => {
                format!("end the text on the same line: `\"{}\",{times}`", title.trim_end())
            }
            _ => format!("end the text on the same line: `\"{written}\"`"),
        };
        self.fail(&codes::OPEN_STRING, "this quotation mark has no partner on its line", span, &help);
    }

    pub(super) fn fail_too_deep(&mut self) {
        let title = format!("this is nested deeper than {MAX_DEPTH} levels");
        self.fail_too_much(title);
    }

    /// Reports a formula that has more parts, or is deeper, than is read.
    pub(super) fn fail_too_much(&mut self, title: String) {
        let span = self.here();
        self.fail(&codes::TOO_DEEP, title, span, "name a part of it with a `fact` that `means` it");
    }

    /// Reports a mistake of indentation, whatever else is wrong with the line.
    pub(super) fn fail_indentation(&mut self, code: &'static Code, title: &str, span: Span, help: &str) {
        self.push(Diagnostic::new(code, title, Some(span)).help(help));
    }
}
