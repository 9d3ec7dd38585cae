//! Names, tokens and texts in quotation marks.

use std::ops::Range;

use super::node::{AstNode, ast_node, span_of, tokens};
use crate::{
    source::{FileId, Span},
    syntax::{SyntaxKind, SyntaxToken},
};

ast_node! {
    /// A name of one or more words: `marble`, `Miles's flat`, `the teacher`.
    Name, Name
}

impl Name {
    /// Its words and possessive endings, in order.
    pub fn tokens(&self) -> impl Iterator<Item = Token> + use<> {
        let file = self.file();
        tokens(self.syntax()).map(move |syntax| Token { syntax, file })
    }

    /// As written, with single spaces between the words.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for token in self.tokens() {
            if !text.is_empty() && token.kind() != SyntaxKind::Possessive {
                text.push(' ');
            }
            text.push_str(token.text());
        }
        text
    }
}

/// A token with its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    syntax: SyntaxToken,
    file: FileId,
}

impl Token {
    pub(super) fn new(syntax: SyntaxToken, file: FileId) -> Self {
        Self { syntax, file }
    }

    /// What it is: [`SyntaxKind::Word`], [`SyntaxKind::Number`] …
    pub fn kind(&self) -> SyntaxKind {
        self.syntax.kind()
    }

    /// As written.
    pub fn text(&self) -> &str {
        self.syntax.text()
    }

    /// Where it is written.
    pub fn span(&self) -> Span {
        span_of(self.syntax.text_range(), self.file)
    }
}

/// A text in quotation marks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StringLiteral {
    token: Token,
}

impl StringLiteral {
    /// The first text directly in the node.
    pub(super) fn of(node: &impl AstNode) -> Option<Self> {
        let is_text = |kind| matches!(kind, SyntaxKind::String | SyntaxKind::OpenString);
        let syntax = tokens(node.syntax()).find(|token| is_text(token.kind()))?;
        Some(Self { token: Token { syntax, file: node.file() } })
    }

    /// The text between the quotation marks.
    pub fn text(&self) -> &str {
        &self.token.text()[self.inner()]
    }

    /// Where it is written, quotation marks included.
    pub fn span(&self) -> Span {
        self.token.span()
    }

    /// Where the text between the quotation marks is written.
    pub fn inner_span(&self) -> Span {
        let (whole, inner) = (self.token.span(), self.inner());
        Span { start: whole.start + inner.start as u32, end: whole.start + inner.end as u32, ..whole }
    }

    fn inner(&self) -> Range<usize> {
        let text = self.token.text();
        let start = text.chars().next().map_or(0, char::len_utf8);
        let last = text.chars().next_back().filter(|_| self.token.kind() == SyntaxKind::String);
        start..text.len() - last.map_or(0, char::len_utf8)
    }
}
