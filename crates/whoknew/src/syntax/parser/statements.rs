//! Sentences and events: a line that holds a bracket or comparison sign is a formula or call, every other a sentence.

use super::Parser;
use crate::syntax::{SyntaxKind, codes};

impl Parser<'_> {
    /// A sentence, or a formula if the line has a sign of one.
    pub(super) fn statement(&mut self) {
        if self.line_has_sign() {
            self.formula();
        } else {
            self.sentence("a statement, such as `Ada believes the marble is in the basket`");
        }
    }

    /// An event in words or as a call.
    pub(super) fn event(&mut self) {
        if !self.line_has_sign() {
            return self.sentence("an event, such as `Ada puts the marble in the basket`");
        }
        if self.at(SyntaxKind::Word) && self.kind_ahead(1) == Some(SyntaxKind::OpenBracket) {
            self.call();
            if self.kind().is_some_and(SyntaxKind::is_comparison) || self.at_any_word(&["is", "and", "or"]) {
                self.fail_event();
            }
        } else if matches!(self.kind(), Some(SyntaxKind::Word)) {
            self.fail_event();
        } else {
            self.expected("an event");
        }
    }

    fn fail_event(&mut self) {
        let span = self.here();
        let title = "a formula is no event: with a bracket or comparison sign, an event is a call of an action";
        let help = "write `claim …` to check a formula, `put(Ada, marble, box)` for an event, or the event in words";
        self.fail(&codes::NOT_AN_EVENT, title, span, help);
        self.skip_rest();
    }

    /// Words, commas and numbers up to the end of the line or a text in quotation marks.
    fn sentence(&mut self, what: &str) {
        if self.at_end() || self.at(SyntaxKind::String) {
            return self.expected(what);
        }
        let mark = self.mark();
        while self.at_sentence_token() {
            self.bump();
        }
        if self.at_end() || self.at(SyntaxKind::String) {
            self.open_at(mark, SyntaxKind::Sentence);
        } else {
            self.expected("a word");
            while !self.at_end() {
                self.bump();
            }
            self.open_at(mark, SyntaxKind::Error);
        }
        self.close();
    }

    fn at_sentence_token(&self) -> bool {
        match self.kind() {
            Some(SyntaxKind::Minus) => self.kind_ahead(1) == Some(SyntaxKind::Number),
            Some(
                SyntaxKind::Word
                | SyntaxKind::Possessive
                | SyntaxKind::Number
                | SyntaxKind::Clock
                | SyntaxKind::Date
                | SyntaxKind::Comma
                | SyntaxKind::Colon
                | SyntaxKind::QuestionMark,
            ) => true,
            _ => false,
        }
    }
}
