//! Sentences, and what stands where a sentence or a formula may stand.

use super::{
    Call, Formula, Token,
    node::{AstNode, ast_node, tokens},
};
use crate::source::Span;

ast_node! {
    /// A run of words, commas and numbers that the declared patterns will read.
    Sentence, Sentence
}

impl Sentence {
    /// Its tokens, without white space: words, possessive endings, numbers, clock times, commas, colons, `?`, `-`.
    pub fn tokens(&self) -> impl Iterator<Item = Token> + use<> {
        let file = self.file();
        tokens(self.syntax()).map(move |syntax| Token::new(syntax, file))
    }
}

/// A statement: what is claimed, assumed, concluded.
#[derive(Clone, Debug)]
pub enum Statement {
    /// In words.
    Sentence(Sentence),
    /// As a formula.
    Formula(Formula),
}

impl Statement {
    /// The first statement directly in the node.
    pub(super) fn of(node: &impl AstNode) -> Option<Self> {
        node.syntax().children().find_map(|child| {
            Sentence::cast(child.clone(), node.file())
                .map(Self::Sentence)
                .or_else(|| Formula::cast(child, node.file()).map(Self::Formula))
        })
    }

    /// Where it is written.
    pub fn span(&self) -> Span {
        match self {
            Self::Sentence(sentence) => sentence.span(),
            Self::Formula(formula) => formula.span,
        }
    }
}

/// An event as told.
#[derive(Clone, Debug)]
pub enum Event {
    /// In words.
    Sentence(Sentence),
    /// As a call: `put(Anne, marble, box)`.
    Call(Call),
}

impl Event {
    /// The first event directly in the node.
    pub(super) fn of(node: &impl AstNode) -> Option<Self> {
        node.syntax().children().find_map(|child| {
            Sentence::cast(child.clone(), node.file())
                .map(Self::Sentence)
                .or_else(|| Call::cast(child, node.file()).map(Self::Call))
        })
    }

    /// Where it is written.
    pub fn span(&self) -> Span {
        match self {
            Self::Sentence(sentence) => sentence.span(),
            Self::Call(call) => call.span,
        }
    }
}
