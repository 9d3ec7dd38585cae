//! Names, lists of names, kinds, texts in quotation marks.

use super::{Parser, is_any};
use crate::syntax::SyntaxKind;

/// Words that end a name inside formulas and effects.
const RESERVED: [&str; 21] = [
    "and", "or", "not", "if", "else", "is", "are", "believes", "believe", "thinks", "think", "knows", "know",
    "wonders", "wonder", "learns", "forgets", "that", "whether", "yes", "no",
];

/// How many tokens a name in a formula may have.
const MAX_NAME: usize = 24;

/// Words that end a name in a list.
const JOINTS: [&str; 2] = ["and", "if"];

impl Parser<'_> {
    /// One word as a name.
    pub(super) fn word_name(&mut self, what: &str) -> bool {
        if !self.at(SyntaxKind::Word) {
            self.expected(what);
            return false;
        }
        self.open(SyntaxKind::Name);
        self.bump();
        self.close();
        true
    }

    /// A name of one or more words that ends before any of `ends`.
    pub(super) fn name(&mut self, what: &str, ends: &[&str]) -> bool {
        if !self.at(SyntaxKind::Word) || self.at_any_word(ends) {
            self.expected(what);
            return false;
        }
        self.open(SyntaxKind::Name);
        self.bump();
        while self.goes_on_name(ends) {
            self.bump();
        }
        self.close();
        true
    }

    fn goes_on_name(&self, ends: &[&str]) -> bool {
        match self.kind() {
            Some(SyntaxKind::Word) => !self.at_any_word(ends),
            Some(SyntaxKind::Possessive | SyntaxKind::Number) => true,
            _ => false,
        }
    }

    /// A name that reaches to the token `end`.
    pub(super) fn name_up_to(&mut self, end: usize) {
        self.open(SyntaxKind::Name);
        while self.index(0).is_some_and(|index| index < end) {
            self.bump();
        }
        self.close();
    }

    /// Names joined by commas or `and`.
    pub(super) fn names(&mut self, what: &str) {
        self.open(SyntaxKind::Names);
        while self.name(what, &JOINTS) {
            let comma = self.eat(SyntaxKind::Comma);
            if !self.eat_word("and") && !comma {
                break;
            }
        }
        self.close();
    }

    /// Kinds joined by `joint`: `place or container`.
    pub(super) fn kinds(&mut self, joint: &str) {
        self.open(SyntaxKind::Kinds);
        while self.word_name("the name of a kind") && self.eat_word(joint) {}
        self.close();
    }

    /// A text in quotation marks.
    pub(super) fn string(&mut self, what: &str) -> bool {
        let found = self.eat(SyntaxKind::String);
        if !found {
            self.expected(what);
        }
        found
    }

    /// How many tokens the name at `ahead` has in a formula; 0 if none begins there.
    pub(super) fn formula_name_length(&self, ahead: usize) -> usize {
        let mut length = 0;
        loop {
            let goes_on = match self.kind_ahead(ahead + length) {
                Some(SyntaxKind::Word) => {
                    let word = self.word_ahead(ahead + length);
                    let may_follow = length > 0 && is_any(word, &["yes", "no"]);
                    (may_follow || !is_any(word, &RESERVED)) && !self.is_denial(ahead + length)
                }
                Some(SyntaxKind::Possessive | SyntaxKind::Number) => length > 0,
                _ => false,
            };
            if !goes_on || length == MAX_NAME {
                return length;
            }
            length += 1;
        }
    }

    /// Whether `does not` or `do not` stands there.
    pub(super) fn is_denial(&self, ahead: usize) -> bool {
        is_any(self.word_ahead(ahead), &["does", "do"]) && self.at_word_ahead(ahead + 1, "not")
    }

    /// A name in a formula, of `length` tokens.
    pub(super) fn formula_name(&mut self, length: usize) {
        self.open(SyntaxKind::Name);
        for _ in 0..length {
            self.bump();
        }
        self.close();
    }
}
