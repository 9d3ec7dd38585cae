//! How mistakes are reported: one message a line, in an author's words.

use super::{MAX_DEPTH, Parser};
use crate::{
    diagnostic::{Code, Diagnostic},
    source::Span,
    syntax::{SyntaxKind, codes},
};

/// How many mistakes of one text are reported.
const MAX_ERRORS: usize = 200;

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

    /// Whether the last mistake is the mixed indentation of the line that begins at `span`: what follows from it is none.
    fn is_indentation_mixed_at(&self, span: Span) -> bool {
        self.errors.last().is_some_and(|last| {
            last.code == &codes::MIXED && last.primary.as_ref().is_some_and(|label| label.span == span)
        })
    }

    /// Reports that something else should stand here.
    pub(super) fn expected(&mut self, what: &str) {
        self.expected_with(what, "");
    }

    /// The same, with help.
    pub(super) fn expected_with(&mut self, what: &str, help: &str) {
        if self.failed {
            return;
        }
        let span = self.here();
        match self.kind() {
            Some(SyntaxKind::Stray) => return self.fail_stray(),
            Some(SyntaxKind::OpenString) => return self.fail_open_string(),
            Some(SyntaxKind::CloseBracket) if !self.is_inside_brackets() => {
                return self.fail(&codes::BRACKET, "this bracket closes nothing", span, "");
            }
            _ => {}
        }
        let found = self.found();
        self.fail(&codes::EXPECTED, format!("expected {what}, found {found}"), span, help);
    }

    /// The next token in words.
    pub(super) fn found(&self) -> String {
        match self.index(0) {
            None => "the end of the line".to_owned(),
            Some(index) if self.tokens[index].kind == SyntaxKind::String => "a text in quotation marks".to_owned(),
            Some(index) => format!("`{}`", self.text_of(index)),
        }
    }

    /// Whether a bracket of this line is open before the current place.
    fn is_inside_brackets(&self) -> bool {
        let start = self.lines.get(self.line).map_or(self.position, |line| line.start);
        let mut open = 0_usize;
        for token in self.tokens.get(start..self.position).unwrap_or_default() {
            match token.kind {
                SyntaxKind::OpenBracket => open += 1,
                SyntaxKind::CloseBracket => open = open.saturating_sub(1),
                _ => {}
            }
        }
        open > 0
    }

    /// Reports the stray character at the current place.
    fn fail_stray(&mut self) {
        let Some(index) = self.index(0) else { return };
        let text = self.text_of(index);
        let help = match text {
            "." | "!" | ";" => "a line needs no mark at its end",
            "'" | "’" | "‘" | "`" => "an apostrophe stands inside a word, or ends one: `Ada's`",
            "{" | "}" => {
                "a pattern stands in quotation marks: `\"{who} is here\"`; elsewhere write round brackets `( )`"
            }
            "[" | "]" => "write round brackets `( )`",
            "&" => "write `and`",
            "|" => "write `or`",
            "–" | "—" | "−" => "write `-`",
            "≠" => "write `!=`",
            "≤" => "write `<=`",
            "≥" => "write `>=`",
            "×" => "write `*`",
            "”" | "»" | "«" => "write quotation marks as `\"…\"`",
            _ => "",
        };
        let shown = text.escape_debug();
        let title = if text.chars().any(char::is_control) {
            format!("the invisible character `{shown}` has no meaning here")
        } else {
            format!("`{text}` has no meaning here")
        };
        self.fail(&codes::STRAY, title, self.span(index), help);
    }

    fn fail_open_string(&mut self) {
        let span = self.here();
        let help = "end the text with `\"` on the same line";
        self.fail(&codes::OPEN_STRING, "this quotation mark has no partner on its line", span, help);
    }

    pub(super) fn fail_too_deep(&mut self) {
        let span = self.here();
        let title = format!("this is nested deeper than {MAX_DEPTH} levels");
        self.fail(&codes::TOO_DEEP, title, span, "name a part of it with a `fact` that `means` it");
    }

    /// Reports a mistake of indentation, whatever else is wrong with the line.
    pub(super) fn fail_indentation(&mut self, code: &'static Code, title: &str, span: Span, help: &str) {
        self.push(Diagnostic::new(code, title, Some(span)).help(help));
    }
}
