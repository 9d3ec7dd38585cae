//! `allow H10 "reason"`: what it allows, and where.

use super::{
    SourceFile, StringLiteral, Token,
    node::{AstNode, ast_node, span_of, tokens},
};
use crate::{source::Span, syntax::SyntaxKind};

ast_node! {
    /// `allow H10 "reason"`
    AllowLine, AllowLine
}

/// What an `allow` line stands below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Allowing {
    /// Nothing: the whole file.
    File,
    /// A declaration.
    Declaration,
    /// A scene, a test or a line of one.
    Telling,
}

impl AllowLine {
    /// The code, as written.
    pub fn code(&self) -> Option<Token> {
        let code = tokens(self.syntax()).nth(1).filter(|token| token.kind() == SyntaxKind::Word)?;
        Some(Token::new(code, self.file()))
    }

    /// Why it is allowed.
    pub fn reason(&self) -> Option<StringLiteral> {
        StringLiteral::of(self)
    }

    /// What it stands below, and where that lies, with all that belongs to it.
    pub fn covers(&self) -> (Allowing, Span) {
        let above = self.syntax().ancestors().skip(1).find(|node| node.kind() != SyntaxKind::Block);
        let owner = above.unwrap_or_else(|| self.syntax().clone());
        let allowing = match owner.kind() {
            SyntaxKind::SourceFile => Allowing::File,
            SyntaxKind::Entities
            | SyntaxKind::Fact
            | SyntaxKind::Action
            | SyntaxKind::Rule
            | SyntaxKind::Extend
            | SyntaxKind::Want => Allowing::Declaration,
            _ => Allowing::Telling,
        };
        (allowing, span_of(owner.text_range(), self.file()))
    }
}

impl SourceFile {
    /// All its `allow` lines, wherever they stand, in order.
    pub fn allowances(&self) -> impl Iterator<Item = AllowLine> + use<> {
        let file = self.file();
        self.syntax().descendants().filter_map(move |node| AllowLine::cast(node, file))
    }
}
