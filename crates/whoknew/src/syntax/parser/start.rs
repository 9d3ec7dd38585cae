//! The lines of a `start` block.

use super::Parser;
use crate::syntax::SyntaxKind;

impl Parser<'_> {
    /// `start` and its block.
    pub(super) fn start(&mut self) {
        self.open(SyntaxKind::Start);
        self.bump();
        self.end_line();
        self.expected_block(Self::start_line);
        self.close();
    }

    fn start_line(&mut self) {
        self.open(SyntaxKind::StartLine);
        if self.at_word("known") && self.at_word_ahead(1, "to") {
            self.bump();
            self.bump();
            self.names("the name of a character");
            self.scope_colon();
            self.start_content();
        } else if self.at_word("told") && self.at_word_ahead(1, "to") {
            self.bump();
            self.bump();
            self.eat_word("the");
            if !self.eat_word("reader") {
                self.expected("`reader`");
            }
            self.scope_colon();
            self.statement();
        } else {
            self.start_content();
        }
        self.end_line();
        self.no_block();
        self.close();
    }

    fn scope_colon(&mut self) {
        if !self.eat(SyntaxKind::Colon) {
            self.expected("`:` and what is known");
        }
    }

    fn start_content(&mut self) {
        if self.line_has_sign() {
            self.effect();
        } else {
            self.statement();
        }
    }
}
